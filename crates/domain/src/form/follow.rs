//! What an answer says of the finding of its item, and which items an answer decides over.

use serde_json::Value;

use super::{Form, Judgement, PutRight, Status};
use crate::template::Item;

/// What the answer to an item says of its finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemOutcome {
    /// Something is wrong.
    Failed(Judgement),
    /// Something was wrong, and a retest shows that it was put right: 现场已改.
    PutRight(PutRight),
    /// There is nothing to find.
    Fine(Status),
}

impl ItemOutcome {
    /// What the answer that a form holds for an item says.
    pub fn of(form: &Form<'_>, item: &Item) -> Self {
        let judgement = form.judge(item);
        if judgement.is_failed {
            return Self::Failed(judgement);
        }
        form.put_right(item).map_or(Self::Fine(judgement.status), Self::PutRight)
    }

    /// Whether there is nothing to find.
    pub fn is_fine(&self) -> bool {
        matches!(self, Self::Fine(_))
    }

    fn is_same(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// An item whose finding may have to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AffectedItem {
    /// The item.
    pub code: String,
    /// Whether it fails by what was written: it did not fail before, or its answer is another one.
    pub failed_again: bool,
}

/// The items whose findings may have to change when a form becomes another and `written` are the items that were written.
///
/// One answer can decide over other items, as the disinfection method does over the temperature.
pub fn affected(before: &Form<'_>, after: &Form<'_>, written: &[&str]) -> Vec<AffectedItem> {
    let affected = after.items().filter_map(|item| {
        let (was, is) = (ItemOutcome::of(before, item), ItemOutcome::of(after, item));
        let is_described_anew = !is.is_fine() && written.contains(&item.code.as_str());
        let is_another = !was.is_same(&is);
        (is_another || is_described_anew).then(|| AffectedItem {
            code: item.code.clone(),
            failed_again: matches!(is, ItemOutcome::Failed(_))
                && (is_another || result(before, item) != result(after, item)),
        })
    });
    affected.collect()
}

fn result(form: &Form<'_>, item: &Item) -> Value {
    form.entry(&item.code).map(|entry| entry.result.clone()).unwrap_or_default()
}
