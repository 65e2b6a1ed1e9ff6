//! How an item is asked.

use domain::decimal::{Decimal, unit_en};
use domain::form::{Form, Limits, Range, failing_options};
use domain::template::{AnswerType, Item};

use crate::dto::form::{AnswerKind, ItemShape, LimitsView};

fn kind(answer: &AnswerType) -> AnswerKind {
    match answer {
        AnswerType::PassFail => AnswerKind::PassFail,
        AnswerType::Score => AnswerKind::Score,
        AnswerType::Number(_) => AnswerKind::Number,
        AnswerType::Temperature(_) => AnswerKind::Temperature,
        AnswerType::Time => AnswerKind::Time,
        AnswerType::Choice(_) => AnswerKind::Choice,
        AnswerType::Text => AnswerKind::Text,
        AnswerType::Signature => AnswerKind::Signature,
        AnswerType::Assets => AnswerKind::Assets,
    }
}

/// How an item is asked on this form.
pub(crate) fn shape(form: &Form<'_>, item: &Item) -> ItemShape {
    let (limits, limits_wait_for) = match form.limits(item) {
        Some(Limits::Known(range)) => (Some(limits_view(range)), None),
        Some(Limits::NeedsMethod { item }) => (None, Some(item)),
        Some(Limits::NotApplicable) | None => (None, None),
    };
    let english = item.english.as_ref();
    ItemShape {
        code: item.code.clone(),
        text: item.text.clone(),
        text_en: english.map(|english| english.text.clone()),
        criterion: item.criterion.clone(),
        criterion_en: english.map(|english| english.criterion.clone()),
        answer_type: kind(&item.answer),
        options: item.options().to_vec(),
        options_en: english.map(|english| english.options.clone()).unwrap_or_default(),
        failing: failing_options(item).map(str::to_owned).collect(),
        explain: item.rules.explain.clone(),
        passes_from: form.passes_from(item).map(|points| points.normalize().to_string()),
        readings: item.readings(),
        must_agree: item.rules.must_agree,
        equals: item.rules.equals.clone(),
        nothing: item.rules.nothing.clone(),
        lines: item.rules.lines.clone(),
        is_of_rest: item.is_of_rest(),
        limits,
        likely: form.likely(item).map(limits_view),
        limits_wait_for,
        photo: item.photo,
        signers: matches!(item.answer, AnswerType::Signature).then(|| form.signers(item)),
        max: item.max,
        severity: item.severity,
        due: item.due,
    }
}

fn limits_view(range: Range) -> LimitsView {
    let plain = |bound: Option<Decimal>| bound.map(|bound| bound.normalize().to_string());
    let unit_en = unit_en(&range.unit).to_owned();
    LimitsView { min: plain(range.min), max: plain(range.max), unit: range.unit, unit_en }
}
