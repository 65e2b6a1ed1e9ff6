//! 追溯: from a dish to the deliveries that it was made of, and from a line to the dishes and classes that had of it.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::card::MealTag;

/// A line of a delivery on the page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct TraceLine {
    /// The line.
    pub(crate) id: Uuid,
    /// What came.
    pub(crate) item_name: String,
    /// Its batch.
    pub(crate) batch: Option<String>,
    /// Until when it may be eaten, `YYYY-MM-DD`.
    pub(crate) expires_on: Option<String>,
    /// Who brought it.
    pub(crate) supplier: Option<String>,
    /// The day of its delivery, `YYYY-MM-DD`.
    pub(crate) day: Option<String>,
    /// What was decided.
    pub(crate) decision: Option<String>,
}

/// A dish on the page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct TraceDish {
    /// The dish.
    pub(crate) id: Uuid,
    /// What it is called.
    pub(crate) name: String,
    /// Its meal.
    pub(crate) meal: MealTag,
    /// The classes that were given of its meal.
    pub(crate) classes: Vec<String>,
    /// The boxes of its samples.
    pub(crate) samples: Vec<String>,
    /// The lines of this answer that it was made of.
    pub(crate) lines: Vec<Uuid>,
}

/// What is linked, and what is not.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "MealTrace")]
pub(crate) struct TraceView {
    /// The dishes.
    pub(crate) dishes: Vec<TraceDish>,
    /// The lines.
    pub(crate) lines: Vec<TraceLine>,
    /// Dishes that are linked to no line: of the meal, or of the days after the lines came.
    pub(crate) unlinked_dishes: Vec<String>,
    /// Lines of these days that are linked to no dish.
    pub(crate) unlinked_lines: Vec<TraceLine>,
}
