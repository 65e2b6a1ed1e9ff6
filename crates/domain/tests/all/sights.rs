//! Who sees which rows and fields: nobody more than the declarations say.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::field::Mask;
use domain::permission::Permission;
use domain::register::{Register, Right, all, parse, register};
use domain::role::Role;
use domain::sight::{Gone, Raw, RowFacts, Rows, ShownValue, Sight, View};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const ME: &str = "li";

fn with(role: Role) -> Sight {
    Sight::of(ME, [(role, Vec::new())], Vec::new())
}

fn document(value: Value) -> Map<String, Value> {
    value.as_object().cloned().expect("an object")
}

/// A register with every word of sight, from a text alone.
fn handovers() -> Register {
    let text = "kind | child_out | 离园 | Handovers\nclass | evidence\nhold | children\n\
        rights | write hand_over_children in place ; see see_children in place, see_pickup in place 1d, about me, register_visitors open ; \
        count see_all_records ; correct hand_over_children mine ; export see_children\n\
        day | day\nplace | class\nstages | gone 已离 Gone: act leave ; here 在园 Here\n\
        part | stranger ; keep 90d ; hold gate\n\
        day | 日 | Day | DATE | !\n";
    let fields = "class | 班级 | Class | REF(area) | !\nname | 姓名 | Name | TXT[1,40] | ! ; search ; see see_children else surname\n\
        host | 接待 | Host | PERSON |\nphone | 电话 | Phone | PHONE | see see_children else last4\n\
        health | 健康 | Health | CH[绿=Green, 红=Red] | see see_children else hidden\n\
        other | 名单外 | Not listed | TXT[1,40] | part stranger\n\
        act leave | 离园 | Leave | hand_over_children | from here ; counts first ; asks words TXT[1,80]\n";
    parse("child_out.txt", &format!("{text}{fields}")).expect("a register")
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

#[test]
fn a_table_of_roles_says_who_sees_the_rows_of_every_register() {
    let sees = |role: Role| -> Vec<&str> {
        let sight = with(role);
        let reached = |register: &&Register| match sight.rows(register, Right::See) {
            Rows::None => false,
            Rows::All => true,
            Rows::Where(rules) => rules.iter().any(|rule| !rule.is_about_me && !rule.is_mine),
        };
        all().iter().filter(reached).map(|register| register.kind.as_str()).collect()
    };
    let everything: Vec<&str> = all().iter().map(|register| register.kind.as_str()).collect();
    assert_eq!(sees(Role::Head), everything);
    let guard = [
        "duty_shift",
        "shift_handover",
        "child_handover",
        "child",
        "pickup_authorisation",
        "visitor_entry",
        "vehicle_entry",
        "pupil_exit",
        "goods_pass",
        "duty_roster",
        "loan",
    ];
    assert_eq!(sees(Role::Guard), guard);
    let names_children = ["child_handover", "medicine_slip", "child", "pickup_authorisation", "pupil_exit"];
    let of_children =
        |role: Role| -> Vec<&str> { sees(role).into_iter().filter(|kind| names_children.contains(kind)).collect() };
    assert_eq!(of_children(Role::Medic), names_children[..4]);
    for role in [Role::Logi, Role::Fso, Role::Cook, Role::Keeper, Role::Staff, Role::Fin, Role::Fixer, Role::Admin] {
        assert_eq!(of_children(role), Vec::<&str>::new(), "{role} counts children at most, and names none");
    }
    assert_eq!(sees(Role::Dorm), ["duty_shift", "shift_handover", "boarders", "boarder_leave", "duty_roster"]);
    let cook = [
        "delivery",
        "delivery_line",
        "temperature_reading",
        "food_sample",
        "sample_disposal",
        "snack_issue",
        "disinfection_log",
        "additive_use",
        "waste",
        "quick_test",
        "class_attendance",
        "supplier",
        "supplier_licence",
    ];
    assert_eq!(sees(Role::Cook), cook);
    assert_eq!(sees(Role::Buyer), ["delivery", "delivery_line", "supplier", "supplier_licence"]);
    assert_eq!(sees(Role::Fixer), ["special_equipment", "meter", "meter_reading"]);
    // Without a class that was given to them, a carer sees no class, and a teacher neither.
    assert_eq!(sees(Role::Carer), Vec::<&str>::new());
    assert_eq!(sees(Role::Teacher), ["duty_roster"]);
    assert_eq!(sees(Role::Admin), ["disclosure"], "who took out what, and nothing of what was taken out");
    for role in [Role::Monitor, Role::Parent] {
        assert_eq!(sees(role), Vec::<&str>::new(), "{role}");
    }
}

#[test]
fn nobody_named_sees_nothing_and_the_command_line_without_a_name_everything() {
    for register in all() {
        for right in [Right::Write, Right::See, Right::Count, Right::Correct, Right::Export] {
            assert_eq!(Sight::nobody().rows(register, right), Rows::None);
            assert_eq!(Sight::everything().rows(register, right), Rows::All);
        }
        assert!(!Sight::nobody().knows(register));
    }
    let nobody_with_roles = Sight::of(ME, [], []);
    assert!(Permission::ALL.iter().all(|permission| !nobody_with_roles.may(*permission)));
}

#[test]
fn nobody_corrects_what_they_may_not_write_and_the_right_to_correct_forms_is_none_to_correct_rows() {
    for register in all() {
        for right in register.rights.of(Right::Correct) {
            assert_ne!(right.permission, Some(Permission::CorrectRecord), "{}", register.kind);
        }
        for role in Role::all() {
            let has = |right| {
                register.rights.of(right).iter().filter_map(|own| own.permission).any(|own| with(role).may(own))
            };
            assert!(has(Right::Write) || !has(Right::Correct), "{} {role}", register.kind);
        }
    }
}

#[test]
fn a_place_binds_teachers_carers_and_dorm_keepers_and_others_only_where_one_is_given() {
    let out = handovers();
    let row = |place: &'static str| RowFacts { place: Some(place), ..RowFacts::default() };
    let sees = |sight: &Sight, place| sight.reaches(&out, Right::See, &row(place));
    assert!(!sees(&with(Role::Carer), "class1"));
    let carer = Sight::of(ME, [(Role::Carer, vec!["class1".to_owned()])], []);
    assert!(sees(&carer, "class1") && !sees(&carer, "class2"));
    assert!(!carer.reaches(&out, Right::See, &RowFacts::default()), "a row that names no place is in none");
    let owner = Sight::of(ME, [(Role::Carer, Vec::new())], ["class2".to_owned()]);
    assert!(sees(&owner, "class2") && !sees(&owner, "class1"));
    assert!(sees(&with(Role::Medic), "class1") && sees(&with(Role::Head), "class9"));
    let bound = Sight::of(ME, [(Role::Medic, vec!["class1".to_owned()])], []);
    assert!(sees(&bound, "class1") && !sees(&bound, "class2"));
    let twice = Sight::of(ME, [(Role::Medic, vec!["class1".to_owned()]), (Role::Medic, Vec::new())], []);
    assert!(sees(&twice, "class2"), "one grant for the whole campus is for the whole campus");
}

#[test]
fn the_words_of_a_right_are_joined_by_and_and_its_entries_by_or() {
    let out = handovers();
    let guard = with(Role::Guard);
    let today = day("2026-09-02");
    let on =
        |text: &str, is_open| RowFacts { place: Some("class1"), day: day(text), today, is_open, ..RowFacts::default() };
    assert!(guard.reaches(&out, Right::See, &on("2026-09-02", false)), "today's");
    assert!(!guard.reaches(&out, Right::See, &on("2026-09-01", false)), "yesterday's");
    assert!(guard.reaches(&out, Right::See, &on("2026-09-01", true)), "open ones, by another entry");
    assert!(
        !guard.reaches(&out, Right::See, &RowFacts { today: None, ..on("2026-09-02", false) }),
        "when nobody knows the day"
    );
    let cook = with(Role::Cook);
    let people = ["wang", ME];
    assert!(cook.reaches(&out, Right::See, &RowFacts { people: &people, ..RowFacts::default() }), "about me");
    assert!(!cook.reaches(&out, Right::See, &RowFacts { people: &people[..1], ..RowFacts::default() }));
    let shifts = register("duty_shift").expect("a register");
    let dorm = with(Role::Dorm);
    let shift = |text: &str| RowFacts { day: day(text), today, ..RowFacts::default() };
    assert!(
        dorm.reaches(shifts, Right::See, &shift("2026-09-01"))
            && !dorm.reaches(shifts, Right::See, &shift("2026-08-31"))
    );
}

#[test]
fn counting_is_a_right_of_its_own() {
    let out = handovers();
    let logi = with(Role::Logi);
    assert_eq!((logi.rows(&out, Right::Count), logi.knows(&out)), (Rows::All, true));
    assert!(matches!(logi.rows(&out, Right::See), Rows::Where(rules) if rules.len() == 1 && rules[0].is_about_me));
    assert_eq!(with(Role::Cook).rows(&out, Right::Count), Rows::None);
}

#[test]
fn a_correction_takes_the_register_s_right_or_a_head_who_may_write_it() {
    let waste = register("waste").expect("a register");
    let mine = RowFacts { author: Some(ME), ..RowFacts::default() };
    let other = RowFacts { author: Some("wang"), ..RowFacts::default() };
    assert!(with(Role::Cook).may_correct(waste, &mine) && !with(Role::Cook).may_correct(waste, &other));
    assert!(!with(Role::Head).may_correct(waste, &other), "who may not write it does not correct it");
    let trainings = register("training").expect("a register");
    assert!(with(Role::Logi).may_correct(trainings, &other));
    assert!(!with(Role::Teacher).may_correct(trainings, &mine));
    let out = handovers();
    let act = out.act("leave").expect("an act");
    let carer = Sight::of(ME, [(Role::Carer, vec!["class1".to_owned()])], []);
    assert!(carer.may_act(&out, act, &RowFacts { place: Some("class1"), ..RowFacts::default() }));
    assert!(
        !carer.may_act(&out, act, &RowFacts { place: Some("class2"), ..RowFacts::default() }),
        "what is not seen is not acted on"
    );
    assert!(with(Role::Medic).may_export(&out) && !with(Role::Guard).may_export(&out));
}

#[test]
fn rows_of_a_compartment_leave_by_the_office_s_door_alone() {
    let out = handovers();
    assert!(out.leaves_by(true) && !out.leaves_by(false), "a tablet prints them");
    let trainings = register("training").expect("a register");
    assert!(trainings.leaves_by(true) && trainings.leaves_by(false));
}

#[test]
fn a_masked_field_says_so_and_a_part_that_is_gone_says_why() {
    let out = handovers();
    let row = document(json!({
        "day": "2026-09-01", "class": "0199a1f0-0000-7000-8000-0000000000c3", "name": "欧阳小明", "phone": "13800001234", "health": "红",
        "other": "赵某", "words": "奶奶来接", "future/1": "x", "name_as": "x", "created": {"by": ME, "at": 5},
        "acts/1": {"act": "leave"}, "void/1": null,
    }));
    let raw = Raw::new(&out, &row).without("stranger", Gone::Hold);
    let shown = with(Role::Guard).show(&raw);
    let expected = json!({
        "day": "2026-09-01", "class": "0199a1f0-0000-7000-8000-0000000000c3",
        "name": {"masked": "surname", "shown": "欧阳**"}, "phone": {"masked": "last4", "shown": "***1234"},
        "health": {"masked": "hidden", "shown": "***"}, "other": {"gone": "hold"}, "words": "奶奶来接",
    });
    assert_eq!(json!(shown.fields), expected);
    assert_eq!(shown.unknown.len(), 1);
    assert_eq!((shown.whole("name"), shown.whole("day")), (None, Some(&json!("2026-09-01"))));
    let medic = with(Role::Medic).show(&Raw::new(&out, &row));
    assert_eq!(medic.whole("name"), Some(&json!("欧阳小明")));
    assert!(with(Role::Medic).sees_sealed(&out) && !with(Role::Guard).sees_sealed(&out));
    assert!(with(Role::Guard).sees_whole(&out, "day") && !with(Role::Guard).sees_whole(&out, "phone"));
}

#[test]
fn who_a_certificate_is_about_sees_the_whole_of_it_and_nobody_else_does() {
    let certificates = register("health_certificate").expect("a register");
    let row =
        document(json!({"person": ME, "no": "A-1234567890", "issued_on": "2026-01-01", "valid_to": "2026-12-31"}));
    let raw = Raw::new(certificates, &row);
    assert_eq!(with(Role::Cook).show(&raw).whole("no"), Some(&json!("A-1234567890")));
    let other = Sight::of("wang", [(Role::Cook, Vec::new())], []);
    assert_eq!(other.show(&raw).whole("no"), None);
    let no = certificates.field("no").expect("a field");
    assert_eq!(with(Role::Cook).field(no), View::Masked(Mask::Hidden), "of rows at large it is masked");
    assert_eq!(with(Role::Medic).show(&raw).whole("no"), Some(&json!("A-1234567890")), "it is about this medic");
    assert_eq!(Sight::of("wang", [(Role::Medic, Vec::new())], []).show(&raw).whole("no"), None);
}

#[test]
fn siblings_are_masked_one_by_one_and_an_ill_typed_value_is_shown_to_nobody() {
    let out = handovers();
    let phone = out.field("phone").expect("a field");
    let masked = |value: Value| with(Role::Guard).show_value(phone, &value);
    assert_eq!(masked(json!("13800001234")), masked(json!("13900001234")), "two values may look alike");
    let ill = ShownValue::Masked { mask: Mask::Hidden, shown: "***".into() };
    assert_eq!(with(Role::Medic).show_value(phone, &json!({"secret": 1})), ill);
    assert_eq!(with(Role::Medic).field(phone), View::Whole);
}

#[test]
fn a_raw_document_has_no_words_of_its_own() {
    let out = handovers();
    let row = document(json!({"name": "王小明"}));
    let told = format!("{:?}", Raw::new(&out, &row));
    assert!(!told.contains('王') && told.contains("child_out"), "{told}");
}

proptest! {
    #[test]
    fn no_role_sees_a_masked_field_of_any_register(role in 0..18_usize, which in 0..25_usize, text in "[a-z王0-9]{9,20}") {
        let role = Role::all().nth(role).expect("a role");
        let register = &all()[which];
        for field in register.fields.iter().filter(|field| field.see.is_some()) {
            let see = field.see.expect("a sight");
            let shown = with(role).show_value(field, &json!(text));
            let whole = shown.whole().is_some();
            prop_assert!(!whole || role.may(see.permission), "{role} sees {}.{}", register.kind, field.name);
            if !role.may(see.permission) {
                let told = json!(shown).to_string();
                prop_assert!(!told.contains(&text));
            }
        }
    }

    #[test]
    fn more_places_never_show_less(given in prop::collection::vec("[a-d]", 0..4), more in "[a-d]", at in "[a-d]") {
        let out = handovers();
        let of = |places: Vec<String>| Sight::of(ME, [(Role::Carer, places)], []);
        let facts = RowFacts { place: Some(&at), ..RowFacts::default() };
        let before = of(given.clone()).reaches(&out, Right::See, &facts);
        let places: BTreeSet<String> = given.iter().cloned().chain([more.clone()]).collect();
        let after = of(places.iter().cloned().collect()).reaches(&out, Right::See, &facts);
        prop_assert!(!before || after);
        prop_assert_eq!(after, places.contains(&at));
    }
}
