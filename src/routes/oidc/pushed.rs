//! `/oauth2/par` (RFC 9126).

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use super::super::extract::message::Form;
use super::super::{Problem, Shared, to_the_end};
use super::client_form::{as_token_problem, credentials};
use crate::flows::oidc::pushed;

/// `POST /oauth2/par`.
pub(super) async fn push(
    request: HttpRequest,
    services: Shared,
    form: Result<Form<Vec<(String, String)>>, Problem>,
) -> Result<HttpResponse, Problem> {
    let Form(pairs) = form.map_err(as_token_problem)?;
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let credentials = credentials(&request, value("client_id"), value("client_secret"))?;
    let server = Arc::clone(&services);
    let taken =
        to_the_end(&services, async move { pushed::push(&server, &credentials, pairs).await }).await?;
    Ok(HttpResponse::Created().insert_header((header::CACHE_CONTROL, "no-store")).json(taken))
}
