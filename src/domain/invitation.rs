//! An invitation and its activation code.

use std::time::Duration;

use super::base32;
use super::ids::{CompanyId, EnrolmentId, InvitationId, PersonId};
use super::random::{Random, RandomFailure, bytes};
use super::secret::Secret;
use super::time::Timestamp;

/// How long an activation code lives.
pub const ACTIVATION_CODE_LIFE: Duration = Duration::from_hours(24);

const CODE_LENGTH: usize = 12;

/// Twelve characters of Crockford base32, 60 random bits; sent by e-mail, typed or scanned into the app.
#[derive(Clone)]
pub struct ActivationCode(Secret<String>);

impl ActivationCode {
    /// A new code.
    pub fn generate(random: &dyn Random) -> Result<Self, RandomFailure> {
        let characters = bytes::<CODE_LENGTH>(random)?;
        let code = characters.iter().map(|byte| base32::character(u32::from(*byte))).collect();
        Ok(Self(Secret::new(code)))
    }

    /// Reads a code as a person typed it, or as it stands behind the `#` of an invitation's link.
    /// `None` when it is not twelve characters of the alphabet after blanks and dashes are dropped.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.len() > 64 {
            return None;
        }
        let code = typed
            .chars()
            .filter(|character| !matches!(character, ' ' | '-' | '\u{a0}' | '\u{2010}'..='\u{2015}'))
            .map(base32::canonical)
            .collect::<Option<String>>()?;
        (code.len() == CODE_LENGTH).then(|| Self(Secret::new(code)))
    }

    /// The twelve characters, for hashing.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The form that people read: `XXXX-XXXX-XXXX`.
    pub fn grouped(&self) -> String {
        let characters: Vec<char> = self.expose().chars().collect();
        let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
        groups.join("-")
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in ["abcd-efgh-1l0o", " ABCD EFGH 1100", "abcdefgh-iloO", "ABCD–EFGH–1L00"] {
            assert_eq!(ActivationCode::parse(typed).unwrap().grouped(), "ABCD-EFGH-1100", "{typed}");
        }
        for typed in
            ["", "ABCD-EFGH-110", "ABCD-EFGH-11000", "ABCD-EFGH-110U", "ABCD_EFGH_1100", "АBCD-EFGH-1100"]
        {
            assert!(ActivationCode::parse(typed).is_none(), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_trouble(typed in "\\PC{0,80}") {
            if let Some(code) = ActivationCode::parse(&typed) {
                prop_assert_eq!(code.grouped().len(), 14);
                prop_assert_eq!(ActivationCode::parse(&code.grouped()).unwrap().grouped(), code.grouped());
            }
        }

        #[test]
        fn case_and_dashes_do_not_matter(code in "[0-9A-HJKMNP-TV-Z]{12}") {
            let grouped = ActivationCode::parse(&code).unwrap().grouped();
            prop_assert_eq!(ActivationCode::parse(&grouped.to_lowercase()).unwrap().grouped(), grouped);
        }
    }
}
