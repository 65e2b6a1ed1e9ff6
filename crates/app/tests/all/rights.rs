//! Who may do what on which campus.

use serde_json::{Value, json};

use crate::support::{Hand, Tablet, text};

/// A tablet of an organisation with two campuses, set up by nobody in particular.
struct Organisation {
    tablet: Tablet,
    setup: Hand,
    first: String,
    second: String,
}

impl Organisation {
    fn new() -> Self {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let campus = |name: &str| text(&setup.call("campus.save", json!({"name": name, "kind": "school"}))["id"]);
        let (first, second) = (campus("东校区"), campus("西校区"));
        Self { first, second, setup, tablet }
    }

    /// Somebody with a role on a campus, or on all of them.
    fn person(&self, role: &str, campus: Option<&str>) -> String {
        let id = text(&self.setup.call("person.save", json!({"name": role, "scope": campus}))["id"]);
        self.setup.call("person.grant", json!({"person": id, "role": role, "campus": campus}));
        id
    }

    #[track_caller]
    fn refuses(&self, by: &str, name: &str, arguments: Value) {
        assert_eq!(self.tablet.app(Some(by)).refusal(name, arguments).0, "not-allowed", "{name}");
    }

    #[track_caller]
    fn allows(&self, by: &str, name: &str, arguments: Value) -> Value {
        self.tablet.app(Some(by)).call(name, arguments)
    }
}

#[test]
fn a_colleague_without_a_role_may_do_nothing_that_takes_one() {
    let school = Organisation::new();
    let newcomer = text(&school.setup.call("person.save", json!({"name": "新来的", "scope": school.first}))["id"]);
    assert!(
        school.allows(&newcomer, "person.current", json!({}))["permissions"]
            .as_array()
            .is_some_and(|all| all.len() > 50)
    );
    let head = school.person("head", None);
    let current = school.allows(&newcomer, "person.current", json!({}));
    assert_eq!((&current["roles"], &current["permissions"]), (&json!([]), &json!([])));
    school.refuses(&newcomer, "person.grant", json!({"person": newcomer, "role": "logi"}));
    school.refuses(&newcomer, "person.grant", json!({"person": newcomer, "role": "logi", "campus": school.first}));
    school.refuses(&newcomer, "pin.set", json!({"person": head, "pin": "1111"}));
    school.refuses(&newcomer, "inspection.start", json!({"template": "T01@1", "scope": school.first}));
    school.refuses(&newcomer, "finding.report", json!({"description": "x"}));
    school.setup.call("finding.report", json!({"description": "谁都没有署名"}));
}

#[test]
fn a_record_is_changed_by_who_may_do_so_where_it_stands() {
    let school = Organisation::new();
    let (first, second) = (Some(school.first.as_str()), Some(school.second.as_str()));
    let (guard, logi, other) =
        (school.person("guard", first), school.person("logi", first), school.person("logi", second));
    let area = school.setup.call("area.save", json!({"name": "大门", "scope": first}))["id"].clone();
    let nowhere = "0199a1f0-0000-7000-8000-000000000001";
    for scope in [nowhere, &school.second] {
        school.refuses(&guard, "area.save", json!({"id": area, "name": "我的门", "scope": scope}));
        school.refuses(&guard, "person.save", json!({"id": logi, "active": false, "scope": scope}));
        school.refuses(&other, "area.save", json!({"id": area, "name": "我的门", "scope": scope}));
        school.refuses(&other, "person.save", json!({"id": guard, "active": false, "scope": scope}));
    }
    school.refuses(&other, "area.save", json!({"id": area, "name": "我的门"}));
    school.allows(&logi, "area.save", json!({"id": area, "name": "南门"}));
    school.allows(&logi, "person.save", json!({"id": guard, "phone": "8201"}));
    let everywhere = school.setup.call("area.save", json!({"name": "总部"}))["id"].clone();
    school.refuses(&logi, "area.save", json!({"id": everywhere, "name": "东校区的总部"}));
}

#[test]
fn a_role_on_one_campus_is_none_on_another_and_none_for_all() {
    let school = Organisation::new();
    let first = Some(school.first.as_str());
    let (cook, logi, head) = (school.person("cook", first), school.person("logi", first), school.person("head", None));
    school.refuses(&cook, "setting.set", json!({"campus": school.second, "key": "food.core_c", "value": 75}));
    school.refuses(&logi, "setting.set", json!({"campus": school.second, "key": "food.core_c", "value": 75}));
    for by in [&cook, &logi] {
        school.refuses(by, "campus.save", json!({"name": "北校区", "kind": "school"}));
        school.refuses(by, "campus.save", json!({"id": school.second, "name": "北校区"}));
        school.refuses(by, "person.save", json!({"name": "到处都在"}));
    }
    school.allows(&head, "campus.save", json!({"name": "北校区", "kind": "school"}));
    school.allows(&head, "person.save", json!({"name": "到处都在"}));
    school.allows(&logi, "setting.set", json!({"campus": school.first, "key": "food.core_c", "value": 75}));
}

#[test]
fn a_grant_is_given_and_changed_by_who_manages_people_on_its_campus() {
    let school = Organisation::new();
    let (first, second) = (Some(school.first.as_str()), Some(school.second.as_str()));
    let (logi, other) = (school.person("logi", first), school.person("logi", second));
    school.refuses(&logi, "person.grant", json!({"person": logi, "role": "admin"}));
    school.refuses(&logi, "person.grant", json!({"person": logi, "role": "admin", "campus": second}));
    let grant =
        school.allows(&logi, "person.grant", json!({"person": logi, "role": "fso", "campus": first}))["id"].clone();
    school.refuses(&other, "person.grant", json!({"id": grant, "valid_to": "2026-08-31"}));
    school.refuses(&other, "person.grant", json!({"id": grant, "valid_to": "2026-08-31", "campus": second}));
    school.refuses(&logi, "person.grant", json!({"id": grant, "campus": second}));
    school.allows(&logi, "person.grant", json!({"id": grant, "valid_to": "2026-08-31"}));
}

#[test]
fn a_pin_is_set_by_who_manages_people_wherever_its_owner_may_do_something() {
    let school = Organisation::new();
    let (first, second) = (Some(school.first.as_str()), Some(school.second.as_str()));
    let (logi, cook, other) =
        (school.person("logi", first), school.person("cook", first), school.person("logi", second));
    let head = school.person("head", None);
    school.setup.call("person.save", json!({"id": head, "phone": "8200"}));
    school.refuses(&other, "pin.set", json!({"person": cook, "pin": "1111"}));
    school.allows(&logi, "pin.set", json!({"person": cook, "pin": "1111"}));
    school.allows(&logi, "pin.set", json!({"person": cook, "pin": "2222"}));
    school.refuses(&logi, "pin.set", json!({"person": head, "pin": "1111"}));
    school.setup.call("person.grant", json!({"person": cook, "role": "admin"}));
    assert_eq!(
        school.tablet.app(Some(&logi)).refusal("pin.set", json!({"person": cook, "pin": "3333"})).0,
        "pin-needed"
    );
    school.allows(&head, "pin.set", json!({"person": cook, "pin": "3333"}));
}

#[test]
fn a_door_that_serves_people_leaves_the_plain_record_commands_out() {
    let tablet = Tablet::new();
    let shared = tablet.shared();
    for name in ["record.save", "record.get", "record.list", "record.delete"] {
        assert_eq!(shared.refusal(name, json!({"kind": "pin"})).0, "support-only", "{name}");
    }
    tablet.app(Some("support")).call("record.list", json!({"kind": "pin"}));
    for command in app::all_commands() {
        // A paper's file is written where the command line says; a page is given its bytes by its door.
        let is_for_support = command.name.starts_with("record.") || command.name == "sheet.file";
        assert_eq!(command.audience == app::Audience::Support, is_for_support, "{}", command.name);
    }
}

#[test]
fn a_switch_in_the_middle_of_a_command_changes_nothing_for_it() {
    // At the first two looks at the clock, what waited is settled, and nobody was asked for yet.
    for look in 1..=5 {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let people = ["cook", "guard"].map(|role| {
            let id = text(&setup.call("person.save", json!({"name": role}))["id"]);
            setup.call("person.grant", json!({"person": id, "role": role}));
            id
        });
        let shared = tablet.shared();
        shared.call("person.switch", json!({"person": people[0]}));
        let guard = people[1].clone();
        tablet.at_look(look, move || drop(setup.call("person.switch", json!({"person": guard}))));
        let form = shared.call("inspection.start", json!({"template": "T01@1"}));
        assert_eq!(form["created_by"]["id"], form["people"][0]["id"], "at look {look}: {form}");
        if look > 2 {
            assert_eq!(form["created_by"]["id"], people[0].as_str(), "at look {look}");
        }
    }
}
