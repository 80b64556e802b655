//! The files in `proto/vectors` are what the generator makes today.

#[path = "vectors/mod.rs"]
mod known_answers;

use std::collections::HashSet;
use std::fs;

use serde_json::Value;

#[test]
fn the_checked_in_files_are_what_the_generator_makes() {
    for file in known_answers::files().unwrap() {
        let checked_in = fs::read_to_string(known_answers::folder().join(file.name)).unwrap();
        assert!(
            checked_in == file.text,
            "{} differs; run: cargo run -p mobile-sim --example make_vectors",
            file.name
        );
    }
}

#[test]
fn every_case_has_its_own_name_and_there_are_enough_of_them() {
    let mut names = HashSet::new();
    for file in known_answers::files().unwrap() {
        let content: Value = serde_json::from_str(&file.text).unwrap();
        for case in content["cases"].as_array().unwrap() {
            let name = format!("{}/{}", file.name, case["name"].as_str().unwrap());
            assert!(names.insert(name.clone()), "{name} is there twice");
        }
    }
    assert!(names.len() >= 40, "{} cases", names.len());
}
