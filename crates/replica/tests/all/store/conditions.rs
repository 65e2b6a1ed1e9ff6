//! Saves that hold only while nobody else has changed what they were decided on.

use std::sync::Barrier;

use replica::{Save, Store, StoreError};

use crate::support::{NOTE, Tablet, id, text};

fn save_if(store: &Store, version: &str, value: &str) -> Result<(), StoreError> {
    let save = Save {
        id: Some(id(1)),
        kind: "inspection".into(),
        seen: Some(version.to_owned()),
        only_if: Some(version.to_owned()),
        set: vec![(NOTE.into(), text(value))],
        ..Save::default()
    };
    store.save(save).map(drop)
}

#[test]
fn a_save_that_was_decided_on_an_older_version_changes_nothing() {
    let tablet = Tablet::new();
    save_if(tablet.store(), "", "a").expect("nothing is there");
    let first = tablet.seen(id(1));
    save_if(tablet.store(), &first, "b").expect("nothing came between");
    let second = tablet.seen(id(1));
    for old in ["", first.as_str()] {
        let error = save_if(&tablet.another_window(), old, "c").expect_err("it has changed");
        assert!(matches!(error, StoreError::Changed(changed) if changed == id(1)), "{error}");
    }
    assert_eq!(tablet.seen(id(1)), second);
}

#[test]
fn of_several_windows_that_decide_on_one_version_one_saves() {
    let tablet = Tablet::new();
    let windows: Vec<Store> = (0..4).map(|_| tablet.another_window()).collect();
    let start = Barrier::new(windows.len());
    let saved: Vec<bool> = std::thread::scope(|scope| {
        let save = |store| {
            start.wait();
            save_if(store, "", "a").is_ok()
        };
        let threads: Vec<_> = windows.iter().map(|store| scope.spawn(move || save(store))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert_eq!(saved.iter().filter(|saved| **saved).count(), 1);
}

#[test]
fn what_a_setting_asks_for_is_done_once() {
    let tablet = Tablet::new();
    tablet.store().set_device_setting("task/1", &true).expect("it is set");
    let names = ["task/1".to_owned(), "task/2".to_owned()];
    let task =
        || Save { id: Some(id(1)), kind: "inspection".into(), set: vec![(NOTE.into(), text("a"))], ..Save::default() };
    assert!(tablet.store().save_taking_settings(&names, vec![task()]).expect("it is done").is_some());
    let version = tablet.seen(id(1));
    assert!(tablet.another_window().save_taking_settings(&names, vec![task()]).expect("nothing to do").is_none());
    assert_eq!(tablet.seen(id(1)), version);
    assert_eq!(tablet.store().device_setting::<bool>("task/1").expect("it reads"), None);
}

#[test]
fn a_setting_stays_when_what_it_asks_for_cannot_be_saved() {
    let tablet = Tablet::new();
    tablet.save(id(1), "a");
    tablet.store().set_device_setting("task/1", &true).expect("it is set");
    let task = Save {
        id: Some(id(1)),
        kind: "inspection".into(),
        only_if: Some(String::new()),
        set: vec![(NOTE.into(), text("b"))],
        ..Save::default()
    };
    let result = tablet.store().save_taking_settings(&["task/1".to_owned()], vec![task]);
    assert!(matches!(result, Err(StoreError::Changed(_))));
    assert_eq!(tablet.store().device_setting::<bool>("task/1").expect("it reads"), Some(true));
}
