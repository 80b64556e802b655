//! A folder with a configuration, and everything that must exist before a phone can come: company, application, invitations.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use avain::app::{self, Environment, SystemClock};
use avain::config::Settings;
use avain::crypto::random::SystemRandom;
use avain::delivery::Delivery;
use avain::delivery::print::Mailbox;
use avain::domain::client::{ClientMetadata, TokenAlgorithm};
use avain::domain::language::Language;
use avain::domain::membership::{Access, Role};
use avain::domain::person::PhoneNumber;
use avain::flows::clients::{self, NewClient};
use avain::flows::invite::{self, NewPerson};
use avain::flows::{Services, deliver};

use super::checker::Database;
use crate::harness::{CLIENT_ID, REDIRECT_URI};

/// Somebody who may enrol a phone.
pub(super) struct Invitation {
    pub(super) code: String,
    /// Where the confirmation code goes; everybody has a number of their own.
    pub(super) number: String,
}

/// An installed server that need not run.
pub(super) struct Installation {
    folder: PathBuf,
    pub(super) issuer: String,
    pub(super) client_secret: String,
    database_url: Option<String>,
    invited: AtomicU64,
}

/// A port that no outgoing connection is given, so that a server which is down finds it free when it comes back.
pub(super) fn free_port() -> u16 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let first = u64::from(std::process::id()) * 97;
    let candidates = (0..10_000).map(|_| 20_000 + (first + NEXT.fetch_add(1, Ordering::SeqCst)) % 12_000);
    let mut free = candidates.map(|port| u16::try_from(port).unwrap());
    free.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap()
}

impl Installation {
    /// On SQLite in `folder`.
    pub(super) async fn on_sqlite(folder: &Path) -> Self {
        Self::make(folder, None).await
    }

    /// With its master secret in `folder`, and its data in PostgreSQL.
    pub(super) async fn on_postgres(folder: &Path, url: &str) -> Self {
        Self::make(folder, Some(url.to_owned())).await
    }

    /// A configuration in an empty folder: nothing has run there yet.
    pub(super) fn untouched(folder: &Path, database_url: Option<String>) -> Self {
        let issuer = format!("http://127.0.0.1:{}", free_port());
        let folder = folder.to_owned();
        let made =
            Self { folder, issuer, client_secret: String::new(), database_url, invited: AtomicU64::new(0) };
        made.write_config("avain.toml", made.issuer.trim_start_matches("http://"));
        made
    }

    async fn make(folder: &Path, database_url: Option<String>) -> Self {
        let mut made = Self::untouched(folder, database_url);
        let services = made.open().await;
        let application = NewClient {
            id: CLIENT_ID.to_owned(),
            name: "Ledger".to_owned(),
            redirect_uris: vec![REDIRECT_URI.to_owned()],
            post_logout_redirect_uris: Vec::new(),
            back_channel_logout_uri: None,
            metadata: ClientMetadata::signed_with(TokenAlgorithm::Es256),
        };
        let secret = clients::add(&services, application).await.unwrap().unwrap();
        made.client_secret.clone_from(secret.expose());
        services.db.close().await;
        made
    }

    /// Writes the configuration of a server that listens there.
    pub(super) fn write_config(&self, name: &str, listen: &str) {
        let mut text = format!(
            "[server]\nlisten = \"{listen}\"\nissuer = \"{}\"\n[second_factor]\noldest_frame_seconds = 5\n[database]\ndata_dir = \"{}\"\n",
            self.issuer,
            self.data().display()
        );
        if let Some(url) = &self.database_url {
            text.extend(["url = \"", url, "\"\n"]);
        }
        std::fs::write(self.folder.join(name), text).unwrap();
    }

    pub(super) fn config(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The folder with database and master secret.
    pub(super) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The operator's own checks: the audit chains are whole, and every sign-in is proven.
    pub(super) fn verify_by_command(&self) {
        for check in ["verify-audit", "verify-logins"] {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_avain"));
            let output = command.args([check, "--config"]).arg(self.config("avain.toml")).output().unwrap();
            let told = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success(), "{check}: {told}{}", String::from_utf8_lossy(&output.stderr));
        }
    }

    pub(super) fn database(&self) -> Database {
        match &self.database_url {
            Some(url) => Database::Postgres(url.clone()),
            None => Database::Sqlite(self.data().join("avain.db")),
        }
    }

    /// Invites people, each to a company of all of them. Works beside a running server, as `avain company add` does; nothing
    /// stays open, so that a crashed server recovers its own files.
    pub(super) async fn invite(&self, count: u64) -> Vec<Invitation> {
        let services = self.open().await;
        let company = invite::add_company(&services, "Kuusi Books Oy").await.unwrap();
        let mut invitations = Vec::new();
        for _ in 0..count {
            let number = format!("+372{:08}", 50_000_000 + self.invited.fetch_add(1, Ordering::SeqCst));
            let person = NewPerson {
                name: "Mart Tamm".to_owned(),
                email: "mart.tamm@kuusi.example".to_owned(),
                phone: Some(PhoneNumber::parse(&number).unwrap()),
                language: Language::English,
                role: Role::User,
                access: Access::Browser,
            };
            let person = invite::add_person(&services, company, person).await.unwrap();
            let code = invite::invite(&services, person, None).await.unwrap().grouped();
            invitations.push(Invitation { code, number });
        }
        services.db.close().await;
        invitations
    }

    /// The mails of invitations leave here, so that they do not fill the queue of the server.
    pub(super) async fn empty_outbox(&self) {
        let services = self.open().await;
        while deliver::run_due(&services).await.unwrap() > 0 {}
        services.db.close().await;
    }

    async fn open(&self) -> Arc<Services> {
        let settings = Settings::load(&self.config("avain.toml")).unwrap();
        let environment = Environment {
            clock: Arc::new(SystemClock::default()),
            random: Arc::new(SystemRandom::open()),
            delivery: Delivery::Mailbox(Arc::new(Mailbox::default())),
        };
        app::build(&settings, environment).await.unwrap()
    }
}
