//! The form by which a KH user adds and invites somebody.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::super::extract::administrator::{Managing, SignInFirst};
use super::super::extract::message::Form;
use super::super::login::see_other;
use super::super::pages::{AdminNewPage, Choice, access_choices, language_links, page, role_choices};
use super::super::{Problem, Shared, to_the_end};
use super::{form_status, managed, people_href};
use crate::domain::language::Language;
use crate::domain::membership::{Access, Role};
use crate::flows::people::{self, Added, Administrator, NewMember, PeopleError};

/// What the form holds.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Typed {
    name: String,
    email: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    country: String,
    #[serde(default)]
    identifier: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    access: String,
}

/// `GET /admin/{company}/people/new`: only for a KH user who has just signed in, so that nothing is typed in vain.
pub(super) async fn show(
    request: HttpRequest,
    services: Shared,
    Managing(administrator): Managing,
) -> Result<HttpResponse, actix_web::Error> {
    if !administrator.is_fresh(services.clock.now().plus(people::FRESH / 3)) {
        return Err(SignInFirst::then(&request).freshly().into());
    }
    Ok(form(&request, &services, &administrator, Typed::default(), "")?)
}

/// `POST /admin/{company}/people/new`.
pub(super) async fn add(
    request: HttpRequest,
    services: Shared,
    Managing(administrator): Managing,
    Form(typed): Form<Typed>,
) -> Result<HttpResponse, Problem> {
    let (server, kept) = (Arc::clone(&services), typed.clone());
    let company = administrator.company().id;
    let new = typed.read();
    let flow = async move {
        let added = people::add(&server, &administrator, new).await;
        Ok::<_, PeopleError>((added, administrator))
    };
    let (added, administrator) = to_the_end(&services, flow).await?;
    match added {
        Ok(Added::Invited(person)) => {
            Ok(see_other(&format!("{}/{person}?done=invited", people_href(company))))
        }
        Ok(Added::Joined(person)) => Ok(see_other(&format!("{}/{person}?done=joined", people_href(company)))),
        Err(PeopleError::FieldInvalid(field)) => form(&request, &services, &administrator, kept, field),
        Err(PeopleError::FreshSignInNeeded) => form(&request, &services, &administrator, kept, ""),
        Err(error) => Err(error.into()),
    }
}

/// The form, with what was typed; `invalid` is the field that was refused. A sign-in that grew too old meanwhile is asked for
/// in another tab, so that nothing is lost.
fn form(
    request: &HttpRequest,
    services: &Shared,
    administrator: &Administrator,
    typed: Typed,
    invalid: &'static str,
) -> Result<HttpResponse, Problem> {
    let mut frame = managed(request, services, administrator);
    frame.is_late = !frame.is_fresh;
    let status = form_status(&frame, !invalid.is_empty());
    let chosen = Language::from_tag(&typed.language).unwrap_or(administrator.person().language);
    let language = |language: Language| Choice {
        value: language.tag(),
        label: language.own_name().to_owned(),
        is_chosen: language == chosen,
    };
    let shown = AdminNewPage {
        languages: Language::ALL.into_iter().map(language).collect(),
        roles: role_choices(frame.text, Role::from_key(&typed.role).unwrap_or(Role::User)),
        accesses: access_choices(frame.text, Access::from_key(&typed.access).unwrap_or(Access::Browser)),
        invalid: if invalid.is_empty() {
            String::new()
        } else {
            frame.text.get(&format!("admin-invalid-{invalid}"))
        },
        invalid_field: invalid,
        name: typed.name,
        email: typed.email,
        phone: typed.phone,
        country: typed.country,
        identifier: typed.identifier,
        text: frame.text,
        language_links: language_links(request, frame.text.0),
        frame,
    };
    page(status, &shown)
}

impl Typed {
    fn read(self) -> NewMember {
        NewMember {
            language: Language::from_tag(&self.language).unwrap_or_default(),
            role: Role::from_key(&self.role).unwrap_or(Role::User),
            access: Access::from_key(&self.access).unwrap_or(Access::MobileOnly),
            name: self.name,
            email: self.email,
            phone: self.phone,
            country: self.country,
            identifier: self.identifier,
        }
    }
}
