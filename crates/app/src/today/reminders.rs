//! Reminders of meals: before service, of a dish that is to be measured again or to come to the table, of samples that may go.

use domain::permission::Permission;

use crate::app::App;
use crate::dto::today::MealReminder;
use crate::entry::naming::Naming;
use crate::error::CommandError;
use crate::meal::reminding;

/// What this device reminds who runs the kitchen of; nobody else is in the way of it, and nothing is looked up for them.
pub(crate) fn reminders(app: &App, naming: &Naming<'_>) -> Result<Vec<MealReminder>, CommandError> {
    let viewer = naming.viewer;
    if naming.campus.id.is_none() || viewer.person.is_none() || !viewer.sight.may(Permission::ManageMeals) {
        return Ok(Vec::new());
    }
    let all = reminding(app, naming.campus, viewer.today)?.into_iter().map(|told| MealReminder {
        code: told.reminder.code.code(),
        about: told.reminder.about,
        what: told.reminder.what,
        date: told.meal.as_ref().map(|meal| meal.date.to_string()),
        kitchen: told.meal.as_ref().and_then(|meal| meal.kitchen),
        meal: told.meal.map(|meal| meal.sort.to_owned()),
    });
    Ok(all.collect())
}
