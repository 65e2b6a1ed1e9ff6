//! When a message as a whole is not of the shape: nothing of it is taken.

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use wire::{EnrolAnswer, EnrolRequest, PullAnswer, PushAnswer, PushRequest, ShapeError};

use crate::support::{EPOCH, GOOD, REPLICAS, push_text, refused_whole, valid_json, valid_push};

fn page() -> Json {
    json!({"epoch": EPOCH, "replicas": REPLICAS, "records": [valid_json(GOOD)], "cursor": "c", "more": true})
}

fn answer() -> Json {
    json!({"epoch": EPOCH, "number": 1, "digest": "ab".repeat(32), "results": [{"id": GOOD, "outcome": "merged"}],
           "replicas": REPLICAS, "records": [valid_json(GOOD)]})
}

fn enrolment() -> Json {
    json!({"code": "c", "device_name": "n", "replica": REPLICAS[0]})
}

fn enrolled() -> Json {
    json!({"token": "t", "device": GOOD, "organisation": {"id": GOOD, "name": "n"}, "scopes": null, "epoch": EPOCH})
}

type Decode = fn(&[u8]) -> bool;

/// Each message with a decoder that says whether it takes the bytes.
fn messages() -> [(Json, Decode); 5] {
    [
        (valid_push(), |body| PushRequest::decode(body).is_ok()),
        (answer(), |body| PushAnswer::decode(body).is_ok()),
        (page(), |body| PullAnswer::decode(body).is_ok()),
        (enrolment(), |body| EnrolRequest::decode(body).is_ok()),
        (enrolled(), |body| EnrolAnswer::decode(body).is_ok()),
    ]
}

/// The JSON pointers of every member and item, outside of the values of fields.
fn places(json: &Json, here: &str, found: &mut Vec<String>) {
    let mut enter = |name: &str, inner: &Json| {
        let place = format!("{here}/{name}");
        if !place.starts_with("/records/0/fields/title/0/1") && !place.starts_with("/records/0/fields/score") {
            found.push(place.clone());
            places(inner, &place, found);
        }
    };
    match json {
        Json::Object(members) => members.iter().for_each(|(name, inner)| enter(name, inner)),
        Json::Array(items) => items.iter().enumerate().for_each(|(index, inner)| enter(&index.to_string(), inner)),
        _ => {}
    }
}

#[test]
fn a_message_of_the_right_shape_is_taken() {
    for (message, decode) in messages() {
        assert!(decode(message.to_string().as_bytes()), "{message}");
    }
}

#[test]
fn no_member_may_be_left_out() {
    for (message, decode) in messages() {
        let mut all = Vec::new();
        places(&message, "", &mut all);
        for place in all.iter().filter(|place| !place.contains("/fields/")) {
            let (parent, name) = place.rsplit_once('/').expect("a pointer");
            let mut changed = message.clone();
            let Some(Json::Object(members)) = changed.pointer_mut(parent) else { continue };
            members.remove(name);
            assert!(!decode(changed.to_string().as_bytes()), "{place} was not missed");
        }
    }
}

#[test]
fn no_member_may_be_of_another_type() {
    for (message, decode) in messages() {
        let mut all = Vec::new();
        places(&message, "", &mut all);
        for place in all {
            let other = if message.pointer(&place).is_some_and(Json::is_boolean) { json!(1) } else { json!(true) };
            let mut changed = message.clone();
            *changed.pointer_mut(&place).expect("a place of this message") = other;
            assert!(!decode(changed.to_string().as_bytes()), "{place} of another type was taken");
        }
    }
}

#[test]
fn a_list_does_not_stand_for_an_object() {
    for (message, decode) in messages() {
        let values: Vec<&Json> = message.as_object().expect("an object").values().collect();
        assert!(!decode(json!(values).to_string().as_bytes()));
    }
    let in_order = json!([EPOCH, REPLICAS[0], 1, null, REPLICAS, []]).to_string();
    assert!(matches!(refused_whole(&in_order), ShapeError::Json(_)));
    let record = json!([GOOD, "inspection", null, [[0, 1]], [], {}]).to_string();
    assert!(matches!(refused_whole(&push_text(&[&record])), ShapeError::Json(_)));
}

#[test]
fn an_error_says_what_was_expected() {
    for (place, expected) in [
        ("/records/0", "expected an object"),
        ("/records/0/version/0/1", "expected a number"),
        ("/records/0/fields", "expected an object of fields"),
    ] {
        let mut push = valid_push();
        *push.pointer_mut(place).expect("a place of a push") = json!("text");
        let error = refused_whole(&push.to_string()).to_string();
        assert!(error.starts_with("the body is not of the expected shape") && error.contains(expected), "{error}");
    }
}

#[test]
fn lists_inside_a_record_have_their_exact_length() {
    for (place, list) in [
        ("/version/0", json!([0])),
        ("/version/0", json!([0, 17, 1])),
        ("/writes/0", json!([0, 17, 5])),
        ("/writes/0", json!([0, 17, 5, null, null])),
        ("/fields/title/0", json!([0])),
        ("/fields/title/0", json!([0, 1, 2])),
    ] {
        let mut record = valid_json(GOOD);
        *record.pointer_mut(place).expect("a place of a record") = list;
        assert!(matches!(refused_whole(&push_text(&[&record.to_string()])), ShapeError::Json(_)), "{place}");
    }
}

#[test]
fn what_is_not_json_is_refused() {
    let body = valid_push().to_string();
    for text in ["", " ", "{", "null", "[]", "{}", "\"push\"", "1", &body[1..], &format!("{body},"), &body.repeat(2)] {
        assert!(matches!(refused_whole(text), ShapeError::Json(_)), "{text}");
    }
    let mut not_utf8 = body.into_bytes();
    let title = not_utf8.windows(5).position(|bytes| bytes == b"title").expect("the field");
    not_utf8[title] = 0xff;
    assert!(matches!(PushRequest::decode(&not_utf8), Err(ShapeError::NotUtf8(_))));
}

#[test]
fn a_member_twice_is_refused() {
    for member in [r#""number":1"#, r#""records":[]"#, r#""epoch":"e""#] {
        let body = valid_push().to_string();
        refused_whole(&format!("{{{member},{}", &body[1..]));
    }
    let record = valid_json(GOOD).to_string();
    refused_whole(&push_text(&[&format!(r#"{{"kind":"finding",{}"#, &record[1..])]));
}

#[test]
fn members_that_nobody_knows_are_passed_over() {
    for (mut message, decode) in messages() {
        message["later"] = json!({"a": [1, {"b": null}]});
        assert!(decode(message.to_string().as_bytes()));
    }
}

#[test]
fn the_pusher_must_be_a_lower_case_uuid() {
    for replica in ["", "tablet", "8C1D0000-0000-4000-8000-000000000001", "8c1d0000000040008000000000000001"] {
        let mut push = valid_push();
        push["replica"] = json!(replica);
        assert!(matches!(refused_whole(&push.to_string()), ShapeError::NotUuid("replica")), "{replica}");
        let mut enrolment = enrolment();
        enrolment["replica"] = json!(replica);
        let refusal = EnrolRequest::decode(enrolment.to_string().as_bytes());
        assert!(matches!(refusal, Err(ShapeError::NotUuid("replica"))), "{replica}");
    }
}

#[test]
fn the_number_of_a_push_is_a_whole_number() {
    for number in ["-1", "1.5", "9007199254740992", "1e300", "\"1\"", "null"] {
        let body = valid_push().to_string().replace(r#""number":1"#, &format!(r#""number":{number}"#));
        assert!(matches!(refused_whole(&body), ShapeError::Json(_)), "{number}");
    }
    let body = valid_push().to_string().replace(r#""number":1"#, r#""number":2.0"#);
    assert_eq!(PushRequest::decode(body.as_bytes()).expect("a push").head.number, 2);
}

proptest! {
    #[test]
    fn json_of_any_other_shape_is_an_error_and_no_panic(text in r#"[\[\]{}:,"a-e0-9.\\ -]{0,60}"#) {
        for (_, decode) in messages() {
            prop_assert!(!decode(text.as_bytes()));
        }
    }
}
