//! An identity provider on this machine that says what a test wants it to say, signed and encrypted as a broker would.

use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};

use actix_web::web::{Data, Form, Path as UrlPath};
use actix_web::{App, HttpResponse, HttpServer, web};
use avain::domain::secret::Secret;
use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rsa::{
    OAEP_SHA1_MGF1SHA1, OaepPublicEncryptingKey, PrivateDecryptingKey, PublicEncryptingKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

pub(super) const PROVIDER_KEY: &str = include_str!("../../fixtures/eid/jose/generated-oidc-provider.pem");
pub(super) const OUR_KEY: &str = include_str!("../../fixtures/eid/jose/rfc7520-6.pem");

/// A form.
pub(super) type Fields = Vec<(String, String)>;

/// What the token endpoint answers.
#[derive(Clone)]
pub(super) enum Answer {
    /// An ID token with these claims.
    Claims(Value),
    /// This text as the ID token.
    Token(String),
    /// A refusal.
    Error(u16, &'static str),
}

/// The provider.
#[derive(Clone)]
pub(super) struct Provider {
    pub(super) issuer: String,
    pub(super) answer: Arc<Mutex<Answer>>,
    pub(super) heard: Arc<Mutex<Vec<Fields>>>,
    pub(super) is_encrypting: bool,
}

impl Provider {
    pub(super) fn start(is_encrypting: bool) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let provider = Self {
            issuer: format!("http://{}", socket.local_addr().unwrap()),
            answer: Arc::new(Mutex::new(Answer::Error(500, "server_error"))),
            heard: Arc::default(),
            is_encrypting,
        };
        let kept = provider.clone();
        let server = HttpServer::new(move || {
            App::new()
                .app_data(Data::new(kept.clone()))
                .route("/.well-known/openid-configuration", web::get().to(configuration))
                .route("/token", web::post().to(token))
                .route("/par", web::post().to(push))
                .route("/keys/{kind}", web::get().to(keys))
        });
        actix_web::rt::spawn(server.workers(1).disable_signals().listen(socket).unwrap().run());
        provider
    }

    /// What it will answer next, and from then on.
    pub(super) fn says(&self, answer: Answer) {
        *self.answer.lock().unwrap() = answer;
    }

    /// The forms that it was sent.
    pub(super) fn heard(&self) -> Vec<Fields> {
        self.heard.lock().unwrap().clone()
    }

    /// Its statement of itself, in a file.
    pub(super) fn write_statement(&self, folder: &Path) -> std::path::PathBuf {
        let claims = json!({ "iss": self.issuer, "sub": self.issuer, "jwks": { "keys": [public_key(PROVIDER_KEY, "p1")] } });
        let file = folder.join("entity-statement.jwt");
        std::fs::write(&file, sign(&claims, "entity-statement+jwt", ("p1", PROVIDER_KEY))).unwrap();
        file
    }
}

async fn configuration(provider: Data<Provider>) -> HttpResponse {
    let issuer = &provider.issuer;
    HttpResponse::Ok().json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys/plain"),
        "pushed_authorization_request_endpoint": format!("{issuer}/par"),
    }))
}

async fn keys(provider: Data<Provider>, kind: UrlPath<String>) -> HttpResponse {
    let set = json!({ "keys": [public_key(PROVIDER_KEY, "p1")] });
    if kind.as_str() == "plain" {
        return HttpResponse::Ok().json(set);
    }
    let claims = json!({ "iss": provider.issuer, "sub": provider.issuer, "iat": 1, "keys": set["keys"] });
    HttpResponse::Ok().body(sign(&claims, "jwk-set+jwt", ("p1", PROVIDER_KEY)))
}

async fn push(provider: Data<Provider>, form: Form<Fields>) -> HttpResponse {
    provider.heard.lock().unwrap().push(form.0);
    HttpResponse::Created().json(json!({ "request_uri": "urn:example:pushed", "expires_in": 60 }))
}

async fn token(provider: Data<Provider>, form: Form<Fields>) -> HttpResponse {
    provider.heard.lock().unwrap().push(form.0);
    let answer = provider.answer.lock().unwrap().clone();
    let token = match answer {
        Answer::Error(status, error) => {
            return HttpResponse::build(status.try_into().unwrap()).json(json!({ "error": error }));
        }
        Answer::Token(token) => token,
        Answer::Claims(claims) => {
            let signed = sign(&claims, "JWT", ("p1", PROVIDER_KEY));
            if provider.is_encrypting { encrypt(&signed) } else { signed }
        }
    };
    HttpResponse::Ok().json(json!({ "id_token": token, "access_token": "unused", "token_type": "Bearer" }))
}

/// A signed token (RS256).
pub(super) fn sign(claims: &Value, kind: &str, (id, key): (&str, &str)) -> String {
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some(id.to_owned());
    header.typ = Some(kind.to_owned());
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_rsa_pem(key.as_bytes()).unwrap()).unwrap()
}

/// The public half of a key.
pub(super) fn public_key(pem: &str, id: &str) -> Value {
    let key = EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
    let mut public = Jwk::from_encoding_key(&key, Algorithm::RS256).unwrap();
    public.common.key_id = Some(id.to_owned());
    public.common.public_key_use = Some(PublicKeyUse::Signature);
    serde_json::to_value(public).unwrap()
}

/// Encrypted to our key: RSA-OAEP, A128GCM.
pub(super) fn encrypt(text: &str) -> String {
    let key = PrivateDecryptingKey::from_pkcs8(der(&Secret::new(OUR_KEY.to_owned())).as_slice()).unwrap();
    let public: PublicKeyX509Der<'_> = key.public_key().as_der().unwrap();
    let public = PublicEncryptingKey::from_der(public.as_ref()).unwrap();
    let wrapping = OaepPublicEncryptingKey::new(public).unwrap();
    let (content_key, vector) = ([7; 16], [9; 12]);
    let mut wrapped = vec![0; wrapping.ciphertext_size()];
    let wrapped = wrapping.encrypt(&OAEP_SHA1_MGF1SHA1, &content_key, &mut wrapped, None).unwrap();
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"RSA-OAEP","enc":"A128GCM","cty":"JWT"}"#);
    let sealing = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &content_key).unwrap());
    let mut sealed = text.as_bytes().to_vec();
    let tag = sealing
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(vector),
            Aad::from(header.as_bytes()),
            &mut sealed,
        )
        .unwrap();
    let parts = [wrapped, &vector[..], &sealed, tag.as_ref()].map(|part| URL_SAFE_NO_PAD.encode(part));
    format!("{header}.{}", parts.join("."))
}

fn der(pem: &Secret<String>) -> Vec<u8> {
    let body: String = pem.expose().lines().filter(|line| !line.starts_with('-')).collect();
    STANDARD.decode(body).unwrap()
}
