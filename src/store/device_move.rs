//! Rows of `device_moves`.

use super::db::{StoreError, Tx, fixed, parsed, present};
use super::device::read_facts;
use crate::domain::device_move::{DeviceMove, MoveState, Newcomer};
use crate::domain::ids::{DeviceId, DeviceMoveId};
use crate::domain::number_match::NumberMatch;
use crate::domain::time::Timestamp;

const TABLE: &str = "device_moves";
const INSERT: &str = "INSERT INTO device_moves (id, old_device_id, person_id, ticket_hash, state, created_at, expires_at) \
     VALUES ($1, $2, $3, $4, 'offered', $5, $6)";
const VOID_OPEN: &str =
    "UPDATE device_moves SET state = 'void' WHERE old_device_id = $1 AND state IN ('offered', 'taken')";
selects_one!(
    BY_ID,
    BY_ID_LOCKED = "SELECT id, old_device_id, person_id, state, public_key, thumbprint, name, platform, os_version, brand, model, \
     app_version, numbers, right_number, new_device_id, expires_at FROM device_moves WHERE id = $1"
);
selects_one!(
    BY_TICKET,
    BY_TICKET_LOCKED = "SELECT id, old_device_id, person_id, state, public_key, thumbprint, name, platform, os_version, brand, model, \
     app_version, numbers, right_number, new_device_id, expires_at FROM device_moves WHERE ticket_hash = $1"
);
const TAKE: &str = "UPDATE device_moves SET state = 'taken', public_key = $1, thumbprint = $2, name = $3, platform = $4, \
     os_version = $5, brand = $6, model = $7, app_version = $8, numbers = $9, right_number = $10, proof_payload = $11, \
     proof_signature = $12 WHERE id = $13 AND state = 'offered'";
const PROOF: &str =
    "SELECT proof_payload, proof_signature FROM device_moves WHERE id = $1 AND proof_payload IS NOT NULL";
const FINISH: &str =
    "UPDATE device_moves SET state = 'done', new_device_id = $1 WHERE id = $2 AND state = 'taken'";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    old_device_id: String,
    person_id: String,
    state: String,
    public_key: Option<Vec<u8>>,
    thumbprint: Option<Vec<u8>>,
    name: Option<String>,
    platform: Option<String>,
    os_version: Option<String>,
    brand: Option<String>,
    model: Option<String>,
    app_version: Option<String>,
    numbers: Option<Vec<u8>>,
    right_number: Option<i64>,
    new_device_id: Option<String>,
    expires_at: i64,
}

/// Adds a move that begins; whichever the old phone began before is void.
pub async fn insert(
    tx: &mut Tx,
    begun: &DeviceMove,
    ticket_hash: &[u8; 32],
    now: Timestamp,
) -> Result<(), StoreError> {
    void_open(tx, begun.old_device_id).await?;
    on!(tx, execute INSERT, [
        begun.id.to_string(), begun.old_device_id.to_string(), begun.person_id.to_string(), &ticket_hash[..],
        now.millis(), begun.expires_at.millis(),
    ])?;
    Ok(())
}

/// Ends the open move of a phone; gives back whether there was one.
pub async fn void_open(tx: &mut Tx, old: DeviceId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute VOID_OPEN, [old.to_string()])? > 0)
}

/// The move of that id. Nobody else changes it before `tx` ends, if that writes.
pub async fn find_locked(tx: &mut Tx, id: DeviceMoveId) -> Result<Option<DeviceMove>, StoreError> {
    let row = on!(tx, locked BY_ID, BY_ID_LOCKED, [id.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// The move of that ticket, likewise.
pub async fn find_locked_by_ticket(
    tx: &mut Tx,
    ticket_hash: &[u8; 32],
) -> Result<Option<DeviceMove>, StoreError> {
    let row = on!(tx, locked BY_TICKET, BY_TICKET_LOCKED, [&ticket_hash[..]] as Row)?;
    row.map(Row::read).transpose()
}

/// Gives the ticket to a phone, with the signed bytes that prove its key; `false` when it was taken, or is void.
pub async fn take(
    tx: &mut Tx,
    id: DeviceMoveId,
    newcomer: &Newcomer,
    (payload, signature): (&[u8], &[u8]),
) -> Result<bool, StoreError> {
    let facts = &newcomer.facts;
    let rows = on!(tx, execute TAKE, [
        &newcomer.public_key[..], &newcomer.thumbprint[..], &newcomer.name, facts.platform.key(),
        facts.os_version.to_string(), &facts.brand, &facts.model, &facts.app_version,
        newcomer.numbers.choices().to_vec(), i64::from(newcomer.numbers.right()), payload, signature, id.to_string(),
    ])?;
    Ok(rows == 1)
}

/// The signed bytes with which the ticket was taken: payload and signature.
pub async fn find_proof(tx: &mut Tx, id: DeviceMoveId) -> Result<Option<(Vec<u8>, Vec<u8>)>, StoreError> {
    Ok(on!(tx, optional PROOF, [id.to_string()] as (Vec<u8>, Vec<u8>))?)
}

/// Notes which device came of a move; `false` when nobody took the ticket, or it is over.
pub async fn finish(tx: &mut Tx, id: DeviceMoveId, new: DeviceId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute FINISH, [new.to_string(), id.to_string()])? == 1)
}

impl Row {
    fn read(self) -> Result<DeviceMove, StoreError> {
        Ok(DeviceMove {
            id: parsed(&self.id, TABLE, "id")?,
            old_device_id: parsed(&self.old_device_id, TABLE, "old_device_id")?,
            person_id: parsed(&self.person_id, TABLE, "person_id")?,
            expires_at: Timestamp::from_millis(self.expires_at),
            state: self.read_state()?,
        })
    }

    fn read_state(self) -> Result<MoveState, StoreError> {
        match self.state.as_str() {
            "offered" => Ok(MoveState::Offered),
            "void" => Ok(MoveState::Void),
            "taken" => Ok(MoveState::Taken(self.read_newcomer()?)),
            "done" => {
                let device = present(self.new_device_id.clone(), TABLE, "new_device_id")?;
                Ok(MoveState::Done(self.read_newcomer()?, parsed(&device, TABLE, "new_device_id")?))
            }
            _ => Err(StoreError::Inconsistent { table: TABLE, what: "state" }),
        }
    }

    fn read_newcomer(self) -> Result<Newcomer, StoreError> {
        let right = present(self.right_number, TABLE, "right_number")?;
        let right = u8::try_from(right)
            .map_err(|_| StoreError::Inconsistent { table: TABLE, what: "right_number" })?;
        let numbers = NumberMatch::of(&present(self.numbers, TABLE, "numbers")?, right);
        let said = [
            present(self.brand, TABLE, "brand")?,
            present(self.model, TABLE, "model")?,
            present(self.app_version, TABLE, "app_version")?,
        ];
        let platform = present(self.platform, TABLE, "platform")?;
        let os_version = present(self.os_version, TABLE, "os_version")?;
        Ok(Newcomer {
            public_key: fixed(present(self.public_key, TABLE, "public_key")?, TABLE, "public_key")?,
            thumbprint: fixed(present(self.thumbprint, TABLE, "thumbprint")?, TABLE, "thumbprint")?,
            name: present(self.name, TABLE, "name")?,
            facts: read_facts(TABLE, &platform, &os_version, said)?,
            numbers: present(numbers, TABLE, "numbers")?,
        })
    }
}
