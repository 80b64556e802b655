//! The command line of Avain.

use std::process::ExitCode;

/// A tenth of a sign-in was the system's allocator (docs/performance.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[actix_web::main]
async fn main() -> ExitCode {
    avain::cli::run().await
}
