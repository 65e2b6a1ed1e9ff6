//! What leaves the program: masked unless there is a purpose, and written down each time.

use serde_json::{Value, json};

use crate::entries::Gate;
use crate::support::Hand;

fn waste(gate: &Gate) {
    let set = json!({
        "at": "2026-09-01 09:30", "kitchen": gate.post, "sort": "餐厨垃圾", "kg": "0", "company": "绿源环保",
        "licensed": true, "collector": "老周", "phone": "13812345678",
    });
    gate.by(&gate.cook).call("entry.save", json!({"kind": "waste", "set": set}));
}

/// What was taken out, as the head reads it, the newest first.
fn taken_out(gate: &Gate) -> Vec<Value> {
    let rows = gate.by(&gate.head).call("entry.list", json!({"kind": "disclosure"}))["rows"].clone();
    let whole = |row: &Value| gate.get(&gate.head, &row["id"])["fields"].clone();
    rows.as_array().expect("rows").iter().map(whole).collect()
}

fn file(hand: &Hand, more: Value) -> Result<String, &'static str> {
    let mut arguments = json!({"sheet": "waste", "as": "csv", "from": "2026-09-01", "to": "2026-09-01"});
    arguments.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    let file = hand.app().sheet_file(&arguments.to_string()).map_err(|error| error.code())?;
    assert!(file.name.contains("含个人信息") && file.name.contains("王校长"), "{}", file.name);
    Ok(String::from_utf8(file.bytes).expect("text"))
}

#[test]
fn a_file_masks_what_not_everybody_sees_unless_there_is_a_purpose() {
    let gate = Gate::new();
    waste(&gate);
    let head = gate.by(&gate.head);
    let masked = file(&head, json!({})).expect("a file");
    assert!(masked.contains("***5678") && !masked.contains("13812345678"), "{masked}");
    assert!(
        masked.lines().next().is_some_and(|line| line.contains("含个人信息") && line.contains("王校长")),
        "{masked}"
    );
    assert_eq!(file(&head, json!({"full": true})), Err("bad-arguments"));
    assert_eq!(file(&head, json!({"full": true, "purpose": "  "})), Err("bad-arguments"));
    let whole = file(&head, json!({"full": true, "purpose": "环保局检查"})).expect("a file");
    assert!(whole.contains("13812345678"), "{whole}");
}

#[test]
fn each_file_and_each_print_that_was_asked_for_is_written_down_and_a_refused_one_is_not() {
    let gate = Gate::new();
    waste(&gate);
    let head = gate.by(&gate.head);
    file(&head, json!({})).expect("a file");
    gate.tablet.wait_ms(60_000);
    file(&head, json!({"full": true, "purpose": "环保局检查"})).expect("a file");
    gate.tablet.wait_ms(60_000);
    let days = json!({"sheet": "waste", "from": "2026-09-01", "to": "2026-09-01"});
    gate.by(&gate.cook).call("sheet.printed", days);
    assert_eq!(
        gate.by(&gate.cook).app().sheet_file(r#"{"sheet":"waste","as":"csv"}"#).map_err(|error| error.code()),
        Err("not-allowed")
    );
    let rows = taken_out(&gate);
    let said: Vec<_> = rows.iter().map(|row| (&row["how"], &row["full"], &row["by"])).collect();
    let (head, cook) = (json!(gate.head), json!(gate.cook));
    assert_eq!(
        said,
        [
            (&json!("打印（可能取消）"), &json!(false), &cook),
            (&json!("导出"), &json!(true), &head),
            (&json!("导出"), &json!(false), &head)
        ]
    );
    let full = &rows[1];
    assert_eq!(
        (&full["title"], &full["period"], &full["rows"], &full["purpose"]),
        (&json!("废弃物处置"), &json!("2026-09-01 ~ 2026-09-01"), &json!(1), &json!("环保局检查"))
    );
}

#[test]
fn what_was_taken_out_is_read_by_head_and_administrator_alone_and_typed_by_nobody() {
    let gate = Gate::new();
    waste(&gate);
    file(&gate.by(&gate.head), json!({})).expect("a file");
    let admin =
        crate::support::text(&gate.setup.call("person.save", json!({"name": "吴管理", "scope": gate.campus}))["id"]);
    gate.setup.call("person.grant", json!({"person": admin, "role": "admin", "campus": gate.campus}));
    let rows = gate.by(&admin).call("entry.list", json!({"kind": "disclosure"}))["rows"].clone();
    assert_eq!(rows.as_array().map(Vec::len), Some(1));
    assert_eq!(gate.by(&gate.cook).refusal("entry.list", json!({"kind": "disclosure"})).0, "not-found");
    let typed = json!({"kind": "disclosure", "set": {"title": "没有这回事"}});
    assert_eq!(gate.by(&gate.head).refusal("entry.save", typed).0, "not-allowed");
}

#[test]
fn a_list_that_a_printer_was_asked_for_is_written_down_with_what_stood_on_the_page() {
    let gate = Gate::new();
    waste(&gate);
    let cook = gate.by(&gate.cook);
    cook.call("sheet.list_printed", json!({"kind": "waste", "rows": 1, "from": "2026-09-01", "to": "2026-09-30"}));
    gate.tablet.wait_ms(60_000);
    cook.call("sheet.list_printed", json!({"kind": "waste", "rows": 1}));
    let rows = taken_out(&gate);
    let said: Vec<_> = rows.iter().map(|row| (&row["title"], &row["how"], &row["period"], &row["rows"])).collect();
    let (title, how) = (json!("废弃物处置（列表）"), json!("打印（可能取消）"));
    assert_eq!(
        said,
        [(&title, &how, &json!("全部"), &json!(1)), (&title, &how, &json!("2026-09-01 ~ 2026-09-30"), &json!(1)),]
    );
    let unseen = gate.by(&gate.zhang).refusal("sheet.list_printed", json!({"kind": "waste", "rows": 1}));
    assert_eq!(unseen, ("not-found".to_owned(), Some("kind".to_owned())), "a list that is not seen is not there");
    for (wrong, field) in [
        (json!({"kind": "waste", "rows": 1, "from": "2026-02-30"}), "from"),
        (json!({"kind": "waste", "rows": 4_000_000_000_u32}), "rows"),
    ] {
        let refused = gate.by(&gate.cook).refusal("sheet.list_printed", wrong);
        assert_eq!(refused, ("bad-arguments".to_owned(), Some(field.to_owned())));
    }
    assert_eq!(taken_out(&gate).len(), 2, "what was refused left no trace");
}

#[test]
fn a_day_sheet_is_told_in_a_chat_without_what_is_hidden_and_that_is_written_down() {
    let gate = Gate::new();
    gate.shift();
    let day = json!({"sheet": "duty_shift", "from": "2026-09-01", "to": "2026-09-01"});
    let told = gate.by(&gate.head).call("sheet.text", day.clone());
    let text = told["text"].as_str().expect("a text");
    assert!(text.starts_with("【值班】\n东校区 2026-09-01\n1. "), "{text}");
    assert!(text.contains("岗位：东门岗") && text.contains("值班人：张强") && text.contains("共 1 行"), "{text}");
    assert_eq!((&told["rows"], &taken_out(&gate)[0]["how"]), (&json!(1), &json!("文字")));
    let english = json!({"sheet": "duty_shift", "from": "2026-09-01", "to": "2026-09-01", "language": "en"});
    assert!(gate.by(&gate.head).call("sheet.text", english)["text"].as_str().expect("a text").contains("Rows: 1"));
    // A guard reads the page of today, and takes nothing along.
    assert_eq!(gate.by(&gate.zhang).refusal("sheet.text", day).0, "not-allowed");
    // A ledger is no day sheet, and a compartment is told in no chat.
    assert_eq!(gate.by(&gate.head).refusal("sheet.text", json!({"sheet": "waste"})).0, "not-allowed");
    let list = gate.by(&gate.head).call("sheet.list", json!({}))["sheets"].clone();
    let tells = |code: &str| {
        let mut sheets = list.as_array().expect("sheets").iter();
        sheets.find(|sheet| sheet["sheet"] == code).map(|sheet| sheet["may_tell"].clone())
    };
    assert_eq!((tells("duty_shift"), tells("waste")), (Some(json!(true)), Some(json!(false))));
}

#[test]
fn a_form_that_a_printer_was_asked_for_is_written_down_for_who_sees_it_and_not_for_others() {
    let gate = Gate::new();
    let head = gate.by(&gate.head);
    let form = head.call("inspection.start", json!({"template": "T01@1", "subject": gate.post}));
    let printed = head.call("inspection.printed", json!({"id": form["id"]}));
    let rows = taken_out(&gate);
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (&rows[0]["how"], &rows[0]["sheet"], &rows[0]["title"], &rows[0]["period"], &rows[0]["by"]),
        (&json!("打印（可能取消）"), &json!("inspection"), &printed["title"], &json!("2026-09-01"), &json!(gate.head))
    );
    assert!(printed["title"].as_str().is_some_and(|title| title.contains("东门岗")), "{printed}");
    assert_eq!(gate.by(&gate.zhang).refusal("inspection.printed", json!({"id": form["id"]})).0, "not-found");
    assert_eq!(taken_out(&gate).len(), 1);
}
