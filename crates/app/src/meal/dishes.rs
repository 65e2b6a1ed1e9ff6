//! The dishes of a meal as its card shows them.

use causal::RecordId;
use domain::checked_time::Moment;
use domain::meal::{
    Dish, DishReading, StageCode, Waiting, banned_in, core_of, dish_called, has_sample, holds_of, same_names, waiting,
};
use domain::register::register;
use serde_json::Value;
use uuid::Uuid;

use super::age::now;
use super::making::Making;
use super::reading::is_told_late;
use crate::document::text;
use crate::dto::meal::{DishTime, MealDish, MealLine, MealReading, WaitWord};
use crate::error::CommandError;

/// All of them; a dish that was struck stays listed while a row is about it.
pub(super) fn dish_views(making: &Making<'_>) -> Result<Vec<MealDish>, CommandError> {
    let dishes = &making.meal.dishes;
    let alike = same_names(dishes);
    let mut views = Vec::new();
    for dish in dishes {
        let view = view(making, dish, &alike)?;
        let has_rows = !view.readings.is_empty() || view.has_sample || view.out.is_some();
        if dish.is_asked() || has_rows {
            views.push(view);
        }
    }
    Ok(views)
}

fn view(making: &Making<'_>, dish: &Dish, alike: &[(Uuid, Uuid)]) -> Result<MealDish, CommandError> {
    let dishes = &making.meal.dishes;
    let is_own = |reading: &&DishReading| {
        dish_called(dishes, reading.dish, &reading.dish_name).is_some_and(|found| found.id == dish.id)
    };
    let readings: Vec<&DishReading> = making.around.readings.iter().map(|of| &of.row).filter(is_own).collect();
    let core = core_of(readings.iter().copied(), making.limits.core_c);
    let kept = holds_of(readings.iter().copied());
    let (waits, left_ms) = wait_word(waiting(dish.times, &kept, making.limits.hold, &now(making.app)));
    let samples: Vec<_> = making.around.samples.iter().map(|of| of.row.clone()).collect();
    let pairs = alike.iter().filter(|(one, other)| dish.id == *one || dish.id == *other);
    Ok(MealDish {
        id: dish.id,
        name: dish.name.clone(),
        category: dish.category.map(|category| category.word().to_owned()),
        made_here: dish.made_here,
        allergens: dish.allergens.iter().cloned().collect(),
        planned: dish.is_planned,
        struck: dish.struck.as_ref().map(|struck| struck.reason.clone()),
        needs_sample: dish.is_asked() && dish.needs_sample(),
        has_sample: has_sample(dishes, dish, &samples),
        needs_core: dish.is_asked() && dish.needs_core(),
        core: core.state.into(),
        failing: core.failing.iter().copied().collect(),
        readings: readings
            .iter()
            .filter(|reading| !reading.is_void)
            .filter_map(|reading| reading_view(making, reading, core.failing.contains(&reading.id)))
            .collect(),
        out: time(making, dish, "cooked_at", dish.times.out),
        table: time(making, dish, "to_table_at", dish.times.table),
        typed_min: dish.times.typed_min,
        waiting: waits,
        left_ms,
        lines: lines(making, dish)?,
        same_name: pairs.map(|(one, other)| if dish.id == *one { *other } else { *one }).collect(),
        banned: banned_in(&dish.name, &making.limits.lines.banned).map(str::to_owned),
    })
}

fn reading_view(making: &Making<'_>, reading: &DishReading, failing: bool) -> Option<MealReading> {
    let (found, by) = making.reading_of(reading)?;
    making.sees(found).then(|| MealReading {
        id: reading.id,
        what: text(&found.doc, "what").unwrap_or_default().to_owned(),
        c: reading.celsius.to_string(),
        batch: reading.batch.clone(),
        retest_of: reading.retest_of.iter().copied().collect(),
        failing,
        at: reading.at.at.0,
        by,
        late: is_told_late(&found.doc, StageCode::Cook, Some("at")),
    })
}

fn time(making: &Making<'_>, dish: &Dish, name: &str, moment: Option<Moment>) -> Option<DishTime> {
    let moment = moment?;
    let said = dish.ids.iter().find_map(|id| making.meal.document.get(&format!("dishes/{id}/{name}")));
    let by = said.and_then(|said| said.get("by")).and_then(Value::as_str).unwrap_or_default();
    Some(DishTime { at: moment.at.0, by: making.names.person(by) })
}

fn lines(making: &Making<'_>, dish: &Dish) -> Result<Vec<MealLine>, CommandError> {
    let mut lines = Vec::new();
    for id in &dish.lines {
        let Some(found) = making.app.store().find_one(RecordId(*id))? else { continue };
        if register(&found.kind).is_none() || !making.sees(&found) {
            continue;
        }
        let owned = |name: &str| text(&found.doc, name).map(str::to_owned);
        let supplier = owned("supplier").and_then(|id| making.names.name(&id)).or_else(|| owned("supplier_as"));
        lines.push(MealLine {
            id: *id,
            item_name: owned("item_name").unwrap_or_default(),
            batch: owned("batch"),
            supplier,
            day: found.day.clone(),
        });
    }
    Ok(lines)
}

fn wait_word(waiting: Waiting) -> (WaitWord, Option<i64>) {
    match waiting {
        Waiting::NotYet => (WaitWord::NotYet, None),
        Waiting::Running { left_ms } => (WaitWord::Running, Some(left_ms)),
        Waiting::InTime { .. } => (WaitWord::InTime, None),
        Waiting::Kept => (WaitWord::Kept, None),
        Waiting::TooLong { .. } => (WaitWord::TooLong, None),
        Waiting::Unknown => (WaitWord::Unknown, None),
    }
}
