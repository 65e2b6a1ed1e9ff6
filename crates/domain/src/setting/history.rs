//! Settings with days: which value of each holds on which day.
//!
//! A value that is changed holds from a day on, so what was judged before stays judged as it was.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::{Floor, Setting, SettingError, SettingValue, Settings, Shape, check_setting, find};
use crate::decimal::Decimal;
use crate::time::UtcMillis;

/// What the fields of dated values begin with; `values/<key>/<id>` is one of them.
const DATED: &str = "values/";

/// One value of a setting, and the days on which it holds.
///
/// Stored as `values/<key>/<id>` = `{value, valid_from, valid_to?, source?, region?, by?, at, after}`; a value that is null goes
/// back to the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedValue {
    /// The id in the field name.
    pub id: String,
    /// The setting.
    pub key: &'static str,
    /// What holds; none for the default.
    pub value: Option<SettingValue>,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// The last day on which it holds; none as long as no later value begins.
    pub valid_to: Option<NaiveDate>,
    /// Where it comes from, in words: a rule and its number.
    pub source: Option<String>,
    /// The region whose rule it is.
    pub region: Option<String>,
    /// Who set it.
    pub by: Option<String>,
    /// When it was set; it orders what people read and decides nothing.
    pub at: Option<UtcMillis>,
    /// The values from the same day that its author saw, and which it takes the place of.
    pub after: Vec<String>,
}

/// All values of the settings of one campus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingHistory {
    /// What was set before values had days; it holds on every day that no other value is for.
    undated: Settings,
    dated: Vec<DatedValue>,
    refused: Vec<SettingError>,
}

impl SettingHistory {
    /// The values in a read `setting` record.
    ///
    /// A value that is refused counts as not set, and is listed in [`Settings::refused`] of every day.
    pub fn from_document(document: &Map<String, Value>) -> Self {
        let mut history = Self { undated: Settings::from_document(document), ..Self::default() };
        for (path, value) in document.iter().filter(|(_, value)| !value.is_null()) {
            let cut = path.strip_prefix(DATED).and_then(|path| path.rsplit_once('/'));
            let Some((setting, id)) = cut.and_then(|(key, id)| Some((find(key)?, id))) else { continue };
            match DatedValue::read(setting, id, value) {
                Ok(value) => history.dated.push(value),
                Err(error) => history.refused.push(error),
            }
        }
        history
    }

    /// The settings that hold on a day.
    ///
    /// Of the values whose days it is, the one that begins last holds; of several from the same day the one whose author had seen
    /// the others, and of those that nobody has chosen between the strictest.
    ///
    /// Law: a function of the set of values alone; the order in which they arrive and the clocks of who set them change nothing.
    ///
    /// # Example
    /// ```
    /// use domain::setting::SettingHistory;
    /// use serde_json::json;
    /// let record = json!({
    ///     "food.core_c": 72,
    ///     "values/food.core_c/1": {"value": 75, "valid_from": "2026-09-07", "at": 1, "after": []},
    /// });
    /// let history = SettingHistory::from_document(record.as_object().expect("an object"));
    /// let holds = |day: &str| history.on(day.parse().expect("a day")).number("food.core_c").to_string();
    /// assert_eq!([holds("2026-09-06"), holds("2026-09-07")], ["72", "75"]);
    /// ```
    pub fn on(&self, day: NaiveDate) -> Settings {
        let mut settings = self.undated.clone();
        let keys: BTreeSet<&'static str> = self.dated.iter().map(|value| value.key).collect();
        for key in keys {
            match self.holding(key, day).map(|holding| &holding.value) {
                Some(Some(value)) => drop(settings.own.insert(key, value.clone())),
                Some(None) => drop(settings.own.remove(key)),
                None => {}
            }
        }
        settings.refused.extend(self.refused.iter().cloned());
        settings
    }

    /// The dated value of a setting that holds on a day; none where it is the default or one without days.
    pub fn holding(&self, key: &str, day: NaiveDate) -> Option<&DatedValue> {
        let holds = self.standing(key).filter(|value| value.holds_on(day));
        holds.max_by(|a, b| a.valid_from.cmp(&b.valid_from).then_with(|| a.compare_strictness(b)))
    }

    /// The values of a setting that no later one from the same day has taken the place of, the first day first.
    pub fn values(&self, key: &str) -> Vec<&DatedValue> {
        let mut values: Vec<&DatedValue> = self.standing(key).collect();
        values.sort_by(|a, b| (a.valid_from, &a.id).cmp(&(b.valid_from, &b.id)));
        values
    }

    /// What holds where no dated value does: a value without days, else the default.
    pub fn undated(&self) -> &Settings {
        &self.undated
    }

    fn standing(&self, key: &str) -> impl Iterator<Item = &DatedValue> {
        let mut seen: BTreeMap<NaiveDate, BTreeSet<&str>> = BTreeMap::new();
        let of_key: Vec<&DatedValue> = self.dated.iter().filter(|value| value.key == key).collect();
        for value in &of_key {
            let others = value.after.iter().map(String::as_str).filter(|id| *id != value.id);
            seen.entry(value.valid_from).or_default().extend(others);
        }
        let is_seen =
            move |value: &DatedValue| seen.get(&value.valid_from).is_some_and(|seen| seen.contains(value.id.as_str()));
        of_key.into_iter().filter(move |value| !is_seen(value))
    }
}

impl DatedValue {
    /// The name of the field that holds a value.
    pub fn field(key: &str, id: &str) -> String {
        format!("{DATED}{key}/{id}")
    }

    /// The value of the field.
    pub fn to_json(&self) -> Value {
        let mut entry = json!({"value": self.value, "valid_from": self.valid_from, "after": self.after});
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                entry[name] = value;
            }
        };
        put("valid_to", self.valid_to.map(|day| json!(day)));
        put("source", self.source.as_ref().map(|text| json!(text)));
        put("region", self.region.as_ref().map(|text| json!(text)));
        put("by", self.by.as_ref().map(|by| json!(by)));
        put("at", self.at.map(|at| json!(at)));
        entry
    }

    fn read(setting: &'static Setting, id: &str, entry: &Value) -> Result<Self, SettingError> {
        let wrong = |expected| SettingError::Shape { key: setting.key, expected };
        let object = entry.as_object().ok_or_else(|| wrong("a value with its first day"))?;
        let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
        let day = |name: &str| match object.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(day) => day.as_str().and_then(|day| day.parse().ok()).map(Some).ok_or_else(|| wrong(DAYS)),
        };
        let after = object.get("after").and_then(Value::as_array).into_iter().flatten();
        let value = match object.get("value") {
            None | Some(Value::Null) => None,
            Some(value) => Some(check_setting(setting.key, value)?),
        };
        Ok(Self {
            id: id.to_owned(),
            key: setting.key,
            value,
            valid_from: day("valid_from")?.ok_or_else(|| wrong(DAYS))?,
            valid_to: day("valid_to")?,
            source: text("source"),
            region: text("region"),
            by: text("by"),
            at: object.get("at").and_then(Value::as_i64).map(UtcMillis),
            after: after.filter_map(Value::as_str).map(str::to_owned).collect(),
        })
    }

    fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// The greater one is stricter; where neither is, the words of the values decide, so that every device takes the same.
    fn compare_strictness(&self, other: &Self) -> Ordering {
        let Some(setting) = find(self.key) else { return Ordering::Equal };
        let value = |of: &Self| of.value.clone().unwrap_or_else(|| setting.shape.default_value());
        let (a, b) = (value(self), value(other));
        let text = |value: &SettingValue| serde_json::to_string(value).unwrap_or_default();
        strictness(setting, &a, &b)
            .then_with(|| text(&a).cmp(&text(&b)))
            .then_with(|| (other.valid_to.is_some(), &self.id).cmp(&(self.valid_to.is_some(), &other.id)))
    }
}

/// What a dated value needs.
const DAYS: &str = "a first day, and perhaps a last one, as YYYY-MM-DD";

fn strictness(setting: &Setting, a: &SettingValue, b: &SettingValue) -> Ordering {
    let width = |min: Option<Decimal>, max: Option<Decimal>| Some(max? - min?);
    match (&setting.shape, a, b) {
        (Shape::Number { floor: Floor::AtLeast(_), .. }, SettingValue::Number(a), SettingValue::Number(b)) => a.cmp(b),
        (Shape::Number { floor: Floor::AtMost(_), .. }, SettingValue::Number(a), SettingValue::Number(b)) => b.cmp(a),
        (_, SettingValue::Range { min, max }, SettingValue::Range { min: other_min, max: other_max }) => {
            width(*other_min, *other_max).cmp(&width(*min, *max))
        }
        (_, SettingValue::List(a), SettingValue::List(b)) => a.len().cmp(&b.len()),
        _ => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn history(entries: &[(&str, Value)]) -> SettingHistory {
        let document = entries.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        SettingHistory::from_document(&document)
    }

    fn core_c(history: &SettingHistory, on: &str) -> String {
        history.on(day(on)).number("food.core_c").to_string()
    }

    fn from(value: u32, first: &str, after: &[&str]) -> Value {
        json!({"value": value, "valid_from": first, "at": 1, "after": after})
    }

    #[test]
    fn a_value_holds_from_its_first_day_to_its_last() {
        let temporary = json!({"value": 90, "valid_from": "2026-09-03", "valid_to": "2026-09-04", "after": []});
        let history =
            history(&[("values/food.core_c/1", from(75, "2026-09-02", &[])), ("values/food.core_c/2", temporary)]);
        let held =
            ["2026-09-01", "2026-09-02", "2026-09-03", "2026-09-04", "2026-09-05"].map(|on| core_c(&history, on));
        assert_eq!(held, ["70", "75", "90", "90", "75"], "what came before holds again");
        assert_eq!(history.holding("food.core_c", day("2026-09-04")).map(|value| value.id.as_str()), Some("2"));
        assert_eq!(history.holding("food.core_c", day("2026-09-01")), None);
    }

    #[test]
    fn a_later_value_from_the_same_day_takes_the_place_of_what_its_author_saw() {
        let two = [
            ("values/food.core_c/1", from(80, "2026-09-02", &[])),
            ("values/food.core_c/2", from(75, "2026-09-02", &["1"])),
        ];
        assert_eq!(core_c(&history(&two), "2026-09-02"), "75");
        assert_eq!(history(&two).values("food.core_c").len(), 1);
        let back = json!({"value": null, "valid_from": "2026-09-02", "after": ["2"]});
        let all = [two[0].clone(), two[1].clone(), ("values/food.core_c/3", back)];
        assert_eq!(core_c(&history(&all), "2026-09-02"), "70", "back to the default");
    }

    #[test]
    fn of_two_values_that_nobody_chose_between_the_stricter_holds_whatever_the_clocks_say() {
        let mut early = from(75, "2026-09-02", &[]);
        for at in [1, 99] {
            early["at"] = json!(at);
            let two = [("values/food.core_c/1", early.clone()), ("values/food.core_c/2", from(72, "2026-09-02", &[]))];
            assert_eq!(core_c(&history(&two), "2026-09-02"), "75");
        }
        let cold = |id: &str, value: i64| {
            (format!("values/freeze.c/{id}"), json!({"value": value, "valid_from": "2026-09-02"}))
        };
        let document = [cold("1", -18), cold("2", -15)].into_iter().collect();
        assert_eq!(SettingHistory::from_document(&document).on(day("2026-09-02")).number("freeze.c"), (-18).into());
    }

    #[test]
    fn a_stored_value_that_is_laxer_or_has_no_day_is_not_used_and_is_named() {
        let history = history(&[
            ("values/food.core_c/1", from(60, "2026-09-02", &[])),
            ("values/sample.min_g/1", json!({"value": 200})),
            ("values/cold.c/1", json!("cold")),
            ("values/no.such/1", from(1, "2026-09-02", &[])),
        ]);
        let settings = history.on(day("2026-09-02"));
        assert_eq!(settings.number("food.core_c"), 70.into());
        assert_eq!(settings.refused().len(), 3);
    }

    #[test]
    fn what_is_written_reads_back() {
        let value = DatedValue {
            id: "1".into(),
            key: "food.core_c",
            value: Some(SettingValue::Number(75.into())),
            valid_from: day("2026-09-02"),
            valid_to: Some(day("2026-12-31")),
            source: Some("深圳经济特区学前教育条例".into()),
            region: Some("深圳".into()),
            by: Some("li".into()),
            at: Some(UtcMillis(5)),
            after: vec!["0".into()],
        };
        let document = [(DatedValue::field(value.key, &value.id), value.to_json())].into_iter().collect();
        assert_eq!(SettingHistory::from_document(&document).values("food.core_c"), [&value]);
    }

    /// Ids, values, days, what was seen and clocks of some values of one setting.
    fn any_values() -> impl Strategy<Value = Vec<(u8, u32, u32, Vec<u8>, i64)>> {
        let one = (0u8..6, 70u32..80, 1u32..5, prop::collection::vec(0u8..6, 0..3), 0i64..1_000);
        prop::collection::vec(one, 0..8)
    }

    proptest! {
        #[test]
        fn neither_the_order_of_arrival_nor_a_clock_decides_which_value_holds(
            values in any_values(),
            turn in 0usize..8,
            clock in 0i64..1_000_000,
        ) {
            let entry = |(id, value, first, after, at): &(u8, u32, u32, Vec<u8>, i64), later: i64| {
                let after: Vec<String> = after.iter().map(u8::to_string).collect();
                let json = json!({
                    "value": value, "valid_from": format!("2026-09-0{first}"), "at": at + later, "after": after,
                });
                (format!("values/food.core_c/{id}"), json)
            };
            let unique: BTreeMap<u8, _> = values.into_iter().map(|value| (value.0, value)).collect();
            let mut values: Vec<_> = unique.into_values().collect();
            let one = SettingHistory::from_document(&values.iter().map(|value| entry(value, 0)).collect());
            let turn = turn % values.len().max(1);
            values.rotate_left(turn);
            let other = SettingHistory::from_document(
                &values.iter().enumerate().map(|(n, value)| entry(value, if n % 2 == 0 { clock } else { 0 })).collect(),
            );
            for on in 1..6 {
                let on = day(&format!("2026-09-0{on}"));
                prop_assert_eq!(one.on(on), other.on(on));
            }
        }

        #[test]
        fn a_value_changes_nothing_before_its_first_day(values in any_values(), added in 70u32..80) {
            let document: Map<String, Value> = values
                .iter()
                .map(|(id, value, first, ..)| {
                    (format!("values/food.core_c/{id}"), json!({"value": value, "valid_from": format!("2026-09-0{first}")}))
                })
                .collect();
            let before = SettingHistory::from_document(&document);
            let mut after = document;
            after.insert("values/food.core_c/new".into(), from(added, "2026-09-05", &[]));
            let after = SettingHistory::from_document(&after);
            for on in 1..5 {
                let on = day(&format!("2026-09-0{on}"));
                prop_assert_eq!(before.on(on), after.on(on));
            }
            prop_assert_eq!(after.on(day("2026-09-05")).number("food.core_c"), added.into());
        }
    }
}
