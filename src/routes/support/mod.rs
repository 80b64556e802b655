//! `/support`: what the support staff see and do. The table says which pages there are; the matrix of routes and roles reads it.

mod explain;
mod person;
mod search;
mod story;

use std::str::FromStr;

use actix_web::HttpRequest;
use actix_web::web::{self, ServiceConfig};

use super::Problem;
use super::extract::administrator::sign_in_href;
use super::extract::language::chosen_language;
use super::extract::query::parameter;
use super::pages::{Supported, TabLink};
use crate::domain::activation::{Enrolment, EnrolmentState};
use crate::domain::error_code::ErrorCode;
use crate::domain::invitation::{Invitation, InvitationState};
use crate::domain::language::Language;
use crate::domain::time::Timestamp;
use crate::flows::Services;
use crate::flows::support::Supporter;
use crate::texts::Texts;

/// Mounts routes, and lists them.
macro_rules! routes {
    ($($path:literal { $($method:ident: $handler:expr),+ $(,)? })+) => {
        /// Each method with its path.
        pub(super) const ROUTES: &[(&str, &str)] = &[$($((stringify!($method), $path)),+),+];

        pub(super) fn mount(config: &mut ServiceConfig) {
            $(config.service(web::resource($path)$(.route(web::$method().to($handler)))+);)+
        }
    };
}

routes! {
    "/support" { get: search::show }
    "/support/views" { post: search::keep_view }
    "/support/people/{person}" { get: person::show }
    "/support/people/{person}/invitation" { post: person::invite }
    "/support/people/{person}/cancellation" { post: person::cancel_invitation }
    "/support/people/{person}/sign-out" { post: person::sign_out }
    "/support/people/{person}/block" { post: person::block }
    "/support/people/{person}/unblock" { post: person::unblock }
    "/support/devices/{device}" { get: story::device }
    "/support/devices/{device}/revocation" { post: person::revoke_device }
    "/support/enrolments/{enrolment}" { get: story::enrolment }
    "/support/attempts/{attempt}" { get: story::attempt }
    "/support/errors/{reference}" { get: story::error }
}

/// The tabs of every page: their address and the text that names them.
const TABS: [(&str, &str); 1] = [("/support", "support-search")];

/// What every page for the staff shows around its own matter.
fn framed(request: &HttpRequest, services: &Services, supporter: &Supporter) -> Supported {
    let text = Texts(language_for(request, supporter));
    let path = request.path();
    let is_current = |href: &str| path == href || (href != "/support" && path.starts_with(href));
    let tab = |(href, key): (&'static str, &str)| TabLink {
        href,
        name: text.get(key),
        is_current: is_current(href),
    };
    Supported {
        text,
        tabs: TABS.into_iter().map(tab).collect(),
        person_name: supporter.person().name.clone(),
        role: text.get(&format!("support-role-{}", supporter.role().key())),
        is_fresh: supporter.is_fresh(services.clock.now()),
        fresh_href: sign_in_href(&back_path(path), true),
        done: if parameter(request, "done").is_empty() { String::new() } else { text.get("support-done") },
    }
}

/// The page that an address belongs to: `/support/people/{person}` is one, and what stands behind it is done there.
pub(super) fn back_path(path: &str) -> String {
    path.split('/').take(4).collect::<Vec<_>>().join("/")
}

/// By choice, then the person's own.
fn language_for(request: &HttpRequest, supporter: &Supporter) -> Language {
    chosen_language(request).unwrap_or(supporter.person().language)
}

/// The id in an address; what is none leads nowhere.
fn id_in<I: FromStr>(text: &str) -> Result<I, Problem> {
    text.parse().map_err(|_| Problem::new(ErrorCode::PageNotFound))
}

/// The text that says how far an enrolment has come.
fn state_key(enrolment: &Enrolment, now: Timestamp) -> String {
    let state = match enrolment.state {
        EnrolmentState::Enrolled { .. } => "enrolled",
        EnrolmentState::Locked => "locked",
        EnrolmentState::Superseded => "superseded",
        _ if now >= enrolment.expires_at => "expired",
        EnrolmentState::Started => "started",
        EnrolmentState::Confirmed { .. } => "confirmed",
    };
    format!("support-enrolment-{state}")
}

/// The text that says what became of an invitation.
fn invitation_key(invitation: &Invitation, now: Timestamp) -> &'static str {
    match invitation.state {
        InvitationState::Redeemed(_) => "support-invitation-redeemed",
        InvitationState::Void => "support-invitation-void",
        _ if now >= invitation.expires_at => "support-invitation-expired",
        InvitationState::Claimed(_) => "support-invitation-claimed",
        InvitationState::Open => "support-invitation-open",
    }
}
