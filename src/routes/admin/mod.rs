//! `/admin`: what KH users see and do.

mod list;
mod member;
mod networks;
mod new_member;

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::extract::administrator::{back_path, sign_in_href, turn_away};
use super::extract::cookies::{CookieKind, secret_of};
use super::extract::language::chosen_language;
use super::login::see_other;
use super::pages::{CompanyLink, Managed};
use super::{Problem, Shared};
use crate::domain::company::Company;
use crate::domain::ids::CompanyId;
use crate::domain::language::Language;
use crate::flows::Services;
use crate::flows::people::{self, Administrator};
use crate::texts::Texts;

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource("/admin").route(web::get().to(open)))
        .service(
            web::resource("/admin/{company}/networks")
                .route(web::get().to(networks::show))
                .route(web::post().to(networks::approve)),
        )
        .service(web::resource("/admin/{company}/networks/removal").route(web::post().to(networks::remove)))
        .service(web::resource("/admin/{company}/people").route(web::get().to(list::show)))
        .service(
            web::resource("/admin/{company}/people/new")
                .route(web::get().to(new_member::show))
                .route(web::post().to(new_member::add)),
        )
        .service(web::resource("/admin/{company}/people/{person}").route(web::get().to(member::show)))
        .service(
            web::resource("/admin/{company}/people/{person}/invitation")
                .route(web::post().to(member::invite)),
        )
        .service(
            web::resource("/admin/{company}/people/{person}/phone").route(web::post().to(member::set_phone)),
        )
        .service(
            web::resource("/admin/{company}/people/{person}/access").route(web::post().to(member::change)),
        )
        .service(
            web::resource("/admin/{company}/people/{person}/devices/{device}/removal")
                .route(web::post().to(member::revoke_device)),
        )
        .service(
            web::resource("/admin/{company}/people/{person}/confirmation")
                .route(web::post().to(member::issue_confirmation)),
        );
}

/// `GET /admin`: the people of the first company that the KH user manages; the page links to the others.
async fn open(request: HttpRequest, services: Shared) -> Result<HttpResponse, actix_web::Error> {
    let cookie = secret_of(&request, &services, CookieKind::Session);
    let companies = people::companies(&services, cookie.as_ref()).await;
    let companies = companies.map_err(|error| turn_away(&request, error))?;
    let first = companies.first().ok_or(Problem::internal("a KH user manages a company"))?;
    Ok(see_other(&people_href(first.id)))
}

/// The address of a company's people.
fn people_href(company: CompanyId) -> String {
    format!("/admin/{company}/people")
}

/// What every page for KH users shows around its own matter.
fn managed(request: &HttpRequest, services: &Services, administrator: &Administrator) -> Managed {
    let language = language_for(request, administrator);
    let link = |company: &Company| CompanyLink {
        name: company.name.clone(),
        href: people_href(company.id),
        current: company.id == administrator.company().id,
    };
    Managed {
        text: Texts(language),
        company_name: administrator.company().name.clone(),
        people_href: people_href(administrator.company().id),
        networks_href: format!("/admin/{}/networks", administrator.company().id),
        companies: administrator.companies().iter().map(link).collect(),
        person_name: administrator.person().name.clone(),
        is_fresh: administrator.is_fresh(services.clock.now()),
        fresh_href: sign_in_href(&back_path(request.path()), true),
        is_late: false,
    }
}

/// The status of a page with a form: 403 where the sign-in is too old for what was sent, 400 where a field is wrong.
fn form_status(frame: &Managed, is_wrong: bool) -> StatusCode {
    match (frame.is_late, is_wrong) {
        (true, _) => StatusCode::FORBIDDEN,
        (false, true) => StatusCode::BAD_REQUEST,
        (false, false) => StatusCode::OK,
    }
}

/// By choice, then the person's own.
fn language_for(request: &HttpRequest, administrator: &Administrator) -> Language {
    chosen_language(request).unwrap_or(administrator.person().language)
}
