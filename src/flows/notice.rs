//! What a person is told when something about them changed: by every way that reaches them, each with the way to object.

use super::{Internal, Services, deliver};
use crate::crypto::code_hash::HashPurpose;
use crate::domain::message::{Envelope, MessageKind};
use crate::domain::objection::{OBJECTION_LIFE, Objection, ObjectionCode, ObjectionKind};
use crate::domain::person::Person;
use crate::store::db::Tx;
use crate::store::objection;
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
    let texts = Texts(receiver.language);
    let mut values = vec![("name", receiver.name.as_str()), ("link", &link)];
    values.extend_from_slice(notice.values);
    let key = notice.key;
    if !receiver.email.is_empty() {
        let told = texts.fill(&format!("{key}-mail-body"), &values);
        let body = format!("{told}\n\n{}", texts.fill(notice.offer.key(), &values));
        let contents = (texts.fill(&format!("{key}-mail-subject"), &values), body);
        deliver::queue(
            services,
            tx,
            Envelope::mail(&receiver.email, receiver.id, MessageKind::Notice),
            contents,
        )
        .await?;
    }
    if let Some(phone) = receiver.phone.as_ref().filter(|_| notice.is_by_sms_too) {
        let contents = (String::new(), texts.fill(&format!("{key}-sms"), &values));
        deliver::queue(services, tx, Envelope::sms(phone, receiver.id, MessageKind::Notice), contents)
            .await?;
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
