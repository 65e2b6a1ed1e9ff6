//! What a row says: its cells, its people, its acts.

use serde_json::Value;

use super::row::{Making, SourceRow};
use crate::correction::{Corrected, apply};
use crate::field::{Cell, Document, Language};
use crate::register::{Act, ActEntry, Field, FieldOf, FoldedRow, Habit, Vouch, fold, fold_corrected, saw};
use crate::sight::{Gone, Raw, Shown, ShownValue};

/// A row that was looked at.
pub(super) struct Read<'a> {
    /// The row.
    pub(super) row: &'a SourceRow,
    /// Its fields and acts as they count.
    pub(super) folded: FoldedRow,
    /// What the sheet shows of it.
    pub(super) shown: Shown,
    /// The digest of what somebody would sign now; none where it is not asked.
    pub(super) saw: Option<String>,
}

impl Making<'_> {
    /// A row as the sheet shows it.
    pub(super) fn read<'r>(&self, row: &'r SourceRow) -> (Read<'r>, Option<Corrected>) {
        let corrected = row.original.as_ref().map(|original| apply(&self.register.kind, original));
        let folded = match &corrected {
            Some(corrected) => fold_corrected(self.register, corrected),
            None => fold(self.register, &row.document),
        };
        let raw = Raw::new(self.register, &folded.document);
        let raw = row.gone.iter().fold(raw, |raw, (part, gone)| raw.without(part, *gone));
        let shown = self.sight.show(&raw);
        let saw = saw_of(&folded, corrected.as_ref().map(|corrected| &corrected.document));
        (Read { row, folded, shown, saw }, corrected)
    }

    /// The cell of a field.
    pub(super) fn field(&self, read: &Read<'_>, field: &Field) -> Cell {
        let of = |zh: &str, en: &str| Cell::Text(self.speech.language.of(zh, en).to_owned());
        match read.shown.fields.get(&field.name) {
            Some(ShownValue::Masked { shown, .. }) => Cell::Text(shown.clone()),
            Some(ShownValue::Gone(Gone::Keep)) => of("已按期删除", "deleted when its time was over"),
            Some(ShownValue::Gone(Gone::Hold)) => of("不在本机", "not on this device"),
            Some(ShownValue::Whole(value)) => self.whole(read, field, value),
            None => match &field.of {
                FieldOf::Previous { field: of, .. } => self.earlier(read, field, of),
                FieldOf::Hook { habit, .. } => self.worked(read, field, *habit),
                _ => Cell::Empty,
            },
        }
    }

    fn whole(&self, read: &Read<'_>, field: &Field, value: &Value) -> Cell {
        let called = field.stored().and_then(|of| of.refers()).and_then(|_| {
            let name = read.folded.document.get(&format!("{}_as", field.name))?.as_str()?;
            (value.is_string() && !name.is_empty()).then(|| Cell::Text(name.to_owned()))
        });
        match (called, field.stored()) {
            (Some(called), _) => called,
            (None, Some(of)) => of.cell(value, &self.speech),
            (None, None) => number(value),
        }
    }

    /// What the row before said; it has the sight of the field that it shows.
    fn earlier(&self, read: &Read<'_>, field: &Field, shown: &str) -> Cell {
        let is_seen = self.sight.sees_whole(self.register, shown) && self.sight.sees_whole(self.register, &field.name);
        let value = read.row.earlier.iter().find(|(name, _)| *name == field.name).filter(|_| is_seen);
        match (value, self.register.field(shown).and_then(Field::stored)) {
            (Some((_, value)), Some(of)) => of.cell(value, &self.speech),
            (Some((_, value)), None) => number(value),
            (None, _) => Cell::Empty,
        }
    }

    /// What a hook says of the row; it has the sight of its own field.
    fn worked(&self, read: &Read<'_>, field: &Field, habit: &dyn Habit) -> Cell {
        let is_seen = self.sight.sees_whole(self.register, &field.name);
        let value = read.row.earlier.iter().find(|(name, _)| *name == field.name).filter(|_| is_seen);
        value.map_or(Cell::Empty, |(_, value)| habit.cell(value, self.speech.language))
    }

    /// The cell of an act: who did it and when, and what was asked for, once for each time that it counts.
    pub(super) fn act(&self, read: &Read<'_>, act: &Act) -> Cell {
        let done: Vec<String> = read.folded.applied(&act.code).map(|entry| self.entry(read, act, entry)).collect();
        if done.is_empty() { Cell::Empty } else { Cell::Text(done.join(self.speech.language.of("；", "; "))) }
    }

    fn entry(&self, read: &Read<'_>, act: &Act, entry: &ActEntry) -> String {
        let language = self.speech.language;
        let mut words: Vec<String> = entry.by.iter().map(|by| self.person(by)).collect();
        words.push(entry.at.local(self.speech.zone).format("%m-%d %H:%M").to_string());
        let asked = act.asks.iter().filter(|ask| ask.of.code() != "SIG").filter_map(|ask| {
            let value = ask.of.gather(&ask.name, &entry.set).filter(|value| ask.of.is_well_typed(value))?;
            Some(ask.of.say(&value, &self.speech))
        });
        words.extend(asked);
        if act.asks.iter().any(|ask| ask.of.code() == "SIG" && entry.set.contains_key(&ask.name)) {
            words.push(language.of("已签", "signed").to_owned());
        }
        if entry.vouch == Some(Vouch::None) {
            words.push(language.of("未核验", "not verified").to_owned());
        }
        let has_changed = entry.saw.as_ref().zip(read.saw.as_ref()).is_some_and(|(then, now)| then != now);
        if has_changed {
            words.push(language.of("签字后有改动", "changed since").to_owned());
        }
        words.join(" ")
    }

    /// What a person is called.
    pub(super) fn person(&self, id: &str) -> String {
        let unknown = || self.speech.language.of("本机没有", "not on this device").to_owned();
        (self.speech.name)("person", id).unwrap_or_else(unknown)
    }

    /// Who wrote a row down.
    pub(super) fn author(&self, read: &Read<'_>) -> Option<String> {
        let by = read.folded.document.get("created")?.get("by")?.as_str()?;
        Some(self.person(by))
    }

    /// The stage of a row.
    pub(super) fn stage(&self, read: &Read<'_>) -> Cell {
        let stage = self.register.stage(&read.folded.stage);
        stage.map_or(Cell::Empty, |stage| {
            Cell::Text(if self.speech.language == Language::Zh { stage.zh.clone() } else { stage.en.clone() })
        })
    }
}

/// A number that was worked out.
fn number(value: &Value) -> Cell {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.parse().map_or(Cell::Text(text), Cell::Number)
}

/// What somebody would sign now, where an act of the row says what its author saw.
fn saw_of(folded: &FoldedRow, corrected: Option<&Document>) -> Option<String> {
    let is_asked = folded.acts.iter().any(|(entry, _)| entry.saw.is_some());
    corrected.filter(|_| is_asked).map(saw)
}
