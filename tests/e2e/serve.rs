//! `rounds serve`: the screens of a tablet in a browser, through the built program.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use reqwest::blocking::{Client, Response};
use reqwest::header::{COOKIE, SET_COOKIE};
use rounds_tests::{TestDevice, TestServer, scratch_folder};
use serde_json::{Value, json};

use crate::http::client;

/// A browser at the door of a tablet; the program ends with it.
struct Browser {
    program: Child,
    client: Client,
    address: String,
    cookie: String,
}

impl Browser {
    /// Starts the program, and follows the link that it prints.
    fn at(tablet: &TestDevice) -> Self {
        let mut program = tablet.spawn(&["serve"]);
        let mut line = String::new();
        BufReader::new(program.stdout.take().expect("it is piped")).read_line(&mut line).expect("it says where");
        let said: Value = serde_json::from_str(&line).expect("JSON");
        let text = |key: &str| said[key].as_str().expect("a text").to_owned();
        let client = client();
        let opened = client.get(text("open")).send().expect("an answer");
        let cookie =
            opened.headers()[SET_COOKIE].to_str().expect("a text").split(';').next().expect("a cookie").to_owned();
        Self { program, client, address: text("listening"), cookie }
    }

    fn ask(&self, name: &str, arguments: &Value) -> Response {
        let request = self.client.post(format!("{}/app/call/{name}", self.address)).body(arguments.to_string());
        request.header("X-Rounds", "1").header(COOKIE, &self.cookie).send().expect("an answer")
    }

    fn call(&self, name: &str, arguments: Value) -> Value {
        let answer = self.ask(name, &arguments);
        let status = answer.status();
        let answer: Value = answer.json().expect("JSON");
        assert!(status.is_success(), "{name} {arguments}: {status} {answer}");
        answer
    }

    fn code(&self, name: &str, arguments: Value) -> String {
        let problem: Value = self.ask(name, &arguments).json().expect("JSON");
        problem["type"].as_str().and_then(|urn| urn.rsplit(':').next()).unwrap_or_default().to_owned()
    }

    /// Ends the program as a terminal does, and gives the exit code.
    fn end(mut self) -> Option<i32> {
        let status = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.program.id())]).status();
        assert!(status.expect("a shell is there").success());
        self.program.wait().expect("it ends").code()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The test is over; a program that has already ended is as good.
        drop(self.program.kill());
        drop(self.program.wait());
    }
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

fn findings(browser: &Browser) -> Vec<Value> {
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
    let [a, b] = [Browser::at(&tablets[0]), Browser::at(&tablets[1])];
    assert_eq!(a.call("door.get", json!({}))["door"], "tablet");
    assert_eq!(a.code("finding.report", json!({"description": "门坏了"})), "person-needed");
    assert_eq!(a.code("record.list", json!({"kind": "finding"})), "support-only");
    let people = a.call("person.list", json!({}));
    let guard = people["people"].as_array().expect("people").iter().find(|person| person["roles"][0] == "guard");
    let guard = guard.expect("a guard")["id"].clone();
    assert_eq!(a.code("person.switch", json!({"person": guard, "pin": "0000"})), "wrong-pin");
    a.call("person.switch", json!({"person": guard, "pin": "2309"}));
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
    let (one, other) = (Browser::at(&tablet), Browser::at(&tablet));
    assert_ne!(one.cookie.split('=').next(), other.cookie.split('=').next(), "the doors do not share a cookie");
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
    let browser = Browser::at(&tablet);
    let taken = browser.address.strip_prefix("http://").expect("an address").to_owned();
    let (code, answer) = tablet.try_run(&["serve", "--listen", &taken]);
    assert_eq!((code, &answer["problem"]["type"]), (1, &json!("urn:rounds:problem:cannot-listen")));
}
