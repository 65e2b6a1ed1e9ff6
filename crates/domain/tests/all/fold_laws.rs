//! The fold of acts beside a plain model of its rules, and on tablets that meet in any order.

use std::collections::{BTreeMap, BTreeSet};

use causal::{Dot, ReplicaId, Seen, Stamp, State, Value as Stored};
use domain::reading::{conflicts, read};
use domain::register::{FoldedRow, Outcome, Register, fold, register};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

const KIND: &str = "shift_handover";
const LI: &str = "0199a1f0-0000-7000-8000-0000000000a1";
const WANG: &str = "0199a1f0-0000-7000-8000-0000000000b2";
/// The acts in the order of the declaration, and one that no declaration knows.
const ACTS: [&str; 4] = ["give", "take", "refuse", "newer"];

fn handover() -> &'static Register {
    register(KIND).expect("a register")
}

fn act(code: &str, by: &str, at: i64, after: &[String], is_proved: bool) -> Value {
    let vouch = if is_proved { "pin" } else { "none" };
    let set = json!({"sig": {"by": by, "strokes": [[[0, 0], [900, 900]]]}, "reason": "物品不符"});
    json!({"act": code, "by": by, "at": at, "after": after, "set": set, "vouch": vouch})
}

/// What became of each act, by its id.
fn outcomes(folded: &FoldedRow) -> BTreeMap<String, &'static str> {
    let name = |outcome: &Outcome| match outcome {
        Outcome::Applied => "applied",
        Outcome::NotCounted(reason) => reason.code(),
        Outcome::Struck(_) => "struck",
        Outcome::Unknown => "unknown",
    };
    folded.acts.iter().map(|(entry, outcome)| (entry.id.clone(), name(outcome))).collect()
}

/// The entries of a row as the model knows them.
struct Model<'a> {
    row: &'a Map<String, Value>,
    ids: Vec<String>,
    /// Who had seen whom, through others as well.
    reaches: BTreeSet<(String, String)>,
}

impl<'a> Model<'a> {
    fn new(row: &'a Map<String, Value>) -> Self {
        let ids: Vec<String> = row.keys().filter_map(|path| path.strip_prefix("acts/")).map(str::to_owned).collect();
        let mut reaches: BTreeSet<(String, String)> = BTreeSet::new();
        for id in &ids {
            for seen in texts(&row[&format!("acts/{id}")]["after"]) {
                reaches.insert((id.clone(), seen));
            }
        }
        for middle in &ids {
            for from in &ids {
                for to in &ids {
                    let is_through = reaches.contains(&(from.clone(), middle.clone()))
                        && reaches.contains(&(middle.clone(), to.clone()));
                    if is_through {
                        reaches.insert((from.clone(), to.clone()));
                    }
                }
            }
        }
        Self { row, ids, reaches }
    }

    fn entry(&self, id: &str) -> &Value {
        &self.row[&format!("acts/{id}")]
    }

    /// Two that claim to have seen each other were concurrent.
    fn sees(&self, later: &str, earlier: &str) -> bool {
        let reaches = |a: &str, b: &str| self.reaches.contains(&(a.to_owned(), b.to_owned()));
        reaches(later, earlier) && !reaches(earlier, later)
    }

    /// Those that nobody struck, by what their authors saw; concurrent ones by the declaration, then by time, then by id: of all orders
    /// in which nobody stands before what they had seen, the first one.
    fn order(&self) -> Vec<String> {
        let key = |id: &String| {
            let entry = self.entry(id);
            let place = ACTS.iter().position(|code| entry["act"] == **code);
            (place, entry["at"].as_i64(), id.clone())
        };
        let is_order = |order: &Vec<String>| {
            let pairs = |n: usize| order[n + 1..].iter().map(move |later| (n, later));
            (0..order.len()).flat_map(pairs).all(|(n, later)| !self.sees(&order[n], later))
        };
        let standing: Vec<String> = self.ids.iter().filter(|id| !self.is_struck(id)).cloned().collect();
        let orders = permutations(&standing).into_iter().filter(is_order);
        orders.min_by_key(|order| order.iter().map(key).collect::<Vec<_>>()).expect("what is seen makes no circle")
    }

    /// The voids that nobody has lifted, each with the acts that stay counted under it.
    fn voids(&self) -> Vec<Vec<String>> {
        let of = |prefix: &'static str| {
            self.row.iter().filter_map(move |(path, value)| Some((path.strip_prefix(prefix)?, value)))
        };
        let lifted: Vec<String> = of("restores/").flat_map(|(_, restore)| texts(&restore["voids"])).collect();
        let standing = of("void/").filter(|(id, _)| !lifted.iter().any(|lifted| lifted == id));
        standing.map(|(_, void)| texts(&void["after"])).collect()
    }

    fn is_struck(&self, id: &str) -> bool {
        self.row.iter().any(|(path, strike)| path.starts_with("strikes/") && strike["act"] == id)
    }

    /// Where the row stands, and what became of each act.
    fn fold(&self) -> (&'static str, BTreeMap<String, &'static str>) {
        let voids = self.voids();
        let mut counted: BTreeMap<String, Value> = BTreeMap::new();
        let struck = self.ids.iter().filter(|id| self.is_struck(id)).map(|id| (id.clone(), "struck"));
        let mut outcomes: BTreeMap<String, &str> = struck.collect();
        for id in self.order() {
            let outcome = self.outcome(&id, &voids, &counted);
            if outcome == "applied" {
                let entry = self.entry(&id);
                counted.insert(entry["act"].as_str().expect("a code").to_owned(), entry["by"].clone());
            }
            outcomes.insert(id, outcome);
        }
        (if voids.is_empty() { stage(&counted) } else { "void" }, outcomes)
    }

    fn outcome(&self, id: &str, voids: &[Vec<String>], counted: &BTreeMap<String, Value>) -> &'static str {
        let entry = self.entry(id);
        let code = entry["act"].as_str().expect("a code");
        let is_seen_by = |void: &Vec<String>| void.iter().any(|seen| seen == id || self.sees(seen, id));
        // Who takes and who refuses is another one than who gives.
        let other: &[&str] = if code == "give" { &["take", "refuse"] } else { &["give"] };
        let from: &[&str] = &["open", "half"];
        let field = if code == "give" { "from" } else { "to" };
        if code == "newer" {
            "unknown"
        } else if !voids.iter().all(is_seen_by) {
            "void"
        } else if counted.contains_key(code) {
            "already"
        } else if !from.contains(&stage(counted)) {
            "wrong_stage"
        } else if entry["by"] != self.row[field] || entry["vouch"] == "none" {
            "not_vouched"
        } else if other.iter().any(|other| counted.get(*other) == Some(&entry["by"])) {
            "same_person"
        } else {
            "applied"
        }
    }
}

fn stage(counted: &BTreeMap<String, Value>) -> &'static str {
    let has = |code: &str| counted.contains_key(code);
    match (has("refuse"), has("give"), has("take")) {
        (true, ..) => "refused",
        (_, true, true) => "done",
        (_, false, false) => "open",
        _ => "half",
    }
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn permutations(ids: &[String]) -> Vec<Vec<String>> {
    let Some((first, rest)) = ids.split_first() else { return vec![Vec::new()] };
    let insert = |order: Vec<String>| {
        (0..=order.len()).map(move |at| {
            let mut order = order.clone();
            order.insert(at, first.clone());
            order
        })
    };
    permutations(rest).into_iter().flat_map(insert).collect()
}

/// Any entries at all, also such as claim to have seen what has not arrived, or each other.
fn any_row() -> impl Strategy<Value = Map<String, Value>> {
    let one = (0..4_usize, any::<bool>(), 0_i64..3, any::<u8>(), 0..6_u8);
    let marks = (any::<u8>(), prop::collection::vec(any::<u8>(), 0..3), any::<u8>());
    (prop::collection::vec(one, 0..6), any::<bool>(), marks).prop_map(|(acts, is_to_self, (struck, voids, lifted))| {
        let named = |bits: u8| (0..6).filter(|n| bits >> n & 1 == 1).map(|n| n.to_string()).collect::<Vec<String>>();
        let to = if is_to_self { LI } else { WANG };
        let mut row = Map::new();
        row.extend([("from".to_owned(), json!(LI)), ("to".to_owned(), json!(to))]);
        for (n, (code, is_li, at, seen, proved)) in acts.into_iter().enumerate() {
            let by = if is_li { LI } else { WANG };
            row.insert(format!("acts/{n}"), act(ACTS[code], by, at, &named(seen), proved > 0));
        }
        for id in named(struck & struck.rotate_left(3)) {
            row.insert(format!("strikes/{id}"), json!({"act": id, "reason": "点错", "by": LI, "at": 9}));
        }
        for (n, seen) in voids.into_iter().enumerate() {
            row.insert(format!("void/{n}"), json!({"reason": "错行", "by": LI, "at": 9, "after": named(seen)}));
        }
        row.insert("restores/0".to_owned(), json!({"voids": named(lifted), "reason": "误作废", "by": LI, "at": 9}));
        row
    })
}

/// A tablet with what it has heard of the row.
struct Tablet {
    replica: ReplicaId,
    counter: u64,
    state: State,
}

/// What happens on tablets; the first number says on which.
#[derive(Clone, Debug)]
enum Event {
    Acts { on: usize, code: usize, is_li: bool, at: i64 },
    Strikes { on: usize, act: usize },
    Voids { on: usize },
    Restores { on: usize },
    Hears { on: usize, of: usize },
}

fn any_event() -> impl Strategy<Value = Event> {
    let on = 0..3_usize;
    prop_oneof![
        6 => (on.clone(), 0..3_usize, any::<bool>(), 0..9_i64)
            .prop_map(|(on, code, is_li, at)| Event::Acts { on, code, is_li, at }),
        1 => (on.clone(), 0..9_usize).prop_map(|(on, act)| Event::Strikes { on, act }),
        1 => on.clone().prop_map(|on| Event::Voids { on }),
        1 => on.clone().prop_map(|on| Event::Restores { on }),
        4 => (on.clone(), on).prop_map(|(on, of)| Event::Hears { on, of }),
    ]
}

impl Tablet {
    fn row(&self) -> Map<String, Value> {
        read(KIND, &self.state)
    }

    fn write(&mut self, path: String, value: &Value) {
        self.counter += 1;
        let (dot, seen) = (Dot::new(self.replica, self.counter), Seen::from(self.state.version().clone()));
        let stamp = Stamp { at: 0, by: None };
        self.state.save(dot, stamp, &seen, [(path.into(), Stored::from_json(value))]).expect("a save");
    }

    /// Does what somebody at this tablet does, who has seen what it shows.
    fn does(&mut self, event: &Event) {
        let row = self.row();
        let folded = fold(handover(), &row);
        let id = format!("{}-{}", self.replica.0.as_u128(), self.counter);
        match event {
            Event::Acts { code, is_li, at, .. } => {
                let by = if *is_li { LI } else { WANG };
                self.write(format!("acts/{id}"), &act(ACTS[*code], by, *at, &folded.seen(), true));
            }
            Event::Strikes { act, .. } => {
                let Some(act) = folded.seen().get(*act).cloned() else { return };
                let strike = json!({"act": act, "reason": "点错", "by": LI, "at": 9, "after": folded.seen()});
                self.write(format!("strikes/{id}"), &strike);
            }
            Event::Voids { .. } => {
                let void = json!({"reason": "错行", "by": LI, "at": 9, "after": folded.seen()});
                self.write(format!("void/{id}"), &void);
            }
            Event::Restores { .. } => {
                let voids: Vec<&str> = row.keys().filter_map(|path| path.strip_prefix("void/")).collect();
                let restore = json!({"voids": voids, "reason": "误作废", "by": LI, "at": 9});
                self.write(format!("restores/{id}"), &restore);
            }
            Event::Hears { .. } => {}
        }
    }
}

/// Three tablets that hold the row of LI for WANG, after all of this happened.
fn tablets(events: &[Event]) -> Vec<Tablet> {
    let tablet = |n: u128| Tablet { replica: ReplicaId(Uuid::from_u128(n)), counter: 0, state: State::new() };
    let mut tablets: Vec<Tablet> = (1..4).map(tablet).collect();
    tablets[0].write("from".to_owned(), &json!(LI));
    tablets[0].write("to".to_owned(), &json!(WANG));
    let begun = tablets[0].state.clone();
    tablets.iter_mut().for_each(|tablet| tablet.state.merge(&begun));
    for event in events {
        match event {
            Event::Hears { on, of } => {
                let heard = tablets[*of].state.clone();
                tablets[*on].state.merge(&heard);
            }
            Event::Acts { on, .. } | Event::Strikes { on, .. } | Event::Voids { on } | Event::Restores { on } => {
                tablets[*on].does(event);
            }
        }
    }
    tablets
}

/// What stands in a row beside its entries.
fn fields(row: &FoldedRow) -> Map<String, Value> {
    row.document
        .iter()
        .filter(|(path, _)| !path.contains('/'))
        .map(|(path, value)| (path.clone(), value.clone()))
        .collect()
}

proptest! {
    /// Law: each act counts, or says why not, as the plain words of the rule have it.
    #[test]
    fn the_fold_is_what_the_plain_words_of_the_rule_say(row in any_row()) {
        let folded = fold(handover(), &row);
        let (stage, expected) = Model::new(&row).fold();
        prop_assert_eq!((folded.stage.as_str(), outcomes(&folded)), (stage, expected));
    }

    /// Law: in whatever order tablets hear of each other, they end with one standing, and nobody is asked about an act.
    #[test]
    fn tablets_that_meet_in_any_order_end_with_one_standing_and_no_question(
        events in prop::collection::vec(any_event(), 0..24),
    ) {
        let tablets = tablets(&events);
        let met = |order: [usize; 3]| {
            let mut state = State::new();
            order.iter().for_each(|n| state.merge(&tablets[*n].state));
            state
        };
        let first = met([0, 1, 2]);
        let folded = fold(handover(), &read(KIND, &first));
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            prop_assert_eq!(&fold(handover(), &read(KIND, &met(order))), &folded);
        }
        prop_assert_eq!(conflicts(KIND, &first), vec![]);
        let both = folded.applied("give").chain(folded.applied("take")).filter_map(|entry| entry.by.clone());
        let people: Vec<String> = both.collect();
        prop_assert_eq!(people.iter().collect::<BTreeSet<_>>().len(), people.len(), "one person signed both sides");
    }

    /// Law: an act that was struck is as if nobody had done it, for the stage, the fields and every other act.
    #[test]
    fn a_struck_act_is_as_if_nobody_had_done_it(events in prop::collection::vec(any_event(), 0..24)) {
        let mut state = State::new();
        tablets(&events).iter().for_each(|tablet| state.merge(&tablet.state));
        let row = read(KIND, &state);
        let folded = fold(handover(), &row);
        let is_struck = |path: &str| {
            path.strip_prefix("acts/").is_some_and(|id| outcomes(&folded).get(id) == Some(&"struck"))
        };
        let without: Map<String, Value> =
            row.iter().filter(|(path, _)| !is_struck(path)).map(|(path, value)| (path.clone(), value.clone())).collect();
        let never = fold(handover(), &without);
        let mut left = outcomes(&folded);
        left.retain(|_, outcome| *outcome != "struck");
        prop_assert_eq!((folded.stage.as_str(), left), (never.stage.as_str(), outcomes(&never)));
        prop_assert_eq!(fields(&folded), fields(&never));
    }
}
