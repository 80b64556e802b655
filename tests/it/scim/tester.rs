//! The checks of `scim2-tester`, where `tests/run` has installed it (`AVAIN_SCIM_TESTER` names its Python).

use std::process::Command;

use rstest::rstest;

use super::Directory;
use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

#[rstest]
#[actix_web::test]
async fn an_independent_client_finds_no_fault(#[values(Sqlite, Postgres)] engine: Engine) {
    let Ok(python) = std::env::var("AVAIN_SCIM_TESTER") else {
        assert!(std::env::var("CI").is_err(), "tests/run installs the tester and sets AVAIN_SCIM_TESTER");
        eprintln!("left out: tests/run sets AVAIN_SCIM_TESTER");
        return;
    };
    let app = TestApp::start(engine).await;
    let directory = Directory::new(&app, &[app.company], true).await;
    let mut check = Command::new(python);
    check.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scim_check.py")).arg(&app.base_url);
    check.arg(app.company.to_string()).env("AVAIN_SCIM_TOKEN", &directory.token);
    let done = actix_web::rt::task::spawn_blocking(move || check.output().unwrap()).await.unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{told}");
    println!("{told}");
    app.stop().await;
}
