//! What tokens and userinfo say of a person.

use serde::Serialize;

use super::super::Internal;
use crate::domain::grant::Scope;
use crate::domain::session::Session;
use crate::store::db::Tx;
use crate::store::{company, membership, person};

/// A company and the person's role in it.
#[derive(Debug, Serialize)]
pub struct CompanyClaim {
    /// The company's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `user` or `user_administrator`.
    pub role: &'static str,
}

/// The claims about a person that the scope opens (OpenID Connect Core section 5.1; `company` is ours).
#[derive(Debug, Serialize)]
pub struct PersonClaims {
    /// The person's id: unique, never reused.
    pub sub: String,
    /// Full name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<&'static str>,
    /// The basic company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<CompanyClaim>,
    /// E-mail address: the activation code was received there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// True: see `email`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
    /// Phone number: the confirmation code was received there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// True: see `phone_number`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_verified: Option<bool>,
}

/// Reads the claims of the person behind `session`.
pub(super) async fn of_person(
    tx: &mut Tx,
    session: &Session,
    scope: Scope,
) -> Result<PersonClaims, Internal> {
    let found = person::find(tx, session.person_id).await?.ok_or(Internal::Missing("person"))?;
    let company = if scope.profile { find_company(tx, session).await? } else { None };
    let email = scope.email.then_some(found.email);
    let phone_number = found.phone.filter(|_| scope.phone).map(|phone| phone.as_str().to_owned());
    Ok(PersonClaims {
        sub: found.id.to_string(),
        name: scope.profile.then_some(found.name),
        locale: scope.profile.then_some(found.language.tag()),
        company,
        email_verified: email.is_some().then_some(true),
        email,
        phone_number_verified: phone_number.is_some().then_some(true),
        phone_number,
    })
}

async fn find_company(tx: &mut Tx, session: &Session) -> Result<Option<CompanyClaim>, Internal> {
    let Some(place) = membership::find_basic(tx, session.person_id).await? else {
        return Ok(None);
    };
    let found = company::find(tx, place.company_id).await?.ok_or(Internal::Missing("company"))?;
    Ok(Some(CompanyClaim { id: found.id.to_string(), name: found.name, role: place.role.key() }))
}
