//! "It was not me": what a person may answer to a notice, by the code in it and without a sign-in.

use std::time::Duration;

use super::ids::{DeviceId, EmailChangeId, PersonId, SessionId};
use super::spoken_code::SpokenCode;
use super::time::Timestamp;

/// How long after a notice it may be objected to.
pub const OBJECTION_LIFE: Duration = Duration::from_hours(7 * 24);

/// Sixteen characters, 80 random bits: whoever has them may act for the person, in this one matter.
pub type ObjectionCode = SpokenCode<16>;

/// What the person was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectionKind {
    /// A device was added. Objecting takes it away again.
    DeviceAdded(DeviceId),
    /// A device was taken away.
    DeviceRemoved,
    /// A device got another key. Objecting takes the device away.
    KeyReplaced(DeviceId),
    /// The e-mail address was changed. Objecting brings the old one back.
    EmailChanged(EmailChangeId),
    /// A KH user changed the phone number.
    PhoneChanged,
    /// A sign-in from a new network. Objecting takes the device away that approved it.
    SignedIn(SessionId),
}

impl ObjectionKind {
    /// The kind as the database knows it, without what it points at.
    pub const fn key(self) -> &'static str {
        match self {
            Self::DeviceAdded(_) => "device_added",
            Self::DeviceRemoved => "device_removed",
            Self::KeyReplaced(_) => "key_replaced",
            Self::EmailChanged(_) => "email_changed",
            Self::PhoneChanged => "phone_changed",
            Self::SignedIn(_) => "signed_in",
        }
    }

    /// The id of what it points at, if anything.
    pub fn subject(self) -> Option<String> {
        match self {
            Self::DeviceAdded(id) | Self::KeyReplaced(id) => Some(id.to_string()),
            Self::EmailChanged(id) => Some(id.to_string()),
            Self::SignedIn(id) => Some(id.to_string()),
            Self::DeviceRemoved | Self::PhoneChanged => None,
        }
    }

    /// The kind of that [`key`](Self::key) and [`subject`](Self::subject).
    pub fn from_parts(key: &str, subject: Option<&str>) -> Option<Self> {
        match (key, subject) {
            ("device_added", Some(id)) => id.parse().ok().map(Self::DeviceAdded),
            ("key_replaced", Some(id)) => id.parse().ok().map(Self::KeyReplaced),
            ("email_changed", Some(id)) => id.parse().ok().map(Self::EmailChanged),
            ("signed_in", Some(id)) => id.parse().ok().map(Self::SignedIn),
            ("device_removed", None) => Some(Self::DeviceRemoved),
            ("phone_changed", None) => Some(Self::PhoneChanged),
            _ => None,
        }
    }
}

/// The right to object to one notice, once.
#[derive(Clone, Copy, Debug)]
pub struct Objection {
    /// Who was told.
    pub person_id: PersonId,
    /// What.
    pub kind: ObjectionKind,
    /// Until when.
    pub expires_at: Timestamp,
    /// Whether it was used.
    pub is_used: bool,
}

/// Why it is too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectionRefusal {
    /// Objected already.
    Used,
    /// More than [`OBJECTION_LIFE`] ago.
    Expired,
}

impl Objection {
    /// What may be objected to at `now`.
    pub fn check(&self, now: Timestamp) -> Result<ObjectionKind, ObjectionRefusal> {
        if self.is_used {
            return Err(ObjectionRefusal::Used);
        }
        if now >= self.expires_at { Err(ObjectionRefusal::Expired) } else { Ok(self.kind) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_as_it_was_written() {
        let kinds = [
            ObjectionKind::DeviceAdded(DeviceId::from_bytes([1; 16])),
            ObjectionKind::DeviceRemoved,
            ObjectionKind::KeyReplaced(DeviceId::from_bytes([4; 16])),
            ObjectionKind::EmailChanged(EmailChangeId::from_bytes([2; 16])),
            ObjectionKind::PhoneChanged,
            ObjectionKind::SignedIn(SessionId::from_bytes([3; 16])),
        ];
        for kind in kinds {
            let subject = kind.subject();
            assert_eq!(ObjectionKind::from_parts(kind.key(), subject.as_deref()), Some(kind));
        }
        assert_eq!(ObjectionKind::from_parts("device_added", None), None);
        assert_eq!(ObjectionKind::from_parts("phone_changed", Some("x")), None);
    }

    #[test]
    fn one_objects_once_and_in_time() {
        let now = Timestamp::from_millis(1_000);
        let objection = Objection {
            person_id: PersonId::from_bytes([1; 16]),
            kind: ObjectionKind::PhoneChanged,
            expires_at: now.plus(OBJECTION_LIFE),
            is_used: false,
        };
        assert_eq!(objection.check(now), Ok(ObjectionKind::PhoneChanged));
        assert_eq!(objection.check(objection.expires_at), Err(ObjectionRefusal::Expired));
        let used = Objection { is_used: true, ..objection };
        assert_eq!(used.check(now), Err(ObjectionRefusal::Used));
    }
}
