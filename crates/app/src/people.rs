//! What people may do.
//!
//! Rights are held against everybody whose name is known, as soon as the store holds one role grant: who has no role in force on a
//! campus may do nothing there that takes one.
//! Where nobody is named (support, scripts), or nobody was ever given a role (a fresh store), nothing is refused; the hub checks
//! devices, not persons.
//! A breach that arrives by merge is shown, never rejected.

use std::collections::HashMap;

use causal::{Record, RecordId};
use chrono::NaiveDate;
use domain::permission::{Permission, may_any};
use domain::role::Role;
use domain::time::{Shift, UtcMillis, business_date};
use replica::{ListedRecord, Listing};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::error::CommandError;

/// The kind of the record that gives a person a role.
pub(crate) const GRANT: &str = "role_grant";

/// The roles that a person has on a campus by the grants of which `holds` says so; none while the store holds no grant at all, and rights are not held against
/// anybody.
///
/// For what belongs to the whole organisation, the campus is none, and only roles count that are for every campus.
pub(crate) fn roles_of(
    app: &App,
    person: &str,
    campus: Option<Uuid>,
    holds: impl Fn(&ListedRecord) -> bool,
) -> Result<Option<Vec<Role>>, CommandError> {
    let grants = grants_of(app, person)?;
    if grants.is_empty() && !has_grants(app)? {
        return Ok(None);
    }
    let mut roles: Vec<Role> = grants
        .iter()
        .filter(|grant| is_on(grant, campus) && holds(grant))
        .filter_map(|grant| text(&grant.doc, "role")?.parse().ok())
        .collect();
    roles.sort_unstable();
    roles.dedup();
    Ok(Some(roles))
}

/// The grants of a person, those that do not hold now included.
pub(crate) fn grants_of(app: &App, person: &str) -> Result<Vec<ListedRecord>, CommandError> {
    let listing = Listing { kind: GRANT, field: Some(("person", person)), limit: 1_000, ..Listing::default() };
    Ok(app.store().find(&listing)?)
}

/// The roles that people have on a campus today, by person.
pub(crate) fn roles_by_person(app: &App, campus: &Campus) -> Result<HashMap<String, Vec<Role>>, CommandError> {
    let holds = hold_now(app, campus);
    let grants = app.store().find(&Listing { kind: GRANT, limit: 10_000, ..Listing::default() })?;
    let mut roles: HashMap<String, Vec<Role>> = HashMap::new();
    for grant in grants.iter().filter(|grant| is_on(grant, campus.id) && holds(grant)) {
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

/// The campus of a person who is here; none for one who is not, and for one of every campus.
pub(crate) fn scope_of(app: &App, person: Uuid) -> Result<Option<Uuid>, CommandError> {
    Ok(app.store().find_one(RecordId(person))?.and_then(|found| found.scope))
}

/// Whether anybody was ever given a role.
fn has_grants(app: &App) -> Result<bool, CommandError> {
    Ok(!app.store().find(&Listing { kind: GRANT, limit: 1, ..Listing::default() })?.is_empty())
}

/// Whether a grant is for a campus, or for all of them.
pub(crate) fn is_on(grant: &ListedRecord, campus: Option<Uuid>) -> bool {
    match (text(&grant.doc, "campus"), campus) {
        (None, _) => true,
        (Some(named), Some(campus)) => Uuid::parse_str(named) == Ok(campus),
        (Some(_), None) => false,
    }
}

/// The first and the last day on which a grant holds; a bound that cannot be read does not bind.
fn bounds(grant: &ListedRecord) -> [Option<NaiveDate>; 2] {
    ["valid_from", "valid_to"].map(|name| text(&grant.doc, name)?.parse().ok())
}

/// Whether a grant held on a day of the past, by the stamp of what was done then.
pub(crate) fn held_on(grant: &ListedRecord, day: NaiveDate) -> bool {
    let [from, to] = bounds(grant);
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// Which grants hold now on a campus: all but those that have certainly not begun, or certainly ended.
///
/// The clock of a device that nobody has checked decides no right, in neither direction.
pub(crate) fn hold_now(app: &App, campus: &Campus) -> impl Fn(&ListedRecord) -> bool + use<> {
    let (time, zone) = (app.time(), campus.calendar.zone);
    move |grant| {
        let [from, to] = bounds(grant);
        time.may_hold(from, to, zone)
    }
}

/// Today on the campus.
pub(crate) fn today(app: &App, campus: &Campus) -> NaiveDate {
    business_date(UtcMillis::from_stamp(app.now_ms()), campus.calendar.zone, Shift::Day)
}

/// The roles of the person who works; every role where rights are not held against them.
pub(crate) fn working_roles(app: &App, campus: &Campus) -> Result<Vec<Role>, CommandError> {
    let roles = match app.by() {
        Some(by) => roles_of(app, &by, campus.id, hold_now(app, campus))?,
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
    CommandError::new(ProblemType::NotAllowed, format_args!("this takes one of the roles {}", roles.join(", ")))
        .detail("permission", permission)
        .detail("roles", roles)
}
