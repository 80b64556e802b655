//! The keys that sign tokens: the same on every node, replaced without a failed verification.
//!
//! 1. `prepare`: at first start the keys are made; at every start all are read.
//! 2. `rotate`: a new key of each algorithm is made. It is published at once and signs a day later, when every node and
//!    every application has had the time to read it.
//! 3. `keep_fresh`: each node reads the keys again every minute; whichever comes first makes the next ones when the newest
//!    are ninety days old.
//! 4. A key that no longer signs stays published for another day, so that the last tokens it signed are accepted.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use serde::de::DeserializeOwned;

use super::{Internal, Services};
use crate::crypto::jose;
use crate::crypto::seal::Sealer;
use crate::crypto::signing_key::{SigningKey, generate};
use crate::domain::audit::AuditEvent;
use crate::domain::client::TokenAlgorithm;
use crate::domain::secret::Secret;
use crate::domain::time::Timestamp;
use crate::store::db::Tx;
use crate::store::signing_key::{self, KeptKey};

/// How long a key is published before it signs, and after it has signed last.
pub const OVERLAP: Duration = Duration::from_hours(24);
/// How old the newest key may become.
pub const LONGEST_USE: Duration = Duration::from_hours(90 * 24);

/// A signing key, and when its time begins.
struct TimedKey {
    key: Arc<SigningKey>,
    generation: i64,
    created_at: Timestamp,
    active_from: Timestamp,
}

/// All signing keys, oldest first.
pub struct KeyRing(RwLock<Vec<TimedKey>>);

impl KeyRing {
    /// The key that signs at `now`.
    pub(super) fn current(
        &self,
        algorithm: TokenAlgorithm,
        now: Timestamp,
    ) -> Result<Arc<SigningKey>, Internal> {
        self.look(|keys| {
            let mut usable = keys.iter().rev().filter(|timed| timed.key.algorithm == algorithm);
            usable.find(|timed| timed.active_from <= now).map(|timed| Arc::clone(&timed.key))
        })
        .ok_or(Internal::Missing("signing key"))
    }

    /// The keys that applications should know at `now`: those that sign, will sign, or signed within the last day.
    pub fn published(&self, now: Timestamp) -> Vec<Arc<SigningKey>> {
        self.look(|keys| {
            let is_over = |timed: &&TimedKey| {
                keys.iter().any(|later| {
                    later.key.algorithm == timed.key.algorithm
                        && later.generation > timed.generation
                        && later.active_from.plus(OVERLAP) <= now
                })
            };
            keys.iter().filter(|timed| !is_over(timed)).map(|timed| Arc::clone(&timed.key)).collect()
        })
    }

    /// What `token` claims, if one of the keys, however old, signed it as a `kind`.
    pub(super) fn verify<C: DeserializeOwned + Clone>(&self, kind: &str, token: &str) -> Option<C> {
        self.look(|keys| keys.iter().find_map(|timed| jose::verify(&timed.key, kind, token)))
    }

    fn look<T>(&self, look: impl FnOnce(&[TimedKey]) -> T) -> T {
        look(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, keys: Vec<TimedKey>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = keys;
    }
}

/// Step 1. Nodes that start together make one set of keys between them.
pub(super) async fn prepare(tx: &mut Tx, sealer: &Sealer, now: Timestamp) -> Result<KeyRing, Internal> {
    let kept = signing_key::find_all(tx).await?;
    for algorithm in TokenAlgorithm::ALL {
        if !kept.iter().any(|key| key.algorithm == algorithm) {
            make(tx, sealer, algorithm, 1, (now, now)).await?;
        }
    }
    Ok(KeyRing(RwLock::new(read_all(tx, sealer).await?)))
}

/// Step 2. `false` when keys that do not sign yet are there already.
pub async fn rotate(services: &Services) -> Result<bool, Internal> {
    let now = services.now();
    let mut tx = services.db.write().await?;
    let mut is_made = false;
    for algorithm in TokenAlgorithm::ALL {
        let kept = signing_key::find_all(&mut tx).await?;
        let newest = kept.iter().filter(|key| key.algorithm == algorithm).max_by_key(|key| key.generation);
        let newest = newest.ok_or(Internal::Missing("signing key"))?;
        if newest.active_from > now {
            continue;
        }
        let times = (now, now.plus(OVERLAP));
        let made = make(&mut tx, &services.keys.sealer, algorithm, newest.generation + 1, times).await?;
        if let Some(key) = made {
            services.record(&mut tx, &AuditEvent::SigningKeyMade { key }, now).await?;
            is_made = true;
        }
    }
    tx.commit().await?;
    reload(services).await?;
    Ok(is_made)
}

/// Step 3.
pub async fn keep_fresh(services: &Services) -> Result<(), Internal> {
    reload(services).await?;
    let now = services.now();
    let is_due = services.signing_keys.look(|keys| {
        TokenAlgorithm::ALL.iter().any(|algorithm| {
            let of_algorithm = keys.iter().filter(|timed| timed.key.algorithm == *algorithm);
            of_algorithm
                .max_by_key(|timed| timed.generation)
                .is_some_and(|newest| now.since(newest.created_at) >= LONGEST_USE)
        })
    });
    if is_due {
        rotate(services).await?;
    }
    Ok(())
}

async fn reload(services: &Services) -> Result<(), Internal> {
    let keys = read_all(&mut services.db.read().await?, &services.keys.sealer).await?;
    services.signing_keys.replace(keys);
    Ok(())
}

/// Makes a key of that generation, unless another node was faster; gives back its id.
async fn make(
    tx: &mut Tx,
    sealer: &Sealer,
    algorithm: TokenAlgorithm,
    generation: i64,
    (created_at, active_from): (Timestamp, Timestamp),
) -> Result<Option<String>, Internal> {
    let private = generate(algorithm)?;
    let id = SigningKey::read(algorithm, &private)?.id;
    let kept = sealer.seal(&place(algorithm, generation), private.expose())?;
    let key = KeptKey { id, algorithm, generation, sealed: kept, created_at, active_from };
    Ok(signing_key::insert(tx, &key).await?.then_some(key.id))
}

async fn read_all(tx: &mut Tx, sealer: &Sealer) -> Result<Vec<TimedKey>, Internal> {
    let mut keys = Vec::new();
    for KeptKey { algorithm, generation, sealed, created_at, active_from, .. } in
        signing_key::find_all(tx).await?
    {
        let private = Secret::new(sealer.open(&place(algorithm, generation), &sealed)?);
        let key = Arc::new(SigningKey::read(algorithm, &private)?);
        keys.push(TimedKey { key, generation, created_at, active_from });
    }
    Ok(keys)
}

fn place(algorithm: TokenAlgorithm, generation: i64) -> String {
    format!("signing_keys/{}/{generation}", algorithm.name())
}
