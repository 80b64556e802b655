//! Commands for whoever keeps the server running: keys, checks, copies.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use super::serve::environment;
use crate::app;
use crate::config::Settings;
use crate::flows::{Services, audit_log, backup, signing_keys, verify_logins};
use crate::routes::read_kept_answer;

/// The server's configuration.
#[derive(Args)]
pub(super) struct Configuration {
    /// The server's configuration file.
    #[arg(long, value_name = "FILE", env = "AVAIN_CONFIG")]
    config: PathBuf,
}

impl Configuration {
    /// The settings in it.
    pub(super) fn load(&self) -> anyhow::Result<Settings> {
        Ok(Settings::load(&self.config)?)
    }
}

/// `avain keys …`
#[derive(Subcommand)]
pub(super) enum KeysCommand {
    /// Make the next keys that sign tokens: published now, in use after a day.
    Rotate(Configuration),
}

/// `avain verify-audit`
#[derive(Args)]
pub(super) struct VerifyAudit {
    #[command(flatten)]
    configuration: Configuration,
    /// Check against statements that were exported earlier, one on each line.
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Print signed statements of how long the audit chains are, to be kept outside this machine.
    #[arg(long)]
    export: bool,
}

/// `avain backup`
#[derive(Args)]
pub(super) struct Backup {
    #[command(flatten)]
    configuration: Configuration,
    /// The file to make; it must not exist.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

async fn open(configuration: &Configuration) -> anyhow::Result<Arc<Services>> {
    let settings = configuration.load()?;
    app::build_existing(&settings, environment(&settings)?).await
}

/// Runs `avain keys …`.
pub(super) async fn keys(command: KeysCommand) -> anyhow::Result<()> {
    let KeysCommand::Rotate(configuration) = command;
    let services = open(&configuration).await?;
    let is_made = signing_keys::rotate(&services).await?;
    services.db.close().await;
    let hours = signing_keys::OVERLAP.as_secs() / 3600;
    if is_made {
        println!(
            "New keys are published. They sign tokens {hours} hours from now; running servers need no restart."
        );
    } else {
        println!("New keys wait already, published but not in use yet. Nothing was changed.");
    }
    Ok(())
}

/// Runs `avain verify-audit`.
pub(super) async fn verify_audit(command: VerifyAudit) -> anyhow::Result<()> {
    let exported = command.against.as_deref().map(read_lines).transpose()?.unwrap_or_default();
    let services = open(&command.configuration).await?;
    let report = audit_log::verify(&services, &exported).await?;
    let statements = if command.export { audit_log::find_statements(&services).await? } else { Vec::new() };
    services.db.close().await;
    for statement in statements {
        println!("{statement}");
    }
    let audit_log::AuditReport { rows, chains, heads, faults } = report;
    for fault in &faults {
        println!("{fault}");
    }
    anyhow::ensure!(
        faults.is_empty(),
        "the audit log was tampered with, or damaged ({rows} rows, {chains} chains)"
    );
    eprintln!("The audit log is whole: {rows} rows in {chains} chains, {heads} signed statements.");
    Ok(())
}

/// Runs `avain verify-logins`.
pub(super) async fn verify_logins(configuration: Configuration) -> anyhow::Result<()> {
    let services = open(&configuration).await?;
    let report = verify_logins::verify(&services, read_kept_answer).await?;
    services.db.close().await;
    for unproven in &report.unproven {
        println!("{unproven}");
    }
    anyhow::ensure!(report.unproven.is_empty(), "there are sessions that no signed answer stands behind");
    println!(
        "Every sign-in is proven: {} sessions, each with an answer signed by its device.",
        report.sessions
    );
    Ok(())
}

/// Runs `avain backup`.
pub(super) async fn write_backup(command: Backup) -> anyhow::Result<()> {
    let services = open(&command.configuration).await?;
    let done = backup::write_copy(&services, &command.to).await;
    services.db.close().await;
    done?;
    println!(
        "{} is a whole copy. The master secret (master.key) is not in it: keep that apart.",
        command.to.display()
    );
    println!(
        "To restore: stop the server, put the copy in place of avain.db, delete avain.db-wal and avain.db-shm, start."
    );
    Ok(())
}

/// Runs `avain void-open`.
pub(super) async fn void_open(configuration: Configuration) -> anyhow::Result<()> {
    let services = open(&configuration).await?;
    let voided = backup::void_open(&services).await?;
    services.db.close().await;
    println!(
        "Void now: {} sessions, {} codes, {} attempts, {} invitations, {} messages.",
        voided.sessions, voided.codes, voided.attempts, voided.invitations, voided.messages
    );
    Ok(())
}

fn read_lines(file: &Path) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}
