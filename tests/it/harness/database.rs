//! The two engines, and a look into the database over a connection of the test's own.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};

pub(crate) use Engine::{Postgres, Sqlite};

/// What a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// A database of one test: a file, or a schema of the tests' cluster.
#[derive(Clone, Debug)]
pub(crate) enum TestDatabase {
    Sqlite(PathBuf),
    Postgres(String),
}

enum Connection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// The cluster that `tests/postgres` holds until this process ends and its end of the pipe closes.
struct Cluster {
    url: String,
    _holder: Option<Child>,
}

fn cluster() -> &'static str {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    let start = || {
        if let Ok(url) = std::env::var("AVAIN_TEST_POSTGRES") {
            return Cluster { url, _holder: None };
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres");
        let mut holder = Command::new(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(holder.stdout.take().unwrap()).lines();
        let url = lines.next().unwrap_or_else(|| panic!("tests/postgres started no cluster")).unwrap();
        Cluster { url, _holder: Some(holder) }
    };
    &CLUSTER.get_or_init(start).url
}

macro_rules! on_connection {
    ($database:expr, $connection:ident => $body:expr) => {
        match $database.connect().await {
            Connection::Sqlite(mut $connection) => {
                let result = $body;
                $connection.close().await.unwrap();
                result
            }
            Connection::Postgres(mut $connection) => {
                let result = $body;
                $connection.close().await.unwrap();
                result
            }
        }
    };
}

static SCHEMAS: AtomicUsize = AtomicUsize::new(0);

impl TestDatabase {
    /// An empty database on `engine`; `data_dir` is where SQLite keeps its file.
    pub(crate) async fn create(engine: Engine, data_dir: &Path) -> Self {
        if engine == Sqlite {
            return Self::Sqlite(data_dir.join("avain.db"));
        }
        let mut cluster_connection = connect(cluster()).await;
        let number = SCHEMAS.fetch_add(1, Ordering::Relaxed);
        let schema = format!("test_{}_{number}", std::process::id());
        sqlx::query(statement(&format!("CREATE SCHEMA {schema}")))
            .execute(&mut cluster_connection)
            .await
            .unwrap();
        cluster_connection.close().await.unwrap();
        Self::Postgres(format!("{}&options=-csearch_path%3D{schema}&application_name={schema}", cluster()))
    }

    /// `database.url` of a server on this database.
    pub(crate) fn url(&self) -> Option<String> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(url) => Some(url.clone()),
        }
    }

    async fn connect(&self) -> Connection {
        match self {
            Self::Sqlite(file) => {
                let options = SqliteConnectOptions::new().filename(file);
                let patient = options.busy_timeout(std::time::Duration::from_secs(5));
                Connection::Sqlite(patient.connect().await.unwrap())
            }
            Self::Postgres(url) => Connection::Postgres(connect(url).await),
        }
    }

    /// One number.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        let sql = statement(sql);
        let row: (i64,) =
            on_connection!(self, connection => sqlx::query_as(sql).fetch_one(&mut connection).await.unwrap());
        row.0
    }

    /// One column of texts.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        let sql = statement(sql);
        let rows: Vec<(String,)> =
            on_connection!(self, connection => sqlx::query_as(sql).fetch_all(&mut connection).await.unwrap());
        rows.into_iter().map(|(text,)| text).collect()
    }

    pub(crate) async fn execute(&self, sql: &str) {
        let sql = statement(sql);
        on_connection!(self, connection => sqlx::query(sql).execute(&mut connection).await.map(drop).unwrap());
    }

    /// The tables of ours, by name.
    pub(crate) async fn tables(&self) -> Vec<String> {
        self.texts(match self {
            Self::Sqlite(_) => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlx%' ORDER BY name"
            }
            Self::Postgres(_) => {
                "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() \
                 AND table_name NOT LIKE '%sqlx%' ORDER BY table_name"
            }
        })
        .await
    }

    /// `table.column` of every column of ours, with whether it may be empty.
    pub(crate) async fn columns(&self) -> Vec<String> {
        self.texts(match self {
            Self::Sqlite(_) => {
                "SELECT t.name || '.' || c.name || CASE c.\"notnull\" WHEN 1 THEN '' ELSE '?' END || ' ' || c.type \
                 FROM sqlite_master t JOIN pragma_table_info(t.name) c \
                 WHERE t.type = 'table' AND t.name NOT LIKE '%sqlx%' ORDER BY 1"
            }
            Self::Postgres(_) => {
                "SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'NO' THEN '' ELSE '?' END || ' ' || \
                 CASE data_type WHEN 'bigint' THEN 'INTEGER' WHEN 'bytea' THEN 'BLOB' ELSE upper(data_type) END \
                 FROM information_schema.columns WHERE table_schema = current_schema() \
                 AND table_name NOT LIKE '%sqlx%' ORDER BY 1"
            }
        })
        .await
    }

    /// The indexes of ours, by name.
    pub(crate) async fn indexes(&self) -> Vec<String> {
        self.texts(match self {
            Self::Sqlite(_) => {
                "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
            }
            Self::Postgres(_) => {
                "SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema() \
                 AND indexname NOT LIKE '%_key' AND indexname NOT LIKE '%_pkey' ORDER BY indexname"
            }
        })
        .await
    }

    /// How many rows each table has, for "nothing was written".
    pub(crate) async fn row_counts(&self) -> Vec<(String, i64)> {
        let mut counts = Vec::new();
        // An error that was told leaves a row when it suits.
        for table in self.tables().await.into_iter().filter(|table| table != "error_events") {
            let count = self.count(&format!("SELECT COUNT(*) FROM \"{table}\"")).await;
            counts.push((table, count));
        }
        counts
    }

    /// Every byte that a thief of the database reads.
    pub(crate) async fn stolen(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if let Self::Sqlite(file) = self {
            for name in ["avain.db", "avain.db-wal"] {
                bytes.extend(std::fs::read(file.with_file_name(name)).unwrap());
            }
            return bytes;
        }
        for table in self.tables().await {
            let rows = self.texts(&format!("SELECT t::text FROM \"{table}\" t")).await;
            bytes.extend(rows.join("\n").bytes());
        }
        bytes
    }
}

async fn connect(url: &str) -> PgConnection {
    url.parse::<PgConnectOptions>().unwrap().connect().await.unwrap()
}

#[expect(clippy::disallowed_types, reason = "a test names tables that it has just read, and its own schema")]
fn statement(sql: &str) -> sqlx::AssertSqlSafe<String> {
    sqlx::AssertSqlSafe(sql.to_owned())
}
