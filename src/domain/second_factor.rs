//! The code that is asked for where a person signs in from a place that the server does not remember. It is asked on top
//! of the phone, because of a risk; it is never a factor of its own.

use std::time::Duration;

use super::network::PrefixLengths;
use super::oddity::Oddity;
use super::resend::{MOST_SENDS, SendRefusal, check_send};
use super::time::Timestamp;

/// How long after the enrolment of a device its owner's very first sign-in makes the place known.
pub const FIRST_SIGN_IN: Duration = Duration::from_hours(24);
/// Wrong codes that one sign-in takes.
pub const CODE_TRIES: i64 = 5;
/// Wrong codes in a row, over all sign-ins of a person, after which no code is taken for a while.
pub const FAILURES_IN_A_ROW: i64 = 10;
/// How long no code is taken then.
pub const STOP: Duration = Duration::from_mins(15);

/// Whether both ways carry the same digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodePolicy {
    /// One code by SMS and mail; either is enough.
    Same,
    /// A code by SMS and another by mail; both are asked for. Whoever cannot be reached both ways gets one.
    Different,
}

/// What the operator sets.
#[derive(Clone, Copy, Debug)]
pub struct SecondFactorRule {
    /// How much of an address makes a network.
    pub prefixes: PrefixLengths,
    /// How long browsers and networks are remembered after their last sign-in.
    pub memory: Duration,
    /// Whether both ways carry the same digits.
    pub codes: CodePolicy,
    /// A frame that is older when it is scanned makes a code needed.
    pub oldest_frame: Duration,
}

/// What the server remembers of a person that fits the sign-in at hand.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// The browser signed this person in before.
    pub has_browser: bool,
    /// This person signed in from the network before.
    pub has_network: bool,
    /// There is any browser or network at all.
    pub has_anything: bool,
}

/// Where a sign-in comes from.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// What is remembered of it.
    pub memory: Memory,
    /// The person's company has approved the network.
    pub is_network_approved: bool,
    /// Somebody in the network tried to get into another person's account a short while ago.
    pub is_network_suspect: bool,
    /// What looks relayed.
    pub oddity: Option<Oddity>,
}

/// Why a code is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing that is remembered fits.
    NewPlace,
    /// The network is suspect, and the browser unknown.
    SuspectNetwork,
    /// The scan looks relayed.
    Odd(Oddity),
}

impl Reason {
    /// The reason as the audit log knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NewPlace => "new_network",
            Self::SuspectNetwork => "suspect_network",
            Self::Odd(oddity) => oddity.key(),
        }
    }
}

/// Why a code is asked for, if one is. The first sign-in soon after an enrolment makes its place known: the person has just
/// proved both mail and phone (`enrolled_at` is empty where no phone approved). In a suspect network the browser alone is trusted; an odd scan is trusted nowhere.
pub fn reason(here: Circumstances, enrolled_at: Option<Timestamp>, now: Timestamp) -> Option<Reason> {
    if let Some(oddity) = here.oddity {
        return Some(Reason::Odd(oddity));
    }
    if here.memory.has_browser {
        return None;
    }
    if here.is_network_suspect {
        return Some(Reason::SuspectNetwork);
    }
    let is_familiar = here.memory.has_network || here.is_network_approved;
    let is_first = !here.memory.has_anything && enrolled_at.is_some_and(|at| now < at.plus(FIRST_SIGN_IN));
    (!is_familiar && !is_first).then_some(Reason::NewPlace)
}

/// What is remembered of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginKind {
    /// The browser, by its cookie.
    Browser,
    /// The network that it came from.
    Network,
}

impl OriginKind {
    /// The kind as the database knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Network => "network",
        }
    }

    /// The kind of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Browser, Self::Network].into_iter().find(|kind| kind.key() == key)
    }
}

/// A code that is asked for.
#[derive(Clone, Debug)]
pub struct SecondFactor {
    /// Makes the six digits, with the server's key.
    pub salt: [u8; 16],
    /// Wrong codes so far.
    pub wrong_codes: i64,
    /// How many times it was sent.
    pub sends: i64,
    /// When it was sent last.
    pub last_sent_at: Timestamp,
}

impl SecondFactor {
    /// How many wrong codes it still takes.
    pub const fn tries_left(&self) -> i64 {
        CODE_TRIES - self.wrong_codes
    }

    /// How many more times it may be sent.
    pub const fn sends_left(&self) -> i64 {
        MOST_SENDS - self.sends
    }

    /// Whether it may be sent again at `now`.
    pub fn check_send(&self, now: Timestamp) -> Result<(), SendRefusal> {
        check_send(self.sends, self.last_sent_at, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_asked_for_in_unknown_places_alone() {
        let enrolled_at = Timestamp::from_millis(1_000);
        let soon = enrolled_at.plus(FIRST_SIGN_IN).minus(Duration::from_millis(1));
        let later = enrolled_at.plus(FIRST_SIGN_IN);
        let cases = [
            // browser, network, anything, approved, asked soon after the enrolment, asked later
            (true, false, true, false, false, false),
            (false, true, true, false, false, false),
            (true, true, true, true, false, false),
            (false, false, true, true, false, false),
            (false, false, false, true, false, false),
            (false, false, false, false, false, true),
            (false, false, true, false, true, true),
        ];
        for (has_browser, has_network, has_anything, is_approved, is_asked_soon, is_asked_later) in cases {
            let memory = Memory { has_browser, has_network, has_anything };
            let here = Circumstances {
                memory,
                is_network_approved: is_approved,
                is_network_suspect: false,
                oddity: None,
            };
            let place = |is_asked: bool| is_asked.then_some(Reason::NewPlace);
            assert_eq!(reason(here, Some(enrolled_at), soon), place(is_asked_soon), "{memory:?} soon");
            assert_eq!(reason(here, Some(enrolled_at), later), place(is_asked_later), "{memory:?} later");

            let suspect = Circumstances { is_network_suspect: true, ..here };
            let expected = (!has_browser).then_some(Reason::SuspectNetwork);
            assert_eq!(reason(suspect, Some(enrolled_at), soon), expected, "{memory:?} in a suspect network");
            let odd = Circumstances { oddity: Some(Oddity::OldFrame), ..suspect };
            assert_eq!(
                reason(odd, Some(enrolled_at), soon),
                Some(Reason::Odd(Oddity::OldFrame)),
                "{memory:?}"
            );
            assert_eq!(reason(here, None, soon), place(is_asked_later), "{memory:?} without a phone");
        }
    }
}
