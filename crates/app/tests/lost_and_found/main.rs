//! A register that is one file and nothing else: written, listed, done with, corrected, masked, printed and taken out.
//!
//! Programs know it by no other name than that of its file, so what holds here holds for every file that is written by
//! `docs/registers.md`.

#[path = "../all/support.rs"]
#[expect(dead_code, reason = "the other tests need more of it")]
mod support;

use std::io::Cursor;
use std::sync::Once;

use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};

use support::{Hand, START_MS, Tablet, photo, text};

/// The whole of the register.
const FILES: &[(&str, &str)] = &[("lost_and_found.txt", include_str!("../../../domain/tests/all/lost_and_found.txt"))];
const KIND: &str = "lost_and_found";
const DAY_MS: u64 = 86_400_000;

static HANDED_IN: Once = Once::new();

/// A school that has the register, with a guard who found something.
struct School {
    tablet: Tablet,
    campus: String,
    area: String,
    people: Vec<(&'static str, String)>,
}

impl School {
    fn new() -> Self {
        HANDED_IN.call_once(|| assert_eq!(domain::register::hand_in(FILES), Ok(true)));
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let campus = text(&setup.call("campus.save", json!({"name": "东校区", "kind": "school"}))["id"]);
        let area = text(&setup.call("area.save", json!({"name": "操场", "scope": campus}))["id"]);
        let person = |(name, role): (&str, &'static str)| {
            let id = text(&setup.call("person.save", json!({"name": name, "scope": campus}))["id"]);
            setup.call("person.grant", json!({"person": id, "role": role, "campus": campus}));
            (role, id)
        };
        let people =
            [("张强", "guard"), ("王校长", "head"), ("陈老师", "teacher"), ("赵厨", "cook"), ("孙管理", "admin")];
        let people = people.into_iter().map(person).collect();
        Self { tablet, campus, area, people }
    }

    fn by(&self, role: &str) -> Hand {
        let known = self.people.iter().find(|(own, _)| *own == role).expect("the role");
        self.tablet.app(Some(&known.1))
    }

    /// The guard writes a red cup down.
    fn cup(&self) -> String {
        let set = json!({
            "what": "红色水杯", "area": self.area, "finder": "王小明", "phone": "138 0000 1234", "picture": [photo('a')],
        });
        text(&self.by("guard").call("entry.save", json!({"kind": KIND, "set": set}))["id"])
    }

    fn get(&self, role: &str, id: &str) -> Value {
        self.by(role).call("entry.get", json!({"id": id}))
    }

    fn paper(&self) -> Value {
        json!({"sheet": KIND, "from": "2026-09-01", "to": "2026-09-30"})
    }
}

fn ids(rows: &Value) -> Vec<String> {
    rows.as_array().expect("rows").iter().map(|row| text(&row["id"])).collect()
}

/// The cell of the first row of a paper.
fn cell(sheet: &Value, key: &str) -> Value {
    let columns = sheet["columns"].as_array().expect("columns");
    let at = columns.iter().position(|column| column["key"] == key).unwrap_or_else(|| panic!("no column {key}"));
    sheet["rows"][0][at].clone()
}

#[test]
fn a_register_of_one_file_stands_in_the_menu_and_its_form_asks_what_the_file_declares() {
    let school = School::new();
    let kinds = school.by("guard").call("entry.kinds", json!({}))["kinds"].clone();
    let kind = kinds.as_array().expect("kinds").iter().find(|kind| kind["kind"] == KIND).expect("the register").clone();
    assert_eq!((&kind["name"], &kind["name_en"]), (&json!("失物招领"), &json!("Lost and found")));
    assert_eq!((&kind["may_write"], &kind["edit_m"], &kind["late_m"]), (&json!(true), &json!(10), &json!(1440)));
    let fields = kind["fields"].as_array().expect("fields");
    let names: Vec<&Value> = fields.iter().map(|field| &field["name"]).collect();
    for name in ["found_at", "what", "area", "finder", "phone", "picture"] {
        assert!(names.contains(&&json!(name)), "{name} {names:?}");
    }
    for (set, field, rule) in [
        (json!({"area": school.area}), "what", "missing"),
        (json!({"what": "帽子", "area": "操场"}), "area", "reference"),
        (json!({"what": "帽子", "area": school.area, "phone": "一二三"}), "phone", "shape"),
    ] {
        let problem = school.by("guard").refused("entry.save", json!({"kind": KIND, "set": set}));
        assert_eq!((&problem["field"], &problem["rule"]), (&json!(field), &json!(rule)), "{problem}");
    }
    assert!(school.by("admin").tries("entry.save", json!({"kind": KIND, "set": {}})).is_err(), "admin writes none");
}

#[test]
fn a_row_of_it_is_listed_found_due_given_back_once_and_corrected() {
    let school = School::new();
    let id = school.cup();
    let guard = school.by("guard");
    let row = school.get("guard", &id);
    assert_eq!((&row["stage"], &row["open"], &row["day"]), (&json!("kept"), &json!(true), &json!("2026-09-01")));
    assert_eq!((&row["fields"]["found_at"], &row["due"]), (&json!(START_MS), &json!(START_MS + 30 * DAY_MS)));
    assert_eq!(row["words"]["area"]["zh"], "操场");
    let listed = guard.call("entry.list", json!({"kind": KIND, "stage": "kept"}));
    assert_eq!(ids(&listed["rows"]), [id.as_str()]);
    assert_eq!(ids(&guard.call("search.find", json!({"query": "红色水杯"}))["hits"]), [id.as_str()]);
    school.tablet.wait_ms(30 * DAY_MS);
    let waiting = guard.call("today.get", json!({}))["rows"].clone();
    assert_eq!(ids(&waiting), [id.as_str()], "after thirty days it waits for somebody");
    let give = |owner: &str| json!({"id": id, "act": "return", "set": {"owner": owner}});
    assert_eq!(guard.refused("entry.act", json!({"id": id, "act": "return"}))["field"], "owner");
    guard.call("entry.act", give("李四"));
    let row = school.get("guard", &id);
    assert_eq!((&row["stage"], &row["open"]), (&json!("returned"), &json!(false)));
    assert_eq!((&row["fields"]["owner"], &row["due"]), (&json!("李四"), &Value::Null));
    assert_eq!(row["fields"]["returned_at"], json!(START_MS + 30 * DAY_MS));
    assert!(guard.call("today.get", json!({}))["rows"].as_array().is_some_and(Vec::is_empty));
    let second = school.by("teacher").call("entry.act", give("王五"));
    assert_eq!(second["not_counted"], "already", "{second}");
    assert_eq!(school.get("guard", &id)["fields"]["owner"], "李四", "the first counts");
    let correct = json!({"id": id, "field": "what", "value": "蓝色水杯", "reason": "看错颜色"});
    assert_eq!(school.by("cook").refusal("entry.correct", correct.clone()).0, "not-allowed", "it is not theirs");
    guard.call("entry.correct", correct);
    assert_eq!(school.get("guard", &id)["fields"]["what"], "蓝色水杯");
}

#[test]
fn what_its_file_masks_is_masked_at_every_door_and_who_may_not_read_it_finds_nothing() {
    let school = School::new();
    let id = school.cup();
    let told = |role: &str| {
        let hand = school.by(role);
        let doors = [
            ("entry.get", json!({"id": id})),
            ("entry.list", json!({"kind": KIND})),
            ("search.find", json!({"query": "红色水杯"})),
            ("search.find", json!({"query": "王小明"})),
            ("today.get", json!({"everybody": true})),
            ("conflict.list", json!({})),
            ("sheet.get", school.paper()),
        ];
        let answer = |(name, arguments): (&str, Value)| hand.app().dispatch(name, &arguments.to_string());
        doors.into_iter().map(|door| answer(door).unwrap_or_default()).collect::<String>()
    };
    // Who sees the row, the finder's name, and the telephone.
    for (role, sees) in [
        ("guard", [true, false, false]),
        ("cook", [true, false, false]),
        ("teacher", [true, true, false]),
        ("head", [true, true, true]),
        ("admin", [false, false, false]),
    ] {
        let told = told(role);
        let has = ["红色水杯", "王小明", "13800001234"].map(|word| told.contains(word));
        assert_eq!(has, sees, "{role} {told}");
    }
    let row = school.get("guard", &id);
    assert_eq!(row["fields"]["finder"], json!({"masked": "surname", "shown": "王**"}));
    assert_eq!(row["fields"]["phone"], json!({"masked": "last4", "shown": "***1234"}));
    assert_eq!(school.by("admin").refusal("entry.get", json!({"id": id})).0, "not-found");
    assert_eq!(school.by("admin").call("search.find", json!({"query": "红色水杯"}))["hits"], json!([]));
}

#[test]
fn it_is_printed_signed_and_taken_out_with_its_masks_and_that_is_written_down() {
    let school = School::new();
    let id = school.cup();
    let head = school.by("head");
    school.by("guard").call("entry.act", json!({"id": id, "act": "return", "set": {"owner": "李四"}}));
    let list = head.call("sheet.list", json!({}))["sheets"].clone();
    assert!(list.as_array().expect("sheets").iter().any(|sheet| sheet["sheet"] == KIND), "{list}");
    let sheet = head.call("sheet.get", school.paper());
    assert_eq!(
        (&sheet["title"], &sheet["shape"], &sheet["foot"]),
        (&json!("失物招领"), &json!("ledger"), &json!("共 1 行"))
    );
    let cells = ["what", "area", "finder", "phone", "picture"].map(|key| cell(&sheet, key));
    assert_eq!(cells, [json!("红色水杯"), json!("操场"), json!("王**"), json!("***1234"), json!("1")]);
    let english = json!({"sheet": KIND, "from": "2026-09-01", "to": "2026-09-30", "language": "en"});
    assert_eq!(head.call("sheet.get", english)["title"], "Lost and found");
    let mut sign = school.paper();
    sign["strokes"] = json!([[[100, 100], [400, 300], [700, 200], [900, 500]]]);
    let code = head.call("sheet.sign", sign)["code"].clone();
    assert_eq!(head.call("paper.check", json!({"code": code}))["state"], "same");
    let file = |format: &str| {
        let mut wanted = school.paper();
        wanted["as"] = json!(format);
        head.app().sheet_file(&wanted.to_string()).expect("a file").bytes
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file("xlsx"))).expect("a workbook");
    let range = book.worksheet_range("2026-09").expect("the sheet of the month");
    let cells: Vec<String> = range.used_cells().map(|(.., cell)| cell.to_string()).collect();
    assert!(cells.contains(&"红色水杯".to_owned()) && cells.contains(&"***1234".to_owned()), "{cells:?}");
    assert!(range.used_cells().any(|(.., cell)| *cell == Data::Float(1.0)), "the number of photos is a number");
    let csv = String::from_utf8(file("csv")).expect("a text");
    assert!(csv.contains("王**") && !csv.contains("王小明") && !csv.contains("13800001234"), "{csv}");
    let refused = school.by("guard").app().sheet_file(&json!({"sheet": KIND, "as": "csv"}).to_string());
    assert_eq!(refused.expect_err("a guard takes none out").code(), "not-allowed");
    let written = head.call("entry.list", json!({"kind": "disclosure"}))["rows"].clone();
    let titles: Vec<&Value> = written.as_array().expect("rows").iter().map(|row| &row["fields"]["title"]).collect();
    assert_eq!(titles, [&json!("失物招领"); 2]);
    assert_eq!(school.campus.len(), 36);
}
