//! The minimum OS at sign-in: warned, then kept out, and let in again after an update.

use std::process::Command;
use std::time::Duration;

use avain::config::Settings;
use mobile_sim::Phone;
use rstest::rstest;
use serde_json::Value;

use crate::harness::database::{Engine, Postgres, Sqlite};
use crate::harness::{TestApp, facts};
use crate::sign_in::code_of;

/// Midnight UTC of the two days, in seconds. The harness's clock begins on 2026-11-18.
const WARN: i64 = 1_795_996_800;
const BLOCK: i64 = 1_797_292_800;

fn phases(settings: &mut Settings) {
    settings.activation.warn_from = Some("2026-11-30".to_owned());
    settings.activation.block_from = Some("2026-12-15".to_owned());
}

fn wait_until(app: &TestApp, seconds: i64) {
    let missing = seconds - app.services.clock.now().seconds();
    app.clock.advance(Duration::from_secs(missing.try_into().unwrap()));
}

/// What the phone hears when it scans: accepted or a code, and the warning.
async fn scan(app: &TestApp, phone: &Phone) -> (String, Option<(String, i64)>) {
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let challenge = phone.scan(&browser.frame(&attempt).await).await;
    let warning = challenge.as_ref().ok().and_then(|challenge| challenge.os_warning.clone());
    (code_of(challenge), warning.map(|warning| (warning.needs, warning.blocked_from)))
}

#[rstest]
#[actix_web::test]
async fn an_old_phone_is_warned_then_kept_out_and_comes_back_after_an_update(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let app = TestApp::start_with(engine, phases).await;
    let mut phone = app.enrolled_phone().await;
    let newer = app.enrolled_phone().await;
    // Enrolled long ago, when the minimum was lower.
    (phone.profile.facts.os_version, phone.profile.facts.api_level) = ("11".to_owned(), 30);
    let desk = app.browser();
    desk.visit_with(&phone, "/account").await;
    assert_eq!(scan(&app, &phone).await, ("accepted".to_owned(), None), "nobody minds yet");
    assert_eq!(
        app.count("SELECT COUNT(*) FROM devices WHERE os_version = '11'").await,
        1,
        "it is known at once"
    );

    wait_until(&app, WARN);
    assert_eq!(scan(&app, &phone).await, ("accepted".to_owned(), Some(("12".to_owned(), BLOCK * 1000))));
    assert_eq!(scan(&app, &newer).await, ("accepted".to_owned(), None), "another phone");
    desk.forget_session();
    let page = desk.visit_with(&phone, "/account").await;
    assert!(page.body.contains("from 2026-12-15 on this phone can no longer sign in"), "{}", page.body);

    wait_until(&app, BLOCK);
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let refused = phone.scan(&browser.frame(&attempt).await).await.unwrap_err();
    assert_eq!(refused.code(), Some("os_version_too_old"));
    assert!(refused.to_string().contains("11") && refused.to_string().contains("12"), "{refused}");
    assert_eq!(browser.state(&attempt).await["state"], "waiting", "another phone may still scan");

    (phone.profile.facts.os_version, phone.profile.facts.api_level) = ("Beta".to_owned(), 0);
    assert_eq!(scan(&app, &phone).await.0, "os_version_unparsable");
    (phone.profile.facts.os_version, phone.profile.facts.api_level) = (facts().os_version, facts().api_level);
    assert_eq!(scan(&app, &phone).await, ("accepted".to_owned(), None), "updated");
    assert_eq!(app.count("SELECT COUNT(*) FROM devices WHERE os_version = '14'").await, 2);
    (phone.profile.facts.os_version, phone.profile.facts.api_level) = (String::new(), 0);
    assert_eq!(scan(&app, &phone).await.0, "accepted", "an older app says nothing, and nothing changes");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_forecast_names_whom_another_minimum_would_hit(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let old = app.enrolled_phone().await;
    app.enrolled_phone().await;
    let gone = app.enrolled_phone().await;
    for (phone, sql) in [(&old, "os_version = '12'"), (&gone, "os_version = '12', state = 'revoked'")] {
        let id = &phone.profile.device_id;
        app.database.execute(&format!("UPDATE devices SET {sql} WHERE id = '{id}'")).await;
    }
    let file = app.write_config();
    let forecast = async |version: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avain"));
        command.args(["policy", "forecast", "--json", "--android", version, "--config"]).arg(&file);
        let output = actix_web::web::block(move || command.output().unwrap()).await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = String::from_utf8(output.stdout).unwrap();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>()
    };
    let lines = forecast("13").await;
    assert_eq!(lines.len(), 2, "one phone and the totals: {lines:?}");
    assert_eq!(
        (lines[0]["os"].as_str(), lines[0]["person"].as_str()),
        (Some("Android 12"), Some("Mart Tamm"))
    );
    assert_eq!(lines[0]["device"], old.profile.device_id);
    assert_eq!((&lines[1]["devices"], &lines[1]["below_minimum"]), (&2.into(), &1.into()));
    assert_eq!(lines[1]["companies"]["Kuusi Books Oy"], 1);
    assert_eq!(forecast("12").await.len(), 1, "nobody");
    assert_eq!(forecast("15").await.len(), 3, "both");
    app.stop().await;
}
