//! Children at the door: each alarm by an example, and the laws that hold for all of them.

use chrono::NaiveDate;
use domain::child::{
    Alarm, AlarmCode, Authorisation, Check, Counted, Direction, Handover, Presence, Stands, adult_key, alarms, count,
    is_too_old, list_age_min, presence, same_adult,
};
use domain::time::UtcMillis;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

const CHILD: Uuid = Uuid::from_u128(0xC1);
const HOUR: i64 = 3_600_000;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn day() -> NaiveDate {
    "2026-09-02".parse().expect("a day")
}

fn row(number: u128, direction: Direction, hour: i64) -> Handover {
    Handover { id: id(number), child: CHILD, direction, at: UtcMillis(hour * HOUR), ..Handover::default() }
}

fn came(number: u128, hour: i64) -> Handover {
    row(number, Direction::Arrives, hour)
}

fn left(number: u128, hour: i64, adult: u128) -> Handover {
    Handover { adult: Some(id(adult)), ..row(number, Direction::Leaves, hour) }
}

fn line(number: u128, name: &str) -> Authorisation {
    Authorisation { id: id(number), child: CHILD, name: name.to_owned(), ..Authorisation::default() }
}

fn codes(found: &[Alarm]) -> Vec<&'static str> {
    found.iter().map(|alarm| alarm.code.code()).collect()
}

fn document(value: Value) -> Map<String, Value> {
    value.as_object().cloned().expect("an object")
}

#[test]
fn a_child_that_came_and_went_with_somebody_on_the_list_alarms_nobody() {
    let list = [line(1, "王芳")];
    assert_eq!(alarms(&[came(10, 8), left(11, 16, 1)], &list, &[], day()), []);
}

#[test]
fn a_child_that_leaves_by_two_gates_alarms_both_until_both_have_answered() {
    let list = [line(1, "王芳"), line(2, "王强")];
    let mut rows = [came(10, 8), left(11, 16, 1), left(12, 17, 2)];
    let found = alarms(&rows, &list, &[], day());
    assert_eq!((codes(&found), found[0].rows.clone(), found[0].is_red), (vec!["twice"], vec![id(11), id(12)], true));
    rows[1].is_answered = true;
    assert!(!alarms(&rows, &list, &[], day())[0].is_answered, "the other class has not");
    rows[2].is_answered = true;
    assert!(alarms(&rows, &list, &[], day())[0].is_answered);
    let again = [rows.to_vec(), vec![left(13, 18, 1)]].concat();
    assert!(!alarms(&again, &list, &[], day())[0].is_answered, "a third one was seen by nobody yet");
}

#[test]
fn a_child_that_came_back_between_left_once_each_time() {
    let list = [line(1, "王芳")];
    let rows = [came(10, 8), left(11, 10, 1), came(12, 13), left(13, 16, 1)];
    assert_eq!(alarms(&rows, &list, &[], day()), []);
    let at_once = [came(10, 8), left(11, 10, 1), came(12, 10), left(13, 16, 1)];
    assert_eq!(codes(&alarms(&at_once, &list, &[], day())), ["twice"], "what is not surely between is not between");
}

#[test]
fn a_revocation_alarms_for_what_came_after_it_however_late_it_is_heard_of() {
    let revoked = |hour: i64| [Authorisation { revoked_at: Some(UtcMillis(hour * HOUR)), ..line(1, "王强") }];
    let rows = [came(10, 8), left(11, 16, 1)];
    assert_eq!(codes(&alarms(&rows, &revoked(15), &[], day())), ["revoked"]);
    assert_eq!(alarms(&rows, &revoked(17), &[], day()), [], "it was good when the child left");
}

#[test]
fn who_must_not_fetch_a_child_is_known_by_the_line_and_by_the_name() {
    let ban = Authorisation { is_forbidden: true, from: Some(day()), ..line(1, "买买提·艾力") };
    let list = [ban.clone()];
    assert_eq!(codes(&alarms(&[came(10, 8), left(11, 16, 1)], &list, &[], day())), ["forbidden"]);
    let by_name = Handover { other: Some("买买提 • 艾力".to_owned()), ..row(11, Direction::Leaves, 16) };
    assert_eq!(codes(&alarms(&[came(10, 8), by_name.clone()], &list, &[], day())), ["forbidden"]);
    let ended = [Authorisation { to: day().pred_opt(), ..ban }];
    assert_eq!(codes(&alarms(&[came(10, 8), by_name], &ended, &[], day())), ["unlisted"], "the court's time is over");
}

#[test]
fn a_ban_that_a_court_sends_after_the_child_has_left_alarms_all_the_same() {
    let rows = [came(10, 8), left(11, 16, 1)];
    let before = [line(1, "王强")];
    assert_eq!(alarms(&rows, &before, &[], day()), []);
    let after = [Authorisation { is_forbidden: true, ..line(1, "王强") }];
    assert_eq!(codes(&alarms(&rows, &after, &[], day())), ["forbidden"]);
}

#[test]
fn what_is_good_for_one_time_is_used_by_the_first_of_any_day() {
    let list = [Authorisation { is_once: true, to: Some(day()), ..line(1, "李邻居") }];
    let rows = [came(10, 8), left(11, 16, 1)];
    assert_eq!(alarms(&rows, &list, &rows, day()), [], "the row itself is no second use");
    let yesterday = left(9, -8, 1);
    let found = alarms(&rows, &list, std::slice::from_ref(&yesterday), day());
    assert_eq!((codes(&found), found[0].rows.clone()), (vec!["once_used"], vec![id(9), id(11)]));
    let void = Handover { is_void: true, ..yesterday };
    assert_eq!(alarms(&rows, &list, &[void], day()), [], "a void row used nothing");
}

#[test]
fn who_is_not_on_the_list_that_day_alarms_and_less_so_after_a_call() {
    let stranger = Handover { other: Some("赵某".to_owned()), ..row(11, Direction::Leaves, 16) };
    let found = alarms(&[came(10, 8), stranger.clone()], &[], &[], day());
    assert_eq!((codes(&found), found[0].is_red), (vec!["unlisted"], true));
    let called = Handover { has_call: true, ..stranger };
    assert!(!alarms(&[came(10, 8), called], &[], &[], day())[0].is_red);
    let rows = [came(10, 8), left(11, 16, 1)];
    let of_another_child = [Authorisation { child: id(0xC2), ..line(1, "王芳") }];
    assert_eq!(codes(&alarms(&rows, &of_another_child, &[], day())), ["unlisted"]);
    for over in [
        Authorisation { to: day().pred_opt(), ..line(1, "王芳") },
        Authorisation { from: day().succ_opt(), ..line(1, "王芳") },
        Authorisation { is_void: true, ..line(1, "王芳") },
        Authorisation { is_once: true, ..line(1, "王芳") },
    ] {
        assert_eq!(codes(&alarms(&rows, std::slice::from_ref(&over), &[], day())), ["unlisted"], "{over:?}");
    }
}

#[test]
fn a_child_that_leaves_and_never_came_is_looked_at() {
    let list = [line(1, "王芳")];
    let found = alarms(&[left(11, 16, 1), came(10, 17)], &list, &[], day());
    assert_eq!((codes(&found), found[0].is_red), (vec!["not_arrived"], false));
}

#[test]
fn void_rows_alarm_nobody() {
    let void = |row: Handover| Handover { is_void: true, ..row };
    assert_eq!(alarms(&[void(left(11, 16, 1)), void(left(12, 17, 2))], &[], &[], day()), []);
}

#[test]
fn a_list_is_too_old_beyond_its_hours_when_nobody_knows_and_when_the_clock_was_set_back() {
    let age = |heard: i64, now: i64| list_age_min(Some(UtcMillis(heard * HOUR)), UtcMillis(now * HOUR));
    assert_eq!((age(11, 15), age(11, 11)), (Some(240), Some(0)));
    assert!(!is_too_old(age(11, 15), 4.into()));
    assert!(
        is_too_old(list_age_min(Some(UtcMillis(0)), UtcMillis(4 * HOUR + 1)), 4.into()),
        "a part of a minute counts"
    );
    assert!(is_too_old(age(0, 11 * 24), 4.into()), "eleven days");
    assert!(is_too_old(age(12, 11), 4.into()) && is_too_old(list_age_min(None, UtcMillis(0)), 4.into()));
}

#[test]
fn siblings_are_found_by_the_one_adult_who_fetches_them() {
    let mother = |child: u128, name: &str, phone: &str| Authorisation {
        child: id(child),
        phone: Some(phone.to_owned()),
        ..line(child, name)
    };
    assert!(same_adult(&mother(1, "阿依古丽·买买提", "138 0000 1234"), &mother(2, "阿依古丽•买买提", "13800001234")));
    assert!(!same_adult(&mother(1, "王芳", "13800001234"), &mother(2, "王芳", "13800009999")), "two of one name");
    assert!(!same_adult(&line(1, "王芳"), &line(2, "王芳")), "a name alone is nobody");
    let long = "古".repeat(40);
    assert_eq!(adult_key(&long).chars().count(), 40);
}

#[test]
fn rows_are_read_as_the_registers_write_them() {
    let revoked = document(json!({
        "child": CHILD, "adult_name_enc": "王强", "relation": "父亲", "of_age": true, "valid_from": "2026-09-01", "phone": "13800001234",
        "acts/1": {"act": "revoke", "by": "li", "at": 15 * HOUR, "after": [], "set": {"reason": "法院裁定"}},
    }));
    let read = Authorisation::read(id(1), &revoked).expect("a line");
    assert_eq!((read.name.as_str(), read.revoked_at, read.is_void), ("王强", Some(UtcMillis(15 * HOUR)), false));
    assert_eq!(read.on(day(), UtcMillis(16 * HOUR)), Stands::Revoked);
    let out = document(json!({
        "child": CHILD, "direction": "离园", "at": 16 * HOUR, "verified": "电话", "called_at": 15 * HOUR,
        "acts/1": {"act": "answer", "by": "li", "at": 17 * HOUR, "after": [], "set": {"outcome": "误登", "words": "点错了"}},
    }));
    let read = Handover::read(id(2), &out).expect("a row");
    assert_eq!(read.other.as_deref(), Some(""), "somebody off the list whose name is not on this device");
    assert!(read.has_call && read.is_answered && read.is_release());
    let void = document(
        json!({"child": CHILD, "direction": "来园", "at": 1, "check": "黄", "void/1": {"reason": "误登", "by": "li", "at": 2}}),
    );
    let read = Handover::read(id(3), &void).expect("a row");
    assert_eq!((read.is_void, read.check), (true, Some(Check::Yellow)));
    for broken in [
        json!({}),
        json!({"child": "x", "direction": "来园", "at": 1}),
        json!({"child": CHILD, "direction": "飞走", "at": 1}),
    ] {
        assert_eq!(Handover::read(id(4), &document(broken.clone())), None, "{broken}");
    }
}

#[test]
fn a_class_is_counted_without_names() {
    let children = [id(1), id(2), id(3), id(4)];
    let of = |child: u128, row: Handover| Handover { child: id(child), ..row };
    let rows = [
        of(1, Handover { check: Some(Check::Yellow), ..came(10, 8) }),
        of(2, Handover { check: Some(Check::Green), ..came(11, 8) }),
        of(2, left(12, 11, 1)),
        of(3, Handover { is_void: true, ..came(13, 8) }),
        of(9, came(14, 8)),
    ];
    assert_eq!(count(&children, &rows), Counted { enrolled: 4, came: 2, here: 1, noticed: 1 });
}

fn any_rows() -> impl Strategy<Value = Vec<Handover>> {
    let one = (1_u128..9, any::<bool>(), 0_i64..6, 1_u128..4, prop::bool::weighted(0.2), any::<bool>());
    prop::collection::vec(one, 0..7).prop_map(|rows| {
        let make = |(number, leaves, hour, adult, is_void, is_answered)| {
            let row = if leaves { left(number, hour, adult) } else { came(number, hour) };
            Handover { is_void, is_answered, ..row }
        };
        let mut rows: Vec<Handover> = rows.into_iter().map(make).collect();
        rows.sort_by_key(|row| row.id);
        rows.dedup_by_key(|row| row.id);
        rows
    })
}

fn any_list() -> impl Strategy<Value = Vec<Authorisation>> {
    prop::collection::vec((any::<bool>(), any::<bool>(), prop::option::of(0_i64..6)), 0..3).prop_map(|lines| {
        let make = |(at, (is_forbidden, is_once, revoked)): (usize, (bool, bool, Option<i64>))| Authorisation {
            is_forbidden,
            is_once,
            to: Some(day()),
            revoked_at: revoked.map(|hour| UtcMillis(hour * HOUR)),
            ..line(at as u128 + 1, "王")
        };
        lines.into_iter().enumerate().map(make).collect()
    })
}

proptest! {
    #[test]
    fn every_tablet_that_has_the_rows_says_the_same(rows in any_rows(), list in any_list(), turn in 0_usize..7) {
        let mut turned = rows.clone();
        turned.rotate_left(if rows.is_empty() { 0 } else { turn % rows.len() });
        let mut lines = list.clone();
        lines.reverse();
        prop_assert_eq!(alarms(&rows, &list, &[], day()), alarms(&turned, &lines, &turned, day()));
        prop_assert_eq!(presence(&rows), presence(&turned));
    }

    #[test]
    fn a_further_release_takes_no_alarm_away(rows in any_rows(), list in any_list(), hour in 0_i64..6, adult in 1_u128..4) {
        let before = alarms(&rows, &list, &[], day());
        let more = [rows, vec![left(20, hour, adult)]].concat();
        let after = alarms(&more, &list, &[], day());
        for alarm in before {
            let stays = |other: &Alarm| {
                other.code == alarm.code && alarm.rows.iter().all(|row| other.rows.contains(row))
            };
            prop_assert!(after.iter().any(stays), "{alarm:?} of {after:?}");
        }
    }

    #[test]
    fn no_red_alarm_is_kept_silent_by_a_void_row_or_by_one_of_another_child(rows in any_rows(), list in any_list()) {
        let noise = [
            Handover { is_void: true, ..came(30, 3) },
            Handover { is_void: true, ..left(31, 3, 1) },
        ];
        let noisy = [rows.clone(), noise.to_vec()].concat();
        prop_assert_eq!(alarms(&rows, &list, &[], day()), alarms(&noisy, &list, &[], day()));
    }

    #[test]
    fn who_looks_for_children_never_finds_one_too_few(rows in any_rows(), hour in 0_i64..6) {
        let last = rows.iter().filter(|row| row.is_release()).map(|row| row.at.0 / HOUR).max().unwrap_or(0);
        let back = [rows, vec![came(40, last.max(hour))]].concat();
        let is_here = matches!(presence(&back), Presence::Here { .. });
        prop_assert!(is_here);
    }
}

#[test]
fn alarms_stand_in_the_order_of_what_is_worse() {
    let order = [
        AlarmCode::Forbidden,
        AlarmCode::Revoked,
        AlarmCode::Twice,
        AlarmCode::OnceUsed,
        AlarmCode::Unlisted,
        AlarmCode::NotArrived,
    ];
    assert!(order.is_sorted());
}
