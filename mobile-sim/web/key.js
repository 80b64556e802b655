// The phone's P-256 key. The browser keeps it and lets nobody read it; a real phone keeps it in its hardware.
import { toDer } from "./der.js";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };

export async function newKey() {
  const isExtractable = false;
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ALGORITHM, isExtractable, ["sign", "verify"]);
  // For a public key this is the uncompressed SEC1 point: 0x04, X, Y.
  const publicPoint = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
  return { privateKey, publicPoint, thumbprint: await sha256(publicPoint) };
}

// In DER.
export async function sign(key, message) {
  return toDer(new Uint8Array(await crypto.subtle.sign(SIGNATURE, key.privateKey, message)));
}

export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

export function toHexadecimal(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
