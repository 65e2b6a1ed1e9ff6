//! The papers of the kitchen, role by role and door by door: who reads one, prints it, signs it, and takes it out as a file.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::entries::signature;
use crate::support::{Hand, Tablet, text};

const DAY: &str = "2026-09-01";
const ROLES: [&str; 17] = [
    "head", "logi", "fso", "staff", "keeper", "buyer", "cook", "carer", "teacher", "medic", "guard", "duty", "dorm",
    "fixer", "fin", "monitor", "admin",
];
/// Who reads reports: they alone take papers out as files.
const REPORTERS: [&str; 5] = ["head", "logi", "fso", "medic", "fin"];
/// Each paper with who gets the whole of it.
const PAPERS: [(&str, &[&str]); 13] = [
    ("meals/day", &["head", "logi", "fso"]),
    ("meals/ledgers", &["head", "logi", "fso"]),
    ("food_sample", &["head", "logi", "fso", "cook"]),
    ("sample_disposal", &["head", "logi", "fso", "cook"]),
    ("temperature_reading", &["head", "logi", "fso", "staff", "keeper", "cook", "medic", "fin"]),
    ("morning_check", &["head", "logi", "fso", "medic"]),
    ("return_to_work", &["head", "logi", "fso", "medic"]),
    ("delivery", &["head", "logi", "fso", "keeper", "buyer", "cook"]),
    ("delivery_line", &["head", "logi", "fso", "keeper", "buyer", "cook"]),
    ("snack_issue", &["head", "logi", "fso", "cook"]),
    ("disinfection_log", &["head", "logi", "fso", "medic", "fin", "cook"]),
    ("additive_use", &["head", "logi", "fso", "medic", "fin", "cook"]),
    ("waste", &["head", "logi", "fso", "staff", "medic", "fin", "cook"]),
];

/// A school with somebody in each role.
struct School {
    tablet: Tablet,
    people: BTreeMap<&'static str, String>,
}

impl School {
    fn new() -> Self {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let meals = json!([{"type": "午餐", "planned": "11:30", "days": "school"}]);
        let campus = json!({"name": "东校区", "kind": "kindergarten", "meals": meals});
        let campus = text(&setup.call("campus.save", campus)["id"]);
        let area = |name: &str, sort: &str| {
            text(&setup.call("area.save", json!({"name": name, "kind": sort, "scope": campus}))["id"])
        };
        let (_, class) = (area("中心食堂", "kitchen"), area("小一班", "class"));
        let person = |role: &'static str| {
            let id = text(&setup.call("person.save", json!({"name": role, "scope": campus}))["id"]);
            let places = if matches!(role, "carer" | "teacher" | "monitor") { json!([class]) } else { json!([]) };
            setup.call("person.grant", json!({"person": id, "role": role, "campus": campus, "places": places}));
            (role, id)
        };
        Self { people: ROLES.into_iter().map(person).collect(), tablet }
    }

    fn by(&self, role: &str) -> Hand {
        self.tablet.app(Some(&self.people[role]))
    }

    /// Who works, in each role, at nobody's hand, and at the command line's.
    fn hands(&self) -> Vec<(&'static str, Hand)> {
        let people = ROLES.into_iter().map(|role| (role, self.by(role)));
        people.chain([("nobody", self.tablet.shared()), ("no account", self.tablet.office(None))]).collect()
    }
}

fn of(sheet: &str) -> Value {
    json!({"sheet": sheet, "from": DAY, "to": DAY})
}

/// How a door answered: nothing where it gave what was asked.
fn refusal(answer: Result<Value, &'static str>) -> Option<&'static str> {
    answer.err()
}

#[test]
fn every_door_gives_a_paper_of_the_kitchen_to_who_gets_the_whole_of_it_and_to_nobody_else() {
    let school = School::new();
    for (role, hand) in school.hands() {
        let listed = hand.call("sheet.list", json!({}))["sheets"].clone();
        let listed: BTreeSet<String> =
            listed.as_array().expect("sheets").iter().map(|sheet| text(&sheet["sheet"])).collect();
        for (sheet, readers) in PAPERS {
            let is_whole = readers.contains(&role);
            let what = format!("{role} and {sheet}");
            // Who sees the rows of some places has papers of those places, and none of all.
            assert!(listed.contains(sheet) || !is_whole, "{what} sheet.list");
            let expected = (!is_whole).then_some("not-found");
            assert_eq!(refusal(hand.tries("sheet.get", of(sheet))), expected, "{what} sheet.get");
            assert_eq!(refusal(hand.tries("sheet.printed", of(sheet))), expected, "{what} sheet.printed");
        }
    }
}

#[test]
fn the_two_papers_of_the_cards_are_listed_for_nobody_who_does_not_get_them() {
    let school = School::new();
    for (role, hand) in school.hands() {
        let listed = hand.call("sheet.list", json!({}))["sheets"].clone();
        let meals =
            listed.as_array().expect("sheets").iter().filter(|sheet| text(&sheet["sheet"]).starts_with("meals/"));
        let expected = if PAPERS[0].1.contains(&role) { 2 } else { 0 };
        assert_eq!(meals.count(), expected, "{role}");
    }
}

#[test]
fn a_paper_of_the_kitchen_leaves_as_a_file_with_who_reads_reports_alone() {
    let school = School::new();
    for (role, hand) in school.hands() {
        for (sheet, readers) in PAPERS {
            for format in ["xlsx", "csv"] {
                let mut wanted = of(sheet);
                wanted["as"] = json!(format);
                let expected = match (readers.contains(&role), REPORTERS.contains(&role)) {
                    (false, _) => Some("not-found"),
                    (true, false) => Some("not-allowed"),
                    (true, true) => None,
                };
                let begun = hand.app().begin_sheet(&wanted.to_string());
                let code = begun.as_ref().err().map(app::CommandError::code);
                assert_eq!(code, expected, "{role} and {sheet} as {format}");
                if let Ok(export) = begun {
                    hand.call("sheet.stop", json!({"export": export}));
                }
            }
        }
    }
}

#[test]
fn the_day_s_paper_is_signed_by_who_gets_it_and_by_nobody_else() {
    let school = School::new();
    let strokes = signature()["strokes"].clone();
    for (role, hand) in school.hands() {
        for sheet in ["meals/day", "meals/ledgers"] {
            let mut wanted = of(sheet);
            wanted["strokes"] = strokes.clone();
            let expected = (!PAPERS[0].1.contains(&role)).then_some("not-found");
            assert_eq!(refusal(hand.tries("sheet.sign", wanted)), expected, "{role} and {sheet}");
            // A card of a kitchen is no text for a chat.
            let expected = if PAPERS[0].1.contains(&role) { "bad-arguments" } else { "not-found" };
            assert_eq!(refusal(hand.tries("sheet.text", of(sheet))), Some(expected), "{role} and {sheet} as a text");
        }
    }
}

#[test]
fn ledgers_are_compared_for_who_runs_the_kitchen_or_looks_over_it() {
    let school = School::new();
    for (role, hand) in school.hands() {
        let sees = ["head", "logi", "fso", "cook", "medic"].contains(&role);
        let answer = hand.tries("meal.ledgers", json!({"from": DAY, "to": DAY}));
        assert_eq!(refusal(answer), (!sees).then_some("not-allowed"), "{role}");
    }
}
