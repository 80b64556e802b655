//! The elements of a DER value (X.690), one level at a time; `asn1-rs` reads each header.
//!
//! Phones get some encodings wrong (a true that is `01`, a set that is not sorted), so types are read leniently; lengths are not.

use asn1_rs::{Class, FromDer as _, Header};

use crate::domain::attestation::AttestationRefusal;

/// The bytes are no DER, or of another type than they must be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

impl From<Malformed> for AttestationRefusal {
    fn from(Malformed: Malformed) -> Self {
        Self::ExtensionUnreadable
    }
}

const BOOLEAN: u32 = 1;
const INTEGER: u32 = 2;
const BIT_STRING: u32 = 3;
const OCTET_STRING: u32 = 4;
const NULL: u32 = 5;
const ENUMERATED: u32 = 10;
const SEQUENCE: u32 = 16;
const SET: u32 = 17;

/// One element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element<'a> {
    class: Class,
    is_constructed: bool,
    tag: u32,
    content: &'a [u8],
}

impl<'a> Element<'a> {
    /// The first element, and what follows it.
    pub(super) fn read(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), Malformed> {
        let (after_header, header) = Header::from_der(bytes).map_err(|_| Malformed)?;
        let length = header.length().definite().map_err(|_| Malformed)?;
        let header_length = bytes.len() - after_header.len();
        if header_length != header.raw_tag().ok_or(Malformed)?.len() + length_of_length(length) {
            return Err(Malformed);
        }
        let (content, rest) = after_header.split_at_checked(length).ok_or(Malformed)?;
        let element = Self {
            class: header.class(),
            is_constructed: header.is_constructed(),
            tag: header.tag().0,
            content,
        };
        Ok((element, rest))
    }

    /// The only element.
    pub(super) fn read_all(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let (element, rest) = Self::read(bytes)?;
        if rest.is_empty() { Ok(element) } else { Err(Malformed) }
    }

    fn content_of(self, tag: u32, is_constructed: bool) -> Result<&'a [u8], Malformed> {
        let is_it =
            self.class == Class::Universal && self.tag == tag && self.is_constructed == is_constructed;
        if is_it { Ok(self.content) } else { Err(Malformed) }
    }

    /// The elements of a SEQUENCE.
    pub(super) fn sequence(self) -> Result<Vec<Self>, Malformed> {
        elements(self.content_of(SEQUENCE, true)?)
    }

    /// The elements of a SET, in any order.
    pub(super) fn set(self) -> Result<Vec<Self>, Malformed> {
        elements(self.content_of(SET, true)?)
    }

    /// The number and the element of an EXPLICIT context tag.
    pub(super) fn tagged(self) -> Result<(u32, &'a [u8]), Malformed> {
        let is_it = self.class == Class::ContextSpecific && self.is_constructed;
        if is_it { Ok((self.tag, self.content)) } else { Err(Malformed) }
    }

    /// The bytes of an OCTET STRING.
    pub(super) fn octets(self) -> Result<&'a [u8], Malformed> {
        self.content_of(OCTET_STRING, false)
    }

    /// The bytes of a BIT STRING of whole bytes.
    pub(super) fn whole_bits(self) -> Result<&'a [u8], Malformed> {
        match self.content_of(BIT_STRING, false)? {
            [0, bytes @ ..] => Ok(bytes),
            _ => Err(Malformed),
        }
    }

    /// An INTEGER of at most 64 bits.
    pub(super) fn integer(self) -> Result<i64, Malformed> {
        to_number(self.content_of(INTEGER, false)?)
    }

    /// The number of an ENUMERATED.
    pub(super) fn enumerated(self) -> Result<i64, Malformed> {
        to_number(self.content_of(ENUMERATED, false)?)
    }

    /// A BOOLEAN; any byte but zero is true.
    pub(super) fn boolean(self) -> Result<bool, Malformed> {
        match self.content_of(BOOLEAN, false)? {
            [byte] => Ok(*byte != 0),
            _ => Err(Malformed),
        }
    }

    /// A NULL.
    pub(super) fn null(self) -> Result<(), Malformed> {
        if self.content_of(NULL, false)?.is_empty() { Ok(()) } else { Err(Malformed) }
    }
}

fn elements(mut bytes: &[u8]) -> Result<Vec<Element<'_>>, Malformed> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let (element, rest) = Element::read(bytes)?;
        found.push(element);
        bytes = rest;
    }
    Ok(found)
}

fn to_number(bytes: &[u8]) -> Result<i64, Malformed> {
    let is_negative = bytes.first().ok_or(Malformed)? & 0x80 != 0;
    if bytes.len() > 8 {
        return Err(Malformed);
    }
    Ok(bytes.iter().fold(if is_negative { -1 } else { 0 }, |number, byte| number << 8 | i64::from(*byte)))
}

/// How many bytes DER uses for that length (X.690 section 10.1).
const fn length_of_length(length: usize) -> usize {
    if length < 0x80 { 1 } else { 1 + (usize::BITS - length.leading_zeros()).div_ceil(8) as usize }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_one_form() {
        assert!(Element::read_all(&[0x04, 0x01, 0x07]).is_ok());
        for bytes in [
            &[0x04, 0x81, 0x01, 0x07][..],
            &[0x04, 0x82, 0x00, 0x01, 0x07],
            &[0x24, 0x80, 0x04, 0x01, 0x07, 0x00, 0x00],
            &[0x04, 0x02, 0x07],
            &[0x04, 0x01, 0x07, 0x00],
            &[0x04, 0xff],
            &[0x04],
            &[],
        ] {
            assert_eq!(Element::read_all(bytes).map(|_| ()), Err(Malformed), "{bytes:02x?}");
        }
        let long: Vec<u8> = [0x04, 0x81, 0x80].into_iter().chain([7; 128]).collect();
        assert_eq!(Element::read_all(&long).unwrap().octets().unwrap().len(), 128);
    }

    #[test]
    fn types_are_not_guessed() {
        let octets = Element::read_all(&[0x04, 0x01, 0x01]).unwrap();
        assert!(octets.integer().is_err() && octets.boolean().is_err() && octets.sequence().is_err());
        let number = |bytes: &[u8]| Element::read_all(bytes).unwrap().integer();
        assert_eq!(number(&[0x02, 0x03, 0x01, 0xd4, 0xc0]), Ok(120_000));
        assert_eq!(number(&[0x02, 0x01, 0xff]), Ok(-1));
        assert_eq!(number(&[0x02, 0x00]), Err(Malformed));
        assert_eq!(number(&[0x02, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0]), Err(Malformed));
        let truth = |byte| Element::read_all(&[0x01, 0x01, byte]).unwrap().boolean();
        assert_eq!((truth(0), truth(1), truth(0xff)), (Ok(false), Ok(true), Ok(true)));
        let tagged = Element::read_all(&[0xbf, 0x85, 0x41, 0x02, 0x05, 0x00]).unwrap();
        assert_eq!(tagged.tagged(), Ok((705, &[0x05, 0x00][..])));
    }
}
