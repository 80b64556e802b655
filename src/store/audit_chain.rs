//! The chains that this process writes. A transaction has one chain to itself while it writes audit rows, so chains never
//! branch and writers never wait for each other; a chain whose last rows may be lost is not continued.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::domain::ids::AuditId;

/// A chain of audit rows, as far as it is written.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The id of its first row.
    pub id: AuditId,
    /// How many rows it has.
    pub length: i64,
    /// The hash of its last row.
    pub head: [u8; 32],
    losses: u64,
}

/// The chains that no transaction is writing.
#[derive(Default)]
pub struct Chains {
    free: Mutex<Vec<Chain>>,
    begun: Mutex<Vec<AuditId>>,
    losses: AtomicU64,
}

impl Chains {
    /// A chain to write on: one that is free, or a new one that begins with the row `first`.
    pub(super) fn take(&self, first: AuditId) -> Chain {
        let losses = self.losses.load(Ordering::SeqCst);
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        free.retain(|chain| chain.losses == losses);
        if let Some(chain) = free.pop() {
            return chain;
        }
        self.begun.lock().unwrap_or_else(PoisonError::into_inner).push(first);
        Chain { id: first, length: 0, head: [0; 32], losses }
    }

    /// Gives a chain back for the next transaction.
    pub(super) fn put(&self, chain: Chain) {
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(chain);
    }

    /// Says that rows which were written are gone: no chain that was free until now is continued.
    pub(super) fn lose(&self) {
        self.losses.fetch_add(1, Ordering::SeqCst);
    }

    /// The chains that this process has begun.
    pub fn begun(&self) -> Vec<AuditId> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Chain {
    /// Adds the row with this hash.
    pub(super) fn grow(&mut self, hash: [u8; 32]) {
        self.length += 1;
        self.head = hash;
    }
}
