//! A declaration as screens show it: what a form asks for, what it begins with, and what can be done.

use domain::decimal::unit_en;
use domain::field::{Column, FieldType, Limit};
use domain::register::{Act, Ask, Clause, Condition, Field, FieldOf, Needed, Register, Saving, Stage};
use domain::sight::View;
use serde_json::{Map, Value};

use super::preset::{self, preset};
use crate::dto::register::{ActView, ClauseView, FieldView, LineView, OptionView, StageView};
use crate::sight::Viewer;
use crate::titles::{Language, field_label};

/// The fields of a register, with what a new form begins with.
pub(crate) fn fields(register: &Register, viewer: &Viewer, saving: &Saving<'_>) -> Vec<FieldView> {
    register
        .fields
        .iter()
        .filter(|field| !field.is_inner)
        .map(|field| field_view(register, field, viewer, saving))
        .collect()
}

fn field_view(register: &Register, field: &Field, viewer: &Viewer, saving: &Saving<'_>) -> FieldView {
    let view = match viewer.sight.field(field) {
        View::Whole => "whole",
        View::Masked(mask) => mask.code(),
    };
    let is_computed = field.is_own || field.from.is_some() || field.stored().is_none();
    let is_always = |needed: &Needed| needed.when.clauses.is_empty();
    let mut shown = match &field.of {
        FieldOf::Stored(of) => of_type(&field.name, &field.zh, &field.en, &**of),
        FieldOf::Span(..) => worked_out(field, "SPAN"),
        FieldOf::Previous { .. } => worked_out(field, "PREVIOUS"),
        FieldOf::Hook { .. } => worked_out(field, "HOOK"),
    };
    shown.needed = field.needed.as_ref().is_some_and(is_always);
    shown.needed_when = field.needed.as_ref().filter(|needed| !is_always(needed)).map(|needed| clauses(&needed.when));
    shown.when = field.when.as_ref().map(clauses);
    shown.frozen = field.is_frozen;
    shown.computed = is_computed;
    shown.searchable = field.is_searchable;
    shown.retired = field.is_retired;
    view.clone_into(&mut shown.view);
    shown.preset = preset(register, field, saving);
    shown.lines = lines(field, saving);
    shown
}

/// A field of a type, with nothing said of it but its type.
fn of_type(name: &str, zh: &str, en: &str, of: &dyn FieldType) -> FieldView {
    let unit = of.limits().map(|limits| limits.unit.as_str()).filter(|unit| !unit.is_empty());
    let end = |limit: Option<&Limit>| match limit {
        Some(Limit::Fixed(number)) => Some(number.to_string()),
        _ => None,
    };
    let option = |option: &domain::field::Choice| OptionView {
        value: option.zh.clone(),
        label: option.zh.clone(),
        label_en: option.en.clone(),
    };
    FieldView {
        name: name.to_owned(),
        label: zh.to_owned(),
        label_en: en.to_owned(),
        of: of.code().to_owned(),
        declared: of.declared(),
        needed: false,
        needed_when: None,
        when: None,
        options: of.options().iter().map(option).collect(),
        refers: of.refers().map(str::to_owned),
        narrowed_by: of.narrowed_by().map(str::to_owned),
        low: end(of.limits().and_then(|limits| limits.min.as_ref())),
        high: end(of.limits().and_then(|limits| limits.max.as_ref())),
        unit: unit.map(str::to_owned),
        unit_en: unit.map(|unit| unit_en(unit).to_owned()),
        columns: of.columns().iter().map(column).collect(),
        lines: Vec::new(),
        preset: None,
        frozen: false,
        computed: false,
        measured: of.is_measured(),
        searchable: false,
        view: "whole".to_owned(),
        retired: false,
    }
}

fn column(column: &Column) -> FieldView {
    let mut view = of_type(&column.name, &column.zh, &column.en, &*column.of);
    view.needed = column.is_needed;
    view.computed = column.is_from_setting;
    view
}

fn worked_out(field: &Field, code: &str) -> FieldView {
    FieldView {
        name: field.name.clone(),
        label: field.zh.clone(),
        label_en: field.en.clone(),
        of: code.to_owned(),
        declared: field.declared(),
        needed: false,
        needed_when: None,
        when: None,
        options: Vec::new(),
        refers: None,
        narrowed_by: None,
        low: None,
        high: None,
        unit: None,
        unit_en: None,
        columns: Vec::new(),
        lines: Vec::new(),
        preset: None,
        frozen: false,
        computed: true,
        measured: false,
        searchable: false,
        view: "whole".to_owned(),
        retired: false,
    }
}

fn clauses(condition: &Condition) -> Vec<ClauseView> {
    let view = |clause: &Clause| {
        let (word, field, codes) = match clause {
            Clause::Has(field) => ("has", field, Vec::new()),
            Clause::Lacks(field) => ("lacks", field, Vec::new()),
            Clause::Is(field, codes) => ("is", field, codes.clone()),
            Clause::Yes(field) => ("yes", field, Vec::new()),
            Clause::After(field, ..) => ("after", field, Vec::new()),
            Clause::Above(field, _) => ("above", field, Vec::new()),
            Clause::Below(field, _) => ("below", field, Vec::new()),
        };
        ClauseView { word: word.to_owned(), field: field.clone(), codes }
    };
    condition.clauses.iter().map(view).collect()
}

/// The rows that a new form begins with: those of the setting's list, each with what it says for its column.
fn lines(field: &Field, saving: &Saving<'_>) -> Vec<LineView> {
    let Some(of) = field.stored() else { return Vec::new() };
    let Some(key) = of.rows_from() else { return Vec::new() };
    let from_setting: Vec<&Column> = of.columns().iter().filter(|column| column.is_from_setting).collect();
    preset::lines(key, saving)
        .into_iter()
        .map(|(key, value)| {
            let cells: Map<String, Value> =
                from_setting.iter().filter_map(|column| Some((column.name.clone(), value.clone()?))).collect();
            LineView { key, cells }
        })
        .collect()
}

/// The stages of a register.
pub(crate) fn stages(register: &Register) -> Vec<StageView> {
    register.stages.iter().map(|stage| stage_view(register, stage)).collect()
}

fn stage_view(register: &Register, stage: &Stage) -> StageView {
    StageView {
        stage: stage.code.clone(),
        label: stage.zh.clone(),
        label_en: stage.en.clone(),
        open: register.is_open(&stage.code),
    }
}

/// An act with what it asks for.
pub(crate) fn act(act: &Act) -> ActView {
    let ask = |ask: &Ask| {
        let label = |language| field_label(&ask.name, language);
        let mut view = of_type(&ask.name, &label(Language::Zh), &label(Language::En), &*ask.of);
        view.needed = ask.is_needed;
        view
    };
    ActView {
        act: act.code.clone(),
        label: act.zh.clone(),
        label_en: act.en.clone(),
        from: act.from.clone(),
        asks: act.asks.iter().map(ask).collect(),
        saw: act.has_saw,
        other: act.other.is_some(),
        by: act.by.clone(),
    }
}
