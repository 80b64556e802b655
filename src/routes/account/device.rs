//! One device: its name, and its removal.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::super::extract::administrator::sign_in_href;
use super::super::extract::message::Form;
use super::super::extract::owner::SignedIn;
use super::super::login::see_other;
use super::super::pages::{AccountDevicePage, language_links, page};
use super::super::{Problem, Shared, to_the_end};
use super::{HOME, text_for, then};
use crate::domain::device::Removal;
use crate::domain::error_code::ErrorCode;
use crate::domain::ids::DeviceId;
use crate::flows::account::devices::{self, Looked};
use crate::flows::account::{AccountError, Owner};

#[derive(Deserialize)]
pub(super) struct NameForm {
    name: String,
}

#[derive(Deserialize)]
pub(super) struct RemovalForm {
    why: String,
}

/// `GET /account/devices/{device}`.
pub(super) async fn show(
    request: HttpRequest,
    services: Shared,
    SignedIn(owner): SignedIn,
    path: Path<String>,
) -> Result<HttpResponse, Problem> {
    present(&request, &services, &owner, device_id(&path)?, None).await
}

/// `POST /account/devices/{device}/name`.
pub(super) async fn rename(
    request: HttpRequest,
    services: Shared,
    SignedIn(owner): SignedIn,
    path: Path<String>,
    Form(form): Form<NameForm>,
) -> Result<HttpResponse, Problem> {
    let (server, id, typed) = (Arc::clone(&services), device_id(&path)?, form.name.clone());
    let flow = async move {
        let renamed = devices::rename(&server, &owner, id, &typed).await;
        Ok::<_, AccountError>((renamed, owner))
    };
    let (renamed, owner) = to_the_end(&services, flow).await?;
    match renamed {
        Ok(()) => Ok(see_other(&format!("{HOME}?done=saved"))),
        Err(AccountError::FieldInvalid(_)) => present(&request, &services, &owner, id, Some(form.name)).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /account/devices/{device}/removal`.
pub(super) async fn remove(
    services: Shared,
    SignedIn(owner): SignedIn,
    path: Path<String>,
    Form(form): Form<RemovalForm>,
) -> Result<HttpResponse, Problem> {
    let (server, id) = (Arc::clone(&services), device_id(&path)?);
    let removal = Removal::from_key(&form.why).ok_or(Problem::field("why"))?;
    let is_over = removal == Removal::Lost || owner.session().device_id() == Some(id);
    let onward =
        if is_over { "/account/signed-out?done=removed".to_owned() } else { format!("{HOME}?done=removed") };
    then(&services, async move { devices::remove(&server, &owner, id, removal).await }, &onward).await
}

fn device_id(text: &str) -> Result<DeviceId, Problem> {
    text.parse().map_err(|_| Problem::new(ErrorCode::PageNotFound))
}

/// The page; `mistake` is a name as it was typed that cannot be one.
async fn present(
    request: &HttpRequest,
    services: &Shared,
    owner: &Owner,
    id: DeviceId,
    mistake: Option<String>,
) -> Result<HttpResponse, Problem> {
    let Looked { device, is_only } = devices::look(services, owner, id).await?;
    let (text, href) = (text_for(request, owner), format!("/account/devices/{id}"));
    let is_wrong = mistake.is_some();
    let shown = AccountDevicePage {
        invalid: if is_wrong { text.get("account-device-name-invalid") } else { String::new() },
        typed_name: mistake.unwrap_or_else(|| device.name.clone()),
        name: device.name,
        is_only,
        is_fresh: owner.is_fresh(services.clock.now()),
        fresh_href: sign_in_href(&href, true),
        href,
        text,
        language_links: language_links(request, text.0),
    };
    page(if is_wrong { StatusCode::BAD_REQUEST } else { StatusCode::OK }, &shown)
}
