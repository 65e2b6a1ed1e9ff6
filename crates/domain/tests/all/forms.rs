//! Scores, verdicts and gaps of forms.

use domain::decimal::Decimal;
use domain::form::{Entry, Form, Gap, GapKind, PlaceName, Status, Verdict};
use domain::setting::Settings;
use domain::template::{AnswerType, Part, Template, built_in, built_in_item, editions};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{any_json, form, template};

/// An answer with which the item passes.
fn good_answer(code: &str) -> Value {
    let item = built_in_item(code).expect("an item");
    match &item.answer {
        AnswerType::PassFail => json!("pass"),
        AnswerType::Score => json!(item.max),
        AnswerType::Time => json!("10:40"),
        AnswerType::Text => json!("无"),
        AnswerType::Choice(options) => json!(options[0]),
        AnswerType::Signature => {
            json!([{"by": "a", "strokes": [[[1, 2]]]}, {"by": "b", "strokes": [[[1, 2]]]}])
        }
        AnswerType::Assets => json!([{"name": "课桌", "expected": 40, "found": 40, "intact": 40, "damaged": 0}]),
        AnswerType::Number(_) | AnswerType::Temperature(_) => {
            let value = match code {
                "T01.07" | "T08.06" => "75",
                "T01.13" | "T05.09" => "-18",
                "T03.03" => "130",
                "T03.08" => "49",
                "T04.03" => "100",
                "T04.04" | "T12.03" => "20",
                "T06.06" | "T12.01" | "T16.01" | "T16.02" => "0",
                "T07.02" => "36.5",
                "T12.04" => "100",
                "T15.10" | "T24.10" => "30",
                "T19.12" => "100",
                "T06.01" | "T06.02" | "T12.05" => "12",
                _ => "5",
            };
            json!([{"v": value}])
        }
    }
}

fn filled<'a>(code: &str, part: Part, settings: &'a Settings) -> Form<'a> {
    filled_edition(template(code), part, settings)
}

fn filled_edition<'a>(template: &'static Template, part: Part, settings: &'a Settings) -> Form<'a> {
    let mut form = Form::new(template, part, None, settings);
    for item in template.items_for(part, None) {
        form.set(&item.code, Entry { result: good_answer(&item.code), ..Entry::default() });
    }
    form
}

fn with<'a>(mut form: Form<'a>, code: &str, result: Value) -> Form<'a> {
    form.set(code, Entry { result, ..Entry::default() });
    form
}

#[test]
fn a_form_without_a_fault_earns_everything() {
    let settings = Settings::default();
    for template in editions() {
        let score = filled_edition(template, Part::All, &settings).score();
        assert_eq!(score.failed, Vec::<String>::new(), "{}", template.code);
        assert_eq!(score.answered, score.applicable, "{}", template.code);
        assert_eq!(score.percent, template.is_scored().then(|| Decimal::from(100)), "{}", template.code);
        assert_ne!(score.verdict, Verdict::Fail, "{}", template.code);
    }
}

#[test]
fn an_l4_failure_fails_the_form() {
    let settings = Settings::default();
    let score = with(filled("T01", Part::All, &settings), "T01.14", json!("fail")).score();
    assert_eq!(score.percent, Some(Decimal::from(96)));
    assert_eq!((score.verdict, score.red_lines), (Verdict::Fail, vec!["T01.14".to_owned()]));
}

#[test]
fn what_is_not_filled_in_is_not_called_good() {
    let settings = Settings::default();
    let one = form("T01", Part::All, &settings, &[("T01.01", json!("pass"))]).score();
    assert_eq!((one.verdict, one.answered), (Verdict::Incomplete, 1));
    assert_eq!((one.verdict_so_far, one.percent_so_far), (Verdict::Good, Some(Decimal::from(100))));

    let last = with(filled("T01", Part::All, &settings), "T01.03", Value::Null).score();
    assert_eq!((last.verdict, last.applicable - last.answered), (Verdict::Incomplete, 1));
    let unread = with(filled("T01", Part::All, &settings), "T01.07", json!("很烫")).score();
    assert_eq!((unread.verdict, unread.applicable - unread.answered), (Verdict::Incomplete, 1));

    let red = form("T01", Part::All, &settings, &[("T01.14", json!("fail"))]).score();
    assert_eq!(red.verdict, Verdict::Fail, "a red line fails the form whatever is still to come");
    for template in built_in() {
        let nothing = form(&template.code, Part::All, &settings, &[]).score();
        assert_eq!(nothing.verdict, Verdict::Incomplete, "{}", template.code);
    }
}

#[test]
fn the_marks_are_met_exactly() {
    let settings = Settings::default();
    let check = |bad: &[&str], percent: i64, expected: Verdict| {
        let form = bad.iter().fold(filled("T02", Part::All, &settings), |form, code| with(form, code, json!("fail")));
        let score = form.score();
        assert_eq!((score.percent, score.verdict), (Some(Decimal::from(percent)), expected));
    };
    check(&["T02.06"], 90, Verdict::Good);
    check(&["T02.01"], 86, Verdict::Pass);
    check(&["T02.04", "T02.06"], 80, Verdict::Pass);
    check(&["T02.01", "T02.06"], 76, Verdict::Fail);
}

#[test]
fn not_applicable_leaves_the_denominator() {
    let settings = Settings::default();
    let score = with(filled("T02", Part::All, &settings), "T02.01", json!("na")).score();
    assert_eq!((score.applicable_max, score.percent), (Decimal::from(86), Some(Decimal::from(100))));
}

#[test]
fn an_unanswered_item_counts_only_in_the_final_percent() {
    let settings = Settings::default();
    let score = with(filled("T02", Part::All, &settings), "T02.01", Value::Null).score();
    assert_eq!((score.percent, score.percent_so_far), (Some(Decimal::from(86)), Some(Decimal::from(100))));
}

#[test]
fn an_ill_typed_value_is_left_out_of_the_score_and_is_a_gap() {
    let settings = Settings::default();
    let form = with(filled("T02", Part::All, &settings), "T02.02", json!({"oops": 1}));
    let score = form.score();
    assert_eq!((score.percent, score.ill_typed), (Some(Decimal::from(100)), vec!["T02.02".to_owned()]));
    assert!(form.gaps().contains(&Gap { item: "T02.02".into(), kind: GapKind::ReadableAnswer }));
}

#[test]
fn a_score_below_60_percent_of_its_maximum_fails_the_item() {
    let settings = Settings::default();
    let fails = |points: Value| form("T02", Part::All, &settings, &[("T02.02", points)]).score().failed.len() == 1;
    assert!(!fails(json!(6)));
    assert!(fails(json!(5.9)));
}

#[test]
fn grades_earn_their_share_and_forbidden_options_fail() {
    let settings = Settings::default();
    let check = |code: &str, item: &str, option: &str, earned: i64, fails: bool| {
        let judgement =
            form(code, Part::All, &settings, &[(item, json!(option))]).judge(built_in_item(item).expect("an item"));
        assert_eq!((judgement.earned, judgement.is_failed), (Decimal::from(earned), fails), "{option}");
    };
    check("T08", "T08.08", "优", 10, false);
    check("T08", "T08.08", "良", 8, false);
    check("T08", "T08.08", "中", 6, false);
    check("T08", "T08.08", "差", 0, true);
    check("T09", "T09.08", "餐厨垃圾", 10, false);
    check("T09", "T09.08", "下次供应（禁）", 0, true);
}

#[test]
fn exactly_70_degrees_is_hot_enough() {
    let settings = Settings::default();
    let fails = |value: &str| {
        let form = form("T01", Part::All, &settings, &[("T01.07", json!([{"v": value}]))]);
        form.judge(built_in_item("T01.07").expect("an item")).is_failed
    };
    assert!(!fails("70.0"));
    assert!(!fails("７０"));
    assert!(fails("69.999"));
}

#[test]
fn the_last_retest_of_each_dish_counts_and_then_the_worst() {
    let settings = Settings::default();
    let fails = |readings: Value| {
        let form = form("T01", Part::All, &settings, &[("T01.07", readings)]);
        form.judge(built_in_item("T01.07").expect("an item")).is_failed
    };
    assert!(fails(json!([{"v": "65", "of": "鱼"}, {"v": "80", "of": "肉"}])));
    assert!(!fails(json!([{"v": "65", "of": "鱼"}, {"v": "75", "of": "鱼", "retest": true}])));
    assert!(fails(json!([{"v": "65", "of": "鱼"}, {"v": "75", "of": "肉", "retest": true}])));
    assert!(fails(json!([{"v": "75", "of": "鱼", "retest": true}, {"v": "69", "of": "鱼", "retest": true}])));
}

#[test]
fn no_disinfectant_makes_the_whole_form_zero() {
    let settings = Settings::default();
    let score = with(filled("T10", Part::All, &settings), "T10.11", json!("fail")).score();
    assert_eq!((score.percent, score.verdict), (Some(Decimal::ZERO), Verdict::Fail));
    assert_eq!(score.zeroed_by.as_deref(), Some("T10.11"));
}

#[test]
fn a_form_that_needs_everything_fails_on_one_mild_item() {
    let settings = Settings::default();
    let check = |code: &str, item: &str, expected: Verdict| {
        let score = with(filled(code, Part::All, &settings), item, json!("fail")).score();
        assert_eq!(score.verdict, expected, "{item}");
    };
    check("T03", "T03.09", Verdict::Fail);
    check("T02", "T02.06", Verdict::Good);
    check("T07", "T07.06", Verdict::Pass);
    check("T07", "T07.03", Verdict::Fail);
}

#[test]
fn the_daily_fire_run_is_scored_in_percent_of_its_own_points() {
    let settings = Settings::default();
    let score = with(filled("T15", Part::Daily, &settings), "T15.03", json!("fail")).score();
    assert_eq!((score.applicable_max, score.percent), (Decimal::from(58), Some(Decimal::new(862, 1))));
    assert_eq!(score.verdict, Verdict::Pass);
}

#[test]
fn a_sample_fewer_than_dishes_fails() {
    let settings = Settings::default();
    let verdict = |taken: &str| {
        let answers = [("T03.01", json!([{"v": "6"}])), ("T03.02", json!([{"v": taken}]))];
        form("T03", Part::All, &settings, &answers).score().verdict_so_far
    };
    assert_eq!(verdict("5"), Verdict::Fail);
    assert_eq!(verdict("6"), Verdict::Pass);
}

#[test]
fn boarders_who_should_be_there_and_are_not_fail() {
    let settings = Settings::default();
    let fails = |found: &str| {
        let result = json!([{"v": "42", "of": "应到"}, {"v": found, "of": "实到"}]);
        form("T11", Part::All, &settings, &[("T11.09", result)]).score().failed.len() == 1
    };
    assert!(!fails("42"));
    assert!(fails("41"));
}

#[test]
fn a_delivery_needs_two_different_signatures() {
    let settings = Settings::default();
    let signed = |by: &[&str]| {
        let result: Vec<Value> = by.iter().map(|by| json!({"by": by, "strokes": [[[1, 2]]]})).collect();
        form("T05", Part::All, &settings, &[("T05.02", json!(result))]).score().failed.is_empty()
    };
    assert!(signed(&["a", "b"]));
    assert!(!signed(&["a", "a"]));
    assert!(!signed(&["a"]));
}

#[test]
fn nobody_measures_the_temperature_of_an_absent_cook() {
    let settings = Settings::default();
    let absent = form("T07", Part::All, &settings, &[("T07.01", json!("请假")), ("T07.03", json!("fail"))]);
    assert_eq!(absent.gaps(), vec![]);
    assert_eq!((absent.score().verdict, absent.score().applicable), (Verdict::Pass, 1));
    assert!(absent.rest_is_fine("卫生").is_empty());
}

#[test]
fn a_value_by_method_waits_for_the_method() {
    let settings = Settings::default();
    let item = built_in_item("T04.03").expect("an item");
    let waiting = form("T04", Part::All, &settings, &[("T04.03", json!([{"v": "90"}]))]);
    assert_eq!(waiting.judge(item).status, Status::NeedsMethod);
    assert!(waiting.gaps().contains(&Gap { item: "T04.03".into(), kind: GapKind::Method }));
    assert!(with(waiting.clone(), "T04.02", json!("煮沸")).judge(item).is_failed);
    assert_eq!(with(waiting, "T04.02", json!("含氯浸泡")).judge(item).status, Status::NotAsked);
}

#[test]
fn a_meter_that_runs_backwards_fails() {
    let settings = Settings::default();
    let item = built_in_item("T16.09").expect("an item");
    let form = form("T16", Part::All, &settings, &[("T16.09", json!([{"v": "99"}]))]);
    assert!(!form.judge(item).is_failed);
    let previous = [("T16.09".to_owned(), Decimal::from(100))].into();
    assert!(form.with_previous(previous).judge(item).is_failed);
}

#[test]
fn photos_and_notes_are_asked_for_where_they_are_due() {
    let settings = Settings::default();
    let gaps = |code: &str, entry: Entry| {
        let mut form = Form::new(template("T01"), Part::All, None, &settings);
        form.set(code, entry);
        form.gaps().into_iter().filter(|gap| gap.item == code).map(|gap| gap.kind).collect::<Vec<_>>()
    };
    let entry = |result: &str| Entry { result: json!(result), ..Entry::default() };
    assert_eq!(gaps("T01.05", entry("pass")), [GapKind::Photo]);
    assert_eq!(gaps("T01.02", entry("pass")), []);
    assert_eq!(gaps("T01.02", entry("fail")), [GapKind::Photo, GapKind::Note]);
    assert_eq!(gaps("T01.05", entry("na")), [GapKind::Note]);
    let whole = Entry { photos: 1, note: Some("已补".into()), ..entry("fail") };
    assert_eq!(gaps("T01.02", whole), []);
    assert_eq!(gaps("T01.01", Entry::default()), [GapKind::Answer]);
}

#[test]
fn a_refused_delivery_must_be_explained() {
    let settings = Settings::default();
    let gaps = |option: &str| {
        let form = form("T05", Part::All, &settings, &[("T05.12", json!(option))]);
        form.gaps().iter().filter(|gap| gap.item == "T05.12").count()
    };
    assert_eq!((gaps("接收"), gaps("全部拒收")), (0, 2));
}

#[test]
fn the_next_gap_goes_round() {
    let settings = Settings::default();
    let form = with(filled("T02", Part::All, &settings), "T02.03", Value::Null);
    let form = with(form, "T02.08", Value::Null);
    let next = |after| form.next_gap(after).map(|gap| gap.item);
    // The items T02.01 and T02.04 wait for their photos.
    assert_eq!(next(None).as_deref(), Some("T02.01"));
    assert_eq!(next(Some("T02.04")).as_deref(), Some("T02.08"));
    assert_eq!(next(Some("T02.08")).as_deref(), Some("T02.01"));
}

#[test]
fn progress_is_told_by_section() {
    let settings = Settings::default();
    let progress =
        form("T01", Part::All, &settings, &[("T01.01", json!("pass")), ("T01.06", json!("fail"))]).progress();
    let section = |name: &str| progress.iter().find(|section| section.section == name).expect("a section");
    assert_eq!((section("人员").answered, section("人员").asked, section("人员").failed), (1, 2, 0));
    assert_eq!((section("加工").answered, section("加工").asked, section("加工").failed), (1, 4, 1));
}

#[test]
fn rest_is_fine_never_touches_red_lines_measured_or_answered_items() {
    let settings = Settings::default();
    let form = form("T01", Part::All, &settings, &[("T01.02", json!("fail"))]);
    assert_eq!(form.rest_is_fine("人员"), Vec::<&str>::new());
    assert_eq!(form.rest_is_fine("加工"), ["T01.06"]);
    assert_eq!(form.rest_is_fine("环境"), ["T01.04"]);
    for template in built_in() {
        let empty = Form::new(template, Part::All, None, &settings);
        for code in template.sections().into_iter().flat_map(|section| empty.rest_is_fine(section)) {
            let item = built_in_item(code).expect("an item");
            assert!(!item.is_red_line() && !item.is_measured() && item.answer == AnswerType::PassFail, "{code}");
        }
    }
}

#[test]
fn a_form_is_read_from_a_record_or_a_visit() {
    let settings = Settings::default();
    let document = json!({
        "template": "T18@1",
        "visits/3/answers/T18.01/result": "fail",
        "visits/3/answers/T18.01/note": " 破损 ",
        "visits/3/answers/T18.01/how": "late",
        "visits/3/answers/T18.01/photos/aa": {"blob": "aa"},
        "visits/3/answers/T18.01/photos/bb": null,
        "visits/4/answers/T18.01/result": "pass",
    });
    let document = document.as_object().expect("an object");
    let form = Form::new(template("T18"), Part::All, None, &settings)
        .with_document(document, &PlaceName::Visit("3".to_owned()));
    let entry = form.entry("T18.01").expect("an entry");
    assert_eq!((entry.photos, entry.note.as_deref()), (1, Some("破损")));
    assert_eq!(entry.how, domain::form::How::Late);
    assert_eq!(form.score().failed, ["T18.01"]);
}

proptest! {
    #[test]
    fn no_stored_value_makes_a_form_panic(
        template in 0usize..23,
        answers in prop::collection::vec((0usize..15, any_json()), 0..8),
    ) {
        let settings = Settings::default();
        let template = &built_in()[template];
        let mut form = Form::new(template, Part::All, None, &settings);
        for (index, result) in answers {
            let item = &template.items[index % template.items.len()];
            form.set(&item.code, Entry { result, ..Entry::default() });
        }
        let score = form.score();
        prop_assert!(score.earned <= score.answered_max && score.answered_max <= score.applicable_max);
        prop_assert!(score.red_lines.is_empty() || score.verdict == Verdict::Fail);
        let _ = (form.gaps(), form.progress());
    }
}

#[test]
fn what_a_retest_has_shown_to_be_put_right_was_wrong_all_the_same() {
    let settings = Settings::default();
    let put_right = |readings: Value| {
        let form = with(filled("T01", Part::All, &settings), "T01.07", readings);
        let found = form.put_right(built_in_item("T01.07").expect("an item"));
        found.map(|found| (found.failed.value.to_string(), found.retest.value.to_string()))
    };
    let readings =
        |first: &str, second: &str| json!([{"v": first, "of": "鱼"}, {"v": second, "of": "鱼", "retest": true}]);
    assert_eq!(put_right(readings("65", "76")), Some(("65".into(), "76".into())));
    assert_eq!(put_right(readings("65", "68")), None, "it still fails");
    assert_eq!(put_right(readings("72", "76")), None, "it never failed");
    assert_eq!(put_right(json!([{"v": "75"}])), None);
    let twice = json!([{"v": "65"}, {"v": "60", "retest": true}, {"v": "76", "retest": true}]);
    assert_eq!(put_right(twice), Some(("60".into(), "76".into())), "the worst of them is told");
    assert_eq!(put_right(json!("na")), None);
}
