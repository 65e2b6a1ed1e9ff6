//! Rows of registers and the findings that follow from them, on tablets that hear of each other in any order.

use app::App;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use crate::world::World;

const SEEDS: u64 = 12;
/// What happens to one row in a simulation.
const ACTS: usize = 14;

struct Kitchen {
    world: World,
    fso: String,
    head: String,
    row: String,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

fn call(app: &App, name: &str, arguments: Value) -> Value {
    let answer =
        app.dispatch(name, &arguments.to_string()).unwrap_or_else(|error| panic!("{name} {arguments}: {error}"));
    serde_json::from_str(&answer).expect("JSON")
}

impl Kitchen {
    /// The office and a tablet, which know one reading of a fridge.
    fn new(seed: u64) -> Self {
        let mut world = World::new(seed);
        world.add_office();
        world.add_tablet(0);
        let setup = world.app(0, None);
        let campus = text(&call(&setup, "campus.save", json!({"name": "园", "kind": "kindergarten"}))["id"]);
        let area = text(&call(&setup, "area.save", json!({"name": "食堂", "scope": campus}))["id"]);
        let asset = json!({"kind": "asset", "scope": campus, "set": {"name": "冰箱"}});
        let fridge = text(&call(&setup, "record.save", asset)["id"]);
        let person = |name: &str, role: &str| {
            let id = text(&call(&setup, "person.save", json!({"name": name, "scope": campus}))["id"]);
            call(&setup, "person.grant", json!({"person": id, "role": role, "campus": campus}));
            id
        };
        let (fso, head) = (person("陈安", "fso"), person("王园长", "head"));
        drop(setup);
        world.settle();
        let set = json!({"what": "冷藏", "session": "上午", "area": area, "equipment": fridge, "c": "5"});
        let written = call(&world.app(0, Some(&fso)), "entry.save", json!({"kind": "temperature_reading", "set": set}));
        let row = text(&written["id"]);
        world.settle();
        Self { world, fso, head, row }
    }

    fn app(&self, tablet: usize, person: &str) -> App {
        self.world.app(tablet, Some(person))
    }

    /// One thing that somebody does on a tablet; what is refused there has not happened.
    fn something_happens(&self, random: &mut StdRng, tablet: usize) {
        let (fso, head) = (self.app(tablet, &self.fso), self.app(tablet, &self.head));
        let tries = |app: &App, name: &str, arguments: Value| drop(app.dispatch(name, &arguments.to_string()));
        let id = &self.row;
        match random.random_range(0..10) {
            0..3 => tries(&fso, "entry.correct", json!({"id": id, "field": "c", "value": "12", "reason": "看错"})),
            3..6 => tries(&fso, "entry.correct", json!({"id": id, "field": "c", "value": "6", "reason": "看错"})),
            6 => tries(&fso, "entry.void", json!({"id": id, "reason": "记错"})),
            7 => tries(&fso, "entry.restore", json!({"id": id, "reason": "没有记错"})),
            _ => {
                let step = ["void", "assign", "fix", "pass"][random.random_range(0..4)];
                for finding in findings(&head) {
                    let assignee = (step == "assign").then_some(&self.fso);
                    let take = json!({"id": finding["id"], "step": step, "note": "查过", "assignee": assignee});
                    tries(&head, "finding.step", take);
                }
            }
        }
    }

    /// What a tablet says of the row and its findings.
    fn told(&self, tablet: usize) -> (Value, Vec<Value>) {
        let head = self.app(tablet, &self.head);
        let row = call(&head, "entry.get", json!({"id": self.row}));
        let found =
            findings(&head).iter().map(|found| call(&head, "finding.get", json!({"id": found["id"]}))).collect();
        (row, found)
    }
}

fn findings(app: &App) -> Vec<Value> {
    call(app, "finding.list", json!({}))["findings"].as_array().expect("findings").clone()
}

/// What a finding says that does not change with the time at which it is asked.
fn lasting(finding: &Value) -> Value {
    let keys = ["id", "state", "steps", "offer", "entry", "description", "found_at", "due"];
    keys.iter().map(|key| ((*key).to_owned(), finding[key].clone())).collect::<serde_json::Map<_, _>>().into()
}

#[test]
fn a_finding_follows_its_row_in_whatever_order_tablets_hear_of_each_other() {
    let mut offered = 0;
    for seed in 0..SEEDS {
        let mut random = StdRng::seed_from_u64(seed);
        let mut kitchen = Kitchen::new(seed);
        for _ in 0..ACTS {
            kitchen.world.clock.advance(random.random_range(1_000..3_600_000));
            let tablet = random.random_range(0..2);
            kitchen.something_happens(&mut random, tablet);
            if random.random_bool(0.3) {
                kitchen.world.sync(random.random_range(0..2));
            }
        }
        kitchen.world.settle();
        // It hears of all of it at once, in the order of the feed.
        let third = kitchen.world.add_tablet(0);
        kitchen.world.settle();
        let (row, found) = kitchen.told(0);
        for tablet in [1, third] {
            let (other_row, other) = kitchen.told(tablet);
            assert_eq!(row["fields"], other_row["fields"], "seed {seed}: the row differs on tablet {tablet}");
            let both = [&found, &other].map(|found| found.iter().map(lasting).collect::<Vec<_>>());
            assert_eq!(both[0], both[1], "seed {seed}: tablets 0 and {tablet} differ");
        }
        assert!(found.len() <= 1, "seed {seed}: one cause is one finding: {found:?}");
        let is_bad = row["void"] == false && row["fields"]["c"] == "12";
        for finding in &found {
            offered += usize::from(!finding["offer"].is_null());
            judge(seed, finding, is_bad);
        }
        let asked = call(&kitchen.app(0, &kitchen.head), "conflict.list", json!({}));
        let of_findings =
            asked["conflicts"].as_array().expect("conflicts").iter().filter(|one| one["kind"] == "finding");
        assert_eq!(of_findings.count(), 0, "seed {seed}: nobody is asked about what a row raised: {asked}");
    }
    assert!(offered > 0, "nothing was ever offered, which proves nothing");
}

fn judge(seed: u64, finding: &Value, is_bad: bool) {
    let steps = finding["steps"].as_array().expect("steps");
    let closes = |step: &&Value| step["auto"] == true && step["code"] != "return";
    assert_eq!(steps.iter().find(closes), None, "seed {seed}: it was closed by itself");
    let is_cause = finding["entry"]["state"] == "stands";
    assert_eq!(is_cause, is_bad, "seed {seed}: {finding}");
    let is_open = finding["is_open"] == true;
    if is_open {
        // Who put it right may not close it, so nothing is offered to them.
        let may_close = finding["next_steps"]
            .as_array()
            .expect("steps")
            .iter()
            .any(|step| ["void", "close"].contains(&step["code"].as_str().unwrap_or_default()));
        assert_eq!(finding["offer"].is_null(), is_bad || !may_close, "seed {seed}: {finding}");
    }
    if steps.iter().all(|step| step["auto"] == true) {
        assert!(is_open, "seed {seed}: nobody has closed it: {finding}");
    }
}
