//! What holds in every database at every moment. Each query gives back what breaks its law.

/// What only one of two queries finds. By `EXCEPT`, which sorts: an outer join of two subqueries compares each row with each.
macro_rules! difference {
    ($one:literal, $other:literal) => {
        concat!(
            "SELECT * FROM (",
            $one,
            " EXCEPT ",
            $other,
            ") AS one UNION ALL ",
            "SELECT * FROM (",
            $other,
            " EXCEPT ",
            $one,
            ") AS other"
        )
    };
}

/// On both engines.
pub(super) const LAWS: [(&str, &str); 12] = [
    (
        "every login.success has a session, and every session a login.success",
        difference!("SELECT session_id FROM audit WHERE event = 'login.success'", "SELECT id FROM sessions"),
    ),
    (
        "no session has two login.success",
        "SELECT session_id FROM audit WHERE event = 'login.success' GROUP BY session_id HAVING COUNT(*) > 1",
    ),
    (
        "every device.enrolled has a device, and every device a device.enrolled",
        difference!("SELECT device_id FROM audit WHERE event = 'device.enrolled'", "SELECT id FROM devices"),
    ),
    (
        "no device has two device.enrolled",
        "SELECT device_id FROM audit WHERE event = 'device.enrolled' GROUP BY device_id HAVING COUNT(*) > 1",
    ),
    (
        "every attempt.approved has an approved attempt, and the reverse",
        difference!(
            "SELECT attempt_id FROM audit WHERE event = 'attempt.approved'",
            "SELECT id FROM login_attempts WHERE state IN ('approved', 'second_factor', 'collected')"
        ),
    ),
    (
        "no attempt has two attempt.approved",
        "SELECT attempt_id FROM audit WHERE event = 'attempt.approved' GROUP BY attempt_id HAVING COUNT(*) > 1",
    ),
    (
        "every answered attempt keeps the signed answer",
        "SELECT id FROM login_attempts WHERE state IN ('approved', 'second_factor', 'denied', 'collected') \
         AND (answer_payload IS NULL OR answer_signature IS NULL OR answered_at IS NULL OR device_id IS NULL)",
    ),
    (
        "a collected attempt and its session name each other",
        difference!(
            "SELECT id || '/' || COALESCE(session_id, '') FROM login_attempts WHERE state = 'collected'",
            "SELECT attempt_id || '/' || id FROM sessions"
        ),
    ),
    (
        "an enrolment that is finished and its device name each other",
        difference!(
            "SELECT id || '/' || COALESCE(device_id, '') FROM enrolments WHERE state = 'enrolled'",
            "SELECT enrolment_id || '/' || id FROM devices"
        ),
    ),
    (
        "an invitation is redeemed exactly when its enrolment is finished",
        difference!(
            "SELECT COALESCE(enrolment_id, '') FROM invitations WHERE state = 'redeemed'",
            "SELECT id FROM enrolments WHERE state = 'enrolled'"
        ),
    ),
    (
        "a redeemed code has its token, or the record that it was used twice",
        "SELECT g.session_id FROM grants g LEFT JOIN access_tokens t ON t.code_hash = g.code_hash \
         WHERE (g.redeemed_at IS NULL) <> (t.code_hash IS NULL) \
         EXCEPT SELECT session_id FROM audit WHERE event = 'code.reused'",
    ),
    (
        "there are as many token.issued as redeemed codes",
        difference!(
            "SELECT session_id || ' ' || COUNT(*) FROM audit WHERE event = 'token.issued' GROUP BY session_id",
            "SELECT session_id || ' ' || COUNT(*) FROM grants WHERE redeemed_at IS NOT NULL GROUP BY session_id"
        ),
    ),
];

/// What SQLite says of its own file.
pub(super) const SQLITE_LAWS: [(&str, &str); 2] = [
    ("the file is whole", "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
    ("foreign keys hold", "SELECT \"table\" || ' to ' || \"parent\" FROM pragma_foreign_key_check"),
];
