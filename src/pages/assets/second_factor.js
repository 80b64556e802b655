// Tells what became of the two messages while the page is open. Only a change is written, so that it is read out once.
const attempt = document.getElementById("progress").dataset.attempt;

async function look() {
  try {
    const answer = await fetch(`/login/second-factor/progress?attempt=${attempt}`, { headers: { accept: "application/json" } });
    if (!answer.ok) return;
    const progress = await answer.json();
    for (const channel of ["sms", "mail"]) {
      const line = document.getElementById(`${channel}-progress`);
      if (line && line.textContent !== progress[channel]) line.textContent = progress[channel];
    }
    if (progress.is_over) return;
  } catch {
    // The connection may come back.
  }
  setTimeout(look, 2000);
}

look();
