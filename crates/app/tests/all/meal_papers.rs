//! 日管控 and the ledgers of the kitchen against each other, as papers and as lists, each against one worked out by hand.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::entries::signature;
use crate::meal_rows::Canteen;
use crate::support::{Hand, text};

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 3_600_000;
const DAY: &str = "2026-09-01";

fn lunch() -> Value {
    json!({"date": DAY, "type": "午餐"})
}

/// The cells of a row under the keys of its columns.
fn cells(sheet: &Value, keys: &[&str]) -> Vec<String> {
    let columns = sheet["columns"].as_array().expect("columns");
    let at = |key: &&str| columns.iter().position(|column| column["key"] == **key).expect("the column");
    let places: Vec<usize> = keys.iter().map(at).collect();
    let row = |row: &Value| -> String {
        let cells = places.iter().filter_map(|at| row[*at].as_str()).filter(|cell| !cell.is_empty());
        cells.collect::<Vec<_>>().join(" | ")
    };
    sheet["rows"].as_array().expect("rows").iter().map(row).collect()
}

/// 日管控 of a day: each line with its number, its result, what was found and what is missing.
fn paper(by: &Hand, day: &str) -> (String, Vec<String>) {
    let sheet = by.call("sheet.get", json!({"sheet": "meals/day", "from": day, "to": day}));
    let report =
        sheet["head"].as_array().expect("facts").iter().find(|fact| fact["label"] == "结论").expect("a report");
    (text(&report["text"]), cells(&sheet, &["number", "state", "what", "gaps", "done"]))
}

impl Canteen {
    fn row(&self, by: &str, kind: &str, set: Value) -> String {
        text(&self.by(by).call("entry.save", json!({"kind": kind, "set": set}))["id"])
    }

    fn meal_dish(&self, name: &str, category: &str) -> String {
        let card = self.by(&self.cook).call("meal.dish", json!({"meal": lunch(), "name": name, "category": category}));
        let dishes = card["dishes"].as_array().expect("dishes");
        text(&dishes.iter().find(|dish| dish["name"] == name).expect("the dish")["id"])
    }

    /// The kitchen's check of the day, with one answer that fails.
    fn kitchen_check(&self) {
        let fso = self.by(&self.fso);
        let form = text(&fso.call("inspection.start", json!({"template": "T01@1", "subject": "中心食堂"}))["id"]);
        for item in ["T01.02", "T01.04", "T01.05", "T01.06", "T01.11", "T01.14"] {
            fso.answer(&form, item, json!("pass"));
        }
        fso.answer(&form, "T01.03", json!("8"));
        fso.answer(&form, "T01.12", json!([{"v": "4"}, {"v": "5"}]));
        fso.answer(&form, "T01.13", json!([{"v": "-18"}]));
        fso.answer(&form, "T01.15", json!("fail"));
    }

    /// All that a lunch of one dish needs, from the menu to the disinfection.
    fn whole_lunch(&self) {
        let cook = self.by(&self.cook);
        let dish = self.meal_dish("红烧肉", "热菜");
        for person in [&self.cook, &self.other_cook] {
            self.checks(&self.fso, person, json!({"decision": "上岗"}));
        }
        cook.call("meal.stage", json!({"meal": lunch(), "stage": "delivery", "reason": "昨天已备货"}));
        let cold = self.reads("红烧肉", "65", &[]);
        self.reads("红烧肉", "78", &[&cold]);
        cook.call("meal.time", json!({"meal": lunch(), "dish": dish, "what": "out"}));
        self.sample("红烧肉", "130", "A-07");
        self.tablet.wait_ms(40 * MINUTE_MS);
        let head = self.by(&self.head);
        let form = text(&head.call("inspection.start", json!({"template": "T08@1", "subject": "午餐"}))["id"]);
        head.answer(&form, "T08.01", json!("午餐"));
        self.tablet.wait_ms(20 * MINUTE_MS);
        cook.call("meal.time", json!({"meal": lunch(), "dish": dish, "what": "table"}));
        let issue = json!({"meal": self.lunch, "class": self.class, "issued": "28", "unit": "份"});
        self.row(&self.cook, "snack_issue", issue);
        let left = json!({"meal": self.lunch, "class": self.class, "leftover": "2", "leftover_unit": "份",
            "disposal": "餐厨垃圾", "water_ok": true});
        self.row(&self.carer, "snack_issue", left);
        self.tablet.wait_ms(HOUR_MS);
        let steam = json!({"area": self.kitchen, "object": "餐具", "method": "蒸汽", "qty": 30, "temp_c": "101"});
        let steam = self.row(&self.cook, "disinfection_log", steam);
        self.tablet.wait_ms(15 * MINUTE_MS);
        cook.call("entry.act", json!({"id": steam, "act": "finish"}));
        let waste = json!({"kitchen": self.kitchen, "sort": "餐厨垃圾", "kg": "6", "company": "清运公司",
            "licensed": true, "collector": "老刘"});
        self.row(&self.cook, "waste", waste);
    }
}

#[test]
fn the_paper_of_a_day_assembles_itself_and_equals_one_worked_out_by_hand() {
    let canteen = Canteen::new();
    canteen.kitchen_check();
    canteen.whole_lunch();
    canteen.tablet.wait_ms(5 * HOUR_MS);
    let (report, lines) = paper(&canteen.by(&canteen.fso), DAY);
    assert_eq!(report, "发现问题");
    let closing = "T01.15 | 不符合";
    let expected = [
        "T01.01 | 符合",
        "T01.02 | 符合",
        "T01.03 | 符合",
        "T01.04 | 符合",
        "T01.05 | 符合",
        "T01.06 | 符合",
        "T01.07 | 不符合",
        "T01.08 | 符合",
        "T01.09 | 符合",
        "T01.10 | 符合",
        "T01.11 | 符合",
        "T01.12 | 符合",
        "T01.13 | 符合",
        "T01.14 | 符合",
        closing,
        "T03.08 | 不适用",
        "T06.09 | 不适用",
        "T08.12 | 符合",
        "T09.02 | 符合",
        "T09.08 | 符合",
    ];
    let short: Vec<String> =
        lines.iter().map(|line| line.splitn(3, " | ").take(2).collect::<Vec<_>>().join(" | ")).collect();
    assert_eq!(short, expected, "{lines:#?}");
    assert!(lines[6].contains("红烧肉") && lines[6].ends_with("现场已改"), "{}", lines[6]);
    assert!(lines[14].contains("水电气阀门关闭"), "{}", lines[14]);
}

#[test]
fn a_nil_day_is_signed_and_a_day_without_a_meal_too_and_what_comes_later_shows() {
    let canteen = Canteen::new();
    canteen.tablet.wait_ms(4 * 24 * HOUR_MS);
    let fso = canteen.by(&canteen.fso);
    // A Saturday.
    let (report, lines) = paper(&fso, "2026-09-05");
    assert_eq!(report, "未供餐");
    assert!(lines.iter().all(|line| line.ends_with("不适用")), "{lines:#?}");
    let of = json!({"sheet": "meals/day", "from": "2026-09-05", "to": "2026-09-05"});
    let mut sign = of.clone();
    sign["strokes"] = signature()["strokes"].clone();
    assert_eq!(fso.call("sheet.sign", sign)["revision"], 1);
    let since = |sheet: &Value| sheet["signing"]["since"].clone();
    assert_eq!(since(&fso.call("sheet.get", of.clone())), json!({"rows": 0, "corrected": 0, "void": 0}));
    let waste = json!({"kitchen": canteen.kitchen, "name": "柠檬黄", "maker": "某厂", "produced_on": "2026-08-01",
        "grams": "2", "purpose": "着色", "dish": "蛋糕", "dish_kg": "3"});
    canteen.row(&canteen.cook, "additive_use", waste);
    let later = since(&fso.call("sheet.get", of));
    assert_eq!(later["corrected"].as_u64().map(|cells| cells > 0), Some(true), "{later}");
}

#[test]
fn what_nobody_has_looked_at_is_a_gap_with_its_name_and_never_green() {
    let canteen = Canteen::new();
    canteen.meal_dish("红烧肉", "热菜");
    canteen.tablet.wait_ms(20 * HOUR_MS);
    let (report, lines) = paper(&canteen.by(&canteen.fso), DAY);
    assert_eq!(report, "待齐：有缺项");
    assert!(!lines.iter().any(|line| line.contains("| 符合")), "{lines:#?}");
    let line = |number: &str| lines.iter().find(|line| line.starts_with(number)).expect("the line").clone();
    assert_eq!(line("T01.05"), "T01.05 | 缺项 | 没有检查");
    assert_eq!(line("T01.07"), "T01.07 | 缺项 | 午餐 红烧肉 没有测中心温度");
    assert_eq!(line("T01.10"), "T01.10 | 缺项 | 午餐 红烧肉 没有留样");
    assert_eq!(line("T09.02"), "T09.02 | 缺项 | 午餐 小一班 没有分发记录");
    for cook in ["赵厨", "钱厨"] {
        assert!(line("T01.01").contains(&format!("{cook} 没有晨检")), "{}", line("T01.01"));
    }
    // The paper of the day before its last day is told as it was then.
    assert_eq!(line("T01.15"), "T01.15 | 缺项 | 没有废弃物记录");
}

#[test]
fn a_fridge_answers_its_line_by_its_rows_and_one_that_nobody_read_is_named() {
    let canteen = Canteen::new();
    let fridge = |name: &str| {
        let set = json!({"name": name, "category": "冷藏冷冻", "area": canteen.kitchen, "scope": canteen.campus});
        text(&canteen.setup.call("asset.save", set)["id"])
    };
    let (cold, other) = (fridge("一号冰箱"), fridge("二号冰箱"));
    let read = |equipment: &str, session: &str, celsius: &str| {
        let set =
            json!({"what": "冷藏", "session": session, "area": canteen.kitchen, "equipment": equipment, "c": celsius});
        canteen.row(&canteen.cook, "temperature_reading", set)
    };
    read(&cold, "上午", "4");
    read(&other, "上午", "12");
    canteen.tablet.wait_ms(4 * HOUR_MS);
    read(&cold, "下午", "5");
    canteen.tablet.wait_ms(16 * HOUR_MS);
    let (_, lines) = paper(&canteen.by(&canteen.fso), DAY);
    let line = lines.iter().find(|line| line.starts_with("T01.12")).expect("the line");
    assert!(line.starts_with("T01.12 | 不符合 | 二号冰箱"), "{line}");
    assert!(line.contains("二号冰箱 下午 没有测温记录") && !line.contains("一号冰箱"), "{line}");
}

#[test]
fn a_paper_of_the_kitchen_is_for_who_sees_all_of_it_and_for_nobody_else() {
    let canteen = Canteen::new();
    let sees = |by: &str| {
        let list = canteen.by(by).call("sheet.list", json!({}));
        let sheets = list["sheets"].as_array().expect("sheets");
        sheets.iter().filter(|sheet| text(&sheet["sheet"]).starts_with("meals/")).count()
    };
    for by in [&canteen.fso, &canteen.head] {
        assert_eq!(sees(by), 2);
    }
    for by in [&canteen.cook, &canteen.guard, &canteen.carer] {
        assert_eq!(sees(by), 0);
        let asked = json!({"sheet": "meals/day", "from": DAY, "to": DAY});
        assert_eq!(canteen.by(by).refusal("sheet.get", asked).0, "not-found");
    }
    let most = json!({"sheet": "meals/day", "from": "2026-07-01", "to": "2026-08-31"});
    assert_eq!(canteen.by(&canteen.fso).refusal("sheet.get", most).0, "limit-exceeded");
}

#[test]
fn the_ledgers_name_each_gap_with_its_day_and_its_dish_and_who_may_not_see_checks_learns_how_many() {
    let canteen = Canteen::new();
    for (name, category) in [("米饭", "主食"), ("红烧肉", "热菜"), ("冬瓜汤", "汤"), ("西瓜", "水果")]
    {
        canteen.meal_dish(name, category);
    }
    for (dish, box_no) in [("米饭", "A-1"), ("红烧肉", "A-2"), ("冬瓜汤", "A-3")] {
        canteen.sample(dish, "130", box_no);
    }
    let early = canteen.by(&canteen.fso).call("meal.ledgers", json!({"from": DAY, "to": DAY}));
    assert!(early["ledgers"].as_array().expect("ledgers").iter().all(|sum| sum["compared"] == 0), "before service");
    canteen.tablet.wait_ms(20 * HOUR_MS);
    let of = |by: &str, code: &str| {
        let sums = canteen.by(by).call("meal.ledgers", json!({"from": DAY, "to": DAY}))["ledgers"].clone();
        sums.as_array().expect("ledgers").iter().find(|sum| sum["ledger"] == code).expect("it").clone()
    };
    let samples = of(&canteen.cook, "samples");
    assert_eq!((&samples["compared"], &samples["found"]), (&json!(4), &json!(3)));
    let gap = &samples["gaps"][0];
    assert_eq!((&gap["date"], &gap["meal"], &gap["what"]), (&json!(DAY), &json!("午餐"), &json!("西瓜")));
    assert_eq!(gap["heard"], true, "a tablet without a server knows all there is");
    let names = |sum: &Value| -> Vec<String> {
        sum["gaps"].as_array().expect("gaps").iter().map(|gap| text(&gap["what"])).collect()
    };
    let unchecked: BTreeSet<String> = names(&of(&canteen.fso, "checks")).into_iter().collect();
    assert_eq!(unchecked, ["赵厨", "钱厨"].map(str::to_owned).into());
    let counted = of(&canteen.cook, "checks");
    assert_eq!((names(&counted), &counted["gaps"][0]["count"]), (vec![String::new()], &json!(2)));
    assert_eq!(names(&of(&canteen.fso, "issues")), ["小一班"]);
    assert_eq!(of(&canteen.fso, "waste")["gaps"][0]["meal"], Value::Null);
    assert_eq!(canteen.by(&canteen.guard).refusal("meal.ledgers", json!({})).0, "not-allowed");
    for wrong in
        [json!({"from": "x"}), json!({"from": "2026-09-02", "to": "2026-09-01"}), json!({"from": "2026-01-01"})]
    {
        assert_eq!(canteen.by(&canteen.fso).refusal("meal.ledgers", wrong).0, "bad-arguments");
    }

    let sheet = canteen.by(&canteen.fso).call("sheet.get", json!({"sheet": "meals/ledgers", "from": DAY, "to": DAY}));
    let rows = cells(&sheet, &["ledger", "day", "meal", "what", "state", "compared", "found"]);
    assert!(rows.contains(&"菜品与留样 | 4 | 3".to_owned()), "{rows:#?}");
    assert!(rows.contains(&"2026-09-01 | 午餐 | 西瓜 | 没有足量的留样".to_owned()), "{rows:#?}");
    assert!(rows.contains(&"添加剂与菜品 | 没有可核对的 | 0 | 0".to_owned()), "{rows:#?}");
}

#[test]
fn the_paper_of_a_day_that_is_over_stays_as_the_day_ended() {
    let canteen = Canteen::new();
    canteen.whole_lunch();
    let sample = text(&canteen.by(&canteen.cook).call("meal.samples", json!({}))["samples"][0]["id"]);
    // The next day ends while the sample still stands; on the third it may go, and does.
    canteen.tablet.wait_ms(24 * HOUR_MS);
    let next = "2026-09-02";
    canteen.tablet.wait_ms(22 * HOUR_MS);
    let days = || [DAY, next].map(|day| paper(&canteen.by(&canteen.fso), day));
    let ended = days();
    canteen.tablet.wait_ms(5 * HOUR_MS);
    canteen.dispose(&canteen.fso, &sample);
    canteen.tablet.wait_ms(72 * HOUR_MS);
    assert_eq!(days(), ended);
}
