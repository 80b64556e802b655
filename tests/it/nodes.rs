//! Several nodes on one PostgreSQL: whichever node a request reaches, it is the same Avain.

use std::collections::HashSet;

use avain::domain::membership::Access;
use avain::flows::{deliver, invite};
use futures_util::StreamExt as _;
use futures_util::future::join_all;

use crate::harness::TestApp;
use crate::harness::browser::{Browser, VERIFIER};
use crate::harness::database::Postgres;
use crate::open_id_connect::{exchange, parameter, redeem_at};
use crate::sign_in::next_state;

/// The stream reads the database again after thirty frames, whether it was woken or not.
const FRAMES_BEFORE_A_READ: usize = 29;

/// The next state of an event stream, and how many frames came before it.
async fn frames_before(
    events: &mut (impl futures_util::Stream<Item = String> + Unpin),
    state: &str,
) -> usize {
    let mut frames = 0;
    while let Some(event) = events.next().await {
        if event.contains(&format!("\"state\":\"{state}\"")) {
            return frames;
        }
        frames += 1;
    }
    panic!("the stream ended before {state}");
}

async fn events(browser: &Browser, attempt: &str) -> impl futures_util::Stream<Item = String> + Unpin {
    let response = browser.open(&format!("/login/events?attempt={attempt}")).await;
    assert_eq!(response.status(), 200);
    response.bytes_stream().map(|chunk| String::from_utf8(chunk.unwrap().to_vec()).unwrap())
}

#[actix_web::test]
async fn browser_phone_and_token_request_may_each_meet_another_node() {
    let app = TestApp::start(Postgres).await;
    let (second, third) = (app.start_node().await, app.start_node().await);
    let phone = app.enrolled_phone().await;
    let browser = app.browser().through(&second.base_url);
    let attempt = browser.start_sign_in().await.attempt;
    let mut stream = events(&browser, &attempt).await;
    assert!(next_state(&mut stream).await.contains("waiting"));

    let frame = browser.through(&third.base_url).frame(&attempt).await;
    let challenge = phone.scan(&frame).await.unwrap();
    assert!(frames_before(&mut stream, "scanned").await < FRAMES_BEFORE_A_READ, "the other node was told");
    phone.answer(&challenge, browser.approval(&attempt).await).await.unwrap();
    assert!(frames_before(&mut stream, "approved").await < FRAMES_BEFORE_A_READ, "and told again");

    let location = browser.through(&third.base_url).finish_sign_in(&attempt).await;
    let code = parameter(&location, "code");
    let form = exchange(&code, VERIFIER);
    let (status, tokens) = redeem_at(&app, &second.base_url, &form, &app.client_secret).await;
    assert_eq!(status, 200, "{tokens}");
    let (status, refusal) = redeem_at(&app, &third.base_url, &form, &app.client_secret).await;
    assert_eq!(status, 400, "a code is spent on every node: {refusal}");
    third.stop().await;
    second.stop().await;
    app.stop().await;
}

#[actix_web::test]
async fn a_node_whose_listener_was_lost_hears_again() {
    let app = TestApp::start(Postgres).await;
    let second = app.start_node().await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser().through(&second.base_url);
    let attempt = browser.start_sign_in().await.attempt;
    let mut stream = events(&browser, &attempt).await;
    assert!(next_state(&mut stream).await.contains("waiting"));

    let killed = "SELECT COUNT(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE application_name = current_setting('application_name') AND query LIKE 'LISTEN%') AS killed";
    assert_eq!(app.count(killed).await, 2, "each node had a listener");
    browser.through(&app.base_url).approve(&phone, &attempt).await;
    let frames = frames_before(&mut stream, "approved").await;
    assert!(frames < FRAMES_BEFORE_A_READ, "it listens again, and has read again what it missed");
    second.stop().await;
    app.stop().await;
}

#[actix_web::test]
async fn fifty_browsers_on_two_nodes_collect_one_attempt_once() {
    let app = TestApp::start(Postgres).await;
    let second = app.start_node().await;
    let phone = app.enrolled_phone().await;
    for round in 0..50 {
        let browser = app.browser();
        let attempt = browser.start_sign_in().await.attempt;
        browser.approve(&phone, &attempt).await;
        let path = format!("/login/collect?attempt={attempt}");
        let bases = [&app.base_url, &second.base_url];
        let browsers: Vec<_> = (0..50).map(|number| browser.through(bases[number % 2])).collect();
        let pages = join_all(browsers.iter().map(|browser| browser.get(&path))).await;
        assert_eq!(pages.iter().filter(|page| page.status == 303).count(), 1, "round {round}");
        assert_eq!(pages.iter().filter(|page| page.status == 409).count(), 49, "round {round}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM sessions").await, 50);
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'login.success'").await, 50);
    second.stop().await;
    app.stop().await;
}

#[actix_web::test]
async fn a_message_leaves_once_however_many_nodes_look_for_it() {
    let app = TestApp::start(Postgres).await;
    let second = app.start_node().await;
    for _ in 0..40 {
        let person = app.add_person(Access::Browser, None).await;
        invite::invite(&app.services, person, None).await.unwrap();
    }
    let nodes = [&app.services, &second.services, &app.services, &second.services];
    for sent in join_all(nodes.map(|node| deliver::run_due(node))).await {
        sent.unwrap();
    }
    let messages = app.messages().await;
    let ids: HashSet<String> = messages.iter().map(|message| message.id.to_string()).collect();
    assert_eq!((messages.len(), ids.len()), (40, 40));
    second.stop().await;
    app.stop().await;
}

#[actix_web::test]
async fn nodes_that_start_together_make_one_set_of_tables_and_keys() {
    let app = TestApp::start(Postgres).await;
    let nodes = join_all((0..4).map(|_| app.start_node())).await;
    let keys = app.browser().get("/oauth2/jwks").await.body;
    for node in nodes {
        assert_eq!(app.browser().through(&node.base_url).get("/oauth2/jwks").await.body, keys);
        node.stop().await;
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM signing_keys").await, 2);
    app.stop().await;
}
