//! Pages that explain: what the QR code links to, and where an invitation leads.

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::extract::language::language_of;
use super::pages::{ActivatePage, ScannedPage, language_links, page};
use super::{Problem, Shared};
use crate::texts::Texts;

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource("/Q/{frame}").route(web::get().to(scanned)))
        .service(web::resource("/q/{frame}").route(web::get().to(scanned)))
        .service(web::resource("/activate").route(web::get().to(activate)));
}

/// `GET /Q/{frame}`: a phone's own camera opened the link, and the app did not take it.
async fn scanned(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    let language = language_of(&request);
    let shown = ScannedPage {
        text: Texts(language),
        language_links: language_links(&request, language),
        minimum_android: services.minimum_os.android.to_string(),
        minimum_ios: services.minimum_os.ios.to_string(),
    };
    page(StatusCode::OK, &shown)
}

/// `GET /activate`: where an invitation's link leads. The code stands behind the `#`, so it never reaches the server.
async fn activate(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    let language = language_of(&request);
    let shown = ActivatePage {
        text: Texts(language),
        language_links: language_links(&request, language),
        minimum_android: services.minimum_os.android.to_string(),
        minimum_ios: services.minimum_os.ios.to_string(),
    };
    page(StatusCode::OK, &shown)
}
