//! Changing people and their roles.

use chrono::NaiveDate;
use domain::permission::Permission;
use domain::role::Role;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::document::Fields;
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
    let mut draft = Draft {
        kind: "person",
        id: arguments.id,
        scope: arguments.scope,
        seen: arguments.seen,
        set: Fields::new(),
        required: &["name"],
    };
    draft.put("name", name);
    draft.put("active", active);
    draft.put_or_clear("phone", arguments.phone);
    draft.put("id_last4", arguments.id_last4);
    draft.put_or_clear("entry_query_on", arguments.entry_query_on);
    draft.put_or_clear("record_query_on", arguments.record_query_on);
    draft.save(app)
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
