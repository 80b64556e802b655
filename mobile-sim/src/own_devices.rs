//! What an enrolled phone does about its owner's devices: list them, take one away, get another key.

use avain_proto::dsse::{LIST_DEVICES, NEW_KEY, REMOVE_DEVICE, ROTATE_KEY};
use avain_proto::v1::{
    DeviceList, DeviceNonce, DeviceNonceRequest, DeviceRemoved, Envelope, KeyRotated, ListDevices, NewKey,
    OwnDevice, RemovalReason, RemoveDevice, RotateKey,
};
use prost::Message;

use crate::error::PhoneError;
use crate::key::{DeviceKey, hexadecimal};
use crate::phone::Phone;

impl Phone {
    /// A nonce for one message about devices.
    pub async fn device_nonce(&self) -> Result<Vec<u8>, PhoneError> {
        let request = DeviceNonceRequest { device_id: self.profile.device_id.clone() };
        let answer: DeviceNonce = self.server.send("/phone/v1/devices/nonce", &request).await?;
        Ok(answer.server_nonce)
    }

    /// The owner's phones, the newest first.
    pub async fn list_devices(&self) -> Result<Vec<OwnDevice>, PhoneError> {
        let nonce = self.device_nonce().await?;
        let asked = ListDevices { context: Some(self.context(&nonce)) };
        let envelope = self.key.sign(LIST_DEVICES, &asked.encode_to_vec());
        let list: DeviceList = self.server.send("/phone/v1/devices/list", &envelope).await?;
        Ok(list.devices)
    }

    /// Takes one of the owner's phones away, this one too.
    pub async fn remove_device(
        &self,
        device_id: &str,
        reason: RemovalReason,
    ) -> Result<DeviceRemoved, PhoneError> {
        let nonce = self.device_nonce().await?;
        let asked = RemoveDevice {
            context: Some(self.context(&nonce)),
            removed_device_id: device_id.to_owned(),
            reason: reason.into(),
        };
        let envelope = self.key.sign(REMOVE_DEVICE, &asked.encode_to_vec());
        self.server.send("/phone/v1/devices/remove", &envelope).await
    }

    /// Replaces the key; gives back the phone with the new one.
    pub async fn rotate_key(&self, new: &DeviceKey) -> Result<Self, PhoneError> {
        let rotation = self.rotation(new, &self.device_nonce().await?);
        self.submit_rotation(&self.key.sign(ROTATE_KEY, &rotation.encode_to_vec())).await?;
        Ok(self.with_key(new)?)
    }

    /// The message of a rotation, as an honest phone fills it.
    pub fn rotation(&self, new: &DeviceKey, nonce: &[u8]) -> RotateKey {
        let mut context = self.context(nonce);
        context.key_thumbprint = new.thumbprint();
        let proof = NewKey { context: Some(context), replaced_thumbprint: self.key.thumbprint() };
        RotateKey {
            context: Some(self.context(nonce)),
            new_public_key: new.public_point(),
            possession: Some(new.sign(NEW_KEY, &proof.encode_to_vec())),
        }
    }

    /// Sends any envelope as a rotation.
    pub async fn submit_rotation(&self, envelope: &Envelope) -> Result<KeyRotated, PhoneError> {
        self.server.send("/phone/v1/devices/key", envelope).await
    }

    /// The same phone with this key.
    pub fn with_key(&self, key: &DeviceKey) -> Result<Self, crate::key::KeyError> {
        let mut phone = Self { key: key.clone(), ..self.clone() };
        phone.profile.private_key_pem = key.to_pem()?;
        phone.profile.key_thumbprint = hexadecimal(&key.thumbprint());
        phone.profile.next_private_key_pem = None;
        Ok(phone)
    }
}
