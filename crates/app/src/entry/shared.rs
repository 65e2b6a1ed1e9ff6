//! Findings that follow from several rows, such as all readings of one dish: which rows these are, and when a retest has put it right.

use std::collections::BTreeSet;

use causal::RecordId;
use domain::finding::{Finding, StateName};
use domain::register::{Clause, Condition, Register, VOID, Warn};
use replica::Save;
use serde_json::Value;

use super::earlier::of_one;
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
    after: &Document,
) -> Result<Vec<Save>, CommandError> {
    let Some(name) = again(register) else { return Ok(Vec::new()) };
    let named = ids(after, name);
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let mut saves = Vec::new();
    for warn in register.warns.iter().filter(|warn| is_good(warn, after, campus)) {
        let id = warn.cause.as_ref().and_then(|cause| cause.finding_id(after)).map(RecordId);
        let Some(held) = id.map(|id| app.store().get(id)).transpose()?.flatten() else { continue };
        let document = domain::reading::read(KIND, &held.record.state);
        if &*held.record.kind != KIND || !is_untouched(&document) {
            continue;
        }
        let mut measured = named.clone();
        measured.extend(measured_before(app, register, campus, after, (warn, name))?);
        if !is_left(app, &document, &measured)? {
            saves.push(Save {
                id: Some(held.record.id),
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

/// Whether a rule is about a row, by the words that it says, and the row keeps it.
fn is_good(warn: &Warn, document: &Document, campus: &Campus) -> bool {
    let words = warn.when.clauses.iter().filter(|clause| matches!(clause, Clause::Is(..))).cloned().collect();
    let is_about = Condition { clauses: words }.holds(document, &campus.settings);
    warn.cause.is_some() && is_about && !warn.when.holds(document, &campus.settings)
}

/// Whether people have left a finding alone, and it waits.
fn is_untouched(finding: &Document) -> bool {
    let finding = Finding::read(finding);
    finding.steps.iter().all(|step| step.is_auto) && finding.state().state == StateName::Unassigned
}

/// What other rows have measured again that keep the rule.
fn measured_before(
    app: &App,
    register: &Register,
    campus: &Campus,
    after: &Document,
    (warn, name): (&Warn, &str),
) -> Result<BTreeSet<String>, CommandError> {
    let by = warn.cause.as_ref().and_then(|cause| cause.by.first());
    let Some((by, value)) = by.and_then(|by| Some((by, after.get(by)?.as_str()?))) else { return Ok(BTreeSet::new()) };
    let rows = of_one(app, campus, &register.kind, by, value, MOST)?;
    let good = rows.iter().filter(|row| is_good(warn, &row.doc, campus));
    Ok(good.flat_map(|row| ids(&row.doc, name)).collect())
}

/// Whether a row that counts is a cause that nobody has measured again.
fn is_left(app: &App, finding: &Document, measured: &BTreeSet<String>) -> Result<bool, CommandError> {
    for row in rows(finding).into_iter().filter(|row| !measured.contains(&row.to_string())) {
        let found = app.store().find_one(row)?;
        if found.is_none_or(|found| found.stage.as_deref() != Some(VOID)) {
            return Ok(true);
        }
    }
    Ok(false)
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
