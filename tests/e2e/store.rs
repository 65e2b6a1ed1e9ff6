//! A tablet's store on a disk that is full, damaged, lost or locked.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command};

use rounds_tests::{School, TestDevice, copy_folder, scratch_folder};
use serde_json::{Value, json};

fn notes(count: u64, length: usize) -> Vec<Value> {
    let text = |number| format!("{number} {}", "厨房地面积水".repeat(length));
    (0..count).map(|number| json!({ "kind": "work_log", "set": { "text": text(number) } })).collect()
}

fn slug(problem: &Value) -> String {
    problem["type"].as_str().unwrap_or_default().replace("urn:rounds:problem:", "")
}

/// A program that has the store open and does nothing, so that its log stays.
fn holding(tablet: &TestDevice) -> Child {
    let mut holder = tablet.spawn(&["call", "sync.status", "-"]);
    writeln!(holder.stdin.as_mut().expect("it is piped"), "{{}}").expect("it reads");
    let mut line = String::new();
    BufReader::new(holder.stdout.as_mut().expect("it is piped")).read_line(&mut line).expect("it answers");
    holder
}

#[test]
fn a_tablet_on_a_full_disk_never_says_that_it_is_synced() {
    let school = School::open(["one", "other"]);
    let [one, other] = &school.tablets;
    let mut holder = holding(one);
    one.call_lines("record.save", &notes(100, 200));
    one.sync();
    assert_eq!(one.run(&["status"])["badge"], "synced");
    other.call_lines("record.save", &notes(300, 100));
    other.sync();

    let (code, answer) = one.on_a_full_disk(64 << 10).try_run(&["sync"]);
    assert_eq!(code, 1, "{answer}");
    let status = one.run(&["status"]);
    assert_eq!((&status["badge"], &status["all_synced"]), (&json!("attention"), &json!(false)), "{status}");
    assert_eq!(slug(&status["last_problem"]), slug(&answer["problem"]));

    one.sync();
    let status = one.run(&["status"]);
    assert_eq!((&status["badge"], &status["last_problem"]), (&json!("synced"), &Value::Null), "{status}");
    drop(holder.stdin.take());
    holder.wait().expect("it ends");
}

#[test]
fn an_exchange_that_could_not_even_begin_is_told() {
    let school = School::open(["one"]);
    let [one] = &school.tablets;
    one.sync();
    let (code, answer) = one.on_a_full_disk(4_096).try_run(&["sync"]);
    assert_eq!((code, slug(&answer["problem"]).as_str()), (1, "disk-full"), "{answer}");
    let status = one.run(&["status"]);
    assert_eq!((&status["badge"], &status["badge_reason"]), (&json!("attention"), &json!("disk-full")), "{status}");
    one.sync();
    assert_eq!(one.run(&["status"])["badge"], "synced");
}

#[test]
fn a_store_without_its_log_has_everything_once_its_programs_have_ended() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    let mut serving = tablet.spawn(&["serve"]);
    let mut line = String::new();
    BufReader::new(serving.stdout.as_mut().expect("it is piped")).read_line(&mut line).expect("it serves");
    tablet.call_lines("record.save", &notes(20, 5));
    let status = Command::new("sh").args(["-c", &format!("kill -TERM {}", serving.id())]).status();
    assert!(status.expect("a shell is there").success() && serving.wait().expect("it ends").success());
    for log in ["rounds.sqlite3-wal", "rounds.sqlite3-shm"] {
        // Whoever tidies up deletes what looks like rubbish.
        drop(std::fs::remove_file(folder.path().join(log)));
    }
    assert_eq!(tablet.run(&["status"])["pending"], 20);
}

#[test]
fn a_lost_store_is_refused_and_the_folder_says_what_to_do() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    tablet.call_lines("record.save", &notes(2, 1));
    let file = folder.path().join("rounds.sqlite3");
    let whole = std::fs::read(&file).expect("the store");
    for lost in [None, Some(&b""[..])] {
        std::fs::remove_file(&file).expect("the file goes");
        if let Some(bytes) = lost {
            std::fs::write(&file, bytes).expect("an empty file");
        }
        let (code, answer) = tablet.try_run(&["status"]);
        assert_eq!((code, slug(&answer["problem"]).as_str()), (1, "lost-store"), "{answer}");
        assert!(answer["problem"]["detail"].as_str().expect("a detail").contains("another folder"));
        std::fs::write(&file, &whole).expect("it is put back");
        assert_eq!(tablet.run(&["status"])["pending"], 2);
    }
}

#[test]
fn a_damaged_store_is_salvaged_and_its_unsent_records_reach_the_office() {
    let school = School::open(["one", "reader"]);
    let [one, reader] = &school.tablets;
    one.call_lines("record.save", &notes(200, 20));
    one.sync();
    let saved = one.call("record.save", json!({ "kind": "work_log", "set": { "text": "未发送" } }));
    let file = one.folder().join("rounds.sqlite3");
    let mut bytes = std::fs::read(&file).expect("the store");
    let middle = bytes.len() / 2 / 4_096 * 4_096;
    bytes[middle..middle + 4_096].fill(0x5A);
    bytes[..100].fill(0);
    std::fs::write(&file, bytes).expect("damage");

    let to = school.folder.path().join("new");
    let new = TestDevice::new(&to);
    let told = one.run(&["salvage", "--to", to.to_str().expect("a path")]);
    assert_eq!(told["is_enrolled"], true, "{told}");
    assert!(told["unsent"].as_u64().is_some_and(|unsent| unsent >= 1), "{told}");
    let (code, answer) = one.try_run(&["salvage", "--to", to.to_str().expect("a path")]);
    assert_eq!((code, slug(&answer["problem"]).as_str()), (1, "not-empty"));
    new.sync();
    let status = new.run(&["status"]);
    assert_eq!((&status["badge"], &status["pending"]), (&json!("synced"), &json!(0)), "{status}");
    reader.sync();
    let id = saved["id"].as_str().expect("an id");
    assert_eq!(reader.get(id)["value"]["text"], "未发送");
}

#[cfg(unix)]
#[test]
fn a_folder_that_takes_no_writes_can_be_read_and_saved_elsewhere() {
    use std::os::unix::fs::PermissionsExt;
    let school = School::open(["one"]);
    let [one] = &school.tablets;
    one.call_lines("record.save", &notes(5, 1));
    let locked = school.folder.path().join("locked");
    copy_folder(one.folder(), &locked);
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("its mode");
    };
    for file in std::fs::read_dir(&locked).expect("the folder").flatten() {
        mode(&file.path(), 0o444);
    }
    mode(&locked, 0o555);
    mode(school.folder.path(), 0o755);
    let tablet = TestDevice::new(&locked).as_nobody();
    assert_eq!(tablet.run(&["status"])["pending"], 5);
    let (code, answer) = tablet.try_run(&["call", "record.save", r#"{"kind":"work_log","set":{"text":"x"}}"#]);
    assert_eq!((code, slug(&answer["problem"]).as_str()), (1, "read-only"), "{answer}");
    let to = scratch_folder();
    mode(to.path(), 0o777);
    let new = to.path().join("new");
    assert_eq!(tablet.run(&["salvage", "--to", new.to_str().expect("a path")])["records"], 5);
    mode(&locked, 0o755);
}
