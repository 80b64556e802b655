// Takes the code out of the link's "#", so that nobody has to copy it, and out of the address, so that it does not stay in the history.
const field = document.getElementById("code");
const languages = document.querySelectorAll(".languages a");

if (location.hash.length > 1) {
  field.value = location.hash.slice(1);
  for (const link of languages) link.hash = location.hash;
  history.replaceState(null, "", location.pathname + location.search);
}
