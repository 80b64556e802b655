//! What follows when a phone's owner says no: nothing after a mistake; after "it was not me" everything that keeps the same
//! stranger from trying again.

use super::super::notice::{self, Alarm};
use super::super::{Internal, Services, deliver};
use super::familiar::network_of;
use crate::domain::audit::AuditEvent;
use crate::domain::ids::LoginAttemptId;
use crate::domain::login::{Attempt, DenyReason, SECOND_FACTOR_LIFE};
use crate::domain::message::{Envelope, MessageKind};
use crate::domain::person::Person;
use crate::domain::second_factor::OriginKind;
use crate::domain::suspicion::{SUSPECT_FOR, SuspicionKind};
use crate::store::db::Tx;
use crate::store::suspicion::Suspicion;
use crate::store::{known_origin, login, person, remembered_browser, staff, suspicion, wake};
use crate::texts::Texts;

/// Gives back the attempts that were cancelled; wake their browsers after the commit.
pub(super) async fn follow_up(
    services: &Services,
    tx: &mut Tx,
    attempt: &Attempt,
    (owner, reason): (&Person, DenyReason),
) -> Result<Vec<LoginAttemptId>, Internal> {
    let kind = match reason {
        DenyReason::Mistake => return Ok(Vec::new()),
        DenyReason::WrongNumber => SuspicionKind::WrongNumber,
        DenyReason::NotMe => SuspicionKind::NotMe,
    };
    let is_first = suspicion::count_not_me(tx, owner.id, services.now().minus(SUSPECT_FOR)).await? == 0;
    suspect(services, tx, attempt, owner, kind).await?;
    if kind == SuspicionKind::WrongNumber {
        return Ok(Vec::new());
    }
    remembered_browser::forget(tx, owner.id).await?;
    known_origin::forget_one(tx, owner.id, &(OriginKind::Browser, attempt.browser_hash)).await?;
    // Who presses it ten times in an hour is heard once.
    if is_first {
        tell(services, tx, attempt, owner).await?;
    }
    cancel_others(services, tx, attempt).await
}

async fn suspect(
    services: &Services,
    tx: &mut Tx,
    attempt: &Attempt,
    owner: &Person,
    kind: SuspicionKind,
) -> Result<(), Internal> {
    let network = network_of(services, attempt);
    let network_hash = network.map(|network| services.keys.hasher.suspect_network_hash(network));
    let raised = Suspicion {
        attempt_id: attempt.id,
        network_hash: network_hash.unwrap_or_default(),
        kind,
        person_id: owner.id,
    };
    Ok(suspicion::insert(tx, &raised, services.now()).await?)
}

async fn cancel_others(
    services: &Services,
    tx: &mut Tx,
    attempt: &Attempt,
) -> Result<Vec<LoginAttemptId>, Internal> {
    let now = services.now();
    let cancelled = login::cancel_others(tx, attempt, now.minus(SECOND_FACTOR_LIFE * 2)).await?;
    for id in &cancelled {
        services.record(tx, &AuditEvent::AttemptCancelled { attempt: *id }, now).await?;
        wake::announce(tx, *id).await?;
    }
    Ok(cancelled)
}

/// The person by every way, the KH users of their company, and the staff.
async fn tell(services: &Services, tx: &mut Tx, attempt: &Attempt, owner: &Person) -> Result<(), Internal> {
    let place = services.atlas.describe(&attempt.place);
    let values = [("browser", attempt.browser.as_str()), ("place", &place)];
    notice::tell_plainly(services, tx, owner, ("sign-in-denied", &values)).await?;
    let alarm = Alarm { key: "sign-in-denied", what: None, values: &values };
    notice::alarm_administrators(services, tx, owner, alarm).await?;
    for member in staff::list(tx).await? {
        let receiver = person::find(tx, member.id).await?.ok_or(Internal::Missing("person"))?;
        let texts = Texts(receiver.language);
        let id = attempt.id.to_string();
        let mut values = vec![("name", receiver.name.as_str()), ("person", &owner.name), ("attempt", &id)];
        values.extend([("browser", attempt.browser.as_str()), ("place", &place)]);
        let contents = (
            texts.fill("sign-in-denied-staff-mail-subject", &values),
            texts.fill("sign-in-denied-staff-mail-body", &values),
        );
        let envelope = Envelope::mail(&receiver.email, receiver.id, MessageKind::Notice);
        deliver::queue(services, tx, envelope, contents).await?;
    }
    Ok(())
}
