//! One of the two lists of a key description: tags and values, in any order, none twice.

use std::collections::BTreeMap;

use super::super::der::{Element, Malformed};

/// What one side says of the key. Tags that are not here are passed over.
pub(super) struct AuthorizationList<'a> {
    /// What the key is for.
    pub(super) purposes: Vec<i64>,
    /// Whether every app may use it.
    pub(super) is_for_all_applications: bool,
    /// How it came to be.
    pub(super) origin: Option<i64>,
    /// How the phone started.
    pub(super) root_of_trust: Option<RootOfTrust<'a>>,
    /// `MMmmss`.
    pub(super) os_version: Option<i64>,
    /// `YYYYMM`.
    pub(super) patch_level: Option<i64>,
    /// Who asked for the key; a value of its own inside.
    pub(super) application: Option<&'a [u8]>,
    /// The phone's brand.
    pub(super) brand: Option<&'a [u8]>,
    /// The phone's model.
    pub(super) model: Option<&'a [u8]>,
}

/// How the phone started.
#[derive(Clone, Copy)]
pub(super) struct RootOfTrust<'a> {
    /// Whose signature the system has.
    pub(super) boot_key: &'a [u8],
    /// Whether the boot loader is locked.
    pub(super) is_locked: bool,
    /// Verified (0), self-signed (1), unverified (2) or failed (3).
    pub(super) boot_state: i64,
}

const PURPOSE: u32 = 1;
const ALL_APPLICATIONS: u32 = 600;
const ORIGIN: u32 = 702;
const ROOT_OF_TRUST: u32 = 704;
const OS_VERSION: u32 = 705;
const PATCH_LEVEL: u32 = 706;
const APPLICATION: u32 = 709;
const BRAND: u32 = 710;
const MODEL: u32 = 717;

impl<'a> AuthorizationList<'a> {
    /// Reads the list.
    pub(super) fn read(list: Element<'a>) -> Result<Self, Malformed> {
        let mut values = BTreeMap::new();
        for element in list.sequence()? {
            let (tag, value) = element.tagged()?;
            if values.insert(tag, value).is_some() {
                return Err(Malformed);
            }
        }
        let value = |tag: u32| values.get(&tag).map(|bytes| Element::read_all(bytes)).transpose();
        let integer = |tag| value(tag)?.map(Element::integer).transpose();
        let octets = |tag| value(tag)?.map(Element::octets).transpose();
        Ok(Self {
            purposes: value(PURPOSE)?.map(read_purposes).transpose()?.unwrap_or_default(),
            is_for_all_applications: value(ALL_APPLICATIONS)?.map(Element::null).transpose()?.is_some(),
            origin: integer(ORIGIN)?,
            root_of_trust: value(ROOT_OF_TRUST)?.map(RootOfTrust::read).transpose()?,
            os_version: integer(OS_VERSION)?,
            patch_level: integer(PATCH_LEVEL)?,
            application: octets(APPLICATION)?,
            brand: octets(BRAND)?,
            model: octets(MODEL)?,
        })
    }
}

fn read_purposes(element: Element<'_>) -> Result<Vec<i64>, Malformed> {
    element.set()?.into_iter().map(Element::integer).collect()
}

impl<'a> RootOfTrust<'a> {
    fn read(element: Element<'a>) -> Result<Self, Malformed> {
        let parts = element.sequence()?;
        let [boot_key, is_locked, boot_state, ref hash @ ..] = parts[..] else { return Err(Malformed) };
        match hash {
            [] => {}
            [hash] => _ = hash.octets()?,
            _ => return Err(Malformed),
        }
        Ok(Self {
            boot_key: boot_key.octets()?,
            is_locked: is_locked.boolean()?,
            boot_state: boot_state.enumerated()?,
        })
    }
}
