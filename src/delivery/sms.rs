//! SMS by any HTTP gateway.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use url::Url;

use super::ProviderError;
use super::http::{client, provider_url, read};
use crate::domain::message::{Message, Outcome, short};
use crate::domain::secret::Secret;

/// How a gateway is spoken to.
pub struct SmsAccount {
    /// Its address; `{user}` stands for the account.
    pub url: String,
    /// Who SMS come from.
    pub sender: String,
    /// The account.
    pub user: String,
    /// Its password or token.
    pub password: Option<Secret<String>>,
    /// How the account is proved.
    pub proof: Proof,
    /// How the fields are sent.
    pub body: BodyKind,
    /// What is sent. Values may hold `{to}`, `{from}`, `{text}`, `{user}` and `{password}`; a name such as `recipients/0/msisdn`
    /// is a place in JSON.
    pub fields: BTreeMap<String, String>,
    /// How numbers are written.
    pub number: NumberForm,
    /// What an answer must contain.
    pub success_contains: Option<String>,
    /// How long the gateway may take.
    pub timeout: Duration,
}

/// How the account is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// User and password (RFC 7617).
    Basic,
    /// `Authorization: Token …`
    Token,
    /// In the fields, or not at all.
    Fields,
}

/// How the fields are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// By POST, as a form.
    Form,
    /// By POST, as JSON.
    Json,
    /// By GET, in the address.
    Query,
}

/// How numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberForm {
    /// +358401234567
    E164,
    /// 358401234567
    Msisdn,
    /// 00358401234567
    ZeroZero,
}

/// What is known of a gateway beforehand.
pub struct Preset {
    /// Its address, where all customers have the same.
    pub url: Option<&'static str>,
    /// How the account is proved.
    pub proof: Proof,
    /// How the fields are sent.
    pub body: BodyKind,
    /// What is sent.
    pub fields: &'static [(&'static str, &'static str)],
    /// How numbers are written.
    pub number: NumberForm,
    /// What an answer must contain.
    pub success_contains: Option<&'static str>,
}

/// Gateways that are known by name, as their makers describe them.
pub const PRESETS: [(&str, Preset); 6] = [
    (
        "twilio",
        Preset {
            url: Some("https://api.twilio.com/2010-04-01/Accounts/{user}/Messages.json"),
            proof: Proof::Basic,
            body: BodyKind::Form,
            fields: &[("To", "{to}"), ("From", "{from}"), ("Body", "{text}")],
            number: NumberForm::E164,
            success_contains: None,
        },
    ),
    (
        "46elks",
        Preset {
            url: Some("https://api.46elks.com/a1/sms"),
            proof: Proof::Basic,
            body: BodyKind::Form,
            fields: &[("to", "{to}"), ("from", "{from}"), ("message", "{text}")],
            number: NumberForm::E164,
            success_contains: None,
        },
    ),
    (
        "gatewayapi",
        Preset {
            url: Some("https://gatewayapi.com/rest/mtsms"),
            proof: Proof::Token,
            body: BodyKind::Json,
            fields: &[("sender", "{from}"), ("message", "{text}"), ("recipients/0/msisdn", "{to}")],
            number: NumberForm::Msisdn,
            success_contains: None,
        },
    ),
    (
        "link",
        Preset {
            url: None,
            proof: Proof::Basic,
            body: BodyKind::Json,
            fields: &[("source", "{from}"), ("destination", "{to}"), ("userData", "{text}")],
            number: NumberForm::E164,
            success_contains: None,
        },
    ),
    (
        "kannel",
        Preset {
            url: None,
            proof: Proof::Fields,
            body: BodyKind::Query,
            fields: &[
                ("username", "{user}"),
                ("password", "{password}"),
                ("to", "{to}"),
                ("from", "{from}"),
                ("text", "{text}"),
                ("charset", "UTF-8"),
                ("coding", "2"),
            ],
            number: NumberForm::E164,
            success_contains: Some("0: Accepted"),
        },
    ),
    (
        "custom",
        Preset {
            url: None,
            proof: Proof::Basic,
            body: BodyKind::Form,
            fields: &[],
            number: NumberForm::E164,
            success_contains: None,
        },
    ),
];

/// An SMS gateway.
pub struct SmsGateway {
    http: reqwest::Client,
    url: Url,
    account: SmsAccount,
}

impl SmsGateway {
    /// Reads the account.
    pub fn new(account: SmsAccount) -> Result<Self, ProviderError> {
        let text = account.url.replace("{user}", &account.user);
        let url = provider_url(&text, "the gateway's address")?;
        let http = client(account.timeout)
            .build()
            .map_err(|error| ProviderError(format!("making an HTTP client: {error}")))?;
        Ok(Self { http, url, account })
    }

    /// Hands an SMS over.
    pub async fn send(&self, message: &Message) -> Outcome {
        let response = match self.request(message).send().await {
            Ok(response) => response,
            Err(error) if error.is_timeout() => {
                return Outcome::NotNow("the gateway did not answer in time".to_owned());
            }
            // Without the address, which may hold the account's password.
            Err(error) => return Outcome::NotNow(short(&error.without_url().to_string(), &message.to)),
        };
        let status = response.status();
        let answer = read(response).await;
        let said = short(&format!("{} {answer}", status.as_u16()), &message.to);
        let is_taken = status.is_success()
            && self.account.success_contains.as_ref().is_none_or(|mark| answer.contains(mark));
        match status.as_u16() {
            _ if is_taken => Outcome::Accepted(said),
            408 | 429 => Outcome::NotNow(said),
            400..=499 => Outcome::Refused(said),
            _ => Outcome::NotNow(said),
        }
    }

    fn request(&self, message: &Message) -> reqwest::RequestBuilder {
        let fields: Vec<(&str, String)> = self
            .account
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), self.fill(value, message)))
            .collect();
        let request = match self.account.body {
            BodyKind::Form => self.http.post(self.url.clone()).form(&fields),
            BodyKind::Query => self.http.get(self.url.clone()).query(&fields),
            BodyKind::Json => self.http.post(self.url.clone()).json(&json(&fields)),
        };
        let password = self.account.password.as_ref().map(|password| password.expose().as_str());
        // The message's id lets a gateway that knows such keys drop what it has had already.
        let request = request.header("idempotency-key", message.id.to_string());
        match (self.account.proof, password) {
            (Proof::Basic, Some(password)) => request.basic_auth(&self.account.user, Some(password)),
            (Proof::Token, Some(token)) => request.header("authorization", format!("Token {token}")),
            _ => request,
        }
    }

    /// Puts the values in, each once: a text that holds `{to}` stays as it is.
    fn fill(&self, template: &str, message: &Message) -> String {
        let digits = message.to.trim_start_matches('+');
        let to = match self.account.number {
            NumberForm::E164 => message.to.clone(),
            NumberForm::Msisdn => digits.to_owned(),
            NumberForm::ZeroZero => format!("00{digits}"),
        };
        match template {
            "{to}" => to,
            "{from}" => self.account.sender.clone(),
            "{text}" => message.body.clone(),
            "{user}" => self.account.user.clone(),
            "{password}" => {
                self.account.password.as_ref().map(|secret| secret.expose().clone()).unwrap_or_default()
            }
            fixed => fixed.to_owned(),
        }
    }
}

/// The fields as JSON; a name with slashes is a path, and a number in it is a place in a list.
fn json(fields: &[(&str, String)]) -> Value {
    let mut whole = Value::Object(serde_json::Map::new());
    for (name, value) in fields {
        put(&mut whole, name, value);
    }
    whole
}

fn put(at: &mut Value, path: &str, value: &str) {
    let Some((first, rest)) = path.split_once('/') else {
        if let Value::Object(members) = at {
            members.insert(path.to_owned(), Value::from(value));
        }
        return;
    };
    let is_list = rest.split('/').next().is_some_and(|next| next == "0");
    let Value::Object(members) = at else { return };
    let inner = members.entry(first.to_owned()).or_insert_with(|| {
        let object = Value::Object(serde_json::Map::new());
        if is_list { Value::Array(vec![object]) } else { object }
    });
    match (inner, rest.strip_prefix("0/")) {
        (Value::Array(items), Some(rest)) => {
            if let Some(item) = items.first_mut() {
                put(item, rest, value);
            }
        }
        (inner, _) => put(inner, rest, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_slashes_are_places_in_json() {
        let fields = [
            ("sender", "Avain".to_owned()),
            ("recipients/0/msisdn", "358".to_owned()),
            ("a/b", "c".to_owned()),
        ];
        let expected =
            serde_json::json!({"sender": "Avain", "recipients": [{"msisdn": "358"}], "a": {"b": "c"}});
        assert_eq!(json(&fields), expected);
    }
}
