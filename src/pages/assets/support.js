// "/" leads to the search box, unless somebody types elsewhere.
const box = document.querySelector("#q");
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (box) box.focus();
  else location.assign("/support");
});
