//! What people have begun on this device and not given in yet: kept apart from all records, each under its author's name.
//!
//! Nothing here is ever sent, searched, listed or counted with records; a draft becomes a record by the save that it leads to.

use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde_json::{Map, Value};

use super::integer::integer;
use super::{Store, StoreError};

/// Which draft: each person has at most one of a form about a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftKey {
    /// Who began it.
    pub person: String,
    /// The form.
    pub form: String,
    /// What the form is about; none for something new.
    pub record: Option<String>,
}

/// Something that a person has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Whose it is, and of which form.
    pub key: DraftKey,
    /// The version of the form's declaration under which it was begun.
    pub declared: u32,
    /// What its author had seen of the record when it was begun: the save that it leads to has seen no more.
    pub seen: Option<String>,
    /// The changed fields, as they stood when it was begun.
    pub base: Map<String, Value>,
    /// The changed fields, as they were left.
    pub set: Map<String, Value>,
    /// When it was last changed, ms since 1970 UTC.
    pub at: u64,
}

/// What a save has taken up of a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The draft.
    pub key: DraftKey,
    /// Its values: the field, the entry in it, the member of that, and what stood there.
    pub values: Vec<(String, String, String, Value)>,
}

const COLUMNS: &str = r#"person, form, record, declared, seen, base, "set", at"#;

impl Store {
    /// Keeps a draft, in the place of what was kept under its key; it is on disk when this returns.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        let DraftKey { person, form, record } = &draft.key;
        let sql = format!("INSERT OR REPLACE INTO draft ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        let (base, set) = (json(&draft.base)?, json(&draft.set)?);
        let record = record.as_deref().unwrap_or_default();
        self.write(|txn| {
            let row = params![person, form, record, draft.declared, draft.seen, base, set, integer(draft.at)];
            txn.prepare_cached(&sql)?.execute(row)?;
            Ok(())
        })
    }

    /// The draft under a key.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn draft(&self, key: &DraftKey) -> Result<Option<Draft>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM draft WHERE person = ?1 AND form = ?2 AND record = ?3");
        let connection = self.read();
        let mut statement = connection.prepare_cached(&sql)?;
        let record = key.record.as_deref().unwrap_or_default();
        let found = statement.query_row(params![key.person, key.form, record], read).optional()?;
        found.transpose()
    }

    /// What a person has begun, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn drafts_of(&self, person: &str, limit: u64) -> Result<Vec<Draft>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM draft WHERE person = ?1 ORDER BY at DESC, form, record LIMIT ?2");
        let connection = self.read();
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![person, integer(limit)], read)?;
        rows.map(|row| row?).collect()
    }

    /// Whether something that a person has begun holds this text, such as the name of a photo.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_draft_with(&self, person: &str, text: &str) -> Result<bool, StoreError> {
        let sql = r#"SELECT EXISTS (SELECT 1 FROM draft WHERE person = ?1 AND instr("set", ?2) > 0)"#;
        let connection = self.read();
        let mut statement = connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![person, text], |row| row.get(0))?)
    }

    /// Removes a draft; whether there was one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn discard_draft(&self, key: &DraftKey) -> Result<bool, StoreError> {
        let sql = "DELETE FROM draft WHERE person = ?1 AND form = ?2 AND record = ?3";
        let record = key.record.as_deref().unwrap_or_default();
        self.write(|txn| Ok(txn.prepare_cached(sql)?.execute(params![key.person, key.form, record])? > 0))
    }

    /// Whose drafts there are that were not touched since `before`, ms since 1970 UTC.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn authors_of_drafts(&self, before: u64) -> Result<Vec<String>, StoreError> {
        let connection = self.read();
        let mut statement = connection.prepare_cached("SELECT DISTINCT person FROM draft WHERE at < ?1")?;
        let rows = statement.query_map([integer(before)], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Removes what a person began and did not touch since `before`, ms since 1970 UTC; how many drafts that were.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn discard_drafts_of(&self, person: &str, before: u64) -> Result<usize, StoreError> {
        let sql = "DELETE FROM draft WHERE person = ?1 AND at < ?2";
        self.write(|txn| Ok(txn.prepare_cached(sql)?.execute(params![person, integer(before)])?))
    }
}

/// Removes from a draft what a save has taken up, in the transaction of that save; what was typed further stays.
///
/// Otherwise a program that ends between the two, or a person who goes, would leave what is stored as something that is not.
pub(super) fn take(txn: &Transaction<'_>, taken: &Taken) -> Result<(), StoreError> {
    let DraftKey { person, form, record } = &taken.key;
    let key = params![person, form, record.as_deref().unwrap_or_default()];
    let sql = r#"SELECT "set" FROM draft WHERE person = ?1 AND form = ?2 AND record = ?3"#;
    let text: Option<String> = txn.prepare_cached(sql)?.query_row(key, |row| row.get(0)).optional()?;
    // A draft that cannot be read is left to who opens it.
    let Some(mut set) = text.and_then(|text| serde_json::from_str::<Map<String, Value>>(&text).ok()) else {
        return Ok(());
    };
    for (field, entry, member, value) in &taken.values {
        remove(&mut set, field, entry, member, value);
    }
    if set.is_empty() {
        txn.prepare_cached("DELETE FROM draft WHERE person = ?1 AND form = ?2 AND record = ?3")?.execute(key)?;
    } else {
        let sql = r#"UPDATE draft SET "set" = ?4 WHERE person = ?1 AND form = ?2 AND record = ?3"#;
        let row = params![person, form, record.as_deref().unwrap_or_default(), json(&set)?];
        txn.prepare_cached(sql)?.execute(row)?;
    }
    Ok(())
}

/// Removes a member where it says `value`, and with it what says nothing any more.
fn remove(set: &mut Map<String, Value>, field: &str, entry: &str, member: &str, value: &Value) {
    let Some(Value::Object(entries)) = set.get_mut(field) else { return };
    let Some(Value::Object(members)) = entries.get_mut(entry) else { return };
    if members.get(member) != Some(value) {
        return;
    }
    members.remove(member);
    if members.keys().all(|name| name == SEEN) {
        entries.remove(entry);
    }
    if entries.is_empty() {
        set.remove(field);
    }
}

/// The member that says of what version its author knew.
const SEEN: &str = "seen";

fn json(fields: &Map<String, Value>) -> Result<String, StoreError> {
    serde_json::to_string(fields).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// A row; a text in it that is no JSON is an error that names whose draft it is.
fn read(row: &Row<'_>) -> rusqlite::Result<Result<Draft, StoreError>> {
    let record: String = row.get(2)?;
    let key = DraftKey { person: row.get(0)?, form: row.get(1)?, record: (!record.is_empty()).then_some(record) };
    let (base, set): (String, String) = (row.get(5)?, row.get(6)?);
    let fields = |text: &str| {
        serde_json::from_str(text)
            .map_err(|error| StoreError::Damaged(format!("the draft {} of {}: {error}", key.form, key.person)))
    };
    let (base, set) = match (fields(&base), fields(&set)) {
        (Ok(base), Ok(set)) => (base, set),
        (Err(error), _) | (_, Err(error)) => return Ok(Err(error)),
    };
    let at = row.get::<_, i64>(7)?.unsigned_abs();
    Ok(Ok(Draft { declared: row.get(3)?, seen: row.get(4)?, base, set, at, key }))
}
