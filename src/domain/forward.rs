//! Applications that know no OpenID Connect: a reverse proxy asks, for each of their addresses, who is there.

use url::Url;

/// Where the sign-in comes back to, on the application's own host.
pub const CALLBACK_PATH: &str = "/.avain/callback";
/// The longest path that somebody is led back to; behind a longer one waits the application's front page.
const LONGEST_PATH: usize = 1000;

/// An address of an application, as its reverse proxy tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForwardTarget {
    origin: String,
    path: String,
}

impl ForwardTarget {
    /// Reads what a proxy says: `https` and `wss` are one origin. `None` for what no browser could have asked for.
    pub fn read(scheme: &str, host: &str, path: &str) -> Option<Self> {
        let scheme = match scheme {
            "https" | "wss" => "https",
            "http" | "ws" => "http",
            _ => return None,
        };
        let url = Url::parse(&[scheme, "://", host].concat()).ok()?;
        let is_host_alone = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none()
            && !host.ends_with('/');
        is_host_alone.then(|| Self {
            origin: url.origin().ascii_serialization(),
            path: if is_path(path) { path.to_owned() } else { "/".to_owned() },
        })
    }

    /// The redirect URI that the application must have registered.
    pub fn redirect_uri(&self) -> String {
        [&self.origin, CALLBACK_PATH].concat()
    }

    /// The path and query that somebody wanted to see.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether browsers reach the application over TLS.
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

/// The address under that redirect URI; the origin stands before it, so no path leads to another site.
pub fn address(redirect_uri: &str, path: &str) -> Option<String> {
    let origin = redirect_uri.strip_suffix(CALLBACK_PATH)?;
    is_path(path).then(|| [origin, path].concat())
}

/// Whether a redirect URI is one of an application behind a proxy: an origin, and our path.
pub fn is_callback(redirect_uri: &str) -> bool {
    let origin = redirect_uri.strip_suffix(CALLBACK_PATH).unwrap_or_default();
    Url::parse(origin).is_ok_and(|url| url.origin().ascii_serialization() == origin)
}

/// A path with its query; not one of ours, which would lead round and round.
fn is_path(path: &str) -> bool {
    let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\' && byte != b'#');
    path.starts_with('/') && path.len() <= LONGEST_PATH && is_plain && !path.starts_with("/.avain/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_can_ask_for_is_an_address() {
        let origin =
            |scheme, host| ForwardTarget::read(scheme, host, "/").map(|target| target.redirect_uri());
        for (scheme, host, expected) in [
            ("https", "wiki.example.com", "https://wiki.example.com/.avain/callback"),
            ("wss", "WIKI.example.com:443", "https://wiki.example.com/.avain/callback"),
            ("http", "127.0.0.1:8000", "http://127.0.0.1:8000/.avain/callback"),
        ] {
            assert_eq!(origin(scheme, host).as_deref(), Some(expected));
        }
        let refused = [
            "",
            "wiki.example.com/",
            "wiki.example.com/x",
            "user@wiki.example.com",
            "wiki.example.com?x",
            "wiki.example.com#x",
            "a b",
            "wiki.example.com, evil.example",
            "wiki.example.com\\x",
        ];
        for host in refused {
            assert_eq!(origin("https", host), None, "{host}");
        }
        assert_eq!(origin("javascript", "wiki.example.com"), None);
    }

    #[test]
    fn nobody_is_led_to_another_site() {
        let back = |path| {
            let target = ForwardTarget::read("https", "wiki.example.com", path).unwrap();
            address(&target.redirect_uri(), target.path()).unwrap()
        };
        for path in ["/", "/page?a=1&b=%2F", "//evil.example/x", "/@evil.example"] {
            assert_eq!(back(path), ["https://wiki.example.com", path].concat());
        }
        let long = "/".repeat(1001);
        for path in [
            "",
            "@evil.example",
            ".evil.example",
            "https://evil.example",
            "/a b",
            "/\\evil",
            "/ä",
            "/.avain/enter",
            &long,
        ] {
            assert_eq!(back(path), "https://wiki.example.com/", "{path}");
        }
        assert_eq!(address("https://wiki.example.com/callback", "/"), None);
    }

    #[test]
    fn a_callback_is_an_origin_with_our_path() {
        assert!(is_callback("https://wiki.example.com/.avain/callback"));
        for uri in [
            "https://wiki.example.com/x/.avain/callback",
            "/.avain/callback",
            "https://wiki.example.com/.avain/callback?x",
        ] {
            assert!(!is_callback(uri), "{uri}");
        }
    }
}
