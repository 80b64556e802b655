// Keeps the sign-in page alive: a new frame each second, and the next step as soon as the phone has answered.
import { drawQr } from "./qr.js";

const STALE_AFTER = 4000;
const POLL_EVERY = 1000;
const CHECK_EVERY = 5000;
const ANSWER_WITHIN = 5000;
const WARN_AT = 30;
const FIRST_RETRY = 1000;
const LONGEST_RETRY = 15000;
const TOO_MANY_REQUESTS = 429;

const root = document.getElementById("sign-in");
const qr = document.getElementById("qr");
const lost = document.getElementById("lost");
const attempt = encodeURIComponent(root.dataset.attempt);

let state = root.dataset.state;
let frameSeenAt = moment();
const openedAt = moment();
const secondsLeft = Number(root.dataset.secondsLeft);
let isWarned = secondsLeft <= WARN_AT;
let retryAfter = FIRST_RETRY;
let isAsking = false;
let poll = null;
let stream = null;

const isLive = () => ["waiting", "scanned", "approved", "returning"].includes(state);

// Two clocks: the first stands still while a laptop sleeps, the second jumps when somebody sets it.
function moment() {
  return { steady: performance.now(), wall: Date.now() };
}

function since(past) {
  const now = moment();
  return Math.max(now.steady - past.steady, now.wall - past.wall);
}

function showFrame(link) {
  frameSeenAt = moment();
  drawQr(qr, link);
  showAge();
}

// After sleep or a lost connection no dead code is shown, and a stream that hangs without an error is not trusted.
function showAge() {
  const isStale = since(frameSeenAt) > STALE_AFTER;
  qr.classList.toggle("stale", isStale);
  lost.hidden = !isStale;
  if (isStale) startPolling();
}

function showState(view) {
  if (view.frame && view.state === "waiting") showFrame(view.frame);
  if (view.state === state) return;
  state = view.state;
  if (view.location) {
    stop();
    location.replace(view.location);
    announce(root.dataset.approved);
  } else if (!isLive()) {
    stop();
    location.reload();
    return;
  } else {
    announce(spoken(view));
  }
  document.getElementById("device-name").textContent = view.device_name;
  document.getElementById("number").textContent = view.number;
  document.getElementById("match").hidden = !view.number;
  for (const part of root.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== state;
  nameCancel();
}

function spoken(view) {
  if (state === "scanned" && view.number) return root.dataset.scanned.replace("NUMBER", view.number);
  return state === "returning" ? root.dataset.returning : "";
}

// Whoever sees a strange phone's name must find the way out in the words of the question.
function nameCancel() {
  const button = document.querySelector("#cancel button");
  button.textContent = state === "scanned" ? button.dataset.notYou : button.dataset.cancel;
}

// Seen by everybody, spoken once: a clock that spoke each second would drown everything else.
function showTime() {
  const left = Math.max(0, Math.ceil(secondsLeft - since(openedAt) / 1000));
  document.getElementById("clock").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  document.getElementById("time-left").hidden = false;
  if (left <= WARN_AT && !isWarned) {
    isWarned = true;
    announce(root.dataset.ending);
  }
}

function announce(text) {
  document.getElementById("announce").textContent = text;
}

function stop() {
  stream?.close();
  stopPolling();
}

async function ask() {
  if (isAsking || !isLive()) return;
  isAsking = true;
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN);
    const answer = await fetch(`/login/state?attempt=${attempt}`, { cache: "no-store", signal });
    if (answer.ok) showState(await answer.json());
    else if (answer.status < 500 && answer.status !== TOO_MANY_REQUESTS) location.reload();
  } catch {
    // The network is away; the next turn tries again.
  } finally {
    isAsking = false;
  }
}

function startPolling() {
  if (poll === null && isLive()) poll = setInterval(ask, POLL_EVERY);
}

function stopPolling() {
  clearInterval(poll);
  poll = null;
}

function listen() {
  stream = new EventSource(`/login/events?attempt=${attempt}`);
  // Not at "open": a proxy may open a stream and pass nothing on.
  const onNews = (show) => (event) => {
    retryAfter = FIRST_RETRY;
    stopPolling();
    show(event.data);
  };
  stream.addEventListener("frame", onNews(showFrame));
  stream.addEventListener("state", onNews((data) => showState(JSON.parse(data))));
  // The browser connects again by itself unless it was refused; polling bridges the gap either way.
  stream.addEventListener("error", () => {
    startPolling();
    if (stream.readyState === EventSource.CLOSED && isLive()) {
      setTimeout(listen, retryAfter);
      retryAfter = Math.min(retryAfter * 2, LONGEST_RETRY);
    }
  });
}

// A tablet may say that it is a computer; its fingers tell.
const openApp = document.getElementById("open-app");
if (openApp && matchMedia("(pointer: coarse)").matches) openApp.hidden = false;

if (isLive()) {
  listen();
  setInterval(() => {
    if (state !== "waiting") return;
    showAge();
    showTime();
  }, 500);
  // After the scan no frames come, so their absence cannot tell that the stream hangs.
  setInterval(() => { if (state === "scanned" || state === "returning") ask(); }, CHECK_EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  addEventListener("online", ask);
}
