//! Rows of `sessions`.

use std::time::Duration;

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::device::UserVerification;
use crate::domain::identity::{Assurance, MethodId};
use crate::domain::ids::{DeviceId, PersonId, SessionId};
use crate::domain::session::{ABSOLUTE_LIFE, IDLE_LIFE, Proof, Session};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO sessions \
     (id, token_hash, person_id, attempt_id, device_id, user_verification, is_device_on_probation, method, assurance, \
     signed_in_at, last_seen_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL)";
const BY_TOKEN: &str = "SELECT id, person_id, attempt_id, device_id, user_verification, is_device_on_probation, method, assurance, \
     signed_in_at, last_seen_at FROM sessions WHERE token_hash = $1 AND ended_at IS NULL";
const BY_ID: &str = "SELECT id, person_id, attempt_id, device_id, user_verification, is_device_on_probation, method, assurance, \
     signed_in_at, last_seen_at FROM sessions WHERE id = $1 AND ended_at IS NULL";
const TOUCH: &str = "UPDATE sessions SET last_seen_at = $1 WHERE id = $2 AND ended_at IS NULL";

const END: &str = "UPDATE sessions SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
const END_OF_PERSON: &str = "UPDATE sessions SET ended_at = $1 WHERE person_id = $2 AND ended_at IS NULL";
const END_OF_DEVICE: &str = "UPDATE sessions SET ended_at = $1 WHERE device_id = $2 AND ended_at IS NULL";
macro_rules! listeners {
    ($condition:literal) => {
        concat!(
            "SELECT DISTINCT s.id, s.person_id, c.id AS client_id, c.back_channel_logout_uri AS uri FROM sessions s \
             JOIN grants g ON g.session_id = s.id AND g.redeemed_at IS NOT NULL \
             JOIN clients c ON c.id = g.client_id AND c.removed_at IS NULL AND c.back_channel_logout_uri IS NOT NULL \
             WHERE s.ended_at IS NULL AND ",
            $condition
        )
    };
}
const DEVICE: &str = "SELECT device_id FROM sessions WHERE id = $1";
const VISITS: &str = "SELECT s.id, s.signed_in_at, s.last_seen_at, s.ended_at, s.user_verification, s.method, a.place, a.phone_place, a.frame_age, a.frame_age_at_answer, a.browser, \
     d.name AS device_name, d.id AS device_id, c.name AS client_name FROM sessions s \
     JOIN login_attempts a ON a.id = s.attempt_id JOIN sign_in_requests r ON r.id = a.request_id \
     JOIN clients c ON c.id = r.client_id LEFT JOIN devices d ON d.id = s.device_id \
     WHERE s.person_id = $1 ORDER BY s.signed_in_at DESC, s.id DESC LIMIT $2";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person_id: String,
    attempt_id: String,
    device_id: Option<String>,
    user_verification: Option<String>,
    is_device_on_probation: i64,
    method: Option<String>,
    assurance: Option<String>,
    signed_in_at: i64,
    last_seen_at: i64,
}

/// A sign-in as its owner looks back on it.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The session that came of it.
    pub id: SessionId,
    /// When it began.
    pub signed_in_at: Timestamp,
    /// When it was last used.
    pub last_seen_at: Timestamp,
    /// When it was ended before its time.
    pub ended_at: Option<Timestamp>,
    /// Who vouched for the person.
    pub voucher: Voucher,
    /// The browser's address.
    pub place: String,
    /// The phone's network address, when it claimed the sign-in.
    pub phone_place: Option<String>,
    /// How old the frame was, where one was scanned.
    pub frame_age: Option<FrameAge>,
    /// The browser's name.
    pub browser: String,
    /// The application that the sign-in was for.
    pub client_name: String,
}

/// How long the frame that led the phone to the sign-in had been shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameAge {
    /// When it was scanned.
    pub at_scan: Duration,
    /// When the phone answered.
    pub at_answer: Duration,
}

/// Who vouched for the person at a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Voucher {
    /// A device.
    Device {
        /// Which one.
        id: DeviceId,
        /// What its owner calls it.
        name: String,
        /// How it verified its owner.
        user_verification: UserVerification,
    },
    /// Another identity provider.
    Method(MethodId),
}

impl Voucher {
    /// The device, where one vouched.
    pub const fn device_id(&self) -> Option<DeviceId> {
        match self {
            Self::Device { id, .. } => Some(*id),
            Self::Method(_) => None,
        }
    }
}

impl Visit {
    /// Whether the browser is still signed in at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        let is_young = now < self.last_seen_at.plus(IDLE_LIFE) && now < self.signed_in_at.plus(ABSOLUTE_LIFE);
        self.ended_at.is_none() && is_young
    }
}

#[derive(sqlx::FromRow)]
struct VisitRow {
    id: String,
    signed_in_at: i64,
    last_seen_at: i64,
    ended_at: Option<i64>,
    user_verification: Option<String>,
    method: Option<String>,
    place: String,
    phone_place: Option<String>,
    frame_age: Option<i64>,
    frame_age_at_answer: Option<i64>,
    browser: String,
    device_name: Option<String>,
    device_id: Option<String>,
    client_name: String,
}

/// Adds a session; `token_hash` is the keyed hash of its cookie.
pub async fn insert(tx: &mut Tx, session: &Session, token_hash: &[u8; 32]) -> Result<(), StoreError> {
    let (device, verification, is_on_probation, method, assurance) = match &session.proof {
        Proof::Device { device_id, user_verification, is_on_probation } => {
            (Some(device_id.to_string()), Some(user_verification.key()), *is_on_probation, None, None)
        }
        Proof::Identity { method, assurance } => {
            (None, None, false, Some(method.as_str()), Some(assurance.key()))
        }
    };
    on!(tx, execute INSERT, [
        session.id.to_string(), &token_hash[..], session.person_id.to_string(), session.attempt_id.to_string(),
        device, verification, i64::from(is_on_probation), method, assurance,
        session.signed_in_at.millis(), session.last_seen_at.millis(),
    ])?;
    Ok(())
}

/// The session with that cookie, unless it was ended.
pub async fn find_by_token(tx: &mut Tx, token_hash: &[u8; 32]) -> Result<Option<Session>, StoreError> {
    let row = on!(tx, optional BY_TOKEN, [&token_hash[..]] as Row)?;
    row.map(Row::read).transpose()
}

/// The session of that id, unless it was ended.
pub async fn find(tx: &mut Tx, id: SessionId) -> Result<Option<Session>, StoreError> {
    let row = on!(tx, optional BY_ID, [id.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// Notes that a session was used.
pub async fn touch(tx: &mut Tx, id: SessionId, now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute TOUCH, [now.millis(), id.to_string()])? == 1)
}

/// Which sessions end.
#[derive(Clone, Copy, Debug)]
pub enum Ending {
    /// One.
    Session(SessionId),
    /// All of a person.
    OfPerson(PersonId),
    /// All that a device approved.
    OfDevice(DeviceId),
}

impl Ending {
    fn subject(self) -> String {
        match self {
            Self::Session(id) => id.to_string(),
            Self::OfPerson(person) => person.to_string(),
            Self::OfDevice(device) => device.to_string(),
        }
    }
}

/// A web application that wants to hear of the end of a session through which it got tokens.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listener {
    /// The session.
    pub id: String,
    /// Whose it is.
    pub person_id: String,
    /// The application.
    pub client_id: String,
    /// Where it is told.
    pub uri: String,
}

/// Who wants to hear that these sessions end.
pub async fn find_listeners(tx: &mut Tx, ending: Ending) -> Result<Vec<Listener>, StoreError> {
    let sql = match ending {
        Ending::Session(_) => listeners!("s.id = $1"),
        Ending::OfPerson(_) => listeners!("s.person_id = $1"),
        Ending::OfDevice(_) => listeners!("s.device_id = $1"),
    };
    Ok(on!(tx, all sql, [ending.subject()] as Listener)?)
}

/// Ends sessions; gives back how many.
pub async fn end(tx: &mut Tx, ending: Ending, now: Timestamp) -> Result<u64, StoreError> {
    let sql = match ending {
        Ending::Session(_) => END,
        Ending::OfPerson(_) => END_OF_PERSON,
        Ending::OfDevice(_) => END_OF_DEVICE,
    };
    Ok(on!(tx, execute sql, [now.millis(), ending.subject()])?)
}

/// The device that approved a session, whether that has ended or not.
pub async fn find_device(tx: &mut Tx, id: SessionId) -> Result<Option<DeviceId>, StoreError> {
    let row = on!(tx, optional DEVICE, [id.to_string()] as (Option<String>,))?;
    row.and_then(|(device,)| device).map(|device| parsed(&device, "sessions", "device_id")).transpose()
}

/// The sign-ins of a person, the newest first.
pub async fn find_visits(tx: &mut Tx, person: PersonId, most: i64) -> Result<Vec<Visit>, StoreError> {
    let rows = on!(tx, all VISITS, [person.to_string(), most] as VisitRow)?;
    rows.into_iter().map(VisitRow::read).collect()
}

impl VisitRow {
    fn read(self) -> Result<Visit, StoreError> {
        const TABLE: &str = "sessions";
        let duration = |millis| Duration::from_millis(u64::try_from(millis).unwrap_or_default());
        let voucher = if let Some(method) = &self.method {
            Voucher::Method(parsed(method, TABLE, "method")?)
        } else {
            let verified = self.user_verification.as_deref().and_then(UserVerification::from_key);
            Voucher::Device {
                id: parsed(present(self.device_id.as_deref(), TABLE, "device_id")?, TABLE, "device_id")?,
                name: present(self.device_name, TABLE, "device_id")?,
                user_verification: present(verified, TABLE, "user_verification")?,
            }
        };
        Ok(Visit {
            id: parsed(&self.id, TABLE, "id")?,
            signed_in_at: Timestamp::from_millis(self.signed_in_at),
            last_seen_at: Timestamp::from_millis(self.last_seen_at),
            ended_at: self.ended_at.map(Timestamp::from_millis),
            voucher,
            place: self.place,
            phone_place: self.phone_place,
            frame_age: self.frame_age.zip(self.frame_age_at_answer).map(|(at_scan, at_answer)| FrameAge {
                at_scan: duration(at_scan),
                at_answer: duration(at_answer),
            }),
            browser: self.browser,
            client_name: self.client_name,
        })
    }
}

impl Row {
    fn read(self) -> Result<Session, StoreError> {
        const TABLE: &str = "sessions";
        let proof = self.read_proof()?;
        Ok(Session {
            id: parsed(&self.id, TABLE, "id")?,
            person_id: parsed(&self.person_id, TABLE, "person_id")?,
            attempt_id: parsed(&self.attempt_id, TABLE, "attempt_id")?,
            proof,
            signed_in_at: Timestamp::from_millis(self.signed_in_at),
            last_seen_at: Timestamp::from_millis(self.last_seen_at),
        })
    }

    fn read_proof(&self) -> Result<Proof, StoreError> {
        const TABLE: &str = "sessions";
        if let Some(method) = &self.method {
            let assurance = self.assurance.as_deref().and_then(Assurance::from_key);
            return Ok(Proof::Identity {
                method: parsed(method, TABLE, "method")?,
                assurance: present(assurance, TABLE, "assurance")?,
            });
        }
        let device = present(self.device_id.as_deref(), TABLE, "device_id")?;
        let verified = self.user_verification.as_deref().and_then(UserVerification::from_key);
        Ok(Proof::Device {
            device_id: parsed(device, TABLE, "device_id")?,
            user_verification: present(verified, TABLE, "user_verification")?,
            is_on_probation: self.is_device_on_probation != 0,
        })
    }
}
