//! Children, adults and alarms as the person who works may know them.

use std::collections::{BTreeMap, BTreeSet};

use domain::child::{Alarm, Authorisation, Handover, Presence, Stands, adult_sign, class_key, count, presence};
use domain::register::{Register, register};
use domain::sight::{Raw, Shown};
use domain::time::UtcMillis;
use replica::ListedRecord;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::child::{Day, ListAge, words};
use crate::document::text;
use crate::dto::child::{AdultView, AlarmView, ChildState, ChildView, ClassView, ListView};
use crate::dto::phrase::Phrase;
use crate::entry::naming::Naming;
use crate::error::CommandError;

/// How old the list is here.
pub(in crate::commands) fn list(app: &App, campus: &Campus) -> Result<ListView, CommandError> {
    let age = ListAge::here(app)?;
    Ok(ListView {
        as_of: age.as_of.map(|at| at.0),
        age_min: age.minutes,
        too_old: age.is_too_old(campus),
        good_h: campus.settings.number("soft.pickup_list_h").normalize().to_string(),
    })
}

/// A child with its class, as a list has it.
pub(in crate::commands) struct Child {
    pub(in crate::commands) found: ListedRecord,
    pub(in crate::commands) class: Option<Uuid>,
}

impl Child {
    pub(in crate::commands) fn new(found: ListedRecord) -> Self {
        let class = text(&found.doc, "class").and_then(|class| Uuid::parse_str(class).ok());
        Self { found, class }
    }

    pub(in crate::commands) fn id(&self) -> Uuid {
        self.found.id.0
    }

    /// What it is called, as the person may know it; its number where only that is kept.
    pub(in crate::commands) fn name(&self, naming: &Naming<'_>) -> String {
        let name = field_of("child", naming, &self.found, "name_enc");
        name.unwrap_or_else(|| self.number().to_owned())
    }

    pub(in crate::commands) fn number(&self) -> &str {
        text(&self.found.doc, "number").unwrap_or_default()
    }

    /// The child as a page shows it.
    pub(super) fn view(&self, naming: &Naming<'_>, day: &Day, medicine: u32, now: UtcMillis) -> ChildView {
        let (state, since) = match presence(day.rows_of(self.id())) {
            Presence::NotSeen => (ChildState::NotSeen, None),
            Presence::Here { since } => (ChildState::Here, Some(since.0)),
            Presence::Gone { since } => (ChildState::Gone, Some(since.0)),
        };
        let lines = day.lines_of(self.id()).iter().filter(|(_, line)| !line.is_void);
        let adults = lines.map(|(found, line)| adult(naming, day, found, line, now)).collect();
        ChildView {
            id: self.id(),
            name: self.name(naming),
            number: self.number().to_owned(),
            class: self.class,
            state,
            since,
            medicine,
            adults,
        }
    }
}

fn adult(naming: &Naming<'_>, day: &Day, found: &ListedRecord, line: &Authorisation, now: UtcMillis) -> AdultView {
    // Read once: a page has hundreds of them.
    let row = register("pickup_authorisation").map(|register| (register, shown(register, naming, found)));
    let row = row.as_ref();
    let said = |name: &str| row.and_then(|(register, shown)| words_of(register, naming, shown, name));
    let whole = |name: &str| row.and_then(|(_, shown)| shown.whole(name));
    let relation = row.zip(whole("relation"));
    let photo = whole("photo").and_then(|photos| photos.get(0)?.get("blob")?.as_str().map(str::to_owned));
    AdultView {
        id: line.id,
        name: said("adult_name_enc").unwrap_or_default(),
        relation: relation.and_then(|((register, _), value)| naming.value(register, "relation", value)),
        phone: said("phone"),
        photo,
        stands: line.on(day.date(), now).code().to_owned(),
        once: line.is_once,
        used: day.is_used(line),
        siblings: Vec::new(),
    }
}

/// Adds to each adult the other children whom the same adult may fetch now.
pub(super) fn add_siblings(children: &mut [ChildView], day: &Day, now: UtcMillis) {
    let mut fetched: BTreeMap<(String, String), BTreeSet<Uuid>> = BTreeMap::new();
    let mut signs: BTreeMap<Uuid, (String, String)> = BTreeMap::new();
    for child in children.iter() {
        let good = day.lines_of(child.id).iter().filter(|(_, line)| line.on(day.date(), now) == Stands::Good);
        for (line, sign) in good.filter_map(|(_, line)| Some((line, adult_sign(line)?))) {
            fetched.entry(sign.clone()).or_default().insert(line.child);
            signs.insert(line.id, sign);
        }
    }
    for child in children.iter_mut() {
        for adult in &mut child.adults {
            let all = signs.get(&adult.id).and_then(|sign| fetched.get(sign)).into_iter().flatten();
            adult.siblings = all.copied().filter(|other| *other != child.id).collect();
        }
    }
}

/// The classes of these children in numbers.
pub(in crate::commands) fn classes(
    naming: &Naming<'_>,
    day: &Day,
    children: &[Child],
    medicine: &BTreeMap<Uuid, u32>,
) -> Vec<ClassView> {
    let mut by_class: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for child in children {
        if let Some(class) = child.class {
            by_class.entry(class).or_default().push(child.id());
        }
    }
    let view = |(class, children): (Uuid, Vec<Uuid>)| {
        let rows: Vec<Handover> = children.iter().flat_map(|child| day.rows_of(*child)).cloned().collect();
        let counted = count(&children, &rows);
        let waiting = children.iter().filter(|child| medicine.contains_key(child)).count();
        ClassView {
            class,
            name: naming.names.name(&class.to_string()).unwrap_or_default(),
            enrolled: counted.enrolled,
            came: counted.came,
            here: counted.here,
            noticed: counted.noticed,
            medicine: u32::try_from(waiting).unwrap_or(u32::MAX),
        }
    };
    let mut classes: Vec<ClassView> = by_class.into_iter().map(view).collect();
    classes.sort_by_cached_key(|own| (class_key(&own.name), own.class));
    classes
}

/// An alarm as a page shows it.
pub(super) fn alarm(naming: &Naming<'_>, child: &Child, alarm: Alarm, day: &Day) -> AlarmView {
    let (zh, en) = words(alarm.code);
    AlarmView {
        code: alarm.code.code().to_owned(),
        words: Phrase::new(zh.to_owned(), en.to_owned()),
        red: alarm.is_red,
        answered: alarm.is_answered,
        child: alarm.child,
        name: child.name(naming),
        class: child.class,
        day: day.date().to_string(),
        rows: alarm.rows,
    }
}

/// What the person sees of a field of a row, in Chinese words; none where nothing stands there.
pub(in crate::commands) fn field_of(
    kind: &str,
    naming: &Naming<'_>,
    found: &ListedRecord,
    name: &str,
) -> Option<String> {
    let register = register(kind)?;
    words_of(register, naming, &shown(register, naming, found), name)
}

fn words_of(register: &Register, naming: &Naming<'_>, shown: &Shown, name: &str) -> Option<String> {
    let value = serde_json::to_value(shown.fields.get(name)?).ok()?;
    naming.value(register, name, &value).map(|words| words.zh).filter(|words| !words.is_empty())
}

fn shown(register: &Register, naming: &Naming<'_>, found: &ListedRecord) -> Shown {
    naming.viewer.sight.show(&Raw::new(register, &found.doc))
}
