//! One complete sign-in.
//!
//! 1. The application sends the browser: authorization request, page, event stream.
//! 2. The phone scans the frame that the stream shows and answers.
//! 3. The stream says "approved"; the browser collects its session and goes back to the application with a code.
//! 4. The application redeems the code.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use p256::elliptic_curve::Generate;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::sync::watch;
use tokio::time::Instant;
use url::Url;

use super::browser::{Browser, News, Stream};
use super::failure::Failure;
use super::figures::Times;
use super::nodes::{Node, Route};
use super::plan::Plan;
use super::step::Step;
use crate::phone::{OwnerDecision, Phone};

/// A frame lives five seconds; a phone that was slower scans the next one, as a person would.
const MOST_SCANS: u32 = 3;

/// What the application keeps while the browser is away.
struct Asked {
    state: String,
    verifier: String,
}

/// When the phone did its part.
struct PhoneTimes {
    scan_began: Instant,
    scanned: Instant,
    answer_began: Instant,
    accepted: Instant,
}

/// The whole of it, from `begun` on.
pub(super) async fn sign_in(
    plan: &Plan,
    route: Route<'_>,
    phone: &Phone,
    begun: Instant,
) -> Result<Times, Failure> {
    let mut times = Times::default();
    let mut browser = Browser::new(route.browser);
    let mut last = Instant::now();
    let (asked, page) = ask(plan, &mut browser).await?;
    times.lap(Step::Authorize, &mut last);
    let attempt = browser.open_page(&page).await?;
    times.lap(Step::Page, &mut last);
    let stream = browser.listen(&attempt).await?;
    let (show, shown) = watch::channel(Shown::default());
    let (told, phone) = tokio::try_join!(hear(stream, show), act(phone, shown))?;
    times.add(Step::Frame, phone.scan_began - last);
    times.add(Step::Scan, phone.scanned - phone.scan_began);
    times.add(Step::Answer, phone.accepted - phone.answer_began);
    times.add(Step::AcceptedToTold, told.saturating_duration_since(phone.accepted));
    times.add(Step::AnsweredToTold, told - phone.answer_began);
    last = Instant::now();
    let resume = browser.follow(Step::Collect, "/login/collect", &[("attempt", &attempt)]).await?;
    times.lap(Step::Collect, &mut last);
    let back = browser.follow(Step::Resume, &resume, &()).await?;
    let code = code(&back, &asked)?;
    times.lap(Step::Resume, &mut last);
    redeem(plan, route.application, &code, &asked).await?;
    times.lap(Step::Token, &mut last);
    times.add(Step::Whole, last - begun);
    Ok(times)
}

/// Step 1 up to where the server shows its page.
pub(super) async fn open(plan: &Plan, browser: &mut Browser<'_>) -> Result<String, Failure> {
    ask(plan, browser).await.map(|(_, page)| page)
}

async fn ask(plan: &Plan, browser: &mut Browser<'_>) -> Result<(Asked, String), Failure> {
    let random = || {
        let bytes = <[u8; 32]>::try_generate();
        let bytes = bytes.map_err(|_| Failure::new(Step::Authorize, "no_randomness", "no random bytes"))?;
        Ok::<_, Failure>(BASE64_URL_SAFE_NO_PAD.encode(bytes))
    };
    let asked = Asked { state: random()?, verifier: random()? };
    let query = [
        ("response_type", "code"),
        ("client_id", &plan.client_id),
        ("redirect_uri", &plan.redirect_uri),
        ("scope", "openid profile email"),
        ("state", &asked.state),
        ("nonce", &asked.state),
        ("code_challenge", &BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&asked.verifier))),
        ("code_challenge_method", "S256"),
    ];
    let page = browser.follow(Step::Authorize, "/oauth2/authorize", &query).await?;
    if page.starts_with(&plan.redirect_uri) {
        let error = parameter(&page, "error").unwrap_or_default();
        return Err(Failure::new(Step::Authorize, format!("oauth_{error}"), page));
    }
    Ok((asked, page))
}

/// What the page shows.
#[derive(Clone, Default)]
struct Shown {
    frame: String,
    number: String,
}

/// The browser's side of steps 2 and 3: shows each frame, gives back when it was told. The stream is read to its end, so
/// that its connection can be used again.
async fn hear(mut stream: Stream, show: watch::Sender<Shown>) -> Result<Instant, Failure> {
    let mut told = None;
    while let Some(news) = stream.next().await? {
        match news {
            News::Frame(frame) => drop(show.send_replace(Shown { frame, ..Shown::default() })),
            News::State(view) => match view.state.as_str() {
                "waiting" | "scanned" => {
                    drop(show.send_replace(Shown { frame: view.frame, number: view.number }));
                }
                "approved" => told = Some(Instant::now()),
                other => return Err(ended(other)),
            },
        }
    }
    told.ok_or_else(|| ended("silently"))
}

fn ended(how: &str) -> Failure {
    Failure::new(Step::AcceptedToTold, format!("ended_{how}"), "the stream ended without an approval")
}

/// The phone's side of step 2.
async fn act(phone: &Phone, mut shown: watch::Receiver<Shown>) -> Result<PhoneTimes, Failure> {
    let mut frame = next_frame(&mut shown).await?;
    let scan_began = Instant::now();
    let mut scans = 1;
    let challenge = loop {
        match phone.scan(&frame).await {
            Ok(challenge) => break challenge,
            Err(error) if error.code() == Some("frame_expired") && scans < MOST_SCANS => {
                scans += 1;
                frame = next_frame(&mut shown).await?;
            }
            Err(error) => return Err(Failure::phone(Step::Scan, &error)),
        }
    };
    let scanned = Instant::now();
    let decision = OwnerDecision::ApproveNumber(shown_number(&mut shown).await?);
    let answer_began = Instant::now();
    phone.answer(&challenge, decision).await.map_err(|error| Failure::phone(Step::Answer, &error))?;
    Ok(PhoneTimes { scan_began, scanned, answer_began, accepted: Instant::now() })
}

/// A frame that was not looked at yet.
async fn next_frame(shown: &mut watch::Receiver<Shown>) -> Result<String, Failure> {
    let gone = |_| Failure::new(Step::Frame, "ended_silently", "the stream ended without a frame");
    shown.changed().await.map_err(gone)?;
    Ok(shown.borrow_and_update().frame.clone())
}

/// The number that the owner compares.
async fn shown_number(shown: &mut watch::Receiver<Shown>) -> Result<i32, Failure> {
    let gone = |_| Failure::new(Step::Answer, "ended_silently", "the stream ended without a number");
    let number = shown.wait_for(|shown| !shown.number.is_empty()).await.map_err(gone)?.number.clone();
    number.parse().map_err(|_| Failure::garbled(Step::Answer, "the page's number is none"))
}

fn code(back: &str, asked: &Asked) -> Result<String, Failure> {
    if parameter(back, "state").as_deref() != Some(&asked.state) {
        return Err(Failure::garbled(Step::Resume, "the state did not come back"));
    }
    parameter(back, "code").ok_or_else(|| {
        let error = parameter(back, "error").unwrap_or_default();
        Failure::new(Step::Resume, format!("oauth_{error}"), "no code came back")
    })
}

fn parameter(address: &str, name: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    url.query_pairs().find(|(given, _)| given == name).map(|(_, value)| value.into_owned())
}

/// Step 4.
async fn redeem(plan: &Plan, node: &Node, code: &str, asked: &Asked) -> Result<(), Failure> {
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &plan.redirect_uri),
        ("code_verifier", &asked.verifier),
        ("client_id", &plan.client_id),
    ];
    form.extend(plan.client_secret.as_ref().map(|secret| ("client_secret", secret.0.as_str())));
    let request = node.client.post(format!("{}/oauth2/token", node.address)).form(&form);
    let network = |error| Failure::network(Step::Token, &error);
    let response = request.send().await.map_err(network)?;
    let status = response.status().as_u16();
    let body = response.text().await.map_err(network)?;
    if status != 200 {
        return Err(Failure::answer(Step::Token, status, &body));
    }
    let tokens: Value =
        serde_json::from_str(&body).map_err(|error| Failure::garbled(Step::Token, error.to_string()))?;
    let has_id_token = tokens.get("id_token").is_some_and(Value::is_string);
    has_id_token.then_some(()).ok_or_else(|| Failure::garbled(Step::Token, "the answer has no ID token"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_counts_only_with_the_state_that_was_sent() {
        let asked = Asked { state: "s".to_owned(), verifier: String::new() };
        let failure = |back| code(back, &asked).unwrap_err().kind;
        assert_eq!(code("https://a.example/cb?code=c%2B1&state=s", &asked).unwrap(), "c+1");
        assert_eq!(failure("https://a.example/cb?code=c&state=other"), "garbled");
        assert_eq!(failure("https://a.example/cb?error=access_denied&state=s"), "oauth_access_denied");
    }
}
