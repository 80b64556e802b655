//! `kill -9` while a first start makes tables, master secret and signing keys (F33): the next start finishes it.

use super::checker::Database;
use super::dice::{Dice, number};
use super::every_write::killer;
use super::history::History;
use super::installation::Installation;
use super::process::{Codes, Process, Tool};

/// The same, where the master secret's file is concerned.
fn killer_at_master_secret(installation: &Installation, kind: &str) -> Tool {
    let mut tool = killer(kind, 1);
    let data = installation.data();
    let files = ["master.key", "master.draft"].map(|name| data.join(name).display().to_string());
    tool.command.extend(files.into_iter().flat_map(|file| ["-P".to_owned(), file]));
    tool
}

/// Starts in an empty folder under the tool, then plainly. `false`: the tool did not kill it.
async fn is_finished_by_the_next_start(installation: &Installation, tool: &Tool) -> bool {
    let (config, url, codes) = (installation.config("avain.toml"), &installation.issuer, Codes::default());
    // The folder may not be there yet.
    let _ = std::fs::remove_dir_all(installation.data());
    std::fs::create_dir(installation.data()).unwrap();
    let mut process = Process::spawn(&config, tool, &codes);
    let is_killed = !process.is_ready(url).await;
    process.kill();
    let process = Process::start(&config, url, &codes).await;
    let keys = reqwest::get(format!("{url}/oauth2/jwks")).await.unwrap().text().await.unwrap();
    assert_eq!(keys.matches("\"kid\"").count(), 2, "{keys}");
    let database: Database = installation.database();
    database.check(&History::default()).await.assert_none("after a first start");
    drop(process);
    is_killed
}

#[actix_web::test]
async fn a_first_start_that_was_killed_at_any_write_is_finished_by_the_next_one() {
    let (every, dice) = (2 * number("AVAIN_EVERY", 7) - 1, Dice::from_environment());
    let folder = tempfile::tempdir().unwrap();
    let installation = Installation::untouched(folder.path(), None);
    let mut kills = 0;
    for kind in ["openat", "write", "fsync", "linkat", "unlink"] {
        let tool = killer_at_master_secret(&installation, kind);
        assert!(is_finished_by_the_next_start(&installation, &tool).await, "{kind} of the master secret");
        kills += 1;
    }
    for (kind, every) in [("pwrite64", every), ("fsync", every.min(3))] {
        let mut nth = 1 + dice.below(every);
        while is_finished_by_the_next_start(&installation, &killer(kind, nth)).await {
            kills += 1;
            nth += every;
        }
    }
    println!("first start: seed {}, each {every}th write, {kills} kills; 0 violations", dice.seed);
}
