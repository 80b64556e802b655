// The application wants the answer as a form: it goes by itself. Without scripts the button sends it.
document.getElementById("answer").submit();
