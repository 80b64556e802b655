//! The sign-in page and the app on one phone. The page's link opens the app; after the approval the app leads back to the browser
//! with a proof. Nobody can collect without it: a link that somebody sent to a victim signs nobody in.

use super::{BrowserSecret, LoginError};
use super::{Outcome, collect};
use crate::crypto::code_hash::is_same;
use crate::domain::app_link::AppLink;
use crate::domain::base32;
use crate::domain::ids::LoginAttemptId;
use crate::domain::login::{Attempt, Flow, Scan};
use crate::flows::Services;

/// The link that opens the app; `None` where no app is known that it would open.
pub fn app_link(services: &Services, attempt: &Attempt) -> Option<String> {
    let link = AppLink { attempt_id: attempt.id, tag: services.keys.hasher.app_link_tag(attempt.id) };
    services.app.can_be_opened().then(|| link.text(&services.app.open_url))
}

/// The attempt that a link of ours leads to.
pub(super) fn read_link(services: &Services, text: &str) -> Option<LoginAttemptId> {
    let link = AppLink::parse(&services.app.open_url, text)?;
    is_same(&link.tag, &services.keys.hasher.app_link_tag(link.attempt_id)).then_some(link.attempt_id)
}

/// Where the app leads its owner after the approval. The proof stands behind the `#`, so that no server's log has it.
pub fn return_url(services: &Services, attempt: LoginAttemptId, scan: &Scan) -> Option<String> {
    let proof = proof(services, attempt, scan);
    (scan.flow == Flow::SameDevice).then(|| format!("{}/login/return#{attempt}.{proof}", services.issuer))
}

/// Step 8 with the proof that the app has led back here.
pub async fn come_back(
    services: &Services,
    id: LoginAttemptId,
    secret: &BrowserSecret,
    proof: &str,
) -> Result<Outcome, LoginError> {
    collect::collect_with(services, id, secret, Some(proof)).await
}

/// Whether the browser may collect what was approved in that way.
pub(super) fn check_proof(
    services: &Services,
    attempt: &Attempt,
    scan: &Scan,
    given: Option<&str>,
) -> Result<(), LoginError> {
    if scan.flow != Flow::SameDevice {
        return Ok(());
    }
    let expected = proof(services, attempt.id, scan);
    let is_right = given.is_some_and(|given| is_same(given.as_bytes(), expected.as_bytes()));
    if is_right { Ok(()) } else { Err(LoginError::ReturnProofMissing) }
}

/// It lives and dies with the nonce that the phone signed.
fn proof(services: &Services, attempt: LoginAttemptId, scan: &Scan) -> String {
    base32::encode(&services.keys.hasher.return_proof(attempt, &scan.server_nonce))
}
