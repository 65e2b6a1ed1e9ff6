//! Papers: what a school prints, files and hands in, as pure data in four shapes.
//!
//! A sheet is made in one language, and its cells stand in it as they are printed: what is masked is masked for everybody who gets
//! it, so that one paper reads the same in every hand.

mod columns;
mod form;
mod gaps;
mod grid;
mod making;
mod notes;
mod period;
mod row;
mod shape;
mod words;

pub use form::{FormError, PaperForm, paper_forms};
pub use gaps::{Area, Expected, OtherRow, gaps};
pub use grid::{MOST_DAYS, grid_sheet};
pub use making::register_sheet;
pub use period::PeriodKind;
pub use row::{Making, SourceRow};
pub use shape::{
    ColumnKind, Fact, Footnote, Gap, Line, Sheet, SheetColumn, SheetShape, Signer, Source, file_name, printed,
};
