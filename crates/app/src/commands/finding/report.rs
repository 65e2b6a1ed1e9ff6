//! Reporting a finding.

use causal::RecordId;
use domain::due::due_at;
use domain::finding::FindingSource;
use domain::permission::Permission;
use domain::severity::{Category, Severity};
use domain::time::Shift;
use replica::{Save, new_uuid_v7};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::document::{UNNAMED, checked_text, field};
use crate::dto::finding::FindingView;
use crate::dto::millis::Millis;
use crate::dto::photo::PhotoRef;
use crate::envelope::{self, envelope};
use crate::error::CommandError;
use crate::finding::{KIND, StoredFinding};
use crate::patrol::{Marks, StoredRun};
use crate::people;
use crate::photo::checked_list;

/// Arguments of `finding.report`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Report {
    /// The id that the finding gets; a new one when left out. The same report again gives the finding that is there.
    #[serde(default)]
    id: Option<Uuid>,
    /// What is wrong.
    description: String,
    /// Where: the id of an area, or words.
    #[serde(default)]
    area: Option<String>,
    /// What it is about; `other` when left out.
    #[serde(default)]
    #[schemars(with = "Option<Category>")]
    category: Option<String>,
    /// How bad it is; `L2` when left out.
    #[serde(default)]
    #[schemars(with = "Option<Severity>")]
    severity: Option<String>,
    /// The asset it is about.
    #[serde(default)]
    asset: Option<Uuid>,
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
    /// Where it comes from, any but `inspection`; `report` when left out.
    #[serde(default)]
    #[schemars(with = "Option<FindingSource>")]
    source: Option<String>,
    /// 现场已改: it was put right on the spot.
    #[serde(default)]
    corrected_on_spot: bool,
    /// When it was found, ms since 1970 UTC; now when left out.
    #[serde(default)]
    found_at: Option<Millis>,
    /// Until when it must be put right, ms since 1970 UTC; by its severity when left out, and never later than that.
    #[serde(default)]
    due: Option<Millis>,
    /// The open round on which it was found, at none of its points: it counts for the round, and for its day.
    #[serde(default)]
    patrol_run: Option<Uuid>,
    /// The photos, twenty at most.
    #[serde(default)]
    #[schemars(with = "Vec<PhotoRef>")]
    photos: Vec<Value>,
}

/// How far ahead of this clock another one may have been read.
const AHEAD_MS: i64 = 300_000;

pub(super) fn report(app: &App, arguments: Report) -> Result<FindingView, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    people::require(app, &campus, Permission::ReportFinding)?;
    let id = arguments.id.map(RecordId);
    if let Some(id) = id
        && app.store().get(id)?.is_some()
    {
        return StoredFinding::seen(app, id)?.view(app);
    }
    let missing = || CommandError::bad_argument("description", "it must be said what is wrong");
    let description = checked_text("description", Some(arguments.description))?.ok_or_else(missing)?;
    let photos = checked_list(app, &arguments.photos, "photos")?;
    let severity: Severity = parsed("severity", arguments.severity.as_deref().unwrap_or("L2"))?;
    let category: Category = parsed("category", arguments.category.as_deref().unwrap_or("other"))?;
    let run = arguments.patrol_run.map(|run| StoredRun::to_walk(app, run)).transpose()?;
    let source = if run.is_some() { FindingSource::Patrol } else { source(arguments.source.as_deref())? };
    let time = app.time();
    let found_at = arguments.found_at.map(|at| at.checked("found_at")).transpose()?.unwrap_or(time.now);
    // A clock that nobody has checked refuses nothing.
    if time.is_ahead(found_at, AHEAD_MS) {
        return Err(CommandError::bad_argument("found_at", "what has not happened yet cannot be reported"));
    }
    let by_grade = due_at(severity.default_due(), severity, found_at, &campus.calendar);
    let due = arguments.due.map(|due| due.checked("due")).transpose()?;
    let due = due.map_or(by_grade, |due| due.min(by_grade));
    let by = app.by();
    let mut set = envelope(app, &campus, &time, found_at, Shift::Day);
    set.extend([
        field("source", json!(source)),
        field("description", description),
        field("severity", json!(severity)),
        field("category", json!(category)),
        field("found_at", json!(found_at)),
        field("found_by", by.as_deref().unwrap_or(UNNAMED)),
        field("corrected_on_spot", arguments.corrected_on_spot),
        field("due", json!(due)),
    ]);
    set.extend(arguments.area.filter(|area| !area.trim().is_empty()).map(|area| field("area", area.trim())));
    if !photos.is_empty() {
        set.push(field("photos", photos));
    }
    set.extend(arguments.asset.map(|asset| field("asset", asset.to_string())));
    let only_if = id.map(|_| String::new());
    // A round names what was found on it in the same transaction, so it never reports that nothing was.
    let id = id.or_else(|| run.as_ref().map(|_| RecordId(new_uuid_v7(app.now_ms(), &*app.store().ports().entropy))));
    if let Some(run) = &run {
        set.retain(|(name, _)| name != "business_date");
        set.push(field("patrol_run", json!(run.id.0)));
        set.extend(run.run.day.map(|day| field("business_date", day.to_string())));
    }
    let mut saves = vec![Save { id, kind: KIND.to_owned(), scope: campus.id, only_if, set, by, ..Save::default() }];
    if let Some((run, id)) = run.zip(id) {
        let entry = Marks::next(app, &run.run).on(json!({}), "at");
        saves.push(run.save(app, None, vec![field(format!("found/{}", id.0), entry)])?);
    }
    let saved = envelope::save_all(app, saves, &time)?;
    StoredFinding::load(app, saved.id)?.view(app)
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(name: &str, text: &str) -> Result<T, CommandError> {
    text.parse().map_err(|error| CommandError::bad_argument(name, error))
}

fn source(code: Option<&str>) -> Result<FindingSource, CommandError> {
    match code.unwrap_or("report") {
        "report" => Ok(FindingSource::Report),
        "visitor" => Ok(FindingSource::Visitor),
        "notice119" => Ok(FindingSource::Notice119),
        "patrol" => Ok(FindingSource::Patrol),
        "meal" => Ok(FindingSource::Meal),
        other => Err(CommandError::bad_argument("source", format_args!("{other} is not a source"))),
    }
}
