//! Children at the door as the commands give them.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::phrase::Phrase;

/// How old the list of who may fetch whom is on this device.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "HandoverList")]
pub(crate) struct ListView {
    /// 名单截至: when this device last heard all that the server had, ms since 1970 UTC; null where it never did.
    pub(crate) as_of: Option<i64>,
    /// Minutes since; null where nobody knows, such as after a clock was set back.
    pub(crate) age_min: Option<i64>,
    /// Whether a guardian is called before a child leaves by it.
    pub(crate) too_old: bool,
    /// The hours for which it is good.
    pub(crate) good_h: String,
}

/// A class in numbers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "HandoverClass")]
pub(crate) struct ClassView {
    /// The class.
    pub(crate) class: Uuid,
    /// What people call it.
    pub(crate) name: String,
    /// Children on the list.
    pub(crate) enrolled: u32,
    /// Those that came today.
    pub(crate) came: u32,
    /// Those that are here.
    pub(crate) here: u32,
    /// Those that were found other than well in the morning.
    pub(crate) noticed: u32,
    /// Those with medicine that waits to be given.
    pub(crate) medicine: u32,
}

/// Where a child is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ChildState")]
pub(crate) enum ChildState {
    /// Nobody wrote that it came.
    NotSeen,
    /// It is here.
    Here,
    /// It left.
    Gone,
}

/// A child at the door.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "HandoverChild")]
pub(crate) struct ChildView {
    /// The child.
    pub(crate) id: Uuid,
    /// What it is called, as the person may know it; its number where only that is kept.
    pub(crate) name: String,
    /// Its number.
    pub(crate) number: String,
    /// Its class.
    pub(crate) class: Option<Uuid>,
    /// Where it is.
    pub(crate) state: ChildState,
    /// Since when, ms since 1970 UTC; null for one of whom nothing was written.
    pub(crate) since: Option<i64>,
    /// How many slips of medicine wait to be given today.
    pub(crate) medicine: u32,
    /// Who may fetch it, and who must not.
    pub(crate) adults: Vec<AdultView>,
}

/// An adult on the list of a child.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "HandoverAdult")]
pub(crate) struct AdultView {
    /// The line of the list.
    pub(crate) id: Uuid,
    /// What the adult is called, as the person may know it.
    pub(crate) name: String,
    /// Whose the child is to them.
    pub(crate) relation: Option<Phrase>,
    /// The telephone number, as the person may know it.
    pub(crate) phone: Option<String>,
    /// The photo, where the person sees it.
    pub(crate) photo: Option<String>,
    /// What the line says now: `good`, `not_yet`, `over`, `revoked`, `forbidden` or `void`.
    pub(crate) stands: String,
    /// Whether it is good for one time.
    pub(crate) once: bool,
    /// Whether that time is over.
    pub(crate) used: bool,
    /// The other children that the same adult fetches.
    pub(crate) siblings: Vec<Uuid>,
}

/// Something alarming.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "HandoverAlarm")]
pub(crate) struct AlarmView {
    /// What: `forbidden`, `revoked`, `twice`, `once_used`, `unlisted` or `not_arrived`.
    pub(crate) code: String,
    /// In words.
    pub(crate) words: Phrase,
    /// Whether somebody has to act at once.
    pub(crate) red: bool,
    /// Whether each of its rows was answered.
    pub(crate) answered: bool,
    /// The child.
    pub(crate) child: Uuid,
    /// What it is called, as the person may know it.
    pub(crate) name: String,
    /// The class.
    pub(crate) class: Option<Uuid>,
    /// The day, `YYYY-MM-DD`.
    pub(crate) day: String,
    /// The rows of `child_handover` that it follows from.
    pub(crate) rows: Vec<Uuid>,
}

/// A day at the door.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "HandoverDay")]
pub(crate) struct DayView {
    /// The day, `YYYY-MM-DD`.
    pub(crate) date: String,
    /// Whether this device holds children at all; where it does not, everything else is empty (不在本平板).
    pub(crate) here: bool,
    /// Whether that is because it has heard nothing for long and locked them; any exchange opens them.
    pub(crate) locked: bool,
    /// How old the list is.
    pub(crate) list: ListView,
    /// The classes of which the person sees children.
    pub(crate) classes: Vec<ClassView>,
    /// Their children, by class and number.
    pub(crate) children: Vec<ChildView>,
    /// What is alarming, the worst first.
    pub(crate) alarms: Vec<AlarmView>,
}
