//! A browser: its cookies, one request at a time, and the event stream.

use std::collections::BTreeMap;

use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{RequestBuilder, Response};
use serde::{Deserialize, Serialize};

use super::events::{Event, EventReader};
use super::failure::Failure;
use super::nodes::Node;
use super::step::Step;

const PAGE: &str = "text/html,application/xhtml+xml";
const STREAM: &str = "text/event-stream";
const ATTEMPT_MARK: &str = "data-attempt=\"";

/// A browser that was never here before.
pub(super) struct Browser<'node> {
    node: &'node Node,
    cookies: BTreeMap<String, String>,
}

/// One answer, read to its end.
struct Page {
    location: String,
    body: String,
}

/// The open event stream of a sign-in page.
pub(super) struct Stream {
    response: Response,
    reader: EventReader,
    ready: std::vec::IntoIter<Event>,
}

/// What the page hears.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum News {
    /// The text of the QR code.
    Frame(String),
    /// How the attempt stands, with a frame while it waits.
    State(View),
}

/// The attempt as the page knows it.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct View {
    /// `waiting`, `scanned`, `approved`, …
    pub(super) state: String,
    /// Empty unless waiting.
    #[serde(default)]
    pub(super) frame: String,
    /// Empty unless scanned.
    #[serde(default)]
    pub(super) number: String,
}

impl<'node> Browser<'node> {
    pub(super) const fn new(node: &'node Node) -> Self {
        Self { node, cookies: BTreeMap::new() }
    }

    /// Asks and is sent on; gives back where to.
    pub(super) async fn follow<Q: Serialize + Sync + ?Sized>(
        &mut self,
        step: Step,
        path: &str,
        query: &Q,
    ) -> Result<String, Failure> {
        let request = self.node.client.get(self.address(path)).query(query);
        Ok(self.send(step, request, 303).await?.location)
    }

    /// Sends a form and is sent on.
    pub(super) async fn submit(
        &mut self,
        step: Step,
        path: &str,
        form: &[(&str, &str)],
    ) -> Result<String, Failure> {
        let request = self.node.client.post(self.address(path)).form(form);
        Ok(self.send(step, request, 303).await?.location)
    }

    /// Opens the sign-in page; gives back the attempt that it shows.
    pub(super) async fn open_page(&mut self, path: &str) -> Result<String, Failure> {
        let page = self.send(Step::Page, self.node.client.get(self.address(path)), 200).await?;
        let attempt = value_after(&page.body, ATTEMPT_MARK);
        attempt.map(str::to_owned).ok_or_else(|| Failure::garbled(Step::Page, "the page shows no attempt"))
    }

    /// Opens the page's event stream.
    pub(super) async fn listen(&self, attempt: &str) -> Result<Stream, Failure> {
        let request = self.node.client.get(self.address("/login/events")).query(&[("attempt", attempt)]);
        let request = request.header(ACCEPT, STREAM).header(COOKIE, self.cookie_header());
        let response = request.send().await.map_err(|error| Failure::network(Step::Frame, &error))?;
        let status = response.status().as_u16();
        if status != 200 {
            let body = response.text().await.unwrap_or_default();
            return Err(Failure::answer(Step::Frame, status, &body));
        }
        Ok(Stream { response, reader: EventReader::default(), ready: Vec::new().into_iter() })
    }

    /// A server names itself by paths; one that names itself in full is still asked at this browser's node.
    fn address(&self, path: &str) -> String {
        let address = &self.node.address;
        if path.starts_with('/') { format!("{address}{path}") } else { path.to_owned() }
    }

    fn cookie_header(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    async fn send(&mut self, step: Step, request: RequestBuilder, expected: u16) -> Result<Page, Failure> {
        let mut request = request.header(ACCEPT, PAGE).header(ACCEPT_LANGUAGE, "en");
        if !self.cookies.is_empty() {
            request = request.header(COOKIE, self.cookie_header());
        }
        let response = request.send().await.map_err(|error| Failure::network(step, &error))?;
        self.keep_cookies(&response);
        let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        let (status, location) = (response.status().as_u16(), location.unwrap_or_default().to_owned());
        let body = response.text().await.map_err(|error| Failure::network(step, &error))?;
        if status == expected {
            Ok(Page { location, body })
        } else {
            Err(Failure::answer(step, status, &body))
        }
    }

    fn keep_cookies(&mut self, response: &Response) {
        for cookie in response.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().ok().and_then(|text| text.split(';').next()?.split_once('='));
            if let Some((name, value)) = pair {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Stream {
    /// The next news; `None` when the server has ended the stream.
    pub(super) async fn next(&mut self) -> Result<Option<News>, Failure> {
        loop {
            for event in self.ready.by_ref() {
                if let Some(news) = news(event)? {
                    return Ok(Some(news));
                }
            }
            let chunk = self.response.chunk().await;
            match chunk.map_err(|error| Failure::network(Step::AcceptedToTold, &error))? {
                Some(bytes) => self.ready = self.reader.push(&bytes).into_iter(),
                None => return Ok(None),
            }
        }
    }
}

fn news(event: Event) -> Result<Option<News>, Failure> {
    match event.name.as_str() {
        "frame" => Ok(Some(News::Frame(event.data))),
        "state" => match serde_json::from_str(&event.data) {
            Ok(view) => Ok(Some(News::State(view))),
            Err(error) => Err(Failure::garbled(Step::AcceptedToTold, error.to_string())),
        },
        _ => Ok(None),
    }
}

/// The attribute value that begins after `mark`.
fn value_after<'html>(html: &'html str, mark: &str) -> Option<&'html str> {
    let (_, after) = html.split_once(mark)?;
    after.split('"').next().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_attempt_is_read_from_the_page() {
        let html = r#"<div id="sign-in" data-attempt="0190" data-state="waiting">"#;
        assert_eq!(value_after(html, ATTEMPT_MARK), Some("0190"));
        assert_eq!(value_after("<div>", ATTEMPT_MARK), None);
    }

    #[test]
    fn news_are_frames_and_states() {
        let event = |name: &str, data: &str| Event { name: name.to_owned(), data: data.to_owned() };
        assert_eq!(news(event("frame", "A")).unwrap(), Some(News::Frame("A".to_owned())));
        let view = View { state: "scanned".to_owned(), frame: String::new(), number: "47".to_owned() };
        assert_eq!(
            news(event("state", r#"{"state":"scanned","device_name":"P","number":"47"}"#)).unwrap(),
            Some(News::State(view))
        );
        assert_eq!(news(event("other", "")).unwrap(), None);
        assert_eq!(news(event("state", "{")).unwrap_err().kind, "garbled");
    }
}
