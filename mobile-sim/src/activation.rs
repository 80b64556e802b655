//! Activation: from an activation code to an enrolled phone.
//!
//! 1. [`Activation::prepare`] makes the installation secret and the key; nothing is sent, so that they can be saved first.
//! 2. [`Activation::begin`] sends the activation code; the server sends the confirmation code by SMS.
//! 3. [`Activation::confirm`] sends the confirmation code, [`Activation::resend`] asks for it once more.
//! 4. [`Activation::enrol`] signs with the new key; repeating it after a lost reply gives the same device.

use std::fmt;

use avain_proto::dsse::ENROL_DEVICE;
use avain_proto::v1::{
    ActivationConfirmed, ActivationStarted, ConfirmActivation, DeviceEnrolled, EnrolDevice, Envelope,
    PlatformFacts, ResendConfirmation, SignedContext, StartActivation, UserVerification,
};
use p256::elliptic_curve::Generate;
use prost::Message;

use crate::error::PhoneError;
use crate::key::{DeviceKey, KeyError, hexadecimal};
use crate::phone::Phone;
use crate::profile::{ActivatingProfile, EnrolledProfile};
use crate::server::Server;

/// An activation on its way. A clone is the same phone: it has the same secret and key.
#[derive(Clone)]
pub struct Activation {
    /// Where the steps go.
    pub server: Server,
    /// What the phone remembers of it.
    pub profile: ActivatingProfile,
    /// The key that will be enrolled.
    pub key: DeviceKey,
}

/// Without the codes, the installation secret and the key.
impl fmt::Debug for Activation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = formatter.debug_struct("Activation");
        fields.field("server", &self.server.address()).field("enrolment_id", &self.profile.enrolment_id);
        fields.finish_non_exhaustive()
    }
}

impl Activation {
    /// Steps 1 and 2 in one.
    pub async fn start(
        server: &Server,
        activation_code: &str,
        facts: PlatformFacts,
    ) -> Result<(Self, ActivationStarted), PhoneError> {
        let mut activation = Self::prepare(server, activation_code, facts)?;
        let started = activation.begin().await?;
        Ok((activation, started))
    }

    /// Step 1.
    pub fn prepare(server: &Server, activation_code: &str, facts: PlatformFacts) -> Result<Self, PhoneError> {
        let installation_secret = <[u8; 32]>::try_generate().map_err(|_| KeyError::NoRandomness)?;
        let key = DeviceKey::generate()?;
        let profile = ActivatingProfile {
            server: server.address().to_owned(),
            activation_code: activation_code.to_owned(),
            facts,
            installation_secret: installation_secret.to_vec(),
            private_key_pem: key.to_pem()?,
            enrolment_id: None,
            issuer: None,
            server_nonce: Vec::new(),
        };
        Ok(Self { server: server.clone(), profile, key })
    }

    /// An interrupted activation, with the secret and the key that it had.
    pub fn resume(server: &Server, profile: ActivatingProfile) -> Result<Self, PhoneError> {
        let key = DeviceKey::from_pem(&profile.private_key_pem)?;
        Ok(Self { server: server.clone(), profile, key })
    }

    /// Step 2.
    pub async fn begin(&mut self) -> Result<ActivationStarted, PhoneError> {
        let request = StartActivation {
            activation_code: self.profile.activation_code.clone(),
            platform: Some(self.profile.facts.clone()),
            installation_secret: self.profile.installation_secret.clone(),
        };
        let started: ActivationStarted = self.server.send("/phone/v1/activations", &request).await?;
        if self.profile.enrolment_id.as_ref() != Some(&started.enrolment_id) {
            // A new enrolment wants its own confirmation code, and gives its own nonce for it.
            self.profile.server_nonce.clear();
        }
        self.profile.enrolment_id = Some(started.enrolment_id.clone());
        self.profile.issuer = Some(started.issuer.clone());
        Ok(started)
    }

    /// Asks for the same confirmation code once more.
    pub async fn resend(&self) -> Result<ActivationStarted, PhoneError> {
        let request = ResendConfirmation {
            enrolment_id: self.enrolment_id(),
            installation_secret: self.profile.installation_secret.clone(),
        };
        self.server.send("/phone/v1/activations/resend", &request).await
    }

    /// Step 3.
    pub async fn confirm(&mut self, confirmation_code: &str) -> Result<ActivationConfirmed, PhoneError> {
        let request = ConfirmActivation {
            enrolment_id: self.enrolment_id(),
            installation_secret: self.profile.installation_secret.clone(),
            confirmation_code: confirmation_code.to_owned(),
        };
        let confirmed: ActivationConfirmed =
            self.server.send("/phone/v1/activations/confirm", &request).await?;
        self.profile.server_nonce.clone_from(&confirmed.server_nonce);
        Ok(confirmed)
    }

    /// Step 4: builds the enrolment, signs it, sends it. An empty name leaves the naming to the server.
    pub async fn enrol(
        &self,
        verification: UserVerification,
        device_name: &str,
    ) -> Result<Phone, PhoneError> {
        let payload = self.enrolment(verification, device_name).encode_to_vec();
        let enrolled = self.submit(&self.key.sign(ENROL_DEVICE, &payload)).await?;
        self.finish(enrolled, verification)
    }

    /// The message of step 4, as an honest phone fills it.
    pub fn enrolment(&self, verification: UserVerification, device_name: &str) -> EnrolDevice {
        let context = SignedContext {
            issuer: self.profile.issuer.clone().unwrap_or_default(),
            device_id: String::new(),
            key_thumbprint: self.key.thumbprint(),
            server_nonce: self.profile.server_nonce.clone(),
            user_verification: verification.into(),
            app_version: self.profile.facts.app_version.clone(),
            // The enrolment carries the platform itself.
            os_version: String::new(),
            api_level: 0,
            push: None,
        };
        EnrolDevice {
            context: Some(context),
            enrolment_id: self.enrolment_id(),
            public_key: self.key.public_point(),
            platform: Some(self.profile.facts.clone()),
            device_name: device_name.to_owned(),
        }
    }

    /// Sends any envelope as step 4.
    pub async fn submit(&self, envelope: &Envelope) -> Result<DeviceEnrolled, PhoneError> {
        self.server.send("/phone/v1/devices", envelope).await
    }

    /// The id that the server gave; empty before the first step.
    pub fn enrolment_id(&self) -> String {
        self.profile.enrolment_id.clone().unwrap_or_default()
    }

    fn finish(&self, enrolled: DeviceEnrolled, verification: UserVerification) -> Result<Phone, PhoneError> {
        if enrolled.key_thumbprint != self.key.thumbprint() {
            return Err(self.server.garbled("it enrolled another key than this phone's".to_owned()));
        }
        let profile = EnrolledProfile {
            server: self.profile.server.clone(),
            issuer: enrolled.issuer,
            device_id: enrolled.device_id,
            person_name: enrolled.person_name,
            company_name: enrolled.company_name,
            private_key_pem: self.profile.private_key_pem.clone(),
            key_thumbprint: hexadecimal(&enrolled.key_thumbprint),
            facts: self.profile.facts.clone(),
            probation_until: enrolled.probation_until,
            next_private_key_pem: None,
        };
        let mut phone = Phone::new(&self.server, profile)?;
        phone.verification = verification;
        Ok(phone)
    }
}
