//! The checker: the database as it is found, against what was acknowledged.

mod laws;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{PgPool, SqlitePool};

use super::history::{Act, End, Entry, History};
use laws::{LAWS, SQLITE_LAWS};

/// Rows as `key|detail`, by what they stand for. One text for both engines.
const ROWS: [(Act, &str); 4] = [
    (Act::Enrol, "SELECT enrolment_id || '|' || id FROM devices WHERE state = 'active'"),
    (
        Act::Approve,
        "SELECT id || '|' FROM login_attempts WHERE state IN ('approved', 'collected') \
         AND answer_payload IS NOT NULL AND answer_signature IS NOT NULL",
    ),
    (Act::Collect, "SELECT attempt_id || '|' || id FROM sessions"),
    (
        Act::Redeem,
        "SELECT s.attempt_id || '|' || CASE WHEN t.code_hash IS NULL THEN 'taken back' ELSE 'token' END \
         FROM grants g JOIN sessions s ON s.id = g.session_id \
         LEFT JOIN access_tokens t ON t.code_hash = g.code_hash WHERE g.redeemed_at IS NOT NULL",
    ),
];

/// Where the data is.
pub(super) enum Database {
    Sqlite(PathBuf),
    Postgres(String),
}

enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// What was found.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) rows: usize,
    pub(super) violations: Vec<String>,
}

impl Findings {
    pub(super) fn assert_none(&self, when: &str) {
        assert!(self.violations.is_empty(), "{when}:\n{}", self.violations.join("\n"));
    }
}

impl Database {
    async fn open(&self) -> Pool {
        match self {
            Self::Sqlite(file) => {
                let options = SqliteConnectOptions::new().filename(file).read_only(true);
                let options = options.busy_timeout(Duration::from_secs(5));
                Pool::Sqlite(SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap())
            }
            Self::Postgres(url) => {
                Pool::Postgres(PgPoolOptions::new().max_connections(1).connect(url).await.unwrap())
            }
        }
    }

    /// Compares beside a running server, which keeps working. Nothing stays open.
    pub(super) async fn check(&self, history: &History) -> Findings {
        let mut findings = Findings { violations: history.lies(), ..Findings::default() };
        let pool = self.open().await;
        for (act, sql) in ROWS {
            let before = history.of(act);
            let rows = pool.texts(sql).await;
            findings.rows += rows.len();
            compare(act, &before, &rows, &history.of(act), &mut findings.violations);
        }
        let more = if matches!(pool, Pool::Sqlite(_)) { &SQLITE_LAWS[..] } else { &[] };
        for (law, sql) in LAWS.iter().chain(more) {
            for broken in pool.texts(sql).await {
                findings.violations.push(format!("{law}: {broken}"));
            }
        }
        pool.close().await;
        findings
    }
}

impl Pool {
    async fn texts(&self, sql: &'static str) -> Vec<String> {
        let texts = match self {
            Self::Sqlite(pool) => sqlx::query_scalar(sql).fetch_all(pool).await,
            Self::Postgres(pool) => sqlx::query_scalar(sql).fetch_all(pool).await,
        };
        texts.unwrap_or_else(|error| panic!("{error}: {sql}"))
    }

    async fn close(self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Acknowledged ⊆ found ⊆ asked for; each at most once; with what the answer said.
fn compare(
    act: Act,
    before: &BTreeMap<String, Entry>,
    rows: &[String],
    after: &BTreeMap<String, Entry>,
    violations: &mut Vec<String>,
) {
    let mut found = BTreeMap::new();
    for row in rows {
        let (key, detail) = row.split_once('|').unwrap();
        if found.insert(key, detail).is_some() {
            violations.push(format!("{act:?} {key}: done twice"));
        }
        match after.get(key) {
            None => violations.push(format!("{act:?} {key}: nobody asked for it")),
            Some(Entry { end: End::Refused(code), .. }) => {
                violations.push(format!("{act:?} {key}: refused with {code}, and done"));
            }
            Some(_) => {}
        }
    }
    for (key, entry) in before {
        let End::Done(expected) = &entry.end else { continue };
        let told = expected.as_deref();
        match found.get(key.as_str()) {
            None => violations.push(format!("{act:?} {key}: acknowledged and lost: {entry}")),
            Some(detail) if told.is_some_and(|told| told != *detail) => {
                violations.push(format!("{act:?} {key}: told {told:?}, found {detail}"));
            }
            Some(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the checker says of a history and rows.
    fn verdict(ends: &[(&str, End)], rows: &[&str]) -> Vec<String> {
        let entry = |end: &End| Entry { end: end.clone(), started: Duration::ZERO, ended: None };
        let history: BTreeMap<String, Entry> =
            ends.iter().map(|(key, end)| ((*key).to_owned(), entry(end))).collect();
        let rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
        let mut violations = Vec::new();
        compare(Act::Collect, &history, &rows, &history, &mut violations);
        violations
    }

    #[test]
    fn a_checker_sees_what_is_lost_invented_doubled_or_different() {
        let done = |detail: &str| End::Done(Some(detail.to_owned()));
        assert!(
            verdict(&[("a", done("1")), ("b", End::Unknown), ("c", End::Unknown)], &["a|1", "b|2"])
                .is_empty()
        );
        for (ends, rows, told) in [
            (vec![("a", done("1"))], vec![], "lost"),
            (vec![("a", done("1"))], vec!["a|2"], "told"),
            (vec![("a", done("1"))], vec!["a|1", "a|1"], "twice"),
            (vec![], vec!["a|1"], "nobody asked"),
            (vec![("a", End::Refused("no".to_owned()))], vec!["a|1"], "refused"),
        ] {
            let violations = verdict(&ends, &rows);
            assert!(violations.len() == 1 && violations[0].contains(told), "{told}: {violations:?}");
        }
    }
}
