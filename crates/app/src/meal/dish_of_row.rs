//! Which dish of its meal a row is about, so that the findings of all rows about one dish come to one id.

use causal::RecordId;
use domain::id::dish_id;
use domain::meal::{MealRecord, dish_called, dishes_of};
use uuid::Uuid;

use super::KIND;
use crate::app::App;
use crate::error::CommandError;

/// The dish of `meal` that a row names by its id, or by words alone: by what the dish is called now, or was at birth.
///
/// The week's menu is not asked: the id of a dish that it has is that of its name, whether the menu is here or not.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn dish_of_row(app: &App, meal: Uuid, id: Option<Uuid>, name: &str) -> Result<Uuid, CommandError> {
    let found = app.store().find_one(RecordId(meal))?.filter(|found| found.kind == KIND);
    let own = found.map(|found| MealRecord::read(&found.doc).dishes).unwrap_or_default();
    let dishes = dishes_of(meal, &[], &own);
    let known = dish_called(&dishes, id, name).map(|dish| dish.id);
    Ok(known.or(id).unwrap_or_else(|| dish_id(meal, name)))
}
