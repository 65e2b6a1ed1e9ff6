//! Photos that were put here and that no record names yet.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use replica::BlobId;

/// So many are remembered: more than one day's photos, of which almost all are named within a minute.
const MOST: usize = 4_000;

/// Who has put which photo, for as long as the program runs.
///
/// What lasts longer than that stands in a draft of theirs.
#[derive(Default)]
pub(crate) struct FreshPhotos(Mutex<VecDeque<(BlobId, Option<Arc<str>>)>>);

impl FreshPhotos {
    /// Remembers that somebody, or nobody who was named, has put a photo.
    pub(crate) fn note(&self, blob: BlobId, by: Option<Arc<str>>) {
        let mut put = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if put.len() == MOST {
            put.pop_front();
        }
        put.push_back((blob, by));
    }

    /// Whether this person has put it. What was put while nobody was named is of whoever works then.
    pub(crate) fn is_of(&self, blob: BlobId, person: Option<&str>) -> bool {
        let put = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        put.iter().any(|(own, by)| *own == blob && (by.is_none() || by.as_deref() == person))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(number: usize) -> BlobId {
        BlobId::of(number.to_string().as_bytes())
    }

    #[test]
    fn a_photo_is_of_who_put_it_and_the_oldest_are_forgotten_first() {
        let fresh = FreshPhotos::default();
        fresh.note(photo(0), Some("li".into()));
        fresh.note(photo(1), None);
        assert!(fresh.is_of(photo(0), Some("li")));
        assert!(!fresh.is_of(photo(0), Some("wang")) && !fresh.is_of(photo(0), None));
        assert!(fresh.is_of(photo(1), Some("wang")) && fresh.is_of(photo(1), None));
        for number in 2..=MOST {
            fresh.note(photo(number), Some("li".into()));
        }
        assert!(!fresh.is_of(photo(0), Some("li")) && fresh.is_of(photo(1), Some("li")));
    }
}
