// Copies the details of an error (or an activation code) for whoever helps.
export function offerCopy(button, text) {
  if (!button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = button.dataset.copied;
  });
}

const details = document.getElementById("details");
if (details) {
  const lines = () => [...details.querySelectorAll("dt")].map(
    (term) => `${term.textContent}: ${term.nextElementSibling.textContent}`);
  offerCopy(document.getElementById("copy"), () => [document.title, ...lines()].join("\n"));
}
