//! 逐班: a point for each class, in the place of one that stands for all of them.

use causal::RecordId;
use domain::route::MOST_POINTS;
use replica::{Listing, Save};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::order::{WalkingOrder, renumbered};
use super::save::{change, new_id, route_of};
use crate::app::App;
use crate::document::{Document, Fields, field, text};
use crate::error::CommandError;
use crate::route::{CHECKPOINT, StoredPoint, points_of};

/// A school has fewer classes.
const MOST_CLASSES: u64 = 1_000;
/// What a new point does not take over.
const OWN: [&str; 9] = ["created", "since", "until", "follows", "route", "seq", "area", "name", "name_en"];

/// Arguments of `checkpoint.per_class`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PerClass {
    /// The point that stands for all classes.
    id: Uuid,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// A class, and what it is called.
struct Class {
    id: Uuid,
    name: String,
}

/// The point ends and each class has one of its own from now on; what was due before stays as it was.
pub(super) fn per_class(app: &App, arguments: PerClass) -> Result<WalkingOrder, CommandError> {
    let point = StoredPoint::to_change(app, arguments.id)?;
    let route = route_of(app, &point)?;
    let classes = classes(app, point.scope)?;
    if classes.is_empty() {
        return Err(CommandError::not_found("the campus has no classes").field("id"));
    }
    let mut points = points_of(app, route.id, route.scope)?;
    points.retain(|other| other.point.until.is_none());
    let count = points.len().saturating_sub(1) + classes.len();
    if count > MOST_POINTS {
        return Err(CommandError::limit("route", "points", MOST_POINTS, count));
    }
    let reading = app.store().get(RecordId(point.id))?;
    let held = reading.map(|held| domain::reading::read(CHECKPOINT, &held.record.state)).unwrap_or_default();
    let ids: Vec<Uuid> = classes.iter().map(|_| new_id(app)).collect();
    let order: Vec<Uuid> =
        points.iter().flat_map(|other| if other.id == point.id { ids.clone() } else { vec![other.id] }).collect();
    let place = |id: Uuid| (1_i64..).zip(&order).find(|(_, own)| **own == id).map(|(place, _)| place);
    let mut saves: Vec<Save> = Vec::new();
    for (class, id) in classes.iter().zip(&ids) {
        let mut set = taken_over(&held, class);
        set.extend([field("route", route.id.to_string()), field("since", app.now_ms()), field("seq", place(*id))]);
        saves.push(Save {
            id: Some(RecordId(*id)),
            kind: CHECKPOINT.to_owned(),
            scope: point.scope,
            set,
            by: app.by(),
            ..Save::default()
        });
    }
    saves.push(change(app, &point, arguments.seen, vec![field("until", app.now_ms())]));
    saves.extend(renumbered(app, &order, &points));
    app.store().save_all(saves)?;
    Ok(WalkingOrder { points: order })
}

/// The classes of a campus that are in use, by name.
fn classes(app: &App, scope: Option<Uuid>) -> Result<Vec<Class>, CommandError> {
    let listing = Listing {
        kind: "area",
        scopes: scope.as_slice(),
        field: Some(("kind", "class")),
        limit: MOST_CLASSES,
        ..Listing::default()
    };
    let mut found = app.store().find(&listing)?;
    found.retain(|found| found.doc.get("active") != Some(&Value::Bool(false)));
    let class =
        |found: replica::ListedRecord| Some(Class { id: found.id.0, name: text(&found.doc, "name")?.to_owned() });
    let mut classes: Vec<Class> = found.into_iter().filter_map(class).collect();
    classes.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(classes)
}

/// What the point of a class takes over of the one that stood for all, which is called 各班… or anything else.
fn taken_over(held: &Document, class: &Class) -> Fields {
    let kept = held.iter().filter(|(name, value)| !OWN.contains(&name.as_str()) && !value.is_null());
    let mut set: Fields = kept.map(|(name, value)| field(name, value.clone())).collect();
    let name = text(held, "name").unwrap_or_default();
    let named = match name.strip_prefix("各班") {
        Some(what) => format!("{}{what}", class.name),
        None => format!("{name} {}", class.name),
    };
    let name_en = text(held, "name_en").map(|name| format!("{name} {}", class.name));
    set.extend([field("name", named), field("area", class.id.to_string())]);
    set.extend(name_en.map(|name| field("name_en", name)));
    set
}
