//! The report as people read it.

use mobile_sim::load::{ProcessReport, Report};

use super::super::terminal::printable;

/// How many kinds of errors are shown; JSON has all of them.
const MOST_ERRORS: usize = 10;

pub(super) fn print(report: &Report) {
    for line in lines(report) {
        println!("{line}");
    }
}

fn lines(report: &Report) -> Vec<String> {
    let sign_ins = &report.sign_ins;
    let mut lines = vec![format!(
        "Sign-ins   {} completed, {} failed; {} ended in {:.1} s: {:.1} a second",
        sign_ins.completed, sign_ins.failed, sign_ins.ended_in_time, report.seconds, sign_ins.per_second
    )];
    if let Some(waiting) = &report.waiting {
        lines.push(format!(
            "Waiting    {} of {} held, {:.1} frames a second, {} codes renewed, {} failures",
            waiting.held, waiting.wanted, waiting.frames_per_second, waiting.renewed, waiting.failed
        ));
    }
    lines.extend(report.client.iter().map(|client| process("This tool", client)));
    lines.extend(report.servers.iter().map(|server| process("Server", server)));
    if !report.latency_ms.is_empty() {
        lines.push(format!(
            "{:<18}{:>10}{:>10}{:>10}{:>10}{:>10}",
            "Milliseconds", "p50", "p95", "p99", "max", "mean"
        ));
    }
    lines.extend(report.latency_ms.iter().map(|(step, latency)| {
        format!(
            "  {:<16}{:>10.2}{:>10.2}{:>10.2}{:>10.2}{:>10.2}",
            step.name(),
            latency.p50,
            latency.p95,
            latency.p99,
            latency.max,
            latency.mean
        )
    }));
    lines.extend(errors(report));
    lines
}

fn process(name: &str, cost: &ProcessReport) -> String {
    let mut parts = vec![format!("{name:<11}{:.2} s of CPU ({:.2} cores)", cost.cpu_seconds, cost.cores)];
    parts.extend(cost.cpu_ms_per_sign_in.map(|millis| format!("{millis:.2} ms a sign-in")));
    parts.extend(cost.memory_mib.map(|mib| format!("{mib:.1} MiB of memory")));
    parts.extend(cost.memory_peak_mib.map(|mib| format!("{mib:.1} MiB at most")));
    parts.push(format!("process {}", cost.pid));
    parts.join(", ")
}

fn errors(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    if !report.errors.is_empty() {
        lines.push("Errors".to_owned());
    }
    for error in report.errors.iter().take(MOST_ERRORS) {
        let example = printable(&error.example);
        lines.push(format!(
            "  {:>6} {} {}: {example}",
            error.count,
            error.step.name(),
            printable(&error.kind)
        ));
    }
    if let Some(more) = report.errors.len().checked_sub(MOST_ERRORS).filter(|more| *more > 0) {
        lines.push(format!("  and {more} kinds more; --json has all"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use mobile_sim::load::{ErrorCount, Latency, SignInReport, Step};

    use super::*;

    #[test]
    fn a_report_is_read_at_a_glance() {
        let latency = Latency { p50: 1.234, p95: 2.0, p99: 3.0, max: 4.0, mean: 1.5 };
        let error =
            ErrorCount { step: Step::Scan, kind: "busy".to_owned(), count: 2, example: "Busy".to_owned() };
        let report = Report {
            seconds: 10.0,
            sign_ins: SignInReport { completed: 99, failed: 2, ended_in_time: 98, per_second: 9.8 },
            latency_ms: BTreeMap::from([(Step::Whole, latency)]),
            waiting: None,
            client: None,
            servers: Vec::new(),
            errors: vec![error],
        };
        let expected = [
            "Sign-ins   99 completed, 2 failed; 98 ended in 10.0 s: 9.8 a second",
            "Milliseconds             p50       p95       p99       max      mean",
            "  whole                 1.23      2.00      3.00      4.00      1.50",
            "Errors",
            "       2 scan busy: Busy",
        ];
        assert_eq!(lines(&report), expected);
    }
}
