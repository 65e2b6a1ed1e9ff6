//! What a page says, as the text that is signed: its cells as they are printed, masked where they are masked.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::canonical::{canonical, sha256_hex};
use crate::field::Language;
use crate::sheet::{Line, Sheet, printed};
use crate::time::UtcMillis;

/// How many rows and gaps a page has, and what was corrected and left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows.
    pub rows: usize,
    /// What was expected and is not there.
    pub gaps: usize,
    /// Corrected cells.
    pub corrected: usize,
    /// Void rows that are left out.
    pub void: usize,
}

/// Somebody whose signature stands on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signatory {
    /// The person.
    pub by: String,
    /// What they are called.
    pub name: String,
    /// As what they sign.
    pub role: String,
    /// When.
    pub at: i64,
    /// How it was made sure who it is.
    pub how: String,
    /// The SHA-256, in hex, of the canonical JSON of the strokes.
    pub strokes: String,
}

/// What is signed beside the sheet itself.
pub struct Signing<'a> {
    /// The record of the paper.
    pub paper: Uuid,
    /// The id of the revision.
    pub revision: Uuid,
    /// Its number.
    pub n: u32,
    /// Who signs it, all of them.
    pub signatures: &'a [Signatory],
    /// Who made it.
    pub made_by: Option<&'a str>,
    /// When.
    pub made_at: UtcMillis,
}

/// The counts of a sheet.
pub fn counts(sheet: &Sheet) -> Counts {
    Counts { rows: sheet.rows.len(), gaps: sheet.gaps.len(), corrected: sheet.corrections.len(), void: sheet.void }
}

/// The digest of what a sheet says, whoever makes it and whenever: what a second signer has before them.
pub fn said(sheet: &Sheet) -> String {
    sha256_hex(canonical(&what(sheet)).as_bytes())
}

/// The canonical text of a revision; its SHA-256 is the digest that is kept, and begins the code of the page.
pub fn content(sheet: &Sheet, signing: &Signing<'_>) -> String {
    let mut content = what(sheet);
    let signature = |signed: &Signatory| {
        json!({
            "by": signed.by, "name": signed.name, "role": signed.role, "at": signed.at, "how": signed.how,
            "strokes": signed.strokes,
        })
    };
    let beside = json!({
        "v": 1,
        "paper": signing.paper.to_string(),
        "revision": signing.revision.to_string(),
        "n": signing.n,
        "as_of": sheet.source.as_of.map(|at| at.0),
        "gaps_until": sheet.gaps_until.map(|day| day.to_string()),
        "signatures": signing.signatures.iter().map(signature).collect::<Vec<_>>(),
        "made": {"by": signing.made_by, "at": signing.made_at.0},
    });
    if let (Value::Object(content), Value::Object(beside)) = (&mut content, beside) {
        content.extend(beside);
    }
    canonical(&content)
}

fn what(sheet: &Sheet) -> Value {
    let source = &sheet.source;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    json!({
        "sheet": sheet.code,
        "title": sheet.title,
        "language": if sheet.language == Language::Zh { "zh" } else { "en" },
        "organisation": source.organisation,
        "campus": source.campus,
        "where": source.place,
        "from": day(source.days.map(|(from, _)| from)),
        "to": day(source.days.map(|(_, to)| to)),
        "columns": sheet.columns.iter().map(|column| json!({"key": column.key, "label": column.label})).collect::<Vec<_>>(),
        "rows": sheet.rows.iter().map(|line| line.cells.iter().map(printed).collect()).collect::<Vec<Vec<_>>>(),
        "records": sheet.rows.iter().map(|line| &line.record).collect::<Vec<_>>(),
        "marks": sheet.rows.iter().map(marks).collect::<Vec<_>>(),
        "gaps": sheet.gaps.iter().map(|gap| json!({
            "day": gap.day.to_string(), "until": day(gap.until), "what": gap.what,
        })).collect::<Vec<_>>(),
        "corrections": sheet.corrections.iter().map(|note| json!({
            "row": note.row, "column": note.column, "original": note.original, "value": note.value,
            "reason": note.reason, "by": note.by, "at": note.at, "contested": note.is_contested,
        })).collect::<Vec<_>>(),
        "void": sheet.void,
        "newer": sheet.newer,
    })
}

/// What stands beside the number of a row.
fn marks(line: &Line) -> Vec<&'static str> {
    let marks = [(line.is_late, "late"), (line.is_contested, "contested"), (line.is_after_signing, "after_signing")];
    marks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| mark).collect()
}
