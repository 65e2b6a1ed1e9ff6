//! Rows of registers: written, signed, corrected, voided and listed, each by who may.

use serde_json::{Value, json};

use crate::support::{Hand, START_MS, Tablet, text};

/// A gate with two guards, a head, and a cook who has nothing to do with it.
pub(crate) struct Gate {
    pub(crate) tablet: Tablet,
    pub(crate) setup: Hand,
    pub(crate) campus: String,
    pub(crate) post: String,
    pub(crate) zhang: String,
    pub(crate) li: String,
    pub(crate) head: String,
    pub(crate) cook: String,
}

impl Gate {
    pub(crate) fn new() -> Self {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let campus = text(&setup.call("campus.save", json!({"name": "东校区", "kind": "school"}))["id"]);
        let post = text(&setup.call("area.save", json!({"name": "东门岗", "scope": campus}))["id"]);
        let person = |name: &str, role: &str| {
            let id = text(&setup.call("person.save", json!({"name": name, "scope": campus}))["id"]);
            setup.call("person.grant", json!({"person": id, "role": role, "campus": campus}));
            id
        };
        let (zhang, li) = (person("张强", "guard"), person("李明", "guard"));
        let (head, cook) = (person("王校长", "head"), person("赵厨", "cook"));
        Self { campus, post, zhang, li, head, cook, setup, tablet }
    }

    pub(crate) fn by(&self, person: &str) -> Hand {
        self.tablet.app(Some(person))
    }

    /// 张强 goes on the night shift.
    #[track_caller]
    pub(crate) fn shift(&self) -> Value {
        let set = json!({"post": self.post, "shift": "夜班"});
        self.by(&self.zhang).call("entry.save", json!({"kind": "duty_shift", "set": set}))
    }

    /// A handover of that shift to 李明, with everything there.
    #[track_caller]
    pub(crate) fn handover(&self, shift: &str) -> Value {
        let set = self.handover_set(shift);
        self.by(&self.zhang).call("entry.save", json!({"kind": "shift_handover", "set": set}))
    }

    /// What is typed for such a handover.
    pub(crate) fn handover_set(&self, shift: &str) -> Value {
        let items: serde_json::Map<String, Value> = self
            .lines()
            .into_iter()
            .map(|line| (text(&line["key"]), json!({"counted": line["cells"]["should"], "intact": true})))
            .collect();
        json!({"from_shift": shift, "to": self.li, "items": items})
    }

    /// The things that a handover counts.
    fn lines(&self) -> Vec<Value> {
        let field = self.field("shift_handover", "items");
        field["lines"].as_array().expect("lines").clone()
    }

    fn field(&self, kind: &str, name: &str) -> Value {
        let kinds = self.by(&self.zhang).call("entry.kinds", json!({}))["kinds"].as_array().expect("kinds").clone();
        let kind = kinds.iter().find(|known| known["kind"] == kind).expect("the register");
        let mut fields = kind["fields"].as_array().expect("fields").iter();
        fields.find(|field| field["name"] == name).expect("the field").clone()
    }

    #[track_caller]
    pub(crate) fn get(&self, by: &str, id: &Value) -> Value {
        self.by(by).call("entry.get", json!({"id": id}))
    }
}

/// Strokes of a hand.
pub(crate) fn signature() -> Value {
    json!({"strokes": [[[100, 100], [400, 300], [700, 200], [900, 500]]]})
}

#[test]
fn a_row_is_written_with_its_envelope_and_reads_in_words() {
    let gate = Gate::new();
    let saved = gate.shift();
    assert_eq!(saved["created"], true);
    let row = gate.get(&gate.zhang, &saved["id"]);
    assert_eq!(
        (row["kind"].as_str(), row["stage"].as_str(), &row["open"]),
        (Some("duty_shift"), Some("planned"), &json!(true))
    );
    assert_eq!((&row["fields"]["date"], &row["day"]), (&json!("2026-09-01"), &json!("2026-09-01")));
    assert_eq!((&row["fields"]["person"], &row["words"]["person"]["zh"]), (&json!(gate.zhang), &json!("张强")));
    assert_eq!((&row["words"]["post"]["zh"], &row["words"]["shift"]["en"]), (&json!("东门岗"), &json!("Night")));
    assert_eq!(
        (&row["by"]["name"], &row["at"], &row["form"]),
        (&json!("张强"), &json!(START_MS), &json!("duty_shift@1"))
    );
    assert_eq!((&row["acts"], &row["hidden"]), (&json!(["begin"]), &json!(0)));
    assert_eq!(row["saw"].as_str().map(str::len), Some(64));
    let stored = gate.setup.call("record.get", json!({"id": saved["id"]}))["value"].clone();
    assert_eq!(
        (&stored["business_date"], &stored["post_as"], &stored["clock"]["state"]),
        (&json!("2026-09-01"), &json!("东门岗"), &json!("server"))
    );
    assert!(stored.get("weather").is_none(), "a blank writes nothing: {stored}");
}

#[test]
fn a_key_makes_one_row_and_a_void_one_makes_room_for_another() {
    let gate = Gate::new();
    let first = gate.shift();
    let again = gate.shift();
    assert_eq!((&again["id"], &again["created"], &again["version"]), (&first["id"], &json!(false), &first["version"]));
    gate.by(&gate.zhang).call("entry.void", json!({"id": first["id"], "reason": "排错班"}));
    let second = gate.shift();
    assert_eq!(second["created"], true);
    assert_ne!(second["id"], first["id"]);
    let id = uuid::Uuid::parse_str(second["id"].as_str().expect("an id")).expect("a UUID");
    let name = format!("entry/duty_shift/2026-09-01/{}/夜班/{}/1", gate.post, gate.zhang);
    assert_eq!(id, uuid::Uuid::new_v5(&gate.campus.parse().expect("a UUID"), name.as_bytes()));
}

#[test]
fn what_is_not_understood_is_named_by_field_and_rule_and_never_repeated() {
    let gate = Gate::new();
    let guard = gate.by(&gate.zhang);
    for (set, field, rule) in [
        (json!({"post": gate.post}), "shift", "missing"),
        (json!({"post": gate.post, "shift": "机密班"}), "shift", "option"),
        (json!({"post": "机密", "shift": "夜班"}), "post", "reference"),
        (json!({"post": gate.post, "shift": "夜班", "date": "2026-02-30"}), "date", "date"),
        (json!({"post": gate.post, "shift": "夜班", "secret": "机密"}), "secret", "unknown"),
        (
            json!({"post": gate.post, "shift": "夜班", "leader": {"masked": "surname", "shown": "王**"}}),
            "leader",
            "masked",
        ),
        (json!({"post": gate.zhang, "shift": "夜班"}), "post", "reference"),
    ] {
        let problem = guard.refused("entry.save", json!({"kind": "duty_shift", "set": set}));
        let told = problem.to_string();
        assert_eq!(problem["type"], "urn:rounds:problem:bad-value", "{told}");
        assert_eq!((problem["field"].as_str(), problem["rule"].as_str()), (Some(field), Some(rule)), "{told}");
        assert!(!told.contains("机密") && !told.contains("王**"), "{told}");
    }
    assert!(guard.call("entry.list", json!({"kind": "duty_shift"}))["rows"].as_array().expect("rows").is_empty());
}

#[test]
fn a_reference_to_another_campus_is_refused_and_one_that_is_not_here_is_taken_and_flagged() {
    let gate = Gate::new();
    let guard = gate.by(&gate.zhang);
    let other = text(&gate.setup.call("campus.save", json!({"name": "西校区", "kind": "school"}))["id"]);
    let theirs = text(&gate.setup.call("area.save", json!({"name": "西门", "scope": other}))["id"]);
    let save =
        |post: &str| json!({"kind": "duty_shift", "campus": gate.campus, "set": {"post": post, "shift": "夜班"}});
    let problem = guard.refused("entry.save", save(&theirs));
    assert_eq!((problem["field"].as_str(), problem["rule"].as_str()), (Some("post"), Some("other-campus")));
    let saved = guard.call("entry.save", save("0199a1f0-0000-7000-8000-00000000abcd"));
    let row = gate.get(&gate.zhang, &saved["id"]);
    assert_eq!(row["refs"]["post"][0]["state"], "elsewhere");
}

#[test]
fn its_author_changes_a_row_for_ten_minutes_and_corrects_it_after() {
    let gate = Gate::new();
    let saved = gate.shift();
    let guard = gate.by(&gate.zhang);
    let save = |set: Value| json!({"kind": "duty_shift", "id": saved["id"], "set": set});
    let changed = guard.call("entry.save", save(json!({"weather": "晴"})));
    assert_ne!(changed["version"], saved["version"]);
    guard.call("entry.save", save(json!({"weather": "雨"})));
    let refused = guard.refused("entry.save", save(json!({"post": gate.post})));
    assert_eq!((refused["field"].as_str(), refused["rule"].as_str()), (Some("post"), Some("frozen")));
    gate.tablet.wait_ms(11 * 60_000);
    assert_eq!(
        guard.refusal("entry.save", save(json!({"weather": "雪"}))),
        ("finished".to_owned(), Some("weather".to_owned()))
    );
    // What nobody ever filled can be filled as long as the row is open.
    guard.call("entry.save", save(json!({"leader": gate.head})));
    let view = gate.get(&gate.zhang, &saved["id"]);
    assert_eq!(view["editable"], json!(["events"]));
    let corrected =
        guard.call("entry.correct", json!({"id": saved["id"], "field": "weather", "value": "雪", "reason": "看错了"}));
    assert_eq!((&corrected["fields"]["weather"], &corrected["corrected"]), (&json!("雪"), &json!(true)));
    let correction = &corrected["corrections"][0];
    assert_eq!(
        (&correction["original"]["zh"], &correction["value"]["zh"], &correction["label"]),
        (&json!("雨"), &json!("雪"), &json!("天气"))
    );
    let listed = guard.call("entry.list", json!({"kind": "duty_shift"}))["rows"][0].clone();
    assert_eq!(listed["corrected"], true);
    let frozen =
        guard.refused("entry.correct", json!({"id": saved["id"], "field": "post", "value": gate.post, "reason": "x"}));
    assert_eq!(frozen["rule"], "frozen");
    assert_eq!(
        guard
            .refusal("entry.correct", json!({"id": saved["id"], "field": "weather", "value": "晴", "reason": " "}))
            .1
            .as_deref(),
        Some("reason")
    );
}

#[test]
fn nobody_else_changes_what_somebody_wrote() {
    let gate = Gate::new();
    let saved = gate.shift();
    let weather = json!({"kind": "duty_shift", "id": saved["id"], "set": {"weather": "晴"}});
    // It was never filled, so whoever keeps shifts may fill it; changing it is another matter.
    gate.by(&gate.li).call("entry.save", weather);
    let other = json!({"kind": "duty_shift", "id": saved["id"], "set": {"weather": "雨"}});
    assert_eq!(gate.by(&gate.li).refusal("entry.save", other).0, "finished");
    let correction = json!({"id": saved["id"], "field": "weather", "value": "雨", "reason": "不对"});
    assert_eq!(gate.by(&gate.li).refusal("entry.correct", correction).0, "not-allowed");
    assert_eq!(gate.by(&gate.li).refusal("entry.void", json!({"id": saved["id"], "reason": "不对"})).0, "not-allowed");
}

#[test]
fn a_row_that_is_written_late_says_why() {
    let gate = Gate::new();
    let guard = gate.by(&gate.zhang);
    let set = json!({"date": "2026-08-30", "post": gate.post, "shift": "夜班"});
    assert_eq!(guard.refusal("entry.save", json!({"kind": "duty_shift", "set": set})).0, "late-reason");
    let saved = guard.call("entry.save", json!({"kind": "duty_shift", "set": set, "late_reason": "平板没电"}));
    // The guards see the shifts of two days; who made it by `about me` sees it still.
    let row = gate.get(&gate.zhang, &saved["id"]);
    assert_eq!(
        (&row["late"], &row["late_reason"], &row["day"]),
        (&json!(true), &json!("平板没电"), &json!("2026-08-30"))
    );
}

#[test]
fn acts_move_a_row_on_and_what_does_not_count_is_kept_and_told() {
    let gate = Gate::new();
    let saved = gate.shift();
    let act = |by: &str, act: &str| gate.by(by).call("entry.act", json!({"id": saved["id"], "act": act}));
    assert_eq!(act(&gate.li, "begin")["not_counted"], "not_vouched", "it is 张强's shift");
    assert_eq!(act(&gate.zhang, "end")["not_counted"], "wrong_stage");
    let begun = act(&gate.zhang, "begin");
    assert!(begun.get("not_counted").is_none());
    assert_eq!(act(&gate.zhang, "begin")["not_counted"], "already");
    let row = gate.get(&gate.zhang, &saved["id"]);
    assert_eq!((&row["stage"], &row["fields"]["started_at"]), (&json!("on"), &json!(START_MS)));
    let outcomes: Vec<&Value> =
        row["history"].as_array().expect("a history").iter().map(|act| &act["outcome"]).collect();
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == "applied").count(), 1);
    assert_eq!(outcomes.len(), 4);
    assert_eq!(gate.by(&gate.cook).refusal("entry.act", json!({"id": saved["id"], "act": "end"})).0, "not-found");
    assert_eq!(gate.by(&gate.head).refusal("entry.act", json!({"id": saved["id"], "act": "end"})).0, "not-allowed");
    assert_eq!(
        gate.by(&gate.zhang).refusal("entry.act", json!({"id": saved["id"], "act": "leave"})).1.as_deref(),
        Some("act")
    );
}

#[test]
fn an_act_is_taken_back_within_five_seconds_by_its_author_alone() {
    let gate = Gate::new();
    let saved = gate.shift();
    let guard = gate.by(&gate.zhang);
    let begun = guard.call("entry.act", json!({"id": saved["id"], "act": "begin"}));
    let undo = json!({"id": saved["id"], "entry": begun["entry"]});
    assert_eq!(gate.by(&gate.li).refusal("entry.undo", undo.clone()).0, "nothing-to-undo");
    gate.tablet.wait_ms(4_000);
    assert_eq!(gate.get(&gate.zhang, &saved["id"])["history"][0]["can_undo"], true);
    guard.call("entry.undo", undo.clone());
    assert_eq!(gate.get(&gate.zhang, &saved["id"])["stage"], "planned");
    let again = guard.call("entry.act", json!({"id": saved["id"], "act": "begin"}));
    gate.tablet.wait_ms(6_000);
    assert_eq!(guard.refusal("entry.undo", json!({"id": saved["id"], "entry": again["entry"]})).0, "nothing-to-undo");
}

#[test]
fn a_struck_act_counts_no_more_and_a_lifted_void_is_none() {
    let gate = Gate::new();
    let saved = gate.shift();
    let guard = gate.by(&gate.zhang);
    let begun = guard.call("entry.act", json!({"id": saved["id"], "act": "begin"}));
    let struck = guard.call("entry.strike", json!({"id": saved["id"], "entry": begun["entry"], "reason": "点错了"}));
    assert_eq!((&struck["stage"], &struck["history"][0]["outcome"]), (&json!("planned"), &json!("struck")));
    let strike = json!({"id": saved["id"], "entry": begun["entry"], "reason": "再来"});
    assert_eq!(guard.refusal("entry.strike", strike).0, "not-found");
    let void = guard.call("entry.void", json!({"id": saved["id"], "reason": "排错班"}));
    assert_eq!((&void["stage"], &void["void"], &void["acts"]), (&json!("void"), &json!(true), &json!([])));
    assert_eq!(guard.call("entry.act", json!({"id": saved["id"], "act": "begin"}))["not_counted"], "void");
    assert_eq!(guard.refusal("entry.void", json!({"id": saved["id"], "reason": "再来"})).0, "void");
    let weather = json!({"kind": "duty_shift", "id": saved["id"], "set": {"weather": "晴"}});
    assert_eq!(guard.refusal("entry.save", weather).0, "void");
    let restored = guard.call("entry.restore", json!({"id": saved["id"], "reason": "没有排错"}));
    assert_eq!((&restored["void"], &restored["voids"][0]["lifted"]), (&json!(false), &json!(true)));
    assert_eq!(guard.refusal("entry.restore", json!({"id": saved["id"], "reason": "再来"})).0, "nothing-to-undo");
}

#[test]
fn a_handover_is_whole_when_two_people_have_signed() {
    let gate = Gate::new();
    let shift = gate.shift();
    let handover = gate.handover(&text(&shift["id"]));
    let row = gate.get(&gate.zhang, &handover["id"]);
    assert_eq!((&row["fields"]["from"], &row["fields"]["post"]), (&json!(gate.zhang), &json!(gate.post)));
    assert_eq!((&row["stage"], &row["acts"]), (&json!("open"), &json!(["give"])));
    let sign = |by: &str, act: &str| {
        gate.by(by).call("entry.act", json!({"id": handover["id"], "act": act, "set": {"sig": signature()}}))
    };
    assert!(sign(&gate.zhang, "give").get("not_counted").is_none());
    assert_eq!(gate.get(&gate.li, &handover["id"])["stage"], "half");
    assert!(sign(&gate.li, "take").get("not_counted").is_none());
    let row = gate.get(&gate.head, &handover["id"]);
    assert_eq!((&row["stage"], &row["open"]), (&json!("done"), &json!(false)));
    assert_eq!(row["history"][0]["changed_since"], false);
    let refused = gate.by(&gate.zhang).refused("entry.act", json!({"id": handover["id"], "act": "give"}));
    assert_eq!((refused["field"].as_str(), refused["rule"].as_str()), (Some("sig"), Some("missing")));
}

#[test]
fn a_correction_after_the_signatures_shows_beside_them() {
    let gate = Gate::new();
    let shift = gate.shift();
    let handover = gate.handover(&text(&shift["id"]));
    gate.by(&gate.zhang).call("entry.act", json!({"id": handover["id"], "act": "give", "set": {"sig": signature()}}));
    let key = text(&gate.lines()[0]["key"]);
    let correction =
        json!({"id": handover["id"], "field": format!("items/{key}/intact"), "value": false, "reason": "有裂纹"});
    let corrected = gate.by(&gate.zhang).call("entry.correct", correction);
    assert_eq!(corrected["history"][0]["changed_since"], true);
    assert_eq!(corrected["fields"]["items"][&key]["intact"], false);
    let edit = json!({"kind": "shift_handover", "id": handover["id"], "set": {"to": gate.head}});
    assert_eq!(gate.by(&gate.zhang).refusal("entry.save", edit).0, "finished", "an act stands on it");
}

#[test]
fn things_that_are_missing_make_one_finding_without_a_word_of_the_row() {
    let gate = Gate::new();
    let shift = gate.shift();
    let mut items = serde_json::Map::new();
    for line in gate.lines() {
        items.insert(text(&line["key"]), json!({"counted": 0, "intact": true}));
    }
    let set = json!({"from_shift": shift["id"], "to": gate.li, "items": items});
    let saved = gate.by(&gate.zhang).call("entry.save", json!({"kind": "shift_handover", "set": set}));
    let findings = gate.setup.findings();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0]["description"], "交接班：交接物品短少");
    let note = json!({"kind": "shift_handover", "id": saved["id"], "set": {"notes": "钥匙在保安室"}});
    gate.by(&gate.zhang).call("entry.save", note);
    assert_eq!(gate.setup.findings().len(), 1);
}
