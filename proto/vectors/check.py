#!/usr/bin/env python3
"""Checks the known answers in this folder, independently of the code that made them.

It is written from README.md and the comments in ../avain/v1/*.proto; from the library `cryptography` it takes nothing
but ECDSA on P-256 itself. Run it with Python 3.9 or later: ./check.py (Debian: python3-cryptography).
It prints "N passed, M failed" and exits with 1 when a verdict differs or when cases are missing.
"""

import base64
import hashlib
import json
import pathlib
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

FOLDER = pathlib.Path(__file__).resolve().parent
FEWEST_CASES = 40
LARGEST_PAYLOAD = 8192
LARGEST_SIGNATURE = 72
# SP 800-186, section 3.2.1.3.
PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1
CURVE_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Refused(Exception):
    """A stage of the verification says no."""

    def __init__(self, stage, code):
        super().__init__(f"{stage}: {code}")
        self.stage, self.code = stage, code


def pae(payload_type, payload):
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


# --- keys -----------------------------------------------------------------------------------------------------------

def read_key(octets):
    """The public key in 0x04, X, Y; nothing else."""
    if len(octets) != 65 or octets[0] != 4:
        raise Refused("key", "device_key_invalid")
    x, y = (int.from_bytes(octets[start : start + 32], "big") for start in (1, 33))
    if x >= PRIME or y >= PRIME or (y * y - (x * x * x - 3 * x + CURVE_B)) % PRIME != 0:
        raise Refused("key", "device_key_invalid")
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


# --- signatures -----------------------------------------------------------------------------------------------------

def read_element(octets, tag):
    """Content and rest of one DER element with a length of one byte (no signature on P-256 has a longer one)."""
    if len(octets) < 2 or octets[0] != tag or octets[1] > 127 or len(octets) < 2 + octets[1]:
        raise ValueError("not the element")
    end = 2 + octets[1]
    return octets[2:end], octets[end:]


def read_integer(octets):
    """A positive INTEGER in its shortest form, and the rest."""
    content, rest = read_element(octets, 0x02)
    if not content or content[0] >= 0x80:
        raise ValueError("empty or negative")
    if len(content) > 1 and content[0] == 0 and content[1] < 0x80:
        raise ValueError("not the shortest form")
    return int.from_bytes(content, "big"), rest


def read_signature(octets):
    body, rest = read_element(octets, 0x30)
    r, body = read_integer(body)
    s, body = read_integer(body)
    if rest or body or not (0 < r < ORDER and 0 < s < ORDER):
        raise ValueError("trailing bytes or out of range")
    return r, s


def verify(key, signature, covered):
    try:
        r, s = read_signature(signature)
        key.verify(utils.encode_dss_signature(r, s), covered, ec.ECDSA(hashes.SHA256()))
    except (ValueError, InvalidSignature):
        raise Refused("signature", "signature_invalid") from None


# --- protobuf, as far as the context needs it -----------------------------------------------------------------------

def read_varint(octets, place):
    number = 0
    for index in range(10):
        byte = octets[place + index]
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            return number, place + index + 1
    raise ValueError("varint too long")


def read_fields(octets):
    """All fields of a message as (number, wire type, value)."""
    place, fields = 0, []
    while place < len(octets):
        key, place = read_varint(octets, place)
        number, wire = key >> 3, key & 7
        if number == 0:
            raise ValueError("field 0")
        if wire == 0:
            value, place = read_varint(octets, place)
        elif wire in (1, 2, 5):
            length = {1: 8, 5: 4}.get(wire)
            if length is None:
                length, place = read_varint(octets, place)
            value, place = octets[place : place + length], place + length
            if len(value) != length:
                raise ValueError("cut off")
        else:
            raise ValueError("unknown wire type")
        fields.append((number, wire, value))
    return fields


# Field numbers and wire types of the payload messages (the context is field 1 of each) and of the context.
TYPES = {
    "application/vnd.avain.enrol-device.v1+protobuf": {1: 2, 2: 2, 3: 2, 4: 2, 5: 2},
    "application/vnd.avain.login-scan.v1+protobuf": {1: 2, 2: 2},
    "application/vnd.avain.login-code.v1+protobuf": {1: 2, 2: 2},
    "application/vnd.avain.login-answer.v1+protobuf": {1: 2, 2: 2, 3: 2, 4: 0, 5: 0, 6: 0, 7: 0, 8: 2},
    "application/vnd.avain.claim-pending.v1+protobuf": {1: 2, 2: 2},
    "application/vnd.avain.list-pending.v1+protobuf": {1: 2},
    "application/vnd.avain.list-devices.v1+protobuf": {1: 2},
    "application/vnd.avain.remove-device.v1+protobuf": {1: 2, 2: 2, 3: 0},
    "application/vnd.avain.rotate-key.v1+protobuf": {1: 2, 2: 2, 3: 2},
    "application/vnd.avain.offer-move.v1+protobuf": {1: 2},
    "application/vnd.avain.take-move.v1+protobuf": {1: 2, 2: 2, 3: 2, 4: 2, 5: 2},
    "application/vnd.avain.look-at-move.v1+protobuf": {1: 2, 2: 2},
    "application/vnd.avain.answer-move.v1+protobuf": {1: 2, 2: 2, 3: 2, 4: 0, 5: 0},
}
# Signed by a phone that is no device yet: its key is field 3.
WITH_KEY = {"application/vnd.avain.enrol-device.v1+protobuf", "application/vnd.avain.take-move.v1+protobuf"}
CONTEXT_TYPES = {1: 2, 2: 2, 3: 2, 4: 2, 5: 0, 6: 2, 7: 2, 8: 0, 9: 2}


def read_message(octets, types):
    fields = {}
    for number, wire, value in read_fields(octets):
        if number not in types:
            continue  # a newer app's field
        if types[number] != wire:
            raise ValueError("wrong wire type")
        fields[number] = value
    return fields


def read_payload(payload_type, payload):
    try:
        message = read_message(payload, TYPES[payload_type])
        context = read_message(message[1], CONTEXT_TYPES) if 1 in message else None
        issuer = context.get(1, b"").decode() if context is not None else None
    except (ValueError, IndexError):
        raise Refused("envelope", "message_malformed") from None
    if context is None:
        raise Refused("envelope", "field_invalid")
    claimed_key = message.get(3, b"") if payload_type in WITH_KEY else None
    return issuer, context.get(3, b""), context.get(4, b""), claimed_key


# --- the four stages ------------------------------------------------------------------------------------------------

def judge(case):
    expected, envelope = case["expected"], case["envelope"]
    payload_type = envelope.get("payloadType", "")
    payload = bytes(case.get("payload_zeros", 0)) or base64.b64decode(envelope.get("payload", ""), validate=True)
    signatures = [base64.b64decode(one.get("sig", ""), validate=True) for one in envelope.get("signatures", [])]

    if len(signatures) != 1 or not 0 < len(payload) <= LARGEST_PAYLOAD or not 0 < len(signatures[0]) <= LARGEST_SIGNATURE:
        raise Refused("envelope", "envelope_invalid")
    if payload_type != expected["payload_type"]:
        raise Refused("envelope", "payload_type_wrong")
    issuer, thumbprint, nonce, claimed_key = read_payload(payload_type, payload)

    octets = bytes.fromhex(case["public_key"])
    if claimed_key is not None and claimed_key != octets:
        raise ValueError("the vector contradicts itself: public_key is not the payload's")
    key = read_key(octets)
    verify(key, signatures[0], pae(payload_type, payload))

    if thumbprint != hashlib.sha256(octets).digest():
        raise Refused("context", "key_thumbprint_mismatch")
    if issuer != expected["issuer"]:
        raise Refused("context", "issuer_mismatch")
    if nonce != bytes.fromhex(expected["server_nonce"]):
        raise Refused("context", "nonce_mismatch")


def check_envelope(case):
    if case["pae"] is not None:
        payload = base64.b64decode(case["envelope"].get("payload", ""), validate=True)
        if pae(case["envelope"].get("payloadType", ""), payload).hex() != case["pae"]:
            return "another pre-authentication encoding"
    try:
        judge(case)
        found = (None, "valid")
    except Refused as refusal:
        found = (refusal.stage, refusal.code)
    wanted = (case["stage"], case["verdict"])
    return None if found == wanted else f"found {found}, the vector says {wanted}"


def check_pae(case):
    found = pae(case["payload_type"], bytes.fromhex(case["payload"])).hex()
    return None if found == case["pae"] else f"found {found}"


def check_thumbprint(case):
    octets = bytes.fromhex(case["public_key"])
    try:
        read_key(octets)
        found = ("valid", hashlib.sha256(octets).hexdigest())
    except Refused as refusal:
        found = (refusal.code, None)
    wanted = (case["verdict"], case["thumbprint"])
    return None if found == wanted else f"found {found}, the vector says {wanted}"


def main():
    passed, failed = 0, 0
    checks = {"envelopes.json": check_envelope, "pae.json": check_pae, "thumbprints.json": check_thumbprint}
    for name, check in checks.items():
        for case in json.loads((FOLDER / name).read_text(encoding="utf-8"))["cases"]:
            try:
                problem = check(case)
            except Exception as error:  # a broken vector is a failed one
                problem = f"{type(error).__name__}: {error}"
            passed, failed = passed + (problem is None), failed + (problem is not None)
            if problem is not None:
                print(f"{name} {case.get('name')}: {problem}")
    print(f"{passed} passed, {failed} failed")
    if passed + failed < FEWEST_CASES:
        print(f"fewer than {FEWEST_CASES} cases: something is missing")
    return 1 if failed or passed + failed < FEWEST_CASES else 0


if __name__ == "__main__":
    sys.exit(main())
