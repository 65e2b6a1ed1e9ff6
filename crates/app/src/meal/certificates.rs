//! Health certificates of the kitchen's people, beside their checks.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::register::{Tone, register, tone_of_days};
use replica::Listing;
use uuid::Uuid;

use super::making::Making;
use super::reading::id_in;
use crate::document::text;
use crate::entry::scopes;
use crate::error::CommandError;

/// A kitchen has no more of them on file.
const MOST: u64 = 5_000;

/// Until when the certificate of each person holds that ends last, for who sees those; none for anybody else.
pub(super) fn certificates(making: &Making<'_>) -> Result<Option<BTreeMap<Uuid, NaiveDate>>, CommandError> {
    let Some(kept) = register("health_certificate").filter(|kept| making.viewer.sees_by_role(kept)) else {
        return Ok(None);
    };
    let scopes = scopes(&making.meal.key.campus, kept);
    let listing = Listing { kind: &kept.kind, scopes: &scopes, stages: &["filed"], limit: MOST, ..Listing::default() };
    let mut ends: BTreeMap<Uuid, NaiveDate> = BTreeMap::new();
    for found in making.app.store().find(&listing)? {
        let end = text(&found.doc, "valid_to").and_then(|day| day.parse().ok());
        let Some((person, end)) = id_in(&found.doc, "person").zip(end) else { continue };
        let last = ends.entry(person).or_insert(end);
        *last = (*last).max(end);
    }
    Ok(Some(ends))
}

/// How a certificate stands on the day of the meal: `valid`, `soon`, `ended`, or `unseen` where none is here. An unchecked clock ends
/// none on a day that nobody named.
pub(super) fn standing(making: &Making<'_>, end: Option<NaiveDate>) -> &'static str {
    let key = &making.meal.key;
    let Some(end) = end else { return "unseen" };
    match tone_of_days(end.signed_duration_since(key.date).num_days(), &key.campus.settings).0 {
        Tone::Over if key.is_day_checked => "ended",
        Tone::Over | Tone::Now | Tone::Near | Tone::Soon => "soon",
        _ => "valid",
    }
}
