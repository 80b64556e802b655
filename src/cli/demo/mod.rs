//! `avain demo`: the main job, working, with nothing but this program.
//!
//! A temporary folder with SQLite, one company with a KH user and an invited foreign user, a small web application that
//! signs people in through the server, a page that is a phone, and a page with the mails and text messages that went out.

mod application;
mod messages;
mod phone;

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;

use actix_web::web::ServiceConfig;
use anyhow::Context as _;
use serde::Serialize;

use crate::app::{self, Environment, SystemClock};
use crate::config::{
    ActivationSettings, AppSettings, DatabaseSettings, PushSettings, SecondFactorSettings, SecretSettings,
    ServerSettings, Settings,
};
use crate::crypto::random::SystemRandom;
use crate::delivery::Delivery;
use crate::domain::client::ClientMetadata;
use crate::domain::invitation::ActivationCode;
use crate::domain::language::Language;
use crate::domain::membership::{Access, Role};
use crate::domain::person::PhoneNumber;
use crate::flows::Services;
use crate::flows::clients::{self, NewClient};
use crate::flows::invite::{self, NewPerson};

/// What scripts need to know.
#[derive(Serialize)]
struct Ready {
    base_url: String,
    application_url: String,
    phone_url: String,
    messages_url: String,
    activation_code: String,
    administrator_activation_code: String,
}

/// Runs the demo until it is told to stop.
pub(super) async fn run(listen: SocketAddr, json: bool) -> anyhow::Result<()> {
    let listener = TcpListener::bind(listen).with_context(|| {
        format!("listening on {listen}: is another server running there? Try --listen 127.0.0.1:0")
    })?;
    let application_listener =
        TcpListener::bind((listen.ip(), 0)).context("listening for the web application")?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let application_url = format!("http://{}", application_listener.local_addr()?);
    let folder = tempfile::tempdir().context("making a temporary folder")?;

    let services = app::build(&settings(&listener, &base_url, folder.path())?, environment()).await?;
    let [code, administrator_code] = add_people(&services).await?;
    let secret = add_application(&services, &application_url).await?;
    let server = app::serve(&services, listener, mount)?;
    let ready = Ready {
        messages_url: format!("{base_url}/demo/messages"),
        phone_url: format!("{base_url}{}#{}", phone::PATH, code.grouped()),
        base_url,
        application_url,
        activation_code: code.grouped(),
        administrator_activation_code: administrator_code.grouped(),
    };
    let application = application::serve(relying_party(&ready, secret, &services), application_listener)?;
    tell(&ready, json)?;
    let (server, application) = tokio::join!(server, application);
    server.and(application)?;
    services.db.close().await;
    Ok(())
}

fn relying_party(ready: &Ready, client_secret: String, services: &Services) -> application::RelyingParty {
    application::RelyingParty {
        issuer: ready.base_url.clone(),
        client_id: application::CLIENT_ID.to_owned(),
        client_secret,
        own_url: ready.application_url.clone(),
        activation_code: ready.activation_code.clone(),
        phone_url: ready.phone_url.clone(),
        random: Arc::clone(&services.random),
    }
}

fn mount(config: &mut ServiceConfig) {
    messages::mount(config);
    phone::mount(config);
}

fn environment() -> Environment {
    Environment {
        clock: Arc::new(SystemClock::default()),
        random: Arc::new(SystemRandom::open()),
        delivery: Delivery::Mailbox(Arc::default()),
    }
}

fn settings(listener: &TcpListener, base_url: &str, folder: &Path) -> anyhow::Result<Settings> {
    let settings = Settings {
        server: ServerSettings {
            listen: listener.local_addr()?,
            issuer: base_url.to_owned(),
            trusted_proxies: Vec::new(),
        },
        database: DatabaseSettings { data_dir: folder.to_owned(), ..DatabaseSettings::default() },
        secrets: SecretSettings::default(),
        activation: ActivationSettings::default(),
        mail: None,
        sms: None,
        push: PushSettings::default(),
        // A screenshot takes its time.
        second_factor: SecondFactorSettings { oldest_frame_seconds: 5, ..SecondFactorSettings::default() },
        methods: Vec::new(),
        geoip: None,
        app: AppSettings::default(),
    };
    settings.server.check().context("the demo runs on this machine alone: pass --listen 127.0.0.1:PORT")?;
    Ok(settings)
}

/// The codes of the foreign user and of the KH user.
async fn add_people(services: &Services) -> anyhow::Result<[ActivationCode; 2]> {
    let phone = |text| PhoneNumber::parse(text).context("the demo's phone number");
    let company = invite::add_company(services, "Kuusi Books Oy").await?;
    let administrator = NewPerson {
        name: "Aino Korhonen".to_owned(),
        email: "aino.korhonen@kuusi.example".to_owned(),
        phone: Some(phone("+358 40 555 0100")?),
        language: Language::Finnish,
        role: Role::UserAdministrator,
        access: Access::Browser,
    };
    let administrator = invite::add_person(services, company, administrator).await?;
    let foreigner = NewPerson {
        name: "Mart Tamm".to_owned(),
        email: "mart.tamm@kuusi.example".to_owned(),
        phone: Some(phone("+372 5555 0101")?),
        language: Language::English,
        role: Role::User,
        access: Access::Browser,
    };
    let foreigner = invite::add_person(services, company, foreigner).await?;
    let code = invite::invite(services, foreigner, Some(administrator)).await?;
    Ok([code, invite::invite(services, administrator, None).await?])
}

async fn add_application(services: &Services, application_url: &str) -> anyhow::Result<String> {
    let application = NewClient {
        id: application::CLIENT_ID.to_owned(),
        name: "Ledger".to_owned(),
        redirect_uris: vec![format!("{application_url}/callback")],
        post_logout_redirect_uris: Vec::new(),
        back_channel_logout_uri: None,
        metadata: ClientMetadata::default(),
    };
    let secret = clients::add(services, application).await?.context("the application's secret")?;
    Ok(secret.expose().clone())
}

fn tell(ready: &Ready, json: bool) -> anyhow::Result<()> {
    if json {
        println!("{}", serde_json::to_string(ready)?);
        return Ok(());
    }
    let Ready {
        base_url,
        application_url,
        phone_url,
        messages_url,
        activation_code,
        administrator_activation_code,
    } = ready;
    println!(
        "\nAvain is running. Mart Tamm has been invited; be Mart, with a browser alone:\n\n\
         1. Open the web application:                    {application_url}\n\
         2. Press \"Open Mart's phone\": a phone opens beside it, in a window of its own. Press Activate; the confirmation\n\
         \x20  code comes to it as a text message.          ({phone_url})\n\
         3. Press \"Sign in\" in the application, then \"From this screen\" on the phone, and pick the number.\n\n\
         Mails and text messages that went out:          {messages_url}\n\
         A real phone's camera, in your own network:     cargo run -p mobile-sim -- web --server {base_url} --listen 0.0.0.0:8443 --https\n\
         A phone on the command line:                    cargo run -p mobile-sim -- activate --server {base_url} --code {activation_code} --profile phone.json\n\
         Aino Korhonen, the KH user, has been invited too: her phone is {base_url}{path}?phone=aino#{administrator_activation_code}\n\
         and her people are at {base_url}/admin\n\n\
         Press Ctrl-C to stop; everything is forgotten then.",
        path = phone::PATH
    );
    Ok(())
}
