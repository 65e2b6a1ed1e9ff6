//! Every declared field by role by door: no answer holds a value that the declaration keeps from who asks.

use std::collections::BTreeSet;

use app::{Access, Audience, Hearing, News};
use chrono::NaiveDate;
use domain::register::{Register, Right, all, hold_scope, part_id, register, standing};
use domain::role::Role;
use domain::sight::{KindSight, MaskFacts, RowFacts, Rows, Sight, View};
use serde_json::{Map, Value, json};

use crate::support::{Hand, START_MS, Tablet, text};

/// A value that stands in one field of one record, and nowhere else.
pub(crate) struct Mark {
    pub(crate) kind: String,
    pub(crate) field: String,
    pub(crate) value: String,
    record: String,
    /// Who sees it.
    pub(crate) sees: Box<dyn Fn(&Sight) -> bool>,
}

pub(crate) struct School {
    pub(crate) tablet: Tablet,
    setup: Hand,
    campus: String,
    area: String,
    somebody: String,
    /// Each role, for the areas that are given to it: once for none, and once for the class where that is what it sees by.
    pub(crate) people: Vec<(Role, Vec<String>, String)>,
    pub(crate) marks: Vec<Mark>,
    /// A round of the day.
    run: String,
}

impl School {
    pub(crate) fn new() -> Self {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let campus = text(&setup.call("campus.save", json!({"name": "东校区", "kind": "kindergarten"}))["id"]);
        let area = text(&setup.call("area.save", json!({"name": "大一班", "scope": campus}))["id"]);
        let somebody = text(&setup.call("person.save", json!({"name": "某人", "scope": campus}))["id"]);
        let person = |role: Role, places: Vec<String>| {
            let id = text(&setup.call("person.save", json!({"name": role.code(), "scope": campus}))["id"]);
            let grant = json!({"person": id, "role": role.code(), "campus": campus, "places": places});
            setup.call("person.grant", grant);
            (role, places, id)
        };
        let of_a_class = [Role::Teacher, Role::Carer].map(|role| person(role, vec![area.clone()]));
        let people = Role::all().map(|role| person(role, Vec::new())).chain(of_a_class).collect();
        let mut school = Self { tablet, setup, campus, area, somebody, people, marks: Vec::new(), run: String::new() };
        school.rows();
        school.records();
        school
    }

    /// One row of every register, with a mark in each field that holds words or a telephone.
    fn rows(&mut self) {
        let day = NaiveDate::from_ymd_opt(2026, 9, 1).expect("a day");
        let lunch = domain::id::meal_id(self.campus.parse().expect("an id"), day, "午餐");
        for register in all() {
            let mut set = self.envelope();
            let mut marked: Vec<(String, String)> = Vec::new();
            for field in register.fields.iter().filter(|field| field.part.is_none()) {
                let Some(of) = field.stored() else { continue };
                let number = self.marks.len() + marked.len();
                let (path, value, mark) = match of.code() {
                    "TXT" => (field.name.clone(), None, format!("密{number:05}文")),
                    "PHONE" => (field.name.clone(), None, format!("139{number:08}")),
                    "NOTES" => {
                        let mark = format!("密{number:05}文");
                        let note = json!({"text": mark, "by": self.somebody, "at": START_MS});
                        (format!("{}/0199a1f0-0000-7000-8000-000000000001", field.name), Some(note), mark)
                    }
                    "DATE" => (field.name.clone(), Some(json!("2026-09-01")), String::new()),
                    "INSTANT" => (field.name.clone(), Some(json!(START_MS)), String::new()),
                    "REF" if of.refers() == Some("area") => (field.name.clone(), Some(json!(self.area)), String::new()),
                    "REF" if of.refers() == Some("meal") => (field.name.clone(), Some(json!(lunch)), String::new()),
                    "PERSON" => (field.name.clone(), Some(json!(self.somebody)), String::new()),
                    _ => continue,
                };
                set.insert(path, value.unwrap_or_else(|| json!(mark)));
                if !mark.is_empty() {
                    marked.push((field.name.clone(), mark));
                }
            }
            let id = self.save(&register.kind, &set);
            let standing = standing(&register.kind, &set);
            for (name, value) in marked {
                let (author, somebody) = (self.somebody.clone(), self.somebody.clone());
                let (place, day, is_open) = (standing.place.clone(), standing.day.clone(), standing.is_open);
                let sees = move |sight: &Sight| {
                    let row = RowFacts {
                        place: place.as_deref(),
                        author: Some(&author),
                        people: &[&somebody],
                        is_open,
                        day: day.as_deref().and_then(|day| day.parse().ok()),
                        today: NaiveDate::from_ymd_opt(2026, 9, 1),
                        ..RowFacts::default()
                    };
                    let field = register.field(&name).expect("a field");
                    sight.reaches(register, Right::See, &row) && sight.field(field) == View::Whole
                };
                self.mark(&register.kind, "", value, &id, Box::new(sees));
            }
            self.parts(register, &id, &set);
        }
    }

    /// The parts of a row, with a mark in each field of theirs that holds words or a telephone.
    fn parts(&mut self, register: &'static Register, row: &str, set: &Map<String, Value>) {
        let standing = standing(&register.kind, set);
        for part in &register.parts {
            let of_part = register.fields.iter().filter(|field| field.part.as_deref() == Some(part.name.as_str()));
            let mut own = Map::new();
            let mut marked = Vec::new();
            for field in of_part {
                let number = self.marks.len() + marked.len();
                let value = match field.stored().map(|of| of.code()) {
                    Some("TXT") => format!("密{number:05}文"),
                    Some("PHONE") => format!("139{number:08}"),
                    _ => continue,
                };
                own.insert(field.name.clone(), json!(value));
                marked.push((field.name.clone(), value));
            }
            let campus = self.campus.parse().expect("an id");
            let scope = part.hold.or(register.hold).map_or(campus, |hold| hold_scope(campus, hold));
            let id = part_id(row.parse().expect("an id"), &part.name);
            let kind = format!("{}_{}", register.kind, part.name);
            if !own.is_empty() {
                self.setup.call("record.save", json!({"id": id, "kind": kind, "scope": scope, "set": own}));
            }
            for (name, value) in marked {
                let (somebody, place, is_open) = (self.somebody.clone(), standing.place.clone(), standing.is_open);
                let day: Option<NaiveDate> = standing.day.as_deref().and_then(|day| day.parse().ok());
                let sees = move |sight: &Sight| {
                    let row = RowFacts {
                        place: place.as_deref(),
                        author: Some(&somebody),
                        people: &[&somebody],
                        is_open,
                        day,
                        today: NaiveDate::from_ymd_opt(2026, 9, 1),
                        ..RowFacts::default()
                    };
                    let field = register.field(&name).expect("a field");
                    sight.reaches(register, Right::See, &row) && sight.field(field) == View::Whole
                };
                self.mark(&register.kind, &part.name, value, row, Box::new(sees));
            }
        }
    }

    /// One record of every kind without a register, with a mark as its title and in each field that has a mask.
    fn records(&mut self) {
        for kind in
            KindSight::all().iter().filter(|kind| !matches!(kind.kind.as_str(), "pin" | "paper" | "campus" | "setting"))
        {
            let mut set = self.envelope();
            let title = domain::kind::TITLE_FIELDS.into_iter().find(|name| {
                let schema = domain::kind::kind(&kind.kind);
                schema.field(name).is_searchable && kind.masks.iter().all(|mask| mask.field != *name)
            });
            let mut marked: Vec<(String, Option<String>, String)> = Vec::new();
            let masked = kind.masks.iter().map(|mask| (mask.field.clone(), mask.member.clone()));
            for (field, member) in title.map(|title| (title.to_owned(), None)).into_iter().chain(masked) {
                let number = self.marks.len() + marked.len();
                // What a step costs is a number.
                let value = if member.is_some() { format!("46{number:05}.25") } else { format!("密{number:05}文") };
                marked.push((field, member, value));
            }
            for (field, member, value) in &marked {
                match member {
                    Some(member) => {
                        let step =
                            json!({"by": self.somebody, member: value, "step": "接单", "at": START_MS, "after": []});
                        set.insert(format!("{field}/1"), step)
                    }
                    None => set.insert(field.clone(), json!(value)),
                };
            }
            let id = self.save(&kind.kind, &set);
            let is_open = kind.kind == "finding";
            if kind.kind == "patrol_run" {
                self.run.clone_from(&id);
            }
            for (field, member, value) in marked {
                let (author, somebody, own) = (self.somebody.clone(), self.somebody.clone(), id.clone());
                let (path, stored) = match member {
                    Some(member) => (format!("{field}/1"), json!({"by": somebody.clone(), member: value.clone()})),
                    None => (field.clone(), json!(value)),
                };
                let day: Option<NaiveDate> = "2026-09-01".parse().ok();
                let mark = value.clone();
                let sees = move |sight: &Sight| {
                    let row = RowFacts {
                        author: Some(&author),
                        people: &[&somebody],
                        is_open,
                        day,
                        today: day,
                        ..RowFacts::default()
                    };
                    let facts = MaskFacts { people: &[&own], author: Some(&author) };
                    let shown = sight.show_at(kind, &path, &stored, facts);
                    sight.records(kind, &[]).hold(sight.person(), &row) && shown.to_string().contains(&mark)
                };
                self.mark(&kind.kind, &field, value, &id, Box::new(sees));
            }
        }
    }

    fn envelope(&self) -> Map<String, Value> {
        let envelope = json!({
            "created": {"by": self.somebody, "at": START_MS}, "occurred_at": START_MS, "recorded_at": START_MS,
            "business_date": "2026-09-01",
        });
        envelope.as_object().expect("an object").clone()
    }

    /// Saves a record twice, the second time by somebody who had seen nothing of it: all that differs is in conflict.
    fn save(&self, kind: &str, set: &Map<String, Value>) -> String {
        let mut set = set.clone();
        let campus = self.campus.parse().expect("an id");
        let hold = register(kind).and_then(|register| register.hold);
        // A row of a compartment lies in its scope, and names its campus.
        let scope = hold.map_or(campus, |hold| hold_scope(campus, hold));
        set.extend(hold.map(|_| ("campus".to_owned(), json!(self.campus))));
        let saved = self.setup.call("record.save", json!({"kind": kind, "scope": scope, "set": set}));
        let other: Map<String, Value> = set
            .iter()
            .filter_map(|(path, value)| Some((path.clone(), json!(format!("{}又", value.as_str()?)))))
            .filter(|(_, value)| value.as_str().is_some_and(|text| text.starts_with('密')))
            .collect();
        if !other.is_empty() {
            let other = json!({"id": saved["id"], "kind": kind, "seen": "", "set": other});
            self.setup.call("record.save", other);
        }
        text(&saved["id"])
    }

    fn mark(&mut self, kind: &str, field: &str, value: String, record: &str, sees: Box<dyn Fn(&Sight) -> bool>) {
        self.marks.push(Mark {
            kind: kind.to_owned(),
            field: field.to_owned(),
            value,
            record: record.to_owned(),
            sees,
        });
    }

    /// Every command that reads, with what it is asked.
    fn doors(&self) -> Vec<(&'static str, Value)> {
        let lunch = json!({"date": "2026-09-01", "type": "午餐"});
        let mut doors = vec![
            ("today.get", json!({})),
            ("today.get", json!({"everybody": true})),
            ("finding.list", json!({})),
            ("finding.board", json!({})),
            ("inspection.list", json!({"digests": true})),
            ("conflict.list", json!({"limit": 1000})),
            ("sync.queue", json!({"limit": 1000})),
            ("sync.status", json!({})),
            ("person.list", json!({})),
            ("person.current", json!({})),
            ("campus.list", json!({})),
            ("area.list", json!({})),
            ("asset.list", json!({})),
            ("setting.list", json!({})),
            ("template.list", json!({})),
            ("route.list", json!({"ended": true})),
            ("route.items", json!({})),
            ("tag.list", json!({})),
            ("draft.list", json!({})),
            ("sheet.list", json!({})),
            ("sheet.exports", json!({})),
            ("entry.kinds", json!({})),
            ("entry.imports", json!({})),
            ("entry.about", json!({"id": self.somebody})),
            ("entry.about", json!({"id": self.somebody, "do": "export", "purpose": "核对"})),
            ("search.find", json!({"query": "密", "limit": 100})),
            ("patrol.due", json!({})),
            ("patrol.board", json!({"day": "2026-09-01"})),
            ("patrol.coverage", json!({"from": "2026-09-01", "to": "2026-09-01"})),
            ("patrol.signals", json!({"from": "2026-09-01", "to": "2026-09-01"})),
            ("patrol.get", json!({"run": self.run})),
            ("patrol.before", json!({"run": self.run})),
            ("patrol.invite", json!({"run": self.run})),
            ("meal.list", json!({"date": "2026-09-01"})),
            ("meal.card", lunch.clone()),
            ("meal.labels", json!({"meal": lunch})),
            ("meal.trace", json!({"meal": lunch})),
            ("meal.samples", json!({})),
            ("meal.ledgers", json!({"from": "2026-09-01", "to": "2026-09-02"})),
            ("meal.leftovers", json!({"from": "2026-09-01", "to": "2026-09-02"})),
            ("menu.get", json!({"day": "2026-09-01"})),
            ("menu.known", json!({})),
            ("handover.day", json!({"date": "2026-09-01"})),
            ("handover.alarms", json!({})),
            ("handover.find", json!({"typed": "密"})),
            ("gate.inside", json!({})),
        ];
        for register in all() {
            doors.push(("entry.list", json!({"kind": register.kind})));
            doors.push(("entry.pick", json!({"kind": register.kind})));
            doors.push(("draft.get", json!({"form": format!("entry.save/{}", register.kind)})));
        }
        for sheet in sheets() {
            doors.push(("sheet.get", json!({"sheet": sheet, "from": "2026-09-01", "to": "2026-09-01"})));
            doors.push(("sheet.text", json!({"sheet": sheet, "from": "2026-09-01", "to": "2026-09-01"})));
        }
        let records: BTreeSet<&str> = self.marks.iter().map(|mark| mark.record.as_str()).collect();
        for id in records {
            let of_one = ["entry.get", "finding.get", "inspection.get", "person.get", "route.get", "conflict.list"];
            doors.extend(of_one.map(|name| (name, json!({"id": id}))));
            let sample = id.parse().map(domain::meal::short_code).expect("an id");
            doors.push(("meal.scan", json!({"code": sample})));
            doors.push(("meal.trace", json!({"line": id})));
        }
        doors
    }

    /// Everything that every door tells this person.
    fn told(&self, hand: &Hand) -> String {
        let mut told = String::new();
        for (name, arguments) in self.doors() {
            // What a person typed stands in their own question; an answer repeats none of it.
            told += &hand.app().dispatch(name, &arguments.to_string()).unwrap_or_default();
        }
        for sheet in sheets() {
            let wanted = json!({"sheet": sheet, "as": "csv", "from": "2026-09-01", "to": "2026-09-01"});
            if let Ok(file) = hand.app().sheet_file(&wanted.to_string()) {
                told += &String::from_utf8(file.bytes).expect("a text");
            }
        }
        told
    }
}

/// Every paper that there is: of registers, their grids, and the reports that none declares.
fn sheets() -> Vec<String> {
    let grid = |register: &Register| Some(format!("{}/{}", register.kind, register.grid.as_ref()?.code));
    let of_registers = all().iter().flat_map(|register| [Some(register.kind.clone()), grid(register)]).flatten();
    let reports = ["findings", "findings/food", "inspections", "inspections/food"].map(str::to_owned);
    of_registers.chain(reports).collect()
}

/// Doors that tell of no row, and those whose rows a table of their own goes over.
const ELSEWHERE: [(&str, &str); 8] = [
    ("app.about", "the program alone"),
    ("door.get", "the program, and the name of the school"),
    ("clock.get", "the clock alone"),
    ("template.get", "checklists, which are everybody's"),
    ("tag.labels", "points of a route, which who walks it sees: tags.rs"),
    ("tag.resolve", "points of a route, which who walks it sees: tags.rs"),
    ("paper.check", "pages that are here: papers.rs"),
    ("patrol.", "runs: patrols/"),
];

#[test]
fn news_of_a_record_reaches_who_sees_it_and_its_kind_is_told_to_nobody_who_sees_none() {
    let school = School::new();
    for (role, places, person) in &school.people {
        let sight = Sight::of(person.as_str(), [(*role, places.clone())], []);
        let hand = school.tablet.app(Some(person));
        let mut hearing = Hearing::of(hand.app()).expect("the store reads");
        for mark in &school.marks {
            let id = mark.record.parse().expect("an id");
            let news = News::Changed { kinds: vec![mark.kind.clone()], ids: vec![id] };
            let heard = hearing.hear(hand.app(), news.clone());
            let rows = match register(&mark.kind) {
                Some(register) => sight.rows(register, Right::See),
                None => sight.records(KindSight::of(&mark.kind).expect("a kind"), &[]),
            };
            let what = format!("{role} {} {heard:?}", mark.kind);
            if (mark.sees)(&sight) {
                assert_eq!(heard, [news], "{what}");
            } else if mark.kind != "role_grant" {
                let by_role = match rows {
                    Rows::None => false,
                    Rows::All => true,
                    Rows::Where(rules) => rules.iter().any(|rule| !rule.is_mine && !rule.is_about_me),
                };
                assert_eq!(!heard.is_empty(), by_role, "{what}");
            }
        }
    }
}

#[test]
fn every_command_that_reads_is_a_door_of_the_table() {
    let school = School::new();
    let asked: BTreeSet<&str> = school.doors().into_iter().map(|(name, _)| name).collect();
    let reads = app::all_commands()
        .iter()
        .filter(|command| command.audience == Audience::People && command.access == Access::Read);
    let elsewhere = |name: &str| ELSEWHERE.iter().any(|(known, _)| name.starts_with(known));
    let missing: Vec<&str> =
        reads.map(|command| command.name).filter(|name| !asked.contains(name) && !elsewhere(name)).collect();
    assert!(missing.is_empty(), "no table asks what {missing:?} tell");
}

#[test]
fn no_answer_of_any_door_holds_a_value_that_is_kept_from_who_asks() {
    let school = School::new();
    assert!(school.marks.len() > 80, "{} fields hold words", school.marks.len());
    for (role, places, person) in &school.people {
        let sight = Sight::of(person.as_str(), [(*role, places.clone())], []);
        let hand = school.tablet.app(Some(person));
        let told = school.told(&hand);
        for mark in &school.marks {
            let is_told = told.contains(&mark.value);
            let what = format!("{role} {} {} {}", mark.kind, mark.field, mark.value);
            assert_eq!(is_told, (mark.sees)(&sight), "{what}");
        }
        for mark in school.marks.iter().filter(|mark| !(mark.sees)(&sight)) {
            let found = hand.call("search.find", json!({"query": mark.value}));
            assert_eq!(
                (&found["hits"], &found["cut"]),
                (&json!([]), &json!(false)),
                "{role} finds {} {}",
                mark.kind,
                mark.value
            );
        }
    }
    for nobody in [school.tablet.shared(), school.tablet.office(None)] {
        let told = school.told(&nobody);
        for mark in school.marks.iter().filter(|mark| mark.kind != "person") {
            assert!(!told.contains(&mark.value), "nobody {} {}", mark.kind, mark.field);
        }
    }
    let support = school.told(&school.setup);
    for mark in &school.marks {
        assert!(support.contains(&mark.value), "support {} {}", mark.kind, mark.field);
    }
    assert_eq!(school.area.len(), 36);
}
