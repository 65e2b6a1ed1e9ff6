//! Conflicts in plain words: who wrote what, when, and on which device.

use causal::State;
use domain::answer::{Answer, validate_answer};
use domain::form::{Entry, Form, Status};
use domain::reading::{Conflict, conflicts};
use domain::template::Item;
use uuid::Uuid;

use crate::app::App;
use crate::dto::form::ConflictValue;
use crate::error::CommandError;
use crate::names::Names;
use crate::titles::{Language, answer_text, unit_of, value_text};

/// Knows which device is called what.
pub(crate) struct Describer {
    here: Uuid,
    here_name: Option<String>,
}

impl Describer {
    pub(crate) fn new(app: &App) -> Result<Self, CommandError> {
        Ok(Self {
            here: app.store().identity()?.replica.0,
            here_name: app.store().enrolment()?.map(|enrolment| enrolment.device_name),
        })
    }

    /// The values of one field, latest first; empty when they agree.
    ///
    /// For an answer `asked` is its form and item, so that each value is shown with its unit and judged.
    pub(crate) fn values(
        &self,
        names: &Names<'_>,
        kind: &str,
        field: &str,
        state: &State,
        asked: Option<(&Form<'_>, &Item)>,
    ) -> Vec<ConflictValue> {
        if state.siblings(field).nth(1).is_none() {
            return Vec::new();
        }
        let conflict = conflicts(kind, state).into_iter().find(|conflict| conflict.field == field);
        conflict.map_or(Vec::new(), |conflict| self.describe(names, &conflict, asked))
    }

    /// The values of a conflict, latest first.
    pub(crate) fn describe(
        &self,
        names: &Names<'_>,
        conflict: &Conflict,
        asked: Option<(&Form<'_>, &Item)>,
    ) -> Vec<ConflictValue> {
        let effective = causal::Value::from_json(&conflict.effective);
        let sides = conflict.siblings.iter().enumerate().map(|(index, side)| {
            let device = side.dots.first().map_or(Uuid::nil(), |dot| dot.replica.0);
            let figure = asked.and_then(|(_, item)| figure(item, &side.value));
            ConflictValue {
                index,
                value: side.value.clone(),
                text: in_words(asked, conflict, &side.value, Language::Zh),
                text_en: in_words(asked, conflict, &side.value, Language::En),
                unit: figure.as_ref().and_then(|(_, unit)| unit.clone()),
                figure: figure.map(|(figure, _)| figure),
                passed: asked.and_then(|(form, item)| passes(form, item, &side.value)),
                by: side.by.as_deref().map(|by| names.person(by)),
                at: side.at.0,
                device,
                device_name: (device == self.here).then(|| self.here_name.clone()).flatten(),
                is_here: device == self.here,
                counts: causal::Value::from_json(&side.value) == effective,
            }
        });
        sides.collect()
    }
}

fn in_words(
    asked: Option<(&Form<'_>, &Item)>,
    conflict: &Conflict,
    value: &serde_json::Value,
    language: Language,
) -> String {
    match asked {
        Some((_, item)) if !value.is_null() => answer_text(Some(item), value, language),
        _ => value_text(&conflict.field, value, language),
    }
}

/// Whether the item passes with this answer; none for what is not judged.
fn passes(form: &Form<'_>, item: &Item, result: &serde_json::Value) -> Option<bool> {
    let mut with = form.clone();
    with.set(&item.code, Entry { result: result.clone(), ..Entry::default() });
    let judgement = with.judge(item);
    (judgement.status == Status::Judged).then_some(!judgement.is_failed)
}

/// The one number of an answer with its unit; none for any other answer.
fn figure(item: &Item, result: &serde_json::Value) -> Option<(String, Option<String>)> {
    match validate_answer(item, result).ok()? {
        Answer::Measured(readings) => match &readings[..] {
            [only] => Some((only.value.to_string(), unit_of(item).map(str::to_owned))),
            _ => None,
        },
        Answer::Score(points) => Some((points.normalize().to_string(), None)),
        _ => None,
    }
}
