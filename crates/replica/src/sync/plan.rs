//! What to do next, from what is known; no step is ever decided anywhere else.

/// What the plan looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    /// A frozen push waits for its answer.
    pub(crate) in_flight: bool,
    /// A new replica id was taken, and the feed was not read to its end since.
    pub(crate) pull_first: bool,
    /// The outbox has an entry that can be sent.
    pub(crate) sendable: bool,
    /// The feed was read to its end during this exchange, and no change was heard of since.
    pub(crate) reached_end: bool,
    /// A blob is on its way, and the server has told how much of it is there.
    pub(crate) uploading: bool,
    /// A blob is owed that can be sent now.
    pub(crate) owes_blob: bool,
    /// A small picture is wanted that can be asked for now.
    pub(crate) wants_blob: bool,
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
    /// Ask how much of the next blob the server has.
    AskBlob,
    /// Send the next part of the blob that is on its way.
    SendPart,
    /// Fetch the next small picture.
    FetchBlob,
    /// Nothing is left to do.
    Done,
}

/// Decides the next step.
///
/// Law: nothing is pulled while a push waits for its answer, nothing is frozen before a pull that must come first has
/// ended, and an exchange is done only when nothing can be sent and the feed was read to its end.
/// Blobs wait for the records, which are small and name them, and a record that is saved meanwhile goes between two parts;
/// what is fetched waits for what is sent, since what is sent exists here alone.
pub(crate) fn next_step(facts: Facts) -> Step {
    match facts {
        Facts { in_flight: true, .. } => Step::SendFrozen,
        Facts { pull_first: true, .. } => Step::Pull,
        Facts { sendable: true, .. } => Step::Freeze,
        Facts { reached_end: false, .. } => Step::Pull,
        Facts { uploading: true, .. } => Step::SendPart,
        Facts { owes_blob: true, .. } => Step::AskBlob,
        Facts { wants_blob: true, .. } => Step::FetchBlob,
        _ => Step::Done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_facts() -> impl Iterator<Item = Facts> {
        (0..128u8).map(|bits| Facts {
            in_flight: bits & 1 != 0,
            pull_first: bits & 2 != 0,
            sendable: bits & 4 != 0,
            reached_end: bits & 8 != 0,
            uploading: bits & 16 != 0,
            owes_blob: bits & 32 != 0,
            wants_blob: bits & 64 != 0,
        })
    }

    /// Nothing is left of the records.
    const SETTLED: Facts = Facts {
        in_flight: false,
        pull_first: false,
        sendable: false,
        reached_end: true,
        uploading: false,
        owes_blob: false,
        wants_blob: false,
    };

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
        assert_eq!(done, [SETTLED]);
    }

    #[test]
    fn what_can_be_sent_goes_before_what_can_be_read() {
        assert_eq!(next_step(Facts { sendable: true, reached_end: false, ..SETTLED }), Step::Freeze);
    }

    #[test]
    fn blobs_wait_for_the_records() {
        let is_settled = |facts: &Facts| {
            let records = Facts { uploading: false, owes_blob: false, wants_blob: false, ..*facts };
            records == SETTLED
        };
        let carries_blobs = |step| matches!(step, Step::AskBlob | Step::SendPart | Step::FetchBlob);
        for facts in all_facts() {
            assert!(is_settled(&facts) || !carries_blobs(next_step(facts)), "{facts:?}");
        }
    }

    #[test]
    fn a_blob_that_is_on_its_way_is_finished_before_the_next_and_all_are_sent_before_any_is_fetched() {
        assert_eq!(next_step(Facts { uploading: true, owes_blob: true, wants_blob: true, ..SETTLED }), Step::SendPart);
        assert_eq!(next_step(Facts { owes_blob: true, wants_blob: true, ..SETTLED }), Step::AskBlob);
        assert_eq!(next_step(Facts { wants_blob: true, ..SETTLED }), Step::FetchBlob);
    }
}
