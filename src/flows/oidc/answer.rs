//! The answer of an authorization request (OpenID Connect Core section 3.1.2.5, RFC 9207).

use url::Url;

use super::super::{Internal, Services};
use crate::domain::grant::{ResponseMode, SignInRequest};
use crate::domain::ids::SignInRequestId;
use crate::domain::language::Language;

/// Where the browser goes.
pub enum Answer {
    /// To the application.
    Redirect(String),
    /// To the application, with a form.
    Post {
        /// The redirect URI.
        to: String,
        /// The fields of the form.
        fields: Vec<(&'static str, String)>,
    },
    /// To the sign-in page.
    SignIn {
        /// For this request.
        request: SignInRequestId,
        /// In this language, where the application asked for one.
        language: Option<Language>,
    },
}

/// A refusal that the application is told (RFC 6749 section 4.1.2.1).
pub(super) struct Refusal {
    error: &'static str,
    /// Why, for the application's developer.
    pub(super) description: &'static str,
}

/// Makes a refusal.
pub(super) const fn refusal(error: &'static str, description: &'static str) -> Refusal {
    Refusal { error, description }
}

/// Where the answer goes.
pub(super) struct Destination<'a> {
    /// The application's address.
    pub(super) redirect_uri: &'a str,
    /// How it gets there.
    pub(super) mode: ResponseMode,
    /// Given back to the application untouched.
    pub(super) state: Option<&'a str>,
}

impl<'a> Destination<'a> {
    /// Where the answer of that request goes.
    pub(super) fn of(request: &'a SignInRequest) -> Self {
        let SignInRequest { redirect_uri, response_mode, state, .. } = request;
        Self { redirect_uri, mode: *response_mode, state: state.as_deref() }
    }
}

/// Tells the application why there is no code.
pub(super) fn refuse(
    services: &Services,
    destination: &Destination,
    refusal: &Refusal,
) -> Result<Answer, Internal> {
    give(services, destination, &[("error", refusal.error), ("error_description", refusal.description)])
}

/// Gives the application these values, its state, and the name of this server.
pub(super) fn give(
    services: &Services,
    destination: &Destination,
    values: &[(&'static str, &str)],
) -> Result<Answer, Internal> {
    let state = destination.state.map(|state| ("state", state));
    let issuer = ("iss", services.issuer.as_str());
    let fields = values.iter().copied().chain(state).chain([issuer]);
    Ok(match destination.mode {
        ResponseMode::Query => Answer::Redirect(with_query(destination.redirect_uri, fields)?),
        ResponseMode::FormPost => Answer::Post {
            to: destination.redirect_uri.to_owned(),
            fields: fields.map(|(name, value)| (name, value.to_owned())).collect(),
        },
    })
}

/// A registered address with a query.
pub(super) fn with_query<'a>(
    uri: &str,
    pairs: impl Iterator<Item = (&'static str, &'a str)>,
) -> Result<String, Internal> {
    let mut url = Url::parse(uri).map_err(|_| Internal::Missing("redirect URI as URL"))?;
    url.query_pairs_mut().extend_pairs(pairs);
    Ok(url.into())
}
