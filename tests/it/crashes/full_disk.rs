//! A full disk (F04): nothing that was acknowledged is lost, and the server goes on by itself when there is room again.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tokio::sync::mpsc;

use super::dice::Dice;
use super::history::{Act, History};
use super::installation::Installation;
use super::load::Load;
use super::process::Process;

/// Tasks of each kind.
const TASKS: u64 = 2;
/// How many failures the phones and browsers live through.
const FAILURES: usize = 40;
/// How many sign-ins come before and after.
const SIGN_INS: usize = 4;
/// An upper bound, so that a server which never recovers fails the test.
const LONG: Duration = Duration::from_mins(1);

/// A small disk in memory; it goes with the test.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(folder: &Path) -> Self {
        std::fs::create_dir(folder).unwrap();
        let mut mount = as_root("mount");
        mount.args(["-t", "tmpfs", "-o", "size=6m,mode=0777", "avain-small-disk"]).arg(folder);
        let is_mounted = mount.status().is_ok_and(|status| status.success());
        assert!(
            is_mounted,
            "this test mounts a small disk on {}: run it as root, or allow sudo",
            folder.display()
        );
        Self(folder.to_owned())
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }

    /// Writes until nothing more fits.
    fn fill(&self) {
        let mut file = std::fs::File::create(self.ballast()).unwrap();
        for size in [4096, 1] {
            let full = std::iter::repeat_with(|| file.write_all(&vec![0; size])).find_map(Result::err);
            assert_eq!(full.unwrap().kind(), ErrorKind::StorageFull);
        }
    }

    fn free(&self) {
        std::fs::remove_file(self.ballast()).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a server that a failed test has left may still hold it for a moment.
        let _ = as_root("umount").arg("--lazy").arg(&self.0).status();
    }
}

async fn within(process: &Process, what: impl Future<Output = ()>) {
    let done = tokio::time::timeout(LONG, what).await;
    done.unwrap_or_else(|_| panic!("not within {LONG:?}:\n{}", process.log()));
}

fn as_root(program: &str) -> Command {
    use std::os::unix::fs::MetadataExt as _;
    if std::fs::metadata("/proc/self").unwrap().uid() == 0 {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.args(["-n", program]);
    command
}

#[actix_web::test]
async fn nothing_acknowledged_is_lost_on_a_full_disk_and_room_ends_the_trouble() {
    let folder = tempfile::tempdir().unwrap();
    let disk = SmallDisk::mount(&folder.path().join("data"));
    let installation = Installation::on_sqlite(folder.path()).await;
    let load = Load::on(&installation, Dice::from_environment());
    let invitations = installation.invite(200).await;
    installation.empty_outbox().await;
    let (stock, invited) = mpsc::channel(invitations.len());
    for invitation in invitations {
        stock.send(invitation).await.unwrap();
    }
    let (config, url) = (installation.config("avain.toml"), installation.issuer.clone());
    let mut process = Process::start(&config, &url, &load.codes).await;
    let running = load.start(TASKS, invited);
    let sign_ins = |count| move |history: &History| history.done(Act::Redeem) >= count;
    within(&process, load.until(sign_ins(SIGN_INS))).await;
    disk.fill();
    within(&process, load.until(|history| history.failures().len() >= FAILURES)).await;
    installation.database().check(&load.history).await.assert_none("on the full disk");

    let before = load.history.done(Act::Redeem);
    disk.free();
    within(&process, load.until(sign_ins(before + SIGN_INS))).await;
    load.end(stock, running).await;
    installation.database().check(&load.history).await.assert_none("with room again");
    process.kill();
    let process = Process::start(&config, &url, &load.codes).await;
    let findings = installation.database().check(&load.history).await;
    findings.assert_none("after a kill and a restart");
    installation.verify_by_command();
    let kinds = load.history.failures_by_kind();
    assert!(kinds.keys().all(|kind| !kind.contains("no code")), "every failure has a code: {kinds:?}");
    println!("full disk: {}; {} rows checked, 0 violations; 5xx: {kinds:?}", load.history, findings.rows);
    drop(process);
    drop(disk);
}
