//! Waits for a screenshot, so that a person can start the command first and has the code's five seconds for themselves.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const LOOK_EVERY: Duration = Duration::from_millis(100);

/// The pictures at a place, each with the time of its last change.
type Seen = HashMap<PathBuf, SystemTime>;

/// The first picture that comes or changes after this call and that `read` can read. `place` is a PNG file, which need not
/// exist yet, or a folder of PNG files.
pub(super) async fn wait_for<T>(place: &Path, read: impl Fn(&Path) -> anyhow::Result<T>) -> T {
    let before = pictures(place);
    eprintln!("Take a screenshot of the sign-in page now; waiting for it in {}", place.display());
    loop {
        let now = pictures(place);
        let mut fresh = now.iter().filter(|(path, changed)| before.get(*path) != Some(*changed));
        // A picture that is still being written cannot be read yet; the next look finds it whole.
        if let Some(found) = fresh.find_map(|(path, _)| read(path).ok()) {
            return found;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn pictures(place: &Path) -> Seen {
    let candidates: Vec<PathBuf> = match fs::read_dir(place) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
        Err(_) => vec![place.to_owned()],
    };
    let is_png =
        |path: &PathBuf| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("png"));
    let changed =
        |path: PathBuf| fs::metadata(&path).and_then(|file| file.modified()).ok().map(|time| (path, time));
    candidates.into_iter().filter(is_png).filter_map(changed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_picture_that_comes_later_is_found_in_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("old.png"), "old").unwrap();
        fs::write(folder.path().join("note.txt"), "no picture").unwrap();
        let read = |path: &Path| {
            let text = fs::read_to_string(path)?;
            anyhow::ensure!(text.ends_with("whole"), "half written");
            Ok(text)
        };
        let late = async {
            tokio::task::yield_now().await;
            fs::write(folder.path().join("new.png"), "half").unwrap();
            tokio::task::yield_now().await;
            fs::write(folder.path().join("new.png"), "whole").unwrap();
        };
        let (found, ()) = tokio::join!(wait_for(folder.path(), read), late);
        assert_eq!(found, "whole");
    }
}
