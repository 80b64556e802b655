// Where the page is told of the demo's text messages, it shows those to this phone's number, as a real phone would.
const LOOK_EVERY = 1000;
const ANSWER_WITHIN = 5000;

// Calls `show` with the newest text message to the number, once for each. To a phone in use, what came before the page
// was opened is old news; one that is being activated may be waiting for it.
export function watchMessages(address, numberOf, isInUse, show) {
  let shown = isInUse ? Infinity : 0;
  const look = async () => {
    const messages = await load(address);
    const own = messages.filter((message) => message.kind === "sms" && isOwn(message.to, numberOf()));
    if (own.length > shown) show(own.at(-1).body);
    shown = own.length;
  };
  setInterval(() => { if (!document.hidden) look(); }, LOOK_EVERY);
}

async function load(address) {
  try {
    const response = await fetch(address, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(ANSWER_WITHIN) });
    return response.ok ? await response.json() : [];
  } catch {
    // The demo was stopped; what was shown stays.
    return [];
  }
}

// The phone knows its own number only as the server showed it: "+372 ***** 01", in which a star stands for any digit.
export function isOwn(number, masked) {
  const pattern = masked.replaceAll(" ", "");
  const plain = number.replaceAll(" ", "");
  return pattern.length > 0 && pattern.length === plain.length
    && [...pattern].every((character, place) => character === "*" || character === plain[place]);
}
