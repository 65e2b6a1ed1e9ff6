//! Campuses, and which of them this device serves.

use causal::RecordId;
use domain::calendar::Calendar;
use domain::director::{director_from, directors};
use domain::permission::Permission;
use domain::served::ServedMeals;
use domain::sleeps::Sleeps;
use domain::template::CampusKind;
use domain::time::{Shift, UtcMillis, business_date};
use replica::{Listing, new_uuid_v7};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::campus::{self, Campus};
use crate::command::{Command, device, read, write};
use crate::document::{Fields, integer, text};
use crate::dto::nothing::Nothing;
use crate::dto::value::{ServedMealValue, SleepsValue, TermCalendar};
use crate::error::CommandError;
use crate::master::{Draft, SavedRecord, checked_name};
use crate::people;
use crate::route::adopt;

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("campus.list", "Lists the campuses, and tells which one this device serves.", list),
        write("campus.save", "Adds a campus with the built-in patrol routes, or changes one.", save),
        device("campus.use", "Chooses the campus that this device serves.", choose),
    ]
}

/// The campuses.
#[derive(Debug, Serialize, JsonSchema)]
struct Campuses {
    campuses: Vec<CampusRow>,
    /// The one that this device serves; null when that is not settled.
    here: Option<Uuid>,
}

/// One campus.
#[derive(Debug, Serialize, JsonSchema)]
struct CampusRow {
    /// The campus.
    id: Uuid,
    /// Its name.
    name: Option<String>,
    /// What sort it is.
    kind: Option<CampusKind>,
    /// Its time zone, such as `Asia/Shanghai`.
    timezone: Option<String>,
    /// Whether pupils sleep there.
    boarding: bool,
    /// How many pupils there are.
    pupils: Option<i64>,
    /// 自营, 委托承包 or 订餐.
    catering_mode: Option<String>,
    /// How many eat at a meal on average.
    diners: Option<i64>,
    /// The average number of diners per meal from which a food safety director is needed.
    director_from: Option<String>,
    /// Who must have a food safety director: `school`, `contractor`.
    directors: Vec<&'static str>,
    /// The meals that are served and were served, each with its days.
    #[schemars(with = "Vec<ServedMealValue>")]
    meals: Value,
    /// The evenings on which somebody stays for the night.
    #[schemars(with = "Vec<SleepsValue>")]
    sleeps: Value,
    /// Terms, holidays and worked weekends; null where none are set.
    #[schemars(with = "Option<TermCalendar>")]
    term_calendar: Value,
    /// Give it back as `seen` with a change.
    version: String,
}

/// Arguments of `campus.save`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SaveCampus {
    /// The campus; left out for a new one.
    #[serde(default)]
    id: Option<Uuid>,
    /// Its name.
    #[serde(default)]
    name: Option<String>,
    /// What sort it is.
    #[serde(default)]
    #[schemars(with = "Option<CampusKind>")]
    kind: Option<String>,
    /// Its time zone; `Asia/Shanghai` when never set.
    #[serde(default)]
    timezone: Option<String>,
    /// Whether pupils sleep there.
    #[serde(default)]
    boarding: Option<bool>,
    /// How many pupils there are.
    #[serde(default)]
    pupils: Option<u32>,
    /// 自营, 委托承包 or 订餐.
    #[serde(default)]
    catering_mode: Option<String>,
    /// How many eat at a meal on average; of those enrolled who eat elsewhere nobody counts.
    #[serde(default)]
    diners: Option<u32>,
    /// The meals that are served from today on, all of them; one that is left out ended yesterday. Days that are over stay as they
    /// were.
    #[serde(default)]
    #[schemars(with = "Option<Vec<ServedMealValue>>")]
    meals: Option<Value>,
    /// The evenings on which somebody stays for the night, all of them; what is over is kept by its last day.
    #[serde(default)]
    #[schemars(with = "Option<Vec<SleepsValue>>")]
    sleeps: Option<Value>,
    /// `{"terms": [{"name", "from", "to"}], "holidays": [...], "workdays": ["2026-10-10"]}`, days as `YYYY-MM-DD`.
    #[serde(default)]
    #[schemars(with = "Option<TermCalendar>")]
    term_calendar: Option<Value>,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `campus.use`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Use {
    /// The campus.
    id: Uuid,
}

const CATERING: [&str; 3] = ["自营", "委托承包", "订餐"];

fn list(app: &App, _: Nothing) -> Result<Campuses, CommandError> {
    let rows = app.store().find(&Listing { kind: "campus", limit: 1_000, ..Listing::default() })?;
    let mut campuses = Vec::new();
    for found in rows {
        let owned = |name: &str| text(&found.doc, name).map(str::to_owned);
        let campus = Campus::load(app, Some(found.id.0))?;
        let diners = integer(&found.doc, "diners");
        let eat = diners.and_then(|diners| u32::try_from(diners).ok()).zip(campus.kind);
        let mode = text(&found.doc, "catering_mode").unwrap_or_default();
        let who = eat.map(|(diners, kind)| directors(kind, mode, diners, &campus.settings)).unwrap_or_default();
        campuses.push(CampusRow {
            diners,
            director_from: campus.kind.map(|kind| director_from(kind, &campus.settings).to_string()),
            directors: who.into_iter().map(|of| of.code()).collect(),
            meals: campus.served.to_json(),
            sleeps: campus.sleeps.to_json(),
            id: found.id.0,
            name: owned("name"),
            kind: text(&found.doc, "kind").and_then(CampusKind::from_code),
            timezone: owned("timezone"),
            boarding: found.doc.get("boarding") == Some(&true.into()),
            pupils: integer(&found.doc, "pupils"),
            catering_mode: owned("catering_mode"),
            term_calendar: found.doc.get("term_calendar").cloned().unwrap_or_default(),
            version: app.store().get(found.id)?.map(|reading| reading.version).unwrap_or_default(),
        });
    }
    Ok(Campuses { campuses, here: campus::home(app)? })
}

fn save(app: &App, arguments: SaveCampus) -> Result<SavedRecord, CommandError> {
    // A campus that is not here yet is nobody's, so a new one takes a role for every campus.
    let known = Campus::load(app, arguments.id)?;
    people::require(app, &known, Permission::ManageAreas)?;
    if arguments.kind.as_deref().is_some_and(|kind| CampusKind::from_code(kind).is_none()) {
        return Err(CommandError::bad_argument("kind", "a campus is a school or a kindergarten"));
    }
    let zone = domain::time::zone(arguments.timezone.as_deref())
        .map_err(|error| CommandError::bad_argument("timezone", error))?;
    // A change that does not name the zone leaves it as it is.
    let zone_of_days = if arguments.timezone.is_some() { zone } else { known.calendar.zone };
    if let Some(calendar) = &arguments.term_calendar {
        let checked = Calendar::from_json(zone, calendar);
        checked.map_err(|error| CommandError::bad_argument("term_calendar", error))?;
    }
    if arguments.catering_mode.as_deref().is_some_and(|mode| !CATERING.contains(&mode)) {
        return Err(CommandError::bad_argument("catering_mode", format_args!("one of {}", CATERING.join(", "))));
    }
    let meals = arguments.meals.as_ref().map(ServedMeals::from_json).transpose();
    let meals = meals.map_err(|error| CommandError::bad_argument("meals", error))?;
    let sleeps = arguments.sleeps.as_ref().map(Sleeps::from_json).transpose();
    let sleeps = sleeps.map_err(|error| CommandError::bad_argument("sleeps", error))?;
    // A campus is its own scope, so its id is made here and not by the store.
    let id = arguments.id.unwrap_or_else(|| new_uuid_v7(app.now_ms(), &*app.store().ports().entropy));
    let mut draft = Draft {
        kind: "campus",
        id: Some(id),
        scope: Some(id),
        seen: arguments.seen,
        set: Fields::new(),
        required: &["name", "kind"],
    };
    draft.put("name", checked_name(arguments.name)?);
    let kind = arguments.kind.as_deref().and_then(CampusKind::from_code);
    draft.put("kind", arguments.kind);
    draft.put("timezone", arguments.timezone);
    draft.put("boarding", arguments.boarding);
    draft.put("pupils", arguments.pupils);
    draft.put("catering_mode", arguments.catering_mode);
    draft.put("diners", arguments.diners);
    let today = business_date(UtcMillis::from_stamp(app.now_ms()), zone_of_days, Shift::Day);
    draft.put("meals", meals.map(|meals| known.served.changed_to(meals, today).to_json()));
    let sleeps = match arguments.boarding {
        Some(boards) if sleeps.is_none() => {
            begins_or_ends(app, id, boards)?.then(|| known.sleeps.clone().with_boarders(boards, today))
        }
        _ => sleeps,
    };
    draft.put("sleeps", sleeps.map(|sleeps| sleeps.to_json()));
    draft.put("term_calendar", arguments.term_calendar);
    let is_new = app.store().get(RecordId(id))?.is_none();
    let routes = match kind.filter(|_| is_new) {
        Some(kind) => adopt(app, id, kind, None, app.by().as_ref())?,
        None => Vec::new(),
    };
    draft.save_with(app, routes)
}

/// Whether a campus that is there has boarders from now on and had none, or the other way round.
fn begins_or_ends(app: &App, id: Uuid, boards: bool) -> Result<bool, CommandError> {
    let found = app.store().find_one(RecordId(id))?.filter(|found| found.kind == "campus");
    Ok(found.is_some_and(|found| (found.doc.get("boarding") == Some(&true.into())) != boards))
}

fn choose(app: &App, arguments: Use) -> Result<Campuses, CommandError> {
    let found = app.store().find_one(RecordId(arguments.id))?.filter(|found| found.kind == "campus");
    if found.is_none() {
        return Err(CommandError::not_found(format_args!("there is no campus {}", arguments.id)).field("id"));
    }
    campus::choose_home(app, arguments.id)?;
    list(app, Nothing {})
}
