//! Whether a push follows the last one of its replica.

use wire::{Digest, PushHead};

/// What the chain says about an arriving push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The next one: apply it.
    Next,
    /// The last one again: give the kept answer.
    Replay,
    /// Another store pushes under this replica id.
    Forked,
    /// Neither the last nor the next.
    OutOfOrder {
        /// The number of the next one.
        expected: u64,
    },
}

/// Judges a push by `last`, the number and digest of the replica's last push.
pub(super) fn judge(last: Option<(u64, Digest)>, head: &PushHead, digest: Digest) -> Verdict {
    let expected = last.map_or(1, |(number, _)| number + 1);
    if head.number == expected {
        let previous = last.map(|(_, digest)| digest.to_string());
        return if head.previous == previous { Verdict::Next } else { Verdict::Forked };
    }
    match last {
        Some((number, kept)) if number == head.number => {
            if kept == digest {
                Verdict::Replay
            } else {
                Verdict::Forked
            }
        }
        _ => Verdict::OutOfOrder { expected },
    }
}

#[cfg(test)]
mod tests {
    use causal::ReplicaId;
    use uuid::Uuid;

    use super::*;

    fn check(last: Option<(u64, &str)>, number: u64, previous: Option<&str>, body: &str, expected: Verdict) {
        let last = last.map(|(number, body)| (number, wire::digest(body.as_bytes())));
        let head = PushHead {
            epoch: String::new(),
            replica: ReplicaId(Uuid::nil()),
            number,
            previous: previous.map(|body| wire::digest(body.as_bytes()).to_string()),
        };
        assert_eq!(judge(last, &head, wire::digest(body.as_bytes())), expected, "{last:?} {head:?} {body}");
    }

    #[test]
    fn the_chain_table_of_the_protocol_holds() {
        check(None, 1, None, "a", Verdict::Next);
        check(None, 1, Some("x"), "a", Verdict::Forked);
        check(None, 0, None, "a", Verdict::OutOfOrder { expected: 1 });
        check(None, 2, Some("a"), "b", Verdict::OutOfOrder { expected: 1 });
        check(Some((1, "a")), 1, None, "a", Verdict::Replay);
        check(Some((1, "a")), 1, None, "b", Verdict::Forked);
        check(Some((1, "a")), 2, Some("a"), "b", Verdict::Next);
        check(Some((1, "a")), 2, Some("x"), "b", Verdict::Forked);
        check(Some((1, "a")), 2, None, "b", Verdict::Forked);
        check(Some((3, "c")), 1, None, "a", Verdict::OutOfOrder { expected: 4 });
        check(Some((3, "c")), 2, None, "c", Verdict::OutOfOrder { expected: 4 });
        check(Some((3, "c")), 5, Some("c"), "e", Verdict::OutOfOrder { expected: 4 });
        check(Some((3, "c")), 0, None, "c", Verdict::OutOfOrder { expected: 4 });
    }
}
