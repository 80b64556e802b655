//! One sign-in: browser, phone and application, from the request to the tokens.

use avain_proto::v1::LoginChallenge;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mobile_sim::{OwnerDecision, Phone};
use serde_json::Value;

use super::super::history::{Act, End};
use super::super::visitor::{Trouble, Visitor, send};
use super::{Load, Refusal};
use crate::harness::browser::{VERIFIER, authorize_parameters, value_after};
use crate::harness::{CLIENT_ID, REDIRECT_URI};

/// What the person has before them after the scan, on the phone and on the page.
pub(in super::super) struct Seen {
    challenge: LoginChallenge,
    number: i32,
}

impl Load {
    /// Signs in to the end, or to the refusal that a lost reply leaves behind.
    pub(in super::super) async fn sign_in(&self, phone: &Phone) {
        let mut visitor = Visitor::new(&self.http, &self.url);
        let Err(refusal) = self.try_sign_in(phone, &mut visitor).await else { return };
        self.unexpected("a sign-in", &refusal);
    }

    async fn try_sign_in(&self, phone: &Phone, visitor: &mut Visitor) -> Result<(), Refusal> {
        let attempt = self.open_page(visitor).await?;
        let seen = self.scan(phone, visitor, &attempt).await?;
        self.approve(phone, &seen, &attempt).await?;
        self.fetch(visitor, &attempt).await
    }

    /// The browser's and the application's part after an approval; `false` when it was refused.
    pub(in super::super) async fn complete(&self, visitor: &mut Visitor, attempt: &str) -> bool {
        let fetched = self.fetch(visitor, attempt).await;
        fetched.map_err(|refusal| self.unexpected("a sign-in", &refusal)).is_ok()
    }

    async fn fetch(&self, visitor: &mut Visitor, attempt: &str) -> Result<(), Refusal> {
        let Some(resume) = self.collect(visitor, attempt).await? else { return Ok(()) };
        let location = self.insist(async || visitor.get(&resume).await).await?.location;
        let code = parameter(&location, "code");
        self.redeem(attempt, &code).await
    }

    /// Gives back the attempt's id.
    pub(in super::super) async fn open_page(&self, visitor: &mut Visitor) -> Result<String, Refusal> {
        let query = serde_urlencoded::to_string(authorize_parameters()).unwrap();
        let ask = format!("/oauth2/authorize?{query}");
        let page = self.insist(async || visitor.get(&ask).await).await?.location;
        let page = self.insist(async || visitor.get(&page).await).await?;
        Ok(value_after(&page.body, "name=\"attempt\" value=\""))
    }

    /// The same frame is sent again after a lost reply; an old one is replaced by the one that the page shows now.
    pub(in super::super) async fn scan(
        &self,
        phone: &Phone,
        visitor: &mut Visitor,
        attempt: &str,
    ) -> Result<Seen, Refusal> {
        loop {
            let frame = self.frame(visitor, attempt).await?;
            match self.insist(async || Ok(phone.scan(&frame).await?)).await {
                Err(refusal) if refusal.code == "frame_expired" => {}
                scanned => {
                    let challenge = scanned?;
                    let number = self.shown(visitor, attempt, "number").await?.parse().unwrap();
                    return Ok(Seen { challenge, number });
                }
            }
        }
    }

    /// What the page shows now.
    pub(in super::super) async fn frame(
        &self,
        visitor: &mut Visitor,
        attempt: &str,
    ) -> Result<String, Refusal> {
        self.shown(visitor, attempt, "frame").await
    }

    async fn shown(&self, visitor: &mut Visitor, attempt: &str, what: &str) -> Result<String, Refusal> {
        let path = format!("/login/state?attempt={attempt}");
        let state = self.insist(async || visitor.get(&path).await).await?.json();
        Ok(state[what].as_str().unwrap().to_owned())
    }

    pub(in super::super) async fn approve(
        &self,
        phone: &Phone,
        seen: &Seen,
        attempt: &str,
    ) -> Result<(), Refusal> {
        self.history.ask(Act::Approve, attempt);
        let decision = OwnerDecision::ApproveNumber(seen.number);
        let answered = self.insist(async || Ok(phone.answer(&seen.challenge, decision).await?)).await;
        match answered {
            Err(refusal) if !(refusal.is_repeated && refusal.code == "attempt_finished") => {
                self.history.end(Act::Approve, attempt, End::Refused(refusal.code.clone()));
                Err(refusal)
            }
            // Its first answer counted.
            Ok(_) | Err(_) => {
                self.history.end(Act::Approve, attempt, End::Done(None));
                Ok(())
            }
        }
    }

    /// Gives back where the browser goes on; `None` when the session went down with a lost reply.
    pub(in super::super) async fn collect(
        &self,
        visitor: &mut Visitor,
        attempt: &str,
    ) -> Result<Option<String>, Refusal> {
        self.history.ask(Act::Collect, attempt);
        let path = format!("/login/collect?attempt={attempt}");
        let collected = self.insist(async || visitor.get(&path).await).await;
        match collected {
            Err(refusal) if !(refusal.is_repeated && refusal.code == "attempt_collected") => {
                self.history.end(Act::Collect, attempt, End::Refused(refusal.code.clone()));
                Err(refusal)
            }
            collected => {
                self.history.end(Act::Collect, attempt, End::Done(None));
                Ok(collected.ok().map(|answer| answer.location))
            }
        }
    }

    pub(in super::super) async fn redeem(&self, attempt: &str, code: &str) -> Result<(), Refusal> {
        self.history.ask(Act::Redeem, attempt);
        match self.insist(async || self.exchange(code).await).await {
            Ok(tokens) => {
                self.history.end(Act::Redeem, attempt, End::Done(Some("token".to_owned())));
                self.history.end(Act::Collect, attempt, End::Done(Some(session_of(&tokens))));
                self.user_info(&tokens).await
            }
            // The first try counted; the second one took its token back (RFC 6749 section 4.1.2).
            Err(refusal) if refusal.is_repeated && refusal.code == "grant_invalid" => {
                self.history.end(Act::Redeem, attempt, End::Done(Some("taken back".to_owned())));
                Ok(())
            }
            Err(refusal) => {
                self.history.end(Act::Redeem, attempt, End::Refused(refusal.code.clone()));
                Err(refusal)
            }
        }
    }

    /// One token request.
    pub(in super::super) async fn exchange(&self, code: &str) -> Result<Value, Trouble> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT_URI),
            ("code_verifier", VERIFIER),
        ];
        let request = self.http.post(format!("{}/oauth2/token", self.url)).form(&form);
        let (answer, _) = send(request.basic_auth(CLIENT_ID, Some(&self.client_secret))).await?;
        Ok(answer.json())
    }

    /// An acknowledged token opens what it is for.
    async fn user_info(&self, tokens: &Value) -> Result<(), Refusal> {
        let token = tokens["access_token"].as_str().unwrap();
        let request = self.http.get(format!("{}/oauth2/userinfo", self.url)).bearer_auth(token);
        self.insist(async || send(request.try_clone().unwrap()).await).await.map(drop)
    }
}

/// The session that an ID token names.
fn session_of(tokens: &Value) -> String {
    let payload = tokens["id_token"].as_str().unwrap().split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    claims["sid"].as_str().unwrap().to_owned()
}

pub(in super::super) fn parameter(location: &str, name: &str) -> String {
    let url = url::Url::parse(location).unwrap();
    let found = url.query_pairs().find(|(key, _)| key == name);
    found.map(|(_, value)| value.into_owned()).unwrap_or_default()
}
