//! The pages: which values each template shows. Layout and words are in `src/pages`.

mod account;
mod administration;
mod support;

use std::convert::Infallible;

use actix_web::body::SizedStream;
use actix_web::http::{StatusCode, header};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

pub(super) use self::account::{
    AccountDevicePage, AccountEmailPage, AccountPage, GonePage, NotMePage, OwnDeviceLine, PageTime,
    PlaceLine, VisitLine,
};
pub(super) use self::administration::{
    AdminListPage, AdminMemberPage, AdminNetworksPage, AdminNewPage, Choice, CompanyLink, DeviceLine,
    HistoryLine, Managed, MemberLine, MessageLine, NetworkLine, access_choices, access_key, role_choices,
    role_key,
};
pub(super) use self::support::{
    Deed, Fact, Filters, Link, Moment, SupportPersonPage, SupportSearchPage, SupportStoryPage, Supported,
    TabLink, View,
};
use super::Problem;
use crate::domain::language::Language;
use crate::domain::os_policy::{OsWarning, Standing};
use crate::domain::platform::PlatformFacts;
use crate::domain::time::Timestamp;
use crate::flows::Services;
use crate::texts::Texts;

/// What a page may load and do. Forms may end at applications, so `form-action` names no target.
pub(super) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// In bytes; a piece and the head of the answer fit the buffer that a connection begins with.
const LARGEST_PIECE: usize = 1024;

/// A language that the page can be read in.
pub(super) struct LanguageLink {
    /// BCP 47 tag.
    pub(super) code: &'static str,
    /// The language's name in itself.
    pub(super) name: &'static str,
    /// The same page in that language.
    pub(super) href: String,
    /// Whether the page is in it now.
    pub(super) current: bool,
}

/// The sign-in page.
#[derive(Template)]
#[template(path = "login.html")]
pub(super) struct LoginPage {
    pub(super) text: Texts,
    pub(super) language_links: Vec<LanguageLink>,
    pub(super) client_name: String,
    pub(super) attempt_id: String,
    pub(super) request_id: String,
    pub(super) state: String,
    pub(super) qr_svg: String,
    pub(super) frame: String,
    pub(super) device_name: String,
    pub(super) number: String,
    pub(super) typed_code: String,
    pub(super) spelled_code: String,
    pub(super) is_pushed: bool,
    pub(super) push_device: String,
    pub(super) app_link: String,
    pub(super) is_phone: bool,
    pub(super) seconds_left: u64,
    pub(super) deny_reason: String,
    pub(super) collect_href: String,
    pub(super) cancel_href: String,
    pub(super) error_reference: String,
    pub(super) methods: Vec<MethodButton>,
}

/// Another way of signing in.
pub(super) struct MethodButton {
    /// The method.
    pub(super) id: String,
    /// The bank, where there are several; else empty.
    pub(super) choice: String,
    /// What stands on it.
    pub(super) label: String,
}

/// The app on the same phone leads back here.
#[derive(Template)]
#[template(path = "return.html")]
pub(super) struct ReturnPage {
    pub(super) text: Texts,
    pub(super) language_links: Vec<LanguageLink>,
}

/// The code that is asked for in a new place.
#[derive(Template)]
#[template(path = "second_factor.html")]
pub(super) struct SecondFactorPage {
    pub(super) text: Texts,
    pub(super) language_links: Vec<LanguageLink>,
    pub(super) attempt_id: String,
    pub(super) masked_phone: String,
    pub(super) masked_email: String,
    pub(super) sms_progress: String,
    pub(super) mail_progress: String,
    pub(super) warning: String,
    pub(super) tries_left: String,
    pub(super) sends_left: i64,
    /// One field for the SMS's code, and one for the mail's.
    pub(super) has_two_codes: bool,
}

/// An error.
#[derive(Template)]
#[template(path = "error.html")]
pub(super) struct ErrorPage {
    pub(super) text: Texts,
    pub(super) language_links: Vec<LanguageLink>,
    pub(super) title: String,
    pub(super) message: String,
    pub(super) code: String,
    pub(super) error_reference: String,
    pub(super) time: String,
    pub(super) back_href: String,
    pub(super) back_label: String,
}

/// Where the app can be had, and what it runs on. A store is empty where the operator named none.
pub(super) struct AppFacts {
    pub(super) minimum_android: String,
    pub(super) minimum_ios: String,
    pub(super) android_store: String,
    pub(super) ios_store: String,
}

/// What a phone's own camera finds behind a QR code when the app is missing.
#[derive(Template)]
#[template(path = "scanned.html")]
pub(super) struct ScannedPage {
    pub(super) text: Texts,
    pub(super) language_links: Vec<LanguageLink>,
    pub(super) app: AppFacts,
}

/// Help for the invited.
#[derive(Template)]
#[template(path = "activate.html")]
pub(super) struct ActivatePage {
    pub(super) text: Texts,
    pub(super) language_links: Vec<LanguageLink>,
    pub(super) app: AppFacts,
}

/// What is at the server's root.
#[derive(Template)]
#[template(path = "front.html")]
pub(super) struct FrontPage {
    pub(super) text: Texts,
    pub(super) language_links: Vec<LanguageLink>,
}

/// Goes to an application as a form (OAuth 2.0 Form Post Response Mode).
#[derive(Template)]
#[template(path = "form_post.html")]
pub(super) struct FormPostPage {
    pub(super) text: Texts,
    pub(super) language_links: Vec<LanguageLink>,
    pub(super) to: String,
    pub(super) fields: Vec<(&'static str, String)>,
}

/// Asks whether to sign out.
#[derive(Template)]
#[template(path = "sign_out.html")]
pub(super) struct SignOutPage {
    pub(super) text: Texts,
    pub(super) language_links: Vec<LanguageLink>,
    pub(super) fields: Vec<(String, String)>,
}

/// A page as the browser gets it; never stored, since it may show a code or a name.
///
/// It is handed over in pieces: a connection keeps a buffer as large as the largest piece that it ever sent, and a browser
/// that waits for its phone keeps the connection.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Result<HttpResponse, Problem> {
    let mut rest = Bytes::from(template.render().map_err(Problem::internal)?);
    let length = u64::try_from(rest.len()).map_err(Problem::internal)?;
    let pieces = std::iter::from_fn(move || {
        let piece = rest.split_to(rest.len().min(LARGEST_PIECE));
        (!piece.is_empty()).then_some(Ok::<_, Infallible>(piece))
    });
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(SizedStream::new(length, futures_util::stream::iter(pieces))))
}

/// Links to the page of `request` in each language.
pub(super) fn language_links(request: &HttpRequest, current: Language) -> Vec<LanguageLink> {
    let link = |language: Language| LanguageLink {
        code: language.tag(),
        name: language.own_name(),
        href: href_in(request, language),
        current: language == current,
    };
    Language::ALL.into_iter().map(link).collect()
}

fn href_in(request: &HttpRequest, language: Language) -> String {
    let kept =
        url::form_urlencoded::parse(request.query_string().as_bytes()).filter(|(name, _)| name != "lang");
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(kept).append_pair("lang", language.tag());
    format!("{}?{}", request.path(), query.finish())
}

/// What the owner of a phone and their KH user read about its OS; empty when all is well.
pub(super) fn os_note(services: &Services, text: Texts, facts: &PlatformFacts) -> String {
    match services.os_policy.judge(facts, services.clock.now()) {
        Standing::Fine => String::new(),
        Standing::Blocked(too_old) => text.with("os-note-blocked", "needs", &too_old.needs.to_string()),
        Standing::Warned(OsWarning { needs, blocked_from: None }) => {
            text.with("os-note-warned", "needs", &needs.to_string())
        }
        Standing::Warned(OsWarning { needs, blocked_from: Some(day) }) => {
            let (needs, day) = (needs.to_string(), time_text(day));
            let day = day.split_once(' ').map_or(day.as_str(), |(day, _)| day);
            text.fill("os-note-dated", &[("needs", &needs), ("day", day)])
        }
    }
}

/// The time as RFC 3339 writes it, in UTC, to the second.
pub(super) fn time_text(now: Timestamp) -> String {
    let days = now.seconds().div_euclid(86_400);
    let second = now.seconds().rem_euclid(86_400);
    let (year, month, day) = civil_date(days);
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02} UTC",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// The Gregorian date of a day counted from 1970-01-01, by counting eras of 400 years that begin in March.
fn civil_date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
