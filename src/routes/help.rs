//! Pages that explain: what the QR code links to, and where an invitation leads.

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::extract::language::language_of;
use super::pages::{ActivatePage, AppFacts, ScannedPage, language_links, page};
use super::{Problem, Shared};
use crate::flows::Services;
use crate::texts::Texts;

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource("/Q/{frame}").route(web::get().to(scanned)))
        .service(web::resource("/q/{frame}").route(web::get().to(scanned)))
        .service(web::resource("/s/{link}").route(web::get().to(scanned)))
        .service(web::resource("/activate").route(web::get().to(activate)));
}

/// `GET /Q/{frame}` and `GET /s/{link}`: a phone opened the link, and the app did not take it.
async fn scanned(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    let language = language_of(&request);
    let shown = ScannedPage {
        text: Texts(language),
        language_links: language_links(&request, language),
        app: facts(&services),
    };
    page(StatusCode::OK, &shown)
}

/// `GET /activate`: where an invitation's link leads. The code stands behind the `#`, so it never reaches the server.
async fn activate(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    let language = language_of(&request);
    let shown = ActivatePage {
        text: Texts(language),
        language_links: language_links(&request, language),
        app: facts(&services),
    };
    page(StatusCode::OK, &shown)
}

fn facts(services: &Services) -> AppFacts {
    AppFacts {
        minimum_android: services.os_policy.minimum.android.to_string(),
        minimum_ios: services.os_policy.minimum.ios.to_string(),
        android_store: services.app.android_store.clone().unwrap_or_default(),
        ios_store: services.app.ios_store.clone().unwrap_or_default(),
    }
}
