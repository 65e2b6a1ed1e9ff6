//! Further rules that every register keeps, each in its words: what an act writes, what corrections and drafts may do, which times
//! are taken.

use serde_json::{Map, Value, json};

use crate::entries::{Gate, signature};
use crate::support::{Hand, text};

const MINUTE_MS: u64 = 60_000;
const DAY_MS: u64 = 24 * 60 * MINUTE_MS;

/// A person with a role on the campus of the gate.
fn person(gate: &Gate, name: &str, role: &str) -> String {
    let id = text(&gate.setup.call("person.save", json!({"name": name, "scope": gate.campus}))["id"]);
    gate.setup.call("person.grant", json!({"person": id, "role": role, "campus": gate.campus}));
    id
}

/// What is stored of a row.
fn stored(gate: &Gate, id: &Value) -> Map<String, Value> {
    let record = gate.setup.call("record.get", json!({"id": id}));
    record["value"].as_object().expect("fields").clone()
}

/// Waste that went away at a time, as the cook writes it down.
fn waste(gate: &Gate, at: u64) -> Value {
    let set = json!({
        "at": at, "kitchen": gate.post, "sort": "餐厨垃圾", "kg": "12", "company": "绿源环保", "licensed": true,
        "collector": "老周", "phone": "13800001234",
    });
    gate.by(&gate.cook).call("entry.save", json!({"kind": "waste", "set": set}))["id"].clone()
}

/// The time of waste as its cook changes it; a refusal by its code and rule.
fn moves(hand: &Hand, id: &Value, at: u64, reason: Option<&str>) -> Result<Value, (Value, Value)> {
    let save = json!({"kind": "waste", "id": id, "set": {"at": at}, "late_reason": reason});
    match hand.app().dispatch("entry.save", &save.to_string()) {
        Ok(answer) => Ok(serde_json::from_str(&answer).expect("JSON")),
        Err(error) => {
            let problem = serde_json::to_value(error.problem()).expect("JSON");
            Err((json!(error.code()), problem["rule"].clone()))
        }
    }
}

#[test]
fn an_act_is_one_entry_and_nothing_else_is_written() {
    let gate = Gate::new();
    let saved = gate.shift();
    let before = stored(&gate, &saved["id"]);
    let guard = gate.by(&gate.zhang);
    let begun = guard.call("entry.act", json!({"id": saved["id"], "act": "begin"}));
    let path = format!("acts/{}", text(&begun["entry"]));
    let mut after = stored(&gate, &saved["id"]);
    let entry = after.remove(&path).expect("the entry");
    assert_eq!(after, before, "what it sets reads as a field and is none");
    let members: Vec<&String> = entry.as_object().expect("an object").keys().collect();
    assert_eq!(members, ["act", "after", "at", "by", "set"]);
    guard.call("entry.undo", json!({"id": saved["id"], "entry": begun["entry"]}));
    let mut undone = stored(&gate, &saved["id"]);
    assert_eq!(undone.remove(&path).unwrap_or_default(), Value::Null);
    assert_eq!(undone, before);
}

#[test]
fn a_signer_s_act_keeps_what_the_signer_saw_and_how_the_hand_was_proved() {
    let gate = Gate::new();
    let handover = gate.handover(&text(&gate.shift()["id"]))["id"].clone();
    let saw = gate.get(&gate.zhang, &handover)["saw"].clone();
    gate.by(&gate.zhang).call("pin.set", json!({"person": gate.zhang, "pin": "2580"}));
    let shared = gate.tablet.shared();
    shared.call("person.switch", json!({"person": gate.zhang, "pin": "2580"}));
    let give = json!({"id": handover, "act": "give", "set": {"sig": signature()}});
    let entry = shared.call("entry.act", give)["entry"].clone();
    let kept = stored(&gate, &handover)[&format!("acts/{}", text(&entry))].clone();
    assert_eq!((&kept["saw"], &kept["vouch"], &kept["by"]), (&saw, &json!("pin"), &json!(gate.zhang)));
}

#[test]
fn a_correction_names_a_field_of_the_declaration_and_nothing_else() {
    let gate = Gate::new();
    let saved = gate.shift();
    let guard = gate.by(&gate.zhang);
    let begun = text(&guard.call("entry.act", json!({"id": saved["id"], "act": "begin"}))["entry"]);
    let before = stored(&gate, &saved["id"]);
    let act = format!("acts/{begun}");
    let paths = [
        act.as_str(),
        "acts",
        "strikes/1",
        "void/1",
        "restores/1",
        "corrections/1",
        "created",
        "recorded_at",
        "occurred_at",
        "business_date",
        "form",
        "clock",
        "post_as",
        "late_reason",
        "colour",
    ];
    for path in paths {
        let correction = json!({"id": saved["id"], "field": path, "value": "2026-09-02", "reason": "不对"});
        let refused = guard.refused("entry.correct", correction);
        assert_eq!((&refused["code"], &refused["rule"]), (&json!("bad-value"), &json!("unknown")), "{path}");
        let typed = json!({"kind": "duty_shift", "id": saved["id"], "set": {path: "2026-09-02"}});
        assert_eq!(guard.refused("entry.save", typed)["rule"], "unknown", "{path}");
    }
    assert_eq!(stored(&gate, &saved["id"]), before);
}

#[test]
fn who_wrote_a_row_does_not_correct_it_without_the_right_to() {
    let gate = Gate::new();
    let cook = gate.by(&gate.cook);
    let set = json!({"channel": "口头", "subject": "伙食", "text": "汤凉了"});
    let row = cook.call("entry.save", json!({"kind": "feedback", "set": set}))["id"].clone();
    let correction = json!({"id": row, "field": "text", "value": "汤很好", "reason": "改口"});
    assert_eq!(cook.refusal("entry.correct", correction.clone()).0, "not-allowed", "a cook answers no opinion");
    assert_eq!(cook.call("entry.get", json!({"id": row}))["correctable"], json!([]));
    gate.by(&gate.head).call("entry.correct", correction);
    // And who may correct what is theirs corrects nobody else's, however many rows they see.
    let shift = gate.shift();
    let events = json!({"id": shift["id"], "field": "weather", "value": "雨", "reason": "不对"});
    for other in [&gate.li, &gate.head] {
        assert_eq!(gate.by(other).refusal("entry.correct", events.clone()).0, "not-allowed");
    }
}

#[test]
fn a_time_that_has_not_come_is_taken_neither_by_an_edit_nor_by_a_correction() {
    let gate = Gate::new();
    let cook = gate.by(&gate.cook);
    let id = waste(&gate, gate.tablet.now());
    let in_minutes = |minutes: u64| gate.tablet.now() + minutes * MINUTE_MS;
    let future = Err((json!("bad-value"), json!("future")));
    assert_eq!(moves(&cook, &id, in_minutes(6), None), future);
    assert!(moves(&cook, &id, in_minutes(4), None).is_ok(), "clocks differ by some minutes");
    gate.tablet.wait_ms(11 * MINUTE_MS);
    let correct = |at: u64| json!({"id": id, "field": "at", "value": at, "reason": "记错"});
    let refused = cook.refused("entry.correct", correct(in_minutes(6)));
    assert_eq!((&refused["field"], &refused["rule"]), (&json!("at"), &json!("future")));
    cook.call("entry.correct", correct(in_minutes(4)));
    gate.tablet.shows_unchecked(gate.tablet.now());
    cook.call("entry.correct", correct(in_minutes(600)));
}

#[test]
fn a_row_that_is_moved_back_in_time_is_as_late_as_one_that_is_written_so() {
    let gate = Gate::new();
    let cook = gate.by(&gate.cook);
    let began = gate.tablet.now();
    let id = waste(&gate, began);
    let hours_ago = |hours: u64| began - hours * 60 * MINUTE_MS;
    assert!(moves(&cook, &id, hours_ago(3), None).is_ok(), "four hours are allowed");
    assert_eq!(gate.get(&gate.cook, &id)["late"], false);
    assert_eq!(moves(&cook, &id, hours_ago(26), None), Err((json!("late-reason"), Value::Null)));
    assert_eq!(moves(&cook, &id, hours_ago(26), Some("  ")), Err((json!("late-reason"), Value::Null)));
    assert_eq!(gate.get(&gate.cook, &id)["day"], "2026-09-01", "nothing was changed");
    moves(&cook, &id, hours_ago(26), Some("昨天忘了")).expect("it says why");
    let row = gate.get(&gate.cook, &id);
    assert_eq!(
        (&row["late"], &row["late_reason"], &row["day"]),
        (&json!(true), &json!("昨天忘了"), &json!("2026-08-31"))
    );
    let kept = stored(&gate, &id);
    assert_eq!((&kept["occurred_at"], &kept["business_date"]), (&json!(hours_ago(26)), &json!("2026-08-31")));
    assert_eq!(kept["recorded_at"], json!(began), "when it was written down stays");
    assert!(moves(&cook, &id, hours_ago(27), None).is_ok(), "it has said why");
}

#[test]
fn a_row_that_is_corrected_back_in_time_is_marked_as_late_and_the_correction_says_why() {
    let gate = Gate::new();
    let cook = gate.by(&gate.cook);
    let began = gate.tablet.now();
    let id = waste(&gate, began);
    gate.tablet.wait_ms(11 * MINUTE_MS);
    let correct = |hours: u64, reason: &str| json!({"id": id, "field": "at", "value": began - hours * 60 * MINUTE_MS, "reason": reason});
    assert_eq!(cook.call("entry.correct", correct(3, "记错"))["late"], false, "four hours are allowed");
    assert_eq!(cook.refused("entry.correct", correct(26, " "))["field"], "reason");
    let row = cook.call("entry.correct", correct(26, "是昨天的"));
    assert_eq!((&row["late"], &row["day"]), (&json!(true), &json!("2026-08-31")));
    let listed = cook.call("entry.list", json!({"kind": "waste"}))["rows"][0].clone();
    assert_eq!((&listed["late"], &listed["corrected"]), (&json!(true), &json!(true)));
}

/// What a guard did on a day, as the guard writes it down; the row, or the code of the refusal.
fn work(gate: &Gate, day: &str, reason: Option<&str>) -> Result<Value, &'static str> {
    let save = json!({"kind": "work_log", "set": {"date": day, "text": "巡查"}, "late_reason": reason});
    gate.by(&gate.zhang).tries("entry.save", save).map(|saved| saved["id"].clone())
}

#[test]
fn a_row_of_a_day_is_late_once_that_day_is_over_for_longer_than_its_register_allows() {
    let gate = Gate::new();
    for day in ["2026-09-02", "2026-09-01", "2026-08-31"] {
        let id = work(&gate, day, None).expect("a day is allowed from the end of the day on");
        assert_eq!(gate.get(&gate.zhang, &id)["late"], false, "{day}");
    }
    assert_eq!(work(&gate, "2026-08-30", None), Err("late-reason"));
    let id = work(&gate, "2026-08-30", Some("休假")).expect("it says why");
    assert_eq!(gate.get(&gate.zhang, &id)["late"], true);
}

#[test]
fn a_row_whose_day_is_corrected_to_an_earlier_one_is_marked_as_late_on_screen_and_paper() {
    let gate = Gate::new();
    let id = work(&gate, "2026-09-01", None).expect("a row");
    gate.tablet.wait_ms(13 * 60 * MINUTE_MS);
    let guard = gate.by(&gate.zhang);
    let correct = |day: &str| json!({"id": id, "field": "date", "value": day, "reason": "记错日子"});
    assert_eq!(guard.call("entry.correct", correct("2026-08-31"))["late"], false, "when it was written it was in time");
    let marks = |expected: (bool, &str)| {
        let row = gate.get(&gate.zhang, &id);
        let listed = guard.call("entry.list", json!({"kind": "work_log"}))["rows"][0].clone();
        let days = json!({"sheet": "work_log", "from": "2026-08-01", "to": "2026-09-02"});
        let printed = gate.by(&gate.head).call("sheet.get", days)["lines"][0].clone();
        for told in [&row, &listed, &printed] {
            assert_eq!((&told["late"], &told["day"]), (&json!(expected.0), &json!(expected.1)), "{told}");
        }
    };
    marks((false, "2026-08-31"));
    guard.call("entry.correct", correct("2026-08-30"));
    marks((true, "2026-08-30"));
    guard.call("entry.correct", correct("2026-09-01"));
    marks((false, "2026-09-01"));
}

#[test]
fn a_row_that_its_author_moves_to_an_earlier_day_says_why_it_is_late() {
    let gate = Gate::new();
    let id = work(&gate, "2026-09-01", None).expect("a row");
    let guard = gate.by(&gate.zhang);
    let moves = |reason: Option<&str>| json!({"kind": "work_log", "id": id, "set": {"date": "2026-08-29"}, "late_reason": reason});
    assert_eq!(guard.refusal("entry.save", moves(None)).0, "late-reason");
    assert_eq!(gate.get(&gate.zhang, &id)["day"], "2026-09-01", "nothing was changed");
    guard.call("entry.save", moves(Some("记成今天了")));
    let row = gate.get(&gate.zhang, &id);
    assert_eq!((&row["late"], &row["late_reason"]), (&json!(true), &json!("记成今天了")));
    assert_eq!(stored(&gate, &id)["business_date"], "2026-08-29");
}

#[test]
fn a_keyed_row_that_is_written_again_and_so_moved_back_takes_the_reason_that_was_typed() {
    let gate = Gate::new();
    let shift = gate.shift();
    let there = gate.handover(&text(&shift["id"]))["id"].clone();
    let guard = gate.by(&gate.zhang);
    let mut set = gate.handover_set(&text(&shift["id"]));
    set["at"] = json!(gate.tablet.now() - 3 * 60 * MINUTE_MS);
    let again = |reason: Option<&str>| json!({"kind": "shift_handover", "set": set, "late_reason": reason});
    assert_eq!(guard.refusal("entry.save", again(None)), ("late-reason".to_owned(), Some("late_reason".to_owned())));
    assert_eq!(guard.call("entry.save", again(Some("忙着接人")))["id"], there);
    let row = gate.get(&gate.zhang, &there);
    assert_eq!((&row["late"], &row["late_reason"]), (&json!(true), &json!("忙着接人")));
}

#[test]
fn a_save_into_a_row_that_turns_out_void_is_refused_and_saved_anew_goes_into_the_next_row() {
    let gate = Gate::new();
    let first = gate.shift();
    let begun = gate.get(&gate.zhang, &first["id"]);
    gate.by(&gate.zhang).call("entry.void", json!({"id": first["id"], "reason": "排错班"}));
    let before = stored(&gate, &first["id"]);
    let set = json!({"weather": "雨"});
    let save = json!({"kind": "duty_shift", "id": first["id"], "seen": begun["version"], "set": set});
    let guard = gate.by(&gate.zhang);
    assert_eq!(guard.refusal("entry.save", save).0, "void");
    assert_eq!(stored(&gate, &first["id"]), before, "the void row is as it was");
    let anew = json!({"post": gate.post, "shift": "夜班", "date": "2026-09-01", "weather": "雨"});
    let second = guard.call("entry.save", json!({"kind": "duty_shift", "set": anew}));
    assert_eq!((&second["created"], second["id"] == first["id"]), (&json!(true), false));
    assert_eq!(gate.get(&gate.zhang, &second["id"])["fields"]["weather"], "雨");
}

#[test]
fn two_values_that_look_alike_behind_a_mask_are_settled_by_who_sees_them() {
    let gate = Gate::new();
    let id = waste(&gate, gate.tablet.now());
    let other = json!({"id": id, "kind": "waste", "seen": "", "set": {"phone": "13900001234"}});
    gate.setup.call("record.save", other);
    let cook = gate.by(&gate.cook);
    let listed = cook.call("conflict.list", json!({"id": id}));
    let conflict = listed["conflicts"].as_array().expect("conflicts").iter().find(|known| known["field"] == "phone");
    let conflict = conflict.expect("two numbers");
    assert_eq!((conflict["values"].as_array().map(Vec::len), &conflict["may_resolve"]), (Some(2), &json!(false)));
    assert!(!listed.to_string().contains("1380000") && !listed.to_string().contains("1390000"), "{listed}");
    for decision in [json!({"take": 0}), json!({"value": "13700001111"})] {
        let mut resolve = json!({"id": id, "field": "phone"});
        resolve.as_object_mut().expect("an object").extend(decision.as_object().expect("an object").clone());
        assert_eq!(cook.refusal("conflict.resolve", resolve), ("not-allowed".to_owned(), Some("field".to_owned())));
    }
    let fso = gate.by(&person(&gate, "陈安", "fso"));
    let whole = fso.call("conflict.list", json!({"id": id}))["conflicts"][0].clone();
    assert_eq!(whole["may_resolve"], true);
    fso.call("conflict.resolve", json!({"id": id, "field": "phone", "take": 0, "seen": whole["version"]}));
}

#[test]
fn a_draft_of_a_row_is_saved_with_what_its_own_author_had_seen() {
    let gate = Gate::new();
    let (monday, tuesday) = (person(&gate, "李总务", "logi"), person(&gate, "周总务", "logi"));
    let set = json!({"date": "2026-09-03", "sort": "值班", "shift": "夜班", "post": gate.post, "person": gate.zhang, "note": "甲"});
    let saved = gate.by(&monday).call("entry.save", json!({"kind": "duty_roster", "set": set}));
    let (id, seen) = (saved["id"].clone(), gate.get(&monday, &saved["id"])["version"].clone());
    let form = json!({"form": "entry.save/duty_roster", "record": id, "declared": 1, "seen": seen,
        "base": {"note": "甲"}, "set": {"note": "乙"}});
    gate.by(&monday).call("draft.save", form);
    gate.tablet.wait_ms(DAY_MS);
    gate.by(&tuesday).call("entry.save", json!({"kind": "duty_roster", "id": id, "set": {"note": "丙"}}));
    gate.tablet.wait_ms(DAY_MS);
    let which = json!({"form": "entry.save/duty_roster", "record": id});
    let draft = gate.by(&monday).call("draft.get", which)["draft"].clone();
    assert_eq!((&draft["base"]["note"], &draft["set"]["note"]), (&json!("甲"), &json!("乙")));
    let save = json!({"kind": "duty_roster", "id": id, "seen": draft["seen"], "set": draft["set"]});
    gate.by(&monday).call("entry.save", save);
    let row = gate.get(&monday, &id);
    let values: Vec<&Value> =
        row["conflicts"]["note"].as_array().expect("two values").iter().map(|side| &side["value"]).collect();
    assert_eq!(values, ["乙", "丙"], "Tuesday's words are not gone without a word");
}

#[test]
fn without_the_right_a_draft_is_read_and_not_saved() {
    let gate = Gate::new();
    let logi = person(&gate, "李总务", "logi");
    let grants = gate.setup.call("person.get", json!({"id": logi}))["grants"].clone();
    let set = json!({"name": "总表", "sort": "电", "area": gate.post, "number": "1", "multiplier": "1"});
    let hand = gate.by(&logi);
    hand.call("draft.save", json!({"form": "entry.save/meter", "declared": 1, "base": {}, "set": set}));
    gate.setup.call("person.grant", json!({"id": grants[0]["id"], "valid_to": "2026-08-31"}));
    let draft = hand.call("draft.get", json!({"form": "entry.save/meter"}))["draft"].clone();
    assert_eq!(draft["set"]["name"], "总表", "it can be read and copied");
    let refused = hand.tries("entry.save", json!({"kind": "meter", "set": draft["set"]}));
    assert!(matches!(refused, Err("not-found" | "not-allowed")), "{refused:?}");
    assert_eq!(hand.call("draft.list", json!({}))["drafts"].as_array().map(Vec::len), Some(1), "and is not lost");
}

#[test]
fn what_a_draft_holds_is_found_by_no_search_and_counted_for_nobody() {
    let gate = Gate::new();
    let set = json!({"events": "墙角的空酒瓶"});
    gate.by(&gate.zhang)
        .call("draft.save", json!({"form": "entry.save/duty_shift", "declared": 1, "base": {}, "set": set}));
    for hand in [gate.by(&gate.zhang), gate.by(&gate.head), gate.tablet.app(None)] {
        assert_eq!(hand.call("search.find", json!({"query": "空酒瓶"}))["hits"], json!([]));
        for (name, arguments) in
            [("sync.queue", json!({})), ("sync.status", json!({})), ("today.get", json!({"everybody": true}))]
        {
            let told = hand.app().dispatch(name, &arguments.to_string()).unwrap_or_default();
            assert!(!told.contains("空酒瓶"), "{name} {told}");
        }
    }
    let before = gate.setup.call("sync.status", json!({}))["pending"].clone();
    gate.by(&gate.li)
        .call("draft.save", json!({"form": "finding.report", "declared": 1, "base": {}, "set": {"words": "x"}}));
    assert_eq!(gate.setup.call("sync.status", json!({}))["pending"], before, "no draft waits to be sent");
}

#[test]
fn a_draft_of_a_keyed_row_that_exists_by_now_changes_that_row() {
    let gate = Gate::new();
    let guard = gate.by(&gate.zhang);
    let set = json!({"post": gate.post, "shift": "夜班", "date": "2026-09-01", "weather": "雨"});
    guard.call("draft.save", json!({"form": "entry.save/duty_shift", "declared": 1, "base": {}, "set": set}));
    let there = gate.shift();
    let draft = guard.call("draft.get", json!({"form": "entry.save/duty_shift"}))["draft"]["set"].clone();
    let saved = guard.call("entry.save", json!({"kind": "duty_shift", "set": draft}));
    assert_eq!((&saved["id"], &saved["created"]), (&there["id"], &json!(false)));
    assert_eq!(gate.get(&gate.zhang, &there["id"])["fields"]["weather"], "雨");
    assert_eq!(guard.call("entry.list", json!({"kind": "duty_shift"}))["rows"].as_array().map(Vec::len), Some(1));
}
