//! A sheet of one cell.

use domain::field::{Cell, Language};
use domain::sheet::{ColumnKind, Line, Sheet, SheetColumn, SheetShape, Source};
use domain::time::{DEFAULT_ZONE, UtcMillis};

/// A line with these cells.
pub(super) fn line(cells: Vec<Cell>) -> Line {
    Line { record: None, day: None, cells, is_late: false, is_contested: false, times: None, is_after_signing: false }
}

/// A sheet of one row and one column.
pub(super) fn sheet_of(cell: Cell) -> Sheet {
    Sheet {
        code: "test".to_owned(),
        title: "登记".to_owned(),
        shape: SheetShape::Ledger,
        is_landscape: false,
        language: Language::Zh,
        columns: vec![SheetColumn {
            key: "what".to_owned(),
            label: "内容".to_owned(),
            kind: ColumnKind::Text,
            is_main: true,
            is_personal: false,
        }],
        rows: vec![line(vec![cell])],
        gaps: Vec::new(),
        gaps_until: None,
        corrections: Vec::new(),
        void: 0,
        newer: 0,
        signatures: Vec::new(),
        facts: Vec::new(),
        source: Source {
            organisation: None,
            campus: None,
            place: None,
            days: None,
            as_of: None,
            silent: Vec::new(),
            made_by: None,
            made_at: UtcMillis(0),
            zone: DEFAULT_ZONE,
        },
    }
}
