//! What registers expect today and nobody has written yet, as far as this device has heard: still to do.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::field::{Language, Speech};
use domain::register::{Each, Expect, Register, Right, VOID, all};
use domain::sheet::{Expected, Gap, PeriodKind, SourceRow};
use domain::sight::Rows;

use super::meant::Meant;
use crate::app::App;
use crate::dto::phrase::Phrase;
use crate::dto::today::{MissingGroup, MissingRow};
use crate::entry::naming::Naming;
use crate::entry::{is_here, is_newer, scopes};
use crate::error::CommandError;
use crate::sheet::{Query, areas, found, others};

/// What is still to be written by the person who works, and the same by what it is: of registers that they write, for the places that
/// are theirs, their own work first. With `everybody`, of all registers and places whose rows they see.
pub(crate) fn missing(
    app: &App,
    naming: &Naming<'_>,
    everybody: bool,
) -> Result<(Vec<MissingRow>, Vec<MissingGroup>), CommandError> {
    let right = if everybody { Right::See } else { Right::Write };
    let meant = Meant::of_who_works(app, naming).filter(|_| !everybody);
    let mut missing = Vec::new();
    for register in all().iter().filter(|register| !register.expects.is_empty()) {
        let Some(places) = places(naming, register, right) else { continue };
        if everybody && !naming.viewer.sees_by_role(register) {
            continue;
        }
        // What is on other tablets alone is not missing here.
        if !is_here(app, naming.campus, register)? {
            continue;
        }
        for days in spans(naming) {
            let found = Span { app, naming, meant: meant.as_ref(), register, days }.missing()?;
            missing.extend(found.into_iter().filter(|missing| is_theirs(&missing.row, places.as_ref())));
        }
    }
    missing.sort_by(|one, other| (!one.row.mine, &one.row).cmp(&(!other.row.mine, &other.row)));
    missing.dedup_by(|one, other| one.row == other.row);
    let groups = missing_groups(&missing);
    Ok((missing.into_iter().map(|missing| missing.row).collect(), groups))
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

/// A register in one span of days.
struct Span<'a> {
    app: &'a App,
    naming: &'a Naming<'a>,
    meant: Option<&'a Meant<'a>>,
    register: &'static Register,
    days: (NaiveDate, NaiveDate),
}

impl Span<'_> {
    /// What is missing, in both languages; of a span of several days what is expected once in all of it.
    fn missing(&self) -> Result<Vec<Missing>, CommandError> {
        let Self { app, register, .. } = *self;
        let campus = self.naming.campus;
        let query = Query { days: Some(self.days), place: None };
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
        let others = others(app, campus, register, self.days)?;
        let areas = |sort: &str| areas(app, campus, sort);
        let said = |language, expect| {
            let name = |kind: &str, id: &str| self.naming.name(kind, id, language);
            let expected = Expected {
                register,
                rows: &rows,
                others: &others,
                from: self.days.0,
                until: self.days.1,
                calendar: &campus.calendar,
                served: &campus.served,
                areas: &areas,
                place: None,
                speech: Speech { language, zone: campus.calendar.zone, name: &name },
            };
            (expected.gaps_of(expect), expected.wanted(expect))
        };
        let missing = register.expects.iter().flat_map(|expect| {
            let ((zh, wanted_zh), (en, wanted_en)) = (said(Language::Zh, expect), said(Language::En, expect));
            let wanted = Phrase::new(wanted_zh, wanted_en);
            let both = zh.into_iter().zip(en).filter(|(gap, _)| self.is_whole(gap));
            both.map(|(zh, en)| self.found_missing(expect, &wanted, zh, en)).collect::<Vec<_>>()
        });
        Ok(missing.collect())
    }

    fn is_whole(&self, gap: &Gap) -> bool {
        (gap.day, gap.until.unwrap_or(gap.day)) == self.days
    }

    fn found_missing(&self, expect: &Expect, wanted: &Phrase, zh: Gap, en: Gap) -> Missing {
        let register = self.register;
        Missing {
            row: MissingRow {
                kind: register.kind.clone(),
                register: Phrase::new(register.zh.clone(), register.en.clone()),
                mine: self.meant.is_none_or(|meant| meant.expects(expect, &zh.people)),
                what: Phrase::new(zh.what, en.what),
                place: zh.place,
                until: zh.until.map(|until| until.to_string()),
            },
            wanted: wanted.clone(),
            per: expect.per.clone().filter(|_| !matches!(expect.each, Each::Row { .. })),
        }
    }
}

/// Something that is missing, and what it is wherever it is missing.
struct Missing {
    row: MissingRow,
    wanted: Phrase,
    per: Option<String>,
}

/// What is missing by what it is, in the order in which it is first told.
fn missing_groups(missing: &[Missing]) -> Vec<MissingGroup> {
    let mut groups: Vec<(MissingGroup, &Phrase)> = Vec::new();
    for Missing { row, wanted, per } in missing {
        let known = groups.iter_mut().find(|(group, of)| {
            let one = (&group.kind, group.mine, &group.until, &group.per, *of);
            one == (&row.kind, row.mine, &row.until, per, wanted)
        });
        if let Some((group, of)) = known {
            group.count += 1;
            group.what = (*of).clone();
            continue;
        }
        let group = MissingGroup {
            kind: row.kind.clone(),
            register: row.register.clone(),
            what: row.what.clone(),
            per: per.clone(),
            count: 1,
            until: row.until.clone(),
            mine: row.mine,
        };
        groups.push((group, wanted));
    }
    groups.into_iter().map(|(group, _)| group).collect()
}
