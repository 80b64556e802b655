//! What the phone remembers, as a JSON file.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use avain_proto::v1::PlatformFacts;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

/// A profile file that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// The file system refuses.
    #[error("cannot {verb} the profile {path}")]
    File {
        /// `read` or `write`.
        verb: &'static str,
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file holds something else.
    #[error("{path} is not a profile of mobile-sim")]
    Content {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
}

/// A phone's memory: on its way to be enrolled, or enrolled.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Profile {
    /// An activation has begun and is not finished.
    Activating(ActivatingProfile),
    /// The phone can sign in.
    Enrolled(EnrolledProfile),
}

/// Everything that an interrupted activation needs to go on. A test may copy and change it to replay or to cheat.
#[derive(Clone, Serialize, Deserialize)]
pub struct ActivatingProfile {
    /// The server's address.
    pub server: String,
    /// As typed.
    pub activation_code: String,
    /// What the phone says of itself.
    pub facts: PlatformFacts,
    /// 32 random bytes that make the server know this phone again.
    #[serde(with = "base64_text")]
    pub installation_secret: Vec<u8>,
    /// The key that will be enrolled; the same one at every try of the last step.
    pub private_key_pem: String,
    /// Known once the activation code was accepted.
    pub enrolment_id: Option<String>,
    /// Known once the activation code was accepted.
    pub issuer: Option<String>,
    /// 32 bytes, known once the confirmation code was accepted; empty before.
    #[serde(with = "base64_text")]
    pub server_nonce: Vec<u8>,
}

/// Everything that an enrolled phone needs.
#[derive(Clone, Serialize, Deserialize)]
pub struct EnrolledProfile {
    /// The server's address.
    pub server: String,
    /// The server's name for itself, signed in every message.
    pub issuer: String,
    /// The server's name for this phone.
    pub device_id: String,
    /// The owner.
    pub person_name: String,
    /// The owner's company.
    pub company_name: String,
    /// The enrolled key.
    pub private_key_pem: String,
    /// SHA-256 of the public point, in hexadecimal.
    pub key_thumbprint: String,
    /// What the phone says of itself.
    pub facts: PlatformFacts,
    /// Until then the phone cannot add or remove other devices; milliseconds since 1970 by the server's clock.
    pub probation_until: i64,
    /// The key that is to replace it, kept until the server has taken it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_private_key_pem: Option<String>,
}

impl Profile {
    /// The profile in the file; `None` when there is no such file.
    pub fn load(path: &Path) -> Result<Option<Self>, ProfileError> {
        let text = match fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(file_error("read", path, source)),
        };
        let content_error = |source| ProfileError::Content { path: path.display().to_string(), source };
        serde_json::from_slice(&text).map(Some).map_err(content_error)
    }

    /// Writes the file whole or not at all, readable by its owner alone: it holds a private key.
    pub fn save(&self, path: &Path) -> Result<(), ProfileError> {
        self.write(path).map_err(|source| file_error("write", path, source))
    }

    fn write(&self, path: &Path) -> std::io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Made with mode 0600.
        let mut file = NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, self)?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    }
}

fn file_error(verb: &'static str, path: &Path, source: std::io::Error) -> ProfileError {
    ProfileError::File { verb, path: path.display().to_string(), source }
}

mod base64_text {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        BASE64_STANDARD.decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enrolled() -> Profile {
        Profile::Enrolled(EnrolledProfile {
            server: "http://127.0.0.1:8080".to_owned(),
            issuer: "http://127.0.0.1:8080".to_owned(),
            device_id: "device".to_owned(),
            person_name: "Aino".to_owned(),
            company_name: "Oy".to_owned(),
            private_key_pem: String::new(),
            key_thumbprint: String::new(),
            facts: PlatformFacts::default(),
            probation_until: 0,
            next_private_key_pem: None,
        })
    }

    #[test]
    fn a_profile_is_read_back_and_its_file_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("phone.json");
        assert!(Profile::load(&path).unwrap().is_none());
        enrolled().save(&path).unwrap();
        enrolled().save(&path).unwrap();
        assert!(
            matches!(Profile::load(&path).unwrap(), Some(Profile::Enrolled(phone)) if phone.person_name == "Aino")
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn another_file_is_no_profile() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("phone.json");
        fs::write(&path, "{}").unwrap();
        assert!(matches!(Profile::load(&path), Err(ProfileError::Content { .. })));
    }
}
