//! People who help others: support staff of whoever runs the server.

/// What a member of the staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StaffRole {
    /// Looks at enrolments and sign-ins, and helps.
    Support,
    /// Also does what wants two pairs of eyes.
    Lead,
}

impl StaffRole {
    /// The role as commands and the database know it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Lead => "lead",
        }
    }

    /// The role of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Support, Self::Lead].into_iter().find(|role| role.key() == key)
    }

    /// Whether they may act on somebody of that standing; `None` is whoever is not on the staff.
    pub fn may_act_on(self, other: Option<Self>) -> bool {
        other.is_none_or(|other| other <= self)
    }
}
