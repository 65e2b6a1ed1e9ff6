//! Who people are, and what they may do.
//!
//! Rights are held against a person whose name is known and who has a role on the campus.
//! Where nobody is named (support, scripts), or the person was never given a role there, nothing is refused: a fresh store has
//! no people yet, and the hub checks devices, not persons.
//! A breach that arrives by merge is shown, never rejected.

use std::cell::RefCell;
use std::collections::HashMap;

use causal::RecordId;
use chrono::NaiveDate;
use domain::permission::Permission;
use domain::role::{Role, may_any};
use domain::time::{Shift, UtcMillis, business_date};
use replica::{Found, Listing};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::campus::Campus;
use crate::document::text;
use crate::{App, CommandError};

/// A person as a screen shows one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct PersonRef {
    /// The id, or the name on the command line, under which the record has the person.
    pub(crate) id: String,
    /// The name, where a record of the person is here.
    pub(crate) name: Option<String>,
}

/// Looks up the names of persons and other records, each once.
pub(crate) struct Names<'a> {
    app: &'a App,
    found: RefCell<HashMap<Uuid, Option<Found>>>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(app: &'a App) -> Self {
        Self { app, found: RefCell::new(HashMap::new()) }
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

/// The roles that a person has on a campus on a day; none when no role was ever given there.
pub(crate) fn roles_of(
    app: &App,
    person: &str,
    campus: Option<Uuid>,
    on: NaiveDate,
) -> Result<Option<Vec<Role>>, CommandError> {
    let listing = Listing { kind: "role_grant", field: Some(("person", person)), limit: 1_000, ..Listing::default() };
    let grants = app.store().find(&listing)?;
    let here: Vec<&Found> = grants.iter().filter(|grant| is_on(grant, campus)).collect();
    if here.is_empty() {
        return Ok(None);
    }
    let mut roles: Vec<Role> = here
        .iter()
        .filter(|grant| is_valid(grant, on))
        .filter_map(|grant| text(&grant.doc, "role")?.parse().ok())
        .collect();
    roles.sort_unstable();
    roles.dedup();
    Ok(Some(roles))
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

/// The refusal that names what would be needed.
pub(crate) fn not_allowed(permission: Permission) -> CommandError {
    let roles: Vec<&str> = permission.roles().iter().map(|role| role.code()).collect();
    CommandError::new("not-allowed", format_args!("this takes one of the roles {}", roles.join(", ")))
        .detail("permission", permission)
        .detail("roles", roles)
}
