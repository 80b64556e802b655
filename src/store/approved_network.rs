//! Rows of `approved_networks`: where a company's people sign in without a further code.

use super::db::{StoreError, Tx, present};
use crate::domain::ids::CompanyId;
use crate::domain::network::Network;
use crate::domain::time::Timestamp;

const APPROVE: &str = "INSERT INTO approved_networks (company_id, network, created_at, expires_at) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (company_id, network) DO UPDATE SET expires_at = excluded.expires_at";
const LIVE: &str = "SELECT network FROM approved_networks WHERE company_id = $1 AND expires_at > $2";

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

/// The networks that are approved for a company.
pub async fn find_live(tx: &mut Tx, company: CompanyId, now: Timestamp) -> Result<Vec<Network>, StoreError> {
    let rows = on!(tx, all LIVE, [company.to_string(), now.millis()] as (String,))?;
    rows.into_iter()
        .map(|(network,)| present(Network::parse(&network), "approved_networks", "network"))
        .collect()
}
