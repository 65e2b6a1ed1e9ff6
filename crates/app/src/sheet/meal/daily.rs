//! 日管控: a row for each risk point of a day, as it stood at the day's end.

use causal::RecordId;
use chrono::NaiveDate;
use domain::field::{Cell, Language};
use domain::finding::{Finding, StepKind};
use domain::meal::{
    CoreRule, DailyFinding, DailyGap, DailyLimits, DailyLine, DailyReport, DailyState, MealLimits, daily_lines,
    daily_report,
};
use domain::sheet::{Fact, Line};
use replica::ListedRecord;

use super::super::findings::{counts, description, state_en};
use super::super::order::Order;
use super::super::source::is_office;
use super::filled::Filled;
use super::kind::MealPaper;
use super::words::{joined, meal, missing, told, unheard, words};
use crate::error::CommandError;
use crate::finding::KIND;
use crate::meal::{MealDays, answers_of};

pub(super) fn filled(order: &Order<'_>, days: &[NaiveDate]) -> Result<Filled, CommandError> {
    let mut filled = Filled::default();
    for day in days {
        let (report, lines) = of_day(order, *day)?;
        filled.facts.push(fact(order.language, (days.len() > 1).then_some(*day), report));
        for line in &lines {
            filled.rows.push(row(order, *day, line)?);
        }
    }
    Ok(filled)
}

fn of_day(order: &Order<'_>, day: NaiveDate) -> Result<(DailyReport, Vec<DailyLine>), CommandError> {
    let campus = order.campus.clone().on(Some(&day.to_string()));
    let limits = MealLimits::of(&campus.settings, CoreRule::of(&campus.settings));
    let limits = DailyLimits { core_c: limits.core_c, hold: limits.hold };
    let answers = answers_of(order.app, order.names, &campus, day)?;
    let (days, at) = MealDays::of_day(order.app, order.campus, day)?;
    Ok(days.read(|days| match days {
        [day] => {
            let lines = daily_lines(day, &answers, limits, &at);
            (daily_report(day, &lines), lines)
        }
        _ => (DailyReport::NoMeals, Vec::new()),
    }))
}

/// What the day reports: a day without anything found is signed as well, and so is one without a meal.
fn fact(language: Language, day: Option<NaiveDate>, report: DailyReport) -> Fact {
    let text = match report {
        DailyReport::NoMeals => language.of("未供餐", "no meal was served"),
        DailyReport::Nil => language.of("零报告：没有发现问题", "nil report: nothing was found"),
        DailyReport::Waiting => language.of("待齐：有缺项", "not complete: something is missing"),
        DailyReport::Found => language.of("发现问题", "something was found"),
    };
    let label = language.of("结论", "Report");
    Fact { label, text: day.map_or_else(|| text.to_owned(), |day| format!("{day} {text}")) }
}

fn row(order: &Order<'_>, day: NaiveDate, line: &DailyLine) -> Result<Line, CommandError> {
    let language = order.language;
    let state = match line.state {
        DailyState::NotNeeded => language.of("不适用", "does not apply"),
        DailyState::Green => language.of("符合", "as it should be"),
        DailyState::Gap => language.of("缺项", "missing"),
        DailyState::Red => language.of("不符合", "not as it should be"),
    };
    let mut told = Told::default();
    for found in &line.findings {
        told.add(order, found)?;
    }
    let gaps = line.gaps.iter().map(|gap| self::gap(order, gap));
    let cells = vec![
        ("day", Cell::Date(day)),
        ("number", Cell::Code(line.number.clone())),
        ("item", words(language.of(&line.name, &line.name_en))),
        ("state", words(state)),
        ("what", words(joined(told.what, language))),
        ("gaps", words(joined(gaps, language))),
        ("measures", words(joined(told.measures, language))),
        ("person", words(joined(told.people, language))),
        ("done", words(joined(told.done, language))),
    ];
    Ok(Line {
        record: Some(format!("{}/{day}", line.number)),
        day: Some(day),
        cells: MealPaper::Day.form().cells(cells),
        is_late: false,
        is_contested: false,
        times: None,
        is_after_signing: false,
    })
}

/// What the findings of a line say.
#[derive(Default)]
struct Told {
    what: Vec<String>,
    measures: Vec<String>,
    people: Vec<String>,
    done: Vec<String>,
}

impl Told {
    fn add(&mut self, order: &Order<'_>, found: &DailyFinding) -> Result<(), CommandError> {
        let language = order.language;
        let record = order.app.store().find_one(RecordId(found.finding))?.filter(|record| record.kind == KIND);
        let Some(record) = record else {
            // The device that made it has not been heard from; what it is about is known all the same.
            self.what.push(if found.what.is_empty() {
                language.of("不符合", "wrong").to_owned()
            } else {
                found.what.clone()
            });
            return Ok(());
        };
        self.take(order, found, &record);
        Ok(())
    }

    fn take(&mut self, order: &Order<'_>, found: &DailyFinding, record: &ListedRecord) {
        let language = order.language;
        let finding = Finding::read(&record.doc);
        let state = finding.state();
        let said = description(language, &record.doc, &finding).unwrap_or_default();
        self.what.push(told(&[&found.what, &said]));
        let fixed = [StepKind::Fix, StepKind::Stopgap]
            .into_iter()
            .find_map(|kind| finding.steps.iter().rev().find(|step| step.step == kind && counts(&state, step)));
        self.measures.extend(fixed.and_then(|step| step.note.clone()));
        let person = |id: &str| order.names.person(id).name.unwrap_or_default();
        self.people.extend(state.assignee.as_deref().map(person));
        let stands = language.of(state.state.zh(), state_en(state.state)).to_owned();
        let mended = language.of("现场已改", "put right on the spot").to_owned();
        self.done.push(if found.is_mended { mended } else { stands });
    }
}

/// A gap in words: which meal, of what, and what is missing; what was only not heard of says so.
fn gap(order: &Order<'_>, gap: &DailyGap) -> String {
    let language = order.language;
    let named = |id: uuid::Uuid| order.names.name(&id.to_string());
    let what = if gap.what.is_empty() { gap.about.and_then(named).unwrap_or_default() } else { gap.what.clone() };
    let sort = meal(order, gap.meal_type.as_deref(), gap.kitchen);
    let lacks = missing(&gap.code, language);
    // Of a count the number stands behind what is counted.
    let said = if gap.code == "more-cores" { told(&[&sort, lacks, &what]) } else { told(&[&sort, &what, lacks]) };
    if gap.heard {
        return said;
    }
    let unheard = unheard(is_office(order.app), language);
    format!("{said}{}", language.of(&format!("（{unheard}）"), &format!(" ({unheard})")))
}
