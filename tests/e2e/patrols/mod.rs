//! Whole days and nights of walks, through the programs as people run them: two tablets without a network, and the office that reads
//! of them afterwards.

mod day;
mod night;

use std::io::{BufRead, BufReader, Write};

use chrono::{DateTime, FixedOffset, TimeDelta};
use rounds_tests::{TestDevice, TestServer, scratch_folder};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A school with the routes that are built in, a tag at each point, and two tablets that know all of it.
struct Campus {
    server: TestServer,
    office: TestDevice,
    a: TestDevice,
    b: TestDevice,
    day: Route,
    night: Route,
    zhang: String,
    li: String,
    logi: String,
    dorm: String,
    /// Kept to the end.
    _folder: TempDir,
}

/// A route as the office has it.
struct Route {
    id: String,
    /// The windows in the order of the day, with their ids.
    windows: Vec<(String, String)>,
    points: Vec<Point>,
}

#[derive(Clone)]
struct Point {
    id: String,
    name: String,
    tag: String,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("not a list: {value}")).clone()
}

/// A time at the campus, such as `03-01 06:32` in 2027.
fn time(text: &str) -> DateTime<FixedOffset> {
    let (day, minute) = text.split_once(' ').expect("a day and a time");
    DateTime::parse_from_rfc3339(&format!("2027-{day}T{minute}:00+08:00")).expect("a time")
}

fn signature() -> Value {
    json!([[[100, 100], [400, 300], [700, 200], [900, 500]]])
}

impl Route {
    fn read(office: &TestDevice, code: &str) -> Self {
        let routes = list(&office.call("route.list", json!({}))["routes"]);
        let route = routes.iter().find(|route| route["code"] == code).expect("it is built in");
        let id = text(&route["id"]);
        let points = list(&office.call("route.get", json!({ "id": id }))["points"]);
        let point = |(number, point): (usize, &Value)| Point {
            id: text(&point["id"]),
            name: text(&point["name"]),
            tag: format!("RP-{code}-{number:02}"),
        };
        Self {
            windows: list(&route["windows"]).iter().map(|own| (text(&own["name"]), text(&own["id"]))).collect(),
            points: points.iter().enumerate().map(point).collect(),
            id,
        }
    }

    fn window(&self, name: &str) -> &str {
        let found = self.windows.iter().find(|(own, _)| own == name);
        found.map(|(_, id)| id).unwrap_or_else(|| panic!("there is no window {name}, only {:?}", self.windows))
    }

    /// The points of a window that is not the one that clears the campus.
    fn usual(&self) -> Vec<Point> {
        self.points.iter().filter(|point| !point.name.contains("末次")).cloned().collect()
    }

    fn point(&self, words: &str) -> &Point {
        self.points.iter().find(|point| point.name.contains(words)).expect("a point of that name")
    }
}

impl Campus {
    /// A campus of a sort, with what more is said of it; the network is gone when it stands.
    fn open(kind: &str, more: &Value, codes: [&str; 2]) -> Self {
        let folder = scratch_folder();
        let mut server = TestServer::init(&folder.path().join("server"), &[]);
        server.start();
        let [own, a, b] = ["office", "a", "b"].map(|name| TestDevice::new(&folder.path().join(name)));
        own.enrol(&server, &["--role", "office"]);
        let office = own.at("2027-02-22T09:00:00+08:00");
        let term = json!({ "terms": [{ "name": "春", "from": "2027-02-15", "to": "2027-07-02" }] });
        let mut campus = json!({ "name": "东校区", "kind": kind, "term_calendar": term });
        campus.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let campus = text(&office.call("campus.save", campus)["id"]);
        let person = |name: &str, role: &str| {
            let id = text(&office.call("person.save", json!({ "name": name, "scope": campus }))["id"]);
            office.call("person.grant", json!({ "person": id, "role": role, "campus": campus }));
            id
        };
        let (zhang, li) = (person("张强", "guard"), person("李明", "guard"));
        let (logi, dorm) = (person("陈志强", "logi"), person("何宿管", "dorm"));
        let [day, night] = codes.map(|code| Route::read(&office, code));
        let tags = [&day, &night].into_iter().flat_map(|route| &route.points);
        let tags: Vec<Value> = tags.map(|point| json!({ "checkpoint": point.id, "tag": point.tag })).collect();
        office.call_lines("tag.bind", &tags);
        let power = json!({ "name": "配电房", "scope": campus, "key_area": true });
        let power = text(&office.call("area.save", power)["id"]);
        for point in [&day, &night].into_iter().flat_map(|route| &route.points) {
            if point.name.contains("配电") {
                let edit = json!({ "id": point.id, "point": { "area": power } });
                office.call("checkpoint.edit", edit);
            }
        }
        own.sync();
        for tablet in [&a, &b] {
            tablet.enrol(&server, &[]);
            tablet.sync();
        }
        assert_eq!(server.stop(), 0);
        // An edit may give a point another id.
        let [day, night] = codes.map(|code| Route::read(&office, code));
        Self { server, office: own, a, b, day, night, zhang, li, logi, dorm, _folder: folder }
    }

    /// The network is there again just as long as all hear of each other.
    fn meet(&mut self) {
        self.server.start();
        for device in [&self.a, &self.b, &self.office, &self.a, &self.b] {
            device.sync();
        }
        assert_eq!(self.server.stop(), 0, "the server did not end well");
        for device in [&self.a, &self.b, &self.office] {
            let status = device.run(&["status"]);
            assert_eq!((&status["pending"], &status["conflicts"]), (&json!(0), &json!(0)), "{status}");
        }
    }

    /// What the office reads of a route: a row for each window that was due.
    fn coverage(&self, route: &Route, days: [&str; 2], at: &str) -> Vec<Value> {
        let [from, to] = days.map(|day| format!("2027-{day}"));
        let asked = json!({ "from": from, "to": to, "route": route.id });
        list(&self.office.held_by(&self.logi).at(&time(at).to_rfc3339()).call("patrol.coverage", asked)["rows"])
    }
}

/// Somebody with a tablet in hand.
struct Guard<'c> {
    tablet: &'c TestDevice,
    person: &'c str,
}

impl Guard<'_> {
    fn call(&self, at: DateTime<FixedOffset>, name: &str, arguments: Value) -> Value {
        self.tablet.held_by(self.person).at(&at.to_rfc3339()).call(name, arguments)
    }

    fn start(&self, at: &str, route: &Route, window: &str) -> Value {
        self.call(time(at), "patrol.start", json!({ "route": route.id, "window": route.window(window) }))
    }

    /// Reads the tag of each point, three minutes apart, and says that all is well.
    fn visits(&self, from: &str, run: &str, points: &[Point]) {
        for (at, point) in (0..).zip(points) {
            let visit = json!({ "run": run, "tag": point.tag, "how": "qr", "result": "normal" });
            let visited = self.call(time(from) + TimeDelta::minutes(3 * at), "patrol.visit", visit);
            assert_eq!(visited["checkpoint"], json!(point.id), "{visited}");
        }
    }

    /// Ends it with a signature under one's own part.
    fn finish(&self, at: &str, run: &str, missed: &Value) -> Value {
        let finish = json!({ "run": run, "missed": missed, "signature": signature() });
        self.call(time(at), "patrol.finish", finish)
    }

    fn get(&self, at: &str, run: &str) -> Value {
        self.call(time(at), "patrol.get", json!({ "run": run }))
    }

    /// Visits points until the program is killed, while the last of them is on its way; gives the visits that were acknowledged.
    fn visits_until_killed(&self, at: &str, run: &str, points: &[Point]) -> Vec<String> {
        let tablet = self.tablet.held_by(self.person).at(&time(at).to_rfc3339());
        let mut process = tablet.spawn(&["call", "patrol.visit", "-"]);
        let mut input = process.stdin.take().expect("it is piped");
        let mut output = BufReader::new(process.stdout.take().expect("it is piped")).lines();
        let mut acknowledged = Vec::new();
        for (number, point) in (1..).zip(points) {
            let visit = json!({ "run": run, "tag": point.tag, "how": "qr", "result": "normal" });
            writeln!(input, "{visit}").expect("it reads");
            if number < points.len() {
                let answer = output.next().expect("an answer").expect("it is readable");
                let answer: Value = serde_json::from_str(&answer).expect("JSON");
                acknowledged.push(text(&answer["visit"]));
            }
        }
        process.kill().expect("it runs");
        process.wait().expect("it ends");
        acknowledged
    }
}

/// What a row says in the figures that people ask about.
fn figures(row: &Value) -> String {
    let figure = |name: &str| format!("{name} {}", row[name]);
    let names = ["points", "covered", "on_time", "late", "abnormal", "runs"].map(figure);
    format!("{} {}: {}", text(&row["day"]), text(&row["window_name"]), names.join(", "))
}

/// Which points of a run have visits.
fn visited(run: &Value) -> Vec<(String, Vec<Value>)> {
    list(&run["points"]).iter().map(|point| (text(&point["id"]), list(&point["visits"]))).collect()
}
