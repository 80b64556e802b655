//! Firebase: the request, the access token, and every row of its table of errors.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use avain::delivery::fcm::{FcmAccount, FcmSender};
use avain::domain::push_request::PushOutcome;
use avain::domain::secret::Secret;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use rstest::rstest;
use serde_json::{Value, json};

use super::provider::{Provider, Reply, say, say_later};
use super::{TIMEOUT, clock, key_pair, push_to};

const ADDRESS: &str = "an-android-phone:APA91b";

fn keys() -> &'static (String, String) {
    static KEYS: OnceLock<(String, String)> = OnceLock::new();
    KEYS.get_or_init(|| key_pair(&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]))
}

/// A service account's file.
pub(super) fn service_account(token_uri: &str) -> String {
    let file = json!({
        "type": "service_account",
        "project_id": "kuusi-books",
        "private_key_id": "key-1",
        "private_key": keys().0,
        "client_email": "avain@kuusi-books.iam.example",
        "token_uri": token_uri,
    });
    file.to_string()
}

fn account(address: &str, token_uri: &str) -> FcmAccount {
    FcmAccount {
        service_account: Secret::new(service_account(token_uri)),
        base_url: Some(address.to_owned()),
        timeout: TIMEOUT,
    }
}

pub(super) fn granted(token: &str) -> Reply {
    say(200, &json!({"access_token": token, "expires_in": 3599, "token_type": "Bearer"}).to_string())
}

pub(super) fn refused(status: u16, general: &str, code: Option<&str>) -> String {
    let details = code.map(|code| {
        json!([
            {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": []},
            {"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": code},
        ])
    });
    json!({"error": {
        "code": status, "message": format!("about {ADDRESS}"), "status": general,
        "details": details.unwrap_or_else(|| json!([])),
    }})
    .to_string()
}

/// A provider that grants `first`, `second` and so on, and a sender that speaks to it.
async fn start(pushes: &[Reply]) -> (Provider, FcmSender) {
    let provider = Provider::default();
    provider.script(pushes);
    provider.script_tokens(&[granted("first"), granted("second"), granted("third")]);
    let address = provider.start().await;
    let sender = FcmSender::new(&account(&address, &format!("{address}/token"))).unwrap();
    (provider, sender)
}

pub(super) fn taken() -> Reply {
    say(200, &json!({"name": "projects/kuusi-books/messages/0:1500415314455276%31bd1c96"}).to_string())
}

#[actix_web::test]
async fn firebase_learns_ids_alone_and_forgets_the_push_with_the_sign_in() {
    let (provider, sender) = start(&[taken()]).await;
    let (_, now) = clock();
    let push = push_to(ADDRESS, now);
    let later = now.plus(Duration::from_secs(50));
    assert_eq!(sender.send(&push, later).await, PushOutcome::Delivered);
    let asked = provider.pushes().remove(0);
    assert_eq!(asked.path, "/v1/projects/kuusi-books/messages:send");
    assert_eq!(asked.header("authorization"), "Bearer first");
    let expected = json!({"message": {
        "token": ADDRESS,
        "data": {"attempt_id": push.attempt.to_string()},
        "android": {"priority": "HIGH", "ttl": "70s", "collapse_key": "sign-in"},
    }});
    assert_eq!(serde_json::from_str::<Value>(&asked.body).unwrap(), expected);
}

#[actix_web::test]
async fn the_service_account_proves_itself_by_a_signed_assertion() {
    let (provider, sender) = start(&[taken()]).await;
    let (_, now) = clock();
    sender.send(&push_to(ADDRESS, now), now).await;
    let wish = provider.token_wishes().remove(0);
    let form: Vec<(String, String)> = serde_urlencoded::from_str(&wish.body).unwrap();
    assert_eq!(form[0], ("grant_type".to_owned(), "urn:ietf:params:oauth:grant-type:jwt-bearer".to_owned()));
    let (name, assertion) = &form[1];
    assert_eq!(name, "assertion");
    assert_eq!(decode_header(assertion).unwrap().kid.as_deref(), Some("key-1"));
    let key = DecodingKey::from_rsa_pem(keys().1.as_bytes()).unwrap();
    let mut rules = Validation::new(Algorithm::RS256);
    rules.validate_exp = false;
    rules.validate_aud = false;
    let claims = decode::<Value>(assertion, &key, &rules).unwrap().claims;
    assert_eq!(claims["iss"], "avain@kuusi-books.iam.example");
    assert_eq!(claims["scope"], "https://www.googleapis.com/auth/firebase.messaging");
    assert!(claims["aud"].as_str().unwrap().ends_with("/token"), "{claims}");
    assert_eq!(claims["iat"], now.seconds());
    assert_eq!(claims["exp"], now.seconds() + 3600);
}

fn retry(after: Option<u64>, said: &str) -> PushOutcome {
    PushOutcome::Retry { after: after.map(Duration::from_secs), said: said.to_owned() }
}

fn refusal(said: &str) -> PushOutcome {
    PushOutcome::Refused(said.to_owned())
}

#[rstest]
#[case::malformed(say(400, &refused(400, "INVALID_ARGUMENT", Some("INVALID_ARGUMENT"))), refusal("400 INVALID_ARGUMENT"))]
#[case::our_bug(say(400, &refused(400, "INVALID_ARGUMENT", None)), refusal("400 INVALID_ARGUMENT"))]
#[case::apple_key(say(401, &refused(401, "UNAUTHENTICATED", Some("THIRD_PARTY_AUTH_ERROR"))), refusal("401 THIRD_PARTY_AUTH_ERROR"))]
#[case::other_project(say(403, &refused(403, "PERMISSION_DENIED", Some("SENDER_ID_MISMATCH"))), refusal("403 SENDER_ID_MISMATCH"))]
#[case::not_enabled(say(403, &refused(403, "PERMISSION_DENIED", None)), refusal("403 PERMISSION_DENIED"))]
#[case::dead(say(404, &refused(404, "NOT_FOUND", Some("UNREGISTERED"))), PushOutcome::Gone { since: None })]
#[case::no_project(say(404, &refused(404, "NOT_FOUND", None)), refusal("404 NOT_FOUND"))]
#[case::not_json(say(404, "<html>nothing here</html>"), refusal("404"))]
#[case::too_many(say(429, &refused(429, "RESOURCE_EXHAUSTED", Some("QUOTA_EXCEEDED"))), retry(Some(60), "429 QUOTA_EXCEEDED"))]
#[case::too_many_until(say_later(429, "90", &refused(429, "RESOURCE_EXHAUSTED", Some("QUOTA_EXCEEDED"))), retry(Some(90), "429 QUOTA_EXCEEDED"))]
#[case::broken(say(500, &refused(500, "INTERNAL", Some("INTERNAL"))), retry(None, "500 INTERNAL"))]
#[case::away(say(503, &refused(503, "UNAVAILABLE", Some("UNAVAILABLE"))), retry(None, "503 UNAVAILABLE"))]
#[case::away_for_seconds(say_later(503, "7", &refused(503, "UNAVAILABLE", Some("UNAVAILABLE"))), retry(Some(7), "503 UNAVAILABLE"))]
#[case::redirected(say(302, ""), refusal("302"))]
#[actix_web::test]
async fn every_error_has_its_consequence(#[case] reply: Reply, #[case] expected: PushOutcome) {
    let (provider, sender) = start(&[reply]).await;
    let (_, now) = clock();
    assert_eq!(sender.send(&push_to(ADDRESS, now), now).await, expected);
    assert_eq!(provider.pushes().len(), 1, "one try is one request");
}

#[actix_web::test]
async fn a_pause_may_be_a_date() {
    let (_, now) = clock();
    let at = std::time::UNIX_EPOCH + Duration::from_secs(u64::try_from(now.seconds()).unwrap() + 45);
    let (_provider, sender) = start(&[say_later(503, &httpdate::fmt_http_date(at), "")]).await;
    assert_eq!(sender.send(&push_to(ADDRESS, now), now).await, retry(Some(45), "503"));
}

#[actix_web::test]
async fn a_refused_access_token_is_renewed_once() {
    let unauthenticated = say(401, &refused(401, "UNAUTHENTICATED", None));
    let (provider, sender) = start(&[unauthenticated.clone(), taken()]).await;
    let (_, now) = clock();
    assert_eq!(sender.send(&push_to(ADDRESS, now), now).await, PushOutcome::Delivered);
    let used: Vec<_> =
        provider.pushes().iter().map(|asked| asked.header("authorization").to_owned()).collect();
    assert_eq!(used, ["Bearer first", "Bearer second"]);

    provider.script(&[unauthenticated]);
    assert_eq!(sender.send(&push_to(ADDRESS, now), now).await, refusal("401 UNAUTHENTICATED"));
    assert_eq!((provider.pushes().len(), provider.token_wishes().len()), (4, 3), "and then no more");
}

#[actix_web::test]
async fn an_access_token_is_shared_and_renewed_five_minutes_before_it_ends() {
    let (provider, sender) = start(&[taken()]).await;
    let (clock, start) = clock();
    for (seconds, wishes) in [(0, 1), (3298, 1), (1, 2), (3298, 2)] {
        clock.advance(Duration::from_secs(seconds));
        let now = avain::domain::time::Clock::now(&clock);
        assert_eq!(sender.send(&push_to(ADDRESS, now), now).await, PushOutcome::Delivered);
        assert_eq!(provider.token_wishes().len(), wishes, "{:?} after the start", now.since(start));
    }
}

#[actix_web::test]
async fn fifty_pushes_at_once_ask_for_one_access_token() {
    let (provider, sender) = start(&[taken()]).await;
    let (_, now) = clock();
    let sender = Arc::new(sender);
    let tries = (0..50).map(|_| {
        let sender = Arc::clone(&sender);
        tokio::spawn(async move { sender.send(&push_to(ADDRESS, now), now).await })
    });
    for attempt in tries.collect::<Vec<_>>() {
        assert_eq!(attempt.await.unwrap(), PushOutcome::Delivered);
    }
    assert_eq!((provider.token_wishes().len(), provider.pushes().len()), (1, 50));
}

#[rstest]
#[case::refused(
    say(400, r#"{"error":"invalid_grant","error_description":"Invalid JWT"}"#),
    refusal("token: 400 invalid_grant")
)]
#[case::away(say(503, ""), retry(None, "token: 503"))]
#[case::nonsense(say(200, "<html>"), retry(None, "token: an answer that cannot be read"))]
#[case::hung_up(Reply::HangUp, retry(None, "token: "))]
#[actix_web::test]
async fn without_an_access_token_nothing_is_pushed_and_google_is_left_alone_for_a_while(
    #[case] reply: Reply,
    #[case] expected: PushOutcome,
) {
    let (provider, sender) = start(&[taken()]).await;
    provider.script_tokens(&[reply]);
    let (_, now) = clock();
    let first = sender.send(&push_to(ADDRESS, now), now).await;
    match (&first, &expected) {
        (PushOutcome::Retry { after: None, said }, PushOutcome::Retry { said: begins, .. }) => {
            assert!(said.starts_with(begins.as_str()), "{said}");
        }
        _ => assert_eq!(first, expected),
    }
    let wishes = provider.token_wishes().len();
    assert_eq!(sender.send(&push_to(ADDRESS, now), now).await, first);
    assert_eq!((provider.token_wishes().len(), provider.pushes().len()), (wishes, 0));

    provider.script_tokens(&[granted("first")]);
    let later = now.plus(Duration::from_secs(10));
    assert_eq!(sender.send(&push_to(ADDRESS, later), later).await, PushOutcome::Delivered);
}

#[rstest]
#[case::stalled(Reply::Hang)]
#[case::dropped(Reply::HangUp)]
#[actix_web::test]
async fn a_provider_that_goes_silent_is_tried_again_and_found(#[case] reply: Reply) {
    let (provider, sender) = start(&[reply, taken()]).await;
    let (_, now) = clock();
    let first = sender.send(&push_to(ADDRESS, now), now).await;
    let PushOutcome::Retry { after: None, said } = first else { panic!("{first:?}") };
    assert!(!said.contains(ADDRESS), "{said}");
    assert_eq!(sender.send(&push_to(ADDRESS, now), now).await, PushOutcome::Delivered);
    assert_eq!(provider.token_wishes().len(), 1);
}

#[actix_web::test]
async fn firebase_elsewhere_is_never_spoken_to_in_plain() {
    let local = "http://127.0.0.1:1";
    for (base_url, token_uri, is_right) in [
        (local, "http://127.0.0.1:1/token", true),
        ("https://fcm.googleapis.com", "https://oauth2.googleapis.com/token", true),
        ("http://fcm.googleapis.com", "https://oauth2.googleapis.com/token", false),
        (local, "http://oauth2.googleapis.com/token", false),
        (local, "file:///etc/passwd", false),
    ] {
        let made = FcmSender::new(&account(base_url, token_uri));
        assert_eq!(made.is_ok(), is_right, "{base_url} {token_uri}");
    }
}
