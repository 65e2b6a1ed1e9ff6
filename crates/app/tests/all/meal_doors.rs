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

/// Who gets the papers of their own classes, and none of all.
const PARTS: [(&str, &str); 2] = [("snack_issue", "carer"), ("disinfection_log", "carer")];

/// The same of what is written down: where nobody is at work, it is asked for somebody first.
fn of_somebody(answer: Option<&'static str>, expected: Option<&'static str>) -> Option<&'static str> {
    if expected == Some("not-found") && answer == Some("person-needed") { answer } else { expected }
}

/// A school with somebody in each role.
struct School {
    tablet: Tablet,
    people: BTreeMap<&'static str, String>,
    class: String,
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
        let people = ROLES.into_iter().map(person).collect();
        Self { people, class, tablet }
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

/// How a door answers who gets a paper, or some of it, or nothing of it; nothing where it gives what was asked.
fn refusal(role: &str, (sheet, readers): (&str, &[&str])) -> Option<&'static str> {
    match (readers.contains(&role), PARTS.contains(&(sheet, role))) {
        (true, _) => None,
        (false, true) => Some("not-allowed"),
        (false, false) => Some("not-found"),
    }
}

#[test]
fn every_door_gives_a_paper_of_the_kitchen_to_who_gets_the_whole_of_it_and_to_nobody_else() {
    let school = School::new();
    for (role, hand) in school.hands() {
        let listed = hand.call("sheet.list", json!({}))["sheets"].clone();
        let listed: BTreeSet<String> =
            listed.as_array().expect("sheets").iter().map(|sheet| text(&sheet["sheet"])).collect();
        for (sheet, readers) in PAPERS {
            let what = format!("{role} and {sheet}");
            let expected = refusal(role, (sheet, readers));
            assert_eq!(listed.contains(sheet), expected != Some("not-found"), "{what} sheet.list");
            assert_eq!(hand.tries("sheet.get", of(sheet)).err(), expected, "{what} sheet.get");
            let printed = hand.tries("sheet.printed", of(sheet)).err();
            assert_eq!(printed, of_somebody(printed, expected), "{what} sheet.printed");
        }
    }
}

#[test]
fn who_looks_after_a_class_prints_the_pages_of_that_class_and_takes_none_out() {
    let school = School::new();
    let carer = school.by("carer");
    for (sheet, _) in PARTS {
        let mut wanted = of(sheet);
        wanted["where"] = json!(school.class);
        carer.call("sheet.get", wanted.clone());
        carer.call("sheet.printed", wanted.clone());
        wanted["as"] = json!("csv");
        let begun = carer.app().begin_sheet(&wanted.to_string());
        assert_eq!(begun.err().map(|error| error.code()), Some("not-allowed"), "{sheet}");
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
                let leaves = REPORTERS.contains(&role);
                let expected = refusal(role, (sheet, readers)).or((!leaves).then_some("not-allowed"));
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
            let gets = PAPERS[0].1.contains(&role);
            let signed = hand.tries("sheet.sign", wanted).err();
            let expected = of_somebody(signed, (!gets).then_some("not-found"));
            assert_eq!(signed, expected, "{role} and {sheet}");
            // Neither is a text for a chat.
            let expected = if gets { "not-allowed" } else { "not-found" };
            let told = hand.tries("sheet.text", of(sheet)).err();
            assert_eq!(told, of_somebody(told, Some(expected)), "{role} and {sheet} as a text");
        }
    }
}

#[test]
fn ledgers_are_compared_for_who_runs_the_kitchen_or_looks_over_it() {
    let school = School::new();
    for (role, hand) in school.hands() {
        let sees = ["head", "logi", "fso", "cook", "medic"].contains(&role);
        let answer = hand.tries("meal.ledgers", json!({"from": DAY, "to": DAY}));
        assert_eq!(answer.err(), (!sees).then_some("not-allowed"), "{role}");
    }
}
