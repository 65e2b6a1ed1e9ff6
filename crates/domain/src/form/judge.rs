//! What one answer is worth.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Form, Limits, Range};
use crate::answer::{Answer, AnswerError, Reading, readings_that_count};
use crate::decimal::Decimal;
use crate::template::{AnswerType, Item};

/// Where an item stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Another answer made it needless: the person is absent, or the method has no such value.
    NotAsked,
    /// Nobody has answered it.
    Unanswered,
    /// 不适用.
    NotApplicable,
    /// It is answered, but its limits depend on the disinfection method, which is not chosen yet.
    NeedsMethod,
    /// The stored value is no answer to it; it is shown raw and left out of scores.
    IllTyped(AnswerError),
    /// It counts.
    Judged,
}

/// What one answer is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Where the item stands; only a judged one has points or fails.
    pub status: Status,
    /// The points it earned.
    pub earned: Decimal,
    /// The points it could earn; 0 for an unscored item.
    pub max: Decimal,
    /// Whether it failed.
    pub is_failed: bool,
    /// The reading that decided, for a measured item with limits.
    pub worst: Option<Reading>,
}

/// What was wrong, and was put right before the answer was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutRight {
    /// The reading that failed.
    pub failed: Reading,
    /// The last retest of the same thing, which counts.
    pub retest: Reading,
}

/// Options that grade, with the share of the points in percent.
const GRADES: [(&str, u32); 4] = [("优", 100), ("良", 80), ("中", 60), ("差", 0)];

/// The options of an item that fail it.
pub fn failing_options(item: &Item) -> impl Iterator<Item = &str> {
    item.options().iter().map(String::as_str).filter(|option| grade(item, option).1)
}

/// The share of the points that an option earns, in percent, and whether it fails.
///
/// A forbidden option, and one that is not among those that pass, earns nothing and fails; 优, 良, 中, 差 earn 100, 80, 60 and 0, and 差 fails; any other earns all.
pub(crate) fn grade(item: &Item, option: &str) -> (u32, bool) {
    if item.is_failed_by(option) {
        return (0, true);
    }
    GRADES.iter().find(|(name, _)| *name == option).map_or((100, false), |(_, percent)| (*percent, *percent == 0))
}

/// The reading that lies farthest outside the range, or nearest to its limits when all lie inside.
pub(crate) fn worst_reading<'r>(readings: &'r [Reading], range: &Range) -> Option<&'r Reading> {
    readings_that_count(readings)
        .into_iter()
        .max_by_key(|reading| (range.excess(reading.value), std::cmp::Reverse(reading.value)))
}

impl Form<'_> {
    /// What the answer to an item is worth.
    ///
    /// `PF` earns all or nothing; `SC` as given, and fails below 60 % of its maximum; measured values earn all within
    /// their limits, and otherwise nothing and fail; `TIME` and `TXT` earn all when filled in; `CH` by its option.
    pub fn judge(&self, item: &Item) -> Judgement {
        let max = Decimal::from(item.max.unwrap_or(0));
        let without_points = |status| Judgement { status, earned: Decimal::ZERO, max, is_failed: false, worst: None };
        if self.is_gated(item) {
            return without_points(Status::NotAsked);
        }
        let limits = self.limits(item);
        if limits == Some(Limits::NotApplicable) {
            return without_points(Status::NotAsked);
        }
        let answer = match self.answer(item) {
            Ok(answer) => answer,
            Err(error) => return without_points(Status::IllTyped(error)),
        };
        let judged = |share: Decimal, is_failed: bool| Judgement {
            status: Status::Judged,
            earned: share,
            max,
            is_failed,
            worst: None,
        };
        let all_or_nothing = |is_pass: bool| judged(if is_pass { max } else { Decimal::ZERO }, !is_pass);
        match answer {
            Answer::Unanswered => without_points(Status::Unanswered),
            Answer::NotApplicable => without_points(Status::NotApplicable),
            Answer::PassFail { is_pass } => all_or_nothing(is_pass),
            Answer::Score(points) => judged(points, self.passes_from(item).is_some_and(|least| points < least)),
            Answer::Measured(readings) => match limits {
                Some(Limits::Known(range)) => {
                    let worst = worst_reading(&readings, &range).cloned();
                    let is_inside = worst.as_ref().is_none_or(|worst| range.contains(worst.value));
                    let is_pass = is_inside && self.agrees(item, &readings) && self.reaches_other(item, &readings);
                    Judgement { worst, ..all_or_nothing(is_pass) }
                }
                _ => without_points(Status::NeedsMethod),
            },
            Answer::Time(_) | Answer::Text(_) => judged(max, false),
            Answer::Choice(option) => {
                let (percent, is_failed) = grade(item, &option);
                judged(max * Decimal::from(percent) / Decimal::ONE_HUNDRED, is_failed)
            }
            Answer::Signed(signers) => {
                // Signatures without a name may be of one person, so together they count as one.
                let different: BTreeSet<_> = signers.iter().collect();
                all_or_nothing(different.len() >= self.signers(item))
            }
            Answer::Assets(lines) => all_or_nothing(lines.iter().all(|line| line.missing_or_damaged() == 0)),
        }
    }

    /// The points from which a scored item passes; none for any other.
    pub fn passes_from(&self, item: &Item) -> Option<Decimal> {
        let max = item.max.filter(|_| item.answer == AnswerType::Score)?;
        Some(Decimal::from(max) * self.settings.number("score.item_fail_percent") / Decimal::ONE_HUNDRED)
    }

    /// What a retest has shown to be put right: a reading that failed, on an item that is good by its retests.
    ///
    /// A dish that was too cold and was heated again was too cold all the same.
    pub fn put_right(&self, item: &Item) -> Option<PutRight> {
        let judgement = self.judge(item);
        if judgement.status != Status::Judged || judgement.is_failed {
            return None;
        }
        let (Ok(Answer::Measured(readings)), Some(Limits::Known(range))) = (self.answer(item), self.limits(item))
        else {
            return None;
        };
        let counted = readings_that_count(&readings);
        let failed = readings
            .iter()
            .filter(|reading| {
                !range.contains(reading.value) && !counted.iter().any(|good| std::ptr::eq(*good, *reading))
            })
            .max_by_key(|reading| (range.excess(reading.value), std::cmp::Reverse(reading.value)))?;
        let retest = counted.iter().find(|reading| reading.of == failed.of)?;
        Some(PutRight { failed: failed.clone(), retest: (*retest).clone() })
    }

    /// Whether the answer to the template's gate makes the item needless.
    fn is_gated(&self, item: &Item) -> bool {
        let gate = self.template.items.iter().find_map(|gate| Some((gate, gate.rules.gate.as_deref()?)));
        gate.is_some_and(|(gate, open)| {
            gate.code != item.code && matches!(self.answer(gate), Ok(Answer::Choice(option)) if option != open)
        })
    }

    /// Whether readings of different things are equal, where the item asks for it.
    fn agrees(&self, item: &Item, readings: &[Reading]) -> bool {
        let counted = readings_that_count(readings);
        !item.rules.must_agree || counted.windows(2).all(|pair| pair[0].value == pair[1].value)
    }

    /// Whether the value reaches that of the item it must equal; one more than needed does no harm.
    fn reaches_other(&self, item: &Item, readings: &[Reading]) -> bool {
        let total = |readings: &[Reading]| -> Decimal {
            readings_that_count(readings).iter().fold(Decimal::ZERO, |sum, reading| sum.saturating_add(reading.value))
        };
        let other = item.rules.equals.as_ref().and_then(|code| self.template.item(code));
        match other.map(|other| self.answer(other)) {
            Some(Ok(Answer::Measured(needed))) => total(readings) >= total(&needed),
            _ => true,
        }
    }
}

impl Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::NotAsked => "not_asked",
            Self::Unanswered => "unanswered",
            Self::NotApplicable => "not_applicable",
            Self::NeedsMethod => "needs_method",
            Self::IllTyped(_) => "ill_typed",
            Self::Judged => "judged",
        })
    }
}
