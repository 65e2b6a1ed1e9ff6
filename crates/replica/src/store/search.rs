//! Search as one types: Chinese words, their pinyin initials, Latin words and numbers.
//!
//! `unicode61` takes a run of Han characters for one word, and the trigram tokenizer misses words of two characters.
//! So every Han character is written as a token of its own, a second run of tokens holds the initials, and a query is a
//! phrase over either.

use pinyin::{ToPinyin, ToPinyinMulti};
use rusqlite::{Connection, Transaction, params};

use super::StoreError;
use super::integer::integer;

/// Stands between runs, so that no phrase reaches from one into the next.
const BREAK: &str = " 0break0 ";
/// How many characters stand on either side of a character whose other readings are written out: what people type as
/// initials is short, and half of the index was these runs when they were twice as long.
const WINDOW: usize = 3;
/// The longest text of one record that is indexed, in characters.
const MAX_CHARACTERS: usize = 4_000;

/// Puts `text` in the place of `before` in the index.
pub(super) fn index(txn: &Transaction<'_>, row: i64, before: &str, text: &str) -> Result<(), StoreError> {
    if before == text {
        return Ok(());
    }
    if !before.is_empty() {
        remove(txn, row)?;
    }
    insert(txn, row, text)
}

/// Writes the tokens of `text` anew, whatever the index held for the row.
pub(super) fn reindex(txn: &Transaction<'_>, row: i64, text: &str) -> Result<(), StoreError> {
    remove(txn, row)?;
    insert(txn, row, text)
}

fn remove(txn: &Transaction<'_>, row: i64) -> Result<(), StoreError> {
    txn.prepare_cached("DELETE FROM text WHERE rowid = ?1")?.execute([row])?;
    Ok(())
}

fn insert(txn: &Transaction<'_>, row: i64, text: &str) -> Result<(), StoreError> {
    if !text.is_empty() {
        txn.prepare_cached("INSERT INTO text (rowid, tokens) VALUES (?1, ?2)")?.execute(params![row, tokens(text)])?;
    }
    Ok(())
}

/// The rows whose text holds `query`, best first; nothing for a query without a letter or digit.
pub(super) fn find(connection: &Connection, query: &str, limit: u64) -> Result<Vec<i64>, StoreError> {
    let Some(expression) = match_expression(query) else { return Ok(Vec::new()) };
    let sql = "SELECT rowid FROM text WHERE text MATCH ?1 ORDER BY rank, rowid DESC LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![expression, integer(limit)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The tokens that the index holds for a text.
fn tokens(text: &str) -> String {
    let text: String = text.chars().take(MAX_CHARACTERS).collect();
    let mut runs = Vec::new();
    for clause in
        text.split(|c: char| !c.is_alphanumeric() && c != ' ' && c != '.').filter(|clause| !clause.trim().is_empty())
    {
        runs.push(spaced(clause));
        runs.extend(initials(clause));
    }
    runs.join(BREAK)
}

/// The clause with each Han character as a word of its own.
fn spaced(clause: &str) -> String {
    let mut words = String::with_capacity(clause.len() * 2);
    for c in clause.chars() {
        if is_han(c) {
            words.push(' ');
            words.push(c);
            words.push(' ');
        } else {
            words.push(c);
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The clause as initials, once with the first reading of every character, and once around each other reading.
fn initials(clause: &str) -> Vec<String> {
    let characters: Vec<char> = clause.chars().filter(|c| !c.is_whitespace()).collect();
    if !characters.iter().copied().any(is_han) {
        return Vec::new();
    }
    let first: Vec<String> = characters.iter().map(|c| first_initial(*c)).collect();
    let mut runs = vec![first.join(" ")];
    for (position, c) in characters.iter().enumerate() {
        for other in other_initials(*c, &first[position]) {
            let (from, to) = (position.saturating_sub(WINDOW), (position + WINDOW + 1).min(first.len()));
            let around = (from..to).map(|at| if at == position { other.as_str() } else { first[at].as_str() });
            runs.push(around.collect::<Vec<_>>().join(" "));
        }
    }
    runs
}

fn first_initial(c: char) -> String {
    match c.to_pinyin() {
        Some(reading) => reading.first_letter().to_owned(),
        None => c.to_lowercase().to_string(),
    }
}

fn other_initials(c: char, first: &str) -> Vec<String> {
    let mut others: Vec<String> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let initial = reading.first_letter().to_owned();
        if initial != first && !others.contains(&initial) {
            others.push(initial);
        }
    }
    others
}

/// The query as a phrase over the text, or over the initials; the last word may be unfinished.
fn match_expression(query: &str) -> Option<String> {
    let cleaned: String =
        query.chars().take(100).map(|c| if c.is_alphanumeric() || c == '.' { c } else { ' ' }).collect();
    let words = spaced(&cleaned);
    if words.chars().all(|c| !c.is_alphanumeric()) {
        return None;
    }
    let phrase = |words: &str| format!("\"{words}\"*");
    let letters: Vec<char> = cleaned.chars().filter(|c| !c.is_whitespace()).collect();
    let is_initials = letters.len() > 1 && letters.iter().all(char::is_ascii_alphabetic);
    if is_initials {
        let spelled = letters.iter().map(|c| c.to_ascii_lowercase().to_string()).collect::<Vec<_>>().join(" ");
        return Some(format!("{} OR {}", phrase(&words), phrase(&spelled)));
    }
    Some(phrase(&words))
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF | 0x3007)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_found(text: &str, query: &str, expected: bool) {
        let mut connection = Connection::open_in_memory().expect("memory");
        let sql = include_str!("migrations/0001_first.sql");
        let create = &sql[sql.find("CREATE VIRTUAL TABLE").expect("the index")..];
        connection.execute_batch(create).expect("the index");
        let txn = connection.transaction().expect("a transaction");
        index(&txn, 7, "", text).expect("indexed");
        txn.commit().expect("committed");
        let found = find(&connection, query, 10).expect("searched");
        assert_eq!(found == [7], expected, "{query} in {text}: {}", tokens(text));
    }

    #[test]
    fn a_chinese_word_of_two_characters_is_found() {
        check_found("厨房日检，中心食堂", "日检", true);
        check_found("厨房日检，中心食堂", "厨房", true);
        check_found("厨房日检，中心食堂", "检中", false);
        check_found("厨房日检，中心食堂", "房厨", false);
        check_found("厨房日检，中心食堂", "检", true);
    }

    #[test]
    fn pinyin_initials_are_found_with_every_reading() {
        check_found("厨房日检", "cfrj", true);
        check_found("厨房日检", "CFR", true);
        check_found("厨房日检", "frj", true);
        check_found("厨房日检", "fcr", false);
        check_found("银行卡", "yhk", true);
        check_found("银行卡", "yxk", true);
        check_found("重阳节", "zyj", true);
        check_found("重阳节", "cyj", true);
    }

    #[test]
    fn latin_words_and_numbers_are_found_as_they_are_typed() {
        check_found("2 号冷藏柜 Haier BC-50", "haie", true);
        check_found("2 号冷藏柜 Haier BC-50", "2 号", true);
        check_found("2 号冷藏柜 Haier BC-50", "冷藏柜 ha", true);
        check_found("T01.06 四隔离", "T01.06", true);
        check_found("T01.06 四隔离", "四隔", true);
    }

    #[test]
    fn rare_characters_are_found_and_signs_alone_find_nothing() {
        check_found("𠮷野家送餐", "𠮷野", true);
        check_found("厨房", "", false);
        check_found("厨房", "，。\"*", false);
        check_found("厨房", "\" OR 厨", false);
    }

    #[test]
    fn a_changed_text_replaces_the_old_one() {
        let mut connection = Connection::open_in_memory().expect("memory");
        let sql = include_str!("migrations/0001_first.sql");
        connection.execute_batch(&sql[sql.find("CREATE VIRTUAL TABLE").expect("the index")..]).expect("the index");
        let txn = connection.transaction().expect("a transaction");
        index(&txn, 1, "", "厨房").expect("indexed");
        index(&txn, 1, "厨房", "操场").expect("indexed");
        txn.commit().expect("committed");
        assert!(find(&connection, "厨房", 10).expect("searched").is_empty());
        assert_eq!(find(&connection, "操场", 10).expect("searched"), [1]);
    }
}
