//! The acts of a row, folded into one stage, whatever order they arrived in.

use std::collections::BTreeMap;

use serde_json::Value;

use super::act::{Act, Ask, Counts, Other, SetTo};
use super::entry::{ActEntry, Entries, Strike, Vouch};
use super::shape::{Register, StageRule, VOID};
use crate::causality::Causality;
use crate::correction::{Corrected, apply};
use crate::field::Document;
use crate::time::{DEFAULT_ZONE, Shift, business_date, zone};

/// Why an act does not count: 未计入. It stays readable, and is shown to who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotCounted {
    /// It was done before, and counts once.
    Already,
    /// The row is void.
    Void,
    /// It is the hand of who must be another person.
    SamePerson,
    /// The row was not at a stage from which it is done.
    WrongStage,
    /// Nobody made sure that it was the person whose act it is.
    NotVouched,
}

impl NotCounted {
    /// The code in answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Already => "already",
            Self::Void => "void",
            Self::SamePerson => "same_person",
            Self::WrongStage => "wrong_stage",
            Self::NotVouched => "not_vouched",
        }
    }
}

/// What became of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It counts.
    Applied,
    /// It does not.
    NotCounted(NotCounted),
    /// Somebody took it back, with a reason.
    Struck(Strike),
    /// This version does not know it: 需要更新应用.
    Unknown,
}

/// A row with its acts applied.
#[derive(Clone, Debug, PartialEq)]
pub struct FoldedRow {
    /// The row as it counts now: corrections applied, and what the acts that count have set.
    pub document: Document,
    /// The code of its stage.
    pub stage: String,
    /// Every act with what became of it, in the order of the fold; a struck one before whatever had seen it, else at the end.
    pub acts: Vec<(ActEntry, Outcome)>,
    /// Entries that cannot be read, by their paths.
    pub unreadable: Vec<String>,
}

/// Folds the acts of a read document.
///
/// They are ordered by what their authors saw; concurrent ones by the order of the acts in the declaration, then by time, then by
/// id. An act counts when the stage before it is one that it starts from, the person is who it must be, and it is not spent.
/// A standing void ends the fold: only the acts that it had seen stay counted.
///
/// Law: the order in which entries arrive does not matter; a struck act is as if nobody had done it.
///
/// # Example
/// ```
/// use domain::register::{fold, parse};
/// use serde_json::json;
/// let text = "kind | visit | 来访 | Visits\nclass | evidence\nrights | write register_visitors ; see see_visitors\n\
///             stages | left 已离校 Left: act leave ; inside 在校 Inside\nname | 姓名 | Name | TXT[1,40] | !\n\
///             act leave | 签离 | Sign out | register_visitors | from inside ; counts first ; sets left_at now\n";
/// let register = parse("visit.txt", text).expect("a register");
/// let row = json!({
///     "name": "王",
///     "acts/1": {"act": "leave", "by": "li", "at": 100, "after": []},
///     "acts/2": {"act": "leave", "by": "wang", "at": 200, "after": []},
/// });
/// let folded = fold(&register, row.as_object().expect("an object"));
/// assert_eq!((folded.stage.as_str(), &folded.document["left_at"]), ("left", &json!(100)));
/// assert_eq!(folded.not_counted("2"), Some("already"));
/// ```
pub fn fold(register: &Register, document: &Document) -> FoldedRow {
    fold_corrected(register, &apply(&register.kind, document))
}

/// Folds the acts of a document whose corrections have been applied.
pub fn fold_corrected(register: &Register, corrected: &Corrected) -> FoldedRow {
    let entries = Entries::read(&corrected.document);
    let order = Causality::new(entries.acts.iter().map(|act| (act.id.as_str(), act.after.iter().map(String::as_str))));
    let mut fold = Fold { register, corrected, document: corrected.document.clone(), applied: BTreeMap::new() };
    let strike_of = |act: &ActEntry| entries.strikes.iter().find(|strike| strike.act == act.id);
    // A struck act is out of the fold, so it has no say in the order of the others either.
    let standing: Vec<&ActEntry> = entries.acts.iter().filter(|act| strike_of(act).is_none()).collect();
    let mut acts: Vec<(ActEntry, Outcome)> = Vec::with_capacity(entries.acts.len());
    for entry in ordered(register, standing, &order) {
        let outcome = match register.act(&entry.act) {
            None => Outcome::Unknown,
            Some(act) => match fold.why_not(act, entry, &order) {
                Some(reason) => Outcome::NotCounted(reason),
                None => {
                    fold.apply(act, entry);
                    Outcome::Applied
                }
            },
        };
        acts.push((entry.clone(), outcome));
    }
    for (entry, strike) in entries.acts.iter().filter_map(|act| Some((act, strike_of(act)?))) {
        let at = acts.iter().position(|(later, _)| order.sees(&later.id, &entry.id)).unwrap_or(acts.len());
        acts.insert(at, (entry.clone(), Outcome::Struck(strike.clone())));
    }
    let stage = if corrected.is_void() { VOID } else { fold.stage() }.to_owned();
    FoldedRow { document: fold.document, stage, acts, unreadable: entries.unreadable }
}

/// The entries in the order in which they are folded.
fn ordered<'a>(register: &Register, mut left: Vec<&'a ActEntry>, order: &Causality) -> Vec<&'a ActEntry> {
    let place = |entry: &ActEntry| register.acts.iter().position(|act| act.code == entry.act).unwrap_or(usize::MAX);
    left.sort_by(|a, b| (place(a), a.at, &a.id).cmp(&(place(b), b.at, &b.id)));
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        // Some entry has seen none of the others, since what saw each other counts as concurrent and seeing is transitive.
        let is_next = |entry: &ActEntry| !left.iter().any(|other| order.sees(&entry.id, &other.id));
        let next = left.iter().position(|entry| is_next(entry)).unwrap_or(0);
        ordered.push(left.remove(next));
    }
    ordered
}

struct Fold<'a> {
    register: &'a Register,
    corrected: &'a Corrected,
    document: Document,
    /// Who did each act that counts.
    applied: BTreeMap<&'a str, Vec<Option<String>>>,
}

impl<'a> Fold<'a> {
    fn why_not(&self, act: &Act, entry: &ActEntry, order: &Causality) -> Option<NotCounted> {
        let is_seen =
            |void: &crate::correction::Void| void.after.iter().any(|id| *id == entry.id || order.sees(id, &entry.id));
        let applied = |code: &str| self.applied.get(code).map(Vec::as_slice).unwrap_or_default();
        let is_same =
            |others: &[Option<String>]| entry.by.is_none() && !others.is_empty() || others.contains(&entry.by);
        let signatures: Vec<&Ask> = act.asks.iter().filter(|ask| ask.is_needed && ask.of.code() == "SIG").collect();
        let is_signed = |ask: &&Ask| entry.set.get(&ask.name).is_some_and(|value| ask.of.is_well_typed(value));
        let needs_vouch = act.other.is_some() || !signatures.is_empty();
        let is_vouched = entry.vouch != Some(Vouch::None) && signatures.iter().all(is_signed);
        if !self.corrected.voids.iter().all(is_seen) {
            Some(NotCounted::Void)
        } else if act.counts == Counts::First && !applied(&act.code).is_empty() {
            Some(NotCounted::Already)
        } else if !act.from.iter().any(|from| from == self.stage()) || !act.when.holds_by_itself(&self.document) {
            Some(NotCounted::WrongStage)
        } else if !self.is_person(act, entry) || (needs_vouch && !is_vouched) {
            Some(NotCounted::NotVouched)
        } else if self.others(act).any(|other| is_same(applied(other))) || self.is_own_row(act, entry) {
            Some(NotCounted::SamePerson)
        } else {
            None
        }
    }

    /// Whether it is done by the person whom a field names.
    fn is_person(&self, act: &Act, entry: &ActEntry) -> bool {
        let named = |field: &String| {
            self.document.get(field).and_then(Value::as_str) == entry.by.as_deref() && entry.by.is_some()
        };
        act.by.as_ref().is_none_or(named)
    }

    /// The acts whose hand this one must not be, said of either of the two.
    fn others<'b>(&'b self, act: &'b Act) -> impl Iterator<Item = &'b str> {
        let is_other = move |a: &Act, b: &str| a.other == Some(Other::Act(b.to_owned()));
        let both =
            move |other: &&Act| other.code != act.code && (is_other(act, &other.code) || is_other(other, &act.code));
        self.register.acts.iter().filter(both).map(|other| other.code.as_str())
    }

    fn is_own_row(&self, act: &Act, entry: &ActEntry) -> bool {
        // Who made the row is no matter of a correction.
        let original = self.corrected.fields.get("created").map(|field| &field.original);
        let created = original.or_else(|| self.document.get("created"));
        let author = created.and_then(|created| created.get("by")).and_then(Value::as_str);
        act.other == Some(Other::Created) && (author.is_none() || author == entry.by.as_deref())
    }

    fn apply(&mut self, act: &'a Act, entry: &ActEntry) {
        // What a person corrected counts, whatever the act had set.
        let is_free = |field: &str| !self.corrected.fields.contains_key(field);
        let mut set: Vec<(String, Value)> = Vec::new();
        for ask in act.asks.iter().filter(|ask| is_free(&ask.name)) {
            let given = entry.set.get(&ask.name).filter(|value| ask.of.is_well_typed(value));
            set.extend(given.map(|value| (ask.name.clone(), value.clone())));
        }
        for own in act.sets.iter().filter(|own| is_free(&own.field)) {
            let is_date =
                self.register.field(&own.field).and_then(|field| field.stored()).is_some_and(|of| of.code() == "DATE");
            let value = match &own.to {
                SetTo::Now if is_date => Value::from(self.day_of(entry)),
                SetTo::Now => Value::from(entry.at.0),
                SetTo::Me => entry.by.clone().map_or(Value::Null, Value::from),
                SetTo::Yes => Value::Bool(true),
                SetTo::Word(word) => Value::from(word.as_str()),
            };
            set.push((own.field.clone(), value));
        }
        self.document.extend(set);
        self.applied.entry(&act.code).or_default().push(entry.by.clone());
    }

    fn day_of(&self, entry: &ActEntry) -> String {
        let name = self.document.get("zone").and_then(Value::as_str);
        business_date(entry.at, zone(name).unwrap_or(DEFAULT_ZONE), Shift::Day).to_string()
    }

    /// The first stage whose rule holds, void left aside.
    fn stage(&self) -> &'a str {
        let holds = |rule: &StageRule| {
            rule.acts.iter().all(|act| self.applied.contains_key(act.as_str()))
                && rule.condition.holds_by_itself(&self.document)
        };
        let stages = self.register.stages.get(1..).unwrap_or_default();
        let found = stages.iter().find(|stage| stage.when.is_empty() || stage.when.iter().any(holds));
        found.map_or(VOID, |stage| &stage.code)
    }
}

/// A signature that will be drawn.
fn any_hand() -> Value {
    serde_json::json!({"strokes": [[[0, 0], [1_000, 1_000]]]})
}

impl FoldedRow {
    /// Whether the row is void.
    pub fn is_void(&self) -> bool {
        self.stage == VOID
    }

    /// The ids of all acts: what the author of the next one has seen, and so its `after`.
    pub fn seen(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.acts.iter().map(|(entry, _)| entry.id.clone()).collect();
        ids.sort_unstable();
        ids
    }

    /// Why the act with this id does not count, as a code; none where it counts or is not there.
    pub fn not_counted(&self, id: &str) -> Option<&'static str> {
        self.acts.iter().find_map(|(entry, outcome)| match outcome {
            Outcome::NotCounted(reason) if entry.id == id => Some(reason.code()),
            _ => None,
        })
    }

    /// The acts that count, with this code.
    pub fn applied<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a ActEntry> {
        let counts = move |(entry, outcome): &&(ActEntry, Outcome)| entry.act == code && *outcome == Outcome::Applied;
        self.acts.iter().filter(counts).map(|(entry, _)| entry)
    }

    /// Whether any act stands, counted or not: from then on a row is corrected, and not edited.
    pub fn has_acts(&self) -> bool {
        self.acts.iter().any(|(_, outcome)| !matches!(outcome, Outcome::Struck(_)))
    }

    /// Whether a newer version wrote an act that this one does not know; then none is offered.
    pub fn is_newer(&self) -> bool {
        self.acts.iter().any(|(_, outcome)| *outcome == Outcome::Unknown)
    }

    /// Why an act would not count if this person did it now; none where it would. The permission is not asked here.
    pub fn would_count(
        &self,
        register: &Register,
        act: &Act,
        person: Option<&str>,
        vouch: Option<Vouch>,
    ) -> Option<NotCounted> {
        if self.is_void() {
            return Some(NotCounted::Void);
        }
        let next = ActEntry {
            id: "\u{10ffff}".to_owned(),
            act: act.code.clone(),
            by: person.map(str::to_owned),
            at: crate::time::UtcMillis(i64::MAX),
            after: self.seen(),
            set: act
                .asks
                .iter()
                .filter(|ask| ask.of.code() == "SIG")
                .map(|ask| (ask.name.clone(), any_hand()))
                .collect(),
            saw: None,
            vouch,
        };
        let mut document = self.document.clone();
        document.insert(format!("acts/{}", next.id), next.to_json());
        let folded = fold(register, &document);
        folded.acts.into_iter().find(|(entry, _)| entry.id == next.id).and_then(|(_, outcome)| match outcome {
            Outcome::NotCounted(reason) => Some(reason),
            _ => None,
        })
    }
}
