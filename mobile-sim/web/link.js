// Eight characters that somebody read on a page, with or without blanks and dashes: no link.
export const isTypedCode = (text) => /^[0-9a-z]{8}$/i.test(text.replace(/[\s\u2010-\u2015-]/g, ""));

// The text of a QR code: a link of the phone's own server, or not. A foreign one stays on the phone.
import { Trouble } from "./trouble.js";

export function checkLink(text, origins) {
  const origin = originOf(text);
  if (origin === null) {
    throw new Trouble("link_unreadable", "This is no sign-in code", `It says: ${text.slice(0, 80)}`);
  }
  if (!origins.map(originOf).includes(origin)) {
    throw new Trouble("link_foreign", "This code belongs to another server", `It leads to ${origin}. Nothing was sent.`);
  }
}

// Letter case of scheme and host does not matter; "null" is the origin of texts that are no web address.
function originOf(text) {
  try {
    const { origin } = new URL(text);
    return origin === "null" ? null : origin;
  } catch {
    return null;
  }
}
