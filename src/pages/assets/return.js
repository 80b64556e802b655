// The app has led back here: what it brought stands behind the "#", leaves the address at once, and goes to the server as a form.
const [attempt, proof] = location.hash.slice(1).split(".");
const form = document.getElementById("return");
history.replaceState(null, "", location.pathname + location.search);

if (attempt && proof) {
  form.elements.attempt.value = attempt;
  form.elements.proof.value = proof;
  form.submit();
} else {
  document.getElementById("wait").hidden = true;
  document.getElementById("empty").hidden = false;
}
