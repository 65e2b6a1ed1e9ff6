//! The first screen: what is left to do here today.

use domain::finding::StateName;
use domain::time::{Shift, UtcMillis, day_bounds};
use replica::{Listing, Order};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::inspection::InspectionRow;
use super::sync::{self, SyncStatus};
use crate::app::App;
use crate::campus::Campus;
use crate::command::{Command, read};
use crate::dto::finding::FindingRow;
use crate::dto::nothing::Nothing;
use crate::dto::person::PersonRef;
use crate::dto::plan::PlanStep;
use crate::dto::today::{EndingDraft, MealReminder, MissingGroup, MissingRow, UncountedAct, WaitingGroup, WaitingRow};
use crate::entry::naming::Naming;
use crate::error::CommandError;
use crate::inspection::outcome::Outcomes;
use crate::names::Names;
use crate::people;
use crate::sight::{Seen, Viewer};
use crate::{finding, inspection, plan, today};

pub(super) fn declare() -> Vec<Command> {
    vec![read("today.get", "Gives what is left to do on a campus today, with conflicts and queue.", get)]
}

/// Arguments of `today.get`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Get {
    /// The campus; left out, that of this device.
    #[serde(default)]
    campus: Option<Uuid>,
    /// Plans the day of the whole campus, whoever works, as far as the person sees it.
    #[serde(default)]
    everybody: bool,
}

/// What is left to do.
#[derive(Debug, Serialize, JsonSchema)]
struct Today {
    /// The campus; null when it is not settled which one this device serves.
    campus: Option<Uuid>,
    /// Its name.
    campus_name: Option<String>,
    /// Today, `YYYY-MM-DD`, by the time zone of the campus.
    business_date: String,
    /// The week of the term that it lies in, counted by Mondays from 1; null outside every term.
    term_week: Option<u32>,
    /// Who works.
    by: Option<PersonRef>,
    /// The forms to resume, newest first; twenty at most.
    open: Vec<InspectionRow>,
    /// The findings whose time is over, the longest first; twenty at most.
    overdue: Vec<FindingRow>,
    /// The findings that are due by the end of today; twenty at most.
    due: Vec<FindingRow>,
    /// How many there are.
    counts: Counts,
    /// The day of the person who works, or of the campus when nobody does or `everybody` is asked for: what was done by time, then what was begun, then what is
    /// left.
    plan: Vec<PlanStep>,
    /// The one next thing; null when nothing is left.
    now: Option<PlanStep>,
    /// The rows of registers on which something is left to do, their own work first, what is due first first; twenty at most, and of
    /// each register no more than three while those of others wait. Those that the person may write or has to see to; with
    /// `everybody`, all that are seen.
    rows: Vec<WaitingRow>,
    /// All of these rows, by register.
    row_groups: Vec<WaitingGroup>,
    /// What registers expect today and what is not on this device yet, their own work first; twenty at most.
    missing: Vec<MissingRow>,
    /// All of that, by what it is.
    missing_groups: Vec<MissingGroup>,
    /// 未计入: acts of the person who works that do not count, of the last seven days, the newest first; twenty at most.
    uncounted: Vec<UncountedAct>,
    /// What was begun and will be removed within two days.
    drafts: Vec<EndingDraft>,
    /// What of meals the device reminds who runs the kitchen of, the most pressing first; twenty at most.
    reminders: Vec<MealReminder>,
    /// What waits to be sent, and the conflicts that ask.
    sync: SyncStatus,
}

/// How many there are.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TodayCounts")]
struct Counts {
    /// Open forms.
    open: u64,
    /// Forms of today that were submitted.
    submitted_today: u64,
    /// Findings on which something is left to do.
    findings: u64,
    /// Those whose time is over.
    overdue: u64,
    /// Those that wait for a re-check.
    awaiting_recheck: u64,
    /// Those that the person who works has to deal with.
    mine: u64,
    /// Those that were found today, whatever became of them.
    found_today: u64,
    /// Rows of registers that wait.
    rows: usize,
    /// Those of them that are the work of who asks.
    rows_mine: usize,
    /// What registers still expect today.
    missing: usize,
    /// What of it is the work of who asks.
    missing_mine: usize,
}

const MOST: u64 = 20;

/// What Today says of registers.
struct OfRegisters {
    rows: Vec<WaitingRow>,
    row_groups: Vec<WaitingGroup>,
    missing: Vec<MissingRow>,
    missing_groups: Vec<MissingGroup>,
    uncounted: Vec<UncountedAct>,
    drafts: Vec<EndingDraft>,
    reminders: Vec<MealReminder>,
}

impl OfRegisters {
    fn read(app: &App, names: &Names<'_>, campus: &Campus, everybody: bool) -> Result<Self, CommandError> {
        let viewer = Viewer::here(app, campus)?;
        let naming = Naming::new(app, names, campus, &viewer);
        let now = UtcMillis::from_stamp(app.now_ms());
        let rows = today::waiting(app, &naming, everybody, now)?;
        let (missing, missing_groups) = today::missing(app, &naming, everybody)?;
        Ok(Self {
            row_groups: today::groups(&rows),
            rows,
            missing,
            missing_groups,
            uncounted: today::uncounted(app, &naming, now)?,
            drafts: today::ending(app, &naming)?,
            reminders: today::reminders(app, &naming)?,
        })
    }

    /// Cuts its lists to what one screen shows.
    fn cut(mut self) -> Self {
        let most = usize::try_from(MOST).unwrap_or(usize::MAX);
        self.rows = today::foremost(self.rows, most);
        self.missing.truncate(most);
        self.uncounted.truncate(most);
        self.reminders.truncate(most);
        self
    }
}

fn get(app: &App, arguments: Get) -> Result<Today, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let now = UtcMillis::from_stamp(app.now_ms());
    let day = people::today(app, &campus);
    let (_, tomorrow) = day_bounds(day, campus.calendar.zone);
    let names = Names::new(app);
    let seen_forms = Seen::of_kind(app, inspection::KIND, campus.id)?;
    let seen_findings = Seen::of_kind(app, finding::KIND, campus.id)?;
    let forms = Listing { limit: MOST, ..seen_forms.listing(inspection::KIND) };
    let findings = Listing { limit: MOST, order: Order::Due, ..seen_findings.listing(finding::KIND) };
    let rows = |listing: Listing<'_>| -> Result<Vec<FindingRow>, CommandError> {
        let found = app.store().find(&listing)?;
        Ok(found.iter().map(|f| finding::row(&names, f.id.0, f.scope, &f.doc, app.now_ms())).collect())
    };
    let unfinished = StateName::codes(StateName::is_unfinished);
    let overdue = Listing { stages: &unfinished, due_before: Some(now.0), ..findings.clone() };
    let due = Listing { due_from: Some(now.0), due_before: Some(tomorrow.0), ..overdue.clone() };
    let open = Listing { stages: &["open"], order: Order::NewestFirst, ..forms.clone() };
    let outcomes = Outcomes::new(app, &names);
    let (plan, next) = plan::of_today(app, &names, &campus, arguments.everybody)?;
    let registers = OfRegisters::read(app, &names, &campus, arguments.everybody)?;
    let counts = counts(app, &campus, &registers, &forms, &findings, &overdue)?;
    let OfRegisters { rows: waiting, row_groups, missing, missing_groups, uncounted, drafts, reminders } =
        registers.cut();
    Ok(Today {
        campus: campus.id,
        campus_name: campus.name.clone(),
        business_date: day.to_string(),
        term_week: campus.calendar.term_week(day),
        by: app.by().map(|by| names.person(&by)),
        open: app
            .store()
            .find(&open)?
            .iter()
            .map(|found| InspectionRow::of(&names, &outcomes, found))
            .collect::<Result<_, _>>()?,
        counts,
        plan,
        now: next,
        overdue: rows(overdue)?,
        due: rows(due)?,
        rows: waiting,
        row_groups,
        missing,
        missing_groups,
        uncounted,
        drafts,
        reminders,
        sync: sync::status(app, Nothing {})?,
    })
}

fn counts(
    app: &App,
    campus: &Campus,
    registers: &OfRegisters,
    forms: &Listing<'_>,
    findings: &Listing<'_>,
    overdue: &Listing<'_>,
) -> Result<Counts, CommandError> {
    let day = campus.business_date(UtcMillis::from_stamp(app.now_ms()), Shift::Day);
    let by = app.by();
    let stages = StateName::codes(StateName::is_open);
    let open = Listing { stages: &stages, ..findings.clone() };
    let mine = match by.as_deref() {
        Some(by) => app.store().count(&Listing { assignee: Some(by), ..open.clone() })?,
        None => 0,
    };
    Ok(Counts {
        open: app.store().count(&Listing { stages: &["open"], ..forms.clone() })?,
        submitted_today: app.store().count(&Listing { stages: &["submitted"], day: Some(&day), ..forms.clone() })?,
        findings: app.store().count(&open)?,
        overdue: app.store().count(overdue)?,
        awaiting_recheck: app.store().count(&Listing { stages: &["awaiting_recheck"], ..findings.clone() })?,
        mine,
        found_today: app.store().count(&Listing { day: Some(&day), ..findings.clone() })?,
        rows: registers.rows.len(),
        rows_mine: registers.rows.iter().filter(|row| row.mine).count(),
        missing: registers.missing.len(),
        missing_mine: registers.missing.iter().filter(|row| row.mine).count(),
    })
}
