//! A push provider on this machine: HTTP/2 without encryption, answers by script, and remembers what it was asked.

use std::convert::Infallible;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What a provider was asked.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Asked {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

/// What a provider does.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    Say { status: u16, retry_after: Option<String>, body: String },
    Hang,
    HangUp,
}

/// Says that, and nothing of when to come back.
pub(super) fn say(status: u16, body: &str) -> Reply {
    Reply::Say { status, retry_after: None, body: body.to_owned() }
}

/// Says that, and when to come back.
pub(super) fn say_later(status: u16, retry_after: &str, body: &str) -> Reply {
    Reply::Say { status, retry_after: Some(retry_after.to_owned()), body: body.to_owned() }
}

/// The provider. Each list is worked off from its beginning; its last reply is given for ever.
#[derive(Clone, Default)]
pub(super) struct Provider {
    asked: Arc<Mutex<Vec<Asked>>>,
    pushes: Arc<Mutex<Vec<Reply>>>,
    tokens: Arc<Mutex<Vec<Reply>>>,
    connections: Arc<Mutex<usize>>,
    folder: Arc<OnceLock<tempfile::TempDir>>,
}

impl Provider {
    /// Listens; gives back its address.
    pub(super) async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let provider = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *provider.connections.lock().unwrap() += 1;
                tokio::spawn(provider.clone().converse(stream));
            }
        });
        address
    }

    /// Where the files of accounts with it are, as long as it is there.
    pub(super) fn folder(&self) -> &Path {
        self.folder.get_or_init(|| tempfile::tempdir().unwrap()).path()
    }

    /// What it says to pushes from now on.
    pub(super) fn script(&self, replies: &[Reply]) {
        *self.pushes.lock().unwrap() = replies.to_vec();
    }

    /// What it says to whoever wants an access token from now on.
    pub(super) fn script_tokens(&self, replies: &[Reply]) {
        *self.tokens.lock().unwrap() = replies.to_vec();
    }

    /// The pushes so far.
    pub(super) fn pushes(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().iter().filter(|asked| asked.path != "/token").cloned().collect()
    }

    /// The wishes for an access token so far.
    pub(super) fn token_wishes(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().iter().filter(|asked| asked.path == "/token").cloned().collect()
    }

    /// How often it was connected to.
    pub(super) fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }

    async fn converse(self, stream: TcpStream) {
        let end = Arc::new(Notify::new());
        let hang_up = Arc::clone(&end);
        let service = service_fn(move |request| self.clone().answer(request, Arc::clone(&hang_up)));
        let conversation =
            http2::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service);
        tokio::select! {
            _ = conversation => {}
            () = end.notified() => {}
        }
    }

    async fn answer(
        self,
        request: Request<Incoming>,
        end: Arc<Notify>,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        assert_eq!(request.version(), Version::HTTP_2);
        let (head, body) = request.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let asked = Asked {
            path: head.uri.path().to_owned(),
            headers: head.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        };
        let script = if asked.path == "/token" { &self.tokens } else { &self.pushes };
        let reply = next(&mut script.lock().unwrap());
        self.asked.lock().unwrap().push(asked);
        match reply {
            Reply::Say { status, retry_after, body } => {
                let mut response = Response::builder().status(status);
                if let Some(pause) = retry_after {
                    response = response.header("retry-after", pause);
                }
                Ok(response.body(Full::from(body)).unwrap())
            }
            Reply::HangUp => {
                end.notify_one();
                std::future::pending().await
            }
            Reply::Hang => std::future::pending().await,
        }
    }
}

fn next(script: &mut Vec<Reply>) -> Reply {
    if script.len() > 1 { script.remove(0) } else { script[0].clone() }
}
