//! A year of patrols as a school walks them: five rounds by day and four by night, sixteen points each.

use chrono::{DateTime, Days, NaiveDate};
use replica::Save;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::school_years::{DAY_MS, NOW_MS, area, head, person, save};

/// Rounds by day and by night.
const ROUNDS: [u64; 2] = [5, 4];
/// Points of each route.
const POINTS: u128 = 16;
/// Days that are walked.
const DAYS: u64 = 365;
/// How long somebody is on the way from point to point.
const STEP_MS: u64 = 120_000;

/// The patrols of a year.
pub struct Patrols;

impl Patrols {
    /// The days that are walked, the first and the last.
    pub fn days() -> (NaiveDate, NaiveDate) {
        (day_of(0), day_of(DAYS - 1))
    }

    /// How many runs there are.
    pub fn count() -> u64 {
        DAYS * (ROUNDS[0] + ROUNDS[1])
    }

    /// The routes, their points, their plans, and who sees every run.
    pub fn master() -> Vec<Save> {
        let grant = vec![("person".to_owned(), json!(person(1))), ("role".to_owned(), json!("head"))];
        let mut saves = vec![save("role_grant", None, grant)];
        for (number, rounds) in (0..).zip(ROUNDS) {
            let windows: Vec<(String, Json)> = (0..rounds).map(|round| window(number, round)).collect();
            let mut set = vec![
                ("name".to_owned(), json!(if number == 0 { "日巡" } else { "夜巡" })),
                ("night".to_owned(), json!(number == 1)),
                ("since".to_owned(), json!(0)),
            ];
            set.extend(windows);
            saves.push(save("route", Some(route(number)), set));
            for seq in 0..POINTS {
                saves.push(save("checkpoint", Some(point(number, seq)), checkpoint(number, seq)));
            }
            let body = json!({
                "route": route(number), "name": "巡查", "night": number == 1,
                "points": (0..POINTS).map(|seq| json!({
                    "id": point(number, seq), "seq": seq + 1, "name": format!("{seq} 号点"), "area": area(seq), "min_seconds": 30,
                })).collect::<Vec<_>>(),
            });
            let set = vec![("route".to_owned(), json!(route(number))), ("body".to_owned(), body)];
            saves.push(save("route_plan", Some(plan(number)), set));
        }
        // Every other area is a key area.
        saves.extend(
            (0..POINTS).step_by(2).map(|n| save("area", Some(area(n)), vec![("key_area".to_owned(), json!(true))])),
        );
        saves
    }

    /// The `n`th run of the year.
    pub fn run(n: u64) -> Save {
        let all = ROUNDS[0] + ROUNDS[1];
        let (day, round) = (n / all, n % all);
        let number = u128::from(round >= ROUNDS[0]);
        let round = if number == 0 { round } else { round - ROUNDS[0] };
        let begun = NOW_MS - (DAYS - day) * DAY_MS + round * 7_200_000;
        let by = person(u128::from(n % 4));
        let mut fields: Map<String, Json> = head(begun, by).into_iter().collect();
        let clock =
            |at: u64| json!({"state": "server", "boot": Uuid::from_u128(u128::from(day)), "steady_ms": at - begun});
        fields.insert("business_date".to_owned(), json!(day_of(day).to_string()));
        fields.insert("route".to_owned(), json!(route(number)));
        fields.insert("plan".to_owned(), json!(plan(number)));
        fields.insert("window".to_owned(), json!(format!("w{round}")));
        fields.insert("leader".to_owned(), json!(by));
        let mut covers = Map::new();
        // One round of ten leaves a point out.
        for seq in (0..POINTS).filter(|seq| !(n.is_multiple_of(10) && *seq == 7)) {
            let at = begun + (seq as u64 + 1) * STEP_MS;
            let id = Uuid::from_u128(u128::from(n) << 16 | seq).to_string();
            let place = point(number, seq);
            let arrival =
                json!({"n": 2 * seq + 1, "checkpoint": place, "how": "qr", "by": by, "at": at, "clock": clock(at)});
            let visit =
                json!({"n": 2 * seq + 2, "how": "qr", "by": by, "result": "正常", "arrived": at, "clock": clock(at)});
            fields.insert(format!("arrivals/{id}"), arrival);
            fields.insert(format!("visits/{place}/v/{id}"), visit);
            covers.insert(id, json!("00000000"));
        }
        let end = begun + (POINTS as u64 + 1) * STEP_MS;
        let strokes: Vec<[u32; 2]> = (0..200).map(|at| [at * 5, at * 3]).collect();
        let sign = json!({
            "n": 90, "role": "walker", "at": end, "clock": clock(end), "strokes": [strokes], "how": "pin", "nil": true, "covers": covers,
        });
        fields.insert("ends/e".to_owned(), json!({"n": 91, "by": by, "at": end, "clock": clock(end)}));
        fields.insert(format!("signs/{by}/s"), sign);
        save("patrol_run", None, fields.into_iter().collect())
    }
}

fn day_of(day: u64) -> NaiveDate {
    let now = DateTime::from_timestamp_millis(NOW_MS as i64).map(|now| now.date_naive()).unwrap_or_default();
    now.checked_sub_days(Days::new(DAYS - day)).unwrap_or(now)
}

fn window(number: u128, round: u64) -> (String, Json) {
    let hour = |hour: u64| format!("{:02}:00", hour % 24);
    let begins = if number == 0 { 7 } else { 22 } + round * 2;
    let window = json!({"name": format!("第 {} 轮", round + 1), "from": hour(begins), "to": hour(begins + 2), "days": "every", "since": 0});
    (format!("windows/w{round}"), window)
}

fn checkpoint(number: u128, seq: u128) -> Vec<(String, Json)> {
    vec![
        ("route".to_owned(), json!(route(number))),
        ("seq".to_owned(), json!(seq + 1)),
        ("name".to_owned(), json!(format!("{seq} 号点"))),
        ("area".to_owned(), json!(area(seq))),
        ("since".to_owned(), json!(0)),
    ]
}

fn route(number: u128) -> Uuid {
    Uuid::from_u128(0x0199_a1f0_0000_7000_8000_0000_00f0_0000 | number)
}

fn plan(number: u128) -> Uuid {
    Uuid::from_u128(0x0199_a1f0_0000_7000_8000_0000_00f1_0000 | number)
}

fn point(number: u128, seq: u128) -> Uuid {
    Uuid::from_u128(0x0199_a1f0_0000_7000_8000_0000_00f2_0000 | number << 8 | seq)
}
