//! Giving tags to points. A visit names its point for ever, so no binding moves what was walked.

use causal::RecordId;
use domain::id::tag_id;
use domain::permission::Permission;
use domain::route::spelling_field;
use replica::Save;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::campus::Campus;
use crate::document::{Fields, field};
use crate::error::CommandError;
use crate::master::SavedRecord;
use crate::names::Names;
use crate::people;
use crate::route::{StoredPoint, StoredTag, TAG, checked_norm, tags_of};

/// Arguments of `tag.bind`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Bind {
    /// The point.
    checkpoint: Uuid,
    /// What was read or typed.
    tag: String,
    /// The tag of which this is one more spelling, as another reader gives it; left out for a tag of its own.
    #[serde(default)]
    spells: Option<Uuid>,
    /// Whether it may be taken from another point, or used again after it was put aside.
    #[serde(default)]
    again: bool,
}

/// Arguments of `tag.replace`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Replace {
    /// The tag that was lost or torn.
    old: Uuid,
    /// What was read or typed of the new one.
    tag: String,
}

/// Arguments of `tag.retire`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Retire {
    /// The tag.
    id: Uuid,
}

pub(super) fn bind(app: &App, arguments: Bind) -> Result<SavedRecord, CommandError> {
    let point = StoredPoint::to_change(app, arguments.checkpoint).map_err(|error| error.field("checkpoint"))?;
    let norm = checked_norm("tag", &arguments.tag)?;
    let tags = tags_of(app, point.scope)?;
    if let Some(known) = spelled(&tags, &norm) {
        let is_there = known.checkpoint == Some(point.id) && !known.is_old();
        return match (is_there, arguments.again) {
            (true, _) => Ok(SavedRecord { id: known.id, version: known.version.clone() }),
            (false, true) => save(app, vec![moved(app, known, point.id)]),
            (false, false) => Err(in_use(app, known)),
        };
    }
    let new = match arguments.spells {
        Some(of) => one_more_spelling(app, &tags, of, &point, &norm)?,
        None => new_tag(app, &point, &norm, None)?,
    };
    save(app, vec![new])
}

pub(super) fn replace(app: &App, arguments: Replace) -> Result<SavedRecord, CommandError> {
    let old = to_change(app, arguments.old, "old")?;
    let norm = checked_norm("tag", &arguments.tag)?;
    let missing = || CommandError::bad_argument("old", "the tag hangs at no point, so nothing takes its place");
    let point = StoredPoint::to_change(app, old.checkpoint.ok_or_else(missing)?).map_err(|error| error.field("old"))?;
    let tags = tags_of(app, old.scope)?;
    let new = match spelled(&tags, &norm) {
        Some(known) if known.id == old.id => {
            return Err(CommandError::bad_argument("tag", "this is the old tag itself"));
        }
        // One that was bound a moment ago takes the place; one of another point does not.
        Some(known) if known.checkpoint == Some(point.id) => moved(app, known, point.id),
        Some(known) => return Err(in_use(app, known)),
        None => new_tag(app, &point, &norm, None)?,
    };
    let next = new.id;
    save(app, vec![new, put_aside(app, &old, next)])
}

pub(super) fn retire(app: &App, arguments: Retire) -> Result<SavedRecord, CommandError> {
    let tag = to_change(app, arguments.id, "id")?;
    if tag.is_old() {
        return Ok(SavedRecord { id: tag.id, version: tag.version });
    }
    save(app, vec![put_aside(app, &tag, None)])
}

/// The tag `id`, for who keeps the routes of its campus.
fn to_change(app: &App, id: Uuid, argument: &str) -> Result<StoredTag, CommandError> {
    let tag = StoredTag::seen(app, id).map_err(|error| error.field(argument))?;
    people::require(app, &Campus::load(app, tag.scope)?, Permission::ManageRoutes)?;
    Ok(tag)
}

/// The tag that is spelled like this.
fn spelled<'a>(tags: &'a [StoredTag], norm: &str) -> Option<&'a StoredTag> {
    tags.iter().find(|tag| tag.spellings().any(|own| own == norm))
}

/// A tag that nobody knows yet, at a point.
///
/// # Errors
/// `bad-arguments` where it is not known of which campus it is.
pub(super) fn new_tag(app: &App, point: &StoredPoint, norm: &str, label: Option<u64>) -> Result<Save, CommandError> {
    let missing = || CommandError::bad_argument("checkpoint", "it must be known which campus is meant");
    let campus = point.scope.ok_or_else(missing)?;
    let (name, spelling) = spelling_field(norm);
    let mut set: Fields = vec![
        field("created", json!({"by": app.by().as_deref(), "at": app.now_ms()})),
        field("checkpoint", point.id.to_string()),
        field(name, spelling),
    ];
    set.extend(label.map(|label| field("label", label)));
    Ok(Save {
        id: Some(RecordId(tag_id(campus, norm))),
        kind: TAG.to_owned(),
        scope: Some(campus),
        set,
        by: app.by(),
        ..Save::default()
    })
}

fn one_more_spelling(
    app: &App,
    tags: &[StoredTag],
    of: Uuid,
    point: &StoredPoint,
    norm: &str,
) -> Result<Save, CommandError> {
    let hangs_there = |tag: &&StoredTag| tag.id == of && tag.checkpoint == Some(point.id);
    let missing = || CommandError::not_found("this tag does not hang at the point").field("spells");
    let tag = tags.iter().find(hangs_there).ok_or_else(missing)?;
    let (name, spelling) = spelling_field(norm);
    Ok(change(app, tag, vec![field(name, spelling)]))
}

fn moved(app: &App, tag: &StoredTag, point: Uuid) -> Save {
    let mut set = vec![field("checkpoint", point.to_string())];
    if tag.is_old() {
        set.push(field("old", Value::Null));
    }
    change(app, tag, set)
}

/// The tag as one that is no longer used, and what hangs in its place.
pub(super) fn put_aside(app: &App, tag: &StoredTag, next: Option<RecordId>) -> Save {
    let mut old = json!({"by": app.by().as_deref(), "at": app.now_ms()});
    if let Some(next) = next {
        old["next"] = json!(next.0);
    }
    change(app, tag, vec![field("old", old)])
}

fn change(app: &App, tag: &StoredTag, set: Fields) -> Save {
    Save {
        id: Some(RecordId(tag.id)),
        kind: TAG.to_owned(),
        seen: Some(tag.version.clone()),
        only_if: Some(tag.version.clone()),
        set,
        by: app.by(),
        ..Save::default()
    }
}

fn in_use(app: &App, tag: &StoredTag) -> CommandError {
    let name = tag.checkpoint.and_then(|point| Names::new(app).name(&point.to_string()));
    let what = if tag.is_old() { "was put aside" } else { "hangs already" };
    let message = format_args!("this tag {what} at {}", name.as_deref().unwrap_or("another point"));
    CommandError::new(ProblemType::TagInUse, message)
        .field("tag")
        .detail("checkpoint", tag.checkpoint)
        .detail("name", &name)
        .detail("is_old", tag.is_old())
}

/// Saves all or none, and gives the first.
fn save(app: &App, saves: Vec<Save>) -> Result<SavedRecord, CommandError> {
    let saved = app.store().save_all(saves)?;
    let first = saved.into_iter().next().ok_or_else(|| CommandError::internal(&"a save gave nothing"))?;
    Ok(SavedRecord { id: first.id.0, version: first.version })
}
