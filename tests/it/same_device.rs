//! The sign-in page and the app on one phone.

use avain::config::Settings;
use mobile_sim::{OwnerDecision, Phone};
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::TestApp;
use crate::harness::browser::{Browser, Page, value_after};
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::sign_in::code_of;

const APP_ID: &str = "ABCDE12345.com.example.avain";

fn with_app(settings: &mut Settings) {
    settings.app.ios_app_ids = vec![APP_ID.to_owned()];
    settings.app.android_package = Some("com.example.avain".to_owned());
    settings.app.android_fingerprints = vec![["14"; 32].join(":")];
    settings.app.ios_store = Some("https://apps.apple.com/app/id1".to_owned());
}

/// Opens the sign-in page; gives back the attempt and the link that opens the app.
async fn open(browser: &Browser) -> (String, String) {
    let sign_in = browser.start_sign_in().await;
    let begin = sign_in.page.body.find("id=\"open-app\"").unwrap();
    (sign_in.attempt, value_after(&sign_in.page.body[begin..], "href=\""))
}

/// The phone opens the link, and its owner approves; gives back what the app brings to the browser.
async fn approve(phone: &Phone, link: &str) -> [String; 2] {
    let challenge = phone.scan(link).await.unwrap();
    assert_eq!((challenge.flow, challenge.numbers.len()), (3, 0), "FLOW_SAME_DEVICE, without numbers");
    phone.answer(&challenge, OwnerDecision::Approve).await.unwrap();
    let (page, brought) = challenge.return_url.split_once('#').unwrap();
    assert_eq!(page, format!("{}/login/return", phone.profile.issuer));
    let (attempt, proof) = brought.split_once('.').unwrap();
    [attempt.to_owned(), proof.to_owned()]
}

async fn come_back(browser: &Browser, [attempt, proof]: &[String; 2]) -> Page {
    browser.post("/login/return", &[("attempt", attempt), ("proof", proof)]).await
}

#[rstest]
#[actix_web::test]
async fn the_app_leads_back_to_the_browser_that_began(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start_with(engine, with_app).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let (attempt, link) = open(&browser).await;
    let brought = approve(&phone, &link).await;
    assert_eq!(browser.state(&attempt).await["state"], "returning");
    let early = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    assert!(early.status == 403 && early.body.contains("return_proof_missing"), "{}", early.body);

    let done = come_back(&browser, &brought).await;
    assert!(done.location.starts_with("/oauth2/resume"), "{} {}", done.location, done.body);
    assert!(browser.get(&done.location).await.location.contains("code="));
    let again = come_back(&browser, &brought).await;
    assert!(again.status == 409 && again.body.contains("attempt_collected"), "once: {}", again.body);
    assert_eq!(app.count("SELECT COUNT(*) FROM sessions").await, 1);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_link_that_somebody_sent_to_a_victim_signs_nobody_in(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start_with(engine, with_app).await;
    let victim = app.enrolled_phone().await;
    let (thief, own) = (app.browser(), app.browser());
    let (attempt, link) = open(&thief).await;
    let (own_attempt, own_link) = open(&own).await;
    let brought = approve(&victim, &link).await;

    let refused = come_back(&own, &brought).await;
    assert!(refused.status == 403 && refused.body.contains("browser_mismatch"), "{}", refused.body);
    let nobody = come_back(&app.browser(), &brought).await;
    assert!(nobody.body.contains("browser_mismatch"), "{}", nobody.body);
    let other_proof = approve(&victim, &own_link).await[1].clone();
    for proof in [other_proof, String::new(), brought[1].to_lowercase(), "0".repeat(52)] {
        let guessed = come_back(&thief, &[attempt.clone(), proof]).await;
        assert!(guessed.body.contains("return_proof_missing"), "{}", guessed.body);
    }
    let swapped = come_back(&own, &[own_attempt, brought[1].clone()]).await;
    assert!(swapped.body.contains("return_proof_missing"), "{}", swapped.body);
    assert_eq!(app.count("SELECT COUNT(*) FROM sessions").await, 0);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_scanned_attempt_wants_no_proof_and_a_link_no_number(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start_with(engine, with_app).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let (attempt, link) = open(&browser).await;
    let mut forged = link.clone();
    let last = forged.pop().unwrap();
    forged.push(if last == '0' { '2' } else { '0' });
    for text in [forged.as_str(), &link[..link.len() - 1], &format!("{link}0"), &link.replace("/s/", "/Q/")] {
        assert_eq!(code_of(phone.scan_unchecked(text).await), "frame_invalid", "{text}");
    }
    let scanned = phone.scan(&browser.frame(&attempt).await).await.unwrap();
    assert_eq!((scanned.numbers.len(), scanned.return_url.as_str()), (5, ""));
    assert_eq!(phone.scan(&link).await.unwrap().numbers, scanned.numbers, "the first way counts");
    assert_eq!(code_of(phone.answer(&scanned, OwnerDecision::Approve).await), "answer_invalid");
    phone.answer(&scanned, browser.approval(&attempt).await).await.unwrap();
    browser.finish_sign_in(&attempt).await;

    browser.forget_session();
    let (_, late) = open(&browser).await;
    app.pass(119);
    let mut numbered = phone.scan(&late).await.unwrap();
    assert_eq!(code_of(phone.answer(&numbered, OwnerDecision::ApproveNumber(47)).await), "answer_invalid");
    numbered.flow = 1;
    assert_eq!(
        code_of(phone.answer(&numbered, OwnerDecision::Approve).await),
        "answer_invalid",
        "another way"
    );
    app.pass(1);
    assert_eq!(code_of(phone.scan(&late).await), "attempt_expired");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn phones_are_told_which_app_opens_the_links(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start_with(engine, with_app).await;
    let browser = app.browser();
    let read = async |path: &str| serde_json::from_str::<Value>(&browser.get(path).await.body).unwrap();
    let android = read("/.well-known/assetlinks.json").await;
    assert_eq!(android[0]["target"]["package_name"], "com.example.avain");
    assert_eq!(android[0]["target"]["sha256_cert_fingerprints"], json!([(["14"; 32].join(":"))]));
    let apple = read("/.well-known/apple-app-site-association").await;
    assert_eq!(apple["applinks"]["details"][0]["appIDs"], json!([APP_ID]));
    assert_eq!(apple["applinks"]["details"][0]["components"][2], json!({ "/": "/s/*" }));
    let (_, link) = open(&browser).await;
    let help = browser.get(&link).await;
    assert!(help.status == 200 && help.body.contains("https://apps.apple.com/app/id1"), "{}", help.body);
    app.stop().await;

    let app = TestApp::start(engine).await;
    let browser = app.browser();
    for path in ["/.well-known/assetlinks.json", "/.well-known/apple-app-site-association"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}: no app is known");
    }
    assert!(!browser.start_sign_in().await.page.body.contains("open-app"), "nothing that would open nothing");
    app.stop().await;
}
