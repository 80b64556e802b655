//! What stands in front of several nodes: it hands each connection to a node that takes it, as a load balancer does.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A running front.
pub(super) struct Front {
    nodes: Vec<SocketAddr>,
    preferred: AtomicUsize,
}

impl Front {
    /// Listens there for those nodes.
    pub(super) async fn open(address: &str, nodes: Vec<SocketAddr>) -> (Arc<Self>, JoinHandle<()>) {
        let listener = TcpListener::bind(address).await.unwrap();
        let front = Arc::new(Self { nodes, preferred: AtomicUsize::new(0) });
        let serving = tokio::task::spawn_local(Arc::clone(&front).serve(listener));
        (front, serving)
    }

    /// New connections go to that node, while it lives.
    pub(super) fn prefer(&self, node: usize) {
        self.preferred.store(node, Ordering::SeqCst);
    }

    async fn serve(self: Arc<Self>, listener: TcpListener) {
        loop {
            let (client, _) = listener.accept().await.unwrap();
            tokio::task::spawn_local(Arc::clone(&self).forward(client));
        }
    }

    /// A connection ends with its node; nobody is told why.
    async fn forward(self: Arc<Self>, mut client: TcpStream) {
        let first = self.preferred.load(Ordering::SeqCst);
        for node in self.nodes.iter().cycle().skip(first).take(self.nodes.len()) {
            if let Ok(mut node) = TcpStream::connect(node).await {
                // How it ends is the client's business.
                let _ = copy_bidirectional(&mut client, &mut node).await;
                return;
            }
        }
    }
}
