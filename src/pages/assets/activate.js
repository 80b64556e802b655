// Shows the code that the invitation's link carries behind its "#". It never reaches a server.
import { offerCopy } from "./copy.js";
import { drawQr } from "./qr.js";

const ACTIVATION_CODE = /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/;
const languages = document.querySelectorAll(".languages a");

function codeInAddress() {
  const code = location.hash.slice(1).toUpperCase();
  return ACTIVATION_CODE.test(code) ? code : "";
}

function show() {
  const code = codeInAddress();
  document.getElementById("with-code").hidden = code === "";
  document.getElementById("without-code").hidden = code !== "";
  document.getElementById("code").textContent = code;
  document.getElementById("copied").textContent = "";
  // Choosing another language must not lose the code.
  for (const link of languages) link.hash = code;
  // The link as the mail has it, without the language that was chosen since.
  if (code) drawQr(document.getElementById("qr"), `${location.origin}${location.pathname}#${code}`);
}

show();
addEventListener("hashchange", show);
offerCopy(document.getElementById("copy"), codeInAddress);
