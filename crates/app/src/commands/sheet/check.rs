//! Comparing a printed page by its code with what this device holds.

use causal::RecordId;
use domain::paper::{Basis, PaperCode, Revision};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::document::text;
use crate::entry::place::campus_of;
use crate::error::CommandError;
use crate::sheet::{PAPER, basis, gets, record};
use crate::sight::Viewer;

/// Arguments of `paper.check`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Check {
    /// The code of the page, as it was scanned or typed.
    code: String,
}

/// What this device knows of a page.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PaperChecked {
    /// How it is known.
    state: PaperStateCode,
    /// The record of the paper.
    paper: Uuid,
    /// The number of the revision that the code names.
    revision: u32,
    /// How many rows the page has, by its code.
    rows: u32,
    /// The number of the last revision that is here; null where the paper is not known here.
    last: Option<u32>,
    /// What was signed, to be compared with the page by eye; null where it is not here.
    content: Option<PaperContent>,
}

/// How a page is known.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum PaperStateCode {
    /// 本平板没有这份: it was never here, has not come yet, or is for others to see.
    Unknown,
    /// The paper is here, but not this revision of it.
    Other,
    /// The revision is here, but its content has not come yet.
    Unread,
    /// The revision is here, and its content has the digest of the code.
    Same,
}

/// What was signed.
#[derive(Debug, Serialize, JsonSchema)]
struct PaperContent {
    /// The title.
    title: String,
    /// Whose it is.
    organisation: Option<String>,
    /// The campus.
    campus: Option<String>,
    /// The place that it is of.
    place: Option<String>,
    /// The first day; null for everything that was on file.
    from: Option<String>,
    /// The last day.
    to: Option<String>,
    /// The headings.
    columns: Vec<String>,
    /// The cells as they were printed.
    rows: Vec<Vec<String>>,
    /// How many things were missing.
    gaps: usize,
    /// How many cells had been corrected.
    corrected: usize,
    /// How many void rows were left out.
    void: usize,
    /// Who had signed.
    signatures: Vec<PaperSigner>,
}

/// Somebody who had signed.
#[derive(Debug, Serialize, JsonSchema)]
struct PaperSigner {
    /// What they were called.
    name: String,
    /// When, ms since 1970 UTC.
    at: i64,
    /// How it was made sure who it is: `pin`, `set_by_other`, `session` or `none`.
    how: String,
}

pub(super) fn check(app: &App, arguments: Check) -> Result<PaperChecked, CommandError> {
    let code: PaperCode = arguments.code.parse().map_err(|error| CommandError::bad_argument("code", error))?;
    let answer = |state, last, content| PaperChecked {
        state,
        paper: code.paper,
        revision: code.revision,
        rows: code.rows,
        last,
        content,
    };
    let id = RecordId(code.paper);
    let Some((_, signed)) = record(app, id)? else { return Ok(answer(PaperStateCode::Unknown, None, None)) };
    if !is_seen(app, id)? {
        return Ok(answer(PaperStateCode::Unknown, None, None));
    }
    let last = signed.last().map(|last| last.n);
    let is_of_rows = |revision: &&Revision| u32::try_from(revision.counts.rows) == Ok(code.rows);
    let Some(revision) = signed.named(&code).filter(is_of_rows) else {
        return Ok(answer(PaperStateCode::Other, last, None));
    };
    Ok(match basis(app, revision)? {
        Some(basis) => answer(PaperStateCode::Same, last, Some(basis.into())),
        None => answer(PaperStateCode::Unread, last, None),
    })
}

/// Whether the person who works gets the paper; one that they do not get is as one that is not here.
fn is_seen(app: &App, id: RecordId) -> Result<bool, CommandError> {
    let Some(reading) = app.store().get(id)? else { return Ok(false) };
    let document = domain::reading::read(PAPER, &reading.record.state);
    let campus = campus_of(app, reading.record.scope, &document)?;
    let viewer = Viewer::here(app, &campus)?;
    let from = text(&document, "from").and_then(|day| day.parse().ok());
    let sheet = text(&document, "sheet").unwrap_or_default();
    Ok(gets(&viewer, sheet, from, text(&document, "where")).is_some())
}

impl From<Basis> for PaperContent {
    fn from(basis: Basis) -> Self {
        let (from, to) = basis.days.unzip();
        Self {
            title: basis.title,
            organisation: basis.organisation,
            campus: basis.campus,
            place: basis.place,
            from,
            to,
            columns: basis.columns.into_iter().map(|(_, label)| label).collect(),
            rows: basis.rows,
            gaps: basis.gaps,
            corrected: basis.corrected,
            void: basis.void,
            signatures: basis
                .signatures
                .into_iter()
                .map(|signed| PaperSigner { name: signed.name, at: signed.at, how: signed.how })
                .collect(),
        }
    }
}
