//! Erasing a person or a child: what it would do, and doing it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::ProblemType;

use crate::app::App;
use crate::campus::Campus;
use crate::erasure::{self, Group, Plan, Subject};
use crate::error::CommandError;

/// Why everything about somebody is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ErasureBasis")]
pub(super) enum Basis {
    /// The person has asked for it, or a guardian of the child.
    Request,
    /// The person, or a guardian, takes back what they had agreed to.
    Consent,
    /// The person or the child has left, and nothing of it is needed.
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

/// What erasing somebody does.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ErasureView {
    /// Why it cannot be done now; null where it can.
    hindrance: Option<Hindrance>,
    /// When it was done last, ms since 1970 UTC.
    pub(super) done_at: Option<i64>,
    /// What goes at once.
    goes: Vec<ErasureGroup>,
    /// What stays, since its own time is not over: how much of it names the person; nothing of a child stays.
    stays: Vec<ErasureGroup>,
}

/// Why somebody cannot be erased now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ErasureHindrance")]
enum Hindrance {
    /// The person works here.
    WorksHere,
    /// The child comes here, and its guardians agree that its name is kept.
    Enrolled,
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

/// What erasing somebody does now, and why it cannot be done where it cannot.
pub(super) fn erasure_of(app: &App, campus: &Campus, subject: Subject) -> Result<(ErasureView, Plan), CommandError> {
    let hindrance = match (app.serves_office()?, subject) {
        (false, _) => Some(Hindrance::InOffice),
        (true, Subject::Person(person)) => erasure::works_here(app, person)?.then_some(Hindrance::WorksHere),
        (true, Subject::Child(child)) => erasure::is_enrolled(app, child)?.then_some(Hindrance::Enrolled),
    };
    // What names somebody is looked for in every kind, so only where it is of use.
    let plan = match (hindrance, subject) {
        (Some(_), _) => Plan::default(),
        (None, Subject::Person(person)) => Plan::of(app, campus, person)?,
        (None, Subject::Child(child)) => Plan::of_child(app, child)?,
    };
    let group = |group: &Group| ErasureGroup {
        kind: group.kind.clone(),
        title: group.title.zh.clone(),
        title_en: group.title.en.clone(),
        count: group.count,
        until: group.until.map(|day| day.to_string()),
    };
    let view = ErasureView {
        hindrance,
        done_at: erasure::last_of(app, subject)?,
        goes: plan.goes.iter().map(group).collect(),
        stays: plan.stays.iter().map(group).collect(),
    };
    Ok((view, plan))
}

/// Carries a plan out, where it may be.
pub(super) fn erase(
    app: &App,
    campus: &Campus,
    subject: Subject,
    plan: &Plan,
    basis: Option<Basis>,
) -> Result<(), CommandError> {
    if !app.serves_office()? {
        return Err(CommandError::new(ProblemType::InOffice, "people and children are erased in the office"));
    }
    if app.by().is_none() {
        return Err(CommandError::new(ProblemType::PersonNeeded, "erasing takes somebody's name; say who works"));
    }
    check_gone(app, subject)?;
    let basis = basis.ok_or_else(|| CommandError::bad_argument("basis", "say why: request, consent, left or law"))?;
    erasure::write(app, campus, subject, plan, basis.code())
}

/// Refuses to erase who is here.
fn check_gone(app: &App, subject: Subject) -> Result<(), CommandError> {
    let message = match subject {
        Subject::Person(person) if erasure::works_here(app, person)? => {
            "this person works here: say first that they have left"
        }
        Subject::Child(child) if erasure::is_enrolled(app, child)? => {
            "this child comes here: say first that it has left, or that the consent was taken back"
        }
        _ => return Ok(()),
    };
    Err(CommandError::new(ProblemType::NotAllowed, message).field("id"))
}
