//! An invitation and its activation code.

use std::time::Duration;

use super::ids::{CompanyId, EnrolmentId, InvitationId, PersonId};
use super::spoken_code::SpokenCode;
use super::time::Timestamp;

/// How long an activation code lives.
pub const ACTIVATION_CODE_LIFE: Duration = Duration::from_hours(24);

/// How many invitations one person gets in an hour: each one is a mail that somebody may not have asked for.
pub const MOST_PER_HOUR: i64 = 5;
/// How many invitations one person gets in a day.
pub const MOST_PER_DAY: i64 = 20;

/// Twelve characters, 60 random bits; sent by e-mail, typed or scanned into the app.
pub type ActivationCode = SpokenCode<12>;

/// What has become of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationState {
    /// Its code waits to be entered.
    Open,
    /// A phone has entered the code and holds it.
    Claimed(EnrolmentId),
    /// A device was enrolled.
    Redeemed(EnrolmentId),
    /// Replaced by a newer one, cancelled, or locked after wrong confirmation codes.
    Void,
}

/// What a KH user sent.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// For which company.
    pub company_id: CompanyId,
    /// To whom.
    pub person_id: PersonId,
    /// What has become of it.
    pub state: InvitationState,
    /// When the activation code dies.
    pub expires_at: Timestamp,
    /// How many confirmation codes were sent for it, over all phones that tried.
    pub confirmations_sent: i64,
}

/// Why an activation code cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationRefusal {
    /// Older than [`ACTIVATION_CODE_LIFE`].
    Expired,
    /// A device was enrolled with it.
    Used,
    /// Replaced, cancelled or locked.
    Void,
}

impl Invitation {
    /// The enrolment that holds the code, or `None` when it is free; refuses a code that can no longer be used.
    pub fn holder(&self, now: Timestamp) -> Result<Option<EnrolmentId>, InvitationRefusal> {
        match self.state {
            InvitationState::Redeemed(_) => Err(InvitationRefusal::Used),
            InvitationState::Void => Err(InvitationRefusal::Void),
            _ if now >= self.expires_at => Err(InvitationRefusal::Expired),
            InvitationState::Claimed(enrolment) => Ok(Some(enrolment)),
            InvitationState::Open => Ok(None),
        }
    }
}
