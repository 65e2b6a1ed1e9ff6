//! Giving the states of an older store their checksum.

use rusqlite::{OptionalExtension, Transaction};

/// Writes every state anew that reads, as it is written today.
///
/// One that does not read stays as it is; `check` tells of it.
pub(super) fn add(txn: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut next = txn.prepare("select rowid, state from record where rowid > ? order by rowid limit 1")?;
    let mut write = txn.prepare("update record set state = ? where rowid = ?")?;
    let mut last = 0;
    loop {
        let found = next.query_row([last], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))).optional()?;
        let Some((row, state)) = found else { return Ok(()) };
        if let Ok(state) = wire::decode_state(&state) {
            write.execute((wire::encode_state(&state), row))?;
        }
        last = row;
    }
}
