//! `mobile-sim`: a phone on the command line. It activates, scans QR codes from screenshots, and signs answers.

mod cli;

use std::process::ExitCode;

use clap::Parser;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match cli::run(cli::Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            cli::failure::report(&error);
            ExitCode::FAILURE
        }
    }
}
