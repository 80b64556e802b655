//! Fills a database for measurements: people, devices, audit rows; and phones that `mobile-sim load` can sign in with.
//!
//! `cargo bench --bench seed -- --config avain.toml --people 1000000 --devices 1500000 --audit 10000000`
//! `cargo bench --bench seed -- --config avain.toml --phones 128 --into phones/`
//!
//! It writes rows without anybody's consent, so it is no command of the server.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot be prepared says so by stopping")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use avain::app::{self, Environment, SystemClock};
use avain::config::Settings;
use avain::crypto::random::SystemRandom;
use avain::delivery::Delivery;
use avain::domain::activation::{Enrolment, EnrolmentState};
use avain::domain::audit::AuditEvent;
use avain::domain::company::Company;
use avain::domain::device::{Device, DeviceState};
use avain::domain::ids::{
    CompanyId, DeviceId, EnrolmentId, InvitationId, LoginAttemptId, MembershipId, PersonId,
};
use avain::domain::invitation::{Invitation, InvitationState};
use avain::domain::language::Language;
use avain::domain::login::Flow;
use avain::domain::membership::{Access, Membership, Role};
use avain::domain::os_version::OsVersion;
use avain::domain::person::{Person, PhoneNumber};
use avain::domain::platform::{Platform, PlatformFacts};
use avain::domain::random::bytes;
use avain::domain::time::Timestamp;
use avain::flows::Services;
use avain::store::db::Tx;
use avain::store::{activation, company, device, invitation, membership, person};
use avain_proto::v1;
use clap::Parser;
use mobile_sim::{DeviceKey, EnrolledProfile, Profile};

const ROWS_PER_COMMIT: u64 = 10_000;

/// What to make.
#[derive(Parser)]
struct Arguments {
    /// The server's configuration file.
    #[arg(long)]
    config: PathBuf,
    /// How many people without a device of their own that anybody could use.
    #[arg(long, default_value_t = 0)]
    people: u64,
    /// How many devices, spread over those people.
    #[arg(long, default_value_t = 0)]
    devices: u64,
    /// How many audit rows, about those people.
    #[arg(long, default_value_t = 0)]
    audit: u64,
    /// How many people with a phone that can sign in.
    #[arg(long, default_value_t = 0)]
    phones: u64,
    /// The folder for the phones' profiles.
    #[arg(long, default_value = "phones")]
    into: PathBuf,
    /// Passed by `cargo bench`; means nothing here.
    #[arg(long, hide = true)]
    bench: bool,
}

struct Seeder {
    services: Arc<Services>,
    company: CompanyId,
    now: Timestamp,
    tx: Option<Tx>,
    rows: u64,
}

impl Seeder {
    async fn start(services: Arc<Services>) -> Self {
        let now = services.clock.now();
        let company = CompanyId::generate(now, services.random.as_ref()).unwrap();
        let mut seeder = Self { services, company, now, tx: None, rows: 0 };
        let added = Company { id: company, name: "Seeded Oy".to_owned() };
        company::insert(seeder.tx().await, &added, now).await.unwrap();
        seeder
    }

    async fn tx(&mut self) -> &mut Tx {
        self.rows += 1;
        if self.rows.is_multiple_of(ROWS_PER_COMMIT) {
            self.commit().await;
        }
        if self.tx.is_none() {
            self.tx = Some(self.services.db.write().await.unwrap());
        }
        self.tx.as_mut().unwrap()
    }

    async fn commit(&mut self) {
        if let Some(tx) = self.tx.take() {
            tx.commit().await.unwrap();
        }
    }

    async fn person(&mut self, number: u64) -> PersonId {
        let (random, now) = (Arc::clone(&self.services.random), self.now);
        let added = Person {
            id: PersonId::generate(now, random.as_ref()).unwrap(),
            name: format!("Person {number}"),
            email: format!("person-{number}@seeded.example"),
            phone: PhoneNumber::parse(&format!("+35840{number:07}")),
            language: Language::Finnish,
        };
        let place = Membership {
            id: MembershipId::generate(now, random.as_ref()).unwrap(),
            company_id: self.company,
            person_id: added.id,
            role: Role::User,
            access: Access::Browser,
            is_basic: true,
        };
        let tx = self.tx().await;
        person::insert(tx, &added, now).await.unwrap();
        membership::insert(tx, &place, now).await.unwrap();
        added.id
    }

    async fn device(&mut self, owner: PersonId, public_key: [u8; 65], thumbprint: [u8; 32]) -> DeviceId {
        let (random, now) = (Arc::clone(&self.services.random), self.now);
        let invited = Invitation {
            id: InvitationId::generate(now, random.as_ref()).unwrap(),
            company_id: self.company,
            person_id: owner,
            state: InvitationState::Open,
            expires_at: now,
            confirmations_sent: 1,
        };
        let facts = PlatformFacts {
            platform: Platform::Android,
            os_version: OsVersion::parse_android("14").unwrap(),
            brand: "Google".to_owned(),
            model: "Pixel 8".to_owned(),
            app_version: "1.0.0".to_owned(),
        };
        let begun = Enrolment {
            id: EnrolmentId::generate(now, random.as_ref()).unwrap(),
            invitation_id: invited.id,
            person_id: owner,
            state: EnrolmentState::Started,
            facts: facts.clone(),
            confirmation_salt: [0; 16],
            wrong_codes: 0,
            expires_at: now,
        };
        let made = Device {
            id: DeviceId::generate(now, random.as_ref()).unwrap(),
            person_id: owner,
            enrolment_id: Some(begun.id),
            public_key,
            thumbprint,
            name: "Seeded phone".to_owned(),
            facts,
            state: DeviceState::Active,
            created_at: now,
            last_seen_at: now,
            probation_until: now,
        };
        let code_hash = bytes(random.as_ref()).unwrap();
        let tx = self.tx().await;
        invitation::insert(tx, &invited, None, &code_hash, now).await.unwrap();
        activation::insert(tx, &begun, &[0; 32], now).await.unwrap();
        assert!(invitation::claim(tx, invited.id, begun.id, None).await.unwrap());
        assert!(activation::confirm(tx, begun.id, &[0; 32], now).await.unwrap());
        assert!(activation::finish(tx, begun.id, made.id).await.unwrap());
        assert!(device::insert(tx, &made, b"seeded", b"seeded").await.unwrap());
        assert!(invitation::redeem(tx, invited.id, begun.id).await.unwrap());
        made.id
    }

    async fn audit(&mut self, person: PersonId, device: DeviceId) {
        let services = Arc::clone(&self.services);
        let now = self.now;
        let attempt = LoginAttemptId::generate(now, services.random.as_ref()).unwrap();
        let frame_age = Some(Duration::from_millis(700));
        let event = AuditEvent::AttemptScanned { attempt, device, person, flow: Flow::Qr, frame_age };
        services.record(self.tx().await, &event, now).await.unwrap();
    }

    /// Somebody with a phone whose key exists, as a profile of `mobile-sim`.
    async fn phone(&mut self, number: u64) -> Profile {
        let owner = self.person(9_000_000 + number).await;
        let key = DeviceKey::generate().unwrap();
        let point: [u8; 65] = key.public_point().try_into().unwrap();
        let device = self.device(owner, point, key.thumbprint().try_into().unwrap()).await;
        let issuer = self.services.issuer.clone();
        Profile::Enrolled(EnrolledProfile {
            server: issuer.clone(),
            issuer,
            device_id: device.to_string(),
            person_name: format!("Person {}", 9_000_000 + number),
            company_name: "Seeded Oy".to_owned(),
            private_key_pem: key.to_pem().unwrap(),
            key_thumbprint: key
                .thumbprint()
                .iter()
                .fold(String::new(), |text, byte| text + &format!("{byte:02x}")),
            facts: v1::PlatformFacts {
                platform: v1::Platform::Android.into(),
                os_version: "14".to_owned(),
                api_level: 34,
                brand: "Google".to_owned(),
                model: "Pixel 8".to_owned(),
                app_version: "1.0.0".to_owned(),
            },
            probation_until: 0,
            next_private_key_pem: None,
        })
    }
}

#[actix_web::main]
async fn main() {
    let arguments = Arguments::parse();
    let environment = Environment {
        clock: Arc::new(SystemClock::default()),
        random: Arc::new(SystemRandom::open()),
        delivery: Delivery::PRINT,
    };
    let services = app::build(&Settings::load(&arguments.config).unwrap(), environment).await.unwrap();
    let begun = Instant::now();
    let mut seeder = Seeder::start(Arc::clone(&services)).await;
    let mut people = Vec::new();
    for number in 0..arguments.people {
        people.push(seeder.person(number).await);
    }
    let mut devices = Vec::new();
    for (number, owner) in (0..arguments.devices).zip(people.iter().cycle()) {
        // Nobody has these keys: the points are random bytes, and only their place in the tables matters.
        let mut point = [4; 65];
        let name: [u8; 32] = bytes(services.random.as_ref()).unwrap();
        point.iter_mut().skip(1).zip(name.iter().cycle()).for_each(|(slot, byte)| *slot = *byte);
        devices.push((*owner, seeder.device(*owner, point, name).await));
        if number % 100_000 == 99_999 {
            println!("{} devices, {:.0} s", number + 1, begun.elapsed().as_secs_f64());
        }
    }
    for (number, (person, device)) in (0..arguments.audit).zip(devices.iter().cycle()) {
        seeder.audit(*person, *device).await;
        if number % 1_000_000 == 999_999 {
            println!("{} audit rows, {:.0} s", number + 1, begun.elapsed().as_secs_f64());
        }
    }
    std::fs::create_dir_all(&arguments.into).unwrap();
    for number in 0..arguments.phones {
        let profile = seeder.phone(number).await;
        profile.save(&arguments.into.join(format!("phone-{number:05}.json"))).unwrap();
    }
    seeder.commit().await;
    app::close(&services).await;
    println!(
        "{} people, {} devices, {} audit rows, {} phones in {:.0} s",
        arguments.people,
        arguments.devices,
        arguments.audit,
        arguments.phones,
        begun.elapsed().as_secs_f64()
    );
}
