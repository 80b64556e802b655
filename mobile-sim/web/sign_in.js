// Signing in: `scan` sends the text of the QR code, `enterCode` the code that the page shows instead; both get the challenge. `answer` signs what the owner decided.
import { fromBase64 } from "./base64.js";
import { LOGIN_ANSWER, LOGIN_CODE, LOGIN_SCAN, seal } from "./envelope.js";
import { sha256 } from "./key.js";
import { encodeLoginAnswer, encodeLoginCode, encodeLoginScan } from "./payloads.js";
import { send } from "./server.js";

// A signature means that the owner unlocked the phone, so a scan, which asks nothing, says so.
const NO_UNLOCK = "USER_VERIFICATION_NONE";

export async function scan(phone, frame) {
  const payload = encodeLoginScan({ context: context(phone, NO_UNLOCK), frame });
  return await send("/phone/v1/scans", await seal(phone.key, LOGIN_SCAN, payload));
}

export async function enterCode(phone, code) {
  const payload = encodeLoginCode({ context: context(phone, NO_UNLOCK), code });
  return await send("/phone/v1/codes", await seal(phone.key, LOGIN_CODE, payload));
}

export const approve = (numberPicked) => ({ decision: "DECISION_APPROVE", numberPicked });
export const deny = (denyReason) => ({ decision: "DECISION_DENY", denyReason });

export async function answer(phone, challenge, decided, userVerification) {
  const payload = encodeLoginAnswer({
    context: { ...context(phone, userVerification), serverNonce: fromBase64(challenge.serverNonce) },
    attemptId: challenge.attemptId,
    clientId: challenge.clientId,
    flow: challenge.flow,
    ...decided,
    displaySha256: await sha256(new TextEncoder().encode(challenge.displayText)),
  });
  return await send("/phone/v1/answers", await seal(phone.key, LOGIN_ANSWER, payload));
}

function context({ issuer, deviceId, key, facts }, userVerification) {
  const { appVersion, osVersion, apiLevel } = facts;
  return { issuer, deviceId, keyThumbprint: key.thumbprint, userVerification, appVersion, osVersion, apiLevel };
}
