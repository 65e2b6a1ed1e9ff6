//! The columns of a register's paper, as its declaration gives them.

use super::shape::{ColumnKind, SheetColumn};
use crate::decimal::unit_en;
use crate::field::Language;
use crate::register::{Act, Field, FieldOf, Register};

/// A column, and what its cells are read from.
pub(super) struct Planned<'a> {
    /// The column.
    pub(super) column: SheetColumn,
    /// What its cells are read from.
    pub(super) from: From<'a>,
}

/// What cells are read from.
#[derive(Clone, Copy, Debug)]
pub(super) enum From<'a> {
    /// A field.
    Field(&'a Field),
    /// The entries of an act.
    Act(&'a Act),
    /// Who made the row.
    Author,
    /// The stage.
    Stage,
}

/// The columns: the day, then those of the list, what every row has, what some rows have, the acts, who wrote it down, and where it
/// stands. Digits of identity cards are on no paper.
pub(super) fn planned(register: &Register, language: Language) -> Vec<Planned<'_>> {
    let day = register.day.as_ref().map(|day| day.field.as_str());
    let mut names: Vec<&str> = day.into_iter().collect();
    names.extend(register.list.columns.iter().map(String::as_str));
    let is_always = |field: &&Field| field.needed.as_ref().is_some_and(|needed| needed.when.clauses.is_empty());
    names.extend(register.fields.iter().filter(is_always).map(|field| field.name.as_str()));
    let main = names.len();
    names.extend(register.fields.iter().filter(|field| !field.is_inner).map(|field| field.name.as_str()));
    let mut columns: Vec<Planned<'_>> = Vec::new();
    for (at, name) in names.into_iter().enumerate() {
        let is_known = columns.iter().any(|known| known.column.key == name);
        let field = register.field(name).filter(|field| field.stored().is_none_or(|of| of.code() != "LAST4"));
        if let Some(field) = field.filter(|_| !is_known) {
            columns.push(of_field(register, field, language, at < main));
        }
    }
    let signs = |name: &str| register.paper.as_ref().is_some_and(|paper| paper.sign.iter().any(|sign| sign == name));
    let tells = |act: &&Act| act.sets.is_empty() || !act.asks.is_empty() || signs(&act.code);
    for act in register.acts.iter().filter(tells) {
        let key = format!("act/{}", act.code);
        let column = text(key, language.of(&act.zh, &act.en), signs(&act.code), true);
        columns.push(Planned { column, from: From::Act(act) });
    }
    let column = text("by".to_owned(), language.of("记录人", "Recorded by"), true, true);
    columns.push(Planned { column, from: From::Author });
    if register.stages.len() > 2 {
        let column = text("stage".to_owned(), language.of("状态", "State"), true, false);
        columns.push(Planned { column, from: From::Stage });
    }
    columns
}

fn text(key: String, label: &str, is_main: bool, is_personal: bool) -> SheetColumn {
    SheetColumn { key, label: label.to_owned(), kind: ColumnKind::Text, is_main, is_personal }
}

fn of_field<'a>(register: &Register, field: &'a Field, language: Language, is_main: bool) -> Planned<'a> {
    let names_people =
        field.stored().is_some_and(|of| of.refers() == Some("person") || matches!(of.code(), "PHONE" | "SIG"));
    let column = SheetColumn {
        key: field.name.clone(),
        label: label(field, language),
        kind: kind(register, field),
        is_main,
        is_personal: names_people || field.see.is_some(),
    };
    Planned { column, from: From::Field(field) }
}

/// What a field is called, with its unit, since cells hold the number alone.
fn label(field: &Field, language: Language) -> String {
    let name = language.of(&field.zh, &field.en);
    let unit = match (&field.of, field.stored().and_then(|of| of.limits())) {
        (FieldOf::Span(..), _) => language.of("分钟", "min"),
        (FieldOf::Hook { habit, .. }, _) if habit.is_number() => habit.unit(),
        (_, Some(limits)) if language == Language::En => unit_en(&limits.unit),
        (_, Some(limits)) => &limits.unit,
        (_, None) => "",
    };
    if unit.is_empty() { name.to_owned() } else { format!("{name}({unit})") }
}

fn kind(register: &Register, field: &Field) -> ColumnKind {
    let of = match &field.of {
        FieldOf::Span(..) => return ColumnKind::Number,
        FieldOf::Hook { habit, .. } if habit.is_number() => return ColumnKind::Number,
        FieldOf::Hook { .. } => return ColumnKind::Text,
        FieldOf::Previous { field, .. } => register.field(field).and_then(Field::stored),
        FieldOf::Stored(of) => Some(&**of),
    };
    match of.map(|of| of.code()) {
        Some("NUM" | "TEMP" | "COUNT" | "MONEY" | "PHOTOS") => ColumnKind::Number,
        Some("DATE") => ColumnKind::Date,
        Some("INSTANT") => ColumnKind::Moment,
        Some("PHONE" | "TAG") => ColumnKind::Code,
        _ => ColumnKind::Text,
    }
}
