//! Step 2: the search, by whatever a caller says. E-mail addresses and phone numbers are found whole or not at all, so that nobody
//! can spell them out letter by letter.

use std::time::Duration;

use super::SupportError;
use crate::domain::company::Company;
use crate::domain::device::DeviceState;
use crate::domain::error_reference::ErrorReference;
use crate::domain::folded::{after_prefix, folded, words};
use crate::domain::ids::{CompanyId, DeviceId, EnrolmentId, LoginAttemptId, PersonId};
use crate::domain::person::PhoneNumber;
use crate::domain::platform::Platform;
use crate::domain::time::Timestamp;
use crate::flows::{Services, errors};
use crate::store::db::Tx;
use crate::store::search::{self, CHUNK, PhoneOrder};
pub use crate::store::search::{FoundPerson, FoundPhone, Place};
use crate::store::{activation, company, device, error_event, person, story};

/// How many a page shows of each kind.
pub const PAGE: usize = 25;
/// How many chunks of an index one page reads at most.
const MOST_CHUNKS: usize = 10;
const SHORTEST_WORD: usize = 2;
/// Countries whose numbers are understood without their code.
const HOME_CODES: [&str; 5] = ["+358", "+46", "+372", "+47", "+45"];

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// What the caller says.
    pub query: String,
    /// The members of that company.
    pub company: Option<CompanyId>,
    /// Phones of that platform.
    pub platform: Option<Platform>,
    /// Phones with exactly that OS version.
    pub os_version: String,
    /// Phones with exactly that version of the app.
    pub app_version: String,
    /// Phones in that state.
    pub state: Option<DeviceState>,
    /// Phones that were seen in the last so many days.
    pub seen_days: Option<u64>,
    /// After which person the page begins.
    pub people_after: Place,
    /// After which phone the page begins.
    pub phones_after: Place,
}

impl Wish {
    fn has_filters(&self) -> bool {
        self.platform.is_some()
            || self.state.is_some()
            || self.seen_days.is_some()
            || !self.os_version.is_empty()
            || !self.app_version.is_empty()
    }

    /// Whether a phone is one of those that are looked for.
    fn takes(&self, phone: &FoundPhone, now: Timestamp) -> bool {
        let model = folded(&format!("{} {}", phone.facts.brand, phone.facts.model));
        let is_model = model.contains(&folded(self.query.trim()));
        let seen_since = self.seen_days.map(|days| now.minus(Duration::from_hours(24 * days)));
        is_model
            && self.platform.is_none_or(|platform| platform == phone.facts.platform)
            && self.state.is_none_or(|state| state == phone.state)
            && (self.os_version.is_empty() || self.os_version == phone.facts.os_version.to_string())
            && (self.app_version.is_empty() || self.app_version == phone.facts.app_version)
            && seen_since.is_none_or(|since| phone.last_seen_at >= since)
    }

    fn phone_order(&self) -> Option<PhoneOrder> {
        let model = folded(self.query.trim());
        Some(match (self.company, self.platform) {
            (Some(company), _) => PhoneOrder::Company(company.to_string()),
            _ if model.chars().count() >= SHORTEST_WORD => {
                PhoneOrder::Model(model.clone(), after_prefix(&model))
            }
            (None, Some(platform)) if !self.os_version.is_empty() => {
                PhoneOrder::Os(platform.key(), self.os_version.clone())
            }
            _ if !self.app_version.is_empty() => PhoneOrder::App(self.app_version.clone()),
            _ if self.has_filters() => PhoneOrder::Newest,
            _ => return None,
        })
    }
}

/// One page of what was found, and where the next one begins.
pub struct Page<T> {
    /// What was found.
    pub found: Vec<T>,
    /// Where to go on; there may be more.
    pub next: Option<Place>,
}

impl<T> Page<T> {
    const fn empty() -> Self {
        Self { found: Vec::new(), next: None }
    }
}

/// The one thing that a search names.
#[derive(Clone, Copy, Debug)]
pub enum One {
    /// An error.
    Error(ErrorReference),
    /// A person.
    Person(PersonId),
    /// A device.
    Device(DeviceId),
    /// An enrolment.
    Enrolment(EnrolmentId),
    /// An attempt.
    Attempt(LoginAttemptId),
}

/// What comes of a search.
pub enum Results {
    /// It names one thing.
    One(One),
    /// Several, of each kind.
    Lists {
        /// People.
        people: Page<FoundPerson>,
        /// Companies.
        companies: Vec<Company>,
        /// Phones.
        phones: Page<FoundPhone>,
        /// The company whose members are looked at.
        company: Option<Company>,
    },
}

/// Step 2.
pub async fn search(services: &Services, wish: &Wish) -> Result<Results, SupportError> {
    let mut tx = services.db.read().await?;
    if let Some(one) = find_one(services, &mut tx, wish.query.trim()).await? {
        return Ok(Results::One(one));
    }
    let prefix = folded(wish.query.trim());
    let companies = if prefix.chars().count() >= SHORTEST_WORD && wish.company.is_none() {
        search::companies(&mut tx, (&prefix, &after_prefix(&prefix))).await?
    } else {
        Vec::new()
    };
    let company = match wish.company {
        Some(id) => company::find(&mut tx, id).await?,
        None => None,
    };
    let people = find_people(&mut tx, wish).await?;
    let phones = find_phones(services, &mut tx, wish).await?;
    Ok(Results::Lists { people, companies, phones, company })
}

/// A reference or an id leads to one thing, if that is there.
async fn find_one(services: &Services, tx: &mut Tx, query: &str) -> Result<Option<One>, SupportError> {
    if let Ok(reference) = query.parse::<ErrorReference>() {
        errors::write(services).await?;
        if error_event::find(tx, reference).await?.is_some() {
            return Ok(Some(One::Error(reference)));
        }
    }
    if let Ok(id) = query.parse::<PersonId>()
        && person::find(tx, id).await?.is_some()
    {
        return Ok(Some(One::Person(id)));
    }
    if let Ok(id) = query.parse::<DeviceId>()
        && device::find(tx, id).await?.is_some()
    {
        return Ok(Some(One::Device(id)));
    }
    if let Ok(id) = query.parse::<EnrolmentId>()
        && activation::find(tx, id).await?.is_some()
    {
        return Ok(Some(One::Enrolment(id)));
    }
    if let Ok(id) = query.parse::<LoginAttemptId>()
        && !story::find_of_attempt(tx, id).await?.is_empty()
    {
        return Ok(Some(One::Attempt(id)));
    }
    Ok(None)
}

async fn find_people(tx: &mut Tx, wish: &Wish) -> Result<Page<FoundPerson>, SupportError> {
    let query = wish.query.trim();
    if query.contains('@') {
        let found = search::people_by_email(tx, &query.to_lowercase()).await?;
        return Ok(Page { found, next: None });
    }
    if let Some(company) = wish.company.filter(|_| query.is_empty()) {
        let mut found = search::people_of_company(tx, &company.to_string(), &wish.people_after).await?;
        let has_more = found.len() > PAGE;
        found.truncate(PAGE);
        let next = found.last().filter(|_| has_more).map(|last| last.place.clone());
        return Ok(Page { found, next });
    }
    for number in numbers(query) {
        let found = search::people_by_phone(tx, number.as_str()).await?;
        if !found.is_empty() {
            return Ok(Page { found, next: None });
        }
    }
    find_by_words(tx, wish).await
}

/// The number as it was typed, or as one of a country nearby.
fn numbers(query: &str) -> Vec<PhoneNumber> {
    if let Some(number) = PhoneNumber::parse(query) {
        return vec![number];
    }
    let local = query.trim_start_matches('0');
    let is_number = query.chars().all(|character| character.is_ascii_digit() || " -.()".contains(character));
    if !is_number || local.is_empty() {
        return Vec::new();
    }
    HOME_CODES.iter().filter_map(|code| PhoneNumber::parse(&format!("{code}{local}"))).collect()
}

/// The longest word leads through the index; the others must begin some word of the name too.
async fn find_by_words(tx: &mut Tx, wish: &Wish) -> Result<Page<FoundPerson>, SupportError> {
    let wanted = words(&wish.query);
    let Some(longest) = wanted.iter().max_by_key(|word| word.chars().count()) else {
        return Ok(Page::empty());
    };
    if longest.chars().count() < SHORTEST_WORD {
        return Ok(Page::empty());
    }
    let to = after_prefix(longest);
    let mut page = Page::<FoundPerson> { found: Vec::new(), next: Some(wish.people_after.clone()) };
    for _ in 0..MOST_CHUNKS {
        let Some(after) = page.next.take() else { break };
        let chunk = search::people_by_word(tx, (longest, &to), &after).await?;
        let is_last = chunk.len() < CHUNK;
        for candidate in chunk {
            page.next = Some(candidate.place.clone());
            let has = words(&candidate.name);
            let fits = wanted.iter().all(|word| has.iter().any(|other| other.starts_with(word)));
            if fits && page.found.iter().all(|known| known.id != candidate.id) {
                page.found.push(candidate);
            }
            if page.found.len() == PAGE {
                return Ok(page);
            }
        }
        if is_last {
            page.next = None;
        }
    }
    Ok(page)
}

async fn find_phones(
    services: &Services,
    tx: &mut Tx,
    wish: &Wish,
) -> Result<Page<FoundPhone>, SupportError> {
    let Some(order) = wish.phone_order() else { return Ok(Page::empty()) };
    let mut page = Page::<FoundPhone> { found: Vec::new(), next: Some(wish.phones_after.clone()) };
    for _ in 0..MOST_CHUNKS {
        let Some(after) = page.next.take() else { break };
        let chunk = search::phones(tx, &order, &after).await?;
        let is_last = chunk.len() < CHUNK;
        for candidate in chunk {
            page.next = Some(candidate.place.clone());
            if wish.takes(&candidate, services.now()) {
                page.found.push(candidate);
            }
            if page.found.len() == PAGE {
                return Ok(page);
            }
        }
        if is_last {
            page.next = None;
        }
    }
    Ok(page)
}
