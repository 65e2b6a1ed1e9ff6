//! Papers: whole or none, masked alike for everybody, with what is missing and what was corrected; and the files they go into.

use app::KnownDevice;
use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::{Value, json};

use crate::entries::{Gate, signature};
use crate::support::{Hand, text};

const DAY_MS: u64 = 86_400_000;

fn sheet(hand: &Hand, arguments: Value) -> Value {
    hand.call("sheet.get", arguments)
}

/// The cells of a column, by its key.
fn column(sheet: &Value, key: &str) -> Vec<Value> {
    let columns = sheet["columns"].as_array().expect("columns");
    let at = columns.iter().position(|column| column["key"] == key).unwrap_or_else(|| panic!("no column {key}"));
    sheet["rows"].as_array().expect("rows").iter().map(|row| row[at].clone()).collect()
}

fn codes(list: &Value) -> Vec<String> {
    list["sheets"].as_array().expect("sheets").iter().map(|sheet| text(&sheet["sheet"])).collect()
}

/// Waste that somebody took away on a day.
fn waste(gate: &Gate, day: &str, kg: &str) -> Value {
    let set = json!({
        "at": format!("{day} 09:30"), "kitchen": gate.post, "sort": "餐厨垃圾", "kg": kg, "company": "=绿源环保",
        "licensed": true, "collector": "老周", "phone": "13812345678",
    });
    let save = json!({"kind": "waste", "set": set, "late_reason": "补录"});
    gate.by(&gate.cook).call("entry.save", save)["id"].clone()
}

#[test]
fn a_paper_is_for_who_sees_all_its_rows_and_for_nobody_else() {
    let gate = Gate::new();
    gate.shift();
    let head = gate.by(&gate.head).call("sheet.list", json!({}));
    assert!(codes(&head).iter().any(|code| code == "duty_shift"), "{head}");
    let today = sheet(&gate.by(&gate.head), json!({"sheet": "duty_shift"}));
    assert_eq!(
        (&today["title"], &today["shape"], &today["from"], &today["to"], &today["foot"]),
        (&json!("值班"), &json!("day"), &json!("2026-09-01"), &json!("2026-09-01"), &json!("共 1 行"))
    );
    assert_eq!(column(&today, "person"), ["张强"]);
    let own = gate.by(&gate.zhang).call("sheet.list", json!({}));
    let shifts = own["sheets"].as_array().expect("sheets").iter().find(|sheet| sheet["sheet"] == "duty_shift");
    assert_eq!(shifts.expect("the paper")["since"], "2026-08-31");
    assert_eq!(sheet(&gate.by(&gate.zhang), json!({"sheet": "duty_shift"}))["rows"], today["rows"]);
    let month = json!({"sheet": "duty_shift", "from": "2026-08-01", "to": "2026-09-01"});
    let refused = gate.by(&gate.zhang).refusal("sheet.get", month.clone());
    assert_eq!(refused, ("not-allowed".to_owned(), Some("from".to_owned())));
    assert_eq!(sheet(&gate.by(&gate.head), month)["rows"], today["rows"]);
    let cook = gate.by(&gate.cook);
    assert!(!codes(&cook.call("sheet.list", json!({}))).contains(&"duty_shift".to_owned()));
    assert_eq!(
        cook.refusal("sheet.get", json!({"sheet": "duty_shift"})),
        ("not-found".to_owned(), Some("sheet".to_owned()))
    );
    assert_eq!(cook.refusal("sheet.get", json!({"sheet": "shoes"})).0, "not-found");
    assert_eq!(gate.tablet.shared().call("sheet.list", json!({}))["sheets"], json!([]), "nobody is named");
}

#[test]
fn what_is_masked_is_masked_for_everybody_and_a_paper_says_that_it_names_people() {
    let gate = Gate::new();
    waste(&gate, "2026-09-01", "35.5");
    for person in [&gate.head, &gate.cook] {
        let paper = sheet(&gate.by(person), json!({"sheet": "waste"}));
        assert_eq!(column(&paper, "phone"), ["***5678"], "{paper}");
        assert_eq!(column(&paper, "kg"), ["35.5"]);
        let kg = paper["columns"].as_array().expect("columns").iter().find(|column| column["key"] == "kg");
        assert_eq!(kg.map(|column| (&column["label"], &column["type"])), Some((&json!("数量(kg)"), &json!("number"))));
        assert!(paper["head"].to_string().contains("含个人信息"), "{}", paper["head"]);
    }
    let english = sheet(&gate.by(&gate.head), json!({"sheet": "waste", "language": "en"}));
    assert_eq!((&english["title"], &english["foot"]), (&json!("Waste"), &json!("Rows: 1")));
    assert_eq!(column(&english, "sort"), ["Kitchen waste"]);
    let as_reader = json!({"kind": "feedback", "set": {"channel": "家长", "subject": "伙食", "text": "菜有点咸", "from": "王小明"}});
    gate.by(&gate.head).call("entry.save", as_reader);
    let opinions = sheet(&gate.by(&gate.head), json!({"sheet": "feedback"}));
    assert_eq!(column(&opinions, "from"), ["王小明"], "its readers see it whole: {opinions}");
    assert_eq!(gate.by(&gate.cook).refusal("sheet.get", json!({"sheet": "feedback"})).0, "not-found");
}

#[test]
fn who_sees_the_rows_and_is_no_reader_of_their_paper_gets_none_rather_than_a_thinner_one() {
    let gate = Gate::new();
    let medic = text(&gate.setup.call("person.save", json!({"name": "孙医", "scope": gate.campus}))["id"]);
    gate.setup.call("person.grant", json!({"person": medic, "role": "medic", "campus": gate.campus}));
    let set = json!({
        "person": gate.cook, "no": "A1", "issued_on": "2026-08-01", "valid_to": "2027-07-31", "issuer": "疾控中心",
    });
    gate.by(&medic).call("entry.save", json!({"kind": "health_certificate", "set": set, "late_reason": "补"}));
    let seen = gate.by(&medic).call("entry.list", json!({"kind": "health_certificate"}));
    assert_eq!(seen["rows"].as_array().map(Vec::len), Some(1), "{seen}");
    assert!(!codes(&gate.by(&medic).call("sheet.list", json!({}))).contains(&"health_certificate".to_owned()));
    let year = json!({"sheet": "health_certificate", "from": "2026-01-01", "to": "2026-09-01"});
    assert_eq!(gate.by(&medic).refusal("sheet.get", year.clone()).0, "not-found");
    assert!(codes(&gate.by(&gate.head).call("sheet.list", json!({}))).contains(&"health_certificate".to_owned()));
    assert_eq!(column(&sheet(&gate.by(&gate.head), year), "no"), ["A1"]);
}

#[test]
fn a_corrected_cell_has_a_foot_note_and_a_void_row_is_left_out_and_counted() {
    let gate = Gate::new();
    let (kept, gone) = (waste(&gate, "2026-09-01", "35"), waste(&gate, "2026-09-01", "1"));
    gate.tablet.wait_ms(3_600_000);
    let cook = gate.by(&gate.cook);
    cook.call("entry.correct", json!({"id": kept, "field": "kg", "value": "53", "reason": "数字写反"}));
    cook.call("entry.void", json!({"id": gone, "reason": "重复"}));
    let paper = sheet(&gate.by(&gate.head), json!({"sheet": "waste"}));
    assert_eq!((column(&paper, "kg"), &paper["void"]), (vec![json!("53")], &json!(1)));
    assert_eq!(paper["foot"], "共 1 行，作废 1 行未列");
    let note = &paper["corrections"][0];
    assert_eq!(
        (&note["row"], &note["column"], &note["original"], &note["value"], &note["reason"], &note["by"]),
        (&json!(1), &json!("kg"), &json!("35 kg"), &json!("53"), &json!("数字写反"), &json!("赵厨"))
    );
}

#[test]
fn a_day_that_nobody_wrote_is_a_gap_once_it_is_over_and_no_day_before() {
    let gate = Gate::new();
    let class = json!({"name": "大一班", "kind": "class", "scope": gate.campus});
    let class = text(&gate.setup.call("area.save", class)["id"]);
    let teacher = text(&gate.setup.call("person.save", json!({"name": "周老师", "scope": gate.campus}))["id"]);
    gate.setup.call("person.grant", json!({"person": teacher, "role": "head", "campus": gate.campus}));
    let month = json!({"sheet": "class_attendance"});
    assert_eq!(sheet(&gate.by(&gate.head), month.clone())["gaps"], json!([]), "today is not over");
    // Tuesday to Monday: a weekend lies between.
    gate.tablet.wait_ms(6 * DAY_MS);
    let before = sheet(&gate.by(&gate.head), month.clone());
    let days: Vec<&str> =
        before["gaps"].as_array().expect("gaps").iter().map(|gap| gap["day"].as_str().expect("a day")).collect();
    assert_eq!(days, ["2026-09-01", "2026-09-02", "2026-09-03", "2026-09-04"], "{before}");
    assert_eq!((&before["gaps"][0]["what"], &before["gaps_until"]), (&json!("大一班"), &json!("2026-09-06")));
    let other = json!({"sheet": "class_attendance", "where": gate.post});
    assert_eq!(sheet(&gate.by(&gate.head), other)["gaps"], json!([]), "another place is asked about");
    let here = json!({"sheet": "class_attendance", "where": class});
    assert_eq!(sheet(&gate.by(&gate.head), here)["gaps"], before["gaps"]);
}

/// A shift of 张强 of eight hours, which has just ended.
fn ended_shift(gate: &Gate) -> String {
    let shift = text(&gate.shift()["id"]);
    let act = |act: &str| gate.by(&gate.zhang).call("entry.act", json!({"id": shift, "act": act}));
    act("begin");
    gate.tablet.wait_ms(8 * 3_600_000);
    act("end");
    shift
}

#[test]
fn a_handover_that_was_never_written_is_a_gap() {
    let gate = Gate::new();
    ended_shift(&gate);
    gate.tablet.wait_ms(2 * DAY_MS);
    let month = json!({"sheet": "shift_handover", "from": "2026-09-01", "to": "2026-09-30"});
    let missing = sheet(&gate.by(&gate.head), month);
    assert_eq!(
        (&missing["gaps"][0]["day"], &missing["gaps"][0]["what"]),
        (&json!("2026-09-01"), &json!("东门岗 夜班 张强"))
    );
    let shifts = json!({"sheet": "duty_shift", "from": "2026-09-01", "to": "2026-09-01"});
    let shifts = sheet(&gate.by(&gate.head), shifts);
    assert_eq!(column(&shifts, "started_at"), ["2026-09-01 10:30"]);
    assert_eq!(column(&shifts, "stage"), ["已离岗"]);
    assert_eq!(shifts["signatures"][0], json!({"key": "person", "label": "值班人", "names": ["张强"]}));
}

#[test]
fn a_handover_fills_its_gap_and_a_void_one_fills_none() {
    for is_void in [false, true] {
        let gate = Gate::new();
        let handover = gate.handover(&ended_shift(&gate));
        if is_void {
            gate.by(&gate.zhang).call("entry.void", json!({"id": handover["id"], "reason": "交错人"}));
        }
        gate.tablet.wait_ms(2 * DAY_MS);
        let month = json!({"sheet": "shift_handover", "from": "2026-09-01", "to": "2026-09-30"});
        let paper = sheet(&gate.by(&gate.head), month);
        assert_eq!(paper["gaps"].as_array().map(Vec::len), Some(usize::from(is_void)), "{paper}");
    }
}

#[test]
fn a_file_is_written_whole_under_a_name_that_says_who_and_when_and_reckons_with_nothing() {
    let gate = Gate::new();
    waste(&gate, "2026-09-01", "35.5");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().display().to_string();
    let head = gate.by(&gate.head);
    let arguments = |format: &str, path: &str| json!({"sheet": "waste", "as": format, "path": path});
    let written = head.call("sheet.file", arguments("xlsx", &path));
    assert_eq!(written["rows"], 1);
    let file = text(&written["path"]);
    assert!(file.ends_with("废弃物处置_2026-09-01_2026-09-30_含个人信息_王校长_20260901-1030.xlsx"), "{file}");
    let mut book: Xlsx<_> = open_workbook(&file).expect("a workbook");
    let range = book.worksheet_range("2026-09").expect("a sheet");
    let cells: Vec<&Data> = range.used_cells().map(|(.., cell)| cell).collect();
    assert!(cells.contains(&&Data::Float(35.5)) && cells.contains(&&Data::String("=绿源环保".to_owned())), "{cells:?}");
    assert!(book.worksheet_formula("2026-09").expect("formulas").used_cells().all(|(.., formula)| formula.is_empty()));
    let csv = head.call("sheet.file", arguments("csv", &format!("{path}/waste.csv")));
    let csv = std::fs::read_to_string(text(&csv["path"])).expect("a file");
    assert!(csv.starts_with("\u{feff}废弃物处置  校区 东校区"), "{csv}");
    assert!(
        csv.lines().next().is_some_and(|line| line.contains("王校长 2026-09-01 10:30") && line.contains("含个人信息"))
    );
    assert!(csv.contains("'=绿源环保") && csv.contains("***5678") && !csv.contains("13812345678"), "{csv}");
    let names: Vec<String> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 2, "nothing else is left: {names:?}");
    let nowhere = head.refusal("sheet.file", arguments("csv", &format!("{path}/no/where.csv")));
    assert_eq!(nowhere, ("bad-arguments".to_owned(), Some("path".to_owned())));
    assert_eq!(head.refusal("sheet.file", json!({"sheet": "waste", "as": "csv"})).1.as_deref(), Some("path"));
    assert_eq!(head.refusal("sheet.file", arguments("docx", &path)).0, "bad-arguments");
    let cook = gate.by(&gate.cook).refusal("sheet.file", arguments("csv", &path));
    assert_eq!(cook.0, "not-allowed", "who may read a paper may not always take it out");
    let served = gate.tablet.shared().refusal("sheet.file", arguments("csv", &path));
    assert_eq!(served.0, "support-only", "a door that serves people writes no files");
}

#[test]
fn a_door_gets_the_bytes_and_names_no_path() {
    let gate = Gate::new();
    let app = gate.by(&gate.head);
    let file = app.app().sheet_file(&json!({"sheet": "waste", "as": "csv"}).to_string()).expect("a file");
    assert_eq!((file.rows, file.mime), (0, "text/csv; charset=utf-8"));
    assert!(String::from_utf8(file.bytes).expect("text").contains("共 0 行"));
    let path = json!({"sheet": "waste", "as": "csv", "path": "/tmp/x.csv"}).to_string();
    assert_eq!(app.app().sheet_file(&path).expect_err("refused").field.as_deref(), Some("path"));
    let own = gate.by(&gate.cook).app().sheet_file(&json!({"sheet": "waste", "as": "csv"}).to_string());
    assert_eq!(own.expect_err("refused").code(), "not-allowed");
}

#[test]
fn findings_and_inspections_have_papers_of_their_own() {
    let gate = Gate::new();
    let head = gate.by(&gate.head);
    for (description, severity) in [("消防通道堆放纸箱", "L3"), ("门锁松动", "L1")] {
        head.call("finding.report", json!({
            "description": description, "severity": severity, "category": "fire", "area": gate.post, "scope": gate.campus,
        }));
    }
    let paper = sheet(&head, json!({"sheet": "findings"}));
    assert_eq!(column(&paper, "description"), ["消防通道堆放纸箱", "门锁松动"]);
    assert_eq!(
        (column(&paper, "area")[0].clone(), column(&paper, "found_by")[0].clone()),
        (json!("东门岗"), json!("王校长"))
    );
    assert_eq!(paper["landscape"], true);
    gate.tablet.wait_ms(35 * DAY_MS);
    let later = sheet(&head, json!({"sheet": "findings", "language": "en"}));
    assert_eq!(column(&later, "carried"), ["carried over", "carried over"], "what is open goes on into the next month");
    head.kitchen();
    let checks = sheet(&head, json!({"sheet": "inspections"}));
    assert_eq!((column(&checks, "by"), column(&checks, "subject")), (vec![json!("王校长")], vec![json!("中心食堂")]));
    assert_eq!(gate.by(&gate.zhang).refusal("sheet.get", json!({"sheet": "findings"})).0, "not-found");
}

#[test]
fn a_grid_has_a_row_for_each_thing_and_a_column_for_each_day() {
    let gate = Gate::new();
    let class = json!({"name": "大一班", "kind": "class", "scope": gate.campus});
    let class = text(&gate.setup.call("area.save", class)["id"]);
    gate.tablet.wait_ms(DAY_MS);
    let set = json!({"area": class, "object": "毛巾", "method": "煮沸", "qty": 30, "temp_c": "100"});
    gate.setup.call("entry.save", json!({"kind": "disinfection_log", "set": set}));
    let week = sheet(&gate.by(&gate.head), json!({"sheet": "disinfection_log/6b"}));
    assert_eq!(
        (&week["shape"], &week["from"], &week["to"]),
        (&json!("grid"), &json!("2026-08-31"), &json!("2026-09-06"))
    );
    assert_eq!(column(&week, "object"), ["毛巾", "口杯"], "{week}");
    assert_eq!(column(&week, "2026-09-02"), [json!("10:30"), Value::Null]);
    assert_eq!(column(&week, "2026-09-01"), ["——", "——"], "a day that nobody wrote says so");
    let year = json!({"sheet": "disinfection_log/6b", "from": "2026-01-01", "to": "2026-12-31"});
    assert_eq!(gate.by(&gate.head).refusal("sheet.get", year), ("bad-arguments".to_owned(), Some("to".to_owned())));
}

#[test]
fn days_that_do_not_exist_are_named_and_every_paper_opens_empty_in_both_languages() {
    let gate = Gate::new();
    for (arguments, field) in [
        (json!({"sheet": "waste", "from": "2026-02-30"}), "from"),
        (json!({"sheet": "waste", "from": "2026-09-02", "to": "2026-09-01"}), "to"),
        (json!({"sheet": "waste", "from": "2020-01-01", "to": "2026-09-01"}), "to"),
        (json!({"sheet": "inspections", "where": gate.post}), "where"),
    ] {
        let refused = gate.by(&gate.head).refusal("sheet.get", arguments);
        assert_eq!(refused, ("bad-arguments".to_owned(), Some(field.to_owned())));
    }
    let list = gate.setup.call("sheet.list", json!({}));
    // What lives in a compartment leaves by the office's door alone.
    let leaves = |code: &str| {
        let mut sheets = list["sheets"].as_array().expect("sheets").iter();
        sheets.any(|sheet| sheet["sheet"] == code && sheet["may_export"] == true)
    };
    for code in codes(&list) {
        for language in ["zh", "en"] {
            let paper = sheet(&gate.setup, json!({"sheet": code, "language": language}));
            let columns = paper["columns"].as_array().expect("columns");
            assert!(columns.len() > 1 && !paper["signatures"].as_array().expect("signers").is_empty(), "{paper}");
            for format in ["xlsx", "csv"].into_iter().filter(|_| leaves(&code)) {
                let arguments = json!({"sheet": code, "language": language, "as": format});
                assert!(!gate.setup.app().sheet_file(&arguments.to_string()).expect("a file").bytes.is_empty());
            }
        }
    }
}

#[test]
fn an_office_names_the_tablets_that_were_silent_for_more_than_a_day_and_a_tablet_names_none() {
    const HOUR_MS: u64 = 3_600_000;
    let gate = Gate::new();
    waste(&gate, "2026-09-01", "35");
    let now = gate.tablet.now();
    let device = |name: &str, hours: Option<u64>, scope: Option<&str>| KnownDevice {
        name: name.to_owned(),
        scopes: scope.map(|scope| vec![scope.parse().expect("a UUID")]),
        heard_at: hours.map(|hours| now - hours * HOUR_MS),
        sent_all_at: hours.map(|hours| now - hours * HOUR_MS),
    };
    let devices = vec![
        device("平板 1", Some(23), None),
        device("平板 2", Some(25), None),
        device("平板 3", Some(24 * 20), Some(&gate.campus)),
        device("西校区", Some(25), Some("0199a1f0-0000-7000-8000-00000000abcd")),
        device("新平板", None, None),
    ];
    let office = gate.tablet.office(Some(&gate.head));
    office.app().on_devices(move || Some(devices.clone()));
    let head =
        |hand: &Hand, language: &str| sheet(hand, json!({"sheet": "waste", "language": language}))["head"].clone();
    let silent = |label: &str, names: &str| json!({"label": label, "text": names});
    let has = |head: &Value, fact: Value| head.as_array().expect("a head").contains(&fact);
    let told = head(&office, "zh");
    assert!(has(&told, silent("一天以上未联系的平板", "平板 2、平板 3")), "{told}");
    let told = head(&office, "en");
    assert!(has(&told, silent("Not heard from for a day", "平板 2, 平板 3")), "{told}");
    let file = office.app().sheet_file(&json!({"sheet": "waste", "as": "csv"}).to_string()).expect("a file");
    assert!(String::from_utf8(file.bytes).expect("a text").contains("一天以上未联系的平板 平板 2、平板 3"));
    let told = head(&gate.by(&gate.head), "zh");
    assert!(!told.to_string().contains("未联系"), "{told}");
}

#[test]
fn a_row_that_is_corrected_after_a_signature_tells_the_corrected_time_and_when_it_was_written_down() {
    let gate = Gate::new();
    let day = json!({"sheet": "waste", "from": "2026-09-01", "to": "2026-09-01"});
    let head = gate.by(&gate.head);
    let mut sign = day.clone();
    sign["strokes"] = signature()["strokes"].clone();
    head.call("sheet.sign", sign);
    let row = waste(&gate, "2026-09-01", "35");
    let cook = gate.by(&gate.cook);
    cook.call("entry.correct", json!({"id": row, "field": "at", "value": "2026-09-01 08:15", "reason": "看错钟"}));
    let page = sheet(&head, day);
    assert_eq!(page["lines"][0]["after_signing"], json!(["2026-09-01 08:15", "2026-09-01 10:30"]), "{page}");
    assert_eq!(column(&page, "at"), ["2026-09-01 08:15"], "the cell says the same");
    assert!(text(&page["corrections"][0]["original"]).ends_with("09:30"), "{page}");
    let stored = gate.setup.call("record.get", json!({"id": row}))["value"].clone();
    let began = gate.tablet.now() - 60 * 60_000;
    assert_eq!((&stored["occurred_at"], &stored["recorded_at"]), (&json!(began), &json!(gate.tablet.now())));
}
