//! A run as its record holds it.

mod entry;
mod read;

use chrono::NaiveDate;
use serde_json::Value;

use crate::canonical::{canonical, sha256_hex};
use crate::correction::Corrected;

pub use entry::{
    Arrival, End, Missed, OnTheWay, Pause, ReadHow, Scan, Sign, SignRole, Step, ToldPoints, Visit, VisitResult,
};
use read::{Clock, arrival, end, missed, pause, resume, scan, sign, text, told, visit};

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
