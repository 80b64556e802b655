//! `mobile-sim load`: many complete sign-ins at once, measured.

mod bar;
mod figures;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use clap::Args;
use mobile_sim::load::{ClientSecret, Length, Load, Pace, Plan, Report, open_files_allowed, read_phones};

/// Connections beside those of browsers: phones, the application, and files.
const MORE_FILES: u64 = 200;
/// A browser has its stream and perhaps a second connection; its phone and the application have one each.
const FILES_OF_A_SIGN_IN: u64 = 4;
/// How many sign-ins of the open loop may be on their way at once, in seconds of the rate, before files run out.
const OPEN_LOOP_SECONDS: f64 = 5.0;

#[derive(Args)]
pub(super) struct LoadCommand {
    /// A server; given several times, the nodes of one installation, which browsers and phones take in turn
    #[arg(long = "server", value_name = "URL", required = true)]
    servers: Vec<String>,
    /// The installation's issuer; when left out, the phones', and otherwise the first server
    #[arg(long, value_name = "URL")]
    issuer: Option<String>,
    /// The application's `client_id`
    #[arg(long, value_name = "ID")]
    client_id: String,
    /// The environment variable that holds the application's secret; a public client has none
    #[arg(long, value_name = "NAME", conflicts_with = "client_secret_file")]
    client_secret_env: Option<String>,
    /// The file that holds the application's secret
    #[arg(long, value_name = "FILE")]
    client_secret_file: Option<PathBuf>,
    /// The application's registered address
    #[arg(long, value_name = "URL")]
    redirect_uri: String,
    /// A folder of enrolled phones (see `mobile-sim load-prepare`), or the file of one
    #[arg(long, value_name = "PLACE")]
    phones: Option<PathBuf>,
    /// Closed loop: so many browsers, each of which begins the next sign-in when its last one has ended
    #[arg(long, value_name = "N", conflicts_with = "rate", requires = "phones")]
    browsers: Option<usize>,
    /// Open loop: so many sign-ins a second, whatever happens; latencies count from when each should have begun
    #[arg(long, value_name = "R", requires = "phones")]
    rate: Option<f64>,
    /// Browsers that wait at the sign-in page all the time
    #[arg(long, value_name = "N", default_value_t = 0)]
    waiting: usize,
    /// How long to measure
    #[arg(long, value_name = "S", conflicts_with = "sign_ins", required_unless_present = "sign_ins")]
    seconds: Option<f64>,
    /// How many sign-ins to measure
    #[arg(long, value_name = "K")]
    sign_ins: Option<u64>,
    /// Sign-ins that begin in these first seconds are not measured
    #[arg(long, value_name = "S", default_value_t = 0.0)]
    warm_up: f64,
    /// A server process on this machine whose CPU and memory are reported; may be given several times
    #[arg(long = "server-pid", value_name = "PID")]
    server_pids: Vec<u32>,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Exit with 1 when anything failed, not only when every sign-in did
    #[arg(long)]
    fail_on_error: bool,
    /// Threads of this program; more than one takes CPU from a server on the same machine
    #[arg(long, value_name = "N", default_value_t = 1)]
    threads: usize,
}

impl LoadCommand {
    /// How many threads the program should run on.
    pub(super) const fn threads(&self) -> usize {
        self.threads
    }

    pub(super) async fn run(self) -> anyhow::Result<()> {
        self.check_open_files()?;
        let load = Load::new(self.plan()?)?;
        let bar = tokio::spawn(bar::show(Arc::clone(&load), self.seconds, self.sign_ins));
        let report = load.run().await;
        bar.abort();
        drop(bar.await);
        if self.json {
            println!("{}", serde_json::to_string(&report)?);
        } else {
            figures::print(&report);
        }
        self.judge(&report)
    }

    fn plan(&self) -> anyhow::Result<Plan> {
        let pace = match (self.browsers, self.rate) {
            (Some(browsers), _) => Pace::Closed(browsers),
            (None, Some(rate)) => Pace::Open(rate),
            (None, None) if self.waiting > 0 => Pace::None,
            (None, None) => bail!("nothing to do\nGive --browsers N, --rate R or --waiting N"),
        };
        let length = match self.sign_ins {
            Some(number) => Length::SignIns(number),
            None => Length::Time(seconds("--seconds", self.seconds.unwrap_or_default())?),
        };
        let phones = self.phones.as_deref().map(read_phones).transpose()?.unwrap_or_default();
        ensure!(
            pace == Pace::None || !phones.is_empty(),
            "there is no enrolled phone in --phones\nMake some with: mobile-sim load-prepare"
        );
        Ok(Plan {
            servers: self.servers.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret()?,
            redirect_uri: self.redirect_uri.clone(),
            phones,
            pace,
            length,
            warm_up: seconds("--warm-up", self.warm_up)?,
            waiting: self.waiting,
            server_pids: self.server_pids.clone(),
        })
    }

    fn client_secret(&self) -> anyhow::Result<Option<ClientSecret>> {
        let secret = match (&self.client_secret_env, &self.client_secret_file) {
            (Some(name), _) => {
                std::env::var(name).with_context(|| format!("reading the environment variable {name}"))?
            }
            (None, Some(path)) => {
                std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?
            }
            (None, None) => return Ok(None),
        };
        Ok(Some(ClientSecret(secret.trim().to_owned())))
    }

    /// Running out of files in the middle looks like a server that fails.
    fn check_open_files(&self) -> anyhow::Result<()> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate of people")]
        let open = (self.rate.unwrap_or_default().max(0.0) * OPEN_LOOP_SECONDS) as u64;
        let at_once = u64::try_from(self.browsers.unwrap_or_default())?.saturating_add(open);
        let waiting = u64::try_from(self.waiting)?;
        let needed = at_once.saturating_mul(FILES_OF_A_SIGN_IN).saturating_add(waiting + MORE_FILES);
        let Some(allowed) = open_files_allowed() else { return Ok(()) };
        ensure!(
            needed <= allowed,
            "this needs about {needed} open connections, and the system allows {allowed} to a program\n\
             Run `ulimit -n {needed}` in this shell first (as root, or raise the hard limit in \
             /etc/security/limits.conf); the server needs as many"
        );
        Ok(())
    }

    fn judge(&self, report: &Report) -> anyhow::Result<()> {
        let sign_ins = &report.sign_ins;
        if sign_ins.failed > 0 && sign_ins.completed == 0 {
            bail!("every sign-in failed");
        }
        if report.waiting.is_some_and(|waiting| waiting.held == 0) {
            bail!("no browser was held waiting");
        }
        if self.fail_on_error && !report.errors.is_empty() {
            bail!("there were errors");
        }
        Ok(())
    }
}

fn seconds(option: &str, value: f64) -> anyhow::Result<Duration> {
    Duration::try_from_secs_f64(value).with_context(|| format!("{option} is no number of seconds"))
}
