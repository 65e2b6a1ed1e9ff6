//! The dishes of a meal.

use domain::id::dish_id;
use domain::meal::Category;
use replica::Save;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::arguments::MealArgument;
use crate::app::App;
use crate::document::{Fields, checked_text, field};
use crate::dto::meal::MealCard;
use crate::error::CommandError;
use crate::meal::{StoredMeal, card_of, found_of_dishes, mark};

/// A longer name is no dish.
const LONGEST: usize = 40;
/// More allergens or lines do not stand on a dish.
const MOST: usize = 60;

/// Arguments of `meal.dish`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PutDish {
    /// The meal.
    meal: MealArgument,
    /// The dish; left out for a new one.
    #[serde(default)]
    dish: Option<Uuid>,
    /// What it is called; a new name of a dish that is there changes nothing else.
    #[serde(default)]
    name: Option<String>,
    /// 主食, 热菜, 汤, 点心, 水果 or 预包装.
    #[serde(default)]
    category: Option<String>,
    /// Whether it is made here.
    #[serde(default)]
    made_here: Option<bool>,
    /// What children may be allergic to in it.
    #[serde(default)]
    allergens: Option<Vec<String>>,
}

/// Arguments of `meal.strike`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Strike {
    /// The meal.
    meal: MealArgument,
    /// The dish.
    dish: Uuid,
    /// Why (换菜登记).
    reason: String,
    /// The dish that takes its place, by its name; it is added.
    #[serde(default)]
    replaced_by: Option<String>,
}

/// Arguments of `meal.same`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Same {
    /// The meal.
    meal: MealArgument,
    /// The dish.
    dish: Uuid,
    /// The dish that it is one with; null takes it back.
    #[serde(default)]
    with: Option<Uuid>,
}

/// What of a dish is timed.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "MealDishMoment")]
pub(super) enum DishMoment {
    /// It comes out of the pot.
    Out,
    /// It comes to the table.
    Table,
}

/// Arguments of `meal.time`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Time {
    /// The meal.
    meal: MealArgument,
    /// The dish.
    dish: Uuid,
    /// What happens now.
    #[serde(default)]
    what: Option<DishMoment>,
    /// The minutes from the pot to the table, typed in the place of the two times; null takes nothing away.
    #[serde(default)]
    minutes: Option<u32>,
}

/// Arguments of `meal.link`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Link {
    /// The meal.
    meal: MealArgument,
    /// The dish.
    dish: Uuid,
    /// The lines of deliveries that it was made of.
    #[serde(default)]
    lines: Vec<Uuid>,
    /// Those of them that it was not made of after all.
    #[serde(default)]
    not: Vec<Uuid>,
}

pub(super) fn dish(app: &App, arguments: PutDish) -> Result<MealCard, CommandError> {
    let meal = arguments.meal.managed(app)?;
    let name = arguments.name.as_deref().map(checked_name).transpose()?;
    let id = match (arguments.dish, &name) {
        (Some(id), _) => meal.dish(id)?.id,
        (None, Some(name)) => dish_id(meal.id.0, name),
        (None, None) => return Err(CommandError::bad_argument("name", "a dish has a name")),
    };
    let path = |of: &str| format!("dishes/{id}/{of}");
    let mut set = Fields::new();
    set.extend(name.map(|name| field(path("name"), name)));
    if let Some(category) = &arguments.category {
        let known = Category::of(category).ok_or_else(|| {
            let words: Vec<&str> = Category::ALL.into_iter().map(Category::word).collect();
            CommandError::bad_argument("category", format_args!("one of {}", words.join(", ")))
        })?;
        set.push(field(path("category"), known.word()));
    }
    set.extend(arguments.made_here.map(|is_made| field(path("made_here"), is_made)));
    if let Some(allergens) = arguments.allergens {
        set.push(field(path("allergens"), json!(checked_words(allergens)?)));
    }
    // Whoever adds a dish that was struck has it on the card again.
    let was_struck = meal.document.get(&path("struck")).is_some_and(|struck| !struck.is_null());
    if arguments.dish.is_none() && was_struck {
        set.push(field(path("struck"), Value::Null));
    }
    saved(app, &arguments.meal, &meal, set)
}

pub(super) fn strike(app: &App, arguments: Strike) -> Result<MealCard, CommandError> {
    let meal = arguments.meal.managed(app)?;
    let dish = meal.dish(arguments.dish)?.id;
    let reason = needed(arguments.reason)?;
    let mut set = Fields::new();
    let mut said = json!({"reason": reason});
    if let Some(name) = &arguments.replaced_by {
        let name = checked_name(name)?;
        let other = dish_id(meal.id.0, &name);
        if other == dish {
            return Err(CommandError::bad_argument("replaced_by", "another dish takes its place"));
        }
        said["replaces"] = json!(other);
        set.push(field(format!("dishes/{other}/name"), name));
        let replaces = meal.dishes.iter().find(|known| known.id == dish).and_then(|known| known.category);
        set.extend(replaces.map(|category| field(format!("dishes/{other}/category"), category.word())));
    }
    set.push(field(format!("dishes/{dish}/struck"), mark(app, said)));
    saved(app, &arguments.meal, &meal, set)
}

pub(super) fn same(app: &App, arguments: Same) -> Result<MealCard, CommandError> {
    let meal = arguments.meal.managed(app)?;
    let with = arguments.with.map(|with| meal.dish(with).map(|dish| dish.id)).transpose()?;
    // A dish that is one with another is found under that one: it is named by its own id.
    meal.dish(arguments.dish)?;
    if with == Some(arguments.dish) {
        return Err(CommandError::bad_argument("with", "another dish"));
    }
    let set = vec![field(format!("dishes/{}/same_as", arguments.dish), json!(with))];
    saved(app, &arguments.meal, &meal, set)
}

pub(super) fn time(app: &App, arguments: Time) -> Result<MealCard, CommandError> {
    let meal = arguments.meal.managed(app)?;
    let dish = meal.dish(arguments.dish)?.id;
    let mut set = Fields::new();
    if let Some(what) = arguments.what {
        let name = match what {
            DishMoment::Out => "cooked_at",
            DishMoment::Table => "to_table_at",
        };
        let path = format!("dishes/{dish}/{name}");
        // The first word stands: a second tap is no second pot.
        if meal.document.get(&path).is_none_or(Value::is_null) {
            set.push(field(path, mark(app, json!({}))));
        }
    }
    if let Some(minutes) = arguments.minutes {
        if minutes > 24 * 60 {
            return Err(CommandError::bad_argument("minutes", "at most a day"));
        }
        set.push(field(format!("dishes/{dish}/minutes"), minutes));
    }
    saved(app, &arguments.meal, &meal, set)
}

pub(super) fn link(app: &App, arguments: Link) -> Result<MealCard, CommandError> {
    let meal = arguments.meal.managed(app)?;
    let dish = meal.dish(arguments.dish)?;
    if arguments.lines.len() + arguments.not.len() > MOST {
        return Err(CommandError::limit("lines", "lines of one dish", MOST, arguments.lines.len()));
    }
    let path = |line: &Uuid| format!("dishes/{}/lines/{line}", dish.id);
    let mut set: Fields = arguments.lines.iter().map(|line| field(path(line), mark(app, json!({})))).collect();
    let linked = arguments.not.iter().filter(|line| dish.lines.contains(line));
    set.extend(linked.map(|line| field(path(line), Value::Null)));
    saved(app, &arguments.meal, &meal, set)
}

/// Saves fields of a meal, where there are any, and gives its card.
pub(super) fn saved(
    app: &App,
    argument: &MealArgument,
    meal: &StoredMeal,
    set: Fields,
) -> Result<MealCard, CommandError> {
    if set.is_empty() {
        return card_of(app, meal);
    }
    let found = found_of_dishes(app, meal, &set)?;
    let time = app.time();
    let save: Save = meal.save(app, set);
    let saves = std::iter::once(save).chain(found).collect();
    match meal.version {
        None => drop(crate::envelope::save_all(app, saves, &time)?),
        Some(_) => drop(app.store().save_all(saves)?),
    }
    card_of(app, &argument.seen(app)?)
}

/// A reason that was given.
pub(super) fn needed(reason: String) -> Result<String, CommandError> {
    let missing = || CommandError::bad_argument("reason", "a reason is needed");
    checked_text("reason", Some(reason))?.ok_or_else(missing)
}

/// The name of a dish, trimmed.
pub(super) fn checked_name(name: &str) -> Result<String, CommandError> {
    let name = name.trim();
    let is_name = !name.is_empty() && name.chars().count() <= LONGEST && !name.chars().any(char::is_control);
    let wrong = || CommandError::bad_argument("name", format_args!("a dish is called in 1 to {LONGEST} letters"));
    is_name.then(|| name.to_owned()).ok_or_else(wrong)
}

/// Words in a list, trimmed, each once.
pub(super) fn checked_words(words: Vec<String>) -> Result<Vec<String>, CommandError> {
    if words.len() > MOST {
        return Err(CommandError::limit("allergens", "allergens of one dish", MOST, words.len()));
    }
    let mut checked = words.iter().map(|word| checked_name(word)).collect::<Result<Vec<_>, _>>()?;
    checked.sort();
    checked.dedup();
    Ok(checked)
}
