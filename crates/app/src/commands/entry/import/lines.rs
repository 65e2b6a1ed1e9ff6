//! What each line of a file would do.

use std::collections::HashMap;

use causal::RecordId;
use domain::field::{FieldType, Language, Typing};
use domain::register::{Field, Register, Right, VOID};
use domain::time::UtcMillis;
use replica::{ListedRecord, Listing, new_uuid_v7};
use serde_json::Value;
use uuid::Uuid;

use super::cells::{Called, Why, normal, typed, why};
use super::heads::Heads;
use super::plan::{Change, LineProblem, PlannedLine};
use crate::app::App;
use crate::campus::Campus;
use crate::document::Document;
use crate::entry::naming::Naming;
use crate::entry::saving::with_saving;
use crate::entry::{Entry, scopes, view};
use crate::error::CommandError;
use crate::import::{Given, Line, MOST_LINES, cell_name};
use crate::sight::Viewer;

/// What lines are looked at with.
pub(super) struct Looking<'a> {
    pub(super) app: &'a App,
    pub(super) register: &'static Register,
    pub(super) campus: &'a Campus,
    pub(super) viewer: &'a Viewer,
    pub(super) naming: &'a Naming<'a>,
    pub(super) heads: &'a Heads<'a>,
}

/// So many rows are read at a time.
const PAGE: u64 = 1_000;

impl Looking<'_> {
    /// Every line that says anything in a column that is read.
    ///
    /// # Errors
    /// `limit-exceeded` for too many lines; when the store cannot be read.
    pub(super) fn plan(&self) -> Result<Vec<PlannedLine>, CommandError> {
        let says = |line: &&Line| {
            self.heads.columns.iter().any(|(at, _)| line.cells.get(*at).is_some_and(|cell| *cell != Given::Empty))
        };
        let lines: Vec<&Line> = self.heads.lines.iter().filter(says).collect();
        if lines.len() > MOST_LINES {
            return Err(CommandError::limit("rows", "lines", MOST_LINES, lines.len()));
        }
        let fields = self.heads.columns.iter().map(|(_, field)| *field);
        let called = Called::load(self.app, self.campus, self.viewer, fields)?;
        let known = self.known()?;
        let mut first_of: HashMap<String, usize> = HashMap::new();
        let mut planned = Vec::with_capacity(lines.len());
        for line in lines {
            let (key, mut problems) = self.key(line, &called);
            let same = known.get(&key).map(Vec::as_slice).unwrap_or_default();
            if problems.is_empty() {
                if let Some(first) = first_of.insert(key, line.number) {
                    let (zh, en) = (format!("与第 {first} 行是同一条"), format!("it is the same as line {first}"));
                    problems.push(LineProblem { cell: None, field: None, zh, en });
                } else if same.len() > 1 {
                    let (zh, en) = why("系统里有几条都对得上", "several rows fit it");
                    problems.push(LineProblem { cell: None, field: None, zh, en });
                }
            }
            planned.push(self.line(line, same.first().copied().filter(|_| same.len() == 1), problems, &called)?);
        }
        Ok(planned)
    }

    /// The rows that the person sees, by what lines are found by.
    fn known(&self) -> Result<HashMap<String, Vec<RecordId>>, CommandError> {
        let scopes = scopes(self.campus, self.register);
        let visible = self.viewer.visible(self.register, Right::See);
        let mut known: HashMap<String, Vec<RecordId>> = HashMap::new();
        let mut last: Option<ListedRecord> = None;
        loop {
            let page = self.app.store().find(&Listing {
                kind: &self.register.kind,
                scopes: &scopes,
                visible: Some(&visible),
                after: last.as_ref().map(ListedRecord::position),
                limit: PAGE,
                ..Listing::default()
            })?;
            let is_last = (page.len() as u64) < PAGE;
            for found in page.iter().filter(|found| found.stage.as_deref() != Some(VOID)) {
                let said = |name: &String| found.doc.get(name).and_then(Value::as_str).map(normal);
                if let Some(parts) = self.register.matches.iter().map(said).collect::<Option<Vec<_>>>() {
                    known.entry(parts.join("\u{1f}")).or_default().push(found.id);
                }
            }
            last = page.into_iter().next_back();
            if is_last || last.is_none() {
                return Ok(known);
            }
        }
    }

    /// What a line is found by, and why it is found by nothing.
    fn key(&self, line: &Line, called: &Called) -> (String, Vec<LineProblem>) {
        let (mut parts, mut problems) = (Vec::new(), Vec::new());
        for name in &self.register.matches {
            let Some((at, field)) = self.heads.columns.iter().find(|(_, field)| field.name == *name) else { continue };
            match self.part(line, *at, field, called) {
                Ok(part) => parts.push(part),
                Err(refused) => problems.push(problem(line, *at, field, refused)),
            }
        }
        (parts.join("\u{1f}"), problems)
    }

    fn part(&self, line: &Line, at: usize, field: &Field, called: &Called) -> Result<String, Why> {
        let missing = || why("不能空着，要靠它找到是哪一条", "it is needed to find the row");
        let cell = line.cells.get(at).unwrap_or(&Given::Empty);
        let value = typed(field, cell, None, self.heads.is_typed, called)?.filter(|value| !value.is_null());
        let value = value.ok_or_else(missing)?;
        let of = field.stored().ok_or_else(missing)?;
        let stored =
            self.stored(field, of, &value).ok_or_else(|| why("填得不合要求", "it is not what the field takes"))?;
        stored.as_str().map(normal).ok_or_else(missing)
    }

    /// A value as it is stored.
    fn stored(&self, field: &Field, of: &dyn FieldType, value: &Value) -> Option<Value> {
        let now = self.app.now_ms();
        let fresh = || new_uuid_v7(now, &*self.app.store().ports().entropy);
        let zone = self.campus.calendar.zone;
        let typing = Typing { zone, me: self.viewer.person.as_deref(), now: UtcMillis::from_stamp(now), fresh: &fresh };
        of.take(&field.name, value, &typing).ok()?.into_iter().next().map(|(_, value)| value)
    }

    fn line(
        &self,
        line: &Line,
        matched: Option<RecordId>,
        mut problems: Vec<LineProblem>,
        called: &Called,
    ) -> Result<PlannedLine, CommandError> {
        let entry = matched.map(|id| Entry::load(self.app, id)).transpose()?;
        let before = entry.as_ref().map(|entry| &entry.folded.document);
        let (mut set, mut places) = (Document::new(), HashMap::new());
        for (at, field) in &self.heads.columns {
            places.insert(field.name.as_str(), *at);
            // What a line was found by says the same as the row.
            if entry.is_some() && self.register.matches.contains(&field.name) {
                continue;
            }
            let cell = line.cells.get(*at).unwrap_or(&Given::Empty);
            let now = before.and_then(|before| before.get(&field.name));
            match typed(field, cell, now, self.heads.is_typed, called) {
                Ok(Some(value)) if !self.says_the_same(field, &value, now) => {
                    set.insert(field.name.clone(), value);
                }
                Ok(_) => {}
                Err(refused) if problems.iter().all(|known| known.field.as_deref() != Some(&*field.name)) => {
                    problems.push(problem(line, *at, field, refused));
                }
                Err(_) => {}
            }
        }
        let mut changes = Vec::new();
        if problems.is_empty() && !(entry.is_some() && set.is_empty()) {
            let sure: Vec<String> = self.register.warns.iter().map(|warn| warn.code.clone()).collect();
            let checked = with_saving(self.app, self.campus, self.register, entry.as_ref(), &sure, |saving| {
                self.register.check(&set, saving)
            })?;
            match checked {
                Ok(row) => {
                    if let Some(entry) = &entry {
                        problems.extend(self.refusal(entry, &row.writes)?);
                    }
                    changes = row.writes.iter().filter_map(|(path, value)| self.change(path, value, before)).collect();
                }
                Err(bad) => problems.extend(bad.iter().map(|bad| {
                    let cell = places.get(bad.field.as_str()).map(|at| cell_name(line.number, *at));
                    let (zh, en) = (bad.say(Language::Zh), bad.say(Language::En));
                    LineProblem { cell, field: Some(bad.field.clone()), zh, en }
                })),
            }
        }
        let title = entry
            .as_ref()
            .map_or_else(|| self.called(line), |entry| self.naming.title(self.register, &entry.folded.document).zh);
        let seen = entry.as_ref().map(|entry| entry.version.clone()).unwrap_or_default();
        Ok(PlannedLine { line: line.number, matched: matched.map(|id| id.0), seen, set, problems, changes, title })
    }

    /// Whether what was typed is what stands there; a blank that erases what is not there changes nothing either.
    fn says_the_same(&self, field: &Field, value: &Value, now: Option<&Value>) -> bool {
        let now = now.filter(|now| !now.is_null());
        match (value.is_null(), now, field.stored()) {
            (true, now, _) => now.is_none(),
            (false, Some(now), Some(of)) => self.stored(field, of, value).as_ref() == Some(now),
            (false, ..) => false,
        }
    }

    /// Why a row that is found may not be changed by a file.
    fn refusal(&self, entry: &Entry, writes: &[(String, Value)]) -> Result<Option<LineProblem>, CommandError> {
        let problem = |(zh, en): Why| Some(LineProblem { cell: None, field: None, zh, en });
        if !entry.grants(self.viewer, Right::Write) || entry.is_newer() {
            return Ok(problem(why("这一条不能由您来改", "this row is for others to change")));
        }
        match super::super::save::check_unfinished(self.app, entry, writes) {
            Ok(()) => Ok(None),
            Err(_) if view::is_corrected(entry) => {
                Ok(problem(why("已经写定，请在那一条上更正", "it is finished; correct it at the row itself")))
            }
            Err(error) => Err(error),
        }
    }

    fn change(&self, path: &str, value: &Value, before: Option<&Document>) -> Option<Change> {
        let field = self.register.field_at(path)?;
        let words = |value: Option<&Value>| self.naming.value(self.register, &field.name, value?);
        let (before, after) = (words(before.and_then(|before| before.get(path))), words(Some(value)));
        let english =
            |words: &Option<crate::dto::phrase::Phrase>| words.as_ref().map(|words| words.english().to_owned());
        Some(Change {
            field: field.name.clone(),
            label: field.zh.clone(),
            label_en: field.en.clone(),
            before_en: english(&before),
            after_en: english(&after),
            before: before.map(|words| words.zh),
            after: after.map(|words| words.zh),
        })
    }

    /// What a line calls itself: what it is found by, as it stands in the file.
    fn called(&self, line: &Line) -> String {
        let is_match = |field: &Field| self.register.matches.contains(&field.name);
        let cells = self.heads.columns.iter().filter(|(_, field)| is_match(field)).map(|(at, _)| line.cells.get(*at));
        let words = cells.filter_map(|cell| match cell? {
            Given::Text(text) => Some(crate::import::cut(text).unwrap_or_else(|| text.clone())),
            Given::Number(number) => Some(crate::import::cut(number).unwrap_or_else(|| number.clone())),
            Given::Moment(at) => Some(at.date().to_string()),
            Given::Yes(_) | Given::Empty => None,
        });
        words.collect::<Vec<_>>().join(" · ")
    }
}

fn problem(line: &Line, at: usize, field: &Field, (zh, en): Why) -> LineProblem {
    let (zh, en) = (format!("「{}」{zh}", field.zh), format!("{}: {en}", field.en));
    LineProblem { cell: Some(cell_name(line.number, at)), field: Some(field.name.clone()), zh, en }
}

/// The id of the row that a line makes: v5(v5(campus, file), line), so that the same file makes the same rows; `again` counts those that
/// were made so before and are void.
pub(super) fn row_id(campus: Uuid, file: &str, line: usize, again: u32) -> Uuid {
    let of_file = Uuid::new_v5(&campus, file.as_bytes());
    let name = if again == 0 { line.to_string() } else { format!("{line}/{again}") };
    Uuid::new_v5(&of_file, name.as_bytes())
}
