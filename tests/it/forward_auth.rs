//! Applications that know no OpenID Connect, as the reverse proxy in front of them asks.

use std::collections::BTreeMap;
use std::sync::Mutex;

use avain::domain::client::ClientMetadata;
use avain::flows::clients::{self, ClientError, NewClient};
use mobile_sim::Phone;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::application::{Application, draft, signed_in};
use crate::harness::browser::Browser;
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::open_id_connect::parameter;

const WIKI: &str = "wiki.example.com";
const WAGES: &str = "wages.example.com";

/// What the proxy gets.
struct Answer {
    status: u16,
    location: String,
    headers: reqwest::header::HeaderMap,
}

/// A proxy in front of one host, and one browser's cookies there.
struct Proxy {
    base_url: String,
    host: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Proxy {
    fn new(app: &TestApp, host: &str) -> Self {
        Self { base_url: app.base_url.clone(), host: host.to_owned(), cookies: Mutex::default() }
    }

    async fn ask(&self, path: &str, more: &[(&'static str, &str)]) -> Answer {
        let http = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
        let cookies: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = http
            .get(format!("{}{path}", self.base_url))
            .header(COOKIE, cookies.join("; "))
            .header("x-forwarded-proto", "https")
            .header("x-forwarded-host", &self.host);
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        let headers = response.headers().clone();
        for cookie in headers.get_all(SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            assert!(text.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/"), "{text}");
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            assert!(name.starts_with("__Host-"), "{name}");
            self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
        }
        let location = headers.get(LOCATION).map(|value| value.to_str().unwrap().to_owned());
        Answer { status: response.status().as_u16(), location: location.unwrap_or_default(), headers }
    }

    async fn check(&self) -> u16 {
        self.ask("/forward-auth/check", &[]).await.status
    }

    async fn enter(&self, path: &str) -> Answer {
        self.ask("/forward-auth/enter", &[("x-forwarded-uri", path)]).await
    }

    /// From the application to its own callback, with a code.
    async fn callback_of(&self, browser: &Browser, path: &str) -> String {
        let entered = self.enter(path).await;
        assert_eq!(entered.status, 302);
        let back = browser.get(&entered.location).await.location;
        let query = back.strip_prefix(&format!("https://{}/.avain/callback", self.host)).unwrap();
        format!("/forward-auth/callback{query}")
    }

    async fn sign_in(&self, browser: &Browser, path: &str) -> String {
        let callback = self.callback_of(browser, path).await;
        self.ask(&callback, &[]).await.location
    }
}

async fn register(app: &TestApp, id: &str, hosts: &[&str]) -> Result<(), ClientError> {
    let redirect_uris = hosts.iter().map(|host| format!("https://{host}/.avain/callback")).collect();
    let new = NewClient { redirect_uris, metadata: ClientMetadata::behind_proxy(), ..draft(id) };
    clients::add(&app.services, new).await.map(|secret| assert!(secret.is_none()))
}

async fn start(engine: Engine) -> TestApp {
    let app = TestApp::start_behind(engine, &["127.0.0.1"]).await;
    register(&app, "wiki", &[WIKI, WAGES]).await.unwrap();
    app
}

#[rstest]
#[actix_web::test]
async fn the_proxy_learns_who_is_there_until_the_person_signs_out(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = start(engine).await;
    let browser = signed_in(&app).await;
    let wiki = Proxy::new(&app, WIKI);
    assert_eq!(wiki.check().await, 401);
    assert_eq!(wiki.sign_in(&browser, "/page?a=1&b=%2F").await, "https://wiki.example.com/page?a=1&b=%2F");
    let answer = wiki.ask("/forward-auth/check", &[]).await;
    assert_eq!(answer.status, 204);
    let said = |name: &str| answer.headers[name].to_str().unwrap();
    assert_eq!(said("x-avain-user"), app.text("SELECT person_id FROM sessions").await);
    assert_eq!((said("x-avain-name"), said("x-avain-email")), ("Mart Tamm", "mart.tamm@kuusi.example"));
    assert_eq!(said("x-avain-company"), app.company.to_string());
    assert_eq!((said("x-avain-company-name"), said("x-avain-role")), ("Kuusi Books Oy", "user"));
    assert_eq!(wiki.enter("/").await.status, 204, "Caddy and Traefik ask here");

    let wages = Proxy::new(&app, WAGES);
    *wages.cookies.lock().unwrap() = wiki.cookies.lock().unwrap().clone();
    assert_eq!(wages.check().await, 401, "a cookie is good at its own host alone");

    for site in ["cross-site", "same-site"] {
        let asked = wiki.ask("/forward-auth/sign-out", &[("sec-fetch-site", site)]).await;
        assert_eq!(asked.location, format!("{}/oauth2/logout", app.base_url), "the person is asked");
        assert_eq!(wiki.check().await, 204);
    }
    let left = wiki.ask("/forward-auth/sign-out", &[("sec-fetch-site", "same-origin")]).await;
    assert_eq!(left.location, format!("{}/oauth2/logout/done", app.base_url));
    assert_eq!(wiki.check().await, 401);
    assert!(browser.get("/account").await.location.starts_with("/sign-in"), "everywhere");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn whatever_it_rests_on_ends_it_at_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = start(engine).await;
    let (phone, browser) = (app.enrolled_phone().await, app.browser());
    sign_in(&browser, &phone).await;
    let wiki = Proxy::new(&app, WIKI);
    wiki.sign_in(&browser, "/").await;
    for _ in 0..4 {
        app.pass(20 * 60);
        assert_eq!(wiki.check().await, 204, "whoever works there is not idle");
    }
    assert!(browser.get("/account").await.location.starts_with("/sign-in"), "at Avain's own pages they are");
    app.pass(31 * 60);
    assert_eq!(wiki.check().await, 401, "idle");

    sign_in(&browser, &phone).await;
    wiki.sign_in(&browser, "/").await;
    for _ in 0..12 * 3 {
        app.pass(20 * 60 - 1);
        assert_eq!(wiki.check().await, 204);
    }
    app.pass(60);
    assert_eq!(wiki.check().await, 401, "twelve hours");

    sign_in(&browser, &phone).await;
    wiki.sign_in(&browser, "/").await;
    browser.post("/sign-out", &[]).await;
    assert_eq!(wiki.check().await, 401, "signed out at Avain");

    sign_in(&browser, &phone).await;
    wiki.sign_in(&browser, "/").await;
    clients::remove(&app.services, "wiki").await.unwrap();
    assert_eq!(wiki.check().await, 403, "the application is gone");
    app.stop().await;
}

/// The browser's person signs in to the other application by phone.
async fn sign_in(browser: &Browser, phone: &Phone) {
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(phone, &attempt).await;
    browser.finish_sign_in(&attempt).await;
}

#[rstest]
#[actix_web::test]
async fn the_way_back_is_good_once_in_the_browser_that_began(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = start(engine).await;
    let browser = signed_in(&app).await;
    let stopped = |why: &str| format!("{}/forward-auth/stopped?why={why}", app.base_url);
    let of = |path: &str, name| parameter(&format!("https://{WIKI}{path}"), name);
    let (thief, victim) = (Proxy::new(&app, WIKI), Proxy::new(&app, WIKI));
    let callback = thief.callback_of(&browser, "/").await;
    assert_eq!(victim.ask(&callback, &[]).await.location, stopped("forward_way_invalid"), "no cookie");
    victim.enter("/").await;
    assert_eq!(victim.ask(&callback, &[]).await.location, stopped("forward_way_invalid"), "another one's");
    let elsewhere = Proxy::new(&app, WAGES);
    *elsewhere.cookies.lock().unwrap() = thief.cookies.lock().unwrap().clone();
    assert_eq!(elsewhere.ask(&callback, &[]).await.location, stopped("forward_way_invalid"), "another host");
    let other = thief.callback_of(&browser, "/other").await;
    let mixed = callback.replace(&of(&callback, "state"), &of(&other, "state"));
    assert_eq!(thief.ask(&mixed, &[]).await.location, stopped("forward_way_invalid"), "another state");
    let foreign = callback.replace("iss=http", "iss=https");
    assert_eq!(thief.ask(&foreign, &[]).await.location, stopped("forward_way_invalid"), "another server");
    assert_eq!(app.count("SELECT COUNT(*) FROM forward_sessions").await, 0);
    // Two tabs: both ways are good.
    assert_eq!(thief.ask(&other, &[]).await.location, "https://wiki.example.com/other");
    assert_eq!(thief.ask(&callback, &[]).await.location, "https://wiki.example.com/");
    assert_eq!(thief.ask(&callback, &[]).await.location, stopped("forward_way_invalid"), "twice");
    let late_one = Proxy::new(&app, WIKI);
    let late = late_one.callback_of(&browser, "/").await;
    app.pass(61);
    assert_eq!(late_one.ask(&late, &[]).await.location, stopped("forward_way_invalid"), "too late");

    let asked = late_one.enter("/").await;
    browser.forget_session();
    assert!(asked.location.contains("/oauth2/authorize?"));
    let state = parameter(&asked.location, "state");
    let issuer = of(&callback, "iss");
    let refused = format!("/forward-auth/callback?error=access_denied&state={state}&iss={issuer}");
    let refused = Proxy::new(&app, WIKI).ask(&refused, &[]).await;
    assert_eq!(refused.location, stopped("forward_sign_in_stopped"));
    let page = browser.get("/forward-auth/stopped?why=forward_sign_in_stopped").await;
    assert!(page.status == 403 && page.body.contains("was not finished"), "{}", page.body);
    assert_eq!(browser.get("/forward-auth/stopped?why=internal").await.status, 404);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn strangers_and_unknown_hosts_are_told_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    register(&app, "wiki", &[WIKI]).await.unwrap();
    let paths = ["check", "enter", "callback", "sign-out"].map(|name| format!("/forward-auth/{name}"));
    for path in &paths {
        assert_eq!(Proxy::new(&app, WIKI).ask(path, &[]).await.status, 403, "{path}: no proxy is trusted");
    }
    app.stop().await;

    let app = start(engine).await;
    let wiki = Proxy::new(&app, WIKI);
    for name in ["x-forwarded-host", "x-forwarded-proto"] {
        for path in &paths {
            assert_eq!(wiki.ask(path, &[(name, "evil.example")]).await.status, 403, "{path}: two of {name}");
        }
    }
    for host in ["evil.example", "wiki.example.com.evil.example", "wiki.example.com:8443", "ledger"] {
        let evil = Proxy::new(&app, host);
        assert_eq!((evil.check().await, evil.enter("/").await.status), (403, 403), "{host}");
    }
    assert_eq!(wiki.enter("//evil.example/\\").await.status, 302);
    let browser = signed_in(&app).await;
    assert_eq!(wiki.sign_in(&browser, "//evil.example").await, "https://wiki.example.com//evil.example");
    assert_eq!(wiki.sign_in_of_new(&browser, "https://evil.example").await, "https://wiki.example.com/");
    app.stop().await;
}

impl Proxy {
    /// The same from a browser that is not in yet.
    async fn sign_in_of_new(&self, browser: &Browser, path: &str) -> String {
        let fresh =
            Self { base_url: self.base_url.clone(), host: self.host.clone(), cookies: Mutex::default() };
        fresh.sign_in(browser, path).await
    }
}

#[actix_web::test]
async fn scripts_and_forms_are_told_that_nobody_is_there() {
    let app = start(Sqlite).await;
    let wiki = Proxy::new(&app, WIKI);
    for (name, value, expected) in [
        ("sec-fetch-mode", "navigate", 302),
        ("sec-fetch-mode", "cors", 401),
        ("sec-fetch-mode", "websocket", 401),
        ("x-forwarded-method", "POST", 401),
        ("x-forwarded-method", "HEAD", 302),
    ] {
        assert_eq!(
            wiki.ask("/forward-auth/enter", &[(name, value)]).await.status,
            expected,
            "{name} {value}"
        );
    }
    app.stop().await;
}

#[actix_web::test]
async fn an_application_behind_a_proxy_has_its_address_for_itself_and_no_tokens() {
    let app = start(Sqlite).await;
    let again = register(&app, "other", &[WIKI]).await;
    assert!(matches!(again, Err(ClientError::ForwardOrigin(_))), "{again:?}");
    let uri = "https://books.example.com/callback".to_owned();
    let new =
        NewClient { redirect_uris: vec![uri], metadata: ClientMetadata::behind_proxy(), ..draft("books") };
    assert!(matches!(clients::add(&app.services, new).await, Err(ClientError::ForwardOrigin(_))));
    let wiki = Application { app: &app, base_url: app.base_url.clone(), id: "wiki".to_owned(), secret: None };
    let form =
        [("grant_type", "authorization_code"), ("code", "x"), ("redirect_uri", "x"), ("code_verifier", "x")];
    assert_eq!(wiki.post("/oauth2/token", &form).await.0, 401);
    app.stop().await;
}
