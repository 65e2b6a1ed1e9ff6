//! Files of rows that people bring: read into cells with nothing guessed, or refused with the cell and in words.
//!
//! Nothing here knows a register; what the cells mean, `commands/entry/import` says.

mod csv;
mod identity;
mod limits;
mod table;
mod unpacked;
mod workbook;
mod wrong;

pub(crate) use identity::cut;
pub use limits::MAX_IMPORT_BYTES;
pub(crate) use limits::MOST_LINES;
pub(crate) use table::{Given, Line, Table, cell_name};
pub(crate) use wrong::Wrong;

/// The cells of a file, whatever its sort.
///
/// # Errors
/// [`Wrong`], with the cell where there is one; nothing of the file is kept then.
pub(crate) fn read(bytes: &[u8]) -> Result<Table, Wrong> {
    if bytes.len() > MAX_IMPORT_BYTES {
        return Err(Wrong::of_file("文件超过 10 MB", "the file is larger than 10 MB"));
    }
    let table = match bytes {
        [b'P', b'K', 3, 4, ..] => workbook::read(bytes)?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            return Err(Wrong::of_file(
                "旧版 .xls 或加密的工作簿不能导入，请另存为 .xlsx",
                "old .xls and encrypted workbooks are not taken; save it as .xlsx",
            ));
        }
        _ => csv::read(bytes)?,
    };
    table.check()
}
