//! What a phone's hardware vouches for, and why its word is not taken.

use super::os_version::OsVersion;
use super::time::Timestamp;

/// Where a device's key lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyHome {
    /// Android: a security chip of its own.
    StrongBox,
    /// Android: the processor's protected half.
    TrustedEnvironment,
    /// iOS: the app, vouched for by Apple, keeps it in the Secure Enclave.
    SecureEnclave,
    /// In software, by the phone's own admission.
    Software,
    /// Nobody vouches for it.
    Unknown,
}

impl KeyHome {
    /// Every home.
    pub const ALL: [Self; 5] =
        [Self::StrongBox, Self::TrustedEnvironment, Self::SecureEnclave, Self::Software, Self::Unknown];

    /// The home as the database knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::StrongBox => "strongbox",
            Self::TrustedEnvironment => "tee",
            Self::SecureEnclave => "secure_enclave",
            Self::Software => "software",
            Self::Unknown => "unknown",
        }
    }

    /// The home of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|home| home.key() == key)
    }

    /// Whether it is hardware that somebody vouches for.
    pub const fn is_hardware(self) -> bool {
        matches!(self, Self::StrongBox | Self::TrustedEnvironment | Self::SecureEnclave)
    }
}

/// Whether the phone's hardware vouched for the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It did.
    Attested,
    /// The phone sent an attestation that does not hold; policy let it in nevertheless.
    Failed(AttestationRefusal),
    /// The phone sent none: all that is known is what the app reports.
    Reported,
}

impl Verdict {
    /// The verdict as the database knows it: `attested`, `reported`, or the code of the refusal.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Attested => "attested",
            Self::Failed(refusal) => refusal.code(),
            Self::Reported => "reported",
        }
    }

    /// The verdict of that [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "attested" => Some(Self::Attested),
            "reported" => Some(Self::Reported),
            code => AttestationRefusal::from_code(code).map(Self::Failed),
        }
    }
}

/// The standing of a device's attestation, as it is kept with the device and shown to support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttestationResult {
    /// Whether the hardware vouched for it.
    pub verdict: Verdict,
    /// Where the key lives.
    pub key_home: KeyHome,
    /// The OS that the hardware vouched for; it may be there although the app reports another one.
    pub os_version: Option<OsVersion>,
    /// Android's security patch level, `YYYYMM`.
    pub patch_level: Option<u32>,
    /// When it was verified, by the server's clock.
    pub verified_at: Timestamp,
}

impl AttestationResult {
    /// Of a phone that sent none.
    pub const fn reported(now: Timestamp) -> Self {
        Self {
            verdict: Verdict::Reported,
            key_home: KeyHome::Unknown,
            os_version: None,
            patch_level: None,
            verified_at: now,
        }
    }

    /// Of a phone whose attestation does not hold.
    pub const fn failed(refusal: AttestationRefusal, now: Timestamp) -> Self {
        let key_home = match refusal {
            AttestationRefusal::SecurityLevelSoftware => KeyHome::Software,
            _ => KeyHome::Unknown,
        };
        Self { verdict: Verdict::Failed(refusal), key_home, ..Self::reported(now) }
    }

    /// Whether the hardware vouched for it.
    pub const fn is_attested(&self) -> bool {
        matches!(self.verdict, Verdict::Attested)
    }
}

/// What somebody whose attestation is refused can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing that vouches for the phone can be trusted: use another phone.
    OtherPhone,
    /// The phone's own certificates have run out: go online, try again.
    TryAgain,
    /// The phone runs another system than its maker's, or its boot loader is open.
    LockPhone,
    /// Install the app from the store.
    GenuineApp,
    /// The server is not able to judge: its operator must act.
    Operator,
    /// The app made a mistake: its maker must act.
    UpdateApp,
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $remedy:ident;)+) => {
        /// Why an attestation is refused. The first failure is the one that is told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
        pub enum AttestationRefusal {
            $($(#[$doc])* #[error($code)] $variant,)+
        }

        impl AttestationRefusal {
            /// Every refusal.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable code of the log, the audit and the support pages.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// What the person can do.
            pub const fn remedy(self) -> Remedy {
                match self {
                    $(Self::$variant => Remedy::$remedy,)+
                }
            }
        }
    };
}

refusals! {
    /// More bytes than any phone sends.
    TooLarge = "attestation_too_large", UpdateApp;
    /// Fewer certificates than the kind of chain has.
    ChainTooShort = "chain_too_short", OtherPhone;
    /// More certificates than the kind of chain has: somebody extended it.
    ChainTooLong = "chain_too_long", OtherPhone;
    /// A certificate cannot be read.
    CertificateUnreadable = "certificate_unreadable", UpdateApp;
    /// The chain does not end at a root that we trust.
    RootUntrusted = "root_untrusted", OtherPhone;
    /// A certificate names another issuer than the one above it.
    NameMismatch = "name_mismatch", OtherPhone;
    /// A signature does not verify.
    ChainSignature = "chain_signature", OtherPhone;
    /// A signature is of a kind that no genuine phone uses.
    AlgorithmUnsupported = "algorithm_unsupported", OtherPhone;
    /// Neither provisioned in a factory nor by Google.
    ProvisioningUnknown = "provisioning_unknown", OtherPhone;
    /// A certificate has run out.
    CertificateExpired = "certificate_expired", TryAgain;
    /// A certificate is not valid yet.
    CertificateNotYetValid = "certificate_not_yet_valid", TryAgain;
    /// A certificate is on Google's status list.
    CertificateRevoked = "certificate_revoked", OtherPhone;
    /// Our copy of the status list is missing or too old.
    StatusListStale = "status_list_stale", Operator;
    /// The leaf attests nothing.
    ExtensionMissing = "extension_missing", UpdateApp;
    /// Another certificate than the leaf attests something.
    ExtensionMisplaced = "extension_misplaced", OtherPhone;
    /// What the leaf attests cannot be read.
    ExtensionUnreadable = "extension_unreadable", UpdateApp;
    /// Attested for another challenge.
    ChallengeMismatch = "challenge_mismatch", TryAgain;
    /// Attested for another key.
    KeyMismatch = "key_mismatch", UpdateApp;
    /// Not a P-256 key.
    KeyNotP256 = "key_not_p256", UpdateApp;
    /// The key, or the attestation, comes from software.
    SecurityLevelSoftware = "security_level_software", OtherPhone;
    /// Attestation and key are of different levels.
    SecurityLevelMixed = "security_level_mixed", OtherPhone;
    /// The chain is of another level than it attests.
    SecurityLevelChain = "security_level_chain", OtherPhone;
    /// The key was made elsewhere and imported.
    KeyNotGenerated = "key_not_generated", UpdateApp;
    /// The key cannot sign, or can do more than sign.
    PurposeUnexpected = "purpose_unexpected", UpdateApp;
    /// Every app on the phone can use the key.
    AllApplications = "all_applications", UpdateApp;
    /// Nothing is attested of how the phone started.
    RootOfTrustMissing = "root_of_trust_missing", OtherPhone;
    /// The boot loader is open.
    DeviceUnlocked = "device_unlocked", LockPhone;
    /// The system was not verified at the start.
    BootState = "boot_state", LockPhone;
    /// Another system than the maker's, and not one that the server allows.
    BootKeyNotAllowed = "boot_key_not_allowed", LockPhone;
    /// No OS version is attested.
    OsVersionUnknown = "os_version_unknown", OtherPhone;
    /// No app is attested.
    AppMissing = "app_missing", GenuineApp;
    /// Another app, or several.
    AppOther = "app_other", GenuineApp;
    /// Signed by somebody else than the app's makers.
    AppSigner = "app_signer", GenuineApp;
    /// Not an App Attest object.
    ObjectUnreadable = "object_unreadable", UpdateApp;
    /// Another format than App Attest's.
    ObjectFormat = "object_format", UpdateApp;
    /// The object was made for another enrolment, or changed.
    ObjectNonce = "object_nonce", TryAgain;
    /// The key's name is not the key's.
    KeyNameMismatch = "key_name_mismatch", UpdateApp;
    /// A key that attested before, or an assertion that was seen before.
    Counter = "counter", TryAgain;
    /// A development build where the server wants the one of the store, or the other way round.
    Environment = "environment", GenuineApp;
    /// Bytes after the object that do not belong there.
    ObjectTrailing = "object_trailing", UpdateApp;
    /// Not a phone and not a tablet.
    PlatformUnexpected = "platform_unexpected", OtherPhone;
    /// A kind of installation that the server does not allow.
    CategoryNotAllowed = "category_not_allowed", GenuineApp;
}

impl AttestationRefusal {
    /// The refusal of that [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|refusal| refusal.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_database_knows_reads_as_itself() {
        let failed = AttestationRefusal::ALL.iter().copied().map(Verdict::Failed);
        for verdict in failed.chain([Verdict::Attested, Verdict::Reported]) {
            assert_eq!(Verdict::from_key(verdict.key()), Some(verdict));
        }
        for home in KeyHome::ALL {
            assert_eq!(KeyHome::from_key(home.key()), Some(home));
        }
        assert_eq!((Verdict::from_key("genuine"), KeyHome::from_key("pocket")), (None, None));
    }
}
