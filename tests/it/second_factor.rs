//! The code that is asked for in a place that the server does not remember.

use avain::domain::message::Channel;
use avain::domain::network::Network;
use avain::store::approved_network;
use mobile_sim::Phone;
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::browser::{Browser, Page};
use crate::harness::database::{Engine, Postgres, Sqlite};

const PAGE: &str = "/login/second-factor";
const HOME: &str = "198.51.100.7";
const FAR: &str = "203.0.113.9";

/// A server behind a proxy, and somebody who has signed in from home.
async fn signed_in_at_home(engine: Engine) -> (TestApp, Phone, Browser) {
    let app = TestApp::start_behind(engine, &["127.0.0.1"]).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser().from(HOME);
    let collected = collect(&phone, &browser).await.1;
    assert!(collected.location.starts_with("/oauth2/resume"), "the first sign-in: {}", collected.location);
    (app, phone, browser)
}

/// Signs in as far as the collection; gives back the attempt and the answer.
pub(crate) async fn collect(phone: &Phone, browser: &Browser) -> (String, Page) {
    browser.forget_session();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(phone, &attempt).await;
    let page = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    assert_eq!(page.status, 303, "{}", page.body);
    (attempt, page)
}

/// A new browser far away that is asked for a code.
async fn asked_far_away(app: &TestApp, phone: &Phone) -> (Browser, String) {
    let browser = app.browser().from(FAR);
    let (attempt, page) = collect(phone, &browser).await;
    assert_eq!(page.location, format!("{PAGE}?attempt={attempt}"));
    (browser, attempt)
}

async fn enter(browser: &Browser, attempt: &str, code: &str) -> Page {
    browser.post(PAGE, &[("attempt", attempt), ("code", code)]).await
}

fn wrong(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

#[rstest]
#[actix_web::test]
async fn known_browsers_and_known_networks_are_not_asked(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, phone, known) = signed_in_at_home(engine).await;
    let travelling = known.twin().from(FAR);
    assert!(collect(&phone, &travelling).await.1.location.starts_with("/oauth2/resume"), "known browser");
    let neighbour = app.browser().from("198.51.100.200");
    assert!(collect(&phone, &neighbour).await.1.location.starts_with("/oauth2/resume"), "known network");
    assert_eq!(app.count("SELECT COUNT(*) FROM second_factors").await, 0);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_new_browser_in_a_new_network_needs_the_code_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, phone, _) = signed_in_at_home(engine).await;
    let (browser, attempt) = asked_far_away(&app, &phone).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM sessions").await, 1, "no session before the code");
    let page = browser.get(&format!("{PAGE}?attempt={attempt}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("+372 ****** 01") && page.body.contains("m***@k***.example"), "{}", page.body);
    let code = app.confirmation_code().await;
    assert!(app.last_message(Channel::Mail).await.body.contains(&code), "the same digits");
    let progress = format!("{PAGE}/progress?attempt={attempt}");
    let told: serde_json::Value = serde_json::from_str(&browser.get(&progress).await.body).unwrap();
    assert!(told["sms"].as_str().unwrap().starts_with("Handed over at "), "{told}");
    assert_eq!((&told["is_over"], told["mail"] == told["sms"]), (&true.into(), true));
    app.database.execute("UPDATE outbox SET state = 'refused' WHERE channel = 'sms'").await;
    assert!(browser.get(&progress).await.body.contains("could not be delivered"));
    assert_eq!(app.browser().get(&progress).await.status, 403, "no other browser is told");
    app.pass(120);
    let done = enter(&browser, &attempt, &format!(" {} {} ", &code[..3], &code[3..])).await;
    assert!(done.status == 303 && done.location.starts_with("/oauth2/resume"), "{}", done.body);
    assert_eq!(browser.get(&done.location).await.status, 303);
    assert!(collect(&phone, &browser).await.1.location.starts_with("/oauth2/resume"), "not asked again");
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'second_factor.passed'").await, 1);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn five_wrong_codes_end_the_sign_in_and_ten_stop_the_person(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (app, phone, _) = signed_in_at_home(engine).await;
    let mut code = String::new();
    for _ in 0..2 {
        let (browser, attempt) = asked_far_away(&app, &phone).await;
        code = app.confirmation_code().await;
        assert!(enter(&browser, &attempt, "12345").await.body.contains("Tries left: 5"), "not six digits");
        for tries_left in (1..5).rev() {
            let page = enter(&browser, &attempt, &wrong(&code)).await;
            assert!(
                page.status == 403 && page.body.contains(&format!("Tries left: {tries_left}")),
                "{}",
                page.body
            );
        }
        assert!(enter(&browser, &attempt, &wrong(&code)).await.body.contains("second_factor_locked"));
        assert!(
            enter(&browser, &attempt, &code).await.body.contains("second_factor_locked"),
            "the right one too"
        );
    }
    let (browser, attempt) = asked_far_away(&app, &phone).await;
    let last = app.confirmation_code().await;
    assert_ne!(last, code);
    assert!(enter(&browser, &attempt, &last).await.body.contains("second_factor_stopped"));
    app.pass(15 * 60);
    let (browser, attempt) = asked_far_away(&app, &phone).await;
    let done = enter(&browser, &attempt, &app.confirmation_code().await).await;
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(app.count("SELECT COUNT(*) FROM factor_counters").await, 0, "a right code forgives");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn parallel_guesses_have_no_more_tries(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, phone, _) = signed_in_at_home(engine).await;
    let (browser, attempt) = asked_far_away(&app, &phone).await;
    let guess = wrong(&app.confirmation_code().await);
    let guesses = (0..12).map(|_| enter(&browser, &attempt, &guess));
    let answers = futures_util::future::join_all(guesses).await;
    let counted = answers.iter().filter(|page| page.body.contains("Tries left")).count();
    assert!(counted <= 4, "{counted}");
    assert_eq!(app.count("SELECT wrong_codes FROM second_factors").await, 5);
    assert_eq!(app.count("SELECT failures FROM factor_counters").await, 5);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_same_code_is_sent_three_times_and_lives_ten_minutes(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, phone, _) = signed_in_at_home(engine).await;
    let (browser, attempt) = asked_far_away(&app, &phone).await;
    let code = app.confirmation_code().await;
    let again = format!("{PAGE}/send");
    let form = [("attempt", attempt.as_str())];
    assert!(browser.post(&again, &form).await.body.contains("second_factor_sent_recently"));
    for _ in 0..2 {
        app.pass(60);
        assert_eq!(browser.post(&again, &form).await.status, 303);
        assert_eq!(app.confirmation_code().await, code);
    }
    app.pass(60);
    assert!(browser.post(&again, &form).await.body.contains("second_factor_sends_exhausted"));
    let stranger = app.browser().from(FAR);
    stranger.start_sign_in().await;
    assert!(enter(&stranger, &attempt, &code).await.body.contains("browser_mismatch"));
    app.pass(7 * 60);
    assert!(enter(&browser, &attempt, &code).await.body.contains("attempt_expired"));
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_proxy_that_knows_no_address_means_a_new_network(#[values(Sqlite, Postgres)] engine: Engine) {
    let (app, phone, _) = signed_in_at_home(engine).await;
    for header in ["", "unknown", "198.51.100.7, unknown", "198.51.100.7, 203.0.113.9", "198.51.100.7:x"] {
        let page = collect(&phone, &app.browser().from(header)).await.1;
        assert!(page.location.starts_with(PAGE), "{header}");
    }
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_header_from_a_stranger_never_avoids_the_code(#[values(Sqlite, Postgres)] engine: Engine) {
    // The server sees its peers itself; the only proxy that it believes is elsewhere.
    let app = TestApp::start_behind(engine, &["192.0.2.1"]).await;
    let phone = app.enrolled_phone().await;
    let home = app.browser();
    assert!(collect(&phone, &home).await.1.location.starts_with("/oauth2/resume"));
    for forwarded in
        ["127.0.0.1", "192.0.2.1", "127.0.0.1, 192.0.2.1", "a", "", "unknown", "[::1]:80", "127.0.0.1:443"]
    {
        let away = app.browser().at([127, 0, 9, 1].into()).from(forwarded);
        let (attempt, page) = collect(&phone, &away).await;
        assert_eq!(page.location, format!("{PAGE}?attempt={attempt}"), "{forwarded:?}");
    }
    let known = app.browser().at([127, 0, 0, 99].into()).from(FAR);
    assert!(collect(&phone, &known).await.1.location.starts_with("/oauth2/resume"), "nor does it cause one");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_company_s_network_needs_no_code_until_its_approval_ends(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (app, phone, _) = signed_in_at_home(engine).await;
    let network = Network::parse("203.0.113.0/24").unwrap();
    let until = app.services.clock.now().plus(std::time::Duration::from_hours(1));
    let mut tx = app.services.db.write().await.unwrap();
    approved_network::approve(&mut tx, app.company, network, until, until).await.unwrap();
    tx.commit().await.unwrap();
    let office = app.browser().from(FAR);
    assert!(collect(&phone, &office).await.1.location.starts_with("/oauth2/resume"));
    let elsewhere = app.browser().from("203.0.114.9");
    assert!(collect(&phone, &elsewhere).await.1.location.starts_with(PAGE));
    app.database.execute("DELETE FROM known_origins WHERE kind = 'network'").await;
    app.pass(60 * 60);
    asked_far_away(&app, &phone).await;
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn without_a_phone_number_the_code_goes_by_mail_and_the_page_says_who_can_help(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (app, phone, _) = signed_in_at_home(engine).await;
    app.database.execute("UPDATE persons SET phone = NULL").await;
    let sent = app.messages().await.iter().filter(|message| message.channel == Channel::Sms).count();
    let (browser, attempt) = asked_far_away(&app, &phone).await;
    let page = browser.get(&format!("{PAGE}?attempt={attempt}")).await;
    assert!(page.body.contains("user administrator can set it"), "{}", page.body);
    let messages = app.messages().await;
    assert_eq!(messages.iter().filter(|message| message.channel == Channel::Sms).count(), sent);
    let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    let mail = app.last_message(Channel::Mail).await.body;
    let code = mail.split_whitespace().map(|word| word.trim_end_matches('.')).find(is_code).unwrap();
    assert_eq!(enter(&browser, &attempt, code).await.status, 303);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn whoever_cannot_be_reached_at_all_is_told_so_and_support_can_see_it(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (app, phone, _) = signed_in_at_home(engine).await;
    app.database.execute("UPDATE persons SET phone = NULL, email = ''").await;
    let far = app.browser().from(FAR);
    let attempt = far.start_sign_in().await.attempt;
    far.approve(&phone, &attempt).await;
    let page = far.get(&format!("/login/collect?attempt={attempt}")).await;
    assert!(page.status == 409 && page.body.contains("second_factor_unreachable"), "{}", page.body);
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'second_factor.unreachable'").await, 1);
    app.stop().await;
}

/// The digits of the newest mail, which are others than the SMS's under that policy.
async fn mailed_digits(app: &TestApp) -> String {
    let mail = app.last_message(Channel::Mail).await;
    let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    mail.body.split_whitespace().find(is_code).unwrap().to_owned()
}

#[rstest]
#[actix_web::test]
async fn where_two_codes_are_asked_for_both_must_be_right(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start_with(engine, |settings| {
        settings.server.trusted_proxies = vec!["127.0.0.1".to_owned()];
        settings.second_factor.codes = "different".to_owned();
    })
    .await;
    let phone = app.enrolled_phone().await;
    app.browser().from("198.51.100.7").visit_with(&phone, "/account").await;
    let (browser, attempt) = asked_far_away(&app, &phone).await;
    let page = browser.get(&format!("{PAGE}?attempt={attempt}")).await.body;
    assert!(page.contains("Code from the SMS") && page.contains("Code from the e-mail"), "{page}");
    let (sms, mail) = (app.confirmation_code().await, mailed_digits(&app).await);
    assert_ne!(sms, mail);
    let send = async |code: &str, mail_code: &str| {
        let form = [("attempt", attempt.as_str()), ("code", code), ("mail_code", mail_code)];
        browser.post(PAGE, &form).await
    };
    for (code, mail_code) in [(&sms, &sms), (&mail, &mail), (&mail, &sms)] {
        let refused = send(code, mail_code).await;
        assert!(refused.status == 403 && refused.body.contains("wrong"), "{}", refused.body);
    }
    assert_eq!(app.count("SELECT wrong_codes FROM second_factors").await, 3, "one try each");
    assert_eq!(send(&sms, "").await.status, 403);
    assert_eq!(app.count("SELECT wrong_codes FROM second_factors").await, 3, "a missing one costs none");
    assert_eq!(send(&sms, &mail).await.status, 303);

    app.database.execute("UPDATE persons SET phone = NULL").await;
    let other = app.browser().from("192.0.2.77");
    let (_, asked) = collect(&phone, &other).await;
    let attempt = asked.location.split("attempt=").nth(1).unwrap().to_owned();
    let form = [("attempt", attempt.as_str()), ("code", &mailed_digits(&app).await)];
    assert_eq!(other.post(PAGE, &form).await.status, 303, "one way, one code");
    app.stop().await;
}
