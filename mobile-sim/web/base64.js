// Bytes as JSON carries them (RFC 4648 section 4).
export function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

export function fromBase64(text = "") {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
