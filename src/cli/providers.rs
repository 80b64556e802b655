//! `avain mail test` and `avain sms test`: whether messages would leave.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use crate::app;
use crate::config::Settings;
use crate::crypto::random::SystemRandom;
use crate::domain::ids::MessageId;
use crate::domain::message::{Channel, Message, Outcome};
use crate::domain::person::{PhoneNumber, parse_email};
use crate::domain::time::Clock as _;

/// `avain mail …`
#[derive(Subcommand)]
pub(super) enum MailCommand {
    /// Send a test mail now, past the outbox, and say what the mail server answered.
    Test(TestArguments),
}

/// `avain sms …`
#[derive(Subcommand)]
pub(super) enum SmsCommand {
    /// Send a test SMS now, past the outbox and its budget, and say what the gateway answered.
    Test(TestArguments),
}

/// Where to.
#[derive(Args)]
pub(super) struct TestArguments {
    /// An e-mail address, or a phone number with its country code.
    to: String,
    /// The server's configuration file.
    #[arg(long, value_name = "FILE", env = "AVAIN_CONFIG")]
    config: PathBuf,
}

/// Runs `avain mail …`.
pub(super) async fn mail(MailCommand::Test(arguments): MailCommand) -> anyhow::Result<()> {
    let to = parse_email(&arguments.to).context("write an e-mail address, for example name@company.com")?;
    send(&arguments, Channel::Mail, to).await
}

/// Runs `avain sms …`.
pub(super) async fn sms(SmsCommand::Test(arguments): SmsCommand) -> anyhow::Result<()> {
    let to = PhoneNumber::parse(&arguments.to)
        .context("write the number with its country code, for example +358401234567")?;
    send(&arguments, Channel::Sms, to.as_str().to_owned()).await
}

async fn send(arguments: &TestArguments, channel: Channel, to: String) -> anyhow::Result<()> {
    let settings = Settings::load(&arguments.config)?;
    let is_set = if channel == Channel::Mail { settings.mail.is_some() } else { settings.sms.is_some() };
    anyhow::ensure!(is_set, "the configuration has no [{}]: messages are printed", channel.key());
    let now = app::SystemClock::default().now();
    let message = Message {
        id: MessageId::generate(now, &SystemRandom::open())?,
        channel,
        to,
        subject: "Avain: test".to_owned(),
        body: "This is a test message of the sign-in server Avain.".to_owned(),
    };
    match app::delivery(&settings)?.send(&message).await {
        Outcome::Accepted(said) => println!("accepted: {said}"),
        Outcome::Refused(said) => anyhow::bail!("refused for ever: {said}"),
        Outcome::NotNow(said) => anyhow::bail!("not handed over; the server would try again: {said}"),
    }
    Ok(())
}
