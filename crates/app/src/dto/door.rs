//! What a screen must know before it can show anything: which door it stands at, and who stands there.

use domain::role::Role;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// Where a screen is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DoorKind {
    /// On a tablet, or in a browser that a tablet serves.
    Tablet,
    /// In the browser of the office.
    Office,
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OrganisationRef {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// Who is signed in at the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Account {
    /// The name that was signed in with.
    pub name: String,
    /// The person that it belongs to; null until that is settled.
    pub person: Option<String>,
    /// The roles that it was given.
    pub roles: Vec<Role>,
    /// Whether campus, person and password are still to be set.
    pub must_begin: bool,
    /// Whether somebody else has set the password, so that one of one's own comes before everything else.
    pub must_change_password: bool,
}

/// The answer of `door.get`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Door {
    /// Where the screen is shown.
    pub door: DoorKind,
    /// The version of the app.
    pub version: String,
    /// Whose store it is; null for a tablet that is not enrolled.
    pub organisation: Option<OrganisationRef>,
    /// Who is signed in; null on a tablet, and for who is not.
    pub account: Option<Account>,
}
