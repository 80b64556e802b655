//! Step 2: the new phone takes the ticket, signed by its own key.

use super::super::DeviceError;
use super::record;
use crate::crypto::code_hash::HashPurpose;
use crate::crypto::device_key::DeviceKey;
use crate::domain::audit::MoveStep;
use crate::domain::device::Device;
use crate::domain::device_move::{DeviceMove, MoveTicket, Newcomer, Take};
use crate::domain::number_match::NumberMatch;
use crate::domain::platform::{PlatformFacts, ReportedFacts};
use crate::domain::text::printable;
use crate::domain::time::Timestamp;
use crate::flows::devices::{Wish, check_verified};
use crate::flows::signer::SignerError;
use crate::flows::{Internal, Services};
use crate::store::db::Tx;
use crate::store::{device, device_move, membership, person};

/// Step 2 as the phone sends it.
pub struct TakeInput {
    /// The bytes, and what they claim.
    pub wish: Wish,
    /// As scanned or typed.
    pub ticket: String,
    /// The new key.
    pub public_key: Vec<u8>,
    /// What the phone says of itself.
    pub facts: ReportedFacts,
    /// What its owner calls it; may be empty.
    pub device_name: String,
}

/// What the new phone is told.
pub struct Taken {
    /// The owner.
    pub person_name: String,
    /// The company that the person signs in through; empty where there is none.
    pub company_name: String,
    /// How far it is.
    pub standing: Standing,
}

/// How far the new phone is.
pub enum Standing {
    /// It shows the right number, and waits for the old phone until then.
    Waiting(NumberMatch, Timestamp),
    /// It is that device.
    Enrolled(Box<Device>),
}

/// Step 2; the same phone may ask again.
pub async fn take(services: &Services, input: TakeInput) -> Result<Taken, DeviceError> {
    let key = verify_possession(services, &input)?;
    let facts = input.facts.check()?;
    services.os_policy.minimum.check(&facts)?;
    let ticket = MoveTicket::parse(&input.ticket).ok_or(DeviceError::MoveUnknown)?;
    let hash = services.keys.hasher.hash(HashPurpose::MoveTicket, ticket.expose().as_bytes());
    let mut tx = services.db.write().await?;
    let found = device_move::find_locked_by_ticket(&mut tx, &hash).await?.ok_or(DeviceError::MoveUnknown)?;
    let owner = person::find(&mut tx, found.person_id).await?.ok_or(Internal::Missing("person"))?;
    let places = membership::find_places(&mut tx, owner.id).await?;
    let standing = match found.take(&key.thumbprint(), services.now())? {
        Take::Waiting(numbers) => Standing::Waiting(numbers, found.expires_at),
        Take::Enrolled(id) => {
            let made = device::find(&mut tx, id).await?.ok_or(Internal::Missing("device"))?;
            Standing::Enrolled(Box::new(made))
        }
        Take::First => {
            let newcomer = greet(services, &key, facts, &input.device_name)?;
            keep(services, &mut tx, &found, (&newcomer, &input.wish)).await?;
            Standing::Waiting(newcomer.numbers, found.expires_at)
        }
    };
    tx.commit().await?;
    let company_name = places.into_iter().next().map(|place| place.company_name).unwrap_or_default();
    Ok(Taken { person_name: owner.name, company_name, standing })
}

/// The ticket is the server's fresh value, so there is no nonce; and there is no device yet.
fn verify_possession(services: &Services, input: &TakeInput) -> Result<DeviceKey, DeviceError> {
    let Wish { signed, claims } = &input.wish;
    let key = DeviceKey::parse(&input.public_key)?;
    key.verify(&signed.covered, &signed.signature).map_err(SignerError::SignatureInvalid)?;
    if claims.key_thumbprint != key.thumbprint() {
        return Err(DeviceError::ThumbprintMismatch);
    }
    if claims.issuer != services.issuer {
        return Err(SignerError::IssuerMismatch.into());
    }
    if !claims.server_nonce.is_empty() || !claims.device_id.is_empty() {
        return Err(DeviceError::NonceMismatch);
    }
    check_verified(&input.wish)?;
    Ok(key)
}

fn greet(
    services: &Services,
    key: &DeviceKey,
    facts: PlatformFacts,
    typed_name: &str,
) -> Result<Newcomer, Internal> {
    let name = printable(typed_name, 64).unwrap_or_else(|| format!("{} {}", facts.brand, facts.model));
    let numbers = NumberMatch::draw(services.random.as_ref())?;
    Ok(Newcomer { public_key: *key.point(), thumbprint: key.thumbprint(), name, facts, numbers })
}

async fn keep(
    services: &Services,
    tx: &mut Tx,
    found: &DeviceMove,
    (newcomer, wish): (&Newcomer, &Wish),
) -> Result<(), DeviceError> {
    let proof = (&wish.signed.payload[..], &wish.signed.signature[..]);
    if !device_move::take(tx, found.id, newcomer, proof).await? {
        return Err(Internal::LostRace.into());
    }
    Ok(record(services, tx, found, MoveStep::Taken).await?)
}
