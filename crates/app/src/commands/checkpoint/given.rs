//! What a form says of a point, checked.

use domain::route::Route;
use domain::template::built_in_item;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::document::{Fields, checked_text, field};
use crate::error::CommandError;
use crate::master::{checked_name, given};

/// Nobody stays at a point for longer than that.
const MOST_SECONDS: u32 = 3_600;
/// More items are a checklist of their own.
const MOST_ITEMS: usize = 60;

/// What a form says of a point.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PointInput")]
pub(super) struct Given {
    /// What it is called.
    #[serde(default)]
    pub(super) name: Option<String>,
    /// The same in English; null for none.
    #[serde(default, deserialize_with = "given")]
    pub(super) name_en: Option<Option<String>>,
    /// What to look at; null for nothing.
    #[serde(default, deserialize_with = "given")]
    pub(super) look_at: Option<Option<String>>,
    /// The same in English; null for none.
    #[serde(default, deserialize_with = "given")]
    pub(super) look_at_en: Option<Option<String>>,
    /// The area that it lies in; null for none.
    #[serde(default, deserialize_with = "given")]
    pub(super) area: Option<Option<Uuid>>,
    /// The codes of the items that it bears.
    #[serde(default)]
    pub(super) items: Option<Vec<String>>,
    /// The codes of those that must be answered before it is closed.
    #[serde(default)]
    pub(super) must: Option<Vec<String>>,
    /// The shortest believable stay, in seconds, at most an hour.
    #[serde(default)]
    pub(super) min_seconds: Option<u32>,
    /// The ids of the windows in which it is walked; an empty list for all of them.
    #[serde(default)]
    pub(super) windows: Option<Vec<String>>,
    /// Whether a visit asks for a photo.
    #[serde(default)]
    pub(super) photo: Option<bool>,
}

impl Given {
    /// The fields that it sets; `held` are the items and the must-items that the point has by now.
    ///
    /// # Errors
    /// `bad-arguments` or `limit-exceeded`, about the first argument that is not understood.
    pub(super) fn fields(&self, route: &Route, held: (&[String], &[String])) -> Result<Fields, CommandError> {
        let mut set = Fields::new();
        set.extend(checked_name(self.name.clone())?.map(|name| field("name", name)));
        let name_en = self.name_en.clone().map(|name| checked_name(name.filter(|name| !name.trim().is_empty())));
        set.extend(name_en.transpose()?.map(|name| field("name_en", name)));
        for (name, text) in [("look_at", &self.look_at), ("look_at_en", &self.look_at_en)] {
            let text = text.clone().map(|text| checked_text(name, text)).transpose()?;
            set.extend(text.map(|text| field(name, text)));
        }
        set.extend(self.area.map(|area| field("area", area.map(|area| area.to_string()))));
        let items = self.items.as_deref().map(checked_items).transpose()?;
        let must = self.must.as_deref().unwrap_or(held.1);
        let borne = items.as_deref().unwrap_or(held.0);
        if let Some(code) = must.iter().find(|code| !borne.contains(code)) {
            let message = format_args!("the point does not bear {code}, so it cannot be asked there");
            return Err(CommandError::bad_argument("must", message));
        }
        set.extend(items.map(|items| field("items", items)));
        set.extend(self.must.clone().map(|must| field("must", must)));
        if let Some(seconds) = self.min_seconds {
            if seconds > MOST_SECONDS {
                return Err(CommandError::bad_argument("min_seconds", format_args!("at most {MOST_SECONDS} seconds")));
            }
            set.push(field("min_seconds", seconds));
        }
        if let Some(windows) = &self.windows {
            check_windows(route, windows)?;
            set.push(field("windows", windows.clone()));
        }
        set.extend(self.photo.map(|photo| field("photo", photo)));
        Ok(set)
    }
}

/// The codes, each once.
fn checked_items(codes: &[String]) -> Result<Vec<String>, CommandError> {
    if codes.len() > MOST_ITEMS {
        return Err(CommandError::limit("items", "items", MOST_ITEMS, codes.len()));
    }
    let mut known: Vec<String> = Vec::with_capacity(codes.len());
    for code in codes {
        if built_in_item(code).is_none() {
            return Err(CommandError::bad_argument("items", format_args!("there is no item {code}")));
        }
        if !known.contains(code) {
            known.push(code.clone());
        }
    }
    Ok(known)
}

fn check_windows(route: &Route, windows: &[String]) -> Result<(), CommandError> {
    let is_live = |id: &&String| route.window(id).is_some_and(|window| window.until.is_none());
    match windows.iter().find(|id| !is_live(id)) {
        Some(id) => Err(CommandError::bad_argument("windows", format_args!("the route has no window {id} now"))),
        None => Ok(()),
    }
}
