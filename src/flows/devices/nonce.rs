//! Nonces for a device's messages. They are computed and not stored, so that whoever asks for many fills nothing; what is stored
//! is that one was used.

use crate::crypto::code_hash::is_same;
use crate::domain::device::NONCE_LIFE;
use crate::domain::ids::DeviceId;
use crate::domain::random::bytes;
use crate::domain::time::Timestamp;
use crate::flows::{Internal, Services};

/// A nonce for one message of that device, and when it dies. Whether there is such a device does not show.
pub fn issue(services: &Services, device: DeviceId) -> Result<([u8; 32], Timestamp), Internal> {
    let now = services.now();
    let salt = bytes::<8>(services.random.as_ref())?;
    let nonce = services.keys.hasher.device_nonce(device, now, salt);
    Ok((nonce, now.plus(NONCE_LIFE)))
}

/// The nonce and when it dies, if it is one of ours for that device and still good.
pub(super) fn check(services: &Services, device: DeviceId, claimed: &[u8]) -> Option<([u8; 32], Timestamp)> {
    let claimed = <[u8; 32]>::try_from(claimed).ok()?;
    let (issued_at, rest) = claimed.split_first_chunk::<8>()?;
    let salt = *rest.first_chunk::<8>()?;
    let issued_at = Timestamp::from_millis(i64::from_be_bytes(*issued_at));
    let expected = services.keys.hasher.device_nonce(device, issued_at, salt);
    if !is_same(&claimed, &expected) {
        return None;
    }
    let expires_at = issued_at.plus(NONCE_LIFE);
    (services.now() < expires_at).then_some((claimed, expires_at))
}
