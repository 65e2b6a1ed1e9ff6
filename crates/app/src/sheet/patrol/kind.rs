//! Which papers of patrols there are, and what one is filled with.

use domain::sheet::{Fact, Line, PaperForm, SheetColumn, paper_forms};

/// A paper of patrols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PatrolPaper {
    /// 巡查记录: each visit to a point.
    Points,
    /// 每日防火巡查记录: the seven items of each window.
    Fire,
    /// 巡查日报: each window and each key area of a day.
    Day,
    /// 巡查月报: the same, by day.
    Month,
    /// 点位月报: each point, by day.
    MonthByPoint,
}

/// What a paper is filled with.
#[derive(Default)]
pub(super) struct Filled {
    /// The rows.
    pub(super) rows: Vec<Line>,
    /// What stands above the table.
    pub(super) facts: Vec<Fact>,
    /// The columns of days, behind those of the form.
    pub(super) days: Vec<SheetColumn>,
}

impl PatrolPaper {
    /// All of them.
    pub(crate) const ALL: [Self; 5] = [Self::Points, Self::Fire, Self::Day, Self::Month, Self::MonthByPoint];

    /// Its columns and its names.
    pub(crate) fn form(self) -> &'static PaperForm {
        let forms = paper_forms();
        let at = Self::ALL.iter().position(|paper| *paper == self).unwrap_or_default();
        &forms[at]
    }

    /// Which it is, as people ask for it.
    pub(crate) fn code(self) -> &'static str {
        &self.form().code
    }
}
