//! Moving to a new phone with the old one in hand.
//!
//! 1. The old phone: [`Phone::offer_move`] gets a ticket.
//! 2. The new phone: [`Newcomer::take`] sends it, shows the number, and asks again until it is enrolled.
//! 3. The old phone: [`Phone::look_at_move`], then [`Phone::answer_move`].

use std::fmt;

use avain_proto::dsse::{ANSWER_MOVE, LOOK_AT_MOVE, OFFER_MOVE, TAKE_MOVE};
use avain_proto::v1::{
    AnswerMove, Decision, DeviceEnrolled, Envelope, LookAtMove, MoveAnswered, MoveOffered, MoveStanding,
    MoveTaken, OfferMove, PlatformFacts, SignedContext, TakeMove, UserVerification,
};
use prost::Message;

use crate::error::PhoneError;
use crate::key::{DeviceKey, hexadecimal};
use crate::phone::Phone;
use crate::profile::EnrolledProfile;
use crate::server::Server;

/// A phone that is to take the place of another one.
#[derive(Clone)]
pub struct Newcomer {
    /// Where the steps go.
    pub server: Server,
    /// The server's name for itself.
    pub issuer: String,
    /// The key that will be enrolled.
    pub key: DeviceKey,
    /// What the phone says of itself.
    pub facts: PlatformFacts,
}

/// Without the key.
impl fmt::Debug for Newcomer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Newcomer").field("server", &self.server.address()).finish_non_exhaustive()
    }
}

impl Newcomer {
    /// Sends the ticket that the old phone shows.
    pub async fn take(&self, ticket: &str) -> Result<MoveTaken, PhoneError> {
        self.submit(&self.key.sign(TAKE_MOVE, &self.taking(ticket).encode_to_vec())).await
    }

    /// The message with the ticket, as an honest phone fills it.
    pub fn taking(&self, ticket: &str) -> TakeMove {
        let context = SignedContext {
            issuer: self.issuer.clone(),
            key_thumbprint: self.key.thumbprint(),
            user_verification: UserVerification::Biometric.into(),
            app_version: self.facts.app_version.clone(),
            ..SignedContext::default()
        };
        TakeMove {
            context: Some(context),
            ticket: ticket.to_owned(),
            public_key: self.key.public_point(),
            platform: Some(self.facts.clone()),
            device_name: String::new(),
        }
    }

    /// Sends any envelope as a taken ticket.
    pub async fn submit(&self, envelope: &Envelope) -> Result<MoveTaken, PhoneError> {
        self.server.send("/phone/v1/moves/take", envelope).await
    }

    /// The phone that it is once it is enrolled.
    pub fn finish(&self, enrolled: DeviceEnrolled) -> Result<Phone, PhoneError> {
        let profile = EnrolledProfile {
            server: self.server.address().to_owned(),
            issuer: enrolled.issuer,
            device_id: enrolled.device_id,
            person_name: enrolled.person_name,
            company_name: enrolled.company_name,
            private_key_pem: self.key.to_pem()?,
            key_thumbprint: hexadecimal(&enrolled.key_thumbprint),
            facts: self.facts.clone(),
            probation_until: enrolled.probation_until,
            next_private_key_pem: None,
        };
        Phone::new(&self.server, profile)
    }
}

impl Phone {
    /// Gets a ticket for a new phone.
    pub async fn offer_move(&self) -> Result<MoveOffered, PhoneError> {
        let asked = OfferMove { context: Some(self.context(&self.device_nonce().await?)) };
        let envelope = self.key.sign(OFFER_MOVE, &asked.encode_to_vec());
        self.server.send("/phone/v1/moves", &envelope).await
    }

    /// Asks which phone took the ticket.
    pub async fn look_at_move(&self, move_id: &str) -> Result<MoveStanding, PhoneError> {
        let context = Some(self.context(&self.device_nonce().await?));
        let asked = LookAtMove { context, move_id: move_id.to_owned() };
        let envelope = self.key.sign(LOOK_AT_MOVE, &asked.encode_to_vec());
        self.server.send("/phone/v1/moves/look", &envelope).await
    }

    /// Says yes with the number that the new phone shows, or no.
    pub async fn answer_move(
        &self,
        move_id: &str,
        standing: &MoveStanding,
        number: Option<i32>,
    ) -> Result<MoveAnswered, PhoneError> {
        let answer = AnswerMove {
            context: Some(self.context(&self.device_nonce().await?)),
            move_id: move_id.to_owned(),
            key_thumbprint: standing.key_thumbprint.clone(),
            decision: number.map_or(Decision::Deny, |_| Decision::Approve).into(),
            number_picked: number,
        };
        let envelope = self.key.sign(ANSWER_MOVE, &answer.encode_to_vec());
        self.server.send("/phone/v1/moves/answer", &envelope).await
    }
}
