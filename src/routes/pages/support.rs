//! Pages for the support staff.

use askama::Template;

use super::LanguageLink;
use crate::texts::Texts;

/// What every page for the staff shows around its own matter.
pub(in super::super) struct Supported {
    pub(in super::super) text: Texts,
    pub(in super::super) tabs: Vec<TabLink>,
    pub(in super::super) person_name: String,
    pub(in super::super) role: String,
    /// Whether they may act; otherwise the page offers to sign in again.
    pub(in super::super) is_fresh: bool,
    pub(in super::super) fresh_href: String,
}

/// One of the pages that all others lead to.
pub(in super::super) struct TabLink {
    pub(in super::super) href: &'static str,
    pub(in super::super) name: String,
    pub(in super::super) is_current: bool,
}

/// The search.
#[derive(Template)]
#[template(path = "support_search.html")]
pub(in super::super) struct SupportSearchPage {
    pub(in super::super) text: Texts,
    pub(in super::super) language_links: Vec<LanguageLink>,
    pub(in super::super) frame: Supported,
    pub(in super::super) query: String,
}
