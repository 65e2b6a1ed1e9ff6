//! Findings and inspections, role by role and door by door: what is not seen is absent without a word.

use std::collections::BTreeMap;

use app::BlobSight;
use serde_json::{Value, json};

use crate::support::{Hand, Tablet, photo, text};

/// What stands at the school: two findings that are open or done with, and forms of three checklists, each with a word of its own.
struct School {
    tablet: Tablet,
    setup: Hand,
    campus: String,
    people: BTreeMap<&'static str, String>,
    records: Vec<Known>,
}

struct Known {
    what: &'static str,
    kind: &'static str,
    id: String,
    /// What a search finds it by.
    word: &'static str,
    /// The digit that its photo's name is made of.
    photo: char,
    seen_by: &'static [&'static str],
}

const ROLES: [&str; 12] =
    ["head", "logi", "fso", "keeper", "fixer", "guard", "cook", "carer", "other_carer", "medic", "fin", "admin"];
/// Everybody who may find something.
const STAFF: &[&str] =
    &["head", "logi", "fso", "keeper", "fixer", "guard", "cook", "carer", "other_carer", "medic", "fin"];

impl School {
    fn new() -> Self {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let campus = text(&setup.call("campus.save", json!({"name": "东校区", "kind": "kindergarten"}))["id"]);
        let area = |name: &str, more: Value| {
            let mut area = json!({"name": name, "scope": campus});
            area.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            text(&setup.call("area.save", area)["id"])
        };
        let (class, other) = (area("大一班", json!({"kind": "class"})), area("大二班", json!({"kind": "class"})));
        let person = |role: &'static str| {
            let id = text(&setup.call("person.save", json!({"name": role, "scope": campus}))["id"]);
            let (code, places) = match role {
                "carer" => ("carer", json!([class])),
                "other_carer" => ("carer", json!([other])),
                role => (role, json!([])),
            };
            setup.call("person.grant", json!({"person": id, "role": code, "campus": campus, "places": places}));
            (role, id)
        };
        let people: BTreeMap<&str, String> = ROLES.into_iter().map(person).collect();
        let kitchen = area("厨房", json!({"kind": "kitchen", "owner_person": people["cook"]}));
        let mut school = Self { tablet, setup, campus, people, records: Vec::new() };
        school.report(&kitchen);
        school.fill_in(&class);
        school.disagree();
        school
    }

    fn by(&self, role: &str) -> Hand {
        self.tablet.app(Some(&self.people[role]))
    }

    fn report(&mut self, kitchen: &str) {
        let report = |by: &str, description: &str, digit: char, more: Value| {
            let mut report = json!({"description": description, "severity": "L2", "photos": [photo(digit)]});
            report.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            text(&self.by(by).call("finding.report", report)["id"])
        };
        let end = |id: &str| {
            let assign = json!({"id": id, "step": "assign", "assignee": self.people["fixer"]});
            self.by("logi").call("finding.step", assign);
            self.by("logi").call("finding.step", json!({"id": id, "step": "void", "note": "看错了"}));
        };
        let open = report("keeper", "路灯不亮", '1', json!({}));
        let closed = report("keeper", "门锁松动", '2', json!({}));
        end(&closed);
        let own = report("guard", "灶台漏水", '3', json!({"area": kitchen}));
        end(&own);
        let known = |what, id, word, photo, seen_by| Known { what, kind: "finding", id, word, photo, seen_by };
        self.records.extend([
            known("an open finding", open, "路灯", '1', STAFF),
            known("a closed finding", closed, "门锁", '2', &["head", "logi", "keeper", "fixer"]),
            known("a closed finding in an own area", own, "灶台", '3', &["head", "logi", "guard", "fixer", "cook"]),
        ]);
    }

    fn fill_in(&mut self, class: &str) {
        let form = |by: &str, template: &str, subject: &str, item: &str, digit: char, word: &str| {
            let hand = self.by(by);
            let start = json!({"template": template, "subject": subject});
            let id = text(&hand.call("inspection.start", start)["id"]);
            hand.call("inspection.photo", json!({"id": id, "item": item, "photo": photo(digit)}));
            hand.call("inspection.note", json!({"id": id, "item": item, "note": word}));
            id
        };
        let kitchen = form("keeper", "T01@1", "中心食堂", "T01.01", '4', "冷柜积霜");
        let towels = form("carer", "T12@1", class, "T12.01", '5', "毛巾归位");
        let fire = form("guard", "T15:D@1", "主楼", "T15.02", '6', "楼道堆物");
        let own = form("guard", "T16@1", "财务室", "T16.01", '7', "插座发黑");
        let known = |what, id, word, photo, seen_by| Known { what, kind: "inspection", id, word, photo, seen_by };
        self.records.extend([
            known("a form of the kitchen", kitchen, "积霜", '4', &["head", "logi", "fso", "keeper"]),
            known("a form of a class", towels, "归位", '5', &["head", "logi", "carer", "medic"]),
            known("a form of the fire check", fire, "堆物", '6', &["head", "logi", "guard"]),
            known("a form of one's own", own, "发黑", '7', &["head", "logi", "fixer", "guard"]),
        ]);
    }

    /// Somebody who had seen nothing of them writes to all of them.
    fn disagree(&self) {
        for known in &self.records {
            let set = json!({"mode": "spot", "item": "另一个说法"});
            let first = json!({"id": known.id, "kind": known.kind, "set": {"mode": "random", "item": "一个说法"}});
            self.setup.call("record.save", first);
            let other = json!({"id": known.id, "kind": known.kind, "seen": "", "set": set});
            self.setup.call("record.save", other);
        }
    }

    fn check(&self, who: &str, hand: &Hand, sees: impl Fn(&Known) -> bool) {
        for known in &self.records {
            let what = format!("{who} and {}", known.what);
            let is_seen = sees(known);
            let (get, list, rows) = match known.kind {
                "finding" => ("finding.get", "finding.list", "findings"),
                _ => ("inspection.get", "inspection.list", "inspections"),
            };
            let got = hand.tries(get, json!({"id": known.id}));
            assert_eq!(
                got.map(|it| text(&it["id"])),
                if is_seen { Ok(known.id.clone()) } else { Err("not-found") },
                "{what}"
            );
            assert_eq!(ids(&hand.call(list, json!({}))[rows]).contains(&known.id), is_seen, "{what} {list}");
            let found = hand.call("search.find", json!({"query": known.word}));
            assert_eq!(ids(&found["hits"]).contains(&known.id), is_seen, "{what} search.find");
            assert!(is_seen || (found["hits"] == json!([]) && found["cut"] == false), "{what} {found}");
            let conflicts = hand.call("conflict.list", json!({}));
            assert_eq!(ids(&conflicts["conflicts"]).contains(&known.id), is_seen, "{what} conflict.list");
            assert_eq!(
                hand.tries("conflict.list", json!({"id": known.id})).is_ok(),
                is_seen,
                "{what} conflict.list of one"
            );
            let queue = hand.call("sync.queue", json!({}));
            let mut items = queue["items"].as_array().expect("items").iter();
            let item = items.find(|item| item["id"] == known.id.as_str()).expect("it waits to be sent");
            assert_eq!(item["title"] != item["kind_zh"], is_seen, "{what} sync.queue {item}");
            let blob = known.photo.to_string().repeat(64).parse().expect("a digest");
            let sight = hand.app().blob_sight(blob).expect("the store reads");
            assert_eq!(sight, if is_seen { BlobSight::Open } else { BlobSight::No }, "{what} photo");
        }
    }
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array().expect("a list").iter().map(|it| text(&it["id"])).collect()
}

#[test]
fn every_door_shows_findings_and_forms_to_who_sees_them_and_to_nobody_else() {
    let school = School::new();
    for role in ROLES {
        school.check(role, &school.by(role), |known| known.seen_by.contains(&role));
    }
    school.check("nobody at the tablet", &school.tablet.shared(), |_| false);
    school.check("nobody at the office", &school.tablet.office(None), |_| false);
    school.check("the command line", &school.setup, |_| true);
}

#[test]
fn neither_a_count_nor_a_page_nor_a_badge_tells_of_what_is_not_seen() {
    let school = School::new();
    for role in ROLES {
        let hand = school.by(role);
        let seen =
            |kind: &str| school.records.iter().filter(|it| it.kind == kind && it.seen_by.contains(&role)).count();
        let (findings, forms) = (seen("finding"), seen("inspection"));
        let board = hand.call("finding.board", json!({"scope": school.campus}));
        let count: u64 =
            board["columns"].as_array().expect("columns").iter().filter_map(|it| it["count"].as_u64()).sum();
        assert_eq!(count, findings as u64, "{role} board");
        let open = usize::from(STAFF.contains(&role));
        assert_eq!(board["open"], json!(open), "{role} board");
        let today = hand.call("today.get", json!({}));
        let counts = &today["counts"];
        assert_eq!((&counts["findings"], &counts["found_today"]), (&json!(open), &json!(findings)), "{role} today");
        assert_eq!((&counts["open"], ids(&today["open"]).len()), (&json!(forms), forms), "{role} today");
        let board_of_all = hand.call("today.get", json!({"everybody": true}))["plan"].clone();
        let begun =
            board_of_all.as_array().expect("a plan").iter().filter(|step| !step["inspection"].is_null()).count();
        assert_eq!(begun, forms, "{role} the day of everybody");
        let conflicts = hand.call("conflict.list", json!({}))["conflicts"].as_array().map(Vec::len);
        assert_eq!(
            Some(today["sync"]["conflicts"].as_u64().expect("a count")),
            conflicts.map(|it| it as u64),
            "{role} badge"
        );
        let (mut after, mut paged) = (Value::Null, 0);
        loop {
            let page = hand.call("finding.list", json!({"limit": 1, "after": after}));
            paged += page["findings"].as_array().map_or(0, Vec::len);
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        assert_eq!(paged, findings, "{role} pages");
    }
}

#[test]
fn what_is_not_seen_is_refused_in_the_words_of_what_is_not_there() {
    let school = School::new();
    let id_of = |what: &str| school.records.iter().find(|it| it.what == what).expect("it is known").id.clone();
    let nowhere = "0199a1f0-0000-7000-8000-00000000dead";
    let (finding, form) = (id_of("a closed finding"), id_of("a form of the fire check"));
    let cook = school.by("cook");
    for (name, id, more) in [
        ("finding.get", &finding, json!({})),
        ("finding.step", &finding, json!({"step": "fix"})),
        ("finding.report", &finding, json!({"description": "x"})),
        ("inspection.get", &form, json!({})),
        ("inspection.answer", &form, json!({"item": "T15.02", "result": "pass"})),
        ("inspection.note", &form, json!({"item": "T15.02", "note": "x"})),
        ("inspection.rest", &form, json!({"section": "疏散"})),
        ("inspection.submit", &form, json!({"reason": "x"})),
        ("inspection.correct", &form, json!({"item": "T15.02", "value": "pass", "reason": "x"})),
        ("inspection.void", &form, json!({"reason": "x"})),
        ("inspection.join", &form, json!({"template": "T15:D@1"})),
        ("inspection.start", &form, json!({"template": "T15:D@1"})),
        ("conflict.resolve", &form, json!({"field": "mode", "take": 0})),
    ] {
        let with = |id: &str| {
            let mut arguments = more.clone();
            arguments["id"] = json!(id);
            arguments
        };
        let refused = cook.refused(name, with(id));
        assert_eq!(refused["code"], "not-found", "{name} {refused}");
        let is_made = matches!(name, "finding.report" | "inspection.join" | "inspection.start");
        if !is_made {
            let absent = cook.refused(name, with(nowhere));
            let words = |told: &Value, id: &str| told.to_string().replace(id, "ID");
            assert_eq!(words(&refused, id), words(&absent, nowhere), "{name}");
        }
    }
}

#[test]
fn who_is_to_put_a_failed_answer_right_sees_that_answer_and_not_the_form() {
    let school = School::new();
    let guard = school.by("guard");
    let id = text(&guard.call("inspection.start", json!({"template": "T15:D@1", "subject": "北楼"}))["id"]);
    guard.call("inspection.photo", json!({"id": id, "item": "T15.03", "photo": photo('9')}));
    guard.call("inspection.answer", json!({"id": id, "item": "T15.03", "result": "fail", "note": "应急灯坏"}));
    school.tablet.wait_ms(5_000);
    let cook = school.by("cook");
    let listed = cook.call("finding.list", json!({"state": "open"}))["findings"].clone();
    let of_form = |it: &&Value| it["inspection"] == id.as_str();
    let finding = listed.as_array().expect("findings").iter().find(of_form).expect("it is written")["id"].clone();
    let view = cook.call("finding.get", json!({"id": finding}));
    assert_eq!((&view["origin"]["note"], &view["origin"]["may_open"]), (&json!("应急灯坏"), &json!(false)));
    assert_eq!(cook.refusal("inspection.get", json!({"id": id})).0, "not-found");
    let blob = "9".repeat(64).parse().expect("a digest");
    assert_eq!(cook.app().blob_sight(blob).expect("the store reads"), BlobSight::Open, "its photo says what is wrong");
    assert_eq!(guard.call("finding.get", json!({"id": finding}))["origin"]["may_open"], true);
}

#[test]
fn a_joint_form_is_joined_by_whoever_was_shown_its_code_and_then_seen() {
    let school = School::new();
    let lead = school.by("fso");
    let id = text(&lead.call("inspection.start", json!({"template": "T01@1", "mode": "joint"}))["id"]);
    let guard = school.by("guard");
    assert_eq!(guard.refusal("inspection.get", json!({"id": id})).0, "not-found");
    guard.call("inspection.join", json!({"id": id, "template": "T01@1"}));
    guard.call("inspection.get", json!({"id": id}));
}

#[test]
fn what_a_repair_cost_is_told_to_who_sees_money_and_to_who_wrote_it() {
    let school = School::new();
    let open = school.records[0].id.clone();
    let assign = json!({"id": open, "step": "assign", "assignee": school.people["fixer"]});
    school.by("logi").call("finding.step", assign);
    school.by("fixer").call("finding.step", json!({"id": open, "step": "fix", "cost": "4613.07"}));
    let told = |role: &str| school.by(role).call("finding.get", json!({"id": open}));
    let cost = |view: &Value| {
        let steps = view["steps"].as_array().expect("steps").clone();
        let step = steps.into_iter().find(|step| step["code"] == "fix").expect("the repair");
        (step["cost"].clone(), step["cost_hidden"].clone())
    };
    for role in ["head", "logi", "fin", "fixer"] {
        assert_eq!(cost(&told(role)), (json!("4613.07"), json!(false)), "{role}");
    }
    for role in ["guard", "cook", "keeper"] {
        assert_eq!(cost(&told(role)), (Value::Null, json!(true)), "{role}");
        assert!(!told(role).to_string().contains("4613.07"), "{role}");
    }
}

#[test]
fn a_paper_of_findings_or_of_forms_is_for_who_sees_all_of_them() {
    let school = School::new();
    for role in ROLES {
        let list = school.by(role).call("sheet.list", json!({}))["sheets"].clone();
        let has = |code: &str| list.as_array().expect("sheets").iter().any(|sheet| sheet["sheet"] == code);
        let is_whole = matches!(role, "head" | "logi");
        assert_eq!((has("findings"), has("inspections")), (is_whole, is_whole), "{role}");
        assert_eq!(school.by(role).tries("sheet.get", json!({"sheet": "findings"})).is_ok(), is_whole, "{role}");
    }
}

#[test]
fn who_looks_over_the_kitchen_gets_its_findings_and_forms_as_papers_of_their_own() {
    let school = School::new();
    let report = |description: &str, category: &str| {
        let report = json!({"description": description, "severity": "L2", "category": category});
        text(&school.by("keeper").call("finding.report", report)["id"])
    };
    let (food, other) = (report("生熟混放", "food"), report("灯管不亮", "electric"));
    let fso = school.by("fso");
    for id in [&food, &other] {
        school.by("logi").call("finding.step", json!({"id": id, "step": "void", "note": "看错了"}));
    }
    fso.call("finding.get", json!({"id": food}));
    assert_eq!(fso.refusal("finding.get", json!({"id": other})).0, "not-found", "a closed one of another sort");
    let words = |hand: &Hand, sheet: &str| hand.call("sheet.get", json!({"sheet": sheet}));
    let closed = words(&school.by("logi"), "findings/food");
    assert_eq!((&closed["void"], &closed["title"]), (&json!(1), &json!("食品安全隐患整改台账")), "{closed}");
    let open = report("冷柜积霜", "food");
    let paper = words(&fso, "findings/food");
    assert!(paper["rows"].to_string().contains("冷柜积霜") && !paper["rows"].to_string().contains("路灯"), "{paper}");
    let forms = words(&fso, "inspections/food")["rows"].to_string();
    assert!(forms.contains("中心食堂") && !forms.contains("主楼") && !forms.contains("财务室"), "{forms}");
    for role in ROLES {
        let list = school.by(role).call("sheet.list", json!({}))["sheets"].clone();
        let has = |code: &str| list.as_array().expect("sheets").iter().any(|sheet| sheet["sheet"] == code);
        let is_whole = matches!(role, "head" | "logi" | "fso");
        assert_eq!((has("findings/food"), has("inspections/food")), (is_whole, is_whole), "{role}");
        assert_eq!(school.by(role).tries("sheet.get", json!({"sheet": "findings/food"})).is_ok(), is_whole, "{role}");
    }
    assert_eq!(open.len(), 36);
}

#[test]
fn what_today_offers_can_be_started_and_is_seen() {
    let school = School::new();
    for role in ROLES {
        let hand = school.by(role);
        let plan = hand.call("today.get", json!({}))["plan"].clone();
        for step in plan.as_array().expect("a plan").iter().filter(|step| step["kind"] == "template") {
            let form = hand.call("inspection.start", json!({"template": step["template"]}));
            hand.call("inspection.get", json!({"id": form["id"]}));
        }
    }
}

#[test]
fn a_telephone_is_told_to_who_keeps_the_people_and_to_its_owner() {
    let school = School::new();
    let keeper = school.people["keeper"].clone();
    for (seen, phone) in [(None, "13800001234"), (Some(""), "13900005678")] {
        let save = json!({"id": keeper, "kind": "person", "seen": seen, "set": {"phone": phone}});
        school.setup.call("record.save", save);
    }
    for role in ROLES {
        let hand = school.by(role);
        let told = hand.call("conflict.list", json!({"id": keeper})).to_string()
            + &hand.app().dispatch("person.get", &json!({"id": keeper}).to_string()).unwrap_or_default()
            + &hand.call("search.find", json!({"query": "1234"})).to_string()
            + &hand.call("person.list", json!({})).to_string();
        let keeps = matches!(role, "head" | "logi" | "admin" | "keeper");
        assert_eq!(told.contains("13800001234") || told.contains("13900005678"), keeps, "{role} {told}");
    }
}

#[test]
fn a_form_of_another_campus_is_seen_by_its_own_people_alone() {
    let school = School::new();
    let other = text(&school.setup.call("campus.save", json!({"name": "西校区", "kind": "school"}))["id"]);
    let theirs = text(&school.setup.call("person.save", json!({"name": "孙主任", "scope": other}))["id"]);
    school.setup.call("person.grant", json!({"person": theirs, "role": "logi", "campus": other}));
    let there = school.tablet.app(Some(&theirs));
    let report = there.call("finding.report", json!({"description": "西门积水", "scope": other}));
    let head = school.by("head");
    assert_eq!(head.refusal("finding.get", json!({"id": report["id"]})).0, "not-found");
    for scope in [json!(null), json!(other), json!(school.campus)] {
        let listed = |hand: &Hand| ids(&hand.call("finding.list", json!({"scope": scope}))["findings"]);
        assert!(!listed(&head).contains(&text(&report["id"])), "{scope}");
        assert!(listed(&there).iter().all(|id| *id == report["id"]), "{scope}");
    }
    assert_eq!(ids(&there.call("finding.list", json!({}))["findings"]).len(), 1);
    assert_eq!(head.call("search.find", json!({"query": "西门积水"}))["hits"], json!([]));
}
