//! Time and randomness that a seed decides, and folders that cost no disk.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use replica::{Clock, Entropy};
use tempfile::TempDir;

/// A clock that the test moves, wrong by a constant.
#[derive(Clone, Debug)]
pub struct TestClock {
    now_ms: Arc<AtomicU64>,
    skew_ms: i64,
}

impl TestClock {
    /// A clock that reads `now_ms`.
    pub fn new(now_ms: u64) -> Self {
        Self { now_ms: Arc::new(AtomicU64::new(now_ms)), skew_ms: 0 }
    }

    /// The same clock, wrong by `skew_ms`.
    pub fn skewed(&self, skew_ms: i64) -> Self {
        Self { now_ms: self.now_ms.clone(), skew_ms }
    }

    /// Lets time pass.
    pub fn advance(&self, milliseconds: u64) {
        self.now_ms.fetch_add(milliseconds, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now_ms(&self) -> u64 {
        self.now_ms.load(Ordering::Relaxed).saturating_add_signed(self.skew_ms)
    }
}

impl sync_server::service::Clock for TestClock {
    fn now_ms(&self) -> u64 {
        Clock::now_ms(self)
    }
}

/// Randomness that a seed decides.
#[derive(Clone, Debug)]
pub struct SeededEntropy(Arc<Mutex<StdRng>>);

impl SeededEntropy {
    /// The bytes that follow from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }
}

impl sync_server::service::Random for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        Entropy::fill(self, bytes);
    }
}

/// A folder that is gone at the end of the test; in memory where the system has such a place, since what these tests prove
/// is the order of writes, not the disk.
///
/// # Panics
/// When no folder can be made.
pub fn scratch_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.or_else(|_| TempDir::new()).expect("a test needs a folder to work in")
}

/// Copies the files of a folder into another, which holds nothing else afterwards.
///
/// # Panics
/// When one cannot be read or written.
pub fn copy_folder(from: &Path, to: &Path) {
    if to.exists() {
        std::fs::remove_dir_all(to).expect("the folder goes");
    }
    std::fs::create_dir_all(to).expect("the folder is made");
    for entry in std::fs::read_dir(from).expect("the folder reads") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
    }
}
