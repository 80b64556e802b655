//! A frame: what one QR image of an attempt says.
//!
//! `HTTPS://HOST/Q/` followed by the attempt's id (26 characters), the frame's number (2) and its tag (13), all in upper
//! case, so that the QR code stays in alphanumeric mode. Frames are computed and checked, never stored.

use std::time::Duration;

use super::base32;
use super::ids::LoginAttemptId;
use super::time::Timestamp;

/// How long one frame is shown.
pub const FRAME_SHOWN: Duration = Duration::from_secs(1);
/// How long after it was first shown a frame is accepted.
pub const FRAME_LIFE: Duration = Duration::from_secs(5);
/// The longest link that keeps the QR code at version 5 or less.
pub const LONGEST_LINK: usize = 80;

const PATH: &str = "/Q/";
const ID_LENGTH: usize = base32::encoded_len(16);
const NUMBER_LENGTH: usize = 2;
const TAG_LENGTH: usize = base32::encoded_len(8);
const DATA_LENGTH: usize = ID_LENGTH + NUMBER_LENGTH + TAG_LENGTH;

/// The most characters that an issuer's origin may have.
pub const LONGEST_ORIGIN: usize = LONGEST_LINK - PATH.len() - DATA_LENGTH;

/// The HMAC tag of a frame: the first eight bytes.
pub type FrameTag = [u8; 8];

/// The number of a frame within its attempt, 0 for the first second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FrameNumber(u16);

/// Numbers fit two base32 characters.
const FRAME_NUMBERS: u16 = 1 << 10;

impl FrameNumber {
    /// The frame that is shown at `now` in an attempt begun at `begun`.
    pub fn at(begun: Timestamp, now: Timestamp) -> Self {
        let seconds = now.since(begun).as_secs() / FRAME_SHOWN.as_secs();
        Self(u16::try_from(seconds).unwrap_or(u16::MAX).min(FRAME_NUMBERS - 1))
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// When the frame was first shown.
    pub fn shown_at(self, begun: Timestamp) -> Timestamp {
        begun.plus(FRAME_SHOWN * u32::from(self.0))
    }

    /// Whether the frame may be scanned at `now`.
    pub fn is_accepted(self, begun: Timestamp, now: Timestamp) -> bool {
        let shown_at = self.shown_at(begun);
        shown_at <= now && now < shown_at.plus(FRAME_LIFE)
    }
}

/// What one QR image says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The attempt.
    pub attempt_id: LoginAttemptId,
    /// Which of its frames.
    pub number: FrameNumber,
    /// Proof that the server made it.
    pub tag: FrameTag,
}

impl Frame {
    /// The link that the QR code holds. `origin` is the issuer, for example `https://login.example.com`.
    pub fn link(&self, origin: &str) -> String {
        let number = u32::from(self.number.0);
        let mut link = origin.to_ascii_uppercase();
        link.push_str(PATH);
        link.push_str(&base32::encode(self.attempt_id.as_bytes()));
        link.push(base32::character(number >> 5));
        link.push(base32::character(number));
        link.push_str(&base32::encode(&self.tag));
        link
    }

    /// Reads a link, whatever its case; `None` when it is not one of `origin`'s frames.
    pub fn parse(origin: &str, link: &str) -> Option<Self> {
        if link.len() > LONGEST_LINK {
            return None;
        }
        let link = link.to_ascii_uppercase();
        let data = link.strip_prefix(&origin.to_ascii_uppercase())?.strip_prefix(PATH)?;
        if data.len() != DATA_LENGTH || !data.is_ascii() {
            return None;
        }
        let (id, rest) = data.split_at(ID_LENGTH);
        let (number, tag) = rest.split_at(NUMBER_LENGTH);
        Some(Self {
            attempt_id: LoginAttemptId::from_bytes(base32::decode::<16>(id)?),
            number: parse_number(number)?,
            tag: base32::decode::<8>(tag)?,
        })
    }
}

fn parse_number(text: &str) -> Option<FrameNumber> {
    let number = text.bytes().try_fold(0, |number, byte| Some((number << 5) | base32::value(byte)?))?;
    u16::try_from(number).ok().map(FrameNumber)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ORIGIN: &str = "https://login.example.com";

    proptest! {
        #[test]
        fn a_link_reads_as_the_frame_that_made_it(id in any::<[u8; 16]>(), number in 0..FRAME_NUMBERS, tag in any::<FrameTag>()) {
            let frame = Frame { attempt_id: LoginAttemptId::from_bytes(id), number: FrameNumber(number), tag };
            let link = frame.link(ORIGIN);
            prop_assert!(link.len() <= LONGEST_LINK);
            prop_assert_eq!(Frame::parse(ORIGIN, &link), Some(frame));
            prop_assert_eq!(Frame::parse(ORIGIN, &link.to_ascii_lowercase()), Some(frame));
            prop_assert_eq!(Frame::parse("https://login.example.org", &link), None);
            let is_alphanumeric = |byte: u8| b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".contains(&byte);
            prop_assert!(link.bytes().all(is_alphanumeric));
        }

        #[test]
        fn any_text_is_read_without_trouble(text in "\\PC{0,100}") {
            prop_assert_eq!(Frame::parse(ORIGIN, &text), None);
        }

        #[test]
        fn damaged_links_are_refused_or_another_frame(id in any::<[u8; 16]>(), tag in any::<FrameTag>(), at in 0_usize..69, with in "\\PC") {
            let frame = Frame { attempt_id: LoginAttemptId::from_bytes(id), number: FrameNumber(7), tag };
            let mut link: Vec<char> = frame.link(ORIGIN).chars().collect();
            link[at] = with.chars().next().unwrap();
            let damaged: String = link.into_iter().collect();
            if damaged.to_ascii_uppercase() != frame.link(ORIGIN) {
                prop_assert_ne!(Frame::parse(ORIGIN, &damaged), Some(frame));
            }
        }

        #[test]
        fn a_frame_is_accepted_for_five_seconds(number in 0..FRAME_NUMBERS, offset in -10_000_i64..20_000) {
            let begun = Timestamp::from_millis(1_700_000_000_000);
            let frame = FrameNumber(number);
            let now = Timestamp::from_millis(frame.shown_at(begun).millis() + offset);
            prop_assert_eq!(frame.is_accepted(begun, now), (0..5_000).contains(&offset));
        }
    }

    #[test]
    fn the_frame_changes_every_second() {
        let begun = Timestamp::from_millis(1_000_500);
        let numbers: Vec<u16> = [0, 999, 1_000, 119_999, 120_000, -5_000]
            .map(|offset| FrameNumber::at(begun, Timestamp::from_millis(1_000_500 + offset)).get())
            .to_vec();
        assert_eq!(numbers, [0, 0, 1, 119, 120, 0]);
    }
}
