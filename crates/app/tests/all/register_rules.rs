//! The rules that every register keeps, each in its words: what may still be changed, what is picked, which clock decides.

use serde_json::{Value, json};

use crate::entries::{Gate, signature};
use crate::support::{Hand, text};

const MINUTE_MS: u64 = 60_000;

/// What a save of a row of the gate answers, or the code of its refusal.
fn save(hand: &Hand, id: &Value, set: Value) -> Result<Value, &'static str> {
    hand.tries("entry.save", json!({"kind": "duty_shift", "id": id, "set": set}))
}

/// Waste that went away, as the cook writes it down.
fn waste(gate: &Gate, more: Value) -> Value {
    let mut set = json!({
        "kitchen": gate.post, "sort": "餐厨垃圾", "kg": "12", "company": "绿源环保", "licensed": true, "collector": "老周",
    });
    set.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    json!({"kind": "waste", "set": set})
}

#[test]
fn a_clock_that_was_set_back_gives_nobody_more_time_to_change_a_row() {
    let gate = Gate::new();
    let saved = gate.shift();
    let guard = gate.by(&gate.zhang);
    guard.call("entry.save", json!({"kind": "duty_shift", "id": saved["id"], "set": {"weather": "晴"}}));
    gate.tablet.set_clock(gate.tablet.now() - MINUTE_MS);
    assert_eq!(save(&guard, &saved["id"], json!({"weather": "雨"})), Err("finished"));
}

#[test]
fn what_nobody_ever_filled_is_filled_until_the_row_is_closed() {
    let gate = Gate::new();
    let saved = gate.shift();
    let guard = gate.by(&gate.zhang);
    gate.tablet.wait_ms(11 * MINUTE_MS);
    assert!(save(&guard, &saved["id"], json!({"weather": "晴"})).is_ok(), "nobody had said how the weather was");
    for act in ["begin", "end"] {
        guard.call("entry.act", json!({"id": saved["id"], "act": act}));
    }
    assert_eq!(save(&guard, &saved["id"], json!({"leader": gate.head})), Err("finished"), "the shift has ended");
    assert_eq!(save(&guard, &saved["id"], json!({"events": "补一句"})), Err("finished"), "a note as well");
}

#[test]
fn a_form_that_gives_all_its_fields_back_changes_nothing() {
    let gate = Gate::new();
    let guard = gate.by(&gate.zhang);
    let saved = gate.shift();
    let before = gate.get(&gate.zhang, &saved["id"]);
    gate.tablet.wait_ms(11 * MINUTE_MS);
    let set = json!({"weather": null, "leader": null});
    let again = save(&guard, &saved["id"], set).expect("nothing is asked of it");
    assert_eq!(again["version"], before["version"]);
    let stored = gate.setup.call("record.get", json!({"id": saved["id"]}))["value"].clone();
    assert!(stored.get("weather").is_none() && stored.get("leader").is_none(), "a blank writes nothing: {stored}");
}

#[test]
fn what_somebody_does_not_see_whole_they_neither_change_nor_correct() {
    let gate = Gate::new();
    let cook = gate.by(&gate.cook);
    let new = cook.call("entry.save", waste(&gate, json!({"phone": "13800001234"})));
    let change = |value: Value| json!({"kind": "waste", "id": new["id"], "set": {"phone": value}});
    let shown = gate.get(&gate.cook, &new["id"])["fields"]["phone"].clone();
    assert_eq!(
        shown,
        json!({"masked": "last4", "shown": "***1234"}),
        "who wrote it sees no more than others of the role"
    );
    for value in [shown, json!("***1234"), json!("13900005678"), Value::Null] {
        assert_eq!(cook.refusal("entry.save", change(value)), ("bad-value".to_owned(), Some("phone".to_owned())));
    }
    gate.tablet.wait_ms(11 * MINUTE_MS);
    let correction = json!({"id": new["id"], "field": "phone", "value": "13900005678", "reason": "打错"});
    let refused = cook.refused("entry.correct", correction);
    assert_eq!((&refused["code"], &refused["rule"]), (&json!("bad-value"), &json!("masked")));
    assert_eq!(gate.get(&gate.head, &new["id"])["fields"]["phone"], "13800001234");
}

#[test]
fn what_a_declaration_asks_for_binds_saves_and_never_reads() {
    let gate = Gate::new();
    // As an older program wrote it, which asked for no shift and no person.
    let set = json!({"form": "duty_shift@1", "date": "2026-09-01", "post": gate.post, "business_date": "2026-09-01"});
    let old = gate.setup.call("record.save", json!({"kind": "duty_shift", "scope": gate.campus, "set": set}));
    let row = gate.get(&gate.head, &old["id"]);
    assert_eq!((&row["stage"], &row["fields"]["post"]), (&json!("planned"), &json!(gate.post)));
    let listed = gate.by(&gate.head).call("entry.list", json!({"kind": "duty_shift"}));
    assert_eq!(listed["rows"].as_array().map(Vec::len), Some(1));
    let filled = save(&gate.by(&gate.li), &old["id"], json!({"weather": "雾霾"}));
    assert!(filled.is_ok(), "what it lacked before it may go on lacking: {filled:?}");
    let new = json!({"kind": "duty_shift", "set": {"post": gate.post}});
    assert_eq!(gate.by(&gate.li).refusal("entry.save", new), ("bad-value".to_owned(), Some("shift".to_owned())));
}

#[test]
fn last_year_s_row_says_what_was_named_then_and_what_became_of_it() {
    let gate = Gate::new();
    let saved = gate.shift();
    let shift = text(&saved["id"]);
    gate.handover(&shift);
    let states = |id: &str| gate.get(&gate.head, &json!(id))["refs"].clone();
    assert_eq!(
        (&states(&shift)["person"][0]["state"], &states(&shift)["person"][0]["text"]),
        (&json!("here"), &json!("张强"))
    );
    gate.setup.call("person.save", json!({"id": gate.zhang, "name": "张大强", "active": false}));
    gate.setup.call("area.save", json!({"id": gate.post, "name": "一号门"}));
    let now = gate.get(&gate.head, &saved["id"]);
    assert_eq!(
        (&now["words"]["person"]["zh"], &now["words"]["post"]["zh"]),
        (&json!("张强"), &json!("东门岗")),
        "a row reads as it did when it was written"
    );
    assert_eq!(now["refs"]["person"][0], json!({"id": gate.zhang, "text": "张强", "state": "left"}));
}

#[test]
fn a_row_that_names_a_void_one_stays_and_says_so() {
    let gate = Gate::new();
    let shift = text(&gate.shift()["id"]);
    let handover = gate.handover(&shift);
    let state = || gate.get(&gate.head, &handover["id"])["refs"]["from_shift"][0]["state"].clone();
    assert_eq!(state(), "here");
    gate.by(&gate.zhang).call("entry.void", json!({"id": shift, "reason": "排错班"}));
    assert_eq!(state(), "void");
    let note = json!({"kind": "shift_handover", "id": handover["id"], "set": {"notes": "照常交接"}});
    gate.by(&gate.zhang).call("entry.save", note);
}

#[test]
fn only_what_is_in_use_on_this_campus_is_offered() {
    let gate = Gate::new();
    let options = |kind: &str| -> Vec<String> {
        let picked = gate.by(&gate.zhang).call("entry.pick", json!({"kind": kind}));
        picked["options"].as_array().expect("options").iter().map(|option| text(&option["id"])).collect()
    };
    let shift = text(&gate.shift()["id"]);
    assert!(options("duty_shift").contains(&shift) && options("person").contains(&gate.li));
    let other = text(&gate.setup.call("campus.save", json!({"name": "西校区", "kind": "school"}))["id"]);
    let theirs = text(&gate.setup.call("area.save", json!({"name": "西门", "scope": other}))["id"]);
    let picked = gate.by(&gate.zhang).call("entry.pick", json!({"kind": "area", "campus": gate.campus}));
    assert!(!picked.to_string().contains(&theirs), "an area of another campus");
    gate.setup.call("person.save", json!({"id": gate.li, "active": false}));
    let here =
        |kind: &str| gate.by(&gate.zhang).call("entry.pick", json!({"kind": kind, "campus": gate.campus})).to_string();
    assert!(!here("person").contains(&gate.li), "who has left");
    gate.by(&gate.zhang).call("entry.void", json!({"id": shift, "reason": "排错班"}));
    assert!(!here("duty_shift").contains(&shift), "what is void");
}

#[test]
fn a_checked_clock_takes_nothing_that_has_not_happened_and_an_unchecked_one_refuses_nothing() {
    let gate = Gate::new();
    let cook = gate.by(&gate.cook);
    let at = |minutes: u64| waste(&gate, json!({"at": gate.tablet.now() + minutes * MINUTE_MS}));
    let refused = cook.refused("entry.save", at(6));
    assert_eq!((refused["field"].as_str(), refused["rule"].as_str()), (Some("at"), Some("future")));
    assert!(cook.tries("entry.save", at(4)).is_ok(), "clocks differ by some minutes");
    gate.tablet.shows_unchecked(gate.tablet.now());
    assert!(cook.tries("entry.save", at(600)).is_ok(), "nobody knows what time it is");
}

#[test]
fn a_corrected_day_moves_the_row_in_lists_and_its_words_are_found() {
    let gate = Gate::new();
    let cook = gate.by(&gate.cook);
    let row = cook.call("entry.save", waste(&gate, json!({"note": "桶盖坏了"})));
    let day = gate.tablet.now() - 24 * 60 * MINUTE_MS;
    for (field, value) in [("at", json!(day)), ("note", json!("桶盖换新"))] {
        cook.call("entry.correct", json!({"id": row["id"], "field": field, "value": value, "reason": "记错"}));
    }
    let on = |day: &str| {
        let listed = cook.call("entry.list", json!({"kind": "waste", "from": day, "to": day}));
        listed["rows"].as_array().map(Vec::len)
    };
    assert_eq!((on("2026-08-31"), on("2026-09-01")), (Some(1), Some(0)));
    for word in ["换新", "坏了"] {
        let hits = cook.call("search.find", json!({"query": word}))["hits"].clone();
        assert_eq!(hits.as_array().map(Vec::len), Some(1), "{word}: by what it says, and by what it said");
    }
}

#[test]
fn two_who_end_at_once_are_both_kept_and_nobody_is_asked() {
    let gate = Gate::new();
    let saved = gate.shift();
    let guard = gate.by(&gate.zhang);
    guard.call("entry.act", json!({"id": saved["id"], "act": "begin"}));
    let seen = gate.get(&gate.zhang, &saved["id"])["version"].clone();
    let end = |seen: &Value| guard.call("entry.act", json!({"id": saved["id"], "act": "end", "seen": seen}));
    assert!(end(&seen).get("not_counted").is_none());
    gate.tablet.wait_ms(MINUTE_MS);
    assert_eq!(end(&seen)["not_counted"], "already", "a page that had not heard of the first");
    let row = gate.get(&gate.zhang, &saved["id"]);
    assert_eq!((&row["stage"], &row["conflicts"]), (&json!("ended"), &json!({})));
    assert_eq!(row["fields"]["ended_at"], json!(gate.tablet.now() - MINUTE_MS), "who and when are of one act");
    assert_eq!(row["history"].as_array().map(Vec::len), Some(3));
}

#[test]
fn an_act_on_a_stage_that_another_has_left_is_kept_and_does_not_count() {
    let gate = Gate::new();
    let shift = text(&gate.shift()["id"]);
    let handover = gate.handover(&shift);
    let seen = gate.get(&gate.zhang, &handover["id"])["version"].clone();
    let refuse = json!({"id": handover["id"], "act": "refuse", "set": {"reason": "物品不符"}});
    gate.by(&gate.li).call("entry.act", refuse);
    let give = json!({"id": handover["id"], "act": "give", "set": {"sig": signature()}});
    assert_eq!(gate.by(&gate.zhang).call("entry.act", give.clone())["not_counted"], "wrong_stage");
    let row = gate.get(&gate.head, &handover["id"]);
    assert_eq!((&row["stage"], row["history"].as_array().map(Vec::len)), (&json!("refused"), Some(2)));
    // Had he signed before he heard of it, his signature would stand beside the refusal.
    let mut earlier = give;
    earlier["seen"] = seen;
    assert!(gate.by(&gate.zhang).call("entry.act", earlier).get("not_counted").is_none());
    assert_eq!(gate.get(&gate.head, &handover["id"])["stage"], "refused");
}

#[test]
fn nobody_checks_their_own_row() {
    let gate = Gate::new();
    let person = |name: &str, role: &str| {
        let id = text(&gate.setup.call("person.save", json!({"name": name, "scope": gate.campus}))["id"]);
        gate.setup.call("person.grant", json!({"person": id, "role": role, "campus": gate.campus}));
        id
    };
    let (fso, other) = (person("孙食安", "fso"), person("钱食安", "fso"));
    // Both roles in one person: who writes may also check, but not this row.
    gate.setup.call("person.grant", json!({"person": fso, "role": "cook", "campus": gate.campus}));
    let set = json!({"area": gate.post, "object": "玩具", "method": "日晒"});
    let row = gate.by(&fso).call("entry.save", json!({"kind": "disinfection_log", "set": set}));
    gate.by(&fso).call("entry.act", json!({"id": row["id"], "act": "finish"}));
    let check = |by: &str| gate.by(by).call("entry.act", json!({"id": row["id"], "act": "check"}));
    assert_eq!(check(&fso)["not_counted"], "same_person");
    assert!(check(&other).get("not_counted").is_none());
}

#[test]
fn an_act_of_a_newer_app_is_kept_and_none_is_offered() {
    let gate = Gate::new();
    let saved = gate.shift();
    let newer =
        json!({"acts/0199a1f0-0000-7000-8000-000000000077": {"act": "relieve", "by": gate.li, "at": 5, "after": []}});
    gate.setup
        .call("record.save", json!({"id": saved["id"], "kind": "duty_shift", "seen": saved["version"], "set": newer}));
    let row = gate.get(&gate.zhang, &saved["id"]);
    assert_eq!((&row["acts"], &row["offers"]), (&json!([]), &json!([])));
    assert_eq!((&row["newer"], &row["history"]), (&json!(true), &json!([])), "nobody is shown half of it");
    let stored = gate.setup.call("record.get", json!({"id": saved["id"]}))["value"].clone();
    assert!(stored.to_string().contains("relieve"), "it is there, and nothing of it is lost");
}

#[test]
fn the_hand_of_a_note_is_its_own_and_no_note_is_changed() {
    let gate = Gate::new();
    let saved = gate.shift();
    for (by, words) in [(&gate.zhang, "路灯不亮"), (&gate.li, "已报修")] {
        let note = json!({"kind": "duty_shift", "id": saved["id"], "set": {"events": words}});
        gate.by(by).call("entry.save", note);
    }
    let stored = gate.setup.call("record.get", json!({"id": saved["id"]}));
    assert_eq!(stored["conflicts"], json!({}));
    let notes: Vec<(&String, &Value)> =
        stored["value"].as_object().expect("fields").iter().filter(|(path, _)| path.starts_with("events/")).collect();
    assert_eq!(notes.len(), 2);
    for (path, _) in notes {
        for value in [json!("改写"), Value::Null] {
            let set = json!({path.clone(): value});
            let refused = gate
                .by(&gate.zhang)
                .refused("entry.save", json!({"kind": "duty_shift", "id": saved["id"], "set": set}));
            assert_eq!(refused["rule"], "row", "{path}");
        }
    }
}

#[test]
fn what_can_hardly_be_meant_is_asked_once_and_kept_by_who_is_sure() {
    let gate = Gate::new();
    let class =
        text(&gate.setup.call("area.save", json!({"name": "大一班", "kind": "class", "scope": gate.campus}))["id"]);
    let count = |present: u32, sure: Value| {
        let set = json!({"class": class, "enrolled": 30, "present": present, "diners": 20});
        json!({"kind": "class_attendance", "set": set, "sure": sure})
    };
    let asked = gate.setup.refused("entry.save", count(310, json!([])));
    assert_eq!((&asked["code"], &asked["warnings"][0]["code"]), (&json!("confirm-value"), &json!("many")));
    assert!(!asked.to_string().contains("310"), "the question does not repeat the value: {asked}");
    assert_eq!(
        gate.setup.refused("entry.save", count(310, json!(["eaters"])))["code"],
        "confirm-value",
        "another question"
    );
    let saved = gate.setup.call("entry.save", count(310, json!(["many"])));
    let row = gate.get(&gate.head, &saved["id"]);
    assert_eq!((&row["fields"]["present"], &row["warnings"][0]["code"]), (&json!(310), &json!("many")));
    // Whoever goes on with the row is not asked again about what was settled, and asked about what is new.
    let change = |set: Value| json!({"kind": "class_attendance", "id": saved["id"], "set": set});
    gate.setup.call("entry.save", change(json!({"sick": 1})));
    assert_eq!(gate.setup.refused("entry.save", change(json!({"diners": 311})))["warnings"][0]["code"], "eaters");
    gate.tablet.wait_ms(121 * MINUTE_MS);
    let correct =
        |sure: Value| json!({"id": saved["id"], "field": "diners", "value": 311, "reason": "数错", "sure": sure});
    assert_eq!(gate.setup.refused("entry.correct", correct(json!([])))["code"], "confirm-value");
    assert_eq!(gate.setup.call("entry.correct", correct(json!(["eaters"])))["fields"]["diners"], 311);
}

#[test]
fn a_reading_is_held_against_the_one_before_and_a_void_one_is_none() {
    let gate = Gate::new();
    let meter = json!({"name": "总表", "sort": "电", "area": gate.post, "number": "1", "multiplier": "1"});
    let meter = gate.setup.call("entry.save", json!({"kind": "meter", "set": meter}))["id"].clone();
    let read = |value: &str| {
        gate.tablet.wait_ms(MINUTE_MS);
        gate.setup.tries("entry.save", json!({"kind": "meter_reading", "set": {"meter": meter, "value": value}}))
    };
    read("100").expect("the first reading");
    assert_eq!(read("99"), Err("confirm-value"));
    let wrong = read("1000").expect("nobody knows that a digit is too many")["id"].clone();
    assert_eq!(read("101"), Err("confirm-value"));
    gate.setup.call("entry.void", json!({"id": wrong, "reason": "多按一位"}));
    let next = read("101").expect("the wrong one is void");
    let row = gate.setup.call("entry.get", json!({"id": next["id"]}));
    assert_eq!(row["words"]["previous"]["zh"], "100");
}
