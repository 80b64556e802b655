//! Apple: the request, the provider token, and every row of its table of errors.

use std::sync::OnceLock;
use std::time::Duration;

use avain::delivery::apns::{ApnsAccount, ApnsSender};
use avain::domain::push_request::PushOutcome;
use avain::domain::secret::Secret;
use avain::domain::time::{Clock as _, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use rstest::rstest;
use serde_json::{Value, json};

use super::provider::{Provider, Reply, say, say_later};
use super::{TIMEOUT, clock, key_pair, push_to};

const ADDRESS: &str = "740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad";

pub(super) fn keys() -> &'static (String, String) {
    static KEYS: OnceLock<(String, String)> = OnceLock::new();
    KEYS.get_or_init(|| key_pair(&["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]))
}

fn account(address: Option<&str>, key: &str) -> ApnsAccount {
    ApnsAccount {
        key: Secret::new(key.to_owned()),
        key_id: "ABC123DEFG".to_owned(),
        team_id: "DEF123GHIJ".to_owned(),
        topic: "example.kuusi.keys".to_owned(),
        is_sandbox: false,
        base_url: address.map(str::to_owned),
        timeout: TIMEOUT,
    }
}

async fn start(pushes: &[Reply]) -> (Provider, ApnsSender) {
    let provider = Provider::default();
    provider.script(pushes);
    let address = provider.start().await;
    let sender = ApnsSender::new(account(Some(&address), &keys().0)).unwrap();
    (provider, sender)
}

pub(super) fn reason(status: u16, reason: &str) -> Reply {
    say(status, &json!({"reason": reason}).to_string())
}

fn tokens_used(provider: &Provider) -> Vec<String> {
    provider.pushes().iter().map(|asked| asked.header("authorization").to_owned()).collect()
}

#[actix_web::test]
async fn apple_learns_ids_alone_and_forgets_the_push_with_the_sign_in() {
    let (provider, sender) = start(&[say(200, "")]).await;
    let (_, now) = clock();
    let push = push_to(ADDRESS, now);
    assert_eq!(sender.send(&push, now).await, PushOutcome::Delivered);
    let asked = provider.pushes().remove(0);
    assert_eq!(asked.path, format!("/3/device/{ADDRESS}"));
    let told = [
        ("apns-topic", "example.kuusi.keys".to_owned()),
        ("apns-push-type", "alert".to_owned()),
        ("apns-priority", "10".to_owned()),
        ("apns-expiration", (now.seconds() + 120).to_string()),
        ("apns-id", push.id.to_string()),
        ("apns-collapse-id", "sign-in".to_owned()),
    ];
    for (name, value) in told {
        assert_eq!(asked.header(name), value, "{name}");
    }
    let expected = json!({
        "aps": {"alert": {"loc-key": "sign_in_request"}, "sound": "default"},
        "attempt_id": push.attempt.to_string(),
    });
    assert_eq!(serde_json::from_str::<Value>(&asked.body).unwrap(), expected);
}

#[actix_web::test]
async fn the_provider_token_names_key_and_team() {
    let (provider, sender) = start(&[say(200, "")]).await;
    let (_, now) = clock();
    sender.send(&push_to(ADDRESS, now), now).await;
    let used = tokens_used(&provider).remove(0);
    let token = used.strip_prefix("bearer ").unwrap();
    let header = decode_header(token).unwrap();
    assert_eq!((header.alg, header.kid.as_deref()), (Algorithm::ES256, Some("ABC123DEFG")));
    let mut rules = Validation::new(Algorithm::ES256);
    rules.required_spec_claims.clear();
    rules.validate_exp = false;
    let key = DecodingKey::from_ec_pem(keys().1.as_bytes()).unwrap();
    let claims = decode::<Value>(token, &key, &rules).unwrap().claims;
    assert_eq!(claims, json!({"iss": "DEF123GHIJ", "iat": now.seconds()}));
}

#[actix_web::test]
async fn a_provider_token_is_used_for_forty_five_minutes() {
    let (provider, sender) = start(&[say(200, "")]).await;
    let (clock, _) = clock();
    for minutes in [0, 20, 24, 1, 44] {
        clock.advance(Duration::from_mins(minutes));
        let now = clock.now();
        assert_eq!(sender.send(&push_to(ADDRESS, now), now).await, PushOutcome::Delivered);
    }
    let used = tokens_used(&provider);
    assert!(used[0] == used[1] && used[1] == used[2], "for 44 minutes");
    assert!(used[2] != used[3] && used[3] == used[4], "another one at 45");
    assert_eq!(provider.connections(), 1, "one connection for all");
}

fn retry(after: Option<u64>, said: &str) -> PushOutcome {
    PushOutcome::Retry { after: after.map(Duration::from_secs), said: said.to_owned() }
}

#[rstest]
#[actix_web::test]
async fn what_is_wrong_with_us_keeps_the_address(
    #[values(
        (400, "BadDeviceToken"), (400, "DeviceTokenNotForTopic"), (400, "BadTopic"), (400, "MissingTopic"),
        (400, "TopicDisallowed"), (400, "BadPriority"), (400, "BadExpirationDate"), (400, "BadCollapseId"),
        (400, "BadMessageId"), (400, "InvalidPushType"), (400, "PayloadEmpty"), (400, "DuplicateHeaders"),
        (400, "MissingDeviceToken"), (400, "IdleTimeout"), (403, "InvalidProviderToken"),
        (403, "MissingProviderToken"), (403, "BadCertificate"), (403, "BadCertificateEnvironment"),
        (403, "Forbidden"), (403, "UnrelatedKeyIdInToken"), (403, "BadEnvironmentKeyIdInToken"),
        (404, "BadPath"), (405, "MethodNotAllowed"), (413, "PayloadTooLarge"), (418, "Unheard")
    )]
    (status, why): (u16, &str),
) {
    let (provider, sender) = start(&[reason(status, why)]).await;
    let (_, now) = clock();
    let outcome = sender.send(&push_to(ADDRESS, now), now).await;
    assert_eq!(outcome, PushOutcome::Refused(format!("{status} {why}")));
    assert_eq!(provider.pushes().len(), 1, "one try is one request");
}

#[rstest]
#[case::unregistered(say(410, r#"{"reason":"Unregistered","timestamp":1794999990000}"#), PushOutcome::Gone { since: Some(Timestamp::from_millis(1_794_999_990_000)) })]
#[case::expired(reason(410, "ExpiredToken"), PushOutcome::Gone { since: None })]
#[case::silent(say(410, ""), PushOutcome::Gone { since: None })]
#[case::too_many(reason(429, "TooManyRequests"), retry(None, "429 TooManyRequests"))]
#[case::too_many_until(
    say_later(429, "30", r#"{"reason":"TooManyRequests"}"#),
    retry(Some(30), "429 TooManyRequests")
)]
#[case::too_many_tokens(
    reason(429, "TooManyProviderTokenUpdates"),
    retry(None, "429 TooManyProviderTokenUpdates")
)]
#[case::broken(reason(500, "InternalServerError"), retry(None, "500 InternalServerError"))]
#[case::away(reason(503, "ServiceUnavailable"), retry(None, "503 ServiceUnavailable"))]
#[case::ends(reason(503, "Shutdown"), retry(None, "503 Shutdown"))]
#[actix_web::test]
async fn every_other_error_has_its_consequence(#[case] reply: Reply, #[case] expected: PushOutcome) {
    let (provider, sender) = start(&[reply]).await;
    let (_, now) = clock();
    assert_eq!(sender.send(&push_to(ADDRESS, now), now).await, expected);
    assert_eq!(provider.pushes().len(), 1, "one try is one request");
    sender.send(&push_to(ADDRESS, now), now).await;
    let used = tokens_used(&provider);
    assert_eq!(used[0], used[1], "the provider token stays");
}

#[actix_web::test]
async fn an_old_provider_token_is_renewed_once_and_not_again_within_twenty_minutes() {
    let (provider, sender) = start(&[reason(403, "ExpiredProviderToken"), say(200, "")]).await;
    let (_, now) = clock();
    assert_eq!(sender.send(&push_to(ADDRESS, now), now).await, PushOutcome::Delivered);
    let used = tokens_used(&provider);
    assert!(used.len() == 2 && used[0] != used[1]);

    provider.script(&[reason(403, "ExpiredProviderToken")]);
    let refused = PushOutcome::Refused("403 ExpiredProviderToken".to_owned());
    assert_eq!(sender.send(&push_to(ADDRESS, now), now).await, refused);
    assert_eq!(provider.pushes().len(), 3, "Apple would call it too many updates");
    let later = now.plus(Duration::from_mins(20));
    assert_eq!(sender.send(&push_to(ADDRESS, later), later).await, refused);
    assert_eq!(provider.pushes().len(), 5);
}

#[rstest]
#[case::stalled(Reply::Hang)]
#[case::dropped(Reply::HangUp)]
#[actix_web::test]
async fn a_provider_that_goes_silent_is_tried_again_and_found(#[case] reply: Reply) {
    let (provider, sender) = start(&[reply, say(200, "")]).await;
    let (_, now) = clock();
    let first = sender.send(&push_to(ADDRESS, now), now).await;
    let PushOutcome::Retry { after: None, said } = first else { panic!("{first:?}") };
    assert!(!said.contains(ADDRESS), "{said}");
    assert_eq!(sender.send(&push_to(ADDRESS, now), now).await, PushOutcome::Delivered);
    assert_eq!(provider.pushes().len(), 2);
}

#[test]
fn settings_that_cannot_work_are_refused_at_the_start() {
    assert!(ApnsSender::new(account(None, &keys().0)).is_ok());
    assert!(ApnsSender::new(account(Some("http://api.push.apple.com"), &keys().0)).is_err());
    assert!(ApnsSender::new(account(None, "no key")).is_err());
    let (rsa, _) = key_pair(&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]);
    assert!(ApnsSender::new(account(None, &rsa)).is_err());
}
