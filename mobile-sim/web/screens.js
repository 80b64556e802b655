// What the phone shows: one screen at a time, and over it what went wrong.
const sections = [...document.querySelectorAll("[data-screen]")];
const problem = document.getElementById("problem");
const unlockSheet = document.getElementById("unlock");

export const element = (id) => document.getElementById(id);

export function showScreen(name) {
  hideTrouble();
  for (const section of sections) section.hidden = section.dataset.screen !== name;
  document.body.dataset.at = name;
  const heading = document.querySelector(`[data-screen="${name}"] h1`);
  document.title = `${heading.textContent} – browser phone`;
  heading.focus();
  scrollTo(0, 0);
}

export function hideTrouble() {
  problem.hidden = true;
}

export function showTrouble({ title, detail, advice, code, reference }) {
  fill({ "problem-title": title, "problem-detail": detail, "problem-advice": advice, "problem-code": code, "problem-reference": reference });
  element("problem-detail").hidden = !detail || detail === title;
  element("problem-advice").hidden = !advice;
  element("problem-reference-part").hidden = !reference;
  problem.hidden = false;
  problem.scrollIntoView({ block: "nearest" });
}

export function fill(texts) {
  for (const [id, text] of Object.entries(texts)) element(id).textContent = text ?? "";
}

// Gives how the owner unlocked the phone, or null when they did not.
export async function unlock() {
  unlockSheet.returnValue = "";
  unlockSheet.showModal();
  await new Promise((resolve) => { unlockSheet.addEventListener("close", resolve, { once: true }); });
  return unlockSheet.returnValue === "touched" ? "USER_VERIFICATION_BIOMETRIC" : null;
}
