//! The campus that work belongs to: its kind, its days and its settings.

use causal::RecordId;
use chrono::NaiveDate;
use domain::calendar::Calendar;
use domain::id::setting_id;
use domain::register::campuses_among;
use domain::served::ServedMeals;
use domain::setting::{SettingHistory, Settings};
use domain::sleeps::Sleeps;
use domain::template::CampusKind;
use domain::time::{Shift, UtcMillis, business_date, zone};
use replica::Listing;
use uuid::Uuid;

use crate::app::App;
use crate::document::{Document, text};
use crate::error::CommandError;

/// The device-local setting that names the campus of a device that serves several.
const HOME: &str = "campus";
/// So many campuses an organisation has at most.
const MOST_CAMPUSES: u64 = 100;

/// A campus, or the defaults where none is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Campus {
    /// Its id; none for work that belongs to the whole organisation.
    pub(crate) id: Option<Uuid>,
    /// What people call it.
    pub(crate) name: Option<String>,
    /// What sort it is.
    pub(crate) kind: Option<CampusKind>,
    /// Its days.
    pub(crate) calendar: Calendar,
    /// The meals that it serves.
    pub(crate) served: ServedMeals,
    /// On which nights somebody sleeps there.
    pub(crate) sleeps: Sleeps,
    /// Its settings of today, or of the day that was asked for with [`Campus::on`].
    pub(crate) settings: Settings,
    /// Its settings of every day.
    pub(crate) history: SettingHistory,
}

impl Campus {
    /// The campus `id`, with defaults for what is not recorded of it.
    pub(crate) fn load(app: &App, id: Option<Uuid>) -> Result<Self, CommandError> {
        let Some(id) = id else { return Ok(Self::default()) };
        let mut campus = Self { id: Some(id), ..Self::default() };
        if let Some(found) = app.store().find_one(RecordId(id))?.filter(|found| found.kind == "campus") {
            campus.name = text(&found.doc, "name").map(str::to_owned);
            campus.kind = text(&found.doc, "kind").and_then(CampusKind::from_code);
            let zone = zone(text(&found.doc, "timezone")).unwrap_or(domain::time::DEFAULT_ZONE);
            let calendar = found.doc.get("term_calendar").unwrap_or(&serde_json::Value::Null);
            let meals = found.doc.get("meals").unwrap_or(&serde_json::Value::Null);
            campus.served = ServedMeals::from_json(meals).unwrap_or_default();
            campus.sleeps = sleeps(&found.doc);
            campus.calendar = Calendar::from_json(zone, calendar).unwrap_or(Calendar { zone, ..Calendar::default() });
        }
        if let Some(found) = app.store().find_one(RecordId(setting_id(id)))?.filter(|found| found.kind == "setting") {
            campus.history = SettingHistory::from_document(&found.doc);
        }
        let today = business_date(UtcMillis::from_stamp(app.now_ms()), campus.calendar.zone, Shift::Day);
        campus.settings = campus.history.on(today);
        Ok(campus)
    }

    /// The same campus with the settings of a day, `YYYY-MM-DD`; as it is where none is named.
    ///
    /// What a form or a row says is judged by the limits of its own day, so a value that changes today changes nothing of yesterday.
    #[must_use]
    pub(crate) fn on(mut self, day: Option<&str>) -> Self {
        self.settings = self.settings_on(day);
        self
    }

    /// The settings of a day, `YYYY-MM-DD`; those of today where none is named.
    pub(crate) fn settings_on(&self, day: Option<&str>) -> Settings {
        let day = day.and_then(|day| day.parse::<NaiveDate>().ok());
        day.map_or_else(|| self.settings.clone(), |day| self.history.on(day))
    }

    /// The campus of this device.
    pub(crate) fn here(app: &App) -> Result<Self, CommandError> {
        Self::load(app, home(app)?)
    }

    /// The campus that an argument names, or that of this device.
    pub(crate) fn named_or_here(app: &App, id: Option<Uuid>) -> Result<Self, CommandError> {
        match id {
            Some(id) => Self::load(app, Some(id)),
            None => Self::here(app),
        }
    }

    /// The 业务日 of an instant, as `YYYY-MM-DD`.
    pub(crate) fn business_date(&self, at: UtcMillis, shift: Shift) -> String {
        business_date(at, self.calendar.zone, shift).to_string()
    }
}

/// On which nights somebody sleeps at a campus; where it says nothing, on all of them if it has boarders.
fn sleeps(campus: &Document) -> Sleeps {
    let said = campus.get("sleeps").filter(|said| !said.is_null()).map(Sleeps::from_json);
    match said {
        Some(Ok(sleeps)) => sleeps,
        _ if campus.get("boarding") == Some(&true.into()) => Sleeps::of_boarders(),
        _ => Sleeps::default(),
    }
}

/// The campus of this device: the chosen one, else the only one it was enrolled for, else the only one there is.
pub(crate) fn home(app: &App) -> Result<Option<Uuid>, CommandError> {
    if let Some(chosen) = app.store().device_setting::<Uuid>(HOME)? {
        return Ok(Some(chosen));
    }
    let scopes = app.store().enrolment()?.and_then(|enrolment| enrolment.scopes);
    if let [only] = campuses_among(&scopes.unwrap_or_default())[..] {
        return Ok(Some(only));
    }
    let campuses = app.store().find(&Listing { kind: "campus", limit: 2, ..Listing::default() })?;
    Ok(if let [only] = &campuses[..] { Some(only.id.0) } else { None })
}

/// Every campus that this store knows; where it knows none, whatever belongs to none.
pub(crate) fn campuses(app: &App) -> Result<Vec<Campus>, CommandError> {
    let found = app.store().find(&Listing { kind: "campus", limit: MOST_CAMPUSES, ..Listing::default() })?;
    if found.is_empty() {
        return Ok(vec![Campus::here(app)?]);
    }
    found.into_iter().map(|campus| Campus::load(app, Some(campus.id.0))).collect()
}

/// Chooses the campus of this device.
pub(crate) fn choose_home(app: &App, campus: Uuid) -> Result<(), CommandError> {
    Ok(app.store().set_device_setting(HOME, &campus)?)
}
