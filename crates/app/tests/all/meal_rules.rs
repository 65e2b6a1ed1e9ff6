//! Rules of a kitchen's card that follow from rows of other days, from clocks and from what was taken back.

use serde_json::{Value, json};

use crate::meal_rows::Canteen;
use crate::support::{photo, text};

const HOUR_MS: u64 = 3_600_000;

fn lunch() -> Value {
    json!({"date": "2026-09-01", "type": "午餐"})
}

impl Canteen {
    fn saved(&self, by: &str, kind: &str, set: Value) -> String {
        text(&self.by(by).call("entry.save", json!({"kind": kind, "set": set, "sure": ["left"]}))["id"])
    }

    /// A supplier with one licence of these days, and the card's word of a delivery of theirs.
    fn licensed(&self, from: &str, to: &str) -> (String, String) {
        let supplier =
            json!({"name": "绿源", "address": "南街 1 号", "contact": "周", "goods": "菜", "status": "在用"});
        let supplier = self.saved(&self.keeper, "supplier", supplier);
        let licence = json!({"supplier": supplier, "sort": "食品经营许可证", "no": "J1", "valid_from": from, "valid_to": to, "scan": [photo('a')]});
        let set = json!({"kind": "supplier_licence", "set": licence, "sure": ["left"]});
        let licence = text(&self.setup.call("entry.save", set)["id"]);
        self.saved(&self.keeper, "delivery", json!({"kitchen": self.kitchen, "supplier": supplier}));
        (supplier, licence)
    }

    fn is_supplier_out(&self) -> bool {
        self.by(&self.fso).call("meal.card", lunch())["deliveries"][0]["supplier_out"] == true
    }
}

#[test]
fn a_supplier_is_out_once_a_licence_has_certainly_ended_and_one_that_was_ended_by_hand_counts_for_nothing() {
    let canteen = Canteen::new();
    let (supplier, licence) = canteen.licensed("2025-01-01", "2026-08-31");
    assert!(canteen.is_supplier_out());
    canteen.tablet.shows_unchecked(canteen.tablet.now());
    assert!(!canteen.is_supplier_out(), "a clock that nobody vouches for ends no licence");

    let canteen = Canteen::new();
    let (_, old) = canteen.licensed("2025-01-01", "2026-08-31");
    canteen.setup.call("entry.act", json!({"id": old, "act": "end", "set": {"reason": "换证"}}));
    assert!(!canteen.is_supplier_out(), "what was ended is no longer on file: {supplier} {licence}");
}

#[test]
fn an_incident_that_was_made_void_seals_nothing() {
    let canteen = Canteen::new();
    canteen.sample("红烧肉", "130", "A-07");
    let incident = json!({"sort": "食品", "area": canteen.kitchen, "desc": "呕吐", "people": "2", "first": "送医", "meals": [canteen.lunch]});
    let incident = canteen.saved(&canteen.fso, "incident", incident);
    let problems = || canteen.by(&canteen.cook).call("meal.card", lunch())["clocks"][0]["problems"].clone();
    assert_eq!(problems(), json!(["on-hold"]));
    canteen.setup.call("entry.void", json!({"id": incident, "reason": "误报"}));
    assert_eq!(problems(), json!([]));
}

#[test]
fn towels_that_were_disinfected_are_no_tableware_of_a_meal() {
    let canteen = Canteen::new();
    canteen.tablet.wait_ms(2 * HOUR_MS);
    let towels = json!({"area": canteen.kitchen, "object": "毛巾", "method": "蒸汽", "qty": 30, "temp_c": "101"});
    canteen.saved(&canteen.cook, "disinfection_log", towels);
    let card = || canteen.by(&canteen.fso).call("meal.card", lunch())["disinfections"].clone();
    assert_eq!(card(), json!([]));
    let plates = json!({"area": canteen.kitchen, "object": "餐具", "method": "蒸汽", "qty": 30, "temp_c": "101"});
    canteen.saved(&canteen.cook, "disinfection_log", plates);
    assert_eq!(card().as_array().map(Vec::len), Some(1));
}

#[test]
fn the_first_word_of_when_a_dish_left_the_pot_stands() {
    let canteen = Canteen::new();
    let cook = canteen.by(&canteen.cook);
    let card = cook.call("meal.dish", json!({"meal": lunch(), "name": "红烧肉", "category": "热菜"}));
    let out = json!({"meal": lunch(), "dish": card["dishes"][0]["id"], "what": "out"});
    let first = cook.call("meal.time", out.clone())["dishes"][0]["out"].clone();
    canteen.tablet.wait_ms(HOUR_MS);
    assert_eq!(cook.call("meal.time", out)["dishes"][0]["out"], first, "a second tap is no second pot");
}

#[test]
fn a_dish_that_is_added_again_after_it_was_struck_is_asked_for_again() {
    let canteen = Canteen::new();
    let cook = canteen.by(&canteen.cook);
    let add = json!({"meal": lunch(), "name": "红烧肉", "category": "热菜"});
    let card = cook.call("meal.dish", add.clone());
    let struck = json!({"meal": lunch(), "dish": card["dishes"][0]["id"], "reason": "肉没到"});
    cook.call("meal.strike", struck);
    let card = cook.call("meal.dish", add);
    assert_eq!((&card["dishes"][0]["struck"], &card["dishes"][0]["needs_sample"]), (&Value::Null, &json!(true)));
}

#[test]
fn an_unchecked_clock_ends_no_certificate_on_a_day_that_nobody_named() {
    let canteen = Canteen::new();
    let set = json!({"person": canteen.cook, "no": "J-1", "issued_on": "2025-08-20", "valid_to": "2026-08-20", "issuer": "疾控"});
    canteen.setup.call("entry.save", json!({"kind": "health_certificate", "set": set, "sure": ["left"]}));
    let of = |meal: Value| {
        let people = canteen.by(&canteen.fso).call("meal.card", meal)["people"].clone();
        let own = people.as_array().expect("people").iter().find(|one| one["person"]["name"] == "赵厨").cloned();
        own.expect("the person")["certificate"].clone()
    };
    assert_eq!(of(json!({"type": "午餐"})), "ended");
    canteen.tablet.shows_unchecked(canteen.tablet.now());
    assert_eq!(of(json!({"type": "午餐"})), "soon", "nobody knows which day it is");
    assert_eq!(of(lunch()), "ended", "the day was named");
}

#[test]
fn the_time_of_a_sample_is_put_right_by_who_leads_and_by_nobody_else() {
    let canteen = Canteen::new();
    let sample = canteen.sample("红烧肉", "130", "A-07");
    let now = canteen.tablet.now();
    let correct = |by: &str, at: u64| {
        let correction = json!({"id": sample, "field": "taken_at", "value": at, "reason": "写错了时间"});
        canteen.by(by).call("entry.correct", correction);
        canteen.tablet.wait_ms(1_000);
    };
    let state = || canteen.by(&canteen.cook).call("meal.samples", json!({}))["samples"][0]["state"].clone();
    correct(&canteen.cook, now - 50 * HOUR_MS);
    assert_eq!(state(), "waiting", "a cook makes no sample older than it is");
    correct(&canteen.fso, now - 49 * HOUR_MS);
    assert_eq!(state(), "ready");
    correct(&canteen.fso, now - 40 * HOUR_MS);
    assert_eq!(state(), "waiting");
    correct(&canteen.cook, now - 50 * HOUR_MS);
    assert_eq!(state(), "waiting", "nor after somebody else has put it right");
}

#[test]
fn a_time_of_before_the_machine_was_started_is_told_late_as_any_other() {
    let canteen = Canteen::new();
    let mut set = canteen.sample_set("红烧肉", "130", "A-07");
    set["taken_at"] = json!(canteen.tablet.now() - 2 * HOUR_MS);
    canteen.by(&canteen.cook).call("entry.save", json!({"kind": "food_sample", "set": set, "sure": ["left"]}));
    let card = canteen.by(&canteen.cook).call("meal.card", lunch());
    assert_eq!(card["samples"][0]["late"], true);
}
