//! What sight goes by stands in an index that says what the documents say, whoever writes and whatever is derived anew.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use causal::RecordId;
use domain::sight::marks;
use proptest::prelude::*;
use replica::{Access, Condition, ListedRecord, Listing, Order, Save, Visible};
use rusqlite::Connection;
use serde_json::{Map, Value, json};

use crate::support::{Tablet, id};

const PEOPLE: [&str; 3] = ["li", "wang", "王老师"];

/// Something that is done to one of a few records.
#[derive(Clone, Debug)]
enum Deed {
    /// A finding is found, given and sorted so; nobody where nobody is named.
    Say {
        number: u128,
        finder: Option<usize>,
        assignee: Option<usize>,
        sort: Option<bool>,
        by: usize,
    },
    Delete(u128),
    /// Its row is taken away, as a process of an earlier version does when a change is discarded.
    Remove(u128),
    /// An earlier version derives it.
    Forget(u128),
}

fn deed() -> impl Strategy<Value = Deed> {
    let number = || 1..5_u128;
    let somebody = || prop::option::of(0..PEOPLE.len());
    let say = (number(), somebody(), somebody(), prop::option::of(any::<bool>()), 0..PEOPLE.len());
    prop_oneof![
        5 => say.prop_map(|(number, finder, assignee, sort, by)| Deed::Say { number, finder, assignee, sort, by }),
        1 => number().prop_map(Deed::Delete),
        1 => number().prop_map(Deed::Remove),
        1 => number().prop_map(Deed::Forget),
    ]
}

fn named(person: Option<usize>) -> Value {
    person.map_or(Value::Null, |person| json!(PEOPLE[person]))
}

fn save(tablet: &Tablet, number: u128, kind: &str, fields: Value) {
    let seen = tablet.store().get(id(number)).expect("the store reads").map(|reading| reading.version);
    let fields: Map<String, Value> = serde_json::from_value(fields).expect("fields");
    let set = fields.into_iter().map(|(name, value)| (name, value.into())).collect();
    let save = Save { id: Some(id(number)), kind: kind.into(), seen, set, ..Save::default() };
    tablet.store().save(save).expect("a save");
}

impl Deed {
    fn is_done_to(&self, tablet: &Tablet) {
        match self {
            Self::Say { number, finder, assignee, sort, by } => {
                let sort = sort.map(|is_food| if is_food { "food" } else { "fire" });
                let step =
                    json!({"step": "派发", "by": PEOPLE[*by], "at": 1, "after": [], "assignee": named(*assignee)});
                let created = json!({"by": PEOPLE[*by], "at": 1});
                let fields = json!({"created": created, "found_by": named(*finder), "category": sort, "steps/1": step});
                save(tablet, *number, "finding", fields);
            }
            Self::Delete(number) => {
                if let Some(held) = tablet.store().get(id(*number)).expect("the store reads") {
                    tablet.store().delete(id(*number), &held.version, None).expect("deleted");
                }
            }
            Self::Remove(number) => {
                let row = format!("(SELECT row FROM record WHERE id = x'{}')", id(*number).0.simple());
                tablet.tamper(&format!(
                    "DELETE FROM text WHERE rowid = {row}; DELETE FROM outbox WHERE record = {row}; DELETE FROM search_waiting WHERE record = {row};
                     DELETE FROM record WHERE row = {row}"
                ));
            }
            Self::Forget(number) => {
                let old = "UPDATE record SET derived = 4, marks = NULL, kin = NULL";
                tablet.tamper(&format!("{old} WHERE id = x'{}'", id(*number).0.simple()));
            }
        }
    }
}

type Marks = BTreeMap<(String, i64), u8>;

/// The marks of a store as the index has them, and as the documents do.
fn both(tablet: &Tablet) -> (Marks, Marks) {
    let connection = Connection::open(tablet.file()).expect("the file opens");
    let mut statement =
        connection.prepare("SELECT word, record, how FROM mark WHERE kind = 'finding'").expect("a query");
    let held = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?))).expect("marks");
    let indexed = held.collect::<Result<_, _>>().expect("marks");
    let sql = "SELECT row, kind, doc FROM record WHERE marks IS NOT NULL";
    let mut statement = connection.prepare(sql).expect("a query");
    let rows =
        statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)));
    let mut documented = Marks::new();
    for (row, kind, doc) in rows.expect("rows").map(|row| row.expect("a row")) {
        let doc: Map<String, Value> = serde_json::from_str(&doc).expect("a document");
        documented.extend(marks(&kind, &doc).into_iter().map(|(word, how)| ((word, row), how)));
    }
    (indexed, documented)
}

/// The findings of which somebody sees one sort of mark, in every way in which a store is asked.
fn seen(tablet: &Tablet, condition: &Condition) -> [BTreeSet<RecordId>; 3] {
    let visible = Visible(vec![vec![condition.clone()]]);
    let listing =
        Listing { kind: "finding", visible: Some(&visible), order: Order::Due, limit: 99, ..Listing::default() };
    let access = Access::Kinds(BTreeMap::from([("finding".to_owned(), vec![(Vec::new(), visible.clone())])]));
    let store = tablet.store();
    let listed: BTreeSet<RecordId> = store.find(&listing).expect("the store reads").iter().map(|it| it.id).collect();
    assert_eq!(store.count(&listing).expect("the store reads"), listed.len() as u64);
    let among: Vec<RecordId> = (1..5).map(id).collect();
    let among = store.seen_among(&among, &access).expect("the store reads");
    let found = store.search_seen("水", &[], &access, 99).expect("the store searches").records;
    [listed, among.into_iter().map(|(id, _)| id).collect(), found.iter().map(|it| it.id).collect()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn marks_are_those_of_the_documents_and_show_the_same_with_and_without_them(
        deeds in prop::collection::vec(deed(), 1..12),
    ) {
        let tablet = Tablet::new();
        for deed in &deeds {
            deed.is_done_to(&tablet);
            let (indexed, documented) = both(&tablet);
            prop_assert_eq!(indexed, documented, "{:?}", deed);
        }
        for number in 1..5 {
            if tablet.store().get(id(number)).expect("the store reads").is_some_and(|it| !it.record.state.is_deleted()) {
                save(&tablet, number, "finding", json!({"description": "积水"}));
            }
        }
        let all = Listing { kind: "finding", limit: 99, ..Listing::default() };
        let all: Vec<ListedRecord> = tablet.store().find(&all).expect("the store reads");
        let people = PEOPLE.iter().flat_map(|it| [Condition::Author((*it).to_owned()), Condition::Names((*it).to_owned())]);
        let conditions: Vec<Condition> = people.chain([Condition::Sort("food".to_owned())]).collect();
        let bit = |condition: &Condition| match condition {
            Condition::Author(word) => (word.clone(), 1),
            Condition::Names(word) => (word.clone(), 2),
            Condition::Sort(word) => (word.clone(), 4),
            other => panic!("{other:?} asks for no mark"),
        };
        for is_older in [false, true] {
            for condition in &conditions {
                let (word, bit) = bit(condition);
                let is_marked = |it: &&ListedRecord| marks("finding", &it.doc).get(&word).is_some_and(|how| how & bit > 0);
                let expected: BTreeSet<RecordId> = all.iter().filter(is_marked).map(|it| it.id).collect();
                for seen in seen(&tablet, condition) {
                    prop_assert_eq!(&seen, &expected, "{:?}, older: {}", condition, is_older);
                }
            }
            tablet.tamper("UPDATE record SET derived = 4, marks = NULL, kin = NULL WHERE row % 2");
        }
    }

    #[test]
    fn hooks_read_the_same_of_a_row_with_and_without_its_index(
        rows in prop::collection::vec((0..2_u8, 0..4_u64, any::<bool>(), any::<bool>(), any::<bool>()), 1..9),
        older in any::<u16>(),
    ) {
        let tablet = Tablet::new();
        for (number, (lamp, day, is_ended, is_new, is_void)) in (1..).zip(&rows) {
            let lit = 1_788_229_800_000 + day * 86_400_000;
            let mut fields = json!({"lamp": id(u128::from(*lamp)).to_string(), "started_at": lit, "note": "积水"});
            if *is_ended {
                fields["acts/1"] = json!({"act": "finish", "by": "li", "at": lit + 9, "after": [], "set": {"ended_at": lit + 9}});
            }
            if *is_new {
                fields["new_tube"] = json!(true);
            }
            if *is_void {
                fields["void/1"] = json!({"reason": "重复", "by": "li", "at": lit});
            }
            save(&tablet, number, "disinfection_log", fields);
        }
        let register = domain::register::register("disinfection_log").expect("a register");
        let check = || {
            for lamp in 0..2 {
                let about = id(lamp).to_string();
                let whole = Listing {
                    kind: "disinfection_log", about: Some(&about), order: Order::NewestDay, limit: 99, ..Listing::default()
                };
                let read = Listing { is_for_hooks: true, ..whole.clone() };
                let of = |listing: &Listing<'_>| -> Vec<_> {
                    let found = tablet.store().find(listing).expect("the store reads");
                    found.into_iter().map(|it| (it.id, it.stage, it.day, register.kin(&it.doc))).collect()
                };
                assert_eq!(of(&read), of(&whole));
            }
        };
        check();
        tablet.tamper(&format!("UPDATE record SET derived = 4, marks = NULL, kin = NULL WHERE ({older} >> row) & 1"));
        check();
    }
}

/// Waits until all is derived anew, as it is behind every door while somebody listens.
fn derive_anew(tablet: &Tablet) {
    let _news = tablet.store().subscribe();
    let began = Instant::now();
    while tablet.column::<i64>("SELECT derived FROM identity") < 5 {
        assert!(began.elapsed() < Duration::from_secs(120), "it is never derived anew");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_damaged_record_is_shown_to_whom_it_names_when_all_is_derived_anew() {
    let tablet = Tablet::new();
    save(&tablet, 1, "finding", json!({"description": "积水", "found_by": "li"}));
    save(&tablet, 2, "finding", json!({"description": "积水", "found_by": "wang"}));
    tablet
        .tamper("UPDATE record SET derived = 4, marks = NULL, kin = NULL; UPDATE record SET state = x'' WHERE row = 1");
    derive_anew(&tablet);
    for (person, number) in [("li", 1), ("wang", 2)] {
        for seen in seen(&tablet, &Condition::Names(person.to_owned())) {
            assert_eq!(seen, BTreeSet::from([id(number)]), "{person}");
        }
    }
}

#[test]
fn a_store_of_the_layout_before_opens_at_once_and_shows_the_same_before_and_after_it_is_derived_anew() {
    let tablet = Tablet::new();
    for number in 1..5 {
        let person = PEOPLE[usize::from(number % 2 == 1)];
        save(&tablet, number, "finding", json!({"description": "积水", "found_by": person, "created": {"by": "li"}}));
    }
    let folder = tablet.leave();
    let before = "DROP TRIGGER mark_inserted; DROP TRIGGER mark_updated; DROP TRIGGER mark_deleted; DROP TABLE mark;
        DROP TABLE tally; DROP TABLE held; DROP INDEX record_by_kin; ALTER TABLE record DROP COLUMN marks; ALTER TABLE record DROP COLUMN kin;
        UPDATE record SET derived = 4; PRAGMA user_version = 9";
    let file = Connection::open(folder.path().join("rounds.sqlite3")).expect("the file opens");
    file.execute_batch(before).expect("the layout of before");
    drop(file);
    let tablet = Tablet::in_folder(folder);
    assert_eq!(tablet.column::<i64>("SELECT derived FROM identity"), 4, "opening derives nothing");
    let check = || {
        let ids = |numbers: &[u128]| BTreeSet::from_iter(numbers.iter().copied().map(id));
        for (condition, expected) in [
            (Condition::Names("li".to_owned()), ids(&[2, 4])),
            (Condition::Names("wang".to_owned()), ids(&[1, 3])),
            (Condition::Author("li".to_owned()), ids(&[1, 2, 3, 4])),
            (Condition::Author("wang".to_owned()), ids(&[])),
        ] {
            for seen in seen(&tablet, &condition) {
                assert_eq!(seen, expected, "{condition:?}");
            }
        }
    };
    check();
    derive_anew(&tablet);
    check();
    assert_eq!(tablet.column::<i64>("SELECT count(*) FROM mark"), 6, "li has made and found two, and made two more");
}

#[test]
fn a_category_is_a_sort_of_findings_alone_whichever_version_derived_its_record() {
    let tablet = Tablet::new();
    save(&tablet, 1, "finding", json!({"created": {"by": "li", "at": 1}, "category": "food"}));
    save(&tablet, 2, "inspection", json!({"created": {"by": "li", "at": 1}, "category": "food"}));
    let of_food = Visible(vec![vec![Condition::Sort("food".to_owned())]]);
    let shown = |kind: &str| {
        let listing = Listing { kind, visible: Some(&of_food), limit: 9, ..Listing::default() };
        tablet.store().count(&listing).expect("the store reads")
    };
    assert_eq!((shown("finding"), shown("inspection")), (1, 0));
    tablet.tamper("UPDATE record SET derived = 4, marks = NULL, kin = NULL");
    assert_eq!((shown("finding"), shown("inspection")), (1, 0));
}
