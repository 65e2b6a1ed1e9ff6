//! Where the script plays: a store of its own, a clock, and people who give commands.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::App;
use chrono::{Days, NaiveDate};
use domain::checked_time::CheckedTime;
use domain::time::{DEFAULT_ZONE, Shift, UtcMillis, business_date, day_bounds};
use replica::{ListedRecord, Listing, Ports, Save, Transport, new_uuid_v7};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use super::error::DemoError;
use super::ids::{Of, id};
use super::ports::{ScriptClock, Seeded};
use crate::storage::Preset;

/// Any number will do, as long as it stays.
const SEED: u64 = 2_000;
/// The script of today ends at 11:00.
const SCRIPT_OF_TODAY_MS: u64 = 11 * HOUR_MS;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const MINUTE_MS: u64 = 60_000;
/// How long a person takes over one entry.
const ENTRY_MS: u64 = 20_000;

/// The stage; its folder is gone when it is dropped.
pub(super) struct Stage {
    apps: BTreeMap<u32, App>,
    ports: Ports,
    clock: Arc<ScriptClock>,
    today: NaiveDate,
    preset: Preset,
    folder: TempDir,
}

impl Stage {
    /// An empty stage for a campus of the sort of `preset`; today is the day of `now_ms`.
    pub(super) fn build(preset: Preset, now_ms: u64) -> Result<Self, DemoError> {
        let now = UtcMillis::from_stamp(now_ms);
        let today = business_date(now, DEFAULT_ZONE, Shift::Day);
        let began = start_of(today);
        let clock = Arc::new(ScriptClock::new(began, now_ms.saturating_sub(began), SCRIPT_OF_TODAY_MS));
        let ports = Ports { clock: clock.clone(), entropy: Arc::new(Seeded::new(SEED)) };
        Ok(Self { apps: BTreeMap::new(), ports, clock, today, preset, folder: TempDir::new()? })
    }

    /// Whether the campus is a kindergarten.
    pub(super) fn is_kindergarten(&self) -> bool {
        self.preset == Preset::Kindergarten
    }

    /// The day that lies `days` after today; before it when negative.
    pub(super) fn day(&self, days: i64) -> NaiveDate {
        let distance = Days::new(days.unsigned_abs());
        let day = if days < 0 { self.today.checked_sub_days(distance) } else { self.today.checked_add_days(distance) };
        // Only at the ends of the calendar there is no such day.
        day.unwrap_or(self.today)
    }

    /// Goes to a time of day on the day that lies `days` after today.
    pub(super) fn at(&self, days: i64, hour: u64, minute: u64) {
        self.clock.set(start_of(self.day(days)) + hour * HOUR_MS + minute * MINUTE_MS);
    }

    /// Goes to an instant.
    pub(super) fn go_to(&self, at: UtcMillis) {
        self.clock.set(u64::try_from(at.0).unwrap_or(0));
    }

    /// Whether an instant comes after all that the script tells.
    pub(super) fn is_to_come(&self, at: UtcMillis) -> bool {
        u64::try_from(at.0).is_ok_and(|at| at > start_of(self.today) + SCRIPT_OF_TODAY_MS)
    }

    /// Lets minutes pass.
    pub(super) fn wait(&self, minutes: u64) {
        self.clock.advance(minutes * MINUTE_MS);
    }

    /// Lets seconds pass.
    pub(super) fn pass(&self, seconds: u64) {
        self.clock.advance(seconds * 1_000);
    }

    /// The time that it is, as a tablet knows it.
    pub(super) fn time(&self) -> CheckedTime {
        CheckedTime::vouched(self.ports.clock.reading())
    }

    /// An id for an entry of a record.
    pub(super) fn fresh(&self) -> Uuid {
        new_uuid_v7(self.ports.clock.now_ms(), &*self.ports.entropy)
    }

    /// The records of a kind.
    pub(super) fn records(&mut self, kind: &str) -> Result<Vec<ListedRecord>, DemoError> {
        let listing = Listing { kind, limit: 10_000, ..Listing::default() };
        Ok(self.app(super::cast::LOGI)?.store().find(&listing)?)
    }

    /// What stands in a record; nothing where there is none.
    pub(super) fn document(&mut self, id: Uuid) -> Result<serde_json::Map<String, Value>, DemoError> {
        let found = self.app(super::cast::LOGI)?.store().find_one(causal::RecordId(id))?;
        Ok(found.map(|found| found.doc).unwrap_or_default())
    }

    /// A person's tablet adds fields to a record of the campus, as the commands do; the first of them make it.
    pub(super) fn save(
        &mut self,
        person: u32,
        (record, kind): (Uuid, &str),
        fields: Vec<(String, Value)>,
    ) -> Result<(), DemoError> {
        let save = Save {
            id: Some(causal::RecordId(record)),
            kind: kind.to_owned(),
            scope: Some(id(Of::Campus, 1)),
            set: fields.into_iter().map(|(name, value)| (name, value.into())).collect(),
            by: Some(id(Of::Person, person).to_string().into()),
            ..Save::default()
        };
        self.app(person)?.store().save(save)?;
        Ok(())
    }

    /// A person gives a command, which takes a moment.
    pub(super) fn call(&mut self, person: u32, command: &str, arguments: Value) -> Result<Value, DemoError> {
        self.clock.advance(ENTRY_MS);
        let answer = self.app(person)?.dispatch(command, &arguments.to_string());
        let answer = answer.map_err(|error| {
            let now = UtcMillis::from_stamp(self.ports.clock.now_ms()).local(DEFAULT_ZONE);
            DemoError::Refused {
                command: format!("{command} {arguments}"),
                moment: now.to_string(),
                error: Box::new(error),
            }
        })?;
        serde_json::from_str(&answer).map_err(|error| DemoError::Script(format!("{command} answered no JSON: {error}")))
    }

    /// A person brings in a picture of a paper; gives what a field of photos keeps of it.
    pub(super) fn import_photo(&mut self, person: u32, picture: &[u8]) -> Result<Value, DemoError> {
        let taken_at = self.ports.clock.now_ms();
        let kept = self.app(person)?.put_photo(picture);
        let kept = kept.map_err(|error| DemoError::Script(format!("a picture was refused: {error}")))?;
        let (blob, mime, size) = (kept.blob, kept.mime, kept.size);
        Ok(json!({"blob": blob, "mime": mime, "size": size, "taken_at": taken_at, "source": "import"}))
    }

    /// Gives everything to the office.
    pub(super) fn hand_over(mut self, office: &dyn Transport) -> Result<(), DemoError> {
        self.at(0, 11, 0);
        let app = self.app(super::cast::LOGI)?;
        replica::enrol(app.store(), office, "", "", "office")?;
        replica::sync_once(app.store(), office)?;
        match (app.store().queue_counts()?, app.store().blob_counts()?.owed) {
            ((0, 0), 0) => Ok(()),
            ((left, refused), photos) => Err(DemoError::Script(format!(
                "{left} records stay behind, {refused} of them refused, and {photos} photos"
            ))),
        }
    }

    fn app(&mut self, person: u32) -> Result<&App, DemoError> {
        use std::collections::btree_map::Entry;
        Ok(match self.apps.entry(person) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let by = id(Of::Person, person).to_string();
                new.insert(App::open(self.folder.path(), self.ports.clone(), Some(by.into()))?)
            }
        })
    }
}

/// The first moment of a day at the campus.
fn start_of(day: NaiveDate) -> u64 {
    u64::try_from(day_bounds(day, DEFAULT_ZONE).0.0).unwrap_or(0)
}
