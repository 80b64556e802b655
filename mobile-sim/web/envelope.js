// The signed envelope: DSSE v1 (Dead Simple Signing Envelope) over the bytes of a payload (proto/avain/v1/signed.proto).
import { toBase64 } from "./base64.js";
import { sign, toHexadecimal } from "./key.js";

export const ENROL_DEVICE = "application/vnd.avain.enrol-device.v1+protobuf";
export const LOGIN_SCAN = "application/vnd.avain.login-scan.v1+protobuf";
export const LOGIN_CODE = "application/vnd.avain.login-code.v1+protobuf";
export const LOGIN_ANSWER = "application/vnd.avain.login-answer.v1+protobuf";

// The Pre-Authentication Encoding: what the signature covers. Lengths are in bytes.
export function preAuthenticationEncoding(payloadType, payload) {
  const encoder = new TextEncoder();
  const length = encoder.encode(payloadType).length;
  const head = encoder.encode(`DSSEv1 ${length} ${payloadType} ${payload.length} `);
  const covered = new Uint8Array(head.length + payload.length);
  covered.set(head);
  covered.set(payload, head.length);
  return covered;
}

export async function seal(key, payloadType, payload) {
  const sig = await sign(key, preAuthenticationEncoding(payloadType, payload));
  return {
    payloadType,
    payload: toBase64(payload),
    signatures: [{ keyid: toHexadecimal(key.thumbprint), sig: toBase64(sig) }],
  };
}
