//! The signed messages, filled as an honest phone fills them.

use avain_proto::dsse;
use avain_proto::v1::{
    AnswerMove, ClaimPending, Decision, EnrolDevice, Envelope, Flow, ListDevices, ListPending, LoginAnswer,
    LoginCode, LoginScan, LookAtMove, NewKey, OfferMove, Platform, PlatformFacts, RemovalReason,
    RemoveDevice, RotateKey, SignedContext, TakeMove, UserVerification,
};
use prost::Message;

use super::case::Given;
use super::material::{
    ATTEMPT_ID, DEVICE_ID, DISPLAY_TEXT, ENROLMENT_ID, FRAME, ISSUER, MOVE_ID, OTHER_DEVICE_ID, next_key,
    phone_key, sha256,
};

const TICKET: &str = "K7QF-29XM-4TBD-81NP";
const TYPED_CODE: &str = "K7QF-29XM";
const NONCE: [u8; 32] = [0x5a; 32];
const APP_VERSION: &str = "1.0.0";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    EnrolDevice,
    LoginScan,
    LoginCode,
    LoginAnswer,
    ClaimPending,
    ListPending,
    ListDevices,
    RemoveDevice,
    RotateKey,
    OfferMove,
    TakeMove,
    LookAtMove,
    AnswerMove,
}

impl Purpose {
    pub(super) const ALL: [Self; 13] = [
        Self::EnrolDevice,
        Self::LoginScan,
        Self::LoginCode,
        Self::LoginAnswer,
        Self::ClaimPending,
        Self::ListPending,
        Self::ListDevices,
        Self::RemoveDevice,
        Self::RotateKey,
        Self::OfferMove,
        Self::TakeMove,
        Self::LookAtMove,
        Self::AnswerMove,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::EnrolDevice => "enrol-device",
            Self::LoginScan => "login-scan",
            Self::LoginCode => "login-code",
            Self::LoginAnswer => "login-answer",
            Self::ClaimPending => "claim-pending",
            Self::ListPending => "list-pending",
            Self::ListDevices => "list-devices",
            Self::RemoveDevice => "remove-device",
            Self::RotateKey => "rotate-key",
            Self::AnswerMove => "answer-move",
            Self::LookAtMove => "look-at-move",
            Self::TakeMove => "take-move",
            Self::OfferMove => "offer-move",
        }
    }

    pub(super) const fn payload_type(self) -> &'static str {
        match self {
            Self::EnrolDevice => dsse::ENROL_DEVICE,
            Self::LoginScan => dsse::LOGIN_SCAN,
            Self::LoginCode => dsse::LOGIN_CODE,
            Self::LoginAnswer => dsse::LOGIN_ANSWER,
            Self::ClaimPending => dsse::CLAIM_PENDING,
            Self::ListPending => dsse::LIST_PENDING,
            Self::ListDevices => dsse::LIST_DEVICES,
            Self::RemoveDevice => dsse::REMOVE_DEVICE,
            Self::RotateKey => dsse::ROTATE_KEY,
            Self::AnswerMove => dsse::ANSWER_MOVE,
            Self::LookAtMove => dsse::LOOK_AT_MOVE,
            Self::TakeMove => dsse::TAKE_MOVE,
            Self::OfferMove => dsse::OFFER_MOVE,
        }
    }

    /// Another of them.
    pub(super) fn other(self) -> Self {
        let rest = Self::ALL.into_iter().skip_while(|purpose| *purpose != self);
        rest.chain(Self::ALL).nth(1).unwrap_or(self)
    }

    /// Whether the phone is no device yet, and its key is in the payload.
    pub(super) fn is_new_phone(self) -> bool {
        matches!(self, Self::EnrolDevice | Self::TakeMove)
    }

    /// What the server gave the phone to sign; what is fresh itself has none.
    pub(super) fn server_nonce(self) -> Vec<u8> {
        match self {
            Self::LoginScan | Self::LoginCode | Self::ClaimPending | Self::ListPending | Self::TakeMove => {
                Vec::new()
            }
            Self::EnrolDevice
            | Self::LoginAnswer
            | Self::ListDevices
            | Self::RemoveDevice
            | Self::RotateKey
            | Self::OfferMove
            | Self::LookAtMove
            | Self::AnswerMove => NONCE.to_vec(),
        }
    }

    /// What an honest phone binds itself to.
    pub(super) fn context(self) -> anyhow::Result<SignedContext> {
        let device_id = if self.is_new_phone() { "" } else { DEVICE_ID };
        Ok(SignedContext {
            issuer: ISSUER.to_owned(),
            device_id: device_id.to_owned(),
            key_thumbprint: phone_key()?.thumbprint(),
            server_nonce: self.server_nonce(),
            user_verification: UserVerification::Biometric.into(),
            app_version: APP_VERSION.to_owned(),
            os_version: String::new(),
            api_level: 0,
            push: None,
        })
    }

    /// The serialised message with this context and (in an enrolment) this key.
    pub(super) fn payload(self, context: Option<SignedContext>, public_key: &[u8]) -> Vec<u8> {
        match self {
            Self::EnrolDevice => EnrolDevice {
                context,
                enrolment_id: ENROLMENT_ID.to_owned(),
                public_key: public_key.to_vec(),
                platform: Some(facts()),
                device_name: "Phone of the vectors".to_owned(),
            }
            .encode_to_vec(),
            Self::LoginScan => LoginScan { context, frame: FRAME.to_owned() }.encode_to_vec(),
            Self::LoginCode => LoginCode { context, code: TYPED_CODE.to_owned() }.encode_to_vec(),
            Self::ClaimPending => ClaimPending { context, attempt_id: ATTEMPT_ID.to_owned() }.encode_to_vec(),
            Self::ListPending => ListPending { context }.encode_to_vec(),
            Self::ListDevices => ListDevices { context }.encode_to_vec(),
            Self::RemoveDevice => RemoveDevice {
                context,
                removed_device_id: OTHER_DEVICE_ID.to_owned(),
                reason: RemovalReason::Lost.into(),
            }
            .encode_to_vec(),
            Self::RotateKey => RotateKey {
                context,
                new_public_key: next_key().map(|key| key.public_point()).unwrap_or_default(),
                possession: self.possession().ok(),
            }
            .encode_to_vec(),
            Self::OfferMove => OfferMove { context }.encode_to_vec(),
            Self::TakeMove => TakeMove {
                context,
                ticket: TICKET.to_owned(),
                public_key: public_key.to_vec(),
                platform: Some(facts()),
                device_name: "New phone of the vectors".to_owned(),
            }
            .encode_to_vec(),
            Self::LookAtMove => LookAtMove { context, move_id: MOVE_ID.to_owned() }.encode_to_vec(),
            Self::AnswerMove => AnswerMove {
                context,
                move_id: MOVE_ID.to_owned(),
                key_thumbprint: next_key().map(|key| key.thumbprint()).unwrap_or_default(),
                decision: Decision::Approve.into(),
                number_picked: Some(47),
            }
            .encode_to_vec(),
            Self::LoginAnswer => LoginAnswer {
                context,
                attempt_id: ATTEMPT_ID.to_owned(),
                client_id: "example-books".to_owned(),
                decision: Decision::Approve.into(),
                deny_reason: 0,
                flow: Flow::Qr.into(),
                number_picked: Some(47),
                display_sha256: sha256(DISPLAY_TEXT.as_bytes()).to_vec(),
            }
            .encode_to_vec(),
        }
    }

    /// What the phone's next key signs, to be its key.
    fn possession(self) -> anyhow::Result<Envelope> {
        let key = next_key()?;
        let context = SignedContext { key_thumbprint: key.thumbprint(), ..self.context()? };
        let proof =
            NewKey { context: Some(context), replaced_thumbprint: phone_key()?.thumbprint() }.encode_to_vec();
        Ok(key.sign(dsse::NEW_KEY, &proof))
    }

    /// The payload of an honest phone.
    pub(super) fn honest_payload(self) -> anyhow::Result<Vec<u8>> {
        Ok(self.payload(Some(self.context()?), &phone_key()?.public_point()))
    }

    /// This payload, honestly signed.
    pub(super) fn signed(self, payload: &[u8]) -> anyhow::Result<Given> {
        let key = phone_key()?;
        Ok(Given { public_key: key.public_point(), envelope: key.sign(self.payload_type(), payload) })
    }

    /// An honest payload, signed under any type.
    pub(super) fn signed_as(self, payload_type: &str) -> anyhow::Result<Given> {
        let key = phone_key()?;
        Ok(Given {
            public_key: key.public_point(),
            envelope: key.sign(payload_type, &self.honest_payload()?),
        })
    }

    /// Everything as an honest phone does it.
    pub(super) fn honest(self) -> anyhow::Result<Given> {
        self.signed(&self.honest_payload()?)
    }
}

fn facts() -> PlatformFacts {
    PlatformFacts {
        platform: Platform::Android.into(),
        os_version: "14".to_owned(),
        api_level: 34,
        brand: "Google".to_owned(),
        model: "Pixel 8".to_owned(),
        app_version: APP_VERSION.to_owned(),
    }
}
