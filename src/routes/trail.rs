//! What a request says of itself on its way through extractors and handlers, so that its error leads to a story.

use std::cell::RefCell;

use crate::domain::trail::Trail;

tokio::task_local! {
    static TRAIL: RefCell<Trail>;
}

/// Runs the handling of a request; gives back also what was noted meanwhile.
pub(super) async fn follow<T>(handling: impl Future<Output = T>) -> (T, Trail) {
    let handled = async {
        let result = handling.await;
        (result, TRAIL.with(RefCell::take))
    };
    TRAIL.scope(RefCell::default(), handled).await
}

/// Notes something; outside of a request nobody asks.
pub(super) fn note(set: impl FnOnce(&mut Trail)) {
    let _ = TRAIL.try_with(|trail| set(&mut trail.borrow_mut()));
}

/// What was noted so far.
pub(super) fn so_far() -> Trail {
    TRAIL.try_with(|trail| trail.borrow().clone()).unwrap_or_default()
}
