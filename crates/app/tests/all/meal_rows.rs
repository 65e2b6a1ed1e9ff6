//! The registers of the kitchen: each rule in its words, as far as it follows from rows alone.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::entries::signature;
use crate::support::{Hand, Tablet, photo, text};

const HOUR_MS: u64 = 3_600_000;

/// A kitchen with its people, on a campus with a class, and the lunch of the day.
pub(crate) struct Canteen {
    pub(crate) tablet: Tablet,
    pub(crate) setup: Hand,
    pub(crate) campus: String,
    pub(crate) kitchen: String,
    pub(crate) class: String,
    pub(crate) cook: String,
    pub(crate) other_cook: String,
    pub(crate) fso: String,
    pub(crate) head: String,
    pub(crate) keeper: String,
    pub(crate) carer: String,
    pub(crate) guard: String,
    pub(crate) lunch: String,
}

impl Canteen {
    pub(crate) fn new() -> Self {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let meals = json!([{"type": "午餐", "planned": "11:30", "days": "school"}]);
        let campus = json!({"name": "东校区", "kind": "kindergarten", "meals": meals});
        let campus = text(&setup.call("campus.save", campus)["id"]);
        let area = |name: &str, sort: &str| {
            text(&setup.call("area.save", json!({"name": name, "kind": sort, "scope": campus}))["id"])
        };
        let (kitchen, class) = (area("中心食堂", "kitchen"), area("小一班", "class"));
        let person = |name: &str, role: &str| {
            let id = text(&setup.call("person.save", json!({"name": name, "scope": campus}))["id"]);
            setup.call("person.grant", json!({"person": id, "role": role, "campus": campus}));
            id
        };
        let (cook, other_cook) = (person("赵厨", "cook"), person("钱厨", "cook"));
        let (fso, head, keeper) = (person("陈安", "fso"), person("王园长", "head"), person("孙保管", "keeper"));
        let (carer, guard) = (person("李保育", "carer"), person("张强", "guard"));
        let places = json!({"person": carer, "role": "carer", "campus": campus, "places": [class]});
        setup.call("person.grant", places);
        let key = "meal/2026-09-01/午餐";
        let lunch = Uuid::new_v5(&campus.parse().expect("a UUID"), key.as_bytes()).to_string();
        Self { tablet, setup, campus, kitchen, class, cook, other_cook, fso, head, keeper, carer, guard, lunch }
    }

    pub(crate) fn by(&self, person: &str) -> Hand {
        self.tablet.app(Some(person))
    }

    /// A sample of a dish, as the cook takes it.
    pub(crate) fn sample_set(&self, dish: &str, grams: &str, box_no: &str) -> Value {
        json!({"kitchen": self.kitchen, "meal": self.lunch, "dish_name": dish, "grams": grams, "box_no": box_no})
    }

    #[track_caller]
    pub(crate) fn sample(&self, dish: &str, grams: &str, box_no: &str) -> String {
        let set = self.sample_set(dish, grams, box_no);
        text(&self.by(&self.cook).call("entry.save", json!({"kind": "food_sample", "set": set}))["id"])
    }

    #[track_caller]
    pub(crate) fn dispose(&self, by: &str, sample: &str) -> Value {
        let set = json!({"sample": sample, "reason": "到期", "way": "餐厨垃圾"});
        let id = self.by(by).call("entry.save", json!({"kind": "sample_disposal", "set": set}))["id"].clone();
        self.by(&self.fso).call("entry.get", json!({"id": id}))
    }

    /// A morning check of a cook who is well, but for what is said.
    pub(crate) fn check_set(&self, person: &str, other: Value) -> Value {
        let mut set = json!({
            "session": "晨", "kitchen": self.kitchen, "person": person, "attendance": "到岗", "temp_c": "36.5",
            "diarrhoea": false, "vomit": false, "wound": false, "throat": false,
        });
        let all = set.as_object_mut().expect("an object");
        all.extend(other.as_object().expect("an object").clone());
        set
    }

    #[track_caller]
    pub(crate) fn checks(&self, by: &str, person: &str, other: Value) -> String {
        let set = self.check_set(person, other);
        text(&self.by(by).call("entry.save", json!({"kind": "morning_check", "set": set}))["id"])
    }

    /// A core temperature of a dish.
    #[track_caller]
    pub(crate) fn reads(&self, dish: &str, celsius: &str, retest_of: &[&str]) -> String {
        let lunch = self.lunch.parse().expect("a UUID");
        let mut set = json!({
            "what": "中心温度", "area": self.kitchen, "meal": self.lunch, "dish": dish,
            "dish_id": Uuid::new_v5(&lunch, dish.as_bytes()), "c": celsius,
        });
        if !retest_of.is_empty() {
            set["retest_of"] = json!(retest_of);
        }
        text(&self.by(&self.cook).call("entry.save", json!({"kind": "temperature_reading", "set": set}))["id"])
    }

    pub(crate) fn finding_id(&self, record: &str, item: &str) -> String {
        Uuid::new_v5(&record.parse().expect("a UUID"), item.as_bytes()).to_string()
    }

    pub(crate) fn finding(&self, id: &str) -> Value {
        self.by(&self.head).call("finding.get", json!({"id": id}))
    }
}

#[test]
fn a_sample_under_the_grams_is_kept_and_is_a_finding_of_that_sample() {
    let canteen = Canteen::new();
    let light = canteen.sample("红烧肉", "90", "A-07");
    let finding = canteen.finding(&canteen.finding_id(&light, "grams"));
    assert_eq!((&finding["severity"], &finding["entry"]["id"]), (&json!("L4"), &json!(light)));
    let enough = canteen.sample("冬瓜汤", "125.0", "A-08");
    assert_eq!(canteen.setup.findings().len(), 1, "{enough}");
    let row = canteen.by(&canteen.cook).call("entry.get", json!({"id": enough}));
    assert_eq!((&row["fields"]["keep_h"], &row["fields"]["min_g"]), (&json!("48"), &json!("125")));
    // 补足 is a correction of the grams.
    canteen
        .by(&canteen.fso)
        .call("entry.correct", json!({"id": light, "field": "grams", "value": "130", "reason": "补足"}));
    assert_eq!(canteen.finding(&canteen.finding_id(&light, "grams"))["entry"]["state"], "corrected");
}

#[test]
fn grams_that_can_hardly_be_meant_are_asked_about_and_kept_if_confirmed() {
    let canteen = Canteen::new();
    let cook = canteen.by(&canteen.cook);
    let save = |grams: &str, sure: Value| json!({"kind": "food_sample", "set": canteen.sample_set("米饭", grams, "B-1"), "sure": sure});
    let asked = cook.refused("entry.save", save("1250", json!([])));
    assert_eq!((&asked["code"], &asked["warnings"][0]["code"]), (&json!("confirm-value"), &json!("heavy")));
    let id = cook.call("entry.save", save("1250", json!(["heavy"])))["id"].clone();
    assert_eq!(cook.call("entry.get", json!({"id": id}))["fields"]["grams"], "1250");
    for wrong in ["7420", "12a", "-5"] {
        assert_eq!(
            cook.refusal("entry.save", save(wrong, json!(["heavy"]))),
            ("bad-value".into(), Some("grams".into()))
        );
    }
    let comma = cook.call("entry.save", save("125，5", json!([])))["id"].clone();
    assert_eq!(cook.call("entry.get", json!({"id": comma}))["fields"]["grams"], "125.5");
    assert_eq!(
        cook.refusal(
            "entry.save",
            json!({"kind": "temperature_reading", "set": {"what": "中心温度", "area": canteen.kitchen, "dish": "米饭", "c": "7420"}})
        ),
        ("bad-value".into(), Some("c".into()))
    );
}

#[test]
fn a_disposal_before_48_hours_is_kept_and_one_finding_of_the_sample() {
    let canteen = Canteen::new();
    let sample = canteen.sample("红烧肉", "130", "A-07");
    canteen.tablet.wait_ms(47 * HOUR_MS);
    let early = canteen.dispose(&canteen.cook, &sample);
    assert_eq!((&early["fields"]["age_min_h"], &early["fields"]["age_max_h"]), (&json!("47"), &json!("47")));
    assert_eq!(early["fields"]["dish_name"], "红烧肉");
    let finding = canteen.finding(&canteen.finding_id(&sample, "early"));
    assert_eq!(finding["description"], "销样登记：留样未满时限即销毁");
    // Who had seen that it was gone has not disposed of it, and blames nobody.
    let again = canteen.dispose(&canteen.other_cook, &sample);
    assert_eq!(again["fields"]["after"], json!([early["id"]]));
    assert_eq!(canteen.setup.findings().len(), 1);
}

#[test]
fn a_disposal_after_48_hours_is_no_finding_also_over_a_night_in_which_the_tablet_was_off() {
    let canteen = Canteen::new();
    let sample = canteen.sample("红烧肉", "130", "A-07");
    canteen.tablet.wait_ms(48 * HOUR_MS);
    let row = canteen.dispose(&canteen.cook, &sample);
    assert_eq!(row["fields"]["age_min_h"], "48");
    assert!(canteen.setup.findings().is_empty());
    let handed = canteen.sample("冬瓜汤", "130", "A-08");
    let cook = canteen.by(&canteen.cook);
    let test = json!({"kind": "sample_disposal", "set": {"sample": handed, "reason": "送检", "way": "疾控中心"}});
    assert_eq!(cook.refusal("entry.save", test), ("bad-value".into(), Some("receiver".into())));
    let set =
        json!({"sample": handed, "reason": "送检", "way": "疾控中心", "receiver": "周医生", "receipt": "2026-18"});
    cook.call("entry.save", json!({"kind": "sample_disposal", "set": set}));
    assert!(canteen.setup.findings().is_empty(), "送检 is lawful before 48 hours");
}

#[test]
fn a_clock_that_is_put_forward_by_48_hours_and_back_proves_nothing_and_the_steady_clock_goes_on() {
    let canteen = Canteen::new();
    let sample = canteen.sample("红烧肉", "130", "A-07");
    canteen.tablet.wait_ms(2 * HOUR_MS);
    let now = canteen.tablet.now();
    canteen.tablet.shows_unchecked(now + 48 * HOUR_MS);
    let row = canteen.dispose(&canteen.cook, &sample);
    assert_eq!((&row["fields"]["age_min_h"], &row["fields"]["age_max_h"]), (&json!("2"), &json!("2")));
    assert_eq!(canteen.setup.findings().len(), 1);
}

#[test]
fn what_no_clock_can_tell_is_proved_by_the_steady_time_that_was_counted_while_it_was_held_and_blames_nobody() {
    let canteen = Canteen::new();
    let sample = canteen.sample("红烧肉", "130", "A-07");
    let other = canteen.sample("冬瓜汤", "130", "A-08");
    canteen.tablet.wait_ms(30 * HOUR_MS);
    canteen.setup.call("today.get", json!({}));
    // The machine starts anew, in 2016, and nobody checks its clock.
    canteen.tablet.restarts_in(1_451_606_400_000);
    canteen.setup.call("today.get", json!({}));
    canteen.tablet.wait_ms(17 * HOUR_MS);
    let unproved = canteen.dispose(&canteen.cook, &sample);
    assert_eq!(unproved["fields"]["age_min_h"], "47");
    assert_eq!(unproved["fields"]["age_max_h"], Value::Null);
    assert!(canteen.setup.findings().is_empty(), "nobody is accused by a time that is not known");
    canteen.tablet.wait_ms(HOUR_MS);
    assert_eq!(canteen.dispose(&canteen.cook, &other)["fields"]["age_min_h"], "48");
}

#[test]
fn a_time_that_was_typed_counts_from_its_saving() {
    let canteen = Canteen::new();
    let cook = canteen.by(&canteen.cook);
    let mut set = canteen.sample_set("红烧肉", "130", "A-07");
    set["taken_at"] = json!(canteen.tablet.now() - 40 * HOUR_MS);
    let save = json!({"kind": "food_sample", "set": set, "late_reason": "补录"});
    let sample = text(&cook.call("entry.save", save)["id"]);
    canteen.tablet.wait_ms(10 * HOUR_MS);
    let row = canteen.dispose(&canteen.cook, &sample);
    assert_eq!((&row["fields"]["age_min_h"], &row["fields"]["age_max_h"]), (&json!("10"), &json!("50")));
    assert!(canteen.setup.findings().is_empty(), "it may have been kept for long enough");
}

#[test]
fn a_sample_of_a_food_incident_is_sealed_and_who_disposes_of_it_all_the_same_makes_a_finding() {
    let canteen = Canteen::new();
    let (sample, other) = (canteen.sample("红烧肉", "130", "A-07"), canteen.sample("冬瓜汤", "130", "A-08"));
    let incident = json!({"sort": "食品", "area": canteen.kitchen, "desc": "两名幼儿呕吐", "people": 2, "first": "送医", "meals": [canteen.lunch]});
    let incident =
        canteen.by(&canteen.fso).call("entry.save", json!({"kind": "incident", "set": incident}))["id"].clone();
    canteen.tablet.wait_ms(49 * HOUR_MS);
    let row = canteen.dispose(&canteen.cook, &sample);
    assert_eq!(row["fields"]["holds"], json!([incident]));
    let finding = canteen.finding(&canteen.finding_id(&sample, "hold"));
    assert_eq!((&finding["severity"], &finding["description"]), (&json!("L4"), &json!("销样登记：封存期间销毁留样")));
    let head = canteen.by(&canteen.head);
    canteen
        .by(&canteen.fso)
        .call("entry.act", json!({"id": incident, "act": "report", "set": {"reported_to": "市监局"}}));
    head.call("entry.act", json!({"id": incident, "act": "close", "set": {"conclusion": "与餐食无关"}}));
    assert!(canteen.dispose(&canteen.cook, &other)["fields"].get("holds").is_none_or(Value::is_null));
    assert_eq!(canteen.setup.findings().len(), 1);
}

#[test]
fn two_who_see_one_cook_s_fever_make_one_finding_that_has_no_name_and_no_number() {
    let canteen = Canteen::new();
    canteen.checks(&canteen.fso, &canteen.cook, json!({"temp_c": "37.9"}));
    canteen.checks(&canteen.cook, &canteen.cook, json!({"temp_c": "37.8", "fever": true}));
    let found = canteen.setup.findings();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["id"], canteen.finding_id(&canteen.cook, "unfit/2026-09-01").as_str());
    assert_eq!(
        (&found[0]["severity"], &found[0]["description"]),
        (&json!("L4"), &json!("从业人员晨检：晨检异常 1 人"))
    );
    let guard = canteen.by(&canteen.guard).call("finding.get", json!({"id": found[0]["id"]}));
    let told = guard.to_string();
    assert!(!told.contains("37.") && !told.contains("赵厨") && !told.contains(&canteen.cook), "{told}");
}

#[test]
fn who_looks_after_themselves_is_not_named_as_who_found_it() {
    let canteen = Canteen::new();
    canteen.checks(&canteen.cook, &canteen.cook, json!({"diarrhoea": true}));
    let found = canteen.setup.findings();
    let told = canteen.by(&canteen.guard).call("finding.get", json!({"id": found[0]["id"]})).to_string();
    assert!(!told.contains(&canteen.cook) && !told.contains("赵厨"), "{told}");
}

#[test]
fn health_is_seen_by_who_decides_and_by_whom_it_is_about_alone() {
    let canteen = Canteen::new();
    let row = canteen.checks(&canteen.fso, &canteen.cook, json!({"temp_c": "37.9"}));
    let get = |by: &str| canteen.by(by).tries("entry.get", json!({"id": row}));
    assert_eq!(get(&canteen.cook).expect("their own")["fields"]["temp_c"], "37.9");
    assert_eq!(get(&canteen.head).expect("a row")["fields"]["temp_c"]["masked"], "hidden");
    for other in [&canteen.other_cook, &canteen.guard, &canteen.keeper, &canteen.carer] {
        assert_eq!(get(other), Err("not-found"));
    }
}

#[test]
fn a_check_is_taken_back_never_by_whom_it_is_about_and_a_typing_error_is_refused() {
    let canteen = Canteen::new();
    let own = canteen.checks(&canteen.cook, &canteen.cook, json!({"temp_c": "37.9"}));
    let void = json!({"id": own, "reason": "不准"});
    assert_eq!(canteen.by(&canteen.cook).refusal("entry.void", void.clone()).0, "not-allowed");
    let of_fso = canteen.checks(&canteen.fso, &canteen.fso, json!({"throat": true}));
    let refused = canteen.by(&canteen.fso).refusal("entry.void", json!({"id": of_fso, "reason": "不准"}));
    assert_eq!(refused.0, "not-allowed", "also of who may decide");
    canteen.by(&canteen.fso).call("entry.void", void);
    let typo = canteen.check_set(&canteen.cook, json!({"temp_c": "73.6"}));
    let refused = canteen.by(&canteen.fso).refusal("entry.save", json!({"kind": "morning_check", "set": typo}));
    assert_eq!(refused, ("bad-value".into(), Some("temp_c".into())));
}

#[test]
fn a_return_to_work_lifts_the_checks_that_its_approver_knew_of_and_nobody_approves_their_own() {
    let canteen = Canteen::new();
    let fever = canteen.checks(&canteen.fso, &canteen.cook, json!({"temp_c": "37.9"}));
    let set = |person: &str| json!({"kind": "return_to_work", "set": {"person": person, "grounds": "医院证明"}});
    assert_eq!(canteen.by(&canteen.cook).refusal("entry.save", set(&canteen.cook)).0, "not-allowed");
    assert_eq!(canteen.by(&canteen.fso).refusal("entry.save", set(&canteen.fso)).0, "not-allowed");
    let back = canteen.by(&canteen.fso).call("entry.save", set(&canteen.cook))["id"].clone();
    let row = canteen.by(&canteen.fso).call("entry.get", json!({"id": back}));
    assert_eq!(row["fields"]["lifts"], json!([fever]));
    let typed = json!({"kind": "return_to_work", "set": {"person": canteen.cook, "grounds": "x", "lifts": [fever]}});
    assert_eq!(canteen.by(&canteen.fso).refusal("entry.save", typed).1.as_deref(), Some("lifts"));
}

#[test]
fn one_dish_has_one_finding_and_only_a_retest_that_names_each_failing_pot_puts_it_right() {
    let canteen = Canteen::new();
    let one = canteen.reads("红烧肉", "65", &[]);
    let two = canteen.reads("红烧肉", "61.5", &[]);
    canteen.reads("红烧肉", "74", &[]);
    let dish = Uuid::new_v5(&canteen.lunch.parse().expect("a UUID"), "红烧肉".as_bytes());
    let id = canteen.finding_id(&canteen.lunch, &format!("core/{dish}"));
    let state = || text(&canteen.finding(&id)["state"]);
    assert_eq!(canteen.setup.findings().len(), 1);
    assert_eq!(state(), "unassigned", "another pot that is hot says nothing of this one");
    let waits = json!({
        "what": "热藏", "area": canteen.kitchen, "meal": canteen.lunch, "dish": "红烧肉", "dish_id": dish, "c": "75",
        "retest_of": [one, two],
    });
    canteen.by(&canteen.cook).call("entry.save", json!({"kind": "temperature_reading", "set": waits}));
    assert_eq!(state(), "unassigned", "a dish that waits hot is not cooked through by that");
    canteen.reads("红烧肉", "75", &[&one]);
    assert_eq!(state(), "unassigned");
    canteen.reads("红烧肉", "76", &[&two]);
    assert_eq!(state(), "corrected_on_spot");
    canteen.reads("红烧肉", "60", &[]);
    assert_eq!(state(), "unassigned", "it fails anew");
    canteen.reads("冬瓜汤", "60", &[]);
    assert_eq!(canteen.setup.findings().len(), 2);
}

#[test]
fn a_line_that_is_rejected_raises_nothing_and_one_that_is_taken_against_a_rule_does() {
    let canteen = Canteen::new();
    let keeper = canteen.by(&canteen.keeper);
    let supplier =
        json!({"name": "绿源蔬菜", "address": "南街 1 号", "contact": "周", "goods": "蔬菜", "status": "在用"});
    let supplier = keeper.call("entry.save", json!({"kind": "supplier", "set": supplier}))["id"].clone();
    let delivery = json!({"kitchen": canteen.kitchen, "supplier": supplier});
    let delivery = keeper.call("entry.save", json!({"kind": "delivery", "set": delivery}))["id"].clone();
    let line = |decision: &str| {
        json!({"delivery": delivery, "item_name": "鸡腿", "sort": "冷藏", "qty": "20", "unit": "kg", "temp_c": "12",
               "papers": "齐全", "sensory": "合格", "decision": decision})
    };
    let save = |set: Value| json!({"kind": "delivery_line", "set": set});
    assert_eq!(keeper.refusal("entry.save", save(line("拒收"))), ("bad-value".into(), Some("reject_reason".into())));
    let mut rejected = line("拒收");
    rejected["reject_reason"] = json!("到货 12 ℃");
    rejected["proof"] = json!([photo('a')]);
    let row = keeper.call("entry.save", save(rejected))["id"].clone();
    assert_eq!(keeper.call("entry.get", json!({"id": row}))["fields"]["supplier"], supplier);
    assert!(canteen.setup.findings().is_empty(), "the rule worked");
    let taken = text(&keeper.call("entry.save", save(line("接收")))["id"]);
    assert_eq!(canteen.finding(&canteen.finding_id(&taken, "chilled"))["severity"], "L3");
    // Two people sign, and never one twice; the second may do so later.
    let sign = |by: &str, act: &str| {
        canteen.by(by).call("entry.act", json!({"id": delivery, "act": act, "set": {"sig": signature()}}))
    };
    sign(&canteen.keeper, "first");
    let stage = || text(&keeper.call("entry.get", json!({"id": delivery}))["stage"]);
    assert_eq!(stage(), "half");
    assert_eq!(sign(&canteen.keeper, "second")["not_counted"], "same_person");
    assert_eq!(stage(), "half");
    sign(&canteen.fso, "second");
    assert_eq!(stage(), "done");
}

#[test]
fn cook_and_carer_write_different_fields_of_one_row() {
    let canteen = Canteen::new();
    let key = json!({"meal": canteen.lunch, "class": canteen.class});
    let with = |other: Value| {
        let mut set = key.clone();
        set.as_object_mut().expect("an object").extend(other.as_object().expect("an object").clone());
        json!({"kind": "snack_issue", "set": set})
    };
    let cook = canteen.by(&canteen.cook);
    let row = cook.call("entry.save", with(json!({"issued": "28", "unit": "份"})))["id"].clone();
    let carer = canteen.by(&canteen.carer);
    let left = json!({"leftover": "3", "leftover_unit": "份", "disposal": "餐厨垃圾", "water_ok": true});
    assert_eq!(carer.call("entry.save", with(left))["id"], row);
    let read = cook.call("entry.get", json!({"id": row}));
    assert_eq!((&read["fields"]["issued"], &read["fields"]["leftover"]), (&json!("28"), &json!("3")));
    let kept = json!({"disposal": "下次供应"});
    let other = text(
        &canteen.setup.call("area.save", json!({"name": "小二班", "kind": "class", "scope": canteen.campus}))["id"],
    );
    let mut set = json!({"kind": "snack_issue", "set": {"meal": canteen.lunch, "class": other}});
    set["set"].as_object_mut().expect("an object").extend(kept.as_object().expect("an object").clone());
    assert_eq!(carer.refusal("entry.save", set.clone()).0, "not-allowed", "the class of others");
    cook.call("entry.save", set);
    assert_eq!(canteen.setup.findings().len(), 1, "what was left is not kept for the next meal");
}

#[test]
fn samples_and_deliveries_are_the_kitchen_s_and_its_overseers() {
    let canteen = Canteen::new();
    let sample = canteen.sample("红烧肉", "130", "A-07");
    let get = |by: &str| canteen.by(by).tries("entry.get", json!({"id": sample})).is_ok();
    assert!(get(&canteen.cook) && get(&canteen.other_cook) && get(&canteen.fso) && get(&canteen.head));
    assert!(!get(&canteen.guard) && !get(&canteen.carer));
    let papers = canteen.by(&canteen.head).call("entry.list", json!({"kind": "food_sample"}));
    assert_eq!(papers["rows"].as_array().map(Vec::len), Some(1));
}
