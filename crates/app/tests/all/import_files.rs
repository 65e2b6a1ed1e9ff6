//! Files that are imported: cells by their types, and everything that is refused with its cell and in words.

use std::io::Write;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use serde_json::{Value, json};

use crate::entries::Gate;
use crate::imports::office;
use crate::support::Hand;

const HEADS: [&str; 6] = ["名称", "地址", "联系人", "电话", "供应品类", "状态"];

fn supplier(sheet: &mut Worksheet) {
    for (at, head) in HEADS.iter().enumerate() {
        sheet.write_string(0, at as u16, *head).expect("a cell");
    }
    for (at, text) in ["绿源", "河边路 1 号", "周涛", "13812345678", "蔬菜", "在用"].iter().enumerate() {
        sheet.write_string(1, at as u16, *text).expect("a cell");
    }
}

/// A workbook of one supplier, and what is changed about it.
fn book(change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    supplier(sheet);
    change(sheet);
    book.save_to_buffer().expect("a workbook")
}

fn read(hand: &Hand, kind: &str, bytes: &[u8]) -> Result<Value, Value> {
    match hand.app().import_file(None, kind, bytes) {
        Ok(answer) => Ok(serde_json::from_str(&answer).expect("JSON")),
        Err(error) => Err(serde_json::to_value(error.problem()).expect("JSON")),
    }
}

/// The cell and the words of a refused file.
#[track_caller]
fn refused(hand: &Hand, bytes: &[u8]) -> (Value, String) {
    match read(hand, "supplier", bytes) {
        Ok(plan) => panic!("it was read: {plan}"),
        Err(problem) => (problem["cell"].clone(), problem["zh"].as_str().expect("words").to_owned()),
    }
}

#[test]
fn a_workbook_is_read_by_its_heads_and_the_same_file_makes_the_same_rows() {
    let gate = Gate::new();
    let office = office(&gate);
    let file = book(|_| {});
    let plan = read(&office, "supplier", &file).expect("a plan");
    assert_eq!(
        (&plan["new"], &plan["lines"][0]["row"], &plan["lines"][0]["title"]),
        (&json!(1), &json!(2), &json!("绿源"))
    );
    office.call("entry.import", json!({"plan": plan["plan"]}));
    assert_eq!(read(&office, "supplier", &file).expect("a plan")["unchanged"], 1);
}

#[test]
fn a_paper_that_was_taken_out_comes_back_and_changes_nothing() {
    let gate = Gate::new();
    let office = office(&gate);
    let plan = read(&office, "supplier", &book(|_| {})).expect("a plan");
    office.call("entry.import", json!({"plan": plan["plan"]}));
    for format in ["xlsx", "csv"] {
        let file = office.app().sheet_file(&json!({"sheet": "supplier", "as": format}).to_string()).expect("a file");
        let plan = read(&office, "supplier", &file.bytes).unwrap_or_else(|problem| panic!("{format}: {problem}"));
        assert_eq!(
            (&plan["unchanged"], &plan["new"], &plan["changed"]),
            (&json!(1), &json!(0), &json!(0)),
            "{format}: {plan}"
        );
    }
}

#[test]
fn what_a_formula_worked_out_is_refused_with_its_cell() {
    let gate = Gate::new();
    let file = book(|sheet| {
        sheet.write_formula(1, 4, Formula::new("=\"蔬\"&\"菜\"").set_result("蔬菜")).expect("a cell");
    });
    let (cell, words) = refused(&office(&gate), &file);
    assert_eq!((cell, words.as_str()), (json!("E2"), "E2: 单元格里是公式，请粘贴为数值"));
}

#[test]
fn merged_cells_double_unknown_and_missing_heads_are_refused() {
    let gate = Gate::new();
    let office = office(&gate);
    let merged = book(|sheet| {
        sheet.merge_range(2, 0, 2, 3, "合计", &Format::new()).expect("a range");
    });
    assert_eq!(refused(&office, &merged).0, "A3:D3");
    let double = book(|sheet| {
        sheet.write_string(0, 6, "联系人").expect("a cell");
    });
    assert_eq!(refused(&office, &double).0, "G1");
    let unknown = book(|sheet| {
        sheet.write_string(0, 6, "开户行").expect("a cell");
    });
    assert_eq!(refused(&office, &unknown), (json!("G1"), "G1: 没有「开户行」这一项".to_owned()));
    let missing = book(|sheet| {
        sheet.write_string(0, 0, "厂家").expect("a cell");
    });
    assert_eq!(refused(&office, &missing).1, "没有找到表头；至少要有：名称");
    let mut two = Workbook::new();
    supplier(two.add_worksheet());
    supplier(two.add_worksheet());
    assert!(refused(&office, &two.save_to_buffer().expect("a workbook")).1.contains("两张工作表都有内容"));
}

#[test]
fn a_date_is_a_date_and_never_a_text_or_a_number() {
    let gate = Gate::new();
    let office = office(&gate);
    let file = |put: fn(&mut Worksheet)| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (at, head) in ["人员", "证号", "发证日期", "有效期至", "发证机构"].iter().enumerate() {
            sheet.write_string(0, at as u16, *head).expect("a cell");
        }
        for (at, text) in [(0, "赵厨"), (1, "JK0001"), (4, "疾控中心")] {
            sheet.write_string(1, at, text).expect("a cell");
        }
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let date = ExcelDateTime::parse_from_str("2026-08-01").expect("a date");
        sheet.write_datetime_with_format(1, 2, &date, &day).expect("a cell");
        put(sheet);
        book.save_to_buffer().expect("a workbook")
    };
    let good = file(|sheet| {
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let date = ExcelDateTime::parse_from_str("2027-07-31").expect("a date");
        sheet.write_datetime_with_format(1, 3, &date, &day).expect("a cell");
    });
    let plan = read(&office, "health_certificate", &good).expect("a plan");
    assert_eq!((&plan["new"], &plan["refused"]), (&json!(1), &json!([])), "{plan}");
    let as_text = file(|sheet| {
        sheet.write_string(1, 3, "2027-07-31").expect("a cell");
    });
    let as_number = file(|sheet| {
        sheet.write_number(1, 3, 46_599).expect("a cell");
    });
    for (bytes, words) in [(as_text, "日期写成了文字"), (as_number, "日期写成了数字")] {
        let plan = read(&office, "health_certificate", &bytes).expect("a plan");
        let problem = &plan["lines"][0]["problems"][0];
        assert_eq!((&plan["new"], &problem["cell"]), (&json!(0), &json!("D2")), "{plan}");
        assert!(problem["zh"].as_str().is_some_and(|zh| zh.contains(words)), "{plan}");
    }
}

/// A packed file of these parts.
fn packed(parts: &[(&str, u64)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, size) in parts {
        writer.start_file(*name, options).expect("a part");
        let block = vec![b' '; 1 << 20];
        for _ in 0..size.div_ceil(1 << 20) {
            writer.write_all(&block).expect("a block");
        }
    }
    writer.finish().expect("a file").into_inner()
}

#[test]
fn a_file_that_unpacks_to_too_much_is_refused_while_it_is_unpacked() {
    let gate = Gate::new();
    let bomb = packed(&[("xl/workbook.xml", 1), ("xl/worksheets/sheet1.xml", 101 << 20)]);
    assert!(bomb.len() < 1 << 20, "it is small as it is sent: {}", bomb.len());
    assert_eq!(refused(&office(&gate), &bomb).1, "解开后超过 100 MB，不能导入");
}

#[test]
fn macros_old_workbooks_other_files_and_ruins_are_refused_in_words() {
    let gate = Gate::new();
    let office = office(&gate);
    let macros = packed(&[("xl/workbook.xml", 1), ("xl/vbaProject.bin", 1)]);
    assert!(refused(&office, &macros).1.contains("宏"));
    assert!(refused(&office, &[0xd0, 0xcf, 0x11, 0xe0, 0, 0]).1.contains(".xls"));
    assert!(refused(&office, &packed(&[("a.txt", 1)])).1.contains("不是 .xlsx"));
    assert!(refused(&office, "名称,状态\n".as_bytes().split_at(4).0).1.contains("UTF-8"));
    assert!(refused(&office, b"").1.contains("没有内容"));
    assert!(refused(&office, &vec![b'a'; (10 << 20) + 1]).1.contains("10 MB"));
    let whole = book(|_| {});
    for cut in [8, whole.len() / 2, whole.len() - 8] {
        assert!(refused(&office, &whole[..cut]).1.contains("损坏"));
    }
}

#[test]
fn a_far_corner_costs_no_memory_and_too_many_lines_are_refused() {
    let gate = Gate::new();
    let office = office(&gate);
    let corner = book(|sheet| {
        sheet.write_string(1_048_575, 16_383, "x").expect("a cell");
    });
    assert!(refused(&office, &corner).1.contains("5000"));
    let wide = book(|sheet| {
        sheet.write_string(1, 16_383, "x").expect("a cell");
    });
    assert!(refused(&office, &wide).1.contains("100"));
    let long = book(|sheet| {
        for line in 1..=5_600 {
            sheet.write_string(line, 0, format!("供货商 {line}")).expect("a cell");
        }
    });
    assert!(refused(&office, &long).1.contains("5000"));
}

#[test]
fn no_part_of_an_identity_number_but_the_last_four_reaches_the_store() {
    let gate = Gate::new();
    let office = office(&gate);
    let file = book(|sheet| {
        sheet.write_string(1, 1, "11010519491231002X").expect("a cell");
    });
    let plan = read(&office, "supplier", &file).expect("a plan");
    assert!(!plan.to_string().contains("110105"), "{plan}");
    let kept = office.app().store().device_settings::<Value>("import_plan/").expect("a store");
    assert!(kept.len() == 1 && !format!("{kept:?}").contains("110105"), "{kept:?}");
}
