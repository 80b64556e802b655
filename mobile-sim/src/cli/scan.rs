//! `mobile-sim scan`: read the QR code, show the challenge, sign the answer.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use avain_proto::v1::{Decision, LoginChallenge, PushAddress, PushProvider};
use clap::{Args, ValueEnum};
use mobile_sim::picture::read_png;
use mobile_sim::{OwnerDecision, Phone, Server, check_link};

use super::screenshot::wait_for;
use super::terminal::{ask, printable};

#[derive(Args)]
pub(super) struct Scan {
    /// The file of an enrolled phone
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    #[command(flatten)]
    source: Source,
    /// Wait for the screenshot: --image names a file that is not there yet, or the folder where screenshots go
    #[arg(long, requires = "image")]
    wait: bool,
    /// Where this phone can be pushed to: a registration token of Firebase, which the server is told
    #[arg(long, value_name = "TOKEN")]
    push_token: Option<String>,
    /// Refuse the sign-in, and say why
    #[arg(long, value_name = "REASON")]
    deny: Option<DenyOption>,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Source {
    /// A screenshot of the sign-in page
    #[arg(long, value_name = "PNG")]
    image: Option<PathBuf>,
    /// The text of the QR code
    #[arg(long, value_name = "TEXT")]
    link: Option<String>,
    /// The code that the page shows to whoever cannot scan
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Ask the server which sign-in waits for this phone, as after a push, and take the newest
    #[arg(long)]
    pending: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum DenyOption {
    /// I changed my mind
    Mistake,
    /// Somebody else started this sign-in
    NotMe,
}

impl Scan {
    pub(super) async fn run(self, language: &str) -> anyhow::Result<()> {
        let profile = super::enrolled(&self.profile)?;
        let server = Server::new(&profile.server)?.with_language(language);
        let mut phone = Phone::new(&server, profile)?;
        let provider = PushProvider::Fcm.into();
        phone.push = self.push_token.clone().map(|token| PushAddress { provider, token });
        let challenge = self.claim(&phone).await?;
        show(&challenge);
        let accepted = phone.answer(&challenge, self.decide(&challenge)?).await?;
        println!("{}", outcome(accepted.decision()));
        if accepted.decision() == Decision::Approve && !challenge.return_url.is_empty() {
            println!(
                "The sign-in page is on this phone: open in its browser\n{}",
                printable(&challenge.return_url)
            );
        }
        Ok(())
    }

    async fn claim(&self, phone: &Phone) -> anyhow::Result<LoginChallenge> {
        if self.source.pending {
            let waiting = phone.list_pending().await?;
            let newest = waiting.first().context("no sign-in waits for this phone")?;
            return Ok(phone.claim_pending(newest).await?);
        }
        Ok(match &self.source.code {
            Some(code) => phone.enter_code(code).await?,
            None => phone.scan(&self.text(phone).await?).await?,
        })
    }

    async fn text(&self, phone: &Phone) -> anyhow::Result<String> {
        match (&self.source.image, &self.source.link) {
            (Some(image), _) if self.wait => Ok(wait_for(image, |path| read_image(path, phone)).await),
            (Some(image), _) => read_image(image, phone),
            (None, link) => Ok(link.clone().unwrap_or_default().trim().to_owned()),
        }
    }

    fn decide(&self, challenge: &LoginChallenge) -> anyhow::Result<OwnerDecision> {
        match self.deny {
            Some(DenyOption::Mistake) => Ok(OwnerDecision::Mistake),
            Some(DenyOption::NotMe) => Ok(OwnerDecision::NotMe),
            None if challenge.numbers.is_empty() => Ok(OwnerDecision::Approve),
            None => pick_number(&challenge.numbers),
        }
    }
}

/// A page may show more than one QR code: the one of the phone's own server counts, and otherwise the first, so that the
/// refusal can name it.
fn read_image(path: &Path, phone: &Phone) -> anyhow::Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read the picture {}", path.display()))?;
    let texts = read_png(&bytes).with_context(|| path.display().to_string())?;
    let is_own = |text: &&String| check_link(text, phone.server.address(), &phone.profile.issuer).is_ok();
    let text = texts.iter().find(is_own).or(texts.first());
    text.cloned().with_context(|| format!("no QR code in {}", path.display()))
}

fn show(challenge: &LoginChallenge) {
    println!("Sign in to   {}", printable(&challenge.client_name));
    println!("Company      {}", printable(&challenge.company_name));
    println!("Place        {}", printable(&challenge.place));
    println!("Browser      {}", printable(&challenge.browser));
    println!("The phone shows, and signs:");
    for line in printable(&challenge.display_text).lines() {
        println!("  | {line}");
    }
}

fn pick_number(numbers: &[i32]) -> anyhow::Result<OwnerDecision> {
    let choices: Vec<String> = numbers.iter().map(|number| format!("{number:02}")).collect();
    let question = format!("Which number does the browser show ({})", choices.join(", "));
    let typed = ask(&question, "a line on standard input")?;
    let number = typed.parse().with_context(|| format!("{typed:?} is no number"))?;
    Ok(OwnerDecision::ApproveNumber(number))
}

const fn outcome(decision: Decision) -> &'static str {
    match decision {
        Decision::Approve => "Approved. The browser goes on by itself.",
        Decision::Deny => "Refused. The sign-in is over.",
        Decision::Unspecified => "The server took the answer and does not say how it understood it.",
    }
}
