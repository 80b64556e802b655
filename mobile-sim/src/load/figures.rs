//! What is counted while sign-ins run.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hdrhistogram::Histogram;
use tokio::time::Instant;

use super::failure::Failure;
use super::report::{ErrorCount, Latency};
use super::step::Step;

/// Three digits are right: 1.23 s is not 1.24 s.
const DIGITS: u8 = 3;

/// How long the steps of one sign-in took.
#[derive(Debug, Default)]
pub(super) struct Times(Vec<(Step, Duration)>);

impl Times {
    pub(super) fn add(&mut self, step: Step, time: Duration) {
        self.0.push((step, time));
    }

    /// The time since `last`, which becomes now.
    pub(super) fn lap(&mut self, step: Step, last: &mut Instant) {
        let now = Instant::now();
        self.add(step, now - *last);
        *last = now;
    }
}

/// What is counted.
#[derive(Default)]
pub(super) struct Figures {
    /// Sign-ins on their way.
    pub(super) in_flight: AtomicU64,
    /// Sign-ins that ended well, measured or not.
    pub(super) ended: AtomicU64,
    /// Measured sign-ins that ended well.
    pub(super) completed: AtomicU64,
    /// Measured sign-ins that failed.
    pub(super) failed: AtomicU64,
    tables: Mutex<Tables>,
}

#[derive(Default)]
struct Tables {
    times: BTreeMap<Step, Histogram<u64>>,
    errors: BTreeMap<(Step, String), (u64, String)>,
}

impl Figures {
    /// A measured sign-in has ended well.
    pub(super) fn complete(&self, times: &Times) {
        self.completed.fetch_add(1, Ordering::Relaxed);
        let mut tables = self.tables();
        for (step, time) in &times.0 {
            if !tables.times.contains_key(step) {
                let Ok(empty) = Histogram::new(DIGITS) else { continue };
                tables.times.insert(*step, empty);
            }
            if let Some(histogram) = tables.times.get_mut(step) {
                // The histogram grows with what it is given; no sign-in takes longer than its limit.
                let _ = histogram.record(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
            }
        }
    }

    /// A measured sign-in has failed.
    pub(super) fn fail(&self, failure: Failure) {
        self.failed.fetch_add(1, Ordering::Relaxed);
        self.note(failure);
    }

    /// Counts a failure that is no sign-in's.
    pub(super) fn note(&self, failure: Failure) {
        let Failure { step, kind, detail } = failure;
        self.tables().errors.entry((step, kind)).or_insert((0, detail)).0 += 1;
    }

    pub(super) fn latencies(&self) -> BTreeMap<Step, Latency> {
        self.tables().times.iter().map(|(step, histogram)| (*step, latency(histogram))).collect()
    }

    /// The most frequent first.
    pub(super) fn errors(&self) -> Vec<ErrorCount> {
        let tables = self.tables();
        let count = |((step, kind), (count, example)): (&(Step, String), &(u64, String))| ErrorCount {
            step: *step,
            kind: kind.clone(),
            count: *count,
            example: example.clone(),
        };
        let mut errors: Vec<ErrorCount> = tables.errors.iter().map(count).collect();
        errors.sort_by_key(|error| std::cmp::Reverse(error.count));
        errors
    }

    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn latency(histogram: &Histogram<u64>) -> Latency {
    #[expect(clippy::cast_precision_loss, reason = "2^52 microseconds are a hundred years")]
    let at = |quantile| histogram.value_at_quantile(quantile) as f64 / 1000.0;
    Latency {
        p50: at(0.5),
        p95: at(0.95),
        p99: at(0.99),
        max: at(1.0),
        mean: (histogram.mean()).round() / 1000.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_right_to_three_digits() {
        let figures = Figures::default();
        for millis in 1..=1000 {
            let mut times = Times::default();
            times.add(Step::Whole, Duration::from_millis(millis));
            figures.complete(&times);
        }
        let latencies = figures.latencies();
        let whole = latencies.get(&Step::Whole).unwrap();
        for (found, expected) in [
            (whole.p50, 500.0),
            (whole.p95, 950.0),
            (whole.p99, 990.0),
            (whole.max, 1000.0),
            (whole.mean, 500.5),
        ] {
            assert!((found - expected).abs() / expected < 0.001, "{found} is not {expected}");
        }
        assert_eq!(figures.completed.load(Ordering::Relaxed), 1000);
    }

    #[test]
    fn failures_are_counted_by_step_and_kind() {
        let figures = Figures::default();
        for detail in ["first", "second"] {
            figures.fail(Failure::new(Step::Token, "busy", detail));
        }
        figures.note(Failure::new(Step::Page, "busy", "page"));
        let errors = figures.errors();
        let found: Vec<(Step, u64, &str)> =
            errors.iter().map(|error| (error.step, error.count, error.example.as_str())).collect();
        assert_eq!(found, [(Step::Token, 2, "first"), (Step::Page, 1, "page")]);
        assert_eq!(figures.failed.load(Ordering::Relaxed), 2);
    }
}
