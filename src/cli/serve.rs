//! `avain serve`.

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;

use crate::app::{self, Environment, SystemClock};
use crate::config::Settings;
use crate::crypto::random::SystemRandom;

/// The parts of a real server.
pub(super) fn environment(settings: &Settings) -> anyhow::Result<Environment> {
    Ok(Environment {
        clock: Arc::new(SystemClock::default()),
        random: Arc::new(SystemRandom::open()),
        delivery: app::delivery(settings)?,
    })
}

/// Runs the server until it is told to stop (SIGINT or SIGTERM).
pub(super) async fn run(config: &Path) -> anyhow::Result<()> {
    let settings = Settings::load(config)?;
    let address = settings.server.listen;
    let listener = TcpListener::bind(address).with_context(|| {
        format!("listening on {address}: is another server running there? Set server.listen to another port")
    })?;
    if settings.mail.is_none() || settings.sms.is_none() {
        tracing::warn!(
            "without [mail] and [sms] in the configuration, messages with codes are printed on standard output"
        );
    }
    let services = app::build(&settings, environment(&settings)?).await?;
    tracing::info!(issuer = services.issuer, listen = %listener.local_addr()?, "ready");
    app::serve(&services, listener, |_| {})?.await?;
    app::close(&services).await;
    Ok(())
}
