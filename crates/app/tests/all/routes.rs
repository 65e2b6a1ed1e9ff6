//! Routes and their points: what an edit changes, and what it leaves as it was.

use serde_json::{Value, json};

use crate::support::{Hand, START_MS, Tablet, text};

/// A school with its built-in routes, and who keeps them.
struct School {
    tablet: Tablet,
    setup: Hand,
    campus: String,
}

impl School {
    fn new() -> Self {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let campus = text(&setup.call("campus.save", json!({"name": "东校区", "kind": "school"}))["id"]);
        Self { tablet, setup, campus }
    }

    fn person(&self, role: &str) -> String {
        let id = text(&self.setup.call("person.save", json!({"name": role, "scope": self.campus}))["id"]);
        self.setup.call("person.grant", json!({"person": id, "role": role, "campus": self.campus}));
        id
    }

    /// The route of a code as it stands.
    fn route(&self, code: &str) -> Value {
        let routes = self.setup.call("route.list", json!({}))["routes"].clone();
        let row = routes.as_array().expect("routes").iter().find(|route| route["code"] == code).expect("the route");
        self.setup.call("route.get", json!({"id": row["id"]}))
    }
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn names(points: &Value) -> Vec<String> {
    list(points).iter().map(|point| text(&point["name"])).collect()
}

fn window_names(route: &Value) -> Vec<String> {
    names(&route["route"]["windows"])
}

fn window<'a>(route: &'a Value, name: &str) -> &'a Value {
    list(&route["route"]["windows"]).iter().find(|window| window["name"] == name).expect("the window")
}

#[test]
fn built_in_routes_become_records_when_a_campus_is_set_up() {
    let school = School::new();
    let listed = school.setup.call("route.list", json!({}));
    let codes: Vec<&Value> = list(&listed["routes"]).iter().map(|route| &route["code"]).collect();
    assert_eq!(codes, ["S-DAY", "S-NIGHT"], "by day first");
    assert_eq!(listed["offered"], json!([]));
    let day = school.route("S-DAY");
    assert_eq!(
        (list(&day["points"]).len(), &day["route"]["fire"], &day["route"]["fire_missing"]),
        (21, &json!(true), &json!([]))
    );
    assert_eq!(window(&day, "清校")["days"], "school");
    assert_eq!(day["points"][20]["windows"], json!([window(&day, "清校")["id"]]));
    assert_eq!(day["points"][0]["in_all_windows"], true);
    // A kindergarten gets its own.
    let other = text(&school.setup.call("campus.save", json!({"name": "幼儿园", "kind": "kindergarten"}))["id"]);
    let own = school.setup.call("route.list", json!({"scope": other}));
    assert_eq!(list(&own["routes"]).iter().map(|route| &route["code"]).collect::<Vec<_>>(), ["K-DAY", "K-NIGHT"]);
}

#[test]
fn an_older_campus_takes_the_built_in_routes_over_when_somebody_asks_for_it() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let campus = "0199a1f0-0000-7000-8000-0000000000c1";
    let fields = json!({"name": "老校区", "kind": "school"});
    app.call("record.save", json!({"id": campus, "kind": "campus", "scope": campus, "set": fields}));
    let listed = app.call("route.list", json!({}));
    assert_eq!(listed["routes"], json!([]));
    assert_eq!(listed["offered"][0]["code"], "S-DAY");
    assert_eq!(app.refusal("route.adopt", json!({"codes": ["K-DAY"]})), ("not-found".into(), Some("codes".into())));
    let adopted = app.call("route.adopt", json!({"codes": ["S-NIGHT"]}));
    assert_eq!((list(&adopted["routes"]).len(), &adopted["points"]), (1, &json!(6)));
    let adopted = app.call("route.adopt", json!({}));
    assert_eq!((list(&adopted["routes"]).len(), &adopted["points"]), (1, &json!(21)), "the one that was not there");
    assert_eq!(app.call("route.adopt", json!({}))["points"], 0, "twice the same");
    assert_eq!(app.call("route.list", json!({}))["offered"], json!([]));
}

#[test]
fn a_route_that_has_ended_is_not_made_anew() {
    let school = School::new();
    let night = school.route("S-NIGHT");
    school.setup.call("route.end", json!({"id": night["route"]["id"]}));
    assert_eq!(list(&school.setup.call("route.list", json!({}))["routes"]).len(), 1);
    assert_eq!(list(&school.setup.call("route.list", json!({"ended": true}))["routes"]).len(), 2);
    assert_eq!(school.setup.call("route.adopt", json!({}))["points"], 0);
    let again = school.setup.refusal("route.save", json!({"id": night["route"]["id"], "name": "夜"}));
    assert_eq!(again, ("finished".into(), Some("id".into())));
}

#[test]
fn an_edit_of_a_window_ends_the_old_one_and_adds_a_new_one() {
    let school = School::new();
    let before = school.route("S-DAY");
    let (id, old) = (&before["route"]["id"], window(&before, "清校").clone());
    school.tablet.wait_ms(60_000);
    let edit =
        json!({"route": id, "window": old["id"], "name": "清校", "from": "17:00", "to": "18:30", "days": "school"});
    let saved = school.setup.call("route.save_window", edit.clone());
    let after = school.route("S-DAY");
    let new = window(&after, "清校");
    assert_eq!(
        (&new["id"], &new["from"], list(&after["route"]["windows"]).len()),
        (&saved["window"], &json!("17:00"), 5)
    );
    assert_ne!(new["id"], old["id"]);
    let record = school.setup.call("record.get", json!({"id": id}))["value"].clone();
    let field = |id: &Value| record[format!("windows/{}", text(id))].clone();
    assert_eq!(
        (field(&old["id"])["from"].clone(), field(&old["id"])["until"].clone()),
        (json!("16:30"), field(&new["id"])["since"].clone())
    );
    // The point that is walked then alone was walked in the old one, and is in the new one.
    assert_eq!(after["points"][20]["windows"], json!([new["id"]]));
    let point = school.setup.call("record.get", json!({"id": after["points"][20]["id"]}))["value"].clone();
    assert_eq!(point["windows"], json!([old["id"], new["id"]]));
    // Saving the same again changes nothing, and the old one is no longer there to be changed.
    let same =
        json!({"route": id, "window": new["id"], "name": "清校", "from": "17:00", "to": "18:30", "days": "school"});
    assert_eq!(school.setup.call("route.save_window", same)["window"], new["id"]);
    assert_eq!(school.setup.refusal("route.save_window", edit), ("not-found".into(), Some("window".into())));
}

#[test]
fn what_was_made_by_a_clock_that_is_ahead_is_listed_and_walked_at_once() {
    let school = School::new();
    let guard = school.tablet.app(Some(&school.person("guard")));
    school.tablet.wait_ms(60_000);
    let id = school.route("S-DAY")["route"]["id"].clone();
    let save = json!({"route": id, "name": "加巡", "from": "13:00", "to": "13:30"});
    let window = school.setup.call("route.save_window", save)["window"].clone();
    // Another machine, whose clock has not come so far.
    school.tablet.set_clock(START_MS - 3_600_000);
    let route = school.route("S-DAY");
    assert_eq!((window_names(&route).len(), list(&route["points"]).len()), (6, 21));
    let run = guard.call("patrol.start", json!({"route": id}));
    let plan = guard.call("patrol.get", json!({"run": run["id"]}));
    assert_eq!(list(&plan["points"]).len(), 20, "all but the one that clears the school");
    school.setup.call("route.end_window", json!({"route": id, "window": window}));
    assert_eq!(window_names(&school.route("S-DAY")).len(), 5);
}

#[test]
fn a_window_that_says_nothing_is_refused_and_changes_nothing() {
    let school = School::new();
    let before = school.route("S-DAY");
    let id = &before["route"]["id"];
    let refused = |more: Value| {
        let mut arguments = json!({"route": id, "name": "晚", "from": "21:00", "to": "22:00"});
        arguments.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        school.setup.refusal("route.save_window", arguments).1
    };
    assert_eq!(refused(json!({"from": "25:00"})).as_deref(), Some("from"));
    assert_eq!(refused(json!({"to": "21:00"})).as_deref(), Some("to"));
    assert_eq!(refused(json!({"days": "sometimes"})).as_deref(), Some("days"));
    assert_eq!(refused(json!({"name": " "})).as_deref(), Some("name"));
    assert_eq!(refused(json!({"window": "gone"})).as_deref(), Some("window"));
    assert_eq!(school.route("S-DAY"), before);
}

#[test]
fn a_fire_patrol_keeps_the_seven_items_between_its_points() {
    let school = School::new();
    let day = school.route("S-DAY");
    let points = list(&day["points"]);
    let lane = points.iter().find(|point| list(&point["items"]).iter().any(|item| item["code"] == "T15.15"));
    let lane = &lane.expect("消防车道")["id"];
    for (name, arguments) in [
        ("checkpoint.end", json!({"id": lane})),
        ("checkpoint.edit", json!({"id": lane, "point": {"items": ["T15.02"]}})),
    ] {
        let problem = school.setup.refused(name, arguments);
        assert_eq!(
            (&problem["code"], &problem["items"][0]["code"]),
            (&json!("fire-items"), &json!("T15.15")),
            "{name}"
        );
    }
    assert_eq!(school.route("S-DAY"), day);
    // Where another point bears it, the first one may go.
    let own = json!({"items": ["T17.01", "T17.05", "T17.06", "T18.02", "T15.15"]});
    school.setup.call("checkpoint.edit", json!({"id": points[0]["id"], "point": own}));
    school.setup.call("checkpoint.end", json!({"id": lane}));
    // A route of the school's own is one when its points bear them all, and no earlier.
    let new = school.setup.call("route.save", json!({"name": "体育馆"}));
    let problem = school.setup.refused("route.save", json!({"id": new["id"], "fire": true}));
    assert_eq!((&problem["code"], list(&problem["items"]).len()), (&json!("fire-items"), 7));
    let seven = ["T15.01", "T15.02", "T15.03", "T15.04", "T15.05", "T15.14", "T15.15"];
    school.setup.call("checkpoint.add", json!({"route": new["id"], "point": {"name": "馆内", "items": seven}}));
    school.setup.call("route.save", json!({"id": new["id"], "fire": true}));
}

#[test]
fn a_point_is_moved_in_one_call_and_the_others_make_room() {
    let school = School::new();
    let before = school.route("S-NIGHT");
    let points = list(&before["points"]);
    let moved = school.setup.call("checkpoint.move", json!({"id": points[5]["id"], "place": 2}));
    let after = school.route("S-NIGHT");
    let ids: Vec<&Value> = list(&after["points"]).iter().map(|point| &point["id"]).collect();
    let at = |place: usize| &points[place]["id"];
    assert_eq!(ids, [at(0), at(5), at(1), at(2), at(3), at(4)]);
    assert_eq!(list(&moved["points"]).iter().collect::<Vec<_>>(), ids);
    for place in [0, 7] {
        let refusal = school.setup.refusal("checkpoint.move", json!({"id": at(0), "place": place}));
        assert_eq!(refusal, ("bad-arguments".into(), Some("place".into())), "{place}");
    }
}

#[test]
fn a_new_point_stands_where_it_is_put_and_a_route_has_at_most_forty() {
    let school = School::new();
    let id = text(&school.setup.call("route.save", json!({"name": "后山", "night": false}))["id"]);
    let add = |name: &str, place: Option<usize>| {
        school.setup.call("checkpoint.add", json!({"route": id, "place": place, "point": {"name": name}}))
    };
    add("亭子", None);
    add("水池", None);
    add("山门", Some(1));
    let route = school.setup.call("route.get", json!({"id": id}));
    assert_eq!(names(&route["points"]), ["山门", "亭子", "水池"]);
    assert_eq!(route["points"][0]["min_seconds"], 30);
    for number in 4..=40 {
        add(&format!("树 {number}"), None);
    }
    let one_more = json!({"route": id, "point": {"name": "多一个"}});
    let problem = school.setup.refused("checkpoint.add", one_more);
    assert_eq!((&problem["code"], &problem["most"]), (&json!("limit-exceeded"), &json!(40)));
}

#[test]
fn a_point_that_says_nothing_is_refused_and_changes_nothing() {
    let school = School::new();
    let before = school.route("S-NIGHT");
    let id = &before["points"][0]["id"];
    let refused = |point: Value| school.setup.refusal("checkpoint.edit", json!({"id": id, "point": point})).1;
    assert_eq!(refused(json!({"name": ""})).as_deref(), Some("name"));
    assert_eq!(refused(json!({"items": ["T99.01"]})).as_deref(), Some("items"));
    assert_eq!(
        refused(json!({"must": ["T20.01"]})).as_deref(),
        Some("must"),
        "it is asked only where the point bears it"
    );
    assert_eq!(refused(json!({"min_seconds": 3_601})).as_deref(), Some("min_seconds"));
    assert_eq!(refused(json!({"windows": ["gone"]})).as_deref(), Some("windows"));
    assert_eq!(refused(json!({"look_at": "看".repeat(2_001)})).as_deref(), Some("look_at"));
    assert_eq!(school.route("S-NIGHT"), before);
}

#[test]
fn what_a_point_is_called_changes_in_place() {
    let school = School::new();
    let before = school.route("S-NIGHT");
    let point = &before["points"][0];
    let change = json!({"name": "南门", "name_en": null, "min_seconds": 45, "photo": true, "look_at_en": "Locks"});
    school.setup.call("checkpoint.edit", json!({"id": point["id"], "point": change, "seen": point["version"]}));
    let after = school.route("S-NIGHT")["points"][0].clone();
    assert_eq!((&after["id"], &after["name"], &after["name_en"]), (&point["id"], &json!("南门"), &json!(null)));
    assert_eq!(
        (&after["min_seconds"], &after["photo"], &after["look_at_en"]),
        (&json!(45), &json!(true), &json!("Locks"))
    );
}

#[test]
fn a_point_that_is_walked_in_other_windows_is_another_point_and_its_tags_go_along() {
    let school = School::new();
    let before = school.route("S-NIGHT");
    let (point, first) = (&before["points"][2], &before["route"]["windows"][0]["id"]);
    let tag = school.setup.call("tag.bind", json!({"checkpoint": point["id"], "tag": "04:A1:5E:02"}));
    let saved = school.setup.call("checkpoint.edit", json!({"id": point["id"], "point": {"windows": [first]}}));
    assert_ne!(saved["id"], point["id"]);
    let after = school.route("S-NIGHT");
    let new = &after["points"][2];
    assert_eq!((&new["id"], &new["name"], &new["windows"]), (&saved["id"], &point["name"], &json!([first])));
    assert_eq!(new["tags"][0]["id"], tag["id"]);
    assert_eq!((&after["ended"][0]["id"], &after["ended"][0]["in_all_windows"]), (&point["id"], &json!(true)));
    // Windows that are the same are no change.
    let same = school.setup.call("checkpoint.edit", json!({"id": new["id"], "point": {"windows": [first]}}));
    assert_eq!(same["id"], new["id"]);
    let ended = school.setup.refusal("checkpoint.edit", json!({"id": point["id"], "point": {"name": "x"}}));
    assert_eq!(ended, ("finished".into(), Some("id".into())));
}

#[test]
fn a_point_that_stands_for_all_classes_gives_way_to_one_for_each_of_them() {
    let school = School::new();
    let logi = school.tablet.app(Some(&school.person("logi")));
    let day = school.route("S-DAY");
    let (route, count) = (day["route"]["id"].clone(), list(&day["points"]).len());
    let point = json!({"name": "各班教室", "name_en": "Classroom", "items": ["T18.03"], "min_seconds": 45});
    let add = json!({"route": route, "place": 3, "point": point});
    let id = logi.call("checkpoint.add", add)["id"].clone();
    let split = || json!({"id": id});
    assert_eq!(logi.refusal("checkpoint.per_class", split()), ("not-found".to_owned(), Some("id".to_owned())));
    let classes = ["一(2)班", "一(1)班"].map(|name| {
        text(&logi.call("area.save", json!({"name": name, "kind": "class", "scope": school.campus}))["id"])
    });
    assert_eq!(
        school.tablet.app(Some(&school.person("guard"))).refusal("checkpoint.per_class", split()).0,
        "not-allowed"
    );
    school.tablet.wait_ms(60_000);
    let order = logi.call("checkpoint.per_class", split())["points"].clone();
    let after = school.route("S-DAY");
    assert_eq!(
        list(&after["points"]).iter().map(|point| &point["id"]).collect::<Vec<_>>(),
        list(&order).iter().collect::<Vec<_>>()
    );
    assert_eq!(list(&order).len(), count + 2);
    let new = &list(&after["points"])[2..4];
    assert_eq!(names(&json!(new)), ["一(1)班教室", "一(2)班教室"]);
    assert_eq!((&new[0]["area"], &new[0]["name_en"]), (&json!(classes[1]), &json!("Classroom 一(1)班")));
    let items: Vec<&Value> = list(&new[0]["items"]).iter().map(|item| &item["code"]).collect();
    assert_eq!((items, &new[0]["min_seconds"]), (vec![&json!("T18.03")], &json!(45)));
    let places: Vec<Value> = list(&after["points"]).iter().map(|point| point["place"].clone()).collect();
    assert_eq!(places, (1..=count + 2).map(|place| json!(place)).collect::<Vec<_>>());
    assert_eq!(after["ended"][0]["id"], id, "what was due before stays as it was");
    assert_eq!(logi.refusal("checkpoint.per_class", split()).0, "finished");
}

#[test]
fn a_route_that_would_have_more_than_forty_points_by_its_classes_stays_as_it_is() {
    let school = School::new();
    let day = school.route("S-DAY");
    let count = list(&day["points"]).len();
    for number in 0..=40 - count + 1 {
        let class = json!({"name": format!("{number}班"), "kind": "class", "scope": school.campus});
        school.setup.call("area.save", class);
    }
    let refused = school.setup.refusal("checkpoint.per_class", json!({"id": day["points"][0]["id"]}));
    assert_eq!(refused, ("limit-exceeded".to_owned(), Some("route".to_owned())));
    assert_eq!(list(&school.route("S-DAY")["points"]).len(), count);
}

#[test]
fn only_who_manages_routes_edits_them_and_who_does_not_walk_sees_none() {
    let school = School::new();
    let [logi, guard, cook] = ["logi", "guard", "cook"].map(|role| school.person(role));
    let night = school.route("S-NIGHT");
    let (route, point) = (&night["route"]["id"], &night["points"][0]["id"]);
    let changes = [
        ("route.save", json!({"id": route, "name": "x"})),
        ("route.save", json!({"name": "x"})),
        ("route.end", json!({"id": route})),
        ("route.save_window", json!({"route": route, "name": "x", "from": "01:00", "to": "02:00"})),
        ("route.end_window", json!({"route": route, "window": night["route"]["windows"][0]["id"]})),
        ("route.adopt", json!({})),
        ("checkpoint.add", json!({"route": route, "point": {"name": "x"}})),
        ("checkpoint.edit", json!({"id": point, "point": {"name": "x"}})),
        ("checkpoint.move", json!({"id": point, "place": 1})),
        ("checkpoint.per_class", json!({"id": point})),
        ("checkpoint.end", json!({"id": point})),
        ("tag.bind", json!({"checkpoint": point, "tag": "A"})),
        ("tag.make", json!({"route": route})),
    ];
    let guard = school.tablet.app(Some(&guard));
    for (name, arguments) in &changes {
        assert_eq!(guard.refusal(name, arguments.clone()).0, "not-allowed", "{name}");
    }
    assert_eq!(list(&guard.call("route.list", json!({}))["routes"]).len(), 2, "the guard walks them");
    school.tablet.app(Some(&logi)).call("checkpoint.edit", json!({"id": point, "point": {"name": "大门"}}));
    let cook = school.tablet.app(Some(&cook));
    assert_eq!(cook.call("route.list", json!({}))["routes"], json!([]));
    assert_eq!(cook.refusal("route.get", json!({"id": route})).0, "not-found");
    assert_eq!(cook.refusal("checkpoint.edit", json!({"id": point, "point": {}})).0, "not-found");
}

#[test]
fn a_campus_says_on_which_nights_somebody_sleeps_there() {
    let school = School::new();
    let nights = |school: &School| school.setup.call("campus.list", json!({}))["campuses"][0]["sleeps"].clone();
    assert_eq!(nights(&school), json!([]));
    school.setup.call("campus.save", json!({"id": school.campus, "boarding": true}));
    let from_today = json!([{"nights": "every", "from": "2026-09-01"}]);
    assert_eq!(nights(&school), from_today, "boarders may be there on any night from now on");
    school.setup.call("campus.save", json!({"id": school.campus, "boarding": true, "pupils": 300}));
    assert_eq!(nights(&school), from_today, "what was said already changes nothing");
    let said = json!([{"from": "2026-09-01", "to": "2027-01-20", "nights": "school"}]);
    school.setup.call("campus.save", json!({"id": school.campus, "sleeps": said}));
    assert_eq!(nights(&school), said);
    let bad = json!({"id": school.campus, "sleeps": [{"nights": "fridays"}]});
    assert_eq!(school.setup.refusal("campus.save", bad).1.as_deref(), Some("sleeps"));
}
