//! Which papers of meals there are, and who gets them.

use domain::register::{Right, register};
use domain::sheet::{PaperForm, paper_forms};
use domain::sight::Rows;

use crate::sight::{Viewer, reads_report};

/// A paper of meals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MealPaper {
    /// 日管控: each risk point of a day.
    Day,
    /// The ledgers of the kitchen against each other.
    Ledgers,
}

/// The registers that both are made of.
const READ: [&str; 10] = [
    "food_sample",
    "sample_disposal",
    "temperature_reading",
    "morning_check",
    "delivery",
    "delivery_line",
    "snack_issue",
    "disinfection_log",
    "additive_use",
    "waste",
];

impl MealPaper {
    /// All of them.
    pub(crate) const ALL: [Self; 2] = [Self::Day, Self::Ledgers];

    /// Which it is, as people ask for it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Day => "meals/day",
            Self::Ledgers => "meals/ledgers",
        }
    }

    /// Its columns and its names.
    pub(crate) fn form(self) -> &'static PaperForm {
        let form = paper_forms().iter().find(|form| form.code == self.code());
        form.expect("its file is compiled in, and a test finds it")
    }
}

/// Whether somebody sees everything that the papers of meals are made of.
pub(in crate::sheet) fn sees_all(viewer: &Viewer) -> bool {
    let sees = |kind: &&str| register(kind).is_some_and(|known| viewer.sight.rows(known, Right::See) == Rows::All);
    READ.iter().all(sees) && ["findings/food", "inspections/food"].iter().all(|report| reads_report(viewer, report))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_paper_has_its_form_and_what_it_is_made_of_is_there() {
        for paper in MealPaper::ALL {
            assert_eq!(paper.form().code, paper.code());
        }
        assert!(READ.iter().all(|kind| register(kind).is_some()));
    }
}
