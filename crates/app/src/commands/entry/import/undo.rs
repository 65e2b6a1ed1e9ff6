//! Taking an import back, for seven days, on the office's store that carried it out.

use causal::RecordId;
use replica::{Save, new_uuid_v7};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::super::save::check_may_write;
use crate::app::App;
use crate::campus::Campus;
use crate::document::field;
use crate::entry::naming::Naming;
use crate::entry::{Entry, named};
use crate::error::CommandError;
use crate::names::Names;
use crate::sight::Viewer;

/// How long an import can be taken back.
const KEPT_MS: u64 = 7 * 86_400_000;
const PREFIX: &str = "import_done/";
const REASON: &str = "撤销导入";

/// What an import did; kept beside the records, and no record itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Done {
    /// The register.
    pub(super) kind: String,
    /// The campus.
    pub(super) campus: Option<Uuid>,
    /// Who did it.
    pub(super) by: Option<String>,
    /// When, ms since 1970 UTC.
    pub(super) at: u64,
    /// The rows that it made.
    pub(super) made: Vec<Uuid>,
    /// What it changed.
    pub(super) changed: Vec<Before>,
}

/// One record that an import changed, as it was before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Before {
    /// The record.
    pub(super) id: Uuid,
    /// The row that it is, or that it is a part of.
    pub(super) row: Uuid,
    /// Its kind.
    pub(super) kind: String,
    /// Whose write it was that changed it.
    pub(super) replica: String,
    /// Which of its writes.
    pub(super) counter: u64,
    /// What stood there, by path.
    pub(super) values: Map<String, Value>,
}

/// What was taken back.
#[derive(Debug, Default)]
pub(super) struct Undone {
    /// How many rows are void now.
    pub(super) voided: usize,
    /// How many values stand as before.
    pub(super) restored: usize,
    /// What somebody has changed since, and was left alone: the row, what it is called, and the field.
    pub(super) kept: Vec<(Uuid, String, String)>,
}

impl Done {
    /// Until when it can be taken back, ms since 1970 UTC.
    pub(super) fn until(&self) -> u64 {
        self.at + KEPT_MS
    }

    fn is_kept(&self, now: u64) -> bool {
        (self.at..=self.until()).contains(&now)
    }
}

/// The setting of this device that tells what an import did; whoever takes it away takes the import back.
pub(super) fn setting(import: Uuid) -> String {
    format!("{PREFIX}{import}")
}

/// The imports that can be taken back, the last first; those whose time is over are forgotten.
pub(super) fn all(app: &App) -> Result<Vec<(Uuid, Done)>, CommandError> {
    let mut all = Vec::new();
    for (name, done) in app.store().device_settings::<Done>(PREFIX)? {
        if done.at.saturating_add(KEPT_MS) < app.now_ms() {
            app.store().clear_device_setting(&format!("{PREFIX}{name}"))?;
        } else if let Ok(import) = name.parse() {
            all.push((import, done));
        }
    }
    all.sort_by_key(|(_, done)| std::cmp::Reverse(done.at));
    Ok(all)
}

/// Takes an import back: what it made is void, what it changed is as it was where nobody has written there since.
///
/// # Errors
/// `not-found`, about the argument `import`; those of a save. Nothing has changed then.
pub(super) fn undo(app: &App, import: Uuid) -> Result<Undone, CommandError> {
    let done: Option<Done> = app.store().device_setting(&setting(import))?;
    let gone = || CommandError::not_found("there is no such import, or its seven days are over").field("import");
    let done = done.filter(|done| done.is_kept(app.now_ms())).ok_or_else(gone)?;
    let register = named(&done.kind)?;
    let campus = Campus::load(app, done.campus)?;
    let viewer = Viewer::here(app, &campus)?;
    check_may_write(register, &viewer)?;
    let names = Names::new(app);
    let naming = Naming::new(app, &names, &campus, &viewer);
    let (mut saves, mut undone) = (Vec::new(), Undone::default());
    for id in &done.made {
        let entry = Entry::load(app, RecordId(*id))?;
        if !entry.folded.is_void() {
            saves.push(void(app, &entry));
            undone.voided += 1;
        }
    }
    for before in &done.changed {
        let Some(reading) = app.store().get(RecordId(before.id))? else { continue };
        let is_ours = |path: &str| {
            let mut siblings = reading.record.state.siblings(path).peekable();
            siblings.peek().is_some()
                && siblings
                    .all(|own| own.dot.counter == before.counter && own.dot.replica.to_string() == before.replica)
        };
        let (ours, theirs): (Vec<_>, Vec<_>) = before.values.iter().partition(|(path, _)| is_ours(path));
        undone.restored += ours.iter().filter(|(path, _)| register.field_at(path).is_some()).count();
        let title = || {
            naming
                .title(
                    register,
                    &Entry::load(app, RecordId(before.row)).map(|row| row.folded.document).unwrap_or_default(),
                )
                .zh
        };
        let labels = theirs.iter().filter_map(|(path, _)| register.field_at(path)).map(|field| field.zh.clone());
        undone.kept.extend(labels.map(|label| (before.row, title(), label)));
        if !ours.is_empty() {
            saves.push(Save {
                id: Some(RecordId(before.id)),
                kind: before.kind.clone(),
                seen: Some(reading.version.clone()),
                only_if: Some(reading.version),
                set: ours.into_iter().map(|(path, value)| field(path.clone(), value.clone())).collect(),
                by: app.by(),
                ..Save::default()
            });
        }
    }
    app.store().save_taking_settings(&[setting(import)], saves)?.ok_or_else(gone)?;
    Ok(undone)
}

fn void(app: &App, entry: &Entry) -> Save {
    let id = new_uuid_v7(app.now_ms(), &*app.store().ports().entropy);
    let void = json!({"reason": REASON, "by": app.by().as_deref(), "at": app.now_ms(), "after": entry.folded.seen()});
    let version = crate::entry::parts::versions(&entry.version).first().map(|version| (*version).to_owned());
    Save {
        id: Some(entry.id),
        kind: entry.register.kind.clone(),
        seen: version.clone(),
        only_if: version,
        set: vec![field(format!("void/{id}"), void)],
        by: app.by(),
        ..Save::default()
    }
}
