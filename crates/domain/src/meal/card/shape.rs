//! What a card says.

use uuid::Uuid;

use super::super::delivery::LineRule;
use super::super::profile::StageCode;
use super::super::sample::{SampleClock, SampleProblem};

/// How a stage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageState {
    /// Nothing is missing.
    Done,
    /// The first that something is missing of.
    Now,
    /// Something is missing of it too.
    Open,
    /// Its time has not come.
    Later,
    /// It does not apply, or somebody said so.
    NotNeeded,
}

impl StageState {
    /// The code of the contract.
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Open => "open",
            Self::Later => "later",
            Self::NotNeeded => "not_needed",
        }
    }
}

/// What is missing of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MissingCode {
    /// No dish is on the card.
    Dishes,
    /// Nothing was accepted, and nobody said that nothing came.
    Delivery,
    /// A line of a delivery is not decided.
    Decision,
    /// A delivery waits for a further signature (待第二人).
    Signer,
    /// Somebody was not checked.
    Check,
    /// A box that was ordered in was not measured.
    BoxTemperature,
    /// A dish was not measured.
    Core,
    /// So many more dishes are to be measured, whichever they are.
    MoreCores,
    /// A dish is not cooked through: heat on and measure again.
    CoreFailing,
    /// A dish has no sample.
    Sample,
    /// A dish has samples, and none is heavy enough.
    SampleGrams,
    /// Nobody has signed in to eat with the children.
    Accompany,
    /// Nothing was given to a class.
    Issue,
    /// Nobody wrote down what was left.
    Leftover,
    /// Nothing was disinfected.
    Disinfect,
    /// A disinfection runs.
    DisinfectRuns,
    /// A sample may go.
    Dispose,
}

impl MissingCode {
    /// The code of the contract.
    pub fn code(self) -> &'static str {
        match self {
            Self::Dishes => "dishes",
            Self::Delivery => "delivery",
            Self::Decision => "decision",
            Self::Signer => "signer",
            Self::Check => "check",
            Self::BoxTemperature => "box-temperature",
            Self::Core => "core",
            Self::MoreCores => "more-cores",
            Self::CoreFailing => "core-failing",
            Self::Sample => "sample",
            Self::SampleGrams => "sample-grams",
            Self::Accompany => "accompany",
            Self::Issue => "issue",
            Self::Leftover => "leftover",
            Self::Disinfect => "disinfect",
            Self::DisinfectRuns => "disinfect-runs",
            Self::Dispose => "dispose",
        }
    }

    /// Whether it is missing because no row is there, so that a device which was not heard of may have it.
    pub fn is_absence(self) -> bool {
        !matches!(self, Self::CoreFailing | Self::SampleGrams | Self::DisinfectRuns | Self::Dispose)
    }
}

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The stage.
    pub stage: StageCode,
    /// What.
    pub code: MissingCode,
    /// The dish, person, class, line, delivery, disinfection or sample that it is about; none where it is about none.
    pub about: Option<Uuid>,
    /// The name of the dish, the line or the helper, and of a count the number; empty where only an id is known.
    pub what: String,
    /// Whether it is certain: of what is only not there, every device was heard from.
    pub heard: bool,
}

/// What is wrong with a meal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemCode {
    /// Something about a sample.
    Sample(SampleProblem),
    /// One box holds two samples.
    BoxTwice,
    /// A sample is of no dish of the menu (菜单外留样).
    OffMenu,
    /// Two dishes are called alike.
    SameName,
    /// A dish was cooked that is banned: a finding v5(meal, `banned/<dish>`).
    BannedDish,
    /// A dish is not cooked through: a finding v5(meal, `core/<dish>`).
    Core,
    /// A dish waited for too long: a finding v5(meal, `hold/<dish>`).
    TooLong,
    /// 时长待核: nobody can tell how long a dish waited, or a disinfection lasted.
    TimeUnknown,
    /// Somebody must keep out of the kitchen: a finding v5(person, `unfit/<date>`).
    Unfit,
    /// Somebody's temperature was not measured (未测温).
    Unmeasured,
    /// Somebody is to put right first what they wear.
    ToMend,
    /// A line was accepted against a rule: a finding v5(line, rule).
    Line(LineRule),
    /// A line was rejected without a reason or a photo.
    RejectReason,
    /// The supplier's licence or contract has ended, or the supplier is void.
    Supplier,
    /// A disinfection was too short: a finding v5(row, `minutes`).
    DisinfectShort,
    /// A value of a disinfection lies outside of its limits: a finding v5(row, field).
    DisinfectFails,
    /// What was left is kept for the next time (T09.08): a finding v5(row, `disposal`).
    KeptForNext,
    /// A stage was said not to be needed, and has rows.
    WaivedButDone,
    /// The meal was cancelled, and served.
    CancelledButServed,
}

impl ProblemCode {
    /// The code of the contract.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sample(problem) => problem.code(),
            Self::BoxTwice => "box-twice",
            Self::OffMenu => "off-menu",
            Self::SameName => "same-name",
            Self::BannedDish => "banned-dish",
            Self::Core => "core",
            Self::TooLong => "too-long",
            Self::TimeUnknown => "time-unknown",
            Self::Unfit => "unfit",
            Self::Unmeasured => "unmeasured",
            Self::ToMend => "to-mend",
            Self::Line(rule) => rule.code(),
            Self::RejectReason => "reject-reason",
            Self::Supplier => "supplier",
            Self::DisinfectShort => "disinfect-short",
            Self::DisinfectFails => "disinfect-fails",
            Self::KeptForNext => "kept-for-next",
            Self::WaivedButDone => "waived-but-done",
            Self::CancelledButServed => "cancelled-but-served",
        }
    }
}

/// One thing that is wrong. It is read from rows that are there, so no absence is among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub code: ProblemCode,
    /// The record, dish or person that it is about; none where it is about the meal.
    pub about: Option<Uuid>,
    /// The name of the dish, the line, the box, the field or the helper; empty where only an id is known.
    pub what: String,
    /// The id that the finding of its cause has; none where it accuses nobody.
    pub finding: Option<Uuid>,
}

/// A stage of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Which one.
    pub stage: StageCode,
    /// How it stands.
    pub state: StageState,
    /// What is missing of it.
    pub missing: Vec<Missing>,
}

/// The clock of a sample with the dish that it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardClock {
    /// The dish; none for 菜单外留样.
    pub dish: Option<Uuid>,
    /// What the dish, else the sample, is called.
    pub dish_name: String,
    /// Its clock.
    pub clock: SampleClock,
}

/// A card: how a meal stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The meal.
    pub id: Uuid,
    /// Whether it counts as served or to be served: it was not cancelled, or was served all the same.
    pub is_served: bool,
    /// The stages of its profile, in their order.
    pub stages: Vec<Stage>,
    /// The clocks of its samples that are not void, those that may go first.
    pub clocks: Vec<CardClock>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What is missing before service.
    pub before_service: Vec<Missing>,
    /// Minutes to service by this device's time, negative after it; none where no clock was checked or nobody said when it is.
    pub minutes_left: Option<i64>,
}
