//! Rows of `login_attempts`.

use std::time::Duration;

use super::db::{StoreError, Tx, fixed, parsed, present};
use crate::domain::device::UserVerification;
use crate::domain::identity::{Assurance, MethodId};
use crate::domain::ids::{DeviceId, LoginAttemptId, PersonId, SessionId, SignInRequestId};
use crate::domain::language::Language;
use crate::domain::login::{Approval, Attempt, AttemptState, DenyReason, Flow, Scan};
use crate::domain::number_match::NumberMatch;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO login_attempts (id, request_id, browser_hash, language, place, browser, state, begun_at, typed_code_hash) \
     VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8) ON CONFLICT DO NOTHING";
selects_one!(
    BY_ID,
    BY_ID_LOCKED = "SELECT id, request_id, browser_hash, language, place, browser, state, begun_at, device_id, person_id, \
     masked_device_name, server_nonce, display_text, flow, numbers, right_number, frame_age, phone_place, rival_device_id, typed_code_hash, method, assurance, user_verification, deny_reason, answered_at, session_id \
     FROM login_attempts WHERE id = $1"
);
const LATEST_OF: &str = "SELECT id, request_id, browser_hash, language, place, browser, state, begun_at, device_id, person_id, \
     masked_device_name, server_nonce, display_text, flow, numbers, right_number, frame_age, phone_place, rival_device_id, typed_code_hash, method, assurance, user_verification, deny_reason, answered_at, session_id \
     FROM login_attempts WHERE request_id = $1 AND browser_hash = $2 ORDER BY begun_at DESC, id DESC LIMIT 1";
const OWNER: &str = "SELECT person_id, device_id, begun_at FROM login_attempts WHERE id = $1";
const FACTS: &str = "SELECT a.place, a.phone_place, a.browser, a.state, a.flow, c.name AS client_name FROM login_attempts a \
     JOIN sign_in_requests r ON r.id = a.request_id JOIN clients c ON c.id = r.client_id WHERE a.id = $1";
const BY_TYPED_CODE: &str = "SELECT id FROM login_attempts WHERE typed_code_hash = $1";
const SCAN: &str = "UPDATE login_attempts SET state = 'scanned', device_id = $1, person_id = $2, masked_device_name = $3, \
     server_nonce = $4, display_text = $5, flow = $6, numbers = $7, right_number = $8, \
     frame_age = $9, phone_place = $10, scanned_at = $11 WHERE id = $12 AND state = 'waiting'";
// The frame went on ageing between scan and answer; where none was scanned, both ages are NULL.
const APPROVE: &str = "UPDATE login_attempts SET state = 'approved', user_verification = $1, answer_payload = $2, \
     answer_signature = $3, answered_at = $4, frame_age_at_answer = frame_age + $4 - scanned_at WHERE id = $5 AND state = 'scanned'";
const LEAVE: &str =
    "UPDATE login_attempts SET state = 'elsewhere', method = $1 WHERE id = $2 AND state = 'waiting'";
const IDENTIFY: &str = "UPDATE login_attempts SET state = 'approved', person_id = $1, assurance = $2, answered_at = $3 \
     WHERE id = $4 AND state = 'elsewhere' AND method = $5";
const DENY: &str = "UPDATE login_attempts SET state = 'denied', deny_reason = $1, answer_payload = $2, \
     answer_signature = $3, answered_at = $4, frame_age_at_answer = frame_age + $4 - scanned_at WHERE id = $5 AND state = 'scanned'";
const CANCEL: &str = "UPDATE login_attempts SET state = 'cancelled' WHERE id = $1 AND state IN ('waiting', 'elsewhere', 'scanned')";
const CANCEL_OTHERS: &str = "UPDATE login_attempts SET state = 'cancelled' WHERE session_id IS NULL AND begun_at > $1 \
     AND browser_hash = $2 AND id <> $3 AND state IN ('waiting', 'elsewhere', 'scanned', 'approved', 'second_factor') RETURNING id";
const RIVAL: &str = "UPDATE login_attempts SET rival_device_id = $1 WHERE id = $2 AND state = 'scanned' \
     AND device_id <> $1 AND rival_device_id IS NULL";
const COLLECT: &str = "UPDATE login_attempts SET state = 'collected', session_id = $1, collected_at = $2 \
     WHERE id = $3 AND state IN ('approved', 'second_factor')";
const ASK: &str = "UPDATE login_attempts SET state = 'second_factor' WHERE id = $1 AND state = 'approved'";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    request_id: String,
    browser_hash: Vec<u8>,
    language: String,
    place: String,
    browser: String,
    state: String,
    begun_at: i64,
    device_id: Option<String>,
    person_id: Option<String>,
    masked_device_name: Option<String>,
    server_nonce: Option<Vec<u8>>,
    display_text: Option<String>,
    flow: Option<String>,
    numbers: Option<Vec<u8>>,
    right_number: Option<i64>,
    frame_age: Option<i64>,
    phone_place: Option<String>,
    rival_device_id: Option<String>,
    typed_code_hash: Option<Vec<u8>>,
    method: Option<String>,
    assurance: Option<String>,
    user_verification: Option<String>,
    deny_reason: Option<String>,
    answered_at: Option<i64>,
    session_id: Option<String>,
}

/// Adds a waiting attempt; `false` when another one has the same code to type.
pub async fn insert(
    tx: &mut Tx,
    attempt: &Attempt,
    typed_code_hash: Option<&[u8; 32]>,
) -> Result<bool, StoreError> {
    let rows = on!(tx, execute INSERT, [
        attempt.id.to_string(), attempt.request_id.to_string(), &attempt.browser_hash[..], attempt.language.tag(),
        &attempt.place, &attempt.browser, attempt.begun_at.millis(), typed_code_hash.map(|hash| &hash[..]),
    ])?;
    Ok(rows == 1)
}

/// The attempt whose page shows that code to type.
pub async fn find_by_typed_code(tx: &mut Tx, hash: &[u8; 32]) -> Result<Option<LoginAttemptId>, StoreError> {
    let row = on!(tx, optional BY_TYPED_CODE, [&hash[..]] as (String,))?;
    row.map(|(id,)| parsed(&id, TABLE, "id")).transpose()
}

/// The attempt of that id.
pub async fn find(tx: &mut Tx, id: LoginAttemptId) -> Result<Option<Attempt>, StoreError> {
    let row = on!(tx, optional BY_ID, [id.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// Whose attempt it is, by which device, and when it began.
pub async fn find_owner(tx: &mut Tx, id: LoginAttemptId) -> Result<Option<AttemptOwner>, StoreError> {
    let row = on!(tx, optional OWNER, [id.to_string()] as (Option<String>, Option<String>, i64))?;
    row.map(|(person, device, begun_at)| {
        Ok(AttemptOwner {
            person: person.map(|id| parsed(&id, TABLE, "person_id")).transpose()?,
            device: device.map(|id| parsed(&id, TABLE, "device_id")).transpose()?,
            begun_at: Timestamp::from_millis(begun_at),
        })
    })
    .transpose()
}

/// What the support staff sees of an attempt: no number, no code, no key.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Facts {
    /// The browser's network address as text.
    pub place: String,
    /// The phone's network address as text.
    pub phone_place: Option<String>,
    /// The browser in plain words.
    pub browser: String,
    /// Its state, as the database knows it.
    pub state: String,
    /// How it reached the phone.
    pub flow: Option<String>,
    /// The name of the application.
    pub client_name: String,
}

/// What the support staff sees of an attempt.
pub async fn find_facts(tx: &mut Tx, id: LoginAttemptId) -> Result<Option<Facts>, StoreError> {
    Ok(on!(tx, optional FACTS, [id.to_string()] as Facts)?)
}

/// Whose attempt it is; nobody's before a device has scanned it.
#[derive(Clone, Copy, Debug)]
pub struct AttemptOwner {
    /// The person.
    pub person: Option<PersonId>,
    /// Their device.
    pub device: Option<DeviceId>,
    /// When the attempt began.
    pub begun_at: Timestamp,
}

/// The attempt of that id; nobody else changes it before `tx` ends.
pub async fn find_locked(tx: &mut Tx, id: LoginAttemptId) -> Result<Option<Attempt>, StoreError> {
    let row = on!(tx, locked BY_ID, BY_ID_LOCKED, [id.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// The newest attempt that this browser made for a sign-in request.
pub async fn find_latest(
    tx: &mut Tx,
    request: SignInRequestId,
    browser_hash: &[u8; 32],
) -> Result<Option<Attempt>, StoreError> {
    let row = on!(tx, optional LATEST_OF, [request.to_string(), &browser_hash[..]] as Row)?;
    row.map(Row::read).transpose()
}

/// Gives a waiting attempt to the device that scanned it.
pub async fn scan(tx: &mut Tx, id: LoginAttemptId, scan: &Scan, now: Timestamp) -> Result<bool, StoreError> {
    let rows = on!(tx, execute SCAN, [
        scan.device_id.to_string(), scan.person_id.to_string(), &scan.masked_device_name, &scan.server_nonce[..],
        &scan.display_text, scan.flow.key(), scan.numbers.map(|numbers| numbers.choices().to_vec()),
        scan.numbers.map(|numbers| i64::from(numbers.right())),
        scan.frame_age.and_then(|age| i64::try_from(age.as_millis()).ok()), &scan.phone_place, now.millis(), id.to_string(),
    ])?;
    Ok(rows == 1)
}

/// The signed answer, kept so that every sign-in can be checked again.
pub struct SignedAnswer<'a> {
    /// The bytes that were signed.
    pub payload: &'a [u8],
    /// The signature over them.
    pub signature: &'a [u8],
}

/// Approves a scanned attempt.
pub async fn approve(
    tx: &mut Tx,
    id: LoginAttemptId,
    answer: &SignedAnswer<'_>,
    user_verification: UserVerification,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let rows = on!(tx, execute APPROVE, [
        user_verification.key(), answer.payload, answer.signature, now.millis(), id.to_string(),
    ])?;
    Ok(rows == 1)
}

/// Notes that the browser of a waiting attempt went to another identity provider.
pub async fn leave(tx: &mut Tx, id: LoginAttemptId, method: &MethodId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute LEAVE, [method.as_str(), id.to_string()])? == 1)
}

/// Approves an attempt whose browser went to that identity provider, for the person whom it named.
pub async fn identify(
    tx: &mut Tx,
    id: LoginAttemptId,
    (method, assurance): (&MethodId, Assurance),
    person: PersonId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let rows = on!(tx, execute IDENTIFY, [
        person.to_string(), assurance.key(), now.millis(), id.to_string(), method.as_str(),
    ])?;
    Ok(rows == 1)
}

/// Denies a scanned attempt.
pub async fn deny(
    tx: &mut Tx,
    id: LoginAttemptId,
    answer: &SignedAnswer<'_>,
    reason: DenyReason,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let rows = on!(tx, execute DENY, [reason.key(), answer.payload, answer.signature, now.millis(), id.to_string()])?;
    Ok(rows == 1)
}

/// Cancels an attempt that is not answered.
pub async fn cancel(tx: &mut Tx, id: LoginAttemptId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute CANCEL, [id.to_string()])? == 1)
}

/// Cancels whatever else the browser of `attempt` has begun after `since` and not finished; gives back which.
pub async fn cancel_others(
    tx: &mut Tx,
    attempt: &Attempt,
    since: Timestamp,
) -> Result<Vec<LoginAttemptId>, StoreError> {
    let rows = on!(tx, all CANCEL_OTHERS, [
        since.millis(), &attempt.browser_hash[..], attempt.id.to_string(),
    ] as (String,))?;
    rows.iter().map(|(id,)| parsed(id, TABLE, "id")).collect()
}

/// Notes the second phone that scanned an attempt; `false` when there was one already.
pub async fn note_rival(tx: &mut Tx, id: LoginAttemptId, rival: DeviceId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute RIVAL, [rival.to_string(), id.to_string()])? == 1)
}

/// Lets an approved attempt wait for a code.
pub async fn ask_second_factor(tx: &mut Tx, id: LoginAttemptId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute ASK, [id.to_string()])? == 1)
}

/// Redeems an approved attempt for a session.
pub async fn collect(
    tx: &mut Tx,
    id: LoginAttemptId,
    session: SessionId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(on!(tx, execute COLLECT, [session.to_string(), now.millis(), id.to_string()])? == 1)
}

const TABLE: &str = "login_attempts";

impl Row {
    fn read(self) -> Result<Attempt, StoreError> {
        Ok(Attempt {
            id: parsed(&self.id, TABLE, "id")?,
            request_id: parsed(&self.request_id, TABLE, "request_id")?,
            state: self.read_state()?,
            browser_hash: fixed(self.browser_hash, TABLE, "browser_hash")?,
            language: present(Language::from_tag(&self.language), TABLE, "language")?,
            place: self.place,
            browser: self.browser,
            begun_at: Timestamp::from_millis(self.begun_at),
            rival: self.rival_device_id.map(|id| parsed(&id, TABLE, "rival_device_id")).transpose()?,
            has_typed_code: self.typed_code_hash.is_some(),
        })
    }

    fn read_state(&self) -> Result<AttemptState, StoreError> {
        match self.state.as_str() {
            "waiting" => Ok(AttemptState::Waiting),
            "scanned" => Ok(AttemptState::Scanned(self.read_scan()?)),
            "elsewhere" => Ok(AttemptState::Elsewhere(self.read_method()?)),
            "approved" => {
                let (approval, answered_at) = self.read_approval()?;
                Ok(AttemptState::Approved { approval, answered_at })
            }
            "second_factor" => {
                let (approval, answered_at) = self.read_approval()?;
                Ok(AttemptState::SecondFactor { approval, answered_at })
            }
            "denied" => Ok(AttemptState::Denied {
                scan: self.read_scan()?,
                reason: present(
                    self.deny_reason.as_deref().and_then(DenyReason::from_key),
                    TABLE,
                    "deny_reason",
                )?,
            }),
            "cancelled" => Ok(AttemptState::Cancelled),
            "collected" => {
                let session = present(self.session_id.as_deref(), TABLE, "session_id")?;
                Ok(AttemptState::Collected(parsed(session, TABLE, "session_id")?))
            }
            _ => Err(StoreError::Inconsistent { table: TABLE, what: "state" }),
        }
    }

    fn read_approval(&self) -> Result<(Approval, Timestamp), StoreError> {
        let answered_at = Timestamp::from_millis(present(self.answered_at, TABLE, "answered_at")?);
        if self.method.is_some() {
            let person = present(self.person_id.as_deref(), TABLE, "person_id")?;
            let assurance = self.assurance.as_deref().and_then(Assurance::from_key);
            let approval = Approval::Identity {
                person_id: parsed(person, TABLE, "person_id")?,
                method: self.read_method()?,
                assurance: present(assurance, TABLE, "assurance")?,
            };
            return Ok((approval, answered_at));
        }
        let verified = self.user_verification.as_deref().and_then(UserVerification::from_key);
        let user_verification = present(verified, TABLE, "user_verification")?;
        Ok((Approval::Phone { scan: self.read_scan()?, user_verification }, answered_at))
    }

    fn read_method(&self) -> Result<MethodId, StoreError> {
        parsed(present(self.method.as_deref(), TABLE, "method")?, TABLE, "method")
    }

    fn read_scan(&self) -> Result<Scan, StoreError> {
        let device = present(self.device_id.as_deref(), TABLE, "device_id")?;
        let person = present(self.person_id.as_deref(), TABLE, "person_id")?;
        Ok(Scan {
            device_id: parsed(device, TABLE, "device_id")?,
            person_id: parsed(person, TABLE, "person_id")?,
            masked_device_name: present(self.masked_device_name.clone(), TABLE, "masked_device_name")?,
            server_nonce: fixed(
                present(self.server_nonce.clone(), TABLE, "server_nonce")?,
                TABLE,
                "server_nonce",
            )?,
            display_text: present(self.display_text.clone(), TABLE, "display_text")?,
            flow: present(self.flow.as_deref().and_then(Flow::from_key), TABLE, "flow")?,
            numbers: self.read_numbers()?,
            frame_age: self
                .frame_age
                .map(|millis| Duration::from_millis(u64::try_from(millis).unwrap_or_default())),
            phone_place: present(self.phone_place.clone(), TABLE, "phone_place")?,
        })
    }

    fn read_numbers(&self) -> Result<Option<NumberMatch>, StoreError> {
        let Some(choices) = &self.numbers else { return Ok(None) };
        let right = self.right_number.and_then(|number| u8::try_from(number).ok());
        let numbers = right.and_then(|right| NumberMatch::of(choices, right));
        present(numbers, TABLE, "numbers").map(Some)
    }
}
