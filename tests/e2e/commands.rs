//! The command line is a contract: names, flags, shapes and exit codes.

use rounds_tests::{TestDevice, scratch_folder};
use serde_json::{Value, json};

fn keys(document: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = document.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn a_save_answers_with_id_and_version_and_a_read_with_the_contract_s_keys() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path()).held_by("王师傅");
    let saved = tablet.call("record.save", json!({ "kind": "inspection", "set": { "title": "厨房日检", "n": 1.50 } }));
    assert_eq!(keys(&saved), ["id", "version"]);
    let read = tablet.call("record.get", json!({ "id": saved["id"] }));
    assert_eq!(keys(&read), ["conflicts", "id", "kind", "value", "version"]);
    assert_eq!(read["value"], json!({ "title": "厨房日检", "n": 1.5 }));
    assert_eq!(read["conflicts"], json!({}));
}

#[test]
fn a_save_that_saw_nothing_leaves_both_values_and_one_that_saw_them_settles_it() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    let first = tablet.call("record.save", json!({ "kind": "note", "set": { "a": 1 } }));
    let id = first["id"].clone();
    tablet.held_by("李").call("record.save", json!({ "id": id, "kind": "note", "set": { "a": 2 } }));
    let read = tablet.call("record.get", json!({ "id": id }));
    let values: Vec<&Value> =
        read["conflicts"]["a"].as_array().expect("siblings").iter().map(|s| &s["value"]).collect();
    assert_eq!(values, [&json!(1), &json!(2)]);
    assert_eq!(read["conflicts"]["a"][1]["by"], "李");
    assert_eq!(keys(&read["conflicts"]["a"][0]), ["at", "by", "device", "value"]);
    tablet.call("record.save", json!({ "id": id, "kind": "note", "seen": read["version"], "set": { "a": 3 } }));
    let read = tablet.call("record.get", json!({ "id": id }));
    assert_eq!((&read["value"]["a"], &read["conflicts"]), (&json!(3), &json!({})));
}

#[test]
fn a_form_s_seen_grows_by_its_own_saves_alone() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    let form = tablet.call("record.save", json!({ "kind": "note", "set": { "a": 1 } }));
    let id = form["id"].clone();
    tablet.call("record.save", json!({ "id": id, "kind": "note", "set": { "b": "other window" } }));
    let form = tablet.call(
        "record.save",
        json!({ "id": id, "kind": "note", "seen": form["version"], "set": { "a": 2, "b": "form" } }),
    );
    let read = tablet.call("record.get", json!({ "id": id }));
    assert_eq!(read["value"]["a"], 2);
    assert_eq!(read["conflicts"]["b"].as_array().map(Vec::len), Some(2), "{read}");
    tablet.call("record.save", json!({ "id": id, "kind": "note", "seen": form["version"], "set": { "b": "form 2" } }));
    let read = tablet.call("record.get", json!({ "id": id }));
    assert_eq!(read["conflicts"]["b"].as_array().map(Vec::len), Some(2), "the other window's value was swallowed");
}

#[test]
fn lists_go_by_key_and_leave_deleted_records_out() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    let documents: Vec<Value> = (0..7).map(|n| json!({ "kind": "note", "set": { "n": n } })).collect();
    let saved = tablet.call_lines("record.save", &documents);
    let third = &saved[2];
    tablet.call("record.delete", json!({ "id": third["id"], "seen": third["version"] }));
    let mut seen = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = tablet.call("record.list", json!({ "kind": "note", "limit": 3, "after": after }));
        assert!(page["records"].as_array().expect("records").len() <= 3);
        seen.extend(page["records"].as_array().expect("records").iter().map(|record| record["value"]["n"].clone()));
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert_eq!(seen, [0, 1, 3, 4, 5, 6].map(|n| json!(n)));
}

#[test]
fn a_write_that_a_deletion_had_not_seen_keeps_the_record_visible() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    let old = tablet.call("record.save", json!({ "kind": "note", "set": { "a": 1 } }));
    let id = old["id"].clone();
    tablet.call("record.save", json!({ "id": id, "kind": "note", "seen": old["version"], "set": { "a": 2 } }));
    tablet.call("record.delete", json!({ "id": id, "seen": old["version"] }));
    let listed = tablet.call("record.list", json!({ "kind": "note" }));
    assert_eq!(listed["records"].as_array().map(Vec::len), Some(1));
    let read = tablet.call("record.get", json!({ "id": id }));
    assert!(read["conflicts"]["_deleted"].is_array(), "{read}");
    tablet.call("record.save", json!({ "id": id, "kind": "note", "seen": read["version"], "set": { "a": 3 } }));
    let read = tablet.call("record.get", json!({ "id": id }));
    assert_eq!(read["conflicts"], json!({}), "a save that saw the deletion takes it back");
}

#[test]
fn one_answer_a_line_comes_after_each_commit_and_a_bad_line_stops_nothing() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    let documents = [
        json!({ "kind": "note", "set": { "n": 1 } }),
        json!({ "kind": "NOTE", "set": { "n": 2 } }),
        json!({ "kind": "note", "set": { "n": 3 } }),
    ];
    let answers = tablet.call_lines("record.save", &documents);
    assert_eq!(answers.len(), 3);
    assert!(answers[0]["id"].is_string() && answers[2]["id"].is_string());
    assert!(answers[1]["problem"]["type"].is_string());
}

#[test]
fn status_and_sync_have_the_contract_s_keys() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    let status = tablet.run(&["status"]);
    for key in [
        "pushed",
        "pulled",
        "rejected",
        "pending",
        "pending_blobs",
        "conflicts",
        "cursor",
        "replica",
        "device",
        "last_success_at",
        "last_problem",
    ] {
        assert!(status.get(key).is_some(), "status lacks {key}");
    }
    let (code, answer) = tablet.try_run(&["sync"]);
    assert_eq!((code, &answer["problem"]["type"]), (1, &json!("urn:rounds:problem:not-enrolled")));
}

#[test]
fn bad_input_gets_a_problem_and_changes_nothing() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    let saved = tablet.call("record.save", json!({ "kind": "note", "set": { "a": 1 } }));
    let before = tablet.get(saved["id"].as_str().expect("an id"));
    let id = &saved["id"];
    for arguments in [
        json!({ "id": id, "kind": "note", "set": {} }),
        json!({ "id": id, "kind": "other", "set": { "a": 2 } }),
        json!({ "id": id, "kind": "note", "scope": "01a20c59-be82-7097-a3e5-739595e1292a", "set": { "a": 2 } }),
        json!({ "id": id, "kind": "note", "seen": "rubbish", "set": { "a": 2 } }),
        json!({ "id": id, "kind": "note", "set": { "_deleted": [] } }),
        json!({ "id": id, "kind": "note", "set": { "": 2 } }),
        json!({ "id": id, "kind": "note", "set": { "a": "x".repeat(70_000) } }),
        json!({ "id": "no uuid", "kind": "note", "set": { "a": 2 } }),
        json!({ "id": id, "kind": "note", "set": { "a": 2 }, "sene": "" }),
        json!([1, 2]),
    ] {
        let problem = tablet.refused("record.save", arguments.clone());
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{arguments}: {problem}");
    }
    let twice = format!(r#"{{"id":{id},"kind":"note","set":{{"a":2,"a":3}}}}"#);
    assert_eq!(tablet.try_run(&["call", "record.save", &twice]).0, 1, "a field that stands twice was taken");
    assert_eq!(tablet.get(saved["id"].as_str().expect("an id")), before);
    let (code, _) = tablet.try_run(&["call", "no.such", "{}"]);
    assert_eq!(code, 2);
    let (code, _) = tablet.try_run(&["no-such-word"]);
    assert_eq!(code, 2);
    let (code, _) = tablet.try_run(&["--now", "tomorrow", "status"]);
    assert_eq!(code, 2);
}

#[test]
fn a_newer_a_foreign_and_a_damaged_file_are_refused_and_left_alone() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    tablet.call("record.save", json!({ "kind": "note", "set": { "a": 1 } }));
    let file = folder.path().join("rounds.sqlite3");
    let good = std::fs::read(&file).expect("the store");
    let connection = rusqlite::Connection::open(&file).expect("the store opens");
    connection.pragma_update(None, "user_version", 999).expect("a newer layout");
    drop(connection);
    let (code, answer) = tablet.try_run(&["status"]);
    assert_eq!((code, &answer["problem"]["type"]), (1, &json!("urn:rounds:problem:newer-store")));
    for rubbish in [b"no database at all, but long enough to be read as one".repeat(40), vec![0; 4096]] {
        std::fs::write(&file, &rubbish).expect("written");
        let (code, answer) = tablet.try_run(&["status"]);
        assert_eq!(code, 1, "{answer}");
        assert!(answer["problem"]["type"].is_string(), "{answer}");
        assert_eq!(std::fs::read(&file).expect("the file"), rubbish, "the file was changed");
    }
    std::fs::write(&file, good).expect("written");
}

#[test]
fn every_command_is_listed_with_its_schemas() {
    let folder = scratch_folder();
    let list = TestDevice::new(folder.path()).run(&["call", "--list"]);
    let commands = list["commands"].as_array().expect("commands");
    for name in ["record.save", "record.get", "record.list", "record.delete", "sync.status", "inspection.start"] {
        let command = commands.iter().find(|command| command["name"] == name);
        let command = command.unwrap_or_else(|| panic!("{name} is not listed"));
        assert!(command["arguments"].is_object() && command["answer"].is_object(), "{name}");
    }
}

#[test]
fn a_start_or_a_report_under_an_id_makes_nothing_twice() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    let start = json!({ "id": "0197d000-0000-7000-8000-000000000001", "template": "T01@1", "subject": "厨房" });
    let first = tablet.call("inspection.start", start.clone());
    assert_eq!(first["id"], start["id"]);
    tablet.call("inspection.answer", json!({ "id": first["id"], "item": "T01.01", "result": "pass" }));
    assert_eq!(tablet.call("inspection.start", start)["score"]["answered"], 1);
    let report = json!({ "id": "0197d000-0000-7000-8000-000000000002", "description": "灯不亮" });
    let first = tablet.call("finding.report", report.clone());
    assert_eq!(first["id"], report["id"]);
    assert_eq!(tablet.call("finding.report", report)["version"], first["version"]);
    let taken = json!({ "id": first["id"], "template": "T01@1" });
    assert_eq!(tablet.refused("inspection.start", taken)["type"], "urn:rounds:problem:other-kind");
}

#[test]
fn a_line_that_is_no_text_is_refused_and_the_next_one_is_read() {
    use std::io::Write;
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    let mut process = tablet.spawn(&["call", "record.save", "-"]);
    let line = r#"{"kind":"note","set":{"a":1}}"#.as_bytes();
    let input = [line, b"\n\xff\xfe\n", line, b"\n"].concat();
    process.stdin.take().expect("it is piped").write_all(&input).expect("it reads");
    let output = process.wait_with_output().expect("it ends");
    let answers: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a document a line"))
        .collect();
    assert_eq!((output.status.code(), answers.len()), (Some(1), 3), "{answers:?}");
    assert!(answers[0]["id"].is_string() && answers[2]["id"].is_string(), "{answers:?}");
    assert_eq!(answers[1]["problem"]["type"], "urn:rounds:problem:bad-arguments");
}
