//! Counters at one moment; the difference of two is the report.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use super::drive::Load;
use super::process::{cpu_time, memory};
use super::report::{ProcessReport, Report, SignInReport, WaitingReport};

/// Counters at one moment.
pub(super) struct Snapshot {
    at: Instant,
    ended: u64,
    held: u64,
    frames: u64,
    renewed: u64,
    waiting_failed: u64,
    own_cpu: Option<Duration>,
    server_cpu: Vec<Option<Duration>>,
}

impl Snapshot {
    pub(super) fn take(load: &Load) -> Self {
        Self {
            at: Instant::now(),
            ended: count(&load.figures.ended),
            held: count(&load.waiting.held),
            frames: count(&load.waiting.frames),
            renewed: count(&load.waiting.renewed),
            waiting_failed: count(&load.waiting.failed),
            own_cpu: cpu_time(None),
            server_cpu: load.plan.server_pids.iter().map(|pid| cpu_time(Some(*pid))).collect(),
        }
    }
}

/// What happened between `first` and `last`, and what was measured of the sign-ins that began between them.
pub(super) fn report(load: &Load, first: &Snapshot, last: &Snapshot) -> Report {
    let seconds = (last.at - first.at).as_secs_f64();
    let ended = last.ended - first.ended;
    let cost = |pid, before, after| process(pid, (before, after), seconds, ended);
    let cpu = first.server_cpu.iter().zip(&last.server_cpu);
    let servers = load.plan.server_pids.iter().zip(cpu);
    Report {
        seconds: rounded(seconds),
        sign_ins: SignInReport {
            completed: count(&load.figures.completed),
            failed: count(&load.figures.failed),
            ended_in_time: ended,
            per_second: rate(ended, seconds),
        },
        latency_ms: load.figures.latencies(),
        waiting: (load.plan.waiting > 0).then(|| waiting(load, first, last, seconds)),
        client: cost(std::process::id(), first.own_cpu, last.own_cpu),
        servers: servers.filter_map(|(pid, (before, after))| cost(*pid, *before, *after)).collect(),
        errors: load.figures.errors(),
    }
}

fn waiting(load: &Load, first: &Snapshot, last: &Snapshot, seconds: f64) -> WaitingReport {
    WaitingReport {
        wanted: u64::try_from(load.plan.waiting).unwrap_or(u64::MAX),
        held: last.held,
        frames_per_second: rate(last.frames - first.frames, seconds),
        renewed: last.renewed - first.renewed,
        failed: last.waiting_failed - first.waiting_failed,
    }
}

fn process(
    pid: u32,
    (before, after): (Option<Duration>, Option<Duration>),
    seconds: f64,
    sign_ins: u64,
) -> Option<ProcessReport> {
    let cpu = after?.checked_sub(before?)?.as_secs_f64();
    let memory = memory(pid);
    Some(ProcessReport {
        pid,
        cpu_seconds: rounded(cpu),
        cores: rounded(cpu / seconds),
        cpu_ms_per_sign_in: (sign_ins > 0).then(|| rounded(cpu * 1000.0 / float(sign_ins))),
        memory_mib: memory.map(|memory| rounded(float(memory.resident_kib) / 1024.0)),
        memory_peak_mib: memory.map(|memory| rounded(float(memory.peak_kib) / 1024.0)),
    })
}

fn count(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}

fn rate(count: u64, seconds: f64) -> f64 {
    if seconds > 0.0 { rounded(float(count) / seconds) } else { 0.0 }
}

#[expect(clippy::cast_precision_loss, reason = "no counter comes near 2^52")]
fn float(count: u64) -> f64 {
    count as f64
}

/// To three digits behind the point.
fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_costs_what_it_used_meanwhile() {
        let times = (Some(Duration::from_secs(1)), Some(Duration::from_secs(3)));
        let cost = process(std::process::id(), times, 4.0, 100).unwrap();
        assert_eq!((cost.cpu_seconds, cost.cores, cost.cpu_ms_per_sign_in), (2.0, 0.5, Some(20.0)));
        assert_eq!(process(1, (None, None), 4.0, 100), None);
    }
}
