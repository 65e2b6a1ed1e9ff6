//! NOTES: what several people write down one after the other.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::text::words;
use super::types::{Document, FieldType, Pattern, Speech, Typing};
use crate::kind::Rule;
use crate::time::UtcMillis;

/// `NOTES`: entries `{text, by, at}` at `<name>/<id>`; they are added and never changed.
#[derive(Debug)]
pub(super) struct Notes;

/// The longest note.
const LONGEST: usize = 1_000;

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    match declaration.is_bare() {
        true => Ok(Box::new(Notes)),
        false => Err(TypeError::new(declaration.whole, "NOTES takes no arguments")),
    }
}

fn read(note: &Value) -> Option<(UtcMillis, &str)> {
    let text = note.get("text")?.as_str()?;
    Some((UtcMillis(note.get("at")?.as_i64()?), text))
}

impl FieldType for Notes {
    fn code(&self) -> &'static str {
        "NOTES"
    }

    fn declared(&self) -> String {
        "NOTES".to_owned()
    }

    /// One note more.
    fn take(&self, name: &str, typed: &Value, typing: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let text = words(typed, 1, LONGEST)?;
        let note = json!({"text": text, "by": typing.me, "at": typing.now});
        Ok(vec![(format!("{name}/{}", (typing.fresh)()), note)])
    }

    /// All notes, oldest first.
    fn gather(&self, name: &str, document: &Document) -> Option<Value> {
        let id = |path: &str| path.strip_prefix(name).and_then(|rest| rest.strip_prefix('/')).map(str::to_owned);
        let mut notes: Vec<(Option<UtcMillis>, String, &Value)> = document
            .iter()
            .filter(|(_, note)| !note.is_null())
            .filter_map(|(path, note)| Some((read(note).map(|(at, _)| at), id(path)?, note)))
            .collect();
        notes.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let notes: Vec<Value> = notes.into_iter().map(|(.., note)| note.clone()).collect();
        (!notes.is_empty()).then_some(Value::Array(notes))
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        value.as_array().is_some_and(|notes| notes.iter().all(|note| read(note).is_some()))
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        let said = |note: &Value| {
            let (at, text) = read(note)?;
            Some(format!("{} {text}", at.local(speech.zone).format("%m-%d %H:%M")))
        };
        let unreadable = || super::types::say_unreadable(speech);
        let notes = value.as_array().map(Vec::as_slice).unwrap_or_default();
        notes.iter().map(|note| said(note).unwrap_or_else(unreadable)).collect::<Vec<_>>().join("\n")
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        super::types::by(a, b, |value| value.as_array().map(Vec::len))
    }

    fn paths(&self) -> Vec<Pattern> {
        Pattern::below("/*", Rule::Latest, true)
    }
}
