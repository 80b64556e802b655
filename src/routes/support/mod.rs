//! `/support`: what the support staff see and do. The table says which pages there are; the matrix of routes and roles reads it.

mod search;

use actix_web::HttpRequest;
use actix_web::web::{self, ServiceConfig};

use super::extract::administrator::sign_in_href;
use super::extract::language::chosen_language;
use super::pages::{Supported, TabLink};
use crate::domain::language::Language;
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
