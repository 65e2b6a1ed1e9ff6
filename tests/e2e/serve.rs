//! `rounds serve`: the screens of a tablet in a browser, through the built program.

use std::time::{Duration, Instant};

use rounds_tests::{TestBrowser, TestDevice, TestServer, scratch_folder};
use serde_json::{Value, json};

/// The code of the problem that a command is refused with.
fn code(browser: &TestBrowser, name: &str, arguments: Value) -> String {
    let problem: Value = browser.ask(name, &arguments).json().expect("JSON");
    problem["type"].as_str().and_then(|urn| urn.rsplit(':').next()).unwrap_or_default().to_owned()
}

/// Waits until something is so, for as long as a slow machine may take.
#[track_caller]
fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < until, "{what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn findings(browser: &TestBrowser) -> Vec<Value> {
    browser.call("finding.list", json!({}))["findings"].as_array().expect("findings").clone()
}

#[test]
fn what_is_saved_on_one_tablets_screens_shows_on_anothers_by_itself() {
    let folder = scratch_folder();
    let mut server = TestServer::init(&folder.path().join("server"), &["--preset", "kindergarten", "--demo"]);
    server.start();
    let tablets = ["a", "b"].map(|name| TestDevice::new(&folder.path().join(name)));
    for tablet in &tablets {
        tablet.enrol(&server, &[]);
        tablet.sync();
    }
    let [a, b] = [TestBrowser::at(&tablets[0]), TestBrowser::at(&tablets[1])];
    assert_eq!(a.call("door.get", json!({}))["door"], "tablet");
    assert_eq!(code(&a, "finding.report", json!({"description": "门坏了"})), "person-needed");
    assert_eq!(code(&a, "record.list", json!({"kind": "finding"})), "support-only");
    let people = a.call("person.list", json!({}));
    let guard = people["people"].as_array().expect("people").iter().find(|person| person["roles"][0] == "guard");
    let guard = guard.expect("a guard")["id"].clone();
    assert_eq!(code(&a, "person.switch", json!({"person": guard, "pin": "0000"})), "wrong-pin");
    a.call("person.switch", json!({"person": guard, "pin": "2309"}));
    assert_eq!(findings(&b), Vec::<Value>::new(), "nobody stands in front of it");
    b.call("person.switch", json!({"person": guard, "pin": "2309"}));
    let before = findings(&b).len();
    a.call("finding.report", json!({"description": "后门的锁坏了"}));
    wait_until("the other tablet shows it", || findings(&b).len() == before + 1);
    wait_until("it is known to be sent", || a.call("sync.status", json!({}))["pending"] == 0);
    assert_eq!(a.end(), Some(0));
    assert_eq!(b.end(), Some(0));
}

#[test]
fn two_programs_on_one_store_show_the_same_and_both_send() {
    let folder = scratch_folder();
    let mut server = TestServer::init(&folder.path().join("server"), &[]);
    server.start();
    let tablet = TestDevice::new(&folder.path().join("tablet"));
    tablet.enrol(&server, &[]);
    let (one, other) = (TestBrowser::at(&tablet), TestBrowser::at(&tablet));
    assert_ne!(one.cookie().split('=').next(), other.cookie().split('=').next(), "the doors do not share a cookie");
    tablet.call("record.save", json!({"kind": "note", "set": {"title": "x"}}));
    for browser in [&one, &other] {
        wait_until("everything is sent", || {
            let status = browser.call("sync.status", json!({}));
            status["pending"] == 0 && status["all_synced"] == true
        });
    }
    drop(one);
    tablet.call("record.save", json!({"kind": "note", "set": {"title": "y"}}));
    wait_until("the other one sends alone", || other.call("sync.status", json!({}))["pending"] == 0);
}

#[test]
fn it_serves_this_machine_alone_and_whoever_the_screens_say() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    assert_eq!(tablet.try_run(&["serve", "--listen", "0.0.0.0:0"]).0, 2);
    assert_eq!(tablet.held_by("王").try_run(&["serve"]).0, 2);
    let browser = TestBrowser::at(&tablet);
    let taken = browser.address().strip_prefix("http://").expect("an address").to_owned();
    let (code, answer) = tablet.try_run(&["serve", "--listen", &taken]);
    assert_eq!((code, &answer["problem"]["type"]), (1, &json!("urn:rounds:problem:cannot-listen")));
}
