//! `mobile-sim load-prepare`: a folder of enrolled phones for `mobile-sim load`.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Args;
use indicatif::ProgressBar;
use mobile_sim::Server;
use mobile_sim::load::{Enrolment, Messages};

use super::facts::FactOptions;

#[derive(Args)]
pub(super) struct LoadPrepare {
    /// The server's address
    #[arg(long, value_name = "URL")]
    server: String,
    /// The activation codes, one a line; lines of several words are passed over, so that the output of
    /// `avain company add` will do
    #[arg(long, value_name = "FILE")]
    codes: PathBuf,
    /// The file that the server's standard output goes to: it prints its SMS there. May be given several times, for nodes
    #[arg(long, value_name = "FILE", required = true)]
    messages: Vec<PathBuf>,
    /// The folder for the phones; those that are there already stay
    #[arg(long, value_name = "FOLDER")]
    phones: PathBuf,
    #[command(flatten)]
    facts: FactOptions,
}

impl LoadPrepare {
    pub(super) async fn run(self, language: &str) -> anyhow::Result<()> {
        let codes = read_codes(&self.codes)?;
        std::fs::create_dir_all(&self.phones)
            .with_context(|| format!("making the folder {}", self.phones.display()))?;
        let mut enrolment = Enrolment {
            server: Server::new(&self.server)?.with_language(language),
            facts: self.facts.over(None),
            messages: Messages::follow(&self.messages).context("reading --messages")?,
            folder: self.phones.clone(),
        };
        let bar = ProgressBar::new(u64::try_from(codes.len())?);
        let mut made = 0;
        for (number, code) in (1..).zip(&codes) {
            let is_new = enrolment.enrol(number, code).await;
            made += usize::from(is_new.with_context(|| format!("enrolling phone {number}"))?);
            bar.inc(1);
        }
        bar.finish_and_clear();
        println!("{made} phones enrolled, {} in {}", codes.len(), self.phones.display());
        Ok(())
    }
}

fn read_codes(path: &Path) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let codes = codes_in(&text);
    ensure!(!codes.is_empty(), "there is no activation code in {}", path.display());
    Ok(codes)
}

fn codes_in(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.contains(char::is_whitespace)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_lines_of_one_word() {
        let text =
            "Company Oy added. The activation code, valid for 24 hours:\n7KQF-29XM-01AB\n\n AAAA-BBBB-CCCC\n";
        assert_eq!(codes_in(text), ["7KQF-29XM-01AB", "AAAA-BBBB-CCCC"]);
    }
}
