//! The head of a route.

use domain::permission::Permission;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::document::Fields;
use crate::error::CommandError;
use crate::master::{Draft, SavedRecord, checked_name, given};
use crate::people;
use crate::route::{ROUTE, StoredRoute, points_of, require_fire};

/// Arguments of `route.save`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SaveRoute {
    /// The route; left out for a new one.
    #[serde(default)]
    id: Option<Uuid>,
    /// What it is called.
    #[serde(default)]
    name: Option<String>,
    /// The same in English; null for none.
    #[serde(default, deserialize_with = "given")]
    name_en: Option<Option<String>>,
    /// Whether it is walked at night; said once, when it is new.
    #[serde(default)]
    night: Option<bool>,
    /// Whether it counts as the daily fire patrol: its points must bear all seven items of that.
    #[serde(default)]
    fire: Option<bool>,
    /// Whether each visit asks for a photo.
    #[serde(default)]
    photo: Option<bool>,
    /// The campus of a new route; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `route.end`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct End {
    /// The route.
    id: Uuid,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

pub(super) fn save(app: &App, arguments: SaveRoute) -> Result<SavedRecord, CommandError> {
    let (scope, is_new) = match arguments.id {
        Some(id) => {
            let route = StoredRoute::to_change(app, id)?;
            if arguments.night.is_some_and(|night| night != route.route.is_night) {
                let message = "a route is walked by day or at night from its beginning on; make another one";
                return Err(CommandError::bad_argument("night", message));
            }
            (route.scope, false)
        }
        None => {
            let campus = Campus::named_or_here(app, arguments.scope)?;
            people::require(app, &campus, Permission::ManageRoutes)?;
            (campus.id, true)
        }
    };
    if arguments.fire == Some(true) {
        let points = arguments.id.map(|id| points_of(app, id, scope)).transpose()?.unwrap_or_default();
        let live = points.iter().filter(|point| point.point.until.is_none());
        require_fire("fire", live.flat_map(|point| &point.point.items).map(String::as_str))?;
    }
    let mut draft =
        Draft { kind: ROUTE, id: arguments.id, scope, seen: arguments.seen, set: Fields::new(), required: &["name"] };
    draft.put("name", checked_name(arguments.name)?);
    let name_en = arguments.name_en.map(|name| name.filter(|name| !name.trim().is_empty()));
    draft.put_or_clear("name_en", name_en.map(checked_name).transpose()?);
    draft.put("night", arguments.night.filter(|_| is_new));
    draft.put("fire", arguments.fire);
    draft.put("photo", arguments.photo);
    draft.put("since", is_new.then(|| app.now_ms()));
    draft.save(app)
}

pub(super) fn end(app: &App, arguments: End) -> Result<SavedRecord, CommandError> {
    let route = StoredRoute::to_change(app, arguments.id)?;
    let mut draft = Draft {
        kind: ROUTE,
        id: Some(route.id),
        scope: route.scope,
        seen: arguments.seen,
        set: Fields::new(),
        required: &[],
    };
    draft.put("until", Some(app.now_ms()));
    draft.save(app)
}
