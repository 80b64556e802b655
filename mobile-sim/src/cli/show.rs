//! `mobile-sim show`: what the phone remembers, without its secrets.

use std::path::PathBuf;

use clap::Args;
use mobile_sim::{ActivatingProfile, EnrolledProfile, Profile};

use super::facts::describe;
use super::terminal::printable;

#[derive(Args)]
pub(super) struct Show {
    /// The file that remembers the phone
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
}

impl Show {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match Profile::load(&self.profile)? {
            Some(Profile::Activating(profile)) => show_activating(&profile),
            _ => show_enrolled(&super::enrolled(&self.profile)?),
        }
        Ok(())
    }
}

fn show_activating(profile: &ActivatingProfile) {
    let step = match (&profile.enrolment_id, profile.server_nonce.is_empty()) {
        (None, _) => "the activation code is to be sent",
        (Some(_), true) => "waiting for the confirmation code",
        (Some(_), false) => "the codes were accepted, the key is to be enrolled",
    };
    println!("State    activating: {step}");
    println!("Server   {}", profile.server);
    println!("Phone    {}", describe(&profile.facts));
    println!("Run mobile-sim activate with the same --profile to go on.");
}

fn show_enrolled(profile: &EnrolledProfile) {
    println!("State    enrolled");
    println!("Person   {}", printable(&profile.person_name));
    println!("Company  {}", printable(&profile.company_name));
    println!("Server   {}", profile.server);
    println!("Issuer   {}", printable(&profile.issuer));
    println!("Device   {}", printable(&profile.device_id));
    println!("Key      {}", profile.key_thumbprint);
    println!("Phone    {}", describe(&profile.facts));
}
