//! Things that rows are about: the fridges whose temperature is read, the lamps whose hours are counted.

use domain::permission::Permission;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::command::{Command, read, write};
use crate::document::{Fields, text};
use crate::error::CommandError;
use crate::master::{Draft, SavedRecord, checked_name, given, page_of};
use crate::names::Names;
use crate::people;

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("asset.list", "Lists the equipment of a campus, what is out of use as well.", list),
        write("asset.save", "Adds a piece of equipment, changes one, or takes it out of use.", save),
    ]
}

/// Arguments of `asset.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct List {
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
    /// 1 to 1,000; 200 when left out.
    #[serde(default)]
    limit: Option<u64>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<String>,
}

/// A page of equipment.
#[derive(Debug, Serialize, JsonSchema)]
struct AssetPage {
    assets: Vec<AssetRow>,
    /// Where the next page starts; null at the end.
    next: Option<String>,
}

/// One piece of equipment.
#[derive(Debug, Serialize, JsonSchema)]
struct AssetRow {
    /// The thing.
    id: Uuid,
    /// The campus.
    scope: Option<Uuid>,
    /// Its name.
    name: Option<String>,
    /// What it is: `冷藏冷冻`, `紫外线灯` or `其他`; another word where another program wrote one.
    category: Option<String>,
    /// The area that it stands in.
    area: Option<String>,
    /// What people call that area.
    area_name: Option<String>,
    /// Whether it is in use.
    active: bool,
    /// The first day on which it was out of use, `YYYY-MM-DD`; null while it is in use, and where nobody knows.
    ended_on: Option<String>,
    /// Give it back as `seen` with a change.
    version: String,
}

/// Arguments of `asset.save`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SaveAsset {
    /// The thing; left out for a new one.
    #[serde(default)]
    id: Option<Uuid>,
    /// Its name.
    #[serde(default)]
    name: Option<String>,
    /// What it is: `冷藏冷冻`, `紫外线灯` or `其他`.
    #[serde(default)]
    category: Option<String>,
    /// The area that it stands in; null for none.
    #[serde(default, deserialize_with = "given")]
    area: Option<Option<Uuid>>,
    /// False takes it out of use from today on, true brings it back.
    #[serde(default)]
    active: Option<bool>,
    /// The campus of a new one; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

const KIND: &str = "asset";
/// What fields of registers name: what keeps food cool, what disinfects the air, and the rest.
const CATEGORIES: [&str; 3] = ["冷藏冷冻", "紫外线灯", "其他"];

fn list(app: &App, arguments: List) -> Result<AssetPage, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    let paging = (arguments.limit, arguments.after.as_deref());
    let page = page_of(app, KIND, campus.id, None, paging)?;
    let names = Names::new(app);
    let mut assets = Vec::new();
    for (found, version) in page.records {
        let owned = |name: &str| text(&found.doc, name).map(str::to_owned);
        assets.push(AssetRow {
            id: found.id.0,
            scope: found.scope,
            name: owned("name"),
            category: owned("category"),
            area: owned("area"),
            area_name: text(&found.doc, "area").and_then(|area| names.name(area)),
            active: found.doc.get("active") != Some(&false.into()),
            ended_on: owned("ended_on"),
            version,
        });
    }
    Ok(AssetPage { assets, next: page.next })
}

fn save(app: &App, arguments: SaveAsset) -> Result<SavedRecord, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    people::require_for(app, arguments.id, arguments.scope, campus.id, Permission::ManageAssets)?;
    if arguments.category.as_deref().is_some_and(|category| !CATEGORIES.contains(&category)) {
        return Err(CommandError::bad_argument("category", format_args!("one of {}", CATEGORIES.join(", "))));
    }
    let mut draft = Draft {
        kind: KIND,
        id: arguments.id,
        scope: campus.id,
        seen: arguments.seen,
        set: Fields::new(),
        required: &["name", "category"],
    };
    draft.put("name", checked_name(arguments.name)?);
    draft.put("category", arguments.category);
    draft.put_or_clear("area", arguments.area.map(|id| id.map(|id| id.to_string())));
    draft.put("active", arguments.active);
    // Nothing is expected of it from this day on; what is missing of the days before stays missing.
    let ended = arguments.active.map(|active| (!active).then(|| people::today(app, &campus).to_string()));
    draft.put_or_clear("ended_on", ended);
    draft.save(app)
}
