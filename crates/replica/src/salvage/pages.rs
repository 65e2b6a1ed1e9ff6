//! The rows in the leaves of SQLite's tables, read from the bytes: <https://www.sqlite.org/fileformat2.html>.
//!
//! Any bytes may come here; whatever does not add up is passed over.

use std::collections::HashMap;

/// The head of the file stands before the first page's own.
const FILE_HEAD: usize = 100;
const LEAF_OF_A_TABLE: u8 = 0x0D;
/// The size of a page where the head of the file no longer tells.
const USUAL_SIZE: usize = 4_096;
const LOG_HEAD: usize = 32;
const FRAME_HEAD: usize = 24;
/// No row that this app writes is longer; a longer one is a damaged number.
const LONGEST_ROW: u64 = 64 << 20;

/// A value in a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Column {
    Null,
    Number(i64),
    Text(String),
    Blob(Vec<u8>),
    /// A number with a point; nothing of ours has any.
    Other,
}

/// The pages of a database: each as the file has it, and as the log has it since.
pub(super) struct Pages<'a> {
    size: usize,
    /// Every version of every page, oldest first, with its number.
    all: Vec<(usize, &'a [u8])>,
    newest: HashMap<usize, &'a [u8]>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(file: &'a [u8], log: &'a [u8]) -> Self {
        let size = page_size(file, log);
        let mut all: Vec<(usize, &[u8])> = (1..).zip(file.chunks_exact(size)).collect();
        for frame in log.get(LOG_HEAD..).unwrap_or_default().chunks_exact(FRAME_HEAD + size) {
            let number = u32::from_be_bytes([frame[0], frame[1], frame[2], frame[3]]);
            all.push((number as usize, &frame[FRAME_HEAD..]));
        }
        let newest = all.iter().copied().collect();
        Self { size, all, newest }
    }

    /// Every row of every leaf.
    pub(super) fn rows(&self) -> impl Iterator<Item = Vec<Column>> {
        self.all.iter().flat_map(|(number, page)| self.rows_of(*number, page))
    }

    fn rows_of(&self, number: usize, page: &'a [u8]) -> impl Iterator<Item = Vec<Column>> {
        let head = if number == 1 { FILE_HEAD } else { 0 };
        let is_leaf = page.get(head) == Some(&LEAF_OF_A_TABLE);
        let cells = if is_leaf { usize::from(be16(page, head + 3).unwrap_or(0)) } else { 0 };
        let place = move |cell: usize| be16(page, head + 8 + 2 * cell).map(usize::from);
        (0..cells).filter_map(move |cell| columns(&self.payload(page.get(place(cell)?..)?)?))
    }

    /// The whole of a row, of which a long one goes on in other pages.
    fn payload(&self, cell: &[u8]) -> Option<Vec<u8>> {
        let (length, rest) = varint(cell)?;
        let (_row, rest) = varint(rest)?;
        let length = usize::try_from(length).ok().filter(|_| length <= LONGEST_ROW)?;
        let here = self.bytes_in_the_leaf(length);
        let mut payload = rest.get(..here)?.to_vec();
        let mut next = if here < length { be32(rest, here)? as usize } else { 0 };
        while payload.len() < length {
            let page = self.newest.get(&next)?;
            next = be32(page, 0)? as usize;
            let more = page.get(4..)?;
            payload.extend_from_slice(&more[..more.len().min(length - payload.len())]);
        }
        Some(payload)
    }

    fn bytes_in_the_leaf(&self, length: usize) -> usize {
        if length <= self.size - 35 {
            return length;
        }
        let least = (self.size - 12) * 32 / 255 - 23;
        let fitting = least + (length - least) % (self.size - 4);
        if fitting <= self.size - 35 { fitting } else { least }
    }
}

fn page_size(file: &[u8], log: &[u8]) -> usize {
    let in_file = be16(file, 16).map(|size| if size == 1 { 65_536 } else { usize::from(size) });
    let in_log = be32(log, 8).map(|size| size as usize);
    let is_size = |size: &usize| size.is_power_of_two() && (512..=65_536).contains(size);
    [in_file, in_log].into_iter().flatten().find(is_size).unwrap_or(USUAL_SIZE)
}

/// The columns of a row.
fn columns(payload: &[u8]) -> Option<Vec<Column>> {
    let (head, _) = varint(payload)?;
    let head = usize::try_from(head).ok()?;
    let (mut sorts, mut values) = (payload.get(..head)?, payload.get(head..)?);
    (_, sorts) = varint(sorts)?;
    let mut columns = Vec::new();
    while !sorts.is_empty() {
        let (sort, rest) = varint(sorts)?;
        sorts = rest;
        let length = match sort {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(sort).ok()?,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return None,
            _ => usize::try_from((sort - 12) / 2).ok()?,
        };
        let (value, rest) = values.split_at_checked(length)?;
        values = rest;
        columns.push(match sort {
            0 => Column::Null,
            7 => Column::Other,
            8 => Column::Number(0),
            9 => Column::Number(1),
            1..=6 => Column::Number(number(value)),
            _ if sort % 2 == 0 => Column::Blob(value.to_vec()),
            _ => Column::Text(std::str::from_utf8(value).ok()?.to_owned()),
        });
    }
    Some(columns)
}

/// A number of up to eight bytes with its sign.
fn number(bytes: &[u8]) -> i64 {
    let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
    bytes.iter().fold(if negative { -1 } else { 0 }, |number, byte| number << 8 | i64::from(*byte))
}

fn varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut number = 0;
    for (at, byte) in bytes.iter().take(9).enumerate() {
        if at == 8 {
            return Some((number << 8 | u64::from(*byte), &bytes[9..]));
        }
        number = number << 7 | u64::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            return Some((number, &bytes[at + 1..]));
        }
    }
    None
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rusqlite::{Connection, params};

    #[test]
    fn rows_are_read_as_sqlite_wrote_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("some.sqlite3");
        let db = Connection::open(&file).expect("a database");
        db.execute_batch("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB, c TEXT, d INTEGER)").expect("a table");
        let mut expected = Vec::new();
        for length in [0, 1, 100, 4_050, 4_061, 4_062, 5_000, 8_200, 70_000, 300_000] {
            for d in [None, Some(0), Some(1), Some(-1), Some(-129), Some(1 << 30), Some(i64::MIN), Some(1 << 40)] {
                let (blob, text) = (vec![7_u8; length], format!("厨房 {length}"));
                db.execute("INSERT INTO t (b, c, d) VALUES (?, ?, ?)", params![blob, text, d]).expect("a row");
                let d = d.map_or(Column::Null, Column::Number);
                expected.push(vec![Column::Null, Column::Blob(blob), Column::Text(text), d]);
            }
        }
        drop(db);
        let bytes = std::fs::read(&file).expect("the file");
        let rows: Vec<_> = Pages::new(&bytes, &[]).rows().filter(|row| row.len() == 4).collect();
        assert_eq!(rows.len(), expected.len());
        assert!(expected.iter().all(|row| rows.contains(row)), "some row is another");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..3_000),
            log in proptest::collection::vec(any::<u8>(), 0..3_000),
        ) {
            let leaves = [&[LEAF_OF_A_TABLE, 0, 0, 0, 9][..], &bytes].concat();
            for bytes in [&bytes, &leaves] {
                let mut file = bytes.clone();
                file.resize(USUAL_SIZE * 2, 3);
                Pages::new(&file, &log).rows().for_each(drop);
                Pages::new(bytes, &log).rows().for_each(drop);
            }
        }
    }
}
