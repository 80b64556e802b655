//! Whom another minimum OS would hit: active devices below it, page by page, so that a million of them fit any memory.

use super::{Internal, Services};
use crate::domain::platform::MinimumOs;
use crate::store::device::{self, Placed};

/// Calls `tell` for each active device below `minimum`; gives back how many devices were looked at.
pub async fn run(
    services: &Services,
    minimum: MinimumOs,
    mut tell: impl FnMut(&Placed),
) -> Result<u64, Internal> {
    let mut last = String::new();
    let mut seen = 0;
    loop {
        let page = device::find_placed_after(&mut services.db.read().await?, &last).await?;
        let Some(end) = page.last() else { return Ok(seen) };
        last = end.device_id.to_string();
        for placed in page.iter().filter(|placed| minimum.check(&placed.facts).is_err()) {
            tell(placed);
        }
        seen += u64::try_from(page.len()).unwrap_or_default();
    }
}
