//! The least that a sign-in can cost: a server that does the same cryptography, the same QR code and one grouped commit for each
//! sign-in, and nothing else: no pages, no states, no checks. `mobile-sim load` against Avain is compared with it, in the same run.
//!
//! `cargo bench --bench bare_server -- --browsers 128 --seconds 10 --algorithm ES256`

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on says so by stopping")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use actix_web::web::{Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer, web};
use avain::crypto::code_hash::HashPurpose;
use avain::crypto::device_key::DeviceKey as PublicKey;
use avain::crypto::jose;
use avain::crypto::master::{Keys, MasterSecret};
use avain::crypto::signing_key::{SigningKey, generate};
use avain::domain::client::TokenAlgorithm;
use avain::domain::frame::{Frame, FrameNumber};
use avain::domain::ids::LoginAttemptId;
use avain::domain::time::Timestamp;
use avain::store::db::Db;
use avain::store::settings;
use avain_proto::dsse::{LOGIN_ANSWER, LOGIN_SCAN, pre_authentication_encoding};
use avain_proto::v1::Envelope;
use clap::Parser;
use mobile_sim::DeviceKey;
use prost::Message as _;
use qrcode::{EcLevel, QrCode};
use serde::Serialize;

/// What the bare server is asked.
#[derive(Parser)]
struct Arguments {
    /// How many sign-ins are under way at the same time.
    #[arg(long, default_value_t = 128)]
    browsers: u64,
    /// For how long.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// How ID tokens are signed: RS256 or ES256.
    #[arg(long, default_value = "ES256")]
    algorithm: String,
    /// Passed by `cargo bench`; means nothing here.
    #[arg(long, hide = true)]
    bench: bool,
}

struct Bare {
    db: Db,
    keys: Keys,
    signing_key: SigningKey,
    device: PublicKey,
    numbers: AtomicU64,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    nonce: &'a str,
    exp: i64,
    iat: i64,
    amr: [&'a str; 3],
}

/// The body is everything that one sign-in sends: the scan's envelope and the answer's.
async fn sign_in(bare: Data<Bare>, mut body: Bytes) -> HttpResponse {
    let envelopes = [(); 2].map(|()| Envelope::decode_length_delimited(&mut body).unwrap());
    let number = bare.numbers.fetch_add(1, Ordering::Relaxed);
    let attempt = LoginAttemptId::from_bytes(u128::from(number).to_be_bytes());
    let begun = Timestamp::from_millis(0);
    let frame_number = FrameNumber::at(begun, begun);
    let tag = bare.keys.hasher.frame_tag(attempt, frame_number);
    let link = Frame { attempt_id: attempt, number: frame_number, tag }.link("https://login.example.com");
    let code = QrCode::with_error_correction_level(&link, EcLevel::M).unwrap();
    let dark = code.to_colors().iter().filter(|color| **color == qrcode::Color::Dark).count();
    for envelope in &envelopes {
        let covered = pre_authentication_encoding(&envelope.payload_type, &envelope.payload);
        bare.device.verify(&covered, &envelope.signatures.first().unwrap().sig).unwrap();
    }
    for purpose in [HashPurpose::BrowserCookie, HashPurpose::SessionCookie, HashPurpose::AuthorizationCode] {
        bare.keys.hasher.hash(purpose, attempt.as_bytes());
    }
    let mut tx = bare.db.write().await.unwrap();
    settings::keep_first(&mut tx, &format!("sign-in {number}"), &dark.to_string()).await.unwrap();
    tx.commit().await.unwrap();
    let claims = Claims {
        iss: "https://login.example.com",
        sub: &attempt.to_string(),
        aud: "ledger",
        nonce: "a-nonce",
        exp: 300,
        iat: 0,
        amr: ["swk", "user", "pin"],
    };
    HttpResponse::Ok().body(jose::sign(&bare.signing_key, "JWT", &claims).unwrap())
}

async fn drive(address: String, key: Arc<DeviceKey>, until: Instant) -> Vec<Duration> {
    let http = reqwest::Client::new();
    let mut taken = Vec::new();
    while Instant::now() < until {
        let begun = Instant::now();
        let mut body = Vec::new();
        for purpose in [LOGIN_SCAN, LOGIN_ANSWER] {
            key.sign(purpose, &[7; 300]).encode_length_delimited(&mut body).unwrap();
        }
        let answer = http.post(&address).body(body).send().await.unwrap();
        assert!(answer.status().is_success());
        answer.bytes().await.unwrap();
        taken.push(begun.elapsed());
    }
    taken
}

#[actix_web::main]
async fn main() {
    let arguments = Arguments::parse();
    let algorithm = TokenAlgorithm::from_name(&arguments.algorithm).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open_sqlite(&folder.path().join("bare.db"), 64).await.unwrap();
    db.migrate().await.unwrap();
    let key = Arc::new(DeviceKey::generate().unwrap());
    let bare = Data::new(Bare {
        db,
        keys: MasterSecret::new([7; 32]).derive_keys().unwrap(),
        signing_key: SigningKey::read(algorithm, &generate(algorithm).unwrap()).unwrap(),
        device: PublicKey::parse(&key.public_point()).unwrap(),
        numbers: AtomicU64::new(0),
    });
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let served = Data::clone(&bare);
    let app = move || App::new().app_data(Data::clone(&served)).route("/", web::post().to(sign_in));
    let server = HttpServer::new(app).listen(listener).unwrap().run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    let until = Instant::now() + Duration::from_secs(arguments.seconds);
    let clients = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let driven: Vec<_> = (0..arguments.browsers)
        .map(|_| clients.spawn(drive(address.clone(), Arc::clone(&key), until)))
        .collect();
    let mut taken = Vec::new();
    for client in driven {
        taken.extend(client.await.unwrap());
    }
    taken.sort();
    handle.stop(true).await;
    bare.db.close().await;
    clients.shutdown_background();
    let at =
        |share: usize| taken.get(taken.len() * share / 100).copied().unwrap_or_default().as_secs_f64() * 1e3;
    let seconds = f64::from(u32::try_from(arguments.seconds).unwrap());
    let count = f64::from(u32::try_from(taken.len()).unwrap());
    println!(
        "bare server, {}: {:.0} sign-ins/s, p50 {:.1} ms, p99 {:.1} ms",
        arguments.algorithm,
        count / seconds,
        at(50),
        at(99)
    );
}
