//! Findings that follow from several rows, such as all readings of one dish: which rows these are, and when a retest has put it right.

use std::collections::BTreeSet;

use causal::RecordId;
use domain::finding::{Finding, StateName};
use domain::register::{Register, Warning, standing};
use replica::Save;
use serde_json::Value;

use super::earlier::of_one;
use super::finding::Change;
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, field};
use crate::error::CommandError;
use crate::finding::KIND;

/// Where a finding names a row that it follows from: `causes/<row>`.
const CAUSES: &str = "causes/";
/// One meal has no more readings that anybody would look through.
const MOST: u64 = 500;

/// The path under which a finding names one of its rows.
pub(super) fn path(row: RecordId) -> String {
    format!("{CAUSES}{row}")
}

/// The rows that a finding follows from, as it names them.
pub(crate) fn rows(finding: &Document) -> Vec<RecordId> {
    let named = finding.iter().filter(|(_, value)| !value.is_null());
    named.filter_map(|(path, _)| path.strip_prefix(CAUSES)?.parse().ok().map(RecordId)).collect()
}

/// 现场已改: the saves for findings that a row puts right which breaks no limit itself and names the rows that it measures again.
///
/// Each row that a finding follows from and that counts must be named by such a row: two pots are measured again each by itself. A
/// finding on which people have taken a step is theirs.
pub(super) fn put_right(
    app: &App,
    register: &Register,
    campus: &Campus,
    change: Change<'_>,
    warnings: &[Warning],
) -> Result<Vec<Save>, CommandError> {
    let Some(name) = again(register) else { return Ok(Vec::new()) };
    let named = ids(change.after, name);
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let mut saves = Vec::new();
    for warn in &register.warns {
        let Some((cause, id)) = warn.cause.as_ref().and_then(|cause| Some((cause, cause.finding_id(change.after)?)))
        else {
            continue;
        };
        if warnings.iter().any(|warning| warning.code == warn.code) {
            continue;
        }
        let Some(held) = app.store().get(RecordId(id))?.filter(|held| &*held.record.kind == KIND) else { continue };
        let document = domain::reading::read(KIND, &held.record.state);
        let finding = Finding::read(&document);
        let is_untouched = finding.steps.iter().all(|step| step.is_auto);
        if !is_untouched || finding.state().state != StateName::Unassigned {
            continue;
        }
        let mut measured = named.clone();
        if let Some((by, value)) = cause.by.first().and_then(|by| Some((by, change.after.get(by)?.as_str()?))) {
            for row in of_one(app, campus, &register.kind, by, value, MOST)? {
                let is_good = !warn.when.holds(&row.doc, &campus.settings);
                measured.extend(is_good.then(|| ids(&row.doc, name)).into_iter().flatten());
            }
        }
        let counts = |row: &RecordId| -> Result<bool, CommandError> {
            let found = app.store().find_one(*row)?;
            Ok(found
                .is_none_or(|found| standing(&found.kind, &found.doc).stage.as_deref() != Some(domain::register::VOID)))
        };
        let mut is_left = false;
        for row in rows(&document) {
            is_left |= !measured.contains(&row.to_string()) && counts(&row)?;
        }
        if !is_left {
            saves.push(Save {
                id: Some(RecordId(id)),
                kind: KIND.to_owned(),
                seen: Some(held.version.clone()),
                only_if: Some(held.version),
                set: vec![field("corrected_on_spot", true)],
                by: app.by(),
                ..Save::default()
            });
        }
    }
    Ok(saves)
}

/// The field by which a row names the rows of its own register that it measures again.
fn again(register: &Register) -> Option<&str> {
    let is_own = |field: &&domain::register::Field| {
        !field.is_own && field.stored().and_then(|of| of.names()) == Some(register.kind.as_str())
    };
    register.fields.iter().find(is_own).map(|field| field.name.as_str())
}

fn ids(document: &Document, name: &str) -> BTreeSet<String> {
    let list = document.get(name).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}
