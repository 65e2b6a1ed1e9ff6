//! What Today says of registers: to whom, of what, and nothing to anybody else.

use serde_json::{Value, json};

use crate::entries::{Gate, signature};
use crate::support::{Hand, Tablet, text};

const DAY_MS: u64 = 86_400_000;

/// The titles of the rows that wait.
fn waiting(app: &Hand, arguments: Value) -> Vec<(String, Value)> {
    let today = app.call("today.get", arguments);
    let rows = today["rows"].as_array().expect("rows");
    assert!(today["counts"]["rows"].as_u64().expect("a count") >= rows.len() as u64);
    rows.iter().map(|row| (text(&row["kind"]), row.clone())).collect()
}

fn kinds(app: &Hand) -> Vec<String> {
    waiting(app, json!({})).into_iter().map(|(kind, _)| kind).collect()
}

#[test]
fn an_open_shift_and_a_handover_wait_for_who_keeps_shifts_and_for_nobody_else() {
    let gate = Gate::new();
    let shift = gate.shift();
    let guard = gate.by(&gate.zhang);
    assert_eq!(kinds(&guard), ["duty_shift"]);
    assert_eq!(kinds(&gate.by(&gate.cook)), Vec::<String>::new());
    guard.call("entry.act", json!({"id": shift["id"], "act": "begin"}));
    gate.handover(&text(&shift["id"]));
    let rows = waiting(&guard, json!({}));
    let handover = &rows.iter().find(|(kind, _)| kind == "shift_handover").expect("the handover").1;
    assert_eq!((&handover["overdue"], &handover["tone"]), (&json!(false), &json!("now")));
    gate.tablet.wait_ms(2 * 3_600_000);
    let rows = waiting(&gate.by(&gate.li), json!({}));
    assert_eq!((&rows[0].0[..], &rows[0].1["tone"]), ("shift_handover", &json!("over")), "what is due stands first");
    // The office sees what it does not write when it asks for everybody.
    let head = gate.by(&gate.head);
    assert!(kinds(&head).is_empty());
    let all: Vec<String> = waiting(&head, json!({"everybody": true})).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(all, ["shift_handover", "duty_shift"]);
    guard.call("entry.act", json!({"id": shift["id"], "act": "end"}));
    assert_eq!(kinds(&guard), ["shift_handover"]);
}

#[test]
fn an_act_that_does_not_count_stands_in_today_of_who_did_it_with_why() {
    let gate = Gate::new();
    let shift = gate.shift();
    let guard = gate.by(&gate.zhang);
    guard.call("entry.act", json!({"id": shift["id"], "act": "begin"}));
    gate.tablet.wait_ms(60_000);
    let again = guard.call("entry.act", json!({"id": shift["id"], "act": "begin"}));
    assert_eq!(again["not_counted"], "already");
    let uncounted = |hand: &Hand| hand.call("today.get", json!({}))["uncounted"].as_array().expect("acts").clone();
    let told = uncounted(&guard);
    assert_eq!((told.len(), &told[0]["why"], &told[0]["act"]["zh"]), (1, &json!("already"), &json!("到岗")));
    assert_eq!(told[0]["id"], shift["id"]);
    assert!(uncounted(&gate.by(&gate.li)).is_empty(), "it is told to its author alone");
    // Who strikes it has heard of it.
    let act = again["entry"].clone();
    guard.call("entry.strike", json!({"id": shift["id"], "entry": act, "reason": "按了两次"}));
    assert!(uncounted(&guard).is_empty());
}

#[test]
fn an_act_that_does_not_count_is_told_for_seven_days() {
    let gate = Gate::new();
    let shift = gate.shift();
    let handover = gate.handover(&text(&shift["id"]));
    let li = gate.by(&gate.li);
    for _ in 0..2 {
        li.call("entry.act", json!({"id": handover["id"], "act": "take", "set": {"sig": signature()}}));
        gate.tablet.wait_ms(1_000);
    }
    let told = |hand: &Hand| hand.call("today.get", json!({}))["uncounted"].as_array().map_or(0, Vec::len);
    assert_eq!(told(&li), 1);
    gate.tablet.wait_ms(DAY_MS);
    assert_eq!(told(&li), 1);
    gate.tablet.wait_ms(7 * DAY_MS);
    assert_eq!(told(&li), 0);
}

/// A school with an officer who looks after certificates, somebody who mends things, and a cook.
struct School {
    tablet: Tablet,
    setup: Hand,
    campus: String,
    fso: String,
    cook: String,
    fixer: String,
    carer: String,
    class: String,
    other: String,
}

impl School {
    fn new() -> Self {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let campus = text(&setup.call("campus.save", json!({"name": "东校区", "kind": "kindergarten"}))["id"]);
        let area =
            |name: &str| text(&setup.call("area.save", json!({"name": name, "kind": "class", "scope": campus}))["id"]);
        let (class, other) = (area("大一班"), area("大二班"));
        let person = |name: &str, role: &str, places: Value| {
            let id = text(&setup.call("person.save", json!({"name": name, "scope": campus}))["id"]);
            setup.call("person.grant", json!({"person": id, "role": role, "campus": campus, "places": places}));
            id
        };
        let (fso, cook, fixer) =
            (person("陈安", "fso", json!([])), person("赵厨", "cook", json!([])), person("钱修", "fixer", json!([])));
        let carer = person("孙育", "carer", json!([class]));
        Self { tablet, setup, campus, fso, cook, fixer, carer, class, other }
    }

    fn by(&self, person: &str) -> Hand {
        self.tablet.app(Some(person))
    }

    fn certificate(&self, person: &str, from: &str, to: &str, scan: char) -> Value {
        let photo = crate::support::photo(scan);
        let set = json!({"person": person, "issued_on": from, "valid_to": to, "no": "A1", "issuer": "疾控中心", "scan": [photo]});
        self.by(&self.fso).call("entry.save", json!({"kind": "health_certificate", "set": set}))["id"].clone()
    }
}

#[test]
fn a_certificate_is_spoken_of_sixty_days_before_its_end_until_a_later_one_is_on_file() {
    let school = School::new();
    let first = school.certificate(&school.cook, "2025-11-15", "2026-11-15", 'a');
    let fso = school.by(&school.fso);
    assert!(kinds(&fso).is_empty(), "75 days are long");
    school.tablet.wait_ms(20 * DAY_MS);
    let rows = waiting(&fso, json!({}));
    assert_eq!((rows.len(), &rows[0].1["id"], &rows[0].1["tone"]), (1, &first, &json!("soon")));
    assert_eq!(rows[0].1["note"], json!({"zh": "还有 55 天", "en": "55 days left"}));
    school.tablet.wait_ms(60 * DAY_MS);
    assert_eq!(waiting(&fso, json!({}))[0].1["note"]["zh"], "过期 5 天");
    let listed = fso.call("entry.list", json!({"kind": "health_certificate"}))["rows"][0].clone();
    assert_eq!(
        (&listed["tones"]["left"], &listed["words"]["left"]["en"]),
        (&json!("over"), &json!("ended 5 days ago"))
    );
    // The paper is renewed; the old row stays, and is spoken of no more.
    school.certificate(&school.cook, "2026-11-20", "2027-11-20", 'b');
    assert!(kinds(&fso).is_empty());
    let old = fso.call("entry.get", json!({"id": first}));
    assert_eq!((&old["tones"]["left"], &old["words"]["left"]["zh"]), (&json!("past"), &json!("已有更新的")));
    assert!(kinds(&school.by(&school.fixer)).is_empty());
}

#[test]
fn a_certificate_without_a_scan_does_not_take_the_place_of_one_that_has_one() {
    let school = School::new();
    let first = school.certificate(&school.cook, "2025-09-10", "2026-09-10", 'a');
    let set = json!({"person": school.cook, "issued_on": "2026-09-01", "valid_to": "2027-09-01", "no": "A1", "issuer": "疾控中心"});
    let fso = school.by(&school.fso);
    let unseen = fso.call("entry.save", json!({"kind": "health_certificate", "set": set}))["id"].clone();
    let rows = waiting(&fso, json!({}));
    assert_eq!((rows.len(), &rows[0].1["id"], &rows[0].1["tone"]), (1, &first, &json!("near")));
    let view = fso.call("entry.get", json!({"id": unseen}));
    assert_eq!(view["words"]["left"]["zh"], "没有扫描件，不算");
    assert_eq!(view["warnings"][0]["level"], "note", "it refuses nothing");
}

#[test]
fn the_next_inspection_of_special_equipment_is_spoken_of_in_time() {
    let school = School::new();
    let set = json!({
        "name": "电梯", "sort": "电梯", "area": school.class, "registration": "梯1", "next_inspection": "2026-09-20", "keeper": school.cook,
    });
    let fixer = school.by(&school.fixer);
    fixer.call("entry.save", json!({"kind": "special_equipment", "set": set}));
    let rows = waiting(&fixer, json!({}));
    assert_eq!((rows[0].0.as_str(), &rows[0].1["note"]["zh"]), ("special_equipment", &json!("还有 19 天")));
    assert_eq!(rows[0].1["tone"], "near");
}

#[test]
fn what_is_still_to_be_written_today_is_told_to_who_writes_it_for_their_places() {
    let school = School::new();
    let missing = |hand: &Hand, arguments: Value| -> Vec<String> {
        let today = hand.call("today.get", arguments);
        let missing = today["missing"].as_array().expect("what is missing");
        assert_eq!(today["counts"]["missing"], json!(missing.len()));
        missing
            .iter()
            .map(|one| format!("{} {}", one["kind"].as_str().expect("a kind"), text(&one["what"]["zh"])))
            .collect()
    };
    // Areas were made today; nothing is expected of them before, and today it is.
    let carer = school.by(&school.carer);
    let of_disinfection = |all: Vec<String>| -> Vec<String> {
        all.into_iter().filter(|one| one.starts_with("disinfection_log")).collect()
    };
    assert_eq!(
        of_disinfection(missing(&carer, json!({}))),
        ["disinfection_log 大一班 口杯", "disinfection_log 大一班 毛巾"]
    );
    let now = school.tablet.now();
    let cups = json!({"area": school.class, "object": "口杯", "method": "蒸汽", "qty": 30, "started_at": now, "temp_c": "100"});
    carer.call("entry.save", json!({"kind": "disinfection_log", "set": cups}));
    assert_eq!(of_disinfection(missing(&carer, json!({}))), ["disinfection_log 大一班 毛巾"]);
    // The officer writes for the whole campus; a fixer for none of it.
    assert_eq!(of_disinfection(missing(&school.by(&school.fso), json!({}))).len(), 3);
    assert!(of_disinfection(missing(&school.by(&school.fixer), json!({}))).is_empty());
    // A week's is told on the last day of school of the week: 2026-09-11 is a Friday, and the classes were there all week.
    school.tablet.wait_ms(10 * DAY_MS);
    let of_week = of_disinfection(missing(&carer, json!({})));
    assert!(of_week.contains(&"disinfection_log 大一班 玩具".to_owned()), "{of_week:?}");
    // Nothing is expected on a Saturday.
    school.tablet.wait_ms(DAY_MS);
    assert!(of_disinfection(missing(&carer, json!({}))).is_empty());
    assert_ne!(school.other, school.class);
}

/// What is missing, by what it is: whose work, which words, for what, how often.
fn groups(hand: &Hand, arguments: Value) -> Vec<(bool, String, Value, u64)> {
    let today = hand.call("today.get", arguments);
    let groups = today["missing_groups"].as_array().expect("groups").clone();
    let sum = |mine: bool| -> u64 {
        let of = groups.iter().filter(|group| group["mine"].as_bool() == Some(mine));
        of.map(|group| group["count"].as_u64().expect("a count")).sum()
    };
    let counts = &today["counts"];
    assert_eq!(
        (json!(sum(true)), json!(sum(true) + sum(false))),
        (counts["missing_mine"].clone(), counts["missing"].clone())
    );
    let group = |group: &Value| {
        let words = format!("{} {}", text(&group["register"]["zh"]), text(&group["what"]["zh"]));
        (group["mine"] == true, words, group["per"].clone(), group["count"].as_u64().expect("a count"))
    };
    groups.iter().map(group).collect()
}

#[test]
fn what_is_expected_of_carers_stands_in_one_line_behind_the_own_work_of_a_cook() {
    let school = School::new();
    let kitchen = json!({"name": "厨房", "kind": "kitchen", "scope": school.campus});
    let kitchen = text(&school.setup.call("area.save", kitchen)["id"]);
    let meals = json!([{"type": "午餐", "planned": "11:30", "days": "school", "weekdays": [1, 2, 3, 4, 5]}]);
    school.setup.call("campus.save", json!({"id": school.campus, "meals": meals}));
    let cook = school.by(&school.cook);
    let class = json!("class");
    assert_eq!(
        groups(&cook, json!({})),
        [
            (true, "消毒记录 厨房 餐具 午餐".to_owned(), json!("kitchen"), 1),
            (false, "消毒记录 口杯".to_owned(), class.clone(), 2),
            (false, "消毒记录 毛巾".to_owned(), class.clone(), 2),
        ]
    );
    let first = &cook.call("today.get", json!({}))["missing"][0];
    assert_eq!((&first["mine"], &first["place"]), (&json!(true), &json!(kitchen)), "their own work stands first");
    // A carer is told of their class by name, as their own; nobody's work is another's where all of it is asked for.
    let carer = groups(&school.by(&school.carer), json!({}));
    assert!(carer.contains(&(true, "消毒记录 大一班 毛巾".to_owned(), class, 1)), "{carer:?}");
    assert!(carer.iter().all(|(mine, ..)| *mine));
    assert!(groups(&school.by(&school.fso), json!({"everybody": true})).iter().all(|(mine, ..)| *mine));
}

#[test]
fn what_a_carer_has_left_running_is_not_the_work_of_a_cook_unless_the_cook_began_it() {
    let school = School::new();
    let towels = |hand: &Hand, place: &str| {
        let set = json!({
            "area": place, "object": "毛巾", "method": "蒸汽", "qty": 30, "started_at": school.tablet.now(), "temp_c": "100",
        });
        hand.call("entry.save", json!({"kind": "disinfection_log", "set": set}))["id"].clone()
    };
    let (cook, carer) = (school.by(&school.cook), school.by(&school.carer));
    let (theirs, own) = (towels(&carer, &school.class), towels(&cook, &school.other));
    let whose = |hand: &Hand| -> Vec<(Value, Value)> {
        waiting(hand, json!({})).into_iter().map(|(_, row)| (row["id"].clone(), row["mine"].clone())).collect()
    };
    assert_eq!(whose(&cook), [(own, json!(true)), (theirs.clone(), json!(false))]);
    assert_eq!(whose(&carer), [(theirs, json!(true))]);
    assert_eq!(cook.call("today.get", json!({}))["counts"]["rows_mine"], 1);
}

#[test]
fn a_handover_is_the_work_of_who_must_sign_next() {
    let gate = Gate::new();
    let shift = gate.shift();
    let handover = gate.handover(&text(&shift["id"]));
    let is_mine = |person: &str| -> Vec<bool> {
        let rows = waiting(&gate.by(person), json!({}));
        rows.iter().filter(|(kind, _)| kind == "shift_handover").map(|(_, row)| row["mine"] == true).collect()
    };
    assert_eq!((is_mine(&gate.zhang), is_mine(&gate.li)), (vec![true], vec![true]));
    gate.by(&gate.zhang).call("entry.act", json!({"id": handover["id"], "act": "give", "set": {"sig": signature()}}));
    assert_eq!((is_mine(&gate.zhang), is_mine(&gate.li)), (vec![false], vec![true]));
}

#[test]
fn of_a_register_with_many_rows_the_first_few_leave_room_for_others() {
    let school = School::new();
    let logi = text(&school.setup.call("person.save", json!({"name": "李总务", "scope": school.campus}))["id"]);
    school.setup.call("person.grant", json!({"person": logi, "role": "logi", "campus": school.campus}));
    for day in 10..40 {
        let set = json!({
            "name": format!("电梯{day}"), "sort": "电梯", "area": school.class, "registration": format!("梯{day}"),
            "next_inspection": "2026-09-20", "keeper": logi,
        });
        school.by(&school.fixer).call("entry.save", json!({"kind": "special_equipment", "set": set}));
    }
    school.certificate(&school.cook, "2025-09-30", "2026-09-30", 'a');
    let today = school.by(&logi).call("today.get", json!({}));
    let kinds: Vec<String> = today["rows"].as_array().expect("rows").iter().map(|row| text(&row["kind"])).collect();
    assert_eq!(kinds.len(), 20);
    assert!(kinds.contains(&"health_certificate".to_owned()), "{kinds:?}");
    let counts: Vec<(String, Value)> = today["row_groups"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|group| (text(&group["kind"]), group["count"].clone()))
        .collect();
    assert_eq!(counts, [("special_equipment".to_owned(), json!(30)), ("health_certificate".to_owned(), json!(1))]);
}

#[test]
fn drafts_of_a_compartment_are_removed_after_seven_days_and_their_author_hears_two_days_before() {
    let school = School::new();
    let shared = school.by(&school.fso);
    let keep = |form: &str| {
        shared.call("draft.save", json!({"form": form, "declared": 1, "base": {}, "set": {"no": "12"}}));
    };
    keep("entry.save/health_certificate");
    keep("entry.save/waste");
    let ending = |hand: &Hand| hand.call("today.get", json!({}))["drafts"].as_array().expect("drafts").clone();
    school.tablet.wait_ms(4 * DAY_MS);
    assert!(ending(&shared).is_empty());
    school.tablet.wait_ms(DAY_MS + 60_000);
    let told = ending(&shared);
    assert_eq!((told.len(), &told[0]["form"]), (1, &json!("entry.save/health_certificate")));
    assert!(ending(&school.by(&school.cook)).is_empty(), "a draft is its author's alone");
    school.tablet.wait_ms(2 * DAY_MS);
    let drafts = shared.call("draft.list", json!({}))["drafts"].as_array().expect("drafts").clone();
    assert_eq!(drafts.iter().map(|draft| &draft["form"]).collect::<Vec<_>>(), ["entry.save/waste"]);
}

#[test]
fn what_somebody_left_behind_is_told_to_who_looks_after_people_without_a_word_of_it() {
    let school = School::new();
    let cook = school.by(&school.cook);
    cook.call("draft.save", json!({"form": "entry.save/waste", "declared": 1, "base": {}, "set": {"note": "机密"}}));
    school.setup.call("person.save", json!({"id": school.cook, "active": false}));
    let logi = text(&school.setup.call("person.save", json!({"name": "李总务", "scope": school.campus}))["id"]);
    school.setup.call("person.grant", json!({"person": logi, "role": "logi", "campus": school.campus}));
    school.tablet.wait_ms(27 * DAY_MS);
    let ending = |hand: &Hand| hand.call("today.get", json!({}))["drafts"].as_array().expect("drafts").clone();
    assert!(ending(&school.by(&logi)).is_empty());
    school.tablet.wait_ms(DAY_MS + 60_000);
    let told = ending(&school.by(&logi));
    assert_eq!((told.len(), &told[0]["person"]["name"], &told[0]["count"]), (1, &json!("赵厨"), &json!(1)));
    assert!(!told[0].to_string().contains("机密") && told[0]["form"].is_null());
    assert!(ending(&school.by(&school.fixer)).is_empty());
}
