//! Files aside: bounded in number and age, stopped when told, and each for who asked for it.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::*;

/// Longer than any test may take.
const LONG: Duration = Duration::from_secs(300);

fn asked(person: &str, at_ms: u64) -> Asked {
    Asked {
        person: Some(person.into()),
        arguments: "{}".to_owned(),
        sheet: "waste".to_owned(),
        title: ("废弃物处置".to_owned(), "Waste".to_owned()),
        format: "csv",
        at_ms,
    }
}

fn exported() -> Exported {
    Exported {
        file: SheetFile { name: "waste.csv".to_owned(), mime: "text/csv", rows: 1, bytes: vec![1] },
        leaving: Leaving {
            code: "waste".to_owned(),
            title: "废弃物处置".to_owned(),
            period: "全部".to_owned(),
            rows: 1,
        },
        sight: None,
    }
}

/// Work that says how far it is and goes on only when it is told to.
struct Slow {
    begun: Receiver<()>,
    go_on: Sender<()>,
    ended: Receiver<bool>,
}

impl Slow {
    /// Begins such work; whether it was stopped comes out of `ended`.
    fn begin(exports: &Arc<Exports>, id: u128, person: &str) -> (Arc<Job>, Self) {
        let ((begin, begun), (go_on, told), (end, ended)) = (channel(), channel::<()>(), channel());
        let work: Work = Box::new(move |progress| {
            progress.begin(Step::Reading, 2);
            progress.row()?;
            begin.send(()).expect("the test listens");
            // A test that has ended tells nobody anything.
            let _ = told.recv();
            let next = progress.row();
            let _ = end.send(next.is_err());
            next.map(|()| exported())
        });
        let job = exports.begin(Uuid::from_u128(id), asked(person, 0), work).expect("there is room");
        (job, Self { begun, go_on, ended })
    }
}

fn quick() -> Work {
    Box::new(|_| Ok(exported()))
}

#[test]
fn a_file_says_how_far_it_is_and_is_there_in_the_end() {
    let exports = Arc::new(Exports::default());
    let (job, slow) = Slow::begin(&exports, 1, "li");
    slow.begun.recv().expect("it begins");
    let reached = job.progress.reached();
    assert_eq!((reached.step, reached.done, reached.of), (Step::Reading, 1, 2));
    assert!(job.outcome().is_none(), "it is not whole yet");
    slow.go_on.send(()).expect("it waits");
    job.wait(LONG);
    assert_eq!(job.outcome().expect("it has ended").expect("a file").file.bytes, [1]);
}

#[test]
fn a_stopped_file_ends_at_its_next_row_and_is_forgotten_at_once() {
    let exports = Arc::new(Exports::default());
    let (job, slow) = Slow::begin(&exports, 1, "li");
    slow.begun.recv().expect("it begins");
    exports.end(&job);
    assert!(exports.of(Some("li")).is_empty(), "at once");
    slow.go_on.send(()).expect("it waits");
    assert_eq!(slow.ended.recv(), Ok(true), "its next row is refused");
    assert_eq!(job.outcome().expect("it has ended").expect_err("no file").kind, ProblemType::NotFound);
}

#[test]
fn two_are_made_at_once_and_a_third_when_one_of_them_has_ended() {
    let exports = Arc::new(Exports::default());
    let (_, first) = Slow::begin(&exports, 1, "li");
    let (_, second) = Slow::begin(&exports, 2, "wang");
    first.begun.recv().expect("it begins");
    second.begun.recv().expect("so does this");
    let third = exports.begin(Uuid::from_u128(3), asked("zhao", 0), quick()).expect("there is room");
    assert_eq!((third.progress.reached().step, third.outcome().is_none()), (Step::Waiting, true));
    first.go_on.send(()).expect("it waits");
    third.wait(LONG);
    assert!(third.outcome().is_some_and(|outcome| outcome.is_ok()));
}

#[test]
fn one_that_waits_for_its_turn_can_be_stopped_and_is_never_made() {
    let exports = Arc::new(Exports::default());
    let busy = [1, 2].map(|id| Slow::begin(&exports, id, "li").1);
    busy.iter().for_each(|slow| slow.begun.recv().expect("it begins"));
    let (made, was_made) = channel();
    let work: Work = Box::new(move |_| {
        made.send(()).expect("the test listens");
        Ok(exported())
    });
    let third = exports.begin(Uuid::from_u128(3), asked("li", 0), work).expect("there is room");
    exports.end(&third);
    third.wait(LONG);
    assert!(third.outcome().is_some_and(|outcome| outcome.is_err()));
    // Its work went with it, and so did the sender.
    assert!(was_made.recv().is_err());
}

#[test]
fn each_sees_their_own_alone_and_a_sign_out_ends_theirs_alone() {
    let exports = Arc::new(Exports::default());
    for (id, person) in [(1, "li"), (2, "wang")] {
        exports.begin(Uuid::from_u128(id), asked(person, 0), quick()).expect("there is room").wait(LONG);
    }
    let ids = |person: &str| exports.of(Some(person)).iter().map(|job| job.id.as_u128()).collect::<Vec<_>>();
    assert_eq!((ids("li"), ids("wang"), ids("nobody")), (vec![1], vec![2], vec![]));
    exports.end_of(Some("li"));
    assert_eq!((ids("li"), ids("wang")), (vec![], vec![2]));
    exports.end_all();
    assert_eq!(ids("wang"), Vec::<u128>::new());
}

#[test]
fn the_oldest_that_has_ended_gives_way_and_nothing_that_is_being_made() {
    let exports = Arc::new(Exports::default());
    for id in 1..=4 {
        exports.begin(Uuid::from_u128(id), asked("li", 0), quick()).expect("one gives way").wait(LONG);
    }
    let ids: Vec<u128> = exports.of(Some("li")).iter().map(|job| job.id.as_u128()).collect();
    assert_eq!(ids, [2, 3, 4]);
    let busy: Vec<Slow> = [11, 12, 13].into_iter().map(|id| Slow::begin(&exports, id, "wang").1).collect();
    let refused = exports.begin(Uuid::from_u128(14), asked("wang", 0), quick());
    assert_eq!(refused.err().map(|error| error.kind), Some(ProblemType::TooManyExports));
    drop(busy);
}

#[test]
fn there_are_never_more_than_memory_has_room_for() {
    let exports = Arc::new(Exports::default());
    for person in 0..MOST {
        exports
            .begin(Uuid::from_u128(person as u128), asked(&person.to_string(), 0), quick())
            .expect("room")
            .wait(LONG);
    }
    let refused = exports.begin(Uuid::from_u128(99), asked("one more", 0), quick());
    assert_eq!(refused.err().map(|error| error.kind), Some(ProblemType::TooManyExports));
}

#[test]
fn what_nobody_has_wanted_for_an_hour_is_gone() {
    let exports = Arc::new(Exports::default());
    exports.begin(Uuid::from_u128(1), asked("li", 5), quick()).expect("room").wait(LONG);
    exports.forget_old(5 + OLDEST_MS - 1);
    assert_eq!(exports.of(Some("li")).len(), 1);
    exports.forget_old(5 + OLDEST_MS);
    assert!(exports.of(Some("li")).is_empty());
}

#[test]
fn a_mistake_in_one_file_lets_the_next_be_made() {
    let exports = Arc::new(Exports::default());
    for id in 1..=AT_ONCE as u128 {
        let work: Work = Box::new(|_| panic!("a mistake"));
        let job = exports.begin(Uuid::from_u128(id), asked("li", 0), work).expect("room");
        job.wait(LONG);
        assert_eq!(job.outcome().expect("it has ended").expect_err("no file").kind, ProblemType::Internal);
    }
    let next = exports.begin(Uuid::from_u128(9), asked("li", 0), quick()).expect("room");
    next.wait(LONG);
    assert!(next.outcome().is_some_and(|outcome| outcome.is_ok()));
}
