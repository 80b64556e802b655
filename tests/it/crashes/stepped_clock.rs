//! A clock that is set forward and back while the server runs (F14, I17).
//!
//! A [`Leftover`] is a step that somebody left undone: a frame not scanned, a code not redeemed. Its life ends while the clock is
//! ahead; what the server says to it after the clock was set back is compared with what is promised.

use std::path::{Path, PathBuf};

use mobile_sim::Activation;

use super::dice::Dice;
use super::installation::{Installation, Invitation};
use super::load::Load;
use super::load::sign_in::parameter;
use super::process::{Process, Tool};
use super::visitor::{Trouble, Visitor, new_client};
use crate::harness::facts;

/// The clock of the server process: a file that `libfaketime` reads at every call.
struct SteppedClock(PathBuf);

impl SteppedClock {
    fn in_folder(folder: &Path) -> Self {
        let clock = Self(folder.join("clock"));
        clock.set("+0");
        clock
    }

    /// As in `+3600` or `-7200`: seconds from the true time. In one step, so that nobody reads half a file.
    fn set(&self, offset: &str) {
        let draft = self.0.with_extension("draft");
        std::fs::write(&draft, format!("{offset}\n")).unwrap();
        std::fs::rename(&draft, &self.0).unwrap();
    }

    fn tool(&self) -> Tool {
        let pairs = [
            ("LD_PRELOAD", library().display().to_string()),
            ("FAKETIME_TIMESTAMP_FILE", self.0.display().to_string()),
            ("FAKETIME_NO_CACHE", "1".to_owned()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
        ];
        let environment = pairs.map(|(name, value)| (name.to_owned(), value)).into();
        Tool { environment, ..Tool::default() }
    }
}

fn library() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").unwrap().map(|entry| entry.unwrap().path());
    let mut libraries = folders.map(|folder| folder.join("faketime/libfaketimeMT.so.1"));
    libraries.find(|file| file.exists()).unwrap_or_else(|| panic!("libfaketime is needed (Debian: faketime)"))
}

/// Steps that were left undone before the clock moved.
struct Leftovers {
    frame: String,
    phone: mobile_sim::Phone,
    visitor: Visitor,
    attempt: String,
    code: String,
    spent_code: String,
    confirmation: String,
    activation: Activation,
}

impl Leftovers {
    async fn leave(load: &Load, invitations: &mut Vec<Invitation>) -> Self {
        let phone = load.enrol(&invitations.pop().unwrap()).await.unwrap();
        let url = &load.url;
        let mut browsers = [0; 4].map(|_| Visitor::new(&new_client(), url));
        let mut attempts = Vec::new();
        for visitor in &mut browsers {
            attempts.push(load.must(load.open_page(visitor).await));
        }
        let [mut first, mut second, mut third, fourth] = browsers;
        let frame = load.must(load.frame(&mut first, &attempts[0]).await);
        let mut codes = Vec::new();
        for (visitor, attempt) in [(&mut second, &attempts[1]), (&mut third, &attempts[2])] {
            let challenge = load.must(load.scan(&phone, visitor, attempt).await);
            load.must(load.approve(&phone, &challenge, attempt).await);
            let resume = load.must(load.collect(visitor, attempt).await).unwrap();
            codes.push(parameter(&visitor.get(&resume).await.unwrap().location, "code"));
        }
        let mut visitor = fourth;
        let challenge = load.must(load.scan(&phone, &mut visitor, &attempts[3]).await);
        load.must(load.approve(&phone, &challenge, &attempts[3]).await);
        load.must(load.redeem(&attempts[2], &codes[1]).await);
        let invitation = invitations.pop().unwrap();
        let (activation, _) = Activation::start(&load.server, &invitation.code, facts()).await.unwrap();
        let confirmation = load.confirmation_code(&activation, &invitation.number).await;
        let [code, spent_code] = [codes[0].clone(), codes[1].clone()];
        let attempt = attempts[3].clone();
        Self { frame, phone, visitor, attempt, code, spent_code, confirmation, activation }
    }

    /// Tries each of them once more; gives back which were accepted.
    async fn accepted(&mut self, load: &Load) -> Vec<&'static str> {
        let collect = format!("/login/collect?attempt={}", self.attempt);
        let tries: [(&str, Result<(), Trouble>); 5] = [
            ("frame", self.phone.scan(&self.frame).await.map(drop).map_err(Trouble::from)),
            ("collect", self.visitor.get(&collect).await.map(drop)),
            ("code", load.exchange(&self.code).await.map(drop)),
            ("spent code", load.exchange(&self.spent_code).await.map(drop)),
            (
                "confirmation",
                self.activation.confirm(&self.confirmation).await.map(drop).map_err(Trouble::from),
            ),
        ];
        let mut accepted = Vec::new();
        for (what, tried) in tries {
            match tried {
                Ok(()) => accepted.push(what),
                Err(Trouble::Refused(_)) => {}
                Err(trouble) => panic!("{what}: {trouble:?}"),
            }
        }
        accepted
    }
}

#[actix_web::test]
async fn a_clock_that_is_set_forward_and_back_stops_nobody_and_revives_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let installation = Installation::on_sqlite(folder.path()).await;
    let mut invitations = installation.invite(5).await;
    let load = Load::on(&installation, Dice::from_environment());
    let clock = SteppedClock::in_folder(folder.path());
    let config = installation.config("avain.toml");
    let mut process = Process::spawn(&config, &clock.tool(), &load.codes);
    assert!(process.is_ready(&installation.issuer).await, "{}", process.log());
    let mut left = Leftovers::leave(&load, &mut invitations).await;

    let nothing: [&str; 0] = [];
    clock.set("+3600");
    assert_eq!(left.accepted(&load).await, nothing, "an hour later everything has expired");
    let phone = load.enrol(&invitations.pop().unwrap()).await.unwrap();
    load.sign_in(&phone).await;
    clock.set("-7200");
    assert_eq!(left.accepted(&load).await, nothing, "the clock was set back");
    load.sign_in(&phone).await;
    let phone = load.enrol(&invitations.pop().unwrap()).await.unwrap();
    clock.set("+86401");
    assert_eq!(left.accepted(&load).await, nothing, "a day later");
    load.sign_in(&phone).await;
    let late = Activation::start(&load.server, &invitations.pop().unwrap().code, facts()).await;
    assert_eq!(late.unwrap_err().code(), Some("activation_code_expired"));
    clock.set("+0");
    load.sign_in(&phone).await;
    assert_eq!(load.history.failures(), Vec::<String>::new());
    assert_eq!(load.history.lies(), Vec::<String>::new(), "everybody else signs in whatever the clock says");
    println!("stepped clock: +1 h, -2 h, +1 day; {}; 0 violations", load.history);
    process.kill();
}
