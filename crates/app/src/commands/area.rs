//! Areas: buildings, rooms, kitchens, gates, zones.

use domain::permission::Permission;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::command::{Command, read, write};
use crate::document::{Fields, text};
use crate::dto::person::PersonRef;
use crate::error::CommandError;
use crate::master::{Draft, SavedRecord, checked_name, given, page_of};
use crate::names::Names;
use crate::people;

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("area.list", "Lists the areas of a campus.", list),
        write("area.save", "Adds an area, or changes one.", save),
    ]
}

/// Arguments of `area.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct List {
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
    /// Only those of this kind, such as `kitchen`.
    #[serde(default)]
    kind: Option<String>,
    /// 1 to 1,000; 200 when left out.
    #[serde(default)]
    limit: Option<u64>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<String>,
}

/// A page of areas.
#[derive(Debug, Serialize, JsonSchema)]
struct AreaPage {
    areas: Vec<AreaRow>,
    /// Where the next page starts; null at the end.
    next: Option<String>,
}

/// One area.
#[derive(Debug, Serialize, JsonSchema)]
struct AreaRow {
    /// The area.
    id: Uuid,
    /// The campus.
    scope: Option<Uuid>,
    /// Its name.
    name: Option<String>,
    /// What it is: `building`, `floor`, `room`, `class`, `zone`, `kitchen`, `store`, `gate` or `outdoor`.
    kind: Option<String>,
    /// The area that it is part of.
    parent: Option<String>,
    /// 包干人.
    owner_person: Option<PersonRef>,
    /// 承包班级.
    owner_class: Option<String>,
    /// 重点部位.
    key_area: bool,
    /// Give it back as `seen` with a change.
    version: String,
}

/// Arguments of `area.save`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SaveArea {
    /// The area; left out for a new one.
    #[serde(default)]
    id: Option<Uuid>,
    /// Its name.
    #[serde(default)]
    name: Option<String>,
    /// What it is: `building`, `floor`, `room`, `class`, `zone`, `kitchen`, `store`, `gate` or `outdoor`.
    #[serde(default)]
    kind: Option<String>,
    /// The area that it is part of; null for none.
    #[serde(default, deserialize_with = "given")]
    parent: Option<Option<Uuid>>,
    /// 包干人; null for none.
    #[serde(default, deserialize_with = "given")]
    owner_person: Option<Option<Uuid>>,
    /// 承包班级; null for none.
    #[serde(default, deserialize_with = "given")]
    owner_class: Option<Option<Uuid>>,
    /// 重点部位.
    #[serde(default)]
    key_area: Option<bool>,
    /// The campus of a new area; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

const KINDS: [&str; 9] = ["building", "floor", "room", "class", "zone", "kitchen", "store", "gate", "outdoor"];

fn list(app: &App, arguments: List) -> Result<AreaPage, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    let paging = (arguments.limit, arguments.after.as_deref());
    let kind = arguments.kind.as_deref().map(|kind| ("kind", kind));
    let page = page_of(app, "area", campus.id, kind, paging)?;
    let names = Names::new(app);
    let mut areas = Vec::new();
    for (found, version) in page.records {
        let owned = |name: &str| text(&found.doc, name).map(str::to_owned);
        areas.push(AreaRow {
            id: found.id.0,
            scope: found.scope,
            name: owned("name"),
            kind: owned("kind"),
            parent: owned("parent"),
            owner_person: text(&found.doc, "owner_person").map(|person| names.person(person)),
            owner_class: owned("owner_class"),
            key_area: found.doc.get("key_area") == Some(&true.into()),
            version,
        });
    }
    Ok(AreaPage { areas, next: page.next })
}

fn save(app: &App, arguments: SaveArea) -> Result<SavedRecord, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    people::require_for(app, arguments.id, arguments.scope, campus.id, Permission::ManageAreas)?;
    if arguments.kind.as_deref().is_some_and(|kind| !KINDS.contains(&kind)) {
        return Err(CommandError::bad_argument("kind", format_args!("one of {}", KINDS.join(", "))));
    }
    if arguments.id.is_some() && arguments.parent.flatten() == arguments.id {
        return Err(CommandError::bad_argument("parent", "an area is no part of itself"));
    }
    let mut draft = Draft {
        kind: "area",
        id: arguments.id,
        scope: campus.id,
        seen: arguments.seen,
        set: Fields::new(),
        required: &["name"],
    };
    draft.put("name", checked_name(arguments.name)?);
    draft.put("kind", arguments.kind);
    draft.put_or_clear("parent", arguments.parent.map(|id| id.map(|id| id.to_string())));
    draft.put_or_clear("owner_person", arguments.owner_person.map(|id| id.map(|id| id.to_string())));
    draft.put_or_clear("owner_class", arguments.owner_class.map(|id| id.map(|id| id.to_string())));
    draft.put("key_area", arguments.key_area);
    draft.save(app)
}
