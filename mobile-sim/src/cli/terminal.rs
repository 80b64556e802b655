//! Questions on standard error, answers from standard input.

use std::io::{self, Write};

use anyhow::{Context, bail};

/// Asks and reads one line; at the end of the input the message names the option that would have answered.
pub(super) fn ask(question: &str, option: &str) -> anyhow::Result<String> {
    eprint!("{question}: ");
    io::stderr().flush().context("writing the question")?;
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line).context("reading the answer")?;
    if read == 0 {
        eprintln!();
        bail!("{question} is needed and the input has ended\nPass it as {option}");
    }
    Ok(line.trim().to_owned())
}

/// A stranger's text without the control characters that could repaint the terminal; line ends stay.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .map(|character| if character.is_control() && character != '\n' { '\u{fffd}' } else { character })
        .collect()
}
