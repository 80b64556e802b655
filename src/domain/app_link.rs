//! The link by which the sign-in page opens the app on the phone that it is shown on.
//!
//! The app's address, followed by the attempt's id (26 characters) and a tag (13). It lives as long as the attempt and is good for
//! nothing without the browser: what it approves is collected only by the browser that began the attempt, and only when the app
//! has led back there with a proof.

use super::base32;
use super::frame::FrameTag;
use super::ids::LoginAttemptId;

const ID_LENGTH: usize = base32::encoded_len(16);
const TAG_LENGTH: usize = base32::encoded_len(8);

/// What one link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppLink {
    /// The attempt.
    pub attempt_id: LoginAttemptId,
    /// Proof that the server made it.
    pub tag: FrameTag,
}

impl AppLink {
    /// The link under `address`, for example `https://login.example.com/s/`.
    pub fn text(&self, address: &str) -> String {
        format!("{address}{}{}", base32::encode(self.attempt_id.as_bytes()), base32::encode(&self.tag))
    }

    /// Reads a link, whatever the case of its last part; `None` when it is not one of `address`.
    pub fn parse(address: &str, text: &str) -> Option<Self> {
        let data = text.strip_prefix(address)?.to_ascii_uppercase();
        if data.len() != ID_LENGTH + TAG_LENGTH || !data.is_ascii() {
            return None;
        }
        let (id, tag) = data.split_at(ID_LENGTH);
        let attempt_id = LoginAttemptId::from_bytes(base32::decode::<16>(id)?);
        Some(Self { attempt_id, tag: base32::decode::<8>(tag)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ADDRESS: &str = "https://login.example.com/s/";

    proptest! {
        #[test]
        fn a_link_reads_as_what_made_it(id in any::<[u8; 16]>(), tag in any::<FrameTag>()) {
            let link = AppLink { attempt_id: LoginAttemptId::from_bytes(id), tag };
            let text = link.text(ADDRESS);
            prop_assert_eq!(AppLink::parse(ADDRESS, &text), Some(link));
            prop_assert_eq!(AppLink::parse("https://login.example.org/s/", &text), None);
        }

        #[test]
        fn any_text_is_read_without_trouble(text in "\\PC{0,100}") {
            prop_assert_eq!(AppLink::parse(ADDRESS, &text), None);
            prop_assert_eq!(AppLink::parse(ADDRESS, &format!("{ADDRESS}{text}é")), None);
        }
    }
}
