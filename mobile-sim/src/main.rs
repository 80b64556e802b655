//! `mobile-sim`: a phone on the command line. It activates, scans QR codes from screenshots, and signs answers.

mod cli;

use std::process::ExitCode;

use clap::Parser;
use tokio::runtime::Builder;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    let mut builder = match arguments.threads() {
        0 | 1 => Builder::new_current_thread(),
        _ => Builder::new_multi_thread(),
    };
    let runtime = builder.worker_threads(arguments.threads().max(1)).enable_all().build();
    match runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(cli::run(arguments))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            cli::failure::report(&error);
            ExitCode::FAILURE
        }
    }
}
