//! Rows of `invitations`.

use super::db::{StoreError, Tx, parsed, present};
use crate::domain::ids::{EnrolmentId, InvitationId, PersonId};
use crate::domain::invitation::{Invitation, InvitationState};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO invitations \
     (id, company_id, person_id, invited_by, code_hash, state, enrolment_id, confirmations_sent, created_at, expires_at) \
     VALUES ($1, $2, $3, $4, $5, 'open', NULL, 0, $6, $7)";
const VOID_OPEN: &str =
    "UPDATE invitations SET state = 'void' WHERE person_id = $1 AND state IN ('open', 'claimed')";
selects_one!(
    BY_CODE,
    BY_CODE_LOCKED = "SELECT id, company_id, person_id, state, enrolment_id, confirmations_sent, expires_at \
     FROM invitations WHERE code_hash = $1"
);
selects_one!(
    BY_ID,
    BY_ID_LOCKED = "SELECT id, company_id, person_id, state, enrolment_id, confirmations_sent, expires_at \
     FROM invitations WHERE id = $1"
);
const CLAIM_OPEN: &str =
    "UPDATE invitations SET state = 'claimed', enrolment_id = $1 WHERE id = $2 AND state = 'open'";
const CLAIM_FROM: &str = "UPDATE invitations SET enrolment_id = $1 \
     WHERE id = $2 AND state = 'claimed' AND enrolment_id = $3";
const COUNT_SEND: &str = "UPDATE invitations SET confirmations_sent = confirmations_sent + 1 \
     WHERE id = $1 AND confirmations_sent < $2";
const REDEEM: &str =
    "UPDATE invitations SET state = 'redeemed' WHERE id = $1 AND state = 'claimed' AND enrolment_id = $2";
const VOID_CLAIMED: &str =
    "UPDATE invitations SET state = 'void' WHERE id = $1 AND state = 'claimed' AND enrolment_id = $2";

const COUNT_SINCE: &str = "SELECT COUNT(*) FROM invitations WHERE person_id = $1 AND created_at > $2";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    company_id: String,
    person_id: String,
    state: String,
    enrolment_id: Option<String>,
    confirmations_sent: i64,
    expires_at: i64,
}

/// Adds an open invitation.
pub async fn insert(
    tx: &mut Tx,
    invitation: &Invitation,
    invited_by: Option<PersonId>,
    code_hash: &[u8; 32],
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [
        invitation.id.to_string(), invitation.company_id.to_string(), invitation.person_id.to_string(),
        invited_by.map(|person| person.to_string()), &code_hash[..], now.millis(), invitation.expires_at.millis(),
    ])?;
    Ok(())
}

/// How many invitations the person got after `since`.
pub async fn count_since(tx: &mut Tx, person: PersonId, since: Timestamp) -> Result<i64, StoreError> {
    let row = on!(tx, optional COUNT_SINCE, [person.to_string(), since.millis()] as (i64,))?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Voids the invitations of a person that no device has come of; gives back how many.
pub async fn void_open(tx: &mut Tx, person: PersonId) -> Result<u64, StoreError> {
    Ok(on!(tx, execute VOID_OPEN, [person.to_string()])?)
}

/// The invitation with that activation code; nobody else changes it, or an enrolment under it, before `tx` ends.
pub async fn find_locked_by_code(
    tx: &mut Tx,
    code_hash: &[u8; 32],
) -> Result<Option<Invitation>, StoreError> {
    let row = on!(tx, locked BY_CODE, BY_CODE_LOCKED, [&code_hash[..]] as Row)?;
    row.map(Row::read).transpose()
}

/// The invitation with that activation code.
pub async fn find_by_code(tx: &mut Tx, code_hash: &[u8; 32]) -> Result<Option<Invitation>, StoreError> {
    let row = on!(tx, optional BY_CODE, [&code_hash[..]] as Row)?;
    row.map(Row::read).transpose()
}

/// The invitation of that id; nobody else changes it, or an enrolment under it, before `tx` ends.
pub async fn find_locked(tx: &mut Tx, id: InvitationId) -> Result<Option<Invitation>, StoreError> {
    let row = on!(tx, locked BY_ID, BY_ID_LOCKED, [id.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// Gives the code to `enrolment`, if `holder` (or nobody) holds it still.
pub async fn claim(
    tx: &mut Tx,
    id: InvitationId,
    enrolment: EnrolmentId,
    holder: Option<EnrolmentId>,
) -> Result<bool, StoreError> {
    let rows = match holder {
        None => on!(tx, execute CLAIM_OPEN, [enrolment.to_string(), id.to_string()])?,
        Some(holder) => {
            on!(tx, execute CLAIM_FROM, [enrolment.to_string(), id.to_string(), holder.to_string()])?
        }
    };
    Ok(rows == 1)
}

/// Counts one more confirmation code sent; `false` when `most` were sent already.
pub async fn count_send(tx: &mut Tx, id: InvitationId, most: i64) -> Result<bool, StoreError> {
    Ok(on!(tx, execute COUNT_SEND, [id.to_string(), most])? == 1)
}

/// Spends the code on the device of `enrolment`, if that still holds it.
pub async fn redeem(tx: &mut Tx, id: InvitationId, enrolment: EnrolmentId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute REDEEM, [id.to_string(), enrolment.to_string()])? == 1)
}

/// Voids the invitation that `enrolment` holds.
pub async fn void_claimed(tx: &mut Tx, id: InvitationId, enrolment: EnrolmentId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute VOID_CLAIMED, [id.to_string(), enrolment.to_string()])? == 1)
}

impl Row {
    fn read(self) -> Result<Invitation, StoreError> {
        const TABLE: &str = "invitations";
        let enrolment =
            self.enrolment_id.map(|id| parsed::<EnrolmentId>(&id, TABLE, "enrolment_id")).transpose()?;
        let state = match (self.state.as_str(), enrolment) {
            ("open", None) => Some(InvitationState::Open),
            ("claimed", Some(enrolment)) => Some(InvitationState::Claimed(enrolment)),
            ("redeemed", Some(enrolment)) => Some(InvitationState::Redeemed(enrolment)),
            ("void", _) => Some(InvitationState::Void),
            _ => None,
        };
        Ok(Invitation {
            id: parsed(&self.id, TABLE, "id")?,
            company_id: parsed(&self.company_id, TABLE, "company_id")?,
            person_id: parsed(&self.person_id, TABLE, "person_id")?,
            state: present(state, TABLE, "state")?,
            expires_at: Timestamp::from_millis(self.expires_at),
            confirmations_sent: self.confirmations_sent,
        })
    }
}
