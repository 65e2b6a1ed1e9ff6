//! Three weeks of meals: what was cooked, measured, kept and given out, with a fever, a line that was rejected, a dish that was not
//! cooked through at first, and a sample that went too early.

use domain::id::{dish_id, meal_id};
use serde_json::{Value, json};

use super::campus::{FIRST_CLASS, KITCHEN, SECOND_CLASS, THIRD_CLASS};
use super::cast::{COOK, FSO, SECOND_COOK};
use super::error::DemoError;
use super::forms::signature;
use super::ids::{Of, id};
use super::scan;
use super::stage::Stage;

/// The first day with meals, counted from today.
const FIRST: i64 = -20;
/// The day of the fever, and the day on which the cook came back.
const FEVER: i64 = -6;
const BACK: i64 = -3;
/// The day on which a line was rejected.
const REJECTED: i64 = -4;
/// The day whose soup was disposed of a day too early.
const EARLY: i64 = -8;
/// The day on which a dish had to be heated on.
const COLD: i64 = -5;
/// Lunches that take turns: each dish with its sort.
static LUNCHES: [[(&str, &str); 4]; 3] = [
    [("米饭", "主食"), ("红烧肉", "热菜"), ("清炒小白菜", "热菜"), ("冬瓜汤", "汤")],
    [("馒头", "主食"), ("番茄炒蛋", "热菜"), ("肉末茄子", "热菜"), ("紫菜蛋花汤", "汤")],
    [("杂粮饭", "主食"), ("清蒸鲈鱼", "热菜"), ("蒜蓉菠菜", "热菜"), ("玉米排骨汤", "汤")],
];

/// Writes the meals up to this morning.
pub(super) fn play(stage: &mut Stage) -> Result<(), DemoError> {
    plan(stage)?;
    for day in FIRST..=0 {
        let lunch = Lunch::on(stage, day);
        if !lunch.is_served(stage)? {
            continue;
        }
        lunch.morning(stage)?;
        if day < 0 {
            lunch.noon(stage)?;
        }
    }
    Ok(())
}

/// The menus of the weeks, each written on its first day.
fn plan(stage: &mut Stage) -> Result<(), DemoError> {
    for day in FIRST..=0 {
        stage.at(day, 6, 5);
        let dishes: Vec<Value> =
            dishes(day).iter().map(|(name, sort)| json!({"name": name, "category": sort, "made_here": true})).collect();
        let date = stage.day(day);
        let meals = json!([{"date": date, "type": "午餐", "dishes": dishes}]);
        stage.call(COOK, "menu.save", json!({"day": date, "meals": meals}))?;
    }
    Ok(())
}

fn dishes(day: i64) -> &'static [(&'static str, &'static str); 4] {
    &LUNCHES[usize::try_from((day - FIRST).rem_euclid(3)).unwrap_or(0)]
}

fn enter(stage: &mut Stage, by: u32, kind: &str, set: Value) -> Result<Value, DemoError> {
    let saved = stage.call(by, "entry.save", json!({"kind": kind, "set": set}))?;
    Ok(saved["id"].clone())
}

/// The lunch of one day.
struct Lunch {
    day: i64,
    meal: uuid::Uuid,
    argument: Value,
}

impl Lunch {
    fn on(stage: &Stage, day: i64) -> Self {
        let date = stage.day(day);
        Self {
            day, meal: meal_id(id(Of::Campus, 1), date, "午餐"), argument: json!({"date": date, "type": "午餐"})
        }
    }

    /// Whether the timetable has it.
    fn is_served(&self, stage: &mut Stage) -> Result<bool, DemoError> {
        let card = stage.call(COOK, "meal.card", self.argument.clone())?;
        Ok(card["planned_at"].is_number())
    }

    /// The checks of the kitchen's people, and what was brought.
    fn morning(&self, stage: &mut Stage) -> Result<(), DemoError> {
        stage.at(self.day, 6, 40);
        for cook in [COOK, SECOND_COOK] {
            self.check(stage, cook)?;
        }
        stage.at(self.day, 7, 20);
        self.delivery(stage)
    }

    fn check(&self, stage: &mut Stage, cook: u32) -> Result<(), DemoError> {
        let person = json!(id(Of::Person, cook));
        let is_ill = (self.day, cook) == (FEVER, SECOND_COOK);
        let is_away = cook == SECOND_COOK && (FEVER + 1..BACK).contains(&self.day);
        if (self.day, cook) == (BACK, SECOND_COOK) {
            let set = json!({"person": person, "grounds": "县医院证明，体温正常三天"});
            enter(stage, FSO, "return_to_work", set)?;
        }
        let mut set = json!({
            "session": "晨", "kitchen": id(Of::Area, KITCHEN), "person": person,
            "attendance": if is_away { "请假" } else { "到岗" },
        });
        if !is_away {
            let tenths = 362 + (self.day * 3 + i64::from(cook)).rem_euclid(6);
            set["temp_c"] = json!(if is_ill { "37.9".to_owned() } else { format!("{}.{}", tenths / 10, tenths % 10) });
            for symptom in ["diarrhoea", "vomit", "wound", "throat"] {
                set[symptom] = json!(false);
            }
            set["decision"] = json!(if is_ill { "就医" } else { "上岗" });
        }
        enter(stage, FSO, "morning_check", set).map(drop)
    }

    /// Vegetables and meat, received by two; once the meat came too warm and went back.
    fn delivery(&self, stage: &mut Stage) -> Result<(), DemoError> {
        let suppliers = stage.records("supplier")?;
        let Some(supplier) = suppliers.first().map(|found| found.id.to_string()) else { return Ok(()) };
        let set = json!({"kitchen": id(Of::Area, KITCHEN), "supplier": supplier, "order_no": format!("SH{:04}", 100 + self.day)});
        let delivery = enter(stage, FSO, "delivery", set)?;
        let line = |item: &str, sort: &str, kg: &str| {
            json!({"delivery": delivery, "item_name": item, "sort": sort, "qty": kg, "unit": "kg", "papers": "齐全",
                   "sensory": "合格", "label": "齐全", "decision": "接收"})
        };
        enter(stage, FSO, "delivery_line", line("时令蔬菜", "常温", "36"))?;
        let mut meat = line("猪前腿肉", "冷藏", "24");
        meat["batch"] = json!(format!("B{}", stage.day(self.day).format("%m%d")));
        meat["temp_c"] = json!("4.5");
        if self.day == REJECTED {
            let drawn = scan::certificate(9);
            let drawn = drawn.map_err(|error| DemoError::Script(format!("a photo was not drawn: {error}")))?;
            meat["temp_c"] = json!("13.5");
            meat["decision"] = json!("拒收");
            meat["reject_reason"] = json!("到货 13.5 ℃，冷藏车未制冷");
            meat["proof"] = json!([stage.import_photo(FSO, &drawn)?]);
        }
        let meat = enter(stage, FSO, "delivery_line", meat)?;
        for (by, act) in [(FSO, "first"), (COOK, "second")] {
            stage.call(by, "entry.act", json!({"id": delivery, "act": act, "set": {"sig": signature(by)}}))?;
        }
        if self.day != REJECTED {
            let dish = dish_id(self.meal, dishes(self.day)[1].0);
            stage.call(COOK, "meal.link", json!({"meal": self.argument, "dish": dish, "lines": [meat]}))?;
        }
        Ok(())
    }

    /// The dishes measured and kept, what went to the classes, and the samples of two days before.
    fn noon(&self, stage: &mut Stage) -> Result<(), DemoError> {
        stage.at(self.day, 10, 40);
        for (dish, _) in dishes(self.day) {
            self.measure(stage, dish)?;
        }
        stage.at(self.day, 11, 5);
        let mut soup = Value::Null;
        for (box_no, (dish, _)) in (1..).zip(dishes(self.day)) {
            soup = self.sample(stage, dish, box_no)?;
        }
        stage.at(self.day, 11, 35);
        for (class, diners) in [(FIRST_CLASS, 30), (SECOND_CLASS, 28), (THIRD_CLASS, 25)] {
            let issue = json!({
                "date": stage.day(self.day), "meal": self.meal, "class": id(Of::Area, class), "issued": diners.to_string(),
                "unit": "份",
            });
            enter(stage, COOK, "snack_issue", issue)?;
        }
        if self.day == EARLY {
            stage.at(self.day + 1, 13, 30);
            self.dispose(stage, &soup)?;
        }
        if self.day + 2 < 0 {
            stage.at(self.day + 2, 13, 30);
            for sample in self.kept(stage)? {
                self.dispose(stage, &json!(sample))?;
            }
        }
        Ok(())
    }

    fn measure(&self, stage: &mut Stage, dish: &str) -> Result<(), DemoError> {
        let is_cold = self.day == COLD && dish == dishes(self.day)[1].0;
        let set = |c: &str| {
            json!({"what": "中心温度", "area": id(Of::Area, KITCHEN), "meal": self.meal, "dish": dish,
                   "dish_id": dish_id(self.meal, dish), "c": c})
        };
        if !is_cold {
            let shown = 76 + (self.day + dish.len() as i64).rem_euclid(12);
            return enter(stage, COOK, "temperature_reading", set(&shown.to_string())).map(drop);
        }
        let cold = enter(stage, COOK, "temperature_reading", set("66"))?;
        stage.wait(8);
        let mut again = set("81");
        again["retest_of"] = json!([cold]);
        again["done"] = json!("继续加热后复测");
        enter(stage, COOK, "temperature_reading", again).map(drop)
    }

    fn sample(&self, stage: &mut Stage, dish: &str, box_no: u32) -> Result<Value, DemoError> {
        let turn = (self.day - FIRST).rem_euclid(3);
        let grams = 130 + (self.day + i64::from(box_no)).rem_euclid(9);
        let set = json!({
            "kitchen": id(Of::Area, KITCHEN), "meal": self.meal, "dish": dish_id(self.meal, dish), "dish_name": dish,
            "grams": grams.to_string(), "box_no": format!("{}-{box_no:02}", ["A", "B", "C"][usize::try_from(turn).unwrap_or(0)]),
            "fridge": id(Of::Asset, 2), "fridge_temp_c": "3.6",
        });
        enter(stage, COOK, "food_sample", set)
    }

    fn dispose(&self, stage: &mut Stage, sample: &Value) -> Result<(), DemoError> {
        let dispose = json!({"sample": sample, "way": "餐厨垃圾", "sure": ["early"]});
        stage.call(SECOND_COOK, "meal.dispose", dispose).map(drop)
    }

    /// The samples of it that nobody has disposed of.
    fn kept(&self, stage: &mut Stage) -> Result<Vec<String>, DemoError> {
        let card = stage.call(FSO, "meal.card", self.argument.clone())?;
        let clocks = card["clocks"].as_array().cloned().unwrap_or_default();
        let is_there = |clock: &Value| matches!(clock["state"].as_str(), Some("ready" | "waiting"));
        let named = clocks.iter().filter(|clock| is_there(clock)).filter_map(|clock| clock["sample"].as_str());
        Ok(named.map(str::to_owned).collect())
    }
}
