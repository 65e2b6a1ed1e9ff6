//! Checklists: what is asked, how it is answered, and when a form passes.
//!
//! The built-in ones are data files under `presets/templates`; a school's own ones use the same text.

mod built_in;
mod error;
mod item;
mod line;
mod parse;
mod reference;
mod subject;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

pub use built_in::{built_in, built_in_item, editions, find};
pub use error::{TemplateError, TemplateProblem};
pub use item::{AnswerType, Bound, English, Item, ItemRules, Measure, MethodTable, PhotoRule};
pub use parse::parse_template;
pub use reference::{Part, TemplateRef, TemplateRefError};
pub use subject::{MEALS, SubjectKind, area_kinds, subject_kind};

use crate::role::Role;
use crate::severity::Category;

/// What sort of campus something is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CampusKind {
    /// 学校.
    School,
    /// 幼儿园.
    Kindergarten,
}

impl CampusKind {
    /// The kind with this stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "school" => Some(Self::School),
            "kindergarten" => Some(Self::Kindergarten),
            _ => None,
        }
    }
}

/// When a form passes; a failed L4 item fails every form besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PassRule {
    /// At so many percent.
    AtLeast(u32),
    /// When no item failed.
    All,
    /// When no L4 item failed and, where the form is scored, at the general pass mark.
    RedLine {
        /// What a failed L4 item leads to, such as 停用挂牌.
        consequence: String,
    },
    /// By score at the general pass mark, with remarks.
    ScoreAndRemarks,
    /// The form records and gives no verdict of its own.
    Recorded,
}

/// How often a form is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// Every school day.
    Daily,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// At midterm and at the end of term.
    TwiceATerm,
    /// At every meal.
    EachMeal,
    /// At every snack.
    EachSnack,
    /// At every batch that is disinfected.
    EachBatch,
    /// At every delivery.
    EachDelivery,
    /// In every shift.
    EachShift,
    /// At the checkpoints of every patrol run.
    EachRun,
    /// Unannounced.
    Random,
}

impl Cadence {
    /// All cadences with the code that template files use.
    pub const ALL: [(Self, &'static str); 11] = [
        (Self::Daily, "daily"),
        (Self::Weekly, "weekly"),
        (Self::Monthly, "monthly"),
        (Self::TwiceATerm, "twice_a_term"),
        (Self::EachMeal, "each_meal"),
        (Self::EachSnack, "each_snack"),
        (Self::EachBatch, "each_batch"),
        (Self::EachDelivery, "each_delivery"),
        (Self::EachShift, "each_shift"),
        (Self::EachRun, "each_run"),
        (Self::Random, "random"),
    ];

    /// Whether it falls on most days, so that a form of it is looked for first.
    pub fn is_daily(self) -> bool {
        match self {
            Self::Daily
            | Self::EachMeal
            | Self::EachSnack
            | Self::EachBatch
            | Self::EachDelivery
            | Self::EachShift
            | Self::EachRun => true,
            Self::Weekly | Self::Monthly | Self::TwiceATerm | Self::Random => false,
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(cadence, _)| *cadence)
    }
}

impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::ALL.iter().find(|(cadence, _)| cadence == self).map_or("", |(_, code)| code))
    }
}

/// A prize that is decided over a period, such as the 流动红旗 at a monthly mean of 95 %.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Award {
    /// The mean that earns it, in percent.
    pub percent: u32,
    /// What it is called.
    pub title: String,
}

/// One checklist.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Template {
    /// Its code, such as `T01`.
    pub code: String,
    /// Its version; a published version never changes.
    pub version: u32,
    /// The Chinese title.
    pub title: String,
    /// The English title.
    pub title_en: String,
    /// The sort of campus it is for; none for both.
    pub campus: Option<CampusKind>,
    /// How often it is due.
    pub cadence: Cadence,
    /// How often it is due, in words.
    pub frequency: String,
    /// The same in English, where the template has it.
    pub frequency_en: Option<String>,
    /// Who fills it in.
    pub performers: Vec<Role>,
    /// Who looks it over; empty where it is posted in public instead.
    pub reviewers: Vec<Role>,
    /// What one form is about, such as `canteen`, `meal` or `person`.
    pub subject: String,
    /// When it passes.
    pub pass: PassRule,
    /// The prize it counts for.
    pub award: Option<Award>,
    /// Whether its results are ranked and posted.
    pub is_ranked: bool,
    /// What its findings are about, where an item does not say otherwise.
    pub category: Category,
    /// The rows of the reference that it covers.
    pub basis: String,
    /// The headings in English, where the template has them.
    pub sections_en: BTreeMap<String, String>,
    /// The items in the order in which they are asked.
    pub items: Vec<Item>,
}

impl Template {
    /// The item with this code.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.code == code)
    }

    /// The items that one part asks on a campus of one kind; none for `campus` asks what any campus is asked.
    pub fn items_for(&self, part: Part, campus: Option<CampusKind>) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| {
            let is_of_part = match part {
                Part::All => true,
                Part::Daily => item.rules.is_daily,
                Part::Weekly => item.rules.is_weekly,
            };
            let is_of_campus = item.rules.only.is_none() || campus.is_none() || item.rules.only == campus;
            is_of_part && is_of_campus
        })
    }

    /// The sections in order, each once.
    pub fn sections(&self) -> Vec<&str> {
        let mut sections = Vec::new();
        for item in &self.items {
            if !sections.contains(&item.section.as_str()) {
                sections.push(item.section.as_str());
            }
        }
        sections
    }

    /// A heading in English, where the template has it.
    pub fn section_en(&self, section: &str) -> Option<&str> {
        self.sections_en.get(section).map(String::as_str)
    }

    /// Whether the form gives points at all.
    pub fn is_scored(&self) -> bool {
        self.items.iter().any(|item| item.max.is_some())
    }

    /// The parts that are filled in by themselves: the whole, and the daily one of the fire check.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        let has = |part| part == Part::All || self.items_for(part, None).next().is_some();
        [Part::All, Part::Daily, Part::Weekly].into_iter().filter(move |part| has(*part))
    }

    /// The versions of it, and of its earlier editions; of a school's own one its version alone.
    pub fn versions(&self) -> impl Iterator<Item = u32> {
        1..=self.version
    }

    /// The item that asks for the disinfection method, where there is one.
    pub fn method_item(&self) -> Option<&Item> {
        self.items.iter().find(|item| item.rules.method.is_some())
    }
}
