//! Hooks: what rows say by other rows, in worked examples and laws.

use domain::field::{Document, Language};
use domain::register::{Asked, Field, Habit, KinRow, Tone, Worked, parse, register, tone_of_days};
use domain::setting::Settings;
use proptest::prelude::*;
use serde_json::{Value, json};

const HOUR_MS: i64 = 3_600_000;

fn document(value: Value) -> Document {
    value.as_object().cloned().expect("an object")
}

fn hook(kind: &str) -> (&'static Field, &'static dyn Habit) {
    let (field, habit, _) = register(kind).expect("the register").hooks().next().expect("a hook");
    (field, habit)
}

fn work_out(kind: &str, rows: &[KinRow], id: &str, today: &str) -> Option<Worked> {
    let row = rows.iter().find(|row| row.id == id).expect("the row");
    let today = today.parse().expect("a day");
    let kin: Vec<&KinRow> = rows.iter().collect();
    hook(kind).1.work_out(&Asked { row, kin: &kin, today, settings: &Settings::default() })
}

fn row(id: &str, value: Value) -> KinRow {
    KinRow { id: id.to_owned(), document: document(value), is_open: true, ..KinRow::default() }
}

fn certificate(id: &str, until: &str, has_scan: bool) -> KinRow {
    let mut fields = json!({"person": "zhao", "valid_to": until});
    if has_scan {
        fields["scan/aa"] = json!({"blob": "aa"});
    }
    row(id, fields)
}

fn said(kind: &str, rows: &[KinRow], id: &str, today: &str) -> (String, Tone) {
    let worked = work_out(kind, rows, id, today).expect("it says something");
    (hook(kind).1.say(&worked.value, Language::Zh), worked.tone)
}

#[test]
fn of_several_certificates_the_latest_end_that_has_a_scan_counts() {
    // 健康证 was renewed on paper; the new one is on file, and somebody has not scanned it yet.
    let rows = [certificate("old", "2026-09-20", true), certificate("new", "2027-09-20", false)];
    let of = |rows: &[KinRow], id: &str| said("health_certificate", rows, id, "2026-09-10");
    assert_eq!(of(&rows, "old"), ("还有 10 天".to_owned(), Tone::Near));
    assert_eq!(of(&rows, "new"), ("没有扫描件，不算".to_owned(), Tone::Now));
    // It is scanned, twice: two rows, and each of them lasts until the same day.
    let rows = [
        certificate("old", "2026-09-20", true),
        certificate("new", "2027-09-20", true),
        certificate("newer", "2027-09-20", true),
    ];
    assert_eq!(of(&rows, "old"), ("已有更新的".to_owned(), Tone::Past));
    assert_eq!((of(&rows, "new").1, of(&rows, "newer").1), (Tone::Past, Tone::Calm), "one of the two counts");
}

#[test]
fn a_certificate_warns_sixty_thirty_and_seven_days_before_its_end() {
    let of = |until: &str| said("health_certificate", &[certificate("one", until, true)], "one", "2026-09-01");
    assert_eq!(of("2026-11-01"), ("还有 61 天".to_owned(), Tone::Calm));
    assert_eq!(of("2026-10-31"), ("还有 60 天".to_owned(), Tone::Soon));
    assert_eq!(of("2026-10-01"), ("还有 30 天".to_owned(), Tone::Near));
    assert_eq!(of("2026-09-08"), ("还有 7 天".to_owned(), Tone::Now));
    assert_eq!(of("2026-09-01"), ("今天到期".to_owned(), Tone::Now));
    assert_eq!(of("2026-08-31"), ("过期 1 天".to_owned(), Tone::Over));
    let english = |left: &str| hook("health_certificate").1.say(&json!(left), Language::En);
    assert_eq!(
        ["1", "2", "0", "-1", "-3"].map(english),
        ["1 day left", "2 days left", "ends today", "ended 1 day ago", "ended 3 days ago"]
    );
}

#[test]
fn a_school_says_itself_how_long_before_it_wants_to_hear() {
    let settings = Settings::from_document(&document(json!({"cert.remind_d": ["90"]})));
    assert_eq!(tone_of_days(91, &settings).0, Tone::Calm);
    assert_eq!(tone_of_days(90, &settings), (Tone::Now, Some(("90 天内到期".into(), "It ends within 90 days".into()))));
}

#[test]
fn a_certificate_that_was_ended_says_nothing_and_counts_for_nobody() {
    let mut ended = certificate("ended", "2028-01-01", true);
    ended.is_open = false;
    let rows = [certificate("one", "2026-09-20", true), ended];
    assert_eq!(work_out("health_certificate", &rows, "ended", "2026-09-10"), None);
    assert_eq!(said("health_certificate", &rows, "one", "2026-09-10").1, Tone::Near);
}

#[test]
fn without_the_compartment_of_the_scans_a_device_takes_them_to_be_there() {
    let mut rows = [certificate("old", "2026-09-20", false), certificate("new", "2027-09-20", false)];
    for row in &mut rows {
        row.unknown.push("scan".to_owned());
    }
    assert_eq!(said("health_certificate", &rows, "old", "2026-09-10").1, Tone::Past);
    assert_eq!(said("health_certificate", &rows, "new", "2026-09-10").1, Tone::Calm);
}

/// A lamp that was lit at an hour for so many minutes.
fn lit(id: &str, hour: i64, minutes: Option<i64>, is_new: bool) -> KinRow {
    let start = hour * HOUR_MS;
    let mut fields = json!({"lamp": "l", "started_at": start});
    if let Some(minutes) = minutes {
        fields["ended_at"] = json!(start + minutes * 60_000);
    }
    if is_new {
        fields["new_tube"] = json!(true);
    }
    row(id, fields)
}

fn hours(rows: &[KinRow], id: &str) -> String {
    let worked = work_out("disinfection_log", rows, id, "2026-09-01").expect("a lamp has hours");
    worked.value.as_str().expect("a number").to_owned()
}

#[test]
fn a_tube_has_burnt_for_the_sum_of_its_spans_since_it_was_put_in() {
    let rows = [
        lit("a", 1, Some(60), false),
        lit("b", 2, Some(30), false),
        lit("c", 3, Some(45), true),
        lit("d", 4, Some(30), false),
        lit("e", 5, None, false),
    ];
    let all = ["a", "b", "c", "d", "e"].map(|id| hours(&rows, id));
    assert_eq!(
        all,
        ["1", "1.5", "0.75", "1.25", "1.25"],
        "the row with the new tube begins anew; who still burns adds nothing"
    );
    let since = |id: &str| work_out("disinfection_log", &rows, id, "2026-09-01").expect("hours").since;
    assert_eq!((since("b").as_deref(), since("e").as_deref()), (Some("a"), Some("c")), "one tube is one cause");
}

#[test]
fn a_void_row_never_burnt_and_one_that_ends_before_it_begins_adds_nothing() {
    let mut rows = [lit("a", 1, Some(60), false), lit("b", 2, Some(-30), false), lit("c", 3, Some(60), false)];
    assert_eq!(hours(&rows, "c"), "2");
    rows[0].is_void = true;
    assert_eq!(hours(&rows, "c"), "1");
}

#[test]
fn a_tube_beyond_its_hours_makes_a_finding_as_declared() {
    let register = register("disinfection_log").expect("the register");
    let judged = |hours: &str| {
        let document = document(json!({"method": "紫外线", "lamp_h": hours}));
        let found = register.judge(&document, &Settings::default());
        found.into_iter().find(|warning| warning.code == "limit/lamp_h").map(|warning| warning.zh)
    };
    assert_eq!(judged("1000"), None);
    assert_eq!(judged("1000.1").as_deref(), Some("灯管累计高于 1000 h"));
}

#[test]
fn a_hook_is_named_with_the_fields_that_it_goes_by_and_reads() {
    let text = |by: &str, scan: &str| {
        format!(
            "kind | t | 试 | Try\nclass | evidence\nrights | write keep_shift ; see keep_shift\nabout | who\nvalid_to | 至 | To | DATE |\n\
             who | 谁 | Who | PERSON |\nscan | 照 | Scan | {scan} |\nleft | 余 | Left | hook licence{by} |\n"
        )
    };
    let refused = |by: &str, scan: &str| parse("t.txt", &text(by, scan)).expect_err("refused").to_string();
    let register = parse("t.txt", &text(" by who", "PHOTOS[0,1]")).expect("a register");
    assert_eq!(register.field("left").expect("the field").declared(), "hook licence by who");
    assert!(refused("", "PHOTOS[0,1]").contains("write hook licence by FIELD"));
    assert!(refused(" by valid_to", "PHOTOS[0,1]").contains("names no record"));
    assert!(refused(" by who", "YES").contains("name a field of type PHOTOS"));
    let elsewhere = text(" by who", "PHOTOS[0,1]").replace("about | who\n", "");
    assert!(parse("t.txt", &elsewhere).expect_err("refused").to_string().contains("that the row is not about"));
}

fn any_lit() -> impl Strategy<Value = KinRow> {
    let parts = (0_u8..12, 0_i64..20, prop::option::of(-30_i64..90), any::<bool>(), any::<bool>());
    parts.prop_map(|(id, hour, minutes, is_new, is_void)| KinRow {
        is_void,
        ..lit(&id.to_string(), hour, minutes, is_new)
    })
}

fn any_certificate() -> impl Strategy<Value = KinRow> {
    let parts = (0_u8..12, 1_u8..28, any::<bool>(), any::<bool>());
    parts.prop_map(|(id, day, has_scan, is_open)| KinRow {
        is_open,
        ..certificate(&id.to_string(), &format!("2026-09-{day:02}"), has_scan)
    })
}

fn once(mut rows: Vec<KinRow>) -> Vec<KinRow> {
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    rows.dedup_by(|a, b| a.id == b.id);
    rows
}

proptest! {
    #[test]
    fn the_order_of_the_other_rows_does_not_matter(
        lamps in prop::collection::vec(any_lit(), 1..12),
        papers in prop::collection::vec(any_certificate(), 1..12),
    ) {
        for (kind, rows) in [("disinfection_log", once(lamps)), ("health_certificate", once(papers))] {
            let backwards: Vec<KinRow> = rows.iter().rev().cloned().collect();
            for row in &rows {
                let one = work_out(kind, &rows, &row.id, "2026-09-10");
                prop_assert_eq!(one, work_out(kind, &backwards, &row.id, "2026-09-10"));
            }
        }
    }

    #[test]
    fn of_open_certificates_with_a_scan_exactly_one_counts(papers in prop::collection::vec(any_certificate(), 1..12)) {
        let rows = once(papers);
        let counting = rows.iter().filter(|row| {
            let worked = work_out("health_certificate", &rows, &row.id, "2026-09-10");
            worked.is_some_and(|worked| worked.value.as_str().is_some_and(|text| text.parse::<i64>().is_ok()))
        });
        let has_one = rows.iter().any(|row| row.is_open && row.document.contains_key("scan/aa"));
        prop_assert_eq!(counting.count(), usize::from(has_one));
    }
}
