//! 缺口: what a register expects and nobody wrote.
//!
//! A gap is told only of what the calendar, the areas and other rows say for sure; what cannot be known is left out, never guessed.

use chrono::{Days, NaiveDate};
use serde_json::Value;

use super::period::PeriodKind;
use super::row::SourceRow;
use super::shape::Gap;
use crate::calendar::Calendar;
use crate::field::{Document, Language, Speech};
use crate::register::{Clause, Condition, Each, Expect, Register, VOID, register};
use crate::served::{ServedMeals, meal_en};

/// An area, or a fridge, that rows are expected for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Its record.
    pub id: String,
    /// The area that it stands in, for a fridge; a row may name either.
    pub within: Option<String>,
    /// What people call it.
    pub name: String,
    /// The day on which it was made; nothing is expected of it before.
    pub since: Option<NaiveDate>,
    /// The first day on which it was out of use; nothing is expected of it from then on.
    pub ended: Option<NaiveDate>,
}

impl Area {
    /// Whether something is expected of it in all of these days.
    fn is_due(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.since.is_none_or(|since| since <= first) && self.ended.is_none_or(|ended| last < ended)
    }
}

/// A row of another register, for which one of this is expected.
#[derive(Clone, Debug, Default)]
pub struct OtherRow {
    /// Its register.
    pub kind: String,
    /// The record.
    pub id: String,
    /// Its fields as they count.
    pub document: Document,
    /// The day that it belongs to.
    pub day: Option<NaiveDate>,
    /// The area that it belongs to.
    pub place: Option<String>,
    /// Where it stands.
    pub stage: String,
}

/// What is held against what was expected.
pub struct Expected<'a> {
    /// The register.
    pub register: &'a Register,
    /// Its rows of the days, void ones among them.
    pub rows: &'a [SourceRow],
    /// The rows of other registers that it expects one for.
    pub others: &'a [OtherRow],
    /// The first day.
    pub from: NaiveDate,
    /// The last day that is over, and of which this device has heard.
    pub until: NaiveDate,
    /// The days of the campus.
    pub calendar: &'a Calendar,
    /// The areas of a sort, such as `class`; none where nobody knows them.
    pub areas: &'a dyn Fn(&str) -> Option<Vec<Area>>,
    /// The meals that the campus serves.
    pub served: &'a ServedMeals,
    /// The one place that is asked about.
    pub place: Option<&'a str>,
    /// How values are said.
    pub speech: Speech<'a>,
}

/// Which meals have no row: all of them by name, and of some how many.
fn said_of_meals(meals: &[&str], there: usize, language: Language) -> String {
    let (all, missing) = (meals.len(), meals.len() - there);
    match language {
        Language::Zh if there == 0 => meals.join("、"),
        Language::Zh => format!("{all} 餐缺 {missing} 餐（{}）", meals.join("、")),
        Language::En => {
            let names = meals.iter().map(|meal| meal_en(meal)).collect::<Vec<_>>().join(", ");
            if there == 0 { names } else { format!("{missing} of {all} meals ({names})") }
        }
    }
}

/// What was expected on these days and is not there, by day.
pub fn gaps(expected: &Expected<'_>) -> Vec<Gap> {
    let expects = expected.register.expects.iter();
    let mut gaps: Vec<Gap> = expects.flat_map(|expect| expected.gaps_of(expect)).collect();
    gaps.sort();
    gaps.dedup();
    gaps
}

impl Expected<'_> {
    /// What was expected by one line of the declaration and is not there, place by place: in whatever language it is asked, what
    /// stands at one place is one gap.
    pub fn gaps_of(&self, expect: &Expect) -> Vec<Gap> {
        let spans = match &expect.each {
            Each::Day => self.days(|_| true),
            Each::SchoolDay => self.days(|day| self.calendar.is_school_day(day)),
            Each::Week => self.spans(PeriodKind::Week),
            Each::Month => self.spans(PeriodKind::Month),
            Each::Meal => return self.of_meals(expect),
            Each::Row { kind, stage, .. } => return self.of_rows(kind, stage.as_deref(), expect),
        };
        let Some(places) = self.places(expect) else { return Vec::new() };
        let mut gaps = Vec::new();
        for place in &places {
            for (first, last) in &spans {
                let is_due = place.as_ref().is_none_or(|area| area.is_due(*first, *last));
                if is_due && self.count(*first, *last, place.as_ref(), &expect.only) == 0 {
                    gaps.push(self.gap((*first, *last), place.as_ref(), &expect.only, None));
                }
            }
        }
        gaps
    }

    /// What is missing of the meals of each day: rows do not say which meal they are of, so there must be as many as meals.
    fn of_meals(&self, expect: &Expect) -> Vec<Gap> {
        let Some(places) = self.places(expect) else { return Vec::new() };
        let mut gaps = Vec::new();
        for (day, _) in self.days(|_| true) {
            let meals = self.served.on(day, self.calendar);
            for place in &places {
                let is_due = place.as_ref().is_none_or(|area| area.is_due(day, day));
                let there = self.count(day, day, place.as_ref(), &expect.only);
                if is_due && there < meals.len() {
                    let said = said_of_meals(&meals, there, self.speech.language);
                    gaps.push(self.gap((day, day), place.as_ref(), &expect.only, Some(said)));
                }
            }
        }
        gaps
    }

    fn gap(
        &self,
        (first, last): (NaiveDate, NaiveDate),
        place: Option<&Area>,
        only: &Condition,
        more: Option<String>,
    ) -> Gap {
        let name = place.map(|area| area.name.clone());
        let words = name.into_iter().chain(self.words(only)).chain(more);
        Gap {
            day: first,
            until: (last != first).then_some(last),
            place: place.map(|area| area.within.clone().unwrap_or_else(|| area.id.clone())),
            what: words.collect::<Vec<_>>().join(" "),
            options: self.options(only).flat_map(|(_, codes)| codes).cloned().collect(),
            people: Vec::new(),
        }
    }

    /// The options that a condition asks for, by field.
    fn options<'o>(&self, only: &'o Condition) -> impl Iterator<Item = (&'o str, &'o [String])> {
        only.clauses.iter().filter_map(|clause| match clause {
            Clause::Is(field, codes) => Some((field.as_str(), codes.as_slice())),
            _ => None,
        })
    }

    /// What an expectation asks for wherever it is, such as 毛巾; nothing where the register says it all.
    pub fn wanted(&self, expect: &Expect) -> String {
        self.words(&expect.only).join(" ")
    }

    /// What a condition asks for, in the words of the options.
    fn words(&self, only: &Condition) -> Vec<String> {
        let said = self.options(only).filter_map(|(field, codes)| {
            let of = self.register.field(field)?.stored()?;
            let said = codes.iter().map(|code| of.say(&Value::from(code.as_str()), &self.speech));
            Some(said.collect::<Vec<_>>().join("/"))
        });
        said.collect()
    }

    fn days(&self, is_due: impl Fn(NaiveDate) -> bool) -> Vec<(NaiveDate, NaiveDate)> {
        let all = self.from.iter_days().take_while(|day| *day <= self.until);
        all.filter(|day| is_due(*day)).map(|day| (day, day)).collect()
    }

    /// The whole weeks or months among the days in which school was held.
    fn spans(&self, kind: PeriodKind) -> Vec<(NaiveDate, NaiveDate)> {
        let mut spans: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        let mut day = self.from;
        while let Some((first, last)) = kind.around(day).filter(|(_, last)| *last <= self.until) {
            let has_school =
                first.iter_days().take_while(|day| *day <= last).any(|day| self.calendar.is_school_day(day));
            if first >= self.from && has_school {
                spans.push((first, last));
            }
            match last.checked_add_days(Days::new(1)) {
                Some(next) => day = next,
                None => break,
            }
        }
        spans
    }

    /// What there is one for: the campus, or each area; none where nobody knows which those are.
    fn places(&self, expect: &Expect) -> Option<Vec<Option<Area>>> {
        let Some(per) = &expect.per else { return Some(vec![None]).filter(|_| self.place.is_none()) };
        let areas = (self.areas)(per)?;
        let is_asked =
            |area: &Area| self.place.is_none_or(|place| place == area.id || area.within.as_deref() == Some(place));
        Some(areas.into_iter().filter(is_asked).map(Some).collect())
    }

    /// How many rows there are of these days, of the area or the thing, that hold what is asked for.
    fn count(&self, first: NaiveDate, last: NaiveDate, place: Option<&Area>, only: &Condition) -> usize {
        let about = |row: &SourceRow| row.document.get(self.register.about.as_deref()?)?.as_str().map(str::to_owned);
        let is_meant = |row: &&SourceRow| {
            row.day.is_some_and(|day| first <= day && day <= last)
                && place.is_none_or(|area| {
                    row.place.as_deref() == Some(&area.id) || about(row).as_deref() == Some(&area.id)
                })
                && only.holds_by_itself(&row.document)
        };
        self.rows.iter().filter(|row| !row.is_void).filter(is_meant).count()
    }

    /// What is expected for each row of another register: one that hangs on it, or one of the same key.
    fn of_rows(&self, kind: &str, stage: Option<&str>, expect: &Expect) -> Vec<Gap> {
        let Some(other) = register(kind) else { return Vec::new() };
        let has_open = other.stages.iter().any(|stage| other.is_open(&stage.code));
        let stands = |row: &&OtherRow| match stage {
            Some(stage) => row.stage == stage,
            None if has_open => other.is_open(&row.stage),
            None => row.stage != VOID,
        };
        let is_meant = |row: &&OtherRow| {
            row.kind == kind
                && row.day.is_some_and(|day| self.from <= day && day <= self.until)
                && self.place.is_none_or(|place| row.place.as_deref() == Some(place))
        };
        let rows = self.others.iter().filter(is_meant).filter(stands);
        let missing = rows.filter(|row| self.is_due(other, row) && !self.is_there(row, &expect.only));
        missing
            .filter_map(|row| {
                let what = self.called(other, row);
                let people = other.named_in(&row.document).map(str::to_owned).collect();
                Some(Gap { day: row.day?, until: None, place: row.place.clone(), what, options: Vec::new(), people })
            })
            .collect()
    }

    /// The field that names the row for which one is expected, where that is how they belong together.
    fn hangs_on(&self, kind: &str) -> Option<&str> {
        let parent = self.register.parent.as_deref()?;
        (self.register.field(parent)?.stored()?.refers() == Some(kind)).then_some(parent)
    }

    /// Whether a row says enough to know what is expected for it.
    fn is_due(&self, other: &Register, row: &OtherRow) -> bool {
        let is_said = |name: &String| row.document.get(name).is_some_and(|value| !value.is_null());
        self.hangs_on(&other.kind).is_some() || (!self.register.key.is_empty() && self.register.key.iter().all(is_said))
    }

    fn is_there(&self, other: &OtherRow, only: &Condition) -> bool {
        let agrees = |row: &SourceRow| match self.hangs_on(&other.kind) {
            Some(parent) => row.document.get(parent).and_then(Value::as_str) == Some(&other.id),
            None => self.register.key.iter().all(|name| row.document.get(name) == other.document.get(name)),
        };
        self.rows.iter().any(|row| !row.is_void && agrees(row) && only.holds_by_itself(&row.document))
    }

    /// What a row of another register is called: the first of its columns that anybody may see.
    fn called(&self, other: &Register, row: &OtherRow) -> String {
        let day = other.day.as_ref().map(|day| day.field.as_str());
        let fields = other.list.columns.iter().filter(|name| Some(name.as_str()) != day);
        let words =
            fields.filter_map(|name| other.field(name)).filter(|field| field.see.is_none()).filter_map(|field| {
                let of = field.stored()?;
                Some(of.say(&of.gather(&field.name, &row.document)?, &self.speech))
            });
        words.filter(|words| !words.is_empty()).take(3).collect::<Vec<_>>().join(" ")
    }
}
