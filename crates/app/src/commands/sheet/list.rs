//! The papers that somebody gets.

use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::dto::sheet::{SheetEntry, SheetList, SheetPlace};
use crate::error::CommandError;
use crate::names::Names;
use crate::sheet::{Entry, Reach, catalogue, entry, is_office};
use crate::sight::Viewer;

/// Arguments of `sheet.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
    /// Only this paper, such as `repair/` and the id of a finding: the slip of one finding stands in no list.
    #[serde(default)]
    sheet: Option<String>,
}

pub(super) fn list(app: &App, arguments: List) -> Result<SheetList, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let viewer = Viewer::here(app, &campus)?;
    let names = Names::new(app);
    let entries = match &arguments.sheet {
        Some(code) => entry(&viewer, code, is_office(app)).into_iter().collect(),
        None => catalogue(&viewer, is_office(app)),
    };
    Ok(SheetList { sheets: entries.into_iter().map(|entry| view(&names, entry)).collect() })
}

fn view(names: &Names<'_>, entry: Entry) -> SheetEntry {
    let (title, title_en) = entry.of.title();
    let (since, places) = match entry.reach {
        Reach::Whole => (None, None),
        Reach::Part { since, places } => (since, Some(places)),
    };
    let place = |id: String| SheetPlace { name: names.name(&id).unwrap_or_else(|| id.clone()), id };
    SheetEntry {
        sheet: entry.code,
        title,
        title_en,
        period: entry.period.code(),
        may_export: entry.may_export,
        may_tell: entry.may_export && entry.of.has_text(),
        has_places: entry.of.has_places(),
        since: since.map(|day| day.to_string()),
        places: places.map(|places| places.into_iter().map(place).collect()),
    }
}
