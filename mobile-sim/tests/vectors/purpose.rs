//! The signed messages, filled as an honest phone fills them.

use avain_proto::dsse;
use avain_proto::v1::{
    Decision, EnrolDevice, Flow, LoginAnswer, LoginCode, LoginScan, Platform, PlatformFacts, SignedContext,
    UserVerification,
};
use prost::Message;

use super::case::Given;
use super::material::{ATTEMPT_ID, DEVICE_ID, DISPLAY_TEXT, ENROLMENT_ID, FRAME, ISSUER, phone_key, sha256};

const TYPED_CODE: &str = "K7QF-29XM";
const NONCE: [u8; 32] = [0x5a; 32];
const APP_VERSION: &str = "1.0.0";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    EnrolDevice,
    LoginScan,
    LoginCode,
    LoginAnswer,
}

impl Purpose {
    pub(super) const ALL: [Self; 4] =
        [Self::EnrolDevice, Self::LoginScan, Self::LoginCode, Self::LoginAnswer];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::EnrolDevice => "enrol-device",
            Self::LoginScan => "login-scan",
            Self::LoginCode => "login-code",
            Self::LoginAnswer => "login-answer",
        }
    }

    pub(super) const fn payload_type(self) -> &'static str {
        match self {
            Self::EnrolDevice => dsse::ENROL_DEVICE,
            Self::LoginScan => dsse::LOGIN_SCAN,
            Self::LoginCode => dsse::LOGIN_CODE,
            Self::LoginAnswer => dsse::LOGIN_ANSWER,
        }
    }

    /// Another of them.
    pub(super) const fn other(self) -> Self {
        match self {
            Self::EnrolDevice => Self::LoginScan,
            Self::LoginScan => Self::LoginCode,
            Self::LoginCode => Self::LoginAnswer,
            Self::LoginAnswer => Self::EnrolDevice,
        }
    }

    /// What the server gave the phone to sign; what is fresh itself has none.
    pub(super) fn server_nonce(self) -> Vec<u8> {
        match self {
            Self::LoginScan | Self::LoginCode => Vec::new(),
            Self::EnrolDevice | Self::LoginAnswer => NONCE.to_vec(),
        }
    }

    /// What an honest phone binds itself to.
    pub(super) fn context(self) -> anyhow::Result<SignedContext> {
        let device_id = if self == Self::EnrolDevice { "" } else { DEVICE_ID };
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
