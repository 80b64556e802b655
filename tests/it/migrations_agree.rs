//! The migrations of both engines make the same tables, columns and indexes.

use crate::harness::TestApp;
use crate::harness::database::{Postgres, Sqlite};

#[actix_web::test]
async fn both_engines_have_the_same_tables_columns_and_indexes() {
    let (sqlite, postgres) = (TestApp::start(Sqlite).await, TestApp::start(Postgres).await);
    let columns = sqlite.database.columns().await;
    assert_eq!(columns, postgres.database.columns().await);
    assert!(columns.contains(&"persons.phone? TEXT".to_owned()), "the comparison sees columns: {columns:?}");
    let indexes = sqlite.database.indexes().await;
    assert_eq!(indexes, postgres.database.indexes().await);
    assert!(indexes.contains(&"outbox_due".to_owned()), "the comparison sees indexes: {indexes:?}");
    sqlite.stop().await;
    postgres.stop().await;
}

#[test]
fn the_migrations_have_the_same_numbers_and_names() {
    let names = |engine: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
    assert_eq!(names("sqlite").first().map(String::as_str), Some("0001_init.sql"));
}
