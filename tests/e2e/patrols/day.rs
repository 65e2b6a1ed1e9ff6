//! A kindergarten from half past six in the morning to six on the next day: five windows of 幼儿园日巡, and two rounds of the night.

use serde_json::{Value, json};

use super::{Campus, Guard, Point, figures, list, text, visited};

/// Every other point, the first or the second of each two.
fn half(points: &[Point], second: usize) -> Vec<Point> {
    points.iter().skip(second).step_by(2).cloned().collect()
}

#[test]
fn a_kindergarten_is_walked_for_a_day_and_a_night_without_a_network_and_the_office_reads_every_point() {
    let mut campus = Campus::open("kindergarten", &json!({}), ["K-DAY", "K-NIGHT"]);
    let on_a = Guard { tablet: &campus.a, person: &campus.zhang };
    let on_b = Guard { tablet: &campus.b, person: &campus.li };
    let (day, night, usual) = (&campus.day, &campus.night, campus.day.usual());
    assert_eq!((day.points.len(), usual.len(), night.points.len()), (16, 15, 6));

    // 开门前: the tablet dies on the way, and goes on with everything that it had acknowledged.
    let first = on_a.start("03-01 06:32", day, "开门前");
    let run = text(&first["id"]);
    assert_eq!(first["day"], "2027-03-01");
    on_a.visits("03-01 06:32", &run, &usual[..5]);
    let kept = on_a.visits_until_killed("03-01 06:50", &run, &usual[5..9]);
    let again = on_a.start("03-01 06:58", day, "开门前");
    assert_eq!((&again["id"], &again["resumed"]), (&json!(run), &json!(true)), "an interrupted run is offered again");
    let seen = visited(&on_a.get("03-01 06:58", &run));
    for visit in kept {
        assert!(seen.iter().any(|(_, visits)| visits.iter().any(|own| own["id"] == visit)), "{visit} is lost");
    }
    let left = usual.iter().filter(|point| seen.iter().any(|(id, visits)| *id == point.id && visits.is_empty()));
    let left: Vec<Point> = left.cloned().collect();
    assert_eq!(again["next"], json!(left[0].id));
    on_a.visits("03-01 06:59", &run, &left);
    assert_eq!(on_a.finish("03-01 07:25", &run, &json!([]))["nil"], true);

    // 上午: two walk together, each with a tablet, and neither hears of the other.
    let lead = text(&on_a.start("03-01 09:32", day, "上午")["id"]);
    let along = json!({ "route": day.id, "window": day.window("上午"), "walk": lead });
    let along = text(&on_b.call(super::time("03-01 09:33"), "patrol.start", along)["id"]);
    assert_ne!(lead, along, "a run is written by one tablet");
    on_a.visits("03-01 09:33", &lead, &half(&usual, 0));
    on_b.visits("03-01 09:34", &along, &half(&usual, 1));
    let own = on_a.finish("03-01 10:20", &lead, &json!([]));
    assert_eq!(
        (&own["coverage"]["covered"], &own["nil"]),
        (&json!(8), &json!(true)),
        "what a colleague has is not here yet"
    );
    on_b.finish("03-01 10:21", &along, &json!([]));

    // 中午: 李明 hands his tablet to 张强 on the way.
    let shared = text(&on_b.start("03-01 12:35", day, "中午")["id"]);
    on_b.visits("03-01 12:35", &shared, &usual[..7]);
    let next = Guard { tablet: &campus.b, person: &campus.zhang };
    let due = list(&next.call(super::time("03-01 13:00"), "patrol.due", json!({}))["windows"]);
    let open = due.iter().find(|row| row["window"] == json!(day.window("中午"))).expect("it is due");
    assert_eq!((&open["run"]["id"], &open["run"]["by"]["name"]), (&json!(shared), &json!("李明")), "{open}");
    assert_eq!(next.start("03-01 13:00", day, "中午")["resumed"], true);
    next.visits("03-01 13:00", &shared, &usual[7..]);
    assert_eq!(on_b.finish("03-01 13:30", &shared, &json!([]))["nil"], true, "each signs for the own part");
    next.finish("03-01 13:31", &shared, &json!([]));
    let signs = list(&on_b.get("03-01 13:32", &shared)["signs"]);
    let signed: Vec<(&Value, &Value)> = signs.iter().map(|sign| (&sign["by"]["name"], &sign["points"])).collect();
    assert_eq!(signed, [(&json!("李明"), &json!(7)), (&json!("张强"), &json!(8))]);

    // 清校: something is in the way at the back door, and the last point clears the grounds.
    let closing = text(&on_a.start("03-01 16:32", day, "清校")["id"]);
    let door = day.point("消防通道");
    let at_door = day.points.iter().position(|point| point.id == door.id).expect("it is there");
    on_a.visits("03-01 16:33", &closing, &day.points[..at_door]);
    let fails = json!({
        "run": closing, "checkpoint": door.id, "item": "T15.02", "result": "fail", "note": "门前堆着纸箱",
    });
    on_a.call(super::time("03-01 17:20"), "patrol.answer", fails);
    let visit = json!({ "run": closing, "tag": door.tag, "how": "qr", "result": "abnormal" });
    on_a.call(super::time("03-01 17:20"), "patrol.visit", visit);
    on_a.visits("03-01 17:24", &closing, &day.points[at_door + 1..]);
    assert_eq!(on_a.finish("03-01 17:40", &closing, &json!([]))["nil"], false);

    // 晚间: the yard is flooded, and the switchboard is behind it.
    let evening = text(&on_b.start("03-01 20:05", day, "晚间")["id"]);
    let [yard, power] = ["操场", "配电"].map(|words| day.point(words).id.clone());
    let reached: Vec<Point> = usual.iter().filter(|point| point.id != yard && point.id != power).cloned().collect();
    on_b.visits("03-01 20:05", &evening, &reached);
    let missed = json!([{ "checkpoint": yard, "reason": "积水" }, { "checkpoint": power, "reason": "积水过不去" }]);
    on_b.finish("03-01 20:50", &evening, &missed);

    // The night counts for its evening.
    for (start, window) in [("03-01 22:10", "夜巡一"), ("03-02 00:20", "夜巡二")] {
        let round = on_a.start(start, night, window);
        assert_eq!(round["day"], "2027-03-01", "{window}");
        on_a.visits(start, &text(&round["id"]), &night.points);
        on_a.finish(&start.replace(":10", ":40").replace(":20", ":50"), &text(&round["id"]), &json!([]));
    }

    campus.meet();
    let rows = campus.coverage(&campus.day, ["03-01", "03-01"], "03-02 06:05");
    let told: Vec<String> = rows.iter().map(figures).collect();
    assert_eq!(
        told,
        [
            "2027-03-01 开门前: points 15, covered 15, on_time 15, late 0, abnormal 0, runs 1",
            "2027-03-01 上午: points 15, covered 15, on_time 15, late 0, abnormal 0, runs 2",
            "2027-03-01 中午: points 15, covered 15, on_time 15, late 0, abnormal 0, runs 1",
            "2027-03-01 清校: points 16, covered 16, on_time 16, late 0, abnormal 1, runs 1",
            "2027-03-01 晚间: points 15, covered 13, on_time 13, late 0, abnormal 0, runs 1",
        ]
    );
    let nil: Vec<&Value> = rows.iter().map(|row| &row["nil"]).collect();
    assert_eq!(nil, ["nil", "nil", "nil", "abnormal", "waiting"]);
    assert_eq!(list(&rows[4]["reasons"]), [json!(["积水"]), json!(["积水过不去"])]);
    let nights = campus.coverage(&campus.night, ["03-01", "03-01"], "03-02 06:05");
    assert_eq!(
        nights.iter().map(figures).collect::<Vec<_>>(),
        [
            "2027-03-01 夜巡一: points 6, covered 6, on_time 6, late 0, abnormal 0, runs 1",
            "2027-03-01 夜巡二: points 6, covered 6, on_time 6, late 0, abnormal 0, runs 1",
        ],
        "nobody sleeps there: two rounds are asked"
    );

    // Once in each window that was walked there, by day and by night: all but the evening.
    let asked = json!({ "from": "2027-03-01", "to": "2027-03-01" });
    let office = campus.office.held_by(&campus.logi).at("2027-03-02T06:05:00+08:00");
    let areas = office.call("patrol.coverage", asked)["days"][0].clone();
    assert_eq!(
        (&areas["needed"], &areas["areas"][0]["name"], &areas["areas"][0]["rounds"]),
        (&json!("5"), &json!("配电房"), &json!(6))
    );

    // What was found hangs on its point and its day, for everybody.
    let findings = list(&office.call("finding.list", json!({ "state": "open" }))["findings"]);
    assert_eq!(findings.len(), 1, "{findings:?}");
    let finding = campus.office.get(&text(&findings[0]["id"]))["value"].clone();
    assert_eq!(
        (&finding["checkpoint"], &finding["patrol_run"], &finding["business_date"]),
        (&json!(door_of(&campus)), &json!(closing), &json!("2027-03-01"))
    );
    for tablet in [&campus.a, &campus.b] {
        let run = Guard { tablet, person: &campus.zhang }.get("03-02 06:06", &lead);
        assert_eq!(run["coverage"]["covered"], 15, "a walk of two is shown as one where both have arrived");
    }
}

fn door_of(campus: &Campus) -> String {
    campus.day.point("消防通道").id.clone()
}
