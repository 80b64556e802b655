//! Makes the known answers of `proto/vectors`: `cargo run -p mobile-sim --example make_vectors` writes them, and the test
//! beside this folder compares them.
//!
//! Everything is fixed (keys, nonces, RFC 6979 signatures), so the same files come out every time.

mod case;
mod der;
mod encodings;
mod envelopes;
mod keys;
mod material;
mod purpose;
mod signatures;

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;

/// One file of known answers.
pub(crate) struct VectorFile {
    /// Its name in `proto/vectors`.
    pub(crate) name: &'static str,
    /// Its whole text.
    pub(crate) text: String,
}

/// Where the files are kept.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../proto/vectors")
}

/// All files, as they must be.
pub(crate) fn files() -> anyhow::Result<Vec<VectorFile>> {
    Ok(vec![
        file("envelopes.json", &envelopes::all()?)?,
        file("pae.json", &encodings::all())?,
        file("thumbprints.json", &keys::all()?)?,
    ])
}

fn file(name: &'static str, content: &impl Serialize) -> anyhow::Result<VectorFile> {
    let mut text = serde_json::to_string_pretty(content).context(name)?;
    text.push('\n');
    Ok(VectorFile { name, text })
}
