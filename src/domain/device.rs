//! An enrolled phone.

use std::time::Duration;

use super::ids::{DeviceId, EnrolmentId, PersonId};
use super::platform::PlatformFacts;
use super::time::Timestamp;

/// How long a new device is on probation.
pub const PROBATION: Duration = Duration::from_hours(24);

/// How long a nonce for one message of a device is good.
pub const NONCE_LIFE: Duration = Duration::from_mins(5);

/// SHA-256 of a device key's 65-byte SEC1 point: its one name.
pub type Thumbprint = [u8; 32];

/// How the phone made sure that its owner holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserVerification {
    /// Not at all.
    None,
    /// Screen-lock PIN, pattern or password.
    Pin,
    /// Fingerprint or face.
    Biometric,
}

impl UserVerification {
    /// The method as the database knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Pin => "pin",
            Self::Biometric => "biometric",
        }
    }

    /// The method of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::None, Self::Pin, Self::Biometric].into_iter().find(|method| method.key() == key)
    }
}

/// Whether a device may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceState {
    /// It may.
    Active,
    /// Never again.
    Revoked,
}

impl DeviceState {
    /// The state as the database knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Revoked => "revoked",
        }
    }

    /// The state of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Active, Self::Revoked].into_iter().find(|state| state.key() == key)
    }
}

/// Why its owner takes a device away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// It is not used any more.
    Unused,
    /// It is lost or stolen: everything that was signed in ends.
    Lost,
}

impl Removal {
    /// The reason as forms and the audit log know it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unused => "unused",
            Self::Lost => "lost",
        }
    }

    /// The reason of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Unused, Self::Lost].into_iter().find(|removal| removal.key() == key)
    }
}

/// An enrolled phone.
#[derive(Clone, Debug)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// Its owner.
    pub person_id: PersonId,
    /// The enrolment that made it; `None` where it came of a move from an older phone.
    pub enrolment_id: Option<EnrolmentId>,
    /// The uncompressed SEC1 point of its key.
    pub public_key: [u8; 65],
    /// The key's one name.
    pub thumbprint: Thumbprint,
    /// What its owner calls it.
    pub name: String,
    /// What it said of itself, last.
    pub facts: PlatformFacts,
    /// Whether it may be used.
    pub state: DeviceState,
    /// When it was enrolled.
    pub created_at: Timestamp,
    /// When it last proved its key.
    pub last_seen_at: Timestamp,
    /// Until then it cannot enrol or remove other devices.
    pub probation_until: Timestamp,
}

impl Device {
    /// The name as a stranger at the browser may read it: the first letter of each word and the length hidden.
    pub fn masked_name(&self) -> String {
        mask_name(&self.name)
    }
}

/// A device's name as a stranger at the browser may read it.
pub fn mask_name(name: &str) -> String {
    let masked: Vec<String> = name
        .split_whitespace()
        .map(|word| if word.chars().count() <= 2 { word.to_owned() } else { mask(word) })
        .collect();
    masked.join(" ")
}

fn mask(word: &str) -> String {
    let head: String = word.chars().take(2).collect();
    format!("{head}…")
}
