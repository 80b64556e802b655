//! The text of a QR code: a link of the phone's own server, or not.

use url::{Origin, Url};

/// Why the phone does not send a scanned text on.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefusal {
    /// Not a web address at all.
    #[error("this QR code holds no sign-in link, but {0:?}")]
    NotALink(String),
    /// A link of somebody else, perhaps a trap.
    #[error("this QR code belongs to {found}, and this phone is enrolled with {expected}; nothing was sent")]
    OtherServer {
        /// The link's origin.
        found: String,
        /// The origin of the phone's server.
        expected: String,
    },
}

/// Lets a scanned text pass whose origin is that of `server` or of `issuer` (one server may have an address of its own
/// beside the issuer that it announces). Letter case of scheme and host does not matter.
pub fn check_link(text: &str, server: &str, issuer: &str) -> Result<(), LinkRefusal> {
    let found = origin(text).ok_or_else(|| LinkRefusal::NotALink(text.chars().take(80).collect()))?;
    let own = [server, issuer].map(origin);
    if own.contains(&Some(found.clone())) {
        return Ok(());
    }
    Err(LinkRefusal::OtherServer { found: found.ascii_serialization(), expected: server.to_owned() })
}

fn origin(text: &str) -> Option<Origin> {
    let origin = Url::parse(text).ok()?.origin();
    origin.is_tuple().then_some(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: &str = "http://127.0.0.1:8080";
    const ISSUER: &str = "https://login.example.com";

    #[test]
    fn links_of_the_own_server_pass_in_upper_case() {
        for link in
            ["HTTP://127.0.0.1:8080/Q/ABC", "http://127.0.0.1:8080/q/abc", "HTTPS://LOGIN.EXAMPLE.COM/Q/ABC"]
        {
            assert_eq!(check_link(link, SERVER, ISSUER), Ok(()), "{link}");
        }
    }

    #[test]
    fn links_of_others_do_not() {
        let links = [
            "HTTP://127.0.0.1:8081/Q/ABC",
            "HTTPS://127.0.0.1:8080/Q/ABC",
            "HTTPS://LOGIN.EXAMPLE.COM.EVIL.EXAMPLE/Q/ABC",
            "HTTPS://LOGIN.EXAMPLE.COM@EVIL.EXAMPLE/Q/ABC",
        ];
        for link in links {
            assert!(
                matches!(check_link(link, SERVER, ISSUER), Err(LinkRefusal::OtherServer { .. })),
                "{link}"
            );
        }
    }

    #[test]
    fn other_texts_are_no_links() {
        for text in ["", "ABC", "WIFI:T:WPA;S:home;;", "mailto:a@example.com", "data:text/plain,hello"] {
            assert!(matches!(check_link(text, SERVER, ISSUER), Err(LinkRefusal::NotALink(_))), "{text}");
        }
    }
}
