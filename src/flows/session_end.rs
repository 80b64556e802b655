//! The end of sessions. Whoever ends one comes through here, so that every application that got tokens through it is told
//! (OpenID Connect Back-Channel Logout 1.0).

use super::{Internal, Services, deliver};
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::session::{self, Ending};

/// Ends sessions in the transaction of their cause, and queues what applications are told; gives back how many ended. The outbox is
/// looked at every second, so nobody has to be woken.
pub(super) async fn end(
    services: &Services,
    tx: &mut Tx,
    ending: Ending,
    now: Timestamp,
) -> Result<u64, Internal> {
    for listener in session::find_listeners(tx, ending).await? {
        deliver::queue_logout(services, tx, &listener).await?;
    }
    Ok(session::end(tx, ending, now).await?)
}
