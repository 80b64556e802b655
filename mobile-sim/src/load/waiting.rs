//! Browsers that wait at the sign-in page: they read their streams, and ask for a new code when theirs has expired.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::sleep;

use super::browser::{Browser, News};
use super::drive::Load;
use super::failure::Failure;
use super::sign_in;
use super::step::Step;

/// How many pages are being opened at once: enough to keep a server busy, few enough for its queue.
const OPENED_AT_ONCE: usize = 32;
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// What is counted of them.
pub(super) struct Waiting {
    /// Streams that are open.
    pub(super) held: AtomicU64,
    /// Browsers that have opened their first page, or failed to.
    pub(super) begun: AtomicU64,
    /// Frames that came.
    pub(super) frames: AtomicU64,
    /// Attempts that expired.
    pub(super) renewed: AtomicU64,
    /// Pages and streams that failed.
    pub(super) failed: AtomicU64,
    opening: Semaphore,
}

impl Default for Waiting {
    fn default() -> Self {
        Self {
            held: AtomicU64::new(0),
            begun: AtomicU64::new(0),
            frames: AtomicU64::new(0),
            renewed: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            opening: Semaphore::new(OPENED_AT_ONCE),
        }
    }
}

/// Waits, as the browser of this number, until the task is aborted.
pub(super) async fn wait(load: Arc<Load>, number: u64) {
    let mut is_first = true;
    loop {
        let failure = wait_once(&load, number, &mut is_first).await;
        let waiting = &load.waiting;
        waiting.failed.fetch_add(1, Ordering::Relaxed);
        load.figures.note(failure);
        begin(&load, &mut is_first);
        sleep(PAUSE_AFTER_FAILURE).await;
    }
}

/// One browser, with as many attempts as it lives to see; ends with a failure alone.
async fn wait_once(load: &Load, number: u64, is_first: &mut bool) -> Failure {
    let Some(route) = load.nodes.route(number) else {
        return Failure::new(Step::Page, "no_server", "there is no server");
    };
    let mut browser = Browser::new(route.browser);
    let mut page = String::new();
    loop {
        match hold(load, &mut browser, &mut page, is_first).await {
            Ok(()) => drop(load.waiting.renewed.fetch_add(1, Ordering::Relaxed)),
            Err(failure) => return failure,
        }
    }
}

/// Opens the page and reads its stream until the attempt has expired.
async fn hold(
    load: &Load,
    browser: &mut Browser<'_>,
    page: &mut String,
    is_first: &mut bool,
) -> Result<(), Failure> {
    let Ok(permit) = load.waiting.opening.acquire().await else {
        return Err(Failure::new(Step::Page, "stopped", "the run is over"));
    };
    *page = match request_of(page) {
        None => sign_in::open(&load.plan, browser).await?,
        Some(request) => browser.submit(Step::Page, "/login/restart", &[("request", request)]).await?,
    };
    let attempt = browser.open_page(page).await?;
    let mut stream = browser.listen(&attempt).await?;
    drop(permit);
    let _held = Held::new(&load.waiting.held);
    begin(load, is_first);
    while let Some(news) = stream.next().await? {
        match news {
            News::Frame(_) => drop(load.waiting.frames.fetch_add(1, Ordering::Relaxed)),
            News::State(view) if matches!(view.state.as_str(), "waiting" | "expired") => {}
            News::State(view) => {
                return Err(Failure::new(
                    Step::Frame,
                    format!("ended_{}", view.state),
                    "nobody was to scan it",
                ));
            }
        }
    }
    Ok(())
}

fn begin(load: &Load, is_first: &mut bool) {
    if std::mem::take(is_first) {
        load.waiting.begun.fetch_add(1, Ordering::Relaxed);
    }
}

/// The sign-in request that a page belongs to.
fn request_of(page: &str) -> Option<&str> {
    page.split_once("request=")?.1.split('&').next()
}

/// Counts an open stream for as long as it lives.
struct Held<'count>(&'count AtomicU64);

impl<'count> Held<'count> {
    fn new(count: &'count AtomicU64) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_is_read_from_the_address_of_the_page() {
        assert_eq!(request_of("/login?request=abc&lang=en"), Some("abc"));
        assert_eq!(request_of(""), None);
    }
}
