//! What of some days may be looked at: everybody's for the head, one's own for everybody else.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::coverage::checked_days;
use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::dto::patrol::SignalView;
use crate::dto::person::PersonRef;
use crate::error::CommandError;
use crate::names::Names;
use crate::patrol::{ListedRun, Runs, runs_seen, signal_views, signals_shown};

/// Arguments of `patrol.signals`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// The first business day, `YYYY-MM-DD`.
    from: String,
    /// The last one; at most 31 days.
    to: String,
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
}

/// What may be looked at.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolSignals")]
pub(super) struct Signals {
    /// The newest day first, and of a day the last walk.
    rows: Vec<SignalRow>,
}

/// One signal, and the walk that it stands on.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolSignalRow")]
struct SignalRow {
    /// The walk.
    run: Uuid,
    /// Its business day, `YYYY-MM-DD`.
    day: String,
    /// Its route, as it was called then.
    route_name: Option<String>,
    /// The same in English; null where nobody wrote it.
    route_name_en: Option<String>,
    /// Its window; null for a walk outside of all windows (临时).
    window: Option<String>,
    /// What it was called; null where its plan is not here.
    window_name: Option<String>,
    /// The same in English; null where nobody wrote it.
    window_name_en: Option<String>,
    /// What.
    #[serde(flatten)]
    signal: SignalView,
    /// The names of the points that it is about.
    points: Vec<String>,
    /// Whose acts it is about.
    people: Vec<PersonRef>,
    /// Why it was entered afterwards.
    late_reason: Option<String>,
}

const MOST_DAYS: i64 = 31;

pub(super) fn signals(app: &App, arguments: Asked) -> Result<Signals, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    checked_days((&arguments.from, &arguments.to), MOST_DAYS)?;
    let shown = signals_shown(app, &campus)?;
    let runs = runs_seen(app, &campus, (&arguments.from, &arguments.to))?;
    let names = Names::new(app);
    let mut rows = Vec::new();
    for listed in runs.all.iter().rev().filter(|listed| !listed.run.is_void) {
        let of_run = signal_views(app, &shown, &runs.on(listed), (listed.id, &listed.document))?;
        for (signal, people) in of_run {
            rows.push(row(&names, &runs, listed, (signal, &people)));
        }
    }
    Ok(Signals { rows })
}

fn row(names: &Names<'_>, runs: &Runs, listed: &ListedRun, (signal, people): (SignalView, &[String])) -> SignalRow {
    let (run, plan) = (&listed.run, runs.on(listed).plan);
    let window = plan.zip(run.window.as_ref()).and_then(|(plan, id)| plan.windows.iter().find(|own| own.id == *id));
    let point = |id: &String| {
        let known = plan.and_then(|plan| plan.point(id));
        known.map_or_else(|| id.clone(), |point| point.name.clone())
    };
    SignalRow {
        run: listed.id.0,
        day: run.day.map(|day| day.to_string()).unwrap_or_default(),
        route_name: plan.map(|plan| plan.name.clone()),
        route_name_en: plan.and_then(|plan| plan.name_en.clone()),
        window: run.window.clone(),
        window_name: window.map(|window| window.name.clone()),
        window_name_en: window.and_then(|window| window.name_en.clone()),
        points: signal.checkpoints.iter().map(point).collect(),
        signal,
        people: people.iter().map(|person| names.person(person)).collect(),
        late_reason: text(&listed.document, "late_reason").map(str::to_owned),
    }
}
