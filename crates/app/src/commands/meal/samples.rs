//! The sample fridge.

use domain::meal::SampleProblem;
use domain::register::{Right, register};
use domain::served::SERVED_MEALS;
use replica::ListedRecord;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::arguments::check_sees;
use crate::app::App;
use crate::document::{integer, text};
use crate::dto::meal::{KeptSample, KeptSamples, MealTag, SampleWord};
use crate::entry::facts::facts_of;
use crate::error::CommandError;
use crate::meal::{Kept, MealKey, Tags, kept_samples};
use crate::names::Names;
use crate::sight::Viewer;

/// Arguments of `meal.samples`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListSamples {
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

pub(super) fn samples(app: &App, arguments: ListSamples) -> Result<KeptSamples, CommandError> {
    let key = MealKey::of(app, arguments.campus, None, SERVED_MEALS[0], None)?;
    check_sees(app, &key)?;
    let campus = &key.campus;
    let fridge = Fridge { names: Names::new(app), viewer: Viewer::here(app, campus)? };
    let mut tags = Tags::new(app, campus);
    let mut kept = kept_samples(app, campus, key.date)?;
    kept.retain(|kept| fridge.sees(&kept.of.found));
    kept.sort_by_key(|kept| (rank(kept), kept.clock.left_ms, std::cmp::Reverse(kept.of.row.id)));
    let mut samples = Vec::new();
    for one in &kept {
        samples.push(fridge.view(one, tags.of(one.of.row.meal, one.of.row.date)?));
    }
    Ok(KeptSamples { samples, is_checked: app.time().is_checked(), now: app.time().now.0 })
}

/// What may go comes first, and what is gone last.
fn rank(kept: &Kept) -> u8 {
    match kept.clock.state.into() {
        SampleWord::Ready => 0,
        SampleWord::Waiting => 1,
        SampleWord::Early | SampleWord::Disposed => 2,
    }
}

struct Fridge<'a> {
    names: Names<'a>,
    viewer: Viewer,
}

impl Fridge<'_> {
    fn sees(&self, found: &ListedRecord) -> bool {
        register(&found.kind)
            .is_some_and(|register| facts_of(register, found).grant(&self.viewer, register, Right::See))
    }

    fn view(&self, kept: &Kept, meal: Option<MealTag>) -> KeptSample {
        let (row, document) = (&kept.of.row, &kept.of.found.doc);
        let kept_name = || text(document, "fridge_as").map(str::to_owned);
        let gone = kept.disposals.last().filter(|found| self.sees(found)).map(|found| &found.doc);
        KeptSample {
            id: row.id,
            dish: row.dish_name.clone(),
            meal,
            box_no: row.box_no.clone(),
            fridge: text(document, "fridge").and_then(|fridge| self.names.name(fridge)).or_else(kept_name),
            grams: row.grams.map(|grams| grams.to_string()),
            by: text(document, "taken_by").map(|by| self.names.person(by)),
            taken_at: integer(document, "taken_at").unwrap_or(row.taken.at.0),
            state: kept.clock.state.into(),
            left_ms: kept.clock.left_ms,
            ready_at: kept.clock.ready_at.map(|at| at.0),
            held: kept.is_held,
            problems: kept.clock.problems.iter().copied().map(SampleProblem::code).collect(),
            gone_at: gone.and_then(|gone| integer(gone, "disposed_at")),
            gone_by: gone.and_then(|gone| text(gone, "by")).map(|by| self.names.person(by)),
            way: gone.and_then(|gone| text(gone, "way")).map(str::to_owned),
        }
    }
}
