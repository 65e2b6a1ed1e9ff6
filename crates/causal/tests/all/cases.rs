//! Runs the files in `tests/cases`, which another language can run too; their `README.md` tells the format.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use causal::{DELETED_FIELD, Dot, Fork, ReplicaId, SaveError, Seen, Siblings, Stamp, State, StateError, Value};
use serde::Deserialize;
use serde_json::Value as Json;

#[derive(Deserialize)]
struct Record {
    version: Vec<(usize, u64)>,
    writes: Vec<(usize, u64, u64, Option<String>)>,
    fields: BTreeMap<String, Vec<(usize, Json)>>,
}

#[derive(Deserialize)]
struct SeenParts {
    vector: Vec<(usize, u64)>,
    dots: Vec<(usize, u64)>,
}

/// One file; a part is taken out when it is used, so that what is left over shows.
struct Case {
    replicas: Vec<ReplicaId>,
    parts: BTreeMap<String, Json>,
}

impl Case {
    fn maybe<T: for<'de> Deserialize<'de>>(&mut self, name: &str) -> Option<T> {
        let part = self.parts.remove(name)?;
        Some(serde_json::from_value(part).unwrap_or_else(|error| panic!("{name}: {error}")))
    }

    fn take<T: for<'de> Deserialize<'de>>(&mut self, name: &str) -> T {
        assert!(self.parts.contains_key(name), "{name} is missing");
        self.maybe(name).unwrap_or_else(|| panic!("{name} is null"))
    }

    fn dot(&self, (replica, counter): (usize, u64)) -> Dot {
        Dot::new(self.replicas[replica], counter)
    }

    fn replica(&mut self, name: &str) -> ReplicaId {
        let index: usize = self.take(name);
        self.replicas[index]
    }

    fn try_record(&mut self, name: &str) -> Result<State, StateError> {
        let record: Record = self.take(name);
        let dots: Vec<Dot> = record.writes.iter().map(|write| self.dot((write.0, write.1))).collect();
        let stamps = record.writes.into_iter().map(|(_, _, at, by)| Stamp { at, by: by.map(Arc::from) });
        let siblings = |siblings: Vec<(usize, Json)>| -> Siblings {
            siblings.into_iter().map(|(write, value)| (dots[write], Value::from(value))).collect()
        };
        State::from_parts(
            record.version.into_iter().map(|entry| self.dot(entry)).collect(),
            dots.iter().copied().zip(stamps).collect(),
            record.fields.into_iter().map(|(name, list)| (name.into(), siblings(list))).collect(),
        )
    }

    fn record(&mut self, name: &str) -> State {
        self.try_record(name).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn seen(&mut self, name: &str) -> Option<Seen> {
        let parts: SeenParts = self.maybe(name)?;
        let vector: causal::VersionVector = parts.vector.into_iter().map(|entry| self.dot(entry)).collect();
        let mut seen = Seen::from(vector);
        parts.dots.into_iter().for_each(|dot| seen.add_dot(self.dot(dot)));
        Some(seen)
    }

    fn write(&mut self) -> (Dot, Stamp) {
        let (replica, counter, at, by): (usize, u64, u64, Option<String>) = self.take("write");
        (self.dot((replica, counter)), Stamp { at, by: by.map(Arc::from) })
    }

    fn check_expected(&mut self, result: &State) {
        assert_eq!(result, &self.record("expected"));
        if let Some(deleted) = self.maybe::<bool>("deleted") {
            assert_eq!(result.is_deleted(), deleted, "whether the result is deleted");
        }
    }
}

fn run(case: &mut Case) {
    match case.take::<String>("operation").as_str() {
        "merge" => {
            let (left, right) = (case.record("left"), case.record("right"));
            let (mut there, mut back) = (left.clone(), right.clone());
            there.merge(&right);
            back.merge(&left);
            assert_eq!(there, back, "the order of the merge");
            case.check_expected(&there);
        }
        "save" => {
            let set: BTreeMap<String, Json> = case.take("set");
            let set = set.into_iter().map(|(name, value)| (name.into(), value.into()));
            save(case, |_, _| set.collect());
        }
        "delete" => save(case, |state, seen| vec![(DELETED_FIELD.into(), state.deletion_of(seen))]),
        "move_own" => {
            let (mut state, old, new) = (case.record("record"), case.replica("old"), case.replica("new"));
            let acknowledged = case.take("acknowledged");
            let before = state.clone();
            assert_eq!(state.move_own(old, acknowledged, new), state != before, "whether anything moved");
            case.check_expected(&state);
            if let Some(mut seen) = case.seen("seen") {
                seen.move_own(old, acknowledged, new);
                assert_eq!(Some(seen), case.seen("expected_seen"));
            }
        }
        "purge" => {
            let mut state = case.record("record");
            state.purge();
            case.check_expected(&state);
        }
        "fork" => {
            let (left, right) = (case.record("left"), case.record("right"));
            let purged: Vec<(usize, u64)> = case.take("purged");
            let purged = purged.into_iter().map(|entry| case.dot(entry)).collect();
            let expected: Option<String> = case.parts.remove("expected").and_then(|it| it.as_str().map(str::to_owned));
            for found in [left.fork_against(&right, &purged), right.fork_against(&left, &purged)] {
                let found = found.map(|fork| match fork {
                    Fork::Stamp(_) => "stamp".to_owned(),
                    Fork::Value(..) => "value".to_owned(),
                    Fork::Vanished(..) => "vanished".to_owned(),
                    other => panic!("{other:?}"),
                });
                assert_eq!(found, expected);
            }
        }
        "read" => {
            let state = case.record("record");
            assert_eq!(state.is_deleted(), case.take::<bool>("deleted"), "whether it is deleted");
            assert_eq!(state.has_deletion_conflict(), case.take::<bool>("deletion_conflict"));
            let conflicts: Vec<&str> = state.field_names().filter(|name| state.siblings(name).count() > 1).collect();
            assert_eq!(conflicts, case.take::<Vec<String>>("conflicts"));
        }
        "refuse" => {
            let error = match case.try_record("record").expect_err("the record was taken") {
                StateError::UncoveredWrite => "uncovered-write",
                StateError::UnusedWrite => "unused-write",
                StateError::EmptyField => "empty-field",
                StateError::CounterOutOfRange(_) => "counter-out-of-range",
                other => panic!("{other:?}"),
            };
            assert_eq!(error, case.take::<String>("error"));
        }
        unknown => panic!("unknown operation {unknown}"),
    }
}

fn save(case: &mut Case, set: impl FnOnce(&State, &Seen) -> Vec<(Arc<str>, Value)>) {
    let before = case.record("record");
    let seen = case.seen("seen").expect("a save has seen something, or nothing");
    let (dot, stamp) = case.write();
    let mut after = before.clone();
    let set = set(&before, &seen);
    match after.save(dot, stamp, &seen, set) {
        Ok(()) => case.check_expected(&after),
        Err(error) => {
            let error = match error {
                SaveError::CounterUsed(_) => "counter-used",
                SaveError::NothingSet => "nothing-set",
                other => panic!("{other:?}"),
            };
            assert_eq!(error, case.take::<String>("error"));
            assert_eq!(after, before, "a refused save changes nothing");
        }
    }
}

#[test]
fn every_case_file_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut failed = BTreeSet::new();
    let mut files = 0;
    for entry in std::fs::read_dir(&folder).expect("the folder of the cases") {
        let path = entry.expect("an entry of the folder").path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        files += 1;
        println!("{}", path.display());
        let text = std::fs::read_to_string(&path).expect("a text file");
        if std::panic::catch_unwind(|| run_text(&text)).is_err() {
            failed.insert(path.file_name().expect("a file name").to_owned());
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(files >= 25, "only {files} case files in {}", folder.display());
}

fn run_text(text: &str) {
    let mut parts: BTreeMap<String, Json> = serde_json::from_str(text).expect("a JSON object");
    let replicas = parts.remove("replicas").expect("a table of replicas");
    let mut case = Case { replicas: serde_json::from_value(replicas).expect("UUIDs"), parts };
    assert!(!case.take::<String>("why").is_empty());
    run(&mut case);
    assert!(case.parts.is_empty(), "unknown or unused: {:?}", case.parts.keys());
}

#[test]
#[should_panic(expected = "unknown operation juggle")]
fn an_unknown_operation_fails() {
    run_text(r#"{"why": "a", "operation": "juggle", "replicas": []}"#);
}

#[test]
#[should_panic(expected = "unknown or unused")]
fn an_unknown_key_fails() {
    let purge = r#"{"why": "a", "operation": "purge", "replicas": [], "more": 1,
        "record": {"version": [], "writes": [], "fields": {}},
        "expected": {"version": [], "writes": [], "fields": {}}}"#;
    run_text(purge);
}
