//! Rows of `audit`.

use serde::Serialize;

use super::audit_columns::Columns;
use super::db::{StoreError, Tx};
use crate::domain::audit::AuditEvent;
use crate::domain::ids::{AuditId, CompanyId, PersonId};
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO audit \
     (id, at, event, company_id, person_id, device_id, enrolment_id, attempt_id, session_id, actor_id, detail, chain, position, hash) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
const AFTER: &str = "SELECT id, at, event, company_id, person_id, device_id, enrolment_id, attempt_id, session_id, \
     actor_id, detail, chain, position, hash FROM audit WHERE (chain, position) > ($1, $2) ORDER BY chain, position LIMIT 1000";
const HEAD: &str = "SELECT position, hash FROM audit WHERE chain = $1 ORDER BY position DESC LIMIT 1";
const INSERT_HEAD: &str = "INSERT INTO audit_heads (chain, position, signed_at, statement) VALUES ($1, $2, $3, $4) \
     ON CONFLICT DO NOTHING";
const HEADS_AFTER: &str = "SELECT chain, position, statement FROM audit_heads WHERE (chain, position) > ($1, $2) \
     ORDER BY chain, position LIMIT 1000";
const NEWEST_HEADS: &str = "SELECT chain, position, statement FROM audit_heads h \
     WHERE NOT EXISTS (SELECT 1 FROM audit_heads l WHERE l.chain = h.chain AND l.position > h.position) ORDER BY chain";
const DELETE_HEADS: &str = "DELETE FROM audit_heads WHERE chain = $1 AND position < $2";
const OF_MEMBER: &str = "SELECT a.at, a.event, a.detail, COALESCE(p.name, c.name) AS name FROM audit a \
     LEFT JOIN persons p ON p.id = a.actor_id LEFT JOIN clients c ON 'client:' || c.id = a.actor_id \
     WHERE a.person_id = $1 AND a.company_id = $2 ORDER BY a.at DESC, a.position DESC LIMIT 100";
const OF_PERSON: &str = "SELECT a.at, a.event, a.detail, COALESCE(p.name, c.name) AS name FROM audit a \
     LEFT JOIN persons p ON p.id = a.actor_id LEFT JOIN clients c ON 'client:' || c.id = a.actor_id \
     WHERE a.person_id = $1 ORDER BY a.at DESC, a.position DESC LIMIT $2";
const OF_NETWORKS: &str = "SELECT a.at, a.event, a.detail, p.name FROM audit a LEFT JOIN persons p ON p.id = a.actor_id \
     WHERE a.company_id = $1 AND a.event IN ('network.approved', 'network.removed') \
     ORDER BY a.at DESC, a.position DESC LIMIT 100";
const HASH_AT: &str = "SELECT hash FROM audit WHERE chain = $1 AND position = $2";

/// One row, as it is written and as it is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// When it happened, in milliseconds.
    pub at: i64,
    /// What happened.
    pub event: String,
    company_id: Option<String>,
    person_id: Option<String>,
    device_id: Option<String>,
    enrolment_id: Option<String>,
    attempt_id: Option<String>,
    session_id: Option<String>,
    actor_id: Option<String>,
    detail: Option<String>,
    /// The chain that it belongs to.
    pub chain: String,
    /// Its place in the chain, from 1.
    pub position: i64,
    /// The keyed hash of all this and of the row before it.
    #[serde(skip)]
    pub hash: Vec<u8>,
}

/// A signed statement that a chain has so many rows and ends with that hash.
#[derive(sqlx::FromRow)]
pub struct Head {
    /// The chain.
    pub chain: String,
    /// How many rows it had.
    pub position: i64,
    /// A JSON Web Signature.
    pub statement: String,
}

/// The row that says what happened, at the end of the transaction's chain; its hash is still to be made.
/// Gives back also the hash of the row before it.
pub fn next(tx: &mut Tx, id: AuditId, event: &AuditEvent, now: Timestamp) -> (Row, [u8; 32]) {
    let chain = tx.chain(id);
    let Columns { event, company, person, device, enrolment, attempt, session, actor, detail } =
        Columns::of(event);
    let row = Row {
        id: id.to_string(),
        at: now.millis(),
        event: event.to_owned(),
        company_id: company,
        person_id: person,
        device_id: device,
        enrolment_id: enrolment,
        attempt_id: attempt,
        session_id: session,
        actor_id: actor,
        detail,
        chain: chain.id.to_string(),
        position: chain.length + 1,
        hash: Vec::new(),
    };
    (row, chain.head)
}

/// Adds the row that [`next`] made, with its hash.
pub async fn insert(tx: &mut Tx, id: AuditId, row: &Row, hash: [u8; 32]) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [
        &row.id, row.at, &row.event, &row.company_id, &row.person_id, &row.device_id, &row.enrolment_id, &row.attempt_id,
        &row.session_id, &row.actor_id, &row.detail, &row.chain, row.position, &hash[..],
    ])?;
    tx.chain(id).grow(hash);
    Ok(())
}

/// The next thousand rows after that place, chain by chain, each in its order.
pub async fn find_after(tx: &mut Tx, chain: &str, position: i64) -> Result<Vec<Row>, StoreError> {
    Ok(on!(tx, all AFTER, [chain, position] as Row)?)
}

/// The newest statement of each chain.
pub async fn find_newest_heads(tx: &mut Tx) -> Result<Vec<Head>, StoreError> {
    Ok(on!(tx, all NEWEST_HEADS, [] as Head)?)
}

/// How many rows a chain has, and the hash of its last one.
pub async fn find_head(tx: &mut Tx, chain: AuditId) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    Ok(on!(tx, optional HEAD, [chain.to_string()] as (i64, Vec<u8>))?)
}

/// The hash of the row at that place.
pub async fn find_hash(tx: &mut Tx, chain: &str, position: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let row = on!(tx, optional HASH_AT, [chain, position] as (Vec<u8>,))?;
    Ok(row.map(|(hash,)| hash))
}

/// Something that was done to a member.
#[derive(sqlx::FromRow)]
pub struct Done {
    /// When, in milliseconds.
    pub at: i64,
    /// What.
    pub event: String,
    /// More about it.
    pub detail: Option<String>,
    /// Who did it; nobody by name when it was done by command.
    pub name: Option<String>,
}

/// The hundred newest things that were done to a person for a company.
pub async fn find_of_member(
    tx: &mut Tx,
    person: PersonId,
    company: CompanyId,
) -> Result<Vec<Done>, StoreError> {
    Ok(on!(tx, all OF_MEMBER, [person.to_string(), company.to_string()] as Done)?)
}

/// The hundred newest things that were done to a company's networks.
pub async fn find_of_networks(tx: &mut Tx, company: CompanyId) -> Result<Vec<Done>, StoreError> {
    Ok(on!(tx, all OF_NETWORKS, [company.to_string()] as Done)?)
}

/// The newest things that happened to a person.
pub async fn find_of_person(tx: &mut Tx, person: PersonId, most: i64) -> Result<Vec<Done>, StoreError> {
    Ok(on!(tx, all OF_PERSON, [person.to_string(), most] as Done)?)
}

/// Adds a signed head; `false` when it is there already.
pub async fn insert_head(tx: &mut Tx, head: &Head, now: Timestamp) -> Result<bool, StoreError> {
    Ok(on!(tx, execute INSERT_HEAD, [&head.chain, head.position, now.millis(), &head.statement])? == 1)
}

/// Forgets the heads of a chain before that place: a later one covers all rows before it.
pub async fn delete_heads_before(tx: &mut Tx, chain: &str, position: i64) -> Result<(), StoreError> {
    on!(tx, execute DELETE_HEADS, [chain, position])?;
    Ok(())
}

/// The next thousand signed heads after that place.
pub async fn find_heads_after(tx: &mut Tx, chain: &str, position: i64) -> Result<Vec<Head>, StoreError> {
    Ok(on!(tx, all HEADS_AFTER, [chain, position] as Head)?)
}
