//! Coming to a point, and scans that belong to none.

use domain::patrol::ReadHow;
use domain::permission::Permission;
use replica::new_uuid_v7;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::document::field;
use crate::error::CommandError;
use crate::patrol::{AtPoint, Marks, Read, StoredRun, read_tag};
use crate::people;

/// How a point is told by who stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PatrolHow")]
pub(super) enum How {
    /// A chip.
    Nfc,
    /// A code, by the camera.
    Qr,
    /// A reader that types.
    Wedge,
    /// The code under the tag, typed.
    Typed,
    /// By hand: no tag was read.
    Hand,
}

impl How {
    pub(super) fn stored(self) -> ReadHow {
        match self {
            Self::Nfc => ReadHow::Nfc,
            Self::Qr => ReadHow::Qr,
            Self::Wedge => ReadHow::Wedge,
            Self::Typed => ReadHow::Typed,
            Self::Hand => ReadHow::Hand,
        }
    }
}

/// Arguments of `patrol.arrive`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Arrive {
    /// The run.
    run: Uuid,
    /// The point; either this or `tag`.
    #[serde(default)]
    checkpoint: Option<Uuid>,
    /// What was read.
    #[serde(default)]
    tag: Option<String>,
    /// How the point was told.
    how: How,
    /// What the screen has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `patrol.claim`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Claim {
    /// The run.
    run: Uuid,
    /// The scan.
    scan: String,
    /// The point at which it was read.
    checkpoint: Uuid,
}

/// Why a tag is no point of the route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PatrolStray")]
pub(super) enum Stray {
    /// Nobody knows it.
    Unknown,
    /// It was replaced.
    Old,
    /// It hangs at a point of another route.
    Other,
}

/// What a reading came to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolArrived")]
pub(super) struct Arrived {
    /// The point; null for a tag that belongs to none of the route, which is kept with its time all the same.
    checkpoint: Option<String>,
    /// Whether the tag belongs to no point of the route.
    unknown: bool,
    /// Why.
    why: Option<Stray>,
    /// The point that the tag hung at, or hangs at.
    name: Option<String>,
    /// The scan that was kept.
    scan: Option<String>,
    /// What its author has seen now.
    version: String,
}

/// What an argument tells: a point, or a tag that is none.
pub(super) enum Told {
    /// A point of the route, with the tag that was read there.
    Point(String, Option<String>),
    /// A tag that belongs to no point of the route.
    Stray(String, Stray, Option<String>),
}

/// What a point or a tag tells on a run.
///
/// # Errors
/// `bad-arguments` unless it is one of both; `not-found` for a point that is not of the route.
pub(super) fn told(
    app: &App,
    run: &StoredRun,
    checkpoint: Option<Uuid>,
    tag: Option<&str>,
) -> Result<Told, CommandError> {
    match (checkpoint, tag) {
        (Some(checkpoint), None) => Ok(Told::Point(checkpoint.to_string(), None)),
        (None, Some(tag)) => {
            let (norm, read) = read_tag(app, run, tag)?;
            Ok(match read {
                Read::Point(point) => Told::Point(point, Some(norm)),
                Read::Unknown => Told::Stray(norm, Stray::Unknown, None),
                Read::Old(name) => Told::Stray(norm, Stray::Old, name),
                Read::Other(name) => Told::Stray(norm, Stray::Other, name),
            })
        }
        _ => Err(CommandError::bad_argument("checkpoint", "one of checkpoint and tag")),
    }
}

pub(super) fn arrive(app: &App, arguments: Arrive) -> Result<Arrived, CommandError> {
    let run = StoredRun::to_walk(app, arguments.run)?;
    match told(app, &run, arguments.checkpoint, arguments.tag.as_deref())? {
        Told::Stray(tag, why, name) => {
            let (scan, version) = keep_scan(app, &run, arguments.seen, (tag, arguments.how))?;
            Ok(Arrived { checkpoint: None, unknown: true, why: Some(why), name, scan: Some(scan), version })
        }
        Told::Point(checkpoint, tag) => {
            let there = run.run.open_arrival().filter(|arrival| arrival.checkpoint == checkpoint);
            // Who reads one tag twice has come once.
            if there.is_some() {
                return Ok(arrived(checkpoint, run.version));
            }
            let marks = Marks::next(app, &run.run);
            let entry = json!({"checkpoint": checkpoint, "how": arguments.how.stored(), "tag": tag});
            let set = vec![field(format!("arrivals/{}", fresh(app)), without_nothing(marks.on(entry, "at")))];
            let save = run.save(app, arguments.seen, set)?;
            // A point that is not of the route is refused before anything is kept.
            AtPoint::of(app, run, &checkpoint)?;
            let saved = app.store().save(save)?;
            Ok(arrived(checkpoint, saved.version))
        }
    }
}

fn arrived(checkpoint: String, version: String) -> Arrived {
    Arrived { checkpoint: Some(checkpoint), unknown: false, why: None, name: None, scan: None, version }
}

/// Keeps a tag that belongs to no point of the route, with its time; the office can give it to a point later. Gives the scan, and what
/// its author has seen then.
pub(super) fn keep_scan(
    app: &App,
    run: &StoredRun,
    seen: Option<String>,
    (tag, how): (String, How),
) -> Result<(String, String), CommandError> {
    let scan = fresh(app);
    let entry = Marks::next(app, &run.run).on(json!({"tag": tag, "how": how.stored()}), "at");
    let saved = app.store().save(run.save(app, seen, vec![field(format!("scans/{scan}"), entry)])?)?;
    Ok((scan, saved.version))
}

/// A scan becomes a visit of the point at which it was read: by who read it, and named as given later.
pub(super) fn claim(app: &App, arguments: Claim) -> Result<Arrived, CommandError> {
    let run = StoredRun::seen(app, arguments.run)?;
    people::require(app, &run.campus, Permission::ManageRoutes)?;
    let checkpoint = arguments.checkpoint.to_string();
    let missing = || CommandError::not_found("there is no such scan on this round").field("scan");
    let scan = run.run.scans.iter().find(|scan| scan.id == arguments.scan).ok_or_else(missing)?;
    match run.run.visits.iter().find(|visit| visit.id == scan.id) {
        Some(visit) if visit.checkpoint == checkpoint => return Ok(arrived(checkpoint, run.version)),
        Some(_) => {
            let message = "the scan was given to another point already";
            return Err(CommandError::new(ProblemType::Finished, message).field("scan"));
        }
        None => {}
    }
    let stored = run.corrected.document.get(&format!("scans/{}", scan.id)).cloned().unwrap_or_default();
    let visit = json!({
        "n": scan.n, "by": scan.by, "how": ReadHow::Claimed, "tag": scan.tag,
        "result": domain::patrol::VisitResult::Normal, "arrived": stored.get("at"), "clock": stored.get("clock"),
        "claimed": {"by": app.by().as_deref(), "at": app.now_ms()},
    });
    let set = vec![field(format!("visits/{checkpoint}/v/{}", scan.id), without_nothing(visit))];
    let mut save = run.save(app, None, set)?;
    // Who gives a scan to a point has not walked.
    save.set.retain(|(name, _)| !name.starts_with("people/"));
    AtPoint::of(app, run, &checkpoint)?;
    let saved = app.store().save(save)?;
    Ok(arrived(checkpoint, saved.version))
}

/// An id of its own for an entry.
pub(super) fn fresh(app: &App) -> String {
    new_uuid_v7(app.now_ms(), &*app.store().ports().entropy).to_string()
}

/// An entry without the members that say nothing.
pub(super) fn without_nothing(entry: Value) -> Value {
    match entry {
        Value::Object(members) => members.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        other => other,
    }
}
