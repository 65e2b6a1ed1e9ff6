//! 巡查记录: a row for each visit to a point, by time, and one for each point that was asked and not reached.

use domain::correction::apply;
use domain::decimal::Decimal;
use domain::field::{Cell, Language};
use domain::patrol::{MissedPoint, ReadHow, Stay, Visit, VisitResult, VisitSigned};
use domain::sheet::Line;

use super::book::Book;
use super::kind::{Filled, PatrolPaper};
use super::walk::Walk;
use super::words::{count, how, joined, words};
use crate::document::text;
use crate::error::CommandError;
use crate::patrol::{KIND, ListedRun};

pub(super) fn filled(book: &Book<'_>, walks: &[Walk<'_>]) -> Result<Filled, CommandError> {
    // A window that nobody walked is one gap, and no row for each of its points.
    let walked = walks.iter().filter(|walk| !walk.runs.is_empty()).collect();
    let rows = book.order.each(walked, |walk| Ok(rows(book, walk)))?;
    Ok(Filled { rows: rows.into_iter().flatten().collect(), ..Filled::default() })
}

fn rows(book: &Book<'_>, walk: &Walk<'_>) -> Vec<Line> {
    let mut visits: Vec<(&ListedRun, &Visit, Stay)> = Vec::new();
    for listed in &walk.runs {
        visits.extend(listed.run.stays().into_iter().map(|(visit, stay)| (*listed, visit, stay)));
    }
    visits.sort_by_key(|(listed, visit, _)| (visit.arrived.at, listed.id, visit.n));
    let met = visits.into_iter().map(|(listed, visit, stay)| met(book, walk, listed, visit, stay));
    met.chain(walk.coverage.missed.iter().map(|missed| not_met(book, walk, missed))).collect()
}

/// What every row of a window begins with.
fn head(walk: &Walk<'_>, (seq, name): (Option<i64>, &str)) -> Vec<(&'static str, Cell)> {
    vec![
        ("day", Cell::Date(walk.day)),
        ("route", words(walk.route.as_str())),
        ("window", words(walk.window.as_str())),
        ("seq", seq.map_or(Cell::Empty, |seq| Cell::Number(Decimal::from(seq)))),
        ("point", words(name)),
    ]
}

/// A visit.
fn met(book: &Book<'_>, walk: &Walk<'_>, listed: &ListedRun, visit: &Visit, stay: Stay) -> Line {
    let language = book.order.language;
    let of = |zh: &str, en: &str| language.of(zh, en).to_owned();
    let (run, document) = (&listed.run, &listed.document);
    let plan = book.runs.on(listed).plan.and_then(|plan| plan.point(&visit.checkpoint));
    let (seq, name) = match plan {
        Some(point) => (Some(point.seq), book.of(&point.name, point.name_en.as_deref())),
        None => book.point(walk, &visit.checkpoint),
    };
    let is_abnormal = visit.result == VisitResult::Abnormal;
    let faults = book.faults(listed).iter().filter(|fault| is_abnormal && fault.checkpoint == visit.checkpoint);
    let note = text(document, &format!("visits/{}/note", visit.checkpoint)).map(str::to_owned);
    let still = (!visit.still.is_empty()).then(|| match language {
        Language::Zh => format!("原有隐患仍在 {} 项", visit.still.len()),
        Language::En => format!("still there: {}", visit.still.len()),
    });
    let faults = faults.map(|fault| format!("{}（{}）", fault.words, fault.done));
    let done = joined(note.into_iter().chain(faults).chain(still), language);
    let signed = match run.signed(document, visit) {
        VisitSigned::Unsigned => of("未签", "not signed"),
        VisitSigned::Signed => of("已签", "signed"),
        VisitSigned::Changed => of("签后更正", "changed after signing"),
        VisitSigned::Added => of("签后新增", "added after signing"),
    };
    let prefix = format!("visits/{}/", visit.checkpoint);
    let is_photo = |name: &str| name.strip_prefix(&prefix).is_some_and(|rest| rest.contains("photos/"));
    let photos = document.iter().filter(|(name, value)| is_photo(name) && !value.is_null()).count();
    let at = book.local(visit.arrived.at);
    let mut cells = head(walk, (seq, &name));
    cells.extend([
        ("at", Cell::Moment(at)),
        ("by", words(visit.by.as_deref().map(|by| book.person(by)).unwrap_or_default())),
        ("how", words(how(visit.how, language))),
        ("result", words(if is_abnormal { of("异常", "not right") } else { of("正常", "normal") })),
        ("done", words(done)),
        ("signed", words(signed)),
        ("remarks", words(joined(remarks(book, walk, listed, (visit, stay, photos > 0)), language))),
        ("stay", stay.0.map_or(Cell::Empty, |stay| Cell::Number((stay.max.max(0) / 1_000).into()))),
        ("photos", count(photos)),
    ]);
    Line {
        // A visit is no record; its run is, and the two together are found again.
        record: Some(format!("{}/{}", listed.id, visit.id)),
        day: Some(walk.day),
        cells: PatrolPaper::Points.form().cells(cells),
        is_late: run.is_entered,
        is_contested: false,
        times: Some([at, at]),
        is_after_signing: false,
    }
}

fn remarks(
    book: &Book<'_>,
    walk: &Walk<'_>,
    listed: &ListedRun,
    (visit, stay, has_photo): (&Visit, Stay, bool),
) -> Vec<String> {
    let of = |zh: &str, en: &str| book.order.language.of(zh, en).to_owned();
    let run = &listed.run;
    let point = book.runs.on(listed).plan.and_then(|plan| plan.point(&visit.checkpoint));
    let least = point.map_or(0, |point| point.min_seconds);
    let lacks_photo = point.is_some_and(|point| point.photo) && !has_photo;
    let lacks_reason = visit.how == ReadHow::Hand && !run.is_entered && visit.reason.is_none() && !has_photo;
    let is_late = !run.is_entered && walk.bounds.is_some_and(|(_, to)| visit.arrived.is_after(to));
    let late_reason = text(&listed.document, "late_reason").filter(|_| run.is_entered);
    let moved = apply(KIND, &listed.document).fields;
    let moved = ["business_date", "window"].iter().filter_map(|field| moved.get(*field)?.standing.last());
    let mut told: Vec<String> = visit.reason.clone().into_iter().collect();
    told.extend(lacks_reason.then(|| of("手动无理由", "by hand without a reason")));
    told.extend(lacks_photo.then(|| of("缺照片", "no photo")));
    told.extend(is_late.then(|| of("时段之后到", "after the window")));
    told.extend(stay.is_short(least).then(|| of("停留不足", "stay too short")));
    told.extend(late_reason.map(|reason| format!("{}{reason}", of("补录：", "entered afterwards: "))));
    told.extend(moved.map(|correction| {
        let reason = correction.reason.as_deref().unwrap_or_default();
        format!("{} {reason}", of("日期或时段经更正：", "its day or window was corrected:"))
    }));
    told
}

/// A point that was not reached.
fn not_met(book: &Book<'_>, walk: &Walk<'_>, missed: &MissedPoint) -> Line {
    let of = |zh: &str, en: &str| book.order.language.of(zh, en).to_owned();
    let (seq, name) = book.point(walk, &missed.checkpoint);
    let not_on_plan = missed.is_not_on_plan.then(|| of("不在当时的路线里", "not on the route as it was"));
    let mut cells = head(walk, (seq, &name));
    cells.push(("result", words(book.absent(walk))));
    let reasons = missed.reasons.iter().cloned().chain(not_on_plan);
    cells.push(("remarks", words(joined(reasons, book.order.language))));
    Line {
        record: Some(format!("{}/{}/{}", walk.key, walk.day, missed.checkpoint)),
        day: Some(walk.day),
        cells: PatrolPaper::Points.form().cells(cells),
        is_late: false,
        is_contested: false,
        times: None,
        is_after_signing: false,
    }
}

impl Book<'_> {
    /// The place of a point in the walking order, and what it is called.
    pub(super) fn point(&self, walk: &Walk<'_>, id: &str) -> (Option<i64>, String) {
        if let Some(point) = walk.asked.iter().find(|point| point.id == id) {
            return (Some(point.seq), point.name.clone());
        }
        let mut known = self.routes.iter().flat_map(|of| &of.points);
        let point = known.find(|point| point.id == id);
        let unknown = || (None, self.order.language.of("本机没有", "not on this device").to_owned());
        point.map_or_else(unknown, |point| (Some(point.seq), self.of(&point.name, point.name_en.as_deref())))
    }
}
