// WebCrypto gives an ECDSA signature as r and s, 32 bytes each (IEEE P1363); the contract wants ASN.1 DER (RFC 3279 section 2.2.3).
const INTEGER = 0x02;
const SEQUENCE = 0x30;
const SCALAR_LENGTH = 32;

export function toDer(signature) {
  if (signature.length !== 2 * SCALAR_LENGTH) throw new RangeError(`a signature of ${signature.length} bytes`);
  const numbers = [...integer(signature.slice(0, SCALAR_LENGTH)), ...integer(signature.slice(SCALAR_LENGTH))];
  return Uint8Array.from([SEQUENCE, numbers.length, ...numbers]);
}

// The shortest form: no needless zeros, and one zero where the highest bit would make the number negative.
function integer(scalar) {
  const first = scalar.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? [0] : [...scalar.slice(first)];
  if (digits[0] >= 0x80) digits.unshift(0);
  return [INTEGER, digits.length, ...digits];
}
