//! What of patrols counts for their windows, without their bodies.

use causal::RecordId;
use domain::correction::apply;
use domain::patrol::Tally;

use super::derivation::is_behind;
use super::listing::{ListedRecord, Listing};
use super::sought::filter;
use super::tally::KIND;
use super::{Store, StoreError};

/// The number of the rules since which every record of the kind has its tally.
const SINCE: i64 = 5;

/// A walk, and what of it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedTally {
    /// The walk.
    pub id: RecordId,
    /// What of it counts.
    pub tally: Tally,
}

impl Store {
    /// What of the walks that `listing` wants counts for their windows; its kind is that of walks, whatever it says.
    ///
    /// Cost: a few words of each walk, and none of its body.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tallies(&self, listing: &Listing<'_>) -> Result<Vec<ListedTally>, StoreError> {
        let listing = Listing { kind: KIND, ..listing.clone() };
        {
            let connection = self.read();
            let txn = connection.unchecked_transaction()?;
            if !is_behind(&txn, SINCE)? {
                let condition = filter(&txn, &listing, &[])?;
                let sql = format!(
                    "SELECT id, (SELECT tally FROM tally WHERE tally.record = record.row) FROM record {}",
                    condition.condition()
                );
                let mut statement = txn.prepare_cached(&sql)?;
                let rows = statement.query_map(condition.values(), |row| {
                    Ok((RecordId(row.get(0)?), row.get::<_, Option<String>>(1)?))
                })?;
                let mut tallies = Vec::new();
                for row in rows {
                    let (id, text) = row?;
                    // A walk whose state is damaged has none.
                    let tally = text.and_then(|text| serde_json::from_str(&text).ok());
                    tallies.extend(tally.map(|tally| ListedTally { id, tally }));
                }
                return Ok(tallies);
            }
        }
        // What an earlier version has written has none yet: until it is derived anew, the bodies are read.
        let of = |found: ListedRecord| ListedTally { id: found.id, tally: Tally::read(&apply(KIND, &found.doc)) };
        Ok(self.find(&listing)?.into_iter().map(of).collect())
    }
}
