//! The rows that a hook goes by: those of one lamp, of one person, of one supplier. Read where they are asked for, and stored nowhere.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use causal::RecordId;
use chrono::NaiveDate;
use domain::register::{Asked, Field, Habit, KinRow, Register, VOID, Worked, part_id};
use replica::{ListPosition, ListedRecord, Listing, Order};
use serde_json::Value;
use uuid::Uuid;

use super::naming::Naming;
use super::one_thing::OneThing;
use super::parts::serves;
use super::place::scopes;
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::dto::entry::EntryRow;
use crate::people;
use crate::sight::open_stages;

/// So many rows of a register whose rows are in force for a time are read at once: there is one a year for each person.
const MOST_OF_ALL: u64 = 5_000;

/// The rows that were read, by register and by what they are about.
type Known = HashMap<(String, String), OneThing>;

/// What hooks say of rows on one campus, during one call: each lamp is read once.
pub(crate) struct Kin<'a> {
    app: &'a App,
    campus: &'a Campus,
    today: NaiveDate,
    of: RefCell<Known>,
    whole: RefCell<HashSet<String>>,
}

impl<'a> Kin<'a> {
    pub(crate) fn new(app: &'a App, campus: &'a Campus) -> Self {
        let today = people::today(app, campus);
        Self { app, campus, today, of: RefCell::default(), whole: RefCell::default() }
    }

    /// What each hook says of a row that is stored.
    pub(crate) fn of_stored<'r>(
        &self,
        register: &'r Register,
        id: RecordId,
        about: Option<&str>,
    ) -> Vec<(&'r Field, Worked)> {
        let Some(about) = about.filter(|_| register.hooks().next().is_some()) else { return Vec::new() };
        let id = id.to_string();
        let kin = self.about(register, about, Some(&id));
        let Some(row) = kin.iter().find(|row| row.id == id) else { return Vec::new() };
        self.work_out(register, row, &kin)
    }

    /// What each hook says of a row as it will be; `id` is none for a new one.
    pub(crate) fn of_written<'r>(
        &self,
        register: &'r Register,
        id: Option<RecordId>,
        document: &Document,
    ) -> Vec<(&'r Field, Worked)> {
        let hooks = register.hooks().next();
        let Some(about) = register.about.as_deref().filter(|_| hooks.is_some()).and_then(|name| text(document, name))
        else {
            return Vec::new();
        };
        let id = id.map(|id| id.to_string()).unwrap_or_default();
        let row = KinRow { id, document: document.clone(), is_open: true, ..KinRow::default() };
        self.work_out(register, &row, &self.about(register, about, None))
    }

    /// Adds what hooks say of a row that is shown, to the fields that `wants` names.
    pub(crate) fn add_to(
        &self,
        row: &mut EntryRow,
        register: &Register,
        about: Option<&str>,
        naming: &Naming<'_>,
        wants: impl Fn(&str) -> bool,
    ) {
        for (field, worked) in self.of_stored(register, RecordId(row.id), about) {
            if !wants(&field.name) || !naming.viewer.sight.sees_whole(register, &field.name) {
                continue;
            }
            row.words
                .extend(naming.value(register, &field.name, &worked.value).map(|words| (field.name.clone(), words)));
            row.tones.insert(field.name.clone(), worked.tone.into());
            row.fields.insert(field.name.clone(), worked.value);
        }
    }

    /// Reads all rows of a register at once, where a list asks for many of them and there are few.
    pub(crate) fn of_all(&self, register: &Register) {
        if register.valid.is_none() || register.hooks().next().is_none() || self.whole.borrow().contains(&register.kind)
        {
            return;
        }
        let mut groups: HashMap<String, Vec<KinRow>> = HashMap::new();
        let seen =
            |found: &ListedRecord| register.about.as_deref().and_then(|name| text(&found.doc, name)).map(str::to_owned);
        for found in self.found(register, None, None, MOST_OF_ALL) {
            if let Some(about) = seen(&found) {
                groups.entry(about).or_default().push(self.row(register, found));
            }
        }
        self.whole.borrow_mut().insert(register.kind.clone());
        let mut of = self.of.borrow_mut();
        of.extend(groups.into_iter().map(|(about, rows)| ((register.kind.clone(), about), OneThing::whole(rows))));
    }

    fn work_out<'r>(&self, register: &'r Register, row: &KinRow, kin: &[KinRow]) -> Vec<(&'r Field, Worked)> {
        let one = |(field, habit, by): (&'r Field, &'static dyn Habit, &[String])| {
            // What they are about they all say alike.
            let by = by.iter().filter(|name| Some(*name) != register.about.as_ref());
            let is_kin = |other: &&KinRow| by.clone().all(|name| other.document.get(name) == row.document.get(name));
            let kin: Vec<&KinRow> = kin.iter().filter(is_kin).collect();
            let asked = Asked { row, kin: &kin, today: self.today, settings: &self.campus.settings };
            Some((field, habit.work_out(&asked)?))
        };
        register.hooks().filter_map(one).collect()
    }

    /// The rows about one thing that tell what is said of a row; all of them where none is named.
    fn about(&self, register: &Register, about: &str, row: Option<&str>) -> Rc<Vec<KinRow>> {
        let key = (register.kind.clone(), about.to_owned());
        let mut known = self.of.borrow_mut();
        if self.whole.borrow().contains(&register.kind) {
            return known.get(&key).map(OneThing::rows).unwrap_or_default();
        }
        let thing = known.entry(key).or_default();
        while let Some((after, limit)) = thing.wants(register, row) {
            let page = self.found(register, Some(about), after, limit);
            let places = page.iter().map(ListedRecord::position).collect();
            thing.add(page.into_iter().map(|found| self.row(register, found)).collect(), places, limit);
        }
        thing.rows()
    }

    fn found(
        &self,
        register: &Register,
        about: Option<&str>,
        after: Option<ListPosition>,
        limit: u64,
    ) -> Vec<ListedRecord> {
        let open = match register.hooks().all(|(_, habit, _)| habit.is_of_open()) {
            true => open_stages(register),
            false => Vec::new(),
        };
        let listing = Listing {
            kind: &register.kind,
            scopes: &scopes(self.campus, register),
            stages: &open.iter().map(String::as_str).collect::<Vec<_>>(),
            about,
            is_for_hooks: true,
            order: Order::NewestDay,
            after,
            limit,
            ..Listing::default()
        };
        // What cannot be read now is not known: a number less, and no refusal.
        self.app.store().find(&listing).unwrap_or_default()
    }

    /// A row with what its hooks read, the fields of its parts among it.
    fn row(&self, register: &Register, found: ListedRecord) -> KinRow {
        let mut row = KinRow {
            id: found.id.to_string(),
            is_open: found.stage.as_deref().is_some_and(|stage| register.is_open(stage)),
            is_void: found.stage.as_deref() == Some(VOID),
            ..KinRow::default()
        };
        let read = register.hook_fields();
        for part in &register.parts {
            let own = register.fields.iter().filter(|field| field.part.as_deref() == Some(&part.name));
            let own: Vec<&str> = own.map(|field| field.name.as_str()).filter(|name| read.contains(name)).collect();
            if own.is_empty() {
                continue;
            }
            match self.part(register, part, found.id) {
                Some(document) => row.document.extend(only(document, &own)),
                None => row.unknown.extend(own.into_iter().map(str::to_owned)),
            }
        }
        row.document.extend(only(found.doc, &read));
        row
    }

    /// What stands in a part of a row; none where this device cannot know.
    fn part(&self, register: &Register, part: &domain::register::Part, row: RecordId) -> Option<Document> {
        let id = RecordId(part_id(row.0, &part.name));
        if let Some(found) = self.app.store().find_one(id).ok()? {
            return Some(found.doc);
        }
        let hold = part.hold.or(register.hold);
        let scope: Option<Uuid> =
            self.campus.id.map(|campus| hold.map_or(campus, |hold| domain::register::hold_scope(campus, hold)));
        let is_served = serves(self.app, scope).ok()?;
        is_served.then(Document::new)
    }
}

/// What stands in these fields, on their own paths and below them.
fn only(document: Document, names: &[&str]) -> impl Iterator<Item = (String, Value)> {
    document
        .into_iter()
        .filter(|(path, _)| names.contains(&path.split('/').next().unwrap_or(path)))
        .collect::<Vec<_>>()
        .into_iter()
}
