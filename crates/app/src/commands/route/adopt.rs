//! Built-in routes that become those of a campus, when somebody asks for it.

use domain::permission::Permission;
use domain::route::built_in;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;
use crate::people;
use crate::route::{ROUTE, adopt};

/// Arguments of `route.adopt`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Adopt {
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
    /// The codes, such as `S-DAY`; left out, all for this sort of campus.
    #[serde(default)]
    codes: Option<Vec<String>>,
}

/// What a campus took over.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Adopted {
    /// The routes that it did not have before.
    routes: Vec<Uuid>,
    /// How many points they have.
    points: usize,
}

pub(super) fn adopt_routes(app: &App, arguments: Adopt) -> Result<Adopted, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    people::require(app, &campus, Permission::ManageRoutes)?;
    let refused =
        || CommandError::bad_argument("scope", "it must be known which campus is meant, and of what sort it is");
    let (id, kind) = campus.id.zip(campus.kind).ok_or_else(refused)?;
    let is_known = |code: &&String| built_in().iter().any(|preset| preset.campus == kind && preset.code == **code);
    if let Some(unknown) = arguments.codes.iter().flatten().find(|code| !is_known(code)) {
        let message = format_args!("there is no built-in route {unknown} for this sort of campus");
        return Err(CommandError::not_found(message).field("codes"));
    }
    let saves = adopt(app, id, kind, arguments.codes.as_deref(), app.by().as_ref())?;
    let routes = saves.iter().filter(|save| save.kind == ROUTE).filter_map(|save| save.id).map(|id| id.0).collect();
    let points = saves.iter().filter(|save| save.kind != ROUTE).count();
    app.store().save_all(saves)?;
    Ok(Adopted { routes, points })
}
