//! What a person is told when something about them changed: by every way that reaches them, each with the way to object.

use super::{Internal, Services, deliver};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::message::{Envelope, MessageKind};
use crate::domain::objection::{OBJECTION_LIFE, Objection, ObjectionCode, ObjectionKind};
use crate::domain::person::Person;
use crate::store::db::Tx;
use crate::store::{membership, objection, person};
use crate::texts::Texts;

/// What is told.
pub(super) struct Notice<'a> {
    /// The texts are `<key>-mail-subject`, `<key>-mail-body` and, where it goes by SMS too, `<key>-sms`.
    pub(super) key: &'static str,
    /// What the texts name, besides the person's name and the link.
    pub(super) values: &'a [(&'static str, &'a str)],
    /// What may be objected to.
    pub(super) kind: ObjectionKind,
    /// The text that offers to object: "If it was not you", or "If you did not expect it".
    pub(super) offer: Offer,
    /// Whether an SMS is worth its price.
    pub(super) is_by_sms_too: bool,
}

/// How the way to object is offered.
#[derive(Clone, Copy)]
pub(super) enum Offer {
    /// Of something done in the person's own name.
    NotMe,
    /// Of something that a KH user did.
    Unexpected,
}

impl Offer {
    const fn key(self) -> &'static str {
        match self {
            Self::NotMe => "objection-mail",
            Self::Unexpected => "objection-unexpected-mail",
        }
    }
}

/// Tells `receiver` by every way that reaches them. Call [`Services::outbox_filled`] after the commit.
pub(super) async fn tell(
    services: &Services,
    tx: &mut Tx,
    receiver: &Person,
    notice: Notice<'_>,
) -> Result<(), Internal> {
    let link = offer(services, tx, receiver, notice.kind).await?;
    let mut values = vec![("name", receiver.name.as_str()), ("link", &link)];
    values.extend_from_slice(notice.values);
    let closing = Texts(receiver.language).fill(notice.offer.key(), &values);
    mail(services, tx, receiver, (notice.key, &values, &closing)).await?;
    if notice.is_by_sms_too { sms(services, tx, receiver, (notice.key, &values)).await } else { Ok(()) }
}

/// Tells `receiver` by mail and SMS of something that nobody needs to object to.
pub(super) async fn tell_plainly(
    services: &Services,
    tx: &mut Tx,
    receiver: &Person,
    (key, more): (&str, &[(&'static str, &str)]),
) -> Result<(), Internal> {
    let mut values = vec![("name", receiver.name.as_str())];
    values.extend_from_slice(more);
    mail(services, tx, receiver, (key, &values, "")).await?;
    sms(services, tx, receiver, (key, &values)).await
}

async fn mail(
    services: &Services,
    tx: &mut Tx,
    receiver: &Person,
    (key, values, closing): (&str, &[(&'static str, &str)], &str),
) -> Result<(), Internal> {
    if receiver.email.is_empty() {
        return Ok(());
    }
    let texts = Texts(receiver.language);
    let told = texts.fill(&format!("{key}-mail-body"), values);
    let body = if closing.is_empty() { told } else { format!("{told}\n\n{closing}") };
    let envelope = Envelope::mail(&receiver.email, receiver.id, MessageKind::Notice);
    let contents = (texts.fill(&format!("{key}-mail-subject"), values), body);
    deliver::queue(services, tx, envelope, contents).await
}

async fn sms(
    services: &Services,
    tx: &mut Tx,
    receiver: &Person,
    (key, values): (&str, &[(&'static str, &str)]),
) -> Result<(), Internal> {
    let Some(phone) = &receiver.phone else { return Ok(()) };
    let contents = (String::new(), Texts(receiver.language).fill(&format!("{key}-sms"), values));
    deliver::queue(services, tx, Envelope::sms(phone, receiver.id, MessageKind::Notice), contents).await
}

/// What the KH users of a person's basic company hear, so that they look after the person.
pub(super) struct Alarm<'a> {
    /// The texts are `<key>-administrator-mail-subject` and `-body`.
    pub(super) key: &'static str,
    /// The text that says what happened, where one mail serves several causes.
    pub(super) what: Option<&'a str>,
    /// What the texts name, besides the KH user's and the person's name and the link to the person's page.
    pub(super) values: &'a [(&'static str, &'a str)],
}

/// Mails the KH users of the basic company: they can look at the person's devices, and know whom to ring.
pub(super) async fn alarm_administrators(
    services: &Services,
    tx: &mut Tx,
    owner: &Person,
    alarm: Alarm<'_>,
) -> Result<(), Internal> {
    let Some(place) = membership::find_basic(tx, owner.id).await? else { return Ok(()) };
    let page = format!("{}/admin/{}/people/{}", services.issuer, place.company_id, owner.id);
    for id in membership::find_administrators(tx, place.company_id).await? {
        let receiver = person::find(tx, id).await?.ok_or(Internal::Missing("person"))?;
        let texts = Texts(receiver.language);
        let what = alarm.what.map(|key| texts.get(key)).unwrap_or_default();
        let mut values = vec![("name", receiver.name.as_str()), ("person", &owner.name), ("link", &page)];
        values.push(("what", &what));
        values.extend_from_slice(alarm.values);
        let subject = texts.fill(&format!("{}-administrator-mail-subject", alarm.key), &values);
        let body = texts.fill(&format!("{}-administrator-mail-body", alarm.key), &values);
        let envelope = Envelope::mail(&receiver.email, receiver.id, MessageKind::Notice);
        deliver::queue(services, tx, envelope, (subject, body)).await?;
    }
    Ok(())
}

/// The link by which one objects. Its code stands behind the `#`, so that no server's log has it.
async fn offer(
    services: &Services,
    tx: &mut Tx,
    receiver: &Person,
    kind: ObjectionKind,
) -> Result<String, Internal> {
    let now = services.now();
    let code = ObjectionCode::generate(services.random.as_ref())?;
    let hash = services.keys.hasher.hash(HashPurpose::ObjectionCode, code.expose().as_bytes());
    let right =
        Objection { person_id: receiver.id, kind, expires_at: now.plus(OBJECTION_LIFE), is_used: false };
    objection::insert(tx, &hash, &right, now).await?;
    Ok(format!("{}/not-me#{}", services.issuer, code.grouped()))
}
