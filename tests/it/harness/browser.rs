//! A browser: cookies, redirects followed by hand, the sign-in page.

use std::collections::BTreeMap;
use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mobile_sim::{OwnerDecision, Phone};
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE, USER_AGENT};
use reqwest::redirect::Policy;
use serde_json::Value;

use super::{CLIENT_ID, REDIRECT_URI};

pub(crate) const VERIFIER: &str = "a-code-verifier-that-is-long-enough-for-pkce-0123456789";

/// A browser with its own cookies.
pub(crate) struct Browser {
    http: reqwest::Client,
    base_url: String,
    host: String,
    cookies: Mutex<BTreeMap<String, String>>,
    forwarded: Option<String>,
}

/// One answer, read to its end.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) body: String,
}

/// The sign-in page, open.
pub(crate) struct SignIn {
    pub(crate) request: String,
    pub(crate) attempt: String,
    pub(crate) page: Page,
}

/// The parameters of an ordinary authorization request.
pub(crate) fn authorize_parameters() -> Vec<(&'static str, String)> {
    let challenge = URL_SAFE_NO_PAD.encode(avain::crypto::code_hash::sha256(VERIFIER.as_bytes()));
    vec![
        ("response_type", "code".to_owned()),
        ("client_id", CLIENT_ID.to_owned()),
        ("redirect_uri", REDIRECT_URI.to_owned()),
        ("scope", "openid profile email".to_owned()),
        ("state", "a state".to_owned()),
        ("nonce", "a-nonce".to_owned()),
        ("code_challenge", challenge),
        ("code_challenge_method", "S256".to_owned()),
    ]
}

impl Browser {
    /// A browser that knows the server as `issuer` and reaches it at `base_url`.
    pub(crate) fn new(issuer: &str, base_url: &str) -> Self {
        let http = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
        let host = issuer.trim_start_matches("http://").to_owned();
        Self { http, base_url: base_url.to_owned(), host, cookies: Mutex::default(), forwarded: None }
    }

    /// Another browser with the same cookies.
    pub(crate) fn twin(&self) -> Self {
        self.through(&self.base_url)
    }

    /// The same browser, whose next requests another node gets.
    pub(crate) fn through(&self, base_url: &str) -> Self {
        let cookies = Mutex::new(self.cookies());
        let forwarded = self.forwarded.clone();
        Self {
            http: self.http.clone(),
            base_url: base_url.to_owned(),
            host: self.host.clone(),
            cookies,
            forwarded,
        }
    }

    /// The same browser, about which a proxy writes this into `X-Forwarded-For`.
    pub(crate) fn from(self, forwarded: &str) -> Self {
        Self { forwarded: Some(forwarded.to_owned()), ..self }
    }

    /// The same browser, on a machine whose address the server sees itself.
    pub(crate) fn at(self, address: std::net::IpAddr) -> Self {
        let http =
            reqwest::Client::builder().redirect(Policy::none()).local_address(address).build().unwrap();
        Self { http, ..self }
    }

    pub(crate) fn forget_session(&self) {
        self.cookies.lock().unwrap().remove("avain-session");
    }

    pub(crate) fn cookies(&self) -> BTreeMap<String, String> {
        self.cookies.lock().unwrap().clone()
    }

    pub(crate) fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.send(self.http.get(self.url(path))).await
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        let origin = format!("http://{}", self.host);
        self.post_from(&origin, path, form).await
    }

    /// A form that a page of another site sends.
    pub(crate) async fn post_from(&self, origin: &str, path: &str, form: &[(&str, &str)]) -> Page {
        self.send(self.http.post(self.url(path)).header(ORIGIN, origin).form(form)).await
    }

    /// Opens a page, and goes wherever the server sends the browser.
    pub(crate) async fn visit(&self, path: &str) -> Page {
        let mut page = self.get(path).await;
        for _ in 0..10 {
            if page.status != 303 {
                return page;
            }
            page = self.get(&page.location).await;
        }
        panic!("{path} leads round and round");
    }

    /// Opens a page of the server that wants a sign-in, and signs in with the phone.
    pub(crate) async fn visit_with(&self, phone: &Phone, path: &str) -> Page {
        let page = self.visit(path).await;
        let attempt = value_after(&page.body, "name=\"attempt\" value=\"");
        self.approve(phone, &attempt).await;
        self.visit(&format!("/login/collect?attempt={attempt}")).await
    }

    /// A response whose body is not read yet.
    pub(crate) async fn open(&self, path: &str) -> reqwest::Response {
        self.decorate(self.http.get(self.url(path))).send().await.unwrap()
    }

    pub(crate) async fn authorize(&self, parameters: &[(&str, String)]) -> Page {
        self.send(self.http.get(self.url("/oauth2/authorize")).query(parameters)).await
    }

    /// Presses "Sign in" in the application; ends on the sign-in page.
    pub(crate) async fn start_sign_in(&self) -> SignIn {
        let sent = self.authorize(&authorize_parameters()).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let page = self.get(&sent.location).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let request = sent.location.split("request=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        let attempt = value_after(&page.body, "name=\"attempt\" value=\"");
        SignIn { request, attempt, page }
    }

    /// What the page would hear.
    pub(crate) async fn state(&self, attempt: &str) -> Value {
        let page = self.get(&format!("/login/state?attempt={attempt}")).await;
        assert_eq!(page.status, 200, "{}", page.body);
        serde_json::from_str(&page.body).unwrap()
    }

    pub(crate) async fn frame(&self, attempt: &str) -> String {
        self.state(attempt).await["frame"].as_str().unwrap().to_owned()
    }

    /// What the owner answers who picks the number that this page shows.
    pub(crate) async fn approval(&self, attempt: &str) -> OwnerDecision {
        let number = self.state(attempt).await["number"].as_str().unwrap().parse().unwrap();
        OwnerDecision::ApproveNumber(number)
    }

    /// The phone scans the page and approves.
    pub(crate) async fn approve(&self, phone: &Phone, attempt: &str) {
        let challenge = phone.scan(&self.frame(attempt).await).await.unwrap();
        phone.answer(&challenge, self.approval(attempt).await).await.unwrap();
    }

    /// Collects an approved attempt and follows to the application; gives back the address with the code.
    pub(crate) async fn finish_sign_in(&self, attempt: &str) -> String {
        let collected = self.get(&format!("/login/collect?attempt={attempt}")).await;
        assert_eq!(collected.status, 303, "{}", collected.body);
        let resumed = self.get(&collected.location).await;
        assert_eq!(resumed.status, 303, "{}", resumed.body);
        resumed.location
    }

    fn url(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base_url) }
    }

    fn decorate(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        let cookies = self.cookies();
        let header: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = match &self.forwarded {
            Some(forwarded) => request.header("x-forwarded-for", forwarded),
            None => request,
        };
        request
            .header(HOST, &self.host)
            .header(ACCEPT, "text/html,application/xhtml+xml")
            .header(ACCEPT_LANGUAGE, "en")
            .header(USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
            .header(COOKIE, header.join("; "))
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Page {
        let response = self.decorate(request).send().await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.set_cookie(name, value);
        }
        let location = response.headers().get(LOCATION).map(|value| value.to_str().unwrap().to_owned());
        Page {
            status: response.status().as_u16(),
            location: location.unwrap_or_default(),
            body: response.text().await.unwrap(),
        }
    }
}

/// The attribute value that begins after `mark`.
pub(crate) fn value_after(html: &str, mark: &str) -> String {
    let start = html.find(mark).unwrap_or_else(|| panic!("no {mark} in {html}")) + mark.len();
    html[start..].split('"').next().unwrap().to_owned()
}
