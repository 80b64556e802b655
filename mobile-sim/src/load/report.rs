//! What a run found.

use std::collections::BTreeMap;

use serde::Serialize;

use super::step::Step;

/// What a run found. Its JSON form is this, field by field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// How long was measured, in seconds.
    pub seconds: f64,
    /// The sign-ins.
    pub sign_ins: SignInReport,
    /// Milliseconds of each step, of the sign-ins that ended well.
    pub latency_ms: BTreeMap<Step, Latency>,
    /// The waiting browsers, where there were any.
    pub waiting: Option<WaitingReport>,
    /// What this program itself cost, where the system tells.
    pub client: Option<ProcessReport>,
    /// What the named processes cost, as far as the system tells.
    pub servers: Vec<ProcessReport>,
    /// What went wrong, by step and kind, the most frequent first; of sign-ins and of waiting browsers.
    pub errors: Vec<ErrorCount>,
}

/// The sign-ins of a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SignInReport {
    /// Measured ones that ended well, at whatever time.
    pub completed: u64,
    /// Measured ones that failed.
    pub failed: u64,
    /// How many ended well within the measured time; sign-ins that began in the warm-up are among them.
    pub ended_in_time: u64,
    /// The same, a second.
    pub per_second: f64,
}

/// Percentiles in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Latency {
    /// Half are as fast.
    pub p50: f64,
    /// 95 of 100 are as fast.
    pub p95: f64,
    /// 99 of 100 are as fast.
    pub p99: f64,
    /// The slowest.
    pub max: f64,
    /// The mean.
    pub mean: f64,
}

/// The waiting browsers of a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct WaitingReport {
    /// How many should wait.
    pub wanted: u64,
    /// How many streams were open at the end of the measured time.
    pub held: u64,
    /// Frames that all streams together brought in a second.
    pub frames_per_second: f64,
    /// Attempts that expired within the measured time and were begun anew.
    pub renewed: u64,
    /// Pages and streams that failed within the measured time.
    pub failed: u64,
}

/// What a process cost within the measured time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ProcessReport {
    /// Its number.
    pub pid: u32,
    /// CPU time, in seconds, to the hundredth.
    pub cpu_seconds: f64,
    /// CPU time over measured time: 1 is one core.
    pub cores: f64,
    /// CPU time in milliseconds for each sign-in that ended in time, with whatever else the process did meanwhile.
    pub cpu_ms_per_sign_in: Option<f64>,
    /// Its memory at the end, in MiB.
    pub memory_mib: Option<f64>,
    /// The most memory that it ever had, in MiB.
    pub memory_peak_mib: Option<f64>,
}

/// Failures of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorCount {
    /// Where.
    pub step: Step,
    /// The server's stable code, or `http_…`, `oauth_…`, `ended_…`, `network`, `timeout`, `garbled`, `not_begun`.
    pub kind: String,
    /// How many.
    pub count: u64,
    /// What the first of them said.
    pub example: String,
}
