//! Signing in by QR, in the nine steps that `lib.rs` tells.
//!
//! 2. `open` and `restart`: the sign-in page makes an attempt, bound to this browser.
//! 3. `frame_link`: what the QR code of this second says. Computed, never stored.
//! 5. `scan`: the phone sends a frame; the first device owns the attempt and gets the challenge.
//! 6. and 7. `answer`: the phone's signed yes or no.
//! 8. `watch` tells the waiting browser; `collect` makes its session, once, after a code where the place is new.
//!
//! Steps 1 and 9 are in `flows/oidc`.

mod answer;
mod claim;
mod collect;
mod familiar;
mod not_me;
pub mod push;
mod same_device;
pub mod second_factor;
mod typed;

use super::signer::SignerError;
use super::{Internal, Services};
use crate::crypto::code_hash::{HashPurpose, is_same};
use crate::domain::audit::AuditEvent;
use crate::domain::client::Client;
use crate::domain::frame::{Frame, FrameNumber};
use crate::domain::grant::SignInRequest;
use crate::domain::ids::{LoginAttemptId, SignInRequestId};
use crate::domain::language::Language;
use crate::domain::login::{Attempt, AttemptRefusal, AttemptState};
use crate::domain::platform::OsTooOld;
use crate::domain::random::bytes;
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::{client, grant, login};
pub use answer::{AnswerInput, Decision, answer};
pub use claim::{Challenge, ScanInput, scan};
pub use collect::{Collected, Outcome, collect};
pub use same_device::{app_link, come_back, return_url};
pub use second_factor::{Asked, Checked};
pub use typed::enter_code;

/// Why a step of a sign-in is refused.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// No such sign-in request.
    #[error("the sign-in request is unknown")]
    RequestUnknown,
    /// The sign-in request is too old.
    #[error("the sign-in request has expired")]
    RequestExpired,
    /// No such attempt.
    #[error("the attempt is unknown")]
    AttemptUnknown,
    /// Another browser began it.
    #[error("another browser began the attempt")]
    BrowserMismatch,
    /// The attempt says no.
    #[error(transparent)]
    Refused(#[from] AttemptRefusal),
    /// Not one of our frames.
    #[error("not one of our frames")]
    FrameInvalid,
    /// Not eight characters of our alphabet.
    #[error("the typed code is malformed")]
    TypedCodeMalformed,
    /// No page shows that code.
    #[error("the typed code is unknown")]
    TypedCodeUnknown,
    /// Ten wrong ones in a row.
    #[error("too many wrong typed codes in a row")]
    TypedCodeStopped,
    /// This browser may not ask for a push, or the phone cannot be reached by one.
    #[error("no push can be sent")]
    PushUnavailable,
    /// Asked for too often.
    #[error("too many pushes")]
    PushLimitReached,
    /// The app on the same phone has not led back to the browser.
    #[error("the proof of the app is missing")]
    ReturnProofMissing,
    /// The phone's OS is too old to sign in with.
    #[error(transparent)]
    TooOld(#[from] OsTooOld),
    /// The device that signed may not, or did not.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// The device was revoked after its answer.
    #[error("the device was revoked")]
    DeviceRevoked,
    /// Signed over another nonce.
    #[error("signed over another nonce")]
    NonceMismatch,
    /// The phone did not verify its owner.
    #[error("the phone did not verify its owner")]
    UserVerificationMissing,
    /// Signed over another text than the challenge's.
    #[error("signed over another text")]
    DisplayMismatch,
    /// A field of the answer contradicts the attempt.
    #[error("the answer contradicts the attempt")]
    AnswerInvalid,
    /// No access to the basic company.
    #[error("no access to the basic company")]
    AccessRightsMissing,
    /// The support staff keeps the person from signing in.
    #[error("the person is blocked")]
    PersonBlocked,
    /// An employee listing alone.
    #[error("the person may use the mobile app alone")]
    BrowserAccessMissing,
    /// Wrong digits five times for this sign-in.
    #[error("five wrong codes")]
    SecondFactorLocked,
    /// Ten wrong codes in a row; none is taken for fifteen minutes.
    #[error("too many wrong codes in a row")]
    SecondFactorStopped,
    /// Sent less than a minute ago.
    #[error("the code was sent a moment ago")]
    SecondFactorSentRecently,
    /// Sent three times already.
    #[error("the code was sent three times")]
    SecondFactorSendsExhausted,
    /// Neither phone number nor e-mail address.
    #[error("there is nowhere to send the code to")]
    SecondFactorUnreachable,
    /// Our fault.
    #[error("signing in failed")]
    Internal(#[source] Internal),
}

super::from_internal!(LoginError);

/// The cookie that binds attempts to a browser: 32 random bytes.
pub type BrowserSecret = Secret<[u8; 32]>;

/// The browser that opens the page.
pub struct Visitor {
    /// Its cookie; `None` at its first visit.
    pub secret: Option<BrowserSecret>,
    /// The page's language.
    pub language: Language,
    /// Its network address.
    pub place: String,
    /// What it is, in plain words.
    pub browser: String,
}

/// What the sign-in page shows.
pub struct Opened {
    /// The attempt.
    pub attempt: Attempt,
    /// What the application asked for.
    pub request: SignInRequest,
    /// The application.
    pub client: Client,
    /// A cookie to set, where the browser had none.
    pub new_secret: Option<BrowserSecret>,
}

/// How the person means to bring the attempt to the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// By scanning.
    Scan,
    /// By typing a code.
    Type,
}

/// Step 2: the newest attempt of this browser for the request, or its first. Whoever comes back from another identity provider by
/// the browser's button gets a new one, and may still go forward again.
pub async fn open(
    services: &Services,
    request: SignInRequestId,
    visitor: Visitor,
) -> Result<Opened, LoginError> {
    let now = services.now();
    if let Some(secret) = &visitor.secret {
        let mut tx = services.db.read().await?;
        let (request, client) = find_request(&mut tx, request, now).await?;
        if let Some(attempt) =
            login::find_latest(&mut tx, request.id, &browser_hash(services, secret)).await?
            && !matches!(attempt.state, AttemptState::Elsewhere(_))
        {
            return Ok(Opened { attempt, request, client, new_secret: None });
        }
    }
    restart(services, request, visitor, Entry::Scan).await
}

/// Step 2 again: a new attempt, and with it a new code.
pub async fn restart(
    services: &Services,
    request: SignInRequestId,
    visitor: Visitor,
    entry: Entry,
) -> Result<Opened, LoginError> {
    let now = services.now();
    let (secret, is_new) = match visitor.secret {
        Some(secret) => (secret, false),
        None => (Secret::new(bytes(services.random.as_ref())?), true),
    };
    let (request, client) = find_request(&mut services.db.read().await?, request, now).await?;
    let attempt = Attempt {
        id: LoginAttemptId::generate(now, services.random.as_ref())?,
        request_id: request.id,
        browser_hash: browser_hash(services, &secret),
        language: visitor.language,
        place: visitor.place,
        browser: visitor.browser,
        state: AttemptState::Waiting,
        begun_at: now,
        rival: None,
        has_typed_code: entry == Entry::Type,
    };
    let mut tx = services.db.write().await?;
    let hash = attempt.has_typed_code.then(|| typed_hash(services, attempt.id));
    if !login::insert(&mut tx, &attempt, hash.as_ref()).await? {
        return Err(Internal::LostRace.into());
    }
    services.record(&mut tx, &AuditEvent::AttemptBegun { attempt: attempt.id }, now).await?;
    tx.commit().await?;
    Ok(Opened { attempt, request, client, new_secret: is_new.then_some(secret) })
}

/// Step 3: the link in the QR code at this second.
pub fn frame_link(services: &Services, attempt: &Attempt) -> String {
    let number = FrameNumber::at(attempt.begun_at, services.now());
    let tag = services.keys.hasher.frame_tag(attempt.id, number);
    Frame { attempt_id: attempt.id, number, tag }.link(&services.issuer)
}

/// The code that the page shows where one is wanted.
pub fn typed_code(services: &Services, attempt: &Attempt) -> Option<String> {
    attempt.has_typed_code.then(|| services.keys.hasher.typed_code(attempt.id).grouped())
}

fn typed_hash(services: &Services, attempt: LoginAttemptId) -> [u8; 32] {
    let code = services.keys.hasher.typed_code(attempt);
    services.keys.hasher.hash(HashPurpose::TypedCode, code.expose().as_bytes())
}

/// Step 8: the attempt as it stands, for the browser that began it.
pub async fn watch(
    services: &Services,
    id: LoginAttemptId,
    secret: &BrowserSecret,
) -> Result<Attempt, LoginError> {
    let found = login::find(&mut services.db.read().await?, id).await?;
    own(services, found, secret)
}

/// The browser gives up.
pub async fn cancel(
    services: &Services,
    id: LoginAttemptId,
    secret: &BrowserSecret,
) -> Result<Attempt, LoginError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let attempt = own(services, login::find_locked(&mut tx, id).await?, secret)?;
    if login::cancel(&mut tx, id).await? {
        services.record(&mut tx, &AuditEvent::AttemptCancelled { attempt: id }, now).await?;
        services.commit_and_wake(tx, id).await?;
    }
    Ok(attempt)
}

async fn find_request(
    tx: &mut Tx,
    id: SignInRequestId,
    now: Timestamp,
) -> Result<(SignInRequest, Client), LoginError> {
    let request = grant::find_request(tx, id).await?.ok_or(LoginError::RequestUnknown)?;
    if now >= request.expires_at {
        return Err(LoginError::RequestExpired);
    }
    let client = client::find(tx, &request.client_id).await?.ok_or(Internal::Missing("client"))?;
    Ok((request, client))
}

/// The attempt, if this browser began it.
pub(super) fn own(
    services: &Services,
    found: Option<Attempt>,
    secret: &BrowserSecret,
) -> Result<Attempt, LoginError> {
    let attempt = found.ok_or(LoginError::AttemptUnknown)?;
    let is_own = is_same(&attempt.browser_hash, &browser_hash(services, secret));
    is_own.then_some(attempt).ok_or(LoginError::BrowserMismatch)
}

pub(super) fn browser_hash(services: &Services, secret: &BrowserSecret) -> [u8; 32] {
    services.keys.hasher.hash(HashPurpose::BrowserCookie, secret.expose())
}
