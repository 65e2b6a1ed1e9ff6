//! Conflicts in plain words.

use std::collections::BTreeMap;

use domain::form::{AnswerField, Form, PlaceName};
use domain::kind::Rule;
use domain::reading::{Conflict, conflicts, read};
use domain::register::register;
use domain::template::{AnswerType, Item};
use replica::Reading;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::merged::{MergedView, merged};
use super::record::{PIN, check_rights, load_seen, places_of};
use crate::app::App;
use crate::called;
use crate::conflict::Describer;
use crate::document::MOST_OF_A_TEXT;
use crate::dto::form::{ConflictValue, ItemShape};
use crate::entry::look::Look;
use crate::error::CommandError;
use crate::form::place::Place;
use crate::form::shape::shape;
use crate::names::Names;
use crate::sight::access;
use crate::titles::{Language, Title, field_label, title};

/// Arguments of `conflict.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// All conflicts of this record, those that ask nobody included.
    #[serde(default)]
    id: Option<Uuid>,
    /// How many records, 1 to 1,000; 200 when left out.
    #[serde(default)]
    limit: Option<u64>,
}

/// The conflicts.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Conflicts {
    /// The conflicts, by record, the oldest record first.
    conflicts: Vec<ConflictView>,
    /// What was merged without asking anybody, of the one record that was asked for; empty otherwise.
    merged: Vec<MergedView>,
}

/// One field that people saved differently.
#[derive(Debug, Serialize, JsonSchema)]
struct ConflictView {
    /// The record.
    id: Uuid,
    /// Its kind.
    kind: String,
    /// The kind in Chinese.
    kind_zh: &'static str,
    /// The campus.
    scope: Option<Uuid>,
    /// What people call the record.
    title: String,
    /// The same in English; null where that is the same.
    title_en: Option<String>,
    /// Give it back as `seen` with the decision.
    version: String,
    /// The field; `_deleted` when somebody deleted the record and somebody else wrote to it meanwhile.
    field: String,
    /// What people call the field.
    label: String,
    /// The same in English.
    label_en: String,
    /// Whether a person is asked; if not, the values are listed as merged.
    asks: bool,
    /// What readers take meanwhile, and so why the value that counts does.
    rule: Rule,
    /// Whether the values are texts that can be joined into one.
    joinable: bool,
    /// Them joined, the oldest first; null where they cannot be.
    joined: Option<String>,
    /// The item, for the result of an answer: how it is asked, with its limits.
    item: Option<ItemShape>,
    /// Whether the person who works may settle it.
    may_resolve: bool,
    /// The values, latest first.
    values: Vec<ConflictValue>,
}

/// Everything that the conflicts of one record are shown with.
struct Page<'a> {
    names: &'a Names<'a>,
    describer: &'a Describer,
    reading: &'a Reading,
    title: Title,
    may_resolve: bool,
    look: Look,
    app: &'a App,
}

pub(super) fn list(app: &App, arguments: List) -> Result<Conflicts, CommandError> {
    let limit = crate::dto::page::checked_limit(arguments.limit)?;
    let records = match arguments.id {
        Some(id) => vec![load_seen(app, id)?],
        None => app.store().asking(&access(app)?, limit)?,
    };
    let (names, describer) = (Names::new(app), Describer::new(app)?);
    let mut views = Vec::new();
    // Nobody chooses between two hashes.
    for reading in records.iter().filter(|reading| &*reading.record.kind != PIN) {
        let record = &reading.record;
        let document = read(&record.kind, &record.state);
        let page = Page {
            names: &names,
            describer: &describer,
            reading,
            title: match register(&record.kind) {
                Some(_) => called::of_record(app, &names, record.id, &record.kind)?,
                None => title(&names, &record.kind, &document),
            },
            may_resolve: check_rights(app, record).is_ok(),
            look: Look::at(app, record)?,
            app,
        };
        let mut wanted = conflicts(&record.kind, &record.state);
        wanted.retain(|conflict| conflict.asks || arguments.id.is_some());
        let places = places_of(app, record, &wanted)?;
        views.extend(wanted.iter().map(|conflict| page.view(conflict, &places)));
    }
    let merged = match (&arguments.id, &records[..]) {
        (Some(_), [only]) if register(&only.record.kind).is_none() => {
            merged(&names, &only.record, &Look::at(app, &only.record)?)
        }
        _ => Vec::new(),
    };
    Ok(Conflicts { conflicts: views, merged })
}

impl Page<'_> {
    /// A conflict; an answer with its item, by the place where it was given.
    fn view(&self, conflict: &Conflict, places: &BTreeMap<PlaceName, Place>) -> ConflictView {
        let record = &self.reading.record;
        let field = AnswerField::parse(&conflict.field).filter(|field| field.part == "result");
        let place = field.as_ref().and_then(|field| places.get(&field.place));
        let form = place.map(Place::form);
        let item = place.zip(field.as_ref()).and_then(|(place, field)| place.item(field.code).ok());
        let asked = form.as_ref().zip(item);
        let is_whole = self.look.is_whole(&conflict.field);
        let joined = joined(&record.kind, conflict, asked.map(|(_, item)| &item.answer)).filter(|_| is_whole);
        let label = self.look.label(&conflict.field);
        ConflictView {
            id: record.id.0,
            kind: record.kind.to_string(),
            kind_zh: register(&record.kind).map_or(domain::kind::kind(&record.kind).zh, |register| &register.zh),
            scope: record.scope,
            title: self.title.zh.clone(),
            title_en: self.title.en.clone(),
            version: self.reading.version.clone(),
            field: conflict.field.clone(),
            label_en: label
                .as_ref()
                .map_or_else(|| field_label(&conflict.field, Language::En), |label| label.english().to_owned()),
            label: label.map_or_else(|| field_label(&conflict.field, Language::Zh), |label| label.zh),
            asks: conflict.asks,
            rule: conflict.rule,
            joinable: joined.is_some(),
            joined,
            item: asked.map(|(form, item)| shape(form, item)),
            may_resolve: self.may_resolve && is_whole,
            values: self.values(conflict, asked),
        }
    }

    /// The values, each as the person sees it.
    fn values(&self, conflict: &Conflict, asked: Option<(&Form<'_>, &Item)>) -> Vec<ConflictValue> {
        let mut values = self.describer.describe(self.names, conflict, asked);
        for value in &mut values {
            if let Some((shown, words)) = self.look.value(self.app, self.names, &conflict.field, &value.value) {
                words.english().clone_into(&mut value.text_en);
                value.text = words.zh;
                value.value = shown;
            }
        }
        values
    }
}

/// The texts of a conflict as one, the oldest first; none where they are no words of people, or too long together.
fn joined(kind: &str, conflict: &Conflict, answer: Option<&AnswerType>) -> Option<String> {
    let is_words = match answer {
        Some(answer) => *answer == AnswerType::Text,
        None => domain::kind::kind(kind).field(&conflict.field).is_searchable && !conflict.field.ends_with("name"),
    };
    let texts: Vec<&str> = conflict.siblings.iter().rev().filter_map(|side| side.value.as_str()).collect();
    let all_text = conflict.siblings.iter().all(|side| matches!(side.value, Value::String(_) | Value::Null));
    let joined = texts.join("；");
    let fits = joined.chars().count() <= MOST_OF_A_TEXT;
    (is_words && all_text && texts.len() > 1 && fits).then_some(joined)
}
