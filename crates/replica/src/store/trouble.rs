//! What stopped the last exchange, where the database does not take the note: a full disk keeps nothing, and least of all that
//! it is full.
//!
//! The note lies in a file of a fixed size, made while there was room; writing over what is there needs no more of it.
//! Every process that has the store open reads it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use wire::Problem;

use super::error::StoreError;

/// The size of the file; a detail that does not fit is left out.
const ROOM: usize = 1 << 10;

/// Notes that the store could not even be opened for want of room; a folder in which no room was set aside takes no note.
pub(super) fn note_full_disk(file: PathBuf, error: &StoreError) {
    let problem = Problem {
        urn: "urn:rounds:problem:disk-full".to_owned(),
        title: "The device has no room left.".to_owned(),
        status: None,
        detail: Some(error.to_string()),
        members: serde_json::Map::new(),
    };
    Trouble { file, unwritten: Mutex::default() }.note(&problem);
}

/// The place of the note.
pub(super) struct Trouble {
    file: PathBuf,
    /// What not even the file took; it ends with the process.
    unwritten: Mutex<Option<Problem>>,
}

impl Trouble {
    /// Makes the file, where there is none.
    pub(super) fn reserve(file: PathBuf) -> Self {
        let is_there = fs::metadata(&file).is_ok_and(|found| found.len() >= ROOM as u64);
        if !is_there && let Err(error) = fs::write(&file, [b' '; ROOM]) {
            tracing::debug!(%error, "no room is set aside for a note of trouble");
        }
        Self { file, unwritten: Mutex::default() }
    }

    /// The note, if there is one.
    pub(super) fn read(&self) -> Option<Problem> {
        let unwritten = self.unwritten().clone();
        unwritten.or_else(|| Problem::decode(fs::read(&self.file).ok()?.trim_ascii()))
    }

    /// Notes what has happened, in place of what was noted before.
    pub(super) fn note(&self, problem: &Problem) {
        let mut text = problem.encode();
        if text.len() > ROOM {
            text = Problem { detail: None, members: serde_json::Map::new(), ..problem.clone() }.encode();
        }
        let written = self.overwrite(&text);
        if let Err(error) = &written {
            tracing::warn!(%error, "a note of trouble is kept in memory alone");
        }
        *self.unwritten() = written.is_err().then(|| problem.clone());
    }

    /// Takes the note away.
    pub(super) fn clear(&self) {
        *self.unwritten() = None;
        if self.read().is_some()
            && let Err(error) = self.overwrite(b"")
        {
            tracing::warn!(%error, "an old note of trouble cannot be taken away");
        }
    }

    /// Never shortens the file: the room would be gone.
    fn overwrite(&self, text: &[u8]) -> io::Result<()> {
        let mut whole = [b' '; ROOM];
        whole.get_mut(..text.len()).ok_or(io::ErrorKind::FileTooLarge)?.copy_from_slice(text);
        File::options().write(true).open(&self.file)?.write_all(&whole)
    }

    fn unwritten(&self) -> MutexGuard<'_, Option<Problem>> {
        self.unwritten.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::ProblemType;

    fn problem(detail: &str) -> Problem {
        Problem::new(ProblemType::StorageFull).detail(detail)
    }

    #[test]
    fn a_note_takes_no_more_room_than_was_set_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("note");
        let trouble = Trouble::reserve(file.clone());
        let size = || fs::metadata(&file).expect("the file").len();
        assert_eq!((trouble.read(), size()), (None, ROOM as u64));
        trouble.note(&problem("no room"));
        assert_eq!((trouble.read(), size()), (Some(problem("no room")), ROOM as u64));
        let other = Trouble::reserve(file.clone());
        assert_eq!(other.read(), Some(problem("no room")), "another process reads it");
        trouble.note(&problem(&"long ".repeat(ROOM)));
        assert_eq!(
            other.read().map(|found| (found.kind(), found.detail)),
            Some((Some(ProblemType::StorageFull), None))
        );
        other.clear();
        assert_eq!((trouble.read(), size()), (None, ROOM as u64));
    }

    #[test]
    fn what_the_file_does_not_take_is_known_to_this_process() {
        let folder = tempfile::tempdir().expect("a folder");
        let trouble = Trouble::reserve(folder.path().join("not there").join("note"));
        trouble.note(&problem("no room"));
        assert_eq!(trouble.read(), Some(problem("no room")));
        trouble.clear();
        assert_eq!(trouble.read(), None);
    }
}
