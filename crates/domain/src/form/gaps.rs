//! What a form still needs before it can be submitted.

use serde::Serialize;

use super::{Form, Status};
use crate::answer::Answer;
use crate::template::{Item, PhotoRule};

/// What an item still needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum GapKind {
    /// An answer.
    Answer,
    /// An answer of the right type; the stored one cannot be read.
    ReadableAnswer,
    /// The disinfection method, without which the value cannot be judged.
    Method,
    /// A photo.
    Photo,
    /// A note: why it failed, or why it does not apply.
    Note,
}

/// One thing that one item still needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The code of the item.
    pub item: String,
    /// What it needs.
    pub kind: GapKind,
}

/// How far one section is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SectionProgress {
    /// Its heading.
    pub section: String,
    /// How many of its items are answered, 不适用 included.
    pub answered: usize,
    /// How many of its items are asked.
    pub asked: usize,
    /// How many of its items failed.
    pub failed: usize,
    /// How many things its items still need.
    pub gaps: usize,
}

impl Form<'_> {
    /// What is missing, in the order of the items: answers, photos (`+P` always, `+P!` when failed), and notes (when
    /// failed or 不适用).
    pub fn gaps(&self) -> Vec<Gap> {
        self.items().flat_map(|item| self.gaps_of(item)).collect()
    }

    /// The first gap after an item, going round at the end; the very first when `after` is none.
    pub fn next_gap(&self, after: Option<&str>) -> Option<Gap> {
        let position = |code: &str| self.items().position(|item| item.code == code);
        let start = after.and_then(position);
        let gaps = self.gaps();
        let later = gaps.iter().find(|gap| position(&gap.item) > start);
        later.or(gaps.first()).cloned()
    }

    /// How far each section is, in order; sections that ask nothing are left out.
    pub fn progress(&self) -> Vec<SectionProgress> {
        let mut sections: Vec<SectionProgress> = Vec::new();
        for item in self.items() {
            let judgement = self.judge(item);
            if judgement.status == Status::NotAsked {
                continue;
            }
            let index = sections.iter().position(|known| known.section == item.section).unwrap_or(sections.len());
            if index == sections.len() {
                let section = item.section.clone();
                sections.push(SectionProgress { section, answered: 0, asked: 0, failed: 0, gaps: 0 });
            }
            let progress = &mut sections[index];
            progress.asked += 1;
            progress.answered += usize::from(matches!(judgement.status, Status::Judged | Status::NotApplicable));
            progress.failed += usize::from(judgement.is_failed);
            progress.gaps += self.gaps_of(item).len();
        }
        sections
    }

    fn gaps_of(&self, item: &Item) -> Vec<Gap> {
        let judgement = self.judge(item);
        let is_explained =
            matches!(self.answer(item), Ok(Answer::Choice(option)) if item.rules.explain.contains(&option));
        let entry = self.entry(&item.code);
        let has_photo = entry.is_some_and(|entry| entry.photos > 0);
        let has_note = entry.is_some_and(|entry| entry.note.is_some());
        let needs_photo = match item.photo {
            PhotoRule::Always => true,
            PhotoRule::WhenFailed => judgement.is_failed,
            PhotoRule::Optional => false,
        };
        let mut kinds = Vec::new();
        match judgement.status {
            Status::NotAsked => {}
            Status::Unanswered => kinds.push(GapKind::Answer),
            Status::IllTyped(_) => kinds.push(GapKind::ReadableAnswer),
            Status::NeedsMethod => kinds.push(GapKind::Method),
            Status::NotApplicable if !has_note => kinds.push(GapKind::Note),
            Status::NotApplicable => {}
            Status::Judged => {
                if (needs_photo || is_explained) && !has_photo {
                    kinds.push(GapKind::Photo);
                }
                if (judgement.is_failed || is_explained) && !has_note {
                    kinds.push(GapKind::Note);
                }
            }
        }
        kinds.into_iter().map(|kind| Gap { item: item.code.clone(), kind }).collect()
    }
}
