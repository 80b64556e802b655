//! The page that shows what went out by mail and SMS. Mounted by the demo alone.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{self, Data, ServiceConfig};
use askama::Template;
use serde::Serialize;

use crate::delivery::Delivery;
use crate::domain::message::Message;
use crate::flows::Services;
use crate::routes::Problem;

/// Where the messages are as JSON.
pub(super) const JSON_PATH: &str = "/demo/messages.json";

/// One message as the page shows it.
#[derive(Serialize)]
struct DemoMessage {
    kind: &'static str,
    to: String,
    subject: String,
    body: String,
    time: String,
}

#[derive(Template)]
#[template(path = "demo_messages.html")]
struct MessagesPage {
    messages: Vec<DemoMessage>,
    json_href: &'static str,
}

/// Adds the page to a server.
pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource("/demo/messages").route(web::get().to(page)))
        .service(web::resource(JSON_PATH).route(web::get().to(document)));
}

/// `GET /demo/messages`, newest first.
async fn page(services: Data<Services>) -> Result<HttpResponse, Problem> {
    let mut messages = messages(&services);
    messages.reverse();
    let html = MessagesPage { messages, json_href: JSON_PATH }.render().map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(html))
}

/// `GET /demo/messages.json`, oldest first.
async fn document(services: Data<Services>) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(messages(&services))
}

fn messages(services: &Services) -> Vec<DemoMessage> {
    match &services.delivery {
        Delivery::Mailbox(mailbox) => mailbox.messages().into_iter().map(shown).collect(),
        Delivery::Providers { .. } => Vec::new(),
    }
}

fn shown(message: Message) -> DemoMessage {
    let time = queued_at(&message);
    DemoMessage {
        kind: message.channel.key(),
        to: message.to,
        subject: message.subject,
        body: message.body,
        time,
    }
}

/// The time of day at which the message was queued: its id begins with it (RFC 9562 section 5.7).
fn queued_at(message: &Message) -> String {
    let millis =
        message.id.as_bytes().iter().take(6).fold(0_u64, |millis, byte| (millis << 8) | u64::from(*byte));
    let second = millis / 1000 % 86_400;
    format!("{:02}:{:02}:{:02} UTC", second / 3600, second / 60 % 60, second % 60)
}
