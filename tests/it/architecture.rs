//! Who may import whom: reads the sources and fails on an arrow that the table does not have.

use std::path::{Path, PathBuf};

const MODULES: [&str; 13] = [
    "app",
    "attestation",
    "cli",
    "config",
    "crypto",
    "delivery",
    "domain",
    "flows",
    "geo",
    "routes",
    "store",
    "texts",
    "upstream",
];

/// Which of our modules a module may use, and which libraries it may not.
const TABLE: [(&str, &[&str], &[&str]); 13] = [
    ("domain", &[], &["tokio", "actix", "sqlx", "askama", "avain_proto", "aws_lc_rs"]),
    ("texts", &["domain"], &["actix", "sqlx", "askama", "avain_proto"]),
    ("geo", &["domain"], &["actix", "sqlx", "askama", "avain_proto", "tokio"]),
    ("config", &["domain"], &["actix", "sqlx", "askama", "avain_proto"]),
    ("crypto", &["domain"], &["actix", "sqlx", "askama", "avain_proto", "tokio"]),
    ("attestation", &["domain"], &["actix", "sqlx", "askama", "avain_proto", "tokio"]),
    // A mail has its HTML from a template.
    ("delivery", &["domain"], &["actix", "sqlx", "avain_proto"]),
    ("store", &["domain"], &["actix", "askama", "avain_proto", "aws_lc_rs"]),
    ("upstream", &["crypto", "domain"], &["actix", "sqlx", "askama", "avain_proto"]),
    (
        "flows",
        &["crypto", "delivery", "domain", "geo", "store", "texts", "upstream"],
        &["actix", "askama", "avain_proto", "sqlx"],
    ),
    ("routes", &["domain", "flows", "texts"], &["sqlx", "aws_lc_rs", "jsonwebtoken"]),
    (
        "app",
        &["config", "crypto", "delivery", "domain", "flows", "geo", "routes", "store", "upstream"],
        &["askama", "avain_proto", "sqlx"],
    ),
    ("cli", &["app", "config", "crypto", "delivery", "domain", "flows", "routes"], &["sqlx", "avain_proto"]),
];

/// Arrows that the table does not have, each with its reason.
const EXCEPTIONS: [(&str, &str); 1] = [
    // A waiting browser holds its wake-up; it reads nothing through it.
    ("src/routes/login/stream.rs", "store"),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn module_of(path: &Path) -> String {
    let name = path.strip_prefix("src").unwrap().components().next().unwrap();
    name.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn no_module_imports_what_its_row_does_not_allow() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    assert!(files.len() > 60, "{}", files.len());
    for file in files {
        let module = module_of(&file);
        let Some((_, allowed, forbidden)) = TABLE.iter().find(|(name, ..)| *name == module) else {
            continue;
        };
        let text = std::fs::read_to_string(&file).unwrap();
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for other in MODULES.iter().filter(|other| **other != module && !allowed.contains(other)) {
            let is_excepted = EXCEPTIONS.contains(&(file.to_str().unwrap(), other));
            let arrow = format!("crate::{other}");
            let is_used = code.iter().any(|line| line.contains(&arrow));
            assert!(is_excepted || !is_used, "{} uses {arrow}", file.display());
        }
        for library in *forbidden {
            let is_used = code.iter().any(|line| {
                line.contains(&format!("{library}::")) || line.contains(&format!("use {library}"))
            });
            assert!(!is_used, "{} uses {library}", file.display());
        }
    }
}

#[test]
fn no_source_file_grows_past_four_hundred_lines() {
    let mut files = Vec::new();
    for folder in ["src", "tests", "mobile-sim/src", "proto/src"] {
        sources(Path::new(folder), &mut files);
    }
    for file in files {
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines", file.display());
    }
}
