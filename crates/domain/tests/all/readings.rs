//! Reading rules: pure functions of the set of siblings.

use causal::{ReplicaId, State};
use domain::correction::apply;
use domain::kind::Rule;
use domain::reading::{conflicts, read, read_field};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Write, any_json, write};

fn read_writes(kind: &str, field: &str, writes: &[Write]) -> Option<Value> {
    read_field(kind, field, writes.iter().map(Write::sibling))
}

fn check(kind: &str, field: &str, values: &[Value], expected: Value) {
    let mut writes: Vec<Write> =
        (1..).zip(values).map(|(n, value)| write(u128::from(n), n, 100 - n, value.clone())).collect();
    assert_eq!(read_writes(kind, field, &writes), Some(expected.clone()), "{field} {values:?}");
    writes.reverse();
    assert_eq!(read_writes(kind, field, &writes), Some(expected), "{field} {values:?} reversed");
}

fn state(fields: &[(&str, Vec<Write>)]) -> State {
    let mut version = causal::VersionVector::default();
    let mut stamps = std::collections::BTreeMap::new();
    let mut all = std::collections::BTreeMap::new();
    for (name, writes) in fields {
        for write in writes {
            version.add(write.dot);
            stamps.insert(write.dot, write.stamp.clone());
        }
        let siblings = writes.iter().map(|write| (write.dot, write.value.clone())).collect();
        all.insert((*name).into(), siblings);
    }
    State::from_parts(version, stamps, all).expect("a state")
}

#[test]
fn latest_is_by_time_then_counter_then_replica() {
    let read = |writes: &[Write]| read_writes("area", "name", writes);
    assert_eq!(read(&[write(1, 9, 5, json!("a")), write(2, 1, 6, json!("b"))]), Some(json!("b")));
    assert_eq!(read(&[write(1, 9, 5, json!("a")), write(2, 1, 5, json!("b"))]), Some(json!("a")));
    assert_eq!(read(&[write(1, 9, 5, json!("a")), write(2, 9, 5, json!("b"))]), Some(json!("b")));
}

#[test]
fn the_stricter_verdict_is_read() {
    let check = |item: &str, values: &[Value], expected: Value| {
        check("inspection", &format!("answers/{item}/result"), values, expected);
    };
    check("T01.01", &[json!("pass"), json!("fail")], json!("fail"));
    check("T01.01", &[json!("na"), json!("pass")], json!("pass"));
    check("T01.01", &[json!(null), json!("na")], json!("na"));
    check("T01.01", &[json!({"oops": 1}), json!("pass")], json!("pass"));
    check("T01.03", &[json!(8), json!(3)], json!(3));
    check("T08.08", &[json!("优"), json!("差"), json!("良")], json!("差"));
    check("T05.12", &[json!("接收"), json!("部分拒收")], json!("部分拒收"));
    // Cooked food is worse when it is colder, a fridge when it is warmer.
    check("T01.07", &[json!([{"v": "80"}]), json!([{"v": "65"}])], json!([{"v": "65"}]));
    check("T01.12", &[json!([{"v": "4"}]), json!([{"v": "9"}])], json!([{"v": "9"}]));
    check("T01.12", &[json!([{"v": "1"}]), json!([{"v": "7.5"}])], json!([{"v": "7.5"}]));
    // Without limits the lowest reading decides.
    check(
        "T17.08",
        &[json!([{"v": "5"}, {"v": "3", "of": "夜"}]), json!([{"v": "4"}])],
        json!([{"v": "5"}, {"v": "3", "of": "夜"}]),
    );
}

#[test]
fn a_cured_reading_is_better_than_a_cold_one() {
    let cured = json!([{"v": "60", "of": "鱼"}, {"v": "75", "of": "鱼", "retest": true}]);
    let cold = json!([{"v": "69", "of": "鱼"}]);
    check("inspection", "answers/T01.07/result", &[cured, cold.clone()], cold);
}

#[test]
fn items_of_own_templates_fall_back_to_words_and_low_numbers() {
    let check = |values: &[Value], expected: Value| check("inspection", "answers/C01.01/result", values, expected);
    check(&[json!("pass"), json!("fail")], json!("fail"));
    check(&[json!("na"), json!("pass")], json!("pass"));
    check(&[json!([{"v": "80"}]), json!([{"v": "65"}])], json!([{"v": "65"}]));
    check(&[json!(9), json!("差")], json!("差"));
}

#[test]
fn symptoms_and_answers_read_the_worse_word() {
    check("morning_check", "fever", &[json!(false), json!(true)], json!(true));
    check("morning_check", "decision", &[json!("上岗"), json!("就医")], json!("就医"));
    check("patrol_run", "visits/3/answers/T18.03/result", &[json!("pass"), json!("fail")], json!("fail"));
    check("finding", "severity", &[json!("L2"), json!("L4")], json!("L4"));
}

#[test]
fn the_earliest_of_two_is_read() {
    check("patrol_run", "people/a", &[json!(20), json!(10), json!(null)], json!(10));
    check("inspection", "submits/a", &[json!({"at": 20}), json!({"at": 10})], json!({"at": 10}));
}

#[test]
fn lists_are_united() {
    check("inspection", "participants", &[json!(["b", "c"]), json!(["a", "b"])], json!(["a", "b", "c"]));
    // One value that is no list cannot be united with lists: the latest counts.
    check("inspection", "participants", &[json!("x"), json!(["a"])], json!("x"));
}

#[test]
fn of_two_ends_of_a_certificate_the_soonest_warns_and_people_are_asked() {
    let (soon, late) = (json!("2026-09-30"), json!("2027-09-30"));
    let state = state(&[("valid_to", vec![write(1, 1, 9, late.clone()), write(2, 1, 5, soon.clone())])]);
    assert_eq!(
        read("supplier_licence", &state)["valid_to"],
        soon,
        "the later one was written last, and does not count"
    );
    let conflicts = conflicts("supplier_licence", &state);
    assert_eq!((conflicts[0].asks, &conflicts[0].effective), (true, &soon));
    let correction = |value: &serde_json::Value, at: i64| json!({"field": "valid_to", "value": value, "reason": "看错", "by": "li", "at": at, "after": []});
    let document =
        json!({"valid_to": "2025-09-30", "corrections/1": correction(&soon, 5), "corrections/2": correction(&late, 9)});
    let corrected = apply("supplier_licence", document.as_object().expect("an object")).document;
    assert_eq!(corrected["valid_to"], soon, "so it is with two corrections that did not know of each other");
}

#[test]
fn a_document_leaves_out_the_fields_of_the_system() {
    let state = state(&[("title", vec![write(1, 1, 1, json!("x"))]), ("_deleted", vec![write(1, 2, 1, json!(null))])]);
    assert_eq!(Value::Object(read("anything", &state)), json!({"title": "x"}));
}

#[test]
fn only_different_values_make_a_conflict() {
    let state = state(&[
        ("same", vec![write(1, 1, 1, json!(1)), write(2, 1, 2, json!(1.0))]),
        (
            "answers/T01.01/result",
            vec![write(1, 2, 5, json!("fail")), write(2, 2, 6, json!("pass")), write(3, 1, 4, json!("pass"))],
        ),
        ("_deleted", vec![write(1, 3, 1, json!(null)), write(2, 3, 1, json!(null))]),
    ]);
    let conflicts = conflicts("inspection", &state);
    assert_eq!(conflicts.len(), 1);
    let conflict = &conflicts[0];
    assert_eq!((conflict.field.as_str(), conflict.rule, conflict.asks), ("answers/T01.01/result", Rule::Worst, true));
    assert_eq!(conflict.effective, json!("fail"));
    assert_eq!(conflict.siblings.iter().map(|side| side.dots.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(conflict.siblings[0].value, json!("pass"));
}

#[test]
fn a_deletion_that_somebody_wrote_past_is_a_conflict_of_who_deleted_and_who_wrote() {
    let first = json!([[ReplicaId(Uuid::from_u128(1)).to_string(), 1]]);
    let state = state(&[
        ("title", vec![write(1, 1, 1, json!("x"))]),
        ("note", vec![write(2, 1, 5, json!("y"))]),
        ("place", vec![write(2, 2, 6, json!("z"))]),
        ("_deleted", vec![write(3, 1, 4, first.clone())]),
    ]);
    let conflicts = conflicts("area", &state);
    let [conflict] = &conflicts[..] else { panic!("{conflicts:?}") };
    assert_eq!((conflict.field.as_str(), conflict.asks, &conflict.effective), ("_deleted", true, &Value::Null));
    let sides: Vec<_> = conflict.siblings.iter().map(|side| (&side.value, side.at.0, side.dots.len())).collect();
    assert_eq!(sides, [(&Value::Null, 6, 2), (&first, 4, 1)], "one side for all that one person wrote");
}

#[test]
fn two_who_find_the_same_before_and_after_midnight_are_asked_nothing() {
    let state = state(&[
        ("found_at", vec![write(1, 1, 20, json!(20)), write(2, 1, 10, json!(10))]),
        ("found_by", vec![write(1, 1, 20, json!("anna")), write(2, 1, 10, json!("wang"))]),
        ("business_date", vec![write(1, 1, 20, json!("2026-09-02")), write(2, 1, 10, json!("2026-09-01"))]),
    ]);
    let document = json!({"found_at": 10, "found_by": "wang", "business_date": "2026-09-01"});
    for kind in ["finding", "inspection"] {
        let asked = conflicts(kind, &state).into_iter().filter(|conflict| conflict.asks).map(|conflict| conflict.field);
        let expected: &[&str] = if kind == "finding" { &[] } else { &["found_at", "found_by"] };
        assert_eq!(asked.collect::<Vec<_>>(), expected, "{kind}");
    }
    assert_eq!(Value::Object(read("finding", &state)), document);
}

#[test]
fn master_data_is_listed_as_merged_and_does_not_ask() {
    let state = state(&[("phone", vec![write(1, 1, 1, json!("1")), write(2, 1, 2, json!("2"))])]);
    assert!(!conflicts("supplier", &state)[0].asks);
    assert!(conflicts("unheard_of", &state)[0].asks);
}

fn any_field() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![
        ("area", "name"),
        ("inspection", "answers/T01.01/result"),
        ("inspection", "answers/T01.03/result"),
        ("inspection", "answers/T01.07/result"),
        ("inspection", "answers/T01.12/result"),
        ("inspection", "answers/T04.03/result"),
        ("inspection", "answers/T05.02/result"),
        ("inspection", "answers/T08.08/result"),
        ("inspection", "answers/T13.01/result"),
        ("inspection", "answers/C01.01/result"),
        ("inspection", "submits/a"),
        ("patrol_run", "people/a"),
        ("patrol_run", "missed/3"),
        ("patrol_run", "visits/3/answers/T01.07/result"),
        ("inspection", "participants"),
        ("unheard_of", "x"),
    ])
}

fn any_writes() -> impl Strategy<Value = (Vec<Write>, Vec<Write>)> {
    prop::collection::btree_map((0u128..3, 1u64..4), (0u64..3, any_json()), 1..6).prop_flat_map(|writes| {
        let writes: Vec<Write> =
            writes.into_iter().map(|((replica, counter), (at, value))| write(replica, counter, at, value)).collect();
        (Just(writes.clone()), Just(writes).prop_shuffle())
    })
}

proptest! {
    #[test]
    fn the_order_of_siblings_does_not_matter((kind, field) in any_field(), (writes, shuffled) in any_writes()) {
        let first = read_writes(kind, field, &writes);
        prop_assert!(first.is_some());
        prop_assert_eq!(first, read_writes(kind, field, &shuffled));
    }

    #[test]
    fn what_is_read_was_written_or_united((kind, field) in any_field(), (writes, _) in any_writes()) {
        let read = causal::Value::from_json(&read_writes(kind, field, &writes).expect("a value"));
        if field != "participants" {
            prop_assert!(writes.iter().any(|write| write.value == read));
        }
    }

    #[test]
    fn worst_is_a_total_preorder(a in any_json(), b in any_json(), c in any_json(), item in 0usize..5) {
        use domain::reading::compare_badness;
        let code = ["T01.01", "T01.03", "T01.07", "T08.08", "none"][item];
        let item = domain::template::built_in_item(code);
        let compare = |a: &Value, b: &Value| compare_badness(item, a, b);
        prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
        if compare(&a, &b).is_le() && compare(&b, &c).is_le() {
            prop_assert!(compare(&a, &c).is_le());
        }
    }
}
