//! Importing master data and certificates, in the office: a file is read into a plan, and the plan is carried out whole or not at all.

mod apply;
mod cells;
mod heads;
mod lines;
mod plan;
mod undo;

use std::collections::BTreeMap;

use domain::canonical::{canonical, sha256_hex};
use domain::register::Register;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use wire::ProblemType;

use self::plan::{Change, LineProblem, LineState, Plan, PlannedLine};
use super::save::check_may_write;
use crate::app::App;
use crate::campus::Campus;
use crate::dto::person::PersonRef;
use crate::entry::named;
use crate::entry::naming::Naming;
use crate::error::CommandError;
use crate::import::{self, Given, Line, Table};
use crate::names::Names;
use crate::sight::Viewer;

/// Arguments of `entry.import`: rows to be read, or a plan to be carried out.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Import {
    /// The register that the rows are for.
    #[serde(default)]
    kind: Option<String>,
    /// The rows, each with its values by their heads; a file goes through the door as its bytes.
    #[serde(default)]
    rows: Option<Vec<Row>>,
    /// Whether only a plan is made; one of which no line is refused is carried out at once where this is false.
    #[serde(default = "yes")]
    dry_run: bool,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
    /// The plan that is carried out.
    #[serde(default)]
    plan: Option<Uuid>,
    /// The lines of the plan that are left out.
    #[serde(default)]
    skip: Vec<usize>,
}

/// A row, by the heads of its values.
type Row = BTreeMap<String, Option<ImportCell>>;

/// What stands in a cell.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum ImportCell {
    /// Yes or no.
    Yes(bool),
    /// A number; what is no quantity, such as a telephone number, is a text.
    Number(f64),
    /// A text, as people type it.
    Text(String),
}

fn yes() -> bool {
    true
}

/// What an import would do, or has done.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Imported {
    /// How many rows are new.
    new: usize,
    /// How many change.
    changed: usize,
    /// How many say the same.
    unchanged: usize,
    /// The lines that are not taken.
    refused: Vec<RefusedLine>,
    /// The plan; give it back to carry it out. Null once it was carried out.
    plan: Option<Uuid>,
    /// Until when the plan is kept, ms since 1970 UTC.
    plan_until: Option<u64>,
    /// What was carried out; `entry.import_undo` takes it.
    import: Option<Uuid>,
    /// Until when it can be taken back, ms since 1970 UTC.
    undo_until: Option<u64>,
    /// Each line of a plan.
    lines: Vec<ImportLine>,
}

/// A line that is not taken.
#[derive(Debug, Serialize, JsonSchema)]
struct RefusedLine {
    /// Its number in the file, or among the rows, the first being 1.
    row: usize,
    /// The field; null for the whole line.
    field: Option<String>,
    /// Why.
    problem: String,
    /// The same in English.
    problem_en: String,
}

/// A line of a plan.
#[derive(Debug, Serialize, JsonSchema)]
struct ImportLine {
    /// Its number in the file, or among the rows, the first being 1.
    row: usize,
    /// What becomes of it.
    state: LineState,
    /// What people call the row.
    title: String,
    /// The row that it was found to be.
    id: Option<Uuid>,
    /// What it changes.
    changes: Vec<Change>,
    /// Why it is not taken.
    problems: Vec<LineProblem>,
}

pub(super) fn import(app: &App, arguments: Import) -> Result<Imported, CommandError> {
    check_office(app)?;
    match (arguments.plan, arguments.kind, arguments.rows) {
        (Some(name), None, None) => carry_out(app, name, &Plan::held(app, name)?, &arguments.skip),
        (None, Some(kind), Some(rows)) => {
            let digest = sha256_hex(canonical(&json!(rows)).as_bytes());
            let planned = planned(app, &kind, arguments.campus, &table(&rows), digest)?;
            match (arguments.dry_run, planned.plan) {
                (false, Some(name)) => carry_out(app, name, &Plan::held(app, name)?, &arguments.skip),
                _ => Ok(planned),
            }
        }
        _ => Err(CommandError::new(ProblemType::BadArguments, "give kind and rows, or a plan")),
    }
}

impl App {
    /// What a file of rows would do; the plan is kept for an hour, the file nowhere.
    ///
    /// `shown` is whom the page shows as working; `kind` the register.
    ///
    /// # Errors
    /// `bad-file`, with the cell and in words; those of `entry.import`.
    pub fn import_file(&self, shown: Option<&str>, kind: &str, bytes: &[u8]) -> Result<String, CommandError> {
        let app = self.in_hand()?;
        if shown.is_some_and(|shown| app.by().as_deref() != Some(shown)) {
            return Err(CommandError::new(ProblemType::OtherPerson, "somebody else works here by now"));
        }
        check_office(&app)?;
        let table = import::read(bytes)?;
        let planned = planned(&app, kind, None, &table, sha256_hex(bytes))?;
        serde_json::to_string(&planned).map_err(|error| CommandError::internal(&error))
    }
}

/// Only the office imports: it is the one place where somebody answers for master data, with a large screen before them.
fn check_office(app: &App) -> Result<(), CommandError> {
    if !app.serves_office()? {
        return Err(CommandError::new(ProblemType::InOffice, "files are imported in the office"));
    }
    match app.by() {
        Some(_) => Ok(()),
        None => Err(CommandError::new(ProblemType::PersonNeeded, "an import takes somebody's name; say who works")),
    }
}

/// The register that an argument names, where it is imported at all.
fn importable(kind: &str) -> Result<&'static Register, CommandError> {
    let register = named(kind)?;
    if register.matches.is_empty() {
        let message = format_args!("rows of {kind} are written where they happen, and never imported");
        return Err(CommandError::new(ProblemType::NotAllowed, message).field("kind"));
    }
    Ok(register)
}

/// Rows of a command as lines of a file whose cells are texts.
fn table(rows: &[Row]) -> Table {
    let mut heads: Vec<&str> = Vec::new();
    for name in rows.iter().flat_map(BTreeMap::keys) {
        if !heads.contains(&name.as_str()) {
            heads.push(name);
        }
    }
    let given = |cell: Option<&Option<ImportCell>>| match cell.and_then(Option::as_ref) {
        Some(ImportCell::Text(text)) if !text.trim().is_empty() => Given::Text(text.trim().to_owned()),
        Some(ImportCell::Number(number)) => Given::Number(number.to_string()),
        Some(ImportCell::Yes(is_so)) => Given::Yes(*is_so),
        Some(ImportCell::Text(_)) | None => Given::Empty,
    };
    let head = Line { number: 0, cells: heads.iter().map(|head| Given::Text((*head).to_owned())).collect() };
    let line = |(at, row): (usize, &Row)| Line {
        number: at + 1,
        cells: heads.iter().map(|head| given(row.get(*head))).collect(),
    };
    let lines = std::iter::once(head).chain(rows.iter().enumerate().map(line)).collect();
    Table { lines, is_typed: false }
}

/// Makes a plan and keeps it.
fn planned(app: &App, kind: &str, campus: Option<Uuid>, table: &Table, file: String) -> Result<Imported, CommandError> {
    let register = importable(kind)?;
    let campus = Campus::named_or_here(app, campus)?;
    let viewer = Viewer::here(app, &campus)?;
    check_may_write(register, &viewer)?;
    let heads = heads::find(table, register, &viewer)?;
    let names = Names::new(app);
    let naming = Naming::new(app, &names, &campus, &viewer);
    let looking = lines::Looking { app, register, campus: &campus, viewer: &viewer, naming: &naming, heads: &heads };
    let lines = looking.plan()?;
    let by = app.by().map(|by| by.to_string());
    let plan = Plan { kind: kind.to_owned(), campus: campus.id, file, by, made: app.now_ms(), lines };
    let name = plan.keep(app)?;
    let count = |state| plan.lines.iter().filter(|line| line.state() == state).count();
    Ok(Imported {
        new: count(LineState::New),
        changed: count(LineState::Changed),
        unchanged: count(LineState::Unchanged),
        refused: plan.lines.iter().flat_map(refused).collect(),
        plan: Some(name),
        plan_until: Some(plan.until()),
        lines: plan.lines.iter().map(line).collect(),
        ..Imported::default()
    })
}

fn refused(line: &PlannedLine) -> impl Iterator<Item = RefusedLine> + '_ {
    line.problems.iter().map(|problem| RefusedLine {
        row: line.line,
        field: problem.field.clone(),
        problem: problem.zh.clone(),
        problem_en: problem.en.clone(),
    })
}

fn line(line: &PlannedLine) -> ImportLine {
    ImportLine {
        row: line.line,
        state: line.state(),
        title: line.title.clone(),
        id: line.matched,
        changes: line.changes.clone(),
        problems: line.problems.clone(),
    }
}

fn carry_out(app: &App, name: Uuid, plan: &Plan, skip: &[usize]) -> Result<Imported, CommandError> {
    let applied = apply::apply(app, name, plan, skip)?;
    let until = undo::all(app)?.into_iter().find(|(import, _)| *import == applied.import).map(|(_, done)| done.until());
    Ok(Imported {
        new: applied.made,
        changed: applied.changed,
        unchanged: applied.unchanged,
        import: Some(applied.import),
        undo_until: until,
        ..Imported::default()
    })
}

/// Arguments of `entry.import_undo`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Undo {
    /// The import.
    import: Uuid,
}

/// What was taken back.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ImportUndone {
    /// How many rows are void now.
    voided: usize,
    /// How many values stand as before.
    restored: usize,
    /// What somebody has changed since, and was left alone.
    kept: Vec<KeptValue>,
}

/// A value that somebody has changed since.
#[derive(Debug, Serialize, JsonSchema)]
struct KeptValue {
    /// The row.
    id: Uuid,
    /// What people call it.
    title: String,
    /// The field.
    label: String,
}

pub(super) fn undo(app: &App, arguments: Undo) -> Result<ImportUndone, CommandError> {
    check_office(app)?;
    let undone = undo::undo(app, arguments.import)?;
    let kept = undone.kept.into_iter().map(|(id, title, label)| KeptValue { id, title, label });
    Ok(ImportUndone { voided: undone.voided, restored: undone.restored, kept: kept.collect() })
}

/// Arguments of `entry.imports`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct List {}

/// What is imported here, and what was lately.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Imports {
    /// The registers that the person may import into.
    kinds: Vec<ImportKind>,
    /// The imports that can be taken back, the last first.
    imports: Vec<ImportDone>,
}

/// A register that is imported into.
#[derive(Debug, Serialize, JsonSchema)]
struct ImportKind {
    /// Its stored name.
    kind: String,
    /// What people call it.
    name: String,
    /// The same in English.
    name_en: String,
    /// The heads by which a line is found again.
    heads: Vec<String>,
    /// The same in English.
    heads_en: Vec<String>,
}

/// An import that can be taken back.
#[derive(Debug, Serialize, JsonSchema)]
struct ImportDone {
    /// Its name.
    import: Uuid,
    /// The register.
    kind: String,
    /// Who did it.
    by: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    at: u64,
    /// Until when it can be taken back, ms since 1970 UTC.
    until: u64,
    /// How many rows it made.
    made: usize,
    /// How many it changed.
    changed: usize,
}

pub(super) fn list(app: &App, _: List) -> Result<Imports, CommandError> {
    check_office(app)?;
    let viewer = Viewer::here(app, &Campus::here(app)?)?;
    let names = Names::new(app);
    let is_theirs = |register: &&Register| !register.matches.is_empty() && check_may_write(register, &viewer).is_ok();
    let kinds = domain::register::all().iter().filter(is_theirs).map(|register| {
        let fields = || register.matches.iter().filter_map(|name| register.field(name));
        ImportKind {
            kind: register.kind.clone(),
            name: register.zh.clone(),
            name_en: register.en.clone(),
            heads: fields().map(|field| field.zh.clone()).collect(),
            heads_en: fields().map(|field| field.en.clone()).collect(),
        }
    });
    let done = |(import, done): (Uuid, undo::Done)| {
        let mut changed: Vec<Uuid> = done.changed.iter().map(|before| before.row).collect();
        changed.dedup();
        ImportDone {
            import,
            by: done.by.as_deref().map(|by| names.person(by)),
            at: done.at,
            until: done.until(),
            made: done.made.len(),
            changed: changed.len(),
            kind: done.kind,
        }
    };
    let kinds: Vec<ImportKind> = kinds.collect();
    let is_known = |(_, done): &(Uuid, undo::Done)| kinds.iter().any(|kind| kind.kind == done.kind);
    let imports = undo::all(app)?.into_iter().filter(is_known).map(done).collect();
    Ok(Imports { kinds, imports })
}
