//! What the support staff does to people: with a reason, on the record, and told.

use avain::domain::membership::Access;
use avain::domain::staff::StaffRole;
use mobile_sim::Activation;
use rstest::rstest;

use super::{signed_in, staff_with_phone};
use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};
use crate::sign_in::code_of;

const REASON: [(&str, &str); 1] = [("reason", "The caller lost the phone on a train")];

#[rstest]
#[actix_web::test]
async fn a_blocked_person_is_out_and_stays_out_until_the_block_goes(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let person = app.text("SELECT id FROM persons WHERE name = 'Mart Tamm'").await;
    let user = app.browser();
    user.visit_with(&phone, "/account").await;
    let late = app.browser();
    let waiting = late.start_sign_in().await.attempt;
    late.approve(&phone, &waiting).await;

    let support = signed_in(&app, StaffRole::Support).await;
    let page = format!("/support/people/{person}");
    assert!(support.get(&page).await.body.contains("Block the person"));
    let nothing = support.post(&format!("{page}/block"), &[("reason", " \u{200b} ")]).await;
    assert!(nothing.status == 400 && nothing.body.contains("field_invalid"), "{}", nothing.body);
    let done = support.post(&format!("{page}/block"), &REASON).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let shown = support.get(&done.location).await.body;
    assert!(shown.contains("Signing in is blocked since") && shown.contains("lost the phone"), "{shown}");
    assert_eq!(user.get("/account").await.status, 303, "signed out at once");
    let refused = late.get(&format!("/login/collect?attempt={waiting}")).await;
    assert!(refused.status == 403 && refused.body.contains("person_blocked"), "{}", refused.body);
    let again = late.start_sign_in().await.attempt;
    assert_eq!(code_of(phone.scan(&late.frame(&again).await).await), "person_blocked");
    let messages = app.messages().await;
    let told: Vec<_> =
        messages.iter().filter(|message| message.body.contains("Your sign-in was blocked")).collect();
    assert_eq!(told.len(), 2, "by mail and by SMS");
    assert!(told.iter().any(|message| message.body.contains("lost the phone on a train")));
    support.post(&format!("{page}/block"), &REASON).await;
    assert_eq!(
        app.count("SELECT COUNT(*) FROM audit WHERE event = 'support.blocked'").await,
        1,
        "blocked once"
    );

    assert_eq!(support.post(&format!("{page}/unblock"), &REASON).await.status, 303);
    let free = late.start_sign_in().await.attempt;
    late.approve(&phone, &free).await;
    late.finish_sign_in(&free).await;
    assert_eq!(
        app.count("SELECT COUNT(*) FROM audit WHERE event LIKE 'support.%' AND actor_id IS NOT NULL").await,
        2
    );
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn phones_invitations_and_sessions_are_looked_after(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let phone = app.enrolled_phone().await;
    let person = app.text("SELECT id FROM persons WHERE name = 'Mart Tamm'").await;
    let user = app.browser();
    user.visit_with(&phone, "/account").await;
    let support = signed_in(&app, StaffRole::Support).await;
    let page = format!("/support/people/{person}");
    assert_eq!(support.post(&format!("{page}/sign-out"), &REASON).await.status, 303);
    assert_eq!(user.get("/account").await.status, 303, "signed out at once");

    let device = &phone.profile.device_id;
    assert_eq!(support.post(&format!("/support/devices/{device}/revocation"), &REASON).await.status, 303);
    let late = app.browser();
    let attempt = late.start_sign_in().await.attempt;
    assert_eq!(code_of(phone.scan(&late.frame(&attempt).await).await), "device_revoked");
    let shown = support.get(&format!("/support/devices/{device}")).await.body;
    assert!(shown.contains("The phone was revoked") && shown.contains("lost the phone"), "{shown}");

    assert_eq!(support.post(&format!("{page}/invitation"), &REASON).await.status, 303);
    let mails = app.messages().await;
    let code = mails.iter().rev().flat_map(|mail| mail.body.split_whitespace());
    let code = code.into_iter().find(|word| word.len() == 14 && word.matches('-').count() == 2).unwrap();
    for shown in [&page, &format!("/support/devices/{device}")] {
        assert!(!support.get(shown).await.body.contains(code), "no page shows the activation code");
    }
    assert_eq!(support.post(&format!("{page}/cancellation"), &REASON).await.status, 303);
    let refused = Activation::start(&app.phone_server(), code, facts()).await;
    assert_eq!(refused.err().unwrap().code(), Some("activation_code_void"));
    let told = app.messages().await.iter().filter(|message| message.body.contains("support")).count();
    assert!(told >= 5, "{told}");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn nobody_acts_on_a_higher_standing_on_themselves_or_too_late(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start(engine).await;
    let person = app.add_person(Access::Browser, Some("+372 5555 0101")).await;
    let (lead, _) = staff_with_phone(&app, "Leena Lead", StaffRole::Lead).await;
    let (own, phone) = staff_with_phone(&app, "Teuvo Tuki", StaffRole::Support).await;
    let (colleague, _) = staff_with_phone(&app, "Taru Tuki", StaffRole::Support).await;
    let support = app.browser();
    support.visit_with(&phone, "/support").await;
    let before = app.database.row_counts().await;
    for target in [lead, own] {
        for act in ["invitation", "cancellation", "sign-out", "block", "unblock"] {
            let page = support.post(&format!("/support/people/{target}/{act}"), &REASON).await;
            assert!(page.status == 403 && page.body.contains("staff_outranked"), "{act}: {}", page.body);
        }
    }
    assert_eq!(app.database.row_counts().await, before, "nothing was written");
    assert_eq!(support.post(&format!("/support/people/{colleague}/block"), &REASON).await.status, 303);
    app.pass(14 * 60);
    support.get("/support").await;
    app.pass(2 * 60);
    let shown = support.get(&format!("/support/people/{person}")).await.body;
    assert!(shown.contains("Sign in again") && shown.contains("disabled"), "{shown}");
    let late = support.post(&format!("/support/people/{person}/block"), &REASON).await;
    assert!(late.status == 403 && late.body.contains("fresh_sign_in_needed"), "{}", late.body);
    app.stop().await;
}
