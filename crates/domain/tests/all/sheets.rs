//! Papers as pure data: what stands on them, what is missing, and what nobody gets to read.

use chrono::NaiveDate;
use domain::calendar::Calendar;
use domain::field::{Cell, Language, Speech};
use domain::register::{Register, all, parse, register, saw};
use domain::served::ServedMeals;
use domain::sheet::{Area, Expected, Gap, Making, PeriodKind, Sheet, Source, SourceRow, gaps, printed, register_sheet};
use domain::sight::{Gone, Sight};
use domain::time::{DEFAULT_ZONE, UtcMillis};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const AT: i64 = 1_788_219_000_000; // 2026-09-01 07:30 in Shanghai

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn speech() -> Speech<'static> {
    Speech { language: Language::Zh, zone: DEFAULT_ZONE, name: &|_, id| Some(format!("<{id}>")) }
}

fn row(document: &Value) -> SourceRow {
    let document = document.as_object().cloned().expect("an object");
    SourceRow { id: "r".to_owned(), original: Some(document.clone()), document, ..SourceRow::default() }
}

fn made(register: &Register, rows: &[SourceRow]) -> Sheet {
    let source = Source {
        organisation: Some("阳光幼儿园".to_owned()),
        campus: None,
        place: None,
        days: Some((day("2026-09-01"), day("2026-09-01"))),
        as_of: None,
        silent: Vec::new(),
        made_by: Some("王校长".to_owned()),
        made_at: UtcMillis(AT),
        zone: DEFAULT_ZONE,
    };
    let sight = Sight::of_paper(register.paper.as_ref().and_then(|paper| paper.reader));
    register_sheet(&Making { register, speech: speech(), sight: &sight, source, newer: 0 }, rows)
}

fn cell(sheet: &Sheet, key: &str) -> String {
    let at = sheet.columns.iter().position(|column| column.key == key).unwrap_or_else(|| panic!("no column {key}"));
    printed(&sheet.rows[0].cells[at])
}

const GATE: &str = "kind | visit | 来访 | Visits\nclass | evidence\nrights | write register_visitors ; see see_visitors\n\
    day | at\nlist | at, name\npaper | ledger ; landscape ; sign leave ; qr\npart | identity ; keep 90d ; hold gate\n\
    stages | left 已离校 Left: act leave ; inside 在校 Inside\nat | 时间 | Time | INSTANT | !\n\
    name | 姓名 | Name | TXT[1,40] | ! ; see see_visitors else surname\nid_last4 | 证件 | ID | LAST4 | part identity\n\
    slip | 单据 | Slip | TXT[1,40] | part identity\n\
    act leave | 签离 | Sign out | register_visitors | from inside ; counts first ; asks word TXT[1,40] ; saw\n";

fn visits() -> Register {
    parse("visit.txt", GATE).expect("a register")
}

#[test]
fn digits_of_identity_are_on_no_paper_and_a_part_that_is_gone_says_so() {
    let register = visits();
    let mut visit = row(&json!({"at": AT, "name": "王小明", "id_last4": "1234"}));
    visit.gone = vec![("identity".to_owned(), Gone::Keep)];
    let sheet = made(&register, &[visit]);
    assert!(sheet.columns.iter().all(|column| column.key != "id_last4"));
    assert_eq!((cell(&sheet, "slip"), cell(&sheet, "name")), ("已按期删除".to_owned(), "王**".to_owned()));
    assert!(sheet.is_landscape && sheet.head()[0].text == "阳光幼儿园");
}

#[test]
fn an_act_says_who_did_it_and_what_has_changed_since() {
    let register = visits();
    let then = json!({"at": AT, "name": "王小明"});
    let digest = saw(then.as_object().expect("an object"));
    let mut visit = then.as_object().cloned().expect("an object");
    visit.insert(
        "acts/1".to_owned(),
        json!({"act": "leave", "by": "li", "at": AT, "after": [], "set": {"word": "好"}, "saw": digest}),
    );
    let sheet = made(&register, &[row(&Value::Object(visit.clone()))]);
    assert_eq!(
        (cell(&sheet, "act/leave"), cell(&sheet, "stage")),
        ("<li> 09-01 07:30 好".to_owned(), "已离校".to_owned())
    );
    assert_eq!((sheet.signatures[0].label.as_str(), &sheet.signatures[0].names[0]), ("签离", &"<li>".to_owned()));
    visit.insert(
        "corrections/1".to_owned(),
        json!({"field": "name", "value": "王大明", "reason": "王小明是误记", "at": AT}),
    );
    let sheet = made(&register, &[row(&Value::Object(visit))]);
    assert_eq!(cell(&sheet, "act/leave"), "<li> 09-01 07:30 好 签字后有改动");
    let note = &sheet.corrections[0];
    assert_eq!((note.original.as_str(), note.value.as_str(), &note.reason), ("王**", "王**", &None));
}

#[test]
fn rows_stand_by_time_and_void_ones_are_counted_alone() {
    let register = register("waste").expect("a register");
    let at = |id: &str, at: i64| SourceRow { id: id.to_owned(), ..row(&json!({"at": at, "kg": "1"})) };
    let void = SourceRow { is_void: true, ..at("v", AT) };
    let sheet = made(register, &[at("b", AT + 1), void, at("a", AT)]);
    let ids: Vec<&str> = sheet.rows.iter().filter_map(|line| line.record.as_deref()).collect();
    assert_eq!((ids, sheet.void, sheet.foot()), (vec!["a", "b"], 1, "共 2 行，作废 1 行未列".to_owned()));
}

fn missing(kind: &str, rows: &[SourceRow], areas: &dyn Fn(&str) -> Option<Vec<Area>>) -> Vec<Gap> {
    missing_of(kind, rows, areas, &ServedMeals::default())
}

fn missing_of(
    kind: &str,
    rows: &[SourceRow],
    areas: &dyn Fn(&str) -> Option<Vec<Area>>,
    served: &ServedMeals,
) -> Vec<Gap> {
    gaps(&Expected {
        served,
        register: register(kind).expect("a register"),
        rows,
        others: &[],
        from: day("2026-09-01"),
        until: day("2026-09-14"),
        calendar: &Calendar::default(),
        areas,
        place: None,
        speech: speech(),
    })
}

#[test]
fn gaps_are_told_of_what_is_known_for_sure_and_of_nothing_else() {
    let area = |since: &str| Area {
        id: "c1".to_owned(),
        name: "大一班".to_owned(),
        since: Some(day(since)),
        ..Area::default()
    };
    let known = |sort: &str| (sort == "class").then(|| vec![area("2026-09-10")]);
    let towels: Vec<Gap> =
        missing("disinfection_log", &[], &known).into_iter().filter(|gap| gap.options == ["毛巾"]).collect();
    let days: Vec<String> = towels.iter().map(|gap| gap.day.to_string()).collect();
    assert_eq!(days, ["2026-09-10", "2026-09-11", "2026-09-14"], "no weekend, and no day before the class was there");
    assert_eq!(towels[0].what, "大一班 毛巾");
    let old = |sort: &str| (sort == "class").then(|| vec![area("2026-01-01")]);
    let toys: Vec<Gap> =
        missing("disinfection_log", &[], &old).into_iter().filter(|gap| gap.options == ["玩具"]).collect();
    let weeks: Vec<_> = toys.iter().map(|gap| (gap.day, gap.until)).collect();
    assert_eq!(weeks, [(day("2026-09-07"), Some(day("2026-09-13")))], "a week that is cut off is not asked about");
    let toys =
        SourceRow { day: Some(day("2026-09-09")), place: Some("c1".to_owned()), ..row(&json!({"object": "玩具"})) };
    assert!(missing("disinfection_log", std::slice::from_ref(&toys), &old).iter().all(|gap| gap.options != ["玩具"]));
    let void = SourceRow { is_void: true, ..toys };
    assert!(missing("disinfection_log", &[void], &old).iter().any(|gap| gap.options == ["玩具"]));
    assert_eq!(missing("disinfection_log", &[], &|_| None), [], "which classes there are is not known");
    assert_eq!(missing("temperature_reading", &[], &|_| None), [], "which fridges there are is not known");
}

#[test]
fn each_meal_that_is_served_asks_every_kitchen_for_a_row() {
    let kitchen = |sort: &str| {
        let area = Area { id: "k1".to_owned(), name: "食堂".to_owned(), ..Area::default() };
        (sort == "kitchen").then(|| vec![area])
    };
    let served = json!([{"type": "早餐", "days": "school", "since": "2026-09-10"}, {"type": "午餐", "days": "school", "since": "2026-09-10"}]);
    let served = ServedMeals::from_json(&served).expect("meals");
    let washed = |on: &str| {
        let row = row(&json!({"object": "餐具", "at": on}));
        SourceRow { day: Some(day(on)), place: Some("k1".to_owned()), ..row }
    };
    let rows = [washed("2026-09-10"), washed("2026-09-10"), washed("2026-09-11")];
    let found: Vec<(String, String)> = missing_of("disinfection_log", &rows, &kitchen, &served)
        .into_iter()
        .map(|gap| (gap.day.to_string(), gap.what))
        .collect();
    let expected = [("2026-09-11", "食堂 餐具 2 餐缺 1 餐（早餐、午餐）"), ("2026-09-14", "食堂 餐具 早餐、午餐")];
    assert_eq!(found, expected.map(|(day, what)| (day.to_owned(), what.to_owned())), "no weekend, and no day before");
    assert_eq!(missing("disinfection_log", &rows, &kitchen), [], "a campus that names no meals is asked for none");
}

#[test]
fn each_fridge_is_asked_for_twice_a_school_day() {
    let fridge = |sort: &str, ended: Option<NaiveDate>| {
        let fridge = Area {
            id: "f1".to_owned(),
            name: "1 号冰箱".to_owned(),
            within: Some("k1".to_owned()),
            since: Some(day("2026-09-11")),
            ended,
        };
        (sort == "fridge").then(|| vec![fridge])
    };
    let read = |on: &str, session: &str| {
        let row = row(&json!({"equipment": "f1", "what": "冷藏", "session": session, "c": "4"}));
        SourceRow { day: Some(day(on)), place: Some("k1".to_owned()), ..row }
    };
    let rows = [read("2026-09-11", "上午"), read("2026-09-11", "下午"), read("2026-09-14", "上午")];
    let gaps = missing("temperature_reading", &rows, &|sort| fridge(sort, None));
    let found: Vec<_> = gaps.iter().map(|gap| (gap.day.to_string(), gap.what.as_str(), gap.place.as_deref())).collect();
    assert_eq!(found, [("2026-09-14".to_owned(), "1 号冰箱 下午", Some("k1"))]);
    // From the day on which it is taken out of use nothing is expected of it; the days before stay as they were.
    let ended = |on: &str| missing("temperature_reading", &[], &|sort| fridge(sort, Some(day(on))));
    assert_eq!(
        ended("2026-09-14").iter().map(|gap| gap.day.to_string()).collect::<Vec<_>>(),
        ["2026-09-11", "2026-09-11"]
    );
    assert_eq!(ended("2026-09-11"), []);
}

#[test]
fn a_period_has_both_ends() {
    let around = |kind: PeriodKind, at: &str| kind.around(day(at));
    assert_eq!(around(PeriodKind::Week, "2026-09-06"), Some((day("2026-08-31"), day("2026-09-06"))));
    assert_eq!(around(PeriodKind::Month, "2028-02-11"), Some((day("2028-02-01"), day("2028-02-29"))));
    assert_eq!(around(PeriodKind::Any, "2028-02-11"), None);
    let of = |kind: &str| PeriodKind::of(register(kind).expect("a register"));
    assert_eq!(
        [of("duty_shift"), of("waste"), of("supplier"), of("supplier_licence")],
        [PeriodKind::Day, PeriodKind::Month, PeriodKind::Any, PeriodKind::Any]
    );
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(json!({"masked": "last4"})),
        Just(json!(["x", 1])),
    ]
}

proptest! {
    #[test]
    fn any_document_is_a_line_of_as_many_cells_as_there_are_columns(
        at in 0..25_usize,
        values in proptest::collection::vec(any_value(), 1..30),
    ) {
        let register = &all()[at % all().len()];
        let names = register.fields.iter().map(|field| field.name.clone());
        let document: Map<String, Value> = names.zip(values.into_iter().cycle()).collect();
        let sheet = made(register, &[row(&Value::Object(document))]);
        prop_assert_eq!(sheet.rows[0].cells.len(), sheet.columns.len());
    }

    #[test]
    fn what_a_mask_hides_stands_on_no_paper(name in "[\u{4e00}-\u{9fff}]{3,8}") {
        let sheet = made(&visits(), &[row(&json!({"at": AT, "name": name}))]);
        let hidden: String = name.chars().skip(2).collect();
        for cell in &sheet.rows[0].cells {
            prop_assert!(!matches!(cell, Cell::Text(text) if text.contains(&hidden)), "{:?}", cell);
        }
    }
}
