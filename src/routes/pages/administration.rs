//! Pages for KH users.

use askama::Template;

use super::{LanguageLink, PageTime};
use crate::domain::membership::{Access, Role};
use crate::texts::Texts;

/// What every page for KH users shows around its own matter.
pub(in super::super) struct Managed {
    pub(in super::super) text: Texts,
    pub(in super::super) company_name: String,
    pub(in super::super) people_href: String,
    pub(in super::super) networks_href: String,
    pub(in super::super) companies: Vec<CompanyLink>,
    pub(in super::super) person_name: String,
    /// Whether something may be changed; otherwise the page offers to sign in again.
    pub(in super::super) is_fresh: bool,
    pub(in super::super) fresh_href: String,
    /// A form came too late and is shown again with what was typed: its fields stay open.
    pub(in super::super) is_late: bool,
}

/// A company whose people the KH user manages.
pub(in super::super) struct CompanyLink {
    pub(in super::super) name: String,
    pub(in super::super) href: String,
    pub(in super::super) current: bool,
}

/// One of several things to choose from.
pub(in super::super) struct Choice {
    pub(in super::super) value: &'static str,
    pub(in super::super) label: String,
    pub(in super::super) is_chosen: bool,
}

/// A line of the list.
pub(in super::super) struct MemberLine {
    pub(in super::super) href: String,
    pub(in super::super) name: String,
    pub(in super::super) email: String,
    pub(in super::super) role: String,
    pub(in super::super) access: String,
    pub(in super::super) state: String,
}

/// "Users and roles".
#[derive(Template)]
#[template(path = "admin_list.html")]
pub(in super::super) struct AdminListPage {
    pub(in super::super) text: Texts,
    pub(in super::super) language_links: Vec<LanguageLink>,
    pub(in super::super) frame: Managed,
    pub(in super::super) members: Vec<MemberLine>,
    pub(in super::super) total: String,
    pub(in super::super) position: String,
    pub(in super::super) previous_href: String,
    pub(in super::super) next_href: String,
    pub(in super::super) is_newest_first: bool,
    pub(in super::super) search: String,
}

/// The form for a new member.
#[derive(Template)]
#[template(path = "admin_new.html")]
pub(in super::super) struct AdminNewPage {
    pub(in super::super) text: Texts,
    pub(in super::super) language_links: Vec<LanguageLink>,
    pub(in super::super) frame: Managed,
    pub(in super::super) languages: Vec<Choice>,
    pub(in super::super) roles: Vec<Choice>,
    pub(in super::super) accesses: Vec<Choice>,
    pub(in super::super) invalid: String,
    pub(in super::super) invalid_field: &'static str,
    pub(in super::super) name: String,
    pub(in super::super) email: String,
    pub(in super::super) phone: String,
    pub(in super::super) country: String,
    pub(in super::super) identifier: String,
}

/// A device of a member.
pub(in super::super) struct DeviceLine {
    pub(in super::super) name: String,
    pub(in super::super) os: String,
    /// What is wrong with it; empty when nothing is.
    pub(in super::super) os_note: String,
    pub(in super::super) added: PageTime,
    pub(in super::super) seen: PageTime,
    pub(in super::super) state: String,
    pub(in super::super) removal_href: String,
}

/// A message to a member.
pub(in super::super) struct MessageLine {
    pub(in super::super) at: PageTime,
    pub(in super::super) what: String,
    pub(in super::super) progress: &'static str,
    /// When the provider took it.
    pub(in super::super) taken: Option<PageTime>,
}

/// Something that was done to a member.
pub(in super::super) struct HistoryLine {
    pub(in super::super) at: PageTime,
    pub(in super::super) what: String,
    pub(in super::super) detail: String,
    pub(in super::super) by: String,
}

/// One member.
#[derive(Template)]
#[template(path = "admin_member.html")]
pub(in super::super) struct AdminMemberPage {
    pub(in super::super) text: Texts,
    pub(in super::super) language_links: Vec<LanguageLink>,
    pub(in super::super) frame: Managed,
    pub(in super::super) href: String,
    pub(in super::super) name: String,
    pub(in super::super) email: String,
    pub(in super::super) phone: String,
    pub(in super::super) language: &'static str,
    pub(in super::super) is_own: bool,
    pub(in super::super) is_looked_after: bool,
    pub(in super::super) may_correct_email: bool,
    pub(in super::super) basic_company: String,
    pub(in super::super) roles: Vec<Choice>,
    pub(in super::super) accesses: Vec<Choice>,
    pub(in super::super) devices: Vec<DeviceLine>,
    /// The phone that waits for its confirmation code; empty when none does.
    pub(in super::super) waiting_phone: String,
    pub(in super::super) messages: Vec<MessageLine>,
    pub(in super::super) history: Vec<HistoryLine>,
    pub(in super::super) done: String,
    pub(in super::super) invalid: String,
    pub(in super::super) confirmation_code: String,
}

/// A network that is approved for the company.
pub(in super::super) struct NetworkLine {
    pub(in super::super) network: String,
    pub(in super::super) until: PageTime,
}

/// The company's networks.
#[derive(Template)]
#[template(path = "admin_networks.html")]
pub(in super::super) struct AdminNetworksPage {
    pub(in super::super) text: Texts,
    pub(in super::super) language_links: Vec<LanguageLink>,
    pub(in super::super) frame: Managed,
    pub(in super::super) href: String,
    pub(in super::super) networks: Vec<NetworkLine>,
    pub(in super::super) days: Vec<Choice>,
    /// The network of the browser; empty when nobody knows it.
    pub(in super::super) here: String,
    pub(in super::super) typed: String,
    pub(in super::super) invalid: String,
    pub(in super::super) done: String,
    pub(in super::super) history: Vec<HistoryLine>,
}

/// The text that names a role.
pub(in super::super) const fn role_key(role: Role) -> &'static str {
    match role {
        Role::User => "admin-role-user",
        Role::UserAdministrator => "admin-role-administrator",
    }
}

/// The text that names an access.
pub(in super::super) const fn access_key(access: Access) -> &'static str {
    match access {
        Access::Browser => "admin-access-browser",
        Access::MobileOnly => "admin-access-mobile",
        Access::Removed => "admin-access-removed",
    }
}

/// The roles to choose from.
pub(in super::super) fn role_choices(text: Texts, chosen: Role) -> Vec<Choice> {
    let choice =
        |role: Role| Choice { value: role.key(), label: text.get(role_key(role)), is_chosen: role == chosen };
    Role::ALL.into_iter().map(choice).collect()
}

/// The accesses to choose from.
pub(in super::super) fn access_choices(text: Texts, chosen: Access) -> Vec<Choice> {
    let choice = |access: Access| Choice {
        value: access.key(),
        label: text.get(access_key(access)),
        is_chosen: access == chosen,
    };
    Access::ALL.into_iter().map(choice).collect()
}
