//! Ledgers that check each other, as screens show them.

use domain::meal::{LedgerGap, LedgerSum};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::dto::phrase::Phrase;

/// One gap between two ledgers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealLedgerGap {
    /// The day, `YYYY-MM-DD`.
    pub(crate) date: String,
    /// Which meal; null where it is of the day.
    pub(crate) meal: Option<String>,
    /// What its kitchen is called; empty for the first of a campus, and where it is of the day.
    pub(crate) kitchen: String,
    /// The dish, person, class or record that it is about.
    pub(crate) about: Option<Uuid>,
    /// What that is called; empty where nothing is to be said.
    pub(crate) what: String,
    /// How many things it stands for.
    pub(crate) count: usize,
    /// Whether it is certain; without it, it was only not seen here (本机未见, 未到报).
    pub(crate) heard: bool,
}

/// What comparing two ledgers gave.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealLedger {
    /// Which: `menu`, `deliveries`, `checks`, `cores`, `samples`, `disposals`, `accompany`, `issues`, `leftovers`, `disinfection`,
    /// `additives` or `waste`.
    pub(crate) ledger: &'static str,
    /// What it is called.
    pub(crate) name: Phrase,
    /// What a gap of it says.
    pub(crate) lacks: Phrase,
    /// How many things were compared.
    pub(crate) compared: usize,
    /// Of how many of them the other ledger has what it is to have.
    pub(crate) found: usize,
    /// How many gaps were only not heard of.
    pub(crate) unseen: usize,
    /// How many of those that were found rest on a time that nobody can prove (待核).
    pub(crate) unproved: usize,
    /// The gaps, by day and meal; a hundred at most.
    pub(crate) gaps: Vec<MealLedgerGap>,
}

/// The ledgers of some days.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct MealLedgers {
    /// The first day, `YYYY-MM-DD`.
    pub(crate) from: String,
    /// The last day.
    pub(crate) to: String,
    /// Each two ledgers, in their order.
    pub(crate) ledgers: Vec<MealLedger>,
}

/// A screen shows so many gaps of one; the paper has all.
const MOST_GAPS: usize = 100;

impl MealLedger {
    /// A sum, with what it is called and what a gap of it says; `named` tells what a kitchen is called.
    pub(crate) fn of(sum: &LedgerSum, name: (&str, &str), lacks: (&str, &str), named: impl Fn(Uuid) -> String) -> Self {
        let phrase = |(zh, en): (&str, &str)| Phrase::new(zh.to_owned(), en.to_owned());
        Self {
            ledger: sum.ledger.code(),
            name: phrase(name),
            lacks: phrase(lacks),
            compared: sum.compared,
            found: sum.found,
            unseen: sum.unseen(),
            unproved: sum.unproved,
            gaps: sum.gaps.iter().take(MOST_GAPS).map(|gap| MealLedgerGap::of(gap, &named)).collect(),
        }
    }
}

impl MealLedgerGap {
    fn of(gap: &LedgerGap, named: impl Fn(Uuid) -> String) -> Self {
        Self {
            kitchen: gap.kitchen.map(named).unwrap_or_default(),
            date: gap.date.to_string(),
            meal: gap.meal_type.clone(),
            about: gap.about,
            what: gap.what.clone(),
            count: gap.count,
            heard: gap.heard,
        }
    }
}
