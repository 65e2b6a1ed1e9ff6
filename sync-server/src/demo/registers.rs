//! Three weeks of the books that a school keeps: who was on duty, how cold the fridges were, what was washed, read and lent.

use chrono::Datelike;
use serde_json::{Value, json};

use super::campus::{GATE, KITCHEN, STORE};
use super::cast::{CARER, COOK, FIXER, FSO, GUARD, HEAD, LOGI, SECOND_COOK, TEACHER};
use super::error::DemoError;
use super::forms::signature;
use super::ids::{Of, id};
use super::scan;
use super::stage::Stage;

/// The first day of the books, counted from today.
const FIRST: i64 = -20;
/// 餐具洗消间.
const WASHING_ROOM: u32 = 5;
/// The fridges by their numbers, each with what it shows on most days.
const FRIDGES: [(u32, &str, u32, &str, f64); 3] = [
    (1, "冷藏柜 1 号", KITCHEN, "冷藏", 4.2),
    (2, "留样柜", KITCHEN, "冷藏", 3.6),
    (3, "冷冻柜", STORE, "冷冻", -18.4),
];
/// The meters, each with what it showed three weeks ago and how much a week adds.
const METERS: [(&str, &str, f64, f64); 3] =
    [("自来水总表", "水", 18_342.0, 146.0), ("电力总表", "电", 226_410.0, 1_284.0), ("燃气总表", "气", 9_105.0, 88.0)];

/// Writes the books up to this morning.
pub(super) fn play(stage: &mut Stage) -> Result<(), DemoError> {
    let meters = masters(stage)?;
    let things = counted(stage, GUARD)?;
    let mut at_night = None;
    for day in FIRST..=0 {
        at_night = duty(stage, day, at_night.as_ref(), &things)?;
        kitchen(stage, day)?;
        if (day - FIRST) % 7 == 0 {
            week(stage, day, &meters)?;
        }
    }
    coming_days(stage)
}

/// A row of a register, written by a person; gives its id.
fn enter(stage: &mut Stage, by: u32, kind: &str, set: Value) -> Result<Value, DemoError> {
    let saved = stage.call(by, "entry.save", json!({"kind": kind, "set": set}))?;
    Ok(saved["id"].clone())
}

fn act(stage: &mut Stage, by: u32, row: &Value, act: &str, set: Value) -> Result<(), DemoError> {
    stage.call(by, "entry.act", json!({"id": row, "act": act, "set": set})).map(drop)
}

fn area(number: u32) -> Value {
    json!(id(Of::Area, number))
}

fn person(number: u32) -> Value {
    json!(id(Of::Person, number))
}

/// What changes a little from day to day, the same each time.
fn wobble(day: i64, of: u32) -> f64 {
    let step = (day.rem_euclid(7) * 3 + i64::from(of) * 5).rem_euclid(9);
    (step as f64 - 4.0) / 10.0
}

/// Fridges, meters, suppliers and certificates; gives the meters.
fn masters(stage: &mut Stage) -> Result<Vec<Value>, DemoError> {
    stage.at(FIRST, 6, 0);
    for (number, name, place, ..) in FRIDGES {
        let fridge = json!({"id": id(Of::Asset, number), "name": name, "area": area(place), "category": "冷藏冷冻"});
        stage.call(LOGI, "asset.save", fridge)?;
    }
    let mut meters = Vec::new();
    for (name, sort, ..) in METERS {
        let meter = json!({"name": name, "sort": sort, "area": area(1), "multiplier": "1"});
        meters.push(enter(stage, LOGI, "meter", meter)?);
    }
    for (name, goods, contact) in [
        ("绿源蔬菜配送", "蔬菜、水果", "孙经理"),
        ("惠民粮油", "米面粮油", "钱经理"),
        ("鲜达肉类", "猪肉、禽蛋", "何经理"),
    ] {
        let supplier = json!({
            "name": name, "address": "城关镇集贸市场", "contact": contact, "phone": "13800001111", "goods": goods,
            "status": "在用",
        });
        enter(stage, FSO, "supplier", supplier)?;
    }
    certificates(stage)?;
    Ok(meters)
}

/// Who works with food and with small children has one; of one that was renewed the new scan is still to come.
fn certificates(stage: &mut Stage) -> Result<(), DemoError> {
    for (number, (holder, days_left, no, has_scan)) in (1..).zip([
        (COOK, 140, "健证 2026-0141", true),
        (SECOND_COOK, 201, "健证 2026-0202", true),
        (CARER, 19, "健证 2025-0877", true),
        (TEACHER, 33, "健证 2025-0913", true),
        (TEACHER, 340, "健证 2026-0955", false),
    ]) {
        let mut certificate = json!({
            "person": person(holder), "no": no, "issued_on": stage.day(days_left - 365), "valid_to": stage.day(days_left),
            "issuer": "县疾病预防控制中心",
        });
        if has_scan {
            let drawn = scan::certificate(number);
            let drawn = drawn.map_err(|error| DemoError::Script(format!("a scan was not drawn: {error}")))?;
            let scan = stage.import_photo(FSO, &drawn)?;
            certificate["scan"] = json!([scan]);
        }
        enter(stage, FSO, "health_certificate", certificate)?;
    }
    Ok(())
}

/// A day at the gate: the night hands over in the morning, the day in the evening; gives the shift of the night.
fn duty(stage: &mut Stage, day: i64, last_night: Option<&Value>, things: &Value) -> Result<Option<Value>, DemoError> {
    stage.at(day, 7, 0);
    let shift = begin(stage, GUARD, "白班", day)?;
    if let Some(night) = last_night {
        hand_over(stage, night, [FIXER, GUARD], things, "夜间无异常，后门灯已报修")?;
    }
    if day == 0 {
        return Ok(None);
    }
    stage.at(day, 18, 0);
    let night = begin(stage, FIXER, "夜班", day)?;
    hand_over(stage, &shift, [GUARD, FIXER], things, "访客均已离校")?;
    Ok(Some(night))
}

fn begin(stage: &mut Stage, by: u32, shift: &str, day: i64) -> Result<Value, DemoError> {
    const SKIES: [&str; 4] = ["晴", "阴", "晴", "雨"];
    let sky = SKIES[stage.day(day).ordinal() as usize % SKIES.len()];
    let set = json!({
        "date": stage.day(day), "post": area(GATE), "shift": shift, "person": person(by), "leader": person(LOGI), "weather": sky,
    });
    let row = enter(stage, by, "duty_shift", set)?;
    act(stage, by, &row, "begin", json!({}))?;
    Ok(row)
}

/// One hands over to the next, both sign, and the shift ends.
fn hand_over(
    stage: &mut Stage,
    shift: &Value,
    [from, to]: [u32; 2],
    things: &Value,
    words: &str,
) -> Result<(), DemoError> {
    let set = json!({"from_shift": shift, "to": person(to), "items": things, "notes": words});
    let row = enter(stage, from, "shift_handover", set)?;
    act(stage, from, &row, "give", json!({"sig": signature(from)}))?;
    act(stage, to, &row, "take", json!({"sig": signature(to)}))?;
    act(stage, from, shift, "end", json!({}))
}

/// Everything that a handover counts is there.
fn counted(stage: &mut Stage, by: u32) -> Result<Value, DemoError> {
    let kinds = stage.call(by, "entry.kinds", json!({}))?;
    let all = |list: &Value| list.as_array().cloned().unwrap_or_default();
    let handover = all(&kinds["kinds"]).into_iter().find(|kind| kind["kind"] == "shift_handover").unwrap_or_default();
    let items = all(&handover["fields"]).into_iter().find(|field| field["name"] == "items").unwrap_or_default();
    let line = |line: Value| {
        let key = line["key"].as_str().unwrap_or_default().to_owned();
        (key, json!({"counted": line["cells"]["should"], "intact": true}))
    };
    Ok(Value::Object(all(&items["lines"]).into_iter().map(line).collect()))
}

/// The fridges twice, and the tableware after lunch.
fn kitchen(stage: &mut Stage, day: i64) -> Result<(), DemoError> {
    for (hour, session) in [(8, "上午"), (15, "下午")] {
        if day == 0 && hour > 8 {
            return Ok(());
        }
        stage.at(day, hour, 5);
        for (number, _, place, what, usual) in FRIDGES {
            // Once the door of the first did not close.
            let is_warm = (day, number, session) == (-9, 1, "下午");
            let shown = if is_warm { 10.8 } else { usual + wobble(day, number) };
            let mut set = json!({
                "what": what, "session": session, "area": area(place), "equipment": id(Of::Asset, number), "c": format!("{shown:.1}"),
            });
            if is_warm {
                set["done"] = json!("柜门未关严，已关紧，食材已检查");
            }
            enter(stage, COOK, "temperature_reading", set)?;
        }
    }
    stage.at(day, 12, 50);
    let set = json!({"area": area(WASHING_ROOM), "object": "餐具", "method": "蒸汽", "qty": 268, "temp_c": "102"});
    let row = enter(stage, SECOND_COOK, "disinfection_log", set)?;
    stage.wait(18);
    act(stage, SECOND_COOK, &row, "finish", json!({}))
}

/// What comes once a week: the meters, the waste, the log, and something lent.
fn week(stage: &mut Stage, day: i64, meters: &[Value]) -> Result<(), DemoError> {
    stage.at(day, 16, 0);
    let weeks = (day - FIRST) / 7;
    for (meter, (.., first, weekly)) in meters.iter().zip(METERS) {
        let value = first + weekly * weeks as f64;
        enter(stage, FIXER, "meter_reading", json!({"meter": meter, "value": format!("{value:.0}")}))?;
    }
    let waste = json!({
        "kitchen": area(KITCHEN), "sort": "餐厨垃圾", "kg": format!("{:.1}", 41.5 + wobble(day, 3) * 10.0), "diners": 288,
        "company": "洁源环保", "licensed": true, "collector": "老董", "phone": "13900002222",
    });
    enter(stage, COOK, "waste", waste)?;
    let log = json!({"text": "巡检水电，更换走廊灯管两支，疏通食堂下水", "hours": "6"});
    enter(stage, FIXER, "work_log", log)?;
    let loan = json!({
        "sort": "物品", "name": "移动音箱", "count": 1, "borrower": person(CARER), "due_on": stage.day(day + 3), "purpose": "户外活动",
    });
    let loan = enter(stage, LOGI, "loan", loan)?;
    // The last one is still out, and should have come back.
    if weeks < 2 {
        stage.at(day + 2, 16, 30);
        act(stage, LOGI, &loan, "return", json!({"condition": "完好"}))?;
    }
    Ok(())
}

/// The roster of the coming week, a training, and an opinion that waits for its answer.
fn coming_days(stage: &mut Stage) -> Result<(), DemoError> {
    stage.at(-1, 16, 40);
    for day in 0..7 {
        let date = stage.day(day);
        for (shift, who) in [("白班", GUARD), ("夜班", FIXER)] {
            let set = json!({
                "date": date, "sort": "值班", "shift": shift, "post": area(GATE), "person": person(who), "leader": person(LOGI),
            });
            enter(stage, LOGI, "duty_roster", set)?;
        }
        enter(
            stage,
            LOGI,
            "duty_roster",
            json!({"date": date, "sort": "陪餐", "meal": "午餐", "person": person(HEAD)}),
        )?;
    }
    let training = json!({
        "subject": "食品安全", "topic": "留样与消毒", "hours": "1.5", "leader": person(FSO),
        "attendees": [person(COOK), person(SECOND_COOK), person(CARER)],
    });
    enter(stage, LOGI, "training", training)?;
    let opinion =
        json!({"channel": "家长", "subject": "伙食", "text": "汤有时偏凉，能不能再热一点", "owner": person(FSO)});
    enter(stage, LOGI, "feedback", opinion).map(drop)
}
