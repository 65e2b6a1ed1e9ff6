//! Who there is.

use causal::RecordId;
use domain::role::Role;
use replica::{ListPosition, Listing};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::contact::Contact;
use crate::document::text;
use crate::dto::page;
use crate::error::CommandError;
use crate::{people, pin};

/// Arguments of `person.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// The campus whose roles are shown; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
    /// Also those who are no longer active.
    #[serde(default)]
    inactive: bool,
    /// 1 to 1,000; 200 when left out.
    #[serde(default)]
    limit: Option<u64>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<String>,
}

/// A page of people.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PersonPage {
    /// The people.
    people: Vec<PersonRow>,
    /// Where the next page starts; null at the end.
    next: Option<String>,
}

/// One person.
#[derive(Debug, Serialize, JsonSchema)]
struct PersonRow {
    /// The person.
    id: Uuid,
    /// The name.
    name: Option<String>,
    /// Whether the person still works here.
    active: bool,
    /// The roles on the campus today.
    roles: Vec<Role>,
    /// Whether the person has a PIN.
    has_pin: bool,
    /// Give it back as `seen` with a change.
    version: String,
}

pub(super) fn list(app: &App, arguments: List) -> Result<PersonPage, CommandError> {
    let limit = page::checked_limit(arguments.limit)?;
    let campus = Campus::named_or_here(app, arguments.scope)?;
    let mut rows = app.store().find(&Listing {
        kind: "person",
        scopes: campus.id.as_slice(),
        after: arguments.after.as_deref().map(page::parse).transpose()?,
        limit: limit + 1,
        ..Listing::default()
    })?;
    let next = page::cut(&mut rows, limit).map(|place| page::to_text(ListPosition { due: None, ..place }));
    let roles = people::roles_by_person(app, &campus)?;
    let mut people = Vec::new();
    for found in rows {
        let active = found.doc.get("active").and_then(serde_json::Value::as_bool) != Some(false);
        if !active && !arguments.inactive {
            continue;
        }
        let version = app.store().get(RecordId(found.id.0))?.map(|reading| reading.version).unwrap_or_default();
        people.push(PersonRow {
            id: found.id.0,
            name: text(&found.doc, "name").map(str::to_owned),
            active,
            roles: roles.get(&found.id.to_string()).cloned().unwrap_or_default(),
            has_pin: pin::is_set(app, found.id.0)?,
            version: Contact::of(app, found.id.0)?.version(&version),
        });
    }
    Ok(PersonPage { people, next })
}
