//! "It was not me", answered on the phone: what it ends, whom it tells, and what the network is worth for an hour.

use avain::domain::language::Language;
use avain::domain::membership::{Access, Role};
use avain::domain::message::Channel;
use avain::domain::staff::StaffRole;
use avain::flows::invite::NewPerson;
use avain::flows::staff;
use mobile_sim::{OwnerDecision, Phone};
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::browser::Browser;
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::second_factor::collect;
use crate::sign_in::code_of;

const OFFICE: &str = "198.51.100.7";
const STRANGER: &str = "198.51.100.99";

async fn deny(phone: &Phone, browser: &Browser, decision: OwnerDecision) -> String {
    browser.forget_session();
    let attempt = browser.start_sign_in().await.attempt;
    let challenge = phone.scan(&browser.frame(&attempt).await).await.unwrap();
    code_of(phone.answer(&challenge, decision).await)
}

async fn pick_wrongly(phone: &Phone, browser: &Browser) {
    let attempt = browser.start_sign_in().await.attempt;
    let challenge = phone.scan(&browser.frame(&attempt).await).await.unwrap();
    let right = browser.approval(&attempt).await;
    let others = challenge.numbers.iter().map(|number| OwnerDecision::ApproveNumber(*number));
    let wrong = others.into_iter().find(|decision| *decision != right).unwrap();
    assert_eq!(code_of(phone.answer(&challenge, wrong).await), "number_wrong");
}

/// Whether the browser is signed in without a code.
async fn is_familiar(phone: &Phone, browser: &Browser) -> bool {
    collect(phone, browser).await.1.location.starts_with("/oauth2/resume")
}

#[rstest]
#[actix_web::test]
async fn it_was_not_me_cancels_the_browser_s_other_attempts(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (victim, other) = (app.enrolled_phone().await, app.enrolled_phone().await);
    let (thief, bystander) = (app.browser(), app.browser());
    let mut attempts = Vec::new();
    for _ in 0..3 {
        attempts.push(thief.start_sign_in().await.attempt);
    }
    let elsewhere = bystander.start_sign_in().await.attempt;
    let seen = other.scan(&thief.frame(&attempts[1]).await).await.unwrap();
    thief.approve(&other, &attempts[2]).await;
    let stream = thief.open(&format!("/login/events?attempt={}", attempts[0])).await;

    assert_eq!(deny(&victim, &thief, OwnerDecision::NotMe).await, "accepted");
    let heard = stream.text().await.unwrap();
    assert!(heard.contains("\"state\":\"cancelled\""), "its page was told: {heard}");
    for attempt in &attempts {
        assert_eq!(thief.state(attempt).await["state"], "cancelled");
    }
    let late = other.answer(&seen, OwnerDecision::ApproveNumber(seen.numbers[0])).await;
    assert_eq!(code_of(late), "attempt_cancelled");
    let refused = thief.get(&format!("/login/collect?attempt={}", attempts[2])).await;
    assert!(refused.body.contains("attempt_cancelled"), "{}", refused.body);
    assert_eq!(bystander.state(&elsewhere).await["state"], "waiting", "another browser's goes on");
    assert_eq!(app.count("SELECT COUNT(*) FROM sessions").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'attempt.cancelled'").await, 3);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn it_was_not_me_is_told_to_the_person_the_kh_users_and_support_once_an_hour(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    app.administrator_of(app.company).await;
    let support = NewPerson {
        name: "Tuija Tuki".to_owned(),
        email: "tuki@palvelu.example".to_owned(),
        phone: None,
        language: Language::Finnish,
        role: Role::User,
        access: Access::Browser,
    };
    staff::add(&app.services, support, StaffRole::Support, "Palvelu Oy").await.unwrap();
    let before = app.messages().await.len();
    for _ in 0..3 {
        deny(&phone, &app.browser(), OwnerDecision::NotMe).await;
    }
    let told: Vec<_> = app.messages().await.split_off(before);
    let to = |address: &str, words: &str| {
        told.iter().filter(|message| message.to == address && message.body.contains(words)).count()
    };
    assert_eq!(told.len(), 4);
    assert_eq!(to("mart.tamm@kuusi.example", "Firefox on Linux, 127.0.0.1"), 1);
    assert_eq!(to("+37255550101", "Never confirm one that you did not begin"), 1);
    assert_eq!(to("kaisa.virtanen@kuusi.example", "Call Mart Tamm on a number that you know yourself"), 1);
    assert_eq!(to("tuki@palvelu.example", "Se en ollut minä"), 1);
    assert_eq!(told.iter().filter(|message| message.channel == Channel::Sms).count(), 1);

    app.pass(3601);
    deny(&phone, &app.browser(), OwnerDecision::Mistake).await;
    assert_eq!(app.messages().await.len(), before + 4, "a mistake is nobody else's business");
    deny(&phone, &app.browser(), OwnerDecision::NotMe).await;
    assert_eq!(app.messages().await.len(), before + 8, "an hour later it is told again");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_network_of_a_denied_sign_in_is_worth_nothing_for_an_hour(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start_behind(engine, &["127.0.0.1"]).await;
    let (phone, colleague) = (app.enrolled_phone().await, app.enrolled_phone().await);
    let (known, desk) = (app.browser().from(OFFICE), app.browser().from(OFFICE));
    assert!(is_familiar(&phone, &known).await && is_familiar(&colleague, &desk).await, "first sign-ins");
    assert!(is_familiar(&phone, &app.browser().from(OFFICE)).await, "a known network");

    deny(&colleague, &app.browser().from(STRANGER), OwnerDecision::NotMe).await;
    assert!(!is_familiar(&phone, &app.browser().from(OFFICE)).await, "a suspect network");
    assert!(is_familiar(&phone, &known).await, "the own browser is trusted as before");
    let newcomer = app.enrolled_phone().await;
    assert!(
        !is_familiar(&newcomer, &app.browser().from(OFFICE)).await,
        "not even the first sign-in makes it known"
    );
    assert!(is_familiar(&newcomer, &app.browser().from("203.0.113.9")).await, "another network");
    assert_eq!(
        app.text("SELECT detail FROM audit WHERE event = 'second_factor.asked'").await,
        "suspect_network"
    );

    app.pass(3601);
    assert!(is_familiar(&phone, &app.browser().from(OFFICE)).await, "an hour later");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_browser_that_its_owner_denied_is_no_longer_known(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start_behind(engine, &["127.0.0.1"]).await;
    let phone = app.enrolled_phone().await;
    let shared = app.browser().from(OFFICE);
    assert!(is_familiar(&phone, &shared).await);
    deny(&phone, &shared, OwnerDecision::NotMe).await;
    assert!(!is_familiar(&phone, &shared).await, "somebody else sat there");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn three_wrong_numbers_within_an_hour_make_a_network_suspect(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start_behind(engine, &["127.0.0.1"]).await;
    let phone = app.enrolled_phone().await;
    assert!(is_familiar(&phone, &app.browser().from(OFFICE)).await);
    for _ in 0..2 {
        pick_wrongly(&phone, &app.browser().from(STRANGER)).await;
    }
    assert!(is_familiar(&phone, &app.browser().from(OFFICE)).await, "two are slips");
    let messages = app.messages().await.len();
    pick_wrongly(&phone, &app.browser().from(STRANGER)).await;
    assert!(!is_familiar(&phone, &app.browser().from(OFFICE)).await);
    assert_eq!(app.messages().await.len(), messages + 2, "only the code itself was sent");
    app.stop().await;
}
