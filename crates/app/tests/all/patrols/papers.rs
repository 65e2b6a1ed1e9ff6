//! The papers of patrols, all of the same runs.

use serde_json::{Value, json};

use super::School;
use crate::entries::signature;
use crate::support::{Hand, text};

const HOUR_MS: u64 = 3_600_000;
const DAY: &str = "2026-09-01";

impl School {
    /// Makes the route a fire patrol: 点位1 bears three of the seven items, 点位2 two, 点位3 one, and nobody bears the seventh;
    /// 点位4 bears a temperature.
    pub(crate) fn make_fire_route(&self) {
        let set = |id: &str, kind: &str, set: Value| {
            let seen = self.setup.call("record.get", json!({"id": id}))["version"].clone();
            self.setup.call("record.save", json!({"id": id, "kind": kind, "seen": seen, "set": set}));
        };
        set(&self.route, "route", json!({"fire": true}));
        let items = [vec!["T15.01", "T15.02", "T15.03"], vec!["T15.04", "T15.05"], vec!["T15.14"], vec!["T01.12"]];
        for (point, items) in self.points.iter().zip(items) {
            set(point, "checkpoint", json!({"items": items}));
        }
    }

    fn answer(&self, run: &str, number: usize, item: &str, result: Value, note: &str) {
        let point = &self.points[number - 1];
        let given =
            json!({"run": run, "checkpoint": point, "item": item, "result": result, "note": note, "sure": true});
        self.guard().call("patrol.answer", given);
    }

    fn finish(&self, run: &str, missed: Value) {
        self.guard().call("patrol.finish", json!({"run": run, "missed": missed}));
    }

    fn wait_hours(&self, hours: u64) {
        self.tablet.wait_ms(hours * HOUR_MS);
    }
}

fn paper(hand: &Hand, sheet: &str) -> Value {
    hand.call("sheet.get", json!({"sheet": sheet, "from": DAY, "to": DAY}))
}

/// The cells of a column, by its key.
#[track_caller]
fn column(sheet: &Value, key: &str) -> Vec<Value> {
    let columns = sheet["columns"].as_array().expect("columns");
    let at = columns.iter().position(|column| column["key"] == key).unwrap_or_else(|| panic!("no column {key}"));
    sheet["rows"].as_array().expect("rows").iter().map(|row| row[at].clone()).collect()
}

/// The paper with the rows and gaps of this route and of key areas alone: a campus has its built-in routes from the start.
fn own(mut sheet: Value) -> Value {
    let routes = column(&sheet, "route");
    let is_own: Vec<bool> = routes.iter().map(|route| route == "日巡" || route == "重点部位").collect();
    let rows = sheet["rows"].as_array().expect("rows").clone();
    let kept: Vec<Value> = rows.into_iter().zip(is_own).filter(|(_, is_own)| *is_own).map(|(row, _)| row).collect();
    sheet["rows"] = json!(kept);
    let gaps = sheet["gaps"].as_array().expect("gaps").clone();
    let is_own = |gap: &Value| text(&gap["what"]).starts_with("日巡 ");
    sheet["gaps"] = json!(gaps.into_iter().filter(is_own).collect::<Vec<Value>>());
    sheet
}

#[test]
fn the_patrol_record_has_a_row_for_each_visit_and_each_missed_point_with_its_reason() {
    let school = School::new();
    let run = school.begun();
    school.visit(&run, 1, "normal");
    school.wait_minutes(4);
    let by_hand =
        json!({"run": run, "checkpoint": school.points[1], "how": "hand", "result": "abnormal", "reason": "标签脱落"});
    school.guard().call("patrol.visit", by_hand);
    school.wait_minutes(4);
    school.finish(&run, json!([{"checkpoint": school.points[2], "reason": "正在施工"}]));
    school.wait_hours(2);
    let sheet = paper(&school.logi(), "patrols");
    assert_eq!(
        (&sheet["title"], &sheet["shape"], &sheet["landscape"]),
        (&json!("巡查记录"), &json!("day"), &json!(true))
    );
    assert_eq!(column(&sheet, "point"), ["点位1", "点位2", "点位3", "点位4"], "{sheet}");
    assert_eq!(column(&sheet, "result"), ["正常", "异常", "漏巡", "漏巡"]);
    assert_eq!(column(&sheet, "how"), [json!("扫码"), json!("手动"), Value::Null, Value::Null]);
    assert_eq!(column(&sheet, "at")[1], "2026-09-01 10:34");
    assert_eq!(column(&sheet, "done")[1], "点位2：异常（待派发）");
    let remarks = column(&sheet, "remarks");
    assert_eq!((&remarks[1], &remarks[2], &remarks[3]), (&json!("标签脱落"), &json!("正在施工"), &Value::Null));
    assert_eq!(column(&sheet, "signed")[0], "未签");
    assert_eq!(sheet["signatures"][0], json!({"key": "walker", "label": "巡查人", "names": ["guard"]}));
    assert_eq!(sheet["foot"], "共 4 行");
    let english =
        school.logi().call("sheet.get", json!({"sheet": "patrols", "from": DAY, "to": DAY, "language": "en"}));
    assert_eq!((&english["title"], &column(&english, "result")[2]), (&json!("Patrol record"), &json!("missed")));
}

#[test]
fn a_window_that_nobody_walked_is_one_gap_once_its_day_is_over() {
    let school = School::new();
    school.wait_hours(2);
    assert_eq!(paper(&school.logi(), "patrols")["gaps"], json!([]), "today is not over");
    school.wait_hours(24);
    let sheet = own(paper(&school.logi(), "patrols"));
    let what: Vec<&Value> = sheet["gaps"].as_array().expect("gaps").iter().map(|gap| &gap["what"]).collect();
    assert_eq!(what, ["日巡 上午 09:30-12:00 漏巡", "日巡 清校 16:30-18:00 漏巡"], "{sheet}");
    assert_eq!((&sheet["rows"], &sheet["gaps"][0]["day"]), (&json!([]), &json!(DAY)));
    let sunday = json!({"sheet": "patrols", "from": "2026-08-30", "to": "2026-08-30"});
    let sunday = own(school.logi().call("sheet.get", sunday));
    assert_eq!(sunday["gaps"].as_array().map(Vec::len), Some(1), "清校 is due on school days alone: {sunday}");
}

#[test]
fn what_is_entered_afterwards_and_what_comes_late_says_so_and_a_walk_besides_counts_for_no_window() {
    let school = School::new();
    school.wait_hours(2);
    let entered = json!({"route": school.route, "window": "am", "day": DAY, "late_reason": "平板没电"});
    let entered = text(&school.guard().call("patrol.start", entered)["id"]);
    school.guard().call(
        "patrol.visit",
        json!({"run": entered, "checkpoint": school.points[0], "how": "hand", "result": "normal", "reason": "补录"}),
    );
    school.finish(&entered, json!([]));
    let besides = text(&school.guard().call("patrol.start", json!({"route": school.route}))["id"]);
    school.visit(&besides, 2, "normal");
    school.finish(&besides, json!([]));
    let sheet = paper(&school.logi(), "patrols");
    let windows = column(&sheet, "window");
    let of_am: Vec<usize> = (0..windows.len()).filter(|at| windows[*at] == "上午 09:30-12:00").collect();
    assert_eq!((of_am.len(), &sheet["lines"][of_am[0]]["late"]), (4, &json!(true)), "{sheet}");
    assert_eq!(column(&sheet, "remarks")[of_am[0]], "补录；补录：平板没电", "typing is no stay: {sheet}");
    let extra = windows.iter().position(|window| window == "临时").expect("a walk besides");
    assert_eq!(column(&sheet, "point")[extra], "点位2");
    let day = paper(&school.logi(), "patrols/day");
    let at = column(&day, "window").iter().position(|window| window == "临时").expect("a walk besides");
    assert_eq!((&column(&day, "needed")[at], &column(&day, "remarks")[at]), (&Value::Null, &json!("不在应巡之列")));
}

#[test]
fn the_seven_items_read_as_the_visits_say() {
    let school = School::new();
    school.make_fire_route();
    let run = school.begun();
    school.visit(&run, 1, "normal");
    school.answer(&run, 2, "T15.04", json!("fail"), "灭火器被挡");
    school.visit(&run, 2, "abnormal");
    school.visit(&run, 4, "normal");
    school.finish(&run, json!([{"checkpoint": school.points[2], "reason": "进不去"}]));
    school.wait_hours(2);
    let sheet = paper(&school.logi(), "patrols/fire");
    assert_eq!((&sheet["title"], &sheet["landscape"]), (&json!("每日防火巡查记录"), &json!(false)));
    let states = column(&sheet, "state");
    assert_eq!(states, ["正常", "正常", "正常", "故障", "待核", "未巡", "本线未设"], "{sheet}");
    assert_eq!(
        (&column(&sheet, "what")[3], &column(&sheet, "done")[3]),
        (&json!("点位2：灭火器被挡"), &json!("待派发"))
    );
    assert_eq!(column(&sheet, "by")[0], "guard");
    assert_eq!(column(&sheet, "signed")[0], "缺 2 人签名");
}

#[test]
fn a_measured_item_is_never_covered_by_a_visit_and_prints_only_when_it_was_typed() {
    let school = School::new();
    school.make_fire_route();
    let run = school.begun();
    school.visit(&run, 4, "normal");
    let items = |school: &School| column(&paper(&school.logi(), "patrols/fire"), "item");
    assert_eq!(items(&school).len(), 7, "正常 fills in no temperature");
    school.answer(&run, 4, "T01.12", json!([{"v": "4"}]), "");
    let sheet = paper(&school.logi(), "patrols/fire");
    assert_eq!((items(&school).len(), &column(&sheet, "state")[7]), (8, &json!("已测")), "{sheet}");
    assert!(text(&column(&sheet, "what")[7]).starts_with("点位4：4"), "{sheet}");
}

#[test]
fn an_item_is_not_the_worse_for_a_second_walk_and_what_failed_once_has_failed() {
    let school = School::new();
    school.make_fire_route();
    let first = school.begun();
    school.answer(&first, 1, "T15.02", json!("fail"), "门锁着");
    school.visit(&first, 1, "abnormal");
    school.finish(&first, json!([]));
    let second = school.begun();
    for number in 1..=3 {
        school.visit(&second, number, "normal");
    }
    school.finish(&second, json!([]));
    let sheet = paper(&school.logi(), "patrols/fire");
    assert_eq!(column(&sheet, "state")[1], "故障", "{sheet}");
    assert_eq!(column(&sheet, "state")[3], "正常", "a point counts by any run of the window");
}

#[test]
fn the_sheet_of_a_day_has_each_window_and_the_key_area_that_was_walked_least() {
    let school = School::new();
    let run = school.begun();
    for number in 1..=3 {
        school.visit(&run, number, "normal");
        school.wait_minutes(2);
    }
    school.finish(&run, json!([{"checkpoint": school.points[3], "reason": "正在施工"}]));
    school.wait_hours(2);
    let sheet = own(paper(&school.logi(), "patrols/day"));
    assert_eq!(column(&sheet, "window"), ["上午 09:30-12:00", "清校 16:30-18:00", "教学楼"], "{sheet}");
    assert_eq!(column(&sheet, "needed"), ["4", "4", "5"]);
    assert_eq!(column(&sheet, "done"), ["3", "0", "1"]);
    assert_eq!(column(&sheet, "rate"), ["75", "0", "20"]);
    assert_eq!(column(&sheet, "missed")[0], "点位4（正在施工）");
    assert_eq!((&column(&sheet, "report")[0], &column(&sheet, "remarks")[1]), (&json!("待齐"), &json!("未到时间")));
    let facts = sheet["head"].to_string();
    assert!(facts.contains("教学楼 1/5") && facts.contains("应巡 1 段，巡全 0 段；应到 4 点，到 3 点"), "{facts}");
    let told = school.logi().call("sheet.text", json!({"sheet": "patrols/day", "from": DAY, "to": DAY}));
    assert!(text(&told["text"]).contains("漏点及原因：点位4（正在施工）"), "{told}");
}

#[test]
fn the_sheet_of_a_month_has_a_row_for_each_window_and_a_column_for_each_day() {
    let school = School::new();
    let run = school.begun();
    for number in 1..=4 {
        school.visit(&run, number, "normal");
    }
    school.finish(&run, json!([]));
    school.wait_hours(48);
    let sheet = own(school.logi().call("sheet.get", json!({"sheet": "patrols/month"})));
    assert_eq!((&sheet["shape"], &sheet["from"], &sheet["to"]), (&json!("grid"), &json!(DAY), &json!("2026-09-30")));
    assert_eq!(column(&sheet, "window"), ["上午 09:30-12:00", "清校 16:30-18:00", "教学楼"], "{sheet}");
    assert_eq!(column(&sheet, DAY), ["√", "——", "1/5"]);
    assert_eq!(column(&sheet, "2026-09-02"), ["——", "——", "0/5"]);
    assert_eq!(column(&sheet, "2026-09-04"), [Value::Null, Value::Null, Value::Null], "it has not come");
    let gaps: Vec<&Value> = sheet["gaps"].as_array().expect("gaps").iter().map(|gap| &gap["what"]).collect();
    let whole = ["日巡 清校 16:30-18:00 漏巡 2 天（9/1、9/2）", "日巡 上午 09:30-12:00 漏巡 1 天（9/2）"];
    assert_eq!(gaps, whole, "{sheet}");
    assert!(sheet["head"].to_string().contains("完成率"), "{}", sheet["head"]);
    let year = json!({"sheet": "patrols/month", "from": "2026-01-01", "to": "2026-12-31"});
    assert_eq!(school.logi().refusal("sheet.get", year), ("bad-arguments".to_owned(), Some("to".to_owned())));
}

#[test]
fn the_sheet_of_a_month_by_point_tells_in_how_many_windows_of_each_day_somebody_was_there() {
    let school = School::new();
    let run = school.begun();
    school.visit(&run, 1, "normal");
    school.visit(&run, 2, "abnormal");
    school.finish(&run, json!([]));
    school.wait_hours(7);
    // 17:30: the window of the afternoon is open, and says nothing yet.
    let get = || own(school.logi().call("sheet.get", json!({"sheet": "patrols/points"})));
    assert_eq!(column(&get(), "point"), ["点位1", "点位2", "点位3", "点位4"]);
    assert_eq!(column(&get(), DAY), ["√", "√异", "——", "——"]);
    let afternoon = text(&school.guard().call("patrol.start", json!({"route": school.route}))["id"]);
    school.visit(&afternoon, 1, "normal");
    school.finish(&afternoon, json!([]));
    school.wait_hours(24);
    let sheet = get();
    assert_eq!(column(&sheet, DAY), ["√", "1/2异", "——", "——"], "{sheet}");
    assert_eq!(column(&sheet, "2026-09-02")[0], "——");
    assert_eq!(column(&sheet, "2026-09-04")[0], Value::Null, "it has not come");
    assert_eq!(sheet["gaps"], json!([]), "the second day is not over: {sheet}");
}

#[test]
fn a_key_area_on_no_route_and_one_that_is_closed_are_not_told_as_walked_too_little() {
    let school = School::new();
    let area = |more: Value| {
        let mut area = json!({"scope": school.campus, "key_area": true});
        area.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        text(&school.setup.call("area.save", area)["id"])
    };
    area(json!({"name": "锅炉房"}));
    let old = area(json!({"name": "旧楼"}));
    let version = |id: &str| school.setup.call("record.get", json!({"id": id}))["version"].clone();
    let closed = json!({"closed_periods": [{"name": "大修", "from": DAY, "to": DAY}]});
    school.setup.call("record.save", json!({"id": old, "kind": "area", "seen": version(&old), "set": closed}));
    let (point, set) = (&school.points[3], json!({"area": old}));
    school.setup.call("record.save", json!({"id": point, "kind": "checkpoint", "seen": version(point), "set": set}));
    let run = school.begun();
    school.visit(&run, 1, "normal");
    school.finish(&run, json!([]));
    let areas = school.logi().call("patrol.board", json!({}))["areas"].clone();
    let told: Vec<(&Value, &Value)> =
        areas.as_array().expect("areas").iter().map(|area| (&area["name"], &area["why_not"])).collect();
    assert_eq!(told[0], (&json!("教学楼"), &Value::Null), "the least walked is one that was to be walked");
    assert!(told.contains(&(&json!("锅炉房"), &json!("no_route"))), "{told:?}");
    assert!(told.contains(&(&json!("旧楼"), &json!("closed"))), "{told:?}");
    let sheet = own(paper(&school.logi(), "patrols/day"));
    let at = |name: &str| column(&sheet, "window").iter().position(|window| window == name).expect("a row");
    let cells = |name: &str| ["needed", "done", "rate", "remarks"].map(|key| column(&sheet, key)[at(name)].clone());
    assert_eq!(cells("锅炉房"), [Value::Null, Value::Null, Value::Null, json!("不在任何路线")], "{sheet}");
    assert_eq!(cells("旧楼"), [Value::Null, Value::Null, Value::Null, json!("关闭中")]);
    assert!(sheet["head"].to_string().contains("教学楼 1/5"), "{}", sheet["head"]);
    school.wait_hours(24);
    let month = own(school.logi().call("sheet.get", json!({"sheet": "patrols/month"})));
    let rows = column(&month, "window");
    assert!(rows.contains(&json!("锅炉房（不在任何路线）")), "{rows:?}");
    let old = rows.iter().position(|row| row == "旧楼").expect("a row");
    assert_eq!((&column(&month, DAY)[old], &column(&month, "2026-09-02")[old]), (&Value::Null, &json!("0/5")));
}

#[test]
fn a_guard_gets_the_papers_of_yesterday_and_today_and_takes_none_out() {
    let school = School::new();
    let list = school.guard().call("sheet.list", json!({}));
    let own: Vec<&Value> = list["sheets"]
        .as_array()
        .expect("sheets")
        .iter()
        .filter(|sheet| text(&sheet["sheet"]).starts_with("patrols"))
        .collect();
    assert_eq!(own.len(), 5, "{list}");
    assert!(own.iter().all(|sheet| sheet["since"] == "2026-08-31" && sheet["may_export"] == false), "{own:?}");
    let older = json!({"sheet": "patrols", "from": "2026-08-30", "to": "2026-09-01"});
    assert_eq!(school.guard().refusal("sheet.get", older).0, "not-allowed");
    let cook = school.tablet.app(Some(&school.cook));
    assert_eq!(cook.refusal("sheet.get", json!({"sheet": "patrols"})).0, "not-found");
    assert_eq!(school.tablet.shared().call("sheet.list", json!({}))["sheets"], json!([]), "nobody is named");
}

#[test]
fn a_visit_after_the_paper_was_signed_stands_at_its_end_and_beside_its_walker_s_name() {
    let school = School::new();
    let run = school.begun();
    school.visit(&run, 1, "normal");
    school.guard().call("patrol.finish", json!({"run": run, "signature": signature()["strokes"]}));
    let asked = json!({"sheet": "patrols", "from": DAY, "to": DAY, "strokes": signature()["strokes"]});
    school.logi().call("sheet.sign", asked);
    school.wait_minutes(5);
    school.visit(&run, 4, "normal");
    let sheet = paper(&school.logi(), "patrols");
    assert_eq!(column(&sheet, "point").last(), Some(&json!("点位4")), "{sheet}");
    let last = sheet["lines"].as_array().expect("lines").last().expect("a line").clone();
    assert_eq!(last["after_signing"][0], "2026-09-01 10:35", "签字后补录: {sheet}");
    assert_eq!(column(&sheet, "signed").last(), Some(&json!("签后新增")));
    assert_eq!(column(&sheet, "signed")[0], "已签");
    assert_eq!(sheet["signing"]["since"]["rows"], 1);
}

#[test]
fn a_run_that_was_moved_to_another_day_stands_there_and_says_why_and_a_void_one_is_counted() {
    let school = School::new();
    let (moved, void) = (school.begun(), {
        school.wait_minutes(1);
        text(&school.guard().call("patrol.start", json!({"route": school.route, "window": "pm"}))["id"])
    });
    school.visit(&moved, 1, "abnormal");
    school.visit(&void, 2, "normal");
    let to = |day: &str| json!({"run": moved, "field": "business_date", "value": day, "reason": "开错日子"});
    let ahead = school.logi().refusal("patrol.correct", to("2026-09-02"));
    assert_eq!(
        ahead,
        ("bad-arguments".to_owned(), Some("value".to_owned())),
        "nobody walks for a day that has not begun"
    );
    let correct = to("2026-08-31");
    school.logi().call("patrol.correct", correct);
    school.logi().call("patrol.void", json!({"run": void, "reason": "重复"}));
    assert_eq!(paper(&school.logi(), "patrols")["void"], 1);
    assert_eq!(column(&paper(&school.logi(), "patrols"), "point"), [] as [&str; 0]);
    let monday = school.logi().call("sheet.get", json!({"sheet": "patrols", "from": "2026-08-31", "to": "2026-08-31"}));
    assert_eq!(column(&monday, "remarks")[0], "时段之后到；日期或时段经更正： 开错日子", "{monday}");
    assert_eq!(column(&monday, "done")[0], "点位1：异常（待派发）", "its finding is still found");
}

#[test]
fn nothing_walked_is_a_paper_that_says_so() {
    let school = School::new();
    for sheet in ["patrols", "patrols/fire"] {
        let empty = paper(&school.logi(), sheet);
        assert_eq!((&empty["rows"], &empty["foot"]), (&json!([]), &json!("共 0 行")));
    }
}

#[test]
fn what_is_found_after_midnight_carries_the_day_of_its_round_and_stands_on_the_sheet_of_its_evening() {
    let school = School::new();
    let night = json!({
        "name": "夜巡", "night": true, "since": 0,
        "windows/2": {"name": "夜巡二", "from": "00:00", "to": "02:00", "days": "every", "since": 0},
    });
    school.setup.call("record.save", json!({"id": school.route, "kind": "route", "set": night}));
    school.wait_hours(14);
    let run = text(&school.guard().call("patrol.start", json!({"route": school.route, "window": "2"}))["id"]);
    let found = school.visit(&run, 1, "abnormal")["finding"].clone();
    school.answer(&run, 2, "T15.02", json!("fail"), "楼梯堆物");
    school.visit(&run, 2, "abnormal");
    school.finish(&run, json!([]));
    assert_eq!(school.stored(&text(&found))["business_date"], DAY);
    let days: Vec<Value> =
        school.logi().findings().iter().map(|row| school.stored(&text(&row["id"]))["business_date"].clone()).collect();
    assert_eq!(days, [json!(DAY), json!(DAY)]);
    let sheet = paper(&school.logi(), "patrols");
    assert_eq!(column(&sheet, "window")[0], "夜巡二 00:00-02:00", "{sheet}");
    assert_eq!(column(&sheet, "at")[0], "2026-09-02 00:30");
    assert!(column(&sheet, "done").iter().take(2).all(|done| text(done).contains("待派发")), "{sheet}");
}
