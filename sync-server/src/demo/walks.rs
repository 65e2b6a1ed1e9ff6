//! Three weeks of walks: most are whole; the others are what an office has to look at.

use std::collections::VecDeque;

use domain::id::visit_finding_id;
use domain::patrol::Occurrence;
use domain::route::Checkpoint;
use domain::time::UtcMillis;
use serde_json::{Value, json};
use uuid::Uuid;

use super::campus::MADE;
use super::cast::{FIXER, GUARD, LOGI};
use super::error::DemoError;
use super::ids::{Of, id};
use super::stage::Stage;
use super::walk::{Begun, Round, Times, Walk, sign_as_second};

/// What is not as on most walks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// Nobody walks.
    Nobody,
    /// 补录: it is entered from paper on the next morning.
    Entered,
    /// Two share it.
    Two,
    /// It begins just before the end of its window.
    Late,
    /// Nobody stays anywhere as long as one should.
    Hurried,
    /// Two tags cannot be read.
    ByHand,
    /// The points of which the name holds these words are not reached, and why.
    Missed(&'static [&'static str], &'static str),
    /// A fence is bent; it is mended on the next day.
    Mended,
    /// A manhole cover is loose, and still is.
    Loose,
}

/// When which of them happens: by day or by night, days from today, and the place of the window on its route.
const TURNS: [(bool, i64, usize, Turn); 12] = [
    (false, -19, 2, Turn::Missed(&["厨"], "厨房正在消毒，未入内")),
    (false, -17, 4, Turn::Two),
    (true, -16, 1, Turn::Late),
    (false, -15, 1, Turn::ByHand),
    (false, -13, 2, Turn::Nobody),
    (false, -12, 4, Turn::Entered),
    (false, -11, 0, Turn::Mended),
    (false, -8, 1, Turn::Hurried),
    (true, -6, 0, Turn::ByHand),
    (false, -5, 2, Turn::Two),
    (false, -4, 4, Turn::Missed(&["操场", "玩具", "种植", "绿化"], "雷雨，户外未走")),
    (false, -1, 2, Turn::Loose),
];

/// Walks every window that has been due since the routes were there, up to this morning.
pub(super) fn play(stage: &mut Stage) -> Result<(), DemoError> {
    stage.at(MADE, 15, 30);
    let rounds = Round::all(stage)?;
    let times = Times::of_campus(stage)?;
    let mut script = Script { times, open: None, to_do: VecDeque::new() };
    for day in MADE..=0 {
        for round in &rounds {
            for occurrence in round.due(&script.times, stage.day(day)) {
                if !stage.is_to_come(occurrence.to) {
                    script.walk(stage, round, &occurrence, day)?;
                }
            }
        }
    }
    Ok(())
}

/// What goes on from walk to walk.
struct Script {
    times: Times,
    /// The point at which something is wrong, and its finding.
    open: Option<(String, Uuid)>,
    /// What people will do later, the soonest first.
    to_do: VecDeque<Errand>,
}

/// Something that a person does between walks.
struct Errand {
    at: UtcMillis,
    by: u32,
    task: Task,
}

enum Task {
    /// A step of a finding, as the command takes it.
    Step(Value),
    /// The second name under a walk.
    Sign(Uuid),
}

impl Script {
    fn walk(
        &mut self,
        stage: &mut Stage,
        round: &Round,
        occurrence: &Occurrence<'_>,
        day: i64,
    ) -> Result<(), DemoError> {
        let place = round.route.windows.iter().position(|window| window.id == occurrence.window.id).unwrap_or(0);
        let is_night = round.route.is_night;
        let turn = TURNS.iter().find(|(night, on, at, _)| (*night, *on, *at) == (is_night, day, place));
        let turn = turn.map(|(.., turn)| *turn);
        if turn == Some(Turn::Nobody) {
            return Ok(());
        }
        let number = number(day, is_night, place);
        let begins = match turn {
            Some(Turn::Late) => UtcMillis(occurrence.to.0 - 5 * MINUTE_MS),
            _ => UtcMillis(occurrence.from.0 + MINUTE_MS * (2 + wobble(number, 0) % 12)),
        };
        self.settle(stage, begins)?;
        stage.go_to(begins);
        if turn == Some(Turn::Entered) {
            stage.at(day + 1, 7, 50);
        }
        // He who has the night comes at six.
        let by = if is_night || place == LAST_OF_DAY { FIXER } else { GUARD };
        let late_reason = (turn == Some(Turn::Entered)).then_some("平板没电，按纸质记录补录");
        let mut lead = Walk::begin(stage, round, occurrence, &Begun { number, by, along: None, late_reason });
        let mut other = (turn == Some(Turn::Two)).then(|| {
            let by = if by == FIXER { GUARD } else { FIXER };
            let along = Begun { number: number + 1, by, along: Some(number), late_reason: None };
            Walk::begin(stage, round, occurrence, &along)
        });
        for (at, point) in round.asked(occurrence).into_iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(0);
            let walk = other.as_mut().filter(|_| at % 2 == 1).unwrap_or(&mut lead);
            self.point(stage, walk, point, &Step { turn, number, at, evening: occurrence.day })?;
        }
        let run = lead.finish(stage)?;
        if let Some(other) = other {
            other.finish(stage)?;
        }
        if round.is_fire && !is_forgotten(number) {
            // Rounds of the night are signed in the morning.
            let minutes = if is_night { 9 * 60 } else { 40 } + wobble(number, 1) % 50;
            self.later(stage.time().now, minutes, LOGI, Task::Sign(run));
        }
        Ok(())
    }

    /// Leaves something for so many minutes after an instant.
    fn later(&mut self, now: UtcMillis, minutes: i64, by: u32, task: Task) {
        let at = UtcMillis(now.0 + minutes * MINUTE_MS);
        let place = self.to_do.partition_point(|before| before.at <= at);
        self.to_do.insert(place, Errand { at, by, task });
    }

    /// One point, and the way on to the next.
    fn point(
        &mut self,
        stage: &mut Stage,
        walk: &mut Walk<'_>,
        point: &Checkpoint,
        step: &Step,
    ) -> Result<(), DemoError> {
        if let Some(Turn::Missed(words, reason)) = step.turn
            && words.iter().any(|word| point.name.contains(word))
        {
            walk.miss(stage, point, reason);
            return Ok(());
        }
        for item in &point.must {
            let count = if self.times.is_slept_on(step.evening) { "186" } else { "0" };
            walk.measure(point, item, count);
        }
        let found = match step.turn {
            Some(Turn::Mended) => bears(point, "围", "T18.01").then_some(BENT),
            Some(Turn::Loose) => bears(point, "操场", "T18.04").then_some(LOOSE),
            _ => None,
        };
        match (found, &self.open) {
            (Some((item, words)), _) => {
                let run = walk.fail(stage, point, item, words)?;
                walk.visit_abnormal(stage, point, &Value::Null)?;
                let finding = visit_finding_id(run, &point.id, item);
                self.plan(stage.time().now, finding, step.turn == Some(Turn::Mended));
                self.open = Some((point.id.clone(), finding));
            }
            (None, Some((open, finding))) if *open == point.id => {
                walk.visit_abnormal(stage, point, &json!({"still": [finding]}))?;
            }
            _ => walk.visit(stage, point, step.by_hand()),
        }
        stage.pass(step.seconds(point.min_seconds));
        Ok(())
    }

    /// Plans what people will do about a finding.
    fn plan(&mut self, now: UtcMillis, finding: Uuid, is_mended: bool) {
        let mut plan = |minutes, by, kind, more: Value| {
            let mut step = json!({"id": finding, "step": kind});
            if let (Some(step), Value::Object(more)) = (step.as_object_mut(), more) {
                step.extend(more);
            }
            self.later(now, minutes, by, Task::Step(step));
        };
        plan(55, LOGI, "派发", json!({"assignee": id(Of::Person, FIXER)}));
        if is_mended {
            plan(75, FIXER, "接单", json!({"note": "下午带工具去"}));
            plan(25 * 60, FIXER, "整改完成", json!({"note": "已压平并加扎铁丝", "cost": "12"}));
            plan(26 * 60, LOGI, "复查通过", json!({"note": "推拉不动"}));
        } else {
            plan(75, FIXER, "接单", json!({"note": "已放警示锥，新井盖明天到"}));
        }
    }

    fn next_until(&mut self, until: UtcMillis) -> Option<Errand> {
        let is_due = self.to_do.front().is_some_and(|next| next.at <= until);
        if is_due { self.to_do.pop_front() } else { None }
    }

    /// Does what is planned until then.
    fn settle(&mut self, stage: &mut Stage, until: UtcMillis) -> Result<(), DemoError> {
        while let Some(Errand { at, by, task }) = self.next_until(until) {
            stage.go_to(at);
            match task {
                Task::Sign(run) => sign_as_second(stage, run, by)?,
                Task::Step(step) => {
                    if step["step"] == "复查通过" {
                        self.open = None;
                    }
                    stage.call(by, "finding.step", step)?;
                }
            }
        }
        Ok(())
    }
}

const MINUTE_MS: i64 = 60_000;
/// The place of the window of the evening on a route by day.
const LAST_OF_DAY: usize = 4;
/// What is found: the item, and the words.
const BENT: (&str, &str) = ("T18.01", "围栏铁丝网一角翘起，能伸进手");
const LOOSE: (&str, &str) = ("T18.04", "井盖松动，踩上去翘边");

fn bears(point: &Checkpoint, word: &str, item: &str) -> bool {
    point.name.contains(word) && point.items.iter().any(|own| own == item)
}

/// The number of a walk: that of a companion is one more.
fn number(day: i64, is_night: bool, place: usize) -> u32 {
    let days_ago = u32::try_from(day.unsigned_abs()).unwrap_or(0);
    (days_ago << 6) | (u32::from(is_night) << 5) | (u32::try_from(place).unwrap_or(0) << 1)
}

/// What changes a little from walk to walk and from point to point, the same each time: 0 to 255.
fn wobble(number: u32, at: u32) -> i64 {
    i64::from((number.wrapping_mul(977).wrapping_add(at * 131).wrapping_mul(2_654_435_761)) >> 24)
}

/// Whether nobody has thought of the second name under it.
fn is_forgotten(number: u32) -> bool {
    wobble(number, 0) % 16 == 3
}

/// Where a walk stands.
struct Step {
    turn: Option<Turn>,
    number: u32,
    at: u32,
    evening: chrono::NaiveDate,
}

impl Step {
    /// Why no tag is read.
    fn by_hand(&self) -> Option<&'static str> {
        match self.turn {
            Some(Turn::Entered) => Some("按纸质记录"),
            Some(Turn::ByHand) if self.at == 1 => Some("标签脱落"),
            Some(Turn::ByHand) if self.at == 4 => Some("读不出"),
            _ if wobble(self.number, self.at) == 7 => Some("读不出"),
            _ => None,
        }
    }

    /// How long it takes until the next point: the stay, and the way.
    fn seconds(&self, min_seconds: u32) -> u64 {
        let wobble = wobble(self.number, self.at);
        let seconds = match self.turn {
            Some(Turn::Entered) => 6,
            Some(Turn::Hurried) => i64::from(min_seconds) / 3 + wobble % 5,
            _ if wobble == 11 => i64::from(min_seconds) / 2,
            _ => i64::from(min_seconds) + 12 + wobble % 40,
        };
        u64::try_from(seconds).unwrap_or(0)
    }
}
