//! Keyed hashes: what the database holds instead of codes, tokens and cookies; and what is made from them.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac::{Context, HMAC_SHA256, Key};

use crate::domain::activation::ConfirmationCode;
use crate::domain::frame::{FrameNumber, FrameTag};
use crate::domain::ids::{DeviceId, EmailChangeId, EnrolmentId, LoginAttemptId, PersonId};
use crate::domain::login::TypedCode;
use crate::domain::network::Network;
use crate::domain::time::Timestamp;

/// What a hash is for. A hash for one purpose says nothing about the same text used for another.
#[derive(Clone, Copy, Debug)]
pub enum HashPurpose {
    /// An invitation's activation code.
    ActivationCode,
    /// A phone's secret during activation.
    InstallationSecret,
    /// The cookie that binds attempts to a browser.
    BrowserCookie,
    /// The cookie of a session.
    SessionCookie,
    /// A web application's secret.
    ClientSecret,
    /// An authorization code.
    AuthorizationCode,
    /// An access token.
    AccessToken,
    /// A refresh token.
    RefreshToken,
    /// The handle of an authorization request that was sent ahead.
    PushedRequest,
    /// A person's identifier in their country.
    Identifier,
    /// The code by which a notice is objected to.
    ObjectionCode,
    /// A web application's token for provisioning.
    ScimToken,
    /// The code that a sign-in page shows to be typed.
    TypedCode,
    /// A phone's address at its push provider.
    PushToken,
    /// The ticket by which a new phone takes the place of an old one.
    MoveTicket,
    /// The cookie of a browser that signed in by QR.
    RememberedBrowser,
    /// The cookie at an application behind a reverse proxy.
    ForwardSession,
    /// What a browser brings back from another identity provider.
    IdentificationState,
}

impl HashPurpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::ActivationCode => b"activation code",
            Self::InstallationSecret => b"installation secret",
            Self::BrowserCookie => b"browser cookie",
            Self::SessionCookie => b"session cookie",
            Self::ClientSecret => b"client secret",
            Self::AuthorizationCode => b"authorization code",
            Self::AccessToken => b"access token",
            Self::RefreshToken => b"refresh token",
            Self::PushedRequest => b"pushed request",
            Self::Identifier => b"identifier",
            Self::ObjectionCode => b"objection code",
            Self::ScimToken => b"scim token",
            Self::TypedCode => b"typed code",
            Self::PushToken => b"push token",
            Self::MoveTicket => b"move ticket",
            Self::RememberedBrowser => b"remembered browser",
            Self::ForwardSession => b"forward session",
            Self::IdentificationState => b"identification state",
        }
    }
}

/// HMAC-SHA-256 under the server's key.
pub struct CodeHasher(Key);

impl CodeHasher {
    /// A hasher with this key.
    pub fn new(key: &[u8; 32]) -> Self {
        Self(Key::new(HMAC_SHA256, key))
    }

    /// The keyed hash of `secret` for `purpose`.
    pub fn hash(&self, purpose: HashPurpose, secret: &[u8]) -> [u8; 32] {
        self.tag(purpose.label(), &[secret])
    }

    /// The tag of a frame: eight bytes, enough for something that is checked online and lives five seconds.
    pub fn frame_tag(&self, attempt: LoginAttemptId, number: FrameNumber) -> FrameTag {
        let tag = self.tag(b"frame", &[attempt.as_bytes(), &number.get().to_be_bytes()]);
        first_eight(&tag)
    }

    /// The confirmation code of an enrolment. It is computed and never stored, so a re-send has the same digits and the
    /// database has none.
    pub fn confirmation_code(&self, enrolment: EnrolmentId, salt: &[u8; 16]) -> ConfirmationCode {
        let tag = self.tag(b"confirmation code", &[enrolment.as_bytes(), salt]);
        ConfirmationCode::from_number(u64::from_be_bytes(first_eight(&tag)))
    }

    /// The code that one sign-in is asked for; like the confirmation code it is never stored.
    pub fn second_factor_code(&self, attempt: LoginAttemptId, salt: &[u8; 16]) -> ConfirmationCode {
        let tag = self.tag(b"second factor code", &[attempt.as_bytes(), salt]);
        ConfirmationCode::from_number(u64::from_be_bytes(first_eight(&tag)))
    }

    /// The second code of a sign-in that is asked for two.
    pub fn second_factor_mail_code(&self, attempt: LoginAttemptId, salt: &[u8; 16]) -> ConfirmationCode {
        let tag = self.tag(b"second factor mail code", &[attempt.as_bytes(), salt]);
        ConfirmationCode::from_number(u64::from_be_bytes(first_eight(&tag)))
    }

    /// The code that proves a new e-mail address; never stored either.
    pub fn email_code(&self, change: EmailChangeId, salt: &[u8; 16]) -> ConfirmationCode {
        let tag = self.tag(b"e-mail code", &[change.as_bytes(), salt]);
        ConfirmationCode::from_number(u64::from_be_bytes(first_eight(&tag)))
    }

    /// What is remembered of a network: another value for each person, so that equal networks do not show.
    pub fn network_hash(&self, person: PersonId, network: Network) -> [u8; 32] {
        self.tag(b"known network", &[person.as_bytes(), network.to_string().as_bytes()])
    }

    /// The tag of the link by which a page opens the app on the same phone.
    pub fn app_link_tag(&self, attempt: LoginAttemptId) -> FrameTag {
        first_eight(&self.tag(b"app link", &[attempt.as_bytes()]))
    }

    /// What the app brings back to the browser on the same phone.
    pub fn return_proof(&self, attempt: LoginAttemptId, server_nonce: &[u8; 32]) -> [u8; 32] {
        self.tag(b"return proof", &[attempt.as_bytes(), server_nonce])
    }

    /// The code that the page of an attempt shows to be typed. It is computed; what is stored to find it is its keyed hash.
    pub fn typed_code(&self, attempt: LoginAttemptId) -> TypedCode {
        TypedCode::from_bytes(first_eight(&self.tag(b"typed code", &[attempt.as_bytes()])))
    }

    /// The refresh token that follows `spent`. It is computed, so that an application that lost the answer gets the same one again.
    pub fn refresh_successor(&self, spent: &[u8]) -> [u8; 32] {
        self.tag(b"refresh successor", &[spent])
    }

    /// The PKCE verifier of a sign-in that a reverse proxy began: it is good for this browser's way and this state alone.
    pub fn forward_verifier(&self, way: &[u8; 32], state: &str) -> [u8; 32] {
        self.tag(b"forward verifier", &[way, state.as_bytes()])
    }

    /// A nonce for one message of a device: when it was given, a salt, and a tag that says so.
    pub fn device_nonce(&self, device: DeviceId, given_at: Timestamp, salt: [u8; 8]) -> [u8; 32] {
        let given_at = given_at.millis().to_be_bytes();
        let tag = self.tag(b"device nonce", &[device.as_bytes(), &given_at, &salt]);
        let mut nonce = [0; 32];
        for (byte, value) in nonce.iter_mut().zip(given_at.into_iter().chain(salt).chain(tag)) {
            *byte = value;
        }
        nonce
    }

    /// What is kept of a network from which somebody tried to get into another person's account.
    pub fn suspect_network_hash(&self, network: Network) -> [u8; 32] {
        self.tag(b"suspect network", &[network.to_string().as_bytes()])
    }

    fn tag(&self, label: &[u8], parts: &[&[u8]]) -> [u8; 32] {
        let mut context = Context::with_key(&self.0);
        context.update(label);
        context.update(&[0]);
        for part in parts {
            context.update(part);
        }
        let mut bytes = [0; 32];
        for (slot, byte) in bytes.iter_mut().zip(context.sign().as_ref()) {
            *slot = *byte;
        }
        bytes
    }
}

/// Whether `left` and `right` are the same, in a time that does not tell where they differ.
pub fn is_same(left: &[u8], right: &[u8]) -> bool {
    verify_slices_are_equal(left, right).is_ok()
}

/// SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    for (slot, byte) in hash.iter_mut().zip(digest(&SHA256, bytes).as_ref()) {
        *slot = *byte;
    }
    hash
}

fn first_eight(tag: &[u8; 32]) -> [u8; 8] {
    let mut first = [0; 8];
    for (slot, byte) in first.iter_mut().zip(tag) {
        *slot = *byte;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_good_for_one_purpose_and_one_server() {
        let hasher = CodeHasher::new(&[1; 32]);
        let hash = hasher.hash(HashPurpose::SessionCookie, b"secret");
        assert_eq!(hash, hasher.hash(HashPurpose::SessionCookie, b"secret"));
        assert_ne!(hash, hasher.hash(HashPurpose::BrowserCookie, b"secret"));
        assert_ne!(hash, CodeHasher::new(&[2; 32]).hash(HashPurpose::SessionCookie, b"secret"));
    }
}
