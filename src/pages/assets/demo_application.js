// Opens the phone beside this window, so that both can be seen; without a script it opens in a tab.
const WIDTH = 440;
const HEIGHT = 860;

document.getElementById("open-phone")?.addEventListener("click", (event) => {
  const left = screenX + outerWidth - WIDTH;
  const opened = open(event.currentTarget.href, event.currentTarget.target, `popup,width=${WIDTH},height=${HEIGHT},left=${left},top=${screenY}`);
  if (opened) event.preventDefault();
});
