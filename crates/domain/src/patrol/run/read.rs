//! How the entries of a run are read; what is ill typed is left out.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::entry::{Arrival, End, Missed, Pause, ReadHow, Scan, Sign, SignRole, ToldPoints, Visit, VisitResult};
use crate::checked_time::{ClockCorrection, ClockStamp, Moment};

/// What a device has said of the clock of its run.
pub(super) struct Clock(Option<ClockStamp>, Option<ClockCorrection>);

impl Clock {
    pub(super) fn of(document: &Map<String, Value>) -> Self {
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

pub(super) fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn texts(value: &Value, name: &str) -> Vec<String> {
    let list = value.get(name).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn order(value: &Value) -> u64 {
    value.get("n").and_then(Value::as_u64).unwrap_or_default()
}

pub(super) fn visit(checkpoint: &str, id: &str, value: &Value, clock: &Clock) -> Option<Visit> {
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

pub(super) fn arrival(id: &str, value: &Value, clock: &Clock) -> Option<Arrival> {
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

pub(super) fn scan(id: &str, value: &Value, clock: &Clock) -> Option<Scan> {
    Some(Scan {
        id: id.to_owned(),
        n: order(value),
        by: text(value, "by"),
        tag: text(value, "tag")?,
        how: ReadHow::deserialize(value.get("how")?).ok()?,
        moment: clock.moment(value, "at")?,
    })
}

pub(super) fn missed(checkpoint: &str, value: &Value) -> Option<Missed> {
    let reason = text(value, "reason")?;
    Some(Missed { checkpoint: checkpoint.to_owned(), reason, by: text(value, "by") })
}

pub(super) fn pause(id: &str, value: &Value, clock: &Clock) -> Option<Pause> {
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
pub(super) fn resume(name: &str, value: &Value, clock: &Clock) -> Option<(String, u64, Moment)> {
    let pause = name.strip_prefix("resumes/")?;
    Some((pause.to_owned(), order(value), clock.moment(value, "at")?))
}

pub(super) fn told(run: &str, value: &Value, clock: &Clock) -> Option<ToldPoints> {
    Some(ToldPoints { run: run.to_owned(), points: texts(value, "points"), moment: clock.moment(value, "at")? })
}

pub(super) fn end(value: &Value, clock: &Clock) -> Option<End> {
    Some(End { n: order(value), by: text(value, "by"), moment: clock.moment(value, "at")? })
}

pub(super) fn sign(person: &str, id: &str, value: &Value, clock: &Clock) -> Option<Sign> {
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
