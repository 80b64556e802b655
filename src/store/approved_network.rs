//! Rows of `approved_networks`: where a company's people sign in without a further code.

use super::db::{StoreError, Tx, present};
use crate::domain::ids::CompanyId;
use crate::domain::network::Network;
use crate::domain::time::Timestamp;

const APPROVE: &str = "INSERT INTO approved_networks (company_id, network, created_at, expires_at) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (company_id, network) DO UPDATE SET expires_at = excluded.expires_at";

const LIST: &str = "SELECT network, expires_at FROM approved_networks WHERE company_id = $1 AND expires_at > $2 \
     ORDER BY expires_at, network";
const REMOVE: &str = "DELETE FROM approved_networks WHERE company_id = $1 AND network = $2";

/// A network that is approved for a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approved {
    /// Which.
    pub network: Network,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Approves a network for a company until `expires_at`.
pub async fn approve(
    tx: &mut Tx,
    company: CompanyId,
    network: Network,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, execute APPROVE, [company.to_string(), network.to_string(), now.millis(), expires_at.millis()])?;
    Ok(())
}

/// The networks that are approved for a company, those that end first before the others.
pub async fn find_live(tx: &mut Tx, company: CompanyId, now: Timestamp) -> Result<Vec<Approved>, StoreError> {
    let rows = on!(tx, all LIST, [company.to_string(), now.millis()] as (String, i64))?;
    let read = |(network, expires_at): (String, i64)| {
        let network = present(Network::parse(&network), "approved_networks", "network")?;
        Ok(Approved { network, expires_at: Timestamp::from_millis(expires_at) })
    };
    rows.into_iter().map(read).collect()
}

/// Takes an approval back; `false` when there is none.
pub async fn remove(tx: &mut Tx, company: CompanyId, network: Network) -> Result<bool, StoreError> {
    Ok(on!(tx, execute REMOVE, [company.to_string(), network.to_string()])? == 1)
}
