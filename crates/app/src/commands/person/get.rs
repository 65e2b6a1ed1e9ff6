//! One person, for those who keep the people of a campus.

use causal::RecordId;
use chrono::{Months, NaiveDate};
use domain::permission::Permission;
use domain::role::Role;
use replica::ListedRecord;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::contact::Contact;
use crate::document::{text, texts};
use crate::error::CommandError;
use crate::{people, pin};

/// Arguments of `person.get`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Get {
    /// The person.
    id: Uuid,
}

/// A person, with what only those see who keep the people, and the person.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PersonView {
    /// The person.
    id: Uuid,
    /// The name.
    name: Option<String>,
    /// Whether the person still works here.
    active: bool,
    /// The phone number.
    phone: Option<String>,
    /// 入职查询: the day of the query before the person began, `YYYY-MM-DD`; of its answer nothing is kept.
    entry_query_on: Option<String>,
    /// The day of the newest yearly query of criminal records; of its answer nothing is kept.
    record_query_on: Option<String>,
    /// The day by which the next yearly query is due; null where none was ever made.
    record_query_due: Option<String>,
    /// Whether the person has a PIN.
    has_pin: bool,
    /// Every role that was given, those that are over included.
    grants: Vec<GrantView>,
    /// Give it back as `seen` with a change of the person.
    version: String,
}

/// One role, with its time.
#[derive(Debug, Serialize, JsonSchema)]
struct GrantView {
    /// The grant.
    id: Uuid,
    /// The role.
    role: Role,
    /// Where it holds; null for every campus.
    campus: Option<String>,
    /// The first day, `YYYY-MM-DD`; null where there is no first one.
    valid_from: Option<String>,
    /// The last day, `YYYY-MM-DD`; null where there is no last one.
    valid_to: Option<String>,
    /// The areas that it is for; empty for no area in particular.
    places: Vec<String>,
    /// Whether it holds today.
    holds: bool,
    /// Give it back as `seen` with a change of the grant.
    version: String,
}

pub(super) fn get(app: &App, arguments: Get) -> Result<PersonView, CommandError> {
    let id = arguments.id;
    let missing = || CommandError::not_found(format_args!("there is no person {id}")).field("id");
    let found = app.store().find_one(RecordId(id))?.filter(|found| found.kind == "person").ok_or_else(missing)?;
    let campus = match found.scope {
        Some(scope) => Campus::load(app, Some(scope))?,
        None => Campus::here(app)?,
    };
    if app.by().as_deref() != Some(&*id.to_string()) {
        people::require(app, &campus, Permission::ManagePeople)?;
    }
    let contact = Contact::of(app, id)?;
    let grants = people::grants_of(app, &id.to_string())?;
    let views = grants.iter().filter_map(|grant| view(app, &campus, grant).transpose());
    Ok(PersonView {
        id,
        name: text(&found.doc, "name").map(str::to_owned),
        active: found.doc.get("active") != Some(&false.into()),
        phone: contact.text("phone"),
        record_query_due: next_query(&contact).map(|day| day.to_string()),
        entry_query_on: contact.text("entry_query_on"),
        record_query_on: contact.text("record_query_on"),
        has_pin: pin::is_set(app, id)?,
        grants: views.collect::<Result<_, _>>()?,
        version: contact.version(&version(app, found.id)?),
    })
}

/// A year after the newest query: who works with minors is asked about every year.
fn next_query(contact: &Contact) -> Option<NaiveDate> {
    let day = |name: &str| contact.text(name).and_then(|day| day.parse::<NaiveDate>().ok());
    day("record_query_on").max(day("entry_query_on"))?.checked_add_months(Months::new(12))
}

/// One grant; nothing for a role that is not known here.
fn view(app: &App, campus: &Campus, grant: &ListedRecord) -> Result<Option<GrantView>, CommandError> {
    let Some(role) = text(&grant.doc, "role").and_then(|role| role.parse().ok()) else { return Ok(None) };
    let owned = |name: &str| text(&grant.doc, name).map(str::to_owned);
    Ok(Some(GrantView {
        id: grant.id.0,
        role,
        campus: owned("campus"),
        valid_from: owned("valid_from"),
        valid_to: owned("valid_to"),
        places: texts(&grant.doc, "places").map(str::to_owned).collect(),
        holds: people::hold_now(app, campus)(grant),
        version: version(app, grant.id)?,
    }))
}

fn version(app: &App, id: RecordId) -> Result<String, CommandError> {
    Ok(app.store().get(id)?.map(|reading| reading.version).unwrap_or_default())
}
