//! Pushes to iPhones, by the Apple Push Notification service (HTTP/2, token authentication).

use std::time::Duration;

use reqwest::{Client, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::ProviderError;
use super::http::{http2_client, no_answer, provider_url, read, retry_after, within};
use super::provider_token::ProviderTokens;
use crate::domain::message::short;
use crate::domain::push_request::{PushOutcome, PushRequest};
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;

const PRODUCTION: &str = "https://api.push.apple.com";
const SANDBOX: &str = "https://api.sandbox.push.apple.com";

/// How Apple is spoken to.
pub struct ApnsAccount {
    /// The key's file (`.p8`), as Apple made it.
    pub key: Secret<String>,
    /// The key's id.
    pub key_id: String,
    /// The team's id.
    pub team_id: String,
    /// The app's bundle id.
    pub topic: String,
    /// Whether the app is a development build, whose addresses the production service does not know.
    pub is_sandbox: bool,
    /// Another address than Apple's.
    pub base_url: Option<String>,
    /// How long a try may take.
    pub timeout: Duration,
}

/// The Apple Push Notification service.
pub struct ApnsSender {
    http: Client,
    address: Url,
    topic: String,
    tokens: ProviderTokens,
    timeout: Duration,
}

/// One answer, as far as it matters.
struct Answer {
    status: StatusCode,
    reason: String,
    since: Option<Timestamp>,
    pause: Option<Duration>,
}

#[derive(Default, Deserialize)]
struct Trouble {
    #[serde(default)]
    reason: String,
    timestamp: Option<i64>,
}

impl ApnsSender {
    /// Reads the account; speaks to nobody yet.
    pub fn new(account: ApnsAccount) -> Result<Self, ProviderError> {
        let usual = if account.is_sandbox { SANDBOX } else { PRODUCTION };
        Ok(Self {
            http: http2_client(account.timeout)?,
            address: provider_url(account.base_url.as_deref().unwrap_or(usual), "the address")?,
            topic: account.topic,
            tokens: ProviderTokens::new(&account.key, account.key_id, account.team_id)?,
            timeout: account.timeout,
        })
    }

    /// One try, with all that belongs to it.
    pub async fn send(&self, push: &PushRequest, now: Timestamp) -> PushOutcome {
        within(self.timeout, self.try_once(push, now)).await
    }

    /// A provider token that is too old is renewed once.
    async fn try_once(&self, push: &PushRequest, now: Timestamp) -> PushOutcome {
        for is_last in [false, true] {
            let token = match self.tokens.get(now) {
                Ok(token) => token,
                Err(error) => return PushOutcome::Refused(error.to_string()),
            };
            let answer = match self.ask(push, &token, now).await {
                Ok(answer) => answer,
                Err(said) => return PushOutcome::Retry { after: None, said },
            };
            if is_last || !answer.is_stale_token() || !self.tokens.forget(&token, now) {
                return answer.outcome();
            }
        }
        PushOutcome::Refused("403 ExpiredProviderToken".to_owned())
    }

    async fn ask(
        &self,
        push: &PushRequest,
        token: &Secret<String>,
        now: Timestamp,
    ) -> Result<Answer, String> {
        let address = self.address_of(push).ok_or("the address has no path")?;
        let request = self
            .http
            .post(address)
            .header("authorization", format!("bearer {}", token.expose()))
            .header("apns-id", push.id.to_string())
            .header("apns-topic", &self.topic)
            .header("apns-push-type", "alert")
            .header("apns-priority", "10")
            .header("apns-expiration", push.expires_at.seconds().to_string())
            .header("apns-collapse-id", "sign-in");
        match request.json(&body(push)).send().await {
            Ok(response) => Ok(Answer::read(response, push, now).await),
            Err(error) => Err(short(&no_answer(error), push.token.expose())),
        }
    }

    fn address_of(&self, push: &PushRequest) -> Option<Url> {
        let mut address = self.address.clone();
        address.path_segments_mut().ok()?.pop_if_empty().extend(["3", "device", push.token.expose()]);
        Some(address)
    }
}

/// The text is the app's own, found by its key (Apple shows no push to the person that has none): the payload holds an id alone.
fn body(push: &PushRequest) -> Value {
    json!({
        "aps": {"alert": {"loc-key": "sign_in_request"}, "sound": "default"},
        "attempt_id": push.attempt.to_string(),
    })
}

impl Answer {
    async fn read(response: Response, push: &PushRequest, now: Timestamp) -> Self {
        let (status, pause) = (response.status(), retry_after(&response, now));
        let Trouble { reason, timestamp } = serde_json::from_str(&read(response).await).unwrap_or_default();
        let since = timestamp.map(Timestamp::from_millis);
        Self { status, reason: short(&reason, push.token.expose()), since, pause }
    }

    fn is_stale_token(&self) -> bool {
        self.status == StatusCode::FORBIDDEN && self.reason == "ExpiredProviderToken"
    }

    /// Only 410 says that the address is dead. `BadDeviceToken` and `DeviceTokenNotForTopic` are what every address gets when
    /// `sandbox` or `topic` is set wrong, which must not cost everybody their phone.
    fn outcome(self) -> PushOutcome {
        let said = format!("{} {}", self.status.as_u16(), self.reason).trim_end().to_owned();
        match self.status.as_u16() {
            200..=299 => PushOutcome::Delivered,
            410 => PushOutcome::Gone { since: self.since },
            408 | 429 | 500..=599 => PushOutcome::Retry { after: self.pause, said },
            _ => PushOutcome::Refused(said),
        }
    }
}
