//! The beginning of a school: its campus, its first person, and what that person may do.

use std::sync::Arc;

use causal::RecordId;
use domain::role::Role;
use domain::template::CampusKind;
use replica::{Listing, Save, new_uuid_v7};
use uuid::Uuid;

use crate::app::App;
use crate::document::{Fields, field};
use crate::error::CommandError;
use crate::master::checked_name;
use crate::people;
use crate::route::adopt;

/// Who begins, and where.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// The campus to be made; looked at only where there is none yet.
    pub campus: Option<(String, CampusKind)>,
    /// The person; one that is here already keeps what is not said anew.
    pub person: Uuid,
    /// The name of the person.
    pub name: String,
    /// What the person may do, on every campus.
    pub roles: Vec<Role>,
}

impl App {
    /// Makes the campus with its patrol routes, where there is none, and the person with the roles, in one transaction.
    ///
    /// Whose name stands on it is the new person's own; nobody else is there yet who could have let them in.
    ///
    /// # Errors
    /// `bad-arguments` for a name that is none, or when there is no campus yet and none is named; nothing is saved then.
    pub fn begin(&self, beginning: &Beginning) -> Result<(), CommandError> {
        let names_field = |error: CommandError, name: &str| CommandError { field: Some(name.to_owned()), ..error };
        let (mut saves, mut routes) = (Vec::new(), Vec::new());
        if self.store().find(&Listing { kind: "campus", limit: 1, ..Listing::default() })?.is_empty() {
            let missing = || CommandError::bad_argument("campus_name", "there is no campus yet: say its name and kind");
            let (name, kind) = beginning.campus.clone().ok_or_else(missing)?;
            let name = checked_name(Some(name)).map_err(|error| names_field(error, "campus_name"))?;
            let id = self.new_id();
            let set = vec![field("name", name.unwrap_or_default()), field("kind", serde_json::json!(kind))];
            saves.push(self.save_of(beginning, "campus", id, Some(id), set)?);
            let by = Arc::from(beginning.person.to_string());
            routes = adopt(self, id, kind, None, Some(&by))?;
        }
        let name = checked_name(Some(beginning.name.clone())).map_err(|error| names_field(error, "person_name"))?;
        let set = vec![field("name", name.unwrap_or_default()), field("active", true)];
        saves.push(self.save_of(beginning, "person", beginning.person, None, set)?);
        let held: Vec<String> = people::grants_of(self, &beginning.person.to_string())?
            .iter()
            .filter_map(|grant| crate::document::text(&grant.doc, "role").map(str::to_owned))
            .collect();
        for role in beginning.roles.iter().filter(|role| !held.iter().any(|held| held == role.code())) {
            let set = vec![field("person", beginning.person.to_string()), field("role", role.code())];
            saves.push(self.save_of(beginning, people::GRANT, self.new_id(), None, set)?);
        }
        saves.extend(routes);
        self.store().save_all(saves)?;
        Ok(())
    }

    fn new_id(&self) -> Uuid {
        new_uuid_v7(self.now_ms(), &*self.store().ports().entropy)
    }

    fn save_of(
        &self,
        beginning: &Beginning,
        kind: &str,
        id: Uuid,
        scope: Option<Uuid>,
        set: Fields,
    ) -> Result<Save, CommandError> {
        let held = self.store().get(RecordId(id))?;
        Ok(Save {
            id: Some(RecordId(id)),
            kind: kind.to_owned(),
            scope: scope.filter(|_| held.is_none()),
            seen: held.map(|held| held.version),
            set,
            by: Some(Arc::from(beginning.person.to_string())),
            ..Save::default()
        })
    }
}
