//! `avain company` and `avain client`: what must exist before anyone can sign in.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use super::serve::environment;
use crate::app;
use crate::config::Settings;
use crate::domain::client::{ClientMetadata, TokenAlgorithm};
use crate::domain::forward::CALLBACK_PATH;
use crate::domain::language::Language;
use crate::domain::membership::{Access, Role};
use crate::domain::person::PhoneNumber;
use crate::flows::Services;
use crate::flows::clients::{self, NewClient};
use crate::flows::invite::{self, NewPerson};

/// `avain company …`
#[derive(Subcommand)]
pub(super) enum CompanyCommand {
    /// Add a company with its first KH user (user administrator), and print the activation code once.
    Add(CompanyArguments),
}

/// What a new company needs.
#[derive(Args)]
pub(super) struct CompanyArguments {
    /// The server's configuration file.
    #[arg(long, value_name = "FILE", env = "AVAIN_CONFIG")]
    config: PathBuf,
    /// The company's name.
    #[arg(long)]
    name: String,
    /// The KH user's full name.
    #[arg(long)]
    administrator: String,
    /// The KH user's e-mail address.
    #[arg(long)]
    email: String,
    /// The KH user's phone number with its country code, for example "+358 40 123 4567".
    #[arg(long)]
    phone: String,
    /// The KH user's language: fi, sv, en, et or nb.
    #[arg(long, default_value = "fi")]
    language: String,
}

/// `avain client …`
#[derive(Subcommand)]
pub(super) enum ClientCommand {
    /// Register a web application, and print its secret once.
    Add(ClientArguments),
    /// List the registered web applications.
    List(ClientConfig),
    /// Give a web application another secret, and print it once. The present one works for a day longer.
    RotateSecret(RotateArguments),
    /// Remove a web application, its tokens and its right to provision people. Its id is never given again.
    Remove(RemoveArguments),
}

/// Where the server's settings are.
#[derive(Args)]
pub(super) struct ClientConfig {
    /// The server's configuration file.
    #[arg(long, value_name = "FILE", env = "AVAIN_CONFIG")]
    config: PathBuf,
}

/// Which application gets another secret.
#[derive(Args)]
pub(super) struct RotateArguments {
    #[command(flatten)]
    server: ClientConfig,
    /// Its `client_id`.
    #[arg(long)]
    id: String,
    /// For how many hours the present secret works longer; 0 ends it at once, for when it has leaked.
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u64).range(..=720))]
    keep_old_hours: u64,
}

/// Which application is removed.
#[derive(Args)]
pub(super) struct RemoveArguments {
    #[command(flatten)]
    server: ClientConfig,
    /// Its `client_id`.
    #[arg(long)]
    id: String,
}

/// What a new web application needs.
#[derive(Args)]
pub(super) struct ClientArguments {
    /// The server's configuration file.
    #[arg(long, value_name = "FILE", env = "AVAIN_CONFIG")]
    config: PathBuf,
    /// Its `client_id`: letters, digits, dashes.
    #[arg(long)]
    id: String,
    /// Its name as people know it.
    #[arg(long)]
    name: String,
    /// Where codes are sent; may be given several times.
    #[arg(long, required_unless_present = "forward_auth")]
    redirect_uri: Vec<String>,
    /// It knows no OpenID Connect: its reverse proxy asks. The origin that browsers reach it under, a scheme and a host;
    /// may be given several times.
    #[arg(long, value_name = "ORIGIN", conflicts_with_all = ["redirect_uri", "public", "id_token_algorithm"])]
    forward_auth: Vec<String>,
    /// Where browsers are sent that have signed out; may be given several times.
    #[arg(long)]
    post_logout_redirect_uri: Vec<String>,
    /// Where it is told that a session has ended (OpenID Connect Back-Channel Logout).
    #[arg(long)]
    backchannel_logout_uri: Option<String>,
    /// How its ID tokens are signed: RS256 or ES256.
    #[arg(long, default_value = "RS256")]
    id_token_algorithm: String,
    /// It cannot keep a secret: a script in the browser, a native app.
    #[arg(long)]
    public: bool,
}

/// Runs `avain company …`.
pub(super) async fn company(command: CompanyCommand) -> anyhow::Result<()> {
    let CompanyCommand::Add(arguments) = command;
    let phone = PhoneNumber::parse(&arguments.phone)
        .context("--phone: write it with its country code, for example +358401234567")?;
    let language = Language::from_tag(&arguments.language).context("--language: fi, sv, en, et or nb")?;
    let settings = Settings::load(&arguments.config)?;
    let services = app::build(&settings, environment(&settings)?).await?;
    let company = invite::add_company(&services, &arguments.name).await?;
    let administrator = NewPerson {
        name: arguments.administrator,
        email: arguments.email,
        phone: Some(phone),
        language,
        role: Role::UserAdministrator,
        access: Access::Browser,
    };
    let person = invite::add_person(&services, company, administrator).await?;
    let code = invite::invite(&services, person, None).await?;
    println!("Company {company} added. The activation code, valid for 24 hours and shown only now:");
    println!("{}", code.grouped());
    services.db.close().await;
    Ok(())
}

/// Runs `avain client …`.
pub(super) async fn client(command: ClientCommand) -> anyhow::Result<()> {
    match command {
        ClientCommand::Add(arguments) => add_client(arguments).await,
        ClientCommand::List(server) => list_clients(&server).await,
        ClientCommand::RotateSecret(arguments) => rotate_secret(arguments).await,
        ClientCommand::Remove(arguments) => {
            let services = open(&arguments.server).await?;
            clients::remove(&services, &arguments.id).await?;
            println!("{} is removed; nothing that it was given works any longer.", arguments.id);
            services.db.close().await;
            Ok(())
        }
    }
}

async fn open(server: &ClientConfig) -> anyhow::Result<Arc<Services>> {
    let settings = Settings::load(&server.config)?;
    app::build(&settings, environment(&settings)?).await
}

async fn list_clients(server: &ClientConfig) -> anyhow::Result<()> {
    let services = open(server).await?;
    for client in clients::list(&services).await? {
        let kind = match (client.metadata.forward_auth, client.secret_hash.is_some()) {
            (true, _) => "behind a proxy",
            (false, true) => "secret",
            (false, false) => "public",
        };
        println!(
            "{}  {}  {kind}  {}",
            client.id,
            client.name,
            client.metadata.id_token_signed_response_alg.name()
        );
        for uri in &client.redirect_uris {
            println!("    redirect URI              {uri}");
        }
        for uri in &client.post_logout_redirect_uris {
            println!("    post-logout redirect URI  {uri}");
        }
        if let Some(uri) = &client.back_channel_logout_uri {
            println!("    back-channel logout URI   {uri}");
        }
    }
    services.db.close().await;
    Ok(())
}

async fn rotate_secret(arguments: RotateArguments) -> anyhow::Result<()> {
    let services = open(&arguments.server).await?;
    let overlap = Duration::from_secs(arguments.keep_old_hours * 3600);
    let secret = clients::replace_secret(&services, &arguments.id, overlap).await?;
    println!("client_id      {}", arguments.id);
    println!("client_secret  {}  (shown only now)", secret.expose());
    println!("The secret before works for {} more hours.", arguments.keep_old_hours);
    services.db.close().await;
    Ok(())
}

async fn add_client(arguments: ClientArguments) -> anyhow::Result<()> {
    let is_id = (1..=128).contains(&arguments.id.len())
        && arguments.id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    anyhow::ensure!(is_id, "--id: 1 to 128 letters, digits, dashes, dots and underscores");
    let algorithm = TokenAlgorithm::from_name(&arguments.id_token_algorithm);
    let kind = if !arguments.forward_auth.is_empty() {
        ClientMetadata::behind_proxy()
    } else if arguments.public {
        ClientMetadata::public()
    } else {
        ClientMetadata::default()
    };
    let metadata = ClientMetadata {
        id_token_signed_response_alg: algorithm.context("--id-token-algorithm: RS256 or ES256")?,
        ..kind
    };
    let is_forward = metadata.forward_auth;
    let callbacks = arguments.forward_auth.iter().map(|origin| [origin, CALLBACK_PATH].concat()).collect();
    let settings = Settings::load(&arguments.config)?;
    let services = app::build(&settings, environment(&settings)?).await?;
    let new = NewClient {
        id: arguments.id.clone(),
        name: arguments.name,
        redirect_uris: [arguments.redirect_uri, callbacks].concat(),
        post_logout_redirect_uris: arguments.post_logout_redirect_uri,
        back_channel_logout_uri: arguments.backchannel_logout_uri,
        metadata,
    };
    let secret = clients::add(&services, new).await?;
    println!("issuer         {}", services.issuer);
    println!("client_id      {}", arguments.id);
    match secret {
        Some(secret) => println!("client_secret  {}  (shown only now)", secret.expose()),
        None if is_forward => println!("client_secret  none: its reverse proxy asks at /forward-auth"),
        None => println!("client_secret  none: a public client, PKCE alone"),
    }
    services.db.close().await;
    Ok(())
}
