//! What the app may ask of the server: one row for each address.

use crate::dsse;

/// One address, and what goes there and back.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The address; every one takes POST.
    pub path: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// The message of the body.
    pub request: &'static str,
    /// Where the body is an envelope: the `payload_type` and the message that is signed in it.
    pub signed: Option<(&'static str, &'static str)>,
    /// The message of the answer.
    pub response: &'static str,
    /// The status of the answer.
    pub status: u16,
}

const fn plain(
    path: &'static str,
    summary: &'static str,
    request: &'static str,
    response: &'static str,
) -> Operation {
    Operation { path, summary, request, signed: None, response, status: 200 }
}

const fn signed(
    path: &'static str,
    summary: &'static str,
    payload: (&'static str, &'static str),
    response: &'static str,
) -> Operation {
    Operation { path, summary, request: "Envelope", signed: Some(payload), response, status: 200 }
}

/// Every operation, in the order in which an app meets them.
pub const OPERATIONS: &[Operation] = &[
    plain(
        "/phone/v1/activations",
        "Send the activation code; an SMS leaves.",
        "StartActivation",
        "ActivationStarted",
    ),
    plain(
        "/phone/v1/activations/resend",
        "Ask for the confirmation code once more.",
        "ResendConfirmation",
        "ActivationStarted",
    ),
    plain(
        "/phone/v1/activations/confirm",
        "Send the confirmation code; the answer carries the nonce to sign.",
        "ConfirmActivation",
        "ActivationConfirmed",
    ),
    Operation {
        status: 201,
        ..signed(
            "/phone/v1/devices",
            "Enrol the phone's key, signed by itself.",
            (dsse::ENROL_DEVICE, "EnrolDevice"),
            "DeviceEnrolled",
        )
    },
    signed(
        "/phone/v1/scans",
        "Send what a QR code or a link says, and get the challenge.",
        (dsse::LOGIN_SCAN, "LoginScan"),
        "LoginChallenge",
    ),
    signed(
        "/phone/v1/codes",
        "Send a typed code, and get the challenge.",
        (dsse::LOGIN_CODE, "LoginCode"),
        "LoginChallenge",
    ),
    signed(
        "/phone/v1/pending",
        "Ask which sign-ins wait for this phone.",
        (dsse::LIST_PENDING, "ListPending"),
        "PendingList",
    ),
    signed(
        "/phone/v1/pending/claim",
        "Take a sign-in that the phone was asked for, and get the challenge.",
        (dsse::CLAIM_PENDING, "ClaimPending"),
        "LoginChallenge",
    ),
    signed(
        "/phone/v1/answers",
        "Send what the owner decided.",
        (dsse::LOGIN_ANSWER, "LoginAnswer"),
        "AnswerAccepted",
    ),
    plain(
        "/phone/v1/devices/nonce",
        "Get a nonce for one message about the owner's devices.",
        "DeviceNonceRequest",
        "DeviceNonce",
    ),
    signed(
        "/phone/v1/devices/list",
        "List the owner's phones.",
        (dsse::LIST_DEVICES, "ListDevices"),
        "DeviceList",
    ),
    signed(
        "/phone/v1/devices/remove",
        "Take one of the owner's phones away.",
        (dsse::REMOVE_DEVICE, "RemoveDevice"),
        "DeviceRemoved",
    ),
    signed(
        "/phone/v1/devices/key",
        "Replace the phone's key, signed by the old one.",
        (dsse::ROTATE_KEY, "RotateKey"),
        "KeyRotated",
    ),
    signed(
        "/phone/v1/moves",
        "Get a ticket for a new phone.",
        (dsse::OFFER_MOVE, "OfferMove"),
        "MoveOffered",
    ),
    signed(
        "/phone/v1/moves/take",
        "Take the ticket of an old phone, signed by the new key.",
        (dsse::TAKE_MOVE, "TakeMove"),
        "MoveTaken",
    ),
    signed(
        "/phone/v1/moves/look",
        "See which phone took the ticket.",
        (dsse::LOOK_AT_MOVE, "LookAtMove"),
        "MoveStanding",
    ),
    signed(
        "/phone/v1/moves/answer",
        "Let the new phone take the place of this one, or refuse it.",
        (dsse::ANSWER_MOVE, "AnswerMove"),
        "MoveAnswered",
    ),
];
