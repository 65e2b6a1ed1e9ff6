//! Ledgers that check each other, before an inspector does.

use chrono::{Days, NaiveDate};
use domain::meal::LedgerSum;
use domain::permission::Permission;
use domain::register::register;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::dto::meal::{MealLedger, MealLedgers};
use crate::error::CommandError;
use crate::meal::{called, compared, lacks, without_people};
use crate::names::Names;
use crate::people::not_allowed;
use crate::sight::Viewer;

/// Ledgers are compared over so many days at most.
const MOST_DAYS: i64 = 31;
/// Without days they are those of today and of so many days before.
const DAYS_BACK: u64 = 6;
/// Who compares: who runs the kitchen, looks over it, or reads its reports.
const READERS: [Permission; 3] = [Permission::ManageMeals, Permission::SeeKitchen, Permission::SeeAllRecords];

/// Arguments of `meal.ledgers`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Compare {
    /// The first day, `YYYY-MM-DD`; with neither day, six days before today.
    #[serde(default)]
    from: Option<String>,
    /// The last day; today when left out.
    #[serde(default)]
    to: Option<String>,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

/// The ledgers of days that are over, and of meals of today that are to be on the table by now.
pub(super) fn ledgers(app: &App, arguments: Compare) -> Result<MealLedgers, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    if campus.id.is_none() {
        return Err(CommandError::bad_argument("campus", "say first which campus it is for"));
    }
    let viewer = Viewer::here(app, &campus)?;
    if !READERS.into_iter().any(|permission| viewer.sight.may(permission)) {
        return Err(not_allowed(Permission::ManageMeals));
    }
    let to = day("to", arguments.to.as_deref())?.unwrap_or(viewer.today).min(viewer.today);
    let from = match day("from", arguments.from.as_deref())? {
        Some(from) => from,
        None => to.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(to),
    };
    if to < from {
        return Err(CommandError::bad_argument("to", "the last day comes before the first"));
    }
    if (to - from).num_days() >= MOST_DAYS {
        return Err(CommandError::bad_argument("from", format_args!("{MOST_DAYS} days at most")));
    }
    let names = Names::new(app);
    let mut sums = compared(app, &names, &campus, (from, to))?;
    if register("morning_check").is_none_or(|checks| !viewer.sees_by_role(checks)) {
        sums = without_people(sums);
    }
    let named = |kitchen: Uuid| names.name(&kitchen.to_string()).unwrap_or_default();
    let view = |sum: &LedgerSum| MealLedger::of(sum, called(sum.ledger), lacks(sum.ledger), named);
    let ledgers = sums.iter().map(view).collect();
    Ok(MealLedgers { from: from.to_string(), to: to.to_string(), ledgers })
}

fn day(name: &str, given: Option<&str>) -> Result<Option<NaiveDate>, CommandError> {
    let wrong = |_| CommandError::bad_argument(name, "a day such as 2026-11-23");
    given.map(str::parse).transpose().map_err(wrong)
}
