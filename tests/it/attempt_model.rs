//! A model of the attempt: two phones, two tabs of one browser, a second factor and the clock, in every order in which their steps
//! can meet. Each step judges by the domain on what it read, and later swaps as the store does: by the state's name alone. So the
//! model is weaker than the server, which reads again under a lock.

use std::collections::HashSet;
use std::time::Duration;

use avain::domain::device::UserVerification;
use avain::domain::frame::FrameNumber;
use avain::domain::identity::{Assurance, MethodId};
use avain::domain::ids::{DeviceId, LoginAttemptId, PersonId, SessionId, SignInRequestId};
use avain::domain::language::Language;
use avain::domain::login::{Approval, Attempt, AttemptState, DenyReason, Flow, Scan};
use avain::domain::number_match::{NumberMatch, Pick};
use avain::domain::time::Timestamp;

const BEGUN: Timestamp = Timestamp::from_millis(1_795_000_000_000);
const RIGHT: i32 = 47;

/// What somebody may do, once each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Step {
    Scan(u8),
    Approve(u8, i32),
    Deny(u8),
    Cancel,
    CancelFromElsewhere,
    Collect(u8),
    AskForCode,
    EnterCode,
    Leave,
    Identify(u8),
}

const STEPS: [Step; 14] = [
    Step::Scan(1),
    Step::Scan(2),
    Step::Approve(1, RIGHT),
    Step::Approve(1, 10),
    Step::Approve(2, RIGHT),
    Step::Deny(1),
    Step::Cancel,
    Step::CancelFromElsewhere,
    Step::Collect(1),
    Step::Collect(2),
    Step::AskForCode,
    Step::EnterCode,
    Step::Leave,
    Step::Identify(1),
];

/// How far a step has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Progress {
    NotBegun,
    /// Judged as allowed by what was read.
    Judged,
    Over,
}

#[derive(Clone, Debug)]
struct World {
    attempt: Attempt,
    now: Timestamp,
    progress: [Progress; STEPS.len()],
    sessions: u32,
    is_matched: bool,
}

fn begin() -> World {
    let attempt = Attempt {
        id: LoginAttemptId::from_bytes([1; 16]),
        request_id: SignInRequestId::from_bytes([1; 16]),
        browser_hash: [1; 32],
        language: Language::English,
        place: "192.0.2.1".to_owned(),
        browser: "Firefox".to_owned(),
        state: AttemptState::Waiting,
        begun_at: BEGUN,
        rival: None,
        has_typed_code: false,
    };
    World { attempt, now: BEGUN, progress: [Progress::NotBegun; STEPS.len()], sessions: 0, is_matched: false }
}

fn device(phone: u8) -> DeviceId {
    DeviceId::from_bytes([phone; 16])
}

fn bank() -> MethodId {
    "bank".parse().unwrap()
}

fn scan_by(phone: u8) -> Scan {
    Scan {
        device_id: device(phone),
        person_id: PersonId::from_bytes([phone; 16]),
        masked_device_name: String::new(),
        server_nonce: [phone; 32],
        display_text: String::new(),
        flow: Flow::Qr,
        numbers: NumberMatch::of(&[10, 23, 47, 61, 99], 47),
        frame_age: None,
        phone_place: String::new(),
    }
}

/// Whether the domain lets the step pass, as the flows ask it.
fn is_allowed(world: &World, step: Step) -> bool {
    let (attempt, now) = (&world.attempt, world.now);
    match step {
        Step::Scan(phone) => {
            let frame = FrameNumber::at(attempt.begun_at, now);
            attempt.scan(device(phone), Some(frame), now) == Ok(None)
        }
        Step::Approve(phone, number) => attempt
            .answer(device(phone), now)
            .is_ok_and(|scan| scan.numbers.is_some_and(|numbers| numbers.judge(number) != Pick::NotOffered)),
        Step::Deny(phone) => attempt.answer(device(phone), now).is_ok(),
        Step::Cancel | Step::CancelFromElsewhere => true,
        Step::Collect(_) | Step::AskForCode => attempt.collect(now).is_ok(),
        Step::EnterCode => attempt.second_factor(now).is_ok(),
        Step::Leave => attempt.leave(now).is_ok(),
        Step::Identify(_) => attempt.identify(&bank(), now).is_ok(),
    }
}

/// The store's swap: `WHERE state = …`. `None`: no row fits, and nothing happens.
fn swap(world: &World, step: Step) -> Option<World> {
    let mut next = world.clone();
    let answered_at = world.now;
    let user_verification = UserVerification::Biometric;
    let state = match (step, world.attempt.state.clone()) {
        (Step::Scan(phone), AttemptState::Waiting) => AttemptState::Scanned(scan_by(phone)),
        (Step::Approve(phone, number), AttemptState::Scanned(scan)) => {
            if scan.numbers?.judge(number) == Pick::Wrong {
                AttemptState::Denied { scan, reason: DenyReason::WrongNumber }
            } else {
                next.is_matched = scan.device_id == device(phone) && number == RIGHT;
                AttemptState::Approved { approval: Approval::Phone { scan, user_verification }, answered_at }
            }
        }
        (Step::Deny(_), AttemptState::Scanned(scan)) => {
            AttemptState::Denied { scan, reason: DenyReason::NotMe }
        }
        (
            Step::Cancel | Step::CancelFromElsewhere,
            AttemptState::Waiting | AttemptState::Elsewhere(_) | AttemptState::Scanned(_),
        )
        | (Step::CancelFromElsewhere, AttemptState::Approved { .. } | AttemptState::SecondFactor { .. }) => {
            AttemptState::Cancelled
        }
        (Step::AskForCode, AttemptState::Approved { approval, answered_at }) => {
            AttemptState::SecondFactor { approval, answered_at }
        }
        (
            Step::Collect(_) | Step::EnterCode,
            AttemptState::Approved { .. } | AttemptState::SecondFactor { .. },
        ) => {
            next.sessions += 1;
            AttemptState::Collected(SessionId::from_bytes([9; 16]))
        }
        (Step::Leave, AttemptState::Waiting) => AttemptState::Elsewhere(bank()),
        (Step::Identify(person), AttemptState::Elsewhere(method)) => {
            next.is_matched = true;
            let person_id = PersonId::from_bytes([person; 16]);
            let approval = Approval::Identity { person_id, method, assurance: Assurance::High };
            AttemptState::Approved { approval, answered_at }
        }
        _ => return None,
    };
    next.attempt.state = state;
    Some(next)
}

const fn is_terminal(state: &AttemptState) -> bool {
    matches!(state, AttemptState::Denied { .. } | AttemptState::Cancelled | AttemptState::Collected(_))
}

/// Every world that one move leads to: a step is judged or swapped, or time passes.
fn moves(world: &World) -> Vec<World> {
    let mut next = Vec::new();
    for (index, step) in STEPS.into_iter().enumerate() {
        let moved = match world.progress[index] {
            Progress::NotBegun if is_allowed(world, step) => {
                let mut judged = world.clone();
                judged.progress[index] = Progress::Judged;
                Some(judged)
            }
            Progress::NotBegun | Progress::Over => None,
            Progress::Judged => {
                let mut done = swap(world, step).unwrap_or_else(|| world.clone());
                done.progress[index] = Progress::Over;
                Some(done)
            }
        };
        next.extend(moved);
    }
    if world.now == BEGUN {
        next.push(World { now: BEGUN.plus(Duration::from_mins(2)), ..world.clone() });
    }
    next
}

#[test]
fn no_order_of_steps_gives_a_session_without_a_match_or_two_of_them() {
    let key = |world: &World| {
        let state = format!("{:?}", world.attempt.state);
        (state, world.now.millis(), world.progress, world.sessions, world.is_matched)
    };
    let mut seen = HashSet::from([key(&begin())]);
    let mut open = vec![begin()];
    let mut collected = 0_u32;
    while let Some(world) = open.pop() {
        for next in moves(&world) {
            assert!(next.sessions <= 1, "two sessions: {:?}", next.progress);
            assert!(next.sessions == 0 || next.is_matched, "no match: {:?}", next.progress);
            let is_same = format!("{:?}", next.attempt.state) == format!("{:?}", world.attempt.state);
            assert!(is_same || !is_terminal(&world.attempt.state), "an end was no end: {:?}", next.progress);
            if seen.insert(key(&next)) {
                collected += u32::from(matches!(next.attempt.state, AttemptState::Collected(_)));
                open.push(next);
            }
        }
    }
    assert!(seen.len() > 10_000 && collected > 100, "{} worlds, {collected} with a session", seen.len());
}
