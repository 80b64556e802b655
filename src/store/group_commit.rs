//! SQLite's one writer: writes that wait at the same time share one commit, and so one fsync.
//!
//! 1. A write asks for its turn and gets the connection, inside a savepoint of its own.
//! 2. It releases the savepoint (it wants to be committed) or drops it (what it did is undone, and nothing else).
//! 3. When nobody waits any more, or the group is full, the group commits; only then is anybody told that their write is done.
//!
//! A commit that fails fails every write of its group, and the connection is opened anew: after a failed fsync nothing may be
//! taken for written (Rebello et al., "Can Applications Recover from fsync Failures?", ATC 2020).

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::sync::{Mutex, OwnedMutexGuard, mpsc, oneshot};

use super::audit_chain::Chains;
use super::db::StoreError;

// Each is one trip to SQLite's thread, which costs more than what it does there.
const FIRST: &str = "BEGIN IMMEDIATE; SAVEPOINT member";
const KEEP_AND_GO_ON: &str = "RELEASE member; SAVEPOINT member";
const UNDO_AND_GO_ON: &str = "ROLLBACK TO member";
const KEEP_AND_COMMIT: &str = "RELEASE member; COMMIT";
const UNDO_AND_COMMIT: &str = "ROLLBACK TO member; RELEASE member; COMMIT";
const ROLLBACK: &str = "ROLLBACK";

/// How many writes may wait for their turn; more are refused as busy.
const LONGEST_QUEUE: usize = 4096;

type Done = oneshot::Sender<Result<(), StoreError>>;
type Turn = oneshot::Sender<Result<Member, StoreError>>;

/// What the writer is asked for.
enum Request {
    Turn(Turn),
    End,
}

/// The way to the writer.
pub struct GroupCommit {
    options: SqliteConnectOptions,
    requests: mpsc::Sender<Request>,
    writer: Mutex<Option<tokio::task::JoinHandle<()>>>,
}

/// One write's turn with the connection; undone when dropped.
pub struct Member {
    connection: OwnedMutexGuard<SqliteConnection>,
    wish: oneshot::Sender<Done>,
}

/// The task that owns the connection.
struct Writer {
    options: SqliteConnectOptions,
    connection: Arc<Mutex<SqliteConnection>>,
    waiting: mpsc::Receiver<Request>,
    chains: Arc<Chains>,
    most_together: usize,
}

/// What follows a group.
enum Next {
    Group,
    End,
}

impl GroupCommit {
    /// Opens the connection. At most `most_together` writes share a commit; 1 means that none do.
    pub async fn open(
        options: SqliteConnectOptions,
        most_together: usize,
        chains: Arc<Chains>,
    ) -> Result<Self, StoreError> {
        let connection = Arc::new(Mutex::new(options.connect().await?));
        let (requests, waiting) = mpsc::channel(LONGEST_QUEUE);
        let writer = Writer {
            options: options.clone(),
            connection,
            waiting,
            chains,
            most_together: most_together.max(1),
        };
        let task = tokio::spawn(writer.run());
        Ok(Self { options, requests, writer: Mutex::new(Some(task)) })
    }

    /// Another connection that may write, for what manages its own transactions.
    pub async fn connect_apart(&self) -> Result<SqliteConnection, StoreError> {
        Ok(self.options.connect().await?)
    }

    /// Waits for a turn.
    pub async fn begin(&self) -> Result<Member, StoreError> {
        let (turn, given) = oneshot::channel();
        self.requests.try_send(Request::Turn(turn)).map_err(|_| sqlx::Error::PoolTimedOut)?;
        let given = tokio::time::timeout(super::db::WAIT_FOR_CONNECTION, given).await;
        given.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?
    }

    /// Ends the writer after what waits already, and closes the connection.
    pub async fn close(&self) {
        let Some(task) = self.writer.lock().await.take() else { return };
        // Neither can fail while the task lives; if it does not, there is nothing to wait for.
        let _ = self.requests.send(Request::End).await;
        let _ = task.await;
    }
}

impl Member {
    /// Asks for the commit, and returns once it is on disk.
    pub async fn commit(self) -> Result<(), StoreError> {
        let Self { connection, wish } = self;
        let (done, told) = oneshot::channel();
        wish.send(done).map_err(|_| sqlx::Error::PoolClosed)?;
        drop(connection);
        told.await.map_err(|_| sqlx::Error::PoolClosed)?
    }
}

impl Deref for Member {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Member {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

impl Writer {
    async fn run(mut self) {
        while let Some(Request::Turn(first)) = self.waiting.recv().await {
            let mut members = Vec::new();
            let outcome = self.run_group(first, &mut members).await;
            if let Err(error) = &outcome {
                tracing::error!(error = %error, writes = members.len(), "a group of writes was not committed");
                self.chains.lose();
                self.start_anew().await;
            }
            for done in members {
                // Whoever gave up waiting finds the outcome in the database.
                let _ = done.send(outcome.as_ref().map(drop).map_err(|_| not_committed()));
            }
            if matches!(outcome, Ok(Next::End)) {
                break;
            }
        }
        if let Some(connection) = Arc::into_inner(self.connection) {
            // The write-ahead log is folded in; where that fails it is done at the next start.
            let _ = connection.into_inner().close().await;
        }
    }

    /// An error means that the whole group is lost: the commit failed, or SQLite has undone everything by itself, as it does
    /// when the disk is full, and then knows the savepoint no more.
    async fn run_group(&mut self, first: Turn, members: &mut Vec<Done>) -> Result<Next, StoreError> {
        if let Err(error) = self.execute(FIRST).await {
            let _ = first.send(Err(error));
            return Err(not_committed());
        }
        let mut turn = first;
        loop {
            let wish = self.give(turn).await;
            let is_kept = wish.is_some();
            members.extend(wish);
            let next = if members.len() < self.most_together { self.waiting.try_recv().ok() } else { None };
            if let Some(Request::Turn(waiting)) = next {
                self.execute(if is_kept { KEEP_AND_GO_ON } else { UNDO_AND_GO_ON }).await?;
                turn = waiting;
                continue;
            }
            self.execute(match (is_kept, members.is_empty()) {
                (true, _) => KEEP_AND_COMMIT,
                (false, false) => UNDO_AND_COMMIT,
                (false, true) => ROLLBACK,
            })
            .await?;
            return Ok(if next.is_some() { Next::End } else { Next::Group });
        }
    }

    /// Gives the connection to one write; `Some` when it wants to be committed.
    async fn give(&self, turn: Turn) -> Option<Done> {
        let (wish, wished) = oneshot::channel();
        let connection = Arc::clone(&self.connection).lock_owned().await;
        // Whoever no longer waits gives the connection back by dropping it.
        let _ = turn.send(Ok(Member { connection, wish }));
        wished.await.ok()
    }

    async fn execute(&self, sql: &'static str) -> Result<(), StoreError> {
        sqlx::query(sql).execute(&mut *self.connection.lock().await).await?;
        Ok(())
    }

    async fn start_anew(&self) {
        let mut connection = self.connection.lock().await;
        match self.options.connect().await {
            Ok(fresh) => {
                let old = std::mem::replace(&mut *connection, fresh);
                // What was not committed goes with the connection.
                let _ = old.close_hard().await;
            }
            Err(error) => {
                tracing::error!(error = %error, "the database cannot be opened again; trying at the next write");
                let _ = sqlx::query(ROLLBACK).execute(&mut *connection).await;
            }
        }
    }
}

/// Told to every write of a lost group; the log has the cause.
fn not_committed() -> StoreError {
    StoreError::Database(sqlx::Error::WorkerCrashed)
}
