//! The places that people sign in from: compared with what is remembered, and remembered.

use super::collect::Admitted;
use crate::domain::ids::PersonId;
use crate::domain::login::Attempt;
use crate::domain::network::Network;
use crate::domain::second_factor::{self as rule, Memory, OriginKind};
use crate::flows::{Internal, Services};
use crate::store::db::Tx;
use crate::store::known_origin::Origin;
use crate::store::{approved_network, known_origin};

/// What comes of the comparison.
#[derive(Clone, Copy)]
pub(super) struct Weighed {
    /// A code is asked for.
    pub(super) is_code_needed: bool,
    /// The person signed in before, but never from this network.
    pub(super) is_network_new: bool,
}

/// Compares browser, network and the company's networks with what is remembered; `domain` decides.
pub(super) async fn weigh(
    services: &Services,
    tx: &mut Tx,
    attempt: &Attempt,
    admitted: &Admitted,
) -> Result<Weighed, Internal> {
    let now = services.now();
    let known = known_origin::find_live(tx, admitted.owner.id, now).await?;
    let here = origins(services, attempt, admitted.owner.id);
    let has = |kind| here.iter().any(|origin| origin.0 == kind && known.contains(origin));
    let memory = Memory {
        has_browser: has(OriginKind::Browser),
        has_network: has(OriginKind::Network),
        has_anything: !known.is_empty(),
    };
    let approved = approved_network::find_live(tx, admitted.company, now).await?;
    let address = attempt.place.parse().ok();
    let is_approved =
        address.is_some_and(|address| approved.iter().any(|approved| approved.network.contains(address)));
    Ok(Weighed {
        is_code_needed: rule::is_needed(memory, is_approved, admitted.device.created_at, now),
        is_network_new: memory.has_anything && !memory.has_network && !is_approved,
    })
}

/// Remembers the browser and the network of an attempt that became a session.
pub(super) async fn remember(
    services: &Services,
    tx: &mut Tx,
    attempt: &Attempt,
    person: PersonId,
) -> Result<(), Internal> {
    let now = services.now();
    let until = now.plus(services.second_factor.memory);
    for origin in origins(services, attempt, person) {
        known_origin::remember(tx, person, &origin, now, until).await?;
    }
    Ok(())
}

/// The browser and, where its address could be read, the network of an attempt.
fn origins(services: &Services, attempt: &Attempt, person: PersonId) -> Vec<Origin> {
    let address = attempt.place.parse().ok();
    let network = address.and_then(|address| Network::of(address, services.second_factor.prefixes));
    let hash = |network| services.keys.hasher.network_hash(person, network);
    let network = network.map(|network| (OriginKind::Network, hash(network)));
    std::iter::once((OriginKind::Browser, attempt.browser_hash)).chain(network).collect()
}
