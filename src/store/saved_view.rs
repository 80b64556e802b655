//! Rows of `saved_views`.

use super::db::{StoreError, Tx};
use crate::domain::ids::PersonId;

const INSERT: &str = "INSERT INTO saved_views (person_id, name, query) VALUES ($1, $2, $3)";
const LIST: &str = "SELECT name, query FROM saved_views WHERE person_id = $1 ORDER BY name";
const REMOVE: &str = "DELETE FROM saved_views WHERE person_id = $1 AND name = $2";

/// A search under a name.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SavedView {
    /// What its owner calls it.
    pub name: String,
    /// The filters, as an address has them.
    pub query: String,
}

/// Keeps a search.
pub async fn insert(tx: &mut Tx, owner: PersonId, view: &SavedView) -> Result<(), StoreError> {
    on!(tx, execute INSERT, [owner.to_string(), &view.name, &view.query])?;
    Ok(())
}

/// The searches that somebody keeps, by name.
pub async fn list(tx: &mut Tx, owner: PersonId) -> Result<Vec<SavedView>, StoreError> {
    Ok(on!(tx, all LIST, [owner.to_string()] as SavedView)?)
}

/// Forgets a search; `false` when there is none of that name.
pub async fn remove(tx: &mut Tx, owner: PersonId, name: &str) -> Result<bool, StoreError> {
    Ok(on!(tx, execute REMOVE, [owner.to_string(), name])? == 1)
}
