//! PostgreSQL stopped without warning and started again, under load (F10).

use std::time::Duration;

use tokio::sync::mpsc;

use super::cluster::Cluster;
use super::dice::{Dice, number};
use super::installation::Installation;
use super::load::Load;
use super::process::{Process, Tool, slowest_start};

/// Tasks of each kind.
const TASKS: u64 = 2;
/// The longest time that the database lives, once the server is ready.
const LONGEST_LIFE: Duration = Duration::from_millis(600);

#[actix_web::test]
async fn nothing_acknowledged_is_lost_when_postgresql_is_stopped_at_once_and_started_again() {
    let stops = number("AVAIN_KILLS", 15).div_ceil(5);
    let cluster = Cluster::make();
    let folder = tempfile::tempdir().unwrap();
    let installation = Installation::on_postgres(folder.path(), &cluster.url()).await;
    let load = Load::on(&installation, Dice::from_environment());
    let invitations = installation.invite(20 * stops).await;
    installation.empty_outbox().await;
    let (stock, invited) = mpsc::channel(invitations.len());
    for invitation in invitations {
        stock.send(invitation).await.unwrap();
    }
    let config = installation.config("avain.toml");
    let mut process = Process::spawn(&config, &Tool::default(), &load.codes);
    assert!(process.is_ready(&installation.issuer).await, "{}", process.log());
    let running = load.start(TASKS, invited);
    let mut rows = 0;
    for stop in 1..=stops {
        load.dice.moment(LONGEST_LIFE).await;
        cluster.stop_immediately();
        cluster.start();
        process.answers_again(&installation.issuer).await;
        load.is_back();
        let findings = installation.database().check(&load.history).await;
        findings.assert_none(&format!("after stop {stop} of seed {}", load.dice.seed));
        rows += findings.rows;
    }
    load.end(stock, running).await;
    let findings = installation.database().check(&load.history).await;
    findings.assert_none("at the end");
    installation.verify_by_command();
    println!(
        "PostgreSQL: seed {}, {stops} immediate stops, {}; {} rows checked, 0 violations; 5xx: {:?}; {}",
        load.dice.seed,
        load.history,
        rows + findings.rows,
        load.history.failures_by_kind(),
        slowest_start(),
    );
}
