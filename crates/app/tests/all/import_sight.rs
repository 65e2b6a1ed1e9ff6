//! A file that comes in shows nobody what they do not see: role by role and field by field, neither in its plan, nor in what it
//! refuses, nor in the list of what can be taken back.

use domain::register::{Field, Register, all};
use domain::role::Role;
use serde_json::{Map, Value, json};

use crate::entries::Gate;
use crate::support::{Hand, text};

/// The rows that are there: each register with a row of a file, and the values in it that are told from all others.
fn rows() -> Vec<(&'static str, Value, Vec<&'static str>)> {
    vec![
        (
            "supplier",
            json!({"名称": "绿源", "地址": "秘密路 1 号", "联系人": "周秘密", "电话": "13812345678", "供应品类": "秘密菜", "状态": "在用"}),
            vec!["秘密路 1 号", "周秘密", "13812345678", "秘密菜"],
        ),
        (
            "health_certificate",
            json!({"人员": "赵厨", "证号": "HZ-778899", "发证日期": "2026-08-01", "有效期至": "2027-07-31", "发证机构": "秘密医院"}),
            vec!["HZ-778899", "秘密医院"],
        ),
        (
            "meter",
            json!({"名称": "总水表", "类别": "水", "地点": "东门岗", "表号": "SECRET-7", "倍率": "1"}),
            vec!["SECRET-7"],
        ),
    ]
}

/// What somebody types into a field, so that it would change what stands there.
fn other_value(field: &Field) -> &'static str {
    match field.declared().split('[').next().unwrap_or_default() {
        "PHONE" => "13900005678",
        "DATE" => "2027-07-30",
        "NUM" | "COUNT" => "3",
        _ => "别的",
    }
}

/// A file that changes one field of a row; what lines are found by stands in it as well.
fn file(register: &Register, row: &Value, field: &Field) -> Value {
    let mut line = Map::new();
    for name in &register.matches {
        let head = &register.field(name).expect("a field").zh;
        line.insert(head.clone(), row[head].clone());
    }
    line.insert(field.zh.clone(), json!(other_value(field)));
    json!({"kind": register.kind, "rows": [line], "dry_run": true})
}

fn person(gate: &Gate, role: Role) -> Hand {
    let id = text(&gate.setup.call("person.save", json!({"name": role.zh(), "scope": gate.campus}))["id"]);
    gate.setup.call("person.grant", json!({"person": id, "role": role.code(), "campus": gate.campus}));
    gate.tablet.office(Some(&id))
}

/// Everything that an answer or a refusal says.
fn said(hand: &Hand, name: &str, arguments: &Value) -> String {
    match hand.app().dispatch(name, &arguments.to_string()) {
        Ok(answer) => answer,
        Err(error) => serde_json::to_string(&error.problem()).expect("JSON"),
    }
}

#[test]
fn no_answer_about_a_file_tells_a_role_what_a_row_does_not_tell_it() {
    let gate = Gate::new();
    let logi = person(&gate, Role::Logi);
    let mut stored = Vec::new();
    for (kind, row, secrets) in rows() {
        let plan = logi.call("entry.import", json!({"kind": kind, "rows": [row], "dry_run": true}));
        assert_eq!(plan["new"], 1, "{plan}");
        logi.call("entry.import", json!({"plan": plan["plan"]}));
        let id = gate.setup.call("record.list", json!({"kind": kind}))["records"][0]["id"].clone();
        stored.push((kind, row, secrets, id));
    }
    let mut hidden = 0;
    for role in Role::all() {
        let hand = person(&gate, role);
        let imports = said(&hand, "entry.imports", &json!({}));
        for (kind, row, secrets, id) in &stored {
            let register = all().iter().find(|register| register.kind == *kind).expect("a register");
            let shown = said(&hand, "entry.get", &json!({"id": id}));
            let unseen: Vec<_> = secrets.iter().filter(|secret| !shown.contains(**secret)).collect();
            hidden += unseen.len();
            for field in register.fields.iter().filter(|field| field.stored().is_some()) {
                let told = said(&hand, "entry.import", &file(register, row, field));
                for secret in &unseen {
                    assert!(!told.contains(**secret), "{role}: {kind}.{}: {told}", field.name);
                    assert!(!imports.contains(**secret), "{role}: {kind}: {imports}");
                }
            }
        }
    }
    assert!(hidden > 30, "most roles see little of this: {hidden}");
}

#[test]
fn who_does_not_see_a_field_imports_none_of_its_column_and_is_told_no_more_than_that() {
    let gate = Gate::new();
    let logi = person(&gate, Role::Logi);
    let (kind, row, _) = rows().remove(1);
    let plan = logi.call("entry.import", json!({"kind": kind, "rows": [row], "dry_run": true}));
    logi.call("entry.import", json!({"plan": plan["plan"]}));
    // Whoever keeps certificates writes them, and sees their numbers only by another right.
    let medic = person(&gate, Role::Medic);
    let guess = json!({"kind": kind, "rows": [row], "dry_run": true});
    let refused = medic.refused("entry.import", guess);
    assert_eq!(refused["code"], "bad-file", "the right number is no more welcome than a wrong one: {refused}");
    let without = json!({"人员": "赵厨", "有效期至": "2027-07-31", "发证机构": "秘密医院"});
    let planned = medic.call("entry.import", json!({"kind": kind, "rows": [without], "dry_run": true}));
    assert_eq!((&planned["unchanged"], &planned["refused"]), (&json!(1), &json!([])), "{planned}");
}

#[test]
fn an_import_is_taken_back_by_who_may_write_its_register_and_others_do_not_hear_of_it() {
    let gate = Gate::new();
    let logi = person(&gate, Role::Logi);
    let (kind, row, _) = rows().remove(0);
    let plan = logi.call("entry.import", json!({"kind": kind, "rows": [row], "dry_run": true}));
    let done = logi.call("entry.import", json!({"plan": plan["plan"]}));
    for role in Role::all() {
        let hand = person(&gate, role);
        let imports = said(&hand, "entry.imports", &json!({}));
        let may_write = domain::permission::Permission::ManageSuppliers.roles().contains(&role);
        assert_eq!(imports.contains(&text(&done["import"])), may_write, "{role}: {imports}");
        if !may_write {
            let refused = hand.refusal("entry.import_undo", json!({"import": done["import"]})).0;
            assert!(["not-found", "not-allowed"].contains(&refused.as_str()), "{role}: {refused}");
        }
    }
    assert_eq!(logi.call("entry.import_undo", json!({"import": done["import"]}))["voided"], 1);
}
