//! An enrolled phone: it scans a frame, shows the challenge, signs what its owner decided.

use std::fmt;

use avain_proto::dsse::{CLAIM_PENDING, LIST_PENDING, LOGIN_ANSWER, LOGIN_CODE, LOGIN_SCAN};
use avain_proto::v1::{
    AnswerAccepted, ClaimPending, Decision, DenyReason, Envelope, ListPending, LoginAnswer, LoginChallenge,
    LoginCode, LoginScan, PendingList, PushAddress, SignedContext, UserVerification,
};
use prost::Message;
use sha2::{Digest, Sha256};

use crate::error::PhoneError;
use crate::key::DeviceKey;
use crate::link::check_link;
use crate::profile::EnrolledProfile;
use crate::server::Server;

/// What the owner decided after reading the challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerDecision {
    /// "It is me", where page and app are on one phone and the challenge shows no numbers.
    Approve,
    /// "It is me", and this is the number that the browser shows.
    ApproveNumber(i32),
    /// "A mistake": the owner changed their mind.
    Mistake,
    /// "It was not me": somebody else started this sign-in.
    NotMe,
}

/// An enrolled phone.
#[derive(Clone)]
pub struct Phone {
    /// Where the steps go.
    pub server: Server,
    /// What the phone remembers.
    pub profile: EnrolledProfile,
    /// The enrolled key.
    pub key: DeviceKey,
    /// How this phone makes sure, at every use of the key, that its owner holds it.
    pub verification: UserVerification,
    /// Where it can be pushed to; every message says so.
    pub push: Option<PushAddress>,
}

/// Without the key.
impl fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = formatter.debug_struct("Phone");
        fields.field("server", &self.server.address()).field("device_id", &self.profile.device_id);
        fields.finish_non_exhaustive()
    }
}

impl Phone {
    /// The phone of a profile; it verifies its owner by fingerprint or face.
    pub fn new(server: &Server, profile: EnrolledProfile) -> Result<Self, PhoneError> {
        let key = DeviceKey::from_pem(&profile.private_key_pem)?;
        Ok(Self {
            server: server.clone(),
            profile,
            key,
            verification: UserVerification::Biometric,
            push: None,
        })
    }

    /// Sends the whole text of a QR code, unchanged, and gets the challenge. A text of another server stays on the phone.
    pub async fn scan(&self, frame_text: &str) -> Result<LoginChallenge, PhoneError> {
        check_link(frame_text, self.server.address(), &self.profile.issuer)?;
        self.scan_unchecked(frame_text).await
    }

    /// The same for any text at all.
    pub async fn scan_unchecked(&self, frame_text: &str) -> Result<LoginChallenge, PhoneError> {
        let payload = self.login_scan(frame_text).encode_to_vec();
        self.submit_scan(&self.key.sign(LOGIN_SCAN, &payload)).await
    }

    /// Sends the code that the sign-in page shows to whoever cannot scan, and gets the challenge.
    pub async fn enter_code(&self, code: &str) -> Result<LoginChallenge, PhoneError> {
        let payload = LoginCode { context: Some(self.context(&[])), code: code.to_owned() }.encode_to_vec();
        self.submit_code(&self.key.sign(LOGIN_CODE, &payload)).await
    }

    /// Claims the attempt that a push names, and gets the challenge.
    pub async fn claim_pending(&self, attempt_id: &str) -> Result<LoginChallenge, PhoneError> {
        let claim = ClaimPending { context: Some(self.context(&[])), attempt_id: attempt_id.to_owned() };
        let envelope = self.key.sign(CLAIM_PENDING, &claim.encode_to_vec());
        self.server.send("/phone/v1/pending/claim", &envelope).await
    }

    /// The sign-ins that wait for this phone.
    pub async fn list_pending(&self) -> Result<Vec<String>, PhoneError> {
        let asked = ListPending { context: Some(self.context(&[])) };
        let envelope = self.key.sign(LIST_PENDING, &asked.encode_to_vec());
        let list: PendingList = self.server.send("/phone/v1/pending", &envelope).await?;
        Ok(list.attempt_ids)
    }

    /// Signs and sends what the owner decided.
    pub async fn answer(
        &self,
        challenge: &LoginChallenge,
        decision: OwnerDecision,
    ) -> Result<AnswerAccepted, PhoneError> {
        let payload = self.login_answer(challenge, decision).encode_to_vec();
        self.submit_answer(&self.key.sign(LOGIN_ANSWER, &payload)).await
    }

    /// What every message of this phone binds itself to. A scan has no server nonce.
    pub fn context(&self, server_nonce: &[u8]) -> SignedContext {
        SignedContext {
            issuer: self.profile.issuer.clone(),
            device_id: self.profile.device_id.clone(),
            key_thumbprint: self.key.thumbprint(),
            server_nonce: server_nonce.to_vec(),
            user_verification: self.verification.into(),
            app_version: self.profile.facts.app_version.clone(),
            os_version: self.profile.facts.os_version.clone(),
            api_level: self.profile.facts.api_level,
            push: self.push.clone(),
        }
    }

    /// The message of a scan, as an honest phone fills it.
    pub fn login_scan(&self, frame_text: &str) -> LoginScan {
        LoginScan { context: Some(self.context(&[])), frame: frame_text.to_owned() }
    }

    /// The message of an answer, as an honest phone fills it.
    pub fn login_answer(&self, challenge: &LoginChallenge, decision: OwnerDecision) -> LoginAnswer {
        let (verdict, reason, number_picked) = match decision {
            OwnerDecision::Approve => (Decision::Approve, DenyReason::Unspecified, None),
            OwnerDecision::ApproveNumber(number) => {
                (Decision::Approve, DenyReason::Unspecified, Some(number))
            }
            OwnerDecision::Mistake => (Decision::Deny, DenyReason::Mistake, None),
            OwnerDecision::NotMe => (Decision::Deny, DenyReason::NotMe, None),
        };
        LoginAnswer {
            context: Some(self.context(&challenge.server_nonce)),
            attempt_id: challenge.attempt_id.clone(),
            client_id: challenge.client_id.clone(),
            decision: verdict.into(),
            deny_reason: reason.into(),
            flow: challenge.flow,
            number_picked,
            display_sha256: Sha256::digest(challenge.display_text.as_bytes()).to_vec(),
        }
    }

    /// Sends any envelope as a scan.
    pub async fn submit_scan(&self, envelope: &Envelope) -> Result<LoginChallenge, PhoneError> {
        self.server.send("/phone/v1/scans", envelope).await
    }

    /// Sends any envelope as a typed code.
    pub async fn submit_code(&self, envelope: &Envelope) -> Result<LoginChallenge, PhoneError> {
        self.server.send("/phone/v1/codes", envelope).await
    }

    /// Sends any envelope as an answer.
    pub async fn submit_answer(&self, envelope: &Envelope) -> Result<AnswerAccepted, PhoneError> {
        self.server.send("/phone/v1/answers", envelope).await
    }
}
