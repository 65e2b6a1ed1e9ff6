//! Corrections as foot notes: what was written first stays readable beside what counts.

use super::row::Making;
use super::shape::{Footnote, printed};
use super::words::Read;
use crate::correction::{Corrected, CorrectedField};
use crate::field::Document;
use crate::register::Field;
use crate::sight::{ShownValue, View};

/// The foot notes of a row, one for each field that was corrected and stands on the sheet.
pub(super) fn footnotes(making: &Making<'_>, row: usize, read: &Read<'_>, corrected: &Corrected) -> Vec<Footnote> {
    let mut notes: Vec<Footnote> = Vec::new();
    for (path, field) in corrected.fields.iter().filter(|(_, field)| !field.standing.is_empty()) {
        let Some(declared) = making.register.field_at(path) else { continue };
        if notes.iter().all(|note| note.column != declared.name) {
            notes.extend(footnote(making, row, read, declared, field));
        }
    }
    notes
}

fn footnote(
    making: &Making<'_>,
    row: usize,
    read: &Read<'_>,
    field: &Field,
    corrected: &CorrectedField,
) -> Option<Footnote> {
    let last = corrected.standing.iter().max_by_key(|correction| correction.at)?;
    let original = read.row.original.as_ref().map(|original| words(making, field, original)).unwrap_or_default();
    let is_seen = making.sight.field(field) == View::Whole;
    Some(Footnote {
        row,
        column: field.name.clone(),
        original,
        value: printed(&making.field(read, field)),
        // A reason may repeat what the mask hides.
        reason: last.reason.clone().filter(|_| is_seen),
        by: last.by.as_deref().map(|by| making.person(by)),
        at: last.at.local(making.speech.zone).format("%Y-%m-%d %H:%M").to_string(),
        is_contested: corrected.is_contested,
    })
}

/// What a document said in a field, as the sheet may show it.
fn words(making: &Making<'_>, field: &Field, document: &Document) -> String {
    let empty = || making.speech.language.of("空", "empty").to_owned();
    let Some(of) = field.stored() else { return empty() };
    match of.gather(&field.name, document).map(|value| making.sight.show_value(field, &value)) {
        Some(ShownValue::Whole(value)) => of.say(&value, &making.speech),
        Some(ShownValue::Masked { shown, .. }) => shown,
        Some(ShownValue::Gone(_)) | None => empty(),
    }
}
