//! A phone in software: it enrols with an Avain server, scans the server's QR codes and signs the answers.
//!
//! It shares only `avain-proto` with the server, so it finds what the server and the contract disagree about. The steps,
//! in their order:
//!
//! 1. [`Activation::start`] sends the activation code, [`Activation::confirm`] the confirmation code, and
//!    [`Activation::enrol`] binds the phone's new key to the person: the answer is a [`Phone`].
//! 2. [`picture::read_png`] finds the QR code in a screenshot; [`Phone::scan`] sends its text and gets the challenge.
//! 3. [`Phone::answer`] signs what the owner decided.
//!
//! Each step also exists in parts (build the message, [`DeviceKey::sign`] it, send any bytes with [`Server::post`]), so
//! that a test can do the wrong thing at any point.
//!
//! [`web`] serves the browser phone: the same phone as a page (`mobile-sim/web`), with the camera and the browser's own key.
//!
//! [`load`] does all of it many times at once, with browsers, and measures it.

pub mod load;
pub mod picture;
pub mod web;

mod activation;
mod error;
mod key;
mod link;
mod moving;
mod own_devices;
mod phone;
mod profile;
mod server;

pub use activation::Activation;
pub use error::{PhoneError, Refusal};
pub use key::{DeviceKey, KeyError, twin};
pub use link::{LinkRefusal, check_link};
pub use moving::Newcomer;
pub use phone::{OwnerDecision, Phone};
pub use profile::{ActivatingProfile, EnrolledProfile, Profile, ProfileError};
pub use server::{RawAnswer, Server, Transport};
