//! What the program writes into new rows of a meal: what the rules were then, and what this device could prove.

use causal::RecordId;
use domain::decimal::Decimal;
use domain::meal::{MealRecord, SampleLabel};
use domain::register::Register;
use serde_json::{Value, json};

use super::age::Age;
use super::dish_of_row::dish_of_row;
use super::reading::id_in;
use super::rows::is_stopped;
use super::seals;
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::error::CommandError;

/// No school keeps its samples for less.
const KEEP_H: i64 = 48;
const HOUR_MS: i64 = 3_600_000;
/// The rows of a meal that are late once it is closed; a sample is disposed of later all the same.
const OF_A_MEAL: [&str; 3] = ["food_sample", "temperature_reading", "snack_issue"];

/// The fields that nobody types of a new row.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn own_fields(
    app: &App,
    campus: &Campus,
    register: &Register,
    document: &Document,
) -> Result<Vec<(String, Value)>, CommandError> {
    match register.kind.as_str() {
        "food_sample" => Ok(of_sample(campus)),
        "sample_disposal" => of_disposal(app, campus, document),
        "delivery" => of_delivery(app, campus, document),
        "temperature_reading" => of_reading(app, document),
        _ => Ok(Vec::new()),
    }
}

/// 补录: that a row of a meal is written by a device that knew of the meal's close. Nothing is said of any other.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn after_close(
    app: &App,
    register: &Register,
    document: &Document,
) -> Result<Option<(String, Value)>, CommandError> {
    let meal = text(document, "meal").filter(|_| OF_A_MEAL.contains(&register.kind.as_str()));
    let Some(meal) = meal.and_then(|id| id.parse().ok()).map(RecordId) else { return Ok(None) };
    let found = app.store().find_one(meal)?.filter(|found| found.kind == super::KIND);
    let is_closed = found.is_some_and(|found| !MealRecord::read(&found.doc).closed.is_empty());
    Ok(is_closed.then(|| ("after_close".to_owned(), json!(true))))
}

/// That its supplier was stopped by then, as far as this device knew.
fn of_delivery(app: &App, campus: &Campus, document: &Document) -> Result<Vec<(String, Value)>, CommandError> {
    let is_out = text(document, "supplier").map_or(Ok(false), |supplier| is_stopped(app, campus, supplier))?;
    Ok(is_out.then(|| ("supplier_out".to_owned(), json!(true))).into_iter().collect())
}

/// The dish that a reading names by words alone: what it finds is one with what every other reading of that dish finds.
fn of_reading(app: &App, document: &Document) -> Result<Vec<(String, Value)>, CommandError> {
    let named = id_in(document, "meal").zip(text(document, "dish")).filter(|_| !document.contains_key("dish_id"));
    let Some((meal, dish)) = named else { return Ok(Vec::new()) };
    Ok(vec![("dish_id".to_owned(), json!(dish_of_row(app, meal, None, dish)?.to_string()))])
}

/// What the settings ask of a sample on its day.
fn of_sample(campus: &Campus) -> Vec<(String, Value)> {
    let keep = campus.settings.number("sample.keep_h").max(Decimal::from(KEEP_H));
    let grams = campus.settings.number("sample.min_g");
    vec![("keep_h".to_owned(), json!(keep.to_string())), ("min_g".to_owned(), json!(grams.to_string()))]
}

/// How old the sample is at least and at most, and which seals its author could see.
///
/// A tablet that never got the record counts from the label that was read.
fn of_disposal(app: &App, campus: &Campus, document: &Document) -> Result<Vec<(String, Value)>, CommandError> {
    let Some(id) = text(document, "sample").and_then(|id| id.parse().ok()).map(RecordId) else { return Ok(Vec::new()) };
    let Some(sample) = app.store().find_one(id)? else {
        let label = text(document, "label").and_then(|label| label.parse::<SampleLabel>().ok());
        return Ok(label.filter(|label| label.sample == id.0).map(|label| by_label(app, &label)).unwrap_or_default());
    };
    let mut fields = ages(&Age::of(app, id, &sample.doc)?);
    let seals = seals::of_food(app, campus)?;
    let held: Vec<String> = seals
        .iter()
        .filter(|seal| seal.is_open && seal.holds_sample(&sample.doc, sample.day.as_deref()))
        .map(|seal| seal.id.to_string())
        .collect();
    fields.extend((!held.is_empty()).then(|| ("holds".to_owned(), json!(held))));
    Ok(fields)
}

fn by_label(app: &App, label: &SampleLabel) -> Vec<(String, Value)> {
    let mut fields = ages(&Age::of_label(app, label));
    fields.push(("keep_h".to_owned(), json!(label.keep_h.to_string())));
    if !label.dish.is_empty() {
        fields.push(("dish_name".to_owned(), json!(label.dish)));
    }
    fields
}

fn ages(age: &Age) -> Vec<(String, Value)> {
    let mut fields = vec![("age_min_h".to_owned(), json!(hours(age.min_ms, false)))];
    fields.extend(age.max_ms.map(|most| ("age_max_h".to_owned(), json!(hours(most, true)))));
    fields
}

/// Hours with four digits behind the point, the shortest time rounded down and the longest up, so that neither says more than is known.
fn hours(ms: i64, is_up: bool) -> String {
    let tenths = i128::from(ms) * 10_000;
    let hour = i128::from(HOUR_MS);
    let rounded = if is_up { (tenths + hour - 1).div_euclid(hour) } else { tenths.div_euclid(hour) };
    Decimal::new(i64::try_from(rounded).unwrap_or(i64::MAX), 4).normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_rounded_to_the_side_that_says_less() {
        assert_eq!((hours(48 * HOUR_MS, false), hours(48 * HOUR_MS, true)), ("48".to_owned(), "48".to_owned()));
        assert_eq!(hours(48 * HOUR_MS - 1, false), "47.9999");
        assert_eq!(hours(48 * HOUR_MS + 1, true), "48.0001");
    }
}
