//! A phone from its activation code to its first device id.

use std::time::Duration;

use avain_proto::v1::UserVerification;
use mobile_sim::{Activation, Phone, PhoneError};

use super::super::history::{Act, End};
use super::super::installation::Invitation;
use super::Load;
use crate::harness::facts;

/// How long a person looks at the phone before "send again".
const PATIENCE: Duration = Duration::from_secs(3);

impl Load {
    /// Enrols a phone; it joins those that sign in.
    pub(in super::super) async fn enrol(&self, invitation: &Invitation) -> Option<Phone> {
        let mut activation = Activation::prepare(&self.server, &invitation.code, facts()).unwrap();
        let begun = self.insist(async || Ok(activation.begin().await?)).await;
        let enrolment = match begun {
            Ok(started) => started.enrolment_id,
            Err(refusal) => {
                self.unexpected("the activation code", &refusal);
                return None;
            }
        };
        let typed = self.confirmation_code(&activation, &invitation.number).await;
        if let Err(refusal) = self.insist(async || Ok(activation.confirm(&typed).await?)).await {
            self.unexpected("the confirmation code", &refusal);
            return None;
        }
        self.history.ask(Act::Enrol, &enrolment);
        let enrolled =
            self.insist(async || Ok(activation.enrol(UserVerification::Biometric, "").await?)).await;
        match enrolled {
            Ok(phone) => {
                let device = phone.profile.device_id.clone();
                self.history.end(Act::Enrol, &enrolment, End::Done(Some(device)));
                self.phones.lock().unwrap().push(phone.clone());
                Some(phone)
            }
            Err(refusal) => {
                self.unexpected("the enrolment", &refusal);
                self.history.end(Act::Enrol, &enrolment, End::Refused(refusal.code));
                None
            }
        }
    }

    /// The digits out of the SMS. A crash may swallow it: then they are asked for again, and the outbox tries again too.
    pub(in super::super) async fn confirmation_code(&self, activation: &Activation, number: &str) -> String {
        let mut codes = self.codes.subscribe();
        loop {
            let arrived = tokio::time::timeout(PATIENCE, codes.wait_for(|codes| codes.contains_key(number)));
            if let Ok(codes) = arrived.await {
                return codes.unwrap()[number].clone();
            }
            let again = self.insist(async || activation.resend().await.map_err(PhoneError::into)).await;
            if let Err(refusal) = again.map(drop)
                && refusal.code != "confirmation_sends_exhausted"
            {
                self.unexpected("sending the confirmation code again", &refusal);
            }
        }
    }
}
