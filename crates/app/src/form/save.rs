//! How answers are saved with what follows from them, and what a screen shows anew after that.

use domain::form::{AffectedItem, Entry, Form, affected};
use replica::{Beside, DraftKey, Save, Taken};
use serde_json::{Map, Value};

use super::holder::{Holder, ItemEntry};
use super::pending;
use super::place::Place;
use super::undo::{Undo, before, remember};
use super::view::{self, FormContext};
use crate::app::App;
use crate::document::{Fields, field};
use crate::dto::change::FormChange;
use crate::error::CommandError;
use crate::names::Names;

/// Saves answers, and in the same transaction what this device must remember: how to undo them, and whose findings wait.
///
/// `section` is the one that "rest is fine" fills.
///
/// # Errors
/// When they cannot be saved; nothing has changed then.
pub(crate) fn save_answers(
    app: &App,
    holder: &impl Holder,
    seen: Option<String>,
    written: &[ItemEntry],
    section: Option<&str>,
) -> Result<FormChange, CommandError> {
    let place = holder.place();
    let seen = seen.unwrap_or_else(|| place.version.clone());
    let mut set = Fields::new();
    for item in written {
        set.extend(item.parts.iter().map(|(part, value)| field(place.field(&item.code, part), value.clone())));
    }
    set.extend(holder.along(app)?);
    let affected = affected_by(place, written);
    let waiting = affected.iter().map(|affected| pending::wait(app, place, affected)).collect();
    let save = Save {
        id: Some(place.record),
        kind: place.kind.to_owned(),
        seen: Some(seen),
        only_if: Some(place.version.clone()),
        set,
        by: app.by(),
        ..Save::default()
    };
    let saved = app.store().save_beside(vec![save], |saved| {
        let version = saved.first().map(|saved| saved.version.as_str()).unwrap_or_default();
        let undos = written
            .iter()
            .filter_map(|item| Some(remember(place, &item.code, &undo_of(app, place, item, version, section)?)));
        Beside { settings: undos.collect(), waiting, taken: taken(app, place, written), ..Beside::default() }
    })?;
    let version = saved.into_iter().next().map(|saved| saved.version).unwrap_or_default();
    let is_answered = |item: &&ItemEntry| item.parts.iter().any(|(name, _)| name == "result");
    let undo = written.iter().filter(is_answered);
    let undo = undo.map(|item| (item.code.clone(), place.stored(&item.code, "result"))).collect();
    let codes: Vec<&str> = written.iter().map(|item| item.code.as_str()).collect();
    changed(app, holder, version, &codes, undo)
}

/// What was typed into the form and is no draft any more.
fn taken(app: &App, place: &Place, written: &[ItemEntry]) -> Option<Taken> {
    let typed = |item: &ItemEntry| {
        let parts = item.parts.iter().filter(|(part, _)| ["result", "note"].contains(&part.as_str()));
        let code = item.code.clone();
        parts
            .map(move |(part, value)| (ITEMS.to_owned(), code.clone(), part.clone(), value.clone()))
            .collect::<Vec<_>>()
    };
    let key = DraftKey { person: app.by()?.to_string(), form: place.draft()?, record: Some(place.record.to_string()) };
    Some(Taken { key, values: written.iter().flat_map(typed).collect() })
}

/// The field of a form's draft that holds what was typed, by item.
const ITEMS: &str = "items";

/// How to take an answer back; none for a note alone.
fn undo_of(app: &App, place: &Place, item: &ItemEntry, version: &str, section: Option<&str>) -> Option<Undo> {
    let (_, result) = item.parts.iter().find(|(name, _)| name == "result")?;
    let names: Vec<&str> = item.parts.iter().map(|(name, _)| name.as_str()).collect();
    Some(Undo {
        before: before(place, &item.code, &names),
        written: result.clone(),
        by: app.by().as_deref().map(str::to_owned),
        seen: version.to_owned(),
        section: section.map(str::to_owned),
    })
}

/// The items whose findings may have to change.
fn affected_by(place: &Place, written: &[ItemEntry]) -> Vec<AffectedItem> {
    let form = place.form();
    let results = written.iter().map(|item| {
        let (_, result) = item.parts.iter().find(|(name, _)| name == "result")?;
        Some((item.code.as_str(), result.clone()))
    });
    let after = with_results(&form, results.flatten());
    let codes: Vec<&str> = written.iter().map(|item| item.code.as_str()).collect();
    affected(&form, &after, &codes)
}

/// A form with other results; notes and photos stay as they are.
pub(crate) fn with_results<'f, 'c>(form: &Form<'f>, results: impl Iterator<Item = (&'c str, Value)>) -> Form<'f> {
    let mut after = form.clone();
    for (code, result) in results {
        let entry = form.entry(code).cloned().unwrap_or_default();
        after.set(code, Entry { result, ..entry });
    }
    after
}

/// What a form shows anew: the items of `codes` as they stand now. `undo` are the results before.
///
/// # Errors
/// When the form cannot be read any more.
pub(crate) fn changed<H: Holder>(
    app: &App,
    holder: &H,
    version: String,
    codes: &[&str],
    undo: Map<String, Value>,
) -> Result<FormChange, CommandError> {
    let holder = holder.anew(app)?;
    let place = holder.place();
    let names = Names::new(app);
    let around = FormContext::of(app, &names, place)?;
    let form = place.form();
    let missing = view::missing(&form);
    let items = form.items().filter(|item| codes.contains(&item.code.as_str()));
    Ok(FormChange {
        id: place.record.0,
        version,
        items: items.map(|item| view::item_view(place, &form, item, &missing, &around)).collect(),
        undo,
        score: view::score(&form),
        missing: missing.len(),
        next_gap: form.next_gap(codes.last().copied()).map(|gap| gap.item),
    })
}
