//! ECDSA signatures taken apart and put together again, rightly and wrongly.

use anyhow::{Context, bail};
use p256::ecdsa::Signature;

/// The order of P-256 (FIPS 186-5, SP 800-186 section 3.2.1.3), big-endian.
pub(super) const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
    0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

const INTEGER: u8 = 0x02;
pub(super) const SEQUENCE: u8 = 0x30;

/// r and s of a DER signature, 32 bytes each.
pub(super) fn split(signature: &[u8]) -> anyhow::Result<([u8; 32], [u8; 32])> {
    let (r, s) = Signature::from_der(signature).context("splitting a signature")?.split_bytes();
    Ok((r.into(), s.into()))
}

/// A DER signature of any two unsigned numbers.
pub(super) fn join(r: &[u8], s: &[u8]) -> anyhow::Result<Vec<u8>> {
    element(SEQUENCE, &[integer(r)?, integer(s)?].concat())
}

/// An INTEGER in its shortest form.
pub(super) fn integer(number: &[u8]) -> anyhow::Result<Vec<u8>> {
    let leading_zeros = number.iter().take_while(|byte| **byte == 0).count();
    let digits: Vec<u8> = number.iter().skip(leading_zeros).copied().collect();
    if digits.first().is_none_or(|first| is_negative(*first)) {
        padded_integer(&digits)
    } else {
        raw_integer(&digits)
    }
}

/// An INTEGER of exactly these bytes, whatever number they make.
pub(super) fn raw_integer(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    element(INTEGER, content)
}

/// An INTEGER with one zero byte before these bytes.
pub(super) fn padded_integer(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    raw_integer(&[&[0], content].concat())
}

/// Tag, one length byte, content.
pub(super) fn element(tag: u8, content: &[u8]) -> anyhow::Result<Vec<u8>> {
    let length = u8::try_from(content.len())?;
    if length > 127 {
        bail!("a signature has no element of {length} bytes");
    }
    Ok([&[tag, length], content].concat())
}

/// Whether an INTEGER that begins with this byte would be negative.
pub(super) const fn is_negative(first: u8) -> bool {
    first & 0x80 != 0
}

/// The sum with the order, which is the same number to whoever forgets to check the range.
pub(super) fn plus_order(number: &[u8; 32]) -> Vec<u8> {
    let mut carry = 0_u16;
    let mut sum: Vec<u8> = Vec::new();
    for (digit, order_digit) in number.iter().rev().zip(ORDER.iter().rev()) {
        let total = u16::from(*digit) + u16::from(*order_digit) + carry;
        let [high, low] = total.to_be_bytes();
        sum.push(low);
        carry = u16::from(high);
    }
    sum.extend(u8::try_from(carry));
    sum.reverse();
    sum
}
