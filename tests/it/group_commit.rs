//! SQLite's writer: writes that wait together share a commit, and nothing else.

use avain::domain::time::Timestamp;
use avain::store::db::{Db, Tx};
use avain::store::settings;
use futures_util::future::join_all;

struct Opened {
    db: std::sync::Arc<Db>,
    folder: tempfile::TempDir,
}

async fn open(most_writes_per_commit: usize) -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open_sqlite(&folder.path().join("avain.db"), most_writes_per_commit).await.unwrap();
    db.migrate().await.unwrap();
    Opened { db: std::sync::Arc::new(db), folder }
}

async fn put(tx: &mut Tx, name: &str) {
    assert_eq!(settings::keep_first(tx, name, "value").await.unwrap(), "value");
}

async fn is_kept(db: &Db, name: &str) -> bool {
    settings::find(&mut db.read().await.unwrap(), name).await.unwrap().is_some()
}

/// Asks for a turn, and returns once the request stands in the queue.
async fn queue(db: &std::sync::Arc<Db>) -> tokio::task::JoinHandle<Tx> {
    let db = std::sync::Arc::clone(db);
    let waiting = tokio::spawn(async move { db.write().await.unwrap() });
    tokio::task::yield_now().await;
    waiting
}

#[actix_web::test]
async fn a_write_is_acknowledged_after_the_commit_that_it_shares() {
    let Opened { db, folder: _folder } = open(64).await;
    let mut first = db.write().await.unwrap();
    put(&mut first, "first").await;
    let (second, third) = (queue(&db).await, queue(&db).await);
    let first = tokio::spawn(first.commit());

    let mut second = second.await.unwrap();
    put(&mut second, "second").await;
    assert!(settings::find(&mut second, "first").await.unwrap().is_some(), "both belong to one transaction");
    assert!(!is_kept(&db, "first").await, "nothing is committed yet");
    assert!(!first.is_finished(), "and nothing acknowledged");
    drop(second);

    let mut third = third.await.unwrap();
    assert!(settings::find(&mut third, "second").await.unwrap().is_none(), "what was dropped is undone");
    put(&mut third, "third").await;
    third.commit().await.unwrap();
    first.await.unwrap().unwrap();
    let kept = [is_kept(&db, "first").await, is_kept(&db, "second").await, is_kept(&db, "third").await];
    assert_eq!(kept, [true, false, true]);
    db.close().await;
}

#[actix_web::test]
async fn a_statement_that_fails_spoils_nobody_elses_write() {
    let Opened { db, folder: _folder } = open(64).await;
    let writes = join_all((0..60).map(|number| {
        let db = std::sync::Arc::clone(&db);
        async move {
            let mut tx = db.write().await.unwrap();
            put(&mut tx, &format!("write {number}")).await;
            if number % 3 == 0 {
                let client = avain::domain::ids::CompanyId::from_bytes([number; 16]);
                let absent = avain::domain::membership::Membership {
                    id: avain::domain::ids::MembershipId::from_bytes([number; 16]),
                    company_id: client,
                    person_id: avain::domain::ids::PersonId::from_bytes([number; 16]),
                    role: avain::domain::membership::Role::User,
                    access: avain::domain::membership::Access::Browser,
                    is_basic: true,
                };
                let now = Timestamp::from_millis(0);
                let refused = avain::store::membership::insert(&mut tx, &absent, now).await;
                assert!(refused.is_err(), "there is no such company");
                return;
            }
            tx.commit().await.unwrap();
        }
    }));
    writes.await;
    for number in 0..60 {
        assert_eq!(is_kept(&db, &format!("write {number}")).await, number % 3 != 0, "write {number}");
    }
    db.close().await;
}

#[actix_web::test]
async fn whoever_gives_up_waiting_holds_nobody_up() {
    let Opened { db, folder: _folder } = open(64).await;
    let held = db.write().await.unwrap();
    let (given_up, patient) = (queue(&db).await, queue(&db).await);
    given_up.abort();
    assert!(given_up.await.is_err());
    drop(held);
    let mut tx = patient.await.unwrap();
    put(&mut tx, "patient").await;
    tx.commit().await.unwrap();
    assert!(is_kept(&db, "patient").await);
    db.close().await;
}

#[actix_web::test]
async fn closing_lets_what_waits_finish() {
    let Opened { db, folder } = open(1).await;
    let mut first = db.write().await.unwrap();
    put(&mut first, "first").await;
    let closing = std::sync::Arc::clone(&db);
    let closing = tokio::spawn(async move { closing.close().await });
    first.commit().await.unwrap();
    closing.await.unwrap();
    assert!(db.write().await.is_err());
    let again = Db::open_sqlite(&folder.path().join("avain.db"), 64).await.unwrap();
    assert!(is_kept(&again, "first").await);
    again.close().await;
}
