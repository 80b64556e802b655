//! The browser phone's little server: what it serves, what it hands on, and what it refuses.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use mobile_sim::Server;
use mobile_sim::web::{BrowserPhone, Certificate};
use reqwest::{Client, Method, Response};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const PATIENCE: Duration = Duration::from_secs(10);
const ANYWHERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// A server that keeps what it was sent, word for word, and refuses it.
#[derive(Clone)]
struct Recorder {
    address: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Recorder {
    async fn start() -> Self {
        let listener = TcpListener::bind(ANYWHERE).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let recorder = Self { address, heard: Arc::default() };
        let hearing = recorder.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(hearing.clone().hear(stream));
            }
        });
        recorder
    }

    async fn hear(self, mut stream: TcpStream) {
        let mut bytes = Vec::new();
        while !is_whole(&String::from_utf8_lossy(&bytes)) {
            if stream.read_buf(&mut bytes).await.unwrap() == 0 {
                return;
            }
        }
        self.heard.lock().unwrap().push(String::from_utf8_lossy(&bytes).into_owned());
        let body = r#"{"status":410,"code":"frame_expired"}"#;
        let answer = format!(
            "HTTP/1.1 410 Gone\r\ncontent-type: application/problem+json\r\nset-cookie: a=b\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(answer.as_bytes()).await.unwrap();
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

/// The browser phone in front of `server`; gives its address.
async fn serve(server: &str, patience: Duration) -> String {
    // Makes the process's TLS provider, which reqwest wants.
    let server = Server::new(server).unwrap();
    let phone = BrowserPhone::bind(ANYWHERE, server, None, patience).await.unwrap();
    let address = format!("http://{}", phone.address());
    tokio::spawn(phone.run());
    address
}

async fn post(address: &str, path: &str, content_type: &str, body: Vec<u8>) -> Response {
    let request = Client::new().post(format!("{address}{path}")).header("content-type", content_type);
    request.header("accept-language", "fi, en;q=0.5").header("cookie", "a=b").body(body).send().await.unwrap()
}

#[tokio::test]
async fn the_page_comes_with_a_strict_policy() {
    let recorder = Recorder::start().await;
    let phone = serve(&recorder.address, PATIENCE).await;
    for (path, kind) in
        [("/", "text/html"), ("/phone.js", "text/javascript"), ("/vendor/qr/decode.js", "text/javascript")]
    {
        let response = reqwest::get(format!("{phone}{path}")).await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert!(header("content-type").starts_with(kind), "{path}: {}", header("content-type"));
        assert!(header("content-security-policy").starts_with("default-src 'none'; script-src 'self';"));
        assert!(!header("content-security-policy").contains("unsafe"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("x-frame-options"), "DENY");
    }
    let settings = reqwest::get(format!("{phone}/settings.json")).await.unwrap().text().await.unwrap();
    assert!(settings.contains(&recorder.address), "{settings}");
    for path in ["/nothing", "/../Cargo.toml", "/%2e%2e/Cargo.toml", "/vendor"] {
        assert_eq!(reqwest::get(format!("{phone}{path}")).await.unwrap().status(), 404, "{path}");
    }
    assert_eq!(recorder.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn a_message_goes_on_and_the_answer_comes_back() {
    let recorder = Recorder::start().await;
    let phone = serve(&recorder.address, PATIENCE).await;
    let response =
        post(&phone, "/phone/v1/scans", "application/json; charset=utf-8", b"{\"a\":1}".to_vec()).await;
    assert_eq!(response.status(), 410);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert!(response.headers().get("set-cookie").is_none());
    assert!(response.text().await.unwrap().contains("frame_expired"));
    let [heard] = recorder.heard().try_into().unwrap();
    assert!(heard.starts_with("POST /phone/v1/scans HTTP/1.1\r\n"), "{heard}");
    assert!(heard.contains("accept-language: fi, en;q=0.5\r\n") && heard.ends_with("{\"a\":1}"), "{heard}");
    assert!(!heard.contains("cookie"), "{heard}");
}

#[tokio::test]
async fn nothing_else_goes_on() {
    let recorder = Recorder::start().await;
    let phone = serve(&recorder.address, PATIENCE).await;
    let refused = [
        ("GET", "/phone/v1/scans", 405),
        ("PUT", "/phone/v1/scans", 405),
        ("POST", "/phone/v1/scans?a=b", 405),
        ("POST", "/phone/v2/scans", 405),
        ("POST", "/phone/v1/%2e%2e/%2e%2e/oauth2/token", 405),
        ("POST", "/oauth2/token", 405),
        ("POST", "/", 405),
        ("GET", "/login", 404),
        ("GET", "/health/ready", 404),
    ];
    for (method, path, status) in refused {
        let method: Method = method.parse().unwrap();
        let request = Client::new().request(method.clone(), format!("{phone}{path}"));
        let response = request.header("content-type", "application/json").body("{}").send().await.unwrap();
        assert_eq!(response.status(), status, "{method} {path}");
    }
    for content_type in ["text/plain", "application/x-www-form-urlencoded", ""] {
        assert_eq!(post(&phone, "/phone/v1/scans", content_type, b"{}".to_vec()).await.status(), 415);
    }
    assert_eq!(recorder.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn messages_are_bounded_in_size_and_time() {
    let recorder = Recorder::start().await;
    let phone = serve(&recorder.address, Duration::from_millis(500)).await;
    let large = vec![b' '; 64 * 1024 + 1];
    assert_eq!(post(&phone, "/phone/v1/scans", "application/json", large).await.status(), 413);

    let mut slow = TcpStream::connect(phone.trim_start_matches("http://")).await.unwrap();
    let head = "POST /phone/v1/scans HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{";
    slow.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");

    let mut silent = TcpStream::connect(phone.trim_start_matches("http://")).await.unwrap();
    silent.write_all(b"POST /phone").await.unwrap();
    let mut nothing = Vec::new();
    silent.read_to_end(&mut nothing).await.unwrap();
    assert_eq!(recorder.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn a_server_that_is_away_is_told() {
    let closed = TcpListener::bind(ANYWHERE).await.unwrap().local_addr().unwrap();
    let phone = serve(&format!("http://{closed}"), PATIENCE).await;
    let response = post(&phone, "/phone/v1/scans", "application/json", b"{}".to_vec()).await;
    assert_eq!(response.status(), 502);
    assert!(response.text().await.unwrap().contains("\"unreachable\""));
}

#[tokio::test]
async fn https_is_spoken_with_the_certificate_that_was_made() {
    let server = Server::new("http://127.0.0.1:1").unwrap();
    let now = SystemTime::UNIX_EPOCH.checked_add(SystemTime::UNIX_EPOCH.elapsed().unwrap()).unwrap();
    let certificate = Certificate::generate(&[ANYWHERE.ip()], now).unwrap();
    let phone = BrowserPhone::bind(ANYWHERE, server, Some(&certificate), PATIENCE).await.unwrap();
    let address = phone.address();
    tokio::spawn(phone.run());

    let trusted = reqwest::Certificate::from_der(certificate.der()).unwrap();
    let trusting = Client::builder().tls_certs_only([trusted]).build().unwrap();
    for host in [address.to_string(), format!("localhost:{}", address.port())] {
        let page = trusting.get(format!("https://{host}/")).send().await.unwrap().text().await.unwrap();
        assert!(page.contains("Browser phone"), "{host}");
    }
    assert!(Client::new().get(format!("https://{address}/")).send().await.is_err(), "nobody vouches for it");
    assert!(reqwest::get(format!("http://{address}/")).await.is_err(), "plain HTTP has no answer");
    assert_eq!(certificate.fingerprint().len(), 32 * 3 - 1);
}
