//! Which rows somebody sees, writes, corrects and takes out; as a value that a query can be made of.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::checklists::SeenChecklist;
use super::kinds::{Checklists, KindSight, SeeRule};
use super::who::Sight;
use crate::permission::Permission;
use crate::register::{Act, Entry, Register, Right};
use crate::role::Role;
use crate::severity::Category;

/// The rows of a register, or the records of another kind, that a right reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// None.
    None,
    /// All of the campus.
    All,
    /// Those that satisfy one of the rules.
    Where(Vec<RowRule>),
}

/// What a row must be, all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowRule {
    /// Its place is one of these; none where any is.
    pub places: Option<BTreeSet<String>>,
    /// It is a form of one of these checklists; none where it need not be.
    pub checklists: Option<BTreeSet<String>>,
    /// It is a finding of this sort; none where it need not be.
    pub category: Option<Category>,
    /// The person made it.
    pub is_mine: bool,
    /// A field of it names the person.
    pub is_about_me: bool,
    /// It is not about the person.
    pub is_of_others: bool,
    /// It is not closed.
    pub is_open: bool,
    /// Its day is one of the last so many, or comes later; 1 is today.
    pub days: Option<u32>,
}

/// What is asked of a row to know who sees it.
#[derive(Clone, Copy, Debug, Default)]
pub struct RowFacts<'a> {
    /// The area that it belongs to.
    pub place: Option<&'a str>,
    /// The checklist that it is a form of.
    pub checklist: Option<&'a str>,
    /// What sort of finding it is.
    pub category: Option<Category>,
    /// Who made it.
    pub author: Option<&'a str>,
    /// The people whom its fields name.
    pub people: &'a [&'a str],
    /// What it is about.
    pub about: Option<&'a str>,
    /// Whether it is not closed.
    pub is_open: bool,
    /// The day that it belongs to.
    pub day: Option<NaiveDate>,
    /// Today on the campus, by the time that is known best.
    pub today: Option<NaiveDate>,
}

impl Rows {
    /// Whether a row is among them, for this person.
    pub fn hold(&self, person: Option<&str>, row: &RowFacts<'_>) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Where(rules) => rules.iter().any(|rule| rule.holds(person, row)),
        }
    }

    /// Whether everything about food is among them, of any place and day and whoever made it.
    pub fn hold_all_of_food(&self) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Where(rules) => rules.iter().any(RowRule::is_all_of_food),
        }
    }
}

impl RowRule {
    /// Whether a row satisfies it for this person; a row that does not say what is asked does not.
    pub fn holds(&self, person: Option<&str>, row: &RowFacts<'_>) -> bool {
        let is_one = |wanted: &Option<BTreeSet<String>>, own: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| own.is_some_and(|own| wanted.contains(own)))
        };
        let is_in_place = is_one(&self.places, row.place) && is_one(&self.checklists, row.checklist);
        let is_of_sort = self.category.is_none_or(|category| row.category == Some(category));
        let is_mine = !self.is_mine || (person.is_some() && row.author == person);
        let is_about = !self.is_about_me || person.is_some_and(|person| row.people.contains(&person));
        let is_of_others = !self.is_of_others || row.about.is_none() || row.about != person;
        let is_recent = self.days.is_none_or(|days| match (row.day, row.today) {
            (Some(day), Some(today)) => first_day(today, days).is_some_and(|first| day >= first),
            _ => false,
        });
        is_in_place && is_of_sort && is_mine && is_about && is_of_others && is_recent && (!self.is_open || row.is_open)
    }

    fn is_free(&self) -> bool {
        *self == Self::default()
    }

    fn is_all_of_food(&self) -> bool {
        let mut food = SeenChecklist::built_in().iter().filter(|checklist| checklist.is_food);
        let is_of_all = self.checklists.as_ref().is_some_and(|own| food.all(|food| own.contains(&food.reference)));
        let is_narrowed = self.category == Some(Category::Food) || is_of_all;
        is_narrowed && Self { checklists: None, category: None, ..self.clone() }.is_free()
    }

    /// Whether any row can satisfy it.
    fn is_possible(&self) -> bool {
        [&self.places, &self.checklists].into_iter().flatten().all(|wanted| !wanted.is_empty())
    }
}

/// The first of the last so many days.
pub(super) fn first_day(today: NaiveDate, days: u32) -> Option<NaiveDate> {
    today.checked_sub_days(Days::new(u64::from(days.saturating_sub(1))))
}

impl Sight {
    /// The rows of a register that a right reaches; to be made part of the query, before its limit and its cursor.
    ///
    /// # Example
    /// ```
    /// use domain::{register::{Right, register}, role::Role, sight::{Rows, Sight}};
    /// let shifts = register("duty_shift").expect("a register");
    /// let guard = Sight::of("li", [(Role::Guard, vec![])], vec![]);
    /// assert!(matches!(guard.rows(shifts, Right::See), Rows::Where(rules) if rules[0].days == Some(2)));
    /// let head = Sight::of("wang", [(Role::Head, vec![])], vec![]);
    /// assert_eq!(head.rows(shifts, Right::See), Rows::All);
    /// ```
    pub fn rows(&self, register: &Register, right: Right) -> Rows {
        if self.locks(register) {
            return Rows::None;
        }
        self.reached(|| register.rights.of(right).iter().filter_map(|entry| self.rule(entry)).collect())
    }

    /// The records of a kind without a register that the person sees; `own` are the checklists that the school has of its own.
    ///
    /// # Example
    /// ```
    /// use domain::{role::Role, sight::{KindSight, Rows, Sight}};
    /// let findings = KindSight::of("finding").expect("a kind");
    /// let cook = Sight::of("li", [(Role::Cook, vec![])], vec![]);
    /// assert!(matches!(cook.records(findings, &[]), Rows::Where(rules) if rules[0].is_open));
    /// let head = Sight::of("wang", [(Role::Head, vec![])], vec![]);
    /// assert_eq!(head.records(findings, &[]), Rows::All);
    /// ```
    pub fn records(&self, kind: &KindSight, own: &[SeenChecklist]) -> Rows {
        self.reached(|| kind.see.iter().flat_map(|see| self.rules(see, own)).collect())
    }

    fn reached(&self, rules: impl FnOnce() -> Vec<RowRule>) -> Rows {
        if self.sees_everything() {
            return Rows::All;
        }
        if self.person().is_none() {
            return Rows::None;
        }
        let rules = rules();
        match rules.iter().any(RowRule::is_free) {
            true => Rows::All,
            false if rules.is_empty() => Rows::None,
            false => Rows::Where(rules),
        }
    }

    /// What an entry comes to; where it speaks of checklists, one rule for each role, since a role has checklists and places of
    /// its own.
    fn rules(&self, see: &SeeRule, own: &[SeenChecklist]) -> Vec<RowRule> {
        let of_sort = |rule| RowRule { category: see.category, ..rule };
        let Some(which) = see.checklists else { return self.rule(&see.entry).map(of_sort).into_iter().collect() };
        let roles = self.roles().filter(|role| see.entry.permission.is_none_or(|permission| role.may(permission)));
        let rule = |role: Role| {
            let places = if see.entry.is_in_place { self.places_of(|meant| meant == role) } else { None };
            let is_meant = |checklist: &&SeenChecklist| match which {
                Checklists::Mine => checklist.roles.contains(&role),
                Checklists::Food => checklist.is_food,
            };
            let all = SeenChecklist::built_in().iter().chain(own);
            let checklists = all.filter(is_meant).map(|checklist| checklist.reference.clone()).collect();
            let rule = self.rule(&Entry { is_in_place: false, ..see.entry.clone() })?;
            Some(RowRule { places, checklists: Some(checklists), ..rule }).filter(RowRule::is_possible)
        };
        roles.filter_map(rule).collect()
    }

    fn rule(&self, entry: &Entry) -> Option<RowRule> {
        if entry.permission.is_some_and(|permission| !self.may(permission)) {
            return None;
        }
        let places = match (entry.is_in_place, entry.is_in_own_area) {
            (_, true) => Some(self.own_areas()),
            (true, false) => self.places(entry.permission),
            (false, false) => None,
        };
        let rule = RowRule {
            places,
            checklists: None,
            category: None,
            is_mine: entry.is_mine,
            is_about_me: entry.is_about_me,
            is_of_others: entry.is_of_others,
            is_open: entry.is_open,
            days: entry.days,
        };
        Some(rule).filter(RowRule::is_possible)
    }

    /// Whether a right reaches this row.
    pub fn reaches(&self, register: &Register, right: Right, row: &RowFacts<'_>) -> bool {
        self.rows(register, right).hold(self.person(), row)
    }

    /// Whether the person sees anything of the register: rows, or how many there are.
    pub fn knows(&self, register: &Register) -> bool {
        self.rows(register, Right::See) != Rows::None || self.rows(register, Right::Count) != Rows::None
    }

    /// Whether the person may write this row; what a right says of `mine` and of the days asks a row that is there.
    pub fn may_write(&self, register: &Register, row: &RowFacts<'_>) -> bool {
        self.reaches(register, Right::Write, row)
    }

    /// Whether the person may correct and void this row: by the right that the register gives, or as head or 后勤主任 who may
    /// write it; in both cases only what the person sees.
    pub fn may_correct(&self, register: &Register, row: &RowFacts<'_>) -> bool {
        let leads = self.roles().any(|role| matches!(role, Role::Head | Role::Logi)) && self.may_write(register, row);
        self.reaches(register, Right::See, row) && (leads || self.reaches(register, Right::Correct, row))
    }

    /// Whether the person may do this act, as far as permissions go; whether it would count, the fold says.
    pub fn may_act(&self, register: &Register, act: &Act, row: &RowFacts<'_>) -> bool {
        self.has(act.permission) && self.reaches(register, Right::See, row)
    }

    /// Whether the person may take rows of the register out of the program.
    pub fn may_export(&self, register: &Register) -> bool {
        self.rows(register, Right::Export) != Rows::None
    }

    fn has(&self, permission: Permission) -> bool {
        self.may(permission)
    }
}
