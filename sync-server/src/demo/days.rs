//! Three days at the campus: what is checked, and by whom.

use serde_json::{Value, json};

use super::campus::{FIRST_CLASS, GATE, KITCHEN, PLAYGROUND, SECOND_CLASS, STORE};
use super::cast::{CARER, COOK, FIXER, FSO, GUARD, MEDIC, SECOND_COOK, TEACHER};
use super::error::DemoError;
use super::findings;
use super::forms::Form;
use super::ids::{Of, id};
use super::stage::Stage;

/// The kitchen check of a day; that of today, which is still open, ends in `306`.
const KITCHEN_CHECK: u32 = 6;

/// Plays the three days, the last of which is today.
pub(super) fn play(stage: &mut Stage) -> Result<(), DemoError> {
    mornings(stage, -2, [["36.4", "142"], ["36.6", "203"]])?;
    findings::day_before_yesterday(stage)?;
    hygiene(stage, -2, FIRST_CLASS)?;
    kitchen(stage, -2, false)?;
    samples(stage, -2, "午餐", 6)?;
    sixth_person(stage)?;

    mornings(stage, -1, [["36.5", "141"], ["36.3", "202"]])?;
    findings::yesterday_morning(stage)?;
    hygiene(stage, -1, SECOND_CLASS)?;
    kitchen(stage, -1, true)?;
    samples(stage, -1, "午餐", 5)?;
    let danger = equipment(stage)?;
    findings::yesterday_afternoon(stage, danger)?;

    mornings(stage, 0, [["36.7", "140"], ["36.4", "201"]])?;
    findings::today(stage)?;
    samples(stage, 0, if stage.is_kindergarten() { "早点" } else { "早餐" }, 3)?;
    open_kitchen_check(stage)
}

/// The number of an inspection: the day from 1 to 3, and its place in the day; of later days it is larger.
fn number(day: i64, place: u32) -> u32 {
    let days_ago = u32::try_from(day.unsigned_abs()).unwrap_or(0);
    ((3 - days_ago.min(2)) << 8) | place
}

fn area(number: u32) -> String {
    id(Of::Area, number).to_string()
}

/// The morning check of both cooks as one round, and a patrol at the gate.
fn mornings(stage: &mut Stage, day: i64, cooks: [[&str; 2]; 2]) -> Result<(), DemoError> {
    let round = id(Of::Round, number(day, 0));
    for (place, person, [temperature, days_left]) in [(1, COOK, cooks[0]), (2, SECOND_COOK, cooks[1])] {
        stage.at(day, 6, 30 + u64::from(place) * 6);
        let subject = id(Of::Person, person).to_string();
        let form = Form { number: number(day, place), by: FSO, template: "T07@1", subject };
        form.start(stage, json!({"round": round}))?;
        form.answer(stage, "T07.01", json!("到岗"))?;
        form.answer(stage, "T07.02", json!(temperature))?;
        form.answer(stage, "T07.08", json!(days_left))?;
        form.answer(stage, "T07.09", json!("上岗"))?;
        form.finish(stage)?;
    }
    stage.at(day, 7, 10);
    let form = Form { number: number(day, 3), by: GUARD, template: "T18@1", subject: area(GATE) };
    form.start(stage, Value::Null)?;
    form.note(stage, "T18.10", json!("na"), "早间巡查，放学后再查")?;
    form.answer(stage, "T18.12", json!("正常"))?;
    form.finish(stage)
}

/// An unannounced look at a class.
fn hygiene(stage: &mut Stage, day: i64, class: u32) -> Result<(), DemoError> {
    stage.at(day, 9, 30);
    let form = Form { number: number(day, 5), by: MEDIC, template: "T10@1", subject: area(class) };
    form.start(stage, json!({"mode": "spot"}))?;
    form.finish(stage)
}

/// The kitchen check before lunch; on one day a soup is not hot enough, is heated again, and then is.
fn kitchen(stage: &mut Stage, day: i64, is_too_cold: bool) -> Result<(), DemoError> {
    stage.at(day, 10, 20);
    let form = Form { number: number(day, KITCHEN_CHECK), by: FSO, template: "T01@1", subject: area(KITCHEN) };
    form.start(stage, Value::Null)?;
    form.answer(stage, "T01.03", json!(7))?;
    if is_too_cold {
        let first = json!([{"v": "76.1", "of": "红烧鸡块"}, {"v": "66.8", "of": "冬瓜汤"}]);
        form.note(stage, "T01.07", first, "冬瓜汤未达 70℃，回锅加热后复测")?;
        stage.wait(8);
        let again = json!([
            {"v": "76.1", "of": "红烧鸡块"}, {"v": "66.8", "of": "冬瓜汤"}, {"v": "74.5", "of": "冬瓜汤", "retest": true},
        ]);
        form.answer(stage, "T01.07", again)?;
        stage.wait(1);
    } else {
        form.answer(stage, "T01.07", json!([{"v": "78.3", "of": "土豆烧肉"}, {"v": "74.2", "of": "番茄蛋汤"}]))?;
    }
    form.answer(stage, "T01.08", json!(if is_too_cold { "65" } else { "50" }))?;
    form.answer(stage, "T01.12", json!("4.2"))?;
    form.answer(stage, "T01.13", json!("-18.5"))?;
    form.finish(stage)
}

/// The food samples of a meal.
fn samples(stage: &mut Stage, day: i64, meal: &str, dishes: usize) -> Result<(), DemoError> {
    const BOXES: [(&str, &str); 6] =
        [("米饭", "131"), ("主菜", "142"), ("汤", "150"), ("青菜", "128"), ("馒头", "135"), ("水果", "140")];
    let (hour, place) = if meal == "午餐" { (11, 7) } else { (8, 4) };
    stage.at(day, hour, 25);
    let form = Form { number: number(day, place), by: COOK, template: "T03@1", subject: meal.to_owned() };
    form.start(stage, Value::Null)?;
    let boxes = BOXES.iter().take(dishes).map(|(of, grams)| json!({"v": grams, "of": of})).collect();
    form.answer(stage, "T03.01", json!(dishes))?;
    form.answer(stage, "T03.02", json!(dishes))?;
    form.answer(stage, "T03.03", Value::Array(boxes))?;
    form.answer(stage, "T03.07", json!("3.8"))?;
    form.note(stage, "T03.08", json!("na"), "本次无销毁")?;
    form.note(stage, "T03.09", json!("na"), "本次无销毁")?;
    form.finish(stage)
}

/// Towels and cups in a kindergarten, the store room in a school.
fn sixth_person(stage: &mut Stage) -> Result<(), DemoError> {
    stage.at(-2, 14, 40);
    let (template, place) = if stage.is_kindergarten() { ("T12@1", FIRST_CLASS) } else { ("T06@1", STORE) };
    let form = Form { number: number(-2, 8), by: CARER, template, subject: area(place) };
    form.start(stage, Value::Null)?;
    let measured: &[(&str, &str)] = if stage.is_kindergarten() {
        &[("T12.01", "0"), ("T12.02", "蒸汽"), ("T12.03", "20"), ("T12.04", "100"), ("T12.05", "12")]
    } else {
        &[("T06.01", "15"), ("T06.02", "12"), ("T06.06", "0")]
    };
    for (item, result) in measured {
        form.answer(stage, item, json!(result))?;
    }
    form.finish(stage)
}

/// The check that finds something dangerous; gives the inspection and the item.
fn equipment(stage: &mut Stage) -> Result<(uuid::Uuid, &'static str), DemoError> {
    stage.at(-1, 15, 10);
    let is_kindergarten = stage.is_kindergarten();
    let (template, by, item, note) = if is_kindergarten {
        ("T14@1", TEACHER, "T14.02", "滑梯左侧两颗螺栓松动，一颗缺螺帽盖")
    } else {
        ("T19@1", FIXER, "T19.07", "双杠一侧立柱螺栓松动，晃动明显")
    };
    let form = Form { number: number(-1, 9), by, template, subject: area(PLAYGROUND) };
    form.start(stage, Value::Null)?;
    form.note(stage, item, json!("fail"), note)?;
    if !is_kindergarten {
        form.answer(stage, "T19.12", json!("100"))?;
    }
    form.finish(stage)?;
    Ok((form.id(), item))
}

/// Today's kitchen check: two people share it, disagree about the floor, and have not come to the end.
fn open_kitchen_check(stage: &mut Stage) -> Result<(), DemoError> {
    stage.at(0, 10, 20);
    let form = Form { number: number(0, KITCHEN_CHECK), by: FSO, template: "T01@1", subject: area(KITCHEN) };
    form.start(stage, json!({"mode": "joint"}))?;
    let join = json!({"id": form.id(), "template": form.template, "subject": form.subject});
    let joined = stage.call(SECOND_COOK, "inspection.join", join)?;
    form.answer(stage, "T01.01", json!("pass"))?;
    form.answer(stage, "T01.02", json!("pass"))?;
    // Each gives points to the floor on a form that does not show the other's.
    for (by, points) in [(FSO, 7), (SECOND_COOK, 5)] {
        let answer = json!({"id": form.id(), "item": "T01.03", "result": points, "seen": joined["version"]});
        stage.call(by, "inspection.answer", answer)?;
    }
    form.answer(stage, "T01.04", json!("pass"))?;
    for (item, result) in [("T01.12", "4.5"), ("T01.13", "-18.2")] {
        stage.call(SECOND_COOK, "inspection.answer", json!({"id": form.id(), "item": item, "result": result}))?;
    }
    Ok(())
}
