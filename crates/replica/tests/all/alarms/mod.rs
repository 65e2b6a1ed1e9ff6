//! The alarms that tell a store that it has a twin, or that its server went back in time, one test each.

mod once;
mod pull;
mod push;
mod renaming;

use causal::{Dot, ReplicaId, VersionVector};
use wire::ProblemType;

use crate::support::{Answer, NOTE, Page, Script, Sent, Tablet, id};

/// The field of the write that waits in record 1.
const SCORE: &str = "score";

/// A tablet whose record 1 holds an acknowledged note (write 1) and a score that waits (write 2), and whose record 2 is
/// new (write 3).
struct Owing {
    tablet: Tablet,
    old: ReplicaId,
    /// What a form that had shown both values of record 1 would give back.
    seen: String,
}

impl Owing {
    fn new() -> Self {
        let tablet = Tablet::enrolled();
        tablet.save_and_sync(id(1), "acknowledged");
        tablet.save_seeing(id(1), Some(&tablet.seen(id(1))), SCORE, "owed");
        tablet.save(id(2), "new");
        Self { old: tablet.replica(), seen: tablet.seen(id(1)), tablet }
    }

    /// The same, after the server has rejected both records, so that the feed is read next.
    fn rejected() -> Self {
        let owing = Self::new();
        let script = Script::new();
        let reply = |sent: &Sent| {
            Answer::to(sent).rejecting(id(1), ProblemType::NotAllowed).rejecting(id(2), ProblemType::NotAllowed)
        };
        script.push(reply).echo("1");
        owing.tablet.sync(&script).expect("an exchange without faults");
        owing
    }

    /// Freezes and sends, which the script answers with an alarm.
    fn send(&self, script: &Script) {
        assert!(self.tablet.step(script).expect("frozen"));
        assert!(self.tablet.step(script).expect("an alarm is no error"));
        script.expect_done();
    }

    /// Pulls, which the script answers with an alarm.
    fn pull(&self, script: &Script) {
        assert!(self.tablet.step(script).expect("an alarm is no error"));
        script.expect_done();
    }

    /// The store has taken a new id, and nothing else has happened to it.
    #[track_caller]
    fn expect_new_id(&self) -> ReplicaId {
        let identity = self.tablet.identity();
        let (old, new) = (self.old, identity.replica);
        assert_ne!(new, old, "the replica id stayed");
        assert_eq!((identity.push_number, &identity.push_digest, identity.pull_first), (0, &None, true));
        assert!(!identity.reached_end, "the end of the feed was read by another replica");
        let version = |dots: &[Dot]| dots.iter().copied().collect::<VersionVector>();
        let first = self.tablet.state(id(1));
        assert_eq!(*first.version(), version(&[Dot::new(old, 1), Dot::new(new, 2)]));
        let dots = |field: &str| first.siblings(field).map(|sibling| sibling.dot).collect::<Vec<_>>();
        assert_eq!((dots(NOTE), dots(SCORE)), (vec![Dot::new(old, 1)], vec![Dot::new(new, 2)]));
        assert_eq!(first.writes().keys().copied().collect::<Vec<_>>(), dots_in_order(&[(old, 1), (new, 2)]));
        let second = self.tablet.state(id(2));
        assert_eq!(*second.version(), version(&[Dot::new(new, 3)]));
        assert_eq!(second.writes().keys().copied().collect::<Vec<_>>(), [Dot::new(new, 3)]);
        assert!(!self.tablet.holds(id(9)), "something of the message was merged");
        assert_eq!(self.tablet.queue(), [id(1), id(2)]);
        assert!(self.tablet.rejected().is_empty(), "what moved to a new id is tried again");
        new
    }

    /// The feed is read to its end, and only then does the first push of the new id go out.
    #[track_caller]
    fn expect_fresh_start(&self, cursor: &str) {
        let new = self.tablet.replica();
        let script = Script::new();
        script.page(Page::of([], cursor).and_more()).page(Page::of([], "fresh")).takes();
        self.tablet.sync(&script).expect("an exchange without faults");
        let sent = script.last_push();
        let head = &sent.request.head;
        assert_eq!((head.replica, head.number, &head.previous), (new, 1, &None));
        assert_eq!(sent.ids(), [id(1), id(2)]);
        assert!(self.tablet.queue().is_empty());
        script.echo("after");
        self.tablet.sync(&script).expect("an exchange without faults");
        assert_eq!(self.tablet.replica(), new, "a second alarm");
        let saved = self.tablet.save(id(3), "next");
        assert_eq!(saved.dot, Dot::new(new, 4), "a counter of the old id was used again or left out");
    }
}

fn dots_in_order(dots: &[(ReplicaId, u64)]) -> Vec<Dot> {
    let mut dots: Vec<Dot> = dots.iter().map(|(replica, counter)| Dot::new(*replica, *counter)).collect();
    dots.sort();
    dots
}
