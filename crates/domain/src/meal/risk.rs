//! The risk points of 日管控, from `presets/meals/daily.txt`: the number of each, and what answers its line.

use std::sync::LazyLock;

use super::profile::StageCode;

/// What answers a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// An item of a template, or all of a template's.
    Item(String),
    /// A stage of each card.
    Stage(StageCode),
    /// A problem of each card; `line` stands for every rule of a delivery's line.
    Problem(String),
    /// The samples of the day and of the days before it.
    Kept,
    /// How long dishes waited.
    Waiting,
    /// A ledger of the day.
    Ledger(String),
    /// A row of a register that is handed in with the number of the line.
    Row,
}

/// A risk point.
#[derive(Debug)]
pub(super) struct RiskPoint {
    /// Its number, which the week's report cites.
    pub number: String,
    /// What it is called in Chinese.
    pub name: String,
    /// What it is called in English.
    pub name_en: String,
    /// What answers its line.
    pub answers: Vec<Answer>,
}

static POINTS: LazyLock<Vec<RiskPoint>> = LazyLock::new(|| {
    let lines = include_str!("../../presets/meals/daily.txt").lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).filter_map(point).collect()
});

/// All risk points, in the order of the paper. A line of the file that says nothing is left out, and a test counts them.
pub(super) fn risk_points() -> &'static [RiskPoint] {
    &POINTS
}

fn point(line: &str) -> Option<RiskPoint> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [number, name, name_en, answers] = cells[..] else { return None };
    let answers: Option<Vec<Answer>> = answers.split(',').map(|answer| answer_of(answer.trim())).collect();
    Some(RiskPoint { number: number.into(), name: name.into(), name_en: name_en.into(), answers: answers? })
}

fn answer_of(text: &str) -> Option<Answer> {
    match text.split_once(' ') {
        None if text == "kept" => Some(Answer::Kept),
        None if text == "waiting" => Some(Answer::Waiting),
        None if text == "row" => Some(Answer::Row),
        Some(("item", code)) => Some(Answer::Item(code.to_owned())),
        Some(("stage", code)) => StageCode::of(code).map(Answer::Stage),
        Some(("problem", code)) => Some(Answer::Problem(code.to_owned())),
        Some(("ledger", code)) => Some(Answer::Ledger(code.to_owned())),
        _ => None,
    }
}
