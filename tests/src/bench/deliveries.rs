//! Deliveries of some years with what was cooked of them: eight a day, each of three lines, and a lunch of four dishes.

use chrono::{DateTime, NaiveDate};
use replica::Save;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::school_years::{CAMPUS, DAY_MS, NOW_MS, area, head, person, save};

/// Deliveries in all.
const COUNT: u64 = 5_000;
/// Deliveries of one day.
const A_DAY: u64 = 8;
/// Lines of each.
const LINES: u64 = 3;
const DISHES: [&str; 4] = ["米饭", "红烧肉", "清炒小白菜", "冬瓜汤"];
const CLASSES: u64 = 6;

/// The deliveries, and the lunches of their days.
pub struct Deliveries;

impl Deliveries {
    /// How many there are.
    pub fn count() -> u64 {
        COUNT
    }

    /// The days on which something was delivered.
    pub fn days() -> u64 {
        COUNT.div_ceil(A_DAY)
    }

    /// The suppliers, and the classes that eat.
    pub fn master() -> Vec<Save> {
        let supplier = |n: u64| {
            let set = [("name", json!(format!("{n} 号供货商"))), ("goods", json!("蔬菜")), ("status", json!("在用"))];
            save("supplier", Some(id(0, n)), named(set))
        };
        let class = |n: u64| save("area", Some(class_of(n)), named([("kind", json!("class"))]));
        (0..A_DAY).map(supplier).chain((0..CLASSES).map(class)).collect()
    }

    /// Everything of one day: its deliveries with their lines, the lunch with its links, samples, and what went to classes.
    pub fn of_day(n: u64) -> Vec<Save> {
        let at = NOW_MS - (Self::days() - n) * DAY_MS;
        let mut saves = Vec::new();
        for delivery in n * A_DAY..((n + 1) * A_DAY).min(COUNT) {
            let supplier = json!(id(0, delivery % A_DAY));
            let set = [("arrived_at", json!(at)), ("supplier", supplier.clone())];
            saves.push(row("delivery", id(1, delivery), at, named(set)));
            for line in delivery * LINES..(delivery + 1) * LINES {
                let set = [
                    ("delivery", json!(id(1, delivery))),
                    ("at", json!(at)),
                    ("supplier", supplier.clone()),
                    ("item_name", json!(format!("{line} 号原料"))),
                    ("batch", json!(format!("B{delivery}"))),
                    ("decision", json!("接收")),
                ];
                saves.push(row("delivery_line", id(2, line), at, named(set)));
            }
        }
        let meal = Self::meal(n);
        saves.push(lunch(n, at, meal));
        for (box_no, dish) in (0..).zip(DISHES) {
            let set = [
                ("taken_at", json!(at)),
                ("meal", json!(meal)),
                ("dish_name", json!(dish)),
                ("grams", json!("130")),
                ("box_no", json!(format!("A-{box_no}"))),
            ];
            saves.push(row("food_sample", id(3, n * 8 + box_no), at, named(set)));
        }
        for class in 0..CLASSES {
            let set = [
                ("date", json!(date(n).to_string())),
                ("meal", json!(meal)),
                ("class", json!(class_of(class))),
                ("issued", json!("28")),
                ("unit", json!("份")),
            ];
            saves.push(row("snack_issue", id(4, n * CLASSES + class), at, named(set)));
        }
        saves
    }

    /// The day of the last lunch.
    pub fn last_day() -> NaiveDate {
        date(Self::days() - 1)
    }

    /// A line of a delivery in the middle of all days.
    pub fn line() -> Uuid {
        id(2, COUNT / 2 * LINES)
    }

    fn meal(n: u64) -> Uuid {
        Uuid::new_v5(&CAMPUS, format!("meal/{}/午餐", date(n)).as_bytes())
    }
}

/// The lunch of a day: each dish was made of some lines of the day, and the soup of nothing that anybody said.
fn lunch(n: u64, at: u64, meal: Uuid) -> Save {
    let mut set = named([("date", json!(date(n).to_string())), ("type", json!("午餐"))]);
    for (place, dish) in (0..).zip(DISHES) {
        let dish_id = Uuid::new_v5(&meal, dish.as_bytes());
        set.push((format!("dishes/{dish_id}/name"), json!(dish)));
        set.push((format!("dishes/{dish_id}/category"), json!("热菜")));
        let lines = (n * A_DAY * LINES..).skip(place as usize * 5).take(if place == 3 { 0 } else { 5 });
        let mark = json!({"by": person(2), "at": at});
        set.extend(lines.map(|line| (format!("dishes/{dish_id}/lines/{}", id(2, line)), mark.clone())));
    }
    row("meal", meal, at, set)
}

fn row(kind: &str, id: Uuid, at: u64, set: Vec<(String, Json)>) -> Save {
    save(kind, Some(id), head(at, person(2)).into_iter().chain(set).collect())
}

fn named<const N: usize>(fields: [(&str, Json); N]) -> Vec<(String, Json)> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn id(sort: u128, n: u64) -> Uuid {
    Uuid::from_u128(0x0199_a1f0_0000_7000_8000_00d0_0000_0000 | sort << 32 | u128::from(n))
}

fn class_of(n: u64) -> Uuid {
    area(u128::from(n))
}

fn date(n: u64) -> NaiveDate {
    let at = NOW_MS - (Deliveries::days() - n) * DAY_MS + 8 * 3_600_000;
    DateTime::from_timestamp_millis(at as i64).map(|at| at.date_naive()).unwrap_or_default()
}
