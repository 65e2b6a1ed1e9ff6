//! The job, as one story: a kitchen is inspected with no network, and what was found is put right.
//!
//! The server is stopped and started between the steps, a tablet is cloned, and the server is restored from a backup;
//! nothing that anybody saved is lost.

use rounds_tests::{TestDevice, TestServer, copy_folder, scratch_folder};
use serde_json::{Value, json};

/// Everything but the two rows that the story is about.
const FINE: [(&str, &str); 12] = [
    ("T01.01", "合格"),
    ("T01.02", "合格"),
    ("T01.04", "合格"),
    ("T01.05", "合格"),
    ("T01.08", "６０ 分钟"),
    ("T01.09", "合格"),
    ("T01.10", "合格"),
    ("T01.11", "合格"),
    ("T01.12", "4 ℃"),
    ("T01.13", "-18"),
    ("T01.14", "合格"),
    ("T01.15", "合格"),
];

struct Story {
    folder: tempfile::TempDir,
    server: TestServer,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

impl Story {
    fn begin() -> Self {
        let folder = scratch_folder();
        let mut server = TestServer::init(&folder.path().join("server"), &["--preset", "kindergarten"]);
        server.start();
        TestDevice::new(&folder.path().join("kitchen")).enrol(&server, &[]);
        TestDevice::new(&folder.path().join("office")).enrol(&server, &["--role", "office"]);
        server.stop();
        Self { folder, server }
    }

    /// The server runs just long enough for these tablets to sync, one after the other.
    ///
    /// Nobody takes an answer back any more by then.
    fn meet(&mut self, tablets: &[&TestDevice]) {
        self.server.start();
        for tablet in tablets {
            after_the_undo(tablet).sync();
        }
        assert_eq!(self.server.stop(), 0, "the server did not end well");
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }
}

/// The tablet when the time to take an answer back is over.
fn after_the_undo(tablet: &TestDevice) -> TestDevice {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time after 1970");
    tablet.at(&(now.as_millis() + 5_000).to_string())
}

fn the_only_finding(tablet: &TestDevice) -> Value {
    let findings = tablet.call("finding.list", json!({}));
    let found = findings["findings"].as_array().unwrap_or_else(|| panic!("no list: {findings}")).clone();
    assert_eq!(found.len(), 1, "{findings}");
    found[0].clone()
}

fn inspect_the_kitchen(tablet: &TestDevice) -> String {
    let cook = tablet.held_by("王师傅");
    let id = text(&cook.call("inspection.start", json!({ "template": "T01@1", "subject": "中心食堂" }))["id"]);
    let answers: Vec<Value> =
        FINE.iter().map(|(item, result)| json!({ "id": id, "item": item, "result": result })).collect();
    for answer in cook.call_lines("inspection.answer", &answers) {
        assert!(answer["problem"].is_null(), "{answer}");
    }
    cook.call("inspection.answer", json!({ "id": id, "item": "T01.03", "result": 7 }));
    cook.call(
        "inspection.answer",
        json!({ "id": id, "item": "T01.06", "result": "fail", "note": "成品与半成品混放在 2 号冷藏柜第二层" }),
    );
    id
}

#[test]
fn a_kitchen_is_inspected_without_a_network_and_nothing_that_anybody_saved_is_lost() {
    let mut story = Story::begin();
    let (kitchen, office) = (TestDevice::new(&story.path("kitchen")), TestDevice::new(&story.path("office")));

    // No network: the cook inspects, one row fails, and the failure is a finding.
    let id = inspect_the_kitchen(&kitchen);
    let finding = the_only_finding(&after_the_undo(&kitchen));
    assert_eq!(finding["severity"], "L3");
    assert!(text(&finding["description"]).contains("2 号冷藏柜"));
    assert!(kitchen.run(&["status"])["pending"].as_u64().is_some_and(|pending| pending >= 2));

    // Back in range: both arrive at the office's tablet.
    story.meet(&[&kitchen, &office]);
    assert_eq!(the_only_finding(&office)["id"], finding["id"]);
    assert_eq!(kitchen.run(&["status"])["all_synced"], true);

    // Two people touch one form apart from each other: different rows merge, one row keeps both answers.
    let seen = |tablet: &TestDevice| tablet.call("inspection.get", json!({ "id": id }))["version"].clone();
    let (at_kitchen, at_office) = (seen(&kitchen), seen(&office));
    let measured = json!([{ "v": "７４.２℃", "of": "红烧肉" }]);
    kitchen
        .held_by("王师傅")
        .call("inspection.answer", json!({ "id": id, "item": "T01.07", "result": measured, "seen": at_kitchen }));
    office.held_by("陈主任").call(
        "inspection.answer",
        json!({ "id": id, "item": "T01.12", "result": "9.5", "note": "柜门没关严", "seen": at_office }),
    );
    kitchen
        .held_by("王师傅")
        .call("inspection.answer", json!({ "id": id, "item": "T01.12", "result": "5", "seen": at_kitchen }));
    story.meet(&[&kitchen, &office, &kitchen]);
    for tablet in [&kitchen, &office] {
        let read = tablet.get(&id);
        assert_eq!(read["value"]["answers/T01.07/result"], json!([{ "v": "74.2", "of": "红烧肉" }]));
        let both = read["conflicts"]["answers/T01.12/result"].as_array().expect("both answers").clone();
        let by: Vec<String> = both.iter().map(|sibling| text(&sibling["by"])).collect();
        assert!(by.contains(&"王师傅".to_owned()) && by.contains(&"陈主任".to_owned()), "{by:?}");
    }

    // The office decides, and the choice clears on every side.
    let conflict = office.call("conflict.list", json!({}))["conflicts"][0].clone();
    let decide = json!({ "id": id, "field": conflict["field"], "value": "9.5", "seen": conflict["version"] });
    office.held_by("陈主任").call("conflict.resolve", decide);
    story.meet(&[&office, &kitchen]);
    assert_eq!(kitchen.get(&id)["conflicts"], json!({}));

    // The finding goes its way, each step with no network, on whichever tablet is at hand.
    let step = |tablet: &TestDevice, by: &str, step: &str, more: Value| {
        let mut arguments = json!({ "id": finding["id"], "step": step });
        arguments.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        tablet.held_by(by).call("finding.step", arguments)
    };
    step(&office, "陈主任", "派发", json!({ "assignee": "王师傅" }));
    story.meet(&[&office, &kitchen]);
    step(&kitchen, "王师傅", "接单", json!({}));
    step(&kitchen, "王师傅", "整改完成", json!({ "note": "已分柜" }));

    // The kitchen's tablet is cloned, and both go on.
    copy_folder(kitchen.folder(), &story.path("clone"));
    let clone = TestDevice::new(&story.path("clone"));
    let apart =
        clone.held_by("李师傅").call("record.save", json!({ "kind": "work_log", "set": { "text": "夜里又查了一遍" } }));
    kitchen.held_by("王师傅").call("record.save", json!({ "kind": "work_log", "set": { "text": "收工" } }));
    story.meet(&[&kitchen, &clone, &office]);
    let closed = step(&office, "陈主任", "复查通过", json!({}));
    assert_eq!(closed["state_zh"], "已销号");

    // The server is restored from a backup that knows nothing of the last steps; the tablets refill it.
    let backup = story.path("backup");
    story.server.run(&["backup", "--to", backup.to_str().expect("a path")]);
    story.meet(&[&office, &kitchen]);
    story.server.run(&["restore", "--from", backup.to_str().expect("a path")]);
    let fresh = TestDevice::new(&story.path("fresh"));
    story.server.start();
    fresh.enrol(&story.server, &[]);
    story.server.stop();
    story.meet(&[&kitchen, &clone, &office, &fresh, &kitchen, &clone, &office]);
    for tablet in [&kitchen, &clone, &office, &fresh] {
        let read = tablet.call("finding.get", json!({ "id": finding["id"] }));
        assert_eq!(read["state_zh"], "已销号", "{read}");
        assert_eq!(tablet.get(&id)["conflicts"], json!({}));
        let logs = tablet.call("record.list", json!({ "kind": "work_log" }));
        assert_eq!(logs["records"].as_array().map(Vec::len), Some(2));
        assert_eq!(tablet.get(&text(&apart["id"]))["value"]["text"], "夜里又查了一遍");
        let status = tablet.run(&["status"]);
        assert_eq!((&status["pending"], &status["rejected"]), (&json!(0), &json!(0)), "{status}");
    }
    story.server.run(&["check"]);
}
