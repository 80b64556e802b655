//! Where an address is, roughly: read from a file in `MaxMind` DB format, which the operator brings. Without one nothing is known.

use std::net::IpAddr;
use std::path::Path;

use maxminddb::{MaxMindDbError, Reader, geoip2};

/// The operator's file, if there is one.
#[derive(Default)]
pub struct Atlas(Option<Reader<Vec<u8>>>);

/// Where an address is, as far as the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Spot {
    city: Option<String>,
    country: Option<String>,
    /// ISO 3166-1, two letters.
    country_code: Option<String>,
}

impl Atlas {
    /// Reads a file with cities or countries into memory.
    pub fn open(file: &Path) -> Result<Self, MaxMindDbError> {
        Reader::open_readfile(file).map(|reader| Self(Some(reader)))
    }

    /// The place of an address in words: "Helsinki, Finland (192.0.2.10)"; the address alone where nothing is known of it.
    /// Names are English: files of this kind have none in our other languages.
    pub fn describe(&self, address: &str) -> String {
        let spot = self.find(address).unwrap_or_default();
        let names: Vec<String> = spot.city.into_iter().chain(spot.country).collect();
        if names.is_empty() { address.to_owned() } else { format!("{} ({address})", names.join(", ")) }
    }

    /// The country of an address (ISO 3166-1, two letters).
    pub fn country(&self, address: &str) -> Option<String> {
        self.find(address)?.country_code
    }

    fn find(&self, address: &str) -> Option<Spot> {
        let address: IpAddr = address.parse().ok()?;
        let found: geoip2::City<'_> = self.0.as_ref()?.lookup(address).ok()?.decode().ok()??;
        Some(Spot {
            city: found.city.names.english.map(str::to_owned),
            country: found.country.names.english.map(str::to_owned),
            country_code: found.country.iso_code.map(str::to_owned),
        })
    }
}
