// The phone: which screen follows which. A name after `?phone=` in the address makes another phone in the same browser.
import { begin, confirm, enrol, resend } from "./activation.js";
import { canSeeScreen, watchCamera, watchScreen } from "./camera.js";
import { canReadClipboard, readClipboard, readPasted } from "./clipboard.js";
import { toHexadecimal } from "./key.js";
import { checkLink, isTypedCode } from "./link.js";
import { forget, recall, remember } from "./memory.js";
import { watchMessages } from "./messages.js";
import { readPicture } from "./picture.js";
import { element, fill, hideTrouble, showScreen, showTrouble, unlock } from "./screens.js";
import { answer, approve, deny, enterCode, scan } from "./sign_in.js";
import { Trouble } from "./trouble.js";

const APP_VERSION = "1.0.0+browser";
const NOT_UNLOCKED = "USER_VERIFICATION_NONE";
// After these the activation begins again with the activation code.
const BEGIN_AGAIN = ["enrolment_expired", "enrolment_unknown", "nonce_mismatch", "confirmation_missing", "confirmation_code_expired"];

const name = new URLSearchParams(location.search).get("phone") ?? "phone";
let settings = { server: location.origin, messages: "" };
let profile = null;
let challenge = null;
let isBusy = false;
let watching = null;

async function save(changed) {
  await remember(name, changed);
  profile = changed;
}

// One thing at a time; what goes wrong is shown on the screen where it went wrong.
function doing(act) {
  return async (event) => {
    event?.preventDefault();
    if (isBusy) return;
    isBusy = true;
    hideTrouble();
    try {
      await act(event);
    } catch (error) {
      if (!(error instanceof Trouble)) console.error(error);
      showTrouble(error instanceof Trouble ? error : new Trouble("page_fault", "This page made a mistake", String(error)));
    } finally {
      isBusy = false;
    }
  };
}

// A new code in the address comes first: it is why the page was opened.
function showWhereItStands() {
  const isNewCode = codeInAddress() !== "" && codeInAddress() !== profile?.activationCode;
  if (isNewCode || !profile) showActivate();
  else showWhereItStood();
}

function showWhereItStood() {
  if (profile.state === "enrolled") showReady();
  else if (profile.serverNonce) showScreen("finish");
  else if (profile.enrolmentId) showConfirm();
  else showActivate();
}

const codeInAddress = () => location.hash.slice(1).toUpperCase();

function showActivate() {
  const isInUse = profile?.state === "enrolled";
  element("code").value = codeInAddress() || profile?.activationCode || "";
  fill({ "replaced-person": profile?.personName });
  element("replaces").hidden = !isInUse;
  showScreen("activate");
}

function keepPhone() {
  forgetAddress();
  showReady();
}

// The code is used or not wanted, and the address is no place for it.
function forgetAddress() {
  history.replaceState(null, "", location.pathname + location.search);
}

function facts() {
  const [osVersion, apiLevel] = element("system").value.split(" ");
  return {
    platform: "PLATFORM_ANDROID", osVersion, apiLevel: Number(apiLevel), brand: "Avain", model: "Browser phone", appVersion: APP_VERSION,
  };
}

async function sendActivationCode() {
  const code = element("code").value.trim().toUpperCase();
  await begin(profile, code, facts(), save);
  forgetAddress();
  showConfirm();
}

function showConfirm() {
  const { personName, companyName, maskedPhone } = profile;
  fill({ "confirm-person": personName, "confirm-company": companyName, "confirm-phone": maskedPhone, resent: "" });
  element("digits").value = "";
  showScreen("confirm");
}

async function sendConfirmationCode() {
  await beginAgainWhereNeeded(() => confirm(profile, element("digits").value.trim(), save));
  showScreen("finish");
  await finish();
}

async function sendAgain() {
  const { sendsLeft } = await resend(profile, save);
  fill({ resent: `Sent again. It can be sent ${sendsLeft} more ${sendsLeft === 1 ? "time" : "times"}.` });
}

async function finish() {
  const verification = await unlock();
  if (!verification) return;
  await beginAgainWhereNeeded(() => enrol(profile, verification, save));
  showReady();
}

async function beginAgainWhereNeeded(step) {
  try {
    await step();
  } catch (error) {
    if (BEGIN_AGAIN.includes(error.code)) {
      await save({ ...profile, serverNonce: null, enrolmentId: "" });
      showActivate();
    }
    throw error;
  }
}

function showReady() {
  fill({
    "ready-person": profile.personName,
    "ready-company": profile.companyName,
    "about-issuer": profile.issuer,
    "about-device": profile.deviceId,
    "about-key": toHexadecimal(profile.key.thumbprint),
  });
  element("scan-screen").hidden = !canSeeScreen();
  element("paste").hidden = !canReadClipboard();
  element("picture").value = "";
  element("link").value = "";
  showScreen("ready");
}

async function watch(look) {
  watching = new AbortController();
  showScreen("watch");
  try {
    const text = await look(element("video"), watching.signal);
    if (text === null) showReady();
    else await use(text);
  } catch (error) {
    showReady();
    throw error;
  }
}

async function use(text) {
  if (isTypedCode(text)) {
    challenge = await enterCode(profile, text);
  } else {
    checkLink(text, [settings.server, profile.issuer]);
    challenge = await scan(profile, text);
  }
  showChallenge();
}

function showChallenge() {
  fill({
    display: challenge.displayText,
    "challenge-client": challenge.clientName,
    "challenge-company": challenge.companyName,
    "challenge-place": challenge.place,
    "challenge-browser": challenge.browser,
    "challenge-begun": new Date(Number(challenge.begunAt)).toLocaleTimeString(),
  });
  const numbers = challenge.numbers ?? [];
  element("numbers").replaceChildren(...numbers.map(numberButton));
  element("numbers-part").hidden = numbers.length === 0;
  element("approve").hidden = numbers.length > 0;
  // Old news must not push the question out of view.
  element("sms").hidden = true;
  showScreen("challenge");
}

function numberButton(number) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = String(number).padStart(2, "0");
  button.addEventListener("click", doing(() => approveAfterUnlock(number)));
  return button;
}

async function approveAfterUnlock(number) {
  const verification = await unlock();
  if (verification) await decide(approve(number), verification);
}

async function decide(decided, verification) {
  try {
    showResult(await answer(profile, challenge, decided, verification));
  } catch (error) {
    // Whatever was refused once is refused again; the way on is a new scan. A lost answer may be sent again.
    if (error.code !== "unreachable") showReady();
    throw error;
  }
}

function showResult({ decision }) {
  const isApproved = decision === "DECISION_APPROVE";
  fill({
    "result-title": isApproved ? "Approved" : "Refused",
    "result-text": isApproved ? "The browser goes on by itself." : "Nobody was signed in, and the sign-in is over.",
  });
  challenge = null;
  showScreen("result");
}

async function removePhone() {
  await forget(name);
  profile = null;
  showActivate();
}

function showMessage(text) {
  element("sms-use").hidden = !/\b\d{6}\b/.test(text) || profile.state !== "activating";
  element("sms").hidden = false;
  // After it can be seen, so that screen readers say it.
  fill({ "sms-text": text });
}

function useMessage() {
  element("digits").value = element("sms-text").textContent.match(/\b\d{6}\b/)[0];
  element("sms").hidden = true;
  element("digits").focus();
}

function onPaste(event) {
  const isTyping = event.target instanceof Element && event.target.matches("input");
  if (isTyping || document.body.dataset.at !== "ready") return;
  doing(async () => use(await readPasted(event.clipboardData)))(event);
}

function listen() {
  const on = (id, kind, act) => element(id).addEventListener(kind, doing(act));
  on("activate", "submit", sendActivationCode);
  on("keep", "click", keepPhone);
  on("confirm", "submit", sendConfirmationCode);
  on("resend", "click", sendAgain);
  on("other-code", "click", showActivate);
  on("finish", "click", finish);
  on("scan-camera", "click", () => watch(watchCamera));
  on("scan-screen", "click", () => watch(watchScreen));
  on("paste", "click", async () => use(await readClipboard()));
  on("type", "submit", () => use(element("link").value.trim()));
  on("picture", "change", async (event) => use(await readPicture(event.target.files[0])));
  on("approve", "click", () => approveAfterUnlock());
  on("deny-mistake", "click", () => decide(deny("DENY_REASON_MISTAKE"), NOT_UNLOCKED));
  on("deny-not-me", "click", () => decide(deny("DENY_REASON_NOT_ME"), NOT_UNLOCKED));
  on("done", "click", showReady);
  on("remove", "click", removePhone);
  element("stop-watching").addEventListener("click", () => watching?.abort());
  element("sms-use").addEventListener("click", useMessage);
  element("sms-close").addEventListener("click", () => { element("sms").hidden = true; });
  addEventListener("paste", onPaste);
  addEventListener("hashchange", () => { if (!isBusy) showWhereItStands(); });
}

const start = doing(async () => {
  settings = await (await fetch("settings.json", { credentials: "omit" })).json();
  profile = await recall(name);
  showWhereItStands();
  const isInUse = profile?.state === "enrolled";
  if (settings.messages) watchMessages(settings.messages, () => profile?.maskedPhone ?? "", isInUse, showMessage);
});

if (globalThis.isSecureContext && globalThis.crypto?.subtle) {
  listen();
  start();
} else {
  showScreen("insecure");
}
