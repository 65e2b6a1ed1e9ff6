//! Exchanges as they come by themselves.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use replica::{Store, watch};

use super::enrolled_with;
use super::gallery::Gallery;
use crate::support::{Tablet, id};

/// What a person waits for at most; everything here must be far quicker than the poll of 15 s.
const SOON: Duration = Duration::from_secs(5);

/// How the exchanges of one tablet have gone so far.
#[derive(Default)]
struct Exchanges {
    good: AtomicUsize,
    failed: AtomicUsize,
}

impl Exchanges {
    fn note(&self, is_good: bool) {
        let count = if is_good { &self.good } else { &self.failed };
        count.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether it has exchanged and waits for something to do.
    fn has_begun(&self) -> bool {
        self.good.load(Ordering::Relaxed) > 0
    }

    fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed) > 0
    }
}

/// Runs `act` while the tablets watch the gallery.
fn while_watching(gallery: &Gallery, tablets: &[&Tablet], act: impl FnOnce(&[Sender<()>], &[Exchanges])) {
    let mut ended = None;
    let exchanges: Vec<Exchanges> = tablets.iter().map(|_| Exchanges::default()).collect();
    std::thread::scope(|scope| {
        let mut wakes = Vec::new();
        for (tablet, exchanges) in tablets.iter().zip(&exchanges) {
            let (wake, woken) = mpsc::channel();
            wakes.push(wake);
            let store: &Store = tablet.store();
            scope.spawn(move || watch(store, gallery, &woken, |result| exchanges.note(result.is_ok())));
        }
        act(&wakes, &exchanges);
        ended = Some(Instant::now());
    });
    assert!(ended.is_some_and(|ended| ended.elapsed() < SOON), "it does not end when nobody wants it any more");
}

#[track_caller]
fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < SOON, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_save_on_one_tablet_is_on_another_within_a_moment() {
    let gallery = Gallery::default();
    let (a, b) = (enrolled_with(&gallery), enrolled_with(&gallery));
    while_watching(&gallery, &[&a, &b], |_, exchanges| {
        eventually("both watch", || exchanges.iter().all(Exchanges::has_begun));
        for number in 1..4 {
            a.save(id(number), "seen at once");
            eventually("the other tablet reads it", || b.holds(id(number)));
        }
    });
}

#[test]
fn a_server_that_cannot_be_listened_to_gets_saves_at_once_and_gives_news_when_asked() {
    let gallery = Gallery::default();
    let (a, b) = (enrolled_with(&gallery), enrolled_with(&gallery));
    gallery.state().has_no_live = true;
    while_watching(&gallery, &[&a, &b], |wakes, exchanges| {
        eventually("both watch", || exchanges.iter().all(Exchanges::has_begun));
        a.save(id(1), "sent at once");
        eventually("the server has it", || gallery.state().records.contains_key(&id(1)));
        wakes[1].send(()).expect("it watches");
        eventually("the other tablet reads it", || b.holds(id(1)));
    });
}

#[test]
fn a_save_of_another_window_is_sent_at_once() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    let other = tablet.another_window();
    while_watching(&gallery, &[&tablet], |_, exchanges| {
        eventually("it watches", || exchanges[0].has_begun());
        let set = vec![("note".to_owned(), crate::support::text("other"))];
        let save = replica::Save { id: Some(id(1)), kind: "inspection".into(), set, ..Default::default() };
        other.save(save).expect("a save");
        eventually("the server has it", || gallery.state().records.contains_key(&id(1)));
    });
}

#[test]
fn a_tablet_without_a_network_tries_again_when_asked() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    gallery.state().is_away = true;
    while_watching(&gallery, &[&tablet], |wakes, exchanges| {
        tablet.save(id(1), "kept");
        eventually("it has tried", || exchanges[0].has_failed());
        gallery.state().is_away = false;
        wakes[0].send(()).expect("it watches");
        eventually("the server has it", || gallery.state().records.contains_key(&id(1)));
    });
}
