//! Importing master data and certificates: a plan first, then all of it or nothing, and seven days to take it back.

use serde_json::{Value, json};

use crate::entries::Gate;
use crate::handovers::Nursery;
use crate::support::{Hand, text};

/// The head of logistics at the office's screen.
pub(crate) fn office(gate: &Gate) -> Hand {
    let logi = text(&gate.setup.call("person.save", json!({"name": "孙主任", "scope": gate.campus}))["id"]);
    gate.setup.call("person.grant", json!({"person": logi, "role": "logi", "campus": gate.campus}));
    gate.tablet.office(Some(&logi))
}

/// A supplier as a file gives it, by its heads.
fn supplier(name: &str, goods: &str) -> Value {
    json!({"名称": name, "地址": "河边路 1 号", "联系人": "周涛", "电话": "13812345678", "供应品类": goods, "状态": "在用"})
}

fn plan(hand: &Hand, rows: &[Value]) -> Value {
    hand.call("entry.import", json!({"kind": "supplier", "rows": rows, "dry_run": true}))
}

fn carry_out(hand: &Hand, plan: &Value) -> Value {
    hand.call("entry.import", json!({"plan": plan["plan"]}))
}

fn counts(answer: &Value) -> [u64; 3] {
    ["new", "changed", "unchanged"].map(|name| answer[name].as_u64().expect("a count"))
}

/// The names of the suppliers that stand, with their goods.
fn suppliers(hand: &Hand) -> Vec<(String, String)> {
    let rows = hand.call("entry.list", json!({"kind": "supplier", "stage": "active"}))["rows"].clone();
    let of = |row: &Value| (text(&row["fields"]["name"]), text(&row["fields"]["goods"]));
    rows.as_array().expect("rows").iter().map(of).collect()
}

#[test]
fn a_dry_run_changes_nothing_and_its_plan_makes_the_rows() {
    let gate = Gate::new();
    let office = office(&gate);
    let planned = plan(&office, &[supplier("绿源", "蔬菜"), supplier("清泉", "饮用水")]);
    assert_eq!(counts(&planned), [2, 0, 0]);
    assert_eq!((&planned["refused"], &planned["lines"][0]["state"]), (&json!([]), &json!("new")));
    assert_eq!(suppliers(&office), []);
    let done = carry_out(&office, &planned);
    assert_eq!(counts(&done), [2, 0, 0]);
    let names: Vec<String> = suppliers(&office).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["清泉", "绿源"].map(str::to_owned));
    let again = json!({"plan": planned["plan"]});
    assert_eq!(office.refusal("entry.import", again), ("not-found".to_owned(), Some("plan".to_owned())), "it was used");
}

#[test]
fn the_same_rows_twice_are_the_same_records() {
    let gate = Gate::new();
    let office = office(&gate);
    let rows = [supplier("绿源", "蔬菜")];
    let [first, second] = [plan(&office, &rows), plan(&office, &rows)];
    carry_out(&office, &first);
    let refused = office.refused("entry.import", json!({"plan": second["plan"]}));
    assert_eq!(refused["code"], "bad-file", "the other one made them already: {refused}");
    let third = plan(&office, &rows);
    assert_eq!(counts(&third), [0, 0, 1]);
    carry_out(&office, &third);
    assert_eq!(suppliers(&office).len(), 1);
    // Another office that reads the same file makes the same id, so that the two become one record.
    let id = |gate: &Gate| gate.setup.call("record.list", json!({"kind": "supplier"}))["records"][0]["id"].clone();
    let other = Gate::new();
    let hand = self::office(&other);
    assert_eq!(other.campus, gate.campus, "the ids of tests come out the same");
    carry_out(&hand, &plan(&hand, &rows));
    assert_eq!(id(&gate), id(&other));
}

#[test]
fn a_row_is_found_again_however_its_name_is_written_and_shows_what_changes() {
    let gate = Gate::new();
    let office = office(&gate);
    carry_out(&office, &plan(&office, &[supplier("Green 绿源", "蔬菜")]));
    let mut row = json!({"名称": " ＧＲＥＥＮ   绿源 ", "供应品类": "蔬菜、水果", "备注": "", "地址": ""});
    let planned = plan(&office, std::slice::from_ref(&row));
    assert_eq!(counts(&planned), [0, 1, 0], "{planned}");
    let changes = &planned["lines"][0]["changes"];
    assert_eq!(
        changes,
        &json!([{"field": "goods", "label": "供应品类", "label_en": "Goods", "before": "蔬菜", "before_en": "蔬菜",
            "after": "蔬菜、水果", "after_en": "蔬菜、水果"}]),
        "a blank changes nothing"
    );
    carry_out(&office, &planned);
    assert_eq!(suppliers(&office), [("Green 绿源".to_owned(), "蔬菜、水果".to_owned())]);
    row["电话"] = json!("清空");
    let planned = plan(&office, &[row]);
    assert_eq!((counts(&planned), &planned["lines"][0]["changes"][0]["after"]), ([0, 1, 0], &Value::Null));
    carry_out(&office, &planned);
    let stored = gate.setup.call("record.list", json!({"kind": "supplier"}))["records"][0]["value"].clone();
    assert_eq!(stored["phone"], Value::Null);
}

#[test]
fn a_refused_line_refuses_all_until_it_is_unticked() {
    let gate = Gate::new();
    let office = office(&gate);
    let mut bad = supplier("清泉", "饮用水");
    bad["状态"] = json!("不知道");
    let planned = plan(&office, &[supplier("绿源", "蔬菜"), bad, supplier("绿 源", "肉"), supplier("绿源", "肉")]);
    let refused: Vec<_> =
        planned["refused"].as_array().expect("lines").iter().map(|line| (&line["row"], &line["field"])).collect();
    assert_eq!(refused, [(&json!(2), &json!("status")), (&json!(4), &Value::Null)], "{planned}");
    assert_eq!(planned["lines"][1]["problems"][0]["zh"], "「状态」请从选项中选择", "{planned}");
    let whole = office.refused("entry.import", json!({"plan": planned["plan"]}));
    assert_eq!((&whole["code"], &whole["rows"]), (&json!("bad-file"), &json!([2, 4])));
    assert_eq!(suppliers(&office), [], "nothing is half imported");
    let done = office.call("entry.import", json!({"plan": planned["plan"], "skip": [2, 4]}));
    assert_eq!(counts(&done), [2, 0, 0]);
}

#[test]
fn a_row_that_changed_since_the_file_was_read_refuses_the_plan() {
    let gate = Gate::new();
    let office = office(&gate);
    carry_out(&office, &plan(&office, &[supplier("绿源", "蔬菜")]));
    let planned = plan(&office, &[supplier("绿源", "肉"), supplier("清泉", "水")]);
    let id = planned["lines"][0]["id"].clone();
    office.call("entry.save", json!({"kind": "supplier", "id": id, "set": {"goods": "水果"}}));
    let refused = office.refused("entry.import", json!({"plan": planned["plan"]}));
    assert_eq!((&refused["code"], &refused["row"]), (&json!("bad-file"), &json!(1)), "{refused}");
    assert_eq!(suppliers(&office), [("绿源".to_owned(), "水果".to_owned())]);
}

#[test]
fn a_plan_is_its_maker_s_alone_and_is_kept_for_an_hour() {
    let gate = Gate::new();
    let office = office(&gate);
    let planned = plan(&office, &[supplier("绿源", "蔬菜")]);
    let buyer = text(&gate.setup.call("person.save", json!({"name": "钱采购", "scope": gate.campus}))["id"]);
    gate.setup.call("person.grant", json!({"person": buyer, "role": "buyer", "campus": gate.campus}));
    let gone = ("not-found".to_owned(), Some("plan".to_owned()));
    let arguments = json!({"plan": planned["plan"]});
    assert_eq!(gate.tablet.office(Some(&buyer)).refusal("entry.import", arguments.clone()), gone);
    gate.tablet.wait_ms(3_600_001);
    assert_eq!(office.refusal("entry.import", arguments), gone);
}

#[test]
fn an_import_is_taken_back_but_for_what_somebody_has_changed_since() {
    let gate = Gate::new();
    let office = office(&gate);
    carry_out(&office, &plan(&office, &[supplier("绿源", "蔬菜"), supplier("清泉", "水")]));
    gate.tablet.wait_ms(60_000);
    let planned = plan(&office, &[supplier("绿源", "肉"), supplier("清泉", "奶"), supplier("新来", "米")]);
    let done = carry_out(&office, &planned);
    assert_eq!(counts(&done), [1, 2, 0]);
    let touched = planned["lines"][1]["id"].clone();
    office.call("entry.save", json!({"kind": "supplier", "id": touched, "set": {"goods": "酸奶"}}));
    let listed = office.call("entry.imports", json!({}));
    assert_eq!((&listed["imports"][0]["import"], &listed["imports"][0]["made"]), (&done["import"], &json!(1)));
    let undone = office.call("entry.import_undo", json!({"import": done["import"]}));
    assert_eq!((&undone["voided"], &undone["restored"]), (&json!(1), &json!(1)), "{undone}");
    assert_eq!((&undone["kept"][0]["id"], &undone["kept"][0]["label"]), (&touched, &json!("供应品类")));
    let mut left = suppliers(&office);
    left.sort();
    let of = |name: &str, goods: &str| (name.to_owned(), goods.to_owned());
    assert_eq!(left, [of("清泉", "酸奶"), of("绿源", "蔬菜")]);
    let again = office.refusal("entry.import_undo", json!({"import": done["import"]}));
    assert_eq!(again, ("not-found".to_owned(), Some("import".to_owned())));
    let anew = plan(&office, &[supplier("绿源", "肉"), supplier("清泉", "奶"), supplier("新来", "米")]);
    assert_eq!(counts(&anew), [1, 2, 0]);
    carry_out(&office, &anew);
    assert!(suppliers(&office).contains(&of("新来", "米")), "what was taken back can be imported again");
}

#[test]
fn an_import_is_taken_back_by_an_office_that_was_started_anew() {
    let gate = Gate::new();
    let first = office(&gate);
    let done = carry_out(&first, &plan(&first, &[supplier("绿源", "蔬菜")]));
    let logi = text(&first.call("person.current", json!({}))["by"]["id"]);
    drop(first);
    let anew = gate.tablet.office(Some(&logi));
    assert_eq!(anew.call("entry.imports", json!({}))["imports"][0]["until"], done["undo_until"], "it says until when");
    anew.call("entry.import_undo", json!({"import": done["import"]}));
    assert!(suppliers(&anew).is_empty());
}

#[test]
fn after_seven_days_an_import_stays() {
    let gate = Gate::new();
    let office = office(&gate);
    let done = carry_out(&office, &plan(&office, &[supplier("绿源", "蔬菜")]));
    gate.tablet.wait_ms(7 * 86_400_000 + 1);
    assert_eq!(office.call("entry.imports", json!({}))["imports"], json!([]));
    assert_eq!(office.refusal("entry.import_undo", json!({"import": done["import"]})).0, "not-found");
}

#[test]
fn only_the_office_imports_and_only_what_is_no_evidence() {
    let gate = Gate::new();
    let rows = json!({"kind": "supplier", "rows": [supplier("绿源", "蔬菜")], "dry_run": true});
    let shared = gate.tablet.shared();
    shared.call("person.switch", json!({"person": gate.head}));
    assert_eq!(shared.refusal("entry.import", rows.clone()).0, "in-office");
    assert_eq!(gate.tablet.office(Some(&gate.zhang)).refusal("entry.import", rows.clone()).0, "not-found");
    assert_eq!(gate.setup.refusal("entry.import", rows).0, "person-needed");
    let office = office(&gate);
    let evidence = json!({"kind": "disinfection_log", "rows": [{"对象": "餐具", "温度": "100"}], "dry_run": true});
    assert_eq!(office.refusal("entry.import", evidence), ("not-allowed".to_owned(), Some("kind".to_owned())));
    let unknown = json!({"kind": "supplier", "rows": [{"名称": "绿源", "开户行": "工行"}], "dry_run": true});
    assert_eq!(office.refusal("entry.import", unknown).0, "bad-file");
}

#[test]
fn a_certificate_that_is_there_is_not_changed_by_a_file() {
    let gate = Gate::new();
    let office = office(&gate);
    let row = |issuer: &str| json!({"人员": "赵厨", "证号": "11010519491231002X", "发证日期": "2026-08-01", "有效期至": "2027-07-31", "发证机构": issuer});
    let import =
        |row: Value| office.call("entry.import", json!({"kind": "health_certificate", "rows": [row], "dry_run": true}));
    let planned = import(row("疾控中心"));
    assert_eq!(counts(&planned), [1, 0, 0], "{planned}");
    carry_out(&office, &planned);
    let stored = gate.setup.call("record.list", json!({"kind": "health_certificate"}))["records"][0]["value"].clone();
    assert_eq!(
        (&stored["no"], &stored["person"]),
        (&json!("002X"), &json!(gate.cook)),
        "of an identity number four digits stay"
    );
    assert_eq!(counts(&import(row("疾控中心"))), [0, 0, 1]);
    gate.tablet.wait_ms(2 * 3_600_000);
    let changed = import(row("人民医院"));
    assert_eq!((counts(&changed), changed["refused"].as_array().map(Vec::len)), ([0, 0, 0], Some(1)), "{changed}");
}

#[test]
fn a_list_of_who_may_fetch_names_children_as_the_school_does_and_asks_which_of_two_of_one_name() {
    let nursery = Nursery::new();
    let office = nursery.tablet.office(Some(&nursery.head));
    let child = |name: &str, number: &str, class: &str| {
        let set = json!({
            "class": class, "number": number, "consent": "已同意", "name_enc": name, "agreed_by": "父亲", "agreed_on": "2026-08-28",
        });
        text(&office.call("entry.save", json!({"kind": "child", "set": set}))["id"])
    };
    let twins = [child("张伟", "0301", &nursery.class), child("张伟", "0302", &nursery.class)];
    let line = |child: &str, adult: &str| json!({"幼儿": child, "接送人": adult, "关系": "父亲", "已满18周岁": true, "电话": "13900001111", "起": "2026-09-01"});
    let rows = [line("王小明", "王强"), line("张伟", "张大"), line("0302", "张大"), line("没有的人", "某某")];
    let planned = office.call("entry.import", json!({"kind": "pickup_authorisation", "rows": rows, "dry_run": true}));
    let problems: Vec<(u64, String)> = planned["refused"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| (line["row"].as_u64().expect("a line"), text(&line["problem"])))
        .collect();
    let expected = [(2, "「幼儿」有重名，不知道是哪一个".to_owned()), (4, "「幼儿」没有找到这个名字".to_owned())];
    assert_eq!(problems, expected, "{planned}");
    office.call("entry.import", json!({"plan": planned["plan"], "skip": [2, 4]}));
    let day = nursery.by(&nursery.teacher).call("handover.day", json!({}));
    let adults = |id: &str| {
        let all = day["children"].as_array().expect("children");
        let own = all.iter().find(|child| child["id"] == id).expect("the child");
        own["adults"].as_array().expect("adults").iter().map(|adult| text(&adult["name"])).collect::<Vec<_>>()
    };
    assert!(adults(&nursery.ming).contains(&"王强".to_owned()));
    assert_eq!((adults(&twins[0]), adults(&twins[1])), (vec![], vec!["张大".to_owned()]), "the number says which");
}
