//! Signing in through another identity provider, which tells the truth, lies, or says nothing.

mod bank;
mod lies;
mod provider;

use std::collections::BTreeMap;

use avain::config::{MethodSettings, OidcMethodSettings};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rstest::rstest;
use serde_json::json;

use crate::harness::REDIRECT_URI;
use crate::harness::application::{Application, claims};
use crate::harness::browser::{Browser, value_after};
use crate::harness::database::{Engine, Postgres, Sqlite};
use bank::{Bank, CLIENT, claims_of, press, settings};
use lies::lies;
use provider::{Answer, OUR_KEY, PROVIDER_KEY, Provider, sign};

#[rstest]
#[actix_web::test]
async fn a_bank_signs_in_whoever_is_registered_with_that_identifier(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let bank = Bank::start(engine).await;
    let visit = bank.visit().await;
    let asked = |name: &str| visit.asked[name].as_str();
    assert_eq!((asked("client_id"), asked("ftn_idp_id"), asked("ui_locales")), (CLIENT, "fi-nordea", "en"));
    assert_eq!((asked("response_type"), asked("code_challenge_method")), ("code", "S256"));
    assert_eq!(asked("redirect_uri"), format!("{}/methods/bank/callback", bank.app.base_url));
    bank.provider.says(Answer::Claims(bank.claims(&visit)));
    let code = bank.finish(&visit).await;
    assert!(code.starts_with(REDIRECT_URI), "{code}");
    let form: BTreeMap<_, _> = bank.provider.heard().remove(0).into_iter().collect();
    assert_eq!((form["grant_type"].as_str(), form["code"].as_str()), ("authorization_code", "a-code"));
    let challenge = avain::crypto::code_hash::sha256(form["code_verifier"].as_bytes());
    assert_eq!(asked("code_challenge"), URL_SAFE_NO_PAD.encode(challenge));

    let tokens = Application::new(&bank.app).sign_in(&visit.browser, "openid").await;
    let id = claims(&tokens["id_token"]);
    assert_eq!(
        (&id["sub"], &id["acr"]),
        (&json!(bank.person.to_string()), &json!("urn:avain:acr:eid-substantial"))
    );
    assert_eq!(id["amr"], json!(["eid"]), "the server saw no key and no code of the person's own");
    let account = visit.browser.get("/account").await;
    assert!(account.body.contains("Signed in with Bank"), "{}", account.body);
    let report = avain::flows::verify_logins::verify(&bank.app.services, avain::routes::read_kept_answer)
        .await
        .unwrap();
    assert_eq!((report.sessions, report.unproven.len()), (1, 0));
    assert_eq!(bank.app.count("SELECT COUNT(*) FROM audit WHERE event = 'identification.named'").await, 1);
    bank.app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_broker_of_the_finnish_trust_network_is_spoken_to_as_it_asks(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let folder = tempfile::tempdir().unwrap();
    let (signing, decryption) = (folder.path().join("sign.pem"), folder.path().join("decrypt.pem"));
    std::fs::write(&signing, OUR_KEY).unwrap();
    std::fs::write(&decryption, OUR_KEY).unwrap();
    let provider = Provider::start(true);
    let statement = provider.write_statement(folder.path());
    let signed_keys = format!("{}/keys/signed", provider.issuer);
    let bank = Bank::start_with(engine, provider, |method, _| {
        method.request = "signed".to_owned();
        method.signing_key_file = Some(signing);
        method.decryption_key_files = vec![decryption];
        method.signed_jwks_uri = Some(signed_keys);
        method.entity_statement_file = Some(statement);
        method.assertion_audience = "token_endpoint".to_owned();
    })
    .await;
    let mut visit = bank.visit().await;
    let names: Vec<&String> = visit.asked.keys().collect();
    assert_eq!(names, ["client_id", "request"], "nothing else stands in the address");
    let object = claims_of(&visit.asked["request"]);
    assert_eq!((&object["iss"], &object["aud"]), (&json!(CLIENT), &json!(bank.provider.issuer)));
    assert_eq!((&object["ftn_idp_id"], &object["client_id"]), (&json!("fi-nordea"), &json!(CLIENT)));
    for name in ["nonce", "state"] {
        visit.asked.insert(name.to_owned(), object[name].as_str().unwrap().to_owned());
    }
    bank.provider.says(Answer::Claims(bank.claims(&visit)));
    bank.finish(&visit).await;
    let form: BTreeMap<_, _> = bank.provider.heard().remove(0).into_iter().collect();
    let assertion = claims_of(&form["client_assertion"]);
    assert_eq!(
        (&assertion["sub"], &assertion["aud"]),
        (&json!(CLIENT), &json!(format!("{}/token", bank.provider.issuer)))
    );
    assert_eq!(bank.sessions().await, 1);

    let mut second = bank.visit().await;
    let object = claims_of(&second.asked["request"]);
    for name in ["nonce", "state"] {
        second.asked.insert(name.to_owned(), object[name].as_str().unwrap().to_owned());
    }
    let plain = sign(&bank.claims(&second), "JWT", ("p1", PROVIDER_KEY));
    bank.provider.says(Answer::Token(plain));
    assert_eq!(bank.come_back(&second).await.status, 403, "a token that is only signed is a downgrade");
    assert_eq!(bank.refusals().await, ["bank: encryption"]);
    bank.app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn whatever_does_not_verify_signs_nobody_in(#[values(Sqlite, Postgres)] engine: Engine) {
    let bank = Bank::start(engine).await;
    let number = lies(&bank, &bank.visit().await).len();
    let mut expected = Vec::new();
    for index in 0..number {
        let visit = bank.visit().await;
        let (answer, what) = lies(&bank, &visit).swap_remove(index);
        bank.provider.says(answer);
        let refused = bank.come_back(&visit).await;
        assert_eq!(refused.status, 403, "{what}: {} {}", refused.location, refused.body);
        assert!(refused.body.contains("identification_invalid"), "{what}");
        expected.push(format!("bank: {what}"));
        let collected = visit.browser.get(&format!("/login/collect?attempt={}", visit.attempt)).await;
        assert_eq!(collected.status, 409, "{what}");
        assert_eq!(bank.come_back(&visit).await.status, 404, "{what}: an answer counts once");
    }
    assert_eq!(bank.refusals().await, expected);
    assert_eq!(bank.sessions().await, 0);

    let visit = bank.visit().await;
    let other =
        format!("/methods/bank/callback?code=a-code&state={}&iss=https://evil.example", visit.asked["state"]);
    assert_eq!(visit.browser.get(&other).await.status, 403, "another provider answered (mix-up)");
    bank.app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn an_answer_belongs_to_one_browser_one_visit_and_ten_minutes(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let bank = Bank::start(engine).await;
    let visit = bank.visit().await;
    bank.provider.says(Answer::Claims(bank.claims(&visit)));
    let stranger = bank.app.browser();
    stranger.start_sign_in().await;
    assert_eq!(stranger.get(&bank.callback(&visit)).await.status, 404, "another browser");
    assert_eq!(bank.app.browser().get(&bank.callback(&visit)).await.status, 404, "no cookie at all");
    let twice = format!("{}&state=x", bank.callback(&visit));
    assert_eq!(visit.browser.get(&twice).await.status, 404, "a parameter that stands twice");
    let nobody = press(&stranger, &visit.attempt, "nordea").await;
    assert_eq!(nobody.status, 403, "another browser's attempt");

    let twins: Vec<Browser> = (0..8).map(|_| visit.browser.twin()).collect();
    let address = bank.callback(&visit);
    let answers = futures_util::future::join_all(twins.iter().map(|twin| twin.get(&address))).await;
    let won = answers.iter().filter(|page| page.status == 303).count();
    assert_eq!(won, 1, "of {:?}", answers.iter().map(|page| page.status).collect::<Vec<_>>());
    assert_eq!(bank.provider.heard().len(), 1, "the code left once");

    let late = bank.visit().await;
    bank.provider.says(Answer::Claims(bank.claims(&late)));
    bank.app.pass(10 * 60);
    assert_eq!(bank.come_back(&late).await.status, 404, "ten minutes");
    for (path, status) in [("/methods/other", 404), ("/methods/BANK", 404), ("/methods/bank", 404)] {
        let attempt = bank.app.browser();
        let open = attempt.start_sign_in().await.attempt;
        let choice = if path == "/methods/bank" { "no-such-bank" } else { "" };
        let answer = attempt.post(path, &[("attempt", &open), ("choice", choice)]).await;
        assert_eq!(answer.status, status, "{path}");
    }
    bank.app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn strangers_and_those_who_may_not_are_told_what_to_do(#[values(Sqlite, Postgres)] engine: Engine) {
    let bank = Bank::start(engine).await;
    let visit = bank.visit().await;
    let mut claims = bank.claims(&visit);
    claims["hetu"] = json!("131052-308T");
    bank.provider.says(Answer::Claims(claims));
    let unknown = bank.come_back(&visit).await;
    assert_eq!(unknown.status, 403);
    assert!(
        unknown.body.contains("Ask your company’s user administrator for a user account"),
        "{}",
        unknown.body
    );
    let back = value_after(&unknown.body, "class=\"button\" href=\"");
    let page = visit.browser.get(&back).await;
    assert!(page.status == 200 && page.body.contains("Osuuspankki"), "the other ways stay: {}", page.body);

    let again = bank.visit().await;
    let cancelled = format!("/methods/bank/callback?error=access_denied&state={}", again.asked["state"]);
    let page = again.browser.visit(&cancelled).await;
    assert!(page.status == 200 && page.body.contains("Nordea"), "back on the sign-in page: {}", page.body);

    let mut foreign = bank.visit().await;
    let mut claims = bank.claims(&foreign);
    claims["nin_issuing_country"] = json!("SE");
    bank.provider.says(Answer::Claims(claims));
    assert!(bank.come_back(&foreign).await.body.contains("identity_unknown"), "another country's number");

    foreign = bank.visit().await;
    bank.provider.says(Answer::Claims(bank.claims(&foreign)));
    let sql = format!("UPDATE memberships SET access = 'removed' WHERE person_id = '{}'", bank.person);
    bank.app.database.execute(&sql).await;
    let back = bank.come_back(&foreign).await;
    let refused = foreign.browser.get(&back.location).await;
    assert!(
        refused.body.contains("There is a problem with access rights"),
        "{} {}",
        back.location,
        refused.body
    );
    assert_eq!(bank.sessions().await, 0);
    bank.app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_bank_that_is_down_leaves_the_other_ways_open(#[values(Sqlite, Postgres)] engine: Engine) {
    let bank = Bank::start(engine).await;
    for answer in [Answer::Error(500, "server_error"), Answer::Error(400, "invalid_grant")] {
        let visit = bank.visit().await;
        bank.provider.says(answer);
        let told = bank.come_back(&visit).await;
        assert_eq!(told.status, 503);
        assert!(told.body.contains("method_unavailable"), "{}", told.body);
    }
    let visit = bank.visit().await;
    let busy = format!("/methods/bank/callback?error=temporarily_unavailable&state={}", visit.asked["state"]);
    assert_eq!(visit.browser.get(&busy).await.status, 503);
    let nowhere = Provider { issuer: "http://127.0.0.1:1".to_owned(), ..bank.provider.clone() };
    bank.app.stop().await;

    let bank = Bank::start_with(engine, nowhere, |_, _| {}).await;
    let browser = bank.app.browser();
    let opened = browser.start_sign_in().await;
    let told = press(&browser, &opened.attempt, "nordea").await;
    assert_eq!(told.status, 503, "{}", told.body);
    let still = browser.get(&format!("/login?request={}", opened.request)).await;
    assert!(still.body.contains("Nordea") && still.body.contains("id=\"qr\""), "the attempt goes on");
    assert_eq!(browser.state(&opened.attempt).await["state"], "waiting");
    bank.app.stop().await;
}

#[test]
fn settings_that_would_let_anybody_in_are_refused() {
    let refused = |change: fn(&mut OidcMethodSettings)| {
        let mut method = settings("https://bank.example");
        change(&mut method);
        MethodSettings::Oidc(Box::new(method)).check().unwrap_err().to_string()
    };
    assert!(
        refused(|method| method.accepted_acr.push("http://ftn.ficora.fi/2017/loatest2".to_owned()))
            .contains("test level")
    );
    assert!(refused(|method| method.id = "Bank".to_owned()).contains("methods.id"));
    assert!(refused(|method| method.label.clear()).contains("methods.label"));
    assert!(refused(|method| method.choice_parameter = None).contains("choice_parameter"));
    assert!(refused(|method| method.assurance = "certain".to_owned()).contains("assurance"));
    assert!(refused(|method| method.timeout_seconds = 60).contains("timeout"));
    assert!(MethodSettings::Oidc(Box::new(settings("https://bank.example"))).check().is_ok());
}
