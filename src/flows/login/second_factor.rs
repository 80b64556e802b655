//! The code that is asked for where a person signs in from a place that the server does not remember.
//!
//! 1. `familiar::weigh` finds that the place is new.
//! 2. `ask`: the attempt waits for a code, which goes out by SMS and mail. `send_again` sends the same digits.
//! 3. `check`: a try is counted and committed before the digits are compared, so that no race and no crash gives one more.
//! 4. A right code makes the session; `familiar::remember` makes sure that the same place is not asked again.

use super::collect::{Admitted, Collected, admit, sign_in};
use super::{BrowserSecret, LoginError, own};
use crate::crypto::code_hash::is_same;
use crate::domain::activation::ConfirmationCode;
use crate::domain::audit::{AuditEvent, SecondFactorStep};
use crate::domain::ids::{LoginAttemptId, PersonId};
use crate::domain::language::Language;
use crate::domain::login::Attempt;
use crate::domain::message::{Channel, Envelope, MessageKind, Progress};
use crate::domain::person::{Person, PhoneNumber};
use crate::domain::random::bytes;
use crate::domain::resend::SendRefusal;
use crate::domain::second_factor::{CodePolicy, Reason, STOP, SecondFactor};
use crate::flows::{Internal, Services, deliver};
use crate::store::db::Tx;
use crate::store::second_factor::Counted;
use crate::store::{login, outbox, person, second_factor};
use crate::texts::Texts;

/// What the page shows.
pub struct Asked {
    /// The language that the person is written to in.
    pub language: Language,
    /// Where the SMS went, masked; `None` without a phone number.
    pub masked_phone: Option<String>,
    /// Where the mail went, masked; `None` without an address.
    pub masked_email: Option<String>,
    /// How far the newest SMS has come.
    pub sms: Option<Progress>,
    /// How far the newest mail has come.
    pub mail: Option<Progress>,
    /// Whether the two ways carry different codes, and both are asked for.
    pub has_two_codes: bool,
    /// How many wrong codes are still taken.
    pub tries_left: i64,
    /// How many more times the code may be sent.
    pub sends_left: i64,
}

/// What comes of typed digits.
pub enum Checked {
    /// They are right.
    SignedIn(Collected),
    /// They are wrong.
    Wrong,
    /// They are not six digits; no try is counted.
    Malformed,
}

/// Step 2.
pub(super) async fn ask(
    services: &Services,
    mut tx: Tx,
    (attempt, reason): (&Attempt, Reason),
    admitted: &Admitted,
) -> Result<(), LoginError> {
    let now = services.now();
    let person = admitted.owner.id;
    if !is_reachable(&admitted.owner) {
        let step = SecondFactorStep::Unreachable;
        services
            .record(&mut tx, &AuditEvent::SecondFactor { attempt: attempt.id, person, step }, now)
            .await?;
        tx.commit().await?;
        return Err(LoginError::SecondFactorUnreachable);
    }
    let asked =
        SecondFactor { salt: bytes(services.random.as_ref())?, wrong_codes: 0, sends: 1, last_sent_at: now };
    if !login::ask_second_factor(&mut tx, attempt.id).await? {
        return Err(Internal::LostRace.into());
    }
    second_factor::insert(&mut tx, attempt.id, person, &asked).await?;
    let is_place_known = attempt.place.parse::<std::net::IpAddr>().is_ok();
    let reason = if is_place_known { reason.key() } else { "unreadable_address" };
    services
        .record(
            &mut tx,
            &AuditEvent::SecondFactor { attempt: attempt.id, person, step: SecondFactorStep::Asked(reason) },
            now,
        )
        .await?;
    send(services, tx, attempt, &admitted.owner, &asked).await
}

/// Step 2 again: the same digits.
pub async fn send_again(
    services: &Services,
    id: LoginAttemptId,
    secret: &BrowserSecret,
) -> Result<(), LoginError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let (attempt, owner, mut asked) = find_own(services, &mut tx, id, secret).await?;
    asked.check_send(now).map_err(|refusal| match refusal {
        SendRefusal::TooSoon => LoginError::SecondFactorSentRecently,
        SendRefusal::Exhausted => LoginError::SecondFactorSendsExhausted,
    })?;
    if !second_factor::count_send(&mut tx, id, asked.sends, now).await? {
        return Err(Internal::LostRace.into());
    }
    asked.sends += 1;
    send(services, tx, &attempt, &owner, &asked).await
}

/// What the page shows.
pub async fn look(
    services: &Services,
    id: LoginAttemptId,
    secret: &BrowserSecret,
) -> Result<Asked, LoginError> {
    let mut tx = services.db.read().await?;
    let attempt = own(services, login::find(&mut tx, id).await?, secret)?;
    let person = attempt.second_factor(services.now())?.person_id();
    let owner = person::find(&mut tx, person).await?.ok_or(Internal::Missing("person"))?;
    let asked = second_factor::find(&mut tx, id).await?.ok_or(Internal::Missing("second factor"))?;
    let messages = outbox::find_of_attempt(&mut tx, id).await?;
    let newest =
        |wanted| messages.iter().find(|(channel, _)| *channel == wanted).map(|(_, progress)| *progress);
    Ok(Asked {
        language: owner.language,
        sms: newest(Channel::Sms),
        mail: newest(Channel::Mail),
        masked_phone: owner.phone.as_ref().map(PhoneNumber::masked),
        masked_email: (!owner.email.is_empty()).then(|| owner.masked_email()),
        has_two_codes: has_two_codes(services, &owner),
        tries_left: asked.tries_left(),
        sends_left: asked.sends_left(),
    })
}

/// What the person typed; the second is empty where one code is asked for.
pub struct Typed {
    /// The digits of the SMS, or the only ones.
    pub code: String,
    /// The digits of the mail, where they are others.
    pub mail_code: String,
}

/// Steps 3 and 4.
pub async fn check(
    services: &Services,
    id: LoginAttemptId,
    secret: &BrowserSecret,
    typed: &Typed,
) -> Result<Checked, LoginError> {
    let Some(code) = ConfirmationCode::parse(&typed.code) else { return Ok(Checked::Malformed) };
    let mail_code = ConfirmationCode::parse(&typed.mail_code);
    if mail_code.is_none() && look(services, id, secret).await?.has_two_codes {
        return Ok(Checked::Malformed);
    }
    let (owner, asked) = spend_try(services, id, secret).await?;
    let person = owner.id;
    if !are_right(services, id, &owner, &asked, (&code, mail_code.as_ref())) {
        return tell_wrong(services, id, person, &asked).await;
    }
    let now = services.now();
    let mut tx = services.db.write().await?;
    let attempt = own(services, login::find_locked(&mut tx, id).await?, secret)?;
    let (mut tx, admitted) = admit(services, tx, &attempt, attempt.second_factor(now)?).await?;
    second_factor::forgive(&mut tx, person, Counted::SecondFactor).await?;
    services
        .record(
            &mut tx,
            &AuditEvent::SecondFactor { attempt: id, person, step: SecondFactorStep::Passed },
            now,
        )
        .await?;
    Ok(Checked::SignedIn(sign_in(services, tx, &attempt, admitted, true).await?))
}

/// Step 3: counts a try in a transaction of its own; gives back the code's row as it stands after it.
async fn spend_try(
    services: &Services,
    id: LoginAttemptId,
    secret: &BrowserSecret,
) -> Result<(Person, SecondFactor), LoginError> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let (_, owner, mut asked) = find_own(services, &mut tx, id, secret).await?;
    if asked.tries_left() <= 0 || !second_factor::spend_try(&mut tx, id).await? {
        return Err(LoginError::SecondFactorLocked);
    }
    if !second_factor::count_failure(&mut tx, owner.id, Counted::SecondFactor, (now, now.plus(STOP))).await? {
        return Err(LoginError::SecondFactorStopped);
    }
    asked.wrong_codes += 1;
    tx.commit().await?;
    Ok((owner, asked))
}

/// Both codes are compared whatever the first one says.
fn are_right(
    services: &Services,
    id: LoginAttemptId,
    owner: &Person,
    asked: &SecondFactor,
    (code, mail_code): (&ConfirmationCode, Option<&ConfirmationCode>),
) -> bool {
    let is_same_code = |expected: &ConfirmationCode, typed: &ConfirmationCode| {
        is_same(expected.expose().as_bytes(), typed.expose().as_bytes())
    };
    let is_right = is_same_code(&services.keys.hasher.second_factor_code(id, &asked.salt), code);
    if !has_two_codes(services, owner) {
        return is_right;
    }
    let expected = services.keys.hasher.second_factor_mail_code(id, &asked.salt);
    let is_mail_right = mail_code.is_some_and(|typed| is_same_code(&expected, typed));
    is_right & is_mail_right
}

/// The try is counted already; this only tells support.
async fn tell_wrong(
    services: &Services,
    attempt: LoginAttemptId,
    person: PersonId,
    asked: &SecondFactor,
) -> Result<Checked, LoginError> {
    let is_over = asked.tries_left() <= 0;
    let wrong =
        AuditEvent::SecondFactor { attempt, person, step: SecondFactorStep::Wrong(asked.wrong_codes) };
    let mut tx = services.db.write().await?;
    services.record(&mut tx, &wrong, services.now()).await?;
    if is_over {
        let locked = AuditEvent::SecondFactor { attempt, person, step: SecondFactorStep::Locked };
        services.record(&mut tx, &locked, services.now()).await?;
    }
    tx.commit().await?;
    if is_over { Err(LoginError::SecondFactorLocked) } else { Ok(Checked::Wrong) }
}

async fn find_own(
    services: &Services,
    tx: &mut Tx,
    id: LoginAttemptId,
    secret: &BrowserSecret,
) -> Result<(Attempt, Person, SecondFactor), LoginError> {
    let attempt = own(services, login::find_locked(tx, id).await?, secret)?;
    let person = attempt.second_factor(services.now())?.person_id();
    let owner = person::find(tx, person).await?.ok_or(Internal::Missing("person"))?;
    let asked = second_factor::find(tx, id).await?.ok_or(Internal::Missing("second factor"))?;
    Ok((attempt, owner, asked))
}

/// Two codes are asked for where the operator wants it and both ways lead to the person.
fn has_two_codes(services: &Services, owner: &Person) -> bool {
    services.second_factor.codes == CodePolicy::Different && owner.phone.is_some() && !owner.email.is_empty()
}

fn is_reachable(owner: &Person) -> bool {
    owner.phone.is_some() || !owner.email.is_empty()
}

async fn send(
    services: &Services,
    mut tx: Tx,
    attempt: &Attempt,
    owner: &Person,
    asked: &SecondFactor,
) -> Result<(), LoginError> {
    if !is_reachable(owner) {
        return Err(LoginError::SecondFactorUnreachable);
    }
    let code = services.keys.hasher.second_factor_code(attempt.id, &asked.salt);
    let texts = Texts(owner.language);
    if let Some(phone) = &owner.phone {
        let contents = (String::new(), texts.with("second-factor-sms", "code", code.expose()));
        let envelope = Envelope::sms(phone, owner.id, MessageKind::SignInCode).of_attempt(attempt.id);
        deliver::queue(services, &mut tx, envelope, contents).await?;
    }
    if !owner.email.is_empty() {
        let code = if has_two_codes(services, owner) {
            services.keys.hasher.second_factor_mail_code(attempt.id, &asked.salt)
        } else {
            code
        };
        let place = services.atlas.describe(&attempt.place);
        let values = [("name", owner.name.as_str()), ("code", code.expose()), ("place", &place)];
        let contents =
            (texts.get("second-factor-mail-subject"), texts.fill("second-factor-mail-body", &values));
        let envelope = Envelope::mail(&owner.email, owner.id, MessageKind::SignInCode).of_attempt(attempt.id);
        deliver::queue(services, &mut tx, envelope, contents).await?;
    }
    let event = AuditEvent::SecondFactor {
        attempt: attempt.id,
        person: owner.id,
        step: SecondFactorStep::Sent(asked.sends),
    };
    services.record(&mut tx, &event, services.now()).await?;
    tx.commit().await?;
    services.outbox_filled.notify_one();
    Ok(())
}
