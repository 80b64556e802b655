//! The command line of Avain.

use std::process::ExitCode;

#[actix_web::main]
async fn main() -> ExitCode {
    avain::cli::run().await
}
