//! A kindergarten's kitchen through the programs as people run them: two tablets without a network, and the office that reads of them
//! afterwards.

mod bad_input;
mod week;

use chrono::{DateTime, FixedOffset, TimeDelta};
use rounds_tests::{TestDevice, TestServer, scratch_folder};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

/// The meals of a day, each with its dishes.
const MEALS: [(&str, &[(&str, &str)]); 3] = [
    ("早餐", &[("馒头", "主食"), ("小米粥", "主食")]),
    ("午餐", &[("米饭", "主食"), ("红烧肉", "热菜"), ("冬瓜汤", "汤")]),
    ("午点", &[("牛奶", "预包装")]),
];

/// The kitchen of a kindergarten, and two tablets that know its people and its menu.
struct Kitchen {
    server: TestServer,
    office: TestDevice,
    a: TestDevice,
    b: TestDevice,
    campus: String,
    kitchen: String,
    classes: [String; 2],
    cooks: [String; 2],
    fso: String,
    head: String,
    keeper: String,
    supplier: String,
    /// Kept to the end.
    _folder: TempDir,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("not a list: {value}")).clone()
}

/// A time of a day of June 2026 at the school.
fn at(day: u32, time: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("2026-06-{day:02}T{time}:00+08:00")).expect("a time")
}

fn date(day: u32) -> String {
    format!("2026-06-{day:02}")
}

/// Whether a span in milliseconds is an hour, but for the time that the program itself takes.
fn is_an_hour(span: &Value) -> bool {
    span.as_u64().is_some_and(|ms| (3_590_000..=3_610_000).contains(&ms))
}

fn signature() -> Value {
    json!([[[100, 100], [400, 300], [700, 200], [900, 500]]])
}

/// A document with more in it.
fn with(mut document: Value, more: &Value) -> Value {
    let own = document.as_object_mut().expect("an object");
    own.extend(more.as_object().expect("an object").clone());
    document
}

impl Kitchen {
    /// A kindergarten that serves three meals, with the menu of the week; the network is gone when it stands.
    fn open() -> Self {
        let folder = scratch_folder();
        let mut server = TestServer::init(&folder.path().join("server"), &[]);
        server.start();
        let [own, a, b] = ["office", "a", "b"].map(|name| TestDevice::new(&folder.path().join(name)));
        own.enrol(&server, &["--role", "office"]);
        own.sync();
        let office = own.at("2026-05-25T09:00:00+08:00");
        let meals = json!([
            { "type": "早餐", "planned": "08:00", "days": "school" },
            { "type": "午餐", "planned": "11:30", "days": "school" },
            { "type": "午点", "planned": "15:00", "days": "school", "profile": "packaged" },
        ]);
        let term = json!({ "terms": [{ "name": "春", "from": "2026-02-16", "to": "2026-07-03" }] });
        let campus = json!({ "name": "东园", "kind": "kindergarten", "term_calendar": term, "meals": meals });
        let campus = text(&office.call("campus.save", campus)["id"]);
        let area = |name: &str, kind: &str| {
            text(&office.call("area.save", json!({ "name": name, "kind": kind, "scope": campus }))["id"])
        };
        let (kitchen, classes) = (area("厨房", "kitchen"), ["小一班", "小二班"].map(|name| area(name, "class")));
        let person = |name: &str, role: &str| {
            let id = text(&office.call("person.save", json!({ "name": name, "scope": campus }))["id"]);
            office.call("person.grant", json!({ "person": id, "role": role, "campus": campus }));
            id
        };
        let cooks = ["赵厨", "钱厨"].map(|name| person(name, "cook"));
        let (fso, head, keeper) = (person("陈安", "fso"), person("王园长", "head"), person("孙保管", "keeper"));
        let supplier =
            json!({ "name": "鲜达", "address": "南街 1 号", "contact": "何", "goods": "肉", "status": "在用" });
        let supplier = json!({ "kind": "supplier", "set": supplier });
        let supplier = text(&office.held_by(&keeper).call("entry.save", supplier)["id"]);
        let planned = |day: u32| {
            MEALS.map(|(sort, dishes)| {
                let dish = |(name, category): &(&str, &str)| json!({ "name": name, "category": category });
                json!({ "date": date(day), "type": sort, "dishes": dishes.iter().map(dish).collect::<Vec<_>>() })
            })
        };
        let week: Vec<Value> = (1..=5).flat_map(planned).collect();
        office.held_by(&cooks[0]).call("menu.save", json!({ "day": date(1), "meals": week }));
        own.sync();
        for tablet in [&a, &b] {
            tablet.enrol(&server, &[]);
            tablet.sync();
        }
        assert_eq!(server.stop(), 0);
        Self {
            server,
            office: own,
            a,
            b,
            campus,
            kitchen,
            classes,
            cooks,
            fso,
            head,
            keeper,
            supplier,
            _folder: folder,
        }
    }

    /// The network is there again just as long as these hear of each other.
    fn meet(&mut self, tablets: &[&str]) {
        self.server.start();
        let those: Vec<&TestDevice> =
            tablets.iter().map(|name| if *name == "a" { &self.a } else { &self.b }).chain([&self.office]).collect();
        for device in those.iter().chain(&those) {
            device.sync();
        }
        assert_eq!(self.server.stop(), 0, "the server did not end well");
    }

    fn meal_id(&self, day: u32, sort: &str) -> Uuid {
        let campus: Uuid = self.campus.parse().expect("a UUID");
        Uuid::new_v5(&campus, format!("meal/{}/{sort}", date(day)).as_bytes())
    }

    fn card(&self, tablet: &TestDevice, by: &str, now: DateTime<FixedOffset>, (day, sort): (u32, &str)) -> Value {
        tablet.held_by(by).at(&now.to_rfc3339()).call("meal.card", json!({ "date": date(day), "type": sort }))
    }

    /// 日管控 of a day as the office reads it on Friday night, each line in short.
    fn paper(&self, day: u32) -> (String, Vec<String>) {
        let asked = json!({ "sheet": "meals/day", "from": date(day), "to": date(day) });
        let sheet = self.office.held_by(&self.fso).at(&at(5, "22:00").to_rfc3339()).call("sheet.get", asked);
        let report = list(&sheet["head"]).into_iter().find(|fact| fact["label"] == "结论").expect("a report");
        let columns = list(&sheet["columns"]);
        let place = |key: &str| columns.iter().position(|column| column["key"] == key).expect("the column");
        let keys = ["number", "state", "what", "gaps"].map(place);
        let row = |row: &Value| {
            let cells = keys.iter().filter_map(|at| row[*at].as_str()).filter(|cell| !cell.is_empty());
            cells.collect::<Vec<_>>().join(" ")
        };
        (text(&report["text"]), list(&sheet["rows"]).iter().map(row).collect())
    }
}

/// Somebody with a tablet in hand, on a day.
struct Hand<'k> {
    tablet: &'k TestDevice,
    by: &'k str,
    day: u32,
}

impl Hand<'_> {
    fn call(&self, time: &str, name: &str, arguments: Value) -> Value {
        self.tablet.held_by(self.by).at(&at(self.day, time).to_rfc3339()).call(name, arguments)
    }

    fn refused(&self, time: &str, name: &str, arguments: Value) -> Value {
        self.tablet.held_by(self.by).at(&at(self.day, time).to_rfc3339()).refused(name, arguments)
    }

    /// Rows of one register, saved after each other; gives their ids.
    fn rows(&self, time: &str, kind: &str, sets: Vec<Value>) -> Vec<String> {
        let rows: Vec<Value> = sets.into_iter().map(|set| json!({ "kind": kind, "set": set })).collect();
        let saved = self.tablet.held_by(self.by).at(&at(self.day, time).to_rfc3339()).call_lines("entry.save", &rows);
        assert_eq!(saved.len(), rows.len(), "{saved:?}");
        saved.iter().map(|saved| text(&saved["id"])).collect()
    }

    fn row(&self, time: &str, kind: &str, set: Value) -> String {
        self.rows(time, kind, vec![set]).remove(0)
    }
}

/// A time so many minutes later, as it is written.
fn later(time: &str, minutes: i64) -> String {
    (at(1, time) + TimeDelta::minutes(minutes)).format("%H:%M").to_string()
}
