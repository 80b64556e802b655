//! An honest message for every operation of the phone's interface, to be spoiled by the tests.

use avain_proto::openapi::DESCRIPTORS;
use avain_proto::operations::{OPERATIONS, Operation};
use avain_proto::v1::{
    AnswerMove, ClaimPending, ConfirmActivation, Decision, DeviceNonceRequest, EnrolDevice, Envelope,
    ListDevices, ListPending, LoginCode, LookAtMove, OfferMove, RemovalReason, RemoveDevice,
    ResendConfirmation, StartActivation, TakeMove, UserVerification,
};
use mobile_sim::{Activation, DeviceKey, Newcomer, OwnerDecision, Phone, PhoneError, Server, Transport};
use prost_reflect::prost::Message as _;
use prost_reflect::{DescriptorPool, DynamicMessage};
use serde_json::Value;

use crate::harness::{TestApp, facts};

/// An honest message for an operation, and whoever signs it.
pub(super) struct Honest {
    pub(super) operation: &'static Operation,
    pub(super) message: DynamicMessage,
    pub(super) signer: DeviceKey,
    server: Server,
}

impl Honest {
    /// Signed by a key that no device has yet.
    pub(super) fn is_new_key(&self) -> bool {
        ["/devices", "/take"].iter().any(|end| self.operation.path.ends_with(end))
    }

    /// The message's bytes in a signed envelope; `None` where it goes unsigned.
    pub(super) fn seal(&self, payload: &[u8]) -> Option<Envelope> {
        self.operation.signed.map(|(payload_type, _)| self.signer.sign(payload_type, payload))
    }
}

/// The honest envelope of every purpose, by its payload type.
pub(crate) async fn honest_envelopes(app: &TestApp, phone: &Phone) -> Vec<(&'static str, Envelope)> {
    let activation = app.confirmed_activation().await;
    let all = honest(app, phone, &activation).await;
    let sealed = |one: &Honest| Some((one.operation.signed?.0, one.seal(&one.message.encode_to_vec())?));
    all.iter().filter_map(sealed).collect()
}

/// One for every operation.
pub(super) async fn honest(app: &TestApp, phone: &Phone, activation: &Activation) -> Vec<Honest> {
    let pool = DescriptorPool::decode(DESCRIPTORS).unwrap();
    let browser = app.browser();
    let attempt = browser.start_sign_in().await.attempt;
    let frame = browser.frame(&attempt).await;
    let challenge = phone.scan(&frame).await.unwrap();
    let code = app.invite().await.code;
    let nonce = phone.device_nonce().await.unwrap();
    OPERATIONS
        .iter()
        .map(|operation| {
            let name = operation.signed.map_or(operation.request, |(_, message)| message);
            let encoded = match name {
                "StartActivation" => StartActivation {
                    activation_code: code.clone(),
                    platform: Some(facts()),
                    installation_secret: vec![7; 32],
                }
                .encode_to_vec(),
                "ResendConfirmation" => ResendConfirmation {
                    enrolment_id: activation.enrolment_id(),
                    installation_secret: activation.profile.installation_secret.clone(),
                }
                .encode_to_vec(),
                "ConfirmActivation" => ConfirmActivation {
                    enrolment_id: activation.enrolment_id(),
                    installation_secret: activation.profile.installation_secret.clone(),
                    confirmation_code: "123456".to_owned(),
                }
                .encode_to_vec(),
                "EnrolDevice" => {
                    let enrolment: EnrolDevice = activation.enrolment(UserVerification::Pin, "My phone");
                    enrolment.encode_to_vec()
                }
                "LoginScan" => phone.login_scan(&frame).encode_to_vec(),
                "LoginCode" => LoginCode { context: Some(phone.context(&[])), code: "K7QF-29XM".to_owned() }
                    .encode_to_vec(),
                "ListPending" => ListPending { context: Some(phone.context(&[])) }.encode_to_vec(),
                "ClaimPending" => {
                    ClaimPending { context: Some(phone.context(&[])), attempt_id: attempt.clone() }
                        .encode_to_vec()
                }
                "LoginAnswer" => {
                    phone.login_answer(&challenge, OwnerDecision::ApproveNumber(1)).encode_to_vec()
                }
                other => about_devices(other, phone, (&nonce, &activation.key)),
            };
            let kind = pool.get_message_by_name(&format!("avain.v1.{name}")).unwrap();
            let message = DynamicMessage::decode(kind, encoded.as_slice()).unwrap();
            let mut honest =
                Honest { operation, message, signer: phone.key.clone(), server: phone.server.clone() };
            if honest.is_new_key() {
                honest.signer = activation.key.clone();
            }
            honest
        })
        .collect()
}

/// An honest message about devices.
fn about_devices(name: &str, phone: &Phone, (nonce, new_key): (&[u8], &DeviceKey)) -> Vec<u8> {
    let device_id = phone.profile.device_id.clone();
    let context = Some(phone.context(nonce));
    match name {
        "DeviceNonceRequest" => DeviceNonceRequest { device_id }.encode_to_vec(),
        "ListDevices" => ListDevices { context }.encode_to_vec(),
        "RemoveDevice" => {
            let reason = RemovalReason::Unused.into();
            RemoveDevice { context, removed_device_id: device_id, reason }.encode_to_vec()
        }
        "OfferMove" => OfferMove { context }.encode_to_vec(),
        "TakeMove" => taking(phone, new_key).encode_to_vec(),
        "LookAtMove" => LookAtMove { context, move_id: device_id }.encode_to_vec(),
        "AnswerMove" => {
            let key_thumbprint = new_key.thumbprint();
            let decision = Decision::Approve.into();
            AnswerMove { context, move_id: device_id, key_thumbprint, decision, number_picked: Some(10) }
                .encode_to_vec()
        }
        "RotateKey" => phone.rotation(new_key, nonce).encode_to_vec(),
        other => panic!("{other} has no honest message here: add one"),
    }
}

fn taking(phone: &Phone, key: &DeviceKey) -> TakeMove {
    let (server, issuer) = (phone.server.clone(), phone.profile.issuer.clone());
    Newcomer { server, issuer, key: key.clone(), facts: facts() }.taking("0000-0000-0000-0000")
}

/// Sends a message in the place of the honest one, signed where that is signed.
pub(super) async fn send(honest: &Honest, message: &DynamicMessage, transport: Transport) -> (u16, Value) {
    let body = match honest.seal(&message.encode_to_vec()) {
        Some(envelope) => transport.encode(&envelope).unwrap(),
        None if transport == Transport::Json => serde_json::to_vec(message).unwrap(),
        None => message.encode_to_vec(),
    };
    send_bytes(honest, transport, body).await
}

/// Sends any bytes to the operation's address.
pub(super) async fn send_bytes(honest: &Honest, transport: Transport, body: Vec<u8>) -> (u16, Value) {
    let post = async |body| honest.server.post(honest.operation.path, transport.content_type(), body).await;
    let answer = match post(body.clone()).await {
        // The server closed a connection that had been idle just as it was used again: that is no answer.
        Err(PhoneError::Unreachable { .. }) => post(body).await,
        answer => answer,
    };
    let answer = answer.unwrap();
    (answer.status, serde_json::from_slice(&answer.body).unwrap_or_default())
}
