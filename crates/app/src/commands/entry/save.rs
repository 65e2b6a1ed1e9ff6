//! Writing rows.

use std::collections::BTreeMap;

use causal::RecordId;
use domain::checked_time::CheckedTime;
use domain::register::{CheckedRow, Register, Right, fold, standing};
use replica::{Presence, Save, new_uuid_v7};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, Fields, checked_text, field};
use crate::dto::entry::SavedEntry;
use crate::dto::field::FieldInput;
use crate::entry::facts::Facts;
use crate::entry::finding::Change;
use crate::entry::parts::{Parts, versions};
use crate::entry::saving::{self, Occurred, bad_value, bad_values};
use crate::entry::{Entry, absent, check_here, finding, form, named, unknown_kind, view};
use crate::envelope;
use crate::error::CommandError;
use crate::meal::after_close;
use crate::people::not_allowed;
use crate::photo;
use crate::sight::Viewer;
use crate::{child, meal};

/// Arguments of `entry.save`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SaveEntry {
    /// The register.
    kind: String,
    /// The row; left out for a new one.
    #[serde(default)]
    id: Option<Uuid>,
    /// What the form has seen; left out, the row as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
    /// The fields that differ from what the form was opened with, as people type them; null takes a value away.
    #[schemars(with = "BTreeMap<String, FieldInput>")]
    set: Document,
    /// Why it is written late; a row that is late without it is refused.
    #[serde(default)]
    late_reason: Option<String>,
    /// The codes of the warnings to which the person says: it is right so.
    #[serde(default)]
    sure: Vec<String>,
    /// The campus of a new row; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

pub(super) fn save(app: &App, arguments: SaveEntry) -> Result<SavedEntry, CommandError> {
    let register = named(&arguments.kind)?;
    match arguments.id {
        Some(id) => {
            let (entry, viewer) = Entry::seen(app, RecordId(id))?;
            if entry.register.kind != arguments.kind {
                return Err(absent(RecordId(id)));
            }
            change(app, &entry, &viewer, &arguments)
        }
        None => create(app, register, &arguments),
    }
}

fn create(app: &App, register: &'static Register, arguments: &SaveEntry) -> Result<SavedEntry, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let viewer = Viewer::here(app, &campus)?;
    check_here(app, &campus, register)?;
    check_may_write(register, &viewer)?;
    let time = app.time();
    let (campus, CheckedRow { writes, warnings }) = checked(app, register, campus, &arguments.set, &arguments.sure)?;
    let document: Document = writes.iter().cloned().collect();
    let id = match row_id(app, register, &campus, &document)? {
        Row::New(id) => id,
        // The row is there, made here or by another tablet: what differs is a change of it.
        Row::There(id) => {
            let entry = Entry::load(app, id)?;
            if !entry.is_seen_by(&viewer) {
                return Err(CommandError::new(ProblemType::EntryExists, "there is such an entry already"));
            }
            let frozen = |name: &String| register.field(name).is_some_and(|field| field.is_frozen);
            let set = arguments.set.iter().filter(|(name, _)| !frozen(name));
            let set = set.map(|(name, value)| (name.clone(), value.clone())).collect();
            let (sure, late_reason) = (arguments.sure.clone(), arguments.late_reason.clone());
            let again = SaveEntry { set, sure, late_reason, ..blank(arguments) };
            return change(app, &entry, &viewer, &again);
        }
    };
    let (late_reason, sure) = (arguments.late_reason.clone(), arguments.sure.as_slice());
    let new = New { id, campus: &campus, time: &time, late_reason, sure };
    let saves = new.saves(app, register, &viewer, CheckedRow { writes, warnings })?;
    envelope::save_all(app, saves, &time)?;
    Ok(SavedEntry { id: id.0, version: Entry::load(app, id)?.version, created: true })
}

/// What was typed of a new row, checked, and its campus by the settings of the day that the row is about, however late it is written.
pub(super) fn checked(
    app: &App,
    register: &'static Register,
    campus: Campus,
    set: &Document,
    sure: &[String],
) -> Result<(Campus, CheckedRow), CommandError> {
    let day = saving::with_saving(app, &campus, register, None, &[], |saving| register.day_of_new(set, saving))?;
    let campus = campus.on(day.map(|day| day.to_string()).as_deref());
    let checked = saving::with_saving(app, &campus, register, None, sure, |saving| register.check(set, saving))?;
    Ok((campus, checked.map_err(|bad| bad_values(&bad))?))
}

/// Writes a new row of a register on a campus, as `entry.save` does; gives its id.
///
/// # Errors
/// Those of `entry.save`.
pub(in crate::commands) fn save_row(
    app: &App,
    kind: &str,
    set: Document,
    campus: Option<Uuid>,
) -> Result<Uuid, CommandError> {
    let kind = kind.to_owned();
    let arguments = SaveEntry { kind, id: None, seen: None, set, late_reason: None, sure: Vec::new(), campus };
    save(app, arguments).map(|saved| saved.id)
}

/// A row that is not there yet.
pub(super) struct New<'a> {
    /// Its id.
    pub(super) id: RecordId,
    /// Its campus.
    pub(super) campus: &'a Campus,
    /// When it is written.
    pub(super) time: &'a CheckedTime,
    /// Why it is written late.
    pub(super) late_reason: Option<String>,
    /// The codes of the warnings to which the person says: it is right so.
    pub(super) sure: &'a [String],
}

impl New<'_> {
    /// What makes the row out of what was checked, the row itself the first.
    ///
    /// # Errors
    /// Those of `entry.save`; nothing is saved here.
    pub(super) fn saves(
        self,
        app: &App,
        register: &'static Register,
        viewer: &Viewer,
        CheckedRow { writes, warnings }: CheckedRow,
    ) -> Result<Vec<Save>, CommandError> {
        let Self { id, campus, time, late_reason, sure } = self;
        let mut writes = writes;
        let typed: Document = writes.iter().cloned().collect();
        writes.extend(meal::own_fields(app, campus, register, &typed)?);
        writes.extend(child::own_fields(app, register)?);
        let document: Document = writes.iter().cloned().collect();
        check_in_place(register, viewer, &document)?;
        check_photos(app, &writes)?;
        let called = saving::called(app, register, campus, &writes)?;
        let occurred = Occurred::of(register, campus, &document, time.now);
        occurred.check(register, time)?;
        let reason = checked_text("late_reason", late_reason)?;
        occurred.check_late(register, time.now, reason.as_deref())?;
        // What the program has filled in may look wrong as well.
        let warnings =
            if document.len() == typed.len() { warnings } else { register.judge(&document, &campus.settings) };
        let is_asked = |warning: &&domain::register::Warning| {
            warning.level == domain::register::Level::Ask && !sure.contains(&warning.code)
        };
        saving::confirm(warnings.iter().filter(is_asked))?;
        let mut fields: Fields = writes.into_iter().map(|(name, value)| field(name, value)).chain(called).collect();
        let parts = Parts::load(app, register, id, campus.id)?;
        let mut saves = split_off(app, register, &parts, &mut fields, None);
        fields.splice(0..0, occurred.envelope(app, campus, time));
        fields.push(field("form", form(register)));
        fields.extend(after_close(app, register, &document)?.map(|(name, said)| field(name, said)));
        if let (Some(campus), Some(_)) = (campus.id, register.hold) {
            fields.push(field("campus", campus.to_string()));
        }
        fields.extend(reason.map(|reason| field("late_reason", reason)));
        let row = Save {
            id: Some(id),
            kind: register.kind.clone(),
            scope: crate::entry::scopes(campus, register).first().copied(),
            only_if: Some(String::new()),
            set: fields,
            by: app.by(),
            ..Save::default()
        };
        saves.insert(0, row);
        let written = Change { row: id, position: None, before: None, after: &document };
        saves.extend(finding::saves(app, register, campus, written)?);
        Ok(saves)
    }
}

/// The same save without what was typed.
fn blank(arguments: &SaveEntry) -> SaveEntry {
    SaveEntry {
        kind: arguments.kind.clone(),
        id: arguments.id,
        seen: None,
        set: Document::new(),
        late_reason: None,
        sure: Vec::new(),
        campus: arguments.campus,
    }
}

/// Changes what may still be changed.
fn change(app: &App, entry: &Entry, viewer: &Viewer, arguments: &SaveEntry) -> Result<SavedEntry, CommandError> {
    let register = entry.register;
    if !entry.grants(viewer, Right::Write) {
        check_may_write(register, viewer)?;
        return Err(CommandError::new(ProblemType::NotAllowed, "this row is for others to write"));
    }
    if entry.folded.is_void() {
        return Err(CommandError::new(ProblemType::Void, "the row is void"));
    }
    if entry.is_newer() {
        return Err(CommandError::new(ProblemType::Finished, "only a newer app can write this row"));
    }
    for name in arguments.set.keys() {
        check_view(register, viewer, name)?;
    }
    let before = &entry.folded.document;
    let checked = saving::with_saving(app, &entry.campus, register, Some(entry), &arguments.sure, |saving| {
        register.check(&arguments.set, saving)
    })?;
    let CheckedRow { writes, warnings } = checked.map_err(|bad| bad_values(&bad))?;
    check_unfinished(app, entry, &writes)?;
    let moved = saving::moved(app, entry, &writes, arguments.late_reason.clone())?;
    let known = register.judge(before, &entry.campus.settings);
    let is_new = |warning: &&domain::register::Warning| {
        warning.level == domain::register::Level::Ask && known.iter().all(|known| known.code != warning.code)
    };
    saving::confirm(warnings.iter().filter(is_new))?;
    if writes.is_empty() {
        return Ok(SavedEntry { id: entry.id.0, version: entry.version.clone(), created: false });
    }
    let seen = arguments.seen.as_deref().unwrap_or(&entry.version);
    let mut saves = change_saves(app, entry, writes, seen)?;
    if let Some(row) = saves.iter_mut().find(|save| save.id == Some(entry.id)) {
        row.set.extend(moved);
    }
    let saved = app.store().save_all(saves)?;
    Ok(SavedEntry { id: entry.id.0, version: entry.parts.version_after(seen, entry.id, &saved), created: false })
}

/// What changes a row by writes that were checked.
///
/// # Errors
/// Those of `entry.save`; nothing is saved here.
pub(super) fn change_saves(
    app: &App,
    entry: &Entry,
    writes: Vec<(String, Value)>,
    seen: &str,
) -> Result<Vec<Save>, CommandError> {
    let register = entry.register;
    check_photos(app, &writes)?;
    let called = saving::called(app, register, &entry.campus, &writes)?;
    let before = &entry.folded.document;
    let mut after = before.clone();
    after.extend(writes.iter().cloned());
    let mut fields: Fields = writes.into_iter().map(|(name, value)| field(name, value)).chain(called).collect();
    let mut saves = split_off(app, register, &entry.parts, &mut fields, Some(seen));
    if entry.document.get("form").and_then(Value::as_str) != Some(form(register).as_str()) {
        fields.push(field("form", form(register)));
    }
    let row = Save {
        id: Some(entry.id),
        kind: register.kind.clone(),
        seen: versions(seen).first().map(|seen| (*seen).to_owned()),
        only_if: versions(&entry.version).first().map(|version| (*version).to_owned()),
        set: fields,
        by: app.by(),
        ..Save::default()
    };
    if !row.set.is_empty() {
        saves.insert(0, row);
    }
    let position = entry.position();
    let written = Change { row: entry.id, position: Some(&position), before: Some(before), after: &after };
    saves.extend(finding::saves(app, register, &entry.campus, written)?);
    Ok(saves)
}

/// Takes the fields of parts out of those of the row, and gives a save for each part that has some.
fn split_off(app: &App, register: &Register, parts: &Parts, fields: &mut Fields, seen: Option<&str>) -> Vec<Save> {
    let seen = seen.map(versions).unwrap_or_default();
    let part_of = |path: &str| {
        let name = path.split('/').next().unwrap_or(path);
        let name = name.strip_suffix("_as").filter(|name| register.field(name).is_some()).unwrap_or(name);
        register.field(name).and_then(|field| field.part.as_deref())
    };
    let mut saves = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let (own, rest): (Fields, Fields) =
            std::mem::take(fields).into_iter().partition(|(path, _)| part_of(path) == Some(&part.part.name));
        *fields = rest;
        if own.is_empty() {
            continue;
        }
        let mut own = own;
        if !part.is_here() {
            own.push(field("row", part.row.to_string()));
        }
        saves.push(Save {
            id: Some(part.id),
            kind: part.kind.clone(),
            scope: part.scope.filter(|_| !part.is_here()),
            seen: seen.get(at + 1).map(|seen| (*seen).to_owned()),
            only_if: Some(part.version().to_owned()),
            set: own,
            by: app.by(),
            ..Save::default()
        });
    }
    saves
}

/// Where a new row goes.
enum Row {
    New(RecordId),
    There(RecordId),
}

/// The id of a new row: a new one, or the one that follows from its key, of the first row of it that is not void.
fn row_id(app: &App, register: &Register, campus: &Campus, document: &Document) -> Result<Row, CommandError> {
    let new = || Row::New(RecordId(new_uuid_v7(app.now_ms(), &*app.store().ports().entropy)));
    if register.key.is_empty() {
        return Ok(new());
    }
    let place = campus.id.ok_or_else(|| CommandError::bad_argument("campus", "say first which campus it is for"))?;
    for n in 0..MOST_VOID {
        let id = register.row_id(place, document, n).map_err(|bad| bad_values(&[bad]))?;
        let Some(id) = id.map(RecordId) else { return Ok(new()) };
        match app.store().presence(id)? {
            Presence::Absent => return Ok(Row::New(id)),
            Presence::Here if !Entry::load(app, id)?.folded.is_void() => return Ok(Row::There(id)),
            Presence::Here | Presence::Gone => {}
        }
    }
    Err(CommandError::limit("set", "void rows of one key", MOST_VOID as usize, MOST_VOID as usize + 1))
}

/// So many rows of one key may be void.
const MOST_VOID: u32 = 100;

pub(super) fn check_may_write(register: &Register, viewer: &Viewer) -> Result<(), CommandError> {
    if viewer.has(register, Right::Write) {
        return Ok(());
    }
    if !viewer.has(register, Right::See) {
        return Err(unknown_kind(&register.kind));
    }
    let permission = register.rights.write.iter().find_map(|entry| entry.permission);
    Err(permission
        .map_or_else(|| CommandError::new(ProblemType::NotAllowed, "this is not yours to write"), not_allowed))
}

/// Refuses a new row of a place that is not the person's.
fn check_in_place(register: &Register, viewer: &Viewer, document: &Document) -> Result<(), CommandError> {
    let mut document = document.clone();
    document.insert("created".to_owned(), serde_json::json!({"by": viewer.person}));
    let stands = standing(&register.kind, &document);
    let facts = Facts::new(register, &fold(register, &document).document, &stands);
    match facts.grant(viewer, register, Right::Write) {
        true => Ok(()),
        false => Err(CommandError::new(ProblemType::NotAllowed, "this place is for others to write")),
    }
}

/// What somebody cannot see they cannot put into a row of their own.
fn check_photos(app: &App, writes: &[(String, Value)]) -> Result<(), CommandError> {
    photo::check_seen(app, writes.iter().map(|(_, value)| value), "set")
}

/// What somebody cannot see they cannot overwrite.
fn check_view(register: &Register, viewer: &Viewer, path: &str) -> Result<(), CommandError> {
    let name = path.split('/').next().unwrap_or(path);
    if viewer.sight.sees_whole(register, name) {
        return Ok(());
    }
    Err(bad_value(register, name, "masked", "看不到，不能改写", "is not to be seen, so it is not to be changed"))
}

/// Refuses a change of what is finished, and of a part that is gone; what nobody ever filled is filled until the row is closed.
pub(super) fn check_unfinished(app: &App, entry: &Entry, writes: &[(String, Value)]) -> Result<(), CommandError> {
    let is_editable = view::is_editable(app, entry)?;
    let was_filled = |path: &str| {
        entry.state.siblings(path).any(|sibling| !sibling.value.to_json().is_null())
            || entry.folded.document.get(path).is_some_and(|value| !value.is_null())
    };
    for (path, _) in writes {
        let name = path.split('/').next().unwrap_or(path);
        let part = entry.register.field(name).and_then(|field| entry.parts.of(field.part.as_deref()));
        if part.is_some_and(crate::entry::parts::PartOfRow::is_gone) {
            return Err(bad_value(
                entry.register,
                name,
                "gone",
                "这部分不在本平板",
                "belongs to a part that is not here",
            ));
        }
        if !is_editable && (was_filled(path) || !entry.is_open()) {
            let message = "the row is finished; correct it with entry.correct, which keeps the original";
            return Err(CommandError::new(ProblemType::Finished, message).field(name));
        }
    }
    Ok(())
}
