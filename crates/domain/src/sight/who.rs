//! Who looks, and which fields that person sees.

use std::collections::{BTreeMap, BTreeSet};

use crate::field::Mask;
use crate::permission::Permission;
use crate::register::{Field, Register};
use crate::role::Role;

/// Who looks: made once per call.
///
/// Nobody named, or a store that has not ended its first pull, is [`Sight::nobody`], who sees nothing.
///
/// # Example
/// ```
/// use domain::{permission::Permission, role::Role, sight::Sight};
/// let guard = Sight::of("li", [(Role::Guard, Vec::<String>::new())], Vec::<String>::new());
/// assert!(guard.may(Permission::SeePickup) && !guard.may(Permission::SeeChildren));
/// assert!(!Sight::nobody().may(Permission::SeePickup));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Sight {
    who: Who,
    is_locked: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Who {
    Nobody,
    Everything,
    Paper(Option<Permission>),
    Person { id: String, roles: BTreeMap<Role, BTreeSet<String>>, owned: BTreeSet<String> },
}

/// What somebody sees of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Its value.
    Whole,
    /// What a mask leaves.
    Masked(Mask),
}

/// The roles that see `in place` only what was given to them; for any other, no list of places is the whole campus.
const BOUND: [Role; 3] = [Role::Teacher, Role::Carer, Role::Dorm];

impl Sight {
    /// Who sees nothing: nobody is named, or it is not known yet who may do what.
    pub fn nobody() -> Self {
        Self { who: Who::Nobody, is_locked: false }
    }

    /// Who sees everything: only the command line without a name, by who holds the store anyway.
    pub fn everything() -> Self {
        Self { who: Who::Everything, is_locked: false }
    }

    /// Who reads a paper: it has one sight of its own, that of the permission which it is read by, whoever holds it in their hands.
    ///
    /// It sees no rows by itself: which rows a paper has is asked of the person who makes it.
    pub fn of_paper(reader: Option<Permission>) -> Self {
        Self { who: Who::Paper(reader), is_locked: false }
    }

    /// A person with the roles that are in force on the campus, the places of each grant, and the areas that are the person's own.
    ///
    /// A role that is granted twice has the places of both; one grant without places leaves it without a list.
    pub fn of(
        person: impl Into<String>,
        grants: impl IntoIterator<Item = (Role, Vec<String>)>,
        owned: impl IntoIterator<Item = String>,
    ) -> Self {
        let mut roles: BTreeMap<Role, BTreeSet<String>> = BTreeMap::new();
        let mut unbound = BTreeSet::new();
        for (role, places) in grants {
            if places.is_empty() && !BOUND.contains(&role) {
                unbound.insert(role);
            }
            roles.entry(role).or_default().extend(places);
        }
        for role in unbound {
            roles.insert(role, BTreeSet::new());
        }
        let who = Who::Person { id: person.into(), roles, owned: owned.into_iter().collect() };
        Self { who, is_locked: false }
    }

    /// The same on a device whose compartments are locked, or open again: no row of them is reached.
    #[must_use]
    pub fn locked(self, is_locked: bool) -> Self {
        Self { is_locked, ..self }
    }

    /// Whether the rows of a register are locked away.
    pub(super) fn locks(&self, register: &Register) -> bool {
        self.is_locked && register.hold.is_some()
    }

    /// Who it is; none for nobody and for everything.
    pub fn person(&self) -> Option<&str> {
        match &self.who {
            Who::Person { id, .. } => Some(id),
            Who::Nobody | Who::Everything | Who::Paper(_) => None,
        }
    }

    /// Whether everything is seen, whoever asks.
    pub fn sees_everything(&self) -> bool {
        matches!(self.who, Who::Everything)
    }

    /// The roles in force.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        let roles = match &self.who {
            Who::Person { roles, .. } => Some(roles.keys().copied()),
            Who::Nobody | Who::Everything | Who::Paper(_) => None,
        };
        roles.into_iter().flatten()
    }

    /// Whether one of the roles has the permission.
    pub fn may(&self, permission: Permission) -> bool {
        match &self.who {
            Who::Everything => true,
            Who::Paper(reader) => *reader == Some(permission),
            Who::Nobody | Who::Person { .. } => self.roles().any(|role| role.may(permission)),
        }
    }

    /// The places where the person has a permission `in place`; none where that is the whole campus.
    pub(super) fn places(&self, permission: Option<Permission>) -> Option<BTreeSet<String>> {
        self.places_of(|role| permission.is_none_or(|permission| role.may(permission)))
    }

    /// The places where the person has one of some roles; none where that is the whole campus.
    pub(super) fn places_of(&self, is_meant: impl Fn(Role) -> bool) -> Option<BTreeSet<String>> {
        let Who::Person { roles, owned, .. } = &self.who else { return None };
        let mut all = owned.clone();
        for (role, places) in roles.iter().filter(|(role, _)| is_meant(**role)) {
            if places.is_empty() && !BOUND.contains(role) {
                return None;
            }
            all.extend(places.iter().cloned());
        }
        Some(all)
    }

    /// The areas that are the person's own, or were given to them with any role.
    pub(super) fn own_areas(&self) -> BTreeSet<String> {
        let Who::Person { roles, owned, .. } = &self.who else { return BTreeSet::new() };
        owned.iter().chain(roles.values().flatten()).cloned().collect()
    }

    /// What the person sees of a field in whatever row it stands, the row being seen; a row that is about the person may show more.
    pub fn field(&self, field: &Field) -> View {
        match field.see {
            Some(see) if !self.may(see.permission) => View::Masked(see.mask),
            _ => View::Whole,
        }
    }

    /// What the person sees of a field in a row that names these people.
    pub fn field_about(&self, field: &Field, people: &[&str]) -> View {
        let is_about_me = field.see.is_some_and(|see| see.is_about_me)
            && self.person().is_some_and(|person| people.contains(&person));
        if is_about_me { View::Whole } else { self.field(field) }
    }

    /// Whether the person sees every field of the register whole, among these names; only by such fields rows are ordered,
    /// searched and filtered.
    pub fn sees_whole(&self, register: &Register, name: &str) -> bool {
        register.field(name).is_none_or(|field| self.field(field) == View::Whole)
    }

    /// Whether the person sees the searched fields that have a mask.
    pub fn sees_sealed(&self, register: &Register) -> bool {
        let sealed = register.fields.iter().filter(|field| field.is_searchable && field.see.is_some());
        sealed.into_iter().all(|field| self.field(field) == View::Whole)
    }
}
