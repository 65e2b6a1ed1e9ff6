//! Corrections, voids and what takes them back: nothing that was finished is overwritten.

use causal::RecordId;
use domain::correction::apply;
use domain::register::{Level, Right, fold, standing};
use replica::{Save, new_uuid_v7};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::document::{checked_text, field};
use crate::dto::entry::EntryView;
use crate::dto::field::FieldInput;
use crate::entry::parts::versions;
use crate::entry::saving::{self, Occurred, bad_value, bad_values};
use crate::entry::{Entry, finding, view};
use crate::error::CommandError;
use crate::people::not_allowed;
use crate::photo;
use crate::sight::Viewer;

/// Arguments of `entry.correct`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Correct {
    /// The row.
    id: Uuid,
    /// The field, or one path of it such as `items/钥匙/counted`.
    field: String,
    /// What stands there from now on, as people type it; null takes the value away.
    #[schemars(with = "FieldInput")]
    value: Value,
    /// Why.
    reason: String,
    /// The codes of the warnings to which the person says: it is right so.
    #[serde(default)]
    sure: Vec<String>,
}

/// Arguments of `entry.void` and `entry.restore`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Void {
    /// The row.
    id: Uuid,
    /// Why.
    reason: String,
}

/// Arguments of `entry.strike`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Strike {
    /// The row.
    id: Uuid,
    /// The act, as `entry.get` names it.
    entry: String,
    /// Why.
    reason: String,
}

pub(super) fn correct(app: &App, arguments: Correct) -> Result<EntryView, CommandError> {
    let (entry, viewer) = correctable(app, arguments.id)?;
    let register = entry.register;
    let reason = checked_reason(&arguments.reason)?;
    if entry.folded.is_void() {
        return Err(CommandError::new(ProblemType::Void, "the row is void"));
    }
    if !view::is_corrected(&entry) {
        return Err(CommandError::bad_argument("field", "rows of this register are changed with entry.save"));
    }
    let name = arguments.field.split('/').next().unwrap_or_default();
    if !viewer.sight.sees_whole(register, name) {
        return Err(bad_value(
            register,
            name,
            "masked",
            "看不到，不能更正",
            "is not to be seen, so it is not to be corrected",
        ));
    }
    if register.field(name).is_some_and(|field| field.part.is_some()) {
        return Err(bad_value(
            register,
            name,
            "part",
            "请作废后重填",
            "is corrected by voiding the row and entering it anew",
        ));
    }
    let before = &entry.folded.document;
    let checked = saving::with_saving(app, &entry.campus, register, Some(&entry), &arguments.sure, |saving| {
        register.check_correction(&arguments.field, &arguments.value, saving)
    })?;
    let (path, value) = checked.map_err(|bad| bad_values(&[bad]))?;
    photo::check_seen(app, [&value], "value")?;
    saving::called(app, register, &entry.campus, &[(path.clone(), value.clone())])?;
    let mut after = before.clone();
    after.insert(path.clone(), value.clone());
    if register.day.as_ref().is_some_and(|rule| rule.field == path) {
        let time = app.time();
        Occurred::of(register, &entry.campus, &after, time.now).check(register, &time)?;
    }
    let known = register.judge(before, &entry.campus.settings);
    let day = standing(&register.kind, &after).day;
    let found = register.judge(&after, &entry.campus.settings_on(day.as_deref()));
    let is_new = |warning: &&domain::register::Warning| {
        warning.level == Level::Ask
            && !arguments.sure.contains(&warning.code)
            && known.iter().all(|known| known.code != warning.code)
    };
    saving::confirm(found.iter().filter(is_new))?;
    let corrected = apply(&register.kind, &entry.document);
    let seen = corrected.fields.get(&path).map(|corrected| &corrected.history[..]).unwrap_or_default();
    let now = app.now_ms();
    let correction = json!({
        "field": path,
        "value": value,
        "reason": reason,
        "by": app.by().as_deref(),
        "at": now,
        "after": seen.iter().map(|correction| &correction.id).collect::<Vec<_>>(),
    });
    append(app, &entry, &viewer, "corrections", correction)
}

pub(super) fn void(app: &App, arguments: Void) -> Result<EntryView, CommandError> {
    let (entry, viewer) = correctable(app, arguments.id)?;
    let reason = checked_reason(&arguments.reason)?;
    if entry.folded.is_void() {
        return Err(CommandError::new(ProblemType::Void, "the row is void already"));
    }
    let void = json!({"reason": reason, "by": app.by().as_deref(), "at": app.now_ms(), "after": entry.folded.seen()});
    append(app, &entry, &viewer, "void", void)
}

pub(super) fn restore(app: &App, arguments: Void) -> Result<EntryView, CommandError> {
    let (entry, viewer) = correctable(app, arguments.id)?;
    let reason = checked_reason(&arguments.reason)?;
    let corrected = apply(&entry.register.kind, &entry.document);
    let voids: Vec<&String> = corrected.voids.iter().map(|void| &void.id).collect();
    if voids.is_empty() {
        return Err(CommandError::new(ProblemType::NothingToUndo, "the row is not void"));
    }
    let restored = json!({"voids": voids, "reason": reason, "by": app.by().as_deref(), "at": app.now_ms()});
    append(app, &entry, &viewer, "restores", restored)
}

pub(super) fn strike(app: &App, arguments: Strike) -> Result<EntryView, CommandError> {
    let (entry, viewer) = correctable(app, arguments.id)?;
    let reason = checked_reason(&arguments.reason)?;
    let is_known = |(act, outcome): &(domain::register::ActEntry, domain::register::Outcome)| {
        act.id == arguments.entry && !matches!(outcome, domain::register::Outcome::Struck(_))
    };
    if !entry.folded.acts.iter().any(is_known) {
        return Err(CommandError::not_found("there is no such act on this row").field("entry"));
    }
    let struck = json!({
        "act": arguments.entry,
        "reason": reason,
        "by": app.by().as_deref(),
        "at": app.now_ms(),
        "after": entry.folded.seen(),
    });
    append(app, &entry, &viewer, "strikes", struck)
}

/// A row that the person who works may correct.
fn correctable(app: &App, id: Uuid) -> Result<(Entry, Viewer), CommandError> {
    let (entry, viewer) = Entry::seen(app, RecordId(id))?;
    if view::may_correct(&entry, &viewer) {
        return Ok((entry, viewer));
    }
    let permission = entry.register.rights.of(Right::Correct).iter().find_map(|right| right.permission);
    let refused = || CommandError::new(ProblemType::NotAllowed, "this is for others to correct");
    Err(permission.filter(|own| !viewer.sight.may(*own)).map_or_else(refused, not_allowed))
}

/// Adds an entry with an id of its own, and what follows from the row as it counts then.
fn append(app: &App, entry: &Entry, viewer: &Viewer, list: &str, added: Value) -> Result<EntryView, CommandError> {
    let id = new_uuid_v7(app.now_ms(), &*app.store().ports().entropy);
    let version = versions(&entry.version).first().map(|version| (*version).to_owned());
    let name = format!("{list}/{id}");
    let mut after = entry.document.clone();
    after.insert(name.clone(), added.clone());
    let findings = finding::after(app, entry, &fold(entry.register, &after))?;
    let save = Save {
        id: Some(entry.id),
        kind: entry.register.kind.clone(),
        seen: version.clone(),
        only_if: version,
        set: vec![field(name, added)],
        by: app.by(),
        ..Save::default()
    };
    app.store().save_all(std::iter::once(save).chain(findings).collect())?;
    view::view(app, &Entry::load(app, entry.id)?, viewer)
}

fn checked_reason(reason: &str) -> Result<String, CommandError> {
    let missing = || CommandError::bad_argument("reason", "a reason is needed");
    checked_text("reason", Some(reason.to_owned()))?.ok_or_else(missing)
}
