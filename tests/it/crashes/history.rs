//! What the driver asked for, and what the server said to it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// An operation that leaves something behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Act {
    /// A phone becomes a device; known by its enrolment.
    Enrol,
    /// A phone approves; known by the attempt.
    Approve,
    /// A browser gets its session; known by the attempt.
    Collect,
    /// An application gets its tokens; known by the attempt.
    Redeem,
}

/// What the server said in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing yet, or its answer was lost.
    Unknown,
    /// It is done: the row is there, with this in it where the answer told.
    Done(Option<String>),
    /// Refused for good: nothing may be there.
    Refused(String),
}

/// One operation.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) end: End,
    pub(super) started: Duration,
    pub(super) ended: Option<Duration>,
}

impl fmt::Display for Entry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}, asked at {:?}, answered at {:?}", self.end, self.started, self.ended)
    }
}

/// Everything that happened, in the driver's eyes.
pub(super) struct History {
    begun: Instant,
    entries: Mutex<BTreeMap<(Act, String), Entry>>,
    lies: Mutex<Vec<String>>,
    failures: Mutex<Vec<String>>,
    pub(super) acknowledged: AtomicU64,
    pub(super) refused: AtomicU64,
    pub(super) unknown: AtomicU64,
    pub(super) failed: AtomicU64,
}

impl Default for History {
    fn default() -> Self {
        Self {
            begun: Instant::now(),
            entries: Mutex::default(),
            lies: Mutex::default(),
            failures: Mutex::default(),
            acknowledged: AtomicU64::default(),
            refused: AtomicU64::default(),
            unknown: AtomicU64::default(),
            failed: AtomicU64::default(),
        }
    }
}

impl History {
    /// Before the first byte of an operation is sent.
    pub(super) fn ask(&self, act: Act, key: &str) {
        let entry = Entry { end: End::Unknown, started: self.begun.elapsed(), ended: None };
        self.entries.lock().unwrap().insert((act, key.to_owned()), entry);
    }

    /// After its answer was read.
    pub(super) fn end(&self, act: Act, key: &str, end: End) {
        let mut entries = self.entries.lock().unwrap();
        let entry = entries.get_mut(&(act, key.to_owned())).unwrap();
        entry.end = end;
        entry.ended = Some(self.begun.elapsed());
    }

    /// An answer that cannot be true.
    pub(super) fn lie(&self, what: String) {
        self.lies.lock().unwrap().push(what);
    }

    pub(super) fn lies(&self) -> Vec<String> {
        self.lies.lock().unwrap().clone()
    }

    /// An answer that says that the server failed (5xx).
    pub(super) fn fail(&self, what: String) {
        self.failures.lock().unwrap().push(what);
    }

    pub(super) fn failures(&self) -> Vec<String> {
        self.failures.lock().unwrap().clone()
    }

    /// How often the server said which failure.
    pub(super) fn failures_by_kind(&self) -> BTreeMap<String, usize> {
        let mut kinds = BTreeMap::new();
        for failure in self.failures() {
            *kinds.entry(failure).or_default() += 1;
        }
        kinds
    }

    /// The operations of one kind, by key.
    pub(super) fn of(&self, act: Act) -> BTreeMap<String, Entry> {
        let entries = self.entries.lock().unwrap();
        let of_this_kind = entries.iter().filter(|((kind, _), _)| *kind == act);
        of_this_kind.map(|((_, key), entry)| (key.clone(), entry.clone())).collect()
    }

    /// How many steps were acknowledged, refused, not answered, and answered with a failure.
    pub(super) fn counts(&self) -> [u64; 4] {
        [&self.acknowledged, &self.refused, &self.unknown, &self.failed]
            .map(|counter| counter.load(Ordering::SeqCst))
    }

    pub(super) fn done(&self, act: Act) -> usize {
        self.of(act).values().filter(|entry| matches!(entry.end, End::Done(_))).count()
    }
}

/// The counts, in one line.
impl fmt::Display for History {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [acknowledged, refused, unknown, failed] = self.counts();
        write!(
            formatter,
            "operations: {acknowledged} acknowledged, {refused} refused, {unknown} unknown, {failed} failed; \
             {} enrolled, {} approved, {} signed in, {} with tokens",
            self.done(Act::Enrol),
            self.done(Act::Approve),
            self.done(Act::Collect),
            self.done(Act::Redeem),
        )
    }
}
