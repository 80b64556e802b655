//! The driver: phones that enrol and browsers that sign in, for as long as they are let.
//!
//! Every step is asked again until it is answered, as a phone does after a lost reply. What the server acknowledges goes into the
//! history under the id that the database must have.

mod enrol;
pub(super) mod sign_in;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mobile_sim::{Phone, Server};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use super::dice::Dice;
use super::history::History;
use super::installation::{Installation, Invitation};
use super::process::Codes;
use super::visitor::{Trouble, new_client};

/// How long a client waits before it asks again, unless it sees the server come back before.
const BACK_OFF: Duration = Duration::from_millis(100);

/// Everything that the phones and browsers share.
pub(super) struct Load {
    pub(super) history: History,
    pub(super) dice: Dice,
    pub(super) codes: Codes,
    pub(super) url: String,
    client_secret: String,
    pub(super) server: Server,
    http: reqwest::Client,
    /// Counts the restarts, so that whoever waits for an answer of the old process knows.
    restarts: watch::Sender<u64>,
    phones: Mutex<Vec<Phone>>,
    is_over: AtomicBool,
}

/// A refusal, after `is_repeated` or at the first try.
pub(super) struct Refusal {
    code: String,
    is_repeated: bool,
}

impl Load {
    pub(super) fn on(installation: &Installation, dice: Dice) -> Arc<Self> {
        Arc::new(Self {
            history: History::default(),
            dice,
            codes: watch::Sender::default(),
            url: installation.issuer.clone(),
            client_secret: installation.client_secret.clone(),
            server: Server::new(&installation.issuer).unwrap(),
            http: new_client(),
            restarts: watch::Sender::default(),
            phones: Mutex::default(),
            is_over: AtomicBool::new(false),
        })
    }

    /// Tells everybody that the server is back.
    pub(super) fn is_back(&self) {
        self.restarts.send_modify(|count| *count += 1);
    }

    /// Lets everybody finish what they have begun, and waits for them.
    pub(super) async fn end(&self, stock: mpsc::Sender<Invitation>, mut running: JoinSet<()>) {
        self.is_over.store(true, Ordering::SeqCst);
        drop(stock);
        while let Some(ended) = running.join_next().await {
            ended.unwrap();
        }
    }

    /// Waits until the history has come so far.
    pub(super) async fn until(&self, has_come_so_far: impl Fn(&History) -> bool) {
        while !has_come_so_far(&self.history) {
            self.back_off().await;
        }
    }

    /// Starts so many tasks that enrol the invited, and as many that sign in.
    pub(super) fn start(self: &Arc<Self>, tasks: u64, invited: mpsc::Receiver<Invitation>) -> JoinSet<()> {
        let invited = Arc::new(tokio::sync::Mutex::new(invited));
        let mut running = JoinSet::new();
        for _ in 0..tasks {
            running.spawn_local(Arc::clone(self).keep_enrolling(Arc::clone(&invited)));
            running.spawn_local(Arc::clone(self).keep_signing_in());
        }
        running
    }

    async fn keep_enrolling(self: Arc<Self>, invited: Arc<tokio::sync::Mutex<mpsc::Receiver<Invitation>>>) {
        while !self.is_over.load(Ordering::SeqCst) {
            let Some(invitation) = invited.lock().await.recv().await else { return };
            self.enrol(&invitation).await;
        }
    }

    async fn keep_signing_in(self: Arc<Self>) {
        while !self.is_over.load(Ordering::SeqCst) {
            match self.any_phone() {
                Some(phone) => self.sign_in(&phone).await,
                None => self.back_off().await,
            }
        }
    }

    fn any_phone(&self) -> Option<Phone> {
        let phones = self.phones.lock().unwrap();
        let count = u64::try_from(phones.len()).unwrap();
        let index = usize::try_from(self.dice.below(count.max(1))).unwrap();
        phones.get(index).cloned()
    }

    /// Asks until there is an answer that says what happened.
    async fn insist<T>(&self, mut step: impl AsyncFnMut() -> Result<T, Trouble>) -> Result<T, Refusal> {
        let mut is_repeated = false;
        loop {
            let counter = match step().await {
                Ok(answer) => {
                    self.history.acknowledged.fetch_add(1, Ordering::SeqCst);
                    return Ok(answer);
                }
                Err(Trouble::Refused(code)) => {
                    self.history.refused.fetch_add(1, Ordering::SeqCst);
                    return Err(Refusal { code, is_repeated });
                }
                Err(Trouble::Failed(what)) => {
                    self.history.fail(what);
                    &self.history.failed
                }
                Err(Trouble::Lost) => &self.history.unknown,
            };
            counter.fetch_add(1, Ordering::SeqCst);
            is_repeated = true;
            self.back_off().await;
        }
    }

    async fn back_off(&self) {
        // Running into the limit is the ordinary case.
        let _ = tokio::time::timeout(BACK_OFF, self.restart()).await;
    }

    async fn restart(&self) {
        self.restarts.subscribe().changed().await.unwrap();
    }

    /// What an honest client gets where nothing harms the server.
    pub(super) fn must<T>(&self, answered: Result<T, Refusal>) -> T {
        answered.unwrap_or_else(|refusal| panic!("refused with {}; {:?}", refusal.code, self.history.lies()))
    }

    /// A refusal that an honest client cannot have earned.
    fn unexpected(&self, step: &str, refusal: &Refusal) {
        let Refusal { code, is_repeated } = refusal;
        self.history.lie(format!("{step} was refused with {code} (asked again: {is_repeated})"));
    }
}
