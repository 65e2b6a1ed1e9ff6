//! Corrections do not depend on the order in which they arrive, and no value makes them panic.

use domain::correction::apply;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::support::any_json;

proptest! {
    #[test]
    fn corrections_never_panic_and_keep_the_original(
        original in any_json(),
        values in prop::collection::vec((any_json(), 0i64..3, prop::collection::vec(0usize..4, 0..3)), 0..4),
        odd in any_json(),
    ) {
        let mut document = Map::new();
        document.insert("answers/T01.01/result".into(), original.clone());
        document.insert("corrections/odd".into(), odd.clone());
        document.insert("void/odd".into(), odd);
        for (index, (value, at, after)) in values.iter().enumerate() {
            let after: Vec<String> = after.iter().map(usize::to_string).collect();
            let entry = json!({"field": "answers/T01.01/result", "value": value, "at": at, "after": after});
            document.insert(format!("corrections/{index}"), entry);
        }
        let corrected = apply("inspection", &document);
        if let Some(field) = corrected.fields.get("answers/T01.01/result") {
            prop_assert_eq!(&field.original, &original);
            prop_assert!(!field.standing.is_empty());
            prop_assert!(values.iter().any(|(value, ..)| *value == field.effective));
        } else {
            prop_assert_eq!(corrected.document.get("answers/T01.01/result"), Some(&original));
        }
    }
}

#[test]
fn the_worse_of_two_concurrent_corrections_of_a_result_counts() {
    let document = json!({
        "answers/T01.07/result": [{"v": "75"}],
        "corrections/1": {"field": "answers/T01.07/result", "value": [{"v": "57"}], "at": 1},
        "corrections/2": {"field": "answers/T01.07/result", "value": [{"v": "71"}], "at": 2},
    });
    let corrected = apply("inspection", document.as_object().expect("an object"));
    assert_eq!(corrected.document["answers/T01.07/result"], Value::from(vec![json!({"v": "57"})]));
}
