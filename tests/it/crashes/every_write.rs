//! `kill -9` at exactly the N-th write or flush, for every N (F02): no state between two writes is left out.
//!
//! `strace` counts the calls of each thread apart and each kind apart; SQLite writes in one thread alone, so for each kind the
//! points are N = 1, 2, 3… until a run passes unharmed.

use std::path::Path;
use std::sync::Arc;

use super::dice::{Dice, number};
use super::installation::{Installation, Invitation};
use super::load::Load;
use super::process::{Process, Tool};

/// The calls by which a database reaches the disk, and the one by which an answer leaves: killed there, the server has
/// committed what nobody hears of.
const KINDS: [&str; 3] = ["pwrite64", "fsync", "sendto"];

/// A sign-in makes about two hundred of these, and about twenty of the others.
const MANY: &str = "pwrite64";

/// The tool that kills the program as it enters its N-th call of that kind.
pub(super) fn killer(kind: &str, nth: u64) -> Tool {
    let trace = format!("trace={kind}");
    let inject = format!("inject={kind}:signal=KILL:when={nth}");
    // One processor makes one HTTP worker, so that all answers are counted together.
    let words = ["taskset", "-c", "0", "strace", "-D", "-f", "-o", "/dev/null", "-e", &trace, "-e", &inject];
    Tool { command: words.map(str::to_owned).into(), ..Tool::default() }
}

/// What a folder held, to begin again from.
pub(super) struct Copy(Vec<(std::path::PathBuf, Vec<u8>)>);

impl Copy {
    pub(super) fn of(folder: &Path) -> Self {
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        Self(files.map(|file| (file.clone(), std::fs::read(file).unwrap())).collect())
    }

    pub(super) fn restore(&self, folder: &Path) {
        std::fs::remove_dir_all(folder).unwrap();
        std::fs::create_dir(folder).unwrap();
        for (file, contents) in &self.0 {
            std::fs::write(file, contents).unwrap();
        }
    }
}

/// One phone, from its code to tokens.
pub(super) async fn one_of_each(load: Arc<Load>, invitation: Arc<Invitation>) {
    let phone = load.enrol(&invitation).await.unwrap();
    load.sign_in(&phone).await;
}

/// Runs the job, and again from where it stopped when the server was killed. Gives back whether it was killed, and how many rows were checked.
async fn run(
    installation: &Installation,
    load: &Arc<Load>,
    invitation: &Arc<Invitation>,
    tool: &Tool,
) -> (bool, usize) {
    let (config, url) = (installation.config("avain.toml"), &installation.issuer);
    let mut process = Process::spawn(&config, tool, &load.codes);
    let was_ready = process.is_ready(url).await;
    let mut job = tokio::task::spawn_local(one_of_each(Arc::clone(load), Arc::clone(invitation)));
    let is_killed = if was_ready {
        tokio::select! {
            ended = &mut job => { ended.unwrap(); false }
            () = process.ended() => true,
        }
    } else {
        true
    };
    if is_killed {
        process = Process::start(&config, url, &load.codes).await;
        load.is_back();
        job.await.unwrap();
    }
    let findings = installation.database().check(&load.history).await;
    findings.assert_none("after the job was finished");
    assert_eq!(load.history.failures(), Vec::<String>::new());
    drop(process);
    (is_killed, findings.rows)
}

#[actix_web::test]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed_at_any_write() {
    let (every, dice) = (number("AVAIN_EVERY", 7), Dice::from_environment());
    let folder = tempfile::tempdir().unwrap();
    let installation = Installation::on_sqlite(folder.path()).await;
    let invitation = Arc::new(installation.invite(1).await.pop().unwrap());
    installation.empty_outbox().await;
    let copy = Copy::of(&installation.data());
    let (mut report, mut totals, mut rows) = (Vec::new(), [0; 4], 0);
    for kind in KINDS {
        let every = if kind == MANY { every } else { 1 };
        let mut nth = 1 + dice.below(every);
        let mut points = 0;
        loop {
            copy.restore(&installation.data());
            let load = Load::on(&installation, Dice::from_environment());
            let (is_killed, found) = run(&installation, &load, &invitation, &killer(kind, nth)).await;
            totals = std::array::from_fn(|index| totals[index] + load.history.counts()[index]);
            rows += found;
            if !is_killed {
                break;
            }
            points += 1;
            nth += every;
        }
        assert!(points > 0, "{kind} was never called");
        report.push(format!("{kind}: {points} kills up to call {nth}"));
    }
    let [acknowledged, refused, unknown, failed] = totals;
    println!(
        "every write: seed {}, each {every}th; {}; operations: {acknowledged} acknowledged, {refused} refused, {unknown} \
         unknown, {failed} failed; {rows} rows checked, 0 violations",
        dice.seed,
        report.join("; ")
    );
}
