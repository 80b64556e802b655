//! Errors, hosts and headers, as browsers and strangers meet them.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use rstest::rstest;
use serde_json::Value;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

#[rstest]
#[actix_web::test]
async fn every_error_has_a_code_a_text_and_a_reference(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let before = app.database.row_counts().await;
    let unknown = "01890000-0000-7000-8000-000000000000";
    let cases = [
        ("GET", "/nothing".to_owned(), 404, "page_not_found"),
        ("DELETE", "/login".to_owned(), 405, "method_not_allowed"),
        ("GET", "/phone/v1/scans".to_owned(), 405, "method_not_allowed"),
        ("GET", "/login".to_owned(), 404, "sign_in_request_unknown"),
        ("GET", format!("/login?request={unknown}"), 404, "sign_in_request_unknown"),
        ("GET", "/login?request=%00".to_owned(), 404, "sign_in_request_unknown"),
        ("GET", format!("/login/state?attempt={unknown}"), 403, "browser_mismatch"),
        ("GET", "/login/events?attempt=1".to_owned(), 404, "attempt_unknown"),
        ("GET", "/login/collect".to_owned(), 404, "attempt_unknown"),
        ("POST", "/login/cancel".to_owned(), 415, "content_type_unsupported"),
        ("GET", "/oauth2/authorize?client_id=%00".to_owned(), 400, "client_unknown"),
        ("GET", format!("/oauth2/resume?request={unknown}"), 404, "sign_in_request_unknown"),
        ("GET", "/oauth2/userinfo".to_owned(), 401, "access_token_invalid"),
        ("GET", "/assets/../Cargo.toml".to_owned(), 404, "page_not_found"),
        ("GET", "/demo/messages".to_owned(), 404, "page_not_found"),
        ("GET", "/demo/phone/".to_owned(), 404, "page_not_found"),
        ("GET", "/demo/phone/settings.json".to_owned(), 404, "page_not_found"),
    ];
    let http = reqwest::Client::new();
    for (method, path, status, code) in cases {
        let request = http.request(method.parse().unwrap(), format!("{}{path}", app.base_url));
        let response = request.header("accept-language", "fi").send().await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{method} {path}");
        let document: Value = response.json().await.unwrap();
        assert_eq!(document["code"], code, "{method} {path}");
        assert_eq!(document["error_reference"].as_str().unwrap().len(), 9);
        let text = document["detail"].as_str().or_else(|| document["error_description"].as_str()).unwrap();
        assert!(!text.is_empty() && !text.contains("localization"), "{text}");

        let page = app.browser().get(&path).await;
        if method == "GET" && !path.starts_with("/phone/") {
            assert_eq!(page.status, status);
            assert!(page.body.contains("<html") && page.body.contains(code), "{path}: {}", page.body);
        }
    }
    assert_eq!(app.database.row_counts().await, before, "nothing was written");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn another_host_is_refused_whatever_headers_say(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let host = app.base_url.trim_start_matches("http://").to_owned();
    for bad in ["evil.example", "127.0.0.1", "localhost:1", "", &format!("{host}.evil.example")] {
        let answer =
            raw(&host, &format!("GET /activate HTTP/1.1\r\nHost: {bad}\r\nConnection: close\r\n\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 421") || answer.starts_with("HTTP/1.1 400"), "{bad}: {answer}");
    }
    let forwarded = format!(
        "GET /activate HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n\
         Accept: text/html\r\nConnection: close\r\n\r\n"
    );
    let answer = raw(&host, &forwarded).await;
    assert!(answer.starts_with("HTTP/1.1 200") && !answer.contains("evil.example"), "{answer}");
    let absolute =
        format!("GET http://evil.example/activate HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let answer = raw(&host, &absolute).await;
    assert!(answer.starts_with("HTTP/1.1 421"), "the whole address counts: {answer}");
    let live = raw(&host, "GET /health/live HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n").await;
    assert!(live.starts_with("HTTP/1.1 200"), "a probe knows no name: {live}");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn bodies_are_bounded_in_size_and_in_time(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let before = app.database.row_counts().await;
    let host = app.base_url.trim_start_matches("http://").to_owned();
    let large = "x".repeat(16 * 1024 + 1);
    let head =
        format!("POST /phone/v1/activations HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n");
    let answer = raw(&host, &format!("{head}Content-Length: {}\r\n\r\n{large}", large.len())).await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("body_too_large"), "{answer}");
    let answer = raw(&host, &format!("{head}Content-Length: 100\r\n\r\n{{")).await;
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("body_too_slow"), "{answer}");
    assert_eq!(app.database.row_counts().await, before, "nothing was written");
    app.stop().await;
}

/// Sends bytes and reads until the server hangs up.
async fn raw(host: &str, request: &str) -> String {
    let (host, request) = (host.to_owned(), request.to_owned());
    let exchange = move || {
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // The server may hang up while we still write; what it said before is what counts.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    };
    actix_web::web::block(exchange).await.unwrap()
}

#[rstest]
#[actix_web::test]
async fn pages_are_hardened_and_never_stored(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = app.browser();
    let sign_in = browser.start_sign_in().await;
    let response = browser.open(&format!("/login?request={}", sign_in.request)).await;
    let headers = response.headers();
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["referrer-policy"], "same-origin");
    let page = sign_in.page.body;
    assert!(!page.contains("<script>") && !page.contains(" style=") && !page.contains(" onclick"), "{page}");
    let secret = &browser.cookies()["avain-browser"];
    assert!(!page.contains(secret.as_str()), "the page does not know the cookie");
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn the_page_works_without_javascript_and_in_five_languages(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let browser = app.browser();
    let sign_in = browser.start_sign_in().await;
    assert!(sign_in.page.body.contains("http-equiv=\"refresh\""), "{}", sign_in.page.body);
    let first = sign_in.page.body.clone();
    app.pass(1);
    let second = browser.get(&format!("/login?request={}", sign_in.request)).await.body;
    let path = |page: &str| crate::harness::browser::value_after(page, "fill=\"#000\" d=\"");
    assert_ne!(path(&first), path(&second), "reloading shows the next frame");
    for language in ["fi", "sv", "en", "et", "nb"] {
        let page = browser.get(&format!("/login?request={}&lang={language}", sign_in.request)).await.body;
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{page}");
        assert!(!page.contains("localization key"), "{page}");
    }
    for path in ["/activate", "/Q/0123", "/q/0123", "/nothing"] {
        for language in ["fi", "sv", "en", "et", "nb"] {
            let page = browser.get(&format!("{path}?lang={language}")).await.body;
            assert!(
                !page.contains("localization key") && page.contains("<html"),
                "{path} {language}: {page}"
            );
        }
    }
    app.stop().await;
}
