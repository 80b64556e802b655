//! Load: many browsers and phones sign in at once, and what that took is measured.
//!
//! 1. [`Plan`] says what to do; [`Load::new`] checks it and reaches for no server yet.
//! 2. [`Load::run`] opens the waiting browsers, drives sign-ins (closed loop: each browser begins the next one when the last
//!    has ended; open loop: they begin at a fixed rate, whatever happens) and gives back a [`Report`].
//! 3. [`Load::progress`] tells meanwhile how far it is.
//!
//! A sign-in is complete: authorization request, page, event stream, frame, scan, answer, "approved" on the stream, collect,
//! resume, code, token. Its browser, its phone and the application's token request go to different nodes in turn.
//!
//! [`Enrolment`] makes the phones before.

mod browser;
mod drive;
mod enrol;
mod events;
mod failure;
mod figures;
mod gate;
mod messages;
mod nodes;
mod plan;
mod process;
mod report;
mod sign_in;
mod snapshot;
mod step;
mod waiting;

pub use drive::{Load, LoadError, Progress};
pub use enrol::{EnrolError, Enrolment};
pub use messages::Messages;
pub use plan::{ClientSecret, Length, Pace, Plan, read_phones};
pub use process::open_files_allowed;
pub use report::{ErrorCount, Latency, ProcessReport, Report, SignInReport, WaitingReport};
pub use step::Step;
