//! The page, compiled in.

use hyper::body::Bytes;
use rust_embed::RustEmbed;
use serde_json::json;

use super::reply::{Reply, refusal, reply};
use crate::server::Server;

#[derive(RustEmbed)]
#[folder = "web"]
struct Files;

/// The file of a path. `settings.json` is made here: whose codes the phone takes.
pub(super) fn file(path: &str, server: &Server) -> Reply {
    let name = match path.trim_start_matches('/') {
        "" => "index.html",
        "settings.json" => {
            let settings = json!({ "server": server.address(), "messages": "" });
            return reply(200, "application/json", "no-store", Bytes::from(settings.to_string()));
        }
        name => name,
    };
    match Files::get(name) {
        Some(file) => reply(200, file.metadata.mimetype(), "no-cache", Bytes::from(file.data.into_owned())),
        None => refusal(404, "page_not_found", "There is no such page"),
    }
}
