//! Mail and SMS leave through real providers: a mail server and a gateway that take, refuse, are busy, drop and hang.

mod gateway;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use avain::config::{Encryption, MailSettings, Settings};
use avain::domain::message::Channel;
use avain::flows::{deliver, invite};
use rstest::rstest;
use serde_json::Value;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

/// A mail server of a test's own; ends when dropped.
struct MailSink {
    process: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    port: u16,
}

impl MailSink {
    fn start(arguments: &[&str]) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp_sink.py");
        let mut process = Command::new("/usr/bin/python3")
            .arg(script)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.next().unwrap().unwrap().parse().unwrap();
        Self { process, lines, port }
    }

    /// The next mail that it took.
    fn next(&mut self) -> Value {
        serde_json::from_str(&self.lines.next().unwrap().unwrap()).unwrap()
    }

    fn settings(&self) -> MailSettings {
        MailSettings {
            host: "127.0.0.1".to_owned(),
            port: Some(self.port),
            encryption: Encryption::None,
            ca_file: None,
            user: None,
            password_file: None,
            from: "Kuusi Books <signin@kuusi.example>".to_owned(),
            reply_to: None,
            timeout_seconds: 1,
        }
    }
}

impl Drop for MailSink {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

async fn app_with(engine: Engine, mail: MailSettings) -> TestApp {
    TestApp::start_with(engine, |settings: &mut Settings| settings.mail = Some(mail)).await
}

/// Somebody is invited at that address.
async fn invite_at(app: &TestApp, email: &str) {
    let person = invite::NewPerson {
        name: "Mart Tamm".to_owned(),
        email: email.to_owned(),
        phone: None,
        language: avain::domain::language::Language::Finnish,
        role: avain::domain::membership::Role::User,
        access: avain::domain::membership::Access::Browser,
    };
    let person = invite::add_person(&app.services, app.company, person).await.unwrap();
    invite::invite(&app.services, person, None).await.unwrap();
}

/// Works until no message is due any more; the server's own worker may do a part of it.
pub(crate) async fn deliver_due(app: &TestApp) {
    let now = app.services.clock.now().millis();
    let due = format!(
        "SELECT COUNT(*) FROM outbox WHERE state = 'queued' AND (next_try_at <= {now} OR said IS NULL)"
    );
    while app.count(&due).await > 0 {
        deliver::run_due(&app.services).await.unwrap();
        tokio::task::yield_now().await;
    }
}

#[rstest]
#[actix_web::test]
async fn an_invitation_arrives_as_text_and_html(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut sink = MailSink::start(&[]);
    let app = app_with(engine, sink.settings()).await;
    invite_at(&app, "mart@kuusi.example").await;
    deliver_due(&app).await;
    let mail = sink.next();
    assert_eq!(mail["to"], "mart@kuusi.example");
    assert_eq!(mail["from"], "Kuusi Books <signin@kuusi.example>");
    assert_eq!(mail["type"], "multipart/alternative");
    let (text, html) = (mail["text"].as_str().unwrap(), mail["html"].as_str().unwrap());
    let code =
        text.split_whitespace().find(|word| word.len() == 14 && word.matches('-').count() == 2).unwrap();
    assert!(html.contains(&format!("{code}</p>")), "the code stands alone: {html}");
    assert!(mail["message_id"].as_str().unwrap().ends_with("@127.0.0.1>"), "{mail}");
    let row = "SELECT state || ' ' || said FROM outbox WHERE sealed IS NULL";
    assert_eq!(app.text(row).await, "sent 2.0.0 taken as 42", "what was said is kept, what was sent is not");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn a_refused_mail_is_not_tried_again_and_a_busy_server_is(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut sink = MailSink::start(&[]);
    let app = app_with(engine, sink.settings()).await;
    for name in ["refuse", "later", "drop", "hang", "fine"] {
        invite_at(&app, &format!("{name}@kuusi.example")).await;
    }
    deliver_due(&app).await;
    let refused = app.text("SELECT said FROM outbox WHERE state = 'refused'").await;
    assert!(refused.contains("no such user") && !refused.contains("kuusi.example"), "{refused}");
    assert!(!refused.contains("123456"), "{refused}");
    let states = app.database.texts("SELECT state FROM outbox ORDER BY state").await;
    assert_eq!(states, ["queued", "queued", "queued", "refused", "sent"]);
    let hangs_or_fine = [sink.next(), sink.next()];
    assert!(
        hangs_or_fine.iter().any(|mail| mail["to"] == "fine@kuusi.example"),
        "one that hangs holds up nobody"
    );
    let tries = app.count("SELECT CAST(SUM(tries) AS BIGINT) FROM outbox").await;
    assert_eq!(tries, 5, "one try each");

    app.pass(30);
    deliver_due(&app).await;
    let due = app.services.clock.now().millis();
    while app
        .count(&format!("SELECT COUNT(*) FROM outbox WHERE state = 'queued' AND next_try_at <= {due}"))
        .await
        > 0
    {
        deliver::run_due(&app.services).await.unwrap();
    }
    assert_eq!(app.count("SELECT tries FROM outbox WHERE state = 'refused'").await, 1);
    assert_eq!(
        app.count("SELECT tries FROM outbox WHERE state = 'sent'").await,
        1,
        "never twice what was taken"
    );
    assert_eq!(app.count("SELECT MIN(tries) FROM outbox WHERE state = 'queued'").await, 2);

    app.pass(24 * 60 * 60);
    while app.count("SELECT COUNT(*) FROM outbox WHERE state = 'queued'").await > 0 {
        deliver::run_due(&app.services).await.unwrap();
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM outbox WHERE state = 'given_up' AND sealed IS NULL").await, 3);
    app.stop().await;
}

/// A certificate for 127.0.0.1 that nobody but the test trusts, and its key.
fn certificate(folder: &Path) -> (PathBuf, PathBuf) {
    let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let done = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ])
        .args([
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-addext",
            "basicConstraints=critical,CA:FALSE",
        ])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&cert)
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(done.success());
    (cert, key)
}

#[rstest]
#[actix_web::test]
async fn mails_leave_encrypted_with_an_account_or_not_at_all(#[values(Sqlite, Postgres)] engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let (cert, key) = certificate(folder.path());
    let password_file = folder.path().join("password");
    std::fs::write(&password_file, "a password\n").unwrap();
    let mut sink = MailSink::start(&["--cert", cert.to_str().unwrap(), "--key", key.to_str().unwrap()]);
    let protected = MailSettings {
        host: "localhost".to_owned(),
        encryption: Encryption::Starttls,
        user: Some("signin".to_owned()),
        password_file: Some(password_file),
        ..sink.settings()
    };
    let distrustful = app_with(engine, protected.clone()).await;
    invite_at(&distrustful, "mart@kuusi.example").await;
    deliver_due(&distrustful).await;
    assert_eq!(
        distrustful.count("SELECT COUNT(*) FROM outbox WHERE state = 'queued'").await,
        1,
        "an unknown certificate"
    );
    distrustful.stop().await;

    let app = app_with(engine, MailSettings { ca_file: Some(cert), ..protected }).await;
    invite_at(&app, "mart@kuusi.example").await;
    deliver_due(&app).await;
    let mail = sink.next();
    assert_eq!((&mail["tls"], &mail["user"]), (&Value::from(true), &Value::from("signin")));
    app.stop().await;
}

#[test]
fn a_mail_server_elsewhere_is_never_spoken_to_in_plain() {
    let sink = MailSink::start(&[]);
    let mut settings = sink.settings();
    assert!(settings.check().is_ok());
    settings.host = "mail.example.com".to_owned();
    assert!(settings.check().unwrap_err().to_string().contains("mail.encryption"));
    settings.encryption = Encryption::Tls;
    settings.user = Some("signin".to_owned());
    assert!(settings.check().unwrap_err().to_string().contains("password_file"));
    assert_eq!(Channel::Mail.key(), "mail");
}
