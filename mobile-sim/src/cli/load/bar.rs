//! How far the run is, on standard error where that is a terminal.

use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use mobile_sim::load::{Load, Progress};
use tokio::time::sleep;

const LOOK_EVERY: Duration = Duration::from_millis(200);
const TEMPLATE: &str = "{bar:30} {msg}";

/// Shows it until the task is aborted.
pub(super) async fn show(load: Arc<Load>, seconds: Option<f64>, sign_ins: Option<u64>) {
    let whole = Duration::try_from_secs_f64(seconds.unwrap_or_default()).unwrap_or_default();
    let bar = ProgressBar::new(sign_ins.unwrap_or(u64::try_from(whole.as_millis()).unwrap_or(u64::MAX)));
    if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
        bar.set_style(style);
    }
    let bar = ClearedAtEnd(bar);
    loop {
        let progress = load.progress();
        let millis = progress.measured.unwrap_or_default().as_millis();
        let done = sign_ins.map(|_| progress.completed + progress.failed);
        bar.0.set_position(done.unwrap_or(u64::try_from(millis).unwrap_or(u64::MAX)));
        bar.0.set_message(line(&progress));
        sleep(LOOK_EVERY).await;
    }
}

fn line(progress: &Progress) -> String {
    let Progress { ended, completed, failed, in_flight, held, measured } = progress;
    let done = match measured {
        Some(_) => format!("{completed} signed in, {failed} failed"),
        None => format!("getting ready, {ended} signed in"),
    };
    let waiting = if *held > 0 { format!(", {held} waiting") } else { String::new() };
    format!("{done}, {in_flight} on their way{waiting}")
}

/// Leaves the terminal as it was.
struct ClearedAtEnd(ProgressBar);

impl Drop for ClearedAtEnd {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
