//! Nights at a school whose boarders go home for the weekend: 学校夜巡, four rounds where somebody sleeps.

use rounds_tests::TestDevice;
use serde_json::{Value, json};

use super::{Campus, Guard, figures, list, text};

/// 2016-01-01: a tablet whose battery has died.
const DEAD_BATTERY_MS: u64 = 1_451_606_400_000;

fn boarders() -> Value {
    json!({ "boarding": true, "sleeps": [{ "nights": "school" }] })
}

/// The windows of an evening that are due, by their names.
fn due(campus: &Campus, day: &str) -> Vec<String> {
    let rows = campus.coverage(&campus.night, [day, day], "03-08 06:30");
    rows.iter().map(|row| text(&row["window_name"])).collect()
}

#[test]
fn a_school_night_with_boarders_is_walked_four_times_and_a_late_round_counts_for_its_evening() {
    let mut campus = Campus::open("school", &boarders(), ["S-DAY", "S-NIGHT"]);
    let on_a = Guard { tablet: &campus.a, person: &campus.zhang };
    let on_b = Guard { tablet: &campus.b, person: &campus.li };
    let night = &campus.night;
    assert_eq!((night.points.len(), night.windows.len()), (6, 4));

    // Thursday evening. In the dormitory the keeper counts, on the guard's tablet and under the keeper's name.
    let first = text(&on_a.start("03-04 22:05", night, "夜巡一")["id"]);
    let keeper = Guard { tablet: &campus.a, person: &campus.dorm };
    let beds = night.point("宿舍").id.clone();
    let count = json!({ "run": first, "checkpoint": beds, "item": "T11.09", "result": "186" });
    on_a.visits("03-04 22:06", &first, &night.points);
    keeper.call(super::time("03-04 22:25"), "patrol.answer", count);
    on_a.finish("03-04 22:30", &first, &json!([]));

    // After midnight it is still Thursday's night.
    let second = on_a.start("03-05 00:10", night, "夜巡二");
    assert_eq!(second["day"], "2027-03-04");
    let second = text(&second["id"]);
    on_a.visits("03-05 00:10", &second, &night.points[..4]);

    // The second round is left open over the third: from then on it is for finishing, and a new start is the next window's.
    let other = on_a.start("03-05 02:10", night, "夜巡三");
    assert_eq!((&other["resumed"], &other["day"]), (&json!(false), &json!("2027-03-04")));
    on_a.visits("03-05 02:10", &text(&other["id"]), &night.points);
    on_a.finish("03-05 02:40", &text(&other["id"]), &json!([]));
    let reasons: Vec<Value> =
        night.points[4..].iter().map(|point| json!({ "checkpoint": point.id, "reason": "被叫去开门" })).collect();
    on_a.finish("03-05 02:41", &second, &json!(reasons));

    // 夜巡四 ends at six, and begins at ten past.
    let late = on_b.start("03-05 06:10", night, "夜巡四");
    assert_eq!(late["day"], "2027-03-04", "last night's, and not tonight's 22 hours ahead");
    let late = text(&late["id"]);
    on_b.visits("03-05 06:10", &late, &night.points);
    on_b.finish("03-05 06:40", &late, &json!([]));

    campus.meet();
    let rows = campus.coverage(&campus.night, ["03-04", "03-04"], "03-05 07:00");
    assert_eq!(
        rows.iter().map(figures).collect::<Vec<_>>(),
        [
            "2027-03-04 夜巡一: points 6, covered 6, on_time 6, late 0, abnormal 0, runs 1",
            "2027-03-04 夜巡二: points 6, covered 4, on_time 4, late 0, abnormal 0, runs 1",
            "2027-03-04 夜巡三: points 6, covered 6, on_time 6, late 0, abnormal 0, runs 1",
            "2027-03-04 夜巡四: points 6, covered 6, on_time 0, late 6, abnormal 0, runs 1",
        ]
    );
    assert_eq!(list(&rows[1]["reasons"]), [json!(["被叫去开门"]), json!(["被叫去开门"])]);
    let run = campus.office.get(&first)["value"].clone();
    assert_eq!(run[format!("visits/{beds}/answers/T11.09/result")], json!([{ "v": "186" }]));
    assert!(!run[format!("people/{}", campus.dorm)].is_null(), "who counts takes part");
    let tonight = campus.coverage(&campus.night, ["03-05", "03-05"], "03-05 07:00");
    assert!(tonight.iter().all(|row| row["covered"] == 0), "nothing of it counts for the coming night");
}

#[test]
fn boarders_ask_for_four_rounds_on_school_nights_and_for_two_when_they_are_at_home() {
    let campus = Campus::open("school", &boarders(), ["S-DAY", "S-NIGHT"]);
    let all = ["夜巡一", "夜巡二", "夜巡三", "夜巡四"];
    for (day, rounds) in [("03-04", 4), ("03-05", 2), ("03-06", 2), ("03-07", 4)] {
        assert_eq!(due(&campus, day), all[..rounds], "{day}");
    }
}

#[test]
fn a_round_on_a_tablet_whose_battery_has_died_counts_for_the_night_that_its_guard_chose_and_blames_nobody() {
    let mut campus = Campus::open("school", &boarders(), ["S-DAY", "S-NIGHT"]);
    let (zhang, night) = (campus.zhang.clone(), &campus.night);
    let tablet = |minutes: u64| -> TestDevice { campus.a.showing(DEAD_BATTERY_MS + minutes * 60_000).held_by(&zhang) };
    let start = json!({ "route": night.id, "window": night.window("夜巡一"), "day": "2027-03-04" });
    let run = text(&tablet(0).call("patrol.start", start)["id"]);
    for (minute, point) in (0..).zip(&night.points) {
        tablet(minute).call("patrol.visit", json!({ "run": run, "tag": point.tag, "how": "qr", "result": "normal" }));
    }
    tablet(20).call("patrol.finish", json!({ "run": run }));
    campus.meet();
    let rows = campus.coverage(&campus.night, ["03-04", "03-04"], "03-05 07:00");
    assert_eq!(figures(&rows[0]), "2027-03-04 夜巡一: points 6, covered 6, on_time 6, late 0, abnormal 0, runs 1");
    let stored = campus.office.get(&run)["value"].clone();
    assert_eq!((&stored["business_date"], &stored["clock"]["state"]), (&json!("2027-03-04"), &json!("none")));
}
