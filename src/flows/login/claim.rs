//! Step 5: a phone claims an attempt; the first one owns it.

use super::super::signer::{authenticate, touch};
use super::super::{Internal, Services};
use super::same_device::read_link;
use super::{LoginError, collect, find_request};
use crate::crypto::code_hash::is_same;
use crate::domain::audit::AuditEvent;
use crate::domain::client::Client;
use crate::domain::device::Device;
use crate::domain::frame::{Frame, FrameNumber};
use crate::domain::ids::LoginAttemptId;
use crate::domain::login::{Attempt, AttemptRefusal, Flow, Scan};
use crate::domain::number_match::NumberMatch;
use crate::domain::os_policy::{OsWarning, Standing};
use crate::domain::person::Person;
use crate::domain::platform::OsTooOld;
use crate::domain::random::bytes;
use crate::domain::signed::{SignedBytes, SignedClaims};
use crate::store::db::Tx;
use crate::store::{company, login, membership, person};
use crate::texts::Texts;

/// What the phone shows after a scan.
pub struct Challenge {
    /// The attempt.
    pub attempt: Attempt,
    /// The scan that owns it.
    pub scan: Scan,
    /// The application.
    pub client: Client,
    /// The company that the person signs in through.
    pub company_name: String,
    /// Where the browser is, in words.
    pub place: String,
    /// The phone's OS is too old.
    pub os_warning: Option<OsWarning>,
}

/// What a phone sends to claim an attempt.
pub struct ScanInput {
    /// The bytes.
    pub signed: SignedBytes,
    /// What they claim.
    pub claims: SignedClaims,
    /// What leads to the attempt: the text of the QR code, the link of a page on the same phone, or the typed code.
    pub text: String,
    /// The phone's network address.
    pub place: String,
}

/// A phone that has proved its key.
pub(in crate::flows) struct Claimant {
    pub(in crate::flows) device: Device,
    pub(in crate::flows) owner: Person,
    pub(in crate::flows) claims: SignedClaims,
    /// The phone's network address.
    pub(in crate::flows) place: String,
}

/// What led the phone to the attempt.
#[derive(Clone, Copy)]
pub(in crate::flows) struct Lead {
    pub(in crate::flows) attempt_id: LoginAttemptId,
    pub(in crate::flows) flow: Flow,
    /// The frame, where one was scanned.
    pub(in crate::flows) frame: Option<FrameNumber>,
}

/// Step 5.
pub async fn scan(services: &Services, input: ScanInput) -> Result<Challenge, LoginError> {
    let lead = read_frame(services, &input.text).or_else(|| {
        let attempt_id = read_link(services, &input.text)?;
        Some(Lead { attempt_id, flow: Flow::SameDevice, frame: None })
    });
    let claimant = recognise(services, input).await?;
    claim(services, &claimant, lead.ok_or(LoginError::FrameInvalid)?).await
}

fn read_frame(services: &Services, text: &str) -> Option<Lead> {
    let frame = Frame::parse(&services.issuer, text)?;
    let tag = services.keys.hasher.frame_tag(frame.attempt_id, frame.number);
    let lead = Lead { attempt_id: frame.attempt_id, flow: Flow::Qr, frame: Some(frame.number) };
    is_same(&frame.tag, &tag).then_some(lead)
}

/// The phone behind a message that carries no nonce of the server's, because what leads to the attempt is fresh itself.
pub(super) async fn recognise(services: &Services, input: ScanInput) -> Result<Claimant, LoginError> {
    let ScanInput { signed, claims, place, .. } = input;
    let mut tx = services.db.read().await?;
    let (device, owner) = authenticate(services, &mut tx, &signed, &claims).await?;
    if !claims.server_nonce.is_empty() {
        return Err(LoginError::NonceMismatch);
    }
    Ok(Claimant { device, owner, claims, place })
}

/// Gives the attempt to the device, if it is the first.
pub(in crate::flows) async fn claim(
    services: &Services,
    claimant: &Claimant,
    lead: Lead,
) -> Result<Challenge, LoginError> {
    let now = services.now();
    let os_warning = judge_os(services, &claimant.device)?;
    let mut tx = services.db.read().await?;
    let attempt = login::find(&mut tx, lead.attempt_id).await?.ok_or(LoginError::AttemptUnknown)?;
    if let Err(refusal) = attempt.scan(claimant.device.id, lead.frame, now) {
        drop(tx);
        return Err(refuse(services, &attempt, &claimant.device, refusal).await?);
    }
    if person::find_block(&mut tx, claimant.owner.id).await?.is_some() {
        drop(tx);
        let tx = services.db.write().await?;
        let (attempt, person) = (attempt.id, claimant.owner.id);
        return Err(collect::refuse(services, tx, attempt, person, LoginError::PersonBlocked).await?);
    }
    let (_, client) = find_request(&mut tx, attempt.request_id, now).await?;
    let company_name = find_company_name(&mut tx, &claimant.owner).await?;
    drop(tx);
    let has_numbers = lead.flow != Flow::SameDevice;
    let scan = Scan {
        device_id: claimant.device.id,
        person_id: claimant.owner.id,
        masked_device_name: claimant.device.masked_name(),
        server_nonce: bytes(services.random.as_ref())?,
        display_text: display_text(services, &claimant.owner, &client, (&company_name, &attempt)),
        flow: lead.flow,
        numbers: has_numbers.then(|| NumberMatch::draw(services.random.as_ref())).transpose()?,
        frame_age: lead.frame.map(|frame| now.since(frame.shown_at(attempt.begun_at))),
        phone_place: claimant.place.clone(),
    };
    let (attempt, scan) = swap(services, claimant, lead, scan).await?;
    let place = services.atlas.describe(&attempt.place);
    Ok(Challenge { attempt, scan, client, company_name, place, os_warning })
}

fn judge_os(services: &Services, device: &Device) -> Result<Option<OsWarning>, OsTooOld> {
    match services.os_policy.judge(&device.facts, services.now()) {
        Standing::Fine => Ok(None),
        Standing::Warned(warning) => Ok(Some(warning)),
        Standing::Blocked(too_old) => Err(too_old),
    }
}

/// Gives back the scan that owns the attempt, which is an earlier one where the phone repeats itself.
async fn swap(
    services: &Services,
    claimant: &Claimant,
    lead: Lead,
    scan: Scan,
) -> Result<(Attempt, Scan), LoginError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let attempt = login::find_locked(&mut tx, lead.attempt_id).await?.ok_or(LoginError::AttemptUnknown)?;
    if let Some(repeated) = attempt.scan(claimant.device.id, lead.frame, now)?.cloned() {
        return Ok((attempt, repeated));
    }
    if !login::scan(&mut tx, attempt.id, &scan, now).await? {
        return Err(Internal::LostRace.into());
    }
    touch(services, &mut tx, &claimant.device, &claimant.claims).await?;
    let (device, person) = (scan.device_id, scan.person_id);
    let (flow, frame_age) = (scan.flow, scan.frame_age);
    let event = AuditEvent::AttemptScanned { attempt: attempt.id, device, person, flow, frame_age };
    services.record(&mut tx, &event, now).await?;
    services.commit_and_wake(tx, attempt.id).await?;
    Ok((attempt, scan))
}

/// A second phone before the same code is what a relay looks like: it is noted, whoever answers.
async fn refuse(
    services: &Services,
    attempt: &Attempt,
    scanner: &Device,
    refusal: AttemptRefusal,
) -> Result<LoginError, Internal> {
    if refusal == AttemptRefusal::Taken && attempt.rival.is_none() {
        let mut tx = services.db.write().await?;
        if login::note_rival(&mut tx, attempt.id, scanner.id).await? {
            let (device, person) = (scanner.id, scanner.person_id);
            let event = AuditEvent::AttemptContested { attempt: attempt.id, device, person };
            services.record(&mut tx, &event, services.now()).await?;
            tx.commit().await?;
        }
    }
    Ok(refusal.into())
}

fn display_text(
    services: &Services,
    owner: &Person,
    client: &Client,
    (company_name, attempt): (&str, &Attempt),
) -> String {
    let place = services.atlas.describe(&attempt.place);
    let values = [
        ("client", client.name.as_str()),
        ("company", company_name),
        ("person", &owner.name),
        ("browser", &attempt.browser),
        ("place", &place),
    ];
    Texts(owner.language).fill("challenge-display", &values)
}

async fn find_company_name(tx: &mut Tx, owner: &Person) -> Result<String, LoginError> {
    let place = membership::find_basic(tx, owner.id).await?.ok_or(LoginError::AccessRightsMissing)?;
    Ok(company::find(tx, place.company_id).await?.ok_or(Internal::Missing("company"))?.name)
}
