// The messages that get signed, as binary protobuf (proto/avain/v1/*.proto). Values have their names and form from
// canonical proto3 JSON, but bytes are Uint8Array. Fields go out in the order of their numbers; empty ones are left out.
const VARINT = 0;
const LENGTH_DELIMITED = 2;

const PLATFORM = { PLATFORM_UNSPECIFIED: 0, PLATFORM_ANDROID: 1, PLATFORM_IOS: 2 };
const USER_VERIFICATION = {
  USER_VERIFICATION_UNSPECIFIED: 0, USER_VERIFICATION_NONE: 1, USER_VERIFICATION_PIN: 2, USER_VERIFICATION_BIOMETRIC: 3,
};
const DECISION = { DECISION_UNSPECIFIED: 0, DECISION_APPROVE: 1, DECISION_DENY: 2 };
const DENY_REASON = { DENY_REASON_UNSPECIFIED: 0, DENY_REASON_MISTAKE: 1, DENY_REASON_NOT_ME: 2 };
const FLOW = { FLOW_UNSPECIFIED: 0, FLOW_QR: 1, FLOW_PUSH: 2, FLOW_SAME_DEVICE: 3, FLOW_TYPED: 4 };

const PLATFORM_FACTS = [
  [1, "platform", oneOf(PLATFORM)], [2, "osVersion", text], [3, "apiLevel", integer],
  [4, "brand", text], [5, "model", text], [6, "appVersion", text],
];
const SIGNED_CONTEXT = [
  [1, "issuer", text], [2, "deviceId", text], [3, "keyThumbprint", bytes], [4, "serverNonce", bytes],
  [5, "userVerification", oneOf(USER_VERIFICATION)], [6, "appVersion", text], [7, "osVersion", text], [8, "apiLevel", integer],
];
const ENROL_DEVICE = [
  [1, "context", message(SIGNED_CONTEXT)], [2, "enrolmentId", text], [3, "publicKey", bytes],
  [4, "platform", message(PLATFORM_FACTS)], [5, "deviceName", text],
];
const LOGIN_SCAN = [[1, "context", message(SIGNED_CONTEXT)], [2, "frame", text]];
const LOGIN_CODE = [[1, "context", message(SIGNED_CONTEXT)], [2, "code", text]];
const LOGIN_ANSWER = [
  [1, "context", message(SIGNED_CONTEXT)], [2, "attemptId", text], [3, "clientId", text], [4, "decision", oneOf(DECISION)],
  [5, "denyReason", oneOf(DENY_REASON)], [6, "flow", oneOf(FLOW)], [7, "numberPicked", optionalInteger],
  [8, "displaySha256", bytes],
];

export const encodeEnrolDevice = (value) => encode(ENROL_DEVICE, value);
export const encodeLoginScan = (value) => encode(LOGIN_SCAN, value);
export const encodeLoginCode = (value) => encode(LOGIN_CODE, value);
export const encodeLoginAnswer = (value) => encode(LOGIN_ANSWER, value);

function encode(fields, value) {
  const unknown = Object.keys(value).find((name) => !fields.some((field) => field[1] === name));
  if (unknown) throw new TypeError(`no field ${unknown}`);
  return Uint8Array.from(fields.flatMap(([number, name, write]) => (value[name] === undefined ? [] : write(number, value[name]))));
}

function text(number, value) {
  return bytes(number, new TextEncoder().encode(value));
}

function bytes(number, value) {
  return value.length === 0 ? [] : delimited(number, value);
}

function integer(number, value) {
  return value === 0 ? [] : optionalInteger(number, value);
}

// Has presence of its own: a zero is written too.
function optionalInteger(number, value) {
  return [...tag(number, VARINT), ...varint(value)];
}

function oneOf(names) {
  return (number, name) => {
    if (!(name in names)) throw new TypeError(`no value ${name}`);
    return integer(number, names[name]);
  };
}

function message(fields) {
  return (number, value) => delimited(number, encode(fields, value));
}

function delimited(number, content) {
  return [...tag(number, LENGTH_DELIMITED), ...varint(content.length), ...content];
}

function tag(number, wireType) {
  return varint(number * 8 + wireType);
}

// Seven bits a byte, lowest first; negative numbers as 64-bit two's complement.
export function varint(value) {
  const written = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest % 128n);
    rest /= 128n;
    written.push(rest > 0n ? low + 128 : low);
  } while (rest > 0n);
  return written;
}
