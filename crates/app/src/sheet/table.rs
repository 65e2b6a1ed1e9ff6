//! A sheet as rows of cells, as both sorts of files have it.

use domain::field::{Cell, Language};
use domain::sheet::{Line, Sheet};

/// A row of a file.
pub(super) type Row = Vec<Cell>;

/// The first line: what it is, whose, of which days, who took it out and when, and whether it names people.
pub(super) fn top(sheet: &Sheet) -> Row {
    let facts = sheet.head().into_iter().map(|fact| format!("{} {}", fact.label, fact.text).trim().to_owned());
    vec![Cell::Text(std::iter::once(sheet.title.clone()).chain(facts).collect::<Vec<_>>().join("  "))]
}

/// The headings.
pub(super) fn headings(sheet: &Sheet) -> Row {
    let number = sheet.language.of("序号", "No.").to_owned();
    let labels = sheet.columns.iter().map(|column| column.label.clone());
    std::iter::once(number).chain(labels).map(Cell::Text).collect()
}

/// The row `number`, the first being 1.
pub(super) fn row(sheet: &Sheet, number: usize, line: &Line) -> Row {
    let marks = marks(sheet.language, line);
    let first = if marks.is_empty() { Cell::Number(number.into()) } else { Cell::Text(format!("{number} {marks}")) };
    std::iter::once(first).chain(line.cells.iter().cloned()).collect()
}

/// What is to be said of a row beside its number.
pub(super) fn marks(language: Language, line: &Line) -> String {
    let late = line.is_late.then(|| language.of("补录", "late"));
    let contested = line.is_contested.then(|| language.of("待确认", "disputed"));
    let after = line.is_after_signing.then(|| language.of("签字后补录", "after signing"));
    let times = line.times.filter(|_| line.is_after_signing).map(|[happened, written]| {
        let of = |at: chrono::NaiveDateTime| at.format("%m-%d %H:%M").to_string();
        let (happened, written) = (of(happened), of(written));
        format!("{} {happened} {} {written}", language.of("发生", "happened"), language.of("记录", "written"))
    });
    let words = late.into_iter().chain(contested).chain(after).map(str::to_owned).chain(times);
    words.collect::<Vec<_>>().join(" ")
}

/// What stands below the rows: how many there are, what is missing, what was corrected.
pub(super) fn below(sheet: &Sheet) -> Vec<Row> {
    let of = |zh: &'static str, en: &'static str| sheet.language.of(zh, en);
    let mut lines = vec![sheet.foot()];
    lines.extend(sheet.gaps.iter().map(|gap| {
        let days = gap.until.map_or_else(|| gap.day.to_string(), |until| format!("{} ~ {until}", gap.day));
        format!("—— {} {days} {}", of("未记录", "not recorded"), gap.what).trim_end().to_owned()
    }));
    if let Some(until) = sheet.gaps_until {
        lines.push(format!("{} {until}", of("应有未记录核对至", "What is missing was looked for up to")));
    }
    lines.extend(sheet.corrections.iter().map(|note| {
        let label = sheet.columns.iter().find(|column| column.key == note.column).map(|column| column.label.as_str());
        let what = format!("{} → {}", note.original, note.value);
        let facts = [note.reason.as_deref(), note.by.as_deref(), Some(note.at.as_str())];
        let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let contested = if note.is_contested { of("（待确认）", " (disputed)") } else { "" };
        let number = note.row;
        format!("{} {number} {}: {what}{contested} {facts}", of("更正", "Corrected"), label.unwrap_or(&note.column))
    }));
    lines.into_iter().map(|line| vec![Cell::Text(line)]).collect()
}
