//! What a paper is made of, once it is known that the person gets it.

use chrono::NaiveDate;
use domain::field::Language;

use super::catalogue::Subject;
use crate::app::App;
use crate::campus::Campus;
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
