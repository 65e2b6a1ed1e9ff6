//! Taking an act back while its author still looks at it.

use causal::RecordId;
use domain::register::fold;
use replica::Save;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::document::field;
use crate::dto::entry::SavedEntry;
use crate::entry::parts::versions;
use crate::entry::{Entry, finding, past};
use crate::error::CommandError;

/// Arguments of `entry.undo`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Undo {
    /// The row.
    id: Uuid,
    /// The act, as `entry.act` named it.
    entry: Uuid,
}

pub(super) fn undo(app: &App, arguments: Undo) -> Result<SavedEntry, CommandError> {
    let (entry, viewer) = Entry::seen(app, RecordId(arguments.id))?;
    let id = arguments.entry.to_string();
    let here = app.store().identity()?.replica;
    let now = app.now_ms();
    let mut acts = entry.folded.acts.iter();
    let can = acts.any(|(act, _)| act.id == id && past::can_undo(&entry, &viewer, act, now, here));
    if !can {
        let message = "an act is taken back by its author, on the device that wrote it, within five seconds";
        return Err(CommandError::new(ProblemType::NothingToUndo, message).field("entry"));
    }
    let name = format!("acts/{id}");
    let mut after = entry.document.clone();
    after.insert(name.clone(), Value::Null);
    let findings = finding::after(app, &entry, &fold(entry.register, &after))?;
    let save = Save {
        id: Some(entry.id),
        kind: entry.register.kind.clone(),
        seen: versions(&entry.version).first().map(|seen| (*seen).to_owned()),
        only_if: versions(&entry.version).first().map(|version| (*version).to_owned()),
        set: vec![field(name, Value::Null)],
        by: app.by(),
        ..Save::default()
    };
    let saved = app.store().save_all(std::iter::once(save).chain(findings).collect())?;
    let version = entry.parts.version_after(&entry.version, entry.id, &saved);
    Ok(SavedEntry { id: entry.id.0, version, created: false })
}
