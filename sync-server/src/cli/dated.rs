//! Dated backups in one folder, of which only the newest are kept.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

use chrono::{DateTime, NaiveDateTime, Utc};

/// How a name tells its moment, in UTC: names in their order are moments in theirs.
const FORM: &str = "rounds-%Y%m%dT%H%M%SZ.tar";

/// The name of the backup that was made at `now_ms`; nothing for a moment that no calendar has.
pub(super) fn name(now_ms: u64) -> Option<String> {
    let moment = DateTime::<Utc>::from_timestamp_millis(i64::try_from(now_ms).ok()?)?;
    Some(moment.format(FORM).to_string())
}

/// Whether a dated backup is called so; whatever else lies in the folder is somebody else's.
fn is_ours(name: &str) -> bool {
    NaiveDateTime::parse_from_str(name, FORM).is_ok_and(|moment| moment.format(FORM).to_string() == name)
}

/// Which of `names` go so that `made` and the newest others are `keep` together; `made` stays, also where a clock that was set back
/// makes it the oldest.
fn surplus(names: impl IntoIterator<Item = String>, made: &str, keep: usize) -> Vec<String> {
    let mut others: Vec<String> = names.into_iter().filter(|name| is_ours(name) && name != made).collect();
    others.sort_unstable();
    others.truncate(others.len().saturating_sub(keep.saturating_sub(1)));
    others
}

/// Takes the older backups away from `folder`, and gives the names of those that went; one that cannot be taken away stays, and is
/// tried again after the next backup.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn prune(folder: &Path, made: &OsStr, keep: usize) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            names.extend(entry.file_name().into_string());
        }
    }
    let mut gone = surplus(names, &made.to_string_lossy(), keep);
    gone.retain(|name| {
        let removed = fs::remove_file(folder.join(name));
        if let Err(error) = &removed {
            tracing::error!(name, %error, "an older backup cannot be taken away");
        }
        removed.is_ok()
    });
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_tells_its_moment_and_what_is_called_otherwise_is_somebody_else_s() {
        assert_eq!(name(1_788_228_000_000).as_deref(), Some("rounds-20260901T020000Z.tar"));
        assert_eq!(name(u64::MAX), None);
        for other in
            ["rounds-20260901T020000Z.tar.part", "rounds-20261301T000000Z.tar", "rounds-202691T020000Z.tar", "x"]
        {
            assert!(!is_ours(other), "{other}");
        }
    }

    proptest! {
        #[test]
        fn the_newest_stay_and_the_one_that_was_made_whatever_the_clock_says(
            moments in prop::collection::btree_set(0u64..4_000_000_000, 1..30),
            made in any::<prop::sample::Index>(),
            keep in 1usize..20,
        ) {
            let names: Vec<String> = moments.iter().filter_map(|moment| name(moment * 1_000)).collect();
            let made = made.get(&names);
            let gone = surplus(names.iter().cloned().chain(["notes.txt".to_owned()]), made, keep);
            prop_assert!(!gone.contains(made));
            prop_assert!(gone.iter().all(|name| is_ours(name)));
            let mut left: Vec<&String> = names.iter().filter(|name| !gone.contains(name)).collect();
            prop_assert_eq!(left.len(), names.len().min(keep));
            left.retain(|name| *name != made);
            prop_assert!(left.iter().all(|kept| gone.iter().all(|old| old < *kept)), "what goes is older than what stays");
        }
    }
}
