//! Which meals a campus serves, and on which days: what a kitchen's books are held against.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::answer::parse_time;
use crate::calendar::Calendar;
use crate::meal::profiles;
use crate::template::MEALS;

/// The sort of days on which a meal is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MealDays {
    /// When school is held.
    School,
    /// When boarders are there: every day of a term but holidays.
    Boarding,
    /// Every day of the year.
    Every,
}

impl MealDays {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::Boarding => "boarding",
            Self::Every => "every",
        }
    }
}

impl FromStr for MealDays {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        [Self::School, Self::Boarding, Self::Every].into_iter().find(|days| days.code() == code).ok_or(())
    }
}

/// A meal that is served on some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServedMeal {
    /// 早餐, 早点, 午餐, 午点 or 晚餐.
    pub meal: String,
    /// When it is on the table.
    pub planned: Option<NaiveTime>,
    /// The sort of days.
    pub days: MealDays,
    /// The days of the week, 1 for Monday to 7 for Sunday; empty for all of them.
    pub weekdays: Vec<u8>,
    /// The code of its profile, such as `packaged`, which says what stages its card has; none for the usual one of its type.
    pub profile: Option<String>,
    /// The first day; none where nobody knows when it began.
    pub since: Option<NaiveDate>,
    /// The last day; none as long as it is served.
    pub until: Option<NaiveDate>,
}

/// The meals of a campus: those that are served, and those that were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServedMeals(pub Vec<ServedMeal>);

/// Why a value does not say which meals are served.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ServedMealError {
    /// It is no list, or one of more entries than a campus can have.
    #[error("the meals are a list of {MOST} entries at most")]
    NoList,
    /// An entry names no meal of the day.
    #[error("a meal is one of {}", MEALS.join(", "))]
    NoMeal,
    /// An entry says on which days in a way that nobody knows.
    #[error("the days are school, boarding or every; days of the week are numbers from 1 to 7, each once")]
    NoDays,
    /// An entry names a profile that nobody knows.
    #[error("a profile is one of {}", profile_codes().join(", "))]
    NoProfile,
    /// A time or a day is none.
    #[error("a time is 11:30 and a day 2026-09-01, and the last day does not come before the first")]
    NoTime,
}

/// More are no meals that a school serves.
const MOST: usize = 60;

impl ServedMeals {
    /// Reads `[{"type": "午餐", "planned": "11:30", "days": "school", "weekdays": [1, 2], "profile": "main", "since", "until"}]`; null
    /// is no meal.
    ///
    /// # Errors
    /// [`ServedMealError`], about the first entry that says nothing.
    pub fn from_json(value: &Value) -> Result<Self, ServedMealError> {
        let list = match value {
            Value::Null => return Ok(Self::default()),
            Value::Array(list) if list.len() <= MOST => list,
            _ => return Err(ServedMealError::NoList),
        };
        list.iter().map(ServedMeal::from_json).collect::<Result<_, _>>().map(Self)
    }

    /// What is stored.
    pub fn to_json(&self) -> Value {
        self.0.iter().map(ServedMeal::to_json).collect()
    }

    /// The meals that are served on a day, in the order of the day, each once.
    ///
    /// # Example
    /// ```
    /// use domain::{calendar::Calendar, served::ServedMeals};
    /// use serde_json::json;
    /// let served = ServedMeals::from_json(&json!([{"type": "午餐", "days": "school"}, {"type": "早餐", "days": "every"}]));
    /// let served = served.expect("meals");
    /// let on = |day: &str| served.on(day.parse().expect("a day"), &Calendar::default());
    /// assert_eq!(on("2026-09-04"), ["早餐", "午餐"]);
    /// assert_eq!(on("2026-09-05"), ["早餐"], "a Saturday");
    /// ```
    pub fn on(&self, day: NaiveDate, calendar: &Calendar) -> Vec<&'static str> {
        let is_served =
            |meal: &&&str| self.0.iter().any(|served| served.meal == ***meal && served.is_on(day, calendar));
        MEALS.iter().filter(is_served).copied().collect()
    }

    /// The meals that are due on a day, each with its time and its profile, in the order of the day; of two entries of one type the
    /// one that began last.
    ///
    /// # Example
    /// ```
    /// use domain::{calendar::Calendar, served::ServedMeals};
    /// use serde_json::json;
    /// let served = ServedMeals::from_json(&json!([
    ///     {"type": "早点", "planned": "09:30", "profile": "packaged"},
    ///     {"type": "早点", "planned": "09:45", "since": "2026-10-01"},
    /// ]));
    /// let served = served.expect("meals");
    /// let due = |day: &str| served.due_on(day.parse().expect("a day"), &Calendar::default())[0].profile.as_deref();
    /// assert_eq!((due("2026-09-04"), due("2026-10-09")), (Some("packaged"), None));
    /// ```
    pub fn due_on(&self, day: NaiveDate, calendar: &Calendar) -> Vec<&ServedMeal> {
        let of_type = |meal: &&str| {
            let on = self.0.iter().filter(|served| served.meal == **meal && served.is_on(day, calendar));
            on.max_by_key(|served| served.since)
        };
        MEALS.iter().filter_map(of_type).collect()
    }

    /// The same with what the office says now: what goes on keeps its first day, what is new begins on `today`, and what is no
    /// longer served ended the day before, so that no day that is over changes.
    #[must_use]
    pub fn changed_to(&self, now: Self, today: NaiveDate) -> Self {
        let is_over = |meal: &ServedMeal| meal.until.is_some_and(|until| until < today);
        let goes_on = |meal: &ServedMeal| now.0.iter().any(|other| other.continues(meal));
        let mut meals = Vec::new();
        for meal in &self.0 {
            if is_over(meal) || goes_on(meal) {
                meals.push(meal.clone());
            } else if meal.since.is_none_or(|since| since < today) {
                meals.push(ServedMeal { until: today.pred_opt(), ..meal.clone() });
            }
        }
        for meal in now.0.iter().filter(|meal| !is_over(meal)) {
            if !self.0.iter().any(|old| !is_over(old) && meal.continues(old)) {
                meals.push(ServedMeal { since: meal.since.or(Some(today)), ..meal.clone() });
            }
        }
        Self(meals)
    }
}

impl ServedMeal {
    fn from_json(value: &Value) -> Result<Self, ServedMealError> {
        let entry = value.as_object().ok_or(ServedMealError::NoList)?;
        let meal = text(entry, "type").filter(|meal| MEALS.contains(meal)).ok_or(ServedMealError::NoMeal)?;
        let days = text(entry, "days").unwrap_or("school").parse().map_err(|()| ServedMealError::NoDays)?;
        let planned = text(entry, "planned").map(|time| parse_time(time).ok_or(ServedMealError::NoTime)).transpose()?;
        let day = |name| text(entry, name).map(|day| day.parse().map_err(|_| ServedMealError::NoTime)).transpose();
        let (since, until): (Option<NaiveDate>, Option<NaiveDate>) = (day("since")?, day("until")?);
        if since.zip(until).is_some_and(|(since, until)| until < since) {
            return Err(ServedMealError::NoTime);
        }
        let profile = text(entry, "profile").map(str::to_owned);
        if profile.as_deref().is_some_and(|profile| !profile_codes().contains(&profile)) {
            return Err(ServedMealError::NoProfile);
        }
        let weekdays = weekdays(entry.get("weekdays"))?;
        Ok(Self { meal: meal.to_owned(), planned, days, weekdays, profile, since, until })
    }

    fn to_json(&self) -> Value {
        let mut entry = json!({"type": self.meal, "days": self.days.code()});
        if let Some(planned) = self.planned {
            entry["planned"] = planned.format("%H:%M").to_string().into();
        }
        if !self.weekdays.is_empty() {
            entry["weekdays"] = json!(self.weekdays);
        }
        if let Some(profile) = &self.profile {
            entry["profile"] = profile.as_str().into();
        }
        for (name, day) in [("since", self.since), ("until", self.until)] {
            if let Some(day) = day {
                entry[name] = json!(day);
            }
        }
        entry
    }

    fn is_on(&self, day: NaiveDate, calendar: &Calendar) -> bool {
        let number = u8::try_from(day.weekday().number_from_monday()).unwrap_or(0);
        let is_sort = match self.days {
            MealDays::School => calendar.is_school_day(day),
            MealDays::Boarding => !calendar.is_closed(day),
            MealDays::Every => true,
        };
        is_sort
            && (self.weekdays.is_empty() || self.weekdays.contains(&number))
            && self.since.is_none_or(|since| since <= day)
            && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it says the same as `old` but for when it began; where it says nothing of the profile, that of the old one stays.
    fn continues(&self, old: &Self) -> bool {
        let said = |meal: &Self| (meal.meal.clone(), meal.planned, meal.days, meal.weekdays.clone(), meal.until);
        said(self) == said(old) && (self.profile.is_none() || self.profile == old.profile)
    }
}

fn profile_codes() -> Vec<&'static str> {
    profiles().iter().map(|profile| profile.code.as_str()).collect()
}

/// What a meal is called in English; the word itself where it is none of the day's.
pub fn meal_en(meal: &str) -> &str {
    match meal {
        "早餐" => "Breakfast",
        "早点" => "Morning snack",
        "午餐" => "Lunch",
        "午点" => "Afternoon snack",
        "晚餐" => "Dinner",
        other => other,
    }
}

fn text<'a>(entry: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    entry.get(name)?.as_str().filter(|text| !text.is_empty())
}

fn weekdays(value: Option<&Value>) -> Result<Vec<u8>, ServedMealError> {
    let Some(value) = value.filter(|value| !value.is_null()) else { return Ok(Vec::new()) };
    let number = |day: &Value| day.as_u64().and_then(|day| u8::try_from(day).ok()).filter(|day| (1..=7).contains(day));
    let days: Option<Vec<u8>> = value.as_array().and_then(|days| days.iter().map(number).collect());
    let mut days = days.ok_or(ServedMealError::NoDays)?;
    let given = days.len();
    days.sort_unstable();
    days.dedup();
    if days.len() == given { Ok(days) } else { Err(ServedMealError::NoDays) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::DEFAULT_ZONE;

    fn meals(json: Value) -> ServedMeals {
        ServedMeals::from_json(&json).expect("meals")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn autumn() -> Calendar {
        let json = json!({
            "terms": [{"name": "秋季学期", "from": "2026-09-01", "to": "2027-01-20"}],
            "holidays": [{"name": "国庆节", "from": "2026-10-01", "to": "2026-10-07"}],
            "workdays": ["2026-10-10"],
        });
        Calendar::from_json(DEFAULT_ZONE, &json).expect("a calendar")
    }

    #[test]
    fn a_meal_is_served_on_its_sort_of_days_and_its_days_of_the_week() {
        let served = meals(json!([
            {"type": "午餐", "days": "school"}, {"type": "晚餐", "days": "boarding"},
            {"type": "早餐", "days": "every", "weekdays": [6]},
        ]));
        let on = |text: &str| served.on(day(text), &autumn());
        assert_eq!(on("2026-09-04"), ["午餐", "晚餐"]);
        assert_eq!(on("2026-09-05"), ["早餐", "晚餐"], "a Saturday in term");
        assert_eq!(on("2026-10-01"), Vec::<&str>::new(), "a holiday");
        assert_eq!(on("2026-10-10"), ["早餐", "午餐", "晚餐"], "a Saturday that is worked");
        assert_eq!(on("2027-01-23"), ["早餐"], "after the term");
    }

    #[test]
    fn a_change_leaves_the_days_that_are_over_as_they_were() {
        let before = meals(json!([
            {"type": "早餐", "days": "school"}, {"type": "午餐", "days": "school", "since": "2026-09-01"},
        ]));
        let after = before.changed_to(
            meals(json!([{"type": "午餐", "days": "school"}, {"type": "晚餐", "days": "school"}])),
            day("2026-09-08"),
        );
        let calendar = Calendar::default();
        assert_eq!(after.on(day("2026-09-07"), &calendar), ["早餐", "午餐"]);
        assert_eq!(after.on(day("2026-09-08"), &calendar), ["午餐", "晚餐"]);
        assert_eq!(ServedMeals::from_json(&after.to_json()), Ok(after.clone()));
        assert_eq!(after.changed_to(after.clone(), day("2026-09-09")), after, "saving the same changes nothing");
    }

    #[test]
    fn a_form_that_knows_no_profiles_leaves_them_as_they_are() {
        let before = meals(json!([{"type": "早点", "days": "school", "profile": "packaged", "since": "2026-09-01"}]));
        let same = before.changed_to(meals(json!([{"type": "早点", "days": "school"}])), day("2026-09-08"));
        assert_eq!(same, before);
        let made_here = before.changed_to(meals(json!([{"type": "早点", "profile": "snack"}])), day("2026-09-08"));
        let due = |on: &str| made_here.due_on(day(on), &Calendar::default())[0].profile.clone();
        assert_eq!((due("2026-09-07").as_deref(), due("2026-09-08").as_deref()), (Some("packaged"), Some("snack")));
        assert_eq!(ServedMeals::from_json(&made_here.to_json()), Ok(made_here));
    }

    #[test]
    fn what_says_nothing_is_refused() {
        let refused = |json: Value| ServedMeals::from_json(&json).expect_err("no meals");
        assert_eq!(refused(json!("午餐")), ServedMealError::NoList);
        assert_eq!(refused(json!([{"type": "夜宵"}])), ServedMealError::NoMeal);
        assert_eq!(refused(json!([{"type": "午餐", "days": "sometimes"}])), ServedMealError::NoDays);
        assert_eq!(refused(json!([{"type": "午餐", "weekdays": [0]}])), ServedMealError::NoDays);
        assert_eq!(refused(json!([{"type": "午餐", "weekdays": [1, 1]}])), ServedMealError::NoDays);
        assert_eq!(refused(json!([{"type": "午餐", "planned": "25:00"}])), ServedMealError::NoTime);
        assert_eq!(refused(json!([{"type": "午餐", "profile": "banquet"}])), ServedMealError::NoProfile);
        let reversed = json!([{"type": "午餐", "since": "2026-09-02", "until": "2026-09-01"}]);
        assert_eq!(refused(reversed), ServedMealError::NoTime);
        assert_eq!(meals(Value::Null), ServedMeals::default());
    }

    proptest! {
        #[test]
        fn no_change_touches_a_day_that_is_over(
            before in prop::collection::vec((0usize..5, 0usize..3), 0..5),
            after in prop::collection::vec((0usize..5, 0usize..3), 0..5),
            back in 1u64..30,
        ) {
            let list = |chosen: Vec<(usize, usize)>| -> ServedMeals {
                let codes = ["school", "boarding", "every"];
                meals(chosen.into_iter().map(|(meal, days)| json!({"type": MEALS[meal], "days": codes[days]})).collect())
            };
            let today = day("2026-10-12");
            let before = list(before);
            let after = before.changed_to(list(after), today);
            let over = today - chrono::Days::new(back);
            prop_assert_eq!(before.on(over, &autumn()), after.on(over, &autumn()));
        }
    }
}
