//! The composition root: database, keys, clock and delivery become services, routes are mounted, workers started.

mod clock;
mod methods;
mod providers;

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::web::ServiceConfig;
use actix_web::{App, HttpServer};
use anyhow::Context as _;
use tokio::sync::Notify;

use crate::config::{DatabaseSettings, GeoIpSettings, SecretSettings, Settings};
use crate::crypto::master::MasterSecret;
use crate::delivery::Delivery;
use crate::delivery::logout::LogoutSender;
use crate::domain::random::{Random, bytes};
use crate::domain::time::Clock;
use crate::flows::{Services, audit_log, backup, deliver, errors, signing_keys, start, sweep};
use crate::geo::Atlas;
use crate::routes;
use crate::store::db::Db;
use crate::store::wake::{self, Wakes};
pub use clock::SystemClock;
pub use providers::delivery;

const UPKEEP_PERIOD: Duration = Duration::from_mins(1);
const OUTBOX_PERIOD: Duration = Duration::from_secs(1);
const SHUTDOWN_SECONDS: u64 = 5;
const WRITE_AT_ONCE: usize = 2048;

/// What tests control and the demo replaces.
pub struct Environment {
    /// The source of time.
    pub clock: Arc<dyn Clock>,
    /// The source of randomness.
    pub random: Arc<dyn Random>,
    /// How messages leave.
    pub delivery: Delivery,
}

/// Like [`build`], for commands that look at what is there: an empty folder is a mistake, not a new installation.
pub async fn build_existing(settings: &Settings, environment: Environment) -> anyhow::Result<Arc<Services>> {
    let file = settings.database.data_dir.join(DATABASE_FILE);
    anyhow::ensure!(
        settings.database.url.is_some() || file.exists(),
        "there is no database {}: is database.data_dir right? A relative folder counts from where the command is run",
        file.display()
    );
    build(settings, environment).await
}

/// Opens database and keys, and makes the services that flows work with.
pub async fn build(settings: &Settings, environment: Environment) -> anyhow::Result<Arc<Services>> {
    let Environment { clock, random, delivery } = environment;
    let data_dir = &settings.database.data_dir;
    std::fs::create_dir_all(data_dir)
        .with_context(|| format!("making the data folder {}", data_dir.display()))?;
    let db = open(&settings.database).await?;
    let is_new = start::is_new(&db).await.context("preparing the database")?;
    let keys = master_secret(&settings.secrets, data_dir, is_new, random.as_ref())?.derive_keys()?;
    let signing_keys = start::prepare(&db, &keys, &settings.server.issuer, clock.now()).await?;
    let services = Services {
        db,
        clock,
        random,
        keys,
        signing_keys,
        wakes: Wakes::default(),
        delivery,
        push: providers::push(&settings.push)?,
        logout_sender: LogoutSender::new()?,
        outbox_filled: Notify::new(),
        sms_limits: providers::sms_limits(settings),
        sms_warned_hour: AtomicI64::new(0),
        issuer: settings.server.issuer.clone(),
        os_policy: settings.activation.os_policy()?,
        trusted_proxies: settings.server.proxies()?,
        second_factor: settings.second_factor.rule()?,
        app: settings.app.app(&settings.server.issuer)?,
        errors: errors::Inbox::default(),
        atlas: atlas(settings.geoip.as_ref())?,
        methods: methods::methods(&settings.methods, &settings.server.issuer)?,
    };
    if let Some(voided) = backup::settle(&services).await? {
        tracing::warn!(?voided, "the database is a copy that was put back: what was open in it is void");
    }
    Ok(Arc::new(services))
}

fn atlas(settings: Option<&GeoIpSettings>) -> anyhow::Result<Atlas> {
    let Some(GeoIpSettings { file }) = settings else { return Ok(Atlas::default()) };
    Atlas::open(file).with_context(|| format!("geoip.file: reading {}", file.display()))
}

/// Serves on `listener` until told to stop. `more` mounts further routes.
pub fn serve(
    services: &Arc<Services>,
    listener: TcpListener,
    more: fn(&mut ServiceConfig),
) -> anyhow::Result<Server> {
    let mounted = Arc::clone(services);
    let server = HttpServer::new(move || App::new().service(routes::site(Arc::clone(&mounted), more)))
        .shutdown_timeout(SHUTDOWN_SECONDS)
        // Without it, what a stream says waits for the other side to confirm what it said before: up to 40 ms.
        .tcp_nodelay(true)
        // What is collected before it is sent stays within the buffer that every connection has.
        .h1_write_buffer_size(WRITE_AT_ONCE)
        .listen(listener)
        .context("listening")?
        .run();
    tokio::spawn(run_outbox(Arc::clone(services)));
    tokio::spawn(run_errors(Arc::clone(services)));
    tokio::spawn(run_upkeep(Arc::clone(services)));
    let hearing = Arc::clone(services);
    tokio::spawn(async move { wake::listen(&hearing.db, &hearing.wakes).await });
    Ok(server)
}

/// Stops a server: no new requests, what is under way ends, the database is closed.
pub async fn stop(handle: ServerHandle, services: &Services) {
    handle.stop(true).await;
    close(services).await;
}

/// Signs the ends of the audit chains, and closes the database.
pub async fn close(services: &Services) {
    if let Err(error) = errors::write(services).await {
        tracing::warn!(error = %error, "errors that were told could not be written down for support");
    }
    if let Err(error) = audit_log::sign_heads(services).await {
        tracing::warn!(error = %error, "the ends of the audit chains were not signed");
    }
    services.db.close().await;
}

/// Every minute: reads the signing keys again, signs the ends of the audit chains, deletes what is over.
async fn run_upkeep(services: Arc<Services>) {
    loop {
        tokio::time::sleep(UPKEEP_PERIOD).await;
        if let Err(error) = signing_keys::keep_fresh(&services).await {
            tracing::warn!(error = %error, "reading the signing keys again failed");
        }
        if let Err(error) = audit_log::sign_heads(&services).await {
            tracing::warn!(error = %error, "the ends of the audit chains were not signed");
        }
        match sweep::run(&services).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "deleted what is over"),
            Err(error) => tracing::warn!(error = %error, "deleting what is over failed"),
        }
    }
}

/// Sends messages as they are queued, and looks again each second for those that are tried once more.
async fn run_outbox(services: Arc<Services>) {
    loop {
        // A look that fails is logged and made again: the messages stay queued.
        if let Err(error) = deliver::run_due(&services).await {
            tracing::warn!(error = %error, "looking for queued messages failed");
        }
        let _ = tokio::time::timeout(OUTBOX_PERIOD, services.outbox_filled.notified()).await;
    }
}

/// Writes down the errors that were told.
async fn run_errors(services: Arc<Services>) {
    loop {
        services.errors.arrival().await;
        if let Err(error) = errors::write(&services).await {
            tracing::warn!(error = %error, "errors that were told could not be written down for support");
        }
    }
}

const DATABASE_FILE: &str = "avain.db";

async fn open(settings: &DatabaseSettings) -> anyhow::Result<Db> {
    if let Some(url) = &settings.url {
        Db::open_postgres(url).await.context("connecting to PostgreSQL (database.url)")
    } else {
        let file = settings.data_dir.join(DATABASE_FILE);
        Db::open_sqlite(&file, settings.most_writes_per_commit)
            .await
            .with_context(|| format!("opening {}", file.display()))
    }
}

/// Reads the master secret; a new installation gets one, an old one never gets another.
fn master_secret(
    settings: &SecretSettings,
    data_dir: &Path,
    is_new: bool,
    random: &dyn Random,
) -> anyhow::Result<MasterSecret> {
    let file = settings.master_secret_file.clone().unwrap_or_else(|| data_dir.join("master.key"));
    let shown = file.display();
    match std::fs::read_to_string(&file) {
        Ok(text) => {
            let secret = decode_hex(text.trim());
            Ok(MasterSecret::new(secret.with_context(|| format!("{shown} must hold 64 hexadecimal digits"))?))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && is_new => {
            let secret = bytes::<32>(random)?;
            write_private(&file, &encode_hex(&secret))
                .with_context(|| format!("writing the master secret {shown}"))?;
            Ok(MasterSecret::new(secret))
        }
        Err(error) => Err(error).with_context(|| {
            format!(
                "reading the master secret {shown}: the database cannot be read without it; put the file back"
            )
        }),
    }
}

/// Whole or not at all, so that a start which was cut short can be made again; never over a file that is there.
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let draft = file.with_extension("draft");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(&draft)?;
    opened.write_all(text.as_bytes())?;
    opened.sync_all()?;
    std::fs::hard_link(&draft, file)?;
    std::fs::remove_file(draft)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn encode_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn decode_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; 32];
    for (index, slot) in bytes.iter_mut().enumerate() {
        *slot = u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}
