//! What `cargo xtask run` prints, typed as it is printed.

use std::process::Command;

use rounds_tests::{TestDevice, TestServer, program, scratch_folder};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::http::RawDevice;

const TEXT: &str = include_str!("../../xtask/src/walkthrough.txt");

/// The fields go in this order: the folder last.
struct Demo {
    tablet: TestDevice,
    _server: TestServer,
    folder: TempDir,
}

/// As `cargo xtask run` makes it.
fn demo() -> Demo {
    let folder = scratch_folder();
    let mut server = TestServer::init(&folder.path().join("server"), &["--preset", "kindergarten", "--demo"]);
    assert_eq!(server.run(&["check"])["findings"], json!([]));
    server.start();
    let tablet = TestDevice::new(&folder.path().join("tablet"));
    tablet.enrol(&server, &[]);
    Demo { tablet, _server: server, folder }
}

/// Everything in the text that has the shape of an id.
fn ids() -> Vec<&'static str> {
    let mut ids: Vec<&str> = TEXT.split(|c: char| !c.is_ascii_hexdigit() && c != '-').collect();
    ids.retain(|word| word.len() == 36);
    ids
}

#[test]
fn every_printed_command_works_in_the_printed_order() {
    let demo = demo();
    let tablet = &demo.tablet;
    let rounds = format!("'{}' --store '{}'", program("rounds").display(), tablet.folder().display());
    let commands: Vec<&str> = TEXT.lines().map(str::trim).filter(|line| line.starts_with("{rounds} ")).collect();
    assert!(commands.len() >= 12, "{commands:?}");
    for command in commands {
        let mut shell = Command::new("sh");
        shell.args(["-c", &command.replace("{rounds}", &rounds)]).current_dir(demo.folder.path());
        let output = shell.output().expect("a shell");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{command}\n{said}{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str::<Value>(&said).expect("a JSON document");
    }
    for id in ids() {
        tablet.get(id);
    }
    let finding = ids().into_iter().find(|id| tablet.get(id)["kind"] == "finding").expect("a finding");
    assert_eq!(tablet.call("finding.get", json!({ "id": finding }))["state_zh"], "已销号");
    let status = tablet.run(&["status"]);
    assert_eq!((&status["pending"], &status["conflicts"]), (&json!(0), &json!(0)));
}

#[test]
fn the_printed_people_have_the_printed_names_and_pins() {
    let demo = demo();
    let tablet = &demo.tablet;
    tablet.sync();
    let people: Vec<Vec<&str>> =
        TEXT.lines().filter(|line| line.contains("  PIN ")).map(|line| line.split_whitespace().collect()).collect();
    let known = tablet.call("person.list", json!({}))["people"].as_array().expect("people").clone();
    assert_eq!(people.len(), known.len());
    for words in people {
        let ["PIN", pin, name, ..] = words[..] else { panic!("{words:?}") };
        let id = &known.iter().find(|person| person["name"] == name).expect("somebody of that name")["id"];
        let check = |pin: &str| tablet.call("pin.check", json!({ "person": id, "pin": pin }))["outcome"].clone();
        assert_eq!((check(pin), check("0000")), (json!("right"), json!("wrong")), "{name}");
    }
}

#[test]
fn the_demo_shows_a_finding_in_each_state_and_something_to_go_on_with() {
    let demo = demo();
    let tablet = &demo.tablet;
    tablet.sync();
    let findings = tablet.call("finding.list", json!({}))["findings"].as_array().expect("findings").clone();
    let states = ["待派发", "待整改", "整改中", "待复查", "退回重改", "挂账", "已销号", "误报作废", "现场已改"];
    for state in states {
        assert!(findings.iter().any(|finding| finding["state_zh"] == state), "{state}");
    }
    assert!(findings.iter().any(|finding| finding["is_out_of_service"] == true));
    assert!(findings.iter().any(|finding| finding["is_overdue"] == true));
    assert_eq!(tablet.call("conflict.list", json!({}))["conflicts"].as_array().map(Vec::len), Some(1));
    let open = tablet.call("inspection.list", json!({ "stage": "open" }))["inspections"].clone();
    assert_eq!((open.as_array().map(Vec::len), &open[0]["template"]), (Some(1), &json!("T01@1")));
    assert_eq!(open[0]["business_date"], tablet.call("today.get", json!({}))["business_date"]);
}

/// What an office reads of the walks of a demo that ends on the afternoon of a Tuesday.
fn walks_of(preset: &str) -> Vec<Value> {
    let folder = scratch_folder();
    let now = ["--demo", "--preset", preset, "--now", "2026-11-24T15:00:00+08:00"];
    let mut server = TestServer::init(&folder.path().join("server"), &now);
    server.start();
    let tablet = TestDevice::new(&folder.path().join("tablet"));
    tablet.enrol(&server, &[]);
    tablet.sync();
    let days = json!({ "from": "2026-11-03", "to": "2026-11-24" });
    let head = tablet.held_by("0197d000-0000-7000-8000-000200000001").at("2026-11-24T11:00:00+08:00");
    head.call("patrol.coverage", days)["rows"].as_array().expect("rows").clone()
}

#[test]
fn the_demo_shows_three_weeks_of_walks_of_which_most_are_whole() {
    for preset in ["kindergarten", "school"] {
        let rows = walks_of(preset);
        let now = 1_795_489_200_000_i64;
        let over: Vec<&Value> = rows.iter().filter(|row| row["to"].as_i64().expect("a time") <= now).collect();
        let count = |is: &dyn Fn(&Value) -> bool| over.iter().filter(|row| is(row)).count();
        let figure = |row: &Value, name: &str| row[name].as_u64().expect("a figure");
        let whole = count(&|row| figure(row, "on_time") == figure(row, "points"));
        assert!(over.len() > 130 && whole * 10 > over.len() * 9, "{preset}: {whole} of {}", over.len());
        for part in ["late", "entered", "short", "by_hand", "abnormal"] {
            assert!(count(&|row| figure(row, part) > 0) >= 1, "{preset}: {part}");
        }
        assert_eq!(count(&|row| figure(row, "runs") == 0), 1, "{preset}: nobody walked once");
        assert_eq!(count(&|row| figure(row, "runs") == 2), 2, "{preset}: two went together");
        let reasons: Vec<&Value> = over.iter().flat_map(|row| row["reasons"].as_array().expect("reasons")).collect();
        for reason in ["厨房正在消毒，未入内", "雷雨，户外未走"] {
            assert!(reasons.iter().any(|given| **given == json!([reason])), "{preset}: {reason}");
        }
    }
}

#[test]
fn at_the_school_of_the_demo_nobody_boards_at_the_weekend() {
    let rows = walks_of("school");
    let rounds = |day: &str| {
        rows.iter()
            .filter(|row| row["day"] == day && row["window_name"].as_str().is_some_and(|name| name.starts_with("夜巡")))
            .count()
    };
    // A Thursday, a Friday, a Saturday and a Sunday.
    assert_eq!(["2026-11-12", "2026-11-13", "2026-11-14", "2026-11-15"].map(rounds), [4, 2, 2, 4]);
}

#[test]
fn a_school_gets_a_demo_of_its_own_sort() {
    let folder = scratch_folder();
    let mut server = TestServer::init(&folder.path().join("server"), &["--demo"]);
    server.start();
    let tablet = TestDevice::new(&folder.path().join("tablet"));
    tablet.enrol(&server, &[]);
    tablet.sync();
    assert_eq!(tablet.call("campus.list", json!({}))["campuses"][0]["kind"], "school");
    let forms = tablet.call("inspection.list", json!({}))["inspections"].as_array().expect("forms").clone();
    let is_of_kindergartens = |form: &Value| form["template"] == "T12@1" || form["template"] == "T14@1";
    assert!(forms.len() > 15 && !forms.iter().any(is_of_kindergartens));
}

#[test]
fn two_demos_of_one_moment_are_the_same_even_before_the_day_has_come_to_its_end() {
    let records = ["a", "b"].map(|name| {
        let folder = scratch_folder();
        let now = ["--demo", "--now", "2026-11-24T09:00:00+08:00"];
        let mut server = TestServer::init(&folder.path().join(name), &now);
        server.start();
        let reader = RawDevice::enrol(&server.address(), &server.enrol_code(&[]));
        reader.pull()
    });
    assert!(records[0].len() > 80);
    assert_eq!(records[0], records[1]);
}

#[test]
fn without_a_demo_the_feed_stays_empty() {
    let folder = scratch_folder();
    let mut server = TestServer::init(&folder.path().join("server"), &["--preset", "kindergarten"]);
    server.start();
    let tablet = TestDevice::new(&folder.path().join("tablet"));
    tablet.enrol(&server, &[]);
    assert_eq!(tablet.sync()["pulled"], 0);
}
