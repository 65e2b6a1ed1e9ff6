//! A row with everything that is to be seen of it.

use std::collections::BTreeMap;

use domain::correction::{Corrected, apply};
use domain::field::Language;
use domain::register::{Field, Level, NotCounted, Right, Vouch, Warning, saw};
use domain::time::UtcMillis;
use serde_json::Value;

use super::facts::author;
use super::judging::{At, judge};
use super::kin::Kin;
use super::naming::Naming;
use super::row::RowData;
use super::{Entry, declared, stages_in_use};
use crate::app::App;
use crate::conflict::Describer;
use crate::document::text;
use crate::dto::entry::{EntryView, Reference, ReferenceState, WarningLevel, WarningView};
use crate::dto::form::ConflictValue;
use crate::dto::phrase::Phrase;
use crate::dto::register::ActView;
use crate::entry::facts::facts_of;
use crate::error::CommandError;
use crate::names::Names;
use crate::session::{self, Proof};
use crate::sight::Viewer;

/// A row as the person who works sees it.
pub(crate) fn view(app: &App, entry: &Entry, viewer: &Viewer) -> Result<EntryView, CommandError> {
    let names = Names::new(app);
    let naming = Naming::new(app, &names, &entry.campus, viewer);
    let looking =
        Looking { app, entry, viewer, naming: &naming, corrected: apply(&entry.register.kind, &entry.document) };
    let now = i64::try_from(app.now_ms()).unwrap_or(i64::MAX);
    let conflicts = looking.conflicts()?;
    let newer = entry.is_newer();
    let mut row = RowData::of_entry(entry, !conflicts.is_empty()).view(&naming, now, |_| !newer);
    for (name, value) in entry.earlier(app).into_iter().filter(|(name, _)| !newer && looking.is_whole(name)) {
        row.words.extend(naming.value(entry.register, &name, &value).map(|words| (name.clone(), words)));
        row.fields.insert(name, value);
    }
    if !newer {
        let about = entry.standing.about.as_deref();
        Kin::new(app, &entry.campus).add_to(&mut row, entry.register, about, &naming, |_| true);
    }
    let hidden_names = entry.unknown();
    let offers = if newer || !hidden_names.is_empty() { Vec::new() } else { looking.offers() };
    Ok(EntryView {
        campus: entry.campus.id,
        version: entry.version.clone(),
        saw: saw(&looking.corrected.document),
        acts: looking.acts(&offers)?,
        offers,
        conflicts,
        history: if newer { Vec::new() } else { looking.history()? },
        corrections: if newer { Vec::new() } else { looking.corrections() },
        voids: looking.voids(),
        warnings: if newer { Vec::new() } else { looking.warnings() },
        editable: looking.editable(app)?,
        correctable: looking.correctable(),
        may_void: !newer && may_correct(entry, viewer),
        refs: if newer { BTreeMap::new() } else { looking.references() },
        late_reason: text(&entry.document, "late_reason").map(str::to_owned),
        form: text(&entry.document, "form").map(str::to_owned),
        newer,
        hidden: hidden_names.len(),
        hidden_names,
        row,
    })
}

/// A warning as screens show it.
pub(crate) fn warning(warning: &Warning) -> WarningView {
    WarningView {
        code: warning.code.clone(),
        level: match warning.level {
            Level::Note => WarningLevel::Note,
            Level::Ask => WarningLevel::Ask,
            Level::Finding(..) => WarningLevel::Finding,
        },
        text: warning.zh.clone(),
        text_en: warning.en.clone(),
        fields: warning.fields.clone(),
    }
}

/// Whether somebody may correct a row, declare it void and restore it: by the right of its register, which also says whose rows; and
/// nobody corrects who does not write.
pub(crate) fn may_correct(entry: &Entry, viewer: &Viewer) -> bool {
    viewer.has(entry.register, Right::Write)
        && entry.facts().ask(viewer, |row| viewer.sight.may_correct(entry.register, row))
}

/// A row while it is looked at.
pub(super) struct Looking<'a> {
    pub(super) app: &'a App,
    pub(super) entry: &'a Entry,
    pub(super) viewer: &'a Viewer,
    pub(super) naming: &'a Naming<'a>,
    pub(super) corrected: Corrected,
}

impl Looking<'_> {
    /// The acts that would count if somebody with the right to them did them now, whoever that is.
    fn offers(&self) -> Vec<ActView> {
        let entry = self.entry;
        let is_offered = |act: &&domain::register::Act| {
            let blocks = entry.folded.would_count(entry.register, act, self.viewer.person.as_deref(), None);
            matches!(blocks, None | Some(NotCounted::SamePerson | NotCounted::NotVouched))
        };
        entry.register.acts.iter().filter(is_offered).map(declared::act).collect()
    }

    /// Those of them that the person who works can do.
    fn acts(&self, offers: &[ActView]) -> Result<Vec<String>, CommandError> {
        let entry = self.entry;
        let vouch = own_vouch(self.app)?;
        let facts = entry.facts();
        let can = |offer: &&ActView| {
            entry.register.act(&offer.act).is_some_and(|act| {
                facts.ask(self.viewer, |row| self.viewer.sight.may_act(entry.register, act, row))
                    && entry.folded.would_count(entry.register, act, self.viewer.person.as_deref(), vouch).is_none()
            })
        };
        Ok(offers.iter().filter(can).map(|offer| offer.act.clone()).collect())
    }

    /// What stands in several values, each as the person sees it.
    fn conflicts(&self) -> Result<BTreeMap<String, Vec<ConflictValue>>, CommandError> {
        let describer = Describer::new(self.app)?;
        let entry = self.entry;
        let mut conflicts = BTreeMap::new();
        let own = std::iter::once((entry.register.kind.as_str(), &entry.state));
        for (kind, state) in own.chain(entry.parts.states()) {
            for conflict in domain::reading::conflicts(kind, state).into_iter().filter(|conflict| conflict.asks) {
                let Some(field) = entry.register.field_at(&conflict.field) else { continue };
                let mut values = describer.describe(self.naming.names, &conflict, None);
                for value in &mut values {
                    self.mask(field, value);
                }
                conflicts.insert(conflict.field, values);
            }
        }
        Ok(conflicts)
    }

    fn mask(&self, field: &Field, value: &mut ConflictValue) {
        let shown = self.viewer.sight.show_value(field, &value.value);
        value.value = serde_json::to_value(shown).unwrap_or_default();
        let words = self.naming.value(self.entry.register, &field.name, &value.value);
        if let Some(Phrase { zh, en }) = words {
            value.text_en = en.unwrap_or_else(|| zh.clone());
            value.text = zh;
        }
    }

    fn warnings(&self) -> Vec<WarningView> {
        let is_shown = |found: &Warning| found.fields.iter().all(|name| self.is_whole(name));
        let entry = self.entry;
        let at = At { id: Some(entry.id), position: Some(&entry.position()) };
        let judged = judge(self.app, &entry.campus, entry.register, at, &entry.folded.document);
        judged.warnings.iter().filter(|found| is_shown(found)).map(warning).collect()
    }

    pub(super) fn is_whole(&self, name: &str) -> bool {
        self.viewer.sight.sees_whole(self.entry.register, name)
    }

    /// The fields that `entry.save` would still take from this person.
    fn editable(&self, app: &App) -> Result<Vec<String>, CommandError> {
        if self.entry.is_newer() || self.entry.folded.is_void() || !self.entry.grants(self.viewer, Right::Write) {
            return Ok(Vec::new());
        }
        let is_all = is_editable(app, self.entry)?;
        let is_open = self.entry.is_open();
        let is_fillable = |field: &Field| {
            is_open && field.stored().and_then(|of| of.gather(&field.name, &self.entry.folded.document)).is_none()
        };
        let fields = self.entry.register.fields.iter().filter(|field| is_typed(field) && self.is_whole(&field.name));
        Ok(fields.filter(|field| is_all || is_fillable(field)).map(|field| field.name.clone()).collect())
    }

    fn correctable(&self) -> Vec<String> {
        let entry = self.entry;
        if entry.is_newer() || entry.folded.is_void() || !is_corrected(entry) || !may_correct(entry, self.viewer) {
            return Vec::new();
        }
        let fields = entry.register.fields.iter().filter(|field| is_typed(field) && self.is_whole(&field.name));
        fields.map(|field| field.name.clone()).collect()
    }

    /// The records that the fields name, and what became of them.
    fn references(&self) -> BTreeMap<String, Vec<Reference>> {
        let mut references = BTreeMap::new();
        for field in &self.entry.register.fields {
            let Some(kind) = field.stored().and_then(|of| of.refers()) else { continue };
            if !self.is_whole(&field.name) {
                continue;
            }
            let ids: Vec<&str> = match self.entry.folded.document.get(&field.name) {
                Some(Value::String(id)) => vec![id],
                Some(Value::Array(ids)) => ids.iter().filter_map(Value::as_str).collect(),
                _ => continue,
            };
            let kept = text(&self.entry.folded.document, &format!("{}_as", field.name));
            references.insert(field.name.clone(), ids.iter().map(|id| self.reference(kind, id, kept)).collect());
        }
        references
    }

    fn reference(&self, kind: &str, id: &str, kept: Option<&str>) -> Reference {
        let text = kept.map(str::to_owned).or_else(|| self.naming.name(kind, id, Language::Zh));
        Reference { id: id.to_owned(), text, state: self.reference_state(kind, id) }
    }

    fn reference_state(&self, kind: &str, id: &str) -> ReferenceState {
        let Some(found) = self.naming.found(id) else {
            let id = id.parse().ok();
            let presence = id.and_then(|id| self.app.store().presence(causal::RecordId(id)).ok());
            return match presence {
                Some(replica::Presence::Gone) => ReferenceState::Gone,
                _ => ReferenceState::Elsewhere,
            };
        };
        if let Some(register) = domain::register::register(kind) {
            let facts = facts_of(register, &found);
            return match facts.grant(self.viewer, register, Right::See) {
                false => ReferenceState::Elsewhere,
                true if found.stage.as_deref() == Some(domain::register::VOID) => ReferenceState::Void,
                true if !is_in_use(register, &found) => ReferenceState::Left,
                true => ReferenceState::Here,
            };
        }
        match found.doc.get("active") {
            Some(Value::Bool(false)) => ReferenceState::Left,
            _ => ReferenceState::Here,
        }
    }
}

/// Whether a row can still be chosen.
fn is_in_use(register: &domain::register::Register, found: &replica::ListedRecord) -> bool {
    found.doc.get("active") != Some(&Value::Bool(false))
        && found.stage.as_deref().is_none_or(|stage| stages_in_use(register).contains(&stage))
}

/// Whether people type a field: it is neither worked out nor copied, nor retired, nor fixed when the row was made.
fn is_typed(field: &Field) -> bool {
    field.stored().is_some() && !field.is_own && field.from.is_none() && !field.is_retired && !field.is_frozen
}

/// Whether a row of this kind is corrected by entries of its own; rows of master data and plans are changed in place.
pub(crate) fn is_corrected(entry: &Entry) -> bool {
    use domain::kind::Class::{Evidence, Ledger};
    matches!(entry.register.class, Evidence | Ledger)
}

/// Whether the person who works may still change what is written: in place where that is how the kind is edited; else its author, on
/// the device that wrote it, for some minutes, and while no act stands on it.
pub(crate) fn is_editable(app: &App, entry: &Entry) -> Result<bool, CommandError> {
    if !is_corrected(entry) {
        return Ok(true);
    }
    let is_author = author(&entry.document) == app.by().as_deref();
    let here = app.store().identity()?.replica;
    let is_of_here = entry.state.siblings("created").any(|sibling| sibling.dot.replica == here);
    let made = entry.document.get("recorded_at").and_then(Value::as_i64);
    let age = made.map(|made| UtcMillis::from_stamp(app.now_ms()).0.saturating_sub(made));
    let is_young = entry.register.edit.zip(age).is_some_and(|(allowed, age)| (0..=allowed).contains(&age));
    Ok(is_author && is_of_here && is_young && !entry.folded.has_acts())
}

/// How it is known that an act of the person who works is theirs; none where nobody asks, as on the command line and in the office.
pub(crate) fn own_vouch(app: &App) -> Result<Option<Vouch>, CommandError> {
    use crate::app::Author;
    let is_shared = matches!(app.worker(), Author::Switched | Author::Serving(_));
    let how = session::current(app.store())?.filter(|_| is_shared).and_then(|session| session.how);
    Ok(how.map(vouch))
}

/// A proof as an act keeps it.
pub(crate) fn vouch(proof: Proof) -> Vouch {
    match proof {
        Proof::Pin => Vouch::Pin,
        Proof::SetByOther => Vouch::SetByOther,
        Proof::None => Vouch::None,
    }
}
