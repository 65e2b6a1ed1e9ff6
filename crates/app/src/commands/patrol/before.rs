//! What somebody should know before the first point of a round.

use std::collections::HashMap;

use domain::register::{Right, register};
use domain::setting::SettingValue;
use replica::{Listing, Order};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, integer, text};
use crate::dto::person::PersonRef;
use crate::entry::{Entry, scopes};
use crate::error::CommandError;
use crate::names::Names;
use crate::patrol::StoredRun;
use crate::sight::Viewer;

/// Arguments of `patrol.before`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Before {
    /// The run.
    run: Uuid,
}

/// What somebody should know before the first point; what is not known here, or not to be seen, is null.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolBefore")]
pub(super) struct Known {
    /// What the last shift has left open.
    handover: Option<Handover>,
    /// Whom to call where something is dangerous.
    leader: Option<DutyLeader>,
    /// How much room the disk of this device has left, in bytes.
    free_bytes: Option<u64>,
}

/// What one shift has handed to the next.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolHandover")]
struct Handover {
    /// The row.
    id: Uuid,
    /// Who handed over.
    from: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    at: Option<i64>,
    /// What was said, oldest first.
    notes: Vec<String>,
    /// The things of which some are missing.
    short: Vec<String>,
}

/// Who leads the shift.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolDutyLeader")]
struct DutyLeader {
    /// Who.
    person: Option<PersonRef>,
    /// The telephone of the duty, as it stands on the roster; null where it names none.
    phone: Option<String>,
}

/// The setting that lists what a handover counts.
const THINGS: &str = "duty.items";
/// So many rows of a day are looked at.
const MOST: u64 = 50;

pub(super) fn before(app: &App, arguments: Before) -> Result<Known, CommandError> {
    let run = StoredRun::seen(app, arguments.run)?;
    let names = Names::new(app);
    Ok(Known {
        handover: handover(app, &names, &run)?,
        leader: leader(app, &names, &run)?,
        free_bytes: app.store().free_bytes(),
    })
}

/// The rows of a register on the day of a run and the day before that the person who works sees, the newest day first.
fn rows(app: &App, campus: &Campus, kind: &str, run: &StoredRun, days: u64) -> Result<Vec<Entry>, CommandError> {
    let (Some(register), Some(last)) = (register(kind), run.run.day) else { return Ok(Vec::new()) };
    let viewer = Viewer::here(app, campus)?;
    if !viewer.has(register, Right::See) {
        return Ok(Vec::new());
    }
    let first = last.checked_sub_days(chrono::Days::new(days)).unwrap_or(last);
    let (first, last) = (first.to_string(), last.to_string());
    let (scopes, visible) = (scopes(campus, register), viewer.visible(register, Right::See));
    let listing = Listing {
        kind,
        scopes: &scopes,
        visible: Some(&visible),
        days: Some((&first, &last)),
        order: Order::NewestDay,
        limit: MOST,
        ..Listing::default()
    };
    let found = app.store().find(&listing)?;
    found.into_iter().map(|found| Entry::load(app, found.id)).collect()
}

fn handover(app: &App, names: &Names<'_>, run: &StoredRun) -> Result<Option<Handover>, CommandError> {
    let began = integer(&run.corrected.document, "occurred_at").unwrap_or(i64::MAX);
    let all = rows(app, &run.campus, "shift_handover", run, 1)?;
    let is_before = |entry: &&Entry| {
        integer(&entry.folded.document, "at").is_some_and(|at| at <= began)
            && matches!(entry.standing.stage.as_deref(), Some("open" | "half" | "done"))
    };
    let last = all.iter().filter(is_before).max_by_key(|entry| integer(&entry.folded.document, "at"));
    let Some(entry) = last else { return Ok(None) };
    let document = &entry.folded.document;
    Ok(Some(Handover {
        id: entry.id.0,
        from: text(document, "from").map(|person| names.person(person)),
        at: integer(document, "at"),
        notes: notes(document, "notes"),
        short: short(document, &run.campus),
    }))
}

/// The texts of a group of notes, oldest first.
fn notes(document: &Document, name: &str) -> Vec<String> {
    let prefix = format!("{name}/");
    let of_group = document.iter().filter(|(path, _)| path.starts_with(&prefix));
    let mut notes: Vec<(i64, &str)> = of_group
        .filter_map(|(_, note)| Some((note.get("at").and_then(Value::as_i64)?, note.get("text")?.as_str()?)))
        .collect();
    notes.sort_unstable();
    notes.into_iter().map(|(_, text)| text.to_owned()).collect()
}

/// The things of a handover of which fewer were counted than there should be, by the row or by the setting that lists them.
fn short(document: &Document, campus: &Campus) -> Vec<String> {
    let due: HashMap<String, i64> = match campus.settings.get(THINGS) {
        Some(SettingValue::List(texts)) => texts.iter().filter_map(|text| named_count(text)).collect(),
        _ => HashMap::new(),
    };
    let number = |thing: &str, column: &str| {
        let value = document.get(&format!("items/{thing}/{column}"))?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    };
    let things = document.keys().filter_map(|path| path.strip_prefix("items/")?.strip_suffix("/counted"));
    let is_short = |thing: &&str| {
        let should = number(thing, "should").or_else(|| due.get(*thing).copied());
        number(thing, "counted").zip(should).is_some_and(|(counted, should)| counted < should)
    };
    things.filter(is_short).map(str::to_owned).collect()
}

/// `钥匙=5`
fn named_count(text: &str) -> Option<(String, i64)> {
    let (name, count) = text.split_once('=')?;
    Some((name.trim().to_owned(), count.trim().parse().ok()?))
}

/// Who leads the shift of a run, by the roster of its day: the row of its sort of shift before others.
fn leader(app: &App, names: &Names<'_>, run: &StoredRun) -> Result<Option<DutyLeader>, CommandError> {
    let wanted = if run.plan.as_ref().is_some_and(|plan| plan.night) { "夜班" } else { "白班" };
    let planned = rows(app, &run.campus, "duty_roster", run, 0)?;
    let leads = |entry: &&Entry| {
        let document = &entry.folded.document;
        entry.standing.stage.as_deref() == Some("planned")
            && (text(document, "sort") == Some("带班") || text(document, "leader").is_some())
    };
    let rank = |entry: &&Entry| {
        let document = &entry.folded.document;
        let is_other_shift = text(document, "shift") != Some(wanted);
        (is_other_shift, text(document, "sort") != Some("带班"), text(document, "phone").is_none(), entry.id)
    };
    let Some(entry) = planned.iter().filter(leads).min_by_key(rank) else { return Ok(None) };
    let document = &entry.folded.document;
    let is_leading = text(document, "sort") == Some("带班");
    let person = text(document, if is_leading { "person" } else { "leader" });
    Ok(Some(DutyLeader {
        person: person.map(|person| names.person(person)),
        phone: text(document, "phone").map(str::to_owned),
    }))
}
