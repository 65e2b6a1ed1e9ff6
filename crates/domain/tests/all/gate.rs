//! Two gates and one visit, and who is inside.

use domain::gate::{CLOSING_HOUR, Visit, VisitStage, pairs};
use domain::register::{DueFrom, DueRule, Right, register};
use domain::role::Role;
use domain::sight::{RowFacts, Sight};
use domain::time::UtcMillis;
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn came(number: u128, at: i64) -> Visit {
    Visit { id: id(number), at: UtcMillis(at), people: 1, name: "王强".into(), ..Visit::default() }
}

fn left(number: u128, at: i64) -> Visit {
    Visit { stage: VisitStage::Unpaired, ..came(number, at) }
}

#[test]
fn a_badge_that_two_gates_wrote_makes_one_visit_of_two_rows() {
    let badge = |visit: Visit, badge: &str| Visit { badge: Some(badge.into()), ..visit };
    let rows = [badge(came(1, 1), "A12"), badge(came(2, 1), "A13"), badge(left(3, 5), " ａ 12 ")];
    let paired = pairs(&rows);
    assert_eq!((paired.sure, paired.inside), (vec![(id(1), id(3))], vec![id(2)]));
}

#[test]
fn what_fits_two_visits_is_offered_and_never_taken() {
    let phone = |visit: Visit| Visit { phone: Some("1234".into()), ..visit };
    let rows = [phone(came(1, 1)), phone(came(2, 2)), phone(left(3, 5))];
    let paired = pairs(&rows);
    assert_eq!((paired.sure, paired.offered), (vec![], vec![(id(3), vec![id(1), id(2)])]));
    assert_eq!(paired.inside, [id(1), id(2)], "who counts people counts one too many rather than one too few");
    let chosen = Visit { stage: VisitStage::Paired, ends: Some(id(2)), ..rows[2].clone() };
    assert_eq!(pairs(&[rows[0].clone(), rows[1].clone(), chosen]).inside, [id(1)]);
}

#[test]
fn a_name_alone_pairs_nobody_and_nobody_leaves_before_they_came() {
    assert_eq!(pairs(&[came(1, 1), left(2, 5)]).offered, [(id(2), vec![])]);
    let badge = |visit: Visit| Visit { badge: Some("7".into()), ..visit };
    assert_eq!(pairs(&[badge(came(1, 6)), badge(left(2, 5))]).inside, [id(1)]);
}

#[test]
fn a_visit_is_read_as_the_register_writes_it() {
    let row = json!({
        "at": 100, "name": "赵某", "people": "3", "badge_no": "A1", "phone": "138 0000 1234", "direction": "进校",
        "acts/1": {"act": "leave", "by": "li", "at": 200, "after": [], "set": {}},
    });
    let read = Visit::read(id(1), row.as_object().expect("an object")).expect("a visit");
    assert_eq!((read.stage, read.people, read.phone.as_deref()), (VisitStage::Left, 3, Some("1234")));
    let out = json!({"at": 100, "name": "赵某", "people": "1", "direction": "只登离校"});
    assert_eq!(Visit::read(id(2), out.as_object().expect("an object")).map(|it| it.stage), Some(VisitStage::Unpaired));
    assert_eq!(Visit::read(id(3), json!({"name": "x"}).as_object().expect("an object")), None);
}

#[test]
fn the_gate_sees_the_visits_of_the_day_and_those_that_are_open() {
    let visits = register("visitor_entry").expect("a register");
    let today = "2026-09-02".parse().ok();
    let visit = |day: &str, is_open| RowFacts { day: day.parse().ok(), today, is_open, ..RowFacts::default() };
    let sees =
        |role: Role, row: RowFacts<'_>| Sight::of("li", [(role, Vec::new())], []).reaches(visits, Right::See, &row);
    assert!(sees(Role::Guard, visit("2026-09-02", false)) && sees(Role::Guard, visit("2026-08-20", true)));
    assert!(!sees(Role::Guard, visit("2026-09-01", false)) && !sees(Role::Cook, visit("2026-09-02", true)));
    let people = ["li"];
    assert!(
        sees(Role::Cook, RowFacts { people: &people, ..visit("2026-08-01", false) }),
        "whom a visit is for knows of it"
    );
}

proptest! {
    #[test]
    fn each_visit_ends_once_at_most_and_nobody_who_has_not_left_is_gone(
        rows in prop::collection::vec((any::<bool>(), 0_i64..9, prop::option::of("[ab]"), prop::option::of("[cd]")), 0..9),
    ) {
        let rows: Vec<Visit> = rows
            .into_iter()
            .enumerate()
            .map(|(number, (leaves, at, badge, plate))| {
                let visit = if leaves { left(number as u128, at) } else { came(number as u128, at) };
                Visit { badge, plate, ..visit }
            })
            .collect();
        let paired = pairs(&rows);
        let mut turned = rows.clone();
        turned.reverse();
        prop_assert_eq!(&paired, &pairs(&turned));
        let (ended, by): (Vec<Uuid>, Vec<Uuid>) = paired.sure.iter().copied().unzip();
        for list in [&ended, &by] {
            let mut once = list.clone();
            once.sort();
            once.dedup();
            prop_assert_eq!(once.len(), list.len());
        }
        let came = rows.iter().filter(|row| row.stage == VisitStage::Inside).count();
        prop_assert_eq!(paired.inside.len() + ended.len(), came);
        let left = rows.len() - came;
        prop_assert_eq!(paired.offered.len() + by.len(), left);
    }
}

#[test]
fn what_the_gate_lets_in_or_out_is_due_when_it_closes() {
    for kind in ["visitor_entry", "vehicle_entry", "pupil_exit"] {
        let dues = &register(kind).expect("a register").dues;
        assert!(
            matches!(dues[..], [DueRule { from: DueFrom::TimeOfDay(minutes), .. }] if minutes == CLOSING_HOUR * 60),
            "{kind}: {dues:?}"
        );
    }
}
