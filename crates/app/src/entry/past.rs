//! What was done with a row: its acts, corrections and voids.

use std::collections::BTreeMap;

use domain::field::Language;
use domain::register::{ActEntry, Outcome, Vouch, saw};
use serde_json::Value;

use super::Entry;
use super::view::Looking;
use crate::dto::entry::{ActEntryView, ActOutcome, EntryCorrection, EntryVoid};
use crate::dto::phrase::Phrase;
use crate::error::CommandError;
use crate::form::pending::UNDO_MS;
use crate::session::Proof;
use crate::sight::Viewer;

impl Looking<'_> {
    pub(super) fn history(&self) -> Result<Vec<ActEntryView>, CommandError> {
        let now = self.app.now_ms();
        let replica = self.app.store().identity()?.replica;
        let saw_now = saw(&self.corrected.document);
        let acts = self.entry.folded.acts.iter();
        Ok(acts.map(|(act, outcome)| self.act(act, outcome, &saw_now, now, replica)).collect())
    }

    fn act(
        &self,
        act: &ActEntry,
        outcome: &Outcome,
        saw_now: &str,
        now: u64,
        replica: causal::ReplicaId,
    ) -> ActEntryView {
        let declared = self.entry.register.act(&act.act);
        let (state, why) = match outcome {
            Outcome::Applied => (ActOutcome::Applied, None),
            Outcome::NotCounted(why) => (ActOutcome::NotCounted, Some(why.code().to_owned())),
            Outcome::Struck(_) => (ActOutcome::Struck, None),
            Outcome::Unknown => (ActOutcome::Unknown, None),
        };
        ActEntryView {
            entry: act.id.clone(),
            act: act.act.clone(),
            label: declared.map(|declared| declared.zh.clone()),
            label_en: declared.map(|declared| declared.en.clone()),
            by: act.by.as_deref().map(|by| self.naming.names.person(by)),
            at: act.at.0,
            words: declared.map(|declared| self.said(declared, act)).unwrap_or_default(),
            outcome: state,
            not_counted: why,
            vouch: act.vouch.map(|vouch| match vouch {
                Vouch::Pin => Proof::Pin,
                Vouch::SetByOther => Proof::SetByOther,
                Vouch::None => Proof::None,
            }),
            changed_since: act.saw.as_deref().is_some_and(|saw| saw != saw_now),
            can_undo: can_undo(self.entry, self.viewer, act, now, replica),
        }
    }

    /// What an act was asked and answered.
    fn said(&self, declared: &domain::register::Act, act: &ActEntry) -> BTreeMap<String, Phrase> {
        let say = |ask: &domain::register::Ask| {
            let value = act.set.get(&ask.name).filter(|value| !value.is_null())?;
            let say = |language| self.naming.speech(language, |speech| ask.of.say(value, speech));
            Some((ask.name.clone(), Phrase::new(say(Language::Zh), say(Language::En))))
        };
        // What an act puts into a field is as secret as the field.
        declared.asks.iter().filter(|ask| self.is_whole(&ask.name)).filter_map(say).collect()
    }

    pub(super) fn corrections(&self) -> Vec<EntryCorrection> {
        let mut views: Vec<EntryCorrection> = Vec::new();
        for (path, corrected) in &self.corrected.fields {
            let Some(field) = self.entry.register.field_at(path) else { continue };
            let words = |value: &Value| {
                let shown = self.viewer.sight.show_value(field, value);
                self.naming.value(self.entry.register, &field.name, &serde_json::to_value(shown).unwrap_or_default())
            };
            views.extend(corrected.history.iter().map(|correction| EntryCorrection {
                id: correction.id.clone(),
                field: path.clone(),
                label: field.zh.clone(),
                label_en: field.en.clone(),
                original: words(&corrected.original),
                value: words(&correction.value),
                reason: correction.reason.clone(),
                by: correction.by.as_deref().map(|by| self.naming.names.person(by)),
                at: correction.at.0,
                stands: corrected.standing.iter().any(|standing| standing.id == correction.id),
            }));
        }
        views.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        views
    }

    pub(super) fn voids(&self) -> Vec<EntryVoid> {
        let view = |void: &domain::correction::Void, lifted| EntryVoid {
            id: void.id.clone(),
            reason: void.reason.clone(),
            by: void.by.as_deref().map(|by| self.naming.names.person(by)),
            at: void.at.0,
            lifted,
        };
        let standing = self.corrected.voids.iter().map(|void| view(void, false));
        let lifted = self.corrected.lifted.iter().map(|void| view(void, true));
        let mut voids: Vec<EntryVoid> = standing.chain(lifted).collect();
        voids.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        voids
    }
}

/// Whether somebody can still take an act back: their own, on the device that wrote it, within five seconds.
pub(crate) fn can_undo(entry: &Entry, viewer: &Viewer, act: &ActEntry, now: u64, here: causal::ReplicaId) -> bool {
    let age = now.checked_sub(u64::try_from(act.at.0).unwrap_or(0));
    let field = format!("acts/{}", act.id);
    act.by == viewer.person
        && age.is_some_and(|age| age <= UNDO_MS)
        && entry.state.siblings(&field).any(|sibling| sibling.dot.replica == here)
}
