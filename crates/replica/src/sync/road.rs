//! What lies between a tablet and its server, such as a proxy with limits of its own, and what is known of it.

/// Bytes of records in one push; well below what the server takes, so that a lost answer costs little.
const PUSH_BYTES: usize = 2 << 20;
/// Bytes in one part of a photo; what a lost answer costs.
const PART_BYTES: usize = 512 << 10;
/// No part is made smaller than this.
const SMALLEST_PART: usize = 32 << 10;
/// The status by which a proxy says that a body is too large for it.
pub(super) const TOO_LARGE: u16 = 413;

/// How large a body the road lets through, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Road {
    push: usize,
    part: usize,
}

impl Default for Road {
    fn default() -> Self {
        Self { push: PUSH_BYTES, part: PART_BYTES }
    }
}

impl Road {
    /// What is tried in the next exchange: a tablet is carried about, and its road may have become a wider one.
    #[must_use]
    pub(super) fn hopeful(self) -> Self {
        Self { push: (self.push * 2).min(PUSH_BYTES), part: (self.part * 2).min(PART_BYTES) }
    }

    /// Bytes of records in the next push.
    pub(super) fn push_bytes(self) -> usize {
        self.push
    }

    /// Bytes in the next part of a photo.
    pub(super) fn part_bytes(self) -> usize {
        self.part
    }

    /// Whether something was refused for its size, so that what is small had better go first.
    pub(super) fn is_narrow(self) -> bool {
        self.push < PUSH_BYTES
    }

    /// A push of so many bytes did not pass.
    pub(super) fn refused_push(&mut self, bytes: usize) {
        self.push = (bytes / 2).min(self.push);
    }

    /// A part of so many bytes did not pass; false when none will.
    pub(super) fn refused_part(&mut self, bytes: usize) -> bool {
        self.part = (bytes / 2).clamp(SMALLEST_PART, self.part);
        bytes > SMALLEST_PART
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_shrink_by_halves_and_grow_again_in_the_next_exchange() {
        let mut road = Road::default();
        assert!(!road.is_narrow());
        road.refused_push(1_500_000);
        assert_eq!((road.push_bytes(), road.is_narrow()), (750_000, true));
        road.refused_push(90_000);
        assert_eq!(road.hopeful().push_bytes(), 90_000);
        assert_eq!(Road::default().hopeful(), Road::default());
    }

    #[test]
    fn no_part_is_smaller_than_the_smallest() {
        let mut road = Road::default();
        let mut tried = Vec::new();
        while road.refused_part(road.part_bytes()) {
            tried.push(road.part_bytes() >> 10);
        }
        assert_eq!(tried, [256, 128, 64, 32]);
        assert!(!Road::default().refused_part(20_000), "what is left of a photo may be less than a part");
    }
}
