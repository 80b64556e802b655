//! What callers tell, made through the real interfaces: support finds each from the reference and from the person, and reads
//! the right explanation.

use avain::domain::ids::PersonId;
use avain::domain::membership::Access;
use avain::domain::staff::StaffRole;
use avain_proto::v1::{LoginChallenge, PlatformFacts};
use mobile_sim::{Activation, OwnerDecision, Phone, PhoneError};
use rstest::rstest;

use super::signed_in;
use crate::harness::browser::{Browser, Page, value_after};
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};

/// A caller, and the one that helps.
struct Call {
    app: TestApp,
    support: Browser,
    person: PersonId,
    phone: Phone,
}

impl Call {
    async fn begin(engine: Engine) -> Self {
        let app = TestApp::start(engine).await;
        let person = app.add_person(Access::Browser, Some("+372 5555 0101")).await;
        let phone = app.enrol_person(person).await;
        let support = signed_in(&app, StaffRole::Support).await;
        Self { app, support, person, phone }
    }

    /// Reads the explanation at the reference, and in the story that it leads to.
    async fn explains(&self, reference: &str, expected: &[&str]) {
        let page = self.support.get(&format!("/support/errors/{reference}")).await;
        assert_eq!(page.status, 200, "{reference}: {}", page.body);
        assert!(page.body.contains("Mart Tamm"), "{reference} leads to the person: {}", page.body);
        // Whatever was sent has left.
        self.app.messages().await;
        let found = self.support.get("/support?q=tamm+mart").await.body;
        let href = format!("/support/people/{}", self.person);
        assert!(found.contains(&href), "the name leads to the person: {found}");
        assert_eq!(self.support.get(&format!("/support?q={}", reference.to_lowercase())).await.status, 303);
        let person = self.support.get(&href).await.body;
        assert!(person.contains(reference), "the person leads to {reference}: {person}");
        let place = ["attempts", "enrolments"].into_iter().find_map(|place| {
            let mark = format!("href=\"/support/{place}/");
            page.body.contains(&mark).then(|| format!("/support/{place}/{}", value_after(&page.body, &mark)))
        });
        let story = match place {
            Some(place) => self.support.get(&place).await.body,
            None => person,
        };
        for text in expected {
            assert!(
                page.body.contains(text) || story.contains(text),
                "{reference}: {text}: {}\n{story}",
                page.body
            );
        }
        for secret in ["37255550101", "mart.tamm@kuusi.example"] {
            assert!(!page.body.contains(secret) && !story.contains(secret), "{secret} is masked");
        }
    }

    /// A browser whose sign-in page the phone has scanned.
    async fn scanned(&self) -> (Browser, String, LoginChallenge) {
        let browser = self.app.browser();
        let attempt = browser.start_sign_in().await.attempt;
        let challenge = self.phone.scan(&browser.frame(&attempt).await).await.unwrap();
        (browser, attempt, challenge)
    }
}

/// The reference in a phone's error.
fn told<T>(result: Result<T, PhoneError>) -> String {
    result.err().unwrap().refusal().unwrap().error_reference.clone()
}

/// The reference on a page.
fn shown(page: &Page) -> String {
    page.body.split("class=\"reference\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

#[rstest]
#[actix_web::test]
async fn what_goes_wrong_on_the_way_in(#[values(Sqlite, Postgres)] engine: Engine) {
    let call = Call::begin(engine).await;
    let Call { app, person, phone, .. } = &call;

    // "My phone says something about its version."
    let again = app.invite_person(*person).await.code;
    let old = PlatformFacts { os_version: "9".to_owned(), api_level: 28, ..facts() };
    let reference = told(Activation::start(&app.phone_server(), &again, old).await);
    call.explains(&reference, &["was not used up", "Android 9"]).await;

    // "The code from the mail is not accepted": a newer invitation has taken its place.
    let newest = app.invite_person(*person).await.code;
    let reference = told(Activation::start(&app.phone_server(), &again, facts()).await);
    call.explains(&reference, &["newest mail’s code", "Replaced, cancelled or locked"]).await;

    // "I typed the code of the SMS, and now it is locked."
    let (mut activation, _) = Activation::start(&app.phone_server(), &newest, facts()).await.unwrap();
    for _ in 0..4 {
        activation.confirm("000000").await.unwrap_err();
    }
    let reference = told(activation.confirm("000000").await);
    let expected =
        ["Five wrong confirmation codes", "Send a new invitation", "Confirmation code, by SMS: handed over"];
    call.explains(&reference, &expected).await;

    // "The code was there for days."
    let late = app.invite_person(*person).await.code;
    app.pass(25 * 3600);
    let support = signed_in(app, StaffRole::Support).await;
    let reference = told(Activation::start(&app.phone_server(), &late, facts()).await);
    let call = Call { support, person: *person, phone: phone.clone(), app: call.app };
    call.explains(&reference, &["The code was valid for 24 hours"]).await;
    call.app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn what_goes_wrong_at_the_phone(#[values(Sqlite, Postgres)] engine: Engine) {
    let call = Call::begin(engine).await;
    let Call { app, phone, .. } = &call;

    // "I pressed the number that they told me."
    let (browser, attempt, challenge) = call.scanned().await;
    let right = browser.approval(&attempt).await;
    let wrong =
        challenge.numbers.iter().find(|number| right != OwnerDecision::ApproveNumber(**number)).unwrap();
    let reference = told(phone.answer(&challenge, OwnerDecision::ApproveNumber(*wrong)).await);
    call.explains(&reference, &["A wrong number was picked", "stands on the sign-in page"]).await;

    // "It was not me."
    let (browser, attempt, challenge) = call.scanned().await;
    phone.answer(&challenge, OwnerDecision::NotMe).await.unwrap();
    let page = browser.get(&format!("/login/collect?attempt={attempt}")).await;
    call.explains(&shown(&page), &["it was not me", "Somebody else began it"]).await;

    // "The code does nothing": a picture of it, too old.
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let frame = browser.frame(&attempt).await;
    app.pass(7);
    let reference = told(phone.scan(&frame).await);
    call.explains(&reference, &["not from a screenshot", "Age of the code", "7.0 s"]).await;

    // "It took me too long."
    let (_, _, challenge) = call.scanned().await;
    app.pass(121);
    let reference = told(phone.answer(&challenge, OwnerDecision::Mistake).await);
    call.explains(&reference, &["more than two minutes"]).await;

    // "No notification comes": this browser may not even ask.
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let page = browser.post("/login/push", &[("attempt", &attempt)]).await;
    let page = call.support.get(&format!("/support/errors/{}", shown(&page))).await.body;
    assert!(page.contains("cannot be reached by a push") && page.contains("Nobody knows who"), "{page}");
    call.app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn what_goes_wrong_at_the_end(#[values(Sqlite, Postgres)] engine: Engine) {
    let call = Call::begin(engine).await;
    let Call { app, person, phone, .. } = &call;

    // A relay: a second phone before the same code, and the rule that asked for a code.
    let other = app.administrator_of(app.company).await.1;
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let frame = browser.frame(&attempt).await;
    let challenge = phone.scan(&frame).await.unwrap();
    other.scan(&frame).await.unwrap_err();
    phone.answer(&challenge, browser.approval(&attempt).await).await.unwrap();
    assert_eq!(browser.get(&format!("/login/collect?attempt={attempt}")).await.status, 303);
    for _ in 0..4 {
        let form = [("attempt", attempt.as_str()), ("code", "000000")];
        browser.post("/login/second-factor", &form).await;
    }
    let form = [("attempt", attempt.as_str()), ("code", "000000")];
    let page = browser.post("/login/second-factor", &form).await;
    let expected = [
        "A second phone scanned the same code",
        "two phones scanned the same code",
        "This is what a relay looks like",
        "Five wrong codes",
        "Code for signing in, by SMS: handed over",
        "Age of the code: 0.0 s",
        "Unlocked: by",
    ];
    call.explains(&shown(&page), &expected).await;

    let administrator = app.browser();
    administrator.visit_with(&other, "/admin").await;
    // "I cannot get in since Monday": access to the basic company was removed, or is for the app alone.
    for (access, expected) in [
        (Access::Removed, ["no access to the basic company", "gives the access back"]),
        (Access::MobileOnly, ["may use the mobile app alone", "in the employee listing alone"]),
    ] {
        let form = [("role", "user"), ("access", access.key())];
        let path = format!("/admin/{}/people/{person}/access", app.company);
        assert_eq!(administrator.post(&path, &form).await.status, 303);
        let (browser, attempt, challenge) = call.scanned().await;
        phone.answer(&challenge, browser.approval(&attempt).await).await.unwrap();
        let page = browser.get(&format!("/login/collect?attempt={attempt}")).await;
        call.explains(&shown(&page), &expected).await;
    }
    call.app.stop().await;
}

#[test]
fn every_event_of_the_audit_log_is_explained() {
    // Nobody's story: they are about web applications, keys and copies.
    const ELSEWHERE: [&str; 5] = ["client", "scim_token", "company", "database", "signing_key"];
    let source = std::fs::read_to_string("src/store/audit_columns.rs").unwrap();
    let texts = std::fs::read_to_string("src/pages/locales/en/support.ftl").unwrap()
        + &std::fs::read_to_string("src/pages/locales/en/admin.ftl").unwrap();
    let mut events = 0;
    for event in source.split("new(\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        if ELSEWHERE.contains(&event.split('.').next().unwrap()) {
            continue;
        }
        events += 1;
        let key = event.replace(['.', '_'], "-");
        let is_told = |kind: &str| {
            texts.contains(&format!("\n{kind}-{key} =")) || texts.contains(&format!("\n{kind}-{key}-"))
        };
        assert!(is_told("support-event") || is_told("admin-history"), "{event}");
    }
    assert!(events > 40, "{events}");
}
