//! Who sees the records of kinds that have no register: role by role, as the reference of the trade says.

use std::collections::BTreeSet;

use domain::kind;
use domain::register::{all, register};
use domain::role::Role;
use domain::severity::Category;
use domain::sight::{KindSight, Mark, MaskFacts, Named, RowFacts, Rows, SeenChecklist, Sight, marks};
use domain::template::{built_in, find};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const ME: &str = "li";

fn with(role: Role) -> Sight {
    Sight::of(ME, [(role, Vec::new())], Vec::new())
}

fn of(kind: &str) -> &'static KindSight {
    KindSight::of(kind).expect("the table has it")
}

fn sees(sight: &Sight, kind: &str, row: RowFacts<'_>) -> bool {
    sight.records(of(kind), &[]).hold(sight.person(), &row)
}

fn document(value: Value) -> Map<String, Value> {
    value.as_object().cloned().expect("an object")
}

#[test]
fn every_kind_without_a_register_stands_in_the_table_and_nothing_else_does() {
    let is_part = |name: &str| all().iter().any(|own| own.parts.iter().any(|part| own.part_kind(&part.name) == name));
    let declared: BTreeSet<&str> =
        kind::all().iter().map(|kind| kind.name).filter(|name| register(name).is_none() && !is_part(name)).collect();
    let table: BTreeSet<&str> = KindSight::all().iter().map(|kind| kind.kind.as_str()).collect();
    // A kind that has a register by now is shown by the register, and its old line is none to fall back to.
    assert_eq!(declared, table);
}

#[test]
fn a_table_of_roles_says_who_sees_the_records_of_every_kind() {
    let names = |role: Role| -> Vec<&str> {
        let by_role = |kind: &&KindSight| match with(role).records(kind, &[]) {
            Rows::None => false,
            Rows::All => true,
            Rows::Where(rules) => rules.iter().any(|rule| !rule.is_mine && !rule.is_about_me),
        };
        let for_anybody = |kind: &&KindSight| !kind.is_for_anybody();
        KindSight::all().iter().filter(for_anybody).filter(by_role).map(|kind| kind.kind.as_str()).collect()
    };
    let head: BTreeSet<&str> = names(Role::Head).into_iter().collect();
    let all: BTreeSet<&str> = KindSight::all()
        .iter()
        .filter(|kind| !kind.is_for_anybody() && !["pin", "paper"].contains(&kind.kind.as_str()))
        .map(|kind| kind.kind.as_str())
        .collect();
    assert_eq!(all.difference(&head).collect::<Vec<_>>(), Vec::<&&str>::new(), "the head sees every record");
    let logi: BTreeSet<&str> = names(Role::Logi).into_iter().collect();
    assert_eq!(all.difference(&logi).collect::<Vec<_>>(), Vec::<&&str>::new(), "children have registers of their own");
    let guard = [
        "route",
        "checkpoint",
        "tag",
        "route_plan",
        "inspection",
        "finding",
        "patrol_run",
        "asset_event",
        "stock_item",
        "plan_task",
        "task_event",
    ];
    assert_eq!(names(Role::Guard), guard);
    let cook = ["inspection", "finding", "meal", "asset_event", "stock_item", "plan_task", "task_event"];
    assert_eq!(names(Role::Cook), cook);
    // Without a class that was given to them, a carer sees no class.
    let carer = ["finding", "meal", "asset_event", "stock_item", "plan_task", "task_event"];
    assert_eq!(names(Role::Carer), carer);
    let fixer = ["inspection", "finding", "asset_event", "stock_item", "plan_task", "task_event"];
    assert_eq!(names(Role::Fixer), fixer);
    let fin = [
        "finding",
        "meal",
        "damage_case",
        "stock_item",
        "stock_movement",
        "purchase",
        "stocktake",
        "stocktake_line",
        "plan_task",
        "task_event",
    ];
    assert_eq!(names(Role::Fin), fin);
    let admin = ["person_contact", "erasure", "role_grant", "setting_change"];
    assert_eq!(names(Role::Admin), admin, "no business record, and no child");
    for role in [Role::Monitor, Role::Parent] {
        assert_eq!(names(role), Vec::<&str>::new(), "{role}");
    }
}

#[test]
fn nobody_named_sees_nothing_and_the_command_line_without_a_name_everything() {
    for kind in KindSight::all() {
        assert_eq!(Sight::nobody().records(kind, &[]), Rows::None, "{}", kind.kind);
        assert_eq!(Sight::everything().records(kind, &[]), Rows::All, "{}", kind.kind);
    }
    assert_eq!(with(Role::Head).records(of("pin"), &[]), Rows::None);
}

#[test]
fn open_findings_are_everybody_s_and_closed_ones_are_for_who_had_to_do_with_them() {
    let open = RowFacts { is_open: true, ..RowFacts::default() };
    for role in Role::all() {
        let is_staff = !matches!(role, Role::Monitor | Role::Parent | Role::Admin);
        assert_eq!(sees(&with(role), "finding", open), is_staff, "{role}");
        let leads = matches!(role, Role::Head | Role::Logi);
        assert_eq!(sees(&with(role), "finding", RowFacts::default()), leads, "{role} closed");
    }
    let finding = document(json!({
        "found_by": "wang", "steps/1": {"by": "zhao", "assignee": "li", "step": "派发"}, "steps/2": null, "created": {"by": "wang", "at": 1},
    }));
    assert_eq!(of("finding").people_of("id", &finding), ["wang", "zhao", "li"]);
    let people = ["wang", "zhao", ME];
    let cook = with(Role::Cook);
    assert!(
        sees(&cook, "finding", RowFacts { people: &people, ..RowFacts::default() }),
        "it was given to this cook once"
    );
    assert!(!sees(&cook, "finding", RowFacts { people: &people[..2], ..RowFacts::default() }));
    assert!(sees(&cook, "finding", RowFacts { author: Some(ME), ..RowFacts::default() }), "this cook reported it");
    let owner = Sight::of(ME, [(Role::Cook, Vec::new())], ["kitchen".to_owned()]);
    assert!(sees(&owner, "finding", RowFacts { place: Some("kitchen"), ..RowFacts::default() }));
    assert!(
        !sees(&cook, "finding", RowFacts { place: Some("kitchen"), ..RowFacts::default() }),
        "no area is this cook's own"
    );
}

#[test]
fn who_looks_over_the_kitchen_sees_its_findings_after_they_are_closed() {
    let of_sort = |category| RowFacts { category: Some(category), ..RowFacts::default() };
    let fso = with(Role::Fso);
    assert!(sees(&fso, "finding", of_sort(Category::Food)) && !sees(&fso, "finding", of_sort(Category::Fire)));
    assert!(!sees(&with(Role::Cook), "finding", of_sort(Category::Food)));
    for kind in ["finding", "inspection"] {
        let holds = |role: Role| with(role).records(of(kind), &[]).hold_all_of_food();
        assert!(holds(Role::Head) && holds(Role::Logi) && holds(Role::Fso), "{kind}");
        assert!(!holds(Role::Medic) && !holds(Role::Cook) && !holds(Role::Keeper) && !holds(Role::Admin), "{kind}");
    }
}

#[test]
fn an_inspection_is_seen_by_who_fills_in_or_looks_over_its_checklist() {
    fn form(checklist: &str) -> RowFacts<'_> {
        RowFacts { checklist: Some(checklist), place: Some("class1"), ..RowFacts::default() }
    }
    for template in built_in() {
        let reference = format!("{}@{}", template.code, template.version);
        assert!(find(&reference.parse().expect("a reference")).is_some());
        for role in Role::all() {
            let fills = template.performers.iter().chain(&template.reviewers).any(|own| *own == role);
            let is_bound = matches!(role, Role::Teacher | Role::Carer | Role::Dorm);
            let may = role.may(domain::permission::Permission::FillInspection);
            let sees_all = matches!(role, Role::Head | Role::Logi);
            let kitchen = role == Role::Fso && template.category == Category::Food;
            let expected = sees_all || kitchen || (fills && may && !is_bound);
            assert_eq!(sees(&with(role), "inspection", form(&reference)), expected, "{role} {reference}");
        }
    }
    let fso = with(Role::Fso);
    assert!(sees(&fso, "inspection", form("T02@1")), "the kitchen's forms, whoever fills them in");
    assert!(!sees(&fso, "inspection", form("T16@1")));
    assert!(sees(&with(Role::Guard), "inspection", form("T15:D@1")), "the daily part is of the same checklist");
    assert!(!sees(&with(Role::Guard), "inspection", RowFacts::default()), "a form that says no checklist is of none");
}

#[test]
fn a_carer_sees_the_forms_of_the_own_class_and_who_filled_one_in_sees_it_for_ever() {
    let in_class = |place| RowFacts { checklist: Some("T12@1"), place: Some(place), ..RowFacts::default() };
    let carer = Sight::of(ME, [(Role::Carer, vec!["class1".to_owned()])], []);
    assert!(sees(&carer, "inspection", in_class("class1")) && !sees(&carer, "inspection", in_class("class2")));
    let hygiene = RowFacts { checklist: Some("T10@1"), place: Some("class1"), ..RowFacts::default() };
    assert!(sees(&carer, "inspection", hygiene), "what others found in the own class");
    let both = Sight::of(ME, [(Role::Carer, vec!["class1".to_owned()]), (Role::Guard, Vec::new())], []);
    assert!(!sees(&both, "inspection", in_class("class2")), "a guard's campus is not a carer's class");
    let form = document(json!({"people/li": 5, "people/wang": null, "submits/zhao": {"at": 6}}));
    assert_eq!(of("inspection").people_of("id", &form), ["li", "zhao"]);
    let people = [ME];
    assert!(sees(&with(Role::Fin), "inspection", RowFacts { people: &people, ..RowFacts::default() }));
}

#[test]
fn a_checklist_of_the_school_s_own_is_seen_by_its_own_roles() {
    let own = SeenChecklist { reference: "own".to_owned(), roles: [Role::Fixer].into(), is_food: false };
    let row = RowFacts { checklist: Some("own"), ..RowFacts::default() };
    let seen = |role: Role| with(role).records(of("inspection"), std::slice::from_ref(&own)).hold(Some(ME), &row);
    assert!(seen(Role::Fixer) && !seen(Role::Guard) && seen(Role::Logi));
}

#[test]
fn telephones_are_masked_but_for_who_keeps_the_people_and_the_person() {
    let shown = |role: Role, id: &str| {
        let people = [id];
        let facts = MaskFacts { people: &people, author: None };
        with(role).show_at(of("person"), "phone", &json!("13800001234"), facts)
    };
    for role in Role::all() {
        let keeps = matches!(role, Role::Head | Role::Logi | Role::Admin);
        let expected = if keeps { json!("13800001234") } else { json!({"masked": "last4", "shown": "***1234"}) };
        assert_eq!(shown(role, "wang"), expected, "{role}");
        assert_eq!(shown(role, ME), json!("13800001234"), "{role} sees the own number");
    }
    assert_eq!(with(Role::Guard).show_at(of("person"), "name", &json!("王强"), MaskFacts::default()), json!("王强"));
    let digits = with(Role::Guard).show_at(of("person"), "id_last4", &json!("123X"), MaskFacts::default());
    assert_eq!(digits, json!({"masked": "hidden", "shown": "***"}));
    assert_eq!(with(Role::Guard).show_at(of("person"), "phone", &Value::Null, MaskFacts::default()), Value::Null);
}

#[test]
fn what_a_repair_cost_is_for_who_sees_money_and_for_who_wrote_it() {
    let step = json!({"step": "整改完成", "by": "zhao", "cost": "46", "note": "换电池"});
    let shown = |sight: &Sight| sight.show_at(of("finding"), "steps/1", &step, MaskFacts::default());
    for role in [Role::Head, Role::Logi, Role::Fin] {
        assert_eq!(shown(&with(role)), step, "{role}");
    }
    let hidden = shown(&with(Role::Guard));
    assert_eq!((&hidden["cost"]["masked"], &hidden["note"]), (&json!("hidden"), &json!("换电池")));
    assert_eq!(shown(&Sight::of("zhao", [(Role::Fixer, Vec::new())], [])), step);
    let corrected = json!({"field": "phone", "value": "13800001234", "reason": "x"});
    let shown = with(Role::Guard).show_at(of("person"), "corrections/1", &corrected, MaskFacts::default());
    assert_eq!(shown["value"], json!({"masked": "last4", "shown": "***1234"}), "as secret as what it corrects");
}

proptest! {
    #[test]
    fn no_role_reads_more_of_a_masked_value_than_the_mask_leaves(role in 0..18_usize, text in "[a-z0-9]{9,20}") {
        let role = Role::all().nth(role).expect("a role");
        for kind in KindSight::all() {
            for mask in &kind.masks {
                let (path, value) = match &mask.member {
                    Some(member) => (format!("{}/1", mask.field), json!({"by": "wang", member: text})),
                    None => (mask.field.clone(), json!(text)),
                };
                let shown = with(role).show_at(kind, &path, &value, MaskFacts::default());
                let may = mask.permissions.iter().any(|permission| role.may(*permission));
                prop_assert_eq!(shown.to_string().contains(&text), may, "{} {} {}", role, kind.kind, mask.field);
            }
        }
    }
}

#[test]
fn a_record_is_marked_with_who_made_it_whom_it_names_and_the_sort_of_a_finding() {
    let (made, names, sort) = (Mark::Made.bit(), Mark::Named.bit(), Mark::Sort.bit());
    let marked = |kind: &str, document: &Map<String, Value>| Vec::from_iter(marks(kind, document));
    let word = |word: &str, how: u8| (word.to_owned(), how);
    let finding = document(json!({
        "found_by": "wang", "steps/1": {"by": "zhao", "assignee": "li"}, "steps/2": null, "created": {"by": "wang", "at": 1},
        "category": "food",
    }));
    let expected = [word("food", sort), word("li", names), word("wang", made | names), word("zhao", names)];
    assert_eq!(marked("finding", &finding), expected);
    let form = document(json!({"people/li": 5, "people/wang": null, "created": {"by": "wu"}, "category": "food"}));
    assert_eq!(marked("inspection", &form), [word("li", names), word("wu", made)], "of findings alone there are sorts");
    let shift = document(json!({"person": "li", "leader": "wang", "post": "gate", "created": {"by": "li"}}));
    let register = register("duty_shift").expect("a register");
    for (person, how) in marks("duty_shift", &shift) {
        assert_eq!(how & names > 0, register.named_in(&shift).any(|named| named == person), "{person}");
    }
    assert_eq!(marked("duty_shift", &shift).len(), 2);
    assert_eq!(marked("person", &document(json!({"name": "li"}))), [], "that a record is a person no document says");
    assert_eq!(marked("tomorrow", &finding), [], "a kind of a later version is shown to nobody");
}

#[test]
fn whom_a_record_names_is_marked_whatever_its_kind() {
    for kind in KindSight::all() {
        for named in &kind.people {
            let fields = match named {
                Named::Itself => continue,
                Named::Field(name) => json!({name.as_str(): ["li", "wang"]}),
                Named::Key(group) => json!({format!("{group}/li"): 1, format!("{group}/wang"): true}),
                Named::Member(group, member) => {
                    json!({format!("{group}/1"): {member.as_str(): "li"}, format!("{group}/2"): {member.as_str(): "wang"}})
                }
            };
            let names = Mark::Named.bit();
            let expected = [("li".to_owned(), names), ("wang".to_owned(), names)];
            assert_eq!(Vec::from_iter(marks(&kind.kind, &document(fields))), expected, "{} {named:?}", kind.kind);
        }
    }
}
