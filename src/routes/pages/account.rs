//! Pages for people's own accounts.

use std::fmt;

use askama::Template;

use super::{Choice, LanguageLink, time_text};
use crate::domain::time::Timestamp;
use crate::texts::Texts;

/// A time as a page shows it; with a script the browser writes it in its own zone.
pub(in super::super) struct PageTime(pub(in super::super) Timestamp);

impl PageTime {
    /// As HTML's `datetime` wants it.
    pub(in super::super) fn machine(&self) -> String {
        time_text(self.0).replacen(' ', "T", 1).replace(" UTC", "Z")
    }
}

impl fmt::Display for PageTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&time_text(self.0))
    }
}

/// A company that the person belongs to.
pub(in super::super) struct PlaceLine {
    pub(in super::super) name: String,
    pub(in super::super) role: String,
}

/// One of the person's devices.
pub(in super::super) struct OwnDeviceLine {
    pub(in super::super) href: String,
    pub(in super::super) name: String,
    pub(in super::super) os: String,
    /// What is wrong with it; empty when nothing is.
    pub(in super::super) os_note: String,
    pub(in super::super) added: PageTime,
    pub(in super::super) seen: PageTime,
    /// Whether it approved the sign-in of this browser.
    pub(in super::super) is_this: bool,
}

/// One sign-in.
pub(in super::super) struct VisitLine {
    pub(in super::super) at: PageTime,
    pub(in super::super) browser: String,
    pub(in super::super) place: String,
    pub(in super::super) method: String,
    pub(in super::super) application: String,
    pub(in super::super) state: String,
    /// Where it can be ended; empty when it is over, or is this browser's.
    pub(in super::super) end_href: String,
    pub(in super::super) end_label: String,
}

/// "My account".
#[derive(Template)]
#[template(path = "account.html")]
pub(in super::super) struct AccountPage {
    pub(in super::super) text: Texts,
    pub(in super::super) language_links: Vec<LanguageLink>,
    pub(in super::super) name: String,
    pub(in super::super) email: String,
    pub(in super::super) phone: String,
    pub(in super::super) companies: Vec<PlaceLine>,
    pub(in super::super) manages_people: bool,
    pub(in super::super) languages: Vec<Choice>,
    pub(in super::super) devices: Vec<OwnDeviceLine>,
    pub(in super::super) visits: Vec<VisitLine>,
    /// A new address that waits for its code; empty when none does.
    pub(in super::super) wanted: String,
    pub(in super::super) typed_email: String,
    pub(in super::super) invalid_email: String,
    pub(in super::super) done: String,
    pub(in super::super) is_fresh: bool,
    pub(in super::super) fresh_href: String,
}

/// The code that proves a new e-mail address.
#[derive(Template)]
#[template(path = "account_email.html")]
pub(in super::super) struct AccountEmailPage {
    pub(in super::super) text: Texts,
    pub(in super::super) language_links: Vec<LanguageLink>,
    pub(in super::super) email: String,
    pub(in super::super) tries_left: String,
    pub(in super::super) may_send: bool,
    pub(in super::super) warning: String,
}

/// One device: its name, and its removal.
#[derive(Template)]
#[template(path = "account_device.html")]
pub(in super::super) struct AccountDevicePage {
    pub(in super::super) text: Texts,
    pub(in super::super) language_links: Vec<LanguageLink>,
    pub(in super::super) href: String,
    pub(in super::super) name: String,
    pub(in super::super) typed_name: String,
    pub(in super::super) invalid: String,
    pub(in super::super) is_only: bool,
    pub(in super::super) is_fresh: bool,
    pub(in super::super) fresh_href: String,
}

/// "It was not me".
#[derive(Template)]
#[template(path = "not_me.html")]
pub(in super::super) struct NotMePage {
    pub(in super::super) text: Texts,
    pub(in super::super) language_links: Vec<LanguageLink>,
}

/// Something is done, and nobody is signed in any longer.
#[derive(Template)]
#[template(path = "gone.html")]
pub(in super::super) struct GonePage {
    pub(in super::super) text: Texts,
    pub(in super::super) language_links: Vec<LanguageLink>,
    pub(in super::super) title: String,
    pub(in super::super) message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_for_people_and_for_browsers() {
        let time = PageTime(Timestamp::from_millis(1_795_471_387_000));
        assert_eq!(time.to_string(), "2026-11-23 22:03:07 UTC");
        assert_eq!(time.machine(), "2026-11-23T22:03:07Z");
    }
}
