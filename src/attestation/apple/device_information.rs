//! Step 6: the OS. Apple does not document this extension; every sample since iOS 14.2 has it. So that it is not there, or cannot be
//! read, is no refusal here but an answer.

use std::collections::BTreeMap;

use asn1_rs::{Oid, oid};

use super::super::certificate::Certificate;
use super::super::der::{Element, Malformed};
use crate::domain::attestation::AttestationRefusal as Refusal;
use crate::domain::os_version::OsVersion;

const EXTENSION: Oid<'static> = oid!(1.2.840.113635.100.8.7);
const VERSION: u32 = 1400;
const BUILD: u32 = 1403;
const PLATFORM: u32 = 1026;
/// iPads say so too.
const PHONE: &str = "iphoneos";

/// The version, or else the release that the build is of.
pub(super) fn os_version(leaf: &Certificate<'_>) -> Result<Option<OsVersion>, Refusal> {
    match leaf.extension(&EXTENSION)?.map(Texts::read) {
        Some(Ok(texts)) => texts.os_version(),
        Some(Err(Malformed)) | None => Ok(None),
    }
}

struct Texts<'a>(BTreeMap<u32, &'a [u8]>);

impl<'a> Texts<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut texts = BTreeMap::new();
        for element in Element::read_all(bytes)?.sequence()? {
            let (tag, value) = element.tagged()?;
            if texts.insert(tag, value).is_some() {
                return Err(Malformed);
            }
        }
        Ok(Self(texts))
    }

    /// The text of an OCTET STRING; nothing where it has another type.
    fn text(&self, tag: u32) -> Option<&'a str> {
        let bytes = Element::read_all(self.0.get(&tag)?).and_then(Element::octets).ok()?;
        std::str::from_utf8(bytes).ok()
    }

    fn os_version(&self) -> Result<Option<OsVersion>, Refusal> {
        if self.0.contains_key(&PLATFORM) && self.text(PLATFORM) != Some(PHONE) {
            return Err(Refusal::PlatformUnexpected);
        }
        let version = self.text(VERSION).and_then(OsVersion::parse_ios);
        Ok(version.or_else(|| self.text(BUILD).and_then(OsVersion::from_ios_build)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(tag: u32, type_of: u8, text: &[u8]) -> Vec<u8> {
        let length = u8::try_from(text.len()).unwrap();
        let high = u8::try_from(tag >> 7).unwrap() | 0x80;
        let low = u8::try_from(tag & 0x7f).unwrap();
        [&[0xbf, high, low, length + 2, type_of, length], text].concat()
    }

    fn read(parts: &[Vec<u8>]) -> Result<Option<String>, Refusal> {
        let content = parts.concat();
        let bytes = [&[0x30, u8::try_from(content.len()).unwrap()], &content[..]].concat();
        let texts = Texts::read(&bytes).map_err(Refusal::from)?;
        Ok(texts.os_version()?.map(|version| version.to_string()))
    }

    #[test]
    fn the_version_is_read_or_else_the_build() {
        let version = |text: &[u8]| read(&[tagged(VERSION, 4, text)]).unwrap();
        assert_eq!(version(b"16.2").as_deref(), Some("16.2"));
        assert_eq!(version(b"15.9").as_deref(), Some("15.9"));
        assert_eq!((version(b""), version("１６".as_bytes()), version(&[0xff])), (None, None, None));
        assert_eq!(read(&[tagged(VERSION, 12, b"17.0")]), Ok(None), "a UTF8String");
        let build = |text: &[u8]| read(&[tagged(VERSION, 4, b""), tagged(BUILD, 4, text)]).unwrap();
        assert_eq!(build(b"20A362").as_deref(), Some("16"));
        assert_eq!(build(b"19H12").as_deref(), Some("15"));
        assert_eq!(build(b"garbage"), None);
    }

    #[test]
    fn a_computer_is_no_phone() {
        let on = |platform: &[u8]| read(&[tagged(PLATFORM, 4, platform), tagged(VERSION, 4, b"27.0")]);
        assert_eq!(on(b"iphoneos"), Ok(Some("27.0".to_owned())));
        assert_eq!(on(b"macosx"), Err(Refusal::PlatformUnexpected));
        assert_eq!(on(b""), Err(Refusal::PlatformUnexpected));
    }

    #[test]
    fn nothing_is_there_twice() {
        let twice = [tagged(VERSION, 4, b"17.0"), tagged(VERSION, 4, b"15.0")];
        assert_eq!(read(&twice), Err(Refusal::ExtensionUnreadable));
    }
}
