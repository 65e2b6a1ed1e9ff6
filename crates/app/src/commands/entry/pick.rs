//! What a field that names a record may be given.

use domain::register::{Register, Right, register};
use replica::{Condition, Listing, Order, Visible};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::dto::page::checked_limit;
use crate::entry::naming::Naming;
use crate::entry::{is_newer, scopes, stages_in_use};
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
    /// Only those that say the same in the field by which the form narrows them down, as the field's `narrowed_by` names it.
    #[serde(default)]
    of: Option<Narrowing>,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
    /// 1 to 1,000; 200 when left out.
    #[serde(default)]
    limit: Option<u64>,
}

/// What the records are narrowed down by.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Narrowing {
    /// The field.
    field: String,
    /// The record that stands in it.
    id: Uuid,
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
    let mut visible = own.map_or_else(Visible::all, |register| viewer.visible(register, Right::See));
    let narrow = arguments.of.as_ref().map(|of| narrowed(own, &viewer, of)).transpose()?;
    for entry in &mut visible.0 {
        entry.push(Condition::InUse);
        entry.extend(narrow.clone());
    }
    let scopes = own.map_or_else(|| campus.id.into_iter().collect(), |register| scopes(&campus, register));
    let stages = own.map(stages_in_use).unwrap_or_default();
    let listing = Listing {
        kind: &arguments.kind,
        scopes: &scopes,
        visible: Some(&visible),
        stages: &stages,
        text,
        order: if own.is_some() { Order::NewestDay } else { Order::Id },
        limit,
        ..Listing::default()
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
    Ok(Choices { options: found.iter().filter(|found| !is_newer(&found.doc)).filter_map(option).collect() })
}

/// That a record says the same in a field: the one of that name, or what a row is about where it has none.
///
/// # Errors
/// `bad-argument` for a field that there is not, and for one that the person does not see whole: the choice would tell it.
fn narrowed(own: Option<&Register>, viewer: &Viewer, of: &Narrowing) -> Result<Condition, CommandError> {
    let is_word = !of.field.is_empty() && of.field.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let name = match own {
        None => Some(of.field.as_str()).filter(|_| is_word),
        Some(register) => match register.field(&of.field) {
            Some(field) => Some(field.name.as_str()),
            None => register.about.as_deref(),
        }
        .filter(|name| viewer.sight.sees_whole(register, name)),
    };
    let refused = || CommandError::bad_argument("of", "these records are not narrowed down by that field");
    let name = name.ok_or_else(refused)?;
    Ok(Condition::Holds { fields: vec![name.to_owned()], value: of.id.to_string() })
}

/// Kinds without a declaration that fields name: what everybody on a campus may know the names of.
const PICKED: [&str; 4] = ["person", "area", "asset", "campus"];
