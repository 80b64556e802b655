//! Provisioning: a web application looks after the people of companies, by SCIM 2.0 (RFC 7643, RFC 7644).

use std::fmt;
use std::str::FromStr;

use super::ids::{CompanyId, NotAnId, ScimTokenId};
use super::membership::Role;
use super::time::Timestamp;

/// A token for provisioning, without the token itself.
#[derive(Clone, Debug)]
pub struct ScimToken {
    /// Its id.
    pub id: ScimTokenId,
    /// The web application's `client_id`.
    pub client_id: String,
    /// The web application's name.
    pub client_name: String,
    /// Whether it is good for every company; else only for those that it was made for.
    pub is_for_all: bool,
    /// Where new people go when the application names no company.
    pub home: Option<CompanyId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// A group as web applications see it: everybody of a company, or its KH users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupId {
    /// The company.
    pub company: CompanyId,
    /// Everybody, or KH users alone.
    pub role: Role,
}

const ADMINISTRATORS: &str = ".administrators";

impl fmt::Display for GroupId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ending = if self.role == Role::UserAdministrator { ADMINISTRATORS } else { "" };
        write!(formatter, "{}{ending}", self.company)
    }
}

impl FromStr for GroupId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (company, role) = match text.strip_suffix(ADMINISTRATORS) {
            Some(company) => (company, Role::UserAdministrator),
            None => (text, Role::User),
        };
        Ok(Self { company: company.parse()?, role })
    }
}

#[cfg(test)]
mod tests {
    use super::GroupId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_group_id_reads_back_as_it_is_written(text in "\\PC{0,60}", bytes in any::<[u8; 16]>()) {
            if let Ok(group) = text.parse::<GroupId>() {
                prop_assert_eq!(group.to_string(), text);
            }
            let company = super::CompanyId::from_bytes(bytes);
            for role in super::Role::ALL {
                let group = GroupId { company, role };
                prop_assert_eq!(group.to_string().parse::<GroupId>().unwrap(), group);
            }
        }
    }
}
