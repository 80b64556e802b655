//! `[geoip]`.

use std::path::PathBuf;

use serde::Deserialize;

/// Where addresses are, roughly.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GeoIpSettings {
    /// A file in `MaxMind` DB format with cities or countries, for example `GeoLite2-City.mmdb`. It is read at the start.
    pub file: PathBuf,
}
