//! A login attempt: one visit to the sign-in page, from the first frame to session or failure.

use std::time::Duration;

use super::device::UserVerification;
use super::frame::FrameNumber;
use super::identity::{Assurance, IDENTIFICATION_LIFE, MethodId};
use super::ids::{DeviceId, LoginAttemptId, PersonId, SessionId, SignInRequestId};
use super::language::Language;
use super::number_match::NumberMatch;
use super::spoken_code::SpokenCode;
use super::time::Timestamp;

/// How long an attempt waits for the phone's answer.
pub const ATTEMPT_LIFE: Duration = Duration::from_mins(2);
/// How much longer the browser may collect it.
pub const COLLECT_LIFE: Duration = Duration::from_mins(1);
/// How long after the phone's answer a code may still be typed, where one is asked for.
pub const SECOND_FACTOR_LIFE: Duration = Duration::from_mins(10);

/// Eight characters, 40 bits, which lead a phone to an attempt whose QR code cannot be scanned. They live as long as the attempt,
/// and a phone that guesses is stopped.
pub type TypedCode = SpokenCode<8>;

/// Why the phone's owner refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DenyReason {
    /// They changed their mind.
    Mistake,
    /// Somebody else started it.
    NotMe,
    /// They said yes and picked a number that the page does not show.
    WrongNumber,
}

impl DenyReason {
    /// The reason as the database and pages know it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mistake => "mistake",
            Self::NotMe => "not-me",
            Self::WrongNumber => "wrong-number",
        }
    }

    /// The reason of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Mistake, Self::NotMe, Self::WrongNumber].into_iter().find(|reason| reason.key() == key)
    }
}

/// How an attempt reached the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// It scanned a frame.
    Qr,
    /// It was asked by a push.
    Push,
    /// A link in the browser of the same phone opened the app.
    SameDevice,
    /// Its owner typed a code.
    Typed,
}

impl Flow {
    /// The flow as the database knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Qr => "qr",
            Self::Push => "push",
            Self::SameDevice => "same-device",
            Self::Typed => "typed",
        }
    }

    /// The flow of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Qr, Self::Push, Self::SameDevice, Self::Typed].into_iter().find(|flow| flow.key() == key)
    }
}

/// The device that scanned first, and what it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The device that owns the attempt.
    pub device_id: DeviceId,
    /// Its owner.
    pub person_id: PersonId,
    /// Its name as the browser may show it.
    pub masked_device_name: String,
    /// 32 random bytes for the answer to sign.
    pub server_nonce: [u8; 32],
    /// The text that the phone shows.
    pub display_text: String,
    /// How the attempt reached it.
    pub flow: Flow,
    /// What its owner picks the page's number from; `None` where page and app are on one phone.
    pub numbers: Option<NumberMatch>,
    /// How long before the scan the frame was first shown; `None` where none was scanned.
    pub frame_age: Option<Duration>,
    /// The phone's network address as text.
    pub phone_place: String,
}

/// Who said yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approval {
    /// The person's phone, by a signature.
    Phone {
        /// The phone, and what it was shown.
        scan: Scan,
        /// How the phone verified its owner.
        user_verification: UserVerification,
    },
    /// Another identity provider, which vouched for the person.
    Identity {
        /// Whom it named.
        person_id: PersonId,
        /// Which one.
        method: MethodId,
        /// How sure it is.
        assurance: Assurance,
    },
}

impl Approval {
    /// Who signs in.
    pub const fn person_id(&self) -> PersonId {
        match self {
            Self::Phone { scan, .. } => scan.person_id,
            Self::Identity { person_id, .. } => *person_id,
        }
    }

    /// The phone's claim, where a phone said yes.
    pub const fn scan(&self) -> Option<&Scan> {
        match self {
            Self::Phone { scan, .. } => Some(scan),
            Self::Identity { .. } => None,
        }
    }
}

/// Where an attempt stands. Time is judged apart: see [`Attempt`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptState {
    /// The page shows frames.
    Waiting,
    /// The person is with another identity provider.
    Elsewhere(MethodId),
    /// A phone has scanned one and shows the challenge.
    Scanned(Scan),
    /// Said yes; the browser may collect.
    Approved {
        /// By whom.
        approval: Approval,
        /// When.
        answered_at: Timestamp,
    },
    /// Said yes, and a code is waited for.
    SecondFactor {
        /// By whom.
        approval: Approval,
        /// When.
        answered_at: Timestamp,
    },
    /// Signed no.
    Denied {
        /// By whom.
        scan: Scan,
        /// Why.
        reason: DenyReason,
    },
    /// Given up in the browser.
    Cancelled,
    /// Redeemed; this session came of it.
    Collected(SessionId),
}

/// One visit to the sign-in page.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Its id; stands in the QR code, so it is no secret.
    pub id: LoginAttemptId,
    /// What the web application asked for.
    pub request_id: SignInRequestId,
    /// Keyed hash of the browser's cookie.
    pub browser_hash: [u8; 32],
    /// The page's language.
    pub language: Language,
    /// The browser's network address as text.
    pub place: String,
    /// The browser in plain words.
    pub browser: String,
    /// Where it stands.
    pub state: AttemptState,
    /// When the first frame was shown.
    pub begun_at: Timestamp,
    /// A second phone that scanned it too.
    pub rival: Option<DeviceId>,
    /// Whether the page shows a code to type.
    pub has_typed_code: bool,
}

/// Why a step is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttemptRefusal {
    /// Its time has run out.
    #[error("the attempt has expired")]
    Expired,
    /// Another device scanned first.
    #[error("another device owns the attempt")]
    Taken,
    /// Answered already.
    #[error("the attempt was answered already")]
    Finished,
    /// Given up in the browser.
    #[error("the attempt was cancelled")]
    Cancelled,
    /// Redeemed already.
    #[error("the attempt was collected already")]
    Collected,
    /// Signed no.
    #[error("the attempt was denied on the phone")]
    Denied,
    /// Ended by a wrong number.
    #[error("a wrong number was picked")]
    WrongNumber,
    /// No answer yet.
    #[error("the attempt is not answered yet")]
    Unanswered,
    /// The frame is too old.
    #[error("the frame is too old")]
    FrameExpired,
}

impl Attempt {
    /// When it stops taking scans and answers.
    pub fn answer_until(&self) -> Timestamp {
        self.begun_at.plus(ATTEMPT_LIFE)
    }

    /// Whether it has run out of time at `now` in the state it is in.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        match &self.state {
            AttemptState::Waiting | AttemptState::Scanned(_) => now >= self.answer_until(),
            AttemptState::Elsewhere(_) => now >= self.answer_until().plus(IDENTIFICATION_LIFE),
            AttemptState::Approved { answered_at, .. } => now >= answered_at.plus(COLLECT_LIFE),
            AttemptState::SecondFactor { answered_at, .. } => now >= answered_at.plus(SECOND_FACTOR_LIFE),
            AttemptState::Denied { .. } | AttemptState::Cancelled | AttemptState::Collected(_) => false,
        }
    }

    /// Lets `device` claim it at `now`, by `frame` or by something that lives as long as the attempt. `Ok(Some(scan))`: it has scanned this attempt before and sees the same challenge
    /// again, its reply was lost.
    pub fn scan(
        &self,
        device: DeviceId,
        frame: Option<FrameNumber>,
        now: Timestamp,
    ) -> Result<Option<&Scan>, AttemptRefusal> {
        self.refuse_ended(now)?;
        match &self.state {
            AttemptState::Scanned(scan) if scan.device_id == device => Ok(Some(scan)),
            AttemptState::Scanned(_) => Err(AttemptRefusal::Taken),
            _ if frame.is_none_or(|frame| frame.is_accepted(self.begun_at, now)) => Ok(None),
            _ => Err(AttemptRefusal::FrameExpired),
        }
    }

    /// Lets `device` answer at `now`; gives back what it was shown.
    pub fn answer(&self, device: DeviceId, now: Timestamp) -> Result<&Scan, AttemptRefusal> {
        self.refuse_ended(now)?;
        match &self.state {
            AttemptState::Scanned(scan) if scan.device_id == device => Ok(scan),
            AttemptState::Scanned(_) => Err(AttemptRefusal::Taken),
            _ => Err(AttemptRefusal::Unanswered),
        }
    }

    /// Lets the browser go to another identity provider at `now`.
    pub fn leave(&self, now: Timestamp) -> Result<(), AttemptRefusal> {
        self.refuse_ended(now)?;
        match &self.state {
            AttemptState::Waiting => Ok(()),
            _ => Err(AttemptRefusal::Taken),
        }
    }

    /// Lets the provider that the browser went to name the person at `now`.
    pub fn identify(&self, method: &MethodId, now: Timestamp) -> Result<(), AttemptRefusal> {
        match &self.state {
            AttemptState::Elsewhere(_) if self.is_expired(now) => Err(AttemptRefusal::Expired),
            AttemptState::Elsewhere(asked) if asked == method => Ok(()),
            AttemptState::Cancelled => Err(AttemptRefusal::Cancelled),
            _ => Err(AttemptRefusal::Finished),
        }
    }

    /// Lets the browser collect at `now`; gives back who approved.
    pub fn collect(&self, now: Timestamp) -> Result<&Approval, AttemptRefusal> {
        if self.is_expired(now) {
            return Err(AttemptRefusal::Expired);
        }
        match &self.state {
            AttemptState::Approved { approval, .. } => Ok(approval),
            AttemptState::Waiting
            | AttemptState::Elsewhere(_)
            | AttemptState::Scanned(_)
            | AttemptState::SecondFactor { .. } => Err(AttemptRefusal::Unanswered),
            AttemptState::Denied { reason: DenyReason::WrongNumber, .. } => Err(AttemptRefusal::WrongNumber),
            AttemptState::Denied { .. } => Err(AttemptRefusal::Denied),
            AttemptState::Cancelled => Err(AttemptRefusal::Cancelled),
            AttemptState::Collected(_) => Err(AttemptRefusal::Collected),
        }
    }

    /// Lets the browser type its code at `now`; gives back who approved.
    pub fn second_factor(&self, now: Timestamp) -> Result<&Approval, AttemptRefusal> {
        match &self.state {
            AttemptState::SecondFactor { .. } if self.is_expired(now) => Err(AttemptRefusal::Expired),
            AttemptState::SecondFactor { approval, .. } => Ok(approval),
            AttemptState::Collected(_) => Err(AttemptRefusal::Collected),
            _ => Err(AttemptRefusal::Unanswered),
        }
    }

    fn refuse_ended(&self, now: Timestamp) -> Result<(), AttemptRefusal> {
        match &self.state {
            AttemptState::Approved { .. }
            | AttemptState::SecondFactor { .. }
            | AttemptState::Denied { .. }
            | AttemptState::Collected(_) => Err(AttemptRefusal::Finished),
            AttemptState::Cancelled | AttemptState::Elsewhere(_) => Err(AttemptRefusal::Cancelled),
            _ if self.is_expired(now) => Err(AttemptRefusal::Expired),
            AttemptState::Waiting | AttemptState::Scanned(_) => Ok(()),
        }
    }
}
