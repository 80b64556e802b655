//! How long each field of a message may be, and of what it may consist: beyond it the server answers with a 4xx.

/// The bounds of one field.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// The message.
    pub message: &'static str,
    /// The field, as the `.proto` file names it.
    pub field: &'static str,
    /// The least and the most characters of a text, or bytes of a `bytes` field.
    pub length: (usize, usize),
    /// What a text consists of (ECMA-262), where not everything may.
    pub pattern: Option<&'static str>,
}

const fn of(message: &'static str, field: &'static str, length: (usize, usize)) -> Limit {
    Limit { message, field, length, pattern: None }
}

const fn text(
    message: &'static str,
    field: &'static str,
    length: (usize, usize),
    pattern: &'static str,
) -> Limit {
    Limit { message, field, length, pattern: Some(pattern) }
}

const VERSION: &str = "^[0-9A-Za-z.+_-]{1,32}$";
const ID: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

/// The bounds of every field that a phone sends.
pub const LIMITS: &[Limit] = &[
    of("StartActivation", "activation_code", (1, 64)),
    of("StartActivation", "installation_secret", (32, 32)),
    text("ResendConfirmation", "enrolment_id", (36, 36), ID),
    of("ResendConfirmation", "installation_secret", (32, 32)),
    text("ConfirmActivation", "enrolment_id", (36, 36), ID),
    of("ConfirmActivation", "installation_secret", (32, 32)),
    of("ConfirmActivation", "confirmation_code", (6, 16)),
    of("PlatformFacts", "os_version", (0, 32)),
    of("PlatformFacts", "brand", (1, 64)),
    of("PlatformFacts", "model", (1, 64)),
    text("PlatformFacts", "app_version", (1, 32), VERSION),
    of("Envelope", "payload_type", (1, 128)),
    of("Envelope", "payload", (1, 8192)),
    of("Signature", "keyid", (0, 64)),
    of("Signature", "sig", (8, 72)),
    of("SignedContext", "issuer", (1, 256)),
    of("SignedContext", "device_id", (0, 36)),
    of("SignedContext", "key_thumbprint", (32, 32)),
    of("SignedContext", "server_nonce", (0, 32)),
    text("SignedContext", "app_version", (1, 32), VERSION),
    of("SignedContext", "os_version", (0, 32)),
    text("EnrolDevice", "enrolment_id", (36, 36), ID),
    of("EnrolDevice", "public_key", (65, 65)),
    of("EnrolDevice", "device_name", (0, 64)),
    of("LoginScan", "frame", (1, 128)),
    of("LoginCode", "code", (8, 64)),
    text("LoginAnswer", "attempt_id", (36, 36), ID),
    text("ClaimPending", "attempt_id", (36, 36), ID),
    text("PushAddress", "token", (1, 4096), "^[!-~]*$"),
    of("LoginAnswer", "client_id", (1, 64)),
    of("LoginAnswer", "display_sha256", (32, 32)),
    text("DeviceNonceRequest", "device_id", (36, 36), ID),
    text("RemoveDevice", "removed_device_id", (36, 36), ID),
    of("RotateKey", "new_public_key", (65, 65)),
    of("TakeMove", "ticket", (16, 64)),
    of("TakeMove", "public_key", (65, 65)),
    of("TakeMove", "device_name", (0, 64)),
    text("LookAtMove", "move_id", (36, 36), ID),
    text("AnswerMove", "move_id", (36, 36), ID),
    of("AnswerMove", "key_thumbprint", (32, 32)),
    of("NewKey", "replaced_thumbprint", (32, 32)),
];

/// The bounds of a field, where it has any.
pub fn find(message: &str, field: &str) -> Option<&'static Limit> {
    LIMITS.iter().find(|limit| limit.message == message && limit.field == field)
}
