//! A day at the door, and what stands unanswered of the days before.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::time::UtcMillis;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::view::{Child, add_siblings, alarm, classes, list};
use crate::app::App;
use crate::campus::Campus;
use crate::child::{Day, Rows, alarm_days, children_of};
use crate::dto::child::{AlarmView, ChildView, DayView};
use crate::entry::naming::Naming;
use crate::entry::{is_here, is_locked_away, named};
use crate::error::CommandError;
use crate::names::Names;
use crate::sight::Viewer;

/// Arguments of `handover.day`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DayOf {
    /// The day, `YYYY-MM-DD`; today when left out.
    #[serde(default)]
    date: Option<String>,
    /// Only this class; all that the person sees when left out.
    #[serde(default)]
    class: Option<Uuid>,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

/// Arguments of `handover.alarms`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OpenAlarms {
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

/// What was not answered.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HandoverAlarms")]
pub(super) struct Alarms {
    /// The worst first.
    alarms: Vec<AlarmView>,
}

pub(super) fn day(app: &App, arguments: DayOf) -> Result<DayView, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let viewer = Viewer::here(app, &campus)?;
    let date = date_of(arguments.date.as_deref(), viewer.today)?;
    let names = Names::new(app);
    let naming = Naming::new(app, &names, &campus, &viewer);
    let day = Day::load(app, &campus, date)?;
    let children: Vec<Child> =
        children_of(app, &campus, &viewer, arguments.class)?.into_iter().map(Child::new).collect();
    let medicine = Rows { app, campus: &campus }.medicine(&date.to_string())?;
    let now = UtcMillis::from_stamp(app.now_ms());
    let classes = classes(&naming, &day, &children, &medicine);
    let waits = |child: &Child| medicine.get(&child.id()).copied().unwrap_or_default();
    let mut views: Vec<ChildView> = children.iter().map(|child| child.view(&naming, &day, waits(child), now)).collect();
    add_siblings(&mut views, &day, now);
    let order = |class: Option<Uuid>| classes.iter().position(|own| Some(own.class) == class);
    views.sort_by(|one, other| {
        (order(one.class), &one.number, one.id).cmp(&(order(other.class), &other.number, other.id))
    });
    let mut alarms = of_day(&naming, &day, &children);
    sort(&mut alarms);
    Ok(DayView {
        date: date.to_string(),
        here: is_here(app, &campus, named("child")?)?,
        locked: is_locked_away(app, &campus, named("child")?)?,
        list: list(app, &campus)?,
        classes,
        children: views,
        alarms,
    })
}

pub(super) fn open_alarms(app: &App, arguments: OpenAlarms) -> Result<Alarms, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let viewer = Viewer::here(app, &campus)?;
    let names = Names::new(app);
    let naming = Naming::new(app, &names, &campus, &viewer);
    let children: Vec<Child> = children_of(app, &campus, &viewer, None)?.into_iter().map(Child::new).collect();
    let mut alarms = Vec::new();
    if !children.is_empty() {
        let days = alarm_days(app, &campus, viewer.today)?;
        for day in Day::of_days(app, &campus, &days)? {
            alarms.extend(of_day(&naming, &day, &children));
        }
    }
    alarms.retain(|alarm| !alarm.answered);
    sort(&mut alarms);
    Ok(Alarms { alarms })
}

/// What is alarming about a day, of children that the person sees.
fn of_day(naming: &Naming<'_>, day: &Day, children: &[Child]) -> Vec<AlarmView> {
    let written: BTreeSet<Uuid> = day.written().collect();
    let seen = children.iter().filter(|child| written.contains(&child.id()));
    seen.flat_map(|child| day.alarms(child.id()).into_iter().map(move |found| alarm(naming, child, found, day)))
        .collect()
}

/// What was not answered first, what is red before the rest, the newest day first.
fn sort(alarms: &mut [AlarmView]) {
    alarms.sort_by(|one, other| {
        let key = |alarm: &AlarmView| (alarm.answered, !alarm.red);
        key(one).cmp(&key(other)).then_with(|| other.day.cmp(&one.day)).then_with(|| one.rows.cmp(&other.rows))
    });
}

/// The day that is asked for.
pub(super) fn date_of(asked: Option<&str>, today: NaiveDate) -> Result<NaiveDate, CommandError> {
    let parse = |date: &str| date.parse().map_err(|_| CommandError::bad_argument("date", "a day is like 2026-09-01"));
    asked.map_or(Ok(today), parse)
}
