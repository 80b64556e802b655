//! The demo's web application: another program as far as the server is concerned. It knows it by discovery alone, and
//! verifies ID tokens with a library.

mod pages;
mod sign_in;

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::dev::Server;
use actix_web::web::{self, Data};
use actix_web::{App, HttpServer};
use anyhow::Context as _;
use serde_json::{Map, Value};

use crate::domain::random::Random;

/// The application's id at the server.
pub(super) const CLIENT_ID: &str = "ledger";

/// The application's settings.
pub(super) struct RelyingParty {
    /// The server.
    pub(super) issuer: String,
    /// Its id there.
    pub(super) client_id: String,
    /// Its secret there.
    pub(super) client_secret: String,
    /// Where it runs itself.
    pub(super) own_url: String,
    /// Shown on its first page.
    pub(super) activation_code: String,
    /// Opened from its first page.
    pub(super) phone_url: String,
    /// The source of randomness.
    pub(super) random: Arc<dyn Random>,
}

/// A sign-in under way.
#[derive(Clone)]
struct Pending {
    state: String,
    nonce: String,
    code_verifier: String,
}

/// What the application knows of a browser.
#[derive(Clone, Default)]
struct Visit {
    pending: Option<Pending>,
    claims: Option<Map<String, Value>>,
    error: String,
    has_signed_out: bool,
}

/// The application.
struct Application {
    settings: RelyingParty,
    http: reqwest::Client,
    visits: Mutex<HashMap<String, Visit>>,
}

impl Application {
    fn visit(&self, key: &str) -> Visit {
        self.visits.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned().unwrap_or_default()
    }

    fn keep(&self, key: &str, visit: Visit) {
        self.visits.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), visit);
    }
}

/// Runs the application on `listener`.
pub(super) fn serve(settings: RelyingParty, listener: TcpListener) -> anyhow::Result<Server> {
    let http = reqwest::Client::builder().build().context("making an HTTP client")?;
    let application = Data::new(Application { settings, http, visits: Mutex::default() });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(application.clone())
            .route("/", web::get().to(pages::home))
            .route("/sign-in", web::get().to(pages::sign_in))
            .route("/callback", web::get().to(pages::callback))
            .route("/sign-out", web::get().to(pages::sign_out))
            .route("/assets/{path:.*}", web::get().to(crate::routes::asset))
    });
    Ok(server.workers(1).listen(listener).context("listening for the web application")?.run())
}
