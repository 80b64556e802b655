//! The steps of a sign-in: what is timed, and where it can fail.

use serde::Serialize;

/// A step of a sign-in, or a stretch of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// From the beginning (in the open loop: from when it should have begun) to the tokens.
    Whole,
    /// From the phone's "answer accepted" to "approved" on the browser's stream; zero when the browser was faster.
    AcceptedToTold,
    /// From the phone's sending of the answer to "approved" on the browser's stream.
    AnsweredToTold,
    /// The authorization request.
    Authorize,
    /// The sign-in page.
    Page,
    /// From asking for the event stream to its first frame.
    Frame,
    /// The phone's scan, repeated scans included.
    Scan,
    /// The phone's answer.
    Answer,
    /// The session.
    Collect,
    /// Back to the application, with the code.
    Resume,
    /// The code for tokens.
    Token,
}

impl Step {
    /// Its name in reports, the same as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::AcceptedToTold => "accepted_to_told",
            Self::AnsweredToTold => "answered_to_told",
            Self::Authorize => "authorize",
            Self::Page => "page",
            Self::Frame => "frame",
            Self::Scan => "scan",
            Self::Answer => "answer",
            Self::Collect => "collect",
            Self::Resume => "resume",
            Self::Token => "token",
        }
    }
}
