//! Which meal it is: what its record is named by.

use chrono::NaiveDate;
use domain::id::{kitchen_meal_id, meal_id};
use domain::served::{SERVED_MEALS, ServedMeal};
use domain::time::{UtcMillis, day_bounds};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::dto::meal::MealTag;
use crate::error::CommandError;
use crate::people;

/// Which meal: a day, a type, and the kitchen where a campus has several.
#[derive(Clone)]
pub(crate) struct MealKey {
    /// The campus, with the settings of the day.
    pub(crate) campus: Campus,
    /// The day.
    pub(crate) date: NaiveDate,
    /// Whether the day was given or is certain.
    pub(crate) is_day_checked: bool,
    /// The type.
    pub(crate) sort: &'static str,
    /// The second kitchen, or a further one.
    pub(crate) kitchen: Option<Uuid>,
}

impl MealKey {
    /// The meal that arguments name; today's where they name no day.
    ///
    /// # Errors
    /// `bad-arguments` for what is no day or no meal, and where no campus is known.
    pub(crate) fn of(
        app: &App,
        campus: Option<Uuid>,
        date: Option<&str>,
        sort: &str,
        kitchen: Option<Uuid>,
    ) -> Result<Self, CommandError> {
        let campus = Campus::named_or_here(app, campus)?;
        let wrong = |_| CommandError::bad_argument("date", "a day such as 2026-11-23");
        let given = date.map(str::parse::<NaiveDate>).transpose().map_err(wrong)?;
        let known = SERVED_MEALS.iter().find(|known| **known == sort);
        let none = || CommandError::bad_argument("type", format_args!("one of {}", SERVED_MEALS.join(", ")));
        let sort = *known.ok_or_else(none)?;
        if campus.id.is_none() {
            return Err(CommandError::bad_argument("campus", "say first which campus it is for"));
        }
        let date = given.unwrap_or_else(|| people::today(app, &campus));
        let is_day_checked = given.is_some() || app.time().is_checked();
        let campus = campus.on(Some(&date.to_string()));
        Ok(Self { campus, date, is_day_checked, sort, kitchen })
    }

    /// The id of its record.
    pub(crate) fn id(&self) -> Uuid {
        let campus = self.campus.id.unwrap_or_default();
        match self.kitchen {
            Some(kitchen) => kitchen_meal_id(campus, self.date, self.sort, kitchen),
            None => meal_id(campus, self.date, self.sort),
        }
    }

    /// As answers name it.
    pub(crate) fn tag(&self) -> MealTag {
        MealTag { date: self.date.to_string(), sort: self.sort.to_owned(), kitchen: self.kitchen }
    }

    /// The end of its day on the clock of the campus.
    pub(crate) fn end(&self) -> UtcMillis {
        day_bounds(self.date, self.campus.calendar.zone).1
    }

    /// The meal in the timetable of the campus; none where it is not served on that day.
    pub(super) fn served(&self) -> Option<&ServedMeal> {
        let due = self.campus.served.due_on(self.date, &self.campus.calendar);
        due.into_iter().find(|served| served.meal == self.sort)
    }

    /// When the campus has it on the table, by its timetable.
    pub(crate) fn planned(&self) -> Option<UtcMillis> {
        let time = self.served()?.planned?;
        let local = self.date.and_time(time).and_local_timezone(self.campus.calendar.zone).earliest()?;
        Some(UtcMillis(local.timestamp_millis()))
    }
}
