//! The way to this server's own pages: the front page, signing in for one of them, signing out.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::extract::administrator::check_origin;
use super::extract::cookies::{CookieKind, secret_of};
use super::extract::language::language_of;
use super::extract::query::parameter;
use super::login::see_other;
use super::pages::{FrontPage, language_links, page};
use super::{Problem, Shared, to_the_end};
use crate::domain::error_code::ErrorCode;
use crate::flows::oidc::{authorize, logout};
use crate::texts::Texts;

/// Pages that one may be sent to after a sign-in begin with one of these.
const OWN_PAGES: [&str; 3] = ["/account", "/admin", "/support"];
const LONGEST_PATH: usize = 512;

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource("/").route(web::get().to(front)))
        .service(web::resource("/sign-in").route(web::get().to(sign_in)))
        .service(web::resource("/sign-out").route(web::post().to(sign_out)));
}

/// `GET /`: what this server is, and where its pages are.
async fn front(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let language = language_of(&request);
    let shown = FrontPage { text: Texts(language), language_links: language_links(&request, language) };
    page(StatusCode::OK, &shown)
}

/// `GET /sign-in?to=…&fresh=1`: signs in for a page of ours.
async fn sign_in(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    let path = parameter(&request, "to");
    if !is_own_page(&path) {
        return Err(Problem::new(ErrorCode::PageNotFound));
    }
    let is_fresh = parameter(&request, "fresh") == "1";
    let server = Arc::clone(&services);
    let flow = async move { authorize::ask_for_page(&server, &path, is_fresh).await };
    let id = to_the_end(&services, flow).await?;
    Ok(see_other(&format!("/oauth2/resume?request={id}")))
}

/// `POST /sign-out`.
async fn sign_out(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    check_origin(&request, &services)?;
    let cookie = secret_of(&request, &services, CookieKind::Session);
    let server = Arc::clone(&services);
    to_the_end(&services, async move { logout::sign_out(&server, cookie.as_ref()).await }).await?;
    Ok(see_other("/"))
}

/// A path of ours and nothing that a browser could read as another site.
fn is_own_page(path: &str) -> bool {
    let rest = OWN_PAGES.iter().find_map(|page| path.strip_prefix(page));
    let is_whole = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    is_whole
        && path.len() <= LONGEST_PATH
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::is_own_page;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for path in [
            "/admin",
            "/admin/x/people?search=a",
            "/admin?lang=fi",
            "/account",
            "/account/email",
            "/support?q=a",
        ] {
            assert!(is_own_page(path), "{path}");
        }
        for path in [
            "",
            "/",
            "//evil.example",
            "https://evil.example/admin",
            "/administration",
            "/supporters",
            "/accounts",
            "/admin\\evil",
            "/admin/\r\nx",
            "/oauth2/authorize",
            " /admin",
            "/admin.evil.example",
        ] {
            assert!(!is_own_page(path), "{path}");
        }
    }
}
