//! What a person says of a meal as a whole: a stage that is not needed, that it is cancelled, that it is closed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::meal::StageCode;
use domain::patrol::fingerprint;
use replica::new_uuid_v7;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::arguments::MealArgument;
use super::dish::{needed, saved};
use crate::app::App;
use crate::document::{Document, field};
use crate::dto::meal::MealCard;
use crate::dto::value::Strokes;
use crate::error::CommandError;
use crate::hand::Hand;
use crate::meal::{MealKey, mark};
use crate::signature::checked_signature;

/// Arguments of `meal.stage`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Waive {
    /// The meal.
    meal: MealArgument,
    /// The stage, such as `delivery`.
    stage: String,
    /// Why it is not needed; null takes it back.
    #[serde(default)]
    reason: Option<String>,
}

/// Arguments of `meal.cancel`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Cancel {
    /// The meal.
    meal: MealArgument,
    /// Why.
    reason: String,
    /// The day that it is moved to, `YYYY-MM-DD`: a meal of its own, to which nothing moves that was written.
    #[serde(default)]
    moved_to: Option<String>,
}

/// Arguments of `meal.uncancel`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Uncancel {
    /// The meal.
    meal: MealArgument,
    /// The word that is taken back, as the card names it.
    id: Uuid,
}

/// Arguments of `meal.close`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Close {
    /// The meal.
    meal: MealArgument,
    /// The signature.
    signature: Strokes,
}

fn fresh(app: &App) -> Uuid {
    new_uuid_v7(app.now_ms(), &*app.store().ports().entropy)
}

/// 留样, 中心温度 and 陪餐 are always needed where the meal has them.
pub(super) fn stage(app: &App, arguments: Waive) -> Result<MealCard, CommandError> {
    let meal = arguments.meal.managed(app)?;
    let known = StageCode::of(&arguments.stage).and_then(|stage| meal.profile.stage(stage));
    let none = || CommandError::bad_argument("stage", "the meal has no such stage");
    let known = known.ok_or_else(none)?;
    let path = format!("stages/{}", known.stage.code());
    let said = match arguments.reason {
        Some(_) if !known.may_waive => {
            return Err(CommandError::bad_argument("stage", "this stage is always needed"));
        }
        Some(reason) => mark(app, json!({"reason": needed(reason)?})),
        None if meal.document.get(&path).is_none_or(Value::is_null) => {
            return saved(app, &arguments.meal, &meal, Vec::new());
        }
        None => Value::Null,
    };
    saved(app, &arguments.meal, &meal, vec![field(path, said)])
}

pub(super) fn cancel(app: &App, arguments: Cancel) -> Result<MealCard, CommandError> {
    let meal = arguments.meal.managed(app)?;
    let mut said = json!({"reason": needed(arguments.reason)?});
    if let Some(day) = &arguments.moved_to {
        let wrong = |_| CommandError::bad_argument("moved_to", "a day such as 2026-11-23");
        let date: NaiveDate = day.parse().map_err(wrong)?;
        if date == meal.key.date {
            return Err(CommandError::bad_argument("moved_to", "another day"));
        }
        said["moved_to"] = json!(MealKey { date, ..meal.key.clone() }.id());
        said["moved_day"] = json!(date.to_string());
    }
    let set = vec![field(format!("cancelled/{}", fresh(app)), mark(app, said))];
    saved(app, &arguments.meal, &meal, set)
}

pub(super) fn uncancel(app: &App, arguments: Uncancel) -> Result<MealCard, CommandError> {
    let meal = arguments.meal.managed(app)?;
    let path = format!("cancelled/{}", arguments.id);
    if meal.document.get(&path).is_none_or(Value::is_null) {
        return Err(CommandError::not_found("nobody has said so").field("id"));
    }
    saved(app, &arguments.meal, &meal, vec![field(path, Value::Null)])
}

/// A signature names what its author had before them, and none takes the place of another.
pub(super) fn close(app: &App, arguments: Close) -> Result<MealCard, CommandError> {
    let meal = arguments.meal.managed(app)?;
    let missing = || CommandError::not_drawn("signature");
    let Strokes(lines) = checked_signature("signature", arguments.signature)?.ok_or_else(missing)?;
    let hand = Hand::of(app, None, (meal.id.0, "close", ""))?;
    let print = |document: &Document| fingerprint(&Value::Object(document.clone()));
    let covers: BTreeMap<String, String> =
        meal.around(app)?.documents().map(|(id, document)| (id.to_string(), print(document))).collect();
    let said = json!({"strokes": lines, "how": hand.how, "covers": covers});
    let set = vec![field(format!("closes/{}", fresh(app)), mark(app, said))];
    saved(app, &arguments.meal, &meal, set)
}
