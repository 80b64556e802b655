//! What holds in every database at every moment. Each query gives back what breaks its law.

/// On both engines.
pub(super) const LAWS: [(&str, &str); 9] = [
    (
        "every login.success has one session, and every session one login.success",
        "SELECT COALESCE(a.session_id, '') || '/' || COALESCE(s.id, '') \
         FROM (SELECT session_id FROM audit WHERE event = 'login.success') a \
         FULL OUTER JOIN sessions s ON s.id = a.session_id WHERE a.session_id IS NULL OR s.id IS NULL \
         UNION ALL \
         SELECT session_id FROM audit WHERE event = 'login.success' GROUP BY session_id HAVING COUNT(*) > 1",
    ),
    (
        "every device.enrolled has one device, and every device one device.enrolled",
        "SELECT COALESCE(a.device_id, '') || '/' || COALESCE(d.id, '') \
         FROM (SELECT device_id FROM audit WHERE event = 'device.enrolled') a \
         FULL OUTER JOIN devices d ON d.id = a.device_id WHERE a.device_id IS NULL OR d.id IS NULL \
         UNION ALL \
         SELECT device_id FROM audit WHERE event = 'device.enrolled' GROUP BY device_id HAVING COUNT(*) > 1",
    ),
    (
        "every attempt.approved has one approved attempt, and the reverse",
        "SELECT COALESCE(a.attempt_id, '') || '/' || COALESCE(l.id, '') \
         FROM (SELECT attempt_id FROM audit WHERE event = 'attempt.approved') a \
         FULL OUTER JOIN (SELECT id FROM login_attempts WHERE state IN ('approved', 'collected')) l \
         ON l.id = a.attempt_id WHERE a.attempt_id IS NULL OR l.id IS NULL \
         UNION ALL \
         SELECT attempt_id FROM audit WHERE event = 'attempt.approved' GROUP BY attempt_id HAVING COUNT(*) > 1",
    ),
    (
        "every answered attempt keeps the signed answer",
        "SELECT id FROM login_attempts WHERE state IN ('approved', 'denied', 'collected') \
         AND (answer_payload IS NULL OR answer_signature IS NULL OR answered_at IS NULL OR device_id IS NULL)",
    ),
    (
        "a collected attempt and its session name each other",
        "SELECT COALESCE(l.id, '') || '/' || COALESCE(s.id, '') \
         FROM (SELECT id, session_id FROM login_attempts WHERE state = 'collected') l \
         FULL OUTER JOIN sessions s ON s.attempt_id = l.id \
         WHERE l.id IS NULL OR s.id IS NULL OR s.id <> l.session_id",
    ),
    (
        "an enrolment that is finished and its device name each other",
        "SELECT COALESCE(e.id, '') || '/' || COALESCE(d.id, '') \
         FROM (SELECT id, device_id FROM enrolments WHERE state = 'enrolled') e \
         FULL OUTER JOIN devices d ON d.enrolment_id = e.id \
         WHERE e.id IS NULL OR d.id IS NULL OR d.id <> e.device_id",
    ),
    (
        "an invitation is redeemed exactly when its enrolment is finished",
        "SELECT COALESCE(i.id, '') || '/' || COALESCE(e.id, '') \
         FROM (SELECT id, enrolment_id FROM invitations WHERE state = 'redeemed') i \
         FULL OUTER JOIN (SELECT id FROM enrolments WHERE state = 'enrolled') e ON e.id = i.enrolment_id \
         WHERE i.id IS NULL OR e.id IS NULL",
    ),
    (
        "a redeemed code has its token, or the record that it was used twice",
        "SELECT g.session_id FROM grants g LEFT JOIN access_tokens t ON t.code_hash = g.code_hash \
         WHERE (g.redeemed_at IS NULL) <> (t.code_hash IS NULL) AND NOT EXISTS \
         (SELECT 1 FROM audit a WHERE a.session_id = g.session_id AND a.event = 'code.reused')",
    ),
    (
        "there are as many token.issued as redeemed codes",
        "SELECT 'session ' || COALESCE(a.session_id, g.session_id) FROM \
         (SELECT session_id, COUNT(*) AS times FROM audit WHERE event = 'token.issued' GROUP BY session_id) a \
         FULL OUTER JOIN (SELECT session_id, COUNT(*) AS times FROM grants WHERE redeemed_at IS NOT NULL \
         GROUP BY session_id) g ON g.session_id = a.session_id \
         WHERE a.times IS NULL OR g.times IS NULL OR a.times <> g.times",
    ),
];

/// What SQLite says of its own file.
pub(super) const SQLITE_LAWS: [(&str, &str); 2] = [
    ("the file is whole", "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
    ("foreign keys hold", "SELECT \"table\" || ' to ' || \"parent\" FROM pragma_foreign_key_check"),
];
