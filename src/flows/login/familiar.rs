//! The places that people sign in from: compared with what is remembered, and remembered.

use super::collect::Admitted;
use crate::domain::ids::PersonId;
use crate::domain::login::{Approval, Attempt};
use crate::domain::network::Network;
use crate::domain::oddity::{Oddity, ScanFacts};
use crate::domain::second_factor::{self as rule, Circumstances, Memory, OriginKind, Reason};
use crate::domain::suspicion::SUSPECT_FOR;
use crate::flows::{Internal, Services};
use crate::store::db::Tx;
use crate::store::known_origin::Origin;
use crate::store::{approved_network, known_origin, suspicion};

/// What comes of the comparison.
#[derive(Clone, Copy)]
pub(super) struct Weighed {
    /// Why a code is asked for, if one is.
    pub(super) code_reason: Option<Reason>,
    /// The person signed in before, but never from this network.
    pub(super) is_network_new: bool,
}

/// Compares browser, network and the company's networks with what is remembered, and looks for what stands out; `domain`
/// decides.
pub(super) async fn weigh(
    services: &Services,
    tx: &mut Tx,
    (attempt, approval): (&Attempt, &Approval),
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
    let here = Circumstances {
        memory,
        is_network_approved: is_approved,
        is_network_suspect: is_suspect(services, tx, attempt).await?,
        oddity: find_oddity(services, attempt, approval),
    };
    Ok(Weighed {
        code_reason: rule::reason(here, admitted.enrolled_at(), now),
        is_network_new: memory.has_anything && !memory.has_network && !is_approved,
    })
}

async fn is_suspect(services: &Services, tx: &mut Tx, attempt: &Attempt) -> Result<bool, Internal> {
    let Some(network) = network_of(services, attempt) else { return Ok(false) };
    let hash = services.keys.hasher.suspect_network_hash(network);
    let since = services.now().minus(SUSPECT_FOR);
    Ok(suspicion::count_of_network(tx, &hash, since).await?.are_enough())
}

fn find_oddity(services: &Services, attempt: &Attempt, approval: &Approval) -> Option<Oddity> {
    let scan = approval.scan()?;
    let phone_country = services.atlas.country(&scan.phone_place);
    let browser_country = services.atlas.country(&attempt.place);
    let facts = ScanFacts {
        frame_age: scan.frame_age,
        has_rival: attempt.rival.is_some(),
        phone_country: phone_country.as_deref(),
        browser_country: browser_country.as_deref(),
    };
    Oddity::of(facts, services.second_factor.oldest_frame)
}

/// The network that the browser of an attempt is in, where its address could be read.
pub(super) fn network_of(services: &Services, attempt: &Attempt) -> Option<Network> {
    Network::of(attempt.place.parse().ok()?, services.second_factor.prefixes)
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
    let network = network_of(services, attempt);
    let hash = |network| services.keys.hasher.network_hash(person, network);
    let network = network.map(|network| (OriginKind::Network, hash(network)));
    std::iter::once((OriginKind::Browser, attempt.browser_hash)).chain(network).collect()
}
