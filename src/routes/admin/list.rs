//! "Users and roles": the list.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::super::extract::administrator::Managing;
use super::super::extract::query::parameter;
use super::super::pages::{AdminListPage, MemberLine, access_key, language_links, page, role_key};
use super::super::{Problem, Shared};
use super::{managed, people_href};
use crate::domain::ids::CompanyId;
use crate::domain::time::Timestamp;
use crate::flows::people::{self, Listed, Order};
use crate::texts::Texts;

/// `GET /admin/{company}/people?search=…&order=newest&page=2`.
pub(super) async fn show(
    request: HttpRequest,
    services: Shared,
    Managing(administrator): Managing,
) -> Result<HttpResponse, Problem> {
    let search = parameter(&request, "search");
    let order = if parameter(&request, "order") == "newest" { Order::Newest } else { Order::Name };
    let number = parameter(&request, "page").parse().unwrap_or(1);
    let found = people::list(&services, &administrator, &search, order, number).await?;
    let frame = managed(&request, &services, &administrator);
    let (company, now) = (administrator.company().id, services.clock.now());
    let href = |page| page_href(company, &search, order, page);
    let shown = AdminListPage {
        members: found.members.iter().map(|member| line(frame.text, company, member, now)).collect(),
        total: found.total.to_string(),
        position: frame
            .text
            .fill("admin-page-of", &[("page", &found.page.to_string()), ("pages", &found.pages.to_string())]),
        previous_href: if found.page > 1 { href(found.page - 1) } else { String::new() },
        next_href: if found.page < found.pages { href(found.page + 1) } else { String::new() },
        is_newest_first: order == Order::Newest,
        search,
        text: frame.text,
        language_links: language_links(&request, frame.text.0),
        frame,
    };
    page(StatusCode::OK, &shown)
}

fn page_href(company: CompanyId, search: &str, order: Order, page: i64) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("search", search).append_pair("page", &page.to_string());
    if order == Order::Newest {
        query.append_pair("order", "newest");
    }
    format!("{}?{}", people_href(company), query.finish())
}

fn line(text: Texts, company: CompanyId, member: &Listed, now: Timestamp) -> MemberLine {
    let state = match member.invited_until {
        _ if member.devices > 0 => "admin-state-active",
        Some(until) if now < until => "admin-state-invited",
        Some(_) => "admin-state-invitation-expired",
        None => "admin-state-no-device",
    };
    MemberLine {
        href: format!("{}/{}", people_href(company), member.id),
        name: member.name.clone(),
        email: member.email.clone(),
        role: text.get(role_key(member.role)),
        access: text.get(access_key(member.access)),
        state: text.get(state),
    }
}
