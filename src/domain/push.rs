//! Where a phone can be pushed to.

use std::fmt;

use super::secret::Secret;

/// Who carries pushes to a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PushProvider {
    /// Firebase Cloud Messaging.
    Fcm,
    /// The Apple Push Notification service.
    Apns,
}

impl PushProvider {
    /// The provider as the database knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Fcm => "fcm",
            Self::Apns => "apns",
        }
    }

    /// The provider of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Fcm, Self::Apns].into_iter().find(|provider| provider.key() == key)
    }
}

/// A phone's address at its provider.
#[derive(Clone)]
pub struct PushAddress {
    /// Whose address it is.
    pub provider: PushProvider,
    /// The address itself.
    pub token: Secret<String>,
}

impl PushAddress {
    /// The address, if the provider could have made it: hexadecimal for Apple, printable for Firebase.
    pub fn parse(provider: PushProvider, token: &str) -> Option<Self> {
        let is_possible = match provider {
            PushProvider::Fcm => {
                (1..=4096).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic())
            }
            PushProvider::Apns => {
                (64..=200).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_hexdigit())
            }
        };
        is_possible.then(|| Self { provider, token: Secret::new(token.to_owned()) })
    }
}

/// Without the address.
impl fmt::Debug for PushAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PushAddress").field("provider", &self.provider).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_what_its_provider_makes() {
        let is_address = |provider, token: &str| PushAddress::parse(provider, token).is_some();
        assert!(is_address(PushProvider::Fcm, "cX3:APA91b-_"));
        assert!(is_address(PushProvider::Fcm, &"x".repeat(4096)));
        for token in ["", "a b", "ä", "a\0", "a\n", &"x".repeat(4097)] {
            assert!(!is_address(PushProvider::Fcm, token), "{token}");
        }
        assert!(is_address(PushProvider::Apns, &"0aF".repeat(30)));
        for token in ["", "0a", &"0".repeat(201), &"g".repeat(64), &"../".repeat(30)] {
            assert!(!is_address(PushProvider::Apns, token), "{token}");
        }
    }
}
