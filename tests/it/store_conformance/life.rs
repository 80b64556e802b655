//! Every noun through its life by store functions alone: what is written is what is read, on both engines.

use std::time::Duration;

use avain::domain::activation::{Enrolment, EnrolmentState};
use avain::domain::audit::AuditEvent;
use avain::domain::client::{Client, ClientMetadata, TokenAlgorithm};
use avain::domain::company::Company;
use avain::domain::device::{Device, DeviceState, UserVerification};
use avain::domain::grant::{ResponseMode, Scope, SignInRequest};
use avain::domain::ids::{
    AuditId, CompanyId, DeviceId, EnrolmentId, InvitationId, LoginAttemptId, MembershipId, PersonId,
    SessionId, SignInRequestId,
};
use avain::domain::invitation::{Invitation, InvitationState};
use avain::domain::language::Language;
use avain::domain::login::{Approval, Attempt, AttemptState, DenyReason, Flow, Scan};
use avain::domain::membership::{Access, Membership, Role};
use avain::domain::number_match::NumberMatch;
use avain::domain::os_version::OsVersion;
use avain::domain::person::{Person, PhoneNumber};
use avain::domain::platform::{Platform, PlatformFacts};
use avain::domain::session::{Proof, Session};
use avain::domain::time::Timestamp;
use avain::store::audit::Head;
use avain::store::db::Tx;
use avain::store::login::SignedAnswer;
use avain::store::signing_key::KeptKey;
use avain::store::sweep::{self, Leftover};
use avain::store::{
    activation, audit, client, company, device, evidence, grant, invitation, login, membership, person,
    restore, session, settings, signing_key, wake,
};
use rstest::rstest;

use crate::harness::TestApp;
use crate::harness::database::{Engine, Postgres, Sqlite};

pub(super) const NOW: Timestamp = Timestamp::from_millis(2_000_000_000_000);
pub(super) const LATER: Timestamp = Timestamp::from_millis(2_000_000_060_000);

fn facts() -> PlatformFacts {
    PlatformFacts {
        platform: Platform::Ios,
        os_version: OsVersion::parse_ios("17.4").unwrap(),
        brand: "Apple".to_owned(),
        model: "iPhone 15".to_owned(),
        app_version: "2.0".to_owned(),
    }
}

/// A company and somebody in it, with a phone number or without.
async fn add_person(tx: &mut Tx, number: u8, phone: Option<&str>) -> (CompanyId, PersonId) {
    let added = Company { id: CompanyId::from_bytes([number; 16]), name: "Ääkköset & Söner".to_owned() };
    company::insert(tx, &added, NOW).await.unwrap();
    assert_eq!(company::find(tx, added.id).await.unwrap().unwrap().name, added.name);
    let somebody = Person {
        id: PersonId::from_bytes([number; 16]),
        name: "Žofia \"O'Neil\"".to_owned(),
        email: "zofia@example.com".to_owned(),
        phone: phone.map(|phone| PhoneNumber::parse(phone).unwrap()),
        language: Language::Norwegian,
    };
    person::insert(tx, &somebody, NOW).await.unwrap();
    let found = person::find(tx, somebody.id).await.unwrap().unwrap();
    assert_eq!(
        (&found.name, &found.email, found.language),
        (&somebody.name, &somebody.email, somebody.language)
    );
    assert_eq!(found.phone.map(|phone| phone.as_str().to_owned()), phone.map(str::to_owned));
    assert!(membership::find_basic(tx, somebody.id).await.unwrap().is_none());
    let place = Membership {
        id: MembershipId::from_bytes([number; 16]),
        company_id: added.id,
        person_id: somebody.id,
        role: Role::UserAdministrator,
        access: Access::MobileOnly,
        is_basic: true,
    };
    membership::insert(tx, &place, NOW).await.unwrap();
    let found = membership::find_basic(tx, somebody.id).await.unwrap().unwrap();
    assert_eq!((found.company_id, found.role, found.access), (added.id, place.role, place.access));
    (added.id, somebody.id)
}

fn enrolment(number: u8, invitation_id: InvitationId, person_id: PersonId) -> Enrolment {
    Enrolment {
        id: EnrolmentId::from_bytes([number; 16]),
        invitation_id,
        person_id,
        state: EnrolmentState::Started,
        facts: facts(),
        confirmation_salt: [number; 16],
        wrong_codes: 0,
        expires_at: LATER,
    }
}

async fn state_of(tx: &mut Tx, id: EnrolmentId) -> EnrolmentState {
    activation::find(tx, id).await.unwrap().unwrap().0.state
}

/// From an invitation to a device, by a detour over a phone that gave up.
async fn enrol(tx: &mut Tx, number: u8, (company_id, person_id): (CompanyId, PersonId)) -> Device {
    let invited = Invitation {
        id: InvitationId::from_bytes([number; 16]),
        company_id,
        person_id,
        state: InvitationState::Open,
        expires_at: LATER,
        confirmations_sent: 0,
    };
    invitation::insert(tx, &invited, Some(person_id), &[number; 32], NOW).await.unwrap();
    assert!(invitation::find_locked_by_code(tx, &[99; 32]).await.unwrap().is_none());
    let found = invitation::find_locked_by_code(tx, &[number; 32]).await.unwrap().unwrap();
    assert!(matches!(found.state, InvitationState::Open));
    let (first, second) =
        (enrolment(number, invited.id, person_id), enrolment(number + 1, invited.id, person_id));
    activation::insert(tx, &first, &[number; 32], NOW).await.unwrap();
    assert!(invitation::claim(tx, invited.id, first.id, None).await.unwrap());
    assert!(!invitation::claim(tx, invited.id, second.id, None).await.unwrap(), "it is claimed");
    assert!(activation::count_wrong_code(tx, first.id, 0).await.unwrap());
    assert!(!activation::count_wrong_code(tx, first.id, 0).await.unwrap(), "one was counted meanwhile");
    assert!(activation::supersede(tx, first.id).await.unwrap());
    assert!(matches!(state_of(tx, first.id).await, EnrolmentState::Superseded));
    activation::insert(tx, &second, &[number; 32], NOW).await.unwrap();
    assert!(invitation::claim(tx, invited.id, second.id, Some(first.id)).await.unwrap());
    assert!(invitation::count_send(tx, invited.id, 1).await.unwrap());
    assert!(!invitation::count_send(tx, invited.id, 1).await.unwrap());
    assert!(activation::confirm(tx, second.id, &[number; 32], LATER).await.unwrap());
    assert!(!activation::lock(tx, second.id).await.unwrap(), "a confirmed enrolment is not locked");
    let made = Device {
        id: DeviceId::from_bytes([number; 16]),
        person_id,
        enrolment_id: Some(second.id),
        public_key: [number; 65],
        thumbprint: [number; 32],
        name: "Žofian puhelin".to_owned(),
        facts: facts(),
        state: DeviceState::Active,
        created_at: NOW,
        last_seen_at: NOW,
        probation_until: LATER,
    };
    assert!(activation::finish(tx, second.id, made.id).await.unwrap());
    assert!(device::insert(tx, &made, b"payload", b"signature").await.unwrap());
    assert!(!device::insert(tx, &made, b"payload", b"signature").await.unwrap(), "one device for one key");
    assert!(invitation::redeem(tx, invited.id, second.id).await.unwrap());
    let found = invitation::find_locked(tx, invited.id).await.unwrap().unwrap();
    assert!(matches!(found.state, InvitationState::Redeemed(by) if by == second.id));
    assert_eq!(found.confirmations_sent, 1);
    assert!(device::touch(tx, &made, "2.1", LATER).await.unwrap());
    let found = device::find(tx, made.id).await.unwrap().unwrap();
    assert_eq!((found.last_seen_at, found.facts.app_version.as_str()), (LATER, "2.1"));
    assert_eq!((found.public_key, found.thumbprint), (made.public_key, made.thumbprint));
    made
}

async fn begin_attempt(tx: &mut Tx, number: u8) -> Attempt {
    let asked = SignInRequest {
        id: SignInRequestId::from_bytes([number; 16]),
        client_id: "life".to_owned(),
        redirect_uri: "https://app.example.com/cb?x=1&y=ä".to_owned(),
        scope: Scope { profile: true, phone: true, ..Scope::default() },
        response_mode: ResponseMode::FormPost,
        state: Some("a state".to_owned()),
        nonce: None,
        code_challenge: "challenge".to_owned(),
        is_fresh_sign_in_required: true,
        session_id: None,
        expires_at: LATER,
    };
    grant::insert_request(tx, &asked, NOW).await.unwrap();
    assert_eq!(grant::find_request(tx, asked.id).await.unwrap().unwrap(), asked);
    let begun = Attempt {
        id: LoginAttemptId::from_bytes([number; 16]),
        request_id: asked.id,
        browser_hash: [number; 32],
        language: Language::Estonian,
        place: "192.0.2.1".to_owned(),
        browser: "Firefox".to_owned(),
        state: AttemptState::Waiting,
        begun_at: NOW,
        rival: None,
        has_typed_code: true,
    };
    let code = [number; 32];
    assert!(login::insert(tx, &begun, Some(&code)).await.unwrap());
    let latest = login::find_latest(tx, asked.id, &begun.browser_hash).await.unwrap().unwrap();
    assert_eq!(latest.id, begun.id);
    assert!(login::find_latest(tx, asked.id, &[0; 32]).await.unwrap().is_none(), "another browser's");
    begun
}

async fn scan(tx: &mut Tx, attempt: &Attempt, device: &Device) -> Scan {
    let scan = Scan {
        device_id: device.id,
        person_id: device.person_id,
        masked_device_name: "Žo… pu…".to_owned(),
        server_nonce: [9; 32],
        display_text: "text".to_owned(),
        flow: Flow::Typed,
        numbers: NumberMatch::of(&[10, 20, 30, 40, 99], 99),
        frame_age: Some(Duration::from_millis(1_700)),
        phone_place: "2001:db8::1".to_owned(),
    };
    assert!(login::scan(tx, attempt.id, &scan, NOW).await.unwrap());
    assert!(!login::scan(tx, attempt.id, &scan, NOW).await.unwrap());
    let found = login::find(tx, attempt.id).await.unwrap().unwrap();
    assert_eq!(found.state, AttemptState::Scanned(scan.clone()));
    scan
}

/// From the request to the access token.
async fn sign_in(tx: &mut Tx, number: u8, device: &Device) -> Session {
    let attempt = begin_attempt(tx, number).await;
    let scan = scan(tx, &attempt, device).await;
    let answer = SignedAnswer { payload: b"payload", signature: b"signature" };
    assert!(login::approve(tx, attempt.id, &answer, UserVerification::Biometric, NOW).await.unwrap());
    assert!(!login::deny(tx, attempt.id, &answer, DenyReason::NotMe, NOW).await.unwrap());
    let approval = Approval::Phone { scan, user_verification: UserVerification::Biometric };
    let approved = AttemptState::Approved { approval, answered_at: NOW };
    assert_eq!(login::find_locked(tx, attempt.id).await.unwrap().unwrap().state, approved);
    wake::announce(tx, attempt.id).await.unwrap();
    let made = Session {
        id: SessionId::from_bytes([number; 16]),
        person_id: device.person_id,
        attempt_id: attempt.id,
        proof: Proof::Device {
            device_id: device.id,
            user_verification: UserVerification::Biometric,
            is_on_probation: true,
        },
        signed_in_at: NOW,
        last_seen_at: NOW,
    };
    assert!(login::collect(tx, attempt.id, made.id, NOW).await.unwrap());
    session::insert(tx, &made, &[number; 32]).await.unwrap();
    assert!(grant::satisfy_request(tx, attempt.request_id, made.id).await.unwrap());
    assert!(!grant::satisfy_request(tx, attempt.request_id, made.id).await.unwrap());
    assert!(session::touch(tx, made.id, LATER).await.unwrap());
    let found = session::find_by_token(tx, &[number; 32]).await.unwrap().unwrap();
    assert_eq!((found.id, found.last_seen_at, &found.proof), (made.id, LATER, &made.proof));
    assert_eq!(session::find(tx, made.id).await.unwrap().unwrap().attempt_id, attempt.id);
    let kept = evidence::find_after(tx, "").await.unwrap();
    let kept = kept.iter().find(|kept| kept.session_id == made.id.to_string()).unwrap();
    assert_eq!(kept.answer_payload.as_deref(), Some(&b"payload"[..]));
    assert_eq!((kept.client_id.as_str(), &kept.signing_device_id), ("life", &Some(device.id.to_string())));
    made
}

#[rstest]
#[actix_web::test]
async fn every_noun_lives_its_life(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let mut tx = app.services.db.write().await.unwrap();
    let registered = Client {
        id: "life".to_owned(),
        name: "Life".to_owned(),
        secret_hash: Some([4; 32]),
        old_secret: None,
        redirect_uris: vec!["https://a.example/".to_owned(), "https://b.example/".to_owned()],
        post_logout_redirect_uris: vec!["https://app.example.com/bye".to_owned()],
        back_channel_logout_uri: None,
        metadata: ClientMetadata::signed_with(TokenAlgorithm::Es256),
    };
    assert!(client::insert(&mut tx, &registered, NOW).await.unwrap());
    assert!(!client::insert(&mut tx, &registered, NOW).await.unwrap(), "the id is taken");
    let found = client::find(&mut tx, "life").await.unwrap().unwrap();
    assert_eq!((found.redirect_uris, found.secret_hash), (registered.redirect_uris, Some([4; 32])));
    assert_eq!(found.post_logout_redirect_uris, registered.post_logout_redirect_uris);
    assert_eq!(found.metadata, registered.metadata);
    super::tokens::push(&mut tx, "life").await;
    super::tokens::replace_secret(&mut tx, ("life", [4; 32])).await;
    let owner = add_person(&mut tx, 1, Some("+358401234567")).await;
    add_person(&mut tx, 2, None).await;
    let device = enrol(&mut tx, 10, owner).await;
    let session = sign_in(&mut tx, 20, &device).await;
    super::tokens::spend(&mut tx, 30, &session).await;

    let denied = begin_attempt(&mut tx, 40).await;
    scan(&mut tx, &denied, &device).await;
    let answer = SignedAnswer { payload: b"no", signature: b"signature" };
    assert!(login::deny(&mut tx, denied.id, &answer, DenyReason::Mistake, NOW).await.unwrap());
    let cancelled = begin_attempt(&mut tx, 50).await;
    assert!(login::cancel(&mut tx, cancelled.id).await.unwrap());
    assert_eq!(login::find(&mut tx, cancelled.id).await.unwrap().unwrap().state, AttemptState::Cancelled);
    tx.commit().await.unwrap();
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn what_is_locked_or_voided_is_out_of_reach(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let mut tx = app.services.db.write().await.unwrap();
    let (company_id, person_id) = add_person(&mut tx, 1, None).await;
    let invited = |number: u8| Invitation {
        id: InvitationId::from_bytes([number; 16]),
        company_id,
        person_id,
        state: InvitationState::Open,
        expires_at: LATER,
        confirmations_sent: 0,
    };
    for number in [1, 2, 3] {
        invitation::insert(&mut tx, &invited(number), None, &[number; 32], NOW).await.unwrap();
    }
    let guessed = enrolment(1, invited(1).id, person_id);
    activation::insert(&mut tx, &guessed, &[1; 32], NOW).await.unwrap();
    assert!(invitation::claim(&mut tx, invited(1).id, guessed.id, None).await.unwrap());
    assert!(activation::lock(&mut tx, guessed.id).await.unwrap());
    assert!(invitation::void_claimed(&mut tx, invited(1).id, guessed.id).await.unwrap());
    invitation::void_open(&mut tx, person_id).await.unwrap();
    for number in [1, 2, 3] {
        let found = invitation::find_locked(&mut tx, invited(number).id).await.unwrap().unwrap();
        assert!(matches!(found.state, InvitationState::Void), "{number}");
    }
    assert!(!activation::confirm(&mut tx, guessed.id, &[0; 32], LATER).await.unwrap());
    tx.commit().await.unwrap();
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn settings_keys_and_audit_rows_are_kept(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let mut tx = app.services.db.write().await.unwrap();
    assert_eq!(settings::keep_first(&mut tx, "colour", "blue").await.unwrap(), "blue");
    assert_eq!(settings::keep_first(&mut tx, "colour", "red").await.unwrap(), "blue");
    assert_eq!(settings::find(&mut tx, "colour").await.unwrap().as_deref(), Some("blue"));
    assert_eq!(settings::take(&mut tx, "colour").await.unwrap().as_deref(), Some("blue"));
    assert_eq!(settings::take(&mut tx, "colour").await.unwrap(), None);

    let key = |generation| KeptKey {
        id: format!("key {generation}"),
        algorithm: TokenAlgorithm::Es256,
        generation,
        sealed: vec![1, 2, 3],
        created_at: NOW,
        active_from: LATER,
    };
    assert!(signing_key::insert(&mut tx, &key(2)).await.unwrap());
    assert!(!signing_key::insert(&mut tx, &KeptKey { id: "other".to_owned(), ..key(2) }).await.unwrap());
    let kept = signing_key::find_all(&mut tx).await.unwrap();
    let kept = kept.iter().find(|kept| kept.id == "key 2").unwrap();
    assert_eq!((&kept.sealed[..], kept.active_from), (&[1, 2, 3][..], LATER));

    let id = AuditId::from_bytes([7; 16]);
    let event = AuditEvent::ClientAdded { client: "life".to_owned() };
    let (row, previous) = audit::next(&mut tx, id, &event, NOW);
    audit::insert(&mut tx, id, &row, [5; 32]).await.unwrap();
    let after = audit::find_after(&mut tx, &row.chain, row.position - 1).await.unwrap();
    assert_eq!((&after[0].id, &after[0].event, after[0].at), (&row.id, &row.event, NOW.millis()));
    assert_eq!(audit::find_hash(&mut tx, &row.chain, row.position).await.unwrap(), Some(vec![5; 32]));
    assert_ne!(previous, [5; 32]);
    let chain: AuditId = row.chain.parse().unwrap();
    assert_eq!(audit::find_head(&mut tx, chain).await.unwrap(), Some((row.position, vec![5; 32])));
    for position in [1, 2] {
        let head = Head { chain: "a chain".to_owned(), position, statement: format!("signed {position}") };
        assert!(audit::insert_head(&mut tx, &head, NOW).await.unwrap());
        assert!(!audit::insert_head(&mut tx, &head, NOW).await.unwrap());
    }
    assert_eq!(audit::find_newest_heads(&mut tx).await.unwrap()[0].statement, "signed 2");
    assert_eq!(audit::find_heads_after(&mut tx, "a chain", 1).await.unwrap()[0].statement, "signed 2");
    audit::delete_heads_before(&mut tx, "a chain", 2).await.unwrap();
    let left = audit::find_heads_after(&mut tx, "a chain", 0).await.unwrap();
    assert_eq!(left.iter().map(|head| head.position).collect::<Vec<_>>(), [2]);
    drop(tx);
    app.stop().await;
}

#[rstest]
#[actix_web::test]
async fn restoring_voids_and_sweeping_deletes(#[values(Sqlite, Postgres)] engine: Engine) {
    let app = TestApp::start(engine).await;
    let (_, tokens) = crate::open_id_connect::signed_in_tokens(&app).await;
    assert!(tokens["id_token"].is_string());
    let mut tx = app.services.db.write().await.unwrap();
    let voided = restore::void_open(&mut tx, NOW).await.unwrap();
    assert_eq!((voided.sessions, voided.codes, voided.attempts, voided.invitations), (1, 0, 0, 0));
    for (leftover, rows) in [(Leftover::AccessTokens, 0), (Leftover::Grants, 1), (Leftover::Attempts, 0)] {
        assert_eq!(sweep::delete(&mut tx, leftover, NOW).await.unwrap(), rows, "{leftover:?}");
    }
    drop(tx);
    app.stop().await;
}
