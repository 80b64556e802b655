//! The command line.

mod administration;
mod demo;
mod serve;

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
}

/// Runs the command that the arguments name; errors go to standard error as people read them.
pub async fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Demo { listen, json } => {
            log("warn");
            demo::run(listen, json).await
        }
        Command::Serve { config } => {
            log("info,actix_server=warn,sqlx=warn");
            serve::run(&config).await
        }
        Command::Company(command) => {
            log("warn");
            administration::company(command).await
        }
        Command::Client(command) => {
            log("warn");
            administration::client(command).await
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("avain: {error:#}");
            ExitCode::FAILURE
        }
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
