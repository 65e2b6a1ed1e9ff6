//! A gap becomes a finding only when a person says so: nothing is ever written from what is missing.

use causal::RecordId;
use domain::due::due_at;
use domain::finding::FindingSource;
use domain::id::gap_finding_id;
use domain::patrol::Occurrence;
use domain::permission::Permission;
use domain::severity::{Category, Severity};
use domain::time::{Shift, UtcMillis};
use replica::Save;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use wire::ProblemType;

use super::due::{checked_day, people_who_see};
use crate::app::App;
use crate::campus::Campus;
use crate::document::{UNNAMED, field};
use crate::dto::finding::FindingView;
use crate::envelope::{self, envelope};
use crate::error::CommandError;
use crate::finding::{KIND, StoredFinding};
use crate::load::load_seen;
use crate::patrol::{Covered, Facts, Hearing, RouteFacts, covered, tallies_of};
use crate::people;

/// Arguments of `patrol.gap`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Gap {
    /// The route.
    route: Uuid,
    /// The business day, `YYYY-MM-DD`.
    day: String,
    /// The window.
    window: String,
}

/// The finding of a gap, under an id that follows from route, day and window: whoever makes it again gets the one that is there.
pub(super) fn gap(app: &App, arguments: Gap) -> Result<FindingView, CommandError> {
    let reading = load_seen(app, "route", RecordId(arguments.route)).map_err(|error| error.field("route"))?;
    let campus = Campus::load(app, reading.record.scope)?;
    let needed = || CommandError::bad_argument("day", "a day such as 2026-11-23");
    let day = checked_day("day", Some(&arguments.day))?.ok_or_else(needed)?;
    people_who_see(app, &campus, day)?;
    people::require(app, &campus, Permission::ReportFinding)?;
    let id = RecordId(gap_finding_id(arguments.route, day, &arguments.window));
    if app.store().get(id)?.is_some() {
        return StoredFinding::seen(app, id)?.view(app);
    }
    let document = domain::reading::read("route", &reading.record.state);
    let of = RouteFacts::of(app, &arguments.route.to_string(), &document)?;
    let facts = Facts::of(app, campus)?;
    let due = facts.due(&of.route, day).into_iter().find(|due| due.window.id == arguments.window);
    let missing = || CommandError::not_found("that window was not to be walked on that day").field("window");
    let occurrence = due.ok_or_else(missing)?;
    check_gap(app.time().now, &looked_at(app, &facts, &of, occurrence)?)?;
    let save = finding_save(app, &facts.campus, id, &occurrence);
    let saved = envelope::save(app, save, &app.time())?;
    StoredFinding::load(app, saved.id)?.view(app)
}

fn looked_at<'r>(
    app: &App,
    facts: &Facts,
    of: &'r RouteFacts,
    occurrence: Occurrence<'r>,
) -> Result<Covered<'r>, CommandError> {
    let day = occurrence.day.to_string();
    let tallies = tallies_of(app, &facts.campus, (&day, &day))?;
    Ok(covered(facts, of, occurrence, &tallies, (app.time().now, &Hearing::of(app, &facts.campus)?)))
}

/// Refuses what is no gap: a window that is not over, one of which nothing is missing, and one that others may still bring.
fn check_gap(now: UtcMillis, covered: &Covered<'_>) -> Result<(), CommandError> {
    let refused = |message: &str| Err(CommandError::new(ProblemType::Finished, message).field("window"));
    match () {
        () if now < covered.occurrence.to => refused("the window is not over yet"),
        () if covered.coverage.missed.is_empty() => refused("nothing of the window is missing"),
        () if !covered.is_heard => refused("what is missing here may still come from another device"),
        () => Ok(()),
    }
}

/// The head holds what its id stands for, in words without numbers, so that two people who make it at once write the same.
fn finding_save(app: &App, campus: &Campus, id: RecordId, occurrence: &Occurrence<'_>) -> Save {
    let time = app.time();
    let by = app.by();
    let words = format!("漏巡：{} {}", occurrence.route.name, occurrence.window.name);
    let mut set = envelope(app, campus, &time, time.now, Shift::Day);
    set.retain(|(name, _)| name != "business_date");
    set.extend([
        field("business_date", occurrence.day.to_string()),
        field("source", json!(FindingSource::Patrol)),
        field("category", json!(Category::Security)),
        field("description", words),
        field("severity", json!(Severity::L2)),
        field("found_at", json!(time.now)),
        field("found_by", by.as_deref().unwrap_or(UNNAMED)),
        field("corrected_on_spot", false),
        field("due", json!(due_at(Severity::L2.default_due(), Severity::L2, time.now, &campus.calendar))),
        field("route", occurrence.route.id.as_str()),
        field("window", occurrence.window.id.as_str()),
    ]);
    let only_if = Some(String::new());
    Save { id: Some(id), kind: KIND.to_owned(), scope: campus.id, only_if, set, by, ..Save::default() }
}

#[cfg(test)]
mod tests {
    use domain::patrol::{Coverage, MissedPoint, WindowNil, WindowState};
    use domain::route::Route;
    use domain::time::DEFAULT_ZONE;

    use super::*;

    /// Why a window of which this is missing becomes no finding at `now`, in minutes after its end; none where it becomes one.
    fn refused(minutes: i64, missed: &[&str], is_heard: bool) -> Option<String> {
        let document = json!({"windows/am": {"name": "上午", "from": "09:30", "to": "12:00"}});
        let route = Route::read("r", document.as_object().expect("an object"));
        let day = "2026-09-01".parse().expect("a day");
        let occurrence = Occurrence::on(&route, route.window("am").expect("the window"), day, DEFAULT_ZONE);
        let missed = missed.iter().map(|point| MissedPoint {
            checkpoint: (*point).to_owned(),
            reasons: Vec::new(),
            is_not_on_plan: false,
        });
        let covered = Covered {
            occurrence,
            coverage: Coverage { missed: missed.collect(), ..Coverage::default() },
            state: WindowState::Missed,
            nil: WindowNil::Waiting,
            is_heard,
            waiting: Vec::new(),
        };
        let now = UtcMillis(occurrence.to.0 + minutes * 60_000);
        check_gap(now, &covered).err().map(|error| error.to_string())
    }

    #[test]
    fn a_window_becomes_a_finding_once_it_is_over_something_is_missing_and_nobody_may_still_bring_it() {
        let says =
            |why: &str, refused: Option<String>| assert!(refused.is_some_and(|said| said.contains(why)), "{why}");
        assert_eq!(refused(0, &["a"], true), None);
        says("not over yet", refused(-1, &["a"], true));
        says("nothing of the window is missing", refused(0, &[], true));
        says("may still come from another device", refused(0, &["a"], false));
    }
}
