//! A certificate for the moment: made at the start, kept nowhere. Nobody vouches for it, so browsers warn.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcgen::{CertificateParams, DnType, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use sha2::{Digest as _, Sha256};

const DAY: Duration = Duration::from_hours(24);
const LIFE: Duration = Duration::from_hours(24 * 30);

/// A throw-away certificate and its key.
pub struct Certificate {
    pub(super) settings: Arc<ServerConfig>,
    certificate: CertificateDer<'static>,
}

/// A certificate that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The names, or the system's randomness.
    #[error("cannot make a certificate")]
    Making(#[from] rcgen::Error),
    /// TLS refuses it.
    #[error("cannot use the certificate")]
    Using(#[from] rustls::Error),
}

impl Certificate {
    /// For these addresses and for `localhost`, good for a month from `now`.
    pub fn generate(addresses: &[IpAddr], now: SystemTime) -> Result<Self, CertificateError> {
        let names: Vec<String> =
            addresses.iter().map(ToString::to_string).chain(["localhost".to_owned()]).collect();
        let mut parameters = CertificateParams::new(names)?;
        parameters.distinguished_name.push(DnType::CommonName, "Avain browser phone, for trying out");
        // Clocks of phones differ a little.
        parameters.not_before = (now - DAY).into();
        parameters.not_after = (now + LIFE).into();
        let key = KeyPair::generate()?;
        let certificate = parameters.self_signed(&key)?.der().clone();
        let private_key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let settings = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], private_key)?;
        Ok(Self { settings: Arc::new(settings), certificate })
    }

    /// The certificate itself (DER).
    pub fn der(&self) -> &[u8] {
        self.certificate.as_ref()
    }

    /// SHA-256 as browsers show it, so that people can compare.
    pub fn fingerprint(&self) -> String {
        let pairs: Vec<String> =
            Sha256::digest(self.der()).iter().map(|byte| format!("{byte:02X}")).collect();
        pairs.join(":")
    }
}
