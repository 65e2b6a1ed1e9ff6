//! What the ledgers have in common that no register declares: findings and inspections.

use domain::field::Language;
use domain::sheet::{ColumnKind, Line, Sheet, SheetColumn, SheetShape, Signer};

use super::order::Order;
use crate::error::CommandError;

/// Key, Chinese and English heading, what the cells hold, whether they name people.
pub(super) type Heading = (&'static str, &'static str, &'static str, ColumnKind, bool);

/// The ledger of such rows; `second` is who signs beside who filled it in: key, Chinese and English.
pub(super) fn ledger(
    order: &Order<'_>,
    headings: &[Heading],
    (rows, void): (Vec<Line>, usize),
    second: (&str, &str, &str),
) -> Result<Sheet, CommandError> {
    let language = order.language;
    let column = |(key, zh, en, kind, is_personal): &Heading| SheetColumn {
        key: (*key).to_owned(),
        label: of(language, zh, en),
        kind: *kind,
        is_main: true,
        is_personal: *is_personal,
    };
    let signer = |(key, zh, en): (&str, &str, &str)| Signer {
        key: key.to_owned(),
        label: of(language, zh, en),
        names: Vec::new(),
    };
    Ok(Sheet {
        code: order.code.clone(),
        title: order.title(),
        shape: SheetShape::Ledger,
        is_landscape: true,
        language,
        columns: headings.iter().map(column).collect(),
        rows,
        gaps: Vec::new(),
        gaps_until: None,
        corrections: Vec::new(),
        void,
        newer: 0,
        signatures: [("created", "填表人", "Filled in by"), second].map(signer).into(),
        facts: Vec::new(),
        source: order.source()?,
    })
}

fn of(language: Language, zh: &str, en: &str) -> String {
    if language == Language::En { en } else { zh }.to_owned()
}
