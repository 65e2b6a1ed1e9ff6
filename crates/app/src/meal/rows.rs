//! The rows that a card is worked out from, as they stand here.

use std::collections::{BTreeMap, BTreeSet};

use causal::RecordId;
use chrono::{Days, NaiveDate};
use domain::meal::{
    CardRows, Delivery, Dish, DishReading, Disinfection, Disposal, Held, Hold, Issue, MorningCheck, ReturnToWork,
    Sample, Session, Who,
};
use domain::register::{Outcome, VOID, register};
use domain::role::Role;
use replica::{ListedRecord, Listing, Order};
use uuid::Uuid;

use super::key::MealKey;
use super::kitchens::DayRows;
use super::reading::{
    Of, back_to_work, check, disinfection, disposal, id_in, is_void, issue, line, people_of, reading, sample,
};
use super::seals::{self, Seal};
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::entry::{Entry, is_newer, scopes};
use crate::error::CommandError;
use crate::people;
use crate::sheet::areas;

/// A campus has no more rows of one sort around a meal.
const MOST: u64 = 5_000;
/// Samples of so many days before may still stand in a fridge.
const DAYS_OF_SAMPLES: u64 = 7;
/// Checks of so many days before may still keep somebody out.
const DAYS_OF_CHECKS: u64 = 120;

/// All rows around one meal.
#[derive(Default)]
pub(crate) struct Around {
    /// The samples of the meal.
    pub(crate) samples: Vec<Of<Sample>>,
    /// Those of other meals of the days before.
    pub(crate) others: Vec<Of<Sample>>,
    /// The disposals of all of them.
    pub(crate) disposals: Vec<Disposal>,
    /// What was measured of its dishes, oldest first.
    pub(crate) readings: Vec<Of<DishReading>>,
    /// The deliveries of the day.
    pub(crate) deliveries: Vec<Of<Delivery>>,
    /// What went to classes.
    pub(crate) issues: Vec<Of<Issue>>,
    /// What was disinfected of tableware on the day.
    pub(crate) disinfections: Vec<Of<Disinfection>>,
    /// The forms of who ate along.
    pub(crate) forms: Vec<ListedRecord>,
    /// The classes with their names.
    pub(crate) classes: Vec<(Uuid, String)>,
    /// The kitchen's people.
    pub(crate) kitchen: Vec<Who>,
    /// The sessions in which they are to be checked before this meal.
    pub(crate) sessions: Vec<Session>,
    /// What they were asked in the morning and at noon, on this day and on days before.
    pub(super) checks: Vec<Of<MorningCheck>>,
    pub(super) returns: Vec<Of<ReturnToWork>>,
    holds: Vec<Hold>,
    pub(super) held: Vec<(Uuid, Held)>,
    accompanied: Vec<Uuid>,
}

/// The same as lists of the domain, which a card borrows.
pub(crate) struct Lists {
    samples: Vec<Sample>,
    others: Vec<Sample>,
    readings: Vec<DishReading>,
    deliveries: Vec<Delivery>,
    issues: Vec<Issue>,
    disinfections: Vec<Disinfection>,
    checks: Vec<MorningCheck>,
    returns: Vec<ReturnToWork>,
    classes: Vec<Uuid>,
}

impl Around {
    /// The rows around the meal with this key, whose id is `id`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn load(app: &App, key: &MealKey, id: RecordId) -> Result<Self, CommandError> {
        let (campus, date, sort) = (&key.campus, key.date, key.sort);
        let rows = Rows { app, campus };
        let of_kitchen = DayRows::of(app, key)?;
        let day = date.to_string();
        let back = |days| date.checked_sub_days(Days::new(days)).unwrap_or(date).to_string();
        let samples: Vec<Of<Sample>> =
            rows.of_meal("food_sample", id)?.into_iter().filter_map(|found| sample(app, found, Some(date))).collect();
        let others = rows.days("food_sample", &back(DAYS_OF_SAMPLES), &day)?;
        let own = id.to_string();
        let others = others.into_iter().filter(|found| text(&found.doc, "meal") != Some(own.as_str()));
        let others: Vec<Of<Sample>> = others.filter_map(|found| sample(app, found, None)).collect();
        let mut disposals = Vec::new();
        for sample in samples.iter().chain(&others) {
            let found = rows.of_meal("sample_disposal", sample.found.id)?;
            disposals.extend(found.iter().filter_map(disposal));
        }
        let ids: Vec<RecordId> = samples.iter().chain(&others).map(|sample| sample.found.id).collect();
        let held = app.store().held(&ids)?;
        let held = held.into_iter().map(|(id, held)| (id.0, Held { first: held.since, counted_ms: held.counted_ms }));
        let mut readings: Vec<Of<DishReading>> =
            rows.of_meal("temperature_reading", id)?.into_iter().filter_map(reading).collect();
        readings.sort_by_key(|reading| (reading.row.at.at, reading.row.id));
        let forms = rows.accompanied(id, sort, &day)?;
        Ok(Self {
            samples,
            others,
            disposals,
            readings,
            deliveries: rows.deliveries(of_kitchen.keep(rows.days("delivery", &day, &day)?, "kitchen"))?,
            issues: rows.of_meal("snack_issue", id)?.into_iter().filter_map(issue).collect(),
            disinfections: of_kitchen
                .keep(rows.days("disinfection_log", &day, &day)?, "area")
                .into_iter()
                .filter_map(|found| disinfection(campus, found))
                .collect(),
            classes: classes(app, campus),
            kitchen: kitchen(app, campus)?,
            sessions: sessions(sort),
            checks: rows
                .days("morning_check", &back(DAYS_OF_CHECKS), &day)?
                .into_iter()
                .filter_map(|found| Some(Of { row: check(&found)?, found }))
                .collect(),
            returns: rows
                .days("return_to_work", &back(DAYS_OF_CHECKS), LAST_DAY)?
                .into_iter()
                .filter_map(|found| Some(Of { row: back_to_work(&found)?, found }))
                .collect(),
            holds: seals::of_food(app, campus)?.iter().map(Seal::hold).collect(),
            held: held.collect(),
            accompanied: forms.iter().flat_map(people_of).collect(),
            forms,
        })
    }

    /// The rows of the meal itself, by their ids.
    pub(crate) fn documents(&self) -> impl Iterator<Item = (RecordId, &Document)> {
        let samples = self.samples.iter().map(|of| &of.found);
        let readings = self.readings.iter().map(|of| &of.found);
        let issues = self.issues.iter().map(|of| &of.found);
        samples.chain(readings).chain(issues).map(|found| (found.id, &found.doc))
    }

    /// The lists that a card borrows.
    pub(crate) fn lists(&self) -> Lists {
        fn rows<T: Clone>(of: &[Of<T>]) -> Vec<T> {
            of.iter().map(|of| of.row.clone()).collect()
        }
        Lists {
            samples: rows(&self.samples),
            others: rows(&self.others),
            readings: rows(&self.readings),
            deliveries: rows(&self.deliveries),
            issues: rows(&self.issues),
            disinfections: rows(&self.disinfections),
            checks: rows(&self.checks),
            returns: rows(&self.returns),
            classes: self.classes.iter().map(|(id, _)| *id).collect(),
        }
    }

    /// What a card is worked out from.
    pub(crate) fn rows<'r>(&'r self, lists: &'r Lists, dishes: &'r [Dish]) -> CardRows<'r> {
        CardRows {
            dishes,
            samples: &lists.samples,
            other_samples: &lists.others,
            disposals: &self.disposals,
            holds: &self.holds,
            held: &self.held,
            readings: &lists.readings,
            kitchen: &self.kitchen,
            sessions: &self.sessions,
            checks: &lists.checks,
            returns: &lists.returns,
            deliveries: &lists.deliveries,
            accompanied: &self.accompanied,
            classes: &lists.classes,
            issues: &lists.issues,
            disinfections: &lists.disinfections,
        }
    }
}

/// A sample as the domain reads it; none for one that cannot be read.
pub(super) fn sample_row(app: &App, found: ListedRecord) -> Option<Of<Sample>> {
    sample(app, found, None)
}

/// The disposals of a sample.
pub(super) fn disposals_of_sample(app: &App, campus: &Campus, sample: RecordId) -> Result<Vec<Disposal>, CommandError> {
    Ok(Rows { app, campus }.of_meal("sample_disposal", sample)?.iter().filter_map(disposal).collect())
}

/// How many children of each class eat on a day, as the classes counted them.
pub(super) fn attendance(app: &App, campus: &Campus, date: NaiveDate) -> Result<Vec<ListedRecord>, CommandError> {
    standing_of_days(app, campus, "class_attendance", (date, date))
}

/// Whether a delivery came from a supplier who was out: one who was stopped as it was written down, or whose papers have ended.
pub(super) fn is_supplier_out(app: &App, campus: &Campus, delivery: &ListedRecord) -> Result<bool, CommandError> {
    Rows { app, campus }.is_out(delivery)
}

/// Whether a supplier is void or stopped now, which a delivery keeps: who is stopped later was none then.
pub(super) fn is_stopped(app: &App, campus: &Campus, supplier: &str) -> Result<bool, CommandError> {
    Rows { app, campus }.is_stopped(supplier)
}

/// The rows of a kind of some days that are not void.
pub(super) fn standing_of_days(
    app: &App,
    campus: &Campus,
    kind: &str,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<ListedRecord>, CommandError> {
    let mut rows = Rows { app, campus }.days(kind, &from.to_string(), &to.to_string())?;
    rows.retain(|found| !is_void(found));
    Ok(rows)
}

/// Whether a meal has any sample here.
pub(super) fn has_samples(app: &App, campus: &Campus, meal: RecordId) -> Result<bool, CommandError> {
    Ok(!Rows { app, campus }.of_meal("food_sample", meal)?.is_empty())
}

/// No day comes after this one.
pub(super) const LAST_DAY: &str = "9999-12-31";

/// The rows of a campus, by what they hang on and by their days.
pub(super) struct Rows<'a> {
    pub(super) app: &'a App,
    pub(super) campus: &'a Campus,
}

impl Rows<'_> {
    fn find(&self, listing: Listing<'_>) -> Result<Vec<ListedRecord>, CommandError> {
        let Some(register) = register(listing.kind) else { return Ok(Vec::new()) };
        let scopes = scopes(self.campus, register);
        let mut found =
            self.app.store().find(&Listing { scopes: &scopes, order: Order::Id, limit: MOST, ..listing })?;
        found.retain(|found| !is_newer(&found.doc));
        Ok(found)
    }

    /// The rows of a kind that hang on a record: a meal, a sample.
    pub(super) fn of_meal(&self, kind: &str, parent: RecordId) -> Result<Vec<ListedRecord>, CommandError> {
        self.find(Listing { kind, parent: Some(parent), ..Listing::default() })
    }

    pub(super) fn days(&self, kind: &str, from: &str, to: &str) -> Result<Vec<ListedRecord>, CommandError> {
        self.find(Listing { kind, days: Some((from, to)), ..Listing::default() })
    }

    /// The forms T08 of a meal: they say which by its id, by its type in their subject, or in their first answer.
    fn accompanied(&self, meal: RecordId, sort: &str, day: &str) -> Result<Vec<ListedRecord>, CommandError> {
        let scopes: Vec<Uuid> = self.campus.id.into_iter().collect();
        let listing =
            Listing { kind: "inspection", scopes: &scopes, day: Some(day), limit: MOST, ..Listing::default() };
        let mut found = self.app.store().find(&listing)?;
        found.retain(|found| {
            let is_t08 = text(&found.doc, "template").is_some_and(|template| template.starts_with("T08@"));
            let is_own = match id_in(&found.doc, "subject") {
                Some(named) => named == meal.0,
                None => {
                    let is_named = text(&found.doc, "subject").is_some_and(|subject| subject.contains(sort));
                    is_named || text(&found.doc, "answers/T08.01/result") == Some(sort)
                }
            };
            is_t08 && is_own && found.stage.as_deref() != Some(VOID)
        });
        Ok(found)
    }

    fn deliveries(&self, found: Vec<ListedRecord>) -> Result<Vec<Of<Delivery>>, CommandError> {
        let mut deliveries = Vec::new();
        for found in found {
            let lines = self.of_meal("delivery_line", found.id)?;
            let signers = signers(self.app, &found)?;
            let is_supplier_out = self.is_out(&found)?;
            let row = Delivery {
                id: found.id.0,
                date: found.day.as_deref().and_then(|day| day.parse().ok()).unwrap_or_default(),
                is_supplier_out,
                buyers: id_in(&found.doc, "buyer").into_iter().collect(),
                signers,
                lines: lines.iter().map(line).collect(),
                is_void: found.stage.as_deref() == Some(VOID),
            };
            deliveries.push(Of { found, row });
        }
        Ok(deliveries)
    }

    fn is_out(&self, delivery: &ListedRecord) -> Result<bool, CommandError> {
        let was_stopped = delivery.doc.get("supplier_out") == Some(&serde_json::Value::Bool(true));
        let of_day = text(&delivery.doc, "supplier").zip(delivery.day.as_deref());
        Ok(was_stopped || of_day.map_or(Ok(false), |(supplier, day)| self.has_ended(supplier, day))?)
    }

    /// Whether a supplier is void or stopped now.
    fn is_stopped(&self, supplier: &str) -> Result<bool, CommandError> {
        let record = supplier.parse().ok().map(RecordId).map(|id| self.app.store().find_one(id)).transpose()?.flatten();
        Ok(record.is_some_and(|found| matches!(found.stage.as_deref(), Some(VOID | "stopped"))))
    }

    /// Whether of some sort of a supplier's papers the last one has certainly ended before `day`.
    fn has_ended(&self, supplier: &str, day: &str) -> Result<bool, CommandError> {
        if !self.app.time().is_checked() {
            return Ok(false);
        }
        let papers = self.find(Listing { kind: "supplier_licence", about: Some(supplier), ..Listing::default() })?;
        let mut ends: BTreeMap<&str, &str> = BTreeMap::new();
        for paper in papers.iter().filter(|paper| paper.stage.as_deref() == Some("filed")) {
            let (Some(sort), Some(end)) = (text(&paper.doc, "sort"), text(&paper.doc, "valid_to")) else { continue };
            let last = ends.entry(sort).or_insert(end);
            *last = (*last).max(end);
        }
        Ok(ends.into_values().any(|end| end < day))
    }
}

/// Who signed for a delivery, by the signatures that count.
fn signers(app: &App, found: &ListedRecord) -> Result<BTreeSet<Uuid>, CommandError> {
    let entry = Entry::load(app, found.id)?;
    let acts =
        entry.folded.acts.iter().filter(|(act, outcome)| {
            matches!(outcome, Outcome::Applied) && matches!(act.act.as_str(), "first" | "second")
        });
    Ok(acts.filter_map(|(act, _)| act.by.as_deref()).filter_map(|by| Uuid::parse_str(by).ok()).collect())
}

/// The classes of a campus; what has none does not give out by classes.
pub(crate) fn classes(app: &App, campus: &Campus) -> Vec<(Uuid, String)> {
    let classes = areas(app, campus, "class").unwrap_or_default();
    let open = classes.into_iter().filter(|class| class.ended.is_none());
    open.filter_map(|class| Some((Uuid::parse_str(&class.id).ok()?, class.name))).collect()
}

/// The kitchen's people: who works as a cook.
fn kitchen(app: &App, campus: &Campus) -> Result<Vec<Who>, CommandError> {
    let cooks = people::at_work(app, campus)?.into_iter().filter(|(_, roles)| roles.contains(&Role::Cook));
    let mut cooks: Vec<Who> = cooks.filter_map(|(id, _)| Uuid::parse_str(&id).ok().map(Who::Person)).collect();
    cooks.sort();
    Ok(cooks)
}

/// When the kitchen's people are to be checked before a meal: in the morning, and at noon for what is cooked after it.
fn sessions(sort: &str) -> Vec<Session> {
    match sort {
        "午点" | "晚餐" | "夜宵" => vec![Session::Morning, Session::Noon],
        _ => vec![Session::Morning],
    }
}
