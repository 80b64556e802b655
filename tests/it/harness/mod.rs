//! The production server with a clock, randomness and a mailbox that the test controls.

pub(crate) mod application;
pub(crate) mod browser;
pub(crate) mod database;
pub(crate) mod environment;

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use avain::app::{self, Environment};
use avain::config::{
    ActivationSettings, AppSettings, DatabaseSettings, PushSettings, SecondFactorSettings, SecretSettings,
    ServerSettings, Settings,
};
use avain::delivery::Delivery;
use avain::delivery::print::Mailbox;
use avain::domain::client::ClientMetadata;
use avain::domain::ids::{CompanyId, PersonId};
use avain::domain::language::Language;
use avain::domain::membership::{Access, Role};
use avain::domain::message::{Channel, Message};
use avain::domain::person::PhoneNumber;
use avain::flows::clients::{self, NewClient};
use avain::flows::invite::{self, NewPerson};
use avain::flows::{Services, deliver};
use avain_proto::v1::{Platform, PlatformFacts, UserVerification};
use mobile_sim::{Activation, Phone, Server};

use browser::Browser;
use database::{Engine, TestDatabase};
use environment::{FrozenClock, SeededRandom};

pub(crate) const CLIENT_ID: &str = "ledger";
pub(crate) const REDIRECT_URI: &str = "http://127.0.0.1:1/callback";

/// A running server and what a test does with it.
pub(crate) struct TestApp {
    pub(crate) services: Arc<Services>,
    pub(crate) clock: Arc<FrozenClock>,
    pub(crate) base_url: String,
    pub(crate) client_secret: String,
    pub(crate) company: CompanyId,
    world: World,
    settings: Settings,
    pub(crate) database: TestDatabase,
    _folder: tempfile::TempDir,
    handle: ServerHandle,
}

/// What all nodes of a test share: time, randomness, the mailbox.
#[derive(Clone, Default)]
struct World {
    clock: Arc<FrozenClock>,
    random: Arc<SeededRandom>,
    mailbox: Arc<Mailbox>,
}

/// One server process's worth of Avain.
pub(crate) struct Node {
    pub(crate) services: Arc<Services>,
    pub(crate) base_url: String,
    pub(crate) database: TestDatabase,
    handle: ServerHandle,
}

impl Node {
    async fn start(settings: &Settings, world: &World, listener: TcpListener) -> Self {
        let environment = Environment {
            clock: world.clock.clone(),
            random: world.random.clone(),
            delivery: if settings.mail.is_some() || settings.sms.is_some() {
                app::delivery(settings).unwrap()
            } else {
                Delivery::Mailbox(world.mailbox.clone())
            },
        };
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let services = app::build(settings, environment).await.unwrap();
        let server = app::serve(&services, listener, |_| {}).unwrap();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let file = settings.database.data_dir.join("avain.db");
        let database =
            settings.database.url.clone().map_or(TestDatabase::Sqlite(file), TestDatabase::Postgres);
        Self { services, base_url, database, handle }
    }

    pub(crate) async fn stop(self) {
        app::stop(self.handle, &self.services).await;
    }
}

/// Somebody invited.
pub(crate) struct Invited {
    pub(crate) person: PersonId,
    pub(crate) code: String,
}

/// The facts of a phone that is new enough.
pub(crate) fn facts() -> PlatformFacts {
    PlatformFacts {
        platform: Platform::Android.into(),
        os_version: "14".to_owned(),
        api_level: 34,
        brand: "Google".to_owned(),
        model: "Pixel 8".to_owned(),
        app_version: "1.0.0".to_owned(),
    }
}

impl TestApp {
    pub(crate) async fn start(engine: Engine) -> Self {
        Self::start_with(engine, |_| {}).await
    }

    /// A server that believes these reverse proxies.
    pub(crate) async fn start_behind(engine: Engine, proxies: &[&str]) -> Self {
        let proxies = proxies.iter().map(|proxy| (*proxy).to_owned()).collect();
        Self::start_with(engine, |settings| settings.server.trusted_proxies = proxies).await
    }

    /// A server with other settings than usual.
    pub(crate) async fn start_with(engine: Engine, set: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::create(engine, folder.path()).await;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let mut settings = Settings {
            server: ServerSettings {
                listen: listener.local_addr().unwrap(),
                issuer: base_url.clone(),
                trusted_proxies: Vec::new(),
            },
            database: DatabaseSettings {
                data_dir: folder.path().to_owned(),
                url: database.url(),
                ..DatabaseSettings::default()
            },
            secrets: SecretSettings::default(),
            activation: ActivationSettings::default(),
            mail: None,
            sms: None,
            push: PushSettings::default(),
            second_factor: SecondFactorSettings::default(),
            methods: Vec::new(),
            geoip: None,
            app: AppSettings::default(),
        };
        set(&mut settings);
        let world = World::default();
        let Node { services, handle, .. } = Node::start(&settings, &world, listener).await;
        let company = invite::add_company(&services, "Kuusi Books Oy").await.unwrap();
        let application = NewClient {
            id: CLIENT_ID.to_owned(),
            name: "Ledger".to_owned(),
            redirect_uris: vec![REDIRECT_URI.to_owned()],
            post_logout_redirect_uris: Vec::new(),
            back_channel_logout_uri: None,
            metadata: ClientMetadata::default(),
        };
        let client_secret = clients::add(&services, application).await.unwrap().unwrap().expose().clone();
        Self {
            services,
            clock: world.clock.clone(),
            base_url,
            client_secret,
            company,
            world,
            settings,
            database,
            _folder: folder,
            handle,
        }
    }

    /// Another node on the same database.
    pub(crate) async fn start_node(&self) -> Node {
        Node::start(&self.settings, &self.world, TcpListener::bind("127.0.0.1:0").unwrap()).await
    }

    /// A node that calls itself by another name.
    pub(crate) async fn start_node_as(&self, issuer: &str) -> Node {
        let mut settings = self.settings.clone();
        issuer.clone_into(&mut settings.server.issuer);
        Node::start(&settings, &self.world, TcpListener::bind("127.0.0.1:0").unwrap()).await
    }

    /// A server on another SQLite file, with the same master secret and under the same name.
    pub(crate) async fn start_node_on(&self, data_dir: &std::path::Path) -> Node {
        let mut settings = self.settings.clone();
        settings.secrets.master_secret_file = Some(settings.database.data_dir.join("master.key"));
        settings.database.data_dir = data_dir.to_owned();
        Node::start(&settings, &self.world, TcpListener::bind("127.0.0.1:0").unwrap()).await
    }

    /// A configuration file for commands that look at this installation.
    pub(crate) fn write_config(&self) -> std::path::PathBuf {
        let file = self.settings.database.data_dir.join("avain.toml");
        let url =
            self.settings.database.url.as_ref().map(|url| format!("url = \"{url}\"")).unwrap_or_default();
        let text = format!(
            "[server]\nlisten = \"127.0.0.1:0\"\nissuer = \"{}\"\n[database]\ndata_dir = \"{}\"\n{url}\n",
            self.settings.server.issuer,
            self.settings.database.data_dir.display(),
        );
        std::fs::write(&file, text).unwrap();
        file
    }

    /// Stops the server; its files go with it.
    pub(crate) async fn stop(self) {
        app::stop(self.handle, &self.services).await;
    }

    pub(crate) async fn add_person(&self, access: Access, phone: Option<&str>) -> PersonId {
        let person = NewPerson {
            name: "Mart Tamm".to_owned(),
            email: "mart.tamm@kuusi.example".to_owned(),
            phone: phone.map(|phone| PhoneNumber::parse(phone).unwrap()),
            language: Language::English,
            role: Role::User,
            access,
        };
        invite::add_person(&self.services, self.company, person).await.unwrap()
    }

    /// Invites a new person and reads the code out of the mail.
    pub(crate) async fn invite(&self) -> Invited {
        let person = self.add_person(Access::Browser, Some("+372 5555 0101")).await;
        self.invite_person(person).await
    }

    pub(crate) async fn invite_person(&self, person: PersonId) -> Invited {
        invite::invite(&self.services, person, None).await.unwrap();
        let messages = self.messages().await;
        let words = messages.iter().rev().flat_map(|message| message.body.split_whitespace());
        let code = words.into_iter().find(|word| is_activation_code(word)).unwrap().to_owned();
        Invited { person, code }
    }

    /// The newest message of a channel, after everything queued has left.
    pub(crate) async fn last_message(&self, channel: Channel) -> Message {
        self.messages().await.into_iter().rfind(|message| message.channel == channel).unwrap()
    }

    /// Every message so far. The worker and this call may share the work; nothing is sent twice.
    pub(crate) async fn messages(&self) -> Vec<Message> {
        loop {
            deliver::run_due(&self.services).await.unwrap();
            if self.count("SELECT COUNT(*) FROM outbox WHERE state = 'queued'").await == 0 {
                return self.world.mailbox.messages();
            }
            tokio::task::yield_now().await;
        }
    }

    /// The six digits of the newest SMS.
    pub(crate) async fn confirmation_code(&self) -> String {
        let sms = self.last_message(Channel::Sms).await;
        let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
        let words = sms.body.split(|character: char| !character.is_ascii_alphanumeric());
        words.into_iter().find(is_code).unwrap().to_owned()
    }

    pub(crate) fn phone_server(&self) -> Server {
        Server::new(&self.base_url).unwrap()
    }

    /// A phone that has entered both codes, and only its key is missing.
    pub(crate) async fn confirmed_activation(&self) -> Activation {
        let Invited { code, .. } = self.invite().await;
        let (mut activation, _) = Activation::start(&self.phone_server(), &code, facts()).await.unwrap();
        let confirmation = self.confirmation_code().await;
        activation.confirm(&confirmation).await.unwrap();
        activation
    }

    /// An enrolled phone of a new person.
    pub(crate) async fn enrolled_phone(&self) -> Phone {
        let activation = self.confirmed_activation().await;
        self.enrol(&activation, UserVerification::Biometric).await
    }

    /// A KH user of that company, with a phone.
    pub(crate) async fn administrator_of(&self, company: CompanyId) -> (PersonId, Phone) {
        let person = NewPerson {
            name: "Kaisa Virtanen".to_owned(),
            email: "kaisa.virtanen@kuusi.example".to_owned(),
            phone: PhoneNumber::parse("+358 40 555 0102"),
            language: Language::English,
            role: Role::UserAdministrator,
            access: Access::Browser,
        };
        let person = invite::add_person(&self.services, company, person).await.unwrap();
        (person, self.enrol_person(person).await)
    }

    /// An enrolled phone of that person.
    pub(crate) async fn enrol_person(&self, person: PersonId) -> Phone {
        let Invited { code, .. } = self.invite_person(person).await;
        let (mut activation, _) = Activation::start(&self.phone_server(), &code, facts()).await.unwrap();
        let confirmation = self.confirmation_code().await;
        activation.confirm(&confirmation).await.unwrap();
        self.enrol(&activation, UserVerification::Pin).await
    }

    /// The notice of the new device has left afterwards, so that no later message overtakes it.
    async fn enrol(&self, activation: &Activation, verification: UserVerification) -> Phone {
        let phone = activation.enrol(verification, "").await.unwrap();
        self.messages().await;
        phone
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(&self.base_url, &self.base_url)
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// One number out of the database, over a connection of the test's own.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        self.database.count(sql).await
    }

    /// One text out of the database.
    pub(crate) async fn text(&self, sql: &str) -> String {
        self.database.texts(sql).await.remove(0)
    }
}

fn is_activation_code(word: &str) -> bool {
    let groups: Vec<&str> = word.split('-').collect();
    groups.len() == 3
        && groups
            .iter()
            .all(|group| group.len() == 4 && group.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
