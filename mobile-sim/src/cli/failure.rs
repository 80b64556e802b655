//! Errors as people read them.

use anyhow::Error;
use mobile_sim::{PhoneError, Refusal};

use super::terminal::printable;

/// Prints what happened, the code, the error reference and what to do, on standard error.
pub(crate) fn report(error: &Error) {
    match error.downcast_ref::<PhoneError>() {
        Some(PhoneError::Refused(refusal)) => eprintln!("{}", refused(refusal)),
        Some(PhoneError::Unreachable { server, source }) => eprintln!("{}", unreachable(server, source)),
        _ => eprintln!("mobile-sim: {}", printable(&chain(error))),
    }
}

/// A refusal on a few lines.
pub(super) fn refused(refusal: &Refusal) -> String {
    let mut lines = vec![format!("The server refused: {}", refusal.title)];
    if refusal.detail != refusal.title {
        lines.push(format!("  {}", refusal.detail));
    }
    if let Some(advice) = advice(&refusal.code) {
        lines.push(format!("  What to do: {advice}"));
    }
    lines.push(format!("  Code {}, error reference {}", refusal.code, refusal.error_reference));
    printable(&lines.join("\n"))
}

fn unreachable(server: &str, source: &reqwest::Error) -> String {
    let reason = if source.is_timeout() { "it did not answer in time".to_owned() } else { innermost(source) };
    format!(
        "mobile-sim: cannot reach {server}: {reason}\n  What to do: check the address and that the server runs"
    )
}

fn innermost(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), innermost)
}

fn chain(error: &Error) -> String {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    causes.join(": ")
}

/// What this program's user can do, where the server's text cannot know it.
fn advice(code: &str) -> Option<&'static str> {
    Some(match code {
        "activation_code_malformed" | "activation_code_unknown" => "compare --code with the e-mail",
        "activation_code_in_use" => {
            "go on with the profile that began it, or wait until its time has run out"
        }
        "activation_code_expired"
        | "activation_code_used"
        | "activation_code_void"
        | "confirmation_code_locked" => "ask your company's user administrator for a new invitation",
        "os_version_too_old" | "os_version_unparsable" => {
            "give another version with --os; the code stays unused"
        }
        "confirmation_code_wrong" => "compare the digits with the last SMS",
        "confirmation_code_expired" | "enrolment_expired" => {
            "run the same command again to get a new code by SMS"
        }
        "device_key_in_use" | "enrolment_finished" => "use another file as --profile",
        "frame_expired" => "take a new screenshot and scan it at once: a code is good for five seconds",
        "frame_invalid" => "take a new screenshot of the whole QR code",
        "attempt_expired" | "attempt_cancelled" | "attempt_finished" | "attempt_taken" => {
            "start the sign-in again in the browser"
        }
        "device_revoked" | "device_unknown" => "activate the phone again with a new invitation",
        "too_many_requests" | "busy" => "wait a moment and run the command again",
        "internal" => "give the error reference to support",
        _ => return None,
    })
}
