//! A person's place in a company.

use super::ids::{CompanyId, MembershipId, PersonId};

/// What a member may do for the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Uses the company's applications.
    User,
    /// A KH user: also manages the company's people.
    UserAdministrator,
}

impl Role {
    /// Both.
    pub const ALL: [Self; 2] = [Self::User, Self::UserAdministrator];

    /// The role as the database and tokens know it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::UserAdministrator => "user_administrator",
        }
    }

    /// The role of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// Which versions of the applications a member may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// A user account: the browser version and the mobile app.
    Browser,
    /// An employee listing: the mobile app alone.
    MobileOnly,
    /// None: access was removed. In the basic company it means that the person cannot sign in at all.
    Removed,
}

impl Access {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Browser, Self::MobileOnly, Self::Removed];

    /// The access as the database knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::MobileOnly => "mobile_only",
            Self::Removed => "removed",
        }
    }

    /// The access of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.key() == key)
    }
}

/// A person's place in a company.
#[derive(Clone, Debug)]
pub struct Membership {
    /// Its id.
    pub id: MembershipId,
    /// The company.
    pub company_id: CompanyId,
    /// The member.
    pub person_id: PersonId,
    /// What the member may do.
    pub role: Role,
    /// Which versions of the applications the member may use.
    pub access: Access,
    /// Whether the person signs in through this company (their basic company).
    pub is_basic: bool,
}
