//! What a packed file unpacks to, counted while it is unpacked, before anything reads it.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use super::limits::MOST_UNPACKED;
use super::wrong::Wrong;

/// A workbook has a few dozen parts.
const MOST_PARTS: usize = 2_000;

/// The names of the parts of a packed file that unpacks to a size that can be read.
///
/// What a part says of its own size is not believed.
pub(super) fn parts(bytes: &[u8]) -> Result<Vec<String>, Wrong> {
    let damaged = || Wrong::of_file("文件已损坏，读不出来", "the file is damaged and cannot be read");
    let too_large = || Wrong::of_file("解开后超过 100 MB，不能导入", "it unpacks to more than 100 MB");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > MOST_PARTS {
        return Err(too_large());
    }
    let mut left = MOST_UNPACKED;
    let mut names = Vec::new();
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| damaged())?;
        names.push(part.name().map_err(|_| damaged())?.into_owned());
        let read = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|_| damaged())?;
        left = left.checked_sub(read).ok_or_else(too_large)?;
    }
    Ok(names)
}
