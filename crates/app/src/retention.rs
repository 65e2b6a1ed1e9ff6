//! What is kept no longer: asked by the office every night, which has the server take it away.
//!
//! Everything here reads; the time is that of the store.

use causal::RecordId;
use chrono::NaiveDate;
use domain::id::contact_id;
use domain::register::{Keep, Register, all, fold, part_id, register};
use domain::retention::{CONTACT_DAYS, ends_by_date, last_day, last_day_of_row, newest_over, waits};
use domain::sight::KindSight;
use domain::time::{Shift, UtcMillis, business_date};
use replica::{ListedRecord, Listing, Order, Presence};
use uuid::Uuid;

use crate::app::App;
use crate::campus::{Campus, campuses};
use crate::document::text;
use crate::entry::scopes;
use crate::erasure::{self, Subject};
use crate::error::CommandError;

/// A night begins at two in the morning.
const NIGHT_MS: i64 = 2 * 3_600_000;
/// So many records of a kind are read at once.
const PAGE: u64 = 500;
/// Earlier than any day of a school.
const FIRST_DAY: &str = "0001-01-01";

impl App {
    /// The night that the time belongs to: each begins at two in the morning, by the clock of the school.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn night(&self) -> Result<NaiveDate, CommandError> {
        let now = UtcMillis(self.time().now.0.saturating_sub(NIGHT_MS));
        Ok(business_date(now, Campus::here(self)?.calendar.zone, Shift::Day))
    }

    /// Up to `most` records whose time is over tonight, parts before their rows, and what was erased of people: some of it may be
    /// gone already.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn kept_no_longer(&self, most: usize) -> Result<Vec<RecordId>, CommandError> {
        let mut over = self.erased()?;
        for campus in campuses(self)? {
            let today = crate::people::today(self, &campus);
            let mut looking = Looking { app: self, campus: &campus, today, most, over };
            all().iter().try_for_each(|register| looking.at_rows(register))?;
            KindSight::all().iter().try_for_each(|kind| looking.at_records(kind))?;
            looking.at_contacts()?;
            looking.at_children()?;
            over = looking.over;
        }
        over.truncate(most);
        Ok(over)
    }

    /// What was erased of people who do not work here, and all of those whom nothing names any more; of children whatever names them,
    /// also what came late.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn erased(&self) -> Result<Vec<RecordId>, CommandError> {
        let mut erased = Vec::new();
        for done in erasure::all(self)? {
            erased.extend(match done.of {
                Some(Subject::Person(person)) => self.erased_person(person, done.targets)?,
                Some(Subject::Child(child)) => erasure::whole_child(self, child)?,
                None => Vec::new(),
            });
        }
        Ok(erased)
    }

    fn erased_person(&self, person: Uuid, targets: Vec<RecordId>) -> Result<Vec<RecordId>, CommandError> {
        if erasure::works_here(self, person)? {
            return Ok(Vec::new());
        }
        let mut erased = targets;
        let is_here = self.store().presence(RecordId(person))? == Presence::Here;
        if is_here && !erasure::is_named(self, person)? {
            erased.extend(erasure::whole(self, person)?);
        }
        Ok(erased)
    }
}

/// Looking for what is over on one campus.
struct Looking<'a> {
    app: &'a App,
    campus: &'a Campus,
    today: NaiveDate,
    most: usize,
    over: Vec<RecordId>,
}

impl Looking<'_> {
    fn at_rows(&mut self, register: &'static Register) -> Result<(), CommandError> {
        let scopes = scopes(self.campus, register);
        let keeps = register.keep.iter().filter(|_| ends_by_date(register));
        let keeps: Vec<&Keep> = keeps.chain(register.parts.iter().filter_map(|part| part.keep.as_ref())).collect();
        let Some(newest) = self.newest(&keeps) else { return Ok(()) };
        self.each(&register.kind, &scopes, newest, |looking, found| looking.look_at_row(register, found))
    }

    /// A row whose time is over goes with its parts; a part with a time of its own goes alone.
    fn look_at_row(&mut self, register: &Register, found: &ListedRecord) -> Result<(), CommandError> {
        let Some(day) = day_of(found) else { return Ok(()) };
        let is_over = match &register.keep {
            Some(Keep::With(field)) => self.is_gone(text(&found.doc, field))?,
            Some(_) => {
                let last = last_day_of_row(register, &found.doc, day, &self.campus.calendar);
                last.is_some_and(|last| last < self.today) && !waits(register, found.stage.as_deref(), found.due)
            }
            None => false,
        };
        for part in &register.parts {
            let own = part.keep.as_ref().and_then(|keep| last_day(keep, day, &self.campus.calendar));
            let id = RecordId(part_id(found.id.0, &part.name));
            let is_part_over = is_over || own.is_some_and(|last| last < self.today);
            if is_part_over && self.app.store().presence(id)? == Presence::Here {
                self.over.push(id);
            }
        }
        if is_over {
            self.over.push(found.id);
        }
        Ok(())
    }

    /// Records without a register; what is open waits.
    fn at_records(&mut self, kind: &'static KindSight) -> Result<(), CommandError> {
        let Some(keep) = &kind.keep else { return Ok(()) };
        let Some(newest) = self.newest(&[keep]) else { return Ok(()) };
        let open = kind.open_stages();
        self.each(&kind.kind, self.campus.id.as_slice(), newest, |looking, found| {
            let is_open = found.stage.as_deref().is_some_and(|stage| open.contains(&stage));
            let last = day_of(found).and_then(|day| last_day(keep, day, &looking.campus.calendar));
            if !is_open && last.is_some_and(|last| last < looking.today) {
                looking.over.push(found.id);
            }
            Ok(())
        })
    }

    /// How people are reached who have left.
    fn at_contacts(&mut self) -> Result<(), CommandError> {
        let keep = Keep::Days(CONTACT_DAYS);
        let listing = Listing { kind: "person", scopes: self.campus.id.as_slice(), limit: PAGE, ..Listing::default() };
        self.pages(listing, |looking, found| {
            let left = text(&found.doc, "left_on").and_then(|day| day.parse().ok());
            let last = left.and_then(|left| last_day(&keep, left, &looking.campus.calendar));
            let id = RecordId(contact_id(found.id.0));
            if last.is_some_and(|last| last < looking.today) && looking.app.store().presence(id)? == Presence::Here {
                looking.over.push(id);
            }
            Ok(())
        })
    }

    /// Children who have left: each goes with all that names it, since master data has no end by a date of its own.
    fn at_children(&mut self) -> Result<(), CommandError> {
        let Some(child) = register("child") else { return Ok(()) };
        let Some(keep) = &child.keep else { return Ok(()) };
        let scopes = scopes(self.campus, child);
        let listing =
            Listing { kind: &child.kind, scopes: &scopes, stages: &["left"], limit: PAGE, ..Listing::default() };
        self.pages(listing, |looking, found| {
            let left = fold(child, &found.doc).document.get("left_on").and_then(|day| day.as_str()?.parse().ok());
            let last = left.and_then(|left| last_day(keep, left, &looking.campus.calendar));
            if last.is_some_and(|last| last < looking.today) {
                looking.over.extend(erasure::whole_child(looking.app, found.id.0)?);
            }
            Ok(())
        })
    }

    /// The newest day on which anything can be over that is kept so; today where something goes with another record.
    fn newest(&self, keeps: &[&Keep]) -> Option<NaiveDate> {
        let newest = |keep: &&Keep| match keep {
            Keep::With(_) => Some(self.today),
            keep => newest_over(keep, self.today),
        };
        keeps.iter().filter_map(newest).max()
    }

    fn each(
        &mut self,
        kind: &str,
        scopes: &[Uuid],
        newest: NaiveDate,
        look: impl Fn(&mut Self, &ListedRecord) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        let newest = newest.to_string();
        let days = Some((FIRST_DAY, newest.as_str()));
        self.pages(Listing { kind, scopes, days, order: Order::NewestDay, limit: PAGE, ..Listing::default() }, look)
    }

    /// Looks at every record of a listing, until there is enough to do for one night.
    fn pages(
        &mut self,
        mut listing: Listing<'_>,
        look: impl Fn(&mut Self, &ListedRecord) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        while self.over.len() < self.most {
            let page = self.app.store().find(&listing)?;
            page.iter().try_for_each(|found| look(self, found))?;
            match page.last() {
                Some(last) if page.len() as u64 == listing.limit => listing.after = Some(last.position()),
                _ => break,
            }
        }
        Ok(())
    }

    /// Whether a record that was here is not any more.
    fn is_gone(&self, id: Option<&str>) -> Result<bool, CommandError> {
        let Some(id) = id.and_then(|id| Uuid::parse_str(id).ok()) else { return Ok(false) };
        Ok(self.app.store().presence(RecordId(id))? == Presence::Gone)
    }
}

fn day_of(found: &ListedRecord) -> Option<NaiveDate> {
    found.day.as_deref()?.parse().ok()
}
