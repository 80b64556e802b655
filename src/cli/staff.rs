//! `avain staff`: the people who support others.

use anyhow::Context as _;
use clap::{Args, Subcommand};

use super::serve::environment;
use super::upkeep::Configuration;
use crate::app;
use crate::domain::language::Language;
use crate::domain::membership::{Access, Role};
use crate::domain::person::{PhoneNumber, parse_email};
use crate::domain::staff::StaffRole;
use crate::flows::Services;
use crate::flows::invite::NewPerson;
use crate::flows::staff;

/// `avain staff …`
#[derive(Subcommand)]
pub(super) enum StaffCommand {
    /// Add somebody to the support staff, and print the activation code once.
    Add(StaffArguments),
    /// List the support staff.
    List(Configuration),
    /// Take somebody off the support staff: they cannot sign in any longer.
    Remove {
        #[command(flatten)]
        configuration: Configuration,
        /// The id that `avain staff list` shows.
        id: String,
    },
}

/// What a new member of the staff needs.
#[derive(Args)]
pub(super) struct StaffArguments {
    #[command(flatten)]
    configuration: Configuration,
    /// Full name.
    #[arg(long)]
    name: String,
    /// E-mail address.
    #[arg(long)]
    email: String,
    /// Phone number with its country code, for example "+358 40 123 4567".
    #[arg(long)]
    phone: String,
    /// Language: fi, sv, en, et or nb.
    #[arg(long, default_value = "fi")]
    language: String,
    /// What they may do: support or lead.
    #[arg(long, default_value = "support")]
    role: String,
    /// The name of the company that the staff belongs to; counts for the first one alone.
    #[arg(long, default_value = "Support")]
    company: String,
}

/// Runs `avain staff …`.
pub(super) async fn run(command: StaffCommand) -> anyhow::Result<()> {
    match command {
        StaffCommand::Add(arguments) => add(arguments).await,
        StaffCommand::List(configuration) => {
            let services = open(&configuration).await?;
            for member in staff::list(&services).await? {
                println!("{}  {:8}  {}  <{}>", member.id, member.role.key(), member.name, member.email);
            }
            services.db.close().await;
            Ok(())
        }
        StaffCommand::Remove { configuration, id } => {
            let person = id.parse().context("write the id that `avain staff list` shows")?;
            let services = open(&configuration).await?;
            let is_removed = staff::remove(&services, person).await?;
            services.db.close().await;
            anyhow::ensure!(is_removed, "nobody of the staff has that id; see `avain staff list`");
            println!("Removed; they cannot sign in any longer.");
            Ok(())
        }
    }
}

async fn add(arguments: StaffArguments) -> anyhow::Result<()> {
    let phone = PhoneNumber::parse(&arguments.phone)
        .context("--phone: write it with its country code, for example +358401234567")?;
    let new = NewPerson {
        name: arguments.name,
        email: parse_email(&arguments.email).context("--email: write an address such as name@company.com")?,
        phone: Some(phone),
        language: Language::from_tag(&arguments.language).context("--language: fi, sv, en, et or nb")?,
        role: Role::User,
        access: Access::Browser,
    };
    let role = StaffRole::from_key(&arguments.role).context("--role: support or lead")?;
    let services = open(&arguments.configuration).await?;
    let (person, code) = staff::add(&services, new, role, &arguments.company).await?;
    println!("Added to the staff as {person}. The activation code, valid for 24 hours and shown only now:");
    println!("{}", code.grouped());
    services.db.close().await;
    Ok(())
}

async fn open(configuration: &Configuration) -> anyhow::Result<std::sync::Arc<Services>> {
    let settings = configuration.load()?;
    app::build(&settings, environment(&settings)?).await
}
