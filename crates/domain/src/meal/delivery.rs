//! 验收: who accepted what, by which rule a line should not have been, and who still has to sign.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use super::banned::banned_in;
use crate::decimal::Decimal;

/// How a line has to arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// 冷藏.
    Chilled,
    /// 冷冻.
    Frozen,
    /// 热链: cooked food that comes hot, such as a meal that is ordered in.
    Hot,
}

/// What was decided of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineDecision {
    /// 接收.
    Accepted,
    /// 部分拒收.
    PartlyRejected,
    /// 全部拒收.
    Rejected,
}

impl LineDecision {
    /// The decision with this stored word.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "接收" => Some(Self::Accepted),
            "部分拒收" => Some(Self::PartlyRejected),
            "全部拒收" | "拒收" => Some(Self::Rejected),
            _ => None,
        }
    }
}

/// One line of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryLine {
    /// The record, or the place in its delivery.
    pub id: Uuid,
    /// What came.
    pub item_name: String,
    /// How it has to arrive; none where the temperature means nothing.
    pub storage: Option<Storage>,
    /// ℃.
    pub celsius: Option<Decimal>,
    /// The last day on which it may be eaten.
    pub expires_on: Option<NaiveDate>,
    /// Whether the papers are there; none where nobody has looked.
    pub has_papers: Option<bool>,
    /// Whether it looks and smells as it should.
    pub is_sound: Option<bool>,
    /// Whether the label has what it must have.
    pub is_labelled: Option<bool>,
    /// Every decision that anybody took; the worst counts.
    pub decisions: Vec<LineDecision>,
    /// Why it was rejected.
    pub reject_reason: Option<String>,
    /// Whether a photo shows why.
    pub has_photo: bool,
    /// Whether it was made void.
    pub is_void: bool,
}

/// One delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The record.
    pub id: Uuid,
    /// The day.
    pub date: NaiveDate,
    /// Whether a licence or the contract of the supplier has certainly ended, by checked time, or the supplier is void.
    pub is_supplier_out: bool,
    /// Who bought it.
    pub buyers: BTreeSet<Uuid>,
    /// Who signed that they have accepted it.
    pub signers: BTreeSet<Uuid>,
    /// What came.
    pub lines: Vec<DeliveryLine>,
    /// Whether it was made void, such as one of two of the same lorry.
    pub is_void: bool,
}

/// A rule by which a line is to be rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineRule {
    /// T05.01: the licence and the contract.
    Licence,
    /// T05.03: the papers.
    Papers,
    /// T05.05: looks and smell.
    Sound,
    /// T05.06: the label.
    Label,
    /// T05.07: it may still be eaten.
    Expired,
    /// T05.08: chilled food is at 8 ℃ at most.
    Chilled,
    /// T05.09: frozen food is at -12 ℃ at most.
    Frozen,
    /// A meal that is ordered in is at 60 ℃ at least.
    Hot,
    /// T05.10: it is banned.
    Banned,
}

impl LineRule {
    /// The item of its finding v5(line, item).
    pub fn code(self) -> &'static str {
        match self {
            Self::Licence => "licence",
            Self::Papers => "papers",
            Self::Sound => "sound",
            Self::Label => "label",
            Self::Expired => "expired",
            Self::Chilled => "chilled",
            Self::Frozen => "frozen",
            Self::Hot => "hot",
            Self::Banned => "banned",
        }
    }
}

/// The limits that lines are held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineLimits {
    /// Chilled food is at this at most, in ℃.
    pub chilled_max_c: Decimal,
    /// Frozen food is at this at most.
    pub frozen_max_c: Decimal,
    /// Hot food is at this at least.
    pub hot_min_c: Decimal,
    /// `food.banned`.
    pub banned: Vec<String>,
}

impl DeliveryLine {
    /// What was decided: the worst that anybody decided; none while nobody has.
    pub fn decision(&self) -> Option<LineDecision> {
        self.decisions.iter().copied().max()
    }

    /// The rules that certainly fail. What nobody has looked at fails none.
    pub fn fails(&self, delivery: &Delivery, limits: &LineLimits) -> BTreeSet<LineRule> {
        let is_warmer = |max: Decimal| self.celsius.is_some_and(|celsius| celsius > max);
        let rules = [
            (delivery.is_supplier_out, LineRule::Licence),
            (self.has_papers == Some(false), LineRule::Papers),
            (self.is_sound == Some(false), LineRule::Sound),
            (self.is_labelled == Some(false), LineRule::Label),
            (self.expires_on.is_some_and(|last| last < delivery.date), LineRule::Expired),
            (self.storage == Some(Storage::Chilled) && is_warmer(limits.chilled_max_c), LineRule::Chilled),
            (self.storage == Some(Storage::Frozen) && is_warmer(limits.frozen_max_c), LineRule::Frozen),
            (
                self.storage == Some(Storage::Hot) && self.celsius.is_some_and(|celsius| celsius < limits.hot_min_c),
                LineRule::Hot,
            ),
            (banned_in(&self.item_name, &limits.banned).is_some(), LineRule::Banned),
        ];
        rules.into_iter().filter(|(fails, _)| *fails).map(|(_, rule)| rule).collect()
    }

    /// The rules that fail of a line that was accepted all the same: each is a finding v5(line, rule). Of one that was rejected the
    /// rule has worked, and nothing is found.
    ///
    /// # Example
    /// ```
    /// use domain::meal::{Delivery, DeliveryLine, LineDecision, LineLimits, LineRule, Storage};
    /// let line = DeliveryLine {
    ///     id: uuid::Uuid::nil(),
    ///     item_name: "鸡腿".into(),
    ///     storage: Some(Storage::Chilled),
    ///     celsius: Some(11.into()),
    ///     expires_on: None,
    ///     has_papers: Some(true),
    ///     is_sound: Some(true),
    ///     is_labelled: None,
    ///     decisions: vec![LineDecision::Accepted],
    ///     reject_reason: None,
    ///     has_photo: false,
    ///     is_void: false,
    /// };
    /// let delivery = Delivery {
    ///     id: uuid::Uuid::nil(),
    ///     date: "2026-11-23".parse().expect("a day"),
    ///     is_supplier_out: false,
    ///     buyers: Default::default(),
    ///     signers: Default::default(),
    ///     lines: Vec::new(),
    ///     is_void: false,
    /// };
    /// let limits =
    ///     LineLimits { chilled_max_c: 8.into(), frozen_max_c: (-12).into(), hot_min_c: 60.into(), banned: Vec::new() };
    /// assert_eq!(line.wrongly_accepted(&delivery, &limits), [LineRule::Chilled].into());
    /// let rejected = DeliveryLine { decisions: vec![LineDecision::Accepted, LineDecision::Rejected], ..line };
    /// assert!(rejected.wrongly_accepted(&delivery, &limits).is_empty(), "of two decisions the worse counts");
    /// ```
    pub fn wrongly_accepted(&self, delivery: &Delivery, limits: &LineLimits) -> BTreeSet<LineRule> {
        let is_accepted = self.decision() == Some(LineDecision::Accepted);
        if self.is_void || !is_accepted { BTreeSet::new() } else { self.fails(delivery, limits) }
    }

    /// Whether it was rejected and nobody has said why, or no photo shows it.
    pub fn lacks_reason(&self) -> bool {
        let is_rejected = self.decision().is_some_and(|decision| decision > LineDecision::Accepted);
        let has_reason = self.reject_reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
        !self.is_void && is_rejected && !(has_reason && self.has_photo)
    }
}

impl Delivery {
    /// Who counts as a signer: distinct people, and none of those who bought it.
    pub fn counting_signers(&self) -> BTreeSet<Uuid> {
        self.signers.difference(&self.buyers).copied().collect()
    }

    /// How many signatures are still missing (待第二人); the second may come later and from another tablet.
    pub fn signers_left(&self, two_person: usize) -> usize {
        two_person.saturating_sub(self.counting_signers().len())
    }

    /// The lines that stand.
    pub fn standing_lines(&self) -> impl Iterator<Item = &DeliveryLine> {
        self.lines.iter().filter(|line| !line.is_void)
    }
}
