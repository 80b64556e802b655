//! A kind per id: a device id cannot be passed where a person id is due.

use std::fmt;

use uuid::Uuid;

use super::random::{Random, RandomFailure, bytes};
use super::time::Timestamp;

/// The text is no id.
#[derive(Debug, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id: a version 7 UUID (RFC 9562 section 5.7), so that ids sort by time.
            pub fn generate(now: Timestamp, random: &dyn Random) -> Result<Self, RandomFailure> {
                let millis = u64::try_from(now.millis()).unwrap_or(0);
                Ok(Self(uuid::Builder::from_unix_timestamp_millis(millis, &bytes(random)?).into_uuid()))
            }

            /// The id with these sixteen bytes.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The sixteen bytes of the id.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let id = Self(Uuid::try_parse(text).map_err(|_| NotAnId)?);
                (id.to_string() == text).then_some(id).ok_or(NotAnId)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }
    };
}

id! {
    /// A customer organisation.
    CompanyId
}
id! {
    /// A human being.
    PersonId
}
id! {
    /// A move from an old phone to a new one.
    DeviceMoveId
}
id! {
    /// A person's place in a company.
    MembershipId
}
id! {
    /// What a KH user sent.
    InvitationId
}
id! {
    /// One act of binding a phone's key to a person, successful or not.
    EnrolmentId
}
id! {
    /// An enrolled phone.
    DeviceId
}
id! {
    /// What a web application asked for at `/oauth2/authorize`.
    SignInRequestId
}
id! {
    /// One visit to the sign-in page.
    LoginAttemptId
}
id! {
    /// One visit to another identity provider.
    IdentificationId
}
id! {
    /// A browser's session.
    SessionId
}
id! {
    /// One wish of a person to have another e-mail address.
    EmailChangeId
}
id! {
    /// One row of the audit log.
    AuditId
}
id! {
    /// A web application's token for provisioning.
    ScimTokenId
}
id! {
    /// One outgoing message.
    MessageId
}
