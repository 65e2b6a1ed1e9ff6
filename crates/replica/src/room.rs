//! How much room a disk has left.

use std::path::Path;

/// The bytes that a program without special rights may still write to the disk of a folder; none where the system does not tell.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn free_bytes(folder: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(folder).ok()?;
    told.f_bavail.checked_mul(told.f_frsize)
}

/// The bytes that a program without special rights may still write to the disk of a folder; none where the system does not tell.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(crate) fn free_bytes(_folder: &Path) -> Option<u64> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_disk_tells_its_room_and_a_folder_that_is_not_there_tells_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(free_bytes(folder.path()).is_some());
        assert_eq!(free_bytes(&folder.path().join("not there")), None);
    }
}
