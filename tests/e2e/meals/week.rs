//! A week: breakfast, lunch and a packaged snack on five days, with what goes wrong in one; 日管控 of each day against one worked out
//! by hand.

use rounds_tests::TestDevice;
use serde_json::{Value, json};

use super::{Hand, Kitchen, MEALS, at, date, is_an_hour, later, list, signature, text, with};

/// What is otherwise on a day than on one on which everybody does everything.
#[derive(Default)]
struct Otherwise {
    /// More of the morning check of the first cook.
    check: Option<Value>,
    /// More of the line of the delivery.
    line: Option<Value>,
    /// The first core temperature of the pork, which is measured again.
    pork_c: Option<&'static str>,
    /// When the pork came out of the pot.
    pork_out: Option<&'static str>,
    /// Grams of the soup's sample.
    soup_g: Option<&'static str>,
    /// What of T01 nobody answers.
    skipped: &'static [&'static str],
    /// Whether nobody writes down what was left in the second class at lunch.
    forgets_leftover: bool,
    /// The tablet dies after so many of the samples of lunch were saved, and starts again.
    dies_after: Option<usize>,
}

impl Kitchen {
    /// A day of the kitchen: checks and the delivery on one tablet, all else on the other.
    fn day(&self, day: u32, otherwise: &Otherwise) {
        let hand = |tablet, by| Hand { tablet, by, day };
        let (cook, fso) = (hand(&self.a, &self.cooks[0]), hand(&self.b, &self.fso));
        self.morning(&fso, otherwise);
        self.delivered(&hand(&self.b, &self.keeper), &fso, otherwise);
        self.cooked(&cook, otherwise);
        self.checked_kitchen(&hand(&self.a, &self.fso), otherwise.skipped);
        for (sort, time) in [("早餐", "07:50"), ("午餐", "11:20")] {
            let head = hand(&self.a, &self.head);
            let form = head.call(time, "inspection.start", json!({ "template": "T08@1", "subject": sort }));
            let answer = json!({ "id": form["id"], "item": "T08.01", "result": sort });
            head.call(time, "inspection.answer", answer);
        }
        self.given_out(&cook, otherwise);
        for time in ["08:40", "12:40", "15:40"] {
            let steam = json!({ "area": self.kitchen, "object": "餐具", "method": "蒸汽", "qty": 60, "temp_c": "101" });
            let steam = cook.row(time, "disinfection_log", steam);
            cook.call(&later(time, 15), "entry.act", json!({ "id": steam, "act": "finish" }));
        }
        let waste = json!({ "kitchen": self.kitchen, "sort": "餐厨垃圾", "kg": "6", "company": "清运公司",
            "licensed": true, "collector": "老刘" });
        cook.row("16:30", "waste", waste);
    }

    fn morning(&self, fso: &Hand<'_>, otherwise: &Otherwise) {
        let well = json!({ "session": "晨", "kitchen": self.kitchen, "attendance": "到岗", "temp_c": "36.5",
            "diarrhoea": false, "vomit": false, "wound": false, "throat": false, "decision": "上岗" });
        let checks = self.cooks.iter().map(|cook| with(well.clone(), &json!({ "person": cook })));
        let mut checks: Vec<Value> = checks.collect();
        let noon = checks.iter().map(|check| with(check.clone(), &json!({ "session": "午" }))).collect();
        if let Some(more) = &otherwise.check {
            checks[0] = with(checks[0].clone(), more);
            checks[0].as_object_mut().expect("an object").retain(|_, value| !value.is_null());
        }
        fso.rows("06:50", "morning_check", checks);
        // Once more before the snack of the afternoon.
        fso.rows("13:30", "morning_check", noon);
    }

    fn delivered(&self, keeper: &Hand<'_>, fso: &Hand<'_>, otherwise: &Otherwise) {
        let delivery = keeper.row("06:30", "delivery", json!({ "kitchen": self.kitchen, "supplier": self.supplier }));
        let line = json!({ "delivery": delivery, "item_name": "猪肉", "sort": "冷藏", "qty": "20", "unit": "kg",
            "temp_c": "4", "expires_on": date(keeper.day), "papers": "齐全", "sensory": "合格", "decision": "接收" });
        keeper.row("06:35", "delivery_line", with(line, otherwise.line.as_ref().unwrap_or(&json!({}))));
        for (hand, act) in [(keeper, "first"), (fso, "second")] {
            let signed = json!({ "id": delivery, "act": act, "set": { "sig": { "strokes": signature() } } });
            hand.call("06:40", "entry.act", signed);
        }
    }

    fn cooked(&self, cook: &Hand<'_>, otherwise: &Otherwise) {
        let day = cook.day;
        let reading = |sort: &str, dish: &str, celsius: &str| json!({ "what": "中心温度", "area": self.kitchen, "meal": self.meal_id(day, sort), "dish": dish, "dish_id": uuid::Uuid::new_v5(&self.meal_id(day, sort), dish.as_bytes()), "c": celsius });
        let sample = |sort: &str, dish: &str, grams: &str| {
            json!({ "kitchen": self.kitchen, "meal": self.meal_id(day, sort), "dish_name": dish, "grams": grams,
                "box_no": format!("{day}-{dish}") })
        };
        let breakfast = MEALS[0].1.iter().map(|(dish, _)| *dish);
        cook.rows("07:40", "temperature_reading", breakfast.clone().map(|dish| reading("早餐", dish, "88")).collect());
        cook.rows("07:45", "food_sample", breakfast.map(|dish| sample("早餐", dish, "130")).collect());
        let lunch = ["米饭", "红烧肉", "冬瓜汤"];
        let celsius = |dish: &str| if dish == "红烧肉" { otherwise.pork_c.unwrap_or("85.5") } else { "90" };
        let read =
            cook.rows("10:52", "temperature_reading", lunch.map(|dish| reading("午餐", dish, celsius(dish))).into());
        if otherwise.pork_c.is_some() {
            let again = with(reading("午餐", "红烧肉", "74"), &json!({ "retest_of": [read[1]] }));
            cook.row("11:00", "temperature_reading", again);
        }
        let meal = json!({ "date": date(day), "type": "午餐" });
        let dish = |name: &str| json!(uuid::Uuid::new_v5(&self.meal_id(day, "午餐"), name.as_bytes()));
        for name in &lunch[1..] {
            let out = otherwise.pork_out.filter(|_| *name == "红烧肉").unwrap_or("10:50");
            cook.call(out, "meal.time", json!({ "meal": meal, "dish": dish(name), "what": "out" }));
            cook.call("11:25", "meal.time", json!({ "meal": meal, "dish": dish(name), "what": "table" }));
        }
        let grams = |dish: &str| if dish == "冬瓜汤" { otherwise.soup_g.unwrap_or("130") } else { "130" };
        let samples: Vec<Value> = lunch.map(|dish| sample("午餐", dish, grams(dish))).into();
        match otherwise.dies_after {
            None => drop(cook.rows("11:10", "food_sample", samples)),
            Some(saved) => self.dies_and_goes_on(cook, &samples, saved),
        }
    }

    /// The program is killed between two samples; what was acknowledged is there, and the rest is taken anew.
    fn dies_and_goes_on(&self, cook: &Hand<'_>, samples: &[Value], saved: usize) {
        use std::io::{BufRead, BufReader, Write};
        let tablet = cook.tablet.held_by(cook.by).at(&at(cook.day, "11:10").to_rfc3339());
        let mut process = tablet.spawn(&["call", "entry.save", "-"]);
        let mut input = process.stdin.take().expect("it is piped");
        let mut output = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        for sample in &samples[..saved] {
            writeln!(input, "{}", json!({ "kind": "food_sample", "set": sample })).expect("it reads");
            output.next().expect("an answer").expect("it is readable");
        }
        process.kill().expect("it runs");
        process.wait().expect("it ends");
        let card = self.card(cook.tablet, cook.by, at(cook.day, "11:12"), (cook.day, "午餐"));
        assert_eq!(list(&card["samples"]).len(), saved, "what was acknowledged is kept");
        cook.rows("11:13", "food_sample", samples[saved..].to_vec());
    }

    fn checked_kitchen(&self, fso: &Hand<'_>, skipped: &[&str]) {
        let form = fso.call("10:00", "inspection.start", json!({ "template": "T01@1", "subject": "厨房" }));
        let pass = ["T01.02", "T01.04", "T01.05", "T01.06", "T01.14", "T01.15"].map(|item| (item, json!("pass")));
        let measured = [
            ("T01.03", json!("8")),
            ("T01.12", json!([{ "v": "4" }, { "v": "5" }])),
            ("T01.13", json!([{ "v": "-18" }])),
        ];
        let answers = pass.into_iter().chain(measured).filter(|(item, _)| !skipped.contains(item));
        let answers: Vec<Value> =
            answers.map(|(item, result)| json!({ "id": form["id"], "item": item, "result": result })).collect();
        let now = at(fso.day, "10:05").to_rfc3339();
        let answered = fso.tablet.held_by(fso.by).at(&now).call_lines("inspection.answer", &answers);
        assert_eq!(answered.len(), answers.len(), "{answered:?}");
    }

    fn given_out(&self, cook: &Hand<'_>, otherwise: &Otherwise) {
        let mut rows = Vec::new();
        for (sort, _) in MEALS {
            for (at, class) in self.classes.iter().enumerate() {
                let mut row = json!({ "meal": self.meal_id(cook.day, sort), "class": class, "issued": "28", "unit": "份",
                    "leftover": "1", "leftover_unit": "份", "disposal": "餐厨垃圾", "water_ok": true });
                if otherwise.forgets_leftover && sort == "午餐" && at == 1 {
                    let own = row.as_object_mut().expect("an object");
                    own.retain(|name, _| !name.starts_with("leftover") && name != "disposal");
                }
                rows.push(row);
            }
        }
        cook.rows("15:20", "snack_issue", rows);
    }

    /// Disposes of the samples of a day, on a tablet and by its own clock.
    fn disposes(&self, tablet: &TestDevice, taken: u32, (day, time): (u32, &str), but: Option<&str>) {
        let hand = Hand { tablet, by: &self.cooks[1], day };
        for sort in ["早餐", "午餐"] {
            let card = self.card(tablet, hand.by, at(day, time), (taken, sort));
            for clock in list(&card["clocks"]).iter().filter(|clock| clock["state"] == "ready") {
                assert_ne!(clock["dish"].as_str(), but);
                hand.call(time, "meal.dispose", json!({ "sample": clock["sample"], "way": "餐厨垃圾" }));
            }
        }
    }
}

/// A paper on which all is well but what is named: the lines of a good day with some of them in place of others.
fn all_well_but(changed: &[&str]) -> Vec<String> {
    let good = [
        "T01.01 符合",
        "T01.02 符合",
        "T01.03 符合",
        "T01.04 符合",
        "T01.05 符合",
        "T01.06 符合",
        "T01.07 符合",
        "T01.08 符合",
        "T01.09 符合",
        "T01.10 符合",
        "T01.11 符合",
        "T01.12 符合",
        "T01.13 符合",
        "T01.14 符合",
        "T01.15 符合",
        "T03.08 不适用",
        "T06.09 不适用",
        "T08.12 符合",
        "T09.02 符合",
        "T09.08 符合",
    ];
    let number = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let own = |line: &str| changed.iter().find(|other| number(other) == number(line)).copied();
    good.iter().map(|line| own(line).unwrap_or(line).to_owned()).collect()
}

#[test]
fn the_papers_of_a_week_on_two_tablets_of_which_one_dies_equal_those_worked_out_by_hand() {
    let mut kitchen = Kitchen::open();
    kitchen.day(1, &Otherwise::default());

    // Tuesday: a cook has a fever, the meat is too warm and is sent back, and the pork is heated on.
    let warm = json!({ "temp_c": "11", "decision": "拒收", "reject_reason": "温度超限", "proof": [photo()] });
    let fever = json!({ "temp_c": "37.9", "decision": null });
    kitchen.day(2, &Otherwise { check: Some(fever), line: Some(warm), pork_c: Some("65"), ..Otherwise::default() });

    // Wednesday: the cook's papers let her return, the tablet dies, the soup's box is too light, and a class writes no leftovers.
    let fso = Hand { tablet: &kitchen.b, by: &kitchen.fso, day: 3 };
    fso.row("06:45", "return_to_work", json!({ "person": kitchen.cooks[0], "grounds": "医院证明" }));
    let otherwise =
        Otherwise { soup_g: Some("90"), forgets_leftover: true, dies_after: Some(1), ..Otherwise::default() };
    kitchen.day(3, &otherwise);
    // One of Tuesday's samples goes a day too early: it is asked about once, and kept.
    let cook = Hand { tablet: &kitchen.a, by: &kitchen.cooks[1], day: 3 };
    let card = kitchen.card(&kitchen.a, cook.by, at(3, "16:00"), (2, "午餐"));
    let soup = list(&card["clocks"]).into_iter().find(|clock| clock["dish"] == "冬瓜汤").expect("its clock");
    let gone = json!({ "sample": soup["sample"], "way": "餐厨垃圾" });
    assert_eq!(cook.refused("16:00", "meal.dispose", gone.clone())["warnings"][0]["code"], "early");
    let early = cook.call("16:00", "meal.dispose", with(gone, &json!({ "sure": ["early"] })));
    assert_eq!(early["state"], "early");
    kitchen.disposes(&kitchen.a, 1, (3, "16:30"), None);

    // The other tablet has been away since Monday: to the office nobody was checked, as far as it has heard.
    kitchen.meet(&["a"]);
    let (_, lines) = kitchen.paper(2);
    for cook in ["赵厨", "钱厨"] {
        assert!(lines[0].contains(&format!("{cook} 没有晨检（本机未见）")), "{}", lines[0]);
    }
    kitchen.meet(&["a", "b"]);

    // Thursday: nobody looked at the fridge, the pork waited for 150 minutes, and the supplier was stopped in the morning.
    let stop = json!({ "kind": "supplier", "id": kitchen.supplier, "set": { "status": "停用" } });
    let keeper = Hand { tablet: &kitchen.b, by: &kitchen.keeper, day: 4 };
    keeper.call("06:00", "entry.save", stop);
    let otherwise = Otherwise { skipped: &["T01.12"], pork_out: Some("08:55"), ..Otherwise::default() };
    kitchen.day(4, &otherwise);
    // Tuesday's samples go on the other tablet, which got them by the exchange.
    kitchen.disposes(&kitchen.b, 2, (4, "16:30"), Some("冬瓜汤"));

    // Friday: lunch is cancelled at noon, after its samples were taken.
    let start = json!({ "kind": "supplier", "id": kitchen.supplier, "set": { "status": "在用" } });
    Hand { day: 5, ..keeper }.call("06:00", "entry.save", start);
    kitchen.day(5, &Otherwise::default());
    let cook = Hand { tablet: &kitchen.a, by: &kitchen.cooks[0], day: 5 };
    let cancel = json!({ "meal": { "date": date(5), "type": "午餐" }, "reason": "停电", "moved_to": date(8) });
    cook.call("12:00", "meal.cancel", cancel);
    kitchen.disposes(&kitchen.a, 3, (5, "16:30"), None);
    kitchen.meet(&["a", "b"]);

    assert_eq!(kitchen.paper(1), ("零报告：没有发现问题".into(), all_well_but(&[])));
    let unfit = "T01.01 不符合 从业人员晨检：晨检异常 1 人";
    let pork = "T01.07 不符合 红烧肉 温度记录：未烧熟煮透，不得供餐";
    assert_eq!(kitchen.paper(2), ("发现问题".into(), all_well_but(&[unfit, pork])), "what was sent back is no finding");
    let wednesday = [
        "T01.10 不符合 冬瓜汤 食品留样：留样量低于 125 g 午餐 冬瓜汤 留样不足量",
        "T03.08 不符合 冬瓜汤 销样登记：留样未满时限即销毁",
        "T09.08 缺项 午餐 小二班 没有剩余记录（本机未见）",
    ];
    assert_eq!(kitchen.paper(3), ("发现问题".into(), all_well_but(&wednesday)));
    let thursday = [
        "T01.08 不符合 红烧肉 出锅至开餐超过时限：红烧肉",
        "T01.11 不符合 猪肉 验收明细：供货商证照到期或停用仍接收 供货商证照到期",
        "T01.12 缺项 没有检查（本机未见）",
        "T03.08 符合",
    ];
    assert_eq!(kitchen.paper(4), ("发现问题".into(), all_well_but(&thursday)));
    let friday = ["T03.08 符合", "T09.02 缺项 午餐 已取消的餐次又供了餐"];
    assert_eq!(kitchen.paper(5), ("待齐：有缺项".into(), all_well_but(&friday)), "it was served, and counts");

    // The nil day is signed on the tablet, not skipped, and the office holds the page.
    let sign = json!({ "sheet": "meals/day", "from": date(1), "to": date(1), "strokes": signature() });
    let signed = Hand { tablet: &kitchen.b, by: &kitchen.fso, day: 5 }.call("21:00", "sheet.sign", sign);
    kitchen.meet(&["b"]);
    let office = Hand { tablet: &kitchen.office, by: &kitchen.head, day: 5 };
    let of = json!({ "sheet": "meals/day", "from": date(1), "to": date(1) });
    let page = office.call("22:00", "sheet.get", of);
    assert_eq!((&page["signing"]["code"], &page["signing"]["revision"]), (&signed["code"], &json!(1)));
}

/// A photo of which nothing but its name is here.
fn photo() -> Value {
    json!({ "blob": "a".repeat(64), "mime": "image/jpeg", "size": 80_000, "taken_at": 1_803_859_200_000_u64, "source": "camera" })
}

#[test]
fn a_sample_is_disposed_of_after_48_hours_on_either_tablet_and_over_a_restart() {
    let mut kitchen = Kitchen::open();
    let cook = Hand { tablet: &kitchen.a, by: &kitchen.cooks[0], day: 1 };
    let sample = json!({ "kitchen": kitchen.kitchen, "meal": kitchen.meal_id(1, "午餐"), "dish_name": "米饭",
        "grams": "130", "box_no": "A-1" });
    let other = with(sample.clone(), &json!({ "dish_name": "红烧肉", "box_no": "A-2" }));
    let ids = cook.rows("11:10", "food_sample", vec![sample, other]);
    kitchen.meet(&["a", "b"]);
    // Each command is a start of its own: an hour too early, and in time.
    let on_b = Hand { tablet: &kitchen.b, by: &kitchen.cooks[1], day: 3 };
    let gone = json!({ "sample": ids[0], "way": "餐厨垃圾" });
    let refused = on_b.refused("10:10", "meal.dispose", gone.clone());
    assert!(is_an_hour(&refused["left_ms"]), "{refused}");
    assert_eq!(on_b.call("11:31", "meal.dispose", gone.clone())["state"], "disposed");
    // The first tablet has not heard of it, and disposes of it too: both stand, and nobody is accused.
    let on_a = Hand { tablet: &kitchen.a, by: &kitchen.cooks[0], day: 3 };
    on_a.call("11:40", "meal.dispose", gone);
    kitchen.meet(&["a", "b"]);
    let card = kitchen.card(&kitchen.office, &kitchen.fso, at(3, "12:00"), (1, "午餐"));
    let states: Vec<(String, String)> =
        list(&card["clocks"]).iter().map(|clock| (text(&clock["dish"]), text(&clock["state"]))).collect();
    assert_eq!(states, [("红烧肉".into(), "ready".into()), ("米饭".into(), "disposed".into())]);
    assert_eq!(kitchen.office.call("finding.list", json!({}))["findings"], json!([]));
}
