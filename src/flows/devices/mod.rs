//! The life of a device, asked for by a phone and signed by its key.
//!
//! 1. `nonce::issue`: a nonce for one message.
//! 2. `list`, `removal::remove`, `key::rotate`, `relocation::offer` and what follows it: each begins with `begin`, which believes
//!    the phone and uses the nonce up.

pub mod key;
pub mod nonce;
pub mod relocation;
pub mod removal;

use super::signer::{SignerError, authenticate, touch};
use super::{Internal, Services};
use crate::crypto::device_key::KeyInvalid;
use crate::domain::device::{Device, DeviceState, UserVerification};
use crate::domain::device_move::MoveRefusal;
use crate::domain::ids::PersonId;
use crate::domain::person::Person;
use crate::domain::platform::{FactsRefusal, OsTooOld};
use crate::domain::signed::{SignedBytes, SignedClaims};
use crate::store::db::Tx;
use crate::store::{device, spent_nonce};

/// Why a phone's wish about devices is refused.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// The phone is not believed.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// Not a nonce of ours for this device, too old, or used.
    #[error("the nonce is not good")]
    NonceMismatch,
    /// The phone did not verify its owner.
    #[error("the phone did not verify its owner")]
    UserVerificationMissing,
    /// The phone is on probation, and there is another one.
    #[error("the device is on probation")]
    OnProbation,
    /// The device that is to be removed is none of theirs.
    #[error("the device is another person's, or unknown")]
    NotTheirs,
    /// The new key is no key.
    #[error(transparent)]
    KeyInvalid(#[from] KeyInvalid),
    /// A device has the new key, or once had it.
    #[error("the key was a device's before")]
    KeyInUse,
    /// What the new key signed names another key.
    #[error("the new key signed for another key")]
    ThumbprintMismatch,
    /// No such move, or not this phone's.
    #[error("the move is unknown")]
    MoveUnknown,
    /// The move does not go on.
    #[error("the move is refused: {0:?}")]
    MoveRefused(MoveRefusal),
    /// The old phone's owner picked a number that the new phone does not show.
    #[error("another number was picked")]
    NumberWrong,
    /// A number that was not offered.
    #[error("the answer contradicts itself")]
    AnswerInvalid,
    /// The phone's description of itself is refused.
    #[error(transparent)]
    Facts(#[from] FactsRefusal),
    /// Below the minimum OS.
    #[error(transparent)]
    TooOld(#[from] OsTooOld),
    /// Our fault.
    #[error("the device could not be looked after")]
    Internal(#[source] Internal),
}

super::from_internal!(DeviceError);

impl From<MoveRefusal> for DeviceError {
    fn from(refusal: MoveRefusal) -> Self {
        Self::MoveRefused(refusal)
    }
}

/// A signed wish, whatever it wishes.
pub struct Wish {
    /// The bytes.
    pub signed: SignedBytes,
    /// What they claim.
    pub claims: SignedClaims,
}

/// The phones of whoever asks, the newest first, and the one that asks.
pub async fn list(services: &Services, wish: &Wish) -> Result<(Vec<Device>, Device), DeviceError> {
    let (mut tx, asking, owner) = begin(services, wish).await?;
    let devices = find_active(&mut tx, owner.id).await?;
    tx.commit().await?;
    Ok((devices, asking))
}

/// Begins a transaction for a wish: the phone is who it says, and may be used; its nonce is good, and used up.
async fn begin(services: &Services, wish: &Wish) -> Result<(Tx, Device, Person), DeviceError> {
    let mut tx = services.db.read().await?;
    let (asking, owner) = authenticate(services, &mut tx, &wish.signed, &wish.claims).await?;
    drop(tx);
    let good = nonce::check(services, asking.id, &wish.claims.server_nonce);
    let (nonce, expires_at) = good.ok_or(DeviceError::NonceMismatch)?;
    let mut tx = services.db.write().await?;
    if !spent_nonce::insert(&mut tx, &nonce, expires_at).await? {
        return Err(DeviceError::NonceMismatch);
    }
    touch(services, &mut tx, &asking, &wish.claims).await?;
    Ok((tx, asking, owner))
}

fn check_verified(wish: &Wish) -> Result<(), DeviceError> {
    let is_verified = wish.claims.user_verification != UserVerification::None;
    is_verified.then_some(()).ok_or(DeviceError::UserVerificationMissing)
}

/// The devices of a person that can sign in, the newest first.
pub(super) async fn find_active(tx: &mut Tx, owner: PersonId) -> Result<Vec<Device>, Internal> {
    let mut devices = device::find_of_person(tx, owner).await?;
    devices.retain(|device| device.state == DeviceState::Active);
    Ok(devices)
}
