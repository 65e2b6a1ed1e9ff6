//! Who is inside, as a gate shows it.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::child::ClassView;
use super::person::PersonRef;

/// Who is inside, and what that rests on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "GateInside")]
pub(crate) struct InsideView {
    /// When this was worked out, ms since 1970 UTC.
    pub(crate) now: i64,
    /// 截至: when this device last heard all that the server had, ms since 1970 UTC; null where it never did.
    pub(crate) as_of: Option<i64>,
    /// Minutes since; null where nobody knows.
    pub(crate) age_min: Option<i64>,
    /// 不在本平板: what of it this device does not hold: any of `children`, `gate`.
    pub(crate) not_here: Vec<&'static str>,
    /// Whether that is because this device has heard nothing for long and locked them; any exchange opens them.
    pub(crate) locked: bool,
    /// The classes, with the children that are here.
    pub(crate) classes: Vec<InsideClass>,
    /// The visits that are not over, by when they came.
    pub(crate) visitors: Vec<InsideVisitor>,
    /// Leavings that a gate could not pair: each may end one of these visits.
    pub(crate) unpaired: Vec<UnpairedView>,
    /// The vehicles inside.
    pub(crate) vehicles: Vec<InsideVehicle>,
    /// The classes whose children came, and of whom nobody wrote that they left before the gate closed, today or yesterday.
    pub(crate) stayed: Vec<StayedClass>,
    /// Who is on duty.
    pub(crate) staff: Vec<InsideStaff>,
    /// How many children are here.
    pub(crate) children_n: u32,
    /// How many visitors.
    pub(crate) visitors_n: u32,
    /// How many people are on duty.
    pub(crate) staff_n: u32,
}

/// A class, with who of it is here.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct InsideClass {
    /// The class in numbers.
    pub(crate) counts: ClassView,
    /// The names of those that are here, as far as the person may know them.
    pub(crate) names: Vec<String>,
}

/// A visit that is not over.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct InsideVisitor {
    /// The row.
    pub(crate) id: Uuid,
    /// What the first of them is called, as the person may know it.
    pub(crate) name: String,
    /// From where.
    pub(crate) org: Option<String>,
    /// How many people.
    pub(crate) people: u32,
    /// The badge.
    pub(crate) badge: Option<String>,
    /// To whom.
    pub(crate) host: Option<PersonRef>,
    /// When they came, ms since 1970 UTC.
    pub(crate) at: i64,
    /// Whether they should have left by now.
    pub(crate) overdue: bool,
}

/// A leaving without an entry.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct UnpairedView {
    /// The row.
    pub(crate) id: Uuid,
    /// What they are called, as the person may know it.
    pub(crate) name: String,
    /// The visits that it may end; a person decides.
    pub(crate) visits: Vec<Uuid>,
}

/// A vehicle inside.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct InsideVehicle {
    /// The row.
    pub(crate) id: Uuid,
    /// Its number, as the person may know it.
    pub(crate) plate: String,
    /// When it came, ms since 1970 UTC.
    pub(crate) at: i64,
    /// Whether it should have left by now.
    pub(crate) overdue: bool,
}

/// Children of a class of whom nobody wrote that they left.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct StayedClass {
    /// The class.
    pub(crate) class: Uuid,
    /// What people call it.
    pub(crate) name: String,
    /// The day, `YYYY-MM-DD`.
    pub(crate) day: String,
    /// What the children are called, as far as the person may know it.
    pub(crate) names: Vec<String>,
}

/// Somebody on duty.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct InsideStaff {
    /// Who.
    pub(crate) person: PersonRef,
    /// Where.
    pub(crate) post: Option<String>,
    /// Since when, ms since 1970 UTC.
    pub(crate) since: Option<i64>,
}
