//! Where ids and secrets come from.

use rand::TryRngCore;
use rand::rngs::OsRng;
use uuid::Uuid;

/// A source of bytes that nobody can guess; tests hand in one that everybody can.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's source.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, bytes: &mut [u8]) {
        OsRng.try_fill_bytes(bytes).expect("a system that runs this server has a source of randomness");
    }
}

/// A random UUID.
pub fn random_uuid(random: &dyn Random) -> Uuid {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
