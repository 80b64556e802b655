//! `mobile-sim devices`: the owner's phones; one may be taken away.

use std::path::PathBuf;

use avain_proto::v1::RemovalReason;
use clap::Args;
use mobile_sim::{Phone, Server};

use super::terminal::printable;

#[derive(Args)]
pub(super) struct Devices {
    /// The file of an enrolled phone
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    /// Take this phone away
    #[arg(long, value_name = "DEVICE_ID")]
    remove: Option<String>,
    /// It is lost or stolen: sign every browser out as well
    #[arg(long, requires = "remove")]
    lost: bool,
}

impl Devices {
    pub(super) async fn run(self, language: &str) -> anyhow::Result<()> {
        let profile = super::enrolled(&self.profile)?;
        let phone = Phone::new(&Server::new(&profile.server)?.with_language(language), profile)?;
        if let Some(id) = &self.remove {
            let reason = if self.lost { RemovalReason::Lost } else { RemovalReason::Unused };
            phone.remove_device(id, reason).await?;
            println!("Removed. It can no longer sign in.");
            return Ok(());
        }
        for device in phone.list_devices().await? {
            let mark = if device.is_this_device { "  (this phone)" } else { "" };
            let what = [device.name, device.brand, device.model, device.os_version].join("  ");
            println!("{}  {}{mark}", device.device_id, printable(&what));
        }
        Ok(())
    }
}
