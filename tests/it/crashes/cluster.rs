//! A PostgreSQL of the test's own: a folder, a socket in it, no network. It flushes as in production.

use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A cluster; it goes with the test.
pub(super) struct Cluster {
    folder: tempfile::TempDir,
    programs: PathBuf,
}

impl Cluster {
    /// A new cluster, running.
    pub(super) fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = Self { folder, programs: newest_programs() };
        if is_root() {
            let (user, group) = postgres_ids();
            chown(made.folder.path(), Some(user), Some(group)).unwrap();
        }
        made.run("initdb", &["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "-D"]);
        made.start();
        made
    }

    pub(super) fn url(&self) -> String {
        format!("postgres:///postgres?host={}&user=postgres", self.folder.path().display())
    }

    /// Starts it; it recovers from its log.
    pub(super) fn start(&self) {
        let socket = self.folder.path().display();
        let options = format!("-c listen_addresses='' -c unix_socket_directories='{socket}'");
        let log = self.folder.path().join("log").display().to_string();
        self.run("pg_ctl", &["start", "--wait", "--log", &log, "-o", &options, "-D"]);
    }

    /// As `kill -9` of all its processes, but they leave no shared memory behind.
    pub(super) fn stop_immediately(&self) {
        self.run("pg_ctl", &["stop", "--wait", "--mode=immediate", "-D"]);
    }

    /// Runs one of its programs as its user (`initdb` and the server refuse root), with the data folder as the last argument.
    fn run(&self, program: &str, arguments: &[&str]) {
        let status = self.command(program).args(arguments).arg(self.data()).status().unwrap();
        assert!(status.success(), "{program} {arguments:?}: {status}; see {}", self.folder.path().display());
    }

    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // An error means that it does not run.
        let _ = self.command("pg_ctl").args(["stop", "--mode=immediate", "-D"]).arg(self.data()).status();
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

/// The numbers of the user `postgres`.
fn postgres_ids() -> (u32, u32) {
    let users = std::fs::read_to_string("/etc/passwd").unwrap();
    let line = users.lines().find(|line| line.starts_with("postgres:")).unwrap_or_default();
    let fields: Vec<&str> = line.split(':').collect();
    assert!(fields.len() > 3, "there is no user postgres");
    (fields[2].parse().unwrap(), fields[3].parse().unwrap())
}

fn newest_programs() -> PathBuf {
    let versions = std::fs::read_dir(Path::new("/usr/lib/postgresql"));
    let versions =
        versions.unwrap_or_else(|error| panic!("PostgreSQL is needed (Debian: postgresql): {error}"));
    let newest = versions.map(|entry| entry.unwrap().path().join("bin")).max();
    newest.unwrap_or_else(|| panic!("PostgreSQL is needed (Debian: postgresql)"))
}
