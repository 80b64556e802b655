//! Where something belongs that went wrong, as far as the request says. What a phone claims is not proved by it.

use super::frame::FrameNumber;
use super::ids::{DeviceId, EnrolmentId, LoginAttemptId, PersonId};
use super::invitation::ActivationCode;
use super::platform::{Platform, ReportedFacts};
use super::text::shortened;

const LONGEST: usize = 64;

/// What a request says of itself, piece by piece.
#[derive(Clone, Default)]
pub struct Trail {
    /// Whoever is signed in.
    pub person: Option<PersonId>,
    /// The phone that says it asks.
    pub device: Option<DeviceId>,
    /// The enrolment.
    pub enrolment: Option<EnrolmentId>,
    /// The login attempt.
    pub attempt: Option<LoginAttemptId>,
    /// The frame that was scanned.
    pub frame: Option<FrameNumber>,
    /// The activation code that was entered.
    pub activation_code: Option<ActivationCode>,
    /// What a phone says of itself before it is known.
    pub facts: Option<SaidFacts>,
}

impl Trail {
    /// Whether it leads nowhere.
    pub fn is_cold(&self) -> bool {
        self.person.is_none()
            && self.device.is_none()
            && self.enrolment.is_none()
            && self.attempt.is_none()
            && self.activation_code.is_none()
    }
}

/// A phone's description of itself, cut to what can be kept and shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaidFacts {
    /// `android`, `ios`, or nothing.
    pub platform: String,
    /// The OS version.
    pub os_version: String,
    /// The maker.
    pub brand: String,
    /// The model.
    pub model: String,
    /// The app's version.
    pub app_version: String,
}

impl From<&ReportedFacts> for SaidFacts {
    fn from(facts: &ReportedFacts) -> Self {
        Self {
            platform: facts.platform.map(Platform::key).unwrap_or_default().to_owned(),
            os_version: shortened(&facts.os_version, LONGEST),
            brand: shortened(&facts.brand, LONGEST),
            model: shortened(&facts.model, LONGEST),
            app_version: shortened(&facts.app_version, LONGEST),
        }
    }
}
