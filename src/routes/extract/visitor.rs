//! Who opens the sign-in page: the browser as the person at the phone should recognise it.

use actix_web::HttpRequest;
use actix_web::http::header;

use super::cookies::{CookieKind, secret_of};
use super::language::language_of;
use crate::domain::network::client_address;
use crate::flows::Services;
use crate::flows::login::Visitor;

/// The browser behind a request. No header is believed about its address unless one of our own proxies wrote it.
pub(in super::super) fn visitor(request: &HttpRequest, services: &Services) -> Visitor {
    let agent =
        request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Visitor {
        secret: secret_of(request, services, CookieKind::Browser),
        language: language_of(request),
        place: place_of(request, services),
        browser: browser_name(agent),
    }
}

/// The browser's address; `?` when nobody knows it.
pub(in super::super) fn place_of(request: &HttpRequest, services: &Services) -> String {
    let forwarded: Vec<&str> = request
        .headers()
        .get_all(header::X_FORWARDED_FOR)
        .map(|line| line.to_str().unwrap_or("unreadable"))
        .collect();
    let peer = request.peer_addr().map(|address| address.ip());
    let address = client_address(peer, &forwarded, &services.trusted_proxies);
    address.map_or_else(|| "?".to_owned(), |address| address.to_string())
}

/// "Firefox on Windows". Only names from these lists are ever shown, whatever the header says.
fn browser_name(agent: &str) -> String {
    // More specific marks first: Edge and Opera also say Chrome, Chrome also says Safari.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Macintosh", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let find = |marks: &[(&str, &'static str)]| {
        marks.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "?".to_owned(),
    }
}

/// Whether a browser of that name runs on a phone or a tablet, as far as it says: an iPad says that it is a Mac.
pub(in super::super) fn is_phone(browser: &str) -> bool {
    ["iPhone", "iPad", "Android"].iter().any(|system| browser.ends_with(system))
}

#[cfg(test)]
mod tests {
    use super::browser_name;

    #[test]
    fn browsers_have_the_names_that_people_know() {
        let cases = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Windows",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36",
                "Chrome on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
                "Safari on iPhone",
            ),
            ("<script>", "?"),
        ];
        for (agent, expected) in cases {
            assert_eq!(browser_name(agent), expected, "{agent}");
        }
    }
}
