//! `[server]`.

use std::net::SocketAddr;

use serde::Deserialize;
use url::{Host, Url};

use super::SettingsError;
use crate::domain::frame::LONGEST_ORIGIN;
use crate::domain::network::Network;

/// Where the server listens, and under which name it is known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerSettings {
    /// Address and port, for example `127.0.0.1:8080`.
    pub listen: SocketAddr,
    /// The origin under which browsers and phones reach the server, for example `https://login.example.com`. It is the
    /// issuer of tokens, so it can never change.
    pub issuer: String,
    /// The reverse proxies in front of the server, for example `["127.0.0.1", "10.0.0.0/8"]`: from them alone
    /// `X-Forwarded-For` is believed.
    #[serde(default)]
    pub trusted_proxies: Vec<String>,
}

impl ServerSettings {
    /// Checks that the issuer is an origin that browsers, phones and QR codes can work with.
    pub fn check(&self) -> Result<(), SettingsError> {
        let invalid = |what: String| SettingsError::Invalid { key: "server.issuer", what };
        let url = Url::parse(&self.issuer)
            .map_err(|error| invalid(format!("{} is no URL: {error}", self.issuer)))?;
        if url.origin().ascii_serialization() != self.issuer {
            return Err(invalid(format!(
                "write the origin alone, for example {}",
                url.origin().ascii_serialization()
            )));
        }
        if url.scheme() != "https" && !is_loopback(&url) {
            return Err(invalid(
                "it must begin with https:// (http is accepted for 127.0.0.1, [::1] and localhost)"
                    .to_owned(),
            ));
        }
        if self.issuer.len() > LONGEST_ORIGIN {
            return Err(invalid(format!(
                "{} characters are too many: with more than {LONGEST_ORIGIN} the QR code would be too fine for a camera",
                self.issuer.len()
            )));
        }
        Ok(())
    }

    /// The reverse proxies whose word is taken.
    pub fn proxies(&self) -> Result<Vec<Network>, SettingsError> {
        let read = |text: &String| {
            Network::parse(text).ok_or_else(|| SettingsError::Invalid {
                key: "server.trusted_proxies",
                what: format!("{text} is no network; write for example 10.0.0.0/8, or one address"),
            })
        };
        self.trusted_proxies.iter().map(read).collect()
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_accepted(issuer: &str) -> bool {
        let listen = "127.0.0.1:0".parse().unwrap();
        ServerSettings { listen, issuer: issuer.to_owned(), trusted_proxies: Vec::new() }.check().is_ok()
    }

    #[test]
    fn an_issuer_is_an_origin_over_https() {
        for issuer in ["https://login.example.com", "https://login.example.com:8443", "http://127.0.0.1:8080"]
        {
            assert!(is_accepted(issuer), "{issuer}");
        }
        let refused = [
            "",
            "login.example.com",
            "https://login.example.com/",
            "https://login.example.com/avain",
            "http://login.example.com",
            "HTTPS://LOGIN.EXAMPLE.COM",
            "https://a-name-that-is-too-long.for-a-qr.example.com",
        ];
        for issuer in refused {
            assert!(!is_accepted(issuer), "{issuer}");
        }
    }
}
