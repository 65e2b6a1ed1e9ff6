//! Carrying out a plan: all its lines, or none.

use causal::RecordId;
use replica::{Presence, Save, Saved};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use super::super::save::{New, change_saves, check_may_write, check_unfinished};
use super::lines::row_id;
use super::plan::{LineState, Plan, PlannedLine, setting};
use super::undo::{Before, Done};
use crate::app::App;
use crate::campus::Campus;
use crate::entry::saving::{bad_values, with_saving};
use crate::entry::{Entry, named};
use crate::envelope;
use crate::error::CommandError;
use crate::sight::Viewer;

/// How many rows of one line may be void.
const MOST_VOID: u32 = 100;

/// What was carried out.
pub(super) struct Applied {
    /// Its name, to undo it by.
    pub(super) import: Uuid,
    /// The rows that were made.
    pub(super) made: usize,
    /// The rows that were changed.
    pub(super) changed: usize,
    /// The lines that changed nothing.
    pub(super) unchanged: usize,
}

/// Carries a plan out but for the lines that were unticked.
///
/// # Errors
/// `bad-file` while a refused line is not unticked; `changed` where a row is not what it was; those of a save. Nothing has changed then.
pub(super) fn apply(app: &App, name: Uuid, plan: &Plan, skip: &[usize]) -> Result<Applied, CommandError> {
    let register = named(&plan.kind)?;
    let campus = Campus::load(app, plan.campus)?;
    let viewer = Viewer::here(app, &campus)?;
    check_may_write(register, &viewer)?;
    let lines: Vec<&PlannedLine> = plan.lines.iter().filter(|line| !skip.contains(&line.line)).collect();
    check_none_refused(&lines)?;
    let time = app.time();
    let sure: Vec<String> = register.warns.iter().map(|warn| warn.code.clone()).collect();
    let (mut saves, mut made, mut changed, mut befores) = (Vec::new(), Vec::new(), 0, Vec::new());
    for line in &lines {
        let at_line =
            |error: CommandError| CommandError { field: Some("plan".to_owned()), ..error }.detail("row", line.line);
        match line.state() {
            LineState::New => {
                let id = new_id(app, plan, line)?;
                let checked =
                    with_saving(app, &campus, register, None, &sure, |saving| register.check(&line.set, saving))?;
                let checked = checked.map_err(|bad| at_line(bad_values(&bad)))?;
                let new = New { id, campus: &campus, time: &time, late_reason: None, sure: &sure };
                saves.extend(new.saves(app, register, &viewer, checked).map_err(at_line)?);
                made.push(id);
            }
            LineState::Changed => {
                let entry = Entry::load(app, RecordId(line.matched.unwrap_or_default()))?;
                if entry.version != line.seen || !entry.is_seen_by(&viewer) {
                    let message = format_args!("the row of line {} has changed since the file was read", line.line);
                    return Err(at_line(
                        CommandError::new(ProblemType::BadFile, message)
                            .detail("zh", format!("第 {} 行的记录在读文件之后又被改过，请重新读一遍文件", line.line))
                            .detail("en", message.to_string()),
                    ));
                }
                let checked = with_saving(app, &campus, register, Some(&entry), &sure, |saving| {
                    register.check(&line.set, saving)
                })?;
                let checked = checked.map_err(|bad| at_line(bad_values(&bad)))?;
                check_unfinished(app, &entry, &checked.writes).map_err(at_line)?;
                let own = change_saves(app, &entry, checked.writes, &entry.version)?;
                befores.extend(own.iter().map(|save| before(&entry, save)));
                saves.extend(own);
                changed += 1;
            }
            LineState::Unchanged | LineState::Refused => {}
        }
    }
    let import = replica::new_uuid_v4(&*app.store().ports().entropy);
    let unchanged = lines.len() - made.len() - changed;
    let done = Done {
        kind: plan.kind.clone(),
        campus: plan.campus,
        by: plan.by.clone(),
        at: app.now_ms(),
        made: made.iter().map(|id| id.0).collect(),
        changed: Vec::new(),
    };
    let count = made.len();
    app.store().save_with_settings(saves, move |saved| {
        let changed = befores.into_iter().flatten().filter_map(|before| with_dot(before, saved)).collect();
        let done = Done { changed, ..done };
        let mut settings = vec![(setting(name), None), (super::undo::setting(import), Some(json!(done)))];
        settings.extend(envelope::later(made, &time));
        settings
    })?;
    Ok(Applied { import, made: count, changed, unchanged })
}

fn check_none_refused(lines: &[&PlannedLine]) -> Result<(), CommandError> {
    let refused: Vec<usize> =
        lines.iter().filter(|line| line.state() == LineState::Refused).map(|line| line.line).collect();
    if refused.is_empty() {
        return Ok(());
    }
    let of = |separator| refused.iter().take(20).map(usize::to_string).collect::<Vec<_>>().join(separator);
    Err(CommandError::new(ProblemType::BadFile, format_args!("lines are refused: {}", of(", ")))
        .field("plan")
        .detail("zh", format!("有 {} 行不能导入（第 {} 行），请先取消勾选", refused.len(), of("、")))
        .detail("en", format!("{} lines are refused ({}); untick them first", refused.len(), of(", ")))
        .detail("rows", &refused))
}

/// The id of the row that a line makes; one that was made so before and is void gives way to the next.
fn new_id(app: &App, plan: &Plan, line: &PlannedLine) -> Result<RecordId, CommandError> {
    let campus = plan.campus.ok_or_else(|| CommandError::bad_argument("campus", "say first which campus it is for"))?;
    for again in 0..MOST_VOID {
        let id = RecordId(row_id(campus, &plan.file, line.line, again));
        match app.store().presence(id)? {
            Presence::Absent => return Ok(id),
            Presence::Here if !Entry::load(app, id)?.folded.is_void() => {
                let message =
                    format_args!("line {} was imported before, and its row says something else by now", line.line);
                return Err(CommandError::new(ProblemType::BadFile, message)
                    .field("plan")
                    .detail("zh", format!("第 {} 行以前导入过，那一条后来又改过；请取消勾选这一行", line.line))
                    .detail("en", message.to_string())
                    .detail("row", line.line));
            }
            Presence::Here | Presence::Gone => {}
        }
    }
    Err(CommandError::limit("plan", "void rows of one line", MOST_VOID as usize, MOST_VOID as usize + 1))
}

/// What stands where a save will write; none for what follows from a row, such as a finding.
fn before(entry: &Entry, save: &Save) -> Option<Before> {
    let id = save.id?;
    let is_own = id == entry.id || entry.parts.iter().any(|part| part.id == id);
    let value = |path: &String| entry.document.get(path).cloned().unwrap_or(Value::Null);
    let values = save.set.iter().map(|(path, _)| (path.clone(), value(path))).collect();
    is_own.then(|| Before {
        id: id.0,
        row: entry.id.0,
        kind: save.kind.clone(),
        replica: String::new(),
        counter: 0,
        values,
    })
}

fn with_dot(before: Before, saved: &[Saved]) -> Option<Before> {
    let saved = saved.iter().find(|saved| saved.id.0 == before.id)?;
    Some(Before { replica: saved.dot.replica.to_string(), counter: saved.dot.counter, ..before })
}
