//! Pushes to Android phones, by Firebase Cloud Messaging (HTTP v1).

use std::time::Duration;

use reqwest::{Client, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::ProviderError;
use super::access_token::{AccessTokens, NoToken, ServiceAccount};
use super::http::{http2_client, no_answer, provider_url, read, retry_after, within};
use crate::domain::message::short;
use crate::domain::push_request::{PushOutcome, PushRequest};
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;

/// Where Google listens.
const GOOGLE: &str = "https://fcm.googleapis.com";
/// How long to wait after "too many" when Google does not say (its own advice).
const USUAL_PAUSE: Duration = Duration::from_mins(1);
const ERROR_DETAIL: &str = "type.googleapis.com/google.firebase.fcm.v1.FcmError";

/// How Firebase is spoken to.
pub struct FcmAccount {
    /// The service account's file (JSON), as Google made it.
    pub service_account: Secret<String>,
    /// Another address than Google's.
    pub base_url: Option<String>,
    /// How long a try may take.
    pub timeout: Duration,
}

/// Firebase Cloud Messaging.
pub struct FcmSender {
    http: Client,
    address: Url,
    tokens: AccessTokens,
    timeout: Duration,
}

/// One answer, as far as it matters.
struct Answer {
    status: StatusCode,
    code: String,
    pause: Option<Duration>,
}

#[derive(Deserialize)]
struct Trouble {
    error: Status,
}

#[derive(Deserialize)]
struct Status {
    #[serde(default)]
    status: String,
    #[serde(default)]
    details: Vec<Value>,
}

impl FcmSender {
    /// Reads the account; speaks to nobody yet.
    pub fn new(account: &FcmAccount) -> Result<Self, ProviderError> {
        let service: ServiceAccount = serde_json::from_str(account.service_account.expose())
            .map_err(|error| ProviderError(format!("the service account's file: {error}")))?;
        let http = http2_client(account.timeout)?;
        let mut address = provider_url(account.base_url.as_deref().unwrap_or(GOOGLE), "the address")?;
        address
            .path_segments_mut()
            .map_err(|()| ProviderError("the address has no path".to_owned()))?
            .pop_if_empty()
            .extend(["v1", "projects", &service.project_id, "messages:send"]);
        let tokens = AccessTokens::new(service, http.clone())?;
        Ok(Self { http, address, tokens, timeout: account.timeout })
    }

    /// One try, with all that belongs to it.
    pub async fn send(&self, push: &PushRequest, now: Timestamp) -> PushOutcome {
        within(self.timeout, self.try_once(push, now)).await
    }

    /// An access token that is refused is renewed once.
    async fn try_once(&self, push: &PushRequest, now: Timestamp) -> PushOutcome {
        for is_last in [false, true] {
            let token = match self.tokens.get(now).await {
                Ok(token) => token,
                Err(NoToken::NotNow(said)) => return PushOutcome::Retry { after: None, said },
                Err(NoToken::Refused(said)) => return PushOutcome::Refused(said),
            };
            let answer = match self.ask(push, &token, now).await {
                Ok(answer) => answer,
                Err(said) => return PushOutcome::Retry { after: None, said },
            };
            if is_last || !answer.is_stale_token() {
                return answer.outcome();
            }
            self.tokens.forget(&token).await;
        }
        PushOutcome::Refused("401".to_owned())
    }

    async fn ask(
        &self,
        push: &PushRequest,
        token: &Secret<String>,
        now: Timestamp,
    ) -> Result<Answer, String> {
        let request = self.http.post(self.address.clone()).bearer_auth(token.expose());
        match request.json(&body(push, now)).send().await {
            Ok(response) => Ok(Answer::read(response, push, now).await),
            Err(error) => Err(short(&no_answer(error), push.token.expose())),
        }
    }
}

/// Data alone: what is shown is the app's own text. A newer push takes the place of an older one.
fn body(push: &PushRequest, now: Timestamp) -> Value {
    json!({"message": {
        "token": push.token.expose(),
        "data": {"attempt_id": push.attempt.to_string()},
        "android": {
            "priority": "HIGH",
            "ttl": format!("{}s", push.seconds_left(now)),
            "collapse_key": "sign-in",
        },
    }})
}

impl Answer {
    async fn read(response: Response, push: &PushRequest, now: Timestamp) -> Self {
        let (status, pause) = (response.status(), retry_after(&response, now));
        let code = error_code(&read(response).await);
        Self { status, code: short(&code, push.token.expose()), pause }
    }

    /// Whether the access token was refused, rather than a key that Firebase holds for somebody else's service.
    fn is_stale_token(&self) -> bool {
        self.status == StatusCode::UNAUTHORIZED && self.code != "THIRD_PARTY_AUTH_ERROR"
    }

    /// Only `UNREGISTERED` says that the address is dead. What else is wrong with an address (`INVALID_ARGUMENT`,
    /// `SENDER_ID_MISMATCH`) is as likely to be a wrong setting here, which must not cost everybody their phone.
    fn outcome(self) -> PushOutcome {
        let said = format!("{} {}", self.status.as_u16(), self.code).trim_end().to_owned();
        match self.status.as_u16() {
            200..=299 => PushOutcome::Delivered,
            _ if self.code == "UNREGISTERED" => PushOutcome::Gone { since: None },
            429 => PushOutcome::Retry { after: Some(self.pause.unwrap_or(USUAL_PAUSE)), said },
            408 | 500..=599 => PushOutcome::Retry { after: self.pause, said },
            _ => PushOutcome::Refused(said),
        }
    }
}

/// Firebase's own code, or else the general one; empty when the answer is something else.
fn error_code(answer: &str) -> String {
    let Ok(Trouble { error }) = serde_json::from_str(answer) else { return String::new() };
    let own = error.details.iter().find(|detail| detail.get("@type") == Some(&Value::from(ERROR_DETAIL)));
    let code = own.and_then(|detail| detail.get("errorCode")).and_then(Value::as_str);
    code.map_or(error.status, str::to_owned)
}
