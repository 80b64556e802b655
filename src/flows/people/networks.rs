//! Step 3: networks from which a company's people sign in without a further code.

use std::net::IpAddr;
use std::time::Duration;

use super::super::{Internal, Services};
use super::{Administrator, Done, PeopleError};
use crate::domain::audit::{AuditEvent, NetworkAct};
use crate::domain::network::Network;
pub use crate::store::approved_network::Approved;
use crate::store::db::Tx;
use crate::store::{approved_network, audit, company};

/// For how many days a network may be approved; the second is offered first.
pub const DAYS: [u64; 4] = [30, 90, 180, 365];
/// How many networks a company may have approved at a time.
const MOST: usize = 50;

/// What the page shows.
pub struct Networks {
    /// Approved now.
    pub approved: Vec<Approved>,
    /// What was done, the newest first.
    pub history: Vec<Done>,
}

/// Step 2: the company's networks.
pub async fn look(services: &Services, administrator: &Administrator) -> Result<Networks, PeopleError> {
    let company = administrator.company.id;
    let mut tx = services.db.read().await?;
    let approved = approved_network::find_live(&mut tx, company, services.now()).await?;
    let history = audit::find_of_networks(&mut tx, company).await?;
    Ok(Networks { approved, history })
}

/// The network around an address, as wide as the server remembers networks; `None` when nobody knows the address.
pub fn around(services: &Services, place: &str) -> Option<Network> {
    let address: IpAddr = place.parse().ok()?;
    Network::of(address, services.second_factor.prefixes)
}

/// Approves a network for so many days; one that is approved already gets the new end.
pub async fn approve(
    services: &Services,
    administrator: &Administrator,
    typed: &str,
    days: u64,
) -> Result<(), PeopleError> {
    let now = services.now();
    administrator.check_fresh(now)?;
    let network = Network::parse(typed.trim()).filter(|network| !network.is_wide());
    let network = network.ok_or(PeopleError::FieldInvalid("network"))?;
    if !DAYS.contains(&days) {
        return Err(PeopleError::FieldInvalid("days"));
    }
    let (id, until) = (administrator.company.id, now.plus(Duration::from_hours(24 * days)));
    let mut tx = services.db.write().await?;
    // Nobody else approves one for the company between the count and the row.
    company::find_locked(&mut tx, id).await?.ok_or(PeopleError::NotFound)?;
    let approved = approved_network::find_live(&mut tx, id, now).await?;
    let is_known = approved.iter().any(|approved| approved.network == network);
    if approved.len() >= MOST && !is_known {
        return Err(PeopleError::NetworksExhausted);
    }
    approved_network::approve(&mut tx, id, network, now, until).await?;
    record(services, &mut tx, administrator, NetworkAct::Approved(network, until)).await?;
    Ok(tx.commit().await?)
}

/// Takes an approval back.
pub async fn remove(
    services: &Services,
    administrator: &Administrator,
    typed: &str,
) -> Result<(), PeopleError> {
    let now = services.now();
    administrator.check_fresh(now)?;
    let network = Network::parse(typed).ok_or(PeopleError::FieldInvalid("network"))?;
    let company = administrator.company.id;
    let mut tx = services.db.write().await?;
    if approved_network::remove(&mut tx, company, network).await? {
        record(services, &mut tx, administrator, NetworkAct::Removed(network)).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn record(
    services: &Services,
    tx: &mut Tx,
    administrator: &Administrator,
    act: NetworkAct,
) -> Result<(), Internal> {
    let (company, by) = (administrator.company.id, administrator.person.id);
    services.record(tx, &AuditEvent::Networks { act, company, by }, services.now()).await
}
