//! `mobile-sim web`: the browser phone, served.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::time::{Duration, SystemTime};

use anyhow::Context as _;
use clap::Args;
use mobile_sim::Server;
use mobile_sim::web::{BrowserPhone, Certificate};

const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Args)]
pub(super) struct Web {
    /// The server's address, for example `https://login.example.com`
    #[arg(long, value_name = "URL")]
    server: String,
    /// Where browsers find the page; 0.0.0.0 for all of this machine's addresses, port 0 for a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// Speak HTTPS with a throw-away certificate, so that a phone in the same network gets its camera and its key
    #[arg(long)]
    https: bool,
}

impl Web {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let server = Server::new(&self.server)?;
        let host = shown_host(self.listen.ip());
        let certificate = self.https.then(|| certificate(host)).transpose()?;
        let phone = BrowserPhone::bind(self.listen, server, certificate.as_ref(), PATIENCE)
            .await
            .with_context(|| {
                format!("listening on {}: is another program there? Try --listen with port 0", self.listen)
            })?;
        let address = SocketAddr::new(host, phone.address().port());
        tell(&self.server, address, certificate.as_ref());
        phone.run().await;
        Ok(())
    }
}

fn certificate(host: IpAddr) -> anyhow::Result<Certificate> {
    #[expect(clippy::disallowed_methods, reason = "browsers compare the certificate with their own clocks")]
    let now = SystemTime::now();
    Ok(Certificate::generate(&[host, Ipv4Addr::LOCALHOST.into()], now)?)
}

/// The address under which others reach this machine. Choosing a way to somewhere tells it; nothing is sent.
fn shown_host(listen: IpAddr) -> IpAddr {
    /// An address for documentation alone (RFC 5737).
    const SOMEWHERE: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 9);
    if !listen.is_unspecified() {
        return listen;
    }
    let outward = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect(SOMEWHERE)?;
        socket.local_addr()
    });
    outward.map_or(Ipv4Addr::LOCALHOST.into(), |address| address.ip())
}

fn tell(server: &str, address: SocketAddr, certificate: Option<&Certificate>) {
    let scheme = if certificate.is_some() { "https" } else { "http" };
    println!("The browser phone for {server} is at {scheme}://{address}/");
    if let Some(certificate) = certificate {
        println!(
            "Open it on a phone in the same network. The browser will warn: this certificate was made a moment ago, and\n\
             nobody vouches for it. Go on if it shows this SHA-256 fingerprint:\n  {}",
            certificate.fingerprint()
        );
    } else if !address.ip().is_loopback() {
        println!("Browsers give keys and cameras over HTTPS alone: for another device, add --https.");
    }
    println!("Press Ctrl-C to stop.");
}
