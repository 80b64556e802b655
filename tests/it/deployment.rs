//! The example in `deploy/`: three nodes behind `HAProxy` on one PostgreSQL, and what a person notices when one dies.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use avain_proto::v1::UserVerification;
use futures_util::StreamExt as _;
use mobile_sim::{Activation, Phone, Server};

use crate::harness::browser::Browser;
use crate::harness::database::{Postgres, TestDatabase};
use crate::harness::{CLIENT_ID, REDIRECT_URI, facts};

struct Node {
    process: String,
    address: String,
    settings: PathBuf,
}

/// The running example.
struct Deployment {
    script: Child,
    nodes: Vec<Node>,
    address: String,
    lines: std::sync::mpsc::Receiver<String>,
}

impl Deployment {
    async fn start() -> Self {
        let database = TestDatabase::create(Postgres, Path::new("")).await;
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut script = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/three-nodes"))
            .arg(port.to_string())
            .env("AVAIN_PROGRAM", env!("CARGO_BIN_EXE_avain"))
            .env("AVAIN_DATABASE_URL", database.url().unwrap())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(script.stdout.take().unwrap());
        let (sender, lines) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                // Nobody listens any more when the test is over.
                let _ = sender.send(line);
            }
        });
        let mut nodes = Vec::new();
        let address = loop {
            let line = lines.recv().unwrap();
            if let Some(node) = line.strip_prefix("node ") {
                let words: Vec<&str> = node.split([' ', ',']).collect();
                nodes.push(Node {
                    process: words[2].to_owned(),
                    address: words[4].to_owned(),
                    settings: PathBuf::from(words[7]),
                });
            } else if let Some(address) = line.strip_prefix("ready: ") {
                break address.to_owned();
            }
        };
        Self { script, nodes, address, lines }
    }

    fn avain(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avain"));
        let output = command.args(arguments).arg("--config").arg(&self.nodes[0].settings).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// A phone of the first KH user of a new company. Its confirmation code is in an SMS that one of the nodes prints.
    async fn enrol(&self) -> Phone {
        let person = ["--name", "Kuusi", "--administrator", "Aino", "--email", "a@kuusi.example"];
        let added = self.avain(&[&["company", "add"], &person[..], &["--phone", "+358401234567"]].concat());
        let code = added.lines().last().unwrap();
        let server = Server::new(&self.address).unwrap();
        let (mut activation, _) = Activation::start(&server, code, facts()).await.unwrap();
        let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
        let confirmation = loop {
            let line = self.lines.recv().unwrap();
            let mut words = line.split(|character: char| !character.is_ascii_alphanumeric());
            if let Some(code) = words.find(is_code) {
                break code.to_owned();
            }
        };
        activation.confirm(&confirmation).await.unwrap();
        activation.enrol(UserVerification::Pin, "").await.unwrap()
    }

    fn kill_node(&self, number: usize) {
        let status = Command::new("kill").args(["-9", &self.nodes[number].process]).status().unwrap();
        assert!(status.success());
    }
}

impl Drop for Deployment {
    fn drop(&mut self) {
        // The script stops nodes and proxy when it is asked to end.
        let _ = Command::new("kill").arg(self.script.id().to_string()).status();
        let _ = self.script.wait();
    }
}

#[actix_web::test]
async fn a_sign_in_through_the_proxy_survives_the_death_of_its_node() {
    let deployment = Deployment::start().await;
    deployment.avain(&[
        "client",
        "add",
        "--public",
        "--id",
        CLIENT_ID,
        "--name",
        "Ledger",
        "--redirect-uri",
        REDIRECT_URI,
    ]);
    let phone = deployment.enrol().await;
    let browser = Browser::new(&deployment.address, &deployment.address);

    let attempt = browser.start_sign_in().await.attempt;
    let waiting = browser.through(&format!("http://{}", deployment.nodes[1].address));
    let path = format!("/login/events?attempt={attempt}");
    let mut stream = waiting.open(&path).await.bytes_stream();
    assert!(stream.next().await.unwrap().is_ok());
    deployment.kill_node(1);
    while let Some(Ok(_)) = stream.next().await {}

    let response = browser.open(&path).await;
    assert_eq!(response.status(), 200, "the proxy leads to another node");
    let mut stream = response.bytes_stream().map(|chunk| String::from_utf8(chunk.unwrap().to_vec()).unwrap());
    let challenge = phone.scan(&browser.frame(&attempt).await).await.unwrap();
    phone.answer(&challenge, browser.approval(&attempt).await).await.unwrap();
    while !stream.next().await.expect("approved").contains("\"state\":\"approved\"") {}
    let location = browser.finish_sign_in(&attempt).await;
    assert!(location.starts_with(REDIRECT_URI), "{location}");
}
