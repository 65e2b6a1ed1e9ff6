//! The words of a round by role by door: no answer holds what is kept from who asks.

use domain::patrol::ReadHow;
use domain::role::Role;
use domain::sight::{KindSight, RowFacts, Sight};
use serde_json::{Value, json};

use super::School;
use crate::support::{Hand, text};

const TODAY: &str = "2026-09-01";
/// Longer ago than who walks sees the rounds of others.
const BEFORE: &str = "2026-08-27";

/// Words that stand in one place, and by what somebody sees them.
struct Mark {
    words: &'static str,
    kind: &'static str,
    day: &'static str,
    is_open: bool,
}

const fn of_run(words: &'static str, day: &'static str) -> Mark {
    Mark { words, kind: "patrol_run", day, is_open: false }
}

const MARKS: [Mark; 16] = [
    Mark { words: "密路线", kind: "route", day: TODAY, is_open: false },
    Mark { words: "密点位", kind: "checkpoint", day: TODAY, is_open: false },
    Mark { words: "密看什么", kind: "checkpoint", day: TODAY, is_open: false },
    of_run("密到点", TODAY),
    of_run("密无标签", TODAY),
    of_run("MI0SCAN", TODAY),
    of_run("密暂停", TODAY),
    of_run("密漏点", TODAY),
    of_run("密项目", TODAY),
    of_run("密更正", TODAY),
    of_run("密作废", TODAY),
    of_run("密旧补录", BEFORE),
    of_run("密旧到点", BEFORE),
    of_run("密旧漏点", BEFORE),
    Mark { words: "密隐患", kind: "finding", day: TODAY, is_open: true },
    Mark { words: "密路上", kind: "finding", day: TODAY, is_open: false },
];

impl Mark {
    /// Whether somebody who has no part in the round sees it.
    fn is_seen(&self, sight: &Sight, author: &str) -> bool {
        let row = RowFacts {
            author: Some(author),
            people: &[author],
            is_open: self.is_open,
            day: self.day.parse().ok(),
            today: TODAY.parse().ok(),
            ..RowFacts::default()
        };
        sight.records(KindSight::of(self.kind).expect("a kind"), &[]).hold(sight.person(), &row)
    }
}

/// Rounds with words in every field that holds some.
struct Rounds {
    school: School,
    runs: Vec<String>,
    findings: Vec<String>,
}

impl Rounds {
    fn new() -> Self {
        let school = School::new();
        let rename = |id: &str, kind: &str, set: Value| {
            let seen = school.setup.call("record.get", json!({"id": id}))["version"].clone();
            school.setup.call("record.save", json!({"id": id, "kind": kind, "seen": seen, "set": set}));
        };
        rename(&school.route, "route", json!({"name": "密路线"}));
        rename(&school.points[0], "checkpoint", json!({"name": "密点位", "look_at": "密看什么"}));
        let mut rounds = Self { school, runs: Vec::new(), findings: Vec::new() };
        rounds.today();
        rounds.before();
        rounds
    }

    fn guard(&self, name: &str, arguments: Value) -> Value {
        self.school.guard().call(name, arguments)
    }

    fn visit(&self, run: &str, number: usize, more: Value) -> Value {
        let mut visit =
            json!({"run": run, "checkpoint": self.school.points[number - 1], "how": "qr", "result": "normal"});
        visit.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        self.guard("patrol.visit", visit)
    }

    fn today(&mut self) {
        let run = self.school.begun();
        let point = self.school.points[0].clone();
        let report = |words: &str, more: Value| {
            let mut report = json!({"description": words, "severity": "L2"});
            report.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            text(&self.guard("finding.report", report)["id"])
        };
        let on_the_way = report("密路上", json!({"patrol_run": run}));
        self.school.logi().call("finding.step", json!({"id": on_the_way, "step": "void", "note": "看错"}));
        let answer = json!({"run": run, "checkpoint": point, "item": "T15.02", "result": "pass"});
        self.guard("patrol.answer", answer);
        self.guard("patrol.note", json!({"run": run, "checkpoint": point, "item": "T15.02", "note": "密项目"}));
        let visit = text(&self.visit(&run, 1, json!({"note": "密到点"}))["visit"]);
        let found = self.visit(&run, 2, json!({"result": "abnormal", "note": "密隐患"}))["finding"].clone();
        self.visit(&run, 3, json!({"how": ReadHow::Hand, "reason": "密无标签"}));
        self.guard("patrol.arrive", json!({"run": run, "tag": "mi0scan", "how": "qr"}));
        self.guard("patrol.pause", json!({"run": run, "reason": "密暂停"}));
        let missed = json!([{"checkpoint": self.school.points[3], "reason": "密漏点"}]);
        self.guard("patrol.finish", json!({"run": run, "missed": missed}));
        let field = format!("visits/{point}/v/{visit}");
        let correct = json!({"run": run, "field": field, "value": null, "reason": "密更正"});
        self.school.logi().call("patrol.correct", correct);
        let void = text(&self.guard("patrol.start", json!({"route": self.school.route, "window": "pm"}))["id"]);
        self.guard("patrol.void", json!({"run": void, "reason": "密作废"}));
        self.findings.extend([on_the_way, text(&found)]);
        self.runs.extend([run, void]);
    }

    fn before(&mut self) {
        let start = json!({"route": self.school.route, "window": "am", "day": BEFORE, "late_reason": "密旧补录"});
        let run = text(&self.guard("patrol.start", start)["id"]);
        self.visit(&run, 1, json!({"how": ReadHow::Hand, "note": "密旧到点"}));
        let missed = json!([{"checkpoint": self.school.points[3], "reason": "密旧漏点"}]);
        self.guard("patrol.finish", json!({"run": run, "missed": missed}));
        self.runs.push(run);
    }

    /// Everything that every door but papers tells this person.
    fn told(&self, hand: &Hand) -> String {
        let days = [(TODAY, TODAY), (BEFORE, BEFORE), (BEFORE, TODAY)];
        let mut asked = vec![
            ("today.get", json!({})),
            ("today.get", json!({"everybody": true})),
            ("route.list", json!({"ended": true})),
            ("route.get", json!({"id": self.school.route})),
            ("tag.list", json!({})),
            ("finding.list", json!({})),
            ("finding.board", json!({})),
            ("conflict.list", json!({"limit": 1000})),
            ("sync.queue", json!({"limit": 1000})),
            ("search.find", json!({"query": "密", "limit": 100})),
            ("patrol.due", json!({})),
            ("patrol.board", json!({})),
        ];
        for (from, to) in days {
            asked.extend([
                ("patrol.due", json!({"day": from})),
                ("patrol.board", json!({"day": from})),
                ("patrol.coverage", json!({"from": from, "to": to})),
                ("patrol.coverage", json!({"from": from, "to": to, "route": self.school.route})),
                ("patrol.signals", json!({"from": from, "to": to})),
            ]);
        }
        for run in &self.runs {
            asked.extend(["patrol.get", "patrol.before", "patrol.invite"].map(|name| (name, json!({"run": run}))));
            let point = |checkpoint: &String| ("patrol.point", json!({"run": run, "checkpoint": checkpoint}));
            asked.extend(self.school.points.iter().map(point));
        }
        asked.extend(self.findings.iter().map(|finding| ("finding.get", json!({"id": finding}))));
        let answer = |(name, asked): (&str, Value)| hand.app().dispatch(name, &asked.to_string()).unwrap_or_default();
        asked.into_iter().map(answer).collect()
    }

    /// Everything that the papers of rounds tell this person.
    fn printed(&self, hand: &Hand) -> String {
        let mut printed = String::new();
        for sheet in ["patrols", "patrols/fire", "patrols/day", "patrols/month", "patrols/points"] {
            for (from, to) in [(TODAY, TODAY), (BEFORE, BEFORE)] {
                let asked = json!({"sheet": sheet, "from": from, "to": to});
                printed += &hand.app().dispatch("sheet.get", &asked.to_string()).unwrap_or_default();
                printed += &hand.app().dispatch("sheet.text", &asked.to_string()).unwrap_or_default();
                let file = json!({"sheet": sheet, "from": from, "to": to, "as": "csv"});
                if let Ok(file) = hand.app().sheet_file(&file.to_string()) {
                    printed += &String::from_utf8(file.bytes).expect("a text");
                }
            }
        }
        printed
    }
}

#[test]
fn no_door_tells_the_words_of_a_round_to_who_does_not_see_it_and_each_is_told_to_who_does() {
    let rounds = Rounds::new();
    let author = &rounds.school.guard;
    let mut wrong: Vec<String> = Vec::new();
    for role in Role::all() {
        let person = rounds.school.person(role.code());
        let sight = Sight::of(person.as_str(), [(role, Vec::new())], []);
        let hand = rounds.school.tablet.app(Some(&person));
        let (told, printed) = (rounds.told(&hand), rounds.printed(&hand));
        for mark in &MARKS {
            let what = format!("{role} {} {}", mark.kind, mark.words);
            let is_seen = mark.is_seen(&sight, author);
            if told.contains(mark.words) != is_seen {
                wrong.push(format!("{what} is seen: {is_seen}, and told otherwise"));
            }
            // What a round has found is told on its papers with where it stands, to who gets them.
            let is_of_paper = mark.kind == "finding" && of_run("", mark.day).is_seen(&sight, author);
            if printed.contains(mark.words) && !is_seen && !is_of_paper {
                wrong.push(format!("{what} is printed"));
            }
            let found = hand.call("search.find", json!({"query": mark.words}));
            if !is_seen && (found["hits"] != json!([]) || found["cut"] != json!(false)) {
                wrong.push(format!("{what} is found"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nobody_is_told_no_word_of_a_round_and_support_is_told_all_of_it() {
    let rounds = Rounds::new();
    for nobody in [rounds.school.tablet.shared(), rounds.school.tablet.office(None)] {
        let told = rounds.told(&nobody) + &rounds.printed(&nobody);
        for mark in &MARKS {
            assert!(!told.contains(mark.words), "nobody {} {}", mark.kind, mark.words);
        }
    }
    let told = rounds.told(&rounds.school.setup);
    let untold: Vec<&str> = MARKS.iter().map(|mark| mark.words).filter(|words| !told.contains(words)).collect();
    assert!(untold.is_empty(), "{untold:?}");
}
