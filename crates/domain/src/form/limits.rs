//! The limits that hold for a measured item at the moment it is answered.

use serde::Serialize;

use super::Form;
use crate::answer::Answer;
use crate::decimal::Decimal;
use crate::setting::{Method, Side};
use crate::template::{Bound, Item, Measure};

/// Lower and upper limit, both included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Range {
    /// The unit.
    pub unit: String,
    /// The lower limit.
    pub min: Option<Decimal>,
    /// The upper limit.
    pub max: Option<Decimal>,
}

/// Whether there are limits, and which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Limits {
    /// These; open on both sides where nothing is limited.
    Known(Range),
    /// The chosen disinfection method has no such value, as immersion has no temperature.
    NotApplicable,
    /// The disinfection method must be chosen first.
    NeedsMethod {
        /// The code of the item that asks for the method.
        item: String,
    },
}

impl Range {
    /// How far a value lies outside: positive outside, zero on a limit, negative inside; none without limits.
    pub fn excess(&self, value: Decimal) -> Option<Decimal> {
        let below = self.min.map(|min| min.saturating_sub(value));
        let above = self.max.map(|max| value.saturating_sub(max));
        below.into_iter().chain(above).max()
    }

    /// Whether a value lies within both limits.
    ///
    /// # Example
    /// ```
    /// use domain::{decimal::parse_decimal, form::Range};
    /// let at_least_70 = Range { unit: "℃".into(), min: Some(70.into()), max: None };
    /// assert!(at_least_70.contains(parse_decimal("70.0").expect("a number")));
    /// assert!(!at_least_70.contains(parse_decimal("69.9").expect("a number")));
    /// ```
    pub fn contains(&self, value: Decimal) -> bool {
        self.excess(value).is_none_or(|excess| excess <= Decimal::ZERO)
    }
}

impl Form<'_> {
    /// The limits of a measured item; none for any other type.
    pub fn limits(&self, item: &Item) -> Option<Limits> {
        let measure = item.answer.measure()?;
        if item.needs_method() {
            return Some(self.limits_by_method(measure));
        }
        Some(Limits::Known(Range {
            unit: measure.unit.clone(),
            min: self.bound(&item.code, &measure.min, Side::Min),
            max: self.bound(&item.code, &measure.max, Side::Max),
        }))
    }

    /// The number of different people who must sign the item.
    pub fn signers(&self, item: &Item) -> usize {
        let count = item.rules.signers.as_ref().and_then(|bound| self.bound(&item.code, bound, Side::Min));
        count.and_then(|count| usize::try_from(count).ok()).unwrap_or(1)
    }

    fn bound(&self, code: &str, bound: &Bound, side: Side) -> Option<Decimal> {
        match bound {
            Bound::None => None,
            Bound::Fixed(number) => Some(*number),
            Bound::Setting { key, printed } => self.settings.limit(key, side).or(*printed),
            Bound::Previous => self.previous.get(code).copied(),
        }
    }

    fn limits_by_method(&self, measure: &Measure) -> Limits {
        let Some(asking) = self.template.method_item() else { return Limits::NotApplicable };
        let method = match self.answer(asking) {
            Ok(Answer::Choice(name)) => asking.rules.method.and_then(|table| self.settings.methods().get(table, &name)),
            Ok(Answer::NotApplicable) => return Limits::NotApplicable,
            _ => None,
        };
        let Some(method) = method else { return Limits::NeedsMethod { item: asking.code.clone() } };
        by_method(&method, measure)
    }
}

/// The limit that a method sets for one unit.
///
/// A machine that follows its manual and sunlight have no fixed limit: their values are recorded, and any passes.
fn by_method(method: &Method, measure: &Measure) -> Limits {
    let is_chemical = method.chlorine_mg_l.is_some();
    let (unit, min) = match measure.unit.as_str() {
        "℃" if is_chemical => return Limits::NotApplicable,
        "℃" => ("℃", method.temp_c),
        "mg/L" if !is_chemical => return Limits::NotApplicable,
        "mg/L" => ("mg/L", method.chlorine_mg_l),
        "min" => ("min", method.minutes),
        _ if is_chemical => ("mg/L", method.chlorine_mg_l),
        _ if method.temp_c.is_some() => ("℃", method.temp_c),
        _ => (measure.unit.as_str(), None),
    };
    Limits::Known(Range { unit: unit.to_owned(), min, max: None })
}
