//! The messages that `avain serve` prints while it has no SMS service: a block from `--- sms to …` to `---`.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

const SMS: &str = "--- sms to ";
const END: &str = "\n---\n";
const CODE_LENGTH: usize = 6;

/// The files that the nodes' standard output goes to, each read on from where it was.
#[derive(Debug)]
pub struct Messages(Vec<Tail>);

#[derive(Debug)]
struct Tail {
    path: PathBuf,
    read: u64,
    rest: String,
}

impl Messages {
    /// Whatever these files hold already is passed over.
    pub fn follow(paths: &[PathBuf]) -> io::Result<Self> {
        let tail = |path: &PathBuf| {
            let read = File::open(path)?.metadata()?.len();
            Ok(Tail { path: path.clone(), read, rest: String::new() })
        };
        paths.iter().map(tail).collect::<io::Result<Vec<Tail>>>().map(Self)
    }

    /// The confirmation codes of the messages that have come since the last call, newest last.
    pub(super) fn new_codes(&mut self) -> io::Result<Vec<String>> {
        let mut codes = Vec::new();
        for tail in &mut self.0 {
            tail.read_on()?;
            codes.extend(take_codes(&mut tail.rest));
        }
        Ok(codes)
    }
}

impl Tail {
    fn read_on(&mut self) -> io::Result<()> {
        let mut file = open_at(&self.path, self.read)?;
        let mut bytes = Vec::new();
        self.read += u64::try_from(file.read_to_end(&mut bytes)?).unwrap_or_default();
        self.rest.push_str(&String::from_utf8_lossy(&bytes));
        Ok(())
    }
}

fn open_at(path: &Path, place: u64) -> io::Result<File> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(place))?;
    Ok(file)
}

/// Takes whole messages off `text`; a message that is still being written stays.
fn take_codes(text: &mut String) -> Vec<String> {
    let mut codes = Vec::new();
    while let Some((message, after)) = text.split_once(END) {
        let body = message.rsplit_once(SMS).and_then(|(_, sms)| sms.split_once('\n'));
        codes.extend(body.and_then(|(_, body)| code_in(body)));
        *text = after.to_owned();
    }
    codes
}

/// The first number of six digits.
fn code_in(body: &str) -> Option<String> {
    let numbers = body.split(|character: char| !character.is_ascii_digit());
    numbers.into_iter().find(|number| number.len() == CODE_LENGTH).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_from_whole_messages_alone() {
        let mut text = "--- mail to a@example.com Welcome 111111\nYour code 222222\n---\n\
            --- sms to +358401234567 \n333333 is your code, within 10 minutes.\n---\n--- sms to +35840 \n4444"
            .to_owned();
        assert_eq!(take_codes(&mut text), ["333333"]);
        text.push_str("44 is your code.\n---\n");
        assert_eq!(take_codes(&mut text), ["444444"]);
        assert_eq!(text, "");
    }

    #[test]
    fn what_was_there_before_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let old = "--- sms to +1 \n111111\n---\n";
        std::fs::write(&path, old).unwrap();
        let mut messages = Messages::follow(std::slice::from_ref(&path)).unwrap();
        assert!(messages.new_codes().unwrap().is_empty());
        std::fs::write(&path, format!("{old}--- sms to +1 \n222222\n---\n")).unwrap();
        assert_eq!(messages.new_codes().unwrap(), ["222222"]);
        assert!(messages.new_codes().unwrap().is_empty());
    }
}
