//! Changing people and their roles.

use causal::RecordId;
use chrono::NaiveDate;
use domain::permission::Permission;
use domain::role::Role;
use replica::new_uuid_v7;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::contact::{self, Contact};
use crate::document::{Fields, field, text};
use crate::error::CommandError;
use crate::master::{Draft, SavedRecord, checked_name, given};
use crate::people;

/// Arguments of `person.save`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SavePerson {
    /// The person; left out for a new one.
    #[serde(default)]
    id: Option<Uuid>,
    /// The name.
    #[serde(default)]
    name: Option<String>,
    /// Whether the person works here; a new one does.
    #[serde(default)]
    active: Option<bool>,
    /// The phone number; null for none.
    #[serde(default, deserialize_with = "given")]
    phone: Option<Option<String>>,
    /// The last four characters of the identity number; no more is ever kept.
    #[serde(default)]
    id_last4: Option<String>,
    /// 入职查询: the day of the query before the person began, `YYYY-MM-DD`; null for none. Of its answer nothing is kept.
    #[serde(default, deserialize_with = "given")]
    entry_query_on: Option<Option<String>>,
    /// The day of the newest yearly query of criminal records; null for none.
    #[serde(default, deserialize_with = "given")]
    record_query_on: Option<Option<String>>,
    /// The campus of a new person; left out, every campus reads of them, which takes a role for every campus.
    #[serde(default)]
    scope: Option<Uuid>,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `person.grant`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Grant {
    /// The grant; left out for a new one.
    #[serde(default)]
    id: Option<Uuid>,
    /// The person.
    #[serde(default)]
    person: Option<Uuid>,
    /// The role.
    #[serde(default)]
    #[schemars(with = "Option<Role>")]
    role: Option<String>,
    /// The campus; left out, every campus, which takes a role that is for every campus itself.
    #[serde(default)]
    campus: Option<Uuid>,
    /// The first day, `YYYY-MM-DD`; null for no first one.
    #[serde(default, deserialize_with = "given")]
    valid_from: Option<Option<String>>,
    /// The last day, `YYYY-MM-DD`, null for no last one; a day in the past takes the role away.
    #[serde(default, deserialize_with = "given")]
    valid_to: Option<Option<String>>,
    /// 代班: whom the person stands in for.
    #[serde(default)]
    substitute_for: Option<Uuid>,
    /// The areas that it is for, such as the class of a teacher; none for all of the campus, but for a teacher, a carer and a dorm
    /// keeper, who then see no place's rows but those of the areas that they own.
    #[serde(default)]
    places: Option<Vec<Uuid>>,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

pub(super) fn save(app: &App, arguments: SavePerson) -> Result<SavedRecord, CommandError> {
    people::require_for(app, arguments.id, arguments.scope, None, Permission::ManagePeople)?;
    if arguments
        .id_last4
        .as_ref()
        .is_some_and(|digits| digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_alphanumeric()))
    {
        return Err(CommandError::bad_argument("id_last4", "only the last four characters are kept"));
    }
    check_days([("entry_query_on", &arguments.entry_query_on), ("record_query_on", &arguments.record_query_on)])?;
    let name = checked_name(arguments.name)?;
    let active = arguments.active.or(arguments.id.is_none().then_some(true));
    let id = arguments.id.unwrap_or_else(|| new_uuid_v7(app.now_ms(), &*app.store().ports().entropy));
    let contact = Contact::of(app, id)?;
    let seen = arguments.seen.as_deref().map(contact::parted);
    let mut draft = Draft {
        kind: "person",
        id: Some(id),
        scope: arguments.scope,
        seen: seen.map(|(person, _)| person.to_owned()),
        set: Fields::new(),
        required: &["name"],
    };
    draft.put("name", name);
    draft.put("active", active);
    draft.set.extend(left_on(app, id, active)?);
    let mut reached = Fields::new();
    put(&mut reached, &contact, "phone", arguments.phone);
    put(&mut reached, &contact, "id_last4", arguments.id_last4.map(Some));
    put(&mut reached, &contact, "entry_query_on", arguments.entry_query_on);
    put(&mut reached, &contact, "record_query_on", arguments.record_query_on);
    if reached.is_empty() {
        let saved = draft.save(app)?;
        let own = seen.map_or_else(|| contact.own_version(), |(_, own)| own);
        return Ok(SavedRecord { version: contact::joined(&saved.version, own), ..saved });
    }
    // What an earlier version kept with the name stands with the rest from now on.
    draft.set.extend(contact.moved().into_iter().map(|name| field(name, serde_json::Value::Null)));
    let scope = people::scope_of(app, id)?.or(arguments.scope);
    let reached = contact.save(app, scope, seen.map(|(_, own)| own), reached);
    draft.save_pair(app, reached)
}

/// Sets a field where a value was given, and takes one away where null was and there is one.
fn put(set: &mut Fields, contact: &Contact, name: &str, value: Option<Option<String>>) {
    match value {
        Some(Some(value)) => set.push(field(name, value)),
        Some(None) if contact.text(name).is_some() => set.push(field(name, serde_json::Value::Null)),
        Some(None) | None => {}
    }
}

/// The day on which somebody stops working here, from which it counts how long their phone number is kept; none for who works.
fn left_on(app: &App, id: Uuid, active: Option<bool>) -> Result<Option<(String, causal::Value)>, CommandError> {
    let Some(active) = active else { return Ok(None) };
    let held = app.store().find_one(RecordId(id))?;
    let known = held.as_ref().and_then(|held| text(&held.doc, "left_on"));
    Ok(match (active, known) {
        (false, None) => {
            let campus = Campus::named_or_here(app, held.and_then(|held| held.scope))?;
            Some(field("left_on", people::today(app, &campus).to_string()))
        }
        (true, Some(_)) => Some(field("left_on", serde_json::Value::Null)),
        _ => None,
    })
}

fn check_days(days: [(&str, &Option<Option<String>>); 2]) -> Result<(), CommandError> {
    for (name, day) in days {
        if day.as_ref().and_then(Option::as_ref).is_some_and(|day| day.parse::<NaiveDate>().is_err()) {
            return Err(CommandError::bad_argument(name, format_args!("{name} is a day such as 2026-09-01")));
        }
    }
    Ok(())
}

pub(super) fn grant(app: &App, arguments: Grant) -> Result<SavedRecord, CommandError> {
    people::require_for(app, arguments.id, arguments.campus, None, Permission::ManagePeople)?;
    if let Some(role) = &arguments.role {
        role.parse::<Role>().map_err(|error| CommandError::bad_argument("role", error))?;
    }
    check_days([("valid_from", &arguments.valid_from), ("valid_to", &arguments.valid_to)])?;
    let mut draft = Draft {
        kind: people::GRANT,
        id: arguments.id,
        scope: arguments.campus,
        seen: arguments.seen,
        set: Fields::new(),
        required: &["person", "role"],
    };
    draft.put("person", arguments.person.map(|person| person.to_string()));
    draft.put("role", arguments.role);
    draft.put("campus", arguments.campus.map(|campus| campus.to_string()));
    draft.put_or_clear("valid_from", arguments.valid_from);
    draft.put_or_clear("valid_to", arguments.valid_to);
    draft.put("substitute_for", arguments.substitute_for.map(|person| person.to_string()));
    let ids = |places: Vec<Uuid>| places.iter().map(Uuid::to_string).collect::<Vec<_>>();
    draft.put("places", arguments.places.map(ids));
    draft.save(app)
}
