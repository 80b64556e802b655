//! The command line.

mod administration;
mod demo;
mod policy;
mod providers;
mod provisioning;
mod serve;
mod staff;
mod upkeep;

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// A self-hosted sign-in server: phones with hardware keys, QR codes, OpenID Connect.
#[derive(Parser)]
#[command(name = "avain", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the main job working: a server with sample people and a small web application, in a temporary folder.
    Demo {
        /// Where to listen; port 0 takes a free one.
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// Print one line of JSON when ready, for scripts.
        #[arg(long)]
        json: bool,
    },
    /// Run the server.
    Serve {
        /// The configuration file.
        #[arg(long, value_name = "FILE", env = "AVAIN_CONFIG")]
        config: PathBuf,
    },
    /// Companies.
    #[command(subcommand)]
    Company(administration::CompanyCommand),
    /// Web applications that sign people in through this server.
    #[command(subcommand)]
    Client(administration::ClientCommand),
    /// Support staff.
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    /// Provisioning by web applications (SCIM).
    #[command(subcommand)]
    Scim(provisioning::ScimCommand),
    /// Rules that change, and whom a change would hit.
    #[command(subcommand)]
    Policy(policy::PolicyCommand),
    /// The mail server.
    #[command(subcommand)]
    Mail(providers::MailCommand),
    /// The SMS gateway.
    #[command(subcommand)]
    Sms(providers::SmsCommand),
    /// Keys that sign tokens.
    #[command(subcommand)]
    Keys(upkeep::KeysCommand),
    /// Check the audit log's hash chains and signed statements; name the first row that does not fit.
    VerifyAudit(upkeep::VerifyAudit),
    /// Check again the signature behind every sign-in ever made.
    VerifyLogins(upkeep::Configuration),
    /// Copy the SQLite database of a running server.
    Backup(upkeep::Backup),
    /// Void sessions, codes, attempts and invitations: after a PostgreSQL database was put back from a copy.
    VoidOpen(upkeep::Configuration),
}

/// Runs the command that the arguments name; errors go to standard error as people read them.
pub async fn run() -> ExitCode {
    let arguments = Arguments::parse();
    log(if matches!(arguments.command, Command::Serve { .. }) {
        "info,actix_server=warn,sqlx=warn"
    } else {
        "warn"
    });
    let done = execute(arguments.command).await;
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("avain: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn execute(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Demo { listen, json } => demo::run(listen, json).await,
        Command::Serve { config } => serve::run(&config).await,
        Command::Company(command) => administration::company(command).await,
        Command::Client(command) => administration::client(command).await,
        Command::Staff(command) => staff::run(command).await,
        Command::Scim(command) => provisioning::scim(command).await,
        Command::Policy(command) => policy::run(command).await,
        Command::Mail(command) => providers::mail(command).await,
        Command::Sms(command) => providers::sms(command).await,
        Command::Keys(command) => upkeep::keys(command).await,
        Command::VerifyAudit(command) => upkeep::verify_audit(command).await,
        Command::VerifyLogins(configuration) => upkeep::verify_logins(configuration).await,
        Command::Backup(command) => upkeep::write_backup(command).await,
        Command::VoidOpen(configuration) => upkeep::void_open(configuration).await,
    }
}

/// The log goes to standard error; `RUST_LOG` decides what is in it.
fn log(default: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    let is_terminal = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(is_terminal)
        .with_writer(std::io::stderr)
        .init();
}
