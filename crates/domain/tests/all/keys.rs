//! Keys: what a row is named by is fixed when it is made, and two rows have one id only where they say the same.

use domain::field::codes;
use domain::kind::Class;
use domain::register::{Register, Saving, all, parse};
use domain::setting::Settings;
use domain::time::DEFAULT_ZONE;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::saves::{GATE, ME, NOW, OTHER, check_with, document};

/// A register whose key is said to be frozen by nobody, and a field that is frozen without being of the key.
const KEYED: &str = "kind | turn | 轮 | Turns\nclass | evidence\nkey | room, sort, date, who\n\
    rights | write keep_shift ; see keep_shift ; correct keep_shift\nroom | 室 | Room | REF(area) | !\n\
    sort | 类 | Sort | CH[早=Early, 晚=Late] | !\ndate | 日 | Date | DATE | !\nwho | 人 | Who | PERSON | !\n\
    mark | 记 | Mark | TXT[1,9] | frozen\nnote | 注 | Note | TXT[1,40] |\n";

fn keyed() -> Register {
    parse("turn.txt", KEYED).expect("a register")
}

/// The rule by which an edit of one field is refused.
fn edit(register: &Register, row: &Map<String, Value>, field: &str, typed: Value) -> Result<(), &'static str> {
    let set = json!({ field: typed });
    let checked = check_with(register, Some(row), set, &[], &|_, _| None, None);
    checked.map(drop).map_err(|bad| bad[0].error.rule())
}

/// The rule by which a correction of one field is refused.
fn correct(register: &Register, row: &Map<String, Value>, field: &str, typed: &Value) -> Result<(), &'static str> {
    let settings = Settings::default();
    let saving = Saving {
        me: Some(ME),
        now: NOW,
        zone: DEFAULT_ZONE,
        settings: &settings,
        before: Some(row),
        last: &|_| None,
        referred: &|_, _| None,
        earlier: &|_, _, _| None,
        known: &|_, _, _| Vec::new(),
        fresh: &|| Uuid::from_u128(9),
        confirmed: &[],
    };
    register.check_correction(field, typed, &saving).map(drop).map_err(|bad| bad.error.rule())
}

#[test]
fn a_field_of_the_key_is_neither_edited_nor_corrected_also_where_nobody_wrote_frozen() {
    let turn = keyed();
    let row = document(json!({"room": GATE, "sort": "早", "date": "2026-09-01", "who": ME, "note": "一"}));
    let others = [("room", json!(OTHER)), ("sort", json!("晚")), ("date", json!("2026-09-02")), ("who", json!(OTHER))];
    for (field, other) in others {
        for typed in [other, Value::Null, row[field].clone()] {
            assert_eq!(edit(&turn, &row, field, typed.clone()), Err("frozen"), "{field} {typed}");
            assert_eq!(correct(&turn, &row, field, &typed), Err("frozen"), "{field} {typed}");
        }
    }
    assert_eq!((edit(&turn, &row, "note", json!("二")), correct(&turn, &row, "note", &json!("二"))), (Ok(()), Ok(())));
    for register in all() {
        for name in &register.key {
            assert!(register.field(name).is_some_and(|field| field.is_frozen), "{} {name}", register.kind);
        }
    }
}

#[test]
fn a_frozen_field_is_typed_when_the_row_is_made_and_never_after() {
    let turn = keyed();
    let set = json!({"room": GATE, "sort": "早", "date": "2026-09-01", "who": ME, "mark": "甲"});
    let made = check_with(&turn, None, set, &[], &|_, _| None, None).expect("a row");
    let row: Map<String, Value> = made.writes.into_iter().collect();
    assert_eq!(row["mark"], "甲");
    assert_eq!(edit(&turn, &row, "mark", json!("乙")), Err("frozen"));
    assert_eq!(correct(&turn, &row, "mark", &json!("乙")), Err("frozen"));
    let mut unmarked = row;
    unmarked.remove("mark");
    assert_eq!(edit(&turn, &unmarked, "mark", json!("乙")), Err("frozen"), "not even where nothing stands");
}

/// A declaration of a field type, from its code.
fn declared(code: &str) -> &str {
    match code {
        "CH" => "CH[一=One, 二=Two]",
        "REF" => "REF(area)",
        "REFS" => "REFS(area)",
        "TXT" => "TXT[1,9]",
        "NUM" => "NUM[g,0,9]",
        "TEMP" => "TEMP[℃,0,9]",
        "PHOTOS" => "PHOTOS[0,2]",
        "ROWS" => "ROWS[x 甲 X COUNT]",
        code => code,
    }
}

#[test]
fn a_key_takes_references_people_days_and_choices_and_nothing_that_people_type() {
    let taken = codes().filter(|code| {
        let of = declared(code);
        let text = format!(
            "kind | x | 名 | Name\nclass | evidence\nkey | a\nrights | write keep_shift ; see keep_shift\na | 甲 | A | {of} | !\n"
        );
        parse("x.txt", &text)
            .inspect_err(|error| {
                let told = error.to_string();
                assert!(told.contains("a key is made of REF, PERSON, DATE and CH fields"), "{code}: {told}");
            })
            .is_ok()
    });
    assert_eq!(taken.collect::<Vec<_>>(), ["CH", "DATE", "PERSON", "REF"]);
}

#[test]
fn master_data_and_the_two_certificates_alone_are_imported() {
    let imported: Vec<&str> =
        all().iter().filter(|register| !register.matches.is_empty()).map(|register| register.kind.as_str()).collect();
    assert!(imported.contains(&"health_certificate") && imported.contains(&"supplier_licence"), "{imported:?}");
    for register in all().iter().filter(|register| !register.matches.is_empty()) {
        let is_certificate = matches!(register.kind.as_str(), "health_certificate" | "supplier_licence");
        assert!(register.class == Class::Master || is_certificate, "{}", register.kind);
    }
}

/// What may stand in a choice, bars among it.
const WORDS: [&str; 8] = ["a", "b", "a/b", "b/a", "a/b/0", "0", "0/1", "甲"];

proptest! {
    /// Law: two rows of a register have one id exactly where their keys say the same and as many were void before them.
    #[test]
    fn two_rows_have_one_id_only_where_their_keys_say_the_same(
        one in (0..8_usize, 0..8_usize, 0..3_u32),
        other in (0..8_usize, 0..8_usize, 0..3_u32),
    ) {
        let options = WORDS.iter().enumerate().map(|(n, word)| format!("{word}=X{n}")).collect::<Vec<_>>().join(", ");
        let text = format!(
            "kind | x | 名 | Name\nclass | evidence\nkey | p, q\nrights | write keep_shift ; see keep_shift\n\
             p | 甲 | P | CH[{options}] | !\nq | 乙 | Q | CH[{options}] | !\n"
        );
        let register = parse("x.txt", &text).expect("a register");
        let id = |(p, q, n): (usize, usize, u32)| {
            let row = document(json!({"p": WORDS[p], "q": WORDS[q]}));
            register.row_id(Uuid::nil(), &row, n).expect("an id").expect("a key")
        };
        prop_assert_eq!(id(one) == id(other), one == other);
    }
}
