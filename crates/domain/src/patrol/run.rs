//! A run as its record holds it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::canonical::{canonical, sha256_hex};
use crate::checked_time::{ClockCorrection, ClockStamp, Moment};
use crate::correction::Corrected;

/// How a point was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReadHow {
    /// A chip.
    Nfc,
    /// A code, by the camera.
    Qr,
    /// A reader that types.
    Wedge,
    /// The code under the tag, typed.
    Typed,
    /// By hand: no tag was read.
    Hand,
    /// Somebody who manages routes said later which point a scan was.
    Claimed,
}

/// What a visit found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum VisitResult {
    /// 正常. It answers no item.
    #[serde(rename = "正常")]
    Normal,
    /// 异常.
    #[serde(rename = "异常")]
    Abnormal,
}

/// One visit: `visits/<checkpoint>/v/<id>`. A second one at the same point is a second field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The id in its field; that of the arrival that it closes, where there was one.
    pub id: String,
    /// The point.
    pub checkpoint: String,
    /// Its place in the order of the run.
    pub n: u64,
    /// Who.
    pub by: Option<String>,
    /// How the point was told.
    pub how: ReadHow,
    /// What was read.
    pub tag: Option<String>,
    /// What was found.
    pub result: VisitResult,
    /// When they arrived.
    pub arrived: Moment,
    /// Why no tag was read.
    pub reason: Option<String>,
    /// The open findings of the point that are still there (仍在).
    pub still: Vec<String>,
}

/// Somebody has come to a point: `arrivals/<id>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The id in its field.
    pub id: String,
    /// The point.
    pub checkpoint: String,
    /// Its place in the order of the run.
    pub n: u64,
    /// Who.
    pub by: Option<String>,
    /// How the point was told.
    pub how: ReadHow,
    /// What was read.
    pub tag: Option<String>,
    /// When.
    pub moment: Moment,
}

/// Why a point was not visited: `missed/<checkpoint>`. It explains, and hides no visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The point.
    pub checkpoint: String,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub by: Option<String>,
}

/// A tag that belongs to no point of the route: `scans/<id>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The id in its field.
    pub id: String,
    /// Its place in the order of the run.
    pub n: u64,
    /// Who read it.
    pub by: Option<String>,
    /// What was read.
    pub tag: String,
    /// How.
    pub how: ReadHow,
    /// When.
    pub moment: Moment,
}

/// Somebody has finished the run: `ends/<id>`. Each time is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Its place in the order of the run.
    pub n: u64,
    /// Who.
    pub by: Option<String>,
    /// When.
    pub moment: Moment,
}

/// As what somebody signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignRole {
    /// For their own visits.
    #[default]
    Walker,
    /// As the second, for the visits of others.
    Second,
}

/// Somebody has signed for their own visits, or as the second for those of others: `signs/<person>/<id>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// The id in its field.
    pub id: String,
    /// Who.
    pub by: String,
    /// As what.
    pub role: SignRole,
    /// Whether somebody made sure whose hand it is.
    pub is_proved: bool,
    /// When.
    pub moment: Moment,
    /// Whether they signed that they had found nothing (零报告).
    pub is_nil: bool,
    /// The fingerprints of the visits that they signed for, by the id of the visit.
    pub covers: BTreeMap<String, String>,
}

/// What the screen of a colleague has said of the walk: `told/<run>`. It is shown, and counts for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldPoints {
    /// The run that was walked on the colleague's tablet.
    pub run: String,
    /// The points that were reached.
    pub points: Vec<String>,
    /// When it was read.
    pub moment: Moment,
}

/// Something was found that is at no point: `found/<finding>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnTheWay {
    /// The finding.
    pub finding: String,
    /// Who found it.
    pub by: Option<String>,
}

/// A walk was broken off: `pauses/<id>`, with `resumes/<id>` once it went on.
///
/// It takes nothing from a stay: who was called away from a point has not stayed there too shortly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The id in its field.
    pub id: String,
    /// Its place in the order of the run.
    pub n: u64,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub by: Option<String>,
    /// When.
    pub moment: Moment,
    /// When it went on: that was said, or somebody came to a point or finished; none while it has not.
    pub until: Option<Moment>,
}

/// One step of a run: somebody came to a point, or was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'r> {
    /// The id of the arrival, and of the visit that closed it.
    pub id: &'r str,
    /// The point.
    pub checkpoint: &'r str,
    /// Its place in the order of the run.
    pub n: u64,
    /// When.
    pub moment: Moment,
}

/// A run as read from its record; what is ill typed in it is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The route.
    pub route: Option<String>,
    /// The window; none for a walk of its own (临时).
    pub window: Option<String>,
    /// The business day.
    pub day: Option<NaiveDate>,
    /// The plan that it was begun on.
    pub plan: Option<String>,
    /// The run that it goes along with.
    pub walk: Option<String>,
    /// Who began it.
    pub leader: Option<String>,
    /// 补录: it was entered afterwards.
    pub is_entered: bool,
    /// 作废.
    pub is_void: bool,
    /// The visits, in their order.
    pub visits: Vec<Visit>,
    /// The arrivals, in their order.
    pub arrivals: Vec<Arrival>,
    /// The tags that belong to no point, in their order.
    pub scans: Vec<Scan>,
    /// Why points were not visited.
    pub missed: Vec<Missed>,
    /// The times at which it was finished, in their order.
    pub ends: Vec<End>,
    /// The signatures, by their time.
    pub signs: Vec<Sign>,
    /// When it was broken off, in their order.
    pub pauses: Vec<Pause>,
    /// What colleagues' screens have said.
    pub told: Vec<ToldPoints>,
    /// What was found at no point.
    pub on_the_way: Vec<OnTheWay>,
    /// The highest place that is taken in its order.
    pub last_n: u64,
}

impl Run {
    /// The run in a document whose corrections have been applied.
    ///
    /// Times that were saved while nobody knew the time are put right by what the device learnt in the same start.
    pub fn read(corrected: &Corrected) -> Self {
        let document = &corrected.document;
        let owned = |name: &str| document.get(name).and_then(Value::as_str).map(str::to_owned);
        let mut run = Self {
            route: owned("route"),
            window: owned("window"),
            day: owned("business_date").and_then(|day| day.parse().ok()),
            plan: owned("plan"),
            walk: owned("walk"),
            leader: owned("leader"),
            is_entered: document.get("late") == Some(&Value::Bool(true)),
            is_void: corrected.is_void(),
            ..Self::default()
        };
        let clock = Clock::of(document);
        let mut resumes = Vec::new();
        for (name, value) in document.iter().filter(|(_, value)| !value.is_null()) {
            run.take(name, value, &clock);
            resumes.extend(resume(name, value, &clock));
        }
        run.visits.sort_by(|a, b| (a.n, &a.id).cmp(&(b.n, &b.id)));
        run.arrivals.sort_by(|a, b| (a.n, &a.id).cmp(&(b.n, &b.id)));
        run.scans.sort_by(|a, b| (a.n, &a.id).cmp(&(b.n, &b.id)));
        run.ends.sort_by_key(|end| end.n);
        run.signs.sort_by(|a, b| (a.moment.at, &a.by).cmp(&(b.moment.at, &b.by)));
        run.pauses.sort_by(|a, b| (a.n, &a.id).cmp(&(b.n, &b.id)));
        run.end_pauses(&resumes);
        run
    }

    /// Whether nobody has finished it.
    pub fn is_open(&self) -> bool {
        self.ends.is_empty() && !self.is_void
    }

    /// The visits to a point.
    pub fn visits_to<'r>(&'r self, checkpoint: &'r str) -> impl Iterator<Item = &'r Visit> {
        self.visits.iter().filter(move |visit| visit.checkpoint == checkpoint)
    }

    /// The arrival at a point that no visit has closed, and after which nobody came to another.
    pub fn open_arrival(&self) -> Option<&Arrival> {
        let last = self.steps().last().map(|step| step.id)?;
        let is_closed = self.visits.iter().any(|visit| visit.id == last);
        self.arrivals.iter().find(|arrival| !is_closed && arrival.id == last)
    }

    /// All steps in their order, each once.
    pub fn steps(&self) -> Vec<Step<'_>> {
        let visits = self.visits.iter().map(|visit| Step {
            id: &visit.id,
            checkpoint: &visit.checkpoint,
            n: visit.n,
            moment: visit.arrived,
        });
        let is_closed = |id: &str| self.visits.iter().any(|visit| visit.id == id);
        let open = self.arrivals.iter().filter(|arrival| !is_closed(&arrival.id)).map(|arrival| Step {
            id: &arrival.id,
            checkpoint: &arrival.checkpoint,
            n: arrival.n,
            moment: arrival.moment,
        });
        let mut steps: Vec<Step<'_>> = visits.chain(open).collect();
        steps.sort_by_key(|step| (step.n, step.id));
        steps
    }

    fn take(&mut self, name: &str, value: &Value, clock: &Clock) {
        self.last_n = self.last_n.max(value.get("n").and_then(Value::as_u64).unwrap_or_default());
        let parts: Vec<&str> = name.split('/').collect();
        match parts[..] {
            ["visits", checkpoint, "v", id] => self.visits.extend(visit(checkpoint, id, value, clock)),
            ["arrivals", id] => self.arrivals.extend(arrival(id, value, clock)),
            ["scans", id] => self.scans.extend(scan(id, value, clock)),
            ["missed", checkpoint] => self.missed.extend(missed(checkpoint, value)),
            ["pauses", id] => self.pauses.extend(pause(id, value, clock)),
            ["told", run] => self.told.extend(told(run, value, clock)),
            ["found", finding] => {
                self.on_the_way.push(OnTheWay { finding: finding.to_owned(), by: text(value, "by") });
            }
            ["ends", _] => self.ends.extend(end(value, clock)),
            ["signs", person, id] => self.signs.extend(sign(person, id, value, clock)),
            _ => {}
        }
    }
}

/// The first 8 hex digits of the SHA-256 of the content of a visit, which a signature keeps of it.
pub fn fingerprint(value: &Value) -> String {
    let mut digest = sha256_hex(canonical(value).as_bytes());
    digest.truncate(8);
    digest
}

/// What a device has said of the clock of its run.
struct Clock(Option<ClockStamp>, Option<ClockCorrection>);

impl Clock {
    fn of(document: &Map<String, Value>) -> Self {
        let stamp = document.get("clock").and_then(|clock| ClockStamp::deserialize(clock).ok());
        Self(stamp, document.get("clock_later").and_then(|later| ClockCorrection::deserialize(later).ok()))
    }

    fn moment(&self, value: &Value, at: &str) -> Option<Moment> {
        let at = value.get(at).and_then(Value::as_i64).map(crate::time::UtcMillis)?;
        let moment = Moment { at, clock: ClockStamp::deserialize(value.get("clock")?).ok()? };
        Some(match &self.0 {
            Some(saved) => moment.corrected(saved, self.1),
            None => moment,
        })
    }
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn texts(value: &Value, name: &str) -> Vec<String> {
    let list = value.get(name).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn order(value: &Value) -> u64 {
    value.get("n").and_then(Value::as_u64).unwrap_or_default()
}

fn visit(checkpoint: &str, id: &str, value: &Value, clock: &Clock) -> Option<Visit> {
    Some(Visit {
        id: id.to_owned(),
        checkpoint: checkpoint.to_owned(),
        n: order(value),
        by: text(value, "by"),
        how: ReadHow::deserialize(value.get("how")?).ok()?,
        tag: text(value, "tag"),
        result: VisitResult::deserialize(value.get("result")?).ok()?,
        arrived: clock.moment(value, "arrived")?,
        reason: text(value, "reason"),
        still: texts(value, "still"),
    })
}

fn arrival(id: &str, value: &Value, clock: &Clock) -> Option<Arrival> {
    Some(Arrival {
        id: id.to_owned(),
        checkpoint: text(value, "checkpoint")?,
        n: order(value),
        by: text(value, "by"),
        how: ReadHow::deserialize(value.get("how")?).ok()?,
        tag: text(value, "tag"),
        moment: clock.moment(value, "at")?,
    })
}

fn scan(id: &str, value: &Value, clock: &Clock) -> Option<Scan> {
    Some(Scan {
        id: id.to_owned(),
        n: order(value),
        by: text(value, "by"),
        tag: text(value, "tag")?,
        how: ReadHow::deserialize(value.get("how")?).ok()?,
        moment: clock.moment(value, "at")?,
    })
}

fn missed(checkpoint: &str, value: &Value) -> Option<Missed> {
    let reason = text(value, "reason")?;
    Some(Missed { checkpoint: checkpoint.to_owned(), reason, by: text(value, "by") })
}

fn pause(id: &str, value: &Value, clock: &Clock) -> Option<Pause> {
    Some(Pause {
        id: id.to_owned(),
        n: order(value),
        reason: text(value, "reason")?,
        by: text(value, "by"),
        moment: clock.moment(value, "at")?,
        until: None,
    })
}

/// Which pause was over, its place in the order, and when.
fn resume(name: &str, value: &Value, clock: &Clock) -> Option<(String, u64, Moment)> {
    let pause = name.strip_prefix("resumes/")?;
    Some((pause.to_owned(), order(value), clock.moment(value, "at")?))
}

fn told(run: &str, value: &Value, clock: &Clock) -> Option<ToldPoints> {
    Some(ToldPoints { run: run.to_owned(), points: texts(value, "points"), moment: clock.moment(value, "at")? })
}

fn end(value: &Value, clock: &Clock) -> Option<End> {
    Some(End { n: order(value), by: text(value, "by"), moment: clock.moment(value, "at")? })
}

fn sign(person: &str, id: &str, value: &Value, clock: &Clock) -> Option<Sign> {
    let covers = value.get("covers").and_then(Value::as_object).into_iter().flatten();
    let covers = covers.filter_map(|(id, digest)| Some((id.clone(), digest.as_str()?.to_owned())));
    Some(Sign {
        id: id.to_owned(),
        by: person.to_owned(),
        role: value.get("role").and_then(|role| SignRole::deserialize(role).ok()).unwrap_or_default(),
        is_proved: text(value, "how").is_some_and(|how| how != "none"),
        moment: clock.moment(value, "at")?,
        is_nil: value.get("nil") == Some(&Value::Bool(true)),
        covers: covers.collect(),
    })
}
