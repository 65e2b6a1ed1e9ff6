//! A visit: how it is at a point, and taking that back.

use std::collections::BTreeMap;

use domain::checked_time::span;
use domain::patrol::{ReadHow, Run, Stay, VisitResult};
use replica::{Beside, Save};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use super::arrive::{How, Stray, Told, fresh, keep_scan, told, without_nothing};
use crate::app::App;
use crate::document::{Fields, checked_text, field};
use crate::dto::patrol::Found;
use crate::dto::photo::PhotoRef;
use crate::error::CommandError;
use crate::form::holder::Holder;
use crate::form::{followup, pending};
use crate::patrol::{AtPoint, FoundByVisit, Marks, StoredRun, found_by_visit, still, taken_back};
use crate::photo::checked_list;

/// Arguments of `patrol.visit`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Visit {
    /// The run.
    run: Uuid,
    /// The point; either this or `tag`.
    #[serde(default)]
    checkpoint: Option<Uuid>,
    /// What was read.
    #[serde(default)]
    tag: Option<String>,
    /// How the point was told; where somebody has arrived there before, as it was told then.
    how: How,
    /// What was found.
    result: Found,
    /// Why no tag was read.
    #[serde(default)]
    reason: Option<String>,
    /// The open findings of the point that are still there (仍在).
    #[serde(default)]
    still: Vec<Uuid>,
    /// What was seen, where no item says it.
    #[serde(default)]
    note: Option<String>,
    /// What was photographed at the point, twenty at most.
    #[serde(default)]
    #[schemars(with = "Vec<PhotoRef>")]
    photos: Vec<Value>,
    /// What the screen has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `patrol.undo`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Undo {
    /// The run.
    run: Uuid,
    /// The visit; the last one of the person who works when left out.
    #[serde(default)]
    visit: Option<String>,
    /// What the screen has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// A visit that was kept.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolVisited")]
pub(super) struct Visited {
    /// The point; null for a tag that belongs to none of the route.
    checkpoint: Option<String>,
    /// Whether the tag belongs to no point of the route; it is kept as a scan then, and nothing was visited.
    unknown: bool,
    /// Why.
    why: Option<Stray>,
    /// The visit, by which it is taken back.
    visit: Option<String>,
    /// By how many seconds the stay is too short by now; null where no clock can tell.
    short_by_s: Option<u32>,
    /// Where to go next; null when nothing is left.
    next: Option<String>,
    /// The finding that it gave rise to, where no item says what is wrong.
    finding: Option<Uuid>,
    /// What its author has seen now.
    version: String,
}

/// A visit that was taken back.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolUndone")]
pub(super) struct Undone {
    /// The visit.
    visit: String,
    /// The point.
    checkpoint: String,
    /// Where to go next.
    next: Option<String>,
    /// What its author has seen now.
    version: String,
}

/// What a visit writes.
struct Entry {
    id: String,
    value: Value,
    short_by_s: Option<u32>,
}

pub(super) fn visit(app: &App, arguments: Visit) -> Result<Visited, CommandError> {
    let run = StoredRun::to_walk(app, arguments.run)?;
    let (checkpoint, tag) = match told(app, &run, arguments.checkpoint, arguments.tag.as_deref())? {
        Told::Point(checkpoint, tag) => (checkpoint, tag),
        Told::Stray(tag, why, _) => {
            let (_, version) = keep_scan(app, &run, arguments.seen, (tag, arguments.how))?;
            return Ok(Visited {
                checkpoint: None,
                unknown: true,
                why: Some(why),
                visit: None,
                short_by_s: None,
                next: run.next(),
                finding: None,
                version,
            });
        }
    };
    let reason = checked_text("reason", arguments.reason)?;
    let note = checked_text("note", arguments.note)?;
    let photos = checked_list(app, &arguments.photos, "photos")?;
    let marks = Marks::next(app, &run.run);
    let min_seconds = run.plan.as_ref().and_then(|plan| plan.point(&checkpoint)).map_or(0, |point| point.min_seconds);
    let given = Given { how: arguments.how.stored(), tag, result: arguments.result, reason, still: &arguments.still };
    let entry = entry(app, &run.run, &checkpoint, &marks, given, min_seconds);
    let mut set = vec![field(format!("visits/{checkpoint}/v/{}", entry.id), entry.value)];
    set.extend(note.as_deref().map(|note| field(format!("visits/{checkpoint}/note"), note)));
    set.extend(photo_fields(app, &checkpoint, &photos));
    let mut saves = vec![run.save(app, arguments.seen, set)?];
    saves.extend(still(app, &run, &checkpoint, &entry.id, &marks, &arguments.still)?);
    let (id, at) = (run.id, AtPoint::of(app, run, &checkpoint)?);
    let place = at.place();
    let waiting = pending::at(app, place)?;
    for held in &waiting {
        saves.extend(followup::finding_save(app, place, &held.pending.item, held.pending.failed_again)?);
    }
    // What is only still there raises nothing.
    let says_more = arguments.still.is_empty() || note.is_some() || !photos.is_empty();
    let mut finding = None;
    if arguments.result == Found::Abnormal && !at.has_failed() && says_more {
        let found = FoundByVisit { visit: &entry.id, note: note.as_deref(), photos };
        let save = found_by_visit(app, place, &marks, found)?;
        finding = save.as_ref().and_then(|save| save.id).map(|id| id.0);
        saves.extend(save);
    }
    let saved = app.store().save_beside(one_a_record(saves), |_| Beside { ended: waiting, ..Beside::default() })?;
    let version = saved.into_iter().next().map(|saved| saved.version).unwrap_or_default();
    Ok(Visited {
        checkpoint: Some(checkpoint),
        unknown: false,
        why: None,
        visit: Some(entry.id),
        short_by_s: entry.short_by_s,
        next: StoredRun::load(app, id)?.next(),
        finding,
        version,
    })
}

/// What is told of a visit.
struct Given<'a> {
    how: ReadHow,
    tag: Option<String>,
    result: Found,
    reason: Option<String>,
    still: &'a [Uuid],
}

/// What is written of a visit: it closes the arrival of who stands there, or arrives as it is made.
fn entry(app: &App, run: &Run, checkpoint: &str, marks: &Marks, given: Given<'_>, min_seconds: u32) -> Entry {
    let arrival = run.open_arrival().filter(|arrival| arrival.checkpoint == checkpoint);
    let now = marks.moment();
    let arrived = arrival.map_or(now, |arrival| arrival.moment);
    let how = match arrival {
        _ if run.is_entered => ReadHow::Hand,
        Some(arrival) => arrival.how,
        None => given.how,
    };
    let result = match given.result {
        Found::Normal => VisitResult::Normal,
        Found::Abnormal => VisitResult::Abnormal,
    };
    let still: Vec<String> = given.still.iter().map(Uuid::to_string).collect();
    let value = json!({
        "n": arrival.map_or(marks.n, |arrival| arrival.n),
        "by": app.by().as_deref(),
        "how": how,
        "tag": arrival.and_then(|arrival| arrival.tag.clone()).or(given.tag),
        "result": result,
        "arrived": arrived.at,
        "clock": arrived.clock,
        "reason": given.reason,
        "still": (!still.is_empty()).then_some(still),
    });
    Entry {
        id: arrival.map_or_else(|| fresh(app), |arrival| arrival.id.clone()),
        value: without_nothing(value),
        short_by_s: Stay(span(&arrived, &now)).short_by(min_seconds),
    }
}

/// The photos of a point, each in a field of its own.
fn photo_fields(app: &App, checkpoint: &str, photos: &[Value]) -> Fields {
    let stored = |photo: &Value| {
        let mut stored = photo.clone();
        stored["by"] = json!(app.by().as_deref());
        stored["at"] = json!(app.now_ms());
        field(format!("visits/{checkpoint}/photos/{}", photo["blob"].as_str().unwrap_or_default()), stored)
    };
    photos.iter().map(stored).collect()
}

/// The saves with one for each record: a finding that is still there may be one that an item follows, too.
fn one_a_record(saves: Vec<Save>) -> Vec<Save> {
    let mut known: BTreeMap<causal::RecordId, usize> = BTreeMap::new();
    let mut merged: Vec<Save> = Vec::new();
    for save in saves {
        match save.id.and_then(|id| known.get(&id).copied()) {
            Some(at) => merged[at].set.extend(save.set),
            None => {
                known.extend(save.id.map(|id| (id, merged.len())));
                merged.push(save);
            }
        }
    }
    merged
}

/// Takes back a visit of who works, as long as nobody has finished the run; its arrival stays.
pub(super) fn undo(app: &App, arguments: Undo) -> Result<Undone, CommandError> {
    let run = StoredRun::to_walk(app, arguments.run)?;
    if !run.run.ends.is_empty() {
        let message = "the round is finished; a mistake in it is voided, and not taken back";
        return Err(CommandError::new(ProblemType::AlreadySubmitted, message).field("run"));
    }
    let by = app.by();
    let is_meant = |visit: &&domain::patrol::Visit| arguments.visit.as_ref().is_none_or(|id| *id == visit.id);
    let mut own = run.run.visits.iter().filter(|visit| visit.by.as_deref() == by.as_deref());
    let Some(visit) = own.rfind(is_meant).cloned() else {
        let message = "there is no visit of this person that still stands";
        return Err(CommandError::new(ProblemType::NothingToUndo, message).field("visit"));
    };
    let set = vec![field(format!("visits/{}/v/{}", visit.checkpoint, visit.id), Value::Null)];
    let mut saves = vec![run.save(app, arguments.seen, set)?];
    saves.extend(taken_back(app, &run, &visit)?);
    let saved = app.store().save_all(saves)?;
    let version = saved.into_iter().next().map(|saved| saved.version).unwrap_or_default();
    let next = StoredRun::load(app, run.id)?.next();
    Ok(Undone { visit: visit.id, checkpoint: visit.checkpoint, next, version })
}
