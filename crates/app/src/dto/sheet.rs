//! Papers as screens show them.

use domain::field::Cell;
use domain::paper::Since;
use domain::sheet::{Line, Sheet, printed};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::person::PersonRef;
use super::value::Strokes;

/// A paper that the person who works gets.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SheetEntry {
    /// Which.
    pub(crate) sheet: String,
    /// What people call it.
    pub(crate) title: String,
    /// The same in English.
    pub(crate) title_en: String,
    /// For how long it is made at a time: `day`, `week`, `month`, or `any` for everything that is on file.
    pub(crate) period: &'static str,
    /// Whether the person may take it out as a file.
    pub(crate) may_export: bool,
    /// Whether the person may take it along as a text for a chat.
    pub(crate) may_tell: bool,
    /// Whether it can be made of one place alone.
    pub(crate) has_places: bool,
    /// The first day of which the person sees every row; null for any.
    pub(crate) since: Option<String>,
    /// The places of which the person sees every row of any day; null where that is the whole campus.
    pub(crate) places: Option<Vec<SheetPlace>>,
}

/// A place that a paper can be made of.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SheetPlace {
    /// The area.
    pub(crate) id: String,
    /// What people call it.
    pub(crate) name: String,
}

/// The papers that the person who works gets.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SheetList {
    /// The papers.
    pub(crate) sheets: Vec<SheetEntry>,
}

/// A paper, in one language, with its cells as they are printed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SheetView {
    /// Which.
    pub(crate) sheet: String,
    /// What people call it.
    pub(crate) title: String,
    /// Its shape: `day`, `grid`, `ledger` or `report`.
    pub(crate) shape: &'static str,
    /// Whether it lies on its side.
    pub(crate) landscape: bool,
    /// What stands above the table.
    pub(crate) head: Vec<SheetFact>,
    /// The columns; the number of the row is none of them.
    pub(crate) columns: Vec<SheetColumnView>,
    /// The rows, each with a cell for every column: what is printed there, null for nothing.
    pub(crate) rows: Vec<Vec<Option<String>>>,
    /// What else is known of each row, in the same order.
    pub(crate) lines: Vec<SheetLine>,
    /// What was expected and is not there.
    pub(crate) gaps: Vec<SheetGap>,
    /// The last day of which gaps are told: what is later is not over, or not known here yet; null where nothing is expected.
    pub(crate) gaps_until: Option<String>,
    /// What was corrected.
    pub(crate) corrections: Vec<SheetNote>,
    /// How many void rows are left out.
    pub(crate) void: usize,
    /// How many rows only a newer app can read; they are left out.
    pub(crate) newer: usize,
    /// The last line: how many rows there are.
    pub(crate) foot: String,
    /// Who signs.
    pub(crate) signatures: Vec<SheetSigner>,
    /// The first day; null for everything that is on file.
    pub(crate) from: Option<String>,
    /// The last day.
    pub(crate) to: Option<String>,
    /// 数据截至: when this device last heard all that the server had, ms since 1970 UTC; null where it never did.
    pub(crate) as_of: Option<i64>,
    /// What of it was signed; null where no campus is known, and nothing can be signed.
    pub(crate) signing: Option<SheetSigning>,
}

/// What of a paper was signed, and what a signature would be put under.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SheetSigning {
    /// The record of the paper; give it as `record` to `person.vouch`, with the act `sign`.
    pub(crate) paper: Uuid,
    /// The digest of what the page says; give it back as `saw`.
    pub(crate) saw: String,
    /// Whether this device may sign it: it holds where signed pages of it lie.
    pub(crate) may_sign: bool,
    /// The number of the last revision; null where nothing was signed.
    pub(crate) revision: Option<u32>,
    /// The code that a page of it bears.
    pub(crate) code: Option<String>,
    /// The same as a QR code: SVG.
    pub(crate) qr: Option<String>,
    /// Who signed the last revision.
    pub(crate) signatures: Vec<SheetSignature>,
    /// 签字后: what has changed since; null where nothing was signed, or where what was signed has not come to this device.
    pub(crate) since: Option<SheetSince>,
}

/// A signature on a paper.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SheetSignature {
    /// The `key` of the place where it stands.
    pub(crate) role: String,
    /// Who signed.
    pub(crate) by: PersonRef,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
    /// How it was made sure who it is: `pin`, `set_by_other`, `session` or `none`.
    pub(crate) how: String,
    /// As it was drawn.
    pub(crate) strokes: Strokes,
}

/// What has changed on a page since it was signed.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) struct SheetSince {
    /// Rows that were not there.
    pub(crate) rows: usize,
    /// Cells that say something else.
    pub(crate) corrected: usize,
    /// Rows that are gone from it: void, or moved to other days.
    pub(crate) void: usize,
}

impl From<Since> for SheetSince {
    fn from(since: Since) -> Self {
        Self { rows: since.rows, corrected: since.corrected, void: since.void }
    }
}

/// Something that stands above the table.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SheetFact {
    /// What it is; empty where the text says it all.
    pub(crate) label: String,
    /// What it says.
    pub(crate) text: String,
}

/// A column.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SheetColumnView {
    /// Its key.
    pub(crate) key: String,
    /// Its heading.
    pub(crate) label: String,
    /// What its cells hold: `text`, `code`, `number`, `date` or `moment`.
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// Whether a page has it as a column of its own; what stands in the others goes into the remarks there.
    pub(crate) main: bool,
}

/// What else is known of a row.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SheetLine {
    /// The record that it tells of; null for the row of a grid.
    pub(crate) id: Option<Uuid>,
    /// The day that it belongs to.
    pub(crate) day: Option<String>,
    /// Whether it was written later than it should have been.
    pub(crate) late: bool,
    /// Whether people disagree about something in it.
    pub(crate) conflict: bool,
    /// 签字后补录: when it happened and when it was written down, where the page that was signed first did not have it; null for any
    /// other row.
    pub(crate) after_signing: Option<[String; 2]>,
}

/// Something that was expected and is not there.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SheetGap {
    /// The day, or the first day of the week or month.
    pub(crate) day: String,
    /// The last day of the week or month; null for a day.
    pub(crate) until: Option<String>,
    /// What is missing; empty where the paper says it.
    pub(crate) what: String,
}

/// A correction.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SheetNote {
    /// The number of its row, the first being 1.
    pub(crate) row: usize,
    /// The column.
    pub(crate) column: String,
    /// What was written first.
    pub(crate) original: String,
    /// What counts now.
    pub(crate) value: String,
    /// Why; null where that is not to be seen.
    pub(crate) reason: Option<String>,
    /// Who.
    pub(crate) by: Option<String>,
    /// When.
    pub(crate) at: String,
    /// Whether people corrected it at the same time and say different things.
    pub(crate) conflict: bool,
}

/// Somebody who signs.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SheetSigner {
    /// What signatures name as their `role`.
    pub(crate) key: String,
    /// As what.
    pub(crate) label: String,
    /// Whom the rows name as such.
    pub(crate) names: Vec<String>,
}

impl From<Sheet> for SheetView {
    fn from(sheet: Sheet) -> Self {
        let head = sheet.head().into_iter();
        Self {
            head: head.map(|fact| SheetFact { label: fact.label.to_owned(), text: fact.text }).collect(),
            foot: sheet.foot(),
            shape: sheet.shape.code(),
            landscape: sheet.is_landscape,
            rows: sheet.rows.iter().map(|line| line.cells.iter().map(cell).collect()).collect(),
            lines: sheet.rows.iter().map(SheetLine::from).collect(),
            columns: sheet
                .columns
                .into_iter()
                .map(|column| SheetColumnView {
                    key: column.key,
                    label: column.label,
                    kind: column.kind.code(),
                    main: column.is_main,
                })
                .collect(),
            gaps: sheet
                .gaps
                .into_iter()
                .map(|gap| SheetGap {
                    day: gap.day.to_string(),
                    until: gap.until.map(|until| until.to_string()),
                    what: gap.what,
                })
                .collect(),
            gaps_until: sheet.gaps_until.map(|day| day.to_string()),
            corrections: sheet.corrections.into_iter().map(SheetNote::from).collect(),
            void: sheet.void,
            newer: sheet.newer,
            signatures: sheet
                .signatures
                .into_iter()
                .map(|signer| SheetSigner { key: signer.key, label: signer.label, names: signer.names })
                .collect(),
            from: sheet.source.days.map(|(from, _)| from.to_string()),
            to: sheet.source.days.map(|(_, to)| to.to_string()),
            as_of: sheet.source.as_of.map(|at| at.0),
            sheet: sheet.code,
            title: sheet.title,
            signing: None,
        }
    }
}

impl From<&Line> for SheetLine {
    fn from(line: &Line) -> Self {
        Self {
            id: line.record.as_deref().and_then(|id| id.parse().ok()),
            day: line.day.map(|day| day.to_string()),
            late: line.is_late,
            conflict: line.is_contested,
            after_signing: line.is_after_signing.then(|| times(line)),
        }
    }
}

/// When a row happened and when it was written down; nothing where it does not say.
fn times(line: &Line) -> [String; 2] {
    line.times.map(|times| times.map(|at| at.format("%Y-%m-%d %H:%M").to_string())).unwrap_or_default()
}

impl From<domain::sheet::Footnote> for SheetNote {
    fn from(note: domain::sheet::Footnote) -> Self {
        Self {
            row: note.row,
            column: note.column,
            original: note.original,
            value: note.value,
            reason: note.reason,
            by: note.by,
            at: note.at,
            conflict: note.is_contested,
        }
    }
}

fn cell(cell: &Cell) -> Option<String> {
    let text = printed(cell);
    (!text.is_empty()).then_some(text)
}
