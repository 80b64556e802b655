-- Types in both engines: TEXT, INTEGER (counts, booleans as 0 and 1, times as milliseconds since 1970-01-01T00:00:00Z), BLOB.

-- What the installation may never change by accident, such as its issuer.
CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE companies (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- Folded, for the search of the support staff.
    name_key TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE persons (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    -- In lower case.
    email_key TEXT NOT NULL,
    phone TEXT,
    language TEXT NOT NULL,
    country TEXT,
    identifier_hash BLOB,
    -- Name, e-mail address and phone number in lower case, for the search of a KH user.
    search TEXT NOT NULL,
    -- Since when the support staff keeps the person from signing in.
    blocked_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX persons_by_identifier ON persons (identifier_hash) WHERE identifier_hash IS NOT NULL;

CREATE TABLE memberships (
    id TEXT NOT NULL PRIMARY KEY,
    company_id TEXT NOT NULL REFERENCES companies (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    role TEXT NOT NULL,
    access TEXT NOT NULL,
    is_basic INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (company_id, person_id)
) STRICT;
CREATE INDEX memberships_by_person ON memberships (person_id);

CREATE TABLE invitations (
    id TEXT NOT NULL PRIMARY KEY,
    company_id TEXT NOT NULL REFERENCES companies (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    invited_by TEXT,
    code_hash BLOB NOT NULL UNIQUE,
    state TEXT NOT NULL,
    enrolment_id TEXT,
    confirmations_sent INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX invitations_by_person ON invitations (person_id);

CREATE TABLE enrolments (
    id TEXT NOT NULL PRIMARY KEY,
    invitation_id TEXT NOT NULL REFERENCES invitations (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    state TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    platform TEXT NOT NULL,
    os_version TEXT NOT NULL,
    brand TEXT NOT NULL,
    model TEXT NOT NULL,
    app_version TEXT NOT NULL,
    confirmation_salt BLOB NOT NULL,
    wrong_codes INTEGER NOT NULL,
    server_nonce BLOB,
    device_id TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX enrolments_by_person ON enrolments (person_id);
CREATE INDEX enrolments_by_invitation ON enrolments (invitation_id);

CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES persons (id),
    -- None where it came of a move.
    enrolment_id TEXT UNIQUE REFERENCES enrolments (id),
    public_key BLOB NOT NULL,
    thumbprint BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    platform TEXT NOT NULL,
    os_version TEXT NOT NULL,
    brand TEXT NOT NULL,
    model TEXT NOT NULL,
    -- Maker and model, folded.
    model_key TEXT NOT NULL,
    app_version TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    probation_until INTEGER NOT NULL,
    -- Where it can be pushed to: by whom, the address (sealed) and its keyed hash, and since when.
    push_provider TEXT,
    push_token BLOB,
    push_hash BLOB UNIQUE,
    push_set_at INTEGER
) STRICT;
CREATE INDEX devices_by_person ON devices (person_id);

CREATE TABLE clients (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    secret_hash BLOB,
    -- The secret before, accepted until then.
    old_secret_hash BLOB,
    old_secret_until INTEGER,
    -- What it chose beyond its addresses, as JSON with the names of RFC 7591.
    metadata TEXT NOT NULL,
    -- Where it is told that a session has ended.
    back_channel_logout_uri TEXT,
    created_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;

CREATE TABLE client_redirect_uris (
    client_id TEXT NOT NULL REFERENCES clients (id),
    redirect_uri TEXT NOT NULL,
    PRIMARY KEY (client_id, redirect_uri)
) STRICT;

CREATE TABLE client_post_logout_redirect_uris (
    client_id TEXT NOT NULL REFERENCES clients (id),
    redirect_uri TEXT NOT NULL,
    PRIMARY KEY (client_id, redirect_uri)
) STRICT;

CREATE TABLE sign_in_requests (
    id TEXT NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id),
    redirect_uri TEXT NOT NULL,
    scope TEXT NOT NULL,
    response_mode TEXT NOT NULL,
    state TEXT,
    nonce TEXT,
    code_challenge TEXT NOT NULL,
    is_fresh_sign_in_required INTEGER NOT NULL,
    session_id TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE login_attempts (
    id TEXT NOT NULL PRIMARY KEY,
    request_id TEXT NOT NULL REFERENCES sign_in_requests (id),
    browser_hash BLOB NOT NULL,
    language TEXT NOT NULL,
    place TEXT NOT NULL,
    browser TEXT NOT NULL,
    state TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    device_id TEXT REFERENCES devices (id),
    person_id TEXT REFERENCES persons (id),
    masked_device_name TEXT,
    server_nonce BLOB,
    display_text TEXT,
    flow TEXT,
    numbers BLOB,
    right_number INTEGER,
    frame_age INTEGER,
    frame_age_at_answer INTEGER,
    phone_place TEXT,
    rival_device_id TEXT REFERENCES devices (id),
    typed_code_hash BLOB,
    scanned_at INTEGER,
    -- Where another identity provider vouched: which one, and how sure it is.
    method TEXT,
    assurance TEXT,
    user_verification TEXT,
    deny_reason TEXT,
    answer_payload BLOB,
    answer_signature BLOB,
    answered_at INTEGER,
    session_id TEXT,
    collected_at INTEGER
) STRICT;
CREATE UNIQUE INDEX login_attempts_by_typed_code ON login_attempts (typed_code_hash) WHERE typed_code_hash IS NOT NULL;
CREATE INDEX login_attempts_by_request ON login_attempts (request_id, begun_at);

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES persons (id),
    attempt_id TEXT NOT NULL UNIQUE REFERENCES login_attempts (id),
    -- What it rests on: a phone, or another identity provider.
    device_id TEXT REFERENCES devices (id),
    user_verification TEXT,
    is_device_on_probation INTEGER NOT NULL,
    method TEXT,
    assurance TEXT,
    signed_in_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX sessions_by_person ON sessions (person_id);

-- Visits to other identity providers.
CREATE TABLE identifications (
    id TEXT NOT NULL PRIMARY KEY,
    state_hash BLOB NOT NULL UNIQUE,
    attempt_id TEXT NOT NULL REFERENCES login_attempts (id),
    method TEXT NOT NULL,
    browser_hash BLOB NOT NULL,
    sealed BLOB NOT NULL,
    state TEXT NOT NULL,
    person_id TEXT REFERENCES persons (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX identifications_by_attempt ON identifications (attempt_id);
CREATE INDEX identifications_by_expiry ON identifications (expires_at);

CREATE TABLE grants (
    code_hash BLOB NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id),
    redirect_uri TEXT NOT NULL,
    scope TEXT NOT NULL,
    nonce TEXT,
    code_challenge TEXT NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    redeemed_at INTEGER,
    -- A code that was used twice, a refresh token that was used twice, or the application gave it back.
    ended_at INTEGER
) STRICT;

CREATE TABLE access_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY,
    code_hash BLOB NOT NULL REFERENCES grants (code_hash),
    client_id TEXT NOT NULL REFERENCES clients (id),
    session_id TEXT NOT NULL REFERENCES sessions (id),
    scope TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- Who is signed in at an application that knows no OpenID Connect: its reverse proxy asks by this cookie.
CREATE TABLE forward_sessions (
    token_hash BLOB NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id),
    -- Which of the application's addresses the cookie belongs to.
    redirect_uri TEXT NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX forward_sessions_by_use ON forward_sessions (last_seen_at);

CREATE TABLE signing_keys (
    id TEXT NOT NULL PRIMARY KEY,
    algorithm TEXT NOT NULL,
    generation INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    active_from INTEGER NOT NULL,
    UNIQUE (algorithm, generation)
) STRICT;

CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    sealed BLOB,
    tries INTEGER NOT NULL,
    next_try_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    sent_at INTEGER,
    -- What the provider said to the last try, in short.
    said TEXT,
    -- The sign-in whose page shows what became of the message.
    attempt_id TEXT,
    -- Whose message it is, and what it is about, for the person who looks after them.
    person_id TEXT NOT NULL,
    kind TEXT NOT NULL
) STRICT;
-- SMS by hour: all of them, and those to numbers that begin alike.
CREATE TABLE sms_counts (
    scope TEXT NOT NULL,
    hour INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    PRIMARY KEY (scope, hour)
) STRICT;
CREATE INDEX outbox_by_attempt ON outbox (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE INDEX outbox_by_person ON outbox (person_id, created_at);
CREATE INDEX outbox_due ON outbox (state, next_try_at);

CREATE TABLE audit (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    company_id TEXT,
    person_id TEXT,
    device_id TEXT,
    enrolment_id TEXT,
    attempt_id TEXT,
    session_id TEXT,
    actor_id TEXT,
    detail TEXT,
    chain TEXT NOT NULL,
    position INTEGER NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (chain, position)
) STRICT;
CREATE INDEX audit_by_person ON audit (person_id, at);
CREATE INDEX audit_by_attempt ON audit (attempt_id);
CREATE INDEX audit_by_enrolment ON audit (enrolment_id);

CREATE TABLE audit_heads (
    chain TEXT NOT NULL,
    position INTEGER NOT NULL,
    signed_at INTEGER NOT NULL,
    statement TEXT NOT NULL,
    PRIMARY KEY (chain, position)
) STRICT;

-- What the sweep looks for.
CREATE INDEX access_tokens_by_expiry ON access_tokens (expires_at);
CREATE INDEX grants_by_expiry ON grants (expires_at);
CREATE INDEX attempts_without_session ON login_attempts (begun_at) WHERE session_id IS NULL;
CREATE INDEX requests_without_session ON sign_in_requests (expires_at) WHERE session_id IS NULL;

-- Browsers and networks that a person signed in from, as keyed hashes: the table does not list where people live.
CREATE TABLE known_origins (
    person_id TEXT NOT NULL REFERENCES persons (id),
    kind TEXT NOT NULL,
    origin_hash BLOB NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, kind, origin_hash)
) STRICT;
CREATE INDEX known_origins_by_expiry ON known_origins (expires_at);

CREATE TABLE approved_networks (
    company_id TEXT NOT NULL REFERENCES companies (id),
    network TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, network)
) STRICT;
CREATE INDEX approved_networks_by_expiry ON approved_networks (expires_at);

CREATE TABLE second_factors (
    attempt_id TEXT NOT NULL PRIMARY KEY REFERENCES login_attempts (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    salt BLOB NOT NULL,
    wrong_codes INTEGER NOT NULL,
    sends INTEGER NOT NULL,
    last_sent_at INTEGER NOT NULL,
    asked_at INTEGER NOT NULL
) STRICT;
CREATE INDEX second_factors_by_age ON second_factors (asked_at);

CREATE TABLE factor_counters (
    person_id TEXT NOT NULL REFERENCES persons (id),
    factor TEXT NOT NULL,
    failures INTEGER NOT NULL,
    stopped_until INTEGER NOT NULL,
    PRIMARY KEY (person_id, factor)
) STRICT;

-- New e-mail addresses that people wanted; the old one is kept, so that a change can be objected to.
CREATE TABLE email_changes (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES persons (id),
    email TEXT NOT NULL,
    old_email TEXT NOT NULL,
    state TEXT NOT NULL,
    salt BLOB NOT NULL,
    wrong_codes INTEGER NOT NULL,
    sends INTEGER NOT NULL,
    last_sent_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX email_changes_by_person ON email_changes (person_id, created_at);
CREATE INDEX email_changes_by_age ON email_changes (created_at);

-- Notices that may be objected to.
CREATE TABLE objections (
    code_hash BLOB NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES persons (id),
    kind TEXT NOT NULL,
    subject TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX objections_by_expiry ON objections (expires_at);
CREATE INDEX objections_by_subject ON objections (subject) WHERE subject IS NOT NULL;

-- What was done to the networks of a company.
CREATE INDEX audit_of_networks ON audit (company_id, at) WHERE event IN ('network.approved', 'network.removed');

-- Whoever runs the server: support staff. Their basic company is the one that `settings` names as `staff_company`.
CREATE TABLE staff (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES persons (id),
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Tokens by which web applications look after the people of companies (SCIM); the token itself is kept nowhere.
CREATE TABLE scim_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id),
    token_hash BLOB NOT NULL UNIQUE,
    is_for_all INTEGER NOT NULL,
    -- Where new people go when the application names no company.
    home_company_id TEXT,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE TABLE scim_token_companies (
    token_id TEXT NOT NULL REFERENCES scim_tokens (id),
    company_id TEXT NOT NULL REFERENCES companies (id),
    PRIMARY KEY (token_id, company_id)
) STRICT;

-- How a web application calls people; names are unique for each application, whatever their case.
CREATE TABLE scim_users (
    client_id TEXT NOT NULL REFERENCES clients (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    user_name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    external_id TEXT,
    PRIMARY KEY (client_id, person_id),
    UNIQUE (client_id, folded_name)
) STRICT;

CREATE TABLE scim_groups (
    client_id TEXT NOT NULL REFERENCES clients (id),
    group_id TEXT NOT NULL,
    external_id TEXT NOT NULL,
    PRIMARY KEY (client_id, group_id)
) STRICT;

CREATE TABLE suspicions (
    id TEXT NOT NULL PRIMARY KEY,
    network_hash BLOB NOT NULL,
    kind TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES persons (id),
    raised_at INTEGER NOT NULL
) STRICT;
CREATE INDEX suspicions_by_network ON suspicions (network_hash, raised_at);
CREATE INDEX suspicions_by_person ON suspicions (person_id, raised_at);

-- Browsers that signed in by QR, and by which phone: there a push can be asked for.
CREATE TABLE remembered_browsers (
    browser_hash BLOB NOT NULL PRIMARY KEY,
    secret_hash BLOB NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES persons (id),
    device_id TEXT NOT NULL REFERENCES devices (id),
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX remembered_browsers_by_person ON remembered_browsers (person_id);

-- Which phone was asked for which attempt.
CREATE TABLE push_starts (
    attempt_id TEXT NOT NULL PRIMARY KEY,
    device_id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES persons (id),
    browser_hash BLOB NOT NULL,
    started_at INTEGER NOT NULL
) STRICT;
CREATE INDEX push_starts_by_person ON push_starts (person_id, started_at);
CREATE INDEX push_starts_by_browser ON push_starts (browser_hash, started_at);

-- Every key that a device ever had, and the signed bytes that made it the device's: an enrolment, or a rotation by the key before.
CREATE TABLE device_keys (
    thumbprint BLOB NOT NULL PRIMARY KEY,
    device_id TEXT NOT NULL REFERENCES devices (id),
    public_key BLOB NOT NULL,
    proof_payload BLOB NOT NULL,
    proof_signature BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Nonces of phones that were used, until they are too old to be used anyway.
CREATE TABLE spent_nonces (
    nonce BLOB NOT NULL PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT;

-- From an old phone to a new one: the ticket (keyed hash), and what the phone that took it said and signed.
CREATE TABLE device_moves (
    id TEXT NOT NULL PRIMARY KEY,
    old_device_id TEXT NOT NULL REFERENCES devices (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    ticket_hash BLOB NOT NULL UNIQUE,
    state TEXT NOT NULL,
    public_key BLOB,
    thumbprint BLOB,
    name TEXT,
    platform TEXT,
    os_version TEXT,
    brand TEXT,
    model TEXT,
    app_version TEXT,
    numbers BLOB,
    right_number INTEGER,
    proof_payload BLOB,
    proof_signature BLOB,
    new_device_id TEXT REFERENCES devices (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX device_moves_by_device ON device_moves (old_device_id);
CREATE INDEX access_tokens_by_code ON access_tokens (code_hash);

-- The refresh tokens (keyed hashes) of an authorization code, each the successor of the one before. The spent ones stay as long as the
-- last could live, so that one that is used twice is known.
CREATE TABLE refresh_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY,
    code_hash BLOB NOT NULL REFERENCES grants (code_hash),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    spent_at INTEGER
) STRICT;
CREATE INDEX refresh_tokens_by_code ON refresh_tokens (code_hash);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);
CREATE INDEX grants_by_session ON grants (session_id);

-- Authorization requests that applications sent ahead (keyed hashes of their handles).
CREATE TABLE pushed_requests (
    handle_hash BLOB NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id),
    parameters TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX pushed_requests_by_expiry ON pushed_requests (expires_at);

-- Every error that a person or an app was told of, by its reference: where it leads, for a month.
CREATE TABLE error_events (
    reference TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    code TEXT NOT NULL,
    route TEXT NOT NULL,
    person_id TEXT,
    device_id TEXT,
    enrolment_id TEXT,
    invitation_id TEXT,
    attempt_id TEXT,
    -- What a phone said of itself before it was known.
    platform TEXT NOT NULL,
    os_version TEXT NOT NULL,
    brand TEXT NOT NULL,
    model TEXT NOT NULL,
    app_version TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX error_events_by_time ON error_events (at);
CREATE INDEX error_events_by_person ON error_events (person_id, at) WHERE person_id IS NOT NULL;
CREATE INDEX error_events_by_enrolment ON error_events (enrolment_id) WHERE enrolment_id IS NOT NULL;
CREATE INDEX error_events_by_attempt ON error_events (attempt_id) WHERE attempt_id IS NOT NULL;

-- The words of people's names, folded.
CREATE TABLE person_words (
    word TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES persons (id),
    PRIMARY KEY (word, person_id)
) STRICT, WITHOUT ROWID;

-- What the support staff searches by.
CREATE INDEX companies_by_name ON companies (name_key, id);
CREATE INDEX persons_by_email ON persons (email_key);
CREATE INDEX persons_by_phone ON persons (phone) WHERE phone IS NOT NULL;
CREATE INDEX devices_by_model ON devices (model_key, id);
CREATE INDEX devices_by_os ON devices (platform, os_version, id);
CREATE INDEX devices_by_app ON devices (app_version, id);

-- Searches that somebody of the staff keeps.
CREATE TABLE saved_views (
    person_id TEXT NOT NULL REFERENCES persons (id),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    PRIMARY KEY (person_id, name)
) STRICT;
