//! What counts of all runs of some days, without their bodies.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::patrol::{Plan, Tally, TallyOn};
use replica::Listing;

use super::KIND;
use super::stored::plan_of;
use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;

const MOST: u64 = 100_000;

/// What counts of the runs of some days, with their plans.
#[derive(Default)]
pub(crate) struct Tallies {
    /// By business day.
    all: Vec<Tally>,
    /// The plans that are here, by id.
    plans: HashMap<String, Plan>,
}

/// Of the runs of a campus on the business days from the one to the other, whoever asks.
pub(crate) fn tallies_of(app: &App, campus: &Campus, days: (&str, &str)) -> Result<Tallies, CommandError> {
    let listing =
        Listing { kind: KIND, scopes: campus.id.as_slice(), days: Some(days), limit: MOST, ..Listing::default() };
    let mut listed = app.store().tallies(&listing)?;
    listed.sort_by_key(|listed| (listed.tally.day, listed.id));
    let mut tallies = Tallies { all: listed.into_iter().map(|listed| listed.tally).collect(), ..Tallies::default() };
    for tally in &tallies.all {
        if let Some(plan) = tally.plan.as_deref().filter(|plan| !tallies.plans.contains_key(*plan))
            && let Some(read) = plan_of(app, plan)?
        {
            tallies.plans.insert(plan.to_owned(), read);
        }
    }
    Ok(tallies)
}

impl Tallies {
    /// Those of a business day.
    pub(super) fn of_day(&self, day: NaiveDate) -> &[Tally] {
        let from = self.all.partition_point(|tally| tally.day < Some(day));
        let to = self.all.partition_point(|tally| tally.day <= Some(day));
        &self.all[from..to]
    }

    /// One with its plan.
    pub(super) fn on<'a>(&'a self, tally: &'a Tally) -> TallyOn<'a> {
        TallyOn { tally, plan: tally.plan.as_ref().and_then(|plan| self.plans.get(plan)) }
    }
}
