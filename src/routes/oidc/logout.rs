//! `/oauth2/logout` (OpenID Connect RP-Initiated Logout 1.0).

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use url::form_urlencoded;

use super::super::extract::administrator::check_origin;
use super::super::extract::cookies::{CookieKind, secret_of};
use super::super::extract::language::language_of;
use super::super::extract::message::Form;
use super::super::login::see_other;
use super::super::pages::{GonePage, SignOutPage, language_links, page};
use super::super::{Problem, Shared, to_the_end};
use crate::flows::oidc::logout::{self, LogoutAnswer};
use crate::texts::Texts;

/// The parameters that go on with a person who is asked.
const CARRIED: [&str; 2] = ["post_logout_redirect_uri", "state"];

/// `GET /oauth2/logout`.
pub(super) async fn ask(request: HttpRequest, services: Shared) -> Result<HttpResponse, Problem> {
    let pairs = form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect();
    answer(&request, &services, pairs).await
}

/// `POST /oauth2/logout`: the same from a form. A browser sends no cookie with the form of another site, so without an ID token it
/// is asked to come by address.
pub(super) async fn ask_by_form(
    request: HttpRequest,
    services: Shared,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Problem> {
    if pairs.iter().any(|(name, value)| name == "id_token_hint" && !value.is_empty()) {
        return answer(&request, &services, pairs).await;
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    Ok(see_other(&format!("/oauth2/logout?{query}")))
}

/// `POST /oauth2/logout/confirm`: the person was asked and said yes.
pub(super) async fn confirm(
    request: HttpRequest,
    services: Shared,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Problem> {
    check_origin(&request, &services)?;
    let cookie = secret_of(&request, &services, CookieKind::Session);
    let server = Arc::clone(&services);
    let flow = async move { logout::confirm(&server, pairs, cookie.as_ref()).await };
    let to = to_the_end(&services, flow).await?;
    Ok(signed_out(to.as_deref()))
}

/// `GET /oauth2/logout/done`: where a browser ends that no application wants back.
pub(super) async fn done(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let language = language_of(&request);
    let text = Texts(language);
    let (title, message) = (text.get("signed-out-title"), text.get("signed-out-text"));
    let language_links = language_links(&request, language);
    page(StatusCode::OK, &GonePage { text, language_links, title, message })
}

async fn answer(
    request: &HttpRequest,
    services: &Shared,
    pairs: Vec<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let is_carried = |(name, _): &&(String, String)| CARRIED.contains(&name.as_str());
    let mut fields: Vec<_> = pairs.iter().filter(is_carried).cloned().collect();
    let cookie = secret_of(request, services, CookieKind::Session);
    let server = Arc::clone(services);
    let flow = async move { logout::ask(&server, pairs, cookie.as_ref()).await };
    match to_the_end(services, flow).await? {
        LogoutAnswer::SignedOut(to) => Ok(signed_out(to.as_deref())),
        LogoutAnswer::Ask(client) => {
            fields.extend(client.map(|client| ("client_id".to_owned(), client)));
            let language = language_of(request);
            let language_links = language_links(request, language);
            page(StatusCode::OK, &SignOutPage { text: Texts(language), language_links, fields })
        }
    }
}

fn signed_out(to: Option<&str>) -> HttpResponse {
    see_other(to.unwrap_or("/oauth2/logout/done"))
}
