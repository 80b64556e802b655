//! What to do.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::profile::{EnrolledProfile, Profile, ProfileError};

/// How sign-ins begin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// No sign-ins: browsers wait, and that is all.
    None,
    /// Closed loop: so many browsers, each of which begins the next sign-in when its last one has ended.
    Closed(usize),
    /// Open loop: so many sign-ins a second, whatever happens to them.
    Open(f64),
}

/// When to stop beginning sign-ins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// After so long, counted from the end of the warm-up.
    Time(Duration),
    /// After so many measured ones.
    SignIns(u64),
}

/// The application's secret.
#[derive(Clone)]
pub struct ClientSecret(pub String);

/// Never the secret.
impl fmt::Debug for ClientSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ClientSecret")
    }
}

/// What to do.
#[derive(Clone)]
pub struct Plan {
    /// The nodes of one installation; at least one.
    pub servers: Vec<String>,
    /// The installation's name for itself; when left out, that of the first phone, and otherwise the first node's address.
    pub issuer: Option<String>,
    /// The application.
    pub client_id: String,
    /// Its secret; a public client has none.
    pub client_secret: Option<ClientSecret>,
    /// Its registered address.
    pub redirect_uri: String,
    /// The phones; each signs in as often as its turn comes, several times at once if it must.
    pub phones: Vec<EnrolledProfile>,
    /// How sign-ins begin.
    pub pace: Pace,
    /// When they stop.
    pub length: Length,
    /// Sign-ins that begin so early are not measured.
    pub warm_up: Duration,
    /// How many browsers wait, beside those that sign in.
    pub waiting: usize,
    /// Processes whose CPU and memory are reported.
    pub server_pids: Vec<u32>,
}

impl Plan {
    /// The installation's name for itself.
    pub(super) fn issuer(&self) -> String {
        let named = self.issuer.as_ref().or(self.phones.first().map(|phone| &phone.issuer));
        let issuer = named.or(self.servers.first()).cloned().unwrap_or_default();
        issuer.trim().trim_end_matches('/').to_owned()
    }
}

/// The enrolled phones of a folder of profiles, or of one profile. Other files and unfinished activations are passed over.
pub fn read_phones(place: &Path) -> Result<Vec<EnrolledProfile>, ProfileError> {
    let mut phones = Vec::new();
    for path in profiles(place) {
        if let Some(Profile::Enrolled(phone)) = Profile::load(&path)? {
            phones.push(phone);
        }
    }
    Ok(phones)
}

fn profiles(place: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(place) else { return vec![place.to_owned()] };
    let is_json = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "json");
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_json).collect();
    paths.sort();
    paths
}
