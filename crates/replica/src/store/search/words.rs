//! What a record is found by.

use std::borrow::Cow;

use causal::Record;
use domain::kind::{self, Class};
use domain::register::register;
use domain::sight::KindSight;
use domain::template::{self, TemplateRef};
use uuid::Uuid;

use super::cut::{self, is_han_word};
use super::pinyin::syllables;
use super::token::{self, Entries};

/// Stands between clauses, so that no phrase reaches from one into the next.
const BREAK: &str = "0break0";
/// How many words stand on either side of a character whose other readings are written out: what people type as pinyin is
/// short, and half of the index was these runs when they were twice as long.
const WINDOW: usize = 3;
/// So many characters of a text can be found by pinyin; its words can be found to the end.
const MAX_SPELLED: usize = 4_000;
/// The end of a long number can be typed alone, such as the last digits of a telephone; so many at least.
const SHORTEST_END: usize = 4;
/// No longer end of a number is an entry of its own.
const LONGEST_END: usize = 10;

/// What the index holds for a record; two that are equal need no new entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Words {
    /// What stands in a list as its title, of every sibling.
    title: Vec<String>,
    /// What else the schema of its kind marks as text, of every sibling.
    text: Vec<String>,
    /// The records whose names stand in its title.
    named: Vec<Uuid>,
    /// Its kind.
    kind: String,
}

impl Words {
    /// Nothing for a deleted or purged record: whoever may not see it is not to find it.
    pub(in crate::store) fn of(record: &Record) -> Self {
        let mut words = Self::default();
        if record.state.is_deleted() || record.state.is_purged() {
            return words;
        }
        words.kind = record.kind.to_string();
        let kind = kind::kind(&record.kind);
        let is_title = |name: &&&str| {
            (kind.field(name).is_searchable || !kind.is_known())
                && !is_sealed(record, name)
                && !texts(record, name).is_empty()
        };
        let title = kind::TITLE_FIELDS.iter().find(is_title);
        match &*record.kind {
            "inspection" => words.add_inspection(record),
            _ => words.title.extend(title.iter().flat_map(|name| texts(record, name))),
        }
        for name in record.state.field_names().filter(|name| kind.field(name).is_searchable && !is_sealed(record, name))
        {
            if title.is_none_or(|title| *title != name) {
                words.text.extend(texts(record, name));
            }
        }
        words.add_corrections(record);
        words
    }

    /// What a correction puts in the place of a text can be found like that text, which stays readable and is found as well.
    fn add_corrections(&mut self, record: &Record) {
        let kind = kind::kind(&record.kind);
        for name in record.state.field_names().filter(|name| name.starts_with("corrections/")) {
            for entry in record.state.siblings(name) {
                let entry = entry.value.to_json();
                let field = entry.get("field").and_then(|field| field.as_str()).unwrap_or_default();
                if kind.field(field).is_searchable
                    && !is_sealed(record, field)
                    && let Some(value) = entry.get("value").and_then(|value| value.as_str())
                {
                    self.text.push(value.to_owned());
                }
            }
        }
    }

    /// An inspection is called by its template and its subject.
    fn add_inspection(&mut self, record: &Record) {
        for reference in texts(record, "template") {
            match reference.parse() {
                Ok(TemplateRef::Custom(id)) => self.named.push(id),
                Ok(built_in) => self.title.extend(template::find(&built_in).into_iter().flat_map(names_of)),
                Err(_) => {}
            }
        }
        for subject in texts(record, "subject") {
            match subject.parse() {
                Ok(id) => self.named.push(id),
                Err(_) => self.title.push(subject),
            }
        }
    }

    pub(in crate::store) fn is_empty(&self) -> bool {
        self.title.is_empty() && self.text.is_empty() && self.named.is_empty()
    }

    /// The tokens of the title, and all others.
    pub(in crate::store) fn tokens(&self) -> [String; 2] {
        let mut title = Entries::default();
        enter_text(&self.title.join("\n"), &mut title);
        self.named.iter().for_each(|id| title.push("", &token::record(*id)));
        let mut rest = Entries::default();
        enter_text(&self.text.join("\n"), &mut rest);
        end_clause(&mut rest);
        rest.push("", &token::kind(&self.kind));
        if kind::kind(&self.kind).class == Class::Master {
            rest.push("", token::MASTER);
        }
        [title.into_text(), rest.into_text()]
    }
}

/// Whether not everybody who sees the record sees the field: then nobody finds the record by it.
fn is_sealed(record: &Record, path: &str) -> bool {
    let Some(register) = register(&record.kind) else {
        let base = path.split('/').next().unwrap_or(path);
        let kind = KindSight::of(&record.kind);
        return kind.is_some_and(|kind| kind.masks.iter().any(|mask| mask.member.is_none() && mask.field == base));
    };
    register.field_at(path).is_some_and(|field| field.see.is_some() || field.part.is_some())
}

/// The texts of a field, of every sibling; an entry that somebody added to a list of notes says its own under `text`.
fn texts(record: &Record, field: &str) -> Vec<String> {
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => Some(text),
        entry => entry.get("text").and_then(|text| text.as_str()).map(str::to_owned),
    };
    record.state.siblings(field).filter_map(|sibling| text(sibling.value.to_json())).collect()
}

fn names_of(template: &template::Template) -> [String; 2] {
    [template.title.clone(), template.code.clone()]
}

/// The words of a text, and how they are spelled.
fn enter_text(text: &str, entries: &mut Entries) {
    let mut spelled = 0;
    for words in cut::clauses(text) {
        end_clause(entries);
        words.iter().for_each(|word| entries.push("", word));
        for end in words.iter().flat_map(|word| ends_of(word)) {
            end_clause(entries);
            entries.push("", end);
        }
        spelled += words.len();
        if spelled <= MAX_SPELLED && words.iter().any(|word| is_han_word(word)) {
            spell(&words, entries);
        }
    }
}

fn end_clause(entries: &mut Entries) {
    if !entries.is_empty() {
        entries.push("", BREAK);
    }
}

/// The ends of a long number.
fn ends_of(word: &str) -> impl Iterator<Item = &str> {
    let is_number = word.len() > SHORTEST_END && word.bytes().all(|byte| byte.is_ascii_digit());
    let lengths = if is_number { SHORTEST_END..word.len().min(LONGEST_END + 1) } else { 0..0 };
    lengths.map(|length| &word[word.len() - length..])
}

/// The clause as syllables and as initials, once with the usual reading of every character, and once around each other one.
fn spell(words: &[String], entries: &mut Entries) {
    let all: Vec<Vec<Cow<'_, str>>> = words.iter().map(|word| readings(word)).collect();
    let usual = |at: usize| &*all[at][0];
    (0..words.len()).for_each(|at| entries.push(token::SYLLABLE, usual(at)));
    (0..words.len()).for_each(|at| enter_initials(&words[at], usual(at), entries));
    for (position, others) in all.iter().enumerate() {
        let from = position.saturating_sub(WINDOW);
        let to = (position + WINDOW + 1).min(words.len());
        for other in &others[1..] {
            let around = |at: usize| if at == position { other } else { usual(at) };
            entries.push("", BREAK);
            (from..to).for_each(|at| entries.push(token::SYLLABLE, around(at)));
            if other.as_bytes().first() != usual(position).as_bytes().first() {
                entries.push("", BREAK);
                (from..to).for_each(|at| enter_initials(&words[at], around(at), entries));
            }
        }
    }
}

/// How a word may be read, the usual way first; what is no Han character is read as it stands.
fn readings(word: &str) -> Vec<Cow<'_, str>> {
    let mut readings = word.chars().next().filter(|_| is_han_word(word)).map(syllables).unwrap_or_default();
    if readings.is_empty() {
        readings.push(Cow::Borrowed(word));
    }
    readings
}

/// The initial of a Han character; every character of another word.
fn enter_initials(word: &str, reading: &str, entries: &mut Entries) {
    let most = if is_han_word(word) { 1 } else { usize::MAX };
    reading.chars().take(most).for_each(|initial| entries.push(token::INITIAL, initial.encode_utf8(&mut [0; 4])));
}
