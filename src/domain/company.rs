//! A customer organisation.

use super::ids::CompanyId;

/// A customer organisation; it has users with roles.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its id.
    pub id: CompanyId,
    /// Its name as people know it.
    pub name: String,
}
