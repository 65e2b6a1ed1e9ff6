//! Deliveries, banned food, what was given out and what was left.

use std::collections::BTreeSet;

use domain::meal::{
    Delivery, DeliveryLine, Issue, LineDecision, LineLimits, LineRule, Storage, banned_in, leaves_too_much,
};
use domain::setting::{SettingValue, Settings};
use proptest::prelude::*;

use super::{day, id, number};

fn line(decisions: &[LineDecision]) -> DeliveryLine {
    DeliveryLine {
        id: id(1),
        item_name: "猪肉".into(),
        storage: Some(Storage::Chilled),
        celsius: Some(number("4")),
        expires_on: Some(day("2026-11-30")),
        has_papers: Some(true),
        is_sound: Some(true),
        is_labelled: Some(true),
        decisions: decisions.to_vec(),
        reject_reason: None,
        has_photo: false,
        is_void: false,
    }
}

fn delivery(signers: &[u128], buyers: &[u128]) -> Delivery {
    let people = |numbers: &[u128]| numbers.iter().map(|number| id(*number)).collect::<BTreeSet<_>>();
    Delivery {
        id: id(2),
        date: day("2026-11-23"),
        is_supplier_out: false,
        buyers: people(buyers),
        signers: people(signers),
        lines: Vec::new(),
        is_void: false,
    }
}

fn limits() -> LineLimits {
    let banned = banned();
    LineLimits { chilled_max_c: number("8"), frozen_max_c: number("-12"), hot_min_c: number("60"), banned }
}

fn banned() -> Vec<String> {
    match Settings::default().get("food.banned") {
        Some(SettingValue::List(words)) => words,
        _ => Vec::new(),
    }
}

#[test]
fn a_rejected_line_raises_no_finding_and_one_accepted_against_a_rule_does() {
    let of = |line: &DeliveryLine| line.wrongly_accepted(&delivery(&[7, 8], &[]), &limits());
    let bad = DeliveryLine { is_sound: Some(false), ..line(&[LineDecision::Rejected]) };
    assert!(of(&bad).is_empty(), "the rule worked");
    assert!(bad.lacks_reason(), "and asks for a reason and a photo");
    let told = DeliveryLine { reject_reason: Some("变质".into()), has_photo: true, ..bad.clone() };
    assert!(!told.lacks_reason());
    let accepted = DeliveryLine { decisions: vec![LineDecision::Accepted], ..bad };
    assert_eq!(of(&accepted), [LineRule::Sound].into());
    assert!(of(&line(&[LineDecision::Accepted])).is_empty());
}

#[test]
fn each_rule_fails_by_itself() {
    let fails = |change: &dyn Fn(&mut DeliveryLine)| {
        let mut line = line(&[LineDecision::Accepted]);
        change(&mut line);
        line.wrongly_accepted(&delivery(&[], &[]), &limits()).into_iter().map(LineRule::code).collect::<Vec<_>>()
    };
    assert_eq!(fails(&|line| line.celsius = Some(number("8.1"))), ["chilled"]);
    assert_eq!(fails(&|line| (line.storage, line.celsius) = (Some(Storage::Frozen), Some(number("-5")))), ["frozen"]);
    assert_eq!(fails(&|line| (line.storage, line.celsius) = (Some(Storage::Hot), Some(number("59")))), ["hot"]);
    assert_eq!(fails(&|line| line.expires_on = Some(day("2026-11-22"))), ["expired"]);
    assert_eq!(fails(&|line| line.has_papers = Some(false)), ["papers"]);
    assert_eq!(fails(&|line| line.is_labelled = Some(false)), ["label"]);
    assert_eq!(fails(&|line| line.item_name = "鲜芸豆".into()), ["banned"]);
    assert!(
        fails(&|line| (line.celsius, line.has_papers) = (None, None)).is_empty(),
        "what nobody looked at fails nothing"
    );
    let out = Delivery { is_supplier_out: true, ..delivery(&[], &[]) };
    assert_eq!(line(&[LineDecision::Accepted]).wrongly_accepted(&out, &limits()), [LineRule::Licence].into());
}

#[test]
fn two_distinct_people_sign_and_none_of_them_has_bought_it() {
    assert_eq!(delivery(&[7, 8], &[]).signers_left(2), 0);
    assert_eq!(delivery(&[7, 7], &[]).signers_left(2), 1, "one person who signs twice is one");
    assert_eq!(delivery(&[7, 8], &[8]).signers_left(2), 1, "待第二人");
    assert_eq!(delivery(&[], &[]).signers_left(2), 2);
}

#[test]
fn banned_food_is_known_by_its_other_words_and_not_by_a_part_of_another() {
    let words = banned();
    let is_banned = |name: &str| banned_in(name, &words);
    for name in [
        "清炒四季豆",
        "干煸豆角",
        "芸豆炖排骨",
        "扁豆焖面",
        "凉拌黄瓜",
        "三文鱼刺身",
        "裱花蛋糕",
        "鲜黄花炒蛋",
        "青皮土豆丝",
        "四 季 豆",
    ] {
        assert!(is_banned(name).is_some(), "{name}");
    }
    for name in
        ["蒜蓉生菜", "生抽鸡翅", "花生酱", "生姜红糖水", "海鲜黄花鱼", "小扁豆汤", "土豆丝", "香菇菜心", "蛋糕", ""]
    {
        assert_eq!(is_banned(name), None, "{name}");
    }
    assert_eq!(is_banned("小扁豆烧豆角"), Some("四季豆"), "what is something else hides nothing beside it");
}

#[test]
fn a_rate_is_of_one_unit_and_of_something_given_out() {
    let issue = |issued: &str, left: &str| Issue {
        issued: Some(number(issued)),
        leftover: Some(number(left)),
        ..Issue::default()
    };
    assert_eq!(issue("40", "5").leftover_percent(), Some(number("12.5")));
    assert_eq!(issue("0", "5").leftover_percent(), None);
    let counted = Issue { present: Some(number("28")), ..issue("26", "0") };
    assert_eq!(counted.difference(), Some(number("-2")));
    assert_eq!(Issue { issued_unit: Some("kg".into()), ..counted }.difference(), None);
}

#[test]
fn three_days_are_three_served_days_of_that_class() {
    let rates = |rates: &[(&str, Option<&str>)]| -> Vec<_> {
        rates.iter().map(|(on, rate)| (day(on), rate.map(number))).collect()
    };
    let limit = number("10");
    let week = rates(&[("2026-11-20", Some("12")), ("2026-11-23", Some("11")), ("2026-11-24", Some("10.1"))]);
    assert!(leaves_too_much(&week, limit, 3));
    let dip = rates(&[("2026-11-20", Some("12")), ("2026-11-23", Some("10")), ("2026-11-24", Some("15"))]);
    assert!(!leaves_too_much(&dip, limit, 3));
    let unknown = rates(&[("2026-11-20", Some("12")), ("2026-11-23", None), ("2026-11-24", Some("15"))]);
    assert!(!leaves_too_much(&unknown, limit, 3), "what is unknown never blames");
}

proptest! {
    #[test]
    fn a_name_with_a_banned_word_in_it_is_banned_whatever_stands_around(before in "[一-龥]{0,3}", after in "[一-龥]{0,3}", at in 0usize..8) {
        let words = banned();
        let name = format!("{before}\u{3000}{} {after}", words[at]);
        prop_assert!(banned_in(&name, &words).is_some());
        prop_assert_eq!(banned_in(&name, &[]), None, "the school's list decides");
    }

    #[test]
    fn a_worse_decision_never_makes_a_finding(decisions in prop::collection::vec(0usize..3, 1..4)) {
        let all = [LineDecision::Accepted, LineDecision::PartlyRejected, LineDecision::Rejected];
        let decisions: Vec<LineDecision> = decisions.into_iter().map(|at| all[at]).collect();
        let line = DeliveryLine { is_sound: Some(false), ..line(&decisions) };
        let is_found = !line.wrongly_accepted(&delivery(&[], &[]), &limits()).is_empty();
        prop_assert_eq!(is_found, decisions.iter().all(|decision| *decision == LineDecision::Accepted));
    }
}
