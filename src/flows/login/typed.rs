//! The code for those who cannot scan: the page shows eight characters, the app takes them. Everything after that is as after
//! a scan, the number match too.

use super::claim::{Lead, ScanInput, claim, recognise};
use super::{Challenge, LoginError};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::ids::{LoginAttemptId, PersonId};
use crate::domain::login::{Flow, TypedCode};
use crate::domain::second_factor::STOP;
use crate::flows::{Internal, Services};
use crate::store::second_factor::Counted;
use crate::store::{login, second_factor};

/// Step 5 by a typed code. A try is counted before the code is looked up; ten wrong ones in a row stop their owner for a while.
pub async fn enter_code(services: &Services, input: ScanInput) -> Result<Challenge, LoginError> {
    let code = TypedCode::parse(&input.text);
    let claimant = recognise(services, input).await?;
    let code = code.ok_or(LoginError::TypedCodeMalformed)?;
    let owner = claimant.owner.id;
    spend_try(services, owner).await?;
    let hash = services.keys.hasher.hash(HashPurpose::TypedCode, code.expose().as_bytes());
    let found = login::find_by_typed_code(&mut services.db.read().await?, &hash).await?;
    let attempt_id: LoginAttemptId = found.ok_or(LoginError::TypedCodeUnknown)?;
    let challenge = claim(services, &claimant, Lead { attempt_id, flow: Flow::Typed, frame: None }).await?;
    forgive(services, owner).await?;
    Ok(challenge)
}

async fn spend_try(services: &Services, person: PersonId) -> Result<(), LoginError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    if !second_factor::count_failure(&mut tx, person, Counted::TypedCode, (now, now.plus(STOP))).await? {
        return Err(LoginError::TypedCodeStopped);
    }
    tx.commit().await?;
    Ok(())
}

async fn forgive(services: &Services, person: PersonId) -> Result<(), Internal> {
    let mut tx = services.db.write().await?;
    second_factor::forgive(&mut tx, person, Counted::TypedCode).await?;
    Ok(tx.commit().await?)
}
