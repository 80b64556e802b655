//! Searches that somebody of the staff keeps under a name, for themselves.

use super::{SupportError, Supporter};
use crate::domain::text::printable;
use crate::flows::Services;
use crate::store::saved_view;
pub use crate::store::saved_view::SavedView;

const LONGEST_NAME: usize = 60;
const LONGEST_QUERY: usize = 1_000;
/// How many somebody keeps at most.
const MOST: usize = 50;

/// The views of a member of the staff, by name.
pub async fn list(services: &Services, supporter: &Supporter) -> Result<Vec<SavedView>, SupportError> {
    Ok(saved_view::list(&mut services.db.read().await?, supporter.person.id).await?)
}

/// Keeps a search under a name, in place of the one that had it; an empty one is forgotten.
pub async fn keep(
    services: &Services,
    supporter: &Supporter,
    name: &str,
    query: &str,
) -> Result<(), SupportError> {
    let name = printable(name, LONGEST_NAME).ok_or(SupportError::FieldInvalid("name"))?;
    if query.len() > LONGEST_QUERY {
        return Err(SupportError::FieldInvalid("query"));
    }
    let owner = supporter.person.id;
    let mut tx = services.db.write().await?;
    saved_view::remove(&mut tx, owner, &name).await?;
    if !query.is_empty() && saved_view::list(&mut tx, owner).await?.len() < MOST {
        saved_view::insert(&mut tx, owner, &SavedView { name, query: query.to_owned() }).await?;
    }
    Ok(tx.commit().await?)
}
