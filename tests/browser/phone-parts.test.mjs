// The browser phone's bytes, against the known answers of the contract and against Node's own cryptography.
import assert from "node:assert/strict";
import { generateKeyPairSync, sign, verify } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { toDer } from "../../mobile-sim/web/der.js";
import { preAuthenticationEncoding } from "../../mobile-sim/web/envelope.js";
import { checkLink } from "../../mobile-sim/web/link.js";
import { isOwn } from "../../mobile-sim/web/messages.js";
import { encodeEnrolDevice, encodeLoginAnswer, encodeLoginScan, varint } from "../../mobile-sim/web/payloads.js";

const vectors = async (name) => JSON.parse(await readFile(new URL(`../../proto/vectors/${name}.json`, import.meta.url), "utf8"));
const { cases } = await vectors("envelopes");
const known = (name) => cases.find((one) => one.name === name);
const hex = (text) => Uint8Array.from(Buffer.from(text, "hex"));

const keyThumbprint = hex("456e4525ddeda4d6e0cc98f096820c75c8e8ca61206464d8b793578394ab1732");
const context = {
  issuer: "https://login.example.com",
  deviceId: "0190163d-8694-739b-aea5-966c26f8ad91",
  keyThumbprint,
  userVerification: "USER_VERIFICATION_BIOMETRIC",
  appVersion: "1.0.0",
};
const serverNonce = new Uint8Array(32).fill(0x5a);

function same(bytes, name) {
  assert.equal(Buffer.from(bytes).toString("base64"), known(name).envelope.payload);
}

test("an enrolment has the bytes of the known answer", () => {
  const { deviceId, ...withoutDevice } = context;
  same(encodeEnrolDevice({
    context: { ...withoutDevice, serverNonce },
    enrolmentId: "0190163d-8694-739b-aea5-966c26f8ad92",
    publicKey: hex(known("enrol-device/honest").public_key),
    platform: { platform: "PLATFORM_ANDROID", osVersion: "14", apiLevel: 34, brand: "Google", model: "Pixel 8", appVersion: "1.0.0" },
    deviceName: "Phone of the vectors",
  }), "enrol-device/honest");
});

test("a scan has the bytes of the known answer", () => {
  same(encodeLoginScan({ context, frame: "HTTPS://LOGIN.EXAMPLE.COM/Q/01J0B3V1MM7EDTX9CPDGKFHBCH07Z4Q2M6T9K3X5N" }), "login-scan/honest");
});

const answer = {
  context: { ...context, serverNonce },
  attemptId: "0190163d-8694-739b-aea5-966c26f8ad93",
  clientId: "example-books",
  decision: "DECISION_APPROVE",
  flow: "FLOW_QR",
  displaySha256: hex("3f54e9dd7aa41b8d1a51647e19eba052e150f7a05f51329785" + "7f96f52297d3e8"),
};

test("an answer has the bytes of the known answer", () => same(encodeLoginAnswer({ ...answer, numberPicked: 47 }), "login-answer/honest"));

test("a picked number is written even when it is zero, and a reason where there is one", () => {
  const plain = encodeLoginAnswer(answer).length;
  assert.deepEqual([...encodeLoginAnswer({ ...answer, numberPicked: 0 })].slice(-36, -34), [0x38, 0]);
  assert.deepEqual([...encodeLoginAnswer({ ...answer, numberPicked: 97 })].slice(-36, -34), [0x38, 97]);
  assert.equal(encodeLoginAnswer({ ...answer, numberPicked: undefined }).length, plain);
  assert.equal(encodeLoginAnswer({ ...answer, denyReason: "DENY_REASON_NOT_ME" }).length, plain + 2);
});

test("a slip in a name is an error, not a message without that field", () => {
  assert.throws(() => encodeLoginAnswer({ ...answer, numberpicked: 7 }), TypeError);
  assert.throws(() => encodeLoginAnswer({ ...answer, decision: "APPROVE" }), TypeError);
});

test("numbers take seven bits a byte, and negative ones ten bytes", () => {
  for (const [number, bytes] of [[0, "00"], [127, "7f"], [128, "8001"], [300, "ac02"], [-1, "ffffffffffffffffff01"]]) {
    assert.equal(Buffer.from(varint(number)).toString("hex"), bytes);
  }
});

test("what the signature covers is what the contract says", async () => {
  for (const { payload_type: type, payload, pae } of (await vectors("pae")).cases) {
    assert.equal(Buffer.from(preAuthenticationEncoding(type, hex(payload))).toString("hex"), pae);
  }
  for (const { envelope, pae } of cases.filter((one) => one.verdict === "valid")) {
    const covered = preAuthenticationEncoding(envelope.payloadType, Buffer.from(envelope.payload, "base64"));
    assert.equal(Buffer.from(covered).toString("hex"), pae);
  }
});

// r and s as big-endian numbers, padded to 32 bytes.
const raw = (r, s) => Uint8Array.from([r, s].flatMap((digits) => [...hex(digits.padStart(64, "0"))]));

test("numbers of a signature are as short as they can be, and never negative", () => {
  const cases = [
    ["01", "01", "3006020101020101"],
    ["7f", "80", "300702017f02020080"],
    ["0100", "00ff", "300802020100020200ff"],
    ["0", "01", "3006020100020101"],
    ["80" + "00".repeat(31), "7f" + "ff".repeat(31), `3045022100${"80" + "00".repeat(31)}0220${"7f" + "ff".repeat(31)}`],
    ["ff".repeat(32), "ff".repeat(32), `3046022100${"ff".repeat(32)}022100${"ff".repeat(32)}`],
  ];
  for (const [r, s, der] of cases) assert.equal(Buffer.from(toDer(raw(r, s))).toString("hex"), der);
  assert.throws(() => toDer(new Uint8Array(63)), RangeError);
});

test("two thousand signatures verify in their new form", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const lengths = new Set();
  for (let round = 0; round < 2000; round += 1) {
    const message = Buffer.from(`message ${round}`);
    const der = toDer(new Uint8Array(sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" })));
    assert.ok(verify("sha256", message, { key: publicKey, dsaEncoding: "der" }, der));
    lengths.add(der.length);
  }
  assert.ok(lengths.has(70) && lengths.has(71) && lengths.has(72), [...lengths].join());
});

test("a link of the own server passes in upper case, others do not", () => {
  const own = ["http://127.0.0.1:8080", "https://login.example.com"];
  for (const link of ["HTTP://127.0.0.1:8080/Q/ABC", "HTTPS://LOGIN.EXAMPLE.COM/Q/ABC", "https://login.example.com:443/q/abc"]) checkLink(link, own);
  const foreign = [
    "HTTP://127.0.0.1:8081/Q/ABC", "HTTPS://127.0.0.1:8080/Q/ABC", "HTTPS://LOGIN.EXAMPLE.COM.EVIL.EXAMPLE/Q/ABC",
    "HTTPS://LOGIN.EXAMPLE.COM@EVIL.EXAMPLE/Q/ABC",
  ];
  for (const link of foreign) assert.throws(() => checkLink(link, own), { code: "link_foreign" }, link);
  for (const text of ["", "ABC", "WIFI:T:WPA;S:home;;", "mailto:a@example.com", "data:text/plain,hello", "javascript:1"]) {
    assert.throws(() => checkLink(text, own), { code: "link_unreadable" }, text);
  }
});

test("the phone knows the text messages to its own number", () => {
  assert.ok(isOwn("+37255550101", "+372 ****** 01"));
  assert.ok(!isOwn("+37255550102", "+372 ****** 01"));
  assert.ok(!isOwn("+372555501001", "+372 ****** 01"));
  assert.ok(!isOwn("+37255550101", ""));
});
