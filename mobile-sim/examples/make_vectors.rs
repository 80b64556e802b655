//! Writes the known answers to `proto/vectors`; afterwards `git diff` shows what has changed in the contract.

#[path = "../tests/vectors/mod.rs"]
mod known_answers;

use anyhow::Context;

fn main() -> anyhow::Result<()> {
    let folder = known_answers::folder();
    for file in known_answers::files()? {
        let path = folder.join(file.name);
        std::fs::write(&path, file.text).with_context(|| path.display().to_string())?;
        println!("wrote {}", path.display());
    }
    Ok(())
}
