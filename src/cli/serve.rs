//! `avain serve`.

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;

use crate::app::{self, Environment, SystemClock};
use crate::config::Settings;
use crate::crypto::random::SystemRandom;
use crate::delivery::Delivery;

/// The parts of a real server.
pub(super) fn environment() -> Environment {
    Environment {
        clock: Arc::new(SystemClock::default()),
        random: Arc::new(SystemRandom::open()),
        delivery: Delivery::Print,
    }
}

/// Runs the server until it is told to stop (SIGINT or SIGTERM).
pub(super) async fn run(config: &Path) -> anyhow::Result<()> {
    let settings = Settings::load(config)?;
    let address = settings.server.listen;
    let listener = TcpListener::bind(address).with_context(|| {
        format!("listening on {address}: is another server running there? Set server.listen to another port")
    })?;
    let services = app::build(&settings, environment()).await?;
    tracing::info!(issuer = services.issuer, listen = %listener.local_addr()?, "ready");
    app::serve(&services, listener, |_| {})?.await?;
    app::close(&services).await;
    Ok(())
}
