//! `kill -9` at random moments, again and again, while phones enrol and browsers sign in (F01).

use std::time::Duration;

use tokio::sync::mpsc;

use super::dice::{Dice, number};
use super::installation::{Installation, Invitation};
use super::load::Load;
use super::process::{Process, slowest_start};

/// Tasks of each kind.
const TASKS: u64 = 3;
/// The longest time that a server lives, once it is ready.
const LONGEST_LIFE: Duration = Duration::from_millis(400);
/// How many invitations are made at a time, and below how many left.
const STOCK: u64 = 40;

async fn fill(installation: &Installation, stock: &mpsc::Sender<Invitation>) {
    for invitation in installation.invite(STOCK).await {
        stock.send(invitation).await.unwrap();
    }
}

#[actix_web::test]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed_again_and_again() {
    let (kills, dice) = (number("AVAIN_KILLS", 15), Dice::from_environment());
    let folder = tempfile::tempdir().unwrap();
    let installation = Installation::on_sqlite(folder.path()).await;
    let (config, url) = (installation.config("avain.toml"), installation.issuer.clone());
    let load = Load::on(&installation, dice);
    println!("kill -9: seed {} …", load.dice.seed);
    let (stock, invited) = mpsc::channel(usize::try_from(2 * STOCK).unwrap());
    fill(&installation, &stock).await;

    let mut process = Process::start(&config, &url, &load.codes).await;
    let running = load.start(TASKS, invited);
    let mut rows = 0;
    for kill in 1..=kills {
        load.dice.moment(LONGEST_LIFE).await;
        process.kill();
        process = Process::start(&config, &url, &load.codes).await;
        load.is_back();
        let findings = installation.database().check(&load.history).await;
        findings.assert_none(&format!("after kill {kill} of seed {}", load.dice.seed));
        rows += findings.rows;
        if stock.capacity() > usize::try_from(STOCK).unwrap() {
            fill(&installation, &stock).await;
        }
    }
    load.end(stock, running).await;
    let findings = installation.database().check(&load.history).await;
    findings.assert_none("at the end");
    installation.verify_by_command();
    assert_eq!(load.history.failures(), Vec::<String>::new(), "a server that lives answers");
    println!(
        "kill -9: seed {}, {kills} kills, {}; {} rows checked, 0 violations; {}",
        load.dice.seed,
        load.history,
        rows + findings.rows,
        slowest_start()
    );
}
