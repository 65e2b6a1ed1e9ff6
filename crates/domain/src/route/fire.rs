//! What the daily fire patrol asks of a route: its points must bear all of the items between them.

use crate::template::{Item, Part, built_in};

/// The items of the daily fire patrol: those of the newest edition of T15.
pub fn fire_items() -> impl Iterator<Item = &'static Item> {
    let check = built_in().iter().find(|template| template.code == "T15");
    check.into_iter().flat_map(|template| template.items_for(Part::Daily, None))
}

/// The items of the daily fire patrol that no point bears; empty for a route that may count as one.
///
/// # Example
/// ```
/// use domain::route::{fire_items, missing_fire_items};
/// let all: Vec<&str> = fire_items().map(|item| item.code.as_str()).collect();
/// assert!(missing_fire_items(all.iter().copied()).is_empty());
/// assert_eq!(missing_fire_items(all[1..].iter().copied()).len(), 1);
/// ```
pub fn missing_fire_items<'a>(borne: impl IntoIterator<Item = &'a str>) -> Vec<&'static Item> {
    let borne: Vec<&str> = borne.into_iter().collect();
    fire_items().filter(|item| !borne.contains(&item.code.as_str())).collect()
}
