//! Laws of saves, for every register: what stands and is given back changes nothing, and a blank is nothing.

use domain::field::{FieldType, Typing};
use domain::register::{Field, all};
use domain::time::DEFAULT_ZONE;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::saves::{GATE, ME, NOW, OTHER, check_with};

/// Something that people type into a field of this type; none for lines, which are added one by one.
fn typed(of: &dyn FieldType) -> Option<Value> {
    let photo = json!({"blob": "a".repeat(64), "mime": "image/jpeg", "size": 5});
    Some(match of.code() {
        "TXT" => json!(" 东门 "),
        "NUM" => json!("１２"),
        "TEMP" => json!("36℃"),
        "TIME" => json!("7:30"),
        "CH" => json!(of.options().first()?.zh),
        "DATE" => json!("2026-09-01"),
        "INSTANT" => json!("2026-09-01 07:30"),
        "COUNT" => json!("3"),
        "MONEY" => json!("12.50"),
        "YES" => json!("是"),
        "PHONE" => json!("138 0000 1234"),
        "LAST4" => json!("1234"),
        "PERSON" => json!(ME),
        "PEOPLE" | "REFS" => json!([ME, OTHER]),
        "REF" => json!(GATE),
        "PHOTOS" => json!([photo]),
        "SIG" => json!({"strokes": [[[0, 0], [900, 900]]]}),
        "TAG" => json!("A-1"),
        _ => return None,
    })
}

fn is_typed(field: &Field) -> bool {
    field.stored().is_some() && !field.is_own && field.from.is_none()
}

#[test]
fn a_form_that_gives_back_what_stands_changes_nothing_in_any_register() {
    let typing = Typing { zone: DEFAULT_ZONE, me: Some(ME), now: NOW, fresh: &|| Uuid::from_u128(9) };
    for register in all() {
        let mut row = Map::new();
        for field in &register.fields {
            let Some((of, typed)) = field.stored().and_then(|of| Some((of, typed(of)?))) else { continue };
            let writes = of.take(&field.name, &typed, &typing);
            row.extend(writes.unwrap_or_else(|error| panic!("{} {}: {error:?}", register.kind, field.name)));
        }
        let given: Map<String, Value> = register
            .fields
            .iter()
            .filter(|field| is_typed(field) && !field.is_frozen)
            .filter_map(|field| Some((field.name.clone(), field.stored()?.gather(&field.name, &row)?)))
            .collect();
        assert!(!given.is_empty() || register.rights.write.is_empty(), "{}", register.kind);
        let checked = check_with(register, Some(&row), Value::Object(given), &[], &|_, _| None, None);
        assert_eq!(checked.map(|checked| checked.writes), Ok(vec![]), "{}", register.kind);
    }
}

#[test]
fn a_blank_in_a_new_row_is_as_if_the_field_had_been_left_out_in_any_register() {
    for register in all() {
        let needed = |field: &&Field| field.needed.as_ref().is_some_and(|needed| needed.when.clauses.is_empty());
        let filled: Map<String, Value> = register
            .fields
            .iter()
            .filter(|field| is_typed(field))
            .filter(needed)
            .filter_map(|field| Some((field.name.clone(), typed(field.stored()?)?)))
            .collect();
        let written = |set: &Map<String, Value>| {
            let checked = check_with(register, None, Value::Object(set.clone()), &[], &|_, _| None, None);
            checked.map(|checked| checked.writes)
        };
        let without = written(&filled);
        assert!(without.iter().flatten().all(|(_, value)| !value.is_null()), "{}", register.kind);
        for field in register.fields.iter().filter(|field| is_typed(field) && field.preset.is_none()) {
            let is_spread = field.stored().is_some_and(|of| of.paths().iter().all(|path| !path.suffix.is_empty()));
            if is_spread || filled.contains_key(&field.name) {
                continue;
            }
            for blank in [Value::Null, json!(""), json!(" \u{3000} ")] {
                let mut with_blank = filled.clone();
                with_blank.insert(field.name.clone(), blank.clone());
                assert_eq!(written(&with_blank), without, "{} {} {blank}", register.kind, field.name);
            }
        }
    }
}
