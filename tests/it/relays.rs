//! The relay harness: somebody streams the QR code of their own page to a victim. What is late is refused, what looks relayed
//! costs a code, and nothing is worth anything a second time or for something else. There are two nodes, used in turn: no two steps
//! that follow one another meet the same one.

use std::cell::Cell;
use std::path::PathBuf;

use avain::config::{GeoIpSettings, Settings};
use avain_proto::dsse::{LOGIN_ANSWER, LOGIN_SCAN};
use avain_proto::operations::OPERATIONS;
use avain_proto::v1::{AnswerAccepted, Envelope, LoginChallenge};
use mobile_sim::{OwnerDecision, Phone, PhoneError, Server};
use prost_reflect::prost::Message as _;
use rstest::rstest;

use crate::harness::browser::Browser;
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{Node, TestApp};
use crate::phone_interface::honest_envelopes;
use crate::sign_in::code_of;

const HELSINKI: &str = "192.0.2.10";
const TAMPERE: &str = "198.51.100.10";
const AMSTERDAM: &str = "203.0.113.10";

/// Two nodes of one installation, which take turns.
struct Nodes {
    app: TestApp,
    second: Node,
    /// As a phone reaches them.
    servers: [Server; 2],
    is_second_next: Cell<bool>,
}

impl Nodes {
    async fn start(engine: Engine, set: impl FnOnce(&mut Settings)) -> Self {
        let app = TestApp::start_with(engine, set).await;
        let second = app.start_node().await;
        let host = app.base_url.trim_start_matches("http://");
        let server = |base: &str| Server::new(base).unwrap().with_host(host);
        let servers = [server(&app.base_url), server(&second.base_url)];
        Self { app, second, servers, is_second_next: Cell::new(true) }
    }

    /// The node whose turn it is.
    fn next(&self) -> usize {
        usize::from(self.is_second_next.replace(!self.is_second_next.get()))
    }

    /// The browser as it goes on at the next node.
    fn browser(&self, browser: &Browser) -> Browser {
        browser.through(self.servers[self.next()].address())
    }

    fn server(&self) -> Server {
        self.servers[self.next()].clone()
    }

    /// The phone as it goes on at the next node.
    fn phone(&self, phone: &Phone) -> Phone {
        Phone { server: self.server(), ..phone.clone() }
    }

    async fn stop(self) {
        self.second.stop().await;
        self.app.stop().await;
    }
}

/// A sign-in whose frame is so old when it is scanned.
async fn begin(
    nodes: &Nodes,
    (phone, browser): (&Phone, &Browser),
    seconds: u64,
) -> (Browser, String, Result<LoginChallenge, PhoneError>) {
    browser.forget_session();
    let browser = nodes.browser(browser);
    let attempt = browser.start_sign_in().await.attempt;
    let frame = nodes.browser(&browser).frame(&attempt).await;
    nodes.app.pass(seconds);
    let scanned = nodes.phone(phone).scan_unchecked(&frame).await;
    (browser, attempt, scanned)
}

/// The number that the page shows, approved.
async fn approve(
    nodes: &Nodes,
    phone: &Phone,
    (browser, attempt): (&Browser, &str),
    challenge: &LoginChallenge,
) {
    let decision = nodes.browser(browser).approval(attempt).await;
    nodes.phone(phone).answer(challenge, decision).await.unwrap();
}

/// How the sign-in goes on, and the browser with what it was given.
async fn outcome(nodes: &Nodes, browser: &Browser, attempt: &str) -> (String, Browser) {
    let browser = nodes.browser(browser);
    let page = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    assert_eq!(page.status, 303, "{}", page.body);
    (page.location.split('?').next().unwrap().to_owned(), browser)
}

async fn reasons(app: &TestApp) -> Vec<String> {
    app.database.texts("SELECT detail FROM audit WHERE event = 'second_factor.asked' ORDER BY id").await
}

#[rstest]
#[actix_web::test]
async fn an_older_frame_costs_a_code_and_an_old_one_is_refused(#[values(Sqlite, Postgres)] engine: Engine) {
    let nodes = Nodes::start(engine, |_| {}).await;
    let phone = nodes.app.enrolled_phone().await;
    let mut browser = nodes.app.browser();
    for (seconds, expected) in [
        (0, "/oauth2/resume"),
        (1, "/oauth2/resume"),
        (2, "/oauth2/resume"),
        (3, "/oauth2/resume"),
        (4, "/login/second-factor"),
        (6, "frame_expired"),
        (10, "frame_expired"),
    ] {
        let (here, attempt, scanned) = begin(&nodes, (&phone, &browser), seconds).await;
        if seconds >= 5 {
            assert_eq!(code_of(scanned), expected, "{seconds} s");
            continue;
        }
        nodes.app.pass(7);
        approve(&nodes, &phone, (&here, &attempt), &scanned.unwrap()).await;
        let (came_to, there) = outcome(&nodes, &here, &attempt).await;
        assert_eq!(came_to, expected, "{seconds} s");
        browser = there;
    }
    let app = &nodes.app;
    assert_eq!(reasons(app).await, ["old_frame"], "the same browser would not be asked otherwise");
    let ages = "SELECT frame_age || ' ' || frame_age_at_answer FROM login_attempts \
         WHERE answered_at IS NOT NULL ORDER BY begun_at";
    assert_eq!(
        app.database.texts(ages).await,
        ["0 7000", "1000 8000", "2000 9000", "3000 10000", "4000 11000"],
        "at the scan, and seven seconds later at the answer"
    );
    nodes.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_second_phone_before_the_same_code_costs_a_code(#[values(Sqlite, Postgres)] engine: Engine) {
    let nodes = Nodes::start(engine, |_| {}).await;
    let (first, second) = (nodes.app.enrolled_phone().await, nodes.app.enrolled_phone().await);
    let browser = nodes.app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let frame = browser.frame(&attempt).await;
    let challenge = nodes.phone(&first).scan_unchecked(&frame).await.unwrap();
    for _ in 0..3 {
        assert_eq!(code_of(nodes.phone(&second).scan_unchecked(&frame).await), "attempt_taken");
    }
    approve(&nodes, &first, (&browser, &attempt), &challenge).await;
    assert_eq!(outcome(&nodes, &browser, &attempt).await.0, "/login/second-factor");
    assert_eq!(reasons(&nodes.app).await, ["second_phone"]);
    let contested = "SELECT COUNT(*) FROM audit WHERE event = 'attempt.contested'";
    assert_eq!(nodes.app.count(contested).await, 1, "noted once");
    nodes.stop().await;
}

#[rstest]
#[actix_web::test]
async fn phone_and_browser_in_different_countries_cost_a_code(#[values(Sqlite, Postgres)] engine: Engine) {
    let nodes = Nodes::start(engine, |settings| {
        settings.server.trusted_proxies = vec!["127.0.0.1".to_owned()];
        let file = PathBuf::from("tests/fixtures/places.mmdb");
        settings.geoip = Some(GeoIpSettings { file });
    })
    .await;
    let phone = nodes.app.enrolled_phone().await;
    let mut browser = nodes.app.browser().from(HELSINKI);
    for (place, expected) in [
        (HELSINKI, "/oauth2/resume"),
        (TAMPERE, "/oauth2/resume"),
        (AMSTERDAM, "/login/second-factor"),
        ("10.0.0.1", "/oauth2/resume"),
    ] {
        browser.forget_session();
        let here = nodes.browser(&browser);
        let attempt = here.start_sign_in().await.attempt;
        let frame = nodes.browser(&here).frame(&attempt).await;
        let there = Phone { server: nodes.server().with_forwarded(place), ..phone.clone() };
        let challenge = there.scan_unchecked(&frame).await.unwrap();
        assert_eq!(challenge.place, "Helsinki, Finland (192.0.2.10)");
        let shown = &challenge.display_text;
        assert!(shown.contains("Helsinki, Finland (192.0.2.10)"), "{shown}");
        approve(&nodes, &phone, (&here, &attempt), &challenge).await;
        let (came_to, there) = outcome(&nodes, &here, &attempt).await;
        assert_eq!(came_to, expected, "{place}");
        browser = there;
    }
    assert_eq!(reasons(&nodes.app).await, ["other_country"]);
    nodes.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_victim_who_picks_a_wrong_number_has_ended_it_on_every_node(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let nodes = Nodes::start(engine, |_| {}).await;
    let (victim, thief) = (nodes.app.enrolled_phone().await, nodes.app.browser());
    let (thief, attempt, scanned) = begin(&nodes, (&victim, &thief), 1).await;
    let challenge = scanned.unwrap();
    let right = nodes.browser(&thief).approval(&attempt).await;
    let guesses = challenge.numbers.iter().map(|number| OwnerDecision::ApproveNumber(*number));
    let mut told = Vec::new();
    for guess in guesses.clone().filter(|guess| *guess != right).chain([right]) {
        told.push(code_of(nodes.phone(&victim).answer(&challenge, guess).await));
    }
    assert_eq!(told[0], "number_wrong");
    assert!(told.len() == 5 && told[1..].iter().all(|code| code == "attempt_finished"), "{told:?}");
    for _ in 0..2 {
        let page = nodes.browser(&thief).get(&format!("/login/collect?attempt={attempt}")).await;
        assert_eq!(page.status, 403, "{}", page.body);
    }
    assert_eq!(nodes.app.count("SELECT COUNT(*) FROM sessions").await, 0);
    nodes.stop().await;
}

#[rstest]
#[actix_web::test]
async fn what_was_sent_once_is_worth_nothing_again_on_any_node(#[values(Sqlite, Postgres)] engine: Engine) {
    let nodes = Nodes::start(engine, |_| {}).await;
    let phone = nodes.app.enrolled_phone().await;
    let browser = nodes.app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let frame = browser.frame(&attempt).await;
    let scan = phone.key.sign(LOGIN_SCAN, &phone.login_scan(&frame).encode_to_vec());
    let challenge = nodes.phone(&phone).submit_scan(&scan).await.unwrap();
    let repeated = nodes.phone(&phone).submit_scan(&scan).await.unwrap();
    assert_eq!(repeated.server_nonce, challenge.server_nonce, "a lost reply, and no second challenge");
    let decision = nodes.browser(&browser).approval(&attempt).await;
    let answer = phone.key.sign(LOGIN_ANSWER, &phone.login_answer(&challenge, decision).encode_to_vec());
    nodes.phone(&phone).submit_answer(&answer).await.unwrap();
    let is_over = async |state: &str| {
        for _ in 0..2 {
            assert_eq!(
                code_of(nodes.phone(&phone).submit_answer(&answer).await),
                "attempt_finished",
                "{state}"
            );
            assert_eq!(code_of(nodes.phone(&phone).submit_scan(&scan).await), "attempt_finished", "{state}");
        }
    };
    is_over("approved").await;
    outcome(&nodes, &browser, &attempt).await;
    is_over("collected").await;
    for _ in 0..2 {
        let again = nodes.browser(&browser).get(&format!("/login/collect?attempt={attempt}")).await;
        assert_eq!(again.status, 409, "{}", again.body);
    }
    nodes.app.pass(5);
    let (here, other, scanned) = begin(&nodes, (&phone, &browser), 0).await;
    assert_ne!(scanned.unwrap().attempt_id, challenge.attempt_id);
    assert_eq!(code_of(nodes.phone(&phone).submit_answer(&answer).await), "attempt_finished");
    assert_eq!(
        nodes.browser(&here).state(&other).await["state"],
        "scanned",
        "the other sign-in is untouched"
    );
    assert_eq!(nodes.app.count("SELECT COUNT(*) FROM sessions").await, 1);
    assert_eq!(nodes.app.count("SELECT COUNT(*) FROM audit WHERE event = 'attempt.approved'").await, 1);
    nodes.stop().await;
}

#[rstest]
#[actix_web::test]
async fn what_was_signed_for_one_purpose_serves_no_other_on_any_node(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let nodes = Nodes::start(engine, |_| {}).await;
    let phone = nodes.app.enrolled_phone().await;
    let signed = honest_envelopes(&nodes.app, &phone).await;
    let mut forged = 0;
    for (purpose, envelope) in &signed {
        for operation in OPERATIONS {
            let Some((other, _)) = operation.signed.filter(|(other, _)| other != purpose) else { continue };
            let as_it_is = nodes.server().send::<_, AnswerAccepted>(operation.path, envelope).await;
            assert_eq!(code_of(as_it_is), "payload_type_wrong", "{purpose} at {}", operation.path);
            let relabelled = Envelope { payload_type: other.to_owned(), ..envelope.clone() };
            let refused =
                code_of(nodes.server().send::<_, AnswerAccepted>(operation.path, &relabelled).await);
            assert_ne!(refused, "accepted", "{purpose} relabelled as {other}");
            forged += usize::from(refused == "signature_invalid");
        }
    }
    assert!(
        signed.len() >= 13 && forged > 40,
        "{} purposes, {forged} refused by the signature",
        signed.len()
    );
    nodes.stop().await;
}
