//! The items that points bear, as screens show them, and those that a fire patrol must have.

use domain::route::missing_fire_items;
use domain::template::{Item, built_in_item};
use wire::ProblemType;

use super::CHECKPOINT;
use crate::dto::route::RouteItem;
use crate::error::CommandError;

/// The item of a code as screens show it.
pub(crate) fn item(code: &str) -> RouteItem {
    let unknown = || RouteItem { code: code.to_owned(), text: code.to_owned(), text_en: None };
    built_in_item(code).map_or_else(unknown, item_view)
}

/// An item as screens show it.
pub(crate) fn item_view(item: &Item) -> RouteItem {
    RouteItem {
        code: item.code.clone(),
        text: item.text.clone(),
        text_en: item.english.as_ref().map(|english| english.text.clone()),
    }
}

/// Refuses what would leave a fire patrol without one of its seven items.
///
/// # Errors
/// `fire-items`, about `argument`, with the `items` that no point would bear.
pub(crate) fn require_fire<'a>(argument: &str, borne: impl IntoIterator<Item = &'a str>) -> Result<(), CommandError> {
    let missing = missing_fire_items(borne);
    if missing.is_empty() {
        return Ok(());
    }
    let items: Vec<RouteItem> = missing.into_iter().map(item_view).collect();
    let codes = items.iter().map(|item| item.code.as_str()).collect::<Vec<_>>().join(", ");
    let message = format_args!("no {CHECKPOINT} of this fire patrol bears {codes}");
    Err(CommandError::new(ProblemType::FireItems, message).field(argument).detail("items", items))
}
