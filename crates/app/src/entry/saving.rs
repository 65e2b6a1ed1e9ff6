//! What a save of a row needs beside what was typed, and the refusals of what was typed.

use domain::checked_time::CheckedTime;
use domain::field::Language;
use domain::register::{BadValue, DayRule, Happened, Register, Saving, Warning};
use domain::time::{DEFAULT_ZONE, UtcMillis};
use replica::new_uuid_v7;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use super::{Entry, preset, view};
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, Fields, checked_text, field, integer, text};
use crate::envelope::envelope;
use crate::error::CommandError;
use crate::names::Names;
use crate::people;

/// How far ahead of a checked clock something may have happened: five minutes, for clocks differ.
const AHEAD_MS: i64 = 5 * 60_000;

/// Runs `with` with what a save on a campus needs; `before` is the row, and none for a new one.
pub(crate) fn with_saving<T>(
    app: &App,
    campus: &Campus,
    register: &Register,
    before: Option<&Entry>,
    confirmed: &[String],
    with: impl FnOnce(&Saving<'_>) -> T,
) -> Result<T, CommandError> {
    let me = app.by();
    let last = preset::last_row(app, campus, register)?;
    let names = Names::new(app);
    let now = app.now_ms();
    let position = before.map(Entry::position);
    let saving = Saving {
        me: me.as_deref(),
        now: UtcMillis::from_stamp(now),
        zone: campus.calendar.zone,
        settings: &campus.settings,
        before: before.map(|entry| &entry.folded.document),
        last: &|name| last.as_ref()?.get(name).filter(|value| !value.is_null()).cloned(),
        referred: &|kind, id| names.document(kind, id),
        earlier: &|field, by, value| {
            super::earlier::value(app, campus, register, position.as_ref(), (field, by, value))
        },
        known: &|kind, by, value| super::earlier::known(app, campus, kind, by, value),
        fresh: &|| new_uuid_v7(now, &*app.store().ports().entropy),
        confirmed,
    };
    Ok(with(&saving))
}

/// The refusal of values: about the first of them, with the rule of each, and never with the value.
pub(crate) fn bad_values(bad: &[BadValue]) -> CommandError {
    let one = |bad: &BadValue| {
        json!({
            "field": bad.field, "rule": bad.error.rule(),
            "zh": bad.say(Language::Zh), "en": bad.say(Language::En),
        })
    };
    let words = |language| bad.iter().map(|bad| bad.say(language)).collect::<Vec<_>>();
    let first = bad.first();
    let refusal = CommandError::new(ProblemType::BadValue, words(Language::En).join("; "))
        .field(first.map_or("set", |bad| bad.field.as_str()))
        .detail("rule", first.map(|bad| bad.error.rule()))
        .detail("zh", words(Language::Zh).join("；"))
        .detail("en", words(Language::En).join("; "));
    refusal.detail("values", bad.iter().map(one).collect::<Vec<_>>())
}

/// The refusal of one value by a rule that the program alone can look at.
pub(crate) fn bad_value(register: &Register, name: &str, rule: &str, zh: &str, en: &str) -> CommandError {
    let base = name.split('/').next().unwrap_or(name);
    let known = register.field(base);
    let zh = format!("「{}」{zh}", known.map_or(base, |field| field.zh.as_str()));
    let en = format!("{} {en}", known.map_or(base, |field| field.en.as_str()));
    CommandError::new(ProblemType::BadValue, &en)
        .field(base)
        .detail("rule", rule)
        .detail("zh", &zh)
        .detail("en", &en)
        .detail("values", [json!({"field": base, "rule": rule, "zh": zh, "en": en})])
}

/// Refuses what looks wrong until the person has said that it is right.
pub(crate) fn confirm<'w>(warnings: impl Iterator<Item = &'w Warning>) -> Result<(), CommandError> {
    let warnings: Vec<&Warning> = warnings.collect();
    let Some(first) = warnings.first() else { return Ok(()) };
    let words = warnings.iter().map(|warning| warning.en.as_str()).collect::<Vec<_>>().join("; ");
    let views: Vec<_> = warnings.iter().map(|warning| view::warning(warning)).collect();
    let about = first.fields.first().map_or("sure", String::as_str);
    Err(CommandError::new(ProblemType::ConfirmValue, words).field(about).detail("warnings", views))
}

/// When what a row is about happened, as a save asks it.
pub(crate) struct Occurred(Happened);

impl Occurred {
    /// What the fields of a row say that is written down at `now`.
    pub(crate) fn of(register: &Register, campus: &Campus, document: &Document, now: UtcMillis) -> Self {
        Self(register.happened(document, now, campus.calendar.zone))
    }

    /// Refuses what a checked clock says has not happened yet.
    pub(crate) fn check(&self, register: &Register, time: &CheckedTime) -> Result<(), CommandError> {
        match register.day.as_ref().filter(|_| time.is_ahead(self.0.at, AHEAD_MS)) {
            Some(rule) => Err(bad_value(register, &rule.field, "future", "还没有到这个时间", "has not happened yet")),
            None => Ok(()),
        }
    }

    /// Refuses a row that is written down at `recorded`, later than its register allows without a reason.
    pub(crate) fn check_late(
        &self,
        register: &Register,
        recorded: UtcMillis,
        reason: Option<&str>,
    ) -> Result<(), CommandError> {
        if register.is_late(&self.0, recorded) && reason.is_none() {
            let message = "it is written later than it should be; say why";
            return Err(CommandError::new(ProblemType::LateReason, message).field("late_reason"));
        }
        Ok(())
    }

    /// The envelope of the row.
    pub(crate) fn envelope(&self, app: &App, campus: &Campus, time: &CheckedTime) -> Fields {
        let mut fields = envelope(app, campus, time, self.0.at, self.0.shift);
        if let Some(day) = self.0.day {
            fields.retain(|(name, _)| name != "business_date");
            fields.push(field("business_date", day.to_string()));
        }
        if campus.calendar.zone != DEFAULT_ZONE {
            fields.push(field("zone", campus.calendar.zone.name()));
        }
        fields
    }
}

/// What the envelope of a row says anew where a change moves the row in time: it is judged as a new one that was written so at once.
///
/// # Errors
/// Those of a new row: `bad-value` for what has not happened yet, `late-reason` for what is late without a reason.
pub(crate) fn moved(
    app: &App,
    entry: &Entry,
    writes: &[(String, Value)],
    late_reason: Option<String>,
) -> Result<Fields, CommandError> {
    let register = entry.register;
    let is_moved = |rule: &DayRule| writes.iter().any(|(path, _)| *path == rule.field);
    if !register.day.as_ref().is_some_and(is_moved) {
        return Ok(Fields::new());
    }
    let mut after = entry.folded.document.clone();
    after.extend(writes.iter().cloned());
    let time = app.time();
    let occurred = Occurred::of(register, &entry.campus, &after, time.now);
    occurred.check(register, &time)?;
    let recorded = integer(&entry.document, "recorded_at").map_or(time.now, UtcMillis);
    let given = checked_text("late_reason", late_reason)?;
    occurred.check_late(register, recorded, given.as_deref().or_else(|| text(&entry.document, "late_reason")))?;
    let mut fields = occurred.envelope(app, &entry.campus, &time);
    fields.retain(|(name, _)| matches!(name.as_str(), "occurred_at" | "business_date"));
    fields.extend(given.map(|reason| field("late_reason", reason)));
    Ok(fields)
}

/// What a record that is named is called now, to be kept beside its id: last year's paper does not change.
pub(crate) fn called(
    app: &App,
    register: &Register,
    campus: &Campus,
    writes: &[(String, Value)],
) -> Result<Fields, CommandError> {
    let names = Names::new(app);
    let mut fields = Fields::new();
    for (path, value) in writes {
        let Some(kind) = register.field(path).and_then(|field| field.stored()?.refers()) else { continue };
        let Some(id) = value.as_str() else { continue };
        check_reference(app, register, campus, path, kind, id)?;
        let is_child = kind == "child";
        if let Some(name) = names.name(id).filter(|_| !is_child) {
            fields.push(field(format!("{path}_as"), name));
        }
    }
    Ok(fields)
}

/// Refuses a record of another kind, and one of another campus; one that is not here is taken.
fn check_reference(
    app: &App,
    register: &Register,
    campus: &Campus,
    path: &str,
    kind: &str,
    id: &str,
) -> Result<(), CommandError> {
    let found = Uuid::parse_str(id).ok().map(|id| app.store().find_one(causal::RecordId(id))).transpose()?.flatten();
    let Some(found) = found else { return Ok(()) };
    if found.kind != kind {
        return Err(bad_value(register, path, "reference", "选的不是这一类", "names a record of another kind"));
    }
    let theirs = super::place::campus_of(app, found.scope, &found.doc)?.id;
    // Somebody of another campus may have a role on this one.
    if found.kind == "person" && people::grants_of(app, id)?.iter().any(|grant| people::is_on(grant, campus.id)) {
        return Ok(());
    }
    match (theirs, campus.id) {
        (Some(theirs), Some(here)) if theirs != here => {
            Err(bad_value(register, path, "other-campus", "属于另一校区", "belongs to another campus"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use replica::{Ports, Save};

    use super::*;

    #[test]
    fn a_row_keeps_what_was_named_but_never_the_name_of_a_child() {
        let folder = tempfile::tempdir().expect("a folder");
        let app = App::open(folder.path(), Ports::system(), None).expect("a new store");
        let named = |kind: &str, name: &str| {
            let save = Save { kind: kind.to_owned(), set: vec![field("name", name)], ..Save::default() };
            app.store().save(save).expect("a record").id.to_string()
        };
        let (child, class) = (named("child", "王小明"), named("area", "大一班"));
        let text = "kind | probe | 探 | Probe\nclass | evidence\nrights | write keep_shift ; see keep_shift\n\
                    stages | open 待核 Open\nchild | 幼儿 | Child | REF(child) | !\nclass | 班级 | Class | REF(area) | !\n";
        let register = domain::register::parse("probe.txt", text).expect("a register");
        let writes = [("child".to_owned(), json!(child)), ("class".to_owned(), json!(class))];
        let kept = called(&app, &register, &Campus::default(), &writes).expect("both are known");
        assert_eq!(kept, [field("class_as", "大一班")]);
    }
}
