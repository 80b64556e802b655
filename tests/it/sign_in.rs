//! Signing in by QR, in the nine steps: browser, phone and web application against the running server.

use avain::domain::membership::Access;
use avain_proto::dsse;
use avain_proto::v1::{Flow, LoginAnswer, LoginChallenge};
use futures_util::StreamExt as _;
use mobile_sim::{OwnerDecision, Phone, PhoneError, twin};
use prost::Message as _;
use rstest::rstest;

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{REDIRECT_URI, TestApp};

pub(crate) fn code_of<T>(result: Result<T, PhoneError>) -> String {
    match result {
        Ok(_) => "accepted".to_owned(),
        Err(error) => error.code().unwrap_or_else(|| panic!("{error}")).to_owned(),
    }
}

#[rstest]
#[actix_web::test]
async fn a_person_signs_in_by_scanning(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let sign_in = browser.start_sign_in().await;
    assert_eq!(browser.state(&sign_in.attempt).await["state"], "waiting");

    let challenge = phone.scan(&browser.frame(&sign_in.attempt).await).await.unwrap();
    assert_eq!(
        (challenge.client_name.as_str(), challenge.company_name.as_str()),
        ("Ledger", "Kuusi Books Oy")
    );
    assert_eq!((challenge.browser.as_str(), challenge.place.as_str()), ("Firefox on Linux", "127.0.0.1"));
    assert!(challenge.display_text.contains("Ledger") && challenge.display_text.contains("Mart Tamm"));
    let scanned = browser.state(&sign_in.attempt).await;
    assert_eq!(scanned["state"], "scanned");
    assert_eq!(scanned["device_name"], "Go… Pi… 8", "a stranger at the browser sees the name masked");

    let number = scanned["number"].as_str().unwrap();
    assert!(challenge.numbers.contains(&number.parse().unwrap()), "{number} of {:?}", challenge.numbers);
    phone.answer(&challenge, browser.approval(&sign_in.attempt).await).await.unwrap();
    assert_eq!(browser.state(&sign_in.attempt).await["state"], "approved");
    let location = browser.finish_sign_in(&sign_in.attempt).await;
    assert!(location.starts_with(&format!("{REDIRECT_URI}?code=")), "{location}");
    assert!(location.contains("&state=a+state&iss="), "{location}");
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'login.success'").await, 1);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_frame_is_accepted_for_five_seconds_and_a_new_one_comes_each_second(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let first = browser.frame(&attempt).await;
    app.pass(1);
    assert_ne!(browser.frame(&attempt).await, first);
    app.pass(4);
    assert_eq!(code_of(phone.scan(&first).await), "frame_expired");
    let fresh = browser.frame(&attempt).await;
    app.pass(4);
    assert_eq!(code_of(phone.scan(&fresh).await), "accepted");
    assert_eq!(
        code_of(phone.scan(&fresh).await),
        "accepted",
        "a lost reply: the same phone gets its challenge again"
    );
    let other = app.enrolled_phone().await;
    assert_eq!(code_of(other.scan(&fresh).await), "attempt_taken");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn forged_and_damaged_frames_are_refused(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let frame = browser.frame(&attempt).await;
    let mut forged = frame.clone();
    let last = forged.pop().unwrap();
    forged.push(if last == '0' { '2' } else { '0' });
    for text in [forged.as_str(), &frame[..frame.len() - 1], "", "https://example.com", &"Q".repeat(128)] {
        assert_eq!(code_of(phone.scan_unchecked(text).await), "frame_invalid", "{text}");
    }
    let mut with_nonce = phone.login_scan(&frame);
    with_nonce.context.as_mut().unwrap().server_nonce = vec![7; 32];
    let envelope = phone.key.sign(dsse::LOGIN_SCAN, &with_nonce.encode_to_vec());
    assert_eq!(
        code_of(phone.submit_scan(&envelope).await),
        "nonce_mismatch",
        "a scan has no nonce of the server's"
    );
    assert_eq!(browser.state(&attempt).await["state"], "waiting");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_attempt_lives_120_seconds_and_an_approval_60_more(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let late = browser.start_sign_in().await.attempt;
    app.pass(119);
    let challenge = phone.scan(&browser.frame(&late).await).await.unwrap();
    app.pass(1);
    assert_eq!(code_of(phone.answer(&challenge, any_number(&challenge)).await), "attempt_expired");
    assert_eq!(browser.state(&late).await["state"], "expired");

    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    app.pass(60);
    let page = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    assert_eq!(page.status, 410);
    assert!(page.body.contains("attempt_expired"), "{}", page.body);
    assert_eq!(app.count("SELECT COUNT(*) FROM sessions").await, 0);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_denial_reaches_the_page_with_its_reason(#[values(Sqlite, Postgres)] engine: Engine) {
    for (decision, reason) in [(OwnerDecision::Mistake, "mistake"), (OwnerDecision::NotMe, "not-me")] {
        let app = TestApp::start(engine).await;
        let phone = app.enrolled_phone().await;
        let browser = app.browser();
        let sign_in = browser.start_sign_in().await;
        let challenge = phone.scan(&browser.frame(&sign_in.attempt).await).await.unwrap();
        phone.answer(&challenge, decision).await.unwrap();
        let state = browser.state(&sign_in.attempt).await;
        assert_eq!((state["state"].as_str(), state["deny_reason"].as_str()), (Some("denied"), Some(reason)));
        assert_eq!(browser.get(&format!("/login/collect?attempt={}", sign_in.attempt)).await.status, 403);
        assert_eq!(code_of(phone.answer(&challenge, any_number(&challenge)).await), "attempt_finished");

        app.pass(1);
        let restarted = browser.post("/login/restart", &[("request", &sign_in.request)]).await;
        let page = browser.get(&restarted.location).await;
        assert!(page.body.contains("name=\"attempt\""), "a new code: {}", page.body);
        app.stop().await;
    }
}

#[rstest]
#[actix_web::test]
async fn an_answer_counts_once_and_for_one_purpose(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let challenge = phone.scan(&browser.frame(&attempt).await).await.unwrap();
    let approval = browser.approval(&attempt).await;
    for (expected, payload) in wrong_answers(&phone, &challenge, approval) {
        let envelope = phone.key.sign(dsse::LOGIN_ANSWER, &payload.encode_to_vec());
        assert_eq!(code_of(phone.submit_answer(&envelope).await), expected);
    }
    let good = phone.login_answer(&challenge, approval).encode_to_vec();
    for purpose in [dsse::LOGIN_SCAN, dsse::ENROL_DEVICE] {
        let mut envelope = phone.key.sign(purpose, &good);
        assert_eq!(code_of(phone.submit_answer(&envelope).await), "payload_type_wrong");
        envelope.payload_type = dsse::LOGIN_ANSWER.to_owned();
        assert_eq!(
            code_of(phone.submit_answer(&envelope).await),
            "signature_invalid",
            "the purpose is signed too"
        );
    }
    let envelope = phone.key.sign(dsse::LOGIN_ANSWER, &good);
    let mut twin_envelope = envelope.clone();
    twin_envelope.signatures[0].sig = twin(&envelope.signatures[0].sig).unwrap();
    assert_eq!(code_of(phone.submit_answer(&twin_envelope).await), "accepted");
    for replay in [&twin_envelope, &envelope] {
        assert_eq!(code_of(phone.submit_answer(replay).await), "attempt_finished");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'attempt.approved'").await, 1);
    app.stop().await;
}

/// Any of the numbers that the phone offers.
fn any_number(challenge: &LoginChallenge) -> OwnerDecision {
    OwnerDecision::ApproveNumber(challenge.numbers[0])
}

/// Answers that differ from a good one in one thing, with the code that each meets.
fn wrong_answers(
    phone: &Phone,
    challenge: &LoginChallenge,
    approval: OwnerDecision,
) -> Vec<(&'static str, LoginAnswer)> {
    let good = phone.login_answer(challenge, approval);
    let changed = |change: fn(&mut LoginAnswer)| {
        let mut payload = good.clone();
        change(&mut payload);
        payload
    };
    vec![
        ("issuer_mismatch", changed(|answer| answer.context.as_mut().unwrap().issuer.push('/'))),
        ("device_unknown", changed(|answer| answer.context.as_mut().unwrap().device_id.clear())),
        (
            "key_thumbprint_mismatch",
            changed(|answer| answer.context.as_mut().unwrap().key_thumbprint.clear()),
        ),
        ("nonce_mismatch", changed(|answer| answer.context.as_mut().unwrap().server_nonce.clear())),
        (
            "user_verification_missing",
            changed(|answer| answer.context.as_mut().unwrap().user_verification = 1),
        ),
        ("field_invalid", changed(|answer| answer.context.as_mut().unwrap().app_version = "1 0".to_owned())),
        (
            "attempt_unknown",
            changed(|answer| answer.attempt_id = "01890000-0000-7000-8000-000000000000".to_owned()),
        ),
        ("answer_invalid", changed(|answer| answer.client_id = "another".to_owned())),
        ("answer_invalid", changed(|answer| answer.decision = 0)),
        ("answer_invalid", changed(|answer| answer.deny_reason = 1)),
        ("answer_invalid", changed(|answer| answer.number_picked = None)),
        ("answer_invalid", changed(|answer| answer.number_picked = Some(101))),
        ("answer_invalid", changed(|answer| answer.number_picked = Some(i32::MIN))),
        ("answer_invalid", changed(|answer| answer.flow = Flow::Push.into())),
        ("display_mismatch", changed(|answer| answer.display_sha256[0] ^= 1)),
    ]
}

#[rstest]
#[actix_web::test]
async fn only_the_browser_that_began_may_look_and_collect(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    let thief = app.browser();
    thief.start_sign_in().await;
    for path in ["state", "events", "collect"] {
        let page = thief.get(&format!("/login/{path}?attempt={attempt}")).await;
        assert_eq!(page.status, 403, "{path}: {}", page.body);
        let page = app.browser().get(&format!("/login/{path}?attempt={attempt}")).await;
        assert_eq!(page.status, 403, "{path} without a cookie: {}", page.body);
    }
    browser.finish_sign_in(&attempt).await;
    let again = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    assert_eq!(again.status, 409);
    assert!(again.body.contains("attempt_collected"), "{}", again.body);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_planted_session_cookie_is_worth_nothing_after_the_sign_in(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    browser.set_cookie("avain-session", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE");
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    browser.finish_sign_in(&attempt).await;
    let fresh = browser.cookies()["avain-session"].clone();
    assert_ne!(fresh, "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_event_stream_tells_frames_and_states_at_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let response = browser.open(&format!("/login/events?attempt={attempt}")).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut events = response.bytes_stream().map(|chunk| String::from_utf8(chunk.unwrap().to_vec()).unwrap());
    assert!(events.next().await.unwrap().contains("\"state\":\"waiting\""));
    let frame = events.next().await.unwrap();
    let link = frame.strip_prefix("event: frame\ndata: ").unwrap().trim().to_owned();
    let challenge = phone.scan(&link).await.unwrap();
    assert!(next_state(&mut events).await.contains("\"state\":\"scanned\""));
    phone.answer(&challenge, browser.approval(&attempt).await).await.unwrap();
    assert!(
        next_state(&mut events).await.contains(&format!("\"location\":\"/login/collect?attempt={attempt}\""))
    );
    assert_eq!(events.next().await, None, "the stream ends with the attempt");
    assert_eq!(app.services.wakes.count(), 0, "nobody waits any more");
    app.stop().await;
}

pub(crate) async fn next_state(events: &mut (impl futures_util::Stream<Item = String> + Unpin)) -> String {
    loop {
        let event = events.next().await.unwrap();
        if event.starts_with("event: state") {
            return event;
        }
    }
}

#[rstest]
#[actix_web::test]
async fn a_cancelled_attempt_cannot_be_approved_and_the_application_is_told(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let sign_in = browser.start_sign_in().await;
    let challenge = phone.scan(&browser.frame(&sign_in.attempt).await).await.unwrap();
    let cancelled = browser.post("/login/cancel", &[("attempt", &sign_in.attempt)]).await;
    assert_eq!(cancelled.status, 303);
    assert_eq!(code_of(phone.answer(&challenge, any_number(&challenge)).await), "attempt_cancelled");
    let left = browser.get(&format!("/login/leave?request={}", sign_in.request)).await;
    assert!(left.location.starts_with(&format!("{REDIRECT_URI}?error=access_denied")), "{}", left.location);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn access_rights_keep_people_out_with_the_right_words(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    app.database.execute("DELETE FROM memberships").await;
    let page = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    assert_eq!(page.status, 403);
    let text = "There is a problem with access rights, please contact your accounting office.";
    assert!(page.body.contains(text), "{}", page.body);

    let employee = app.add_person(Access::MobileOnly, Some("+358 40 123 4567")).await;
    let phone = app.enrol_person(employee).await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    browser.approve(&phone, &attempt).await;
    let page = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    assert!(page.body.contains("browser_access_missing"), "{}", page.body);
    assert_eq!(app.count("SELECT COUNT(*) FROM sessions").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'login.refused'").await, 2);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_revoked_device_signs_nobody_in(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let challenge = phone.scan(&browser.frame(&attempt).await).await.unwrap();
    phone.answer(&challenge, browser.approval(&attempt).await).await.unwrap();
    app.database.execute("UPDATE devices SET state = 'revoked'").await;
    assert_eq!(browser.get(&format!("/login/collect?attempt={attempt}")).await.status, 403);
    let other = app.browser();
    let attempt = other.start_sign_in().await.attempt;
    assert_eq!(code_of(phone.scan(&other.frame(&attempt).await).await), "device_revoked");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_browser_cannot_collect_before_the_phone_has_answered(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let path = format!("/login/collect?attempt={attempt}");
    assert_eq!(browser.get(&path).await.status, 409);
    phone.scan(&browser.frame(&attempt).await).await.unwrap();
    let page = browser.get(&path).await;
    assert!(page.status == 409 && page.body.contains("attempt_unanswered"), "{}", page.body);
    assert_eq!(browser.state(&attempt).await["state"], "scanned", "asking too early changes nothing");
    app.stop().await;
}
