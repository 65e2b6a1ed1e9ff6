//! Findings of a round: those that are open at a point, those that are still there, and the one of a visit at which no item failed.

use causal::{RecordId, Value};
use domain::due::due_at;
use domain::finding::{Finding, FindingSource, StateName, Step, StepKind};
use domain::form::PlaceName;
use domain::id::visit_alone_finding_id;
use domain::severity::{Category, Severity};
use domain::time::UtcMillis;
use replica::{ListedRecord, Listing, Reading, Save, new_uuid_v7};
use serde_json::json;
use uuid::Uuid;

use super::stored::{Marks, StoredRun};
use crate::app::App;
use crate::campus::Campus;
use crate::document::{UNNAMED, field, text};
use crate::error::CommandError;
use crate::finding::{KIND, StoredFinding};
use crate::form::place::Place;
use crate::sight::Seen;

const MOST: u64 = 10_000;

/// The findings that are open.
pub(crate) struct OpenFindings(Vec<ListedRecord>);

impl OpenFindings {
    /// At a point, whoever asks.
    pub(super) fn at(app: &App, campus: &Campus, checkpoint: &str) -> Result<Self, CommandError> {
        let stages = StateName::codes(StateName::is_open);
        let listing = Listing {
            kind: KIND,
            scopes: campus.id.as_slice(),
            field: Some(("checkpoint", checkpoint)),
            stages: &stages,
            limit: MOST,
            ..Listing::default()
        };
        Ok(Self(app.store().find(&listing)?))
    }

    /// At all points of a campus, as far as the person who works sees them.
    pub(crate) fn seen(app: &App, campus: &Campus) -> Result<Self, CommandError> {
        let stages = StateName::codes(StateName::is_open);
        let seen = Seen::of_kind(app, KIND, campus.id)?;
        Ok(Self(app.store().find(&Listing { stages: &stages, limit: MOST, ..seen.listing(KIND) })?))
    }

    /// Those at one point.
    pub(crate) fn of_point<'f>(&'f self, checkpoint: &'f str) -> impl Iterator<Item = &'f ListedRecord> {
        self.0.iter().filter(move |found| text(&found.doc, "checkpoint") == Some(checkpoint))
    }

    /// The items of which one is open at the point that an earlier round has raised, but for those of which somebody has said that it
    /// is another one (另一处).
    pub(super) fn items_raised_before(&self, run: &StoredRun, checkpoint: &str) -> Vec<String> {
        let own = run.id.to_string();
        let is_another = |item: &str| {
            let said = run.document.get(&format!("visits/{checkpoint}/another/{item}"));
            said.is_some_and(|said| !said.is_null())
        };
        let before = self.0.iter().filter(|found| text(&found.doc, "patrol_run") != Some(own.as_str()));
        before
            .filter_map(|found| text(&found.doc, "item"))
            .filter(|item| !is_another(item))
            .map(str::to_owned)
            .collect()
    }
}

/// 仍在: the saves that say of open findings that a visit has seen them again.
///
/// # Errors
/// `not-found` for one that the person does not see; `bad-arguments` about `still` for one that is not open at the point.
pub(crate) fn still(
    app: &App,
    run: &StoredRun,
    checkpoint: &str,
    visit: &str,
    marks: &Marks,
    findings: &[Uuid],
) -> Result<Vec<Save>, CommandError> {
    let mut saves: Vec<Save> = Vec::new();
    for id in findings {
        let held = StoredFinding::seen(app, RecordId(*id)).map_err(|error| error.field("still"))?;
        let is_of_point = text(&held.document, "checkpoint") == Some(checkpoint);
        if !is_of_point || !held.finding.state().state.is_open() {
            return Err(CommandError::bad_argument("still", format_args!("{id} is no open finding of this point")));
        }
        if saves.iter().any(|save| save.id == Some(held.id)) {
            continue;
        }
        let entry = marks.on(json!({"patrol_run": run.id.0, "checkpoint": checkpoint}), "at");
        saves.push(changed(app, held.id, held.version, vec![field(format!("seen_again/{visit}"), entry)]));
    }
    Ok(saves)
}

/// What a visit that found something says, where no item says it.
pub(crate) struct FoundByVisit<'a> {
    /// The visit.
    pub(crate) visit: &'a str,
    /// What was written.
    pub(crate) note: Option<&'a str>,
    /// The photos, as they are stored.
    pub(crate) photos: Vec<serde_json::Value>,
}

/// The save of the finding of a visit at which no item failed: a new one, or the step that raises it again where it was taken back.
pub(crate) fn found_by_visit(
    app: &App,
    place: &Place,
    marks: &Marks,
    found: FoundByVisit<'_>,
) -> Result<Option<Save>, CommandError> {
    let PlaceName::Visit(checkpoint) = &place.name else { return Ok(None) };
    let id = RecordId(visit_alone_finding_id(place.record.0, checkpoint, found.visit));
    if let Some(held) = app.store().get(id)?.filter(|held| &*held.record.kind == KIND) {
        return Ok(own_step(app, id, held, StateName::Voided, StepKind::Return, "再次判为异常"));
    }
    let by = app.by();
    let now = marks.moment().at;
    let words = found.note.map_or_else(|| format!("{}：异常", place.template.title), str::to_owned);
    let due = due_at(Severity::L2.default_due(), Severity::L2, now, &place.campus.calendar);
    let mut set = vec![
        field("source", json!(FindingSource::Patrol)),
        field("category", json!(Category::Security)),
        field("description", words),
        field("severity", json!(Severity::L2)),
        field("found_at", json!(now)),
        field("found_by", by.as_deref().unwrap_or(UNNAMED)),
        field("corrected_on_spot", false),
        field("due", json!(due)),
        field("patrol_run", json!(place.record.0)),
        field("checkpoint", checkpoint.as_str()),
        field("created", json!({"by": by.as_deref(), "at": now})),
        field("occurred_at", json!(now)),
        field("recorded_at", json!(now)),
    ];
    set.extend(place.area.as_deref().map(|area| field("area", area)));
    set.extend(place.day.as_deref().map(|day| field("business_date", day)));
    if !found.photos.is_empty() {
        set.push(field("photos", found.photos));
    }
    let only_if = Some(String::new());
    Ok(Some(Save { id: Some(id), kind: KIND.to_owned(), scope: place.campus.id, only_if, set, by, ..Save::default() }))
}

/// What a visit that is taken back changes of findings: its own one was none, as long as nobody has begun to put it right, and what it
/// has seen again it has not.
pub(crate) fn taken_back(app: &App, run: &StoredRun, visit: &domain::patrol::Visit) -> Result<Vec<Save>, CommandError> {
    let own = found_nothing(app, run, (&visit.checkpoint, &visit.id), "到点已撤销")?;
    let mut saves: Vec<Save> = own.into_iter().collect();
    saves.extend(seen_again(app, &visit.still, &visit.id, &serde_json::Value::Null)?);
    Ok(saves)
}

/// The saves by which findings say that a visit has seen them again (仍在), or with null that none has.
pub(crate) fn seen_again(
    app: &App,
    findings: &[String],
    visit: &str,
    entry: &serde_json::Value,
) -> Result<Vec<Save>, CommandError> {
    let mut saves = Vec::new();
    for finding in findings {
        let Ok(id) = finding.parse().map(RecordId) else { continue };
        if let Some(held) = app.store().get(id)?.filter(|held| &*held.record.kind == KIND) {
            let said = field(format!("seen_again/{visit}"), entry.clone());
            saves.push(changed(app, id, held.version, vec![said]));
        }
    }
    Ok(saves)
}

/// The save that takes back the finding of a visit itself, and says why; none where it has none, or somebody has begun to put it right.
pub(crate) fn found_nothing(
    app: &App,
    run: &StoredRun,
    (checkpoint, visit): (&str, &str),
    why: &str,
) -> Result<Option<Save>, CommandError> {
    let id = RecordId(visit_alone_finding_id(run.id.0, checkpoint, visit));
    let held = app.store().get(id)?.filter(|held| &*held.record.kind == KIND);
    Ok(held.and_then(|held| own_step(app, id, held, StateName::Unassigned, StepKind::Void, why)))
}

/// A step that the round takes by itself and that blames nobody; none unless the finding stands at `from`.
fn own_step(app: &App, id: RecordId, held: Reading, from: StateName, kind: StepKind, note: &str) -> Option<Save> {
    let finding = Finding::read(&domain::reading::read(KIND, &held.record.state));
    if finding.state().state != from || finding.steps.iter().any(|step| !step.is_auto) {
        return None;
    }
    let now = app.now_ms();
    let step = Step {
        id: new_uuid_v7(now, &*app.store().ports().entropy).to_string(),
        step: kind,
        by: app.by().as_deref().unwrap_or(UNNAMED).to_owned(),
        is_auto: true,
        at: UtcMillis::from_stamp(now),
        after: finding.seen(),
        assignee: None,
        due: None,
        note: Some(note.to_owned()),
        cost: None,
        photos: Vec::new(),
    };
    Some(changed(app, id, held.version, vec![field(format!("steps/{}", step.id), step.to_json())]))
}

fn changed(app: &App, id: RecordId, version: String, set: Vec<(String, Value)>) -> Save {
    Save {
        id: Some(id),
        kind: KIND.to_owned(),
        seen: Some(version.clone()),
        only_if: Some(version),
        set,
        by: app.by(),
        ..Save::default()
    }
}
