//! The audit log can be checked: its rows are chained, and the ends of the chains are signed.
//!
//! 1. `hash`: every row carries a keyed hash over itself and the row before it.
//! 2. `sign_heads`: now and then the server signs how long each of its chains is, so that rows missing at the end are missed.
//!    Statements that were exported prove it even against somebody who holds the database and the master secret.
//! 3. `verify`: goes through everything and names the first row that does not fit.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Internal, Services};
use crate::crypto::chain::START;
use crate::crypto::jose;
use crate::domain::client::TokenAlgorithm;
use crate::store::audit::{self, Head, Row};

/// `typ` of a signed statement about a chain.
const STATEMENT_TYPE: &str = "avain-audit-head+jwt";

/// What a signed statement says.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Statement {
    iss: String,
    iat: i64,
    /// The chain: the id of its first row.
    chain: String,
    /// How many rows it has.
    position: i64,
    /// The hash of its last row, in hexadecimal digits.
    hash: String,
}

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A row was changed, or the one before it was.
    RowChanged(Place),
    /// Rows are missing before this one.
    RowsMissingBefore(Place),
    /// A signed statement names a row that is not there any more.
    RowsMissingAtEnd(Place),
    /// A signed statement names another hash than the row's.
    HeadContradicted(Place),
    /// A statement without a valid signature of this server.
    StatementForged(Place),
}

/// A row of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The chain.
    pub chain: String,
    /// The place in the chain, from 1.
    pub position: i64,
    /// The row's id, where there is a row.
    pub row: Option<String>,
}

/// What a check went through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditReport {
    /// Rows.
    pub rows: u64,
    /// Chains.
    pub chains: u64,
    /// Signed statements.
    pub heads: u64,
    /// The first fault of each chain and of each statement, at most [`MOST_FAULTS`].
    pub faults: Vec<Fault>,
}

/// After so many faults a check stops looking for more.
pub const MOST_FAULTS: usize = 20;

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "chain {} position {}", self.chain, self.position)?;
        self.row.iter().try_for_each(|row| write!(formatter, " (row {row})"))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RowChanged(place) => {
                write!(formatter, "{place}: this row or the one before it was changed")
            }
            Self::RowsMissingBefore(place) => write!(formatter, "{place}: rows are missing before this one"),
            Self::RowsMissingAtEnd(place) => {
                write!(formatter, "{place}: signed to be there, but the chain ends before it")
            }
            Self::HeadContradicted(place) => {
                write!(formatter, "{place}: the row is another one than the server signed for")
            }
            Self::StatementForged(place) => {
                write!(formatter, "{place}: the statement is not signed by this server")
            }
        }
    }
}

/// Step 1.
pub(super) fn hash(services: &Services, previous: &[u8; 32], row: &Row) -> Result<[u8; 32], Internal> {
    let covered = serde_json::to_vec(row).map_err(|_| Internal::Missing("audit row as JSON"))?;
    Ok(services.keys.chain.link(previous, &covered))
}

/// Step 2: signs the ends of the chains that this process writes; gives back the new statements.
pub async fn sign_heads(services: &Services) -> Result<Vec<String>, Internal> {
    let begun = services.db.chains.begun();
    if begun.is_empty() {
        return Ok(Vec::new());
    }
    let now = services.now();
    let mut tx = services.db.write().await?;
    let mut statements = Vec::new();
    for chain in begun {
        let Some((position, hash)) = audit::find_head(&mut tx, chain).await? else { continue };
        let chain = chain.to_string();
        let hash = hexadecimal(&hash);
        let statement = Statement { iss: services.issuer.clone(), iat: now.seconds(), chain, position, hash };
        let key = services.signing_keys.current(TokenAlgorithm::Es256, now)?;
        let signed = jose::sign(&key, STATEMENT_TYPE, &statement)?;
        let head = Head { chain: statement.chain, position, statement: signed };
        if audit::insert_head(&mut tx, &head, now).await? {
            audit::delete_heads_before(&mut tx, &head.chain, position).await?;
            statements.push(head.statement);
        }
    }
    tx.commit().await?;
    Ok(statements)
}

/// The newest statement of each chain, to be kept elsewhere.
pub async fn find_statements(services: &Services) -> Result<Vec<String>, Internal> {
    sign_heads(services).await?;
    let heads = audit::find_newest_heads(&mut services.db.read().await?).await?;
    Ok(heads.into_iter().map(|head| head.statement).collect())
}

/// Step 3. `exported` are statements that were kept elsewhere; they are checked like those in the database.
pub async fn verify(services: &Services, exported: &[String]) -> Result<AuditReport, Internal> {
    let mut report = AuditReport::default();
    verify_rows(services, &mut report).await?;
    verify_heads(services, &mut report).await?;
    for statement in exported {
        verify_head(services, &mut report, statement, None).await?;
    }
    Ok(report)
}

async fn verify_rows(services: &Services, report: &mut AuditReport) -> Result<(), Internal> {
    let (mut chain, mut position, mut previous) = (String::new(), 0, START);
    let mut is_broken = false;
    loop {
        let rows = audit::find_after(&mut services.db.read().await?, &chain, position).await?;
        if rows.is_empty() || report.faults.len() >= MOST_FAULTS {
            return Ok(());
        }
        for row in rows {
            if row.chain != chain {
                (chain, position, previous, is_broken) = (row.chain.clone(), 0, START, false);
                report.chains += 1;
            }
            report.rows += 1;
            if !is_broken && let Some(fault) = find_fault(services, &row, position, &previous)? {
                report.faults.push(fault);
                is_broken = true;
            }
            position = row.position;
            previous = row.hash.try_into().unwrap_or(START);
        }
    }
}

fn find_fault(
    services: &Services,
    row: &Row,
    position: i64,
    previous: &[u8; 32],
) -> Result<Option<Fault>, Internal> {
    let place = Place { chain: row.chain.clone(), position: row.position, row: Some(row.id.clone()) };
    if row.position != position + 1 {
        return Ok(Some(Fault::RowsMissingBefore(place)));
    }
    let is_right = hash(services, previous, row)?[..] == row.hash[..];
    Ok((!is_right).then_some(Fault::RowChanged(place)))
}

async fn verify_heads(services: &Services, report: &mut AuditReport) -> Result<(), Internal> {
    let (mut chain, mut position) = (String::new(), 0);
    loop {
        let heads = audit::find_heads_after(&mut services.db.read().await?, &chain, position).await?;
        if heads.is_empty() || report.faults.len() >= MOST_FAULTS {
            return Ok(());
        }
        for head in heads {
            (chain, position) = (head.chain.clone(), head.position);
            verify_head(services, report, &head.statement, Some(&head)).await?;
        }
    }
}

async fn verify_head(
    services: &Services,
    report: &mut AuditReport,
    statement: &str,
    kept_as: Option<&Head>,
) -> Result<(), Internal> {
    report.heads += 1;
    let believed = services.signing_keys.verify::<Statement>(STATEMENT_TYPE, statement);
    let is_about = |said: &Statement| {
        kept_as.is_none_or(|head| head.chain == said.chain && head.position == said.position)
    };
    let place = |chain: &str, position| Place { chain: chain.to_owned(), position, row: None };
    let Some(said) = believed.filter(|said| said.iss == services.issuer && is_about(said)) else {
        let place = kept_as.map_or_else(|| place("?", 0), |head| place(&head.chain, head.position));
        report.faults.push(Fault::StatementForged(place));
        return Ok(());
    };
    let place = place(&said.chain, said.position);
    match audit::find_hash(&mut services.db.read().await?, &said.chain, said.position).await? {
        None => report.faults.push(Fault::RowsMissingAtEnd(place)),
        Some(hash) if hexadecimal(&hash) != said.hash => report.faults.push(Fault::HeadContradicted(place)),
        Some(_) => {}
    }
    Ok(())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
