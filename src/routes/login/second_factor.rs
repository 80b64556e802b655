//! `/login/second-factor`: the code that is asked for in a place that the server does not remember.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use super::super::extract::cookies::{CookieKind, cookie};
use super::super::extract::language::{chosen_language, language_of};
use super::super::extract::message::Form;
use super::super::extract::query::OwnAttempt;
use super::super::pages::{SecondFactorPage, language_links, page, time_text};
use super::super::{Problem, Shared, to_the_end};
use super::page::see_other;
use crate::domain::ids::LoginAttemptId;
use crate::domain::message::Progress;
use crate::flows::Services;
use crate::flows::login::Collected;
use crate::flows::login::second_factor::{self, Asked, Checked, Typed};
use crate::texts::Texts;

/// What the person typed.
#[derive(Deserialize)]
pub(super) struct CodeForm {
    attempt: String,
    code: String,
    #[serde(default)]
    mail_code: String,
}

/// Which attempt.
#[derive(Deserialize)]
pub(super) struct ForAttempt {
    attempt: String,
}

/// `GET /login/second-factor?attempt=…`: where the code went, and a field for it.
pub(super) async fn open(
    request: HttpRequest,
    services: Shared,
    own: OwnAttempt,
) -> Result<HttpResponse, Problem> {
    let OwnAttempt { id, secret } = own;
    let asked = second_factor::look(&services, id, &secret).await?;
    show(&request, id, &asked, "")
}

/// `POST /login/second-factor`: the digits.
pub(super) async fn check(
    request: HttpRequest,
    services: Shared,
    Form(form): Form<CodeForm>,
) -> Result<HttpResponse, Problem> {
    let OwnAttempt { id, secret } = OwnAttempt::of(&request, &services, &form.attempt)?;
    let typed = Typed { code: form.code, mail_code: form.mail_code };
    let (server, own_secret) = (services.clone(), secret.clone());
    let flow = async move { second_factor::check(&server, id, &own_secret, &typed).await };
    let warning = match to_the_end(&services, flow).await? {
        Checked::SignedIn(collected) => return go_on(&services, &collected),
        Checked::Wrong => "second-factor-wrong",
        Checked::Malformed => "second-factor-malformed",
    };
    let asked = second_factor::look(&services, id, &secret).await?;
    show(&request, id, &asked, warning)
}

/// `POST /login/second-factor/send`: the same digits once more.
pub(super) async fn send_again(
    request: HttpRequest,
    services: Shared,
    form: Form<ForAttempt>,
) -> Result<HttpResponse, Problem> {
    let OwnAttempt { id, secret } = OwnAttempt::of(&request, &services, &form.0.attempt)?;
    let server = services.clone();
    to_the_end(&services, async move { second_factor::send_again(&server, id, &secret).await }).await?;
    Ok(see_other(&format!("/login/second-factor?attempt={id}&ui_locales={}", language_of(&request).tag())))
}

/// What the page hears of the two messages.
#[derive(Serialize)]
struct ProgressView {
    sms: String,
    mail: String,
    is_over: bool,
}

/// `GET /login/second-factor/progress?attempt=…`: what became of the messages.
pub(super) async fn progress(
    request: HttpRequest,
    services: Shared,
    own: OwnAttempt,
) -> Result<HttpResponse, Problem> {
    let asked = second_factor::look(&services, own.id, &own.secret).await?;
    let text = text_for(&request, &asked);
    let view = ProgressView {
        sms: told(text, asked.sms),
        mail: told(text, asked.mail),
        is_over: ![asked.sms, asked.mail].contains(&Some(Progress::OnItsWay)),
    };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(view))
}

/// By choice, then the person's own: the phone has said who it is.
fn text_for(request: &HttpRequest, asked: &Asked) -> Texts {
    Texts(chosen_language(request).unwrap_or(asked.language))
}

fn told(text: Texts, progress: Option<Progress>) -> String {
    match progress {
        None => String::new(),
        Some(Progress::OnItsWay) => text.get("second-factor-on-its-way"),
        Some(Progress::Taken(at)) => {
            let time = time_text(at);
            text.with("second-factor-taken", "time", time.split_once(' ').map_or(&time, |(_, time)| time))
        }
        Some(Progress::Failed | Progress::HeldBack) => text.get("second-factor-failed"),
    }
}

/// On to the application, with the session's cookie.
pub(super) fn go_on(services: &Services, collected: &Collected) -> Result<HttpResponse, Problem> {
    let mut response = see_other(&format!("/oauth2/resume?request={}", collected.request_id));
    let session = cookie(services, CookieKind::Session, &collected.session_secret);
    response.add_cookie(&session).map_err(Problem::internal)?;
    if let Some(secret) = &collected.remembered_secret {
        let remembered = cookie(services, CookieKind::Remembered, secret);
        response.add_cookie(&remembered).map_err(Problem::internal)?;
    }
    Ok(response)
}

fn show(
    request: &HttpRequest,
    id: LoginAttemptId,
    asked: &Asked,
    warning: &str,
) -> Result<HttpResponse, Problem> {
    let text = text_for(request, asked);
    let status = if warning.is_empty() { StatusCode::OK } else { StatusCode::FORBIDDEN };
    let shown = SecondFactorPage {
        text,
        language_links: language_links(request, text.0),
        attempt_id: id.to_string(),
        sms_progress: told(text, asked.sms),
        mail_progress: told(text, asked.mail),
        masked_phone: asked.masked_phone.clone().unwrap_or_default(),
        masked_email: asked.masked_email.clone().unwrap_or_default(),
        has_two_codes: asked.has_two_codes,
        warning: if warning.is_empty() { String::new() } else { text.get(warning) },
        tries_left: asked.tries_left.to_string(),
        sends_left: asked.sends_left,
    };
    page(status, &shown)
}
