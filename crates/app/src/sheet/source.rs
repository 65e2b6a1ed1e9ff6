//! Where a sheet comes from: whose it is, who made it, and how much of the school's data this device had.

use chrono::NaiveDate;
use domain::sheet::Source;
use domain::time::UtcMillis;

use crate::app::{App, Author};
use crate::campus::Campus;
use crate::error::CommandError;
use crate::names::Names;
use crate::sight::Viewer;

/// Whether it is the office that gives the paper.
pub(crate) fn is_office(app: &App) -> bool {
    matches!(app.worker(), Author::Account(_))
}

/// The source of a sheet of these days, made now by the person who works.
pub(super) fn source(
    app: &App,
    names: &Names<'_>,
    campus: &Campus,
    viewer: &Viewer,
    days: Option<(NaiveDate, NaiveDate)>,
    place: Option<&str>,
) -> Result<Source, CommandError> {
    let enrolment = app.store().enrolment()?;
    Ok(Source {
        organisation: enrolment.map(|enrolment| enrolment.organisation.name),
        campus: campus.name.clone(),
        place: place.map(|place| names.name(place).unwrap_or_else(|| place.to_owned())),
        days,
        as_of: as_of(app)?,
        made_by: viewer.person.as_deref().map(|person| names.person(person).name.unwrap_or_else(|| person.to_owned())),
        made_at: UtcMillis::from_stamp(app.now_ms()),
        zone: campus.calendar.zone,
    })
}

/// 数据截至: when this device last heard all that the server had; a device without a server has heard all there is.
pub(super) fn as_of(app: &App) -> Result<Option<UtcMillis>, CommandError> {
    if app.store().enrolment()?.is_none() {
        return Ok(Some(UtcMillis::from_stamp(app.now_ms())));
    }
    Ok(app.store().sync_report()?.last_success_at.map(UtcMillis::from_stamp))
}

/// The last day that is over and of which this device has heard everything that the server had.
pub(super) fn known_until(app: &App, campus: &Campus, viewer: &Viewer) -> Result<Option<NaiveDate>, CommandError> {
    let heard = as_of(app)?.and_then(|at| at.local(campus.calendar.zone).date().pred_opt());
    Ok(heard.and_then(|heard| Some(heard.min(viewer.today.pred_opt()?))))
}
