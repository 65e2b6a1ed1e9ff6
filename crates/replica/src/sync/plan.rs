//! What to do next, from what is known; no step is ever decided anywhere else.

/// What the plan looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    /// A frozen push waits for its answer.
    pub(crate) in_flight: bool,
    /// A new replica id was taken, and the feed was not read to its end since.
    pub(crate) pull_first: bool,
    /// Entries of the outbox that can be sent.
    pub(crate) sendable: u64,
    /// The feed was read to its end during this exchange.
    pub(crate) reached_end: bool,
}

/// The next step of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Send the frozen push, and store its answer.
    SendFrozen,
    /// Freeze the next push.
    Freeze,
    /// Read the next page of the feed.
    Pull,
    /// Nothing is left to do.
    Done,
}

/// Decides the next step.
///
/// Law: nothing is pulled while a push waits for its answer, nothing is frozen before a pull that must come first has
/// ended, and an exchange is done only when nothing can be sent and the feed was read to its end.
pub(crate) fn next_step(facts: Facts) -> Step {
    match facts {
        Facts { in_flight: true, .. } => Step::SendFrozen,
        Facts { pull_first: true, .. } => Step::Pull,
        Facts { sendable: 1.., .. } => Step::Freeze,
        Facts { reached_end: false, .. } => Step::Pull,
        _ => Step::Done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_facts() -> impl Iterator<Item = Facts> {
        (0..16u8).map(|bits| Facts {
            in_flight: bits & 1 != 0,
            pull_first: bits & 2 != 0,
            sendable: u64::from(bits & 4 != 0),
            reached_end: bits & 8 != 0,
        })
    }

    #[test]
    fn a_frozen_push_is_answered_before_anything_else() {
        assert!(all_facts().filter(|facts| facts.in_flight).all(|facts| next_step(facts) == Step::SendFrozen));
    }

    #[test]
    fn nothing_is_frozen_before_a_pull_that_comes_first() {
        let waiting = all_facts().filter(|facts| facts.pull_first && !facts.in_flight);
        assert!(waiting.map(next_step).all(|step| step == Step::Pull));
    }

    #[test]
    fn an_exchange_is_done_only_when_nothing_is_owed_either_way() {
        let done: Vec<Facts> = all_facts().filter(|facts| next_step(*facts) == Step::Done).collect();
        assert_eq!(done, [Facts { in_flight: false, pull_first: false, sendable: 0, reached_end: true }]);
    }

    #[test]
    fn what_can_be_sent_goes_before_what_can_be_read() {
        let facts = Facts { in_flight: false, pull_first: false, sendable: 3, reached_end: false };
        assert_eq!(next_step(facts), Step::Freeze);
    }
}
