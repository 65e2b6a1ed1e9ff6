//! 每日防火巡查记录: in each window of a fire patrol a row for each of the seven items, and for what else was found or measured there.
//!
//! Both come out of the same visits: 正常 at every point that bears an item covers it, a measured item reads only as it was typed.

use std::collections::{BTreeMap, BTreeSet};

use domain::field::{Cell, Language};
use domain::form::{AnswerField, Form, PlaceName, Status};
use domain::patrol::{FireReading, PointReading, VisitResult, asked_at, fire_reading};
use domain::route::fire_items;
use domain::setting::Settings;
use domain::sheet::Line;
use domain::template::{AnswerType, Item, Part, built_in_item};

use super::book::Book;
use super::kind::{Filled, PatrolPaper};
use super::walk::Walk;
use super::words::{joined, signed, words};
use crate::error::CommandError;
use crate::patrol::ListedRun;

pub(super) fn filled(book: &Book<'_>, walks: &[Walk<'_>]) -> Result<Filled, CommandError> {
    let walked = walks.iter().filter(|walk| walk.is_fire && !walk.runs.is_empty());
    let rows = book.order.each(walked.collect(), |walk| Ok(OneWindow::new(book, walk).rows()))?;
    Ok(Filled { rows: rows.into_iter().flatten().collect(), ..Filled::default() })
}

/// What a window of a fire patrol says of items.
struct OneWindow<'w, 'b> {
    book: &'w Book<'b>,
    walk: &'w Walk<'w>,
    settings: Settings,
    /// The points that were asked or visited: what each is called, and the items that it bears.
    points: BTreeMap<String, (String, BTreeSet<String>)>,
}

/// What stands in the cells of an item.
struct Said {
    code: String,
    item: String,
    state: String,
    what: String,
    done: String,
}

impl<'w, 'b> OneWindow<'w, 'b> {
    fn new(book: &'w Book<'b>, walk: &'w Walk<'w>) -> Self {
        let mut points: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
        for listed in &walk.runs {
            let on = book.runs.on(listed);
            for visit in &on.run.visits {
                let planned = on.plan.and_then(|plan| plan.point(&visit.checkpoint));
                let (_, name) = book.point(walk, &visit.checkpoint);
                let point = points.entry(visit.checkpoint.clone()).or_insert((name, BTreeSet::new()));
                point.1.extend(planned.into_iter().flat_map(|point| point.items.iter().cloned()));
            }
        }
        for point in &walk.asked {
            // What a visited point bears says the plan that it was walked by.
            let items = || point.items.iter().cloned().collect();
            points.entry(point.id.clone()).or_insert_with(|| (point.name.clone(), items()));
        }
        Self { book, walk, settings: book.facts.campus.history.on(walk.day), points }
    }

    fn rows(&self) -> Vec<Line> {
        let seven: Vec<&Item> = fire_items().collect();
        let mut all: Vec<Said> = seven.iter().map(|item| self.said(item)).collect();
        let others = self.answered().into_iter().filter(|code| seven.iter().all(|item| item.code != *code));
        all.extend(others.filter_map(|code| self.other(built_in_item(&code)?)));
        all.extend(self.visits_alone());
        all.into_iter().map(|said| self.line(said)).collect()
    }

    /// One of the seven.
    fn said(&self, item: &Item) -> Said {
        let bearing = self.points.iter().filter(|(_, (_, items))| items.contains(&item.code));
        let readings: Vec<PointReading> = bearing.map(|(id, (name, _))| self.reading(item, id, name)).collect();
        let reading = fire_reading(is_measured(item), &readings);
        let of = |zh: &str, en: &str| self.language().of(zh, en).to_owned();
        let (state, what) = match reading {
            FireReading::Normal => (of("正常", "normal"), Vec::new()),
            FireReading::Fault(words) => (of("故障", "fault"), words),
            FireReading::Measured(words) => (of("已测", "measured"), words),
            FireReading::NotVisited if self.walk.is_heard && self.walk.is_over => {
                (of("未巡", "not visited"), Vec::new())
            }
            FireReading::NotVisited => (self.book.absent(self.walk).to_owned(), Vec::new()),
            FireReading::Untold => (of("待核", "not said"), Vec::new()),
            FireReading::NotOnRoute => (of("本线未设", "not on this route"), Vec::new()),
        };
        self.with_faults(item, state, what)
    }

    /// An item besides the seven that failed, or was measured; none where it was only looked at.
    fn other(&self, item: &Item) -> Option<Said> {
        let readings: Vec<PointReading> = self
            .points
            .iter()
            .map(|(id, (name, _))| self.reading(item, id, name))
            .filter(|at| at.passed.is_some())
            .collect();
        let of = |zh: &str, en: &str| self.language().of(zh, en).to_owned();
        let is_failed = readings.iter().any(|at| at.passed == Some(false));
        if !is_failed && !is_measured(item) {
            return None;
        }
        let meant = readings.into_iter().filter(|at| !is_failed || at.passed == Some(false));
        let state = if is_failed { of("故障", "fault") } else { of("已测", "measured") };
        Some(self.with_faults(item, state, meant.filter_map(|at| at.words).collect()))
    }

    fn with_faults(&self, item: &Item, state: String, what: Vec<String>) -> Said {
        let english = item.english.as_ref().map(|english| english.text.as_str());
        let faults = self.walk.runs.iter().flat_map(|listed| self.book.faults(listed));
        let done = faults.filter(|fault| fault.item.as_deref() == Some(&item.code)).map(|fault| fault.done.clone());
        Said {
            item: self.book.of(&item.text, english),
            state,
            what: joined(what, self.language()),
            done: joined(done, self.language()),
            code: item.code.clone(),
        }
    }

    /// 其他: what visits found where no item says it.
    fn visits_alone(&self) -> Option<Said> {
        let of = |zh: &str, en: &str| self.language().of(zh, en).to_owned();
        let faults =
            || self.walk.runs.iter().flat_map(|listed| self.book.faults(listed)).filter(|fault| fault.item.is_none());
        faults().next()?;
        let named = |checkpoint: &str| self.points.get(checkpoint).map(|(name, _)| name.clone()).unwrap_or_default();
        let what = faults().map(|fault| format!("{}：{}", named(&fault.checkpoint), fault.words));
        Some(Said {
            code: "other".to_owned(),
            item: of("其他", "Other"),
            state: of("异常", "not right"),
            what: joined(what, self.language()),
            done: joined(faults().map(|fault| fault.done.clone()), self.language()),
        })
    }

    /// The items that were answered at any point of the window.
    fn answered(&self) -> BTreeSet<String> {
        let fields = self.walk.runs.iter().flat_map(|listed| listed.document.iter());
        let answered = fields.filter(|(_, value)| !value.is_null()).filter_map(|(name, _)| AnswerField::parse(name));
        answered.filter(|field| field.part == "result").map(|field| field.code.to_owned()).collect()
    }

    /// What a point says of an item, over all runs; what failed in one of them has failed.
    fn reading(&self, item: &Item, checkpoint: &str, name: &str) -> PointReading {
        let mut reading = PointReading { is_visited: false, is_normal: true, passed: None, words: None };
        for listed in &self.walk.runs {
            for visit in listed.run.visits_to(checkpoint) {
                reading.is_visited = true;
                reading.is_normal &= visit.result == VisitResult::Normal;
            }
            let Some((is_good, words)) = self.answer(listed, item, checkpoint) else { continue };
            if reading.passed != Some(false) {
                reading.passed = Some(is_good);
                reading.words = Some(format!("{name}：{words}"));
            }
        }
        reading
    }

    /// Whether what was answered to an item at a point is good, and its words; none where nobody answered.
    fn answer(&self, listed: &ListedRun, item: &Item, checkpoint: &str) -> Option<(bool, String)> {
        let template = asked_at("", "", std::slice::from_ref(&item.code));
        let form = Form::new(&template, Part::All, self.book.facts.campus.kind, &self.settings);
        let form = form.with_document(&listed.document, &PlaceName::Visit(checkpoint.to_owned()));
        let judged = form.judge(item);
        let of = |zh: &str, en: &str| self.language().of(zh, en).to_owned();
        let note = form.entry(&item.code).and_then(|entry| entry.note.clone());
        match judged.status {
            Status::NotApplicable => Some((true, of("不涉及", "does not apply"))),
            Status::Judged | Status::NeedsMethod => {
                let plain = if judged.is_failed { of("不合格", "failed") } else { of("合格", "passed") };
                let read = measured(&form, item).unwrap_or(plain);
                let is_plain = note.is_some() && !is_measured(item);
                let parts = Some(read).filter(|_| !is_plain).into_iter().chain(note);
                Some((!judged.is_failed, joined(parts, self.language())))
            }
            Status::NotAsked | Status::Unanswered | Status::IllTyped(_) => None,
        }
    }

    fn line(&self, said: Said) -> Line {
        let (book, walk) = (self.book, self.walk);
        let clock = |at: domain::time::UtcMillis| book.local(at).format("%H:%M").to_string();
        let (first, last) = (walk.arrivals().min(), walk.arrivals().max());
        let time = first.zip(last).map(|(first, last)| format!("{}–{}", clock(first), clock(last))).unwrap_or_default();
        let cells = vec![
            ("day", Cell::Date(walk.day)),
            ("window", words(walk.title())),
            ("time", words(time)),
            ("item", words(said.item)),
            ("state", words(said.state)),
            ("what", words(said.what)),
            ("done", words(said.done)),
            ("by", words(joined(walk.walkers().into_iter().map(|by| book.person(by)), self.language()))),
            ("signed", words(signed(book, walk))),
        ];
        let entered = walk.runs.iter().all(|listed| listed.run.is_entered);
        Line {
            record: Some(format!("{}/{}/{}", walk.key, walk.day, said.code)),
            day: Some(walk.day),
            cells: PatrolPaper::Fire.form().cells(cells),
            is_late: entered,
            is_contested: false,
            times: None,
            is_after_signing: false,
        }
    }

    fn language(&self) -> Language {
        self.book.order.language
    }
}

/// Whether an item is read or scored, and so is never covered by 正常.
fn is_measured(item: &Item) -> bool {
    item.is_measured() || item.answer == AnswerType::Score
}

/// What was measured, with its unit; none for an item that is not.
fn measured(form: &Form<'_>, item: &Item) -> Option<String> {
    use domain::answer::Answer;
    let unit = item.answer.measure().map(|measure| measure.unit.as_str()).unwrap_or_default();
    match form.answer(item).ok()? {
        Answer::Measured(readings) => {
            let read = readings.iter().map(|reading| format!("{} {}{unit}", reading.of, reading.value.normalize()));
            Some(read.map(|read| read.trim().to_owned()).collect::<Vec<_>>().join(" "))
        }
        Answer::Score(points) => Some(points.normalize().to_string()),
        _ => None,
    }
}
