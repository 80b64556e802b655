//! Pages for the support staff.

use askama::Template;

use super::{Choice, LanguageLink, PageTime};
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
    /// What was just done.
    pub(in super::super) done: String,
}

/// One of the pages that all others lead to.
pub(in super::super) struct TabLink {
    pub(in super::super) href: &'static str,
    pub(in super::super) name: String,
    pub(in super::super) is_current: bool,
}

/// A value with its name.
pub(in super::super) struct Fact {
    pub(in super::super) label: String,
    pub(in super::super) value: String,
}

/// Something that happened, on a line of time.
pub(in super::super) struct Moment {
    pub(in super::super) at: PageTime,
    /// `good`, `bad`, `odd` or `plain`.
    pub(in super::super) tone: &'static str,
    pub(in super::super) title: String,
    /// What the person read.
    pub(in super::super) quote: String,
    /// What to tell the caller.
    pub(in super::super) tell: String,
    pub(in super::super) facts: Vec<Fact>,
    pub(in super::super) by: String,
    pub(in super::super) href: String,
}

/// Something that can be done, with a reason.
pub(in super::super) struct Deed {
    pub(in super::super) href: String,
    pub(in super::super) label: String,
    pub(in super::super) explanation: String,
    /// Makes the ids of its fields differ from those of others on the page.
    pub(in super::super) id: &'static str,
}

/// A link to somebody or something.
pub(in super::super) struct Link {
    pub(in super::super) href: String,
    pub(in super::super) name: String,
    pub(in super::super) note: String,
}

/// A person.
#[derive(Template)]
#[template(path = "support_person.html")]
pub(in super::super) struct SupportPersonPage {
    pub(in super::super) text: Texts,
    pub(in super::super) language_links: Vec<LanguageLink>,
    pub(in super::super) frame: Supported,
    pub(in super::super) name: String,
    /// What stands out: blocked, on the staff.
    pub(in super::super) warning: String,
    pub(in super::super) facts: Vec<Fact>,
    pub(in super::super) devices: Vec<Link>,
    pub(in super::super) activations: Vec<Link>,
    pub(in super::super) moments: Vec<Moment>,
    pub(in super::super) older_href: String,
    pub(in super::super) letters: Vec<Moment>,
    pub(in super::super) deeds: Vec<Deed>,
}

/// A device, an enrolment, an attempt or an error.
#[derive(Template)]
#[template(path = "support_story.html")]
pub(in super::super) struct SupportStoryPage {
    pub(in super::super) text: Texts,
    pub(in super::super) language_links: Vec<LanguageLink>,
    pub(in super::super) frame: Supported,
    pub(in super::super) heading: String,
    pub(in super::super) warning: String,
    /// What came of it, in one sentence.
    pub(in super::super) lead: String,
    pub(in super::super) quote: String,
    pub(in super::super) tell: String,
    pub(in super::super) links: Vec<Link>,
    pub(in super::super) facts: Vec<Fact>,
    pub(in super::super) moments: Vec<Moment>,
    pub(in super::super) deeds: Vec<Deed>,
}

/// The search.
#[derive(Template)]
#[template(path = "support_search.html")]
pub(in super::super) struct SupportSearchPage {
    pub(in super::super) text: Texts,
    pub(in super::super) language_links: Vec<LanguageLink>,
    pub(in super::super) frame: Supported,
    pub(in super::super) query: String,
    /// Said where nothing was found.
    pub(in super::super) nothing: String,
    pub(in super::super) people: Vec<Link>,
    pub(in super::super) people_href: String,
    pub(in super::super) companies: Vec<Link>,
    pub(in super::super) phones: Vec<Link>,
    pub(in super::super) phones_href: String,
    pub(in super::super) filters: Filters,
    pub(in super::super) views: Vec<View>,
    /// The filters as an address has them; empty without any.
    pub(in super::super) kept: String,
}

/// A search that somebody keeps.
pub(in super::super) struct View {
    pub(in super::super) href: String,
    pub(in super::super) name: String,
}

/// The fields that narrow a search, as they stand.
pub(in super::super) struct Filters {
    /// The company whose members are looked at; empty for all.
    pub(in super::super) company_name: String,
    pub(in super::super) company_id: String,
    pub(in super::super) platforms: Vec<Choice>,
    pub(in super::super) states: Vec<Choice>,
    pub(in super::super) seen: Vec<Choice>,
    pub(in super::super) are_set: bool,
    pub(in super::super) os_version: String,
    pub(in super::super) app_version: String,
}
