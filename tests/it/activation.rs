//! Activation, as a phone meets it: `/phone/v1/activations…` and `/phone/v1/devices`.

use avain::domain::membership::Access;
use avain::domain::message::Channel;
use avain_proto::dsse;
use avain_proto::v1::{Platform, PlatformFacts, UserVerification};
use mobile_sim::{Activation, DeviceKey, PhoneError, Transport};
use prost::Message as _;
use rstest::rstest;

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};

fn code_of<T>(result: Result<T, PhoneError>) -> String {
    match result {
        Ok(_) => "accepted".to_owned(),
        Err(error) => error.code().unwrap_or_else(|| panic!("{error}")).to_owned(),
    }
}

fn android(os_version: &str, api_level: i32) -> PlatformFacts {
    PlatformFacts { os_version: os_version.to_owned(), api_level, ..facts() }
}

fn ios(os_version: &str) -> PlatformFacts {
    let platform = Platform::Ios.into();
    let (brand, model) = ("Apple".to_owned(), "iPhone15,2".to_owned());
    PlatformFacts { platform, os_version: os_version.to_owned(), api_level: 0, brand, model, ..facts() }
}

/// Starts an activation with what is on the phone, and gives back the error code.
async fn start_code(app: &TestApp, code: &str, facts: PlatformFacts) -> String {
    code_of(Activation::start(&app.phone_server(), code, facts).await)
}

#[rstest]
#[actix_web::test]
async fn a_phone_is_enrolled_with_both_codes_and_its_key(#[values(Sqlite, Postgres)] engine: Engine) {
    for transport in [Transport::Json, Transport::Protobuf] {
        let app = TestApp::start(engine).await;
        let server = app.phone_server().with_transport(transport);
        let invited = app.invite().await;
        let (mut activation, started) = Activation::start(&server, &invited.code, facts()).await.unwrap();
        assert_eq!(
            (started.person_name.as_str(), started.company_name.as_str()),
            ("Mart Tamm", "Kuusi Books Oy")
        );
        assert_eq!(started.issuer, app.base_url);
        assert!(
            started.masked_phone.ends_with("01") && !started.masked_phone.contains("5555"),
            "{}",
            started.masked_phone
        );
        let sms = app.last_message(Channel::Sms).await;
        assert_eq!(sms.to, "+37255550101");
        activation.confirm(&app.confirmation_code().await).await.unwrap();
        let phone = activation.enrol(UserVerification::Biometric, "Mart's phone").await.unwrap();
        assert_eq!(phone.profile.person_name, "Mart Tamm");
        assert_eq!(
            app.count("SELECT COUNT(*) FROM devices WHERE name = 'Mart''s phone' AND state = 'active'").await,
            1
        );
        let notice = app.last_message(Channel::Mail).await;
        assert!(notice.body.contains("Mart's phone"), "the person hears of the new device: {}", notice.body);
        app.stop().await;
    }
}

#[rstest]
#[actix_web::test]
async fn a_phone_that_is_too_old_is_told_both_versions_and_the_code_stays_unused(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let invited = app.invite().await;
    let too_old =
        [(android("11", 0), "11", "12"), (android("12", 30), "11", "12"), (ios("15.8.3"), "15.8.3", "16")];
    for (facts, has, needs) in too_old {
        let error = Activation::start(&app.phone_server(), &invited.code, facts).await.err().unwrap();
        let refusal = error.refusal().unwrap();
        assert_eq!((refusal.status, refusal.code.as_str()), (403, "os_version_too_old"));
        assert!(refusal.detail.contains(has) && refusal.detail.contains(needs), "{}", refusal.detail);
        assert_eq!(refusal.error_reference.len(), 9);
    }
    for facts in [android("Tiramisu", 0), android("12", -1), ios("16.x"), ios("")] {
        assert_eq!(start_code(&app, &invited.code, facts).await, "os_version_unparsable");
    }
    let unspecified = PlatformFacts { platform: 0, ..facts() };
    assert_eq!(start_code(&app, &invited.code, unspecified).await, "platform_unsupported");
    let long = PlatformFacts { model: "x".repeat(65), ..facts() };
    assert_eq!(start_code(&app, &invited.code, long).await, "field_invalid");
    assert_eq!(app.count("SELECT COUNT(*) FROM enrolments").await, 0);
    assert_eq!(start_code(&app, &invited.code, ios("16.1-beta")).await, "accepted");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn every_way_an_activation_code_can_be_wrong_has_its_own_answer(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    assert_eq!(start_code(&app, "ABCD-EFGH", facts()).await, "activation_code_malformed");
    assert_eq!(start_code(&app, "0000-0000-0000", facts()).await, "activation_code_unknown");

    let first = app.invite().await;
    let second = app.invite_person(first.person).await;
    assert_eq!(
        start_code(&app, &first.code, facts()).await,
        "activation_code_void",
        "re-invitation kills the old code"
    );

    app.pass(24 * 60 * 60);
    assert_eq!(start_code(&app, &second.code, facts()).await, "activation_code_expired");

    let third = app.invite_person(first.person).await;
    app.pass(24 * 60 * 60 - 1);
    let typed = third.code.to_lowercase().replace('-', " ");
    assert_eq!(
        start_code(&app, &typed, facts()).await,
        "accepted",
        "typed in lower case, with blanks, in the last second"
    );
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_used_code_is_used(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let activation = app.confirmed_activation().await;
    activation.enrol(UserVerification::Pin, "").await.unwrap();
    assert_eq!(start_code(&app, &activation.profile.activation_code, facts()).await, "activation_code_used");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_first_phone_holds_the_code_and_a_lost_reply_does_not_send_another_message(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let invited = app.invite().await;
    let (mut first, _) = Activation::start(&app.phone_server(), &invited.code, facts()).await.unwrap();
    assert_eq!(start_code(&app, &invited.code, facts()).await, "activation_code_in_use");
    first.begin().await.unwrap();
    let messages = app.messages().await;
    assert_eq!(messages.iter().filter(|message| message.channel == Channel::Sms).count(), 1);

    app.pass(10 * 60);
    assert_eq!(
        start_code(&app, &invited.code, facts()).await,
        "accepted",
        "a phone that gave up lets go after ten minutes"
    );
    assert_eq!(code_of(first.confirm("123456").await), "enrolment_expired");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn five_wrong_confirmation_codes_void_the_invitation(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let invited = app.invite().await;
    let (mut activation, _) = Activation::start(&app.phone_server(), &invited.code, facts()).await.unwrap();
    let right = app.confirmation_code().await;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for tries_left in [4, 3, 2, 1] {
        let error = activation.confirm(wrong).await.unwrap_err();
        let refusal = error.refusal().unwrap();
        assert_eq!(refusal.code, "confirmation_code_wrong");
        assert_eq!(refusal.number("tries_left"), Some(tries_left));
    }
    assert_eq!(
        code_of(activation.confirm("12345").await),
        "confirmation_code_wrong",
        "not six digits: not a guess"
    );
    assert_eq!(code_of(activation.confirm(wrong).await), "confirmation_code_locked");
    assert_eq!(code_of(activation.confirm(&right).await), "confirmation_code_locked");
    assert_eq!(start_code(&app, &invited.code, facts()).await, "activation_code_void");
    assert_eq!(app.count("SELECT wrong_codes FROM enrolments").await, 5, "each guess was counted for good");
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'confirmation.wrong'").await, 5);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn parallel_guesses_are_all_counted(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let invited = app.invite().await;
    let (activation, _) = Activation::start(&app.phone_server(), &invited.code, facts()).await.unwrap();
    let right = app.confirmation_code().await;
    let guesses = (0..60).map(|guess| {
        let mut activation = activation.clone();
        let guess = format!("{guess:06}");
        assert_ne!(guess, right);
        async move { code_of(activation.confirm(&guess).await) }
    });
    let answers = futures_util::future::join_all(guesses).await;
    let wrong = answers.iter().filter(|answer| *answer == "confirmation_code_wrong").count();
    assert_eq!(
        (wrong, answers.iter().filter(|answer| *answer == "confirmation_code_locked").count()),
        (4, 56)
    );
    assert_eq!(app.count("SELECT wrong_codes FROM enrolments").await, 5);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_confirmation_code_is_sent_three_times_with_the_same_digits(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let invited = app.invite().await;
    let (mut activation, _) = Activation::start(&app.phone_server(), &invited.code, facts()).await.unwrap();
    let first = app.confirmation_code().await;
    for sends_left in [1, 0] {
        assert_eq!(activation.resend().await.unwrap().sends_left, sends_left);
        assert_eq!(app.confirmation_code().await, first);
    }
    assert_eq!(code_of(activation.resend().await), "confirmation_sends_exhausted");
    app.pass(10 * 60);
    assert_eq!(code_of(activation.confirm(&first).await), "confirmation_code_expired");
    assert_eq!(code_of(activation.resend().await), "confirmation_code_expired");
    assert_eq!(
        start_code(&app, &invited.code, facts()).await,
        "confirmation_sends_exhausted",
        "three sends for one invitation"
    );
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn somebody_without_a_phone_number_is_told_who_can_help(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let person = app.add_person(Access::Browser, None).await;
    let invited = app.invite_person(person).await;
    assert_eq!(start_code(&app, &invited.code, facts()).await, "phone_number_missing");
    assert_eq!(app.count("SELECT COUNT(*) FROM enrolments").await, 0);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_last_step_repeated_gives_the_same_device(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let activation = app.confirmed_activation().await;
    let first = activation.enrol(UserVerification::Biometric, "").await.unwrap();
    let again = activation.enrol(UserVerification::Biometric, "another name").await.unwrap();
    assert_eq!(first.profile.device_id, again.profile.device_id);
    assert_eq!(app.count("SELECT COUNT(*) FROM devices").await, 1);

    let mut other_key = activation.clone();
    other_key.key = DeviceKey::generate().unwrap();
    assert_eq!(code_of(other_key.enrol(UserVerification::Biometric, "").await), "enrolment_finished");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_key_must_prove_itself_to_this_server_for_this_step(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let activation = app.confirmed_activation().await;
    let other = DeviceKey::generate().unwrap();
    let good = activation.enrolment(UserVerification::Biometric, "");
    let changed = |change: fn(&mut avain_proto::v1::EnrolDevice)| {
        let mut payload = good.clone();
        change(&mut payload);
        activation.key.sign(dsse::ENROL_DEVICE, &payload.encode_to_vec())
    };
    let cases = [
        ("signature_invalid", other.sign(dsse::ENROL_DEVICE, &good.encode_to_vec())),
        ("payload_type_wrong", activation.key.sign(dsse::LOGIN_ANSWER, &good.encode_to_vec())),
        (
            "issuer_mismatch",
            changed(|payload| payload.context.as_mut().unwrap().issuer = "https://evil.example".to_owned()),
        ),
        (
            "key_thumbprint_mismatch",
            changed(|payload| payload.context.as_mut().unwrap().key_thumbprint[0] ^= 1),
        ),
        ("nonce_mismatch", changed(|payload| payload.context.as_mut().unwrap().server_nonce[0] ^= 1)),
        (
            "user_verification_missing",
            changed(|payload| payload.context.as_mut().unwrap().user_verification = 1),
        ),
        (
            "enrolment_unknown",
            changed(|payload| payload.enrolment_id = "01890000-0000-7000-8000-000000000000".to_owned()),
        ),
        ("device_key_invalid", changed(|payload| payload.public_key.truncate(64))),
        ("device_key_invalid", changed(|payload| payload.public_key.push(0))),
        ("device_key_invalid", changed(|payload| payload.public_key[64] ^= 1)),
        ("field_invalid", changed(|payload| payload.context = None)),
        ("os_version_too_old", changed(|payload| payload.platform.as_mut().unwrap().api_level = 30)),
    ];
    for (expected, envelope) in cases {
        assert_eq!(code_of(activation.submit(&envelope).await), expected);
    }
    let mut two_signatures = activation.key.sign(dsse::ENROL_DEVICE, &good.encode_to_vec());
    two_signatures.signatures.push(two_signatures.signatures[0].clone());
    assert_eq!(code_of(activation.submit(&two_signatures).await), "envelope_invalid");
    assert_eq!(app.count("SELECT COUNT(*) FROM devices").await, 0);
    activation.enrol(UserVerification::Biometric, "").await.unwrap();
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn steps_out_of_order_or_out_of_time_are_refused(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let invited = app.invite().await;
    let (mut activation, _) = Activation::start(&app.phone_server(), &invited.code, facts()).await.unwrap();
    assert_eq!(code_of(activation.enrol(UserVerification::Pin, "").await), "confirmation_missing");
    let mut stranger = activation.clone();
    stranger.profile.installation_secret = vec![7; 32];
    let right = app.confirmation_code().await;
    assert_eq!(code_of(stranger.confirm(&right).await), "enrolment_unknown");
    let first = activation.confirm(&right).await.unwrap();
    let again = activation.confirm(&right).await.unwrap();
    assert_eq!(first.server_nonce, again.server_nonce, "a lost reply to the confirmation is no loss");
    app.pass(10 * 60);
    assert_eq!(code_of(activation.enrol(UserVerification::Pin, "").await), "enrolment_expired");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_key_belongs_to_one_device(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let first = app.confirmed_activation().await;
    first.enrol(UserVerification::Pin, "").await.unwrap();
    let mut second = app.confirmed_activation().await;
    second.key = first.key.clone();
    assert_eq!(code_of(second.enrol(UserVerification::Pin, "").await), "device_key_in_use");
    assert_eq!(app.count("SELECT COUNT(*) FROM devices").await, 1);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn whoever_takes_a_code_over_has_as_many_tries_as_were_left(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let invited = app.invite().await;
    let (mut first, _) = Activation::start(&app.phone_server(), &invited.code, facts()).await.unwrap();
    for _ in 0..4 {
        let wrong = if app.confirmation_code().await == "000000" { "000001" } else { "000000" };
        assert_eq!(code_of(first.confirm(wrong).await), "confirmation_code_wrong");
    }
    app.pass(10 * 60);
    let (mut second, started) = Activation::start(&app.phone_server(), &invited.code, facts()).await.unwrap();
    assert_eq!(started.tries_left, 1);
    let wrong = if app.confirmation_code().await == "000000" { "000001" } else { "000000" };
    assert_eq!(code_of(second.confirm(wrong).await), "confirmation_code_locked");
    assert_eq!(start_code(&app, &invited.code, facts()).await, "activation_code_void");
    app.stop().await;
}
