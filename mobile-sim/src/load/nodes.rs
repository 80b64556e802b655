//! The nodes of one installation, and who goes to which.

use reqwest::Client;
use reqwest::header::{HOST, HeaderMap, HeaderValue};
use std::time::Duration;

use super::drive::LoadError;
use crate::server::{Server, client_builder};

/// A stream brings something every second; an answer that takes longer is none.
const SILENCE_TIMEOUT: Duration = Duration::from_secs(30);
const USER_AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// One node, as browsers and phones reach it.
pub(super) struct Node {
    /// Without a slash at the end.
    pub(super) address: String,
    /// Connections of browsers and of the application.
    pub(super) client: Client,
    /// Connections of phones.
    pub(super) phones: Server,
}

/// All nodes.
pub(super) struct Nodes(Vec<Node>);

/// The nodes of one sign-in.
#[derive(Clone, Copy)]
pub(super) struct Route<'nodes> {
    /// Where the browser is.
    pub(super) browser: &'nodes Node,
    /// Where the phone is.
    pub(super) phone: &'nodes Node,
    /// Where the application redeems the code.
    pub(super) application: &'nodes Node,
}

impl Nodes {
    /// The nodes at these addresses, asked under the issuer's host name.
    pub(super) fn new(addresses: &[String], issuer: &str) -> Result<Self, LoadError> {
        let host = issuer.split_once("://").map_or(issuer, |(_, host)| host);
        let nodes: Result<Vec<Node>, LoadError> =
            addresses.iter().map(|address| Node::new(address, host)).collect();
        let nodes = nodes?;
        if nodes.is_empty() { Err(LoadError::NoServer) } else { Ok(Self(nodes)) }
    }

    /// Round robin: the three parties of a sign-in are at neighbouring nodes, and the next sign-in is one further.
    pub(super) fn route(&self, number: u64) -> Option<Route<'_>> {
        let nth = |offset: u64| {
            let length = u64::try_from(self.0.len()).ok()?;
            let place = number.wrapping_add(offset).checked_rem(length)?;
            self.0.get(usize::try_from(place).ok()?)
        };
        Some(Route { browser: nth(0)?, phone: nth(1)?, application: nth(2)? })
    }
}

impl Node {
    fn new(address: &str, host: &str) -> Result<Self, LoadError> {
        let phones = Server::new(address)?.with_host(host);
        let mut headers = HeaderMap::new();
        let value = HeaderValue::from_str(host).map_err(|_| LoadError::IssuerInvalid(host.to_owned()))?;
        headers.insert(HOST, value);
        let builder = client_builder().user_agent(USER_AGENT).default_headers(headers);
        let client = builder.read_timeout(SILENCE_TIMEOUT).build().map_err(LoadError::Client)?;
        Ok(Self { address: phones.address().to_owned(), client, phones })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parties_of_a_sign_in_are_at_different_nodes_in_turn() {
        let addresses =
            ["http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3/"].map(str::to_owned);
        let nodes = Nodes::new(&addresses, "http://localhost:8080").unwrap();
        let places = |number| {
            let Route { browser, phone, application } = nodes.route(number).unwrap();
            [browser, phone, application].map(|node| node.address.chars().last().unwrap())
        };
        assert_eq!(places(0), ['1', '2', '3']);
        assert_eq!(places(1), ['2', '3', '1']);
        assert_eq!(places(5), ['3', '1', '2']);
    }

    #[test]
    fn there_is_at_least_one_node() {
        assert!(matches!(Nodes::new(&[], "http://localhost:8080"), Err(LoadError::NoServer)));
    }
}
