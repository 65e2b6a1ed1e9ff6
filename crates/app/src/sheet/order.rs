//! What a paper is made of, once it is known that the person gets it.

use chrono::NaiveDate;
use domain::field::{Cell, Language};
use domain::sheet::Source;
use domain::time::UtcMillis;

use super::catalogue::Subject;
use super::source::source;
use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;
use crate::exports::{Progress, Step};
use crate::names::Names;
use crate::sight::Viewer;

/// What a paper is made of, once it is known that the person gets it.
#[derive(Clone)]
pub(super) struct Order<'a> {
    pub(super) app: &'a App,
    pub(super) names: &'a Names<'a>,
    pub(super) campus: &'a Campus,
    pub(super) viewer: &'a Viewer,
    /// The paper, as it is asked for.
    pub(super) code: String,
    pub(super) of: Subject,
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
    pub(super) place: Option<String>,
    pub(super) language: Language,
    pub(super) masking: Masking,
    /// Told of each row that is read.
    pub(super) progress: &'a Progress,
}

impl Order<'_> {
    /// Makes something of each row, and tells whoever waits for the paper.
    ///
    /// # Errors
    /// The first of `one`; that the paper was stopped.
    pub(super) fn each<R, T>(
        &self,
        rows: Vec<R>,
        one: impl Fn(R) -> Result<T, CommandError>,
    ) -> Result<Vec<T>, CommandError> {
        self.progress.begin(Step::Reading, rows.len());
        let counted = |row| {
            self.progress.row()?;
            one(row)
        };
        rows.into_iter().map(counted).collect()
    }

    /// Where it comes from.
    pub(super) fn source(&self) -> Result<Source, CommandError> {
        source(self.app, self.names, self.campus, self.viewer, self.days, self.place.as_deref())
    }

    /// What people call it.
    pub(super) fn title(&self) -> String {
        let (zh, en) = self.of.title();
        if self.language == Language::Zh { zh } else { en }
    }

    /// A cell with an instant on the clock of the campus.
    pub(super) fn moment(&self, at: Option<UtcMillis>) -> Cell {
        at.map_or(Cell::Empty, |at| Cell::Moment(at.local(self.campus.calendar.zone)))
    }
}

/// What of the fields that not everybody sees stands whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Masking {
    /// What every reader of the paper sees: the page reads the same in every hand.
    #[default]
    Page,
    /// Nothing.
    All,
    /// What the person who works sees.
    Own,
}
