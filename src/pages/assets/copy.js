// Copies the details of an error (or an activation code) for whoever helps.
export function offerCopy(button, text) {
  if (!button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      // The browser forbids it; the text can still be selected by hand.
      return;
    }
    document.getElementById("copied").textContent = button.dataset.copied;
  });
}

const details = document.getElementById("details");
if (details) {
  const lines = () => [...details.querySelectorAll("dt")].map(
    (term) => `${term.textContent}: ${term.nextElementSibling.textContent}`);
  offerCopy(document.getElementById("copy"), () => [document.title, ...lines()].join("\n"));
}
