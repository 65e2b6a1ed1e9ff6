//! One test for each rule of validity: a record that breaks it is refused, and the good one beside it is taken.

use serde_json::json;
use wire::{InvalidRecord, ShapeError};

use crate::support::{BAD, GOOD, REPLICAS, push_json, refusal, refused, refused_whole, taken, valid_json, valid_push};

#[test]
fn a_record_that_breaks_no_rule_is_taken() {
    let record = taken(|_| ());
    assert_eq!(record.id.to_string(), GOOD);
    assert_eq!(record.state.siblings("score").count(), 2);
}

#[test]
fn an_id_that_is_no_lower_case_uuid_is_refused() {
    for id in ["", "x", "01990000-0000-7000-8000-00000000000A", "01990000000070008000000000000001"] {
        assert!(matches!(refused(|record| record["id"] = json!(id)), InvalidRecord::Id), "{id}");
    }
}

#[test]
fn an_id_of_any_version_is_taken() {
    for id in ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"] {
        assert_eq!(taken(|record| record["id"] = json!(id)).id.to_string(), id);
    }
}

#[test]
fn a_scope_that_is_no_lower_case_uuid_is_refused() {
    for scope in ["", "campus", "ABCDEF00-0000-4000-8000-000000000000", "{abcdef00-0000-4000-8000-000000000000}"] {
        assert!(matches!(refused(|record| record["scope"] = json!(scope)), InvalidRecord::Scope), "{scope}");
    }
    let scope = "abcdef00-0000-4000-8000-000000000000";
    assert_eq!(taken(|record| record["scope"] = json!(scope)).scope.map(|scope| scope.to_string()), Some(scope.into()));
}

#[test]
fn a_kind_that_is_no_snake_case_name_is_refused() {
    let long = "k".repeat(65);
    for kind in ["", "Inspection", "1st", "_x", "food sample", "food-sample", "检查", "k\n", &long] {
        assert!(matches!(refused(|record| record["kind"] = json!(kind)), InvalidRecord::Kind), "{kind:?}");
    }
    for kind in ["k", "food_sample_2", &"k".repeat(64)] {
        taken(|record| record["kind"] = json!(kind));
    }
}

#[test]
fn a_replica_that_is_no_lower_case_uuid_spoils_only_the_records_that_point_to_it() {
    for name in ["", "tablet", "8C1D0000-0000-4000-8000-000000000003"] {
        let mut bad = valid_json(BAD);
        bad["version"] = json!([[0, 17], [1, 4], [2, 1]]);
        let body = push_json(&[REPLICAS[0], REPLICAS[1], name], vec![bad, valid_json(GOOD)]);
        assert!(matches!(refusal(&body.to_string()), InvalidRecord::Replica), "{name}");
    }
}

#[test]
fn an_index_past_the_table_of_replicas_is_refused() {
    for index in [json!(2), json!(-1), json!(0.5), json!(4_294_967_296_u64), json!(u64::MAX)] {
        assert!(matches!(refused(|record| record["version"][0][0] = index.clone()), InvalidRecord::Replica), "{index}");
        assert!(matches!(refused(|record| record["writes"][0][0] = index.clone()), InvalidRecord::Replica), "{index}");
    }
}

#[test]
fn an_index_past_the_writes_is_refused() {
    for index in [json!(2), json!(-1), json!(0.5), json!(4_294_967_296_u64), json!(u64::MAX)] {
        let refusal = refused(|record| record["fields"]["title"][0][0] = index.clone());
        assert!(matches!(refusal, InvalidRecord::Write), "{index}");
    }
}

#[test]
fn a_replica_twice_in_version_is_refused() {
    for version in [json!([[0, 17], [1, 4], [0, 17]]), json!([[0, 16], [0, 17], [1, 4]])] {
        assert!(matches!(refused(|record| record["version"] = version), InvalidRecord::RepeatedReplica));
    }
}

#[test]
fn a_write_that_version_does_not_cover_is_refused() {
    for version in [json!([[0, 16], [1, 4]]), json!([[1, 4]]), json!([])] {
        assert!(matches!(refused(|record| record["version"] = version), InvalidRecord::State(_)));
    }
}

#[test]
fn a_write_that_no_field_uses_is_refused() {
    let refusal = refused(|record| record["writes"] = json!([[0, 17, 5, null], [1, 4, 5, null], [1, 3, 5, null]]));
    assert!(matches!(refusal, InvalidRecord::State(causal::StateError::UnusedWrite)));
    assert!(matches!(refused(|record| record["fields"] = json!({})), InvalidRecord::State(_)));
}

#[test]
fn a_dot_twice_in_writes_is_refused() {
    for twin in [json!([0, 17, 1_763_850_000_123_u64, "person"]), json!([0, 17, 9, null])] {
        let refusal = refused(|record| {
            record["writes"][1] = twin;
        });
        assert!(matches!(refusal, InvalidRecord::RepeatedWrite));
    }
}

#[test]
fn a_field_without_a_sibling_is_refused() {
    let refusal = refused(|record| record["fields"]["empty"] = json!([]));
    assert!(matches!(refusal, InvalidRecord::State(causal::StateError::EmptyField)));
}

#[test]
fn one_write_twice_in_a_field_is_refused() {
    for twice in [json!([[0, 92], [0, 92], [1, 90]]), json!([[0, 92], [1, 90], [0, 91]])] {
        assert!(matches!(refused(|record| record["fields"]["score"] = twice), InvalidRecord::RepeatedSibling));
    }
}

#[test]
fn two_siblings_of_one_replica_are_taken() {
    let record = taken(|record| {
        record["version"] = json!([[0, 17]]);
        record["writes"] = json!([[0, 17, 5, null], [0, 16, 5, null]]);
    });
    assert_eq!(record.state.siblings("score").count(), 2);
}

#[test]
fn one_write_in_two_fields_is_taken() {
    assert_eq!(taken(|_| ()).state.writes().len(), 2);
}

#[test]
fn a_purged_record_is_taken() {
    let record = taken(|record| {
        record["writes"] = json!([]);
        record["fields"] = json!({});
    });
    assert!(record.state.is_purged());
}

#[test]
fn a_person_that_is_not_1_to_200_printable_characters_is_refused() {
    let long = "人".repeat(201);
    for by in ["", "a\nb", "\u{7f}", &long] {
        assert!(matches!(refused(|record| record["writes"][0][3] = json!(by)), InvalidRecord::Person), "{by:?}");
    }
    taken(|record| record["writes"][0][3] = json!("人".repeat(200)));
}

#[test]
fn a_replica_twice_in_the_table_refuses_the_message() {
    let body = push_json(&[REPLICAS[0], REPLICAS[1], REPLICAS[0]], vec![valid_json(GOOD)]).to_string();
    assert!(matches!(refused_whole(&body), ShapeError::RepeatedReplica));
}

#[test]
fn an_id_twice_refuses_the_message() {
    let body = push_json(&REPLICAS, vec![valid_json(BAD), valid_json(GOOD), valid_json(BAD)]).to_string();
    assert!(matches!(refused_whole(&body), ShapeError::RepeatedRecord(id) if id == BAD));
}

#[test]
fn one_bad_record_in_an_answer_refuses_the_answer() {
    let mut page = valid_push();
    page["cursor"] = json!("c");
    page["more"] = json!(false);
    wire::PullAnswer::decode(page.to_string().as_bytes()).expect("a page, and members nobody knows");
    page["records"][0]["kind"] = json!("Bad");
    assert!(matches!(wire::PullAnswer::decode(page.to_string().as_bytes()), Err(ShapeError::Json(_))));
}
