//! `mobile-sim rotate-key`: another key for the same phone.

use std::path::PathBuf;

use clap::Args;
use mobile_sim::{DeviceKey, EnrolledProfile, Phone, Profile, Server};

#[derive(Args)]
pub(super) struct RotateKey {
    /// The file of an enrolled phone
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
}

impl RotateKey {
    pub(super) async fn run(self, language: &str) -> anyhow::Result<()> {
        let mut profile = super::enrolled(&self.profile)?;
        let server = Server::new(&profile.server)?.with_language(language);
        let key = self.next_key(&mut profile)?;
        let phone = Phone::new(&server, profile)?;
        let renewed = phone.with_key(&key)?;
        // An earlier run may have been interrupted after the server took the key.
        if renewed.list_devices().await.is_err() {
            phone.rotate_key(&key).await?;
        }
        println!("The phone has a new key: {}", renewed.profile.key_thumbprint);
        Ok(Profile::Enrolled(renewed.profile).save(&self.profile)?)
    }

    /// The key is on disk before the server hears of it.
    fn next_key(&self, profile: &mut EnrolledProfile) -> anyhow::Result<DeviceKey> {
        if let Some(pem) = &profile.next_private_key_pem {
            return Ok(DeviceKey::from_pem(pem)?);
        }
        let key = DeviceKey::generate()?;
        profile.next_private_key_pem = Some(key.to_pem()?);
        Profile::Enrolled(profile.clone()).save(&self.profile)?;
        Ok(key)
    }
}
