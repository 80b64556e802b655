// Shows new messages of the demo as they come.
const count = Number(document.getElementById("messages").dataset.count);
const address = document.getElementById("json").href;

setInterval(async () => {
  try {
    const messages = await (await fetch(address)).json();
    if (messages.length !== count) location.reload();
  } catch {
    // The demo was stopped; what was shown stays.
  }
}, 2000);
