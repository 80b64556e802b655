//! One member: contact data, access, invitation, devices, history.

use std::future::Future;
use std::sync::Arc;

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::super::extract::administrator::Managing;
use super::super::extract::message::Form;
use super::super::extract::query::parameter;
use super::super::login::see_other;
use super::super::pages::{
    AdminMemberPage, DeviceLine, HistoryLine, MessageLine, PageTime, access_choices, access_key,
    language_links, os_note, page, role_choices, role_key,
};
use super::super::{Problem, Shared, to_the_end};
use super::{form_status, managed, people_href};
use crate::domain::device::{Device, DeviceState};
use crate::domain::error_code::ErrorCode;
use crate::domain::ids::{DeviceId, PersonId};
use crate::domain::membership::{Access, Role};
use crate::domain::message::Progress;
use crate::domain::person::PhoneNumber;
use crate::domain::time::Timestamp;
use crate::flows::Services;
use crate::flows::people::{self, Administrator, Done, Member, PeopleError, Posted};
use crate::texts::Texts;

/// What a page of a member says first.
#[derive(Default)]
struct Notice {
    done: String,
    invalid: String,
    typed_phone: Option<String>,
    is_late: bool,
    confirmation_code: String,
}

/// `GET /admin/{company}/people/{person}`.
pub(super) async fn show(
    request: HttpRequest,
    services: Shared,
    Managing(administrator): Managing,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let text = managed(&request, &services, &administrator).text;
    let done = match parameter(&request, "done").as_str() {
        "invited" => text.get("admin-done-invited"),
        "joined" => text.get("admin-done-joined"),
        "saved" => text.get("admin-done-saved"),
        "removed" => text.get("admin-done-removed"),
        _ => String::new(),
    };
    let id = person_id(&path.1)?;
    present(&request, &services, &administrator, id, Notice { done, ..Notice::default() }).await
}

#[derive(Deserialize)]
pub(super) struct InvitationForm {
    #[serde(default)]
    email: String,
}

/// `POST /admin/{company}/people/{person}/invitation`.
pub(super) async fn invite(
    services: Shared,
    Managing(administrator): Managing,
    path: Path<(String, String)>,
    Form(form): Form<InvitationForm>,
) -> Result<HttpResponse, Problem> {
    let (server, id, back) = (Arc::clone(&services), person_id(&path.1)?, here(&administrator, &path.1));
    let flow = async move { people::invite_again(&server, &administrator, id, form.email.trim()).await };
    then(&services, flow, &back, "invited").await
}

#[derive(Deserialize)]
pub(super) struct PhoneForm {
    phone: String,
}

/// `POST /admin/{company}/people/{person}/phone`.
pub(super) async fn set_phone(
    request: HttpRequest,
    services: Shared,
    Managing(administrator): Managing,
    path: Path<(String, String)>,
    Form(form): Form<PhoneForm>,
) -> Result<HttpResponse, Problem> {
    let (server, id, back) = (Arc::clone(&services), person_id(&path.1)?, here(&administrator, &path.1));
    let typed = form.phone.clone();
    let flow = async move {
        let done = people::set_phone(&server, &administrator, id, &typed).await;
        Ok::<_, PeopleError>((done, administrator))
    };
    let (done, administrator) = to_the_end(&services, flow).await?;
    match done {
        Ok(()) => Ok(see_other(&format!("{back}?done=saved"))),
        Err(PeopleError::FieldInvalid(_)) => {
            let invalid = managed(&request, &services, &administrator).text.get("admin-invalid-phone");
            let notice = Notice { invalid, typed_phone: Some(form.phone), ..Notice::default() };
            present(&request, &services, &administrator, id, notice).await
        }
        Err(PeopleError::FreshSignInNeeded) => {
            let notice = Notice { typed_phone: Some(form.phone), is_late: true, ..Notice::default() };
            present(&request, &services, &administrator, id, notice).await
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct AccessForm {
    role: String,
    access: String,
}

/// `POST /admin/{company}/people/{person}/access`.
pub(super) async fn change(
    services: Shared,
    Managing(administrator): Managing,
    path: Path<(String, String)>,
    Form(form): Form<AccessForm>,
) -> Result<HttpResponse, Problem> {
    let (server, id, back) = (Arc::clone(&services), person_id(&path.1)?, here(&administrator, &path.1));
    let role = Role::from_key(&form.role).ok_or(Problem::field("role"))?;
    let access = Access::from_key(&form.access).ok_or(Problem::field("access"))?;
    let flow = async move { people::change_membership(&server, &administrator, id, (role, access)).await };
    then(&services, flow, &back, "saved").await
}

/// `POST /admin/{company}/people/{person}/devices/{device}/removal`.
pub(super) async fn revoke_device(
    services: Shared,
    Managing(administrator): Managing,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (server, id, back) = (Arc::clone(&services), person_id(&path.1)?, here(&administrator, &path.1));
    let device: DeviceId = path.2.parse().map_err(|_| Problem::new(ErrorCode::PageNotFound))?;
    let flow = async move { people::revoke_device(&server, &administrator, id, device).await };
    then(&services, flow, &back, "removed").await
}

/// `POST /admin/{company}/people/{person}/confirmation`: the answer shows the code, once.
pub(super) async fn issue_confirmation(
    request: HttpRequest,
    services: Shared,
    Managing(administrator): Managing,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (server, id) = (Arc::clone(&services), person_id(&path.1)?);
    let flow = async move {
        let code = people::issue_confirmation(&server, &administrator, id).await?;
        Ok::<_, PeopleError>((code, administrator))
    };
    let (code, administrator) = to_the_end(&services, flow).await?;
    let notice = Notice { confirmation_code: code.expose().to_owned(), ..Notice::default() };
    present(&request, &services, &administrator, id, notice).await
}

fn person_id(text: &str) -> Result<PersonId, Problem> {
    text.parse().map_err(|_| Problem::new(ErrorCode::PageNotFound))
}

fn here(administrator: &Administrator, person: &str) -> String {
    format!("{}/{person}", people_href(administrator.company().id))
}

/// Runs a change, and goes back to the member's page.
async fn then(
    services: &Shared,
    flow: impl Future<Output = Result<(), PeopleError>> + Send + 'static,
    back: &str,
    done: &str,
) -> Result<HttpResponse, Problem> {
    to_the_end(services, flow).await?;
    Ok(see_other(&format!("{back}?done={done}")))
}

async fn present(
    request: &HttpRequest,
    services: &Shared,
    administrator: &Administrator,
    id: PersonId,
    notice: Notice,
) -> Result<HttpResponse, Problem> {
    let member = people::look(services, administrator, id).await?;
    let mut frame = managed(request, services, administrator);
    frame.is_late = notice.is_late;
    let (text, place) = (frame.text, here(administrator, &id.to_string()));
    let phone = member.person.phone.as_ref().map(PhoneNumber::as_str).unwrap_or_default();
    let status = form_status(&frame, !notice.invalid.is_empty());
    let shown = AdminMemberPage {
        name: member.person.name.clone(),
        email: member.person.email.clone(),
        phone: notice.typed_phone.unwrap_or_else(|| phone.to_owned()),
        language: member.person.language.own_name(),
        is_own: id == administrator.person().id,
        is_looked_after: member.is_looked_after(),
        may_correct_email: member.may_correct_email(),
        basic_company: member.basic_company.as_ref().map(|company| company.name.clone()).unwrap_or_default(),
        roles: role_choices(text, member.place.role),
        accesses: access_choices(text, member.place.access),
        devices: member.devices.iter().map(|device| device_line(services, text, (&place, device))).collect(),
        waiting_phone: waiting_phone(&member),
        messages: member.messages.iter().map(|message| message_line(text, message)).collect(),
        history: member.history.iter().map(|done| history_line(text, done)).collect(),
        href: place,
        done: notice.done,
        invalid: notice.invalid,
        confirmation_code: notice.confirmation_code,
        text,
        language_links: language_links(request, text.0),
        frame,
    };
    page(status, &shown)
}

fn waiting_phone(member: &Member) -> String {
    let facts = member.waiting.as_ref().map(|enrolment| &enrolment.facts);
    facts.map(|facts| format!("{} {}", facts.brand, facts.model)).unwrap_or_default()
}

fn device_line(services: &Services, text: Texts, (place, device): (&str, &Device)) -> DeviceLine {
    let is_active = device.state == DeviceState::Active;
    let os = format!("{} {}", device.facts.platform.name(), device.facts.os_version);
    DeviceLine {
        name: device.name.clone(),
        os,
        os_note: os_note(services, text, &device.facts),
        added: PageTime(device.created_at),
        seen: PageTime(device.last_seen_at),
        state: text.get(if is_active { "admin-device-active" } else { "admin-device-removed" }),
        removal_href: if is_active {
            format!("{place}/devices/{}/removal", device.id)
        } else {
            String::new()
        },
    }
}

fn message_line(text: Texts, message: &Posted) -> MessageLine {
    let kind = text.get(&format!("admin-message-{}", message.kind.key().replace('_', "-")));
    let way = text.get(&format!("admin-message-by-{}", message.channel.key()));
    MessageLine {
        at: PageTime(message.queued_at),
        what: format!("{kind}, {way}"),
        progress: match message.progress {
            Progress::OnItsWay => "admin-message-waits",
            Progress::Taken(_) => "admin-message-taken",
            Progress::Failed => "admin-message-failed",
            Progress::HeldBack => "admin-message-held-back",
        },
        taken: match message.progress {
            Progress::Taken(at) => Some(PageTime(at)),
            _ => None,
        },
    }
}

fn history_line(text: Texts, done: &Done) -> HistoryLine {
    let key = format!("admin-history-{}", done.event.replace(['.', '_'], "-"));
    HistoryLine {
        at: PageTime(Timestamp::from_millis(done.at)),
        what: text.get(&key),
        detail: if done.event == "membership.changed" { change_text(text, done) } else { String::new() },
        by: done.name.clone().unwrap_or_else(|| text.get("admin-history-by-command")),
    }
}

/// "User administrator, browser and mobile".
fn change_text(text: Texts, done: &Done) -> String {
    let detail = done.detail.as_deref().unwrap_or_default();
    let Some((role, access)) = detail.split_once(' ') else { return String::new() };
    let (Some(role), Some(access)) = (Role::from_key(role), Access::from_key(access)) else {
        return String::new();
    };
    format!("{}, {}", text.get(role_key(role)), text.get(access_key(access)))
}
