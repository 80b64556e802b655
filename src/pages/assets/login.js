// Keeps the sign-in page alive: a new frame each second, and the next step as soon as the phone has answered.
import { drawQr } from "./qr.js";

const STALE_AFTER = 4000;
const POLL_EVERY = 1000;

const root = document.getElementById("sign-in");
const qr = document.getElementById("qr");
const lost = document.getElementById("lost");
const attempt = encodeURIComponent(root.dataset.attempt);

let state = root.dataset.state;
let frameSeenAt = performance.now();
let poll = null;
let stream = null;

const isLive = () => state === "waiting" || state === "scanned" || state === "approved";

function showFrame(link) {
  frameSeenAt = performance.now();
  drawQr(qr, link);
  showAge();
}

// After sleep or a lost connection no dead code is shown.
function showAge() {
  const isStale = performance.now() - frameSeenAt > STALE_AFTER;
  qr.classList.toggle("stale", isStale);
  lost.hidden = !isStale;
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
    announce(state === "scanned" ? root.dataset.scanned : "");
  }
  document.getElementById("device-name").textContent = view.device_name;
  for (const part of root.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== state;
}

function announce(text) {
  document.getElementById("announce").textContent = text;
}

function stop() {
  stream?.close();
  clearInterval(poll);
  poll = null;
}

async function ask() {
  try {
    const answer = await fetch(`/login/state?attempt=${attempt}`, { cache: "no-store" });
    if (answer.ok) showState(await answer.json());
    else if (answer.status < 500) location.reload();
  } catch {
    // The network is away; the next turn tries again.
  }
}

function startPolling() {
  if (poll === null && isLive()) poll = setInterval(ask, POLL_EVERY);
}

function listen() {
  stream = new EventSource(`/login/events?attempt=${attempt}`);
  stream.addEventListener("open", () => {
    clearInterval(poll);
    poll = null;
  });
  stream.addEventListener("frame", (event) => showFrame(event.data));
  stream.addEventListener("state", (event) => showState(JSON.parse(event.data)));
  // The browser connects again by itself unless it was refused; polling bridges the gap either way.
  stream.addEventListener("error", () => {
    startPolling();
    if (stream.readyState === EventSource.CLOSED && isLive()) setTimeout(listen, 3000);
  });
}

if (isLive()) {
  listen();
  setInterval(() => { if (state === "waiting") showAge(); }, 500);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && isLive()) ask(); });
}
