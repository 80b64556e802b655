//! `/.well-known/…`: which app may open this server's links, in the words of Android and Apple.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{self, ServiceConfig};
use serde_json::{Value, json};

use super::{Problem, Shared};
use crate::domain::error_code::ErrorCode;

/// The links that the app opens: QR codes, pages on the same phone, invitations.
const LINKS: [&str; 4] = ["/Q/*", "/q/*", "/s/*", "/activate"];
const A_DAY: &str = "public, max-age=86400";

pub(super) fn mount(config: &mut ServiceConfig) {
    config
        .service(web::resource("/.well-known/assetlinks.json").route(web::get().to(android)))
        .service(web::resource("/.well-known/apple-app-site-association").route(web::get().to(apple)));
}

/// `GET /.well-known/assetlinks.json` (Digital Asset Links, `developer.android.com/training/app-links`).
async fn android(services: Shared) -> Result<HttpResponse, Problem> {
    let app = services.app.android.as_ref().ok_or(Problem::new(ErrorCode::PageNotFound))?;
    Ok(tell(&json!([{
        "relation": ["delegate_permission/common.handle_all_urls"],
        "target": {
            "namespace": "android_app",
            "package_name": app.package,
            "sha256_cert_fingerprints": app.fingerprints,
        },
    }])))
}

/// `GET /.well-known/apple-app-site-association` (Apple, Supporting associated domains).
async fn apple(services: Shared) -> Result<HttpResponse, Problem> {
    if services.app.ios_app_ids.is_empty() {
        return Err(Problem::new(ErrorCode::PageNotFound));
    }
    let components: Vec<Value> = LINKS.iter().map(|path| json!({ "/": path })).collect();
    let details = json!([{ "appIDs": services.app.ios_app_ids, "components": components }]);
    Ok(tell(&json!({ "applinks": { "details": details } })))
}

fn tell(document: &Value) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, A_DAY)).json(document)
}
