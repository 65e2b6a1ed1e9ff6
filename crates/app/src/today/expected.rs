//! What registers expect today and nobody has written yet, as far as this device has heard: still to do.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::field::{Language, Speech};
use domain::register::{Register, Right, VOID, all};
use domain::sheet::{Expected, Gap, PeriodKind, SourceRow, gaps_as_declared};
use domain::sight::Rows;

use crate::app::App;
use crate::dto::phrase::Phrase;
use crate::dto::today::MissingRow;
use crate::entry::naming::Naming;
use crate::entry::{is_newer, scopes};
use crate::error::CommandError;
use crate::sheet::{Query, areas, found, others};

/// What is still to be written by the person who works: of registers that they write, for the places that are theirs. With `everybody`,
/// of all registers and places whose rows they see.
pub(crate) fn missing(app: &App, naming: &Naming<'_>, everybody: bool) -> Result<Vec<MissingRow>, CommandError> {
    let right = if everybody { Right::See } else { Right::Write };
    let mut missing = Vec::new();
    for register in all().iter().filter(|register| !register.expects.is_empty()) {
        let Some(places) = places(naming, register, right) else { continue };
        if everybody && !naming.viewer.sees_by_role(register) {
            continue;
        }
        for (first, last) in spans(naming) {
            let found = of_span(app, naming, register, (first, last))?;
            missing.extend(found.into_iter().filter(|missing| is_theirs(missing, places.as_ref())));
        }
    }
    missing.sort();
    missing.dedup();
    Ok(missing)
}

/// The places for which a person has a right over rows of a register: none where they have it nowhere, all where none is named.
#[allow(clippy::option_option)]
fn places(naming: &Naming<'_>, register: &Register, right: Right) -> Option<Option<BTreeSet<String>>> {
    match naming.viewer.sight.rows(register, right) {
        Rows::None => None,
        Rows::All => Some(None),
        Rows::Where(rules) => match rules.iter().any(|rule| rule.places.is_none()) {
            true => Some(None),
            false => Some(Some(rules.into_iter().filter_map(|rule| rule.places).flatten().collect())),
        },
    }
}

fn is_theirs(missing: &MissingRow, places: Option<&BTreeSet<String>>) -> bool {
    match (places, &missing.place) {
        (Some(places), Some(place)) => places.contains(place),
        (None, _) | (_, None) => true,
    }
}

/// The spans that end today: the day, and the week and the month where school is held on none of their days to come.
fn spans(naming: &Naming<'_>) -> Vec<(NaiveDate, NaiveDate)> {
    let (today, calendar) = (naming.viewer.today, &naming.campus.calendar);
    let is_ending = |(_, last): &(NaiveDate, NaiveDate)| {
        let mut to_come = today.iter_days().skip(1).take_while(|day| day <= last);
        calendar.is_school_day(today) && !to_come.any(|day| calendar.is_school_day(day))
    };
    let longer = [PeriodKind::Week, PeriodKind::Month].into_iter().filter_map(|kind| kind.around(today));
    std::iter::once((today, today)).chain(longer.filter(is_ending)).collect()
}

/// What is missing of one span, in both languages; of a longer one what is expected once in all of it.
fn of_span(
    app: &App,
    naming: &Naming<'_>,
    register: &'static Register,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<MissingRow>, CommandError> {
    let campus = naming.campus;
    let query = Query { days: Some(days), place: None };
    let rows: Vec<SourceRow> = found(app, &register.kind, &scopes(campus, register), &query)?
        .into_iter()
        .filter(|found| !is_newer(&found.doc))
        .map(|found| SourceRow {
            id: found.id.to_string(),
            day: found.day.as_deref().and_then(|day| day.parse().ok()),
            is_void: found.stage.as_deref() == Some(VOID),
            place: found.place,
            document: found.doc,
            ..SourceRow::default()
        })
        .collect();
    let others = others(app, campus, register, days)?;
    let areas = |sort: &str| areas(app, campus, sort);
    let said = |language| {
        let name = |kind: &str, id: &str| naming.name(kind, id, language);
        gaps_as_declared(&Expected {
            register,
            rows: &rows,
            others: &others,
            from: days.0,
            until: days.1,
            calendar: &campus.calendar,
            served: &campus.served,
            areas: &areas,
            place: None,
            speech: Speech { language, zone: campus.calendar.zone, name: &name },
        })
    };
    let is_whole = |(gap, _): &(Gap, Gap)| (gap.day, gap.until.unwrap_or(gap.day)) == days;
    let both = said(Language::Zh).into_iter().zip(said(Language::En));
    Ok(both.filter(is_whole).map(|(zh, en)| missing_row(register, zh, en)).collect())
}

fn missing_row(register: &Register, zh: Gap, en: Gap) -> MissingRow {
    MissingRow {
        kind: register.kind.clone(),
        register: Phrase::new(register.zh.clone(), register.en.clone()),
        what: Phrase::new(zh.what, en.what),
        place: zh.place,
        until: zh.until.map(|until| until.to_string()),
    }
}
