//! What goes when a person or a child is erased, and what stays and until when; worked out before anything is done, and shown.

use causal::RecordId;
use chrono::NaiveDate;
use domain::id::{contact_id, pin_id};
use domain::register::{Register, all, part_id, register};
use domain::retention::{ends_by_date, last_day};
use domain::sight::KindSight;
use replica::{Listing, Order, Presence};
use uuid::Uuid;

use super::{child, naming};
use crate::app::App;
use crate::campus::Campus;
use crate::contact::{self, Contact};
use crate::error::CommandError;
use crate::titles::{Title, of_kind};

/// So many rows about one person are looked at: there are a few a year.
const MOST_ROWS: u64 = 2_000;

/// What erasing a person does.
#[derive(Default)]
pub(crate) struct Plan {
    /// The records that go at once.
    pub(crate) targets: Vec<RecordId>,
    /// The same in words.
    pub(crate) goes: Vec<Group>,
    /// What is kept and names the person.
    pub(crate) stays: Vec<Group>,
}

/// Records of one sort.
pub(crate) struct Group {
    /// Their kind.
    pub(crate) kind: String,
    /// What people call them.
    pub(crate) title: Title,
    /// How many there are.
    pub(crate) count: u64,
    /// The last day on which the last of them is kept; none where no date ends it.
    pub(crate) until: Option<NaiveDate>,
}

impl Plan {
    /// What erasing a person does now.
    ///
    /// How to reach them, the PIN, and the parts of rows that are about them, such as the scan of a certificate, go at once. Rows and
    /// other records stay until their own time is over, and the name and the roles as long as one of them does.
    pub(crate) fn of(app: &App, campus: &Campus, person: Uuid) -> Result<Self, CommandError> {
        let mut plan = Self::default();
        let contact = Contact::of(app, person)?;
        if contact.is_here() {
            plan.targets.push(RecordId(contact_id(person)));
        }
        if contact.is_here() || !contact.moved().is_empty() {
            plan.goes.push(Group::of(contact::KIND, 1));
        }
        plan.take_one(app, "pin", pin_id(person))?;
        for register in all().iter().filter(|register| !register.parts.is_empty()) {
            plan.take_parts(app, register, person)?;
        }
        for named in naming::named(app, &person.to_string())? {
            let until = until(campus, named.kind, named.newest.as_deref());
            plan.stays.push(Group { until, ..Group::of(named.kind, named.count) });
        }
        if plan.stays.is_empty() {
            let whole = naming::whole(app, person)?;
            plan.goes.push(Group::of("person", 1));
            if whole.len() > 1 {
                plan.goes.push(Group::of("role_grant", whole.len() as u64 - 1));
            }
            plan.targets.extend(whole);
        }
        Ok(plan)
    }

    /// What erasing a child does now: whatever names it goes at once, and so does it.
    pub(crate) fn of_child(app: &App, child: Uuid) -> Result<Self, CommandError> {
        let mut plan = Self { targets: vec![RecordId(child)], ..Self::default() };
        for rows in child::rows(app, child)? {
            let (count, register) = (rows.ids.len() as u64, rows.register);
            plan.goes.push(match rows.part {
                Some(part) => {
                    Group { kind: register.part_kind(part), title: part_title(register, part), count, until: None }
                }
                None => Group::of(&register.kind, count),
            });
        }
        plan.goes.push(Group::of(child::KIND, 1));
        Ok(plan)
    }

    fn take_one(&mut self, app: &App, kind: &str, id: Uuid) -> Result<(), CommandError> {
        if app.store().presence(RecordId(id))? == Presence::Here {
            self.targets.push(RecordId(id));
            self.goes.push(Group::of(kind, 1));
        }
        Ok(())
    }

    /// The parts of the rows of a register that are about the person.
    fn take_parts(&mut self, app: &App, register: &'static Register, person: Uuid) -> Result<(), CommandError> {
        let about = register.about.as_deref().and_then(|name| register.field(name));
        if about.and_then(|field| field.stored()?.refers()) != Some("person") {
            return Ok(());
        }
        let person = person.to_string();
        let listing = Listing {
            kind: &register.kind,
            about: Some(&person),
            order: Order::NewestDay,
            limit: MOST_ROWS,
            ..Listing::default()
        };
        let rows = app.store().find(&listing)?;
        for part in &register.parts {
            let mut count = 0;
            for row in &rows {
                let id = RecordId(part_id(row.id.0, &part.name));
                if app.store().presence(id)? == Presence::Here {
                    self.targets.push(id);
                    count += 1;
                }
            }
            if count > 0 {
                let title = part_title(register, &part.name);
                self.goes.push(Group { kind: register.part_kind(&part.name), title, count, until: None });
            }
        }
        Ok(())
    }
}

impl Group {
    fn of(kind: &str, count: u64) -> Self {
        Self { kind: kind.to_owned(), title: of_kind(kind), count, until: None }
    }
}

/// A part is called by its register and its fields: 健康证明：证件照片.
fn part_title(register: &Register, part: &str) -> Title {
    let fields = || register.fields.iter().filter(|field| field.part.as_deref() == Some(part));
    let zh: Vec<&str> = fields().map(|field| field.zh.as_str()).collect();
    let en: Vec<&str> = fields().map(|field| field.en.as_str()).collect();
    Title {
        zh: format!("{}：{}", register.zh, zh.join("、")), en: Some(format!("{}: {}", register.en, en.join(", ")))
    }
}

/// The last day on which records of a kind are kept whose newest day is this one.
fn until(campus: &Campus, kind: &str, newest: Option<&str>) -> Option<NaiveDate> {
    let keep = match register(kind) {
        Some(register) => register.keep.as_ref().filter(|_| ends_by_date(register)),
        None => KindSight::of(kind).and_then(|kind| kind.keep.as_ref()),
    };
    last_day(keep?, newest?.parse().ok()?, &campus.calendar)
}
