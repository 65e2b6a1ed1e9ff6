//! Acts are entries that fold into one stage, case by case; `fold_laws` holds the laws.

use domain::register::{ActEntry, FoldedRow, NotCounted, Outcome, Register, Vouch, fold, parse, register, saw};
use domain::time::UtcMillis;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const LI: &str = "0199a1f0-0000-7000-8000-0000000000a1";
const WANG: &str = "0199a1f0-0000-7000-8000-0000000000b2";

fn document(value: Value) -> Map<String, Value> {
    value.as_object().cloned().expect("an object")
}

fn handover() -> &'static Register {
    register("shift_handover").expect("a register")
}

fn act(code: &str, by: &str, at: i64, after: &[&str]) -> Value {
    json!({"act": code, "by": by, "at": at, "after": after, "set": {"sig": {"by": by, "strokes": [[[0, 0], [900, 900]]]}}})
}

fn folded(entries: &[(&str, Value)]) -> FoldedRow {
    let mut row = document(json!({"from": LI, "to": WANG, "created": {"by": LI, "at": 1}}));
    row.extend(entries.iter().map(|(path, value)| ((*path).to_owned(), value.clone())));
    fold(handover(), &row)
}

#[test]
fn a_handover_is_whole_when_two_people_have_signed_on_two_tablets() {
    assert_eq!(folded(&[]).stage, "open");
    assert_eq!(folded(&[("acts/1", act("give", LI, 10, &[]))]).stage, "half");
    let both = folded(&[("acts/1", act("give", LI, 10, &[])), ("acts/2", act("take", WANG, 20, &[]))]);
    assert_eq!(both.stage, "done");
    assert_eq!(both.seen(), ["1", "2"]);
    assert!(both.has_acts() && !both.is_newer());
}

#[test]
fn one_person_never_signs_both_sides_in_whatever_order() {
    let mut row = document(json!({"from": LI, "to": LI}));
    row.insert("acts/1".into(), act("take", LI, 10, &[]));
    row.insert("acts/2".into(), act("give", LI, 20, &["1"]));
    let one = fold(handover(), &row);
    assert_eq!((one.stage.as_str(), one.not_counted("2")), ("half", Some("same_person")));
}

#[test]
fn a_signature_of_somebody_else_or_of_nobody_for_certain_does_not_count() {
    let other = folded(&[("acts/1", act("give", WANG, 10, &[]))]);
    assert_eq!((other.stage.as_str(), other.not_counted("1")), ("open", Some("not_vouched")));
    let mut unsure = act("give", LI, 10, &[]);
    unsure["vouch"] = json!("none");
    assert_eq!(folded(&[("acts/1", unsure.clone())]).not_counted("1"), Some("not_vouched"));
    unsure["vouch"] = json!("set_by_other");
    assert_eq!(folded(&[("acts/1", unsure.clone())]).stage, "half");
    for nothing in [json!({}), json!({"sig": {"strokes": []}}), json!({"sig": "li"})] {
        unsure["set"] = nothing;
        assert_eq!(folded(&[("acts/1", unsure.clone())]).not_counted("1"), Some("not_vouched"), "nobody drew anything");
    }
}

#[test]
fn a_second_act_that_counts_once_is_kept_and_told() {
    let twice = folded(&[("acts/1", act("give", LI, 10, &[])), ("acts/2", act("give", LI, 20, &[]))]);
    assert_eq!(twice.not_counted("2"), Some("already"));
    let late = folded(&[("acts/1", act("refuse", WANG, 10, &[])), ("acts/2", act("give", LI, 20, &["1"]))]);
    assert_eq!((late.stage.as_str(), late.not_counted("2")), ("refused", Some("wrong_stage")));
    let concurrent = folded(&[("acts/1", act("refuse", WANG, 10, &[])), ("acts/2", act("give", LI, 20, &[]))]);
    assert_eq!(concurrent.stage, "refused", "the declaration orders what is concurrent: give, then refuse");
    assert_eq!(concurrent.not_counted("2"), None);
}

#[test]
fn a_struck_act_never_counts_and_one_taken_back_is_none() {
    let struck = folded(&[
        ("acts/1", act("give", LI, 10, &[])),
        ("strikes/9", json!({"act": "1", "reason": "点错", "by": LI, "at": 30, "after": ["1"]})),
    ]);
    assert_eq!(struck.stage, "open");
    assert!(matches!(&struck.acts[0].1, Outcome::Struck(strike) if strike.reason.as_deref() == Some("点错")));
    assert!(!struck.has_acts());
    assert_eq!(folded(&[("acts/1", Value::Null)]).acts, []);
}

#[test]
fn a_standing_void_ends_the_fold_and_a_restore_brings_it_back() {
    let give = ("acts/1", act("give", LI, 10, &[]));
    let void = |after: &[&str]| json!({"reason": "错行", "by": LI, "at": 20, "after": after});
    let seen = folded(&[give.clone(), ("void/7", void(&["1"])), ("acts/2", act("take", WANG, 30, &[]))]);
    assert_eq!((seen.stage.as_str(), seen.not_counted("1"), seen.not_counted("2")), ("void", None, Some("void")));
    let concurrent = folded(&[give.clone(), ("void/7", void(&[]))]);
    assert_eq!(concurrent.not_counted("1"), Some("void"));
    let restore = json!({"voids": ["7"], "reason": "误作废", "by": LI, "at": 40});
    assert_eq!(folded(&[give, ("void/7", void(&[])), ("restores/8", restore)]).stage, "half");
}

#[test]
fn a_restore_lifts_the_voids_that_it_names_and_no_other() {
    let void = || json!({"reason": "错行", "by": LI, "at": 20, "after": []});
    let restore = json!({"voids": ["7"], "reason": "误作废", "by": LI, "at": 40});
    let lifted = [("void/7", void()), ("restores/8", restore)];
    assert_eq!(folded(&lifted).stage, "open");
    let another = [lifted[0].clone(), lifted[1].clone(), ("void/9", void())];
    assert_eq!(folded(&another).stage, "void", "somebody else had declared it void meanwhile");
}

#[test]
fn an_act_of_a_newer_program_is_kept_and_nothing_is_offered() {
    let newer = folded(&[("acts/1", act("countersign", LI, 10, &[])), ("acts/2", json!("?"))]);
    assert_eq!((newer.stage.as_str(), newer.is_newer()), ("open", true));
    assert_eq!(newer.unreadable, ["acts/2"]);
}

#[test]
fn what_an_act_sets_reads_as_fields_and_a_correction_of_it_stands() {
    let shift = register("duty_shift").expect("a register");
    let mut row =
        document(json!({"person": LI, "leader": WANG, "acts/1": {"act": "begin", "by": LI, "at": 100, "after": []}}));
    assert_eq!(fold(shift, &row).document["started_at"], json!(100));
    row.insert(
        "corrections/1".into(),
        json!({"field": "started_at", "value": 50, "reason": "迟录", "by": LI, "at": 200}),
    );
    assert_eq!(fold(shift, &row).document["started_at"], json!(50));
    row.insert("acts/2".into(), json!({"act": "confirm", "by": LI, "at": 300, "after": ["1"]}));
    assert_eq!(fold(shift, &row).not_counted("2"), Some("not_vouched"), "the leader is somebody else");
    row.insert("acts/2".into(), json!({"act": "confirm", "by": WANG, "at": 300, "after": ["1"]}));
    assert_eq!(fold(shift, &row).not_counted("2"), None);
}

#[test]
fn what_would_count_now_is_what_counts_when_it_is_written() {
    let handed = folded(&[("acts/1", act("give", LI, 10, &[]))]);
    let why =
        |code: &str, by| handed.would_count(handover(), handover().act(code).expect("an act"), by, Some(Vouch::Pin));
    assert_eq!(why("take", Some(WANG)), None);
    assert_eq!(why("take", Some(LI)), Some(NotCounted::NotVouched));
    assert_eq!(why("give", Some(LI)), Some(NotCounted::Already));
    assert_eq!(why("take", None), Some(NotCounted::NotVouched));
}

#[test]
fn an_act_by_another_than_who_made_the_row_needs_to_know_both() {
    let text = "kind | probe | 探 | Probe\nclass | evidence\nrights | write keep_shift ; see keep_shift\n\
                stages | checked 已核 Checked: act check ; open 待核 Open\nname | 名 | Name | TXT[1,9] | !\n\
                act check | 核 | Check | check_posts | from open ; by other created ; counts first\n";
    let probe = parse("probe.txt", text).expect("a register");
    let checked = |created: Value, by: Value| {
        let row = json!({"created": created, "acts/1": {"act": "check", "by": by, "at": 1, "after": []}});
        fold(&probe, row.as_object().expect("an object")).not_counted("1")
    };
    assert_eq!(checked(json!({"by": LI, "at": 1}), json!(WANG)), None);
    assert_eq!(checked(json!({"by": LI, "at": 1}), json!(LI)), Some("same_person"));
    assert_eq!(checked(Value::Null, json!(LI)), Some("same_person"));
    let row = json!({"created": {"by": LI, "at": 1}, "acts/1": {"act": "check", "by": LI, "at": 1, "after": []},
        "corrections/1": {"field": "created", "value": {"by": WANG, "at": 1}, "by": LI, "at": 2}});
    let outsmarted = fold(&probe, row.as_object().expect("an object"));
    assert_eq!(outsmarted.not_counted("1"), Some("same_person"), "no correction says who made the row");
}

#[test]
fn a_signer_s_fingerprint_of_the_row_changes_with_the_row_and_not_with_acts() {
    let mut row = document(json!({"from": LI, "items/钥匙/counted": 5, "created": {"by": LI, "at": 1}}));
    let before = saw(&row);
    row.insert("acts/1".into(), act("give", LI, 10, &[]));
    row.insert("clock_later".into(), json!({"offset_ms": 5}));
    assert_eq!(saw(&row), before);
    row.insert("items/钥匙/counted".into(), json!(4));
    assert_ne!(saw(&row), before);
    let known = "b94687486f1ea32dc952be25d164d30b9c3828171c4c49f31502fe4c08b4fe9c";
    assert_eq!(saw(&document(json!({"b": [1, true], "a": "1"}))), known, "the SHA-256 of its canonical JSON");
}

/// Acts of two people, each having seen some of those before it; some struck, perhaps a void.
fn any_history() -> impl Strategy<Value = Vec<(String, Value)>> {
    let code = prop::sample::select(vec!["give", "take", "refuse", "newer"]);
    let one = (code, any::<bool>(), 0_i64..4, any::<u8>());
    (prop::collection::vec(one, 0..6), any::<u8>(), 0_u8..4).prop_map(|(acts, struck, void)| {
        let mut entries = Vec::new();
        for (n, (code, is_li, at, seen)) in acts.iter().enumerate() {
            let after: Vec<String> = (0..n).filter(|k| seen >> k & 1 == 1).map(|k| k.to_string()).collect();
            let after: Vec<&str> = after.iter().map(String::as_str).collect();
            entries.push((format!("acts/{n}"), act(code, if *is_li { LI } else { WANG }, *at, &after)));
            if struck >> n & 1 == 1 && *at == 0 {
                entries.push((format!("strikes/s{n}"), json!({"act": n.to_string(), "by": LI, "at": 9})));
            }
        }
        if void == 0 {
            entries.push(("void/v".to_owned(), json!({"by": LI, "at": 9, "after": ["0", "1"]})));
        }
        entries
    })
}

/// What became of each act, by its id.
fn outcomes(folded: &FoldedRow) -> Vec<(String, &'static str)> {
    let name = |outcome: &Outcome| match outcome {
        Outcome::Applied => "applied",
        Outcome::NotCounted(reason) => reason.code(),
        Outcome::Struck(_) => "struck",
        Outcome::Unknown => "unknown",
    };
    let mut outcomes: Vec<(String, &'static str)> =
        folded.acts.iter().map(|(entry, outcome)| (entry.id.clone(), name(outcome))).collect();
    outcomes.sort();
    outcomes
}

proptest! {
    #[test]
    fn a_struck_act_never_counts_and_an_act_counts_once(entries in any_history()) {
        let given: Vec<(&str, Value)> = entries.iter().map(|(path, value)| (path.as_str(), value.clone())).collect();
        let folded = folded(&given);
        let struck: Vec<String> = given.iter().filter_map(|(path, value)| Some((path.strip_prefix("strikes/")?, value)))
            .filter_map(|(_, value)| value["act"].as_str().map(str::to_owned)).collect();
        for (id, outcome) in outcomes(&folded) {
            prop_assert_eq!(struck.contains(&id), outcome == "struck");
        }
        for code in ["give", "take", "refuse"] {
            prop_assert!(folded.applied(code).count() <= 1);
        }
        let by = |code: &str| folded.applied(code).next().and_then(|entry| entry.by.clone());
        if let (Some(give), Some(take)) = (by("give"), by("take")) {
            prop_assert_ne!(give, take);
        }
        let has_void = given.iter().any(|(path, _)| path.starts_with("void/"));
        prop_assert_eq!(folded.stage == "void", has_void);
    }

    #[test]
    fn what_a_person_sees_last_before_an_act_decides_and_more_acts_never_undo_a_counted_one(entries in any_history()) {
        let given: Vec<(&str, Value)> = entries.iter().map(|(path, value)| (path.as_str(), value.clone())).collect();
        let before = folded(&given);
        // An act that saw everything comes last in the fold, so it takes nothing away from what counted.
        let seen = before.seen();
        let seen: Vec<&str> = seen.iter().map(String::as_str).collect();
        let mut more = given.clone();
        more.push(("acts/z", act("take", WANG, 0, &seen)));
        let after = folded(&more);
        for (id, outcome) in outcomes(&before) {
            prop_assert!(outcomes(&after).contains(&(id, outcome)));
        }
    }

    #[test]
    fn no_document_makes_the_fold_panic(values in prop::collection::vec(super::support::any_json(), 0..5)) {
        let mut row = Map::new();
        for (n, value) in values.into_iter().enumerate() {
            row.insert(format!("acts/{n}"), value.clone());
            row.insert(format!("strikes/{n}"), value.clone());
            row.insert(format!("restores/{n}"), value.clone());
            row.insert(format!("items/{n}/counted"), value);
        }
        let folded = fold(handover(), &row);
        let _ = domain::register::of_row(handover(), &folded);
        let _ = saw(&folded.document);
    }

    #[test]
    fn an_entry_reads_back_as_it_was_written(at in any::<i64>(), code in "[a-z]{1,8}", vouch in 0..3_usize) {
        let entry = ActEntry {
            id: "1".into(), act: code, by: Some(LI.into()), at: UtcMillis(at), after: vec!["0".into()],
            set: document(json!({"reason": "x"})), saw: Some("ab".into()),
            vouch: [None, Some(Vouch::Pin), Some(Vouch::None)][vouch],
        };
        prop_assert_eq!(ActEntry::read("1", &entry.to_json()), Some(entry));
    }
}
