//! Two nodes on one PostgreSQL behind one name: a node is killed in the middle of a sign-in, and under load.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use reqwest::header::ACCEPT;
use tokio::sync::mpsc;

use super::cluster::Cluster;
use super::dice::{Dice, number};
use super::front::Front;
use super::installation::{Installation, free_port};
use super::load::Load;
use super::process::{Codes, Process, Tool, slowest_start};
use super::visitor::{Visitor, new_client};

const CONFIGS: [&str; 2] = ["first.toml", "second.toml"];
/// An upper bound; the stream itself tells when it has something to say.
const LONG: Duration = Duration::from_mins(1);
/// The longest time that both nodes live together.
const LONGEST_LIFE: Duration = Duration::from_millis(400);

struct Nodes {
    installation: Installation,
    addresses: Vec<SocketAddr>,
    front: Arc<Front>,
    // They go with the nodes.
    _cluster: Cluster,
    _folder: tempfile::TempDir,
}

impl Nodes {
    async fn prepare() -> Self {
        let (cluster, folder) = (Cluster::make(), tempfile::tempdir().unwrap());
        let installation = Installation::on_postgres(folder.path(), &cluster.url()).await;
        let addresses: Vec<SocketAddr> =
            CONFIGS.iter().map(|_| SocketAddr::from(([127, 0, 0, 1], free_port()))).collect();
        for (config, address) in CONFIGS.iter().zip(&addresses) {
            installation.write_config(config, &address.to_string());
        }
        let name = installation.issuer.trim_start_matches("http://").to_owned();
        let (front, _) = Front::open(&name, addresses.clone()).await;
        Self { installation, addresses, front, _cluster: cluster, _folder: folder }
    }

    async fn start(&self, node: usize, codes: &Codes) -> Process {
        let config = self.installation.config(CONFIGS[node]);
        let mut process = Process::spawn(&config, &Tool::default(), codes);
        let url = format!("http://{}", self.addresses[node]);
        assert!(process.is_ready(&url).await, "{}", process.log());
        process
    }
}

/// Reads the page's stream until it says that the attempt has come to `state`; `false` when the stream ends before.
async fn hears(visitor: &Visitor, attempt: &str, state: &str, opened: impl FnOnce()) -> bool {
    let request = visitor.request(&format!("/login/events?attempt={attempt}"));
    let Ok(response) = request.header(ACCEPT, "text/event-stream").send().await else { return false };
    assert_eq!(response.status(), 200);
    opened();
    let mut heard = String::new();
    let mut stream = response.bytes_stream();
    while let Some(Ok(bytes)) = stream.next().await {
        heard.push_str(&String::from_utf8_lossy(&bytes));
        if heard.contains(&format!("\"state\":\"{state}\"")) {
            return true;
        }
    }
    false
}

#[actix_web::test]
async fn a_sign_in_goes_on_at_another_node_when_its_node_is_killed() {
    let nodes = Nodes::prepare().await;
    let load = Load::on(&nodes.installation, Dice::from_environment());
    let invitation = nodes.installation.invite(1).await.pop().unwrap();
    let mut first = nodes.start(0, &load.codes).await;
    let second = nodes.start(1, &load.codes).await;
    let phone = load.enrol(&invitation).await.unwrap();
    let mut visitor = Visitor::new(&new_client(), &nodes.installation.issuer);
    let attempt = load.must(load.open_page(&mut visitor).await);
    let challenge = load.must(load.scan(&phone, &mut visitor, &attempt).await);

    let heard = hears(&visitor, &attempt, "approved", || first.kill()).await;
    assert!(!heard, "the stream ended with its node");
    let approving = load.approve(&phone, &challenge, &attempt);
    let hearing = hears(&visitor, &attempt, "approved", || ());
    let both = tokio::time::timeout(LONG, async { tokio::join!(hearing, approving) });
    let (heard, approved) = both.await.unwrap();
    assert!(heard && approved.is_ok(), "the page came back to the other node and heard of the approval");
    assert!(load.complete(&mut visitor, &attempt).await, "{:?}", load.history.lies());
    nodes.installation.database().check(&load.history).await.assert_none("after the sign-in");
    drop(second);
}

#[actix_web::test]
async fn nothing_acknowledged_is_lost_when_one_node_after_the_other_is_killed() {
    let kills = number("AVAIN_KILLS", 15).div_ceil(3);
    let nodes = Nodes::prepare().await;
    let load = Load::on(&nodes.installation, Dice::from_environment());
    let invitations = nodes.installation.invite(10 * kills).await;
    nodes.installation.empty_outbox().await;
    let (stock, invited) = mpsc::channel(invitations.len());
    for invitation in invitations {
        stock.send(invitation).await.unwrap();
    }
    let mut processes = [nodes.start(0, &load.codes).await, nodes.start(1, &load.codes).await];
    let running = load.start(2, invited);
    let mut rows = 0;
    for kill in 1..=kills {
        load.dice.moment(LONGEST_LIFE).await;
        let node = usize::try_from(load.dice.below(2)).unwrap();
        processes[node].kill();
        nodes.front.prefer(1 - node);
        processes[node] = nodes.start(node, &load.codes).await;
        load.is_back();
        let findings = nodes.installation.database().check(&load.history).await;
        findings.assert_none(&format!("after kill {kill} of seed {}", load.dice.seed));
        rows += findings.rows;
    }
    load.end(stock, running).await;
    let findings = nodes.installation.database().check(&load.history).await;
    findings.assert_none("at the end");
    nodes.installation.verify_by_command();
    let (seed, rows) = (load.dice.seed, rows + findings.rows);
    let (counts, slowest) = (&load.history, slowest_start());
    println!("two nodes: seed {seed}, {kills} kills, {counts}; {rows} rows checked, 0 violations; {slowest}");
}
