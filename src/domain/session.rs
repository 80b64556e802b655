//! A browser's session.

use std::time::Duration;

use super::device::UserVerification;
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

/// A browser's session: who signed in, when, and how.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id; the `sid` of its tokens. The cookie holds another secret.
    pub id: SessionId,
    /// Who signed in.
    pub person_id: PersonId,
    /// The attempt that made it.
    pub attempt_id: LoginAttemptId,
    /// The device that approved.
    pub device_id: DeviceId,
    /// How the device verified its owner.
    pub user_verification: UserVerification,
    /// Whether the device was on probation.
    pub is_device_on_probation: bool,
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

    /// Authentication methods as they were (RFC 8176): a key that is not attested counts as a software key, and a biometric
    /// whose kind the phone does not tell is only named as a second factor.
    pub fn authentication_methods(&self) -> Vec<&'static str> {
        let mut methods = vec!["swk", "user"];
        match self.user_verification {
            UserVerification::None => {}
            UserVerification::Pin => methods.extend(["pin", "mfa"]),
            UserVerification::Biometric => methods.push("mfa"),
        }
        methods
    }

    /// The authentication context class: which of our own classes the sign-in reached.
    pub const fn authentication_context(&self) -> &'static str {
        if self.is_device_on_probation { "urn:avain:acr:device-on-probation" } else { "urn:avain:acr:device" }
    }
}
