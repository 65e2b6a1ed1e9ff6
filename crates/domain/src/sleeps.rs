//! On which nights somebody sleeps at a campus: what decides how many rounds are walked there.

use std::str::FromStr;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::calendar::Calendar;

/// The sort of nights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nights {
    /// Every night.
    Every,
    /// The evening before a school day, a worked weekend among them.
    School,
}

impl Nights {
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Every => "every",
            Self::School => "school",
        }
    }
}

impl FromStr for Nights {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        [Self::Every, Self::School].into_iter().find(|nights| nights.code() == code).ok_or(())
    }
}

/// Evenings from one day to another on which somebody stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SleepPeriod {
    /// The first evening; none where nobody knows when it began.
    pub from: Option<NaiveDate>,
    /// The last evening; none as long as it goes on.
    pub to: Option<NaiveDate>,
    /// The sort of nights.
    pub nights: Nights,
}

/// When somebody sleeps at a campus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sleeps(pub Vec<SleepPeriod>);

/// Why a value does not say when somebody sleeps at a campus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SleepsError {
    /// It is no list, or one of more entries than a campus can have.
    #[error("it is a list of at most {MOST} entries")]
    NoList,
    /// The nights are neither.
    #[error("nights are every or school")]
    NoNights,
    /// A day is none, or the last comes before the first.
    #[error("from and to are days, YYYY-MM-DD, the first not after the last")]
    NoDays,
}

/// More are none of a campus.
const MOST: usize = 100;

impl Sleeps {
    /// What the field `sleeps` of a campus says; null says nothing.
    ///
    /// # Errors
    /// [`SleepsError`], about the first entry that says nothing.
    pub fn from_json(value: &Value) -> Result<Self, SleepsError> {
        match value {
            Value::Null => Ok(Self::default()),
            Value::Array(list) if list.len() <= MOST => list.iter().map(read).collect::<Result<_, _>>().map(Self),
            _ => Err(SleepsError::NoList),
        }
    }

    /// What holds where a campus says nothing but whether pupils board: then they may be there on any night.
    pub fn of_boarders() -> Self {
        Self(vec![SleepPeriod { from: None, to: None, nights: Nights::Every }])
    }

    /// What is stored.
    pub fn to_json(&self) -> Value {
        self.0.iter().map(SleepPeriod::to_json).collect()
    }

    /// Whether somebody sleeps there in the night that begins on an evening.
    ///
    /// # Example
    /// ```
    /// use domain::{calendar::Calendar, sleeps::Sleeps};
    /// use serde_json::json;
    /// let sleeps = Sleeps::from_json(&json!([{"nights": "school"}])).expect("nights");
    /// let on = |day: &str| sleeps.on(day.parse().expect("a day"), &Calendar::default());
    /// assert!(on("2026-09-06"), "a Sunday: on Monday there is school");
    /// assert!(!on("2026-09-04"), "a Friday");
    /// ```
    pub fn on(&self, evening: NaiveDate, calendar: &Calendar) -> bool {
        self.0.iter().any(|period| period.is_on(evening, calendar))
    }

    /// What holds once somebody says, on `today`, that pupils board or no longer do: evenings before it stay as they were.
    ///
    /// # Example
    /// ```
    /// use domain::{calendar::Calendar, sleeps::Sleeps};
    /// let [today, yesterday] = ["2026-09-02", "2026-09-01"].map(|day| day.parse().expect("a day"));
    /// let sleeps = Sleeps::default().with_boarders(true, today);
    /// let on = |evening| sleeps.on(evening, &Calendar::default());
    /// assert!(on(today) && !on(yesterday));
    /// ```
    #[must_use]
    pub fn with_boarders(mut self, boards: bool, today: NaiveDate) -> Self {
        if boards {
            let goes_on = |period: &SleepPeriod| period.from.is_none_or(|from| from <= today) && period.to.is_none();
            if !self.0.iter().any(goes_on) {
                self.0.push(SleepPeriod { from: Some(today), to: None, nights: Nights::Every });
            }
            return self;
        }
        self.0.retain(|period| period.from.is_none_or(|from| from < today));
        for period in self.0.iter_mut().filter(|period| period.to.is_none_or(|to| to >= today)) {
            period.to = today.pred_opt();
        }
        self
    }
}

impl SleepPeriod {
    fn to_json(&self) -> Value {
        let mut entry = json!({"nights": self.nights.code()});
        for (name, day) in [("from", self.from), ("to", self.to)] {
            if let Some(day) = day {
                entry[name] = json!(day);
            }
        }
        entry
    }

    fn is_on(&self, evening: NaiveDate, calendar: &Calendar) -> bool {
        let is_sort = match self.nights {
            Nights::Every => true,
            Nights::School => evening.succ_opt().is_some_and(|day| calendar.is_school_day(day)),
        };
        is_sort && self.from.is_none_or(|from| from <= evening) && self.to.is_none_or(|to| evening <= to)
    }
}

fn read(value: &Value) -> Result<SleepPeriod, SleepsError> {
    let entry = value.as_object().ok_or(SleepsError::NoList)?;
    let nights = entry.get("nights").and_then(Value::as_str).and_then(|code| code.parse().ok());
    let (from, to) = (day(entry, "from")?, day(entry, "to")?);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        return Err(SleepsError::NoDays);
    }
    Ok(SleepPeriod { from, to, nights: nights.ok_or(SleepsError::NoNights)? })
}

fn day(entry: &Map<String, Value>, name: &str) -> Result<Option<NaiveDate>, SleepsError> {
    match entry.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => text.parse().map(Some).map_err(|_| SleepsError::NoDays),
        Some(_) => Err(SleepsError::NoDays),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DEFAULT_ZONE;

    fn sleeps(json: Value) -> Sleeps {
        Sleeps::from_json(&json).expect("nights")
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
    fn a_school_night_is_the_evening_before_a_school_day() {
        let school = sleeps(json!([{"from": "2026-09-01", "to": "2027-01-20", "nights": "school"}]));
        let on = |text: &str| school.on(text.parse().expect("a day"), &autumn());
        assert!(on("2026-09-06"), "Sunday evening");
        assert!(!on("2026-09-04"), "Friday evening without boarders");
        assert!(!on("2026-09-30"), "the evening before the holiday");
        assert!(on("2026-10-07"), "the last evening of the holiday");
        assert!(on("2026-10-09"), "a Friday before a Saturday that is worked");
        assert!(!on("2026-08-31"), "the evening before the first one that is named");
    }

    #[test]
    fn boarders_of_whom_nothing_more_is_said_may_be_there_on_any_night() {
        assert!(Sleeps::of_boarders().on("2026-10-03".parse().expect("a day"), &autumn()));
        assert!(!Sleeps::default().on("2026-09-02".parse().expect("a day"), &autumn()));
    }

    #[test]
    fn boarders_who_come_or_leave_change_no_evening_before() {
        let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
        let on = |sleeps: &Sleeps, text: &str| sleeps.on(day(text), &autumn());
        let come = Sleeps::default().with_boarders(true, day("2026-09-10"));
        assert!(!on(&come, "2026-09-09") && on(&come, "2026-09-10") && on(&come, "2026-12-31"));
        assert_eq!(
            come.clone().with_boarders(true, day("2026-09-12")),
            come,
            "said twice it holds from the first time"
        );
        let gone = come.clone().with_boarders(false, day("2026-10-01"));
        assert!(on(&gone, "2026-09-30") && !on(&gone, "2026-10-01") && !on(&gone, "2026-12-31"));
        let mistaken = come.with_boarders(false, day("2026-09-10"));
        assert_eq!(mistaken, Sleeps::default(), "taken back on the same day, nobody was there");
        let always = Sleeps::of_boarders().with_boarders(false, day("2026-10-01"));
        assert!(on(&always, "2026-09-30") && !on(&always, "2026-10-01"));
        let back = gone.with_boarders(true, day("2026-11-01"));
        assert!(on(&back, "2026-09-30") && !on(&back, "2026-10-31") && on(&back, "2026-11-01"));
    }

    #[test]
    fn what_says_nothing_is_refused_and_what_says_something_is_stored_as_it_is() {
        let refused = |json: Value| Sleeps::from_json(&json).expect_err("no nights");
        assert_eq!(refused(json!("every")), SleepsError::NoList);
        assert_eq!(refused(json!(["every"])), SleepsError::NoList);
        assert_eq!(refused(json!([{}])), SleepsError::NoNights);
        assert_eq!(refused(json!([{"nights": "friday"}])), SleepsError::NoNights);
        assert_eq!(refused(json!([{"nights": "every", "from": 7}])), SleepsError::NoDays);
        assert_eq!(
            refused(json!([{"nights": "every", "from": "2026-09-02", "to": "2026-09-01"}])),
            SleepsError::NoDays
        );
        let stored = json!([{"nights": "every", "from": "2026-09-01"}, {"nights": "school"}]);
        assert_eq!(sleeps(stored.clone()).to_json(), stored);
        assert_eq!(sleeps(Value::Null), Sleeps::default());
    }
}
