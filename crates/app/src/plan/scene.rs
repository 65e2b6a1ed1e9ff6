//! What a plan is made for.

use crate::app::App;
use crate::campus::Campus;
use crate::names::Names;
use crate::sight::Seen;

/// What the plan is made for.
pub(super) struct Scene<'a> {
    pub(super) app: &'a App,
    pub(super) names: &'a Names<'a>,
    pub(super) campus: &'a Campus,
    /// The person who works; the whole campus when nobody does.
    pub(super) person: Option<&'a str>,
    /// The forms that are seen.
    pub(super) seen: &'a Seen,
    /// Today on the campus.
    pub(super) today: chrono::NaiveDate,
}
