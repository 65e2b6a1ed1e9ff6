//! Erasing a person: what it would do, and doing it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::campus::Campus;
use crate::erasure::{self, Group, Plan};
use crate::error::CommandError;

/// Why everything about a person is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ErasureBasis")]
pub(super) enum Basis {
    /// The person has asked for it.
    Request,
    /// The person takes back what they had agreed to.
    Consent,
    /// The person has left, and nothing of it is needed.
    Left,
    /// A law or an authority wants it.
    Law,
}

impl Basis {
    /// As it is stored.
    fn code(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Consent => "consent",
            Self::Left => "left",
            Self::Law => "law",
        }
    }
}

/// What erasing a person does.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ErasureView {
    /// Why it cannot be done now; null where it can.
    hindrance: Option<Hindrance>,
    /// When it was done last, ms since 1970 UTC.
    pub(super) done_at: Option<i64>,
    /// What goes at once.
    goes: Vec<ErasureGroup>,
    /// What stays, since its own time is not over: how much of it names the person.
    stays: Vec<ErasureGroup>,
}

/// Why somebody cannot be erased now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ErasureHindrance")]
enum Hindrance {
    /// The person works here.
    WorksHere,
    /// It is done in the office.
    InOffice,
}

/// Records of one kind.
#[derive(Debug, Serialize, JsonSchema)]
struct ErasureGroup {
    /// Their kind.
    kind: String,
    /// What people call them.
    title: String,
    /// The same in English; null where that is not known.
    title_en: Option<String>,
    /// How many there are.
    count: u64,
    /// The last day on which the last of them is kept, `YYYY-MM-DD`; null where no date ends it.
    until: Option<String>,
}

/// What erasing a person does now, and why it cannot be done where it cannot.
pub(super) fn erasure_of(app: &App, campus: &Campus, person: Uuid) -> Result<(ErasureView, Plan), CommandError> {
    let hindrance = match (app.serves_office()?, erasure::works_here(app, person)?) {
        (false, _) => Some(Hindrance::InOffice),
        (true, true) => Some(Hindrance::WorksHere),
        (true, false) => None,
    };
    // What names somebody is looked for in every kind, so only where it is of use.
    let plan = if hindrance.is_none() { Plan::of(app, campus, person)? } else { Plan::default() };
    let group = |group: &Group| ErasureGroup {
        kind: group.kind.clone(),
        title: group.title.zh.clone(),
        title_en: group.title.en.clone(),
        count: group.count,
        until: group.until.map(|day| day.to_string()),
    };
    let view = ErasureView {
        hindrance,
        done_at: erasure::last_of(app, &person.to_string())?,
        goes: plan.goes.iter().map(group).collect(),
        stays: plan.stays.iter().map(group).collect(),
    };
    Ok((view, plan))
}

/// Carries a plan out, where it may be.
pub(super) fn erase(app: &App, person: Uuid, plan: &Plan, basis: Option<Basis>) -> Result<(), CommandError> {
    if !app.serves_office()? {
        return Err(CommandError::new(ProblemType::InOffice, "people are erased in the office"));
    }
    if app.by().is_none() {
        return Err(CommandError::new(ProblemType::PersonNeeded, "erasing takes somebody's name; say who works"));
    }
    if erasure::works_here(app, person)? {
        let message = "this person works here: say first that they have left";
        return Err(CommandError::new(ProblemType::NotAllowed, message).field("id"));
    }
    let basis = basis.ok_or_else(|| CommandError::bad_argument("basis", "say why: request, consent, left or law"))?;
    erasure::write(app, person, plan, basis.code())
}
