//! Phones for a load: one after the other is activated, with a code from a list and the SMS that the server prints.

use std::path::{Path, PathBuf};
use std::time::Duration;

use avain_proto::v1::{PlatformFacts, UserVerification};
use tokio::time::{Instant, sleep};

use super::messages::Messages;
use crate::activation::Activation;
use crate::error::PhoneError;
use crate::profile::{Profile, ProfileError};
use crate::server::Server;

const SMS_TIMEOUT: Duration = Duration::from_secs(15);
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// A phone that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The server refused, or did not answer.
    #[error(transparent)]
    Phone(#[from] PhoneError),
    /// The profile cannot be kept.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The messages cannot be read.
    #[error("cannot read the server's messages")]
    Messages(#[source] std::io::Error),
    /// No SMS came.
    #[error("no SMS came within {} seconds; is that the server's standard output?", SMS_TIMEOUT.as_secs())]
    NoSms,
}

/// What enrolling phones needs.
pub struct Enrolment {
    /// Where they enrol.
    pub server: Server,
    /// What they say of themselves.
    pub facts: PlatformFacts,
    /// Where the confirmation codes come.
    pub messages: Messages,
    /// Where the profiles go.
    pub folder: PathBuf,
}

impl Enrolment {
    /// Makes the phone of this number; gives back `false` when it is there already. One at a time: an SMS does not say
    /// which activation it belongs to. Repeated after a failure it goes on with the same secret and key.
    pub async fn enrol(&mut self, number: usize, activation_code: &str) -> Result<bool, EnrolError> {
        let path = self.folder.join(format!("phone-{number:05}.json"));
        let mut activation = match Profile::load(&path)? {
            Some(Profile::Enrolled(_)) => return Ok(false),
            Some(Profile::Activating(before)) if before.activation_code == activation_code => {
                Activation::resume(&self.server, before)?
            }
            Some(Profile::Activating(_)) | None => {
                Activation::prepare(&self.server, activation_code, self.facts.clone())?
            }
        };
        save(&activation, &path)?;
        let is_repeated = activation.profile.enrolment_id.is_some();
        self.messages.new_codes().map_err(EnrolError::Messages)?;
        activation.begin().await?;
        save(&activation, &path)?;
        if is_repeated {
            activation.resend().await?;
        }
        let code = self.confirmation_code().await?;
        activation.confirm(&code).await?;
        let phone = activation.enrol(UserVerification::Biometric, "").await?;
        Profile::Enrolled(phone.profile).save(&path)?;
        Ok(true)
    }

    async fn confirmation_code(&mut self) -> Result<String, EnrolError> {
        let begun = Instant::now();
        while begun.elapsed() < SMS_TIMEOUT {
            let codes = self.messages.new_codes().map_err(EnrolError::Messages)?;
            if let Some(code) = codes.into_iter().next_back() {
                return Ok(code);
            }
            sleep(LOOK_EVERY).await;
        }
        Err(EnrolError::NoSms)
    }
}

fn save(activation: &Activation, path: &Path) -> Result<(), ProfileError> {
    Profile::Activating(activation.profile.clone()).save(path)
}
