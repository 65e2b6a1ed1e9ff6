//! Which measured values are likely enough to be taken without a question.
//!
//! A limit says what is allowed; this says what can hardly be meant.
//! A dish of 1,000,000 ℃ lies within "at least 70 ℃", and 372 for 37.2 is no fever: both are slips of a finger, and asking
//! costs one tap where the wrong value would stand in a report.

use super::{Form, Limits, Range};
use crate::answer::Reading;
use crate::template::{Bound, Item};

/// A range of whole numbers, both ends included.
type Span = (i64, i64);

/// What is measured, told by the setting that limits it: narrower than its unit, since a fridge is no oven.
const BY_SETTING: &[(&str, Span)] = &[
    ("soft.body_temp_max_c", (30, 45)),
    ("cold.c", (-40, 60)),
    ("freeze.c", (-80, 60)),
    ("sample.fridge_c", (-40, 60)),
    ("food.core_c", (-40, 130)),
    ("food.hold.hot_c", (-40, 130)),
    ("sample.min_g", (0, 5_000)),
];

/// What a unit is used for in a school.
const BY_UNIT: &[(&str, Span)] = &[
    ("℃", (-80, 300)),
    ("mg/L", (0, 10_000)),
    ("min", (0, 1_440)),
    ("h", (0, 720)),
    ("d", (-3_650, 3_650)),
    ("g", (0, 50_000)),
    ("kg", (0, 5_000)),
    ("cm", (0, 1_000)),
    ("%", (0, 100)),
    ("元", (0, 100_000)),
    ("人", (0, 10_000)),
    ("份", (0, 10_000)),
    ("件", (0, 10_000)),
    ("种", (0, 500)),
    ("次", (0, 100)),
    ("处", (0, 500)),
    ("种不符", (0, 500)),
    ("件差", (-1_000, 1_000)),
    ("m³/kWh", (0, 10_000_000)),
    ("按单位", (0, 100_000)),
];

impl Form<'_> {
    /// The range in which a value of the item is taken without a question; none for what is not measured.
    ///
    /// # Example
    /// ```
    /// use domain::form::Form;
    /// use domain::{decimal::Decimal, setting::Settings, template::{Part, built_in_item, find}};
    /// let (template, settings) = (find(&"T01@1".parse().expect("a reference")).expect("built in"), Settings::default());
    /// let form = Form::new(template, Part::All, None, &settings);
    /// let likely = form.likely(built_in_item("T01.07").expect("a dish")).expect("it is measured");
    /// assert!(likely.contains(Decimal::from(98)) && !likely.contains(Decimal::from(1_000_000)));
    /// ```
    pub fn likely(&self, item: &Item) -> Option<Range> {
        let measure = item.answer.measure()?;
        let setting = [&measure.min, &measure.max].into_iter().find_map(|bound| match bound {
            Bound::Setting { key, .. } => span(BY_SETTING, key),
            _ => None,
        });
        let unit = match self.limits(item) {
            Some(Limits::Known(range)) => range.unit,
            _ => measure.unit.clone(),
        };
        let (min, max) = setting.or_else(|| span(BY_UNIT, &unit))?;
        Some(Range { unit, min: Some(min.into()), max: Some(max.into()) })
    }

    /// The first reading that can hardly be meant, with the range it lies outside of; a reading that stands in `known`
    /// was asked about before.
    pub fn unlikely<'r>(
        &self,
        item: &Item,
        readings: &'r [Reading],
        known: &[Reading],
    ) -> Option<(&'r Reading, Range)> {
        let range = self.likely(item)?;
        let is_new = |reading: &&Reading| !known.iter().any(|old| old.value == reading.value);
        let odd = readings.iter().filter(is_new).find(|reading| !range.contains(reading.value))?;
        Some((odd, range))
    }
}

fn span(table: &[(&str, Span)], name: &str) -> Option<Span> {
    table.iter().find(|(known, _)| *known == name).map(|(_, span)| *span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::Decimal;
    use crate::setting::Settings;
    use crate::template::{Part, built_in, built_in_item};

    fn asks(code: &str, value: &str) -> bool {
        let settings = Settings::default();
        let template = built_in().iter().find(|template| template.item(code).is_some()).expect("a template");
        let form = Form::new(template, Part::All, None, &settings);
        let value = Decimal::from_str_exact(value).expect("a decimal");
        let reading = [Reading { value, of: String::new(), is_retest: false }];
        form.unlikely(built_in_item(code).expect("an item"), &reading, &[]).is_some()
    }

    #[test]
    fn what_can_hardly_be_meant_is_asked_about() {
        assert!(asks("T01.07", "1000000"), "a dish of a million degrees");
        assert!(asks("T07.02", "372"), "a forehead, the point left out");
        assert!(asks("T07.02", "3.72"), "a forehead, the point in the wrong place");
        assert!(asks("T01.12", "80"), "a fridge of 8.0, the point left out");
        assert!(asks("T09.07", "120"), "more leftovers than food");
        assert!(asks("T09.01", "-3"), "fewer children than none");
    }

    #[test]
    fn what_is_bad_and_happens_is_taken_without_a_word() {
        assert!(!asks("T07.02", "40.5"), "a high fever");
        assert!(!asks("T01.07", "12"), "a cold dish");
        assert!(!asks("T01.12", "31"), "a fridge that has died");
        assert!(!asks("T01.13", "-25"), "a deep freezer");
        assert!(!asks("T07.08", "-30"), "a certificate that ran out a month ago");
    }

    #[test]
    fn a_value_that_stands_already_is_not_asked_about_again() {
        let settings = Settings::default();
        let template = built_in().iter().find(|template| template.code == "T01").expect("T01");
        let form = Form::new(template, Part::All, None, &settings);
        let item = built_in_item("T01.07").expect("an item");
        let reading = |value: i64| Reading { value: value.into(), of: String::new(), is_retest: false };
        assert!(form.unlikely(item, &[reading(372), reading(75)], &[reading(372)]).is_none());
        let readings = [reading(372), reading(733)];
        let asked = form.unlikely(item, &readings, &[reading(372)]);
        assert_eq!(asked.map(|(reading, _)| reading.value), Some(733.into()));
    }

    #[test]
    fn every_measured_item_has_a_range_and_its_limits_lie_inside() {
        let settings = Settings::default();
        for template in built_in() {
            let form = Form::new(template, Part::All, None, &settings);
            for item in template.items.iter().filter(|item| item.is_measured()) {
                let Some(likely) = form.likely(item) else {
                    assert_eq!(
                        item.answer.measure().map(|measure| measure.unit.as_str()),
                        Some("by-method"),
                        "{}",
                        item.code
                    );
                    continue;
                };
                let Some(Limits::Known(limits)) = form.limits(item) else { continue };
                for bound in [limits.min, limits.max].into_iter().flatten() {
                    assert!(likely.contains(bound), "{} allows {bound} and asks about it", item.code);
                }
            }
        }
    }
}
