//! The one suite that every place for blobs passes; each test is a promise of the trait.

use uuid::Uuid;
use wire::BlobId;

use super::{Appended, BlobStore, FileBlobs, Finished, MOST_UPLOADS, MemoryBlobs, Upload};

macro_rules! conformance {
    ($($law:ident),* $(,)?) => {
        mod memory { $(#[test] fn $law() { super::$law(&super::MemoryBlobs::default()); })* }
        mod files {
            $(#[test] fn $law() {
                let folder = tempfile::tempdir().expect("a folder");
                super::$law(&super::FileBlobs::new(folder.path()));
            })*
        }
    };
}

conformance!(
    an_upload_grows_and_becomes_a_blob,
    a_part_that_begins_elsewhere_changes_nothing,
    an_upload_of_other_bytes_is_dropped,
    an_upload_that_is_not_all_there_stays_one,
    an_upload_belongs_to_one_device,
    organisations_are_apart,
    a_blob_may_come_twice,
    a_blob_is_read_in_parts,
    a_blob_may_be_empty,
    a_blob_that_is_removed_is_gone_and_may_come_again,
    a_device_has_so_many_uploads_and_the_oldest_gives_way,
    parts_that_come_at_once_never_mix,
);

const ORG: Uuid = Uuid::from_u128(1);
const OTHER: Uuid = Uuid::from_u128(2);

fn upload(bytes: &[u8]) -> Upload {
    Upload { organisation: ORG, device: Uuid::from_u128(10), id: BlobId::of(bytes) }
}

fn append(blobs: &dyn BlobStore, upload: &Upload, offset: u64, bytes: &[u8]) -> Appended {
    blobs.append(upload, offset, bytes).expect("the place works")
}

fn finish(blobs: &dyn BlobStore, upload: &Upload, length: u64) -> Finished {
    blobs.finish(upload, length).expect("the place works")
}

fn uploaded(blobs: &dyn BlobStore, upload: &Upload) -> Option<u64> {
    blobs.uploaded(upload).expect("the place works")
}

fn bytes(blobs: &dyn BlobStore, organisation: Uuid, id: BlobId) -> Option<Vec<u8>> {
    blobs.read(organisation, id, 0, usize::MAX).expect("the place works")
}

fn an_upload_grows_and_becomes_a_blob(blobs: &dyn BlobStore) {
    let photo = upload(b"photograph");
    assert_eq!(uploaded(blobs, &photo), None);
    assert_eq!(append(blobs, &photo, 0, b"photo"), Appended::Now(5));
    assert_eq!(append(blobs, &photo, 5, b""), Appended::Now(5));
    assert_eq!((uploaded(blobs, &photo), blobs.size(ORG, photo.id).expect("works")), (Some(5), None));
    assert_eq!(append(blobs, &photo, 5, b"graph"), Appended::Now(10));
    assert_eq!(finish(blobs, &photo, 10), Finished::Done);
    assert_eq!((uploaded(blobs, &photo), blobs.size(ORG, photo.id).expect("works")), (None, Some(10)));
    assert_eq!(bytes(blobs, ORG, photo.id).as_deref(), Some(&b"photograph"[..]));
    assert_eq!(blobs.is_sound(ORG, photo.id).expect("works"), Some(true));
    assert_eq!(blobs.list(ORG).expect("works"), [photo.id]);
}

fn a_part_that_begins_elsewhere_changes_nothing(blobs: &dyn BlobStore) {
    let photo = upload(b"photograph");
    assert_eq!(append(blobs, &photo, 5, b"graph"), Appended::Elsewhere(0));
    assert_eq!(uploaded(blobs, &photo), None);
    append(blobs, &photo, 0, b"photo");
    for offset in [0, 4, 6, u64::MAX] {
        assert_eq!(append(blobs, &photo, offset, b"xxx"), Appended::Elsewhere(5), "{offset}");
    }
    append(blobs, &photo, 5, b"graph");
    assert_eq!(finish(blobs, &photo, 10), Finished::Done);
}

fn an_upload_of_other_bytes_is_dropped(blobs: &dyn BlobStore) {
    let photo = upload(b"photo");
    append(blobs, &photo, 0, b"phony");
    assert_eq!(finish(blobs, &photo, 5), Finished::Damaged);
    assert_eq!((uploaded(blobs, &photo), blobs.size(ORG, photo.id).expect("works")), (None, None));
    append(blobs, &photo, 0, b"photo");
    assert_eq!(finish(blobs, &photo, 5), Finished::Done);
}

fn an_upload_that_is_not_all_there_stays_one(blobs: &dyn BlobStore) {
    let photo = upload(b"photo");
    assert_eq!(finish(blobs, &photo, 5), Finished::Elsewhere(0));
    assert_eq!(finish(blobs, &photo, 0), Finished::Elsewhere(0), "nothing was begun");
    append(blobs, &photo, 0, b"pho");
    assert_eq!(finish(blobs, &photo, 5), Finished::Elsewhere(3));
    assert_eq!(uploaded(blobs, &photo), Some(3));
}

fn an_upload_belongs_to_one_device(blobs: &dyn BlobStore) {
    let (one, two) = (upload(b"photo"), Upload { device: Uuid::from_u128(11), ..upload(b"photo") });
    append(blobs, &one, 0, b"pho");
    assert_eq!(uploaded(blobs, &two), None);
    append(blobs, &two, 0, b"photo");
    assert_eq!((uploaded(blobs, &one), finish(blobs, &two, 5)), (Some(3), Finished::Done));
    append(blobs, &one, 3, b"to");
    assert_eq!(finish(blobs, &one, 5), Finished::Done);
}

fn organisations_are_apart(blobs: &dyn BlobStore) {
    let photo = upload(b"photo");
    append(blobs, &photo, 0, b"photo");
    let there = Upload { organisation: OTHER, ..photo };
    assert_eq!(uploaded(blobs, &there), None);
    finish(blobs, &photo, 5);
    assert_eq!((bytes(blobs, OTHER, photo.id), blobs.is_sound(OTHER, photo.id).expect("works")), (None, None));
    assert_eq!(blobs.list(OTHER).expect("works"), []);
}

fn a_blob_may_come_twice(blobs: &dyn BlobStore) {
    let id = blobs.put(ORG, b"photo").expect("works");
    assert_eq!(blobs.put(ORG, b"photo").expect("works"), id);
    let again = upload(b"photo");
    append(blobs, &again, 0, b"photo");
    assert_eq!(finish(blobs, &again, 5), Finished::Done);
    let other = blobs.put(ORG, b"other").expect("works");
    let mut both = [id, other];
    both.sort_unstable();
    assert_eq!(blobs.list(ORG).expect("works"), both);
}

fn a_blob_is_read_in_parts(blobs: &dyn BlobStore) {
    let id = blobs.put(ORG, b"photograph").expect("works");
    let part = |offset, length| blobs.read(ORG, id, offset, length).expect("works");
    assert_eq!(part(2, 3).as_deref(), Some(&b"oto"[..]));
    assert_eq!(part(8, 9).as_deref(), Some(&b"ph"[..]));
    assert_eq!(part(10, 9).as_deref(), Some(&b""[..]));
    assert_eq!(part(99, 9).as_deref(), Some(&b""[..]));
    assert_eq!(blobs.read(ORG, BlobId::of(b"nothing"), 0, 9).expect("works"), None);
}

fn a_blob_may_be_empty(blobs: &dyn BlobStore) {
    let empty = upload(b"");
    assert_eq!(append(blobs, &empty, 0, b""), Appended::Now(0));
    assert_eq!(uploaded(blobs, &empty), Some(0));
    assert_eq!(finish(blobs, &empty, 0), Finished::Done);
    assert_eq!(bytes(blobs, ORG, empty.id).as_deref(), Some(&b""[..]));
}

fn a_blob_that_is_removed_is_gone_and_may_come_again(blobs: &dyn BlobStore) {
    let id = blobs.put(ORG, b"photo").expect("works");
    blobs.put(OTHER, b"photo").expect("works");
    for _ in 0..2 {
        blobs.remove(ORG, id).expect("works");
        assert_eq!((bytes(blobs, ORG, id), blobs.list(ORG).expect("works")), (None, vec![]));
    }
    assert!(bytes(blobs, OTHER, id).is_some(), "that of another organisation stays");
    blobs.put(ORG, b"photo").expect("works");
    assert!(bytes(blobs, ORG, id).is_some());
}

fn a_device_has_so_many_uploads_and_the_oldest_gives_way(blobs: &dyn BlobStore) {
    let numbered = |number: usize| upload(&number.to_be_bytes());
    append(blobs, &Upload { device: Uuid::from_u128(11), ..numbered(0) }, 0, b"x");
    for number in 0..=MOST_UPLOADS {
        append(blobs, &numbered(number), 0, b"x");
        if number == 0 {
            // Some disks tell times apart by milliseconds only.
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
    let left = (0..=MOST_UPLOADS).filter(|number| uploaded(blobs, &numbered(*number)).is_some());
    assert_eq!(left.collect::<Vec<_>>(), (1..=MOST_UPLOADS).collect::<Vec<_>>());
    assert_eq!(
        uploaded(blobs, &Upload { device: Uuid::from_u128(11), ..numbered(0) }),
        Some(1),
        "another device's stays"
    );
}

fn parts_that_come_at_once_never_mix(blobs: &dyn BlobStore) {
    let all: Vec<u8> = (0..200_000u32).map(|n| n.to_be_bytes()[3]).collect();
    let photo = upload(&all);
    std::thread::scope(|threads| {
        for size in [1_000, 1_700, 4_096] {
            let all = &all;
            threads.spawn(move || {
                let mut offset = 0;
                while offset < all.len() {
                    let part = &all[offset..all.len().min(offset + size)];
                    let at = u64::try_from(offset).expect("is small");
                    let (Appended::Now(end) | Appended::Elsewhere(end)) = append(blobs, &photo, at, part);
                    offset = usize::try_from(end).expect("is small");
                }
            });
        }
    });
    assert_eq!(finish(blobs, &photo, 200_000), Finished::Done);
}
