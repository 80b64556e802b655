//! What KH users do at `/admin`, as their browsers and phones meet it.

mod guards;
mod networks;

use avain::domain::message::Channel;
use avain::flows::invite;
use mobile_sim::{Activation, Phone, PhoneError};
use rstest::rstest;

use avain_proto::v1::UserVerification;

use crate::harness::browser::{Browser, value_after};
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};

const NEW: [(&str, &str); 8] = [
    ("name", "Žofia O’Neil <b>"),
    ("email", "zofia@seitseman.example"),
    ("phone", "+372 5555-0199"),
    ("country", "ee"),
    ("identifier", "38001085718"),
    ("language", "en"),
    ("role", "user"),
    ("access", "browser"),
];

fn code_of<T>(result: Result<T, PhoneError>) -> String {
    result.map_or_else(|error| error.code().unwrap_or_default().to_owned(), |_| "accepted".to_owned())
}

/// A KH user who has just signed in, and the address of their people.
async fn signed_in(app: &TestApp) -> (Browser, String) {
    let (_, phone) = app.administrator_of(app.company).await;
    let browser = app.browser();
    let page = browser.visit_with(&phone, "/admin").await;
    assert_eq!(page.status, 200, "{}", page.body);
    (browser, format!("/admin/{}/people", app.company))
}

/// The activation code in the newest mail.
async fn mailed_code(app: &TestApp) -> String {
    let mail = app.last_message(Channel::Mail).await;
    let is_code = |word: &&str| word.len() == 14 && word.matches('-').count() == 2;
    mail.body.split_whitespace().find(is_code).unwrap().to_owned()
}

async fn activate(app: &TestApp, code: &str) -> Phone {
    let (mut activation, _) = Activation::start(&app.phone_server(), code, facts()).await.unwrap();
    activation.confirm(&app.confirmation_code().await).await.unwrap();
    activation.enrol(UserVerification::Pin, "").await.unwrap()
}

#[rstest]
#[actix_web::test]
async fn a_kh_user_invites_somebody_who_then_signs_in(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, people) = signed_in(&app).await;
    let form = browser.get(&format!("{people}/new")).await;
    assert_eq!(form.status, 200, "{}", form.body);
    let added = browser.post(&format!("{people}/new"), &NEW).await;
    assert_eq!(added.status, 303, "{}", added.body);
    let page = browser.get(&added.location).await;
    assert!(page.body.contains("The invitation was sent."), "{}", page.body);
    assert!(page.body.contains("Žofia O’Neil &#60;b&#62;"), "names are text: {}", page.body);
    assert!(page.body.contains("+37255550199") && page.body.contains("Kaisa Virtanen"), "{}", page.body);
    let list = browser.get(&people).await.body;
    assert!(list.contains("Invited") && list.contains("zofia@seitseman.example"), "{list}");
    let code = mailed_code(&app).await;
    assert!(!page.body.contains(&code), "no page shows the activation code");

    let phone = activate(&app, &code).await;
    let user = app.browser();
    let attempt = user.start_sign_in().await.attempt;
    user.approve(&phone, &attempt).await;
    assert!(user.finish_sign_in(&attempt).await.contains("?code="));
    assert!(!browser.get(&people).await.body.contains("Invited"), "the phone is activated");
    assert_eq!(app.count("SELECT COUNT(*) FROM persons WHERE identifier_hash IS NOT NULL").await, 1);
    let stolen = String::from_utf8_lossy(&app.database.stolen().await).into_owned();
    assert!(!stolen.contains("38001085718"), "identifiers are kept as keyed hashes");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn what_is_typed_wrong_is_shown_again_and_nothing_is_written(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let (browser, people) = signed_in(&app).await;
    let before = app.database.row_counts().await;
    for (field, value) in [
        ("name", " \u{200b} "),
        ("email", "nobody"),
        ("email", "a@b.fi\r\nBcc: c@d.fi"),
        ("phone", "040 1234567"),
        ("country", "Eesti"),
        ("identifier", &"1".repeat(65)),
    ] {
        let typed: Vec<(&str, &str)> =
            NEW.iter().map(|(name, given)| (*name, if *name == field { value } else { *given })).collect();
        let page = browser.post(&format!("{people}/new"), &typed).await;
        assert_eq!(page.status, 400, "{field}");
        assert!(page.body.contains(&format!("href=\"#{field}\"")), "{field}: {}", page.body);
        assert!(page.body.contains("aria-invalid"), "{field}");
    }
    assert_eq!(app.database.row_counts().await, before);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_changed_phone_number_is_used_and_the_person_hears_of_it(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let (browser, people) = signed_in(&app).await;
    let invited = app.invite().await;
    let page = format!("{people}/{}", invited.person);
    let wrong = browser.post(&format!("{page}/phone"), &[("phone", "12")]).await;
    assert!(wrong.status == 400 && wrong.body.contains("value=\"12\""), "{}", wrong.body);
    browser.post(&format!("{page}/phone"), &[("phone", "00372 (5555) 0177")]).await;
    let mail = app.last_message(Channel::Mail).await;
    assert_eq!(mail.subject, "Your phone number was changed");
    assert!(
        mail.body.contains("Kaisa Virtanen") && mail.body.contains("77") && !mail.body.contains("55550177")
    );
    Activation::start(&app.phone_server(), &invited.code, facts()).await.unwrap();
    assert_eq!(app.last_message(Channel::Sms).await.to, "+37255550177");
    let messages = app.messages().await;
    let warned = messages.iter().rfind(|message| message.to == "+37255550101").unwrap();
    assert!(warned.body.contains("changed your phone number"), "the old number hears of it: {}", warned.body);
    assert!(warned.body.contains("/not-me#") && mail.body.contains("/not-me#"), "{}", mail.body);
    let shown = browser.get(&page).await.body;
    assert!(shown.contains("Phone number changed"), "{shown}");
    assert_eq!(
        app.count("SELECT COUNT(*) FROM audit WHERE event = 'phone.changed' AND actor_id IS NOT NULL").await,
        1
    );
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn access_that_is_removed_ends_everything_at_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, people) = signed_in(&app).await;
    let phone = app.enrolled_phone().await;
    let person = app.text("SELECT id FROM persons WHERE name = 'Mart Tamm'").await;
    let user = app.browser();
    let attempt = user.start_sign_in().await.attempt;
    user.approve(&phone, &attempt).await;
    user.finish_sign_in(&attempt).await;
    for (access, text) in [
        ("removed", "There is a problem with access rights, please contact your accounting office."),
        ("mobile_only", "browser_access_missing"),
    ] {
        let form = [("role", "user"), ("access", access)];
        assert_eq!(browser.post(&format!("{people}/{person}/access"), &form).await.status, 303);
        assert_eq!(
            app.count("SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL").await,
            1,
            "the KH user's"
        );
        let late = app.browser();
        let attempt = late.start_sign_in().await.attempt;
        late.approve(&phone, &attempt).await;
        let page = late.get(&format!("/login/collect?attempt={attempt}")).await;
        assert_eq!(page.status, 403);
        assert!(page.body.contains(text), "{access}: {}", page.body);
    }
    let back = [("role", "user"), ("access", "browser")];
    browser.post(&format!("{people}/{person}/access"), &back).await;
    let attempt = user.start_sign_in().await.attempt;
    user.approve(&phone, &attempt).await;
    user.finish_sign_in(&attempt).await;
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_removed_device_cannot_sign_in(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, people) = signed_in(&app).await;
    let phone = app.enrolled_phone().await;
    let person = app.text("SELECT id FROM persons WHERE name = 'Mart Tamm'").await;
    let page = format!("{people}/{person}");
    let removal = value_after(&browser.get(&page).await.body, "class=\"inline\" method=\"post\" action=\"");
    assert_eq!(browser.post(&removal, &[]).await.status, 303);
    assert_eq!(browser.post(&removal, &[]).await.status, 303, "pressed twice");
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE event = 'device.revoked'").await, 1);
    assert!(app.last_message(Channel::Mail).await.subject.starts_with("A device was removed"));
    let user = app.browser();
    let attempt = user.start_sign_in().await.attempt;
    assert_eq!(code_of(phone.scan(&user.frame(&attempt).await).await), "device_revoked");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_confirmation_code_can_be_read_to_the_person(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, people) = signed_in(&app).await;
    let invited = app.invite().await;
    let path = format!("{people}/{}/confirmation", invited.person);
    let early = browser.post(&path, &[]).await;
    assert!(early.status == 409 && early.body.contains("no_enrolment_waiting"), "{}", early.body);
    let (mut activation, _) = Activation::start(&app.phone_server(), &invited.code, facts()).await.unwrap();
    let shown = browser.post(&path, &[]).await;
    let code = shown.body.split("<p class=\"code\">").nth(1).unwrap()[..6].to_owned();
    assert_eq!(code, app.confirmation_code().await, "the same digits as in the SMS");
    let mail = app.last_message(Channel::Mail).await;
    assert!(mail.subject.contains("Kaisa Virtanen") && !mail.body.contains(&code), "{}", mail.body);
    activation.confirm(&code).await.unwrap();
    activation.enrol(UserVerification::Pin, "").await.unwrap();
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_new_invitation_kills_the_old_code_and_may_go_to_a_corrected_address(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let (browser, people) = signed_in(&app).await;
    let invited = app.invite().await;
    let path = format!("{people}/{}/invitation", invited.person);
    assert_eq!(browser.post(&path, &[("email", "not an address")]).await.status, 400);
    assert_eq!(browser.post(&path, &[("email", "mart@seitseman.example")]).await.status, 303);
    assert_eq!(app.last_message(Channel::Mail).await.to, "mart@seitseman.example");
    let old = Activation::start(&app.phone_server(), &invited.code, facts()).await;
    assert_eq!(code_of(old), "activation_code_void");
    activate(&app, &mailed_code(&app).await).await;
    let refused = browser.post(&path, &[("email", "thief@evil.example")]).await;
    assert!(refused.status == 409 && refused.body.contains("email_fixed"), "{}", refused.body);
    assert_eq!(browser.post(&path, &[]).await.status, 303, "to the address that is known");
    assert_eq!(app.last_message(Channel::Mail).await.to, "mart@seitseman.example");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn one_person_belongs_to_several_companies(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, people) = signed_in(&app).await;
    browser.post(&format!("{people}/new"), &NEW).await;
    activate(&app, &mailed_code(&app).await).await;
    let again = browser.post(&format!("{people}/new"), &NEW).await;
    assert!(again.status == 409 && again.body.contains("member_already"), "{}", again.body);

    let other = invite::add_company(&app.services, "Seitsemän Oy").await.unwrap();
    let (_, phone) = app.administrator_of(other).await;
    let foreign = app.browser();
    foreign.visit_with(&phone, "/admin").await;
    let mails = app.messages().await.len();
    let joined = foreign.post(&format!("/admin/{other}/people/new"), &NEW).await;
    assert!(joined.location.ends_with("?done=joined"), "{}", joined.location);
    assert_eq!(app.messages().await.len(), mails, "they can sign in already");
    assert_eq!(app.count("SELECT COUNT(*) FROM persons WHERE name LIKE 'Žofia%'").await, 1);
    let page = joined.location.replace("?done=joined", "");
    let refused = foreign.post(&format!("{page}/phone"), &[("phone", "+358401112223")]).await;
    assert!(refused.status == 403 && refused.body.contains("other_basic_company"), "{}", refused.body);
    let shown = foreign.get(&page).await.body;
    assert!(shown.contains("Kuusi Books Oy") && !shown.contains("Invitation sent"), "{shown}");
    assert!(
        !shown.contains("Pixel") && !shown.contains("+3725555"),
        "number and devices are the basic company's matter: {shown}"
    );
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_long_list_is_searched_and_turned_over(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, people) = signed_in(&app).await;
    for number in 0..60 {
        let person = avain::flows::invite::NewPerson {
            name: format!("Åke {number:02}"),
            email: format!("ake{number}@kuusi.example"),
            phone: None,
            language: avain::domain::language::Language::Swedish,
            role: avain::domain::membership::Role::User,
            access: avain::domain::membership::Access::MobileOnly,
        };
        invite::add_person(&app.services, app.company, person).await.unwrap();
    }
    let first = browser.get(&people).await.body;
    assert!(first.contains("Found: 61") && first.contains("Page 1 of 2"), "{first}");
    let second = browser.get(&format!("{people}?page=2")).await.body;
    assert!(second.contains("Page 2 of 2") && second.matches("<tr>").count() == 12, "{second}");
    let found = browser.get(&format!("{people}?search=%C3%85KE+07")).await.body;
    assert!(found.contains("Found: 1") && found.contains("ake7@"), "upper and lower case: {found}");
    assert!(browser.get(&format!("{people}?search=100%25")).await.body.contains("Found: 0"));
    assert!(browser.get(&format!("{people}?order=newest&page=99")).await.body.contains("Page 2 of 2"));
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn nobody_s_mailbox_is_flooded_with_invitations(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (browser, people) = signed_in(&app).await;
    let added = browser.post(&format!("{people}/new"), &NEW).await.location;
    let invitation = format!("{}/invitation", added.split('?').next().unwrap());
    for _ in 1..5 {
        assert_eq!(browser.post(&invitation, &[]).await.status, 303);
    }
    let many = browser.post(&invitation, &[]).await;
    assert!(many.status == 429 && many.body.contains("invitations_exhausted"), "{}", many.body);
    activate(&app, &mailed_code(&app).await).await;
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_kh_user_sees_what_became_of_an_invitation_and_never_what_it_says(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let (browser, people) = signed_in(&app).await;
    let added = browser.post(&format!("{people}/new"), &NEW).await.location;
    let code = mailed_code(&app).await;
    let page = browser.get(&added).await.body;
    assert!(page.contains("Invitation, by e-mail: handed over"), "{page}");
    assert!(!page.contains(&code) && !page.contains("Activate the Avain app"), "{page}");
    // As a mail server leaves it that does not know the address.
    app.database.execute("UPDATE outbox SET state = 'refused', sent_at = NULL").await;
    let page = browser.get(&added).await.body;
    assert!(page.contains("Invitation, by e-mail: could not be delivered; check the address"), "{page}");
    app.stop().await;
}
