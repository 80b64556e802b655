//! Moving to a new phone with the old one in hand: the old phone gives a ticket, the new one takes it with its own key, and the old one
//! signs that this is the phone, by the number that the new one shows.

use std::time::Duration;

use super::device::Thumbprint;
use super::ids::{DeviceId, DeviceMoveId, PersonId};
use super::number_match::NumberMatch;
use super::platform::PlatformFacts;
use super::spoken_code::SpokenCode;
use super::time::Timestamp;

/// How long a ticket is good, and how long the old phone may take to answer.
pub const MOVE_LIFE: Duration = Duration::from_mins(10);

/// Sixteen characters, 80 random bits: shown by the old phone, as a QR code and to be typed.
pub type MoveTicket = SpokenCode<16>;

/// The phone that took the ticket.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// The uncompressed SEC1 point of its key.
    pub public_key: [u8; 65],
    /// The key's one name.
    pub thumbprint: Thumbprint,
    /// What its owner calls it.
    pub name: String,
    /// What it says of itself.
    pub facts: PlatformFacts,
    /// The new phone shows the right one, the old one offers all five.
    pub numbers: NumberMatch,
}

/// How far a move has come.
#[derive(Clone, Debug)]
pub enum MoveState {
    /// The old phone shows a ticket.
    Offered,
    /// A phone took it, and the old one has not answered.
    Taken(Newcomer),
    /// The new phone is enrolled as that device.
    Done(Newcomer, DeviceId),
    /// Refused, or another ticket was given.
    Void,
}

/// A move.
#[derive(Clone, Debug)]
pub struct DeviceMove {
    /// Its id.
    pub id: DeviceMoveId,
    /// The old phone.
    pub old_device_id: DeviceId,
    /// The owner.
    pub person_id: PersonId,
    /// How far it has come.
    pub state: MoveState,
    /// When the ticket and the number die.
    pub expires_at: Timestamp,
}

/// Why a move does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveRefusal {
    /// Another phone took the ticket.
    Taken,
    /// Too late, refused, or replaced by another ticket.
    Over,
    /// No phone took the ticket yet.
    NotTaken,
}

/// What taking a ticket comes to.
#[derive(Clone, Debug)]
pub enum Take {
    /// The phone is the first.
    First,
    /// It took the ticket before, and the old phone has not answered.
    Waiting(NumberMatch),
    /// It is enrolled as that device.
    Enrolled(DeviceId),
}

impl DeviceMove {
    /// Whether the phone with that key may take the ticket at `now`.
    pub fn take(&self, thumbprint: &Thumbprint, now: Timestamp) -> Result<Take, MoveRefusal> {
        let is_over = now >= self.expires_at;
        match &self.state {
            MoveState::Done(newcomer, id) if newcomer.thumbprint == *thumbprint => Ok(Take::Enrolled(*id)),
            MoveState::Void => Err(MoveRefusal::Over),
            _ if is_over => Err(MoveRefusal::Over),
            MoveState::Offered => Ok(Take::First),
            MoveState::Taken(newcomer) if newcomer.thumbprint == *thumbprint => {
                Ok(Take::Waiting(newcomer.numbers))
            }
            MoveState::Taken(_) | MoveState::Done(..) => Err(MoveRefusal::Taken),
        }
    }

    /// The phone about which the old one may answer at `now`.
    pub fn answer(&self, now: Timestamp) -> Result<&Newcomer, MoveRefusal> {
        match &self.state {
            MoveState::Taken(newcomer) if now < self.expires_at => Ok(newcomer),
            MoveState::Offered if now < self.expires_at => Err(MoveRefusal::NotTaken),
            _ => Err(MoveRefusal::Over),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::os_version::OsVersion;
    use crate::domain::platform::Platform;

    fn newcomer() -> Newcomer {
        Newcomer {
            public_key: [4; 65],
            thumbprint: [5; 32],
            name: "New".to_owned(),
            facts: PlatformFacts {
                platform: Platform::Android,
                os_version: OsVersion::parse_android("15").unwrap(),
                brand: String::new(),
                model: String::new(),
                app_version: String::new(),
            },
            numbers: NumberMatch::of(&[10, 20, 30, 40, 50], 30).unwrap(),
        }
    }

    #[test]
    fn one_phone_takes_a_ticket_in_time_and_only_about_it_is_answered() {
        let (ends, device) = (Timestamp::from_millis(1_000), DeviceId::from_bytes([1; 16]));
        let before = ends.minus(Duration::from_millis(1));
        let of = |state| DeviceMove {
            id: DeviceMoveId::from_bytes([2; 16]),
            old_device_id: device,
            person_id: PersonId::from_bytes([3; 16]),
            state,
            expires_at: ends,
        };
        let (own, other) = ([5; 32], [6; 32]);
        let offered = of(MoveState::Offered);
        assert!(matches!(offered.take(&own, before), Ok(Take::First)));
        assert_eq!(offered.take(&own, ends).unwrap_err(), MoveRefusal::Over);
        assert_eq!(offered.answer(before).unwrap_err(), MoveRefusal::NotTaken);
        assert_eq!(offered.answer(ends).unwrap_err(), MoveRefusal::Over);
        let taken = of(MoveState::Taken(newcomer()));
        assert!(matches!(taken.take(&own, before), Ok(Take::Waiting(_))));
        assert_eq!(taken.take(&other, before).unwrap_err(), MoveRefusal::Taken);
        assert_eq!(taken.take(&own, ends).unwrap_err(), MoveRefusal::Over);
        assert!(taken.answer(before).is_ok());
        assert_eq!(taken.answer(ends).unwrap_err(), MoveRefusal::Over);
        let done = of(MoveState::Done(newcomer(), device));
        assert!(matches!(done.take(&own, ends), Ok(Take::Enrolled(id)) if id == device), "a lost reply");
        assert_eq!(done.take(&other, before).unwrap_err(), MoveRefusal::Taken);
        assert_eq!(done.answer(before).unwrap_err(), MoveRefusal::Over);
        let void = of(MoveState::Void);
        assert_eq!(void.take(&own, before).unwrap_err(), MoveRefusal::Over);
        assert_eq!(void.answer(before).unwrap_err(), MoveRefusal::Over);
    }
}
