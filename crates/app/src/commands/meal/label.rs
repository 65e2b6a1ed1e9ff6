//! The labels of samples, to be shown or printed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::arguments::MealArgument;
use crate::app::App;
use crate::dto::meal::MealSample;
use crate::error::CommandError;
use crate::meal::card_of;
use crate::qr;

/// Arguments of `meal.labels`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Labels {
    /// The meal.
    meal: MealArgument,
    /// One of its samples; all of them when left out.
    #[serde(default)]
    sample: Option<Uuid>,
}

/// The labels of a meal's samples.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MealLabels")]
pub(super) struct LabelSheet {
    /// One a sample, in the order of the card; none for who does not see samples.
    labels: Vec<Label>,
}

/// The label of a sample.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MealLabel")]
struct Label {
    /// What is printed beside the code.
    sample: MealSample,
    /// The QR code as SVG.
    svg: String,
}

/// Writes nothing: a label says what its sample says.
pub(super) fn labels(app: &App, arguments: Labels) -> Result<LabelSheet, CommandError> {
    let card = card_of(app, &arguments.meal.seen(app)?)?;
    let asked = card.samples.into_iter().filter(|sample| arguments.sample.is_none_or(|one| one == sample.id));
    let labels = asked
        .map(|sample| Ok(Label { svg: qr::svg(&sample.label)?, sample }))
        .collect::<Result<Vec<_>, CommandError>>()?;
    match (arguments.sample, labels.is_empty()) {
        (Some(_), true) => Err(CommandError::not_found("there is no such sample here").field("sample")),
        _ => Ok(LabelSheet { labels }),
    }
}
