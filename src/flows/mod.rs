//! Verbs: what the product does. Free of HTTP; each flow owns its transactions.
//!
//! A step loads, asks the domain, swaps the state in the store, records, and commits; whoever waits is woken after the commit.

pub mod account;
pub mod activate;
pub mod audit_log;
pub mod backup;
pub mod clients;
pub mod deliver;
pub mod devices;
pub mod errors;
pub mod forecast;
pub mod invite;
pub mod login;
pub mod methods;
mod notice;
pub mod object;
pub mod oidc;
pub mod people;
pub mod scim;
mod session_end;
pub mod signer;
pub mod signing_keys;
pub mod staff;
pub mod start;
pub mod support;
pub mod sweep;
pub mod verify_logins;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use tokio::sync::Notify;

use methods::Methods;
use signing_keys::KeyRing;

use crate::crypto::CryptoFailure;
use crate::crypto::master::Keys;
use crate::delivery::Delivery;
use crate::delivery::logout::LogoutSender;
use crate::delivery::push::PushSenders;
use crate::domain::audit::AuditEvent;
use crate::domain::ids::{AuditId, LoginAttemptId};
use crate::domain::message::SmsLimits;
use crate::domain::mobile_app::MobileApp;
use crate::domain::network::Network;
use crate::domain::os_policy::OsPolicy;
use crate::domain::random::{Random, RandomFailure};
use crate::domain::second_factor::SecondFactorRule;
use crate::domain::time::{Clock, Timestamp};
use crate::geo::Atlas;
use crate::store::audit;
use crate::store::db::{Db, StoreError, Tx};
use crate::store::wake::{self, Wakes};

/// What every flow works with.
pub struct Services {
    /// The database.
    pub db: Db,
    /// The one source of time.
    pub clock: Arc<dyn Clock>,
    /// The one source of randomness.
    pub random: Arc<dyn Random>,
    /// The keys that come of the master secret.
    pub keys: Keys,
    /// The keys that sign tokens.
    pub signing_keys: KeyRing,
    /// The browsers that wait.
    pub wakes: Wakes,
    /// How messages leave.
    pub delivery: Delivery,
    /// What phones are woken by.
    pub push: PushSenders,
    /// What applications are told by.
    pub logout_sender: LogoutSender,
    /// How many SMS may leave; `None` where nobody is paid for them.
    pub sms_limits: Option<SmsLimits>,
    /// The hour, counted from 1970, in which it was last said that SMS were refused.
    pub sms_warned_hour: AtomicI64,
    /// Told when a message was queued.
    pub outbox_filled: Notify,
    /// The origin under which browsers and phones reach the server; the issuer of its tokens.
    pub issuer: String,
    /// The oldest OS that may enrol, and how it is brought to phones that are enrolled.
    pub os_policy: OsPolicy,
    /// The reverse proxies whose word is taken about where a browser is.
    pub trusted_proxies: Vec<Network>,
    /// When a code is asked for on top of the phone.
    pub second_factor: SecondFactorRule,
    /// The app as pages and phones know it.
    pub app: MobileApp,
    /// Errors that wait to be written down.
    pub errors: errors::Inbox,
    /// Where addresses are, roughly.
    pub atlas: Atlas,
    /// The other ways of signing in.
    pub methods: Methods,
}

/// Our own fault, or the machine's; the person cannot mend it.
#[derive(Debug, thiserror::Error)]
pub enum Internal {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A cryptographic operation.
    #[error(transparent)]
    Crypto(#[from] CryptoFailure),
    /// The random source.
    #[error(transparent)]
    Random(#[from] RandomFailure),
    /// A row that another row points at is not there.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// Somebody else changed the same row at the same time; the same call may succeed now.
    #[error("lost a race")]
    LostRace,
}

impl Internal {
    /// Whether the same call may succeed in a moment.
    pub fn is_busy(&self) -> bool {
        match self {
            Self::Store(error) => error.is_busy(),
            Self::LostRace => true,
            Self::Crypto(_) | Self::Random(_) | Self::Missing(_) => false,
        }
    }
}

/// Lets a flow's error enum with a variant `Internal` be made from whatever is below it.
macro_rules! from_internal {
    ($error:ty) => {
        impl<E: Into<$crate::flows::Internal>> From<E> for $error {
            fn from(error: E) -> Self {
                Self::Internal(error.into())
            }
        }
    };
}
pub(crate) use from_internal;

impl Services {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Commits a change of `attempt`, and wakes whoever waits for it on any node.
    pub(crate) async fn commit_and_wake(&self, mut tx: Tx, attempt: LoginAttemptId) -> Result<(), Internal> {
        wake::announce(&mut tx, attempt).await?;
        tx.commit().await?;
        self.wakes.wake(attempt);
        Ok(())
    }

    /// Adds an audit row to the transaction.
    pub async fn record(&self, tx: &mut Tx, event: &AuditEvent, now: Timestamp) -> Result<(), Internal> {
        let id = AuditId::generate(now, self.random.as_ref())?;
        let (row, previous) = audit::next(tx, id, event, now);
        let hash = audit_log::hash(self, &previous, &row)?;
        Ok(audit::insert(tx, id, &row, hash).await?)
    }
}
