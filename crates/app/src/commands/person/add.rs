//! Adding a person: the person, the roles and the starting PIN are saved together or not at all.

use causal::RecordId;
use domain::permission::Permission;
use domain::role::Role;
use replica::{Save, new_uuid_v7};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::contact::Contact;
use crate::document::{field, text};
use crate::error::CommandError;
use crate::master::checked_name;
use crate::{people, pin};

/// Arguments of `person.add`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Add {
    /// The id of the new person, so that what is sent twice adds one; a new one when left out.
    #[serde(default)]
    id: Option<Uuid>,
    /// The name.
    name: String,
    /// The phone number; null or left out for none.
    #[serde(default)]
    phone: Option<String>,
    /// The roles, one at least.
    roles: Vec<Role>,
    /// The campus; left out, every campus, which takes a role that is for every campus itself.
    #[serde(default)]
    campus: Option<Uuid>,
    /// The starting PIN, 4 to 8 digits; one at random when left out.
    #[serde(default)]
    pin: Option<String>,
}

/// The new person.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PersonAdded")]
pub(super) struct Added {
    /// The person.
    id: Uuid,
    /// The starting PIN, to be told once; the person is asked for one of their own at the first use.
    pin: String,
}

pub(super) fn add(app: &App, arguments: Add) -> Result<Added, CommandError> {
    let new_id = || new_uuid_v7(app.now_ms(), &*app.store().ports().entropy);
    let id = arguments.id.unwrap_or_else(new_id);
    let there = app.store().get(RecordId(id))?;
    people::require_for(app, there.as_ref().map(|_| id), arguments.campus, None, Permission::ManagePeople)?;
    if arguments.roles.is_empty() {
        return Err(CommandError::bad_argument("roles", "a person has one role at least"));
    }
    let phone = arguments.phone.as_deref().map(str::trim).filter(|phone| !phone.is_empty());
    let mut set = vec![field("active", true)];
    set.extend(checked_name(Some(arguments.name))?.map(|name| field("name", name)));
    let save = |kind: &str, id: Uuid, set| Save {
        id: Some(RecordId(id)),
        kind: kind.to_owned(),
        scope: arguments.campus,
        set,
        by: app.by(),
        ..Save::default()
    };
    let seen = there.map(|there| there.version);
    let scope = if seen.is_some() { None } else { arguments.campus };
    let mut saves = vec![Save { seen, scope, ..save("person", id, set) }];
    if let Some(phone) = phone {
        saves.push(Contact::of(app, id)?.save(app, arguments.campus, None, vec![field("phone", phone)]));
    }
    for role in missing_roles(app, id, arguments.campus, arguments.roles)? {
        let mut set = vec![field("person", id.to_string()), field("role", role.code())];
        set.extend(arguments.campus.map(|campus| field("campus", campus.to_string())));
        saves.push(save(people::GRANT, new_id(), set));
    }
    let pin = arguments.pin.map_or_else(|| pin::random(app), |pin| pin::plain(&pin));
    saves.push(pin::save_of(app, id, arguments.campus, &pin)?);
    app.store().save_with_settings(saves, |_| vec![pin::forgotten_tries(id)])?;
    Ok(Added { id, pin })
}

/// Those of `roles` that the person was not given, each once: whoever sends the form again adds nothing twice.
fn missing_roles(
    app: &App,
    person: Uuid,
    campus: Option<Uuid>,
    mut roles: Vec<Role>,
) -> Result<Vec<Role>, CommandError> {
    let campus = campus.map(|campus| campus.to_string());
    let grants = people::grants_of(app, &person.to_string())?;
    let given = grants.iter().filter(|grant| text(&grant.doc, "campus") == campus.as_deref());
    let given: Vec<&str> = given.filter_map(|grant| text(&grant.doc, "role")).collect();
    roles.sort_unstable();
    roles.dedup();
    roles.retain(|role| !given.contains(&role.code()));
    Ok(roles)
}
