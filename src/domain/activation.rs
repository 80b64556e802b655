//! An enrolment on its way: code accepted, confirmed, finished; and its confirmation code.

use std::time::Duration;

use super::ids::{DeviceId, EnrolmentId, InvitationId, PersonId};
use super::platform::PlatformFacts;
use super::secret::Secret;
use super::time::Timestamp;

/// How long a confirmation code lives, and after it the nonce that the new key signs (NIST SP 800-63B-4 section 3.1.3.2: at most 10 minutes).
pub const CONFIRMATION_LIFE: Duration = Duration::from_mins(10);
/// Wrong confirmation codes after which the whole invitation is void.
pub const CONFIRMATION_TRIES: i64 = 5;
/// How many times the confirmation code of one invitation is sent.
pub const CONFIRMATION_SENDS: i64 = 3;

/// Six digits, sent by SMS after the activation code was accepted.
#[derive(Clone)]
pub struct ConfirmationCode(Secret<String>);

impl ConfirmationCode {
    /// The six digits of `number` modulo a million.
    pub fn from_number(number: u64) -> Self {
        Self(Secret::new(format!("{:06}", number % 1_000_000)))
    }

    /// Reads six digits; blanks and dashes do not matter.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.len() > 16 {
            return None;
        }
        let digits: String = typed.chars().filter(|character| !matches!(character, ' ' | '-')).collect();
        let is_code = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then(|| Self(Secret::new(digits)))
    }

    /// The six digits.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// Where an enrolment stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnrolmentState {
    /// The confirmation code is on its way or waited for.
    Started,
    /// The confirmation code was right; the key is waited for, signed over this nonce.
    Confirmed {
        /// 32 random bytes.
        server_nonce: [u8; 32],
    },
    /// The device exists; kept with the nonce so that the last step can be repeated.
    Enrolled {
        /// What the key signed.
        server_nonce: [u8; 32],
        /// The device that came of it.
        device_id: DeviceId,
    },
    /// Ended by wrong confirmation codes.
    Locked,
    /// Another phone took the code over after this one's time had run out.
    Superseded,
}

/// One act of binding a phone's key to a person.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// Its id.
    pub id: EnrolmentId,
    /// The invitation whose code started it.
    pub invitation_id: InvitationId,
    /// Who enrols.
    pub person_id: PersonId,
    /// Where it stands.
    pub state: EnrolmentState,
    /// What the phone said of itself.
    pub facts: PlatformFacts,
    /// Makes the confirmation code, with the server's key.
    pub confirmation_salt: [u8; 16],
    /// Wrong confirmation codes so far, over all phones that held the invitation's code.
    pub wrong_codes: i64,
    /// When the confirmation code dies, and after confirmation the nonce.
    pub expires_at: Timestamp,
}

impl Enrolment {
    /// Whether the phone still holds the activation code at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        let is_open = matches!(self.state, EnrolmentState::Started | EnrolmentState::Confirmed { .. });
        is_open && now < self.expires_at
    }

    /// How many wrong confirmation codes it can still take.
    pub const fn tries_left(&self) -> i64 {
        CONFIRMATION_TRIES - self.wrong_codes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_code_reads_as_itself(number in any::<u64>()) {
            let code = ConfirmationCode::from_number(number);
            let typed = format!(" {} {}", &code.expose()[..3], &code.expose()[3..]);
            let read = ConfirmationCode::parse(&typed).unwrap();
            prop_assert_eq!(read.expose(), code.expose());
        }

        #[test]
        fn any_text_is_read_without_trouble(typed in "\\PC{0,20}") {
            if let Some(code) = ConfirmationCode::parse(&typed) {
                prop_assert_eq!(code.expose().len(), 6);
            }
        }
    }
}
