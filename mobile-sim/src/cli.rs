//! The commands, one file for each.

mod activate;
mod devices;
mod facts;
pub(crate) mod failure;
mod load;
mod load_prepare;
mod rotate_key;
mod scan;
mod screenshot;
mod show;
mod terminal;
mod web;

use std::path::Path;

use anyhow::bail;
use clap::{Parser, Subcommand, ValueEnum};
use mobile_sim::{ActivatingProfile, EnrolledProfile, Profile};

/// A phone in software: enrols with an Avain server, scans its QR codes and answers.
#[derive(Parser)]
#[command(name = "mobile-sim", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// The language of the server's texts
    #[arg(long, global = true, default_value = "en")]
    language: Language,
}

#[derive(Subcommand)]
enum Command {
    /// Make this profile an enrolled phone; run it again to go on after an interruption
    Activate(activate::Activate),
    /// Scan the QR code of a sign-in page and answer
    Scan(scan::Scan),
    /// List the owner's phones, or take one away
    Devices(devices::Devices),
    /// Give this phone another key
    RotateKey(rotate_key::RotateKey),
    /// Show what the phone remembers
    Show(show::Show),
    /// Sign in many times at once, with browsers and phones in software, and measure it
    Load(Box<load::LoadCommand>),
    /// Enrol many phones for a load, at a server that prints its SMS
    LoadPrepare(load_prepare::LoadPrepare),
    /// Serve a page that is a phone: in this browser, or with the camera of a real phone
    Web(web::Web),
}

impl Arguments {
    /// How many threads the command should run on.
    pub(crate) fn threads(&self) -> usize {
        match &self.command {
            Command::Load(load) => load.threads(),
            _ => 1,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    Fi,
    Sv,
    En,
    Et,
    Nb,
}

impl Language {
    const fn tag(self) -> &'static str {
        match self {
            Self::Fi => "fi",
            Self::Sv => "sv",
            Self::En => "en",
            Self::Et => "et",
            Self::Nb => "nb",
        }
    }
}

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let language = arguments.language.tag();
    match arguments.command {
        Command::Activate(activate) => activate.run(language).await,
        Command::Scan(scan) => scan.run(language).await,
        Command::Devices(devices) => devices.run(language).await,
        Command::RotateKey(rotate) => rotate.run(language).await,
        Command::Show(show) => show.run(),
        Command::Load(load) => load.run().await,
        Command::LoadPrepare(prepare) => prepare.run(language).await,
        Command::Web(web) => web.run().await,
    }
}

/// The profile of an enrolled phone, or what to do about it.
fn enrolled(path: &Path) -> anyhow::Result<EnrolledProfile> {
    match Profile::load(path)? {
        Some(Profile::Enrolled(profile)) => Ok(profile),
        Some(Profile::Activating(ActivatingProfile { server, .. })) => bail!(
            "the activation of this phone is not finished\nRun: mobile-sim activate --server {server} --profile {}",
            path.display()
        ),
        None => bail!(
            "there is no profile {}\nMake one with: mobile-sim activate --server URL --code CODE --profile {}",
            path.display(),
            path.display()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }
}
