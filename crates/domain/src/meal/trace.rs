//! 追溯: from a dish to the deliveries that it was made of, and from a delivery to the dishes and the classes that ate of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::dish::Dish;
use super::issue::Issue;

/// A meal as it is traced.
#[derive(Clone, Copy, Debug)]
pub struct TracedMeal<'r> {
    /// The meal.
    pub id: Uuid,
    /// Its day.
    pub date: NaiveDate,
    /// Its type.
    pub meal_type: &'r str,
    /// Its dishes, the struck ones among them.
    pub dishes: &'r [Dish],
    /// What was given to each class.
    pub issues: &'r [Issue],
}

/// A dish that a line went into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eaten {
    /// The meal.
    pub meal: Uuid,
    /// Its day.
    pub date: NaiveDate,
    /// Its type.
    pub meal_type: String,
    /// The dish.
    pub dish: Uuid,
    /// What it is called.
    pub name: String,
    /// The classes to which the meal was given out.
    pub classes: BTreeSet<Uuid>,
}

/// Which lines went into which dishes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    by_line: BTreeMap<Uuid, Vec<Eaten>>,
    /// The dishes that no line is linked to, by meal and name: of them nobody can tell what they were made of.
    pub unlinked_dishes: Vec<Eaten>,
}

impl Trace {
    /// Reads what some meals were made of, in the order of their days.
    pub fn of(meals: &[TracedMeal<'_>]) -> Self {
        let mut trace = Self::default();
        let mut meals: Vec<&TracedMeal<'_>> = meals.iter().collect();
        meals.sort_by_key(|meal| (meal.date, meal.id));
        for meal in meals {
            let given = meal.issues.iter().filter(|issue| !issue.is_void && issue.issued.is_some());
            let classes: BTreeSet<Uuid> = given.filter_map(|issue| issue.class).collect();
            for dish in meal.dishes {
                let eaten = Eaten {
                    meal: meal.id,
                    date: meal.date,
                    meal_type: meal.meal_type.to_owned(),
                    dish: dish.id,
                    name: dish.name.clone(),
                    classes: classes.clone(),
                };
                for line in &dish.lines {
                    trace.by_line.entry(*line).or_default().push(eaten.clone());
                }
                if dish.lines.is_empty() && dish.is_asked() {
                    trace.unlinked_dishes.push(eaten);
                }
            }
        }
        trace
    }

    /// The dishes that a line went into, in the order of their days.
    pub fn dishes_of(&self, line: Uuid) -> &[Eaten] {
        self.by_line.get(&line).map(Vec::as_slice).unwrap_or_default()
    }

    /// The lines, of those that are handed in, that no dish is linked to: they are not used up, or nobody wrote down where they went.
    pub fn unlinked_lines(&self, lines: impl IntoIterator<Item = Uuid>) -> Vec<Uuid> {
        lines.into_iter().filter(|line| !self.by_line.contains_key(line)).collect()
    }

    /// The other dishes that were made of a line of this one, such as when a dish has made children ill.
    pub fn made_of_the_same(&self, dish: &Dish) -> Vec<&Eaten> {
        let mut seen = BTreeSet::new();
        let all = dish.lines.iter().flat_map(|line| self.dishes_of(*line));
        all.filter(|eaten| eaten.dish != dish.id && seen.insert(eaten.dish)).collect()
    }
}
