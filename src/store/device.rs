//! Rows of `devices`.

use super::db::{StoreError, Tx, fixed, parsed, present};
use super::device_key::{self, NewKey};
use crate::domain::device::{Device, DeviceState};
use crate::domain::folded::folded;
use crate::domain::ids::{DeviceId, PersonId};
use crate::domain::os_version::OsVersion;
use crate::domain::platform::{Platform, PlatformFacts};
use crate::domain::push::PushProvider;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO devices \
     (id, person_id, enrolment_id, public_key, thumbprint, name, platform, os_version, brand, model, app_version, state, \
     created_at, last_seen_at, probation_until, model_key) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING";
const BY_ID: &str = "SELECT id, person_id, enrolment_id, public_key, thumbprint, name, platform, os_version, brand, model, \
     app_version, state, created_at, last_seen_at, probation_until FROM devices WHERE id = $1";
const SEEN: &str = "UPDATE devices SET last_seen_at = $1, app_version = $2, os_version = $3 \
     WHERE id = $4 AND thumbprint = $5 AND state = 'active'";
const SET_KEY: &str = "UPDATE devices SET public_key = $1, thumbprint = $2 WHERE id = $3 AND thumbprint = $4 AND state = 'active'";

const OF_PERSON: &str = "SELECT id, person_id, enrolment_id, public_key, thumbprint, name, platform, os_version, brand, model, \
     app_version, state, created_at, last_seen_at, probation_until FROM devices WHERE person_id = $1 ORDER BY created_at DESC, id DESC";
const RENAME: &str = "UPDATE devices SET name = $1 WHERE id = $2 AND person_id = $3 AND state = 'active'";
const REVOKE: &str =
    "UPDATE devices SET state = 'revoked' WHERE id = $1 AND person_id = $2 AND state = 'active'";

const PLACED: &str = "SELECT d.id, d.platform, d.os_version, d.brand, d.model, d.app_version, d.last_seen_at, p.name AS person, \
     c.name AS company FROM devices d JOIN persons p ON p.id = d.person_id \
     JOIN memberships m ON m.person_id = d.person_id AND m.is_basic = 1 JOIN companies c ON c.id = m.company_id \
     WHERE d.state = 'active' AND d.id > $1 ORDER BY d.id LIMIT 500";

const TAKE_PUSH: &str = "UPDATE devices SET push_provider = NULL, push_token = NULL, push_hash = NULL, push_set_at = NULL \
     WHERE push_hash = $1 AND id <> $2";
const SET_PUSH: &str = "UPDATE devices SET push_provider = $1, push_token = $2, push_hash = $3, push_set_at = $4 \
     WHERE id = $5 AND state = 'active'";
const PUSH_OF: &str = "SELECT push_provider, push_token, push_hash, push_set_at FROM devices \
     WHERE id = $1 AND state = 'active' AND push_hash IS NOT NULL";
const DROP_PUSH: &str = "UPDATE devices SET push_provider = NULL, push_token = NULL, push_hash = NULL, push_set_at = NULL \
     WHERE id = $1 AND push_hash = $2 AND push_set_at <= $3";

#[derive(sqlx::FromRow)]
struct PlacedRow {
    id: String,
    platform: String,
    os_version: String,
    brand: String,
    model: String,
    app_version: String,
    last_seen_at: i64,
    person: String,
    company: String,
}

/// A device, with whose it is.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Its id.
    pub device_id: DeviceId,
    /// What it said of itself, last.
    pub facts: PlatformFacts,
    /// When it last proved its key.
    pub last_seen_at: Timestamp,
    /// Its owner's name.
    pub person: String,
    /// The name of its owner's basic company.
    pub company: String,
}

/// Where a device can be pushed to.
pub struct SealedPush {
    /// By whom.
    pub provider: PushProvider,
    /// The address, sealed for `devices/<id>/push`.
    pub sealed: Vec<u8>,
    /// Its keyed hash.
    pub hash: [u8; 32],
    /// When the device said so.
    pub set_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    person_id: String,
    enrolment_id: Option<String>,
    public_key: Vec<u8>,
    thumbprint: Vec<u8>,
    name: String,
    platform: String,
    os_version: String,
    brand: String,
    model: String,
    app_version: String,
    state: String,
    created_at: i64,
    last_seen_at: i64,
    probation_until: i64,
}

/// Adds a device with the signed bytes that prove its key; `false` when its enrolment has a device already, or a device has or
/// had its key. Then the transaction must be given up.
pub async fn insert(
    tx: &mut Tx,
    device: &Device,
    payload: &[u8],
    signature: &[u8],
) -> Result<bool, StoreError> {
    let facts = &device.facts;
    let rows = on!(tx, execute INSERT, [
        device.id.to_string(), device.person_id.to_string(), device.enrolment_id.map(|id| id.to_string()),
        &device.public_key[..], &device.thumbprint[..], &device.name, facts.platform.key(),
        facts.os_version.to_string(), &facts.brand, &facts.model, &facts.app_version, device.state.key(),
        device.created_at.millis(), device.last_seen_at.millis(), device.probation_until.millis(),
        folded(&format!("{} {}", facts.brand, facts.model)),
    ])?;
    if rows == 0 {
        return Ok(false);
    }
    let key = NewKey { device: device.id, public_key: device.public_key, thumbprint: device.thumbprint };
    device_key::insert(tx, &key, (payload, signature), device.created_at).await
}

/// The device of that id.
pub async fn find(tx: &mut Tx, id: DeviceId) -> Result<Option<Device>, StoreError> {
    let row = on!(tx, optional BY_ID, [id.to_string()] as Row)?;
    row.map(Row::read).transpose()
}

/// Notes that an active device proved the key that it has, and what runs on it; `false` when it is not active, or has another key
/// by now.
pub async fn touch(
    tx: &mut Tx,
    used: &Device,
    app_version: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let os_version = used.facts.os_version.to_string();
    let rows = on!(tx, execute SEEN, [
        now.millis(), app_version, os_version, used.id.to_string(), &used.thumbprint[..],
    ])?;
    Ok(rows == 1)
}

/// Gives an active device another key in place of the one that it has in `device`; `false` when it has yet another by now, or is not
/// active.
pub async fn set_key(tx: &mut Tx, device: &Device, key: &NewKey) -> Result<bool, StoreError> {
    let rows = on!(tx, execute SET_KEY, [
        &key.public_key[..], &key.thumbprint[..], device.id.to_string(), &device.thumbprint[..],
    ])?;
    Ok(rows == 1)
}

/// The devices of a person, the newest first.
pub async fn find_of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Device>, StoreError> {
    let rows = on!(tx, all OF_PERSON, [person.to_string()] as Row)?;
    rows.into_iter().map(Row::read).collect()
}

/// The next five hundred active devices after the device of that id, by id; of people with a basic company.
pub async fn find_placed_after(tx: &mut Tx, id: &str) -> Result<Vec<Placed>, StoreError> {
    const TABLE: &str = "devices";
    let rows = on!(tx, all PLACED, [id] as PlacedRow)?;
    let read = |row: PlacedRow| {
        let said = [row.brand, row.model, row.app_version];
        Ok(Placed {
            device_id: parsed(&row.id, TABLE, "id")?,
            facts: read_facts(TABLE, &row.platform, &row.os_version, said)?,
            last_seen_at: Timestamp::from_millis(row.last_seen_at),
            person: row.person,
            company: row.company,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Takes a device away from its owner; `false` when it is not theirs, or not active.
pub async fn revoke(tx: &mut Tx, id: DeviceId, owner: PersonId) -> Result<bool, StoreError> {
    Ok(on!(tx, execute REVOKE, [id.to_string(), owner.to_string()])? == 1)
}

/// Gives a device another name; `false` when it is not theirs, or not active.
pub async fn rename(tx: &mut Tx, id: DeviceId, owner: PersonId, name: &str) -> Result<bool, StoreError> {
    Ok(on!(tx, execute RENAME, [name, id.to_string(), owner.to_string()])? == 1)
}

/// Keeps where an active device can be pushed to, and takes the address from whichever had it; `false` when it is not active.
pub async fn set_push(tx: &mut Tx, id: DeviceId, push: &SealedPush) -> Result<bool, StoreError> {
    on!(tx, execute TAKE_PUSH, [&push.hash[..], id.to_string()])?;
    let rows = on!(tx, execute SET_PUSH, [
        push.provider.key(), &push.sealed[..], &push.hash[..], push.set_at.millis(), id.to_string(),
    ])?;
    Ok(rows == 1)
}

/// Where an active device can be pushed to.
pub async fn find_push(tx: &mut Tx, id: DeviceId) -> Result<Option<SealedPush>, StoreError> {
    const TABLE: &str = "devices";
    let row = on!(tx, optional PUSH_OF, [id.to_string()] as (String, Vec<u8>, Vec<u8>, i64))?;
    row.map(|(provider, sealed, hash, set_at)| {
        Ok(SealedPush {
            provider: present(PushProvider::from_key(&provider), TABLE, "push_provider")?,
            sealed,
            hash: fixed(hash, TABLE, "push_hash")?,
            set_at: Timestamp::from_millis(set_at),
        })
    })
    .transpose()
}

/// Forgets an address that was dead at that time, unless the device has another one by now or has said again that it is this one.
pub async fn drop_push(
    tx: &mut Tx,
    id: DeviceId,
    hash: &[u8; 32],
    dead_at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(on!(tx, execute DROP_PUSH, [id.to_string(), &hash[..], dead_at.millis()])? == 1)
}

/// The facts of a phone out of their columns.
pub(super) fn read_facts(
    table: &'static str,
    platform: &str,
    os_version: &str,
    [brand, model, app_version]: [String; 3],
) -> Result<PlatformFacts, StoreError> {
    let platform = present(Platform::from_key(platform), table, "platform")?;
    let os_version = match platform {
        Platform::Android => OsVersion::parse_android(os_version),
        Platform::Ios => OsVersion::parse_ios(os_version),
    };
    let os_version = present(os_version, table, "os_version")?;
    Ok(PlatformFacts { platform, os_version, brand, model, app_version })
}

impl Row {
    fn read(self) -> Result<Device, StoreError> {
        const TABLE: &str = "devices";
        Ok(Device {
            id: parsed(&self.id, TABLE, "id")?,
            person_id: parsed(&self.person_id, TABLE, "person_id")?,
            enrolment_id: self.enrolment_id.map(|id| parsed(&id, TABLE, "enrolment_id")).transpose()?,
            public_key: fixed(self.public_key, TABLE, "public_key")?,
            thumbprint: fixed(self.thumbprint, TABLE, "thumbprint")?,
            name: self.name,
            facts: read_facts(
                TABLE,
                &self.platform,
                &self.os_version,
                [self.brand, self.model, self.app_version],
            )?,
            state: present(DeviceState::from_key(&self.state), TABLE, "state")?,
            created_at: Timestamp::from_millis(self.created_at),
            last_seen_at: Timestamp::from_millis(self.last_seen_at),
            probation_until: Timestamp::from_millis(self.probation_until),
        })
    }
}
