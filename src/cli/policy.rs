//! `avain policy`: rules that change, and whom a change would hit.

use std::collections::BTreeMap;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::json;

use super::serve::environment;
use super::upkeep::Configuration;
use crate::app;
use crate::domain::os_version::OsVersion;
use crate::domain::platform::MinimumOs;
use crate::flows::forecast;

/// `avain policy …`
#[derive(Subcommand)]
pub(super) enum PolicyCommand {
    /// List the phones that another minimum OS would keep out, and how many each company has.
    Forecast(ForecastArguments),
}

/// Which minimum; what is not given is as the settings say.
#[derive(Args)]
pub(super) struct ForecastArguments {
    #[command(flatten)]
    configuration: Configuration,
    /// The oldest Android, for example 13.
    #[arg(long)]
    android: Option<String>,
    /// The oldest iOS, for example 17 or 16.4.
    #[arg(long)]
    ios: Option<String>,
    /// One line of JSON for each phone, and one with the totals.
    #[arg(long)]
    json: bool,
}

/// Runs `avain policy …`.
pub(super) async fn run(PolicyCommand::Forecast(arguments): PolicyCommand) -> anyhow::Result<()> {
    let settings = arguments.configuration.load()?;
    let services = app::build_existing(&settings, environment(&settings)?).await?;
    let minimum = arguments.minimum(services.os_policy.minimum)?;
    let mut companies: BTreeMap<String, u64> = BTreeMap::new();
    let seen = forecast::run(&services, minimum, |placed| {
        *companies.entry(placed.company.clone()).or_default() += 1;
        let os = format!("{} {}", placed.facts.platform.name(), placed.facts.os_version);
        let model = format!("{} {}", placed.facts.brand, placed.facts.model);
        let last_seen = placed.last_seen_at.millis();
        if arguments.json {
            let line = json!({ "company": placed.company, "person": placed.person, "device": placed.device_id.to_string(),
                "os": os, "model": model, "last_seen_at": last_seen });
            println!("{line}");
        } else {
            println!("{}  {}  {os}  {model}", placed.company, placed.person);
        }
    })
    .await?;
    let hit: u64 = companies.values().sum();
    if arguments.json {
        println!("{}", json!({ "devices": seen, "below_minimum": hit, "companies": companies }));
    } else {
        println!(
            "\n{hit} of {seen} active phones are below Android {} or iOS {}",
            minimum.android, minimum.ios
        );
        for (company, count) in companies {
            println!("  {count:>6}  {company}");
        }
    }
    app::close(&services).await;
    Ok(())
}

impl ForecastArguments {
    fn minimum(&self, current: MinimumOs) -> anyhow::Result<MinimumOs> {
        let read = |text: &Option<String>, parse: fn(&str) -> Option<OsVersion>, otherwise| match text {
            None => Ok(otherwise),
            Some(text) => parse(text).with_context(|| format!("{text} is no version; write for example 13")),
        };
        Ok(MinimumOs {
            android: read(&self.android, OsVersion::parse_android, current.android)?,
            ios: read(&self.ios, OsVersion::parse_ios, current.ios)?,
        })
    }
}
