//! Pushes by whoever reaches the phone.

use super::apns::ApnsSender;
use super::fcm::FcmSender;
use crate::domain::push::PushProvider;
use crate::domain::push_request::{PushOutcome, PushRequest};
use crate::domain::time::Timestamp;

/// The providers that there are accounts with.
#[derive(Default)]
pub struct PushSenders {
    /// What reaches Android phones.
    pub fcm: Option<FcmSender>,
    /// What reaches iPhones.
    pub apns: Option<ApnsSender>,
}

impl PushSenders {
    /// Whether there is an account with that provider.
    pub const fn has(&self, provider: PushProvider) -> bool {
        match provider {
            PushProvider::Fcm => self.fcm.is_some(),
            PushProvider::Apns => self.apns.is_some(),
        }
    }

    /// One try.
    pub async fn send(&self, provider: PushProvider, push: &PushRequest, now: Timestamp) -> PushOutcome {
        match (provider, &self.fcm, &self.apns) {
            (PushProvider::Fcm, Some(fcm), _) => fcm.send(push, now).await,
            (PushProvider::Apns, _, Some(apns)) => apns.send(push, now).await,
            _ => PushOutcome::Refused("no account with this provider".to_owned()),
        }
    }
}
