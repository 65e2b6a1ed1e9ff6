//! Several windows on one store, each with people at work.

use std::sync::Barrier;

use serde_json::{Value, json};

use crate::support::{Hand, Tablet, text};

/// Runs one piece of work in each window, all at once.
fn at_once<T: Send>(windows: &[Hand], work: impl Fn(usize, &Hand) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(windows.len());
    std::thread::scope(|scope| {
        let run = |(index, hand)| {
            let (start, work) = (&start, &work);
            scope.spawn(move || {
                start.wait();
                work(index, hand)
            })
        };
        let threads: Vec<_> = windows.iter().enumerate().map(run).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    })
}

fn windows(tablet: &Tablet, count: usize) -> Vec<Hand> {
    (0..count).map(|_| tablet.app(Some("li"))).collect()
}

fn steps(app: &Hand) -> Vec<Value> {
    let finding = app.findings()[0]["id"].clone();
    app.call("finding.get", json!({"id": finding}))["steps"].as_array().expect("steps").clone()
}

#[test]
fn what_is_due_is_done_once_however_many_windows_look() {
    for _ in 0..5 {
        let tablet = Tablet::new();
        let windows = windows(&tablet, 4);
        let id = windows[0].kitchen();
        windows[0].answer(&id, "T01.06", json!("fail"));
        tablet.wait_ms(5_000);
        windows[0].answer(&id, "T01.06", json!("pass"));
        tablet.wait_ms(5_000);
        at_once(&windows, |_, app| app.call("sync.status", json!({})));
        assert_eq!(steps(&windows[0]).len(), 1);
    }
}

#[test]
fn one_window_submits_and_writes_the_steps_of_the_findings_once() {
    for _ in 0..5 {
        let tablet = Tablet::new();
        let windows = windows(&tablet, 4);
        let id = windows[0].kitchen();
        windows[0].answer(&id, "T01.06", json!("fail"));
        tablet.wait_ms(5_000);
        windows[0].answer(&id, "T01.06", json!("pass"));
        let submitted = at_once(&windows, |_, app| app.tries("inspection.submit", json!({"id": id, "reason": "停电"})));
        assert_eq!(submitted.iter().filter(|result| result.is_ok()).count(), 1);
        for error in submitted.iter().filter_map(|result| result.as_ref().err()) {
            assert_eq!(*error, "already-submitted");
        }
        assert_eq!(steps(&windows[0]).len(), 1);
    }
}

#[test]
fn an_answer_beside_a_submit_is_in_it_or_refused() {
    for _ in 0..10 {
        let tablet = Tablet::new();
        let windows = windows(&tablet, 2);
        let id = windows[0].kitchen();
        let results = at_once(&windows, |index, app| match index {
            0 => app.tries("inspection.submit", json!({"id": id, "reason": "停电"})),
            _ => app.tries("inspection.answer", json!({"id": id, "item": "T01.01", "result": "pass"})),
        });
        assert!(results[0].is_ok());
        let held = windows[0].call("record.get", json!({"id": id}))["value"].clone();
        let missing = held["incomplete/li"]["missing"].as_array().expect("a list").clone();
        let is_missing = missing.iter().any(|gap| gap["item"] == "T01.01");
        assert_eq!(results[1].is_err(), is_missing, "{:?}", results[1]);
    }
}

#[test]
fn answers_of_several_windows_all_arrive() {
    let tablet = Tablet::new();
    let windows = windows(&tablet, 4);
    let id = windows[0].kitchen();
    let items = ["T01.01", "T01.02", "T01.04", "T01.05"];
    at_once(&windows, |index, app| app.answer(&id, items[index], json!("pass")));
    let form = windows[0].call("inspection.get", json!({"id": id}));
    assert_eq!(form["score"]["answered"], 4);
}

#[test]
fn one_start_that_several_windows_make_gives_one_form() {
    let tablet = Tablet::new();
    let windows = windows(&tablet, 4);
    let arguments = json!({"id": "0199a1f0-0000-7000-8000-0000000000aa", "template": "T01@1"});
    let forms = at_once(&windows, |_, app| app.call("inspection.start", arguments.clone()));
    let versions: Vec<String> = forms.iter().map(|form| text(&form["version"])).collect();
    assert!(versions.iter().all(|version| *version == versions[0]), "{versions:?}");
}
