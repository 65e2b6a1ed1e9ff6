//! The state of a finding, as a pure function of the graph of its steps.

use serde::Serialize;

use super::breach::{Breach, breaches};
use super::{Finding, Step, StepKind};
use crate::causality::Causality;
use crate::role::Role;
use crate::setting::Settings;
use crate::severity::Severity;
use crate::time::UtcMillis;

/// Where a finding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "FindingState"))]
#[serde(rename_all = "snake_case")]
pub enum StateName {
    /// 待派发.
    Unassigned,
    /// 待整改.
    Assigned,
    /// 整改中.
    InProgress,
    /// 待复查.
    AwaitingRecheck,
    /// 已销号.
    Closed,
    /// 退回重改.
    Returned,
    /// 挂账.
    Deferred,
    /// 误报作废.
    Voided,
    /// 现场已改.
    CorrectedOnSpot,
}

impl StateName {
    /// All states.
    pub const ALL: [Self; 9] = [
        Self::Unassigned,
        Self::Assigned,
        Self::InProgress,
        Self::AwaitingRecheck,
        Self::Closed,
        Self::Returned,
        Self::Deferred,
        Self::Voided,
        Self::CorrectedOnSpot,
    ];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unassigned => "unassigned",
            Self::Assigned => "assigned",
            Self::InProgress => "in_progress",
            Self::AwaitingRecheck => "awaiting_recheck",
            Self::Closed => "closed",
            Self::Returned => "returned",
            Self::Deferred => "deferred",
            Self::Voided => "voided",
            Self::CorrectedOnSpot => "corrected_on_spot",
        }
    }

    /// The state with this stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The codes of the states that are meant.
    ///
    /// # Example
    /// ```
    /// use domain::finding::StateName;
    /// assert_eq!(StateName::codes(|state| !state.is_open()), ["closed", "voided", "corrected_on_spot"]);
    /// ```
    pub fn codes(is_meant: impl Fn(Self) -> bool) -> Vec<&'static str> {
        Self::ALL.into_iter().filter(|state| is_meant(*state)).map(Self::code).collect()
    }

    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Unassigned => "待派发",
            Self::Assigned => "待整改",
            Self::InProgress => "整改中",
            Self::AwaitingRecheck => "待复查",
            Self::Closed => "已销号",
            Self::Returned => "退回重改",
            Self::Deferred => "挂账",
            Self::Voided => "误报作废",
            Self::CorrectedOnSpot => "现场已改",
        }
    }

    /// Whether somebody still has to do something.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Voided | Self::CorrectedOnSpot)
    }

    /// Whether it still has to be put right, and so is overdue by its time alone: one that waits for its re-check is not.
    pub fn is_unfinished(self) -> bool {
        self.is_open() && self != Self::AwaitingRecheck
    }
}

/// 延期.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Extension {
    /// Nobody asked for more time.
    None,
    /// More time was asked for, and nobody has answered.
    Requested,
    /// More time was granted.
    Granted,
}

/// Why a step has no effect on the state; it is shown all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "OverruledWhy"))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A 复查通过 or 销号 whose author had not seen a 退回.
    ReturnedMeanwhile,
    /// A 派发, 转派 or 接单 beside or after a repair that nobody has returned.
    RepairStands,
    /// A 误报作废 whose author had not seen that others were at work on it.
    VoidContested,
    /// A 挂账 whose author had not seen that others were at work on it.
    WorkGoesOn,
    /// The finding is closed.
    Closed,
}

/// A step without effect on the state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Overruled {
    /// The id of the step.
    pub step: String,
    /// Why.
    pub why: Why,
}

/// What the steps of a finding add up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingState {
    /// Where it stands.
    pub state: StateName,
    /// Who has it.
    pub assignee: Option<String>,
    /// Until when it must be put right.
    pub due: Option<UtcMillis>,
    /// 停用: the thing must not be used.
    pub is_out_of_service: bool,
    /// 临时措施: it was made safe for the time being.
    pub has_stopgap: bool,
    /// 延期.
    pub extension: Extension,
    /// When it was put right, where that stands.
    pub fixed_at: Option<UtcMillis>,
    /// When it was closed.
    pub closed_at: Option<UtcMillis>,
    /// What broke a rule; shown to the office, never rejected.
    pub breaches: Vec<Breach>,
    /// Steps without effect on the state.
    pub overruled: Vec<Overruled>,
}

impl FindingState {
    /// Whether its time is over.
    ///
    /// A finding that was put right in time is not overdue while it waits for the re-check; a closed one never is, and
    /// a deferred one only by the time that its 挂账 or a later extension sets.
    pub fn is_overdue(&self, now: UtcMillis) -> bool {
        let Some(due) = self.due else { return false };
        let reference = match self.state {
            StateName::AwaitingRecheck => self.fixed_at.unwrap_or(now),
            state if state.is_open() => now,
            _ => return false,
        };
        reference > due
    }

    /// Whom it is reported to: L3 and L4 to both at once, any other to the 主任 when overdue and to the 校长 a day later.
    pub fn escalated_to(&self, severity: Option<Severity>, now: UtcMillis, settings: &Settings) -> Vec<Role> {
        if !self.state.is_open() {
            return Vec::new();
        }
        if severity >= Some(Severity::L3) {
            return vec![Role::Logi, Role::Head];
        }
        let hours = u32::try_from(settings.number("escalate.head_h").trunc()).unwrap_or(u32::MAX);
        match self.due {
            Some(due) if self.is_overdue(now) && now > due.plus_hours(hours) => vec![Role::Logi, Role::Head],
            Some(_) if self.is_overdue(now) => vec![Role::Logi],
            _ => Vec::new(),
        }
    }
}

impl Finding {
    /// What the steps add up to.
    ///
    /// Law: a pure function of the set of steps; their order, and the clocks of concurrent ones, decide nothing about
    /// the state (`the_state_does_not_depend_on_the_order_of_arrival`).
    ///
    /// * 整改完成 stands until a 退回 whose author saw it; a 派发, 转派 or 延期 beside it undoes nothing.
    /// * 复查通过 and 销号 count when their author saw every 退回; so 退回 wins over a concurrent 通过.
    /// * 误报作废 and 挂账 count when their author saw all the work that others did.
    /// * A 退回 that an answer gave rise to by itself leaves a finding that nobody had 待派发.
    ///
    /// # Example
    /// The guard repairs offline while the office gives the finding to somebody else.
    /// ```
    /// use domain::finding::{Finding, StateName};
    /// use serde_json::json;
    /// let finding = Finding::read(json!({
    ///     "severity": "L2", "found_at": 0, "found_by": "teacher", "due": 1000,
    ///     "steps/1": {"step": "派发", "by": "office", "at": 10, "after": [], "assignee": "guard"},
    ///     "steps/2": {"step": "整改完成", "by": "guard", "at": 20, "after": ["1"]},
    ///     "steps/3": {"step": "转派", "by": "office", "at": 30, "after": ["1"], "assignee": "fixer"},
    /// }).as_object().expect("an object"));
    /// let state = finding.state();
    /// assert_eq!(state.state, StateName::AwaitingRecheck);
    /// assert_eq!(state.overruled.len(), 1);
    /// ```
    pub fn state(&self) -> FindingState {
        let graph = Graph { finding: self, order: self.order() };
        let (state, closed_at) = graph.state();
        FindingState {
            state,
            assignee: graph.assignee(),
            due: graph.due(state),
            is_out_of_service: graph.is_out_of_service(),
            has_stopgap: graph.any(&[StepKind::Stopgap]),
            extension: graph.extension(),
            fixed_at: graph.standing_fixes().map(|step| step.at).min(),
            closed_at,
            breaches: breaches(self, &graph.order),
            overruled: graph.overruled(state),
        }
    }
}

struct Graph<'a> {
    finding: &'a Finding,
    order: Causality,
}

const ASSIGNS: &[StepKind] = &[StepKind::Assign, StepKind::Reassign];
const BEGINS: &[StepKind] = &[StepKind::Assign, StepKind::Reassign, StepKind::Accept];
const CLOSES: &[StepKind] = &[StepKind::Pass, StepKind::Close];
/// What makes it certain that somebody took the finding for a real one.
const WORK: &[StepKind] = &[
    StepKind::Assign,
    StepKind::Reassign,
    StepKind::Accept,
    StepKind::Fix,
    StepKind::Return,
    StepKind::Pass,
    StepKind::Close,
    StepKind::TakeOutOfService,
];
/// What a deferral must have seen.
const UNFINISHED: &[StepKind] =
    &[StepKind::Assign, StepKind::Reassign, StepKind::Accept, StepKind::Fix, StepKind::Return];
const SETS_DUE: &[StepKind] =
    &[StepKind::Assign, StepKind::Reassign, StepKind::GrantExtension, StepKind::Return, StepKind::Defer];

impl<'a> Graph<'a> {
    fn of(&self, kinds: &'static [StepKind]) -> impl Iterator<Item = &'a Step> + use<'a> {
        self.finding.steps.iter().filter(move |step| kinds.contains(&step.step))
    }

    fn any(&self, kinds: &'static [StepKind]) -> bool {
        self.of(kinds).next().is_some()
    }

    fn sees(&self, later: &Step, earlier: &Step) -> bool {
        self.order.sees(&later.id, &earlier.id)
    }

    /// Whether the step has seen every other step of these kinds.
    fn sees_all(&self, step: &Step, kinds: &'static [StepKind]) -> bool {
        self.of(kinds).all(|other| other.id == step.id || self.sees(step, other))
    }

    fn standing_fixes(&self) -> impl Iterator<Item = &'a Step> {
        self.of(&[StepKind::Fix]).filter(|fix| !self.of(&[StepKind::Return]).any(|back| self.sees(back, fix)))
    }

    fn any_standing_fix(&self) -> bool {
        self.standing_fixes().next().is_some()
    }

    fn valid_closes(&self) -> impl Iterator<Item = &'a Step> {
        self.of(CLOSES).filter(|close| self.sees_all(close, &[StepKind::Return]))
    }

    fn valid_voids(&self) -> impl Iterator<Item = &'a Step> {
        self.of(&[StepKind::Void]).filter(|void| self.sees_all(void, WORK))
    }

    fn valid_deferrals(&self) -> impl Iterator<Item = &'a Step> {
        self.of(&[StepKind::Defer]).filter(|deferral| self.sees_all(deferral, UNFINISHED))
    }

    fn state(&self) -> (StateName, Option<UtcMillis>) {
        if self.valid_voids().next().is_some() {
            return (StateName::Voided, None);
        }
        if let Some(closed_at) = self.valid_closes().map(|step| step.at).min() {
            return (StateName::Closed, Some(closed_at));
        }
        let state = if self.standing_fixes().any(|fix| !self.is_deferred_after(fix)) {
            StateName::AwaitingRecheck
        } else if self.valid_deferrals().next().is_some() {
            StateName::Deferred
        } else {
            self.unfinished()
        };
        (state, None)
    }

    /// A repair that turned out to need more, and was deferred by somebody who saw it.
    fn is_deferred_after(&self, fix: &Step) -> bool {
        self.valid_deferrals().any(|deferral| self.sees(deferral, fix))
    }

    fn unfinished(&self) -> StateName {
        let begun: Vec<&Step> = self.of(BEGINS).filter(|step| self.sees_all(step, &[StepKind::Return])).collect();
        let is_reassigned =
            |accept: &Step| begun.iter().any(|step| ASSIGNS.contains(&step.step) && self.sees(step, accept));
        if begun.iter().any(|step| step.step == StepKind::Accept && !is_reassigned(step)) {
            StateName::InProgress
        } else if !begun.is_empty() {
            StateName::Assigned
        } else if self.is_returned() {
            StateName::Returned
        } else if self.finding.is_corrected_on_spot {
            StateName::CorrectedOnSpot
        } else {
            StateName::Unassigned
        }
    }

    /// Whether a 退回 sends it back to somebody.
    ///
    /// One that an answer gave rise to by itself, for it failed again, finds nobody where nobody had it: then it waits for
    /// its 派发 as a new one does.
    fn is_returned(&self) -> bool {
        let mut returns = self.of(&[StepKind::Return]).peekable();
        returns.peek().is_some() && (returns.any(|back| !back.is_auto) || self.assignee().is_some())
    }

    /// The steps of these kinds that no later one of them has seen, where they say something.
    fn newest(&self, kinds: &'static [StepKind], says: impl Fn(&Step) -> bool + Copy) -> Vec<&'a Step> {
        let spoken: Vec<&Step> = self.of(kinds).filter(|step| says(step)).collect();
        spoken.iter().filter(|step| !spoken.iter().any(|other| self.sees(other, step))).copied().collect()
    }

    /// Who was given it last, or took it; of concurrent steps one that gives, then the latest.
    fn assignee(&self) -> Option<String> {
        let says = |step: &Step| step.assignee.is_some() || step.step == StepKind::Accept;
        let newest = self.newest(BEGINS, says);
        let last = newest.iter().max_by_key(|step| (step.step != StepKind::Accept, step.at, &step.id))?;
        if last.step == StepKind::Accept { Some(last.by.clone()) } else { last.assignee.clone() }
    }

    /// The time set last; of concurrent ones the earliest.
    fn due(&self, state: StateName) -> Option<UtcMillis> {
        let kinds: &'static [StepKind] =
            if state == StateName::Deferred { &[StepKind::Defer, StepKind::GrantExtension] } else { SETS_DUE };
        let set = self.newest(kinds, |step| step.due.is_some()).iter().filter_map(|step| step.due).min();
        if state == StateName::Deferred { set } else { set.or(self.finding.due) }
    }

    /// 停用 holds until a 恢复使用 whose author saw it.
    fn is_out_of_service(&self) -> bool {
        self.of(&[StepKind::TakeOutOfService])
            .any(|stop| !self.of(&[StepKind::Restore]).any(|restore| self.sees(restore, stop)))
    }

    fn extension(&self) -> Extension {
        let is_open = |request: &Step| !self.of(&[StepKind::GrantExtension]).any(|grant| self.sees(grant, request));
        if self.of(&[StepKind::RequestExtension]).any(is_open) {
            Extension::Requested
        } else if self.any(&[StepKind::GrantExtension]) {
            Extension::Granted
        } else {
            Extension::None
        }
    }

    fn overruled(&self, state: StateName) -> Vec<Overruled> {
        let why = |step: &Step| match step.step {
            StepKind::Pass | StepKind::Close if !self.sees_all(step, &[StepKind::Return]) => {
                Some(Why::ReturnedMeanwhile)
            }
            StepKind::Void if !self.sees_all(step, WORK) => Some(Why::VoidContested),
            StepKind::Defer if !self.sees_all(step, UNFINISHED) => Some(Why::WorkGoesOn),
            StepKind::Assign | StepKind::Reassign | StepKind::Accept | StepKind::Defer
                if self.valid_closes().any(|close| self.sees(step, close)) =>
            {
                Some(Why::Closed)
            }
            StepKind::Assign | StepKind::Reassign | StepKind::Accept
                if state != StateName::Voided
                    && self.any_standing_fix()
                    && !self.standing_fixes().any(|fix| self.sees(fix, step)) =>
            {
                Some(Why::RepairStands)
            }
            _ => None,
        };
        let mut overruled: Vec<Overruled> = self
            .finding
            .steps
            .iter()
            .filter_map(|step| Some(Overruled { step: step.id.clone(), why: why(step)? }))
            .collect();
        overruled.sort();
        overruled
    }
}
