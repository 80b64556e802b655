//! The phone's P-256 key. A real phone keeps it in hardware; this one keeps it in its profile file.

use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::Generate;
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use sha2::{Digest, Sha256};

use avain_proto::dsse::pre_authentication_encoding;
use avain_proto::v1;

/// A key or signature that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    NoRandomness,
    /// The PEM text holds no P-256 private key.
    #[error("the profile holds no usable P-256 private key")]
    PemInvalid,
    /// The bytes are no signature in DER.
    #[error("not an ECDSA P-256 signature in DER")]
    SignatureInvalid,
}

/// A P-256 private key.
#[derive(Clone)]
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    /// A new key.
    pub fn generate() -> Result<Self, KeyError> {
        SigningKey::try_generate().map(Self).map_err(|_| KeyError::NoRandomness)
    }

    /// The key of a 32-byte scalar, for known-answer tests.
    pub fn from_scalar(scalar: &[u8]) -> Result<Self, KeyError> {
        SigningKey::from_slice(scalar).map(Self).map_err(|_| KeyError::PemInvalid)
    }

    /// The key in a PKCS #8 PEM text.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        SigningKey::from_pkcs8_pem(pem).map(Self).map_err(|_| KeyError::PemInvalid)
    }

    /// The key as a PKCS #8 PEM text.
    pub fn to_pem(&self) -> Result<String, KeyError> {
        let pem = self.0.to_pkcs8_pem(LineEnding::LF).map_err(|_| KeyError::PemInvalid)?;
        Ok(pem.as_str().to_owned())
    }

    /// The public key in the one form that the server takes: `0x04`, X, Y; 65 bytes.
    pub fn public_point(&self) -> Vec<u8> {
        self.0.verifying_key().to_sec1_point(false).as_bytes().to_vec()
    }

    /// SHA-256 of [`public_point`](Self::public_point): the key's one name.
    pub fn thumbprint(&self) -> Vec<u8> {
        Sha256::digest(self.public_point()).to_vec()
    }

    /// ECDSA P-256 SHA-256 over `message`, in DER. The same message gives the same bytes (RFC 6979).
    pub fn sign_message(&self, message: &[u8]) -> Vec<u8> {
        let signature: Signature = self.0.sign(message);
        signature.to_der().as_bytes().to_vec()
    }

    /// The signed envelope of a serialised payload message.
    pub fn sign(&self, payload_type: &str, payload: &[u8]) -> v1::Envelope {
        let signature = v1::Signature {
            keyid: hexadecimal(&self.thumbprint()),
            sig: self.sign_message(&pre_authentication_encoding(payload_type, payload)),
        };
        v1::Envelope {
            payload_type: payload_type.to_owned(),
            payload: payload.to_vec(),
            signatures: vec![signature],
        }
    }
}

/// The twin (r, n-s) of a DER signature (r, s): other bytes, as good for the same message, made without the key.
pub fn twin(signature: &[u8]) -> Result<Vec<u8>, KeyError> {
    let signature = Signature::from_der(signature).map_err(|_| KeyError::SignatureInvalid)?;
    let (r, s) = signature.split_scalars();
    let twin = Signature::from_scalars(r, -s).map_err(|_| KeyError::SignatureInvalid)?;
    Ok(twin.to_der().as_bytes().to_vec())
}

/// Lower-case hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::signature::Verifier;

    #[test]
    fn a_key_survives_its_pem_text() {
        let key = DeviceKey::generate().unwrap();
        let again = DeviceKey::from_pem(&key.to_pem().unwrap()).unwrap();
        assert_eq!(again.public_point(), key.public_point());
        assert_eq!(key.public_point().len(), 65);
    }

    #[test]
    fn the_twin_of_a_signature_verifies_too() {
        let key = DeviceKey::generate().unwrap();
        let signature = key.sign_message(b"message");
        let twin = twin(&signature).unwrap();
        assert_ne!(twin, signature);
        let parsed = Signature::from_der(&twin).unwrap();
        key.0.verifying_key().verify(b"message", &parsed).unwrap();
    }
}
