//! The real program: what survives a killed process, and when it refuses to start.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use rstest::rstest;
use serde_json::Value;

use crate::harness::database::{Engine, Postgres, Sqlite, TestDatabase};

/// A server process in a folder.
struct Server {
    process: Child,
    issuer: String,
}

fn free_issuer() -> String {
    format!("http://{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap())
}

fn write_config(folder: &Path, issuer: &str, more: &str, database: &TestDatabase) {
    let listen = issuer.trim_start_matches("http://");
    let data = folder.join("data");
    let url = database.url().map(|url| format!("url = \"{url}\"\n")).unwrap_or_default();
    let text = format!(
        "[server]\nlisten = \"{listen}\"\nissuer = \"{issuer}\"\n{more}\n[database]\ndata_dir = \"{}\"\n{url}",
        data.display()
    );
    std::fs::write(folder.join("avain.toml"), text).unwrap();
}

fn avain(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_avain"));
    command.args(["serve", "--config"]).arg(folder.join("avain.toml")).stdin(Stdio::null());
    command
}

fn start(folder: &Path, issuer: &str) -> Server {
    let mut process = avain(folder).stderr(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(process.stderr.take().unwrap()).lines();
    let is_ready = lines.map_while(Result::ok).any(|line| line.contains(": ready"));
    assert!(is_ready, "the server ended before it was ready");
    Server { process, issuer: issuer.to_owned() }
}

impl Server {
    async fn keys(&self) -> Value {
        reqwest::get(format!("{}/oauth2/jwks", self.issuer)).await.unwrap().json().await.unwrap()
    }

    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

fn refusal(folder: &Path) -> String {
    let Output { status, stderr, .. } = avain(folder).output().unwrap();
    assert!(!status.success());
    String::from_utf8(stderr).unwrap()
}

#[rstest]
#[actix_web::test]
async fn signing_keys_and_people_survive_a_killed_process(#[values(Sqlite, Postgres)] engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::create(engine, &folder.path().join("data")).await;
    let issuer = free_issuer();
    write_config(folder.path(), &issuer, "", &database);
    let server = start(folder.path(), &issuer);
    let keys = server.keys().await;
    assert_eq!(keys["keys"].as_array().unwrap().len(), 2);
    let added = Command::new(env!("CARGO_BIN_EXE_avain"))
        .args(["company", "add", "--name", "Kuusi", "--administrator", "Aino", "--email", "a@kuusi.example"])
        .args(["--phone", "+358401234567", "--config"])
        .arg(folder.path().join("avain.toml"))
        .output()
        .unwrap();
    let printed = String::from_utf8(added.stdout).unwrap();
    let code = printed.lines().last().unwrap().to_owned();
    server.kill();

    let server = start(folder.path(), &issuer);
    assert_eq!(server.keys().await, keys, "applications keep trusting the same keys");
    let phone = mobile_sim::Server::new(&issuer).unwrap();
    let (_, started) = mobile_sim::Activation::start(&phone, &code, crate::harness::facts()).await.unwrap();
    assert_eq!(started.person_name, "Aino");
    server.kill();
}

#[rstest]
#[actix_web::test]
async fn staff_are_added_listed_and_removed_by_command(#[values(Sqlite, Postgres)] engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::create(engine, &folder.path().join("data")).await;
    write_config(folder.path(), &free_issuer(), "", &database);
    let staff = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_avain"))
            .arg("staff")
            .args(arguments)
            .arg("--config")
            .arg(folder.path().join("avain.toml"))
            .output()
            .unwrap()
    };
    let somebody = ["--name", "Tuija Tuki", "--email", "tuija@palvelu.example"];
    let wrong = staff(&[&["add"], &somebody[..], &["--phone", "040"]].concat());
    assert!(String::from_utf8(wrong.stderr).unwrap().contains("country code"));
    let added =
        staff(&[&["add"], &somebody[..], &["--phone", "+358 40 555 0150", "--role", "lead"]].concat());
    let code = String::from_utf8(added.stdout).unwrap().lines().last().unwrap().to_owned();
    assert_eq!(code.len(), 14, "{code}");
    let listed = String::from_utf8(staff(&["list"]).stdout).unwrap();
    assert!(listed.contains("lead") && listed.contains("Tuija Tuki  <tuija@palvelu.example>"), "{listed}");
    let id = listed.split_whitespace().next().unwrap();
    assert!(staff(&["remove", id]).status.success());
    let gone = staff(&["remove", id]);
    assert!(String::from_utf8(gone.stderr).unwrap().contains("avain staff list"));
    assert!(staff(&["list"]).stdout.is_empty());
}

#[rstest]
#[actix_web::test]
async fn a_server_refuses_to_start_where_it_would_do_harm_and_says_why(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::create(engine, &folder.path().join("data")).await;
    let issuer = free_issuer();
    write_config(folder.path(), &issuer, "", &database);
    start(folder.path(), &issuer).kill();

    let other = free_issuer();
    write_config(folder.path(), &other, "", &database);
    let told = refusal(folder.path());
    assert!(told.contains(&issuer) && told.contains(&other), "another issuer: {told}");

    write_config(folder.path(), &issuer, "", &database);
    let key = folder.path().join("data/master.key");
    let secret = std::fs::read_to_string(&key).unwrap();
    std::fs::write(&key, "0".repeat(64)).unwrap();
    assert!(refusal(folder.path()).contains("master secret"), "another master secret");
    std::fs::remove_file(&key).unwrap();
    let told = refusal(folder.path());
    assert!(told.contains("master.key") && told.contains("put the file back"), "no master secret: {told}");
    assert!(!key.exists(), "no second master secret is made");
    std::fs::write(&key, secret).unwrap();
    start(folder.path(), &issuer).kill();
}

#[actix_web::test]
async fn settings_that_cannot_be_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::create(Sqlite, folder.path()).await;
    write_config(folder.path(), "http://127.0.0.1:1", "colour = \"blue\"", &database);
    assert!(refusal(folder.path()).contains("colour"));
    let plain = "[server]\nlisten = \"127.0.0.1:1\"\nissuer = \"http://login.example.com\"\n";
    std::fs::write(folder.path().join("avain.toml"), plain).unwrap();
    let told = refusal(folder.path());
    assert!(told.contains("server.issuer") && told.contains("https://"), "{told}");
}

#[cfg(unix)]
#[actix_web::test]
async fn the_master_secret_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::create(Sqlite, folder.path()).await;
    let issuer = free_issuer();
    write_config(folder.path(), &issuer, "", &database);
    start(folder.path(), &issuer).kill();
    let mode = std::fs::metadata(folder.path().join("data/master.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[actix_web::test]
async fn a_check_of_nothing_is_refused_and_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::create(Sqlite, folder.path()).await;
    write_config(folder.path(), "http://127.0.0.1:1", "", &database);
    for check in ["verify-audit", "verify-logins", "void-open"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avain"));
        let output =
            command.args([check, "--config"]).arg(folder.path().join("avain.toml")).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && told.contains("there is no database"), "{check}: {told}");
    }
    assert!(!folder.path().join("data").exists());
}
