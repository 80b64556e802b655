// Activation: from an activation code to an enrolled phone. Every step saves first what it needs to be repeated.
//
// 1. `begin` sends the activation code; the server sends the confirmation code by SMS (`resend`: once more).
// 2. `confirm` sends the confirmation code and gets the nonce to sign.
// 3. `enrol` signs with the new key; repeated after a lost reply it gives the same device.
import { fromBase64, toBase64 } from "./base64.js";
import { ENROL_DEVICE, seal } from "./envelope.js";
import { newKey, toHexadecimal } from "./key.js";
import { encodeEnrolDevice } from "./payloads.js";
import { send } from "./server.js";
import { Trouble } from "./trouble.js";

// With another code the phone keeps its secret, so that a slip of the finger does not lock it out of the first one. A phone that
// is in use is replaced only when the server has taken the code.
export async function begin(before, activationCode, facts, save) {
  const isInUse = before?.state === "enrolled";
  const earlier = isInUse ? null : before;
  const installationSecret = earlier?.installationSecret ?? crypto.getRandomValues(new Uint8Array(32));
  const isSameCode = earlier?.activationCode === activationCode;
  const key = isSameCode ? earlier.key : await newKey();
  const profile = { state: "activating", activationCode, facts, installationSecret, key, enrolmentId: "", serverNonce: null };
  if (!isInUse) await save(profile);
  const started = await send("/phone/v1/activations", {
    activationCode, platform: facts, installationSecret: toBase64(installationSecret),
  });
  const known = { ...profile, ...told(started), enrolmentId: started.enrolmentId, issuer: started.issuer };
  if (isSameCode && earlier.enrolmentId === started.enrolmentId) known.serverNonce = earlier.serverNonce;
  await save(known);
  return known;
}

export async function resend(profile, save) {
  const started = await send("/phone/v1/activations/resend", proof(profile));
  const known = { ...profile, ...told(started) };
  await save(known);
  return known;
}

export async function confirm(profile, confirmationCode, save) {
  const confirmed = await send("/phone/v1/activations/confirm", { ...proof(profile), confirmationCode });
  const known = { ...profile, serverNonce: fromBase64(confirmed.serverNonce) };
  await save(known);
  return known;
}

export async function enrol(profile, userVerification, save) {
  const { key, facts, issuer, enrolmentId, serverNonce } = profile;
  const payload = encodeEnrolDevice({
    context: { issuer, keyThumbprint: key.thumbprint, serverNonce, userVerification, appVersion: facts.appVersion },
    enrolmentId,
    publicKey: key.publicPoint,
    platform: facts,
  });
  const enrolled = await send("/phone/v1/devices", await seal(key, ENROL_DEVICE, payload));
  if (toHexadecimal(fromBase64(enrolled.keyThumbprint)) !== toHexadecimal(key.thumbprint)) {
    throw new Trouble("key_thumbprint_mismatch", "The server enrolled another key than this phone’s");
  }
  const phone = {
    state: "enrolled",
    activationCode: profile.activationCode,
    key,
    facts,
    issuer: enrolled.issuer,
    deviceId: enrolled.deviceId,
    personName: enrolled.personName,
    companyName: enrolled.companyName,
    maskedPhone: profile.maskedPhone,
  };
  await save(phone);
  return phone;
}

const proof = ({ enrolmentId, installationSecret }) => ({ enrolmentId, installationSecret: toBase64(installationSecret) });

// Zeros and empty texts are absent from canonical JSON.
const told = ({ maskedPhone = "", personName = "", companyName = "", triesLeft = 0, sendsLeft = 0 }) =>
  ({ maskedPhone, personName, companyName, triesLeft, sendsLeft });
