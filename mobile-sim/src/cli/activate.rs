//! `mobile-sim activate`: from an activation code to an enrolled phone, and on from wherever it was interrupted.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use avain_proto::v1::{ActivationStarted, UserVerification};
use clap::Args;
use mobile_sim::{ActivatingProfile, Activation, Phone, PhoneError, Profile, Server};

use super::facts::FactOptions;
use super::failure::refused;
use super::terminal::{ask, printable};

const SEND_AGAIN: &str = "again";

#[derive(Args)]
pub(super) struct Activate {
    /// The server's address, for example `https://login.example.com`
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// The activation code from the e-mail
    #[arg(long)]
    code: Option<String>,
    /// The six digits from the SMS
    #[arg(long, value_name = "N")]
    confirmation_code: Option<String>,
    /// The file that remembers this phone; it will hold its private key
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    #[command(flatten)]
    facts: FactOptions,
}

impl Activate {
    pub(super) async fn run(self, language: &str) -> anyhow::Result<()> {
        let mut activation = self.open(language)?;
        if activation.profile.server_nonce.is_empty() {
            self.prove_the_codes(&mut activation).await?;
        } else {
            eprintln!("The codes were accepted before; enrolling the phone.");
        }
        let phone = self.enrol(&mut activation).await?;
        Profile::Enrolled(phone.profile.clone()).save(&self.profile)?;
        welcome(&phone, &self.profile);
        Ok(())
    }

    /// The activation of the profile file if it holds one for this code, otherwise a new one, saved before anything is
    /// sent: after a lost reply the server knows the phone by its secret.
    fn open(&self, language: &str) -> anyhow::Result<Activation> {
        let interrupted = match Profile::load(&self.profile)? {
            Some(Profile::Enrolled(phone)) => bail!(
                "{} is an enrolled phone of {} already\nUse another file as --profile for one more phone",
                self.profile.display(),
                printable(&phone.person_name)
            ),
            Some(Profile::Activating(profile)) => Some(profile),
            None => None,
        };
        let server = self.server(interrupted.as_ref())?.with_language(language);
        let activation = match interrupted {
            Some(profile) if profile.server != server.address() => bail!(
                "{} is in the middle of an activation with {}\nUse another file as --profile",
                self.profile.display(),
                profile.server
            ),
            Some(profile) => self.go_on(&server, profile)?,
            None => Activation::prepare(&server, &self.code()?, self.facts.over(None))?,
        };
        save(&activation, &self.profile)?;
        Ok(activation)
    }

    fn server(&self, interrupted: Option<&ActivatingProfile>) -> anyhow::Result<Server> {
        let address = match (&self.server, interrupted) {
            (Some(address), _) => address.clone(),
            (None, Some(profile)) => profile.server.clone(),
            (None, None) => ask("Server address", "--server URL")?,
        };
        Ok(Server::new(&address)?)
    }

    fn code(&self) -> anyhow::Result<String> {
        self.code.clone().map_or_else(|| ask("Activation code", "--code CODE"), Ok)
    }

    /// With another code the phone keeps its secret, so that a slip of the finger does not lock it out of the first one.
    fn go_on(&self, server: &Server, mut profile: ActivatingProfile) -> anyhow::Result<Activation> {
        let code = self.code.clone().unwrap_or_else(|| profile.activation_code.clone());
        profile.facts = self.facts.over(Some(profile.facts));
        if same_code(&code, &profile.activation_code) {
            return Ok(Activation::resume(server, profile)?);
        }
        let mut activation = Activation::prepare(server, &code, profile.facts)?;
        activation.profile.installation_secret = profile.installation_secret;
        Ok(activation)
    }

    async fn prove_the_codes(&self, activation: &mut Activation) -> anyhow::Result<()> {
        let started = activation.begin().await?;
        save(activation, &self.profile)?;
        announce(&started);
        match &self.confirmation_code {
            Some(code) => drop(activation.confirm(code).await?),
            None => ask_until_confirmed(activation).await?,
        }
        save(activation, &self.profile)
    }

    /// When the time to enrol has run out since the codes were accepted, the next run begins with the activation code.
    async fn enrol(&self, activation: &mut Activation) -> anyhow::Result<Phone> {
        let error = match activation.enrol(UserVerification::Biometric, "").await {
            Ok(phone) => return Ok(phone),
            Err(error) => error,
        };
        let is_too_late = matches!(
            error.code(),
            Some("enrolment_expired" | "enrolment_unknown" | "nonce_mismatch" | "confirmation_missing")
        );
        if is_too_late {
            activation.profile.server_nonce.clear();
            save(activation, &self.profile)?;
        }
        Err(error.into())
    }
}

async fn ask_until_confirmed(activation: &mut Activation) -> anyhow::Result<()> {
    eprintln!("Type the six digits, or \"{SEND_AGAIN}\" to have them sent once more.");
    loop {
        let typed = ask("Confirmation code", "--confirmation-code N")?;
        let result = if typed == SEND_AGAIN {
            activation.resend().await.map(|started| announce(&started))
        } else {
            match activation.confirm(&typed).await {
                Ok(_) => return Ok(()),
                Err(error) => Err(error),
            }
        };
        match result {
            Ok(()) => {}
            Err(PhoneError::Refused(refusal)) if may_try_again(&refusal) => {
                eprintln!("{}", refused(&refusal));
            }
            Err(error) => return Err(error.into()),
        }
    }
}

fn may_try_again(refusal: &mobile_sim::Refusal) -> bool {
    match refusal.code.as_str() {
        "confirmation_code_wrong" => refusal.number("tries_left").is_some_and(|tries| tries > 0),
        "confirmation_sends_exhausted" => true,
        _ => false,
    }
}

fn announce(started: &ActivationStarted) {
    let (person, company) = (printable(&started.person_name), printable(&started.company_name));
    eprintln!("Activating the phone of {person}, {company}.");
    let left = (started.confirmation_expires_at - started.server_time).max(0);
    let minutes = left.saturating_add(59_999) / 60_000;
    eprintln!(
        "A confirmation code was sent to {}; it is good for {minutes} minutes (tries left: {}, sends left: {}).",
        printable(&started.masked_phone),
        started.tries_left,
        started.sends_left
    );
}

fn welcome(phone: &Phone, path: &Path) {
    println!("This phone is enrolled.");
    println!("  Person   {}", printable(&phone.profile.person_name));
    println!("  Company  {}", printable(&phone.profile.company_name));
    println!("  Server   {}", phone.profile.server);
    println!("  Device   {}", printable(&phone.profile.device_id));
    println!("Sign in with: mobile-sim scan --profile {} --image SCREENSHOT.png", path.display());
}

fn save(activation: &Activation, path: &Path) -> anyhow::Result<()> {
    Profile::Activating(activation.profile.clone())
        .save(path)
        .context("nothing can be enrolled without a profile")
}

/// The server reads codes without regard to case, blanks and dashes, and so does the comparison.
fn same_code(one: &str, other: &str) -> bool {
    let normal = |code: &str| -> String {
        let kept = code.chars().filter(char::is_ascii_alphanumeric);
        kept.map(|character| match character.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            upper => upper,
        })
        .collect()
    };
    normal(one) == normal(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        assert!(same_code("7KQF-29XM-01AB", " 7kqf 29xm oiab"));
        assert!(!same_code("7KQF-29XM-01AB", "7KQF-29XM-01AC"));
    }
}
