//! Taking an answer back.

use std::collections::BTreeMap;

use causal::Seen;
use domain::form::{AffectedItem, affected};
use domain::inspection::Stage;
use replica::{Beside, Save};
use serde_json::Map;
use wire::ProblemType;

use super::holder::Holder;
use super::place::Place;
use super::save::{changed, with_results};
use super::undo::{self as memory, Undo};
use super::{pending, photo};
use crate::app::App;
use crate::document::field;
use crate::dto::change::FormChange;
use crate::error::CommandError;

/// What is taken back.
pub(crate) enum Taken<'a> {
    /// The last answer to an item.
    Answer(&'a str),
    /// A photo of an item, by its SHA-256.
    Photo(&'a str, &'a str),
    /// All that "rest is fine" filled in a section.
    Section(&'a str),
}

/// Takes back the last answer that this device gave, or a photo; `seen` grows by the undo alone.
///
/// # Errors
/// `already-submitted`, `not-found`, or `nothing-to-undo` where nothing of whoever works still stands; nothing has changed then.
pub(crate) fn take_back(
    app: &App,
    holder: &impl Holder,
    taken: &Taken<'_>,
    seen: Option<&str>,
) -> Result<FormChange, CommandError> {
    let place = holder.place();
    if place.stage != Stage::Open {
        let message = "the form was submitted; what stands in it is corrected, and not taken back";
        return Err(CommandError::new(ProblemType::AlreadySubmitted, message));
    }
    let undos = match taken {
        Taken::Photo(item, blob) => return photo::take_back(app, holder, item, blob, seen),
        Taken::Answer(item) => {
            place.item(item)?;
            memory::of(app, place, item)?.map(|undo| vec![((*item).to_owned(), undo)]).unwrap_or_default()
        }
        Taken::Section(section) => {
            let is_of_section = |(_, undo): &(String, Undo)| undo.section.as_deref() == Some(*section);
            memory::all(app, place)?.into_iter().filter(is_of_section).collect()
        }
    };
    let own = |undo: &Undo| undo.by.as_deref() == app.by().as_deref();
    let undos: Vec<(String, Undo)> =
        undos.into_iter().filter(|(code, undo)| own(undo) && undo.stands(place, code)).collect();
    if undos.is_empty() {
        let message = "there is no answer of this person on this device that still stands";
        return Err(CommandError::new(ProblemType::NothingToUndo, message).field("item"));
    }
    let seen = seen.unwrap_or(&place.version);
    let seen = seen.parse().map_err(|error| CommandError::bad_argument("seen", error))?;
    take_answers(app, holder, seen, &undos)
}

/// One save for each answer that is taken back, of the values before: it covers what the answer had covered, and the answer
/// itself, and nothing that arrived since.
fn take_answers(
    app: &App,
    holder: &impl Holder,
    mut seen: Seen,
    undos: &[(String, Undo)],
) -> Result<FormChange, CommandError> {
    let place = holder.place();
    let affected = affected_by(place, undos);
    let mut beside = Beside {
        waiting: affected.iter().map(|affected| pending::wait(app, place, affected)).collect(),
        ..Beside::default()
    };
    let mut saves: BTreeMap<&str, Save> = BTreeMap::new();
    let mut values = Map::new();
    for (code, undo) in undos {
        beside.settings.push(memory::forget(place, code));
        values.insert(code.clone(), undo.written.clone());
        let save = saves.entry(&undo.seen).or_insert_with(|| Save {
            id: Some(place.record),
            kind: place.kind.to_owned(),
            seen: Some(undo.seen.clone()),
            by: app.by(),
            ..Save::default()
        });
        save.set.extend(undo.before.iter().map(|(part, value)| field(place.field(code, part), value.clone())));
    }
    let mut saves: Vec<Save> = saves.into_values().collect();
    // The first of them makes the version another one.
    if let Some(first) = saves.first_mut() {
        first.only_if = Some(place.version.clone());
    }
    let saved = app.store().save_beside(saves, |_| beside)?;
    saved.iter().for_each(|saved| seen.add_dot(saved.dot));
    let codes: Vec<&str> = undos.iter().map(|(code, _)| code.as_str()).collect();
    changed(app, holder, seen.to_string(), &codes, values)
}

/// The items whose findings may have to change by the undo.
///
/// What comes back is the answer of before, so nothing has failed again by it.
fn affected_by(place: &Place, undos: &[(String, Undo)]) -> Vec<AffectedItem> {
    let form = place.form();
    let results = undos.iter().map(|(code, undo)| {
        let result = undo.before.iter().find(|(part, _)| part == "result");
        (code.as_str(), result.map(|(_, value)| value.clone()).unwrap_or_default())
    });
    let after = with_results(&form, results);
    let codes: Vec<&str> = undos.iter().map(|(code, _)| code.as_str()).collect();
    let affected = affected(&form, &after, &codes).into_iter();
    affected.map(|affected| AffectedItem { failed_again: false, ..affected }).collect()
}
