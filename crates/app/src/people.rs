//! Who people are, and what they may do.
//!
//! Rights are held against everybody whose name is known, as soon as the store holds one role grant: who has no role in force on a
//! campus may do nothing there that takes one.
//! Where nobody is named (support, scripts), or nobody was ever given a role (a fresh store), nothing is refused; the hub checks
//! devices, not persons.
//! A breach that arrives by merge is shown, never rejected.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use causal::{Record, RecordId};
use chrono::NaiveDate;
use domain::permission::Permission;
use domain::role::{Role, may_any};
use domain::template::Template;
use domain::time::{Shift, UtcMillis, business_date};
use replica::{Found, Listing};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::campus::Campus;
use crate::document::text;
use crate::{App, CommandError, template};

/// The kind of the record that gives a person a role.
pub(crate) const GRANT: &str = "role_grant";

/// A person as a screen shows one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PersonRef {
    /// The id, or the name on the command line, under which the record has the person.
    pub id: String,
    /// The name, where a record of the person is here.
    pub name: Option<String>,
}

/// Looks up the names of persons and other records, each once.
pub(crate) struct Names<'a> {
    app: &'a App,
    found: RefCell<HashMap<Uuid, Option<Found>>>,
    templates: RefCell<HashMap<String, Option<Rc<Template>>>>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(app: &'a App) -> Self {
        Self { app, found: RefCell::default(), templates: RefCell::default() }
    }

    /// The checklist that a record names; none when it is not known here or cannot be read.
    pub(crate) fn template(&self, reference: &str) -> Option<Rc<Template>> {
        let mut known = self.templates.borrow_mut();
        let load = || {
            let reference = reference.parse().ok()?;
            template::load(self.app, &reference).ok().map(|template| Rc::new(template.into_owned()))
        };
        known.entry(reference.to_owned()).or_insert_with(load).clone()
    }

    /// The person `by`.
    pub(crate) fn person(&self, by: &str) -> PersonRef {
        let name = self.record(by).filter(|found| found.kind == "person");
        PersonRef { id: by.to_owned(), name: name.and_then(|found| text(&found.doc, "name").map(str::to_owned)) }
    }

    /// What people call the record `id`; none when it is not here or has no name.
    pub(crate) fn name(&self, id: &str) -> Option<String> {
        let found = self.record(id)?;
        ["name", "title", "label"].iter().find_map(|name| text(&found.doc, name)).map(str::to_owned)
    }

    fn record(&self, id: &str) -> Option<Found> {
        let id = Uuid::parse_str(id).ok()?;
        let mut known = self.found.borrow_mut();
        // A name that cannot be read now is shown as the id that it stands for.
        known.entry(id).or_insert_with(|| self.app.store().find_one(RecordId(id)).ok().flatten()).clone()
    }
}

/// The roles that a person has on a campus on a day; none while the store holds no grant at all, and rights are not held against
/// anybody.
///
/// For what belongs to the whole organisation, the campus is none, and only roles count that are for every campus.
pub(crate) fn roles_of(
    app: &App,
    person: &str,
    campus: Option<Uuid>,
    on: NaiveDate,
) -> Result<Option<Vec<Role>>, CommandError> {
    let grants = grants_of(app, person)?;
    if grants.is_empty() && !has_grants(app)? {
        return Ok(None);
    }
    let mut roles: Vec<Role> = grants
        .iter()
        .filter(|grant| is_on(grant, campus) && is_valid(grant, on))
        .filter_map(|grant| text(&grant.doc, "role")?.parse().ok())
        .collect();
    roles.sort_unstable();
    roles.dedup();
    Ok(Some(roles))
}

/// The grants of a person, those that do not hold now included.
pub(crate) fn grants_of(app: &App, person: &str) -> Result<Vec<Found>, CommandError> {
    let listing = Listing { kind: GRANT, field: Some(("person", person)), limit: 1_000, ..Listing::default() };
    Ok(app.store().find(&listing)?)
}

/// The roles that people have on a campus today, by person.
pub(crate) fn roles_by_person(app: &App, campus: &Campus) -> Result<HashMap<String, Vec<Role>>, CommandError> {
    let today = today(app, campus);
    let grants = app.store().find(&Listing { kind: GRANT, limit: 10_000, ..Listing::default() })?;
    let mut roles: HashMap<String, Vec<Role>> = HashMap::new();
    for grant in grants.iter().filter(|grant| is_on(grant, campus.id) && is_valid(grant, today)) {
        let role = text(&grant.doc, "role").and_then(|role| role.parse::<Role>().ok());
        let (Some(person), Some(role)) = (text(&grant.doc, "person"), role) else { continue };
        let known = roles.entry(person.to_owned()).or_default();
        if !known.contains(&role) {
            known.push(role);
        }
    }
    Ok(roles)
}

/// Who works on a campus today, with the roles that they have there.
pub(crate) fn at_work(app: &App, campus: &Campus) -> Result<Vec<(String, Vec<Role>)>, CommandError> {
    let mut at_work = Vec::new();
    for (person, roles) in roles_by_person(app, campus)? {
        let Ok(id) = Uuid::parse_str(&person) else { continue };
        let found = app.store().find_one(RecordId(id))?.filter(|found| found.kind == "person");
        if found.is_some_and(|found| found.doc.get("active") != Some(&false.into())) {
            at_work.push((person, roles));
        }
    }
    Ok(at_work)
}

/// Whether anybody was ever given a role.
fn has_grants(app: &App) -> Result<bool, CommandError> {
    Ok(!app.store().find(&Listing { kind: GRANT, limit: 1, ..Listing::default() })?.is_empty())
}

/// Whether a grant is for a campus, or for all of them.
pub(crate) fn is_on(grant: &Found, campus: Option<Uuid>) -> bool {
    match (text(&grant.doc, "campus"), campus) {
        (None, _) => true,
        (Some(named), Some(campus)) => Uuid::parse_str(named) == Ok(campus),
        (Some(_), None) => false,
    }
}

/// Whether a grant holds on a day; a bound that cannot be read does not bind.
pub(crate) fn is_valid(grant: &Found, on: NaiveDate) -> bool {
    let day = |name: &str| text(&grant.doc, name).and_then(|day| day.parse::<NaiveDate>().ok());
    day("valid_from").is_none_or(|from| from <= on) && day("valid_to").is_none_or(|to| on <= to)
}

/// The day on which a person's rights are looked at: today on the campus.
pub(crate) fn today(app: &App, campus: &Campus) -> NaiveDate {
    business_date(UtcMillis::from_stamp(app.now_ms()), campus.calendar.zone, Shift::Day)
}

/// The roles of the person who works; every role where rights are not held against them.
pub(crate) fn working_roles(app: &App, campus: &Campus) -> Result<Vec<Role>, CommandError> {
    let roles = match app.by() {
        Some(by) => roles_of(app, &by, campus.id, today(app, campus))?,
        None => None,
    };
    Ok(roles.unwrap_or_else(|| Role::all().collect()))
}

/// Refuses what the person who works may not do.
pub(crate) fn require(app: &App, campus: &Campus, permission: Permission) -> Result<(), CommandError> {
    if may_any(&working_roles(app, campus)?, permission) {
        return Ok(());
    }
    Err(not_allowed(permission))
}

/// Refuses a save of master data that the person who works may not make: where the record stands, and where the save names.
///
/// A record that is not here yet, and whose campus the save does not name, will stand on `new`.
pub(crate) fn require_for(
    app: &App,
    record: Option<Uuid>,
    named: Option<Uuid>,
    new: Option<Uuid>,
    permission: Permission,
) -> Result<(), CommandError> {
    let held = record.map(|id| app.store().get(RecordId(id))).transpose()?.flatten();
    let mut places: Vec<Option<Uuid>> = held.iter().map(|held| place(&held.record)).collect();
    places.extend(named.map(Some));
    if places.is_empty() {
        places.push(new);
    }
    places.into_iter().try_for_each(|campus| require(app, &Campus::load(app, campus)?, permission))
}

/// The campus on which rights over a record are looked at; for a grant the one that it is for, whoever reads the record.
pub(crate) fn place(record: &Record) -> Option<Uuid> {
    if &*record.kind != GRANT {
        return record.scope;
    }
    let campus = domain::reading::read_field(GRANT, "campus", record.state.siblings("campus"));
    campus.and_then(|campus| Uuid::parse_str(campus.as_str()?).ok())
}

/// The refusal that names what would be needed.
pub(crate) fn not_allowed(permission: Permission) -> CommandError {
    let roles: Vec<&str> = permission.roles().iter().map(|role| role.code()).collect();
    CommandError::new("not-allowed", format_args!("this takes one of the roles {}", roles.join(", ")))
        .detail("permission", permission)
        .detail("roles", roles)
}
