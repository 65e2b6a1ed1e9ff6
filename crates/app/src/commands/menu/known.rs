//! Dishes that were planned before, found as one types.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use domain::meal::{MenuDish, banned_in, menu_of, name_key};
use domain::served::SERVED_MEALS;
use replica::{Listing, is_spelled};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::banned::banned;
use crate::app::App;
use crate::campus::Campus;
use crate::dto::meal::{MenuKnown, MenuKnownDish};
use crate::error::CommandError;
use crate::meal::MENU;
use crate::people;

/// Menus of so many days are looked through.
const DAYS: u64 = 26 * 7;
/// There are no more menus in that time.
const MOST_MENUS: u64 = 60;
/// So many dishes are told; who wants another types on.
const MOST: usize = 60;

/// Arguments of `menu.known`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownDishes {
    /// What was typed: a part of the name, its pinyin or its initials; all of them when left out.
    #[serde(default)]
    typed: Option<String>,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

/// A dish with the day on which it stood there last, and how often it did.
struct Known {
    dish: MenuDish,
    last: NaiveDate,
    times: usize,
}

pub(super) fn known(app: &App, arguments: KnownDishes) -> Result<MenuKnown, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let today = people::today(app, &campus);
    let typed = arguments.typed.unwrap_or_default();
    let mut all: Vec<Known> =
        dishes(app, &campus, today)?.into_values().filter(|known| is_spelled(&known.dish.name, &typed)).collect();
    all.sort_by(|a, b| (b.times, b.last, &a.dish.name).cmp(&(a.times, a.last, &b.dish.name)));
    let view = |known: Known| MenuKnownDish {
        name: known.dish.name,
        category: known.dish.category.map(|category| category.word().to_owned()),
        made_here: known.dish.made_here,
        allergens: known.dish.allergens.into_iter().collect(),
        last: known.last.to_string(),
        times: known.times,
    };
    let banned = banned(&campus.settings);
    Ok(MenuKnown {
        dishes: all.into_iter().take(MOST).map(view).collect(),
        banned: banned_in(&typed, &banned).map(str::to_owned),
    })
}

/// Every dish of the menus of the last half year and of those to come, by its name, as it was planned last.
fn dishes(app: &App, campus: &Campus, today: NaiveDate) -> Result<BTreeMap<String, Known>, CommandError> {
    let scopes: Vec<Uuid> = campus.id.into_iter().collect();
    let from = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today).to_string();
    let days = Some((from.as_str(), "9999-12-31"));
    let listing = Listing { kind: MENU, scopes: &scopes, days, limit: MOST_MENUS, ..Listing::default() };
    let mut all: BTreeMap<String, Known> = BTreeMap::new();
    for menu in app.store().find(&listing)? {
        let Some(monday) = menu.day.as_deref().and_then(|day| day.parse::<NaiveDate>().ok()) else { continue };
        for date in monday.iter_days().take(7) {
            for dish in SERVED_MEALS.iter().flat_map(|sort| menu_of(&menu.doc, date, sort)) {
                let known = all.entry(name_key(&dish.name));
                let known = known.or_insert_with(|| Known { dish: dish.clone(), last: date, times: 0 });
                known.times += 1;
                if date >= known.last {
                    (known.dish, known.last) = (dish, date);
                }
            }
        }
    }
    Ok(all)
}
