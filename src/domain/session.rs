//! A browser's session.

use std::time::Duration;

use super::device::UserVerification;
use super::identity::{Assurance, MethodId};
use super::ids::{DeviceId, LoginAttemptId, PersonId, SessionId};
use super::time::Timestamp;

/// How long a session lives without use.
pub const IDLE_LIFE: Duration = Duration::from_mins(30);
/// How long a session lives at all.
pub const ABSOLUTE_LIFE: Duration = Duration::from_hours(12);

/// How long it opens the pages of KH users without use.
pub const ADMINISTRATION_IDLE_LIFE: Duration = Duration::from_mins(15);
/// How long it opens the pages of KH users at all.
pub const ADMINISTRATION_LIFE: Duration = Duration::from_hours(1);

/// What a sign-in rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The person's phone signed.
    Device {
        /// The device that approved.
        device_id: DeviceId,
        /// How the device verified its owner.
        user_verification: UserVerification,
        /// Whether the device was on probation.
        is_on_probation: bool,
    },
    /// Another identity provider vouched.
    Identity {
        /// Which one.
        method: MethodId,
        /// How sure it is.
        assurance: Assurance,
    },
}

/// A browser's session: who signed in, when, and how.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id; the `sid` of its tokens. The cookie holds another secret.
    pub id: SessionId,
    /// Who signed in.
    pub person_id: PersonId,
    /// The attempt that made it.
    pub attempt_id: LoginAttemptId,
    /// What it rests on.
    pub proof: Proof,
    /// When the person approved; the `auth_time` of its tokens.
    pub signed_in_at: Timestamp,
    /// When it was last used.
    pub last_seen_at: Timestamp,
}

impl Session {
    /// Whether it is still good at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        now < self.last_seen_at.plus(IDLE_LIFE) && now < self.signed_in_at.plus(ABSOLUTE_LIFE)
    }

    /// Whether it still opens the pages of KH users at `now`: they hold the data of many, so a browser left open is closed sooner.
    pub fn is_live_for_administration(&self, now: Timestamp) -> bool {
        now < self.last_seen_at.plus(ADMINISTRATION_IDLE_LIFE)
            && now < self.signed_in_at.plus(ADMINISTRATION_LIFE)
    }

    /// The device that approved, where one did.
    pub const fn device_id(&self) -> Option<DeviceId> {
        match self.proof {
            Proof::Device { device_id, .. } => Some(device_id),
            Proof::Identity { .. } => None,
        }
    }

    /// Authentication methods as they were (RFC 8176): a key that is not attested counts as a software key, and a biometric
    /// whose kind the phone does not tell is only named as a second factor. `eid` (ours): another identity provider vouched; what
    /// it did itself it does not prove to us.
    pub fn authentication_methods(&self) -> Vec<&'static str> {
        match self.proof {
            Proof::Device { user_verification: UserVerification::None, .. } => vec!["swk", "user"],
            Proof::Device { user_verification: UserVerification::Pin, .. } => {
                vec!["swk", "user", "pin", "mfa"]
            }
            Proof::Device { user_verification: UserVerification::Biometric, .. } => {
                vec!["swk", "user", "mfa"]
            }
            Proof::Identity { .. } => vec!["eid"],
        }
    }

    /// The authentication context class: which of our own classes the sign-in reached.
    pub const fn authentication_context(&self) -> &'static str {
        match &self.proof {
            Proof::Device { is_on_probation: true, .. } => "urn:avain:acr:device-on-probation",
            Proof::Device { .. } => "urn:avain:acr:device",
            Proof::Identity { assurance, .. } => assurance.context(),
        }
    }
}
