//! A new e-mail address, and the code that proves it.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::super::extract::message::Form;
use super::super::extract::owner::SignedIn;
use super::super::login::see_other;
use super::super::pages::{AccountEmailPage, language_links, page};
use super::super::{Problem, Shared, to_the_end};
use super::overview::{self, Mistake};
use super::{HOME, text_for, then};
use crate::domain::error_code::ErrorCode;
use crate::domain::resend::MOST_SENDS;
use crate::flows::account::email::{self, Checked};
use crate::flows::account::{self, AccountError, Owner};

const WAITING: &str = "/account/email";

#[derive(Deserialize)]
pub(super) struct EmailForm {
    email: String,
}

#[derive(Deserialize)]
pub(super) struct CodeForm {
    code: String,
}

/// `GET /account/email`: a field for the code.
pub(super) async fn show(
    request: HttpRequest,
    services: Shared,
    SignedIn(owner): SignedIn,
) -> Result<HttpResponse, Problem> {
    present(&request, &services, &owner, "").await
}

/// `POST /account/email`: the new address.
pub(super) async fn ask(
    request: HttpRequest,
    services: Shared,
    SignedIn(owner): SignedIn,
    Form(form): Form<EmailForm>,
) -> Result<HttpResponse, Problem> {
    let (server, typed) = (Arc::clone(&services), form.email.clone());
    let flow = async move {
        let asked = email::ask(&server, &owner, &typed).await;
        Ok::<_, AccountError>((asked, owner))
    };
    let (asked, owner) = to_the_end(&services, flow).await?;
    match asked {
        Ok(()) => Ok(see_other(WAITING)),
        Err(AccountError::FieldInvalid(_)) => {
            let told = text_for(&request, &owner).get("account-email-invalid");
            overview::present(&request, &services, &owner, Mistake { email: form.email, told }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /account/email/code`: the digits.
pub(super) async fn check(
    request: HttpRequest,
    services: Shared,
    SignedIn(owner): SignedIn,
    Form(form): Form<CodeForm>,
) -> Result<HttpResponse, Problem> {
    let server = Arc::clone(&services);
    let flow = async move {
        let checked = email::check(&server, &owner, &form.code).await?;
        Ok::<_, AccountError>((checked, owner))
    };
    let (checked, owner) = to_the_end(&services, flow).await?;
    match checked {
        Checked::Changed => Ok(see_other(&format!("{HOME}?done=email"))),
        Checked::Wrong => present(&request, &services, &owner, "account-email-wrong").await,
        Checked::Malformed => present(&request, &services, &owner, "account-email-malformed").await,
    }
}

/// `POST /account/email/send`: the same digits once more.
pub(super) async fn send_again(services: Shared, SignedIn(owner): SignedIn) -> Result<HttpResponse, Problem> {
    let server = Arc::clone(&services);
    then(&services, async move { email::send_again(&server, &owner).await }, WAITING).await
}

/// `POST /account/email/give-up`: the address stays as it is.
pub(super) async fn give_up(services: Shared, SignedIn(owner): SignedIn) -> Result<HttpResponse, Problem> {
    let server = Arc::clone(&services);
    then(&services, async move { email::give_up(&server, &owner).await }, HOME).await
}

async fn present(
    request: &HttpRequest,
    services: &Shared,
    owner: &Owner,
    warning: &str,
) -> Result<HttpResponse, Problem> {
    let wanted = account::look(services, owner).await?.wanted;
    let change = wanted.ok_or(Problem::new(ErrorCode::EmailChangeMissing))?;
    let text = text_for(request, owner);
    let status = if warning.is_empty() { StatusCode::OK } else { StatusCode::FORBIDDEN };
    let shown = AccountEmailPage {
        tries_left: change.tries_left().to_string(),
        may_send: change.sends < MOST_SENDS,
        warning: if warning.is_empty() { String::new() } else { text.get(warning) },
        email: change.email,
        text,
        language_links: language_links(request, text.0),
    };
    page(status, &shown)
}
