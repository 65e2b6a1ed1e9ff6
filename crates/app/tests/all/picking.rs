//! What a field that names a record is offered: what is in use, of this campus, and narrowed down where the form says so.

use serde_json::{Value, json};

use crate::support::{Hand, Tablet, text};

fn picked(hand: &Hand, arguments: Value) -> Vec<String> {
    let options = hand.call("entry.pick", arguments)["options"].as_array().expect("options").clone();
    options.iter().map(|option| text(&option["text"])).collect()
}

struct Shop {
    tablet: Tablet,
    setup: Hand,
    logi: Hand,
    campus: String,
    logi_id: String,
}

impl Shop {
    fn new() -> Self {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let campus = text(&setup.call("campus.save", json!({"name": "东校区", "kind": "school"}))["id"]);
        let logi_id = text(&setup.call("person.save", json!({"name": "李总务", "scope": campus}))["id"]);
        setup.call("person.grant", json!({"person": logi_id, "role": "logi", "campus": campus}));
        let logi = tablet.app(Some(&logi_id));
        Self { tablet, setup, logi, campus, logi_id }
    }

    fn supplier(&self, name: &str, status: &str) -> Value {
        let set = json!({
            "name": name, "address": "路 1 号", "contact": "王", "goods": "菜", "status": status,
        });
        self.logi.call("entry.save", json!({"kind": "supplier", "set": set}))["id"].clone()
    }

    fn licence(&self, supplier: &Value, no: &str) -> Value {
        let set = json!({
            "supplier": supplier, "sort": "合同", "no": no, "valid_from": "2026-01-01", "valid_to": "2027-01-01",
            "scan": [crate::support::photo('c')],
        });
        self.logi.call("entry.save", json!({"kind": "supplier_licence", "set": set}))["id"].clone()
    }
}

#[test]
fn what_is_stopped_or_void_is_no_longer_offered_and_never_refuses_the_row_that_names_it() {
    let shop = Shop::new();
    let (first, second) = (shop.supplier("甲菜行", "在用"), shop.supplier("乙菜行", "在用"));
    let licence = shop.licence(&first, "A1");
    assert_eq!(picked(&shop.logi, json!({"kind": "supplier"})).len(), 2);
    shop.logi.call("entry.save", json!({"kind": "supplier", "id": first, "set": {"status": "停用"}}));
    shop.logi.call("entry.void", json!({"id": second, "reason": "重复"}));
    assert!(picked(&shop.logi, json!({"kind": "supplier"})).is_empty());
    let row = shop.logi.call("entry.get", json!({"id": licence}));
    assert_eq!(
        (&row["refs"]["supplier"][0]["state"], &row["refs"]["supplier"][0]["text"]),
        (&json!("left"), &json!("甲菜行"))
    );
    let again = shop.licence(&second, "B1");
    assert_eq!(shop.logi.call("entry.get", json!({"id": again}))["refs"]["supplier"][0]["state"], "void");
}

#[test]
fn any_number_of_those_out_of_use_hides_none_that_is_in_use() {
    let shop = Shop::new();
    let area = |name: &str| text(&shop.setup.call("area.save", json!({"name": name, "scope": shop.campus}))["id"]);
    for number in 0..5 {
        let id = area(&format!("旧楼{number}"));
        shop.setup.call("record.save", json!({"id": id, "kind": "area", "set": {"active": false}}));
    }
    area("新楼");
    assert_eq!(picked(&shop.logi, json!({"kind": "area", "limit": 2})), ["新楼"]);
}

#[test]
fn a_reference_of_a_field_is_narrowed_down_to_what_says_the_same() {
    let shop = Shop::new();
    let (first, second) = (shop.supplier("甲菜行", "在用"), shop.supplier("乙菜行", "在用"));
    shop.licence(&first, "A1");
    shop.licence(&second, "B1");
    let of = |id: &Value| json!({"kind": "supplier_licence", "of": {"field": "supplier", "id": id}});
    assert_eq!(picked(&shop.logi, json!({"kind": "supplier_licence"})).len(), 2);
    let own = picked(&shop.logi, of(&first));
    assert!(own.len() == 1 && own[0].contains("甲菜行"), "{own:?}");
    // A field that the other register does not have means what its rows are about.
    let about = json!({"kind": "supplier_licence", "of": {"field": "partner", "id": second}});
    assert!(picked(&shop.logi, about)[0].contains("乙菜行"));
    let strange = json!({"kind": "area", "of": {"field": "a\") OR 1", "id": shop.logi_id}});
    assert_eq!(shop.logi.refusal("entry.pick", strange), ("bad-arguments".to_owned(), Some("of".to_owned())));
}

#[test]
fn nobody_narrows_down_by_what_they_do_not_see() {
    let shop = Shop::new();
    let set = json!({"person": shop.logi_id, "issued_on": "2026-01-01", "valid_to": "2027-01-01", "no": "A1", "issuer": "疾控"});
    let medic = text(&shop.setup.call("person.save", json!({"name": "周医", "scope": shop.campus}))["id"]);
    shop.setup.call("person.grant", json!({"person": medic, "role": "medic", "campus": shop.campus}));
    shop.logi.call("entry.save", json!({"kind": "health_certificate", "set": set}));
    let medic = shop.tablet.app(Some(&medic));
    let sealed = json!({"kind": "health_certificate", "of": {"field": "no", "id": shop.logi_id}});
    assert_eq!(medic.refusal("entry.pick", sealed).0, "bad-arguments");
    let open = json!({"kind": "health_certificate", "of": {"field": "person", "id": shop.logi_id}});
    assert_eq!(picked(&medic, open).len(), 1);
}
