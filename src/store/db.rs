//! The two engines: opening, migrating, transactions, and the one place that asks which engine it is.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnection, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection as _, PgPool, Postgres, SqlSafeStr as _, Sqlite, SqlitePool, Transaction};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use super::audit_chain::{Chain, Chains};
use super::group_commit::{GroupCommit, Member};
use crate::domain::ids::AuditId;

/// What a write-ahead log that grew behind a long reader is cut down to afterwards, in bytes.
const LARGEST_IDLE_LOG: &str = "67108864";
const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;
pub(super) const WAIT_FOR_CONNECTION: Duration = Duration::from_secs(5);

/// The database, and the audit chains that this process writes in it.
pub struct Db {
    pub(super) engine: Engine,
    /// The audit chains of this process.
    pub chains: Arc<Chains>,
}

/// How the database is reached.
pub(super) enum Engine {
    /// One file; one connection writes, several read.
    Sqlite {
        /// Read-only connections.
        readers: SqlitePool,
        /// The one connection that writes.
        writer: Box<GroupCommit>,
        /// Where the writer is at work.
        runtime: Handle,
    },
    /// A server that several nodes may share.
    Postgres(PgPool),
}

/// A transaction; rolled back when dropped.
pub struct Tx {
    pub(super) on: OnEngine,
    chain: Option<Chain>,
    chains: Arc<Chains>,
}

/// A transaction as its engine knows it.
pub(super) enum OnEngine {
    /// On SQLite.
    Sqlite(SqliteTx),
    /// On PostgreSQL.
    Postgres(PostgresTx),
}

/// A transaction on SQLite.
pub(super) enum SqliteTx {
    /// On one of the reading connections, each statement by itself.
    Reading(PoolConnection<Sqlite>),
    /// A turn with the writing connection.
    Writing(Member),
}

/// A transaction on PostgreSQL.
pub(super) enum PostgresTx {
    /// Each statement by itself.
    Reading(PoolConnection<Postgres>),
    /// A transaction.
    Writing(Transaction<'static, Postgres>),
}

/// SQLite's own way to copy a database that is in use (<https://sqlite.org/lang_vacuum.html>).
const COPY: &str = "VACUUM INTO $1";

/// What can go wrong below a flow.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("database")]
    Database(#[from] sqlx::Error),
    /// Migrating failed.
    #[error("migration")]
    Migration(#[from] MigrateError),
    /// A row holds what no code of ours writes.
    #[error("inconsistent row in {table}: {what}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column or value.
        what: &'static str,
    },
}

impl StoreError {
    /// Whether the same call may succeed in a moment: the database is busy, full, restarting or cut off.
    pub fn is_busy(&self) -> bool {
        match self {
            Self::Database(
                sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::Io(_)
                | sqlx::Error::WorkerCrashed,
            ) => true,
            Self::Database(sqlx::Error::Database(error)) => {
                error.code().is_some_and(|code| is_passing(code.as_ref()))
            }
            _ => false,
        }
    }
}

/// Codes of trouble that passes. SQLite (sqlite.org/rescode.html): BUSY, IOERR and FULL with their extended forms, whose
/// lowest byte is the plain code. PostgreSQL (appendix A): lost connections, full disk, shutdown, deadlock.
fn is_passing(code: &str) -> bool {
    match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 10 | 13),
        _ => ["08", "40", "53", "57P"].iter().any(|class| code.starts_with(class)),
    }
}

/// Two statements that read the same row. The second also keeps others from changing it until the transaction ends;
/// only PostgreSQL needs that, SQLite has one writer.
macro_rules! selects_one {
    ($plain:ident, $locking:ident = $sql:literal) => {
        const $plain: &str = $sql;
        const $locking: &str = concat!($sql, " FOR UPDATE");
    };
}

/// Runs one statement, or reads rows, on the engine of a transaction.
///
/// `on!(tx, execute SQL, [a, b])` gives the number of rows; `on!(tx, optional SQL, [a] as Row)` and
/// `on!(tx, all SQL, [a] as Row)` give rows; `on!(tx, locked PLAIN, LOCKING, [a] as Row)` takes statements of `selects_one!`.
macro_rules! on {
    ($tx:expr, locked $plain:expr, $locking:expr, [$($value:expr),* $(,)?] as $row:ty) => {
        match &mut $tx.on {
            $crate::store::db::OnEngine::Sqlite(tx) => {
                sqlx::query_as::<_, $row>($plain)$(.bind($value))*.fetch_optional(&mut **tx).await
            }
            $crate::store::db::OnEngine::Postgres(tx) => {
                sqlx::query_as::<_, $row>($locking)$(.bind($value))*.fetch_optional(&mut **tx).await
            }
        }
    };
    ($tx:expr, execute $sql:expr, [$($value:expr),* $(,)?]) => {
        match &mut $tx.on {
            $crate::store::db::OnEngine::Sqlite(tx) => {
                sqlx::query($sql)$(.bind($value))*.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
            $crate::store::db::OnEngine::Postgres(tx) => {
                sqlx::query($sql)$(.bind($value))*.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
        }
    };
    ($tx:expr, optional $sql:expr, [$($value:expr),* $(,)?] as $row:ty) => {
        match &mut $tx.on {
            $crate::store::db::OnEngine::Sqlite(tx) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(&mut **tx).await
            }
            $crate::store::db::OnEngine::Postgres(tx) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(&mut **tx).await
            }
        }
    };
    ($tx:expr, all $sql:expr, [$($value:expr),* $(,)?] as $row:ty) => {
        match &mut $tx.on {
            $crate::store::db::OnEngine::Sqlite(tx) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(&mut **tx).await
            }
            $crate::store::db::OnEngine::Postgres(tx) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(&mut **tx).await
            }
        }
    };
}

impl Db {
    /// Opens or makes the SQLite file at `path`: write-ahead log, and every commit on disk before it is acknowledged.
    /// At most `most_writes_per_commit` writes that wait together share one commit.
    pub async fn open_sqlite(path: &Path, most_writes_per_commit: usize) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(WAIT_FOR_CONNECTION)
            .pragma("journal_size_limit", LARGEST_IDLE_LOG)
            .statement_cache_capacity(256);
        let chains = Arc::new(Chains::default());
        let writer = GroupCommit::open(options.clone(), most_writes_per_commit, Arc::clone(&chains)).await?;
        let pool = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(WAIT_FOR_CONNECTION)
            // A connection to a file does not go stale.
            .test_before_acquire(false);
        let readers = pool.connect_with(options.read_only(true)).await?;
        Ok(Self {
            engine: Engine::Sqlite { readers, writer: Box::new(writer), runtime: Handle::current() },
            chains,
        })
    }

    /// Connects to the PostgreSQL database at `url` (`postgres://…`).
    pub async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let options =
            PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(WAIT_FOR_CONNECTION);
        Ok(Self { engine: Engine::Postgres(options.connect(url).await?), chains: Arc::default() })
    }

    /// Brings the tables up to date; several nodes may call it together.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Sqlite { writer, .. } => {
                let mut connection = writer.connect_apart().await?;
                migrator(include_str!("../../migrations/sqlite/0001_init.sql")).run(&mut connection).await?;
                connection.close().await?;
            }
            Engine::Postgres(pool) => {
                migrator(include_str!("../../migrations/postgres/0001_init.sql")).run(pool).await?;
            }
        }
        Ok(())
    }

    /// Runs a flow that writes. With SQLite it runs beside the one writer, which it holds for a while and which should not
    /// wait for pages that a worker draws; PostgreSQL has a connection for each, so it runs where it is.
    pub fn spawn<T: Send + 'static>(&self, flow: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
        match &self.engine {
            Engine::Sqlite { runtime, .. } => runtime.spawn(flow),
            Engine::Postgres(_) => tokio::spawn(flow),
        }
    }

    /// Begins a transaction that may write. On SQLite it takes the one writer at once, so that it never fails half way.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        Ok(self.transaction(match &self.engine {
            Engine::Sqlite { writer, .. } => OnEngine::Sqlite(SqliteTx::Writing(writer.begin().await?)),
            Engine::Postgres(pool) => OnEngine::Postgres(PostgresTx::Writing(pool.begin().await?)),
        }))
    }

    /// A connection to read with. Two statements may see different states, on either engine: what is decided by them is
    /// checked again when it is written.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(self.transaction(match &self.engine {
            Engine::Sqlite { readers, .. } => OnEngine::Sqlite(SqliteTx::Reading(readers.acquire().await?)),
            Engine::Postgres(pool) => OnEngine::Postgres(PostgresTx::Reading(pool.acquire().await?)),
        }))
    }

    fn transaction(&self, on: OnEngine) -> Tx {
        Tx { on, chain: None, chains: Arc::clone(&self.chains) }
    }

    /// Writes a consistent copy of an SQLite database while it is in use; `false` on PostgreSQL.
    pub async fn copy_to(&self, target: &Path) -> Result<bool, StoreError> {
        let Engine::Sqlite { writer, .. } = &self.engine else { return Ok(false) };
        let mut connection = writer.connect_apart().await?;
        sqlx::query(COPY).bind(target.to_string_lossy().into_owned()).execute(&mut connection).await?;
        connection.close().await?;
        Ok(true)
    }

    /// Closes every connection, after what is under way.
    pub async fn close(&self) {
        match &self.engine {
            Engine::Sqlite { readers, writer, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// The audit chain of this transaction; `first` begins a new one where none is free.
    pub(super) fn chain(&mut self, first: AuditId) -> &mut Chain {
        self.chain.get_or_insert_with(|| self.chains.take(first))
    }

    /// Makes what was written durable; the caller may acknowledge it afterwards.
    pub async fn commit(self) -> Result<(), StoreError> {
        let Self { on, chain, chains } = self;
        match on {
            OnEngine::Sqlite(SqliteTx::Reading(_)) | OnEngine::Postgres(PostgresTx::Reading(_)) => {}
            OnEngine::Sqlite(SqliteTx::Writing(member)) => {
                // The next writer goes on where this one ends. If their common commit fails, `Chains::lose` stops the chain.
                if let Some(chain) = chain {
                    chains.put(chain);
                }
                member.commit().await?;
            }
            OnEngine::Postgres(PostgresTx::Writing(tx)) => {
                tx.commit().await?;
                if let Some(chain) = chain {
                    chains.put(chain);
                }
            }
        }
        Ok(())
    }
}

impl Deref for SqliteTx {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        match self {
            Self::Reading(connection) => connection,
            Self::Writing(member) => member,
        }
    }
}

impl DerefMut for SqliteTx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Reading(connection) => connection,
            Self::Writing(member) => member,
        }
    }
}

impl Deref for PostgresTx {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        match self {
            Self::Reading(connection) => connection,
            Self::Writing(tx) => tx,
        }
    }
}

impl DerefMut for PostgresTx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        match self {
            Self::Reading(connection) => connection,
            Self::Writing(tx) => tx,
        }
    }
}

fn migrator(init: &'static str) -> Migrator {
    let sql = init.into_sql_str();
    Migrator::with_migrations(vec![Migration::new(1, "init".into(), MigrationType::Simple, sql, false)])
}

/// The bytes of a column that always has `N` of them.
pub(super) fn fixed<const N: usize>(
    bytes: Vec<u8>,
    table: &'static str,
    what: &'static str,
) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Inconsistent { table, what })
}

/// The value of a column that is never empty in the state that the row is in.
pub(super) fn present<T>(value: Option<T>, table: &'static str, what: &'static str) -> Result<T, StoreError> {
    value.ok_or(StoreError::Inconsistent { table, what })
}

/// The value that a text column stands for.
pub(super) fn parsed<T: std::str::FromStr>(
    text: &str,
    table: &'static str,
    what: &'static str,
) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Inconsistent { table, what })
}
