//! What is found of a dish that was cooked: it is banned, or it waited for too long. One finding of the meal, whoever tells of it.

use causal::RecordId;
use domain::due::{DueCode, due_at};
use domain::finding::FindingSource;
use domain::id::banned_finding_id;
use domain::meal::{CoreRule, MealLimits, Problem, ProblemCode, banned_in};
use domain::severity::{Category, Severity};
use domain::time::{Shift, UtcMillis};
use replica::{Presence, Save};
use serde_json::json;
use uuid::Uuid;

use super::age::now;
use super::dish_of_row::dish_of_row;
use super::judged::Judged;
use super::reading::id_in;
use super::stored::StoredMeal;
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, Fields, UNNAMED, field, text};
use crate::error::CommandError;
use crate::finding::KIND;

/// What is found of a dish.
struct Cooked<'a> {
    meal: Uuid,
    id: Uuid,
    words: &'static str,
    severity: Severity,
    dish: &'a str,
}

/// The findings to be saved with `set`, which changes a meal: those of causes that it has from then on, and that are not here yet.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn found_of_dishes(app: &App, meal: &StoredMeal, set: &Fields) -> Result<Vec<Save>, CommandError> {
    let after = meal.with(app, set)?;
    let around = after.around(app)?;
    let judged = Judged::of(app, after, around, &now(app))?;
    let mut saves = Vec::new();
    for problem in &judged.card.problems {
        if let Some(found) = of_problem(meal.id.0, problem) {
            saves.extend(found.save(app, &meal.key.campus)?);
        }
    }
    Ok(saves)
}

fn of_problem(meal: Uuid, problem: &Problem) -> Option<Cooked<'_>> {
    let (words, severity) = match problem.code {
        ProblemCode::BannedDish => BANNED,
        ProblemCode::TooLong => ("出锅至开餐超过时限", Severity::L3),
        _ => return None,
    };
    Some(Cooked { meal, id: problem.finding?, words, severity, dish: &problem.what })
}

const BANNED: (&str, Severity) = ("供应禁用食品", Severity::L4);

/// The finding to be saved with a row that tells that a banned dish was cooked: somebody has measured it, or put it aside.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn banned_by_row(
    app: &App,
    campus: &Campus,
    kind: &str,
    document: &Document,
) -> Result<Option<Save>, CommandError> {
    let (id, name) = match kind {
        "food_sample" => ("dish", "dish_name"),
        "temperature_reading" => ("dish_id", "dish"),
        _ => return Ok(None),
    };
    let (Some(meal), Some(dish)) = (id_in(document, "meal"), text(document, name)) else { return Ok(None) };
    if banned_in(dish, &MealLimits::of(&campus.settings, CoreRule::All).lines.banned).is_none() {
        return Ok(None);
    }
    let own = dish_of_row(app, meal, id_in(document, id), dish)?;
    let (words, severity) = BANNED;
    Cooked { meal, id: banned_finding_id(meal, own), words, severity, dish }.save(app, campus)
}

impl Cooked<'_> {
    /// Its finding; none where one is here.
    fn save(&self, app: &App, campus: &Campus) -> Result<Option<Save>, CommandError> {
        let id = RecordId(self.id);
        if app.store().presence(id)? != Presence::Absent {
            return Ok(None);
        }
        let (by, at) = (app.by(), UtcMillis::from_stamp(app.now_ms()));
        let set = vec![
            field("source", json!(FindingSource::Report)),
            field("meal", self.meal.to_string()),
            field("category", json!(Category::Food)),
            field("description", format!("{}：{}", self.words, self.dish)),
            field("severity", json!(self.severity)),
            field("found_at", json!(at)),
            field("found_by", by.as_deref().unwrap_or(UNNAMED)),
            field("corrected_on_spot", false),
            field("due", json!(due_at(DueCode::OnTheSpot, self.severity, at, &campus.calendar))),
            field("created", json!({"by": by.as_deref(), "at": at})),
            field("business_date", campus.business_date(at, Shift::Day)),
        ];
        let only_if = Some(String::new());
        Ok(Some(Save { id: Some(id), kind: KIND.to_owned(), scope: campus.id, only_if, set, by, ..Save::default() }))
    }
}
