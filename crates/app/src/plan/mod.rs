//! The day of one person, or of a campus, as a thread: what was done, what was begun, what is left.

mod due;
mod forms;
mod scene;

use domain::permission::Permission;
use domain::role::Role;
use domain::time::{Shift, UtcMillis, business_date};

use crate::app::App;
use crate::campus::Campus;
use crate::dto::plan::{PlanState, PlanStep};
use crate::error::CommandError;
use crate::inspection::KIND;
use crate::names::Names;
use crate::people;
use crate::sight::{Seen, Viewer};
use scene::Scene;

/// The steps of the day in order, and the one next thing; of the person who works, or of everybody.
///
/// Cost: the forms of today and the open ones, and one look at the days of the longest window that is due.
pub(crate) fn of_today(
    app: &App,
    names: &Names<'_>,
    campus: &Campus,
    everybody: bool,
) -> Result<(Vec<PlanStep>, Option<PlanStep>), CommandError> {
    let viewer = Viewer::here(app, campus)?;
    if viewer.is_nobody() {
        return Ok((Vec::new(), None));
    }
    let by = app.by().filter(|_| !everybody);
    let seen = Seen::of_kind(app, KIND, campus.id)?;
    let today = business_date(UtcMillis::from_stamp(app.now_ms()), campus.calendar.zone, Shift::Day);
    let scene = Scene { app, names, campus, person: by.as_deref(), seen: &seen, today };
    // What is left of a whole campus is for who sees the forms of all of it.
    let roles = match viewer.sight.may(Permission::SeeAllRecords) && by.is_none() {
        true => Role::all().collect(),
        false => people::working_roles(app, campus)?,
    };
    let mut steps = forms::done(&scene)?;
    let mut open = forms::open(&scene)?;
    let mut left = due::left(&scene, &roles, &open)?;
    let mut now = None;
    // What was begun last is gone on with before anything else is begun; of a whole campus nobody can tell which form that is.
    let first = if scene.person.is_some() { open.first_mut() } else { None }.or(left.first_mut());
    if let Some(first) = first {
        first.state = PlanState::Now;
        now = Some(first.clone());
    }
    open.sort_by_key(|step| step.time);
    steps.extend(open);
    steps.extend(left);
    Ok((steps, now))
}
