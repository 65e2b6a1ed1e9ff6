//! What a paper is made of, once it is known that the person gets it.

use chrono::NaiveDate;
use domain::field::Language;

use super::catalogue::Subject;
use crate::app::App;
use crate::campus::Campus;
use crate::names::Names;
use crate::sight::Viewer;

/// What a paper is made of, once it is known that the person gets it.
pub(super) struct Order<'a> {
    pub(super) app: &'a App,
    pub(super) names: &'a Names<'a>,
    pub(super) campus: &'a Campus,
    pub(super) viewer: &'a Viewer,
    pub(super) of: Subject,
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
    pub(super) place: Option<String>,
    pub(super) language: Language,
}
