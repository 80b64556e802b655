//! `avain scim`: tokens by which web applications look after the people of companies.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use super::serve::environment;
use crate::app;
use crate::config::Settings;
use crate::domain::ids::{CompanyId, ScimTokenId};
use crate::domain::time::Timestamp;
use crate::flows::scim::{self, NewToken};

/// `avain scim …`
#[derive(Subcommand)]
pub(super) enum ScimCommand {
    /// Tokens.
    #[command(subcommand)]
    Token(TokenCommand),
}

/// `avain scim token …`
#[derive(Subcommand)]
pub(super) enum TokenCommand {
    /// Make a token for a web application, and print it once.
    Add(AddArguments),
    /// List the tokens that are good.
    List {
        /// The server's configuration file.
        #[arg(long, value_name = "FILE", env = "AVAIN_CONFIG")]
        config: PathBuf,
    },
    /// Revoke a token; the next request with it is refused.
    Revoke {
        /// The server's configuration file.
        #[arg(long, value_name = "FILE", env = "AVAIN_CONFIG")]
        config: PathBuf,
        /// The token's id, as `list` shows it.
        #[arg(long)]
        id: String,
    },
}

/// For whom a token is.
#[derive(Args)]
pub(super) struct AddArguments {
    /// The server's configuration file.
    #[arg(long, value_name = "FILE", env = "AVAIN_CONFIG")]
    config: PathBuf,
    /// The application's `client_id`.
    #[arg(long)]
    client: String,
    /// The id of a company; may be given several times. New people go to the first, unless the application names another.
    #[arg(long, value_name = "ID", required_unless_present = "all_companies")]
    company: Vec<String>,
    /// Good for every company, now and later; such a token may also add companies.
    #[arg(long)]
    all_companies: bool,
}

/// Runs `avain scim …`.
pub(super) async fn scim(ScimCommand::Token(command): ScimCommand) -> anyhow::Result<()> {
    match command {
        TokenCommand::Add(arguments) => add(arguments).await,
        TokenCommand::List { config } => list(&config).await,
        TokenCommand::Revoke { config, id } => {
            let id: ScimTokenId = id.parse().context("--id: avain scim token list shows the ids")?;
            let settings = Settings::load(&config)?;
            let services = app::build(&settings, environment(&settings)?).await?;
            scim::revoke_token(&services, id).await?;
            println!("Token {id} is revoked.");
            services.db.close().await;
            Ok(())
        }
    }
}

async fn add(arguments: AddArguments) -> anyhow::Result<()> {
    let read =
        |id: &String| id.parse::<CompanyId>().with_context(|| format!("--company {id}: not a company's id"));
    let companies = arguments.company.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let settings = Settings::load(&arguments.config)?;
    let services = app::build(&settings, environment(&settings)?).await?;
    let new = NewToken { client: arguments.client, companies, is_for_all: arguments.all_companies };
    let (id, token) = scim::add_token(&services, new).await?;
    println!("address  {}/scim/v2", services.issuer);
    println!("id       {id}");
    println!("token    {}  (shown only now)", token.expose());
    services.db.close().await;
    Ok(())
}

async fn list(config: &std::path::Path) -> anyhow::Result<()> {
    let settings = Settings::load(config)?;
    let services = app::build(&settings, environment(&settings)?).await?;
    for (token, companies) in scim::list_tokens(&services).await? {
        let used =
            token.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("used {}", day(at)));
        let companies: Vec<String> = companies.iter().map(ToString::to_string).collect();
        let reach = if token.is_for_all { "all companies".to_owned() } else { companies.join(" ") };
        println!("{}  {}  made {}  {used}  {reach}", token.id, token.client_id, day(token.created_at));
    }
    services.db.close().await;
    Ok(())
}

/// Seconds since 1970, which `date -d @…` reads.
fn day(at: Timestamp) -> String {
    format!("@{}", at.seconds())
}
