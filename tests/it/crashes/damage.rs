//! The checker itself: it sees every kind of damage, so its silence means something.

use std::sync::Arc;

use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;

use super::dice::Dice;
use super::every_write::{Copy, one_of_each};
use super::installation::Installation;
use super::load::Load;
use super::process::Process;

/// A damage, and what the checker must say of it.
const DAMAGES: [(&str, &[&str]); 10] = [
    ("DELETE FROM devices", &["Enrol", "lost", "device.enrolled", "foreign keys"]),
    ("UPDATE devices SET state = 'revoked'", &["Enrol", "lost"]),
    ("UPDATE login_attempts SET answer_payload = NULL", &["Approve", "lost", "signed answer"]),
    ("DELETE FROM sessions", &["Collect", "lost", "login.success", "name each other"]),
    ("DELETE FROM access_tokens", &["Redeem", "told", "used twice"]),
    ("DELETE FROM audit WHERE event = 'login.success'", &["login.success"]),
    ("DELETE FROM audit WHERE event = 'attempt.approved'", &["attempt.approved"]),
    ("DELETE FROM audit WHERE event = 'token.issued'", &["token.issued"]),
    (
        "INSERT INTO audit (id, at, event, device_id, chain, position, hash) \
         SELECT 'again', at, event, device_id, 'again', 1, hash FROM audit WHERE event = 'device.enrolled'",
        &["two device.enrolled"],
    ),
    ("UPDATE invitations SET state = 'claimed'", &["an invitation is redeemed exactly when"]),
];

#[actix_web::test]
async fn the_checker_sees_every_kind_of_damage() {
    let folder = tempfile::tempdir().unwrap();
    let installation = Installation::on_sqlite(folder.path()).await;
    let invitation = Arc::new(installation.invite(1).await.pop().unwrap());
    let load = Load::on(&installation, Dice::from_environment());
    let config = installation.config("avain.toml");
    let mut process = Process::start(&config, &installation.issuer, &load.codes).await;
    one_of_each(Arc::clone(&load), invitation).await;
    process.kill();
    let copy = Copy::of(&installation.data());
    installation.database().check(&load.history).await.assert_none("undamaged");
    for (damage, told) in DAMAGES {
        copy.restore(&installation.data());
        let file = installation.data().join("avain.db");
        let pool = SqlitePool::connect_with(SqliteConnectOptions::new().filename(file).foreign_keys(false));
        let pool = pool.await.unwrap();
        sqlx::query(damage).execute(&pool).await.unwrap();
        let findings = installation.database().check(&load.history).await;
        let violations = findings.violations.join("\n");
        assert!(told.iter().all(|told| violations.contains(told)), "{damage}: {violations}");
        pool.close().await;
    }
}
