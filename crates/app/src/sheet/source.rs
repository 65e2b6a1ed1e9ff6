//! Where a sheet comes from: whose it is, who made it, and how much of the school's data this device had.

use chrono::NaiveDate;
use domain::sheet::Source;
use domain::time::UtcMillis;

use crate::app::{App, Author, KnownDevice};
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
    let now = UtcMillis::from_stamp(app.now_ms());
    Ok(Source {
        organisation: enrolment.map(|enrolment| enrolment.organisation.name),
        campus: campus.name.clone(),
        place: place.map(|place| names.name(place).unwrap_or_else(|| place.to_owned())),
        days,
        as_of: as_of(app)?,
        silent: silent(app, campus, now),
        made_by: viewer.person.as_deref().map(|person| names.person(person).name.unwrap_or_else(|| person.to_owned())),
        made_at: now,
        zone: campus.calendar.zone,
    })
}

/// How long a device may be silent before a paper names it.
const SILENT_MS: i64 = 24 * 60 * 60_000;

/// The devices of a campus that were not heard from for more than a day. One that never was holds nothing; a tablet does not know when
/// others were heard from, and names none.
fn silent(app: &App, campus: &Campus, now: UtcMillis) -> Vec<String> {
    let is_here = |device: &KnownDevice| {
        device.scopes.as_ref().zip(campus.id).is_none_or(|(scopes, campus)| scopes.contains(&campus))
    };
    let is_silent = |at: u64| now.0.saturating_sub(UtcMillis::from_stamp(at).0) > SILENT_MS;
    let devices = app.devices().unwrap_or_default().into_iter();
    let silent = devices.filter(|device| is_here(device) && device.heard_at.is_some_and(is_silent));
    silent.map(|device| device.name).collect()
}

/// 数据截至: when this device last heard all that the server had; a device without a server has heard all there is.
pub(crate) fn as_of(app: &App) -> Result<Option<UtcMillis>, CommandError> {
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
