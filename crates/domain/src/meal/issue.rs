//! 分发, 剩余 and 开水 for each class: how many came, how many were given out, what was left.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::decimal::Decimal;

/// What was given to a class at a meal: the cook and the carer each write their own fields of one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issue {
    /// The record: v5(meal, `issue/<class>`).
    pub id: Uuid,
    /// The class; none where a meal is not given out by classes.
    pub class: Option<Uuid>,
    /// How many children are here, as somebody counted them.
    pub present: Option<Decimal>,
    /// How much was given out.
    pub issued: Option<Decimal>,
    /// In what `issued` is counted, such as 份.
    pub issued_unit: Option<String>,
    /// How much was left.
    pub leftover: Option<Decimal>,
    /// In what `leftover` is counted.
    pub leftover_unit: Option<String>,
    /// Whether there was enough water to drink.
    pub has_water: Option<bool>,
    /// Whether what was left is kept for the next time, which is forbidden (T09.08).
    pub is_kept_for_next: bool,
    /// Whether it was made void.
    pub is_void: bool,
}

impl Issue {
    /// How much of a hundred parts was left; none while a number is missing, where both are not in one unit, and where nothing was
    /// given out.
    ///
    /// # Example
    /// ```
    /// use domain::meal::Issue;
    /// let portions = Some("份".to_owned());
    /// let issue = Issue {
    ///     issued: Some(28.into()), issued_unit: portions.clone(), leftover: Some(7.into()), leftover_unit: portions, ..Default::default()
    /// };
    /// assert_eq!(issue.leftover_percent(), Some(25.into()));
    /// let weighed = Issue { leftover_unit: Some("kg".into()), ..issue };
    /// assert_eq!(weighed.leftover_percent(), None, "kilograms of portions are no rate");
    /// ```
    pub fn leftover_percent(&self) -> Option<Decimal> {
        let issued = self.issued.filter(|issued| *issued > Decimal::ZERO)?;
        let is_one_unit = self.issued_unit == self.leftover_unit;
        self.leftover
            .filter(|_| is_one_unit)
            .and_then(|left| left.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(issued))
    }

    /// How many more, or with a minus fewer, portions were given out than children are here (T09.02); none in other units.
    pub fn difference(&self) -> Option<Decimal> {
        let is_portions = self.issued_unit.as_deref().is_none_or(|unit| unit == "份");
        self.issued.filter(|_| is_portions).zip(self.present).and_then(|(issued, present)| issued.checked_sub(present))
    }
}

/// Whether a class leaves so much that its menu is to be changed: on the last `days` on which it was served at all, the rate was
/// above the limit on each. A day without a rate proves nothing, and so ends the row.
///
/// # Example
/// ```
/// use domain::meal::leaves_too_much;
/// let day = |text: &str| text.parse().expect("a day");
/// let friday_to_tuesday =
///     [(day("2026-11-20"), Some(12.into())), (day("2026-11-23"), Some(15.into())), (day("2026-11-24"), Some(11.into()))];
/// assert!(leaves_too_much(&friday_to_tuesday, 10.into(), 3), "a weekend is no served day");
/// assert!(!leaves_too_much(&friday_to_tuesday[1..], 10.into(), 3));
/// ```
pub fn leaves_too_much(served: &[(NaiveDate, Option<Decimal>)], limit: Decimal, days: usize) -> bool {
    let mut by_day: BTreeMap<NaiveDate, Option<Decimal>> = BTreeMap::new();
    for (day, rate) in served {
        // Of two rows of a day the lower rate counts: nobody is asked for another menu by a slip.
        let rate_of_day = by_day.entry(*day).or_insert(*rate);
        *rate_of_day = rate_of_day.zip(*rate).map(|(one, other)| one.min(other));
    }
    let last: Vec<Option<Decimal>> = by_day.into_values().rev().take(days).collect();
    days > 0 && last.len() == days && last.iter().all(|rate| rate.is_some_and(|rate| rate > limit))
}
