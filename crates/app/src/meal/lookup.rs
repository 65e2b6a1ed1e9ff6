//! A sample by its id, its label or its short code.

use causal::RecordId;
use chrono::Days;
use domain::checked_time::Moment;
use domain::meal::{
    BadLabel, Held, Sample, SampleLabel, SampleState, keep_ms, proved_age, ready_at, sample_clock, short_code,
};
use domain::register::{Right, VOID, register};
use domain::time::{Shift, UtcMillis, business_date};
use replica::{ListedRecord, Listing, Order};
use uuid::Uuid;

use super::age::now;
use super::rows::{disposals_of_sample, sample_row};
use super::seals;
use crate::app::App;
use crate::campus::Campus;
use crate::entry::facts::facts_of;
use crate::entry::scopes;
use crate::error::CommandError;
use crate::sight::Viewer;

/// Samples of so many days are looked through for a short code.
const DAYS: u64 = 14;
/// There are no more of them.
const MOST: u64 = 2_000;

/// A sample as somebody looks it up.
pub(crate) struct ScannedSample {
    /// The sample.
    pub(crate) id: Uuid,
    /// Whether its record is here.
    pub(crate) is_known: bool,
    /// What its dish is called.
    pub(crate) dish: String,
    /// Grams.
    pub(crate) grams: Option<String>,
    /// The box.
    pub(crate) box_no: Option<String>,
    /// What is known of it.
    pub(crate) state: SampleState,
    /// How long it must still be kept, as far as this device can prove, in ms.
    pub(crate) left_ms: i64,
    /// When it may go, in this device's checked time.
    pub(crate) ready_at: Option<UtcMillis>,
    /// Whether a food incident holds it.
    pub(crate) is_sealed: bool,
}

/// The sample that an id or a code names.
///
/// # Errors
/// `bad-arguments` for a code that is none, and one of another school; `not-found` for a sample that is not here or not seen.
pub(crate) fn sample_of(
    app: &App,
    campus: &Campus,
    id: Option<Uuid>,
    code: Option<&str>,
) -> Result<ScannedSample, CommandError> {
    let label = code.map(str::parse::<SampleLabel>);
    let id = match (id, label, code) {
        (Some(id), ..) => id,
        (None, Some(Ok(label)), _) => {
            if campus.id.is_some_and(|campus| campus != label.campus) {
                return Err(CommandError::bad_argument("label", "this is the label of another school")
                    .detail("rule", "other-campus"));
            }
            return match found(app, campus, label.sample)? {
                Some(found) => known(app, campus, found),
                None => by_label(app, &label),
            };
        }
        (None, Some(Err(BadLabel::NoLabel)), Some(code)) => by_short(app, campus, code)?,
        (None, Some(Err(error)), _) => return Err(CommandError::bad_argument("label", error)),
        _ => return Err(CommandError::bad_argument("sample", "name the sample or its label")),
    };
    let found = found(app, campus, id)?.ok_or_else(|| CommandError::not_found("there is no such sample here"))?;
    known(app, campus, found)
}

/// The record of a sample, where it is here and seen.
fn found(app: &App, campus: &Campus, id: Uuid) -> Result<Option<ListedRecord>, CommandError> {
    let Some(samples) = register("food_sample") else { return Ok(None) };
    let viewer = Viewer::here(app, campus)?;
    let found = app.store().find_one(RecordId(id))?.filter(|found| found.kind == samples.kind);
    match found {
        Some(found) if !facts_of(samples, &found).grant(&viewer, samples, Right::See) => {
            Err(CommandError::not_found("there is no such sample here"))
        }
        found => Ok(found),
    }
}

fn known(app: &App, campus: &Campus, found: ListedRecord) -> Result<ScannedSample, CommandError> {
    if found.stage.as_deref() == Some(VOID) {
        return Err(CommandError::new(wire::ProblemType::Void, "the sample is void").field("sample"));
    }
    let id = found.id;
    let box_no = crate::document::text(&found.doc, "box_no").map(str::to_owned);
    let of = sample_row(app, found).ok_or_else(|| CommandError::not_found("the sample cannot be read"))?;
    let row: &Sample = &of.row;
    let disposals = disposals_of_sample(app, campus, id)?;
    let seals: Vec<_> = seals::of_food(app, campus)?.iter().map(seals::Seal::hold).collect();
    let held = app.store().held(&[id])?.remove(&id).map(|held| Held { first: held.since, counted_ms: held.counted_ms });
    let clock = sample_clock(row, &disposals, &seals, held.as_ref(), &now(app));
    Ok(ScannedSample {
        id: id.0,
        is_known: true,
        dish: row.dish_name.clone(),
        grams: row.grams.map(|grams| grams.to_string()),
        box_no,
        state: clock.state,
        left_ms: clock.left_ms,
        ready_at: clock.ready_at,
        is_sealed: seals.iter().any(|seal| seal.is_open && seal.is_about(row)),
    })
}

/// A tablet that never got the record counts from the label.
fn by_label(app: &App, label: &SampleLabel) -> Result<ScannedSample, CommandError> {
    let now: Moment = now(app);
    let proved = proved_age(&label.moment(), None, &now);
    let left_ms = keep_ms(label.keep_h).saturating_sub(proved).max(0);
    Ok(ScannedSample {
        id: label.sample,
        is_known: false,
        dish: label.dish.clone(),
        grams: label.grams.map(|grams| grams.to_string()),
        box_no: None,
        state: if left_ms == 0 { SampleState::Ready } else { SampleState::Waiting },
        left_ms,
        ready_at: ready_at(proved, label.keep_h, &now),
        is_sealed: false,
    })
}

/// The one sample of the last days that a short code may mean.
fn by_short(app: &App, campus: &Campus, code: &str) -> Result<Uuid, CommandError> {
    let Some(samples) = register("food_sample") else { return Err(CommandError::not_found("no samples")) };
    let today = business_date(now(app).at, campus.calendar.zone, Shift::Day);
    let from = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today).to_string();
    let until = today.succ_opt().unwrap_or(today).to_string();
    let scopes = scopes(campus, samples);
    let listing = Listing {
        kind: &samples.kind,
        scopes: &scopes,
        days: Some((&from, &until)),
        order: Order::NewestFirst,
        limit: MOST,
        ..Listing::default()
    };
    let rows: Vec<Sample> = app
        .store()
        .find(&listing)?
        .into_iter()
        .filter(|found| found.stage.as_deref() != Some(VOID))
        .filter_map(|found| sample_row(app, found).map(|of| of.row))
        .collect();
    let meant = domain::meal::samples_by_short(code, &rows);
    match meant[..] {
        [one] => Ok(one.id),
        [] => Err(CommandError::bad_argument(
            "label",
            "this is neither a label nor the short code of a sample that is here",
        )),
        _ => {
            let several = "several samples have this short code; choose one";
            let ids: Vec<Uuid> = meant.iter().map(|sample| sample.id).collect();
            Err(CommandError::bad_argument("label", several)
                .detail("samples", ids)
                .detail("short", short_code(meant[0].id)))
        }
    }
}
