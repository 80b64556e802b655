//! What a web application reads first (OpenID Connect Discovery, RFC 8414, RFC 7517).

use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::{Value, json};

use super::super::Shared;
use crate::domain::client::TokenAlgorithm;
use crate::domain::grant::ResponseMode;
use crate::domain::language::Language;

/// `GET /.well-known/openid-configuration`.
pub(super) async fn configuration(services: Shared) -> HttpResponse {
    let issuer = &services.issuer;
    cached(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/oauth2/authorize"),
        "token_endpoint": format!("{issuer}/oauth2/token"),
        "userinfo_endpoint": format!("{issuer}/oauth2/userinfo"),
        "pushed_authorization_request_endpoint": format!("{issuer}/oauth2/par"),
        "revocation_endpoint": format!("{issuer}/oauth2/revoke"),
        "introspection_endpoint": format!("{issuer}/oauth2/introspect"),
        "end_session_endpoint": format!("{issuer}/oauth2/logout"),
        "jwks_uri": format!("{issuer}/oauth2/jwks"),
        "response_types_supported": ["code"],
        "response_modes_supported": ResponseMode::ALL.map(ResponseMode::name),
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": TokenAlgorithm::ALL.map(TokenAlgorithm::name),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "revocation_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile", "email", "phone", "offline_access"],
        "claims_supported": [
            "sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid", "at_hash", "name", "locale",
            "company", "email", "email_verified", "phone_number", "phone_number_verified"
        ],
        "acr_values_supported": [
            "urn:avain:acr:device", "urn:avain:acr:device-on-probation", "urn:avain:acr:eid", "urn:avain:acr:eid-substantial",
            "urn:avain:acr:eid-high"
        ],
        "ui_locales_supported": Language::ALL.map(Language::tag),
        "prompt_values_supported": ["none", "login"],
        "authorization_response_iss_parameter_supported": true,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "claims_parameter_supported": false,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
    }))
}

/// `GET /oauth2/jwks`.
pub(super) async fn keys(services: Shared) -> HttpResponse {
    let published = services.signing_keys.published(services.clock.now());
    let keys: Vec<_> = published.iter().map(|key| &key.public).collect();
    cached(json!({ "keys": keys }))
}

fn cached(document: Value) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .json(document)
}
