//! What a web application asks for and gets: the sign-in request, the authorization code, the access token.

use std::time::Duration;

use super::ids::{SessionId, SignInRequestId};
use super::time::Timestamp;

/// How long a browser may take from `/oauth2/authorize` to its code, over several attempts.
pub const REQUEST_LIFE: Duration = Duration::from_mins(30);
/// How long an authorization request that was sent ahead may be used (RFC 9126 section 2.2; FAPI 2.0 allows less than ten minutes).
pub const PUSHED_LIFE: Duration = Duration::from_mins(5);
/// How long an authorization code lives (RFC 6749 section 4.1.2 allows ten minutes at most).
pub const CODE_LIFE: Duration = Duration::from_mins(1);
/// How long ID and access tokens live.
pub const TOKEN_LIFE: Duration = Duration::from_mins(5);
/// How long an application may refresh its tokens after a sign-in: a working day. Then the person signs in again.
pub const REFRESH_LIFE: Duration = Duration::from_hours(12);
/// How long a spent refresh token still gives the answer that it gave, for an application that lost the answer or asked twice at once.
pub const LOST_REPLY: Duration = Duration::from_secs(10);

/// How the answer of an authorization request reaches the application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseMode {
    /// In the query of the redirect URI.
    Query,
    /// As a form that the browser posts there (OAuth 2.0 Form Post Response Mode).
    FormPost,
}

impl ResponseMode {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Query, Self::FormPost];

    /// The value of the parameter `response_mode`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::FormPost => "form_post",
        }
    }

    /// The mode of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

/// The parameters of an accepted authorization request (OpenID Connect Core section 3.1.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInRequest {
    /// Its id.
    pub id: SignInRequestId,
    /// Who asks.
    pub client_id: String,
    /// Where the answer goes.
    pub redirect_uri: String,
    /// Which claims are asked for.
    pub scope: Scope,
    /// How the answer goes there.
    pub response_mode: ResponseMode,
    /// Given back to the client untouched.
    pub state: Option<String>,
    /// Stands in the ID token.
    pub nonce: Option<String>,
    /// The PKCE challenge: base64url of SHA-256 of the verifier (RFC 7636 section 4.2, `S256`).
    pub code_challenge: String,
    /// Ask the person even when a session exists (`prompt=login`), until an attempt made for this request is collected.
    pub is_fresh_sign_in_required: bool,
    /// The session that an attempt of this request led to.
    pub session_id: Option<SessionId>,
    /// When it stops being usable.
    pub expires_at: Timestamp,
}

/// The scopes that have a meaning here; others are ignored (RFC 6749 section 3.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a set of names that are asked for independently")]
pub struct Scope {
    /// `profile`: name, locale, company and role.
    pub profile: bool,
    /// `email`.
    pub email: bool,
    /// `phone`.
    pub phone: bool,
    /// `offline_access`: a refresh token (OpenID Connect Core section 11).
    pub offline_access: bool,
}

impl Scope {
    /// Reads a scope parameter; `None` without `openid`.
    pub fn parse(text: &str) -> Option<Self> {
        let has = |name: &str| text.split(' ').any(|scope| scope == name);
        has("openid").then(|| Self {
            profile: has("profile"),
            email: has("email"),
            phone: has("phone"),
            offline_access: has("offline_access"),
        })
    }

    /// Whether it opens nothing that `granted` does not open (RFC 6749 section 6).
    pub fn is_within(self, granted: Self) -> bool {
        let both = Self {
            profile: self.profile && granted.profile,
            email: self.email && granted.email,
            phone: self.phone && granted.phone,
            offline_access: self.offline_access && granted.offline_access,
        };
        both == self
    }

    /// The scopes in their canonical order.
    pub fn text(self) -> String {
        let names = [
            ("openid", true),
            ("profile", self.profile),
            ("email", self.email),
            ("phone", self.phone),
            ("offline_access", self.offline_access),
        ];
        let granted: Vec<&str> =
            names.into_iter().filter_map(|(name, is_granted)| is_granted.then_some(name)).collect();
        granted.join(" ")
    }
}

/// What an authorization code stands for.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The client that may redeem it.
    pub client_id: String,
    /// The `redirect_uri` that the client must repeat.
    pub redirect_uri: String,
    /// Which claims were asked for.
    pub scope: Scope,
    /// Stands in the ID token.
    pub nonce: Option<String>,
    /// The PKCE challenge that the verifier must match.
    pub code_challenge: String,
    /// Whose sign-in it hands over.
    pub session_id: SessionId,
    /// When it dies.
    pub expires_at: Timestamp,
    /// When it was redeemed.
    pub redeemed_at: Option<Timestamp>,
    /// When everything that came of it was taken back.
    pub ended_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::Scope;
    use proptest::prelude::*;

    fn any_scope() -> impl Strategy<Value = Scope> {
        any::<[bool; 4]>().prop_map(|[profile, email, phone, offline_access]| Scope {
            profile,
            email,
            phone,
            offline_access,
        })
    }

    proptest! {
        #[test]
        fn a_scope_reads_as_itself_whatever_else_is_asked_for(scope in any_scope(), other in "[a-z_]{0,12}") {
            let asked = format!("{} {other}x", scope.text());
            prop_assert_eq!(Scope::parse(&asked), Some(scope));
        }

        #[test]
        fn a_scope_is_within_another_when_each_of_its_names_is(narrow in any_scope(), wide in any_scope()) {
            let names = wide.text();
            let is_within = narrow.text().split(' ').all(|name| names.split(' ').any(|other| other == name));
            prop_assert_eq!(narrow.is_within(wide), is_within);
        }

        #[test]
        fn any_text_is_read_without_trouble(text in "\\PC{0,100}") {
            prop_assert_eq!(Scope::parse(&text).is_some(), text.split(' ').any(|word| word == "openid"));
        }
    }
}
