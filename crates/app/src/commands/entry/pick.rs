//! What a field that names a record may be given.

use domain::register::{Right, VOID, register};
use replica::{Listing, Order};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::dto::page::checked_limit;
use crate::entry::naming::Naming;
use crate::entry::{is_newer, scopes};
use crate::error::CommandError;
use crate::names::Names;
use crate::sight::Viewer;

/// Arguments of `entry.pick`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Pick {
    /// The kind of the records, as the field's `refers` says it.
    kind: String,
    /// Only those that a search for this finds.
    #[serde(default)]
    text: Option<String>,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
    /// 1 to 1,000; 200 when left out.
    #[serde(default)]
    limit: Option<u64>,
}

/// What can be chosen.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Choices {
    /// The records: in use, of this campus, and such as the person sees.
    options: Vec<RecordChoice>,
}

/// A record to choose.
#[derive(Debug, Serialize, JsonSchema)]
struct RecordChoice {
    /// The record.
    id: Uuid,
    /// What people call it.
    text: String,
    /// The same in English; null where that is the same.
    text_en: Option<String>,
}

pub(super) fn pick(app: &App, arguments: Pick) -> Result<Choices, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let viewer = Viewer::here(app, &campus)?;
    let limit = checked_limit(arguments.limit)?;
    let text = arguments.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let names = Names::new(app);
    let naming = Naming::new(app, &names, &campus, &viewer);
    let own = register(&arguments.kind);
    let visible = own.map(|register| viewer.visible(register, Right::See));
    let scopes = own.map_or_else(|| campus.id.into_iter().collect(), |register| scopes(&campus, register));
    let order = if own.is_some() { Order::NewestDay } else { Order::Id };
    let listing = Listing {
        kind: &arguments.kind,
        scopes: &scopes,
        visible: visible.as_ref(),
        text,
        order,
        limit,
        ..Listing::default()
    };
    let is_in_use = |found: &&replica::ListedRecord| {
        found.doc.get("active") != Some(&false.into()) && found.stage.as_deref() != Some(VOID) && !is_newer(&found.doc)
    };
    let is_known = own.is_some() || (PICKED.contains(&arguments.kind.as_str()) && !viewer.is_nobody());
    let found = if is_known { app.store().find(&listing)? } else { Vec::new() };
    let option = |found: &replica::ListedRecord| {
        let id = found.id.0;
        match own {
            Some(register) => {
                let title = naming.title(register, &found.doc);
                Some(RecordChoice { id, text: title.zh, text_en: title.en })
            }
            None => Some(RecordChoice { id, text: names.name(&id.to_string())?, text_en: None }),
        }
    };
    Ok(Choices { options: found.iter().filter(is_in_use).filter_map(option).collect() })
}

/// Kinds without a declaration that fields name: what everybody on a campus may know the names of.
const PICKED: [&str; 4] = ["person", "area", "asset", "campus"];
