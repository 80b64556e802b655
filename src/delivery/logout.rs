//! Logout tokens to web applications (OpenID Connect Back-Channel Logout 1.0, section 2.5).

use std::time::Duration;

use reqwest::Client;

use super::ProviderError;
use super::http::{client, no_answer, read};
use crate::domain::message::{Outcome, short};

/// How long an application may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Tells applications that a session has ended.
pub struct LogoutSender(Client);

impl LogoutSender {
    /// Makes the HTTP client.
    pub fn new() -> Result<Self, ProviderError> {
        let built = client(TIMEOUT).build();
        built.map(Self).map_err(|error| ProviderError(format!("making an HTTP client: {error}")))
    }

    /// Sends a token to the address that the operator registered. What an application refuses as wrong (400) is not tried again;
    /// everything else may pass.
    pub async fn send(&self, uri: &str, token: &str) -> Outcome {
        match self.0.post(uri).form(&[("logout_token", token)]).send().await {
            Err(error) => Outcome::NotNow(no_answer(error)),
            Ok(response) if response.status().is_success() => {
                Outcome::Accepted(response.status().as_u16().to_string())
            }
            Ok(response) => {
                let status = response.status();
                let said = short(&format!("{} {}", status.as_u16(), read(response).await), "");
                if status.as_u16() == 400 { Outcome::Refused(said) } else { Outcome::NotNow(said) }
            }
        }
    }
}
