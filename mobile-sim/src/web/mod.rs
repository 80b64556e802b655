//! The browser phone, served: the files of `mobile-sim/web`, and the phone's messages handed on to one server.
//!
//! The page finds files and server under one origin, so the server needs to know nothing of it. Only `POST /phone/v1/…` goes
//! on; everything is bounded in size and time, since over `--https` others in the network can reach it.

mod certificate;
mod files;
mod forward;
mod reply;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use self::reply::Reply;
use crate::server::Server;
pub use certificate::{Certificate, CertificateError};

const MOST_CONNECTIONS: usize = 64;
const LONGEST_CONNECTION: Duration = Duration::from_mins(5);
const LARGEST_HEAD: usize = 16 * 1024;
/// After the system had no connection to give, usually for want of file handles.
const PAUSE: Duration = Duration::from_millis(100);

/// A page that is a phone, listening.
pub struct BrowserPhone {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
    site: Arc<Site>,
}

/// What every connection needs.
struct Site {
    server: Server,
    patience: Duration,
}

impl BrowserPhone {
    /// Listens for browsers; their phones' messages go to `server`. With a certificate it speaks HTTPS. Nobody gets more
    /// than `patience` to send what they began.
    pub async fn bind(
        listen: SocketAddr,
        server: Server,
        certificate: Option<&Certificate>,
        patience: Duration,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let tls = certificate.map(|certificate| TlsAcceptor::from(Arc::clone(&certificate.settings)));
        Ok(Self { listener, address, tls, site: Arc::new(Site { server, patience }) })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process ends.
    pub async fn run(self) {
        let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        while let Ok(place) = Arc::clone(&places).acquire_owned().await {
            let Ok((stream, _)) = self.listener.accept().await else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let (site, tls) = (Arc::clone(&self.site), self.tls.clone());
            tokio::spawn(async move {
                // A connection that breaks, or that never spoke HTTP, is the other side's affair.
                let _ = timeout(LONGEST_CONNECTION, site.meet(stream, tls)).await;
                drop(place);
            });
        }
    }
}

impl Site {
    async fn meet(self: Arc<Self>, stream: TcpStream, tls: Option<TlsAcceptor>) {
        let Some(tls) = tls else {
            return self.converse(stream).await;
        };
        if let Ok(Ok(stream)) = timeout(self.patience, tls.accept(stream)).await {
            self.converse(stream).await;
        }
    }

    async fn converse(self: Arc<Self>, stream: impl AsyncRead + AsyncWrite + Unpin) {
        let patience = self.patience;
        let answer = service_fn(move |request| {
            let site = Arc::clone(&self);
            async move { Ok::<_, Infallible>(site.answer(request).await) }
        });
        let mut builder = http1::Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(patience).max_buf_size(LARGEST_HEAD);
        let _ = builder.serve_connection(TokioIo::new(stream), answer).await;
    }

    async fn answer(&self, request: Request<Incoming>) -> Reply {
        let path = request.uri().path();
        let is_message = forward::is_phone_path(path) && request.uri().query().is_none();
        match (request.method(), is_message) {
            (&Method::POST, true) => forward::forward(&self.server, request, self.patience).await,
            (&Method::GET, false) => files::file(path, &self.server),
            (_, true) => reply::refusal(405, "method_not_allowed", "Phones send messages by POST"),
            (_, false) => reply::refusal(405, "method_not_allowed", "The browser phone has pages to read"),
        }
    }
}
