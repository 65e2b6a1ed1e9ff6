//! Food samples: whether each may go, has gone, or went too early, from the rows alone.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use super::age::{Held, keep_ms, proved_age, ready_at};
use super::dish::{Dish, dish_called};
use crate::checked_time::{Moment, Span, span};
use crate::decimal::Decimal;
use crate::time::UtcMillis;

/// A box of a dish that was put aside (留样).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The record.
    pub id: Uuid,
    /// The meal.
    pub meal: Uuid,
    /// The day of the meal.
    pub date: NaiveDate,
    /// The dish, where the sampler chose one.
    pub dish: Option<Uuid>,
    /// What the sampler called it.
    pub dish_name: String,
    /// The fridge.
    pub fridge: Option<Uuid>,
    /// The name of the box, as it was typed.
    pub box_no: String,
    /// Grams; none where nobody weighed it.
    pub grams: Option<Decimal>,
    /// The grams that the setting asked for then.
    pub min_g: Decimal,
    /// The hours that the setting asked for then.
    pub keep_h: u32,
    /// When it was taken, or saved where that time was typed.
    pub taken: Moment,
    /// Whether it was made void.
    pub is_void: bool,
}

impl Sample {
    /// Whether the box alone holds enough; boxes are never added up.
    pub fn is_enough(&self) -> bool {
        self.grams.is_some_and(|grams| grams >= self.min_g)
    }
}

/// Why a sample went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisposalReason {
    /// 到期: it had been kept for long enough.
    Due,
    /// 送检: it was handed over to be tested, which is lawful at any time.
    Tested,
    /// 变质: it had gone off.
    Spoiled,
}

/// A sample that somebody has disposed of (销样).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disposal {
    /// The record.
    pub id: Uuid,
    /// The sample.
    pub sample: Uuid,
    /// When.
    pub at: Moment,
    /// Why.
    pub reason: DisposalReason,
    /// Who received it to test it.
    pub receiver: Option<String>,
    /// Whether they gave a receipt.
    pub has_receipt: bool,
    /// The shortest and the longest age that its device could tell, in milliseconds; none where it could tell none.
    pub age: Option<Span>,
    /// The disposals of the sample and the open holds that its author saw.
    pub after: BTreeSet<Uuid>,
    /// Whether it was made void.
    pub is_void: bool,
}

/// A food incident that holds samples (封存).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The incident.
    pub id: Uuid,
    /// The meals whose samples it holds.
    pub meals: BTreeSet<Uuid>,
    /// The days of whose meals it holds the samples.
    pub days: BTreeSet<NaiveDate>,
    /// Whether the incident is still open: only closing it lifts the hold.
    pub is_open: bool,
}

impl Hold {
    /// Whether it is about a sample.
    pub fn is_about(&self, sample: &Sample) -> bool {
        self.meals.contains(&sample.meal) || self.days.contains(&sample.date)
    }
}

/// What is known of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleState {
    /// It must be kept.
    Waiting,
    /// It may go.
    Ready,
    /// It has gone.
    Disposed,
    /// It has gone, and certainly too early.
    Early,
}

impl SampleState {
    /// The code of the contract.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Ready => "ready",
            Self::Disposed => "disposed",
            Self::Early => "early",
        }
    }
}

/// What is wrong with a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SampleProblem {
    /// It is under the grams: a finding v5(sample, `grams`).
    Grams,
    /// 封存: an incident holds it.
    OnHold,
    /// It went too early: a finding v5(sample, `early`).
    Early,
    /// 时长未能证明: nobody can prove that it was kept for long enough, nor that it was not.
    AgeUnproved,
    /// Somebody who had seen the hold disposed of it: a finding v5(sample, `hold`).
    HoldBroken,
    /// Somebody who had not seen the hold disposed of it.
    DisposedOnHold,
    /// It was handed over to be tested, and nobody wrote down to whom, or no receipt is there.
    NoReceipt,
    /// 重复: somebody disposed of it who had seen that it was gone.
    Repeated,
}

impl SampleProblem {
    /// The code of the contract.
    pub fn code(self) -> &'static str {
        match self {
            Self::Grams => "grams",
            Self::OnHold => "on-hold",
            Self::Early => "early",
            Self::AgeUnproved => "age-unproved",
            Self::HoldBroken => "hold-broken",
            Self::DisposedOnHold => "disposed-on-hold",
            Self::NoReceipt => "no-receipt",
            Self::Repeated => "repeated",
        }
    }

    /// The item of the finding v5(sample, item) that it makes; none where it blames nobody.
    pub fn finding(self) -> Option<&'static str> {
        match self {
            Self::Grams => Some("grams"),
            Self::Early => Some("early"),
            Self::HoldBroken => Some("hold"),
            Self::OnHold | Self::AgeUnproved | Self::DisposedOnHold | Self::NoReceipt | Self::Repeated => None,
        }
    }
}

/// The clock of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleClock {
    /// The sample.
    pub sample: Uuid,
    /// What is known of it.
    pub state: SampleState,
    /// When it may go, in this device's checked time; none where no clock was checked, where it is held, or where it has gone.
    pub ready_at: Option<UtcMillis>,
    /// How long it must still be kept, in milliseconds, as far as this device can prove.
    pub left_ms: i64,
    /// What is wrong, in order, each once.
    pub problems: BTreeSet<SampleProblem>,
}

/// The disposals of a sample that stand: those that count, and those of somebody who had seen another (重复).
///
/// Two people who had not heard of each other both count. Of rows that all name each other all count: a sample that somebody has
/// thrown away is never shown as still there.
pub fn disposals_of(sample: Uuid, rows: &[Disposal]) -> (Vec<&Disposal>, Vec<&Disposal>) {
    let standing: Vec<&Disposal> = rows.iter().filter(|row| row.sample == sample && !row.is_void).collect();
    let is_after = |row: &&Disposal| standing.iter().any(|other| other.id != row.id && row.after.contains(&other.id));
    let (repeated, effective): (Vec<&Disposal>, Vec<&Disposal>) = standing.iter().copied().partition(is_after);
    if effective.is_empty() { (repeated, effective) } else { (effective, repeated) }
}

/// The clock of a sample at `now`, with all disposals and holds that are known; `held` is what this device has noted of it.
pub fn sample_clock(
    sample: &Sample,
    disposals: &[Disposal],
    holds: &[Hold],
    held: Option<&Held>,
    now: &Moment,
) -> SampleClock {
    let holds: Vec<&Hold> = holds.iter().filter(|hold| hold.is_about(sample)).collect();
    let is_held = holds.iter().any(|hold| hold.is_open);
    let (effective, repeated) = disposals_of(sample.id, disposals);
    let mut problems: BTreeSet<SampleProblem> =
        effective.iter().flat_map(|disposal| problems_of(sample, disposal, &holds)).collect();
    problems.extend((!sample.is_enough()).then_some(SampleProblem::Grams));
    problems.extend((!repeated.is_empty()).then_some(SampleProblem::Repeated));
    if !effective.is_empty() {
        let is_early = problems.contains(&SampleProblem::Early);
        let state = if is_early { SampleState::Early } else { SampleState::Disposed };
        return SampleClock { sample: sample.id, state, ready_at: None, left_ms: 0, problems };
    }
    let proved = proved_age(&sample.taken, held, now);
    let left_ms = keep_ms(sample.keep_h).saturating_sub(proved).max(0);
    problems.extend(is_held.then_some(SampleProblem::OnHold));
    let state = if left_ms == 0 && !is_held { SampleState::Ready } else { SampleState::Waiting };
    let ready_at = ready_at(proved, sample.keep_h, now).filter(|_| !is_held);
    SampleClock { sample: sample.id, state, ready_at, left_ms, problems }
}

/// What is wrong with one disposal that counts.
fn problems_of(sample: &Sample, disposal: &Disposal, holds: &[&Hold]) -> Vec<SampleProblem> {
    if disposal.reason == DisposalReason::Tested {
        // Whoever hands evidence over does not destroy it, held or not.
        let is_proved =
            disposal.has_receipt && disposal.receiver.as_deref().is_some_and(|name| !name.trim().is_empty());
        return if is_proved { Vec::new() } else { vec![SampleProblem::NoReceipt] };
    }
    let keep = keep_ms(sample.keep_h);
    // What a reader can tell from both stamps goes before what the device could tell then.
    let age = span(&sample.taken, &disposal.at).or(disposal.age);
    let of_age = match age {
        Some(age) if age.max < keep => Some(SampleProblem::Early),
        Some(age) if age.min >= keep => None,
        _ => Some(SampleProblem::AgeUnproved),
    };
    let had_seen = |hold: &&&Hold| disposal.after.contains(&hold.id);
    let of_hold = if holds.iter().any(|hold| had_seen(&hold)) {
        Some(SampleProblem::HoldBroken)
    } else {
        holds.iter().any(|hold| hold.is_open).then_some(SampleProblem::DisposedOnHold)
    };
    of_age.into_iter().chain(of_hold).collect()
}

/// Whether a dish has its sample: one box that is not void holds enough. Boxes are never added up.
pub fn has_sample(dishes: &[Dish], dish: &Dish, samples: &[Sample]) -> bool {
    let is_of_dish =
        |sample: &&Sample| dish_called(dishes, sample.dish, &sample.dish_name).is_some_and(|found| found.id == dish.id);
    samples.iter().filter(is_of_dish).any(|sample| !sample.is_void && sample.is_enough())
}
