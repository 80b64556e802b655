//! The run: waiting browsers first, then sign-ins, measured from the end of the warm-up.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::failure::Failure;
use super::figures::{Figures, Times};
use super::gate::{Gate, Ticket, due_after};
use super::nodes::Nodes;
use super::plan::{Length, Pace, Plan};
use super::report::Report;
use super::sign_in::sign_in;
use super::snapshot::{Snapshot, report};
use super::step::Step;
use super::waiting::{Waiting, wait};
use crate::error::PhoneError;
use crate::phone::Phone;

/// An attempt lives two minutes; nobody waits longer than this for one to end.
const LONGEST_SIGN_IN: Duration = Duration::from_mins(1);
/// The open loop begins no more while so many are on their way: the machine itself would end.
const MOST_IN_FLIGHT: u64 = 10_000;
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(100);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A plan that cannot be carried out.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Nobody to ask.
    #[error("a load needs at least one server")]
    NoServer,
    /// Nobody to answer.
    #[error("a sign-in needs an enrolled phone")]
    NoPhone,
    /// The open loop's rate.
    #[error("the rate must be more than 0 sign-ins a second")]
    RateInvalid,
    /// Waiting alone ends with time alone.
    #[error("browsers that only wait need a time to wait")]
    LengthInvalid,
    /// The issuer's host cannot be sent.
    #[error("{0:?} is no host name")]
    IssuerInvalid(String),
    /// A phone or a server's address.
    #[error(transparent)]
    Phone(#[from] PhoneError),
    /// No connections can be made at all.
    #[error("cannot set up connections")]
    Client(#[source] reqwest::Error),
}

/// A run.
pub struct Load {
    pub(super) plan: Plan,
    pub(super) nodes: Nodes,
    pub(super) figures: Figures,
    pub(super) waiting: Waiting,
    phones: Vec<Phone>,
    gate: OnceCell<Gate>,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Sign-ins that ended well, those of the warm-up included.
    pub ended: u64,
    /// Measured sign-ins that ended well.
    pub completed: u64,
    /// Measured sign-ins that failed.
    pub failed: u64,
    /// Sign-ins on their way.
    pub in_flight: u64,
    /// Waiting browsers that hold their stream.
    pub held: u64,
    /// Time since measuring began; `None` before.
    pub measured: Option<Duration>,
}

impl Load {
    /// Checks the plan.
    pub fn new(plan: Plan) -> Result<Arc<Self>, LoadError> {
        match plan.pace {
            Pace::None if matches!(plan.length, Length::SignIns(_)) => return Err(LoadError::LengthInvalid),
            Pace::Open(rate) if !(rate.is_finite() && rate > 0.0) => return Err(LoadError::RateInvalid),
            Pace::Closed(_) | Pace::Open(_) if plan.phones.is_empty() => return Err(LoadError::NoPhone),
            _ => {}
        }
        let nodes = Nodes::new(&plan.servers, &plan.issuer())?;
        let any = nodes.route(0).ok_or(LoadError::NoServer)?;
        let phones: Result<Vec<Phone>, PhoneError> =
            plan.phones.iter().map(|profile| Phone::new(&any.phone.phones, profile.clone())).collect();
        Ok(Arc::new(Self {
            phones: phones?,
            plan,
            nodes,
            figures: Figures::default(),
            waiting: Waiting::default(),
            gate: OnceCell::new(),
        }))
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        let now = Instant::now();
        let measured = self.gate.get().and_then(|gate| now.checked_duration_since(gate.measures_from()));
        Progress {
            ended: self.figures.ended.load(Ordering::Relaxed),
            completed: self.figures.completed.load(Ordering::Relaxed),
            failed: self.figures.failed.load(Ordering::Relaxed),
            in_flight: self.figures.in_flight.load(Ordering::Relaxed),
            held: self.waiting.held.load(Ordering::Relaxed),
            measured,
        }
    }

    /// Carries the plan out; call it once. Sign-ins on their way at the end are waited for.
    pub async fn run(self: &Arc<Self>) -> Report {
        let mut browsers = self.open_waiting().await;
        let gate = Gate::new(Instant::now() + self.plan.warm_up, self.plan.length);
        let (from, until) = (gate.measures_from(), gate.measures_until());
        drop(self.gate.set(gate));
        let load = Arc::clone(self);
        let mut sign_ins = tokio::spawn(async move { load.sign_in_until_the_end().await });
        sleep_until(from).await;
        let first = Snapshot::take(self);
        if let Some(end) = until {
            sleep_until(end).await;
        } else {
            drop((&mut sign_ins).await);
        }
        let last = Snapshot::take(self);
        if !sign_ins.is_finished() {
            drop(sign_ins.await);
        }
        browsers.shutdown().await;
        report(self, &first, &last)
    }

    /// Comes back when each has opened its page once, or failed to.
    async fn open_waiting(self: &Arc<Self>) -> JoinSet<()> {
        let mut browsers = JoinSet::new();
        let wanted = u64::try_from(self.plan.waiting).unwrap_or(u64::MAX);
        for number in 0..wanted {
            browsers.spawn(wait(Arc::clone(self), number));
        }
        while self.waiting.begun.load(Ordering::Relaxed) < wanted {
            sleep(LOOK_EVERY).await;
        }
        browsers
    }

    async fn sign_in_until_the_end(self: &Arc<Self>) {
        match self.plan.pace {
            Pace::None => {}
            Pace::Closed(browsers) => self.closed_loop(browsers).await,
            Pace::Open(rate) => self.open_loop(rate).await,
        }
    }

    async fn closed_loop(self: &Arc<Self>, browsers: usize) {
        let mut running = JoinSet::new();
        for _ in 0..browsers {
            let load = Arc::clone(self);
            running.spawn(async move {
                while let Some((ticket, begun)) = load.admit(Instant::now()) {
                    load.figures.in_flight.fetch_add(1, Ordering::Relaxed);
                    if !load.sign_in(ticket, begun).await {
                        sleep(PAUSE_AFTER_FAILURE).await;
                    }
                }
            });
        }
        drop(running.join_all().await);
    }

    /// Latencies count from when a sign-in should have begun: a server that stalls delays the later ones too.
    async fn open_loop(self: &Arc<Self>, rate: f64) {
        let mut running = JoinSet::new();
        let first = Instant::now();
        for number in 0.. {
            let due = first + due_after(number, rate);
            sleep_until(due).await;
            while running.try_join_next().is_some() {}
            let Some((ticket, begun)) = self.admit(due) else { break };
            if self.figures.in_flight.load(Ordering::Relaxed) >= MOST_IN_FLIGHT {
                let detail = format!("{MOST_IN_FLIGHT} sign-ins are on their way");
                self.settle(ticket, Err(Failure::new(Step::Whole, "not_begun", detail)));
                continue;
            }
            self.figures.in_flight.fetch_add(1, Ordering::Relaxed);
            let load = Arc::clone(self);
            running.spawn(async move {
                load.sign_in(ticket, begun).await;
            });
        }
        drop(running.join_all().await);
    }

    fn admit(&self, begun: Instant) -> Option<(Ticket, Instant)> {
        self.gate.get()?.admit(begun).map(|ticket| (ticket, begun))
    }

    /// One sign-in; gives back whether it ended well.
    async fn sign_in(&self, ticket: Ticket, begun: Instant) -> bool {
        let result = match timeout(LONGEST_SIGN_IN, self.attempt(ticket.number, begun)).await {
            Ok(result) => result,
            Err(_) => Err(Failure::new(Step::Whole, "timeout", format!("longer than {LONGEST_SIGN_IN:?}"))),
        };
        self.figures.in_flight.fetch_sub(1, Ordering::Relaxed);
        self.settle(ticket, result)
    }

    async fn attempt(&self, number: u64, begun: Instant) -> Result<Times, Failure> {
        let route = self.nodes.route(number);
        let phones = u64::try_from(self.phones.len()).unwrap_or(u64::MAX);
        let place = number.checked_rem(phones).and_then(|place| usize::try_from(place).ok());
        let (Some(route), Some(phone)) = (route, place.and_then(|place| self.phones.get(place))) else {
            return Err(Failure::new(Step::Whole, "not_begun", "there is no server or no phone"));
        };
        let phone = Phone { server: route.phone.phones.clone(), ..phone.clone() };
        sign_in(&self.plan, route, &phone, begun).await
    }

    fn settle(&self, ticket: Ticket, result: Result<Times, Failure>) -> bool {
        let is_well = result.is_ok();
        if is_well {
            self.figures.ended.fetch_add(1, Ordering::Relaxed);
        }
        match result {
            Ok(times) if ticket.is_measured => self.figures.complete(&times),
            Err(failure) if ticket.is_measured => self.figures.fail(failure),
            Ok(_) | Err(_) => {}
        }
        is_well
    }
}
