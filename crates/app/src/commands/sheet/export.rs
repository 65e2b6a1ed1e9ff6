//! Papers as files that are made aside: begun, looked at, stopped, and given once.

use std::sync::Arc;
use std::time::Duration;

use replica::new_uuid_v7;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::file::WriteFile;
use crate::app::App;
use crate::dto::nothing::Nothing;
use crate::error::CommandError;
use crate::exports::{Asked, Job, Progress, SheetFile, Step};
use crate::people::not_allowed;
use crate::sheet::{check, export, release};

/// How often [`App::sheet_file`] looks whether a file is whole; it hears of that at once, and so the number means little.
const LOOK: Duration = Duration::from_secs(60);

/// The files that are being made for the person who works, or wait to be fetched.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SheetExports {
    /// In the order in which they were asked for.
    exports: Vec<SheetExport>,
}

/// A file that is being made, or waits to be fetched.
#[derive(Debug, Serialize, JsonSchema)]
struct SheetExport {
    /// What it is asked for by.
    export: Uuid,
    /// The paper.
    sheet: String,
    /// What people call it.
    title: String,
    /// The same in English.
    title_en: String,
    /// The sort of file: `xlsx` or `csv`.
    #[serde(rename = "as")]
    format: &'static str,
    /// Where it stands.
    state: SheetExportState,
    /// So many rows are read or written.
    done: usize,
    /// Of so many; 0 while nobody knows yet.
    of: usize,
    /// The problem that it ended with.
    problem: Option<&'static str>,
}

/// Where a file stands.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum SheetExportState {
    /// It waits for its turn, or its rows are looked for.
    Waiting,
    /// Its rows are read.
    Reading,
    /// Its rows are written.
    Writing,
    /// It is whole, and waits to be fetched.
    Ready,
    /// It came to nothing.
    Failed,
}

/// Arguments of `sheet.stop`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Stop {
    /// The file.
    export: Uuid,
}

pub(super) fn list(app: &App, _: Nothing) -> Result<SheetExports, CommandError> {
    let own = app.exports().of(app.by().as_deref());
    Ok(SheetExports { exports: own.iter().map(|job| view(job)).collect() })
}

pub(super) fn stop(app: &App, arguments: Stop) -> Result<SheetExports, CommandError> {
    // One that is not there has ended as it should.
    if let Ok(job) = own(app, Some(arguments.export)) {
        app.exports().end(&job);
    }
    list(app, Nothing {})
}

impl App {
    /// Begins to make the file of a paper aside; the arguments are those of `sheet.file` without `path`.
    ///
    /// # Errors
    /// Those of `sheet.file`, as far as they show before a row is read; `too-many-exports`.
    pub fn begin_sheet(&self, arguments: &str) -> Result<String, CommandError> {
        let app = self.in_hand()?;
        let (wanted, ask) = WriteFile::of_a_door(arguments)?;
        let checked = check(&app, &wanted)?;
        if !checked.entry.may_export {
            return Err(not_allowed(domain::permission::Permission::SeeReports));
        }
        let asked = Asked {
            person: app.by(),
            arguments: arguments.to_owned(),
            sheet: wanted.code.clone(),
            title: checked.entry.of.title(),
            format: ask.format.code(),
            at_ms: app.now_ms(),
        };
        let id = new_uuid_v7(app.now_ms(), &*app.store().ports().entropy);
        let exports = app.exports().clone();
        let work = Box::new(move |progress: &Progress| export(&app, &wanted, &ask, progress));
        Ok(exports.begin(id, asked, work)?.id.to_string())
    }

    /// Waits for a file, but no longer than `patience`; whether it has ended.
    ///
    /// # Errors
    /// `not-found` where the person has no such file, or has stopped it.
    pub fn wait_for_sheet(&self, export: &str, patience: Duration) -> Result<bool, CommandError> {
        let job = own(&self.in_hand()?, export.parse().ok())?;
        job.wait(patience);
        Ok(job.outcome().is_some())
    }

    /// Gives a file that is whole, once: that it leaves is written down, and nothing is kept of it.
    ///
    /// # Errors
    /// `not-found` where the person has no such file, or it is not whole yet; why it came to nothing; `not-allowed` where the person
    /// does not get it any more.
    pub fn take_sheet(&self, export: &str) -> Result<SheetFile, CommandError> {
        let app = self.in_hand()?;
        let job = own(&app, export.parse().ok())?;
        let unfinished = || CommandError::not_found("the file is not whole yet").field("export");
        let exported = match job.outcome().ok_or_else(unfinished)? {
            Ok(exported) => exported,
            Err(error) => {
                app.exports().end(&job);
                return Err(error);
            }
        };
        let (wanted, ask) = WriteFile::of_a_door(&job.asked.arguments)?;
        release(&app, &wanted, &ask, &exported)?;
        app.exports().end(&job);
        Ok(exported.file.clone())
    }

    /// The file of a paper, for who waits until it is whole; the arguments are those of `sheet.file` without `path`.
    ///
    /// # Errors
    /// As [`App::begin_sheet`] and [`App::take_sheet`].
    pub fn sheet_file(&self, arguments: &str) -> Result<SheetFile, CommandError> {
        let export = self.begin_sheet(arguments)?;
        while !self.wait_for_sheet(&export, LOOK)? {}
        self.take_sheet(&export)
    }

    /// Stops and forgets what is made aside for the person who works, as when they sign out.
    pub fn end_exports(&self) {
        self.exports().end_of(self.by().as_deref());
    }
}

/// A file of the person who works; that of somebody else is as one that is not there.
fn own(app: &App, id: Option<Uuid>) -> Result<Arc<Job>, CommandError> {
    let mut own = app.exports().of(app.by().as_deref()).into_iter();
    own.find(|job| Some(job.id) == id).ok_or_else(|| CommandError::not_found("there is no such file").field("export"))
}

fn view(job: &Job) -> SheetExport {
    let reached = job.progress.reached();
    let (state, problem) = match (job.outcome(), reached.step) {
        (Some(Ok(_)), _) => (SheetExportState::Ready, None),
        (Some(Err(error)), _) => (SheetExportState::Failed, Some(error.code())),
        (None, Step::Waiting) => (SheetExportState::Waiting, None),
        (None, Step::Reading) => (SheetExportState::Reading, None),
        (None, Step::Writing) => (SheetExportState::Writing, None),
    };
    let (title, title_en) = job.asked.title.clone();
    SheetExport {
        export: job.id,
        sheet: job.asked.sheet.clone(),
        title,
        title_en,
        format: job.asked.format,
        state,
        done: reached.done,
        of: reached.of,
        problem,
    }
}
