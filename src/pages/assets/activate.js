// Shows the code that the invitation's link carries behind its "#". It never reaches a server.
import { offerCopy } from "./copy.js";
import { drawQr } from "./qr.js";

const code = decodeURIComponent(location.hash.slice(1)).toUpperCase();
if (/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(code)) {
  document.getElementById("with-code").hidden = false;
  document.getElementById("without-code").hidden = true;
  document.getElementById("code").textContent = code;
  drawQr(document.getElementById("qr"), location.href);
  offerCopy(document.getElementById("copy"), () => code);
}
