//! The places of a record at which a form is answered.

use domain::finding::{FailedAnswer, FindingSource};
use domain::form::{AnswerField, Entry, Form, ItemOutcome, PlaceName, affected};
use domain::kind::{Rule, kind};
use domain::register::standing;
use domain::setting::Settings;
use domain::template::{Part, built_in_item};
use domain::time::UtcMillis;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::template;

fn any_place() -> impl Strategy<Value = PlaceName> {
    prop_oneof![
        Just(PlaceName::Whole),
        "[^/]{1,12}".prop_map(PlaceName::Visit),
        "[^/]{1,12}".prop_map(PlaceName::Stage),
    ]
}

fn visit(checkpoint: &str) -> PlaceName {
    PlaceName::Visit(checkpoint.to_owned())
}

proptest! {
    #[test]
    fn a_field_says_at_which_place_of_which_item_it_stands(
        place in any_place(),
        code in "[^/]{1,8}",
        part in prop_oneof![Just("result"), Just("note"), Just("how"), Just("photos/aa")],
    ) {
        let field = place.field(&code, part);
        prop_assert_eq!(AnswerField::parse(&field), Some(AnswerField { place: place.clone(), code: &code, part }));
        prop_assert_eq!(PlaceName::of_prefix(&place.to_string()), Some(place));
    }

    #[test]
    fn no_name_of_a_field_makes_it_panic(name in any::<String>(), prefix in "(visits|stages|answers|/){0,4}.{0,4}") {
        let _ = (AnswerField::parse(&name), AnswerField::parse(&prefix), PlaceName::of_prefix(&prefix));
    }

    #[test]
    fn one_item_at_two_places_has_two_findings(one in any_place(), other in any_place()) {
        let same = one.finding_id(Uuid::nil(), "T01.07") == other.finding_id(Uuid::nil(), "T01.07");
        prop_assert_eq!(same, one == other);
    }
}

#[test]
fn the_answers_of_one_place_are_none_of_another() {
    let document = json!({
        "answers/T18.01/result": "pass",
        "visits/3/answers/T18.01/result": "fail",
        "stages/3/answers/T18.02/result": "pass",
    });
    let settings = Settings::default();
    let at = |place: &PlaceName, code: &str| {
        let form = Form::new(template("T18"), Part::All, None, &settings);
        let form = form.with_document(document.as_object().expect("an object"), place);
        form.entry(code).map(|entry| entry.result.clone())
    };
    assert_eq!(at(&PlaceName::Whole, "T18.01"), Some(json!("pass")));
    assert_eq!(at(&visit("3"), "T18.01"), Some(json!("fail")));
    assert_eq!(at(&visit("4"), "T18.01"), None);
    assert_eq!(at(&visit("3"), "T18.02"), None);
}

#[test]
fn answers_read_alike_at_every_place_of_every_kind() {
    for (name, place) in
        [("inspection", PlaceName::Whole), ("patrol_run", visit("3")), ("meal", PlaceName::Stage("serve".to_owned()))]
    {
        let rule = |part: &str| kind(name).field(&place.field("T01.07", part)).rule;
        assert_eq!((rule("result"), rule("photos/aa")), (Rule::Worst, Rule::Earliest), "{name}");
        assert!(kind(name).field(&place.field("T01.07", "note")).is_searchable, "{name}");
    }
}

#[test]
fn a_finding_names_the_place_of_its_answer_and_hangs_on_its_record() {
    let record = Uuid::from_u128(9);
    let check = |place: &PlaceName, expected: Value| {
        let failed = FailedAnswer {
            record,
            place,
            item: built_in_item("T01.04").expect("an item"),
            source: FindingSource::Patrol,
            area: None,
            worst: None,
            retest: None,
            note: None,
            severity: None,
            is_corrected_on_spot: false,
            found_at: UtcMillis(0),
            found_by: "li",
        };
        let finding = failed.finding(&domain::calendar::Calendar::default());
        for (name, value) in expected.as_object().expect("an object") {
            assert_eq!(&finding.fields[name], value);
        }
        assert_eq!(finding.id, place.finding_id(record, "T01.04"));
        assert_eq!(standing("finding", &finding.fields).parent, Some(record.to_string()));
    };
    check(&PlaceName::Whole, json!({"inspection": record}));
    check(&visit("3"), json!({"patrol_run": record, "checkpoint": "3"}));
    check(&PlaceName::Stage("serve".to_owned()), json!({"meal": record, "meal_stage": "serve"}));
}

#[test]
fn an_answer_reaches_the_items_that_it_decides_over_and_no_other() {
    let settings = Settings::default();
    let mut before = Form::new(template("T04"), Part::All, None, &settings);
    let of = |result: Value| Entry { result, ..Entry::default() };
    before.set("T04.02", of(json!("含氯浸泡")));
    before.set("T04.03", of(json!([{"v": "90"}])));
    let mut after = before.clone();
    after.set("T04.02", of(json!("煮沸")));
    let found = affected(&before, &after, &["T04.02"]);
    let codes: Vec<_> = found.iter().map(|item| (item.code.as_str(), item.failed_again)).collect();
    assert_eq!(codes, [("T04.03", true)]);
    let item = built_in_item("T04.03").expect("an item");
    assert!(ItemOutcome::of(&before, item).is_fine() && !ItemOutcome::of(&after, item).is_fine());
    assert_eq!(affected(&before, &before, &[]), []);
}
