//! A push instead of a scan, for a browser that signed in by QR before. Nobody can ask for one by a name alone, and what the
//! phone does then is what it does after a scan: it shows the challenge, and its owner picks the number.
//!
//! 1. `remember`: a sign-in by QR gives the browser a fresh secret, bound to the phone. It is not the cookie that binds attempts, which is
//!    older than the sign-in and may be known to whoever used the browser before.
//! 2. `offer`: the page names the phone, masked.
//! 3. `start`: counts, notes which phone is asked, and queues the push, in one transaction.
//! 4. `claim_pending`: the phone that was asked, and no other, claims the attempt.

use super::claim::{Lead, ScanInput, claim, recognise};
use super::{BrowserSecret, Challenge, LoginError, own};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::audit::AuditEvent;
use crate::domain::device::mask_name;
use crate::domain::ids::{DeviceId, LoginAttemptId, PersonId, SignInRequestId};
use crate::domain::login::{ATTEMPT_LIFE, Attempt, AttemptState, Flow};
use crate::domain::push_budget::BROWSER_REMEMBERED;
use crate::domain::random::bytes;
use crate::domain::secret::Secret;
use crate::flows::deliver::{self, Call};
use crate::flows::{Internal, Services};
use crate::store::db::Tx;
use crate::store::push_start::PushStart;
use crate::store::remembered_browser::{BrowserHashes, Remembered};
use crate::store::{login, push_start, remembered_browser};

/// What the page shows of a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Nothing.
    Nothing,
    /// A push can be asked for; the phone's name, masked.
    Possible(String),
    /// It was asked for.
    Asked,
}

/// Step 1: the secret for the browser's cookie, where it scanned.
pub(super) async fn remember(
    services: &Services,
    tx: &mut Tx,
    attempt: &Attempt,
    (person, device): (PersonId, DeviceId),
) -> Result<Option<BrowserSecret>, Internal> {
    let (AttemptState::Approved { approval, .. } | AttemptState::SecondFactor { approval, .. }) =
        &attempt.state
    else {
        return Ok(None);
    };
    if approval.scan().is_none_or(|scan| scan.flow != Flow::Qr) {
        return Ok(None);
    }
    let secret = Secret::new(bytes(services.random.as_ref())?);
    let hashes = hashes(services, attempt, &secret);
    let until = services.now().plus(BROWSER_REMEMBERED);
    remembered_browser::remember(tx, &hashes, person, device, until).await?;
    Ok(Some(secret))
}

/// Step 2.
pub async fn offer(
    services: &Services,
    attempt: &Attempt,
    secret: Option<&BrowserSecret>,
) -> Result<Offer, LoginError> {
    if attempt.state != AttemptState::Waiting {
        return Ok(Offer::Nothing);
    }
    let mut tx = services.db.read().await?;
    if push_start::find_device(&mut tx, attempt.id).await?.is_some() {
        return Ok(Offer::Asked);
    }
    let Some(secret) = secret else { return Ok(Offer::Nothing) };
    let found = find(services, &mut tx, attempt, secret).await?;
    Ok(found.map_or(Offer::Nothing, |found| Offer::Possible(mask_name(&found.device_name))))
}

/// Step 3. Whoever asks again for the same attempt gets no second push. Gives back what the page belongs to.
pub async fn start(
    services: &Services,
    id: LoginAttemptId,
    secret: &BrowserSecret,
    remembered: Option<&BrowserSecret>,
) -> Result<SignInRequestId, LoginError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let attempt = own(services, login::find_locked(&mut tx, id).await?, secret)?;
    if attempt.state != AttemptState::Waiting || attempt.is_expired(now) {
        return Ok(attempt.request_id);
    }
    let remembered = remembered.ok_or(LoginError::PushUnavailable)?;
    let found = find(services, &mut tx, &attempt, remembered).await?.ok_or(LoginError::PushUnavailable)?;
    let so_far = push_start::count_locked(&mut tx, found.person, &attempt.browser_hash, now).await?;
    if push_start::find_device(&mut tx, id).await?.is_some() {
        return Ok(attempt.request_id);
    }
    if so_far.are_enough() {
        return Err(LoginError::PushLimitReached);
    }
    ask(services, tx, &attempt, &found).await?;
    services.outbox_filled.notify_one();
    Ok(attempt.request_id)
}

async fn ask(
    services: &Services,
    mut tx: Tx,
    attempt: &Attempt,
    found: &Remembered,
) -> Result<(), LoginError> {
    let now = services.now();
    let (device, person) = (found.device, found.person);
    let start = PushStart { attempt: attempt.id, device, person, browser_hash: attempt.browser_hash };
    push_start::insert(&mut tx, &start, now).await?;
    let call = Call { device, person, attempt: attempt.id, expires_at: attempt.answer_until() };
    if !deliver::queue_push(services, &mut tx, call).await? {
        return Err(LoginError::PushUnavailable);
    }
    let event = AuditEvent::AttemptPushed { attempt: attempt.id, device, person };
    services.record(&mut tx, &event, now).await?;
    Ok(tx.commit().await?)
}

/// Step 4 without the push: the attempts that wait for the phone.
pub async fn list_pending(services: &Services, input: ScanInput) -> Result<Vec<LoginAttemptId>, LoginError> {
    let claimant = recognise(services, input).await?;
    let asked = (claimant.owner.id, claimant.device.id);
    let since = services.now().minus(ATTEMPT_LIFE);
    Ok(push_start::find_waiting(&mut services.db.read().await?, asked, since).await?)
}

/// Step 4. Like a frame, the attempt's id is worth something for two minutes, and here to one phone alone.
pub async fn claim_pending(services: &Services, input: ScanInput) -> Result<Challenge, LoginError> {
    let attempt_id = input.text.parse().ok();
    let claimant = recognise(services, input).await?;
    let attempt_id: LoginAttemptId = attempt_id.ok_or(LoginError::AttemptUnknown)?;
    let asked = push_start::find_device(&mut services.db.read().await?, attempt_id).await?;
    if asked != Some(claimant.device.id) {
        return Err(LoginError::AttemptUnknown);
    }
    claim(services, &claimant, Lead { attempt_id, flow: Flow::Push, frame: None }).await
}

async fn find(
    services: &Services,
    tx: &mut Tx,
    attempt: &Attempt,
    secret: &BrowserSecret,
) -> Result<Option<Remembered>, Internal> {
    let hashes = hashes(services, attempt, secret);
    let found = remembered_browser::find(tx, &hashes, services.now()).await?;
    Ok(found.filter(|found| services.push.has(found.provider)))
}

fn hashes(services: &Services, attempt: &Attempt, secret: &BrowserSecret) -> BrowserHashes {
    let secret = services.keys.hasher.hash(HashPurpose::RememberedBrowser, secret.expose());
    BrowserHashes { browser: attempt.browser_hash, secret }
}
