//! What the store keeps beside a state so that lists, search and badges need not decode it.

use causal::Record;
use domain::finding::StateName;
use domain::form::AnswerField;
use domain::inspection::Stage;
use domain::register::{Standing, fold_corrected, register, standing_of};

use domain::{correction, reading, sight};
use rusqlite::{Connection, Transaction, params};
use serde_json::{Map, Value};

use super::column::Column;
use super::listing::{Listing, Order};
use super::{StoreError, tally};

/// The number of the rules by which all of this is derived; one more whenever any of them changes, also in `domain`.
///
/// A test holds what some records derive to, together with this number.
pub(super) const DERIVATION: i64 = 6;

/// Since which number a record carries its marks and what hooks read of it; until then both are read from its document.
pub(super) const MARKED: i64 = 5;

/// Since which number the rules of a column are what they are now, for a kind.
///
/// (Since 2 a document also holds what was corrected. A list of before shows the head of a form as it was until it is derived
/// anew; that hides nothing, and holding every list of forms back for it would.)
pub(super) fn since(kind: &str, column: Column) -> i64 {
    match column {
        Column::Template => 1,
        Column::About | Column::Place => 2,
        Column::Uncounted => 3,
        // A finding may hang on a patrol run or a meal, too.
        Column::Parent if kind == "finding" => 3,
        // Of two ends of one certificate the soonest counts until people have chosen.
        Column::Document | Column::Due if register(kind).is_some_and(|register| register.valid.is_some()) => 4,
        // A pupil who is out is due back when the gate closes.
        Column::Due if kind == "pupil_exit" => 6,
        _ if register(kind).is_some() => 2,
        _ => 0,
    }
}

/// What is derived by other rules since the number before `needed`, or since any before that.
pub(super) fn changed_up_to(kind: &str, needed: i64) -> Vec<Column> {
    Column::ALL.into_iter().filter(|column| (1..=needed).contains(&since(kind, *column))).collect()
}

/// Since which number everything is right that a listing asks for; `is_shown` when its records are shown, too.
pub(super) fn needed(listing: &Listing<'_>, is_shown: bool) -> i64 {
    let is_asked = |column: &Column| {
        let is_asked = match column {
            Column::Document => is_shown || listing.field.is_some() || listing.by.is_some(),
            Column::Day => listing.day.is_some() || listing.days.is_some() || listing.order == Order::NewestDay,
            Column::Parent => listing.parent.is_some(),
            Column::About => listing.about.is_some(),
            Column::Place => false,
            Column::Template => listing.template.is_some(),
            Column::Stage => is_shown || !listing.stages.is_empty() || listing.order == Order::Due,
            Column::Due => is_shown || listing.due_from.is_some() || listing.due_before.is_some(),
            Column::Assignee => is_shown || listing.assignee.is_some(),
            Column::Uncounted => listing.uncounted.is_some(),
        };
        is_asked || listing.visible.is_some_and(|visible| visible.columns().any(|asked| asked == *column))
    };
    Column::ALL.into_iter().filter(is_asked).map(|column| since(listing.kind, column)).max().unwrap_or(0)
}

/// Whether some record may have been derived before the number `needed`.
pub(super) fn is_behind(connection: &Connection, needed: i64) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT derived < ?1 FROM identity")?;
    Ok(statement.query_row([needed], |row| row.get(0))?)
}

/// Whether every record carries its marks.
pub(super) fn is_marked(connection: &Connection) -> Result<bool, StoreError> {
    Ok(!is_behind(connection, MARKED)?)
}

/// Whether something is left to do about what stands at this stage; of that there is little, however much is done with.
pub(super) fn is_work_left(kind: &str, stage: &str) -> bool {
    if let Some(register) = register(kind) {
        return register.is_open(stage);
    }
    stage == Stage::Open.code() || StateName::ALL.into_iter().any(|state| state.is_open() && state.code() == stage)
}

/// What stands beside a state in the row of its record.
#[derive(Debug)]
pub(super) struct Derived {
    /// Whether lists show it: 0, or why they do not.
    pub(super) hidden: i64,
    /// The values that count as a JSON document.
    pub(super) document: String,
    /// The business day that it belongs to, `YYYY-MM-DD`.
    pub(super) day: Option<String>,
    /// The record that it hangs on.
    pub(super) parent: Option<String>,
    /// What it is about: a meter, an asset, a person.
    pub(super) about: Option<String>,
    /// The area that it belongs to.
    pub(super) place: Option<String>,
    /// The checklist that it was made by.
    pub(super) template: Option<String>,
    /// Where the record stands on its way, for kinds that have one.
    pub(super) stage: Option<String>,
    /// Until when something must be done about it, ms since 1970 UTC.
    pub(super) due: Option<i64>,
    /// Who has to do it.
    pub(super) assignee: Option<String>,
    /// Whose acts on it do not count, each between bars; none where all do.
    pub(super) uncounted: Option<String>,
    /// What sight goes by, as JSON: the bits of each word; none where there is nothing.
    pub(super) marks: Option<String>,
    /// What hooks read of a row, as JSON; none for kinds without hooks.
    pub(super) kin: Option<String>,
    /// How many fields hold a conflict that asks for a person's decision.
    pub(super) asking: i64,
    /// What of a patrol counts for its window, as JSON; none for other kinds.
    pub(super) tally: Option<String>,
}

impl Derived {
    pub(super) fn of(record: &Record) -> Self {
        let Counting { document, standing, marks, kin } = document(record);
        let Standing { stage, due, assignee, place, about, parent, day, uncounted, is_open: _ } = standing;
        Self {
            hidden: hidden(record),
            document,
            day,
            parent,
            about,
            place,
            template: text(record, "template"),
            stage,
            due: due.map(|due| due.0),
            assignee,
            marks,
            kin,
            uncounted: (!uncounted.is_empty()).then(|| format!("|{}|", uncounted.join("|"))),
            asking: asking(record),
            tally: tally::text_of(record),
        }
    }

    /// Puts this in the place of what stands in the row.
    pub(super) fn update(&self, txn: &Transaction<'_>, row: i64) -> Result<(), StoreError> {
        let sql =
            "UPDATE record SET doc = ?2, asking = ?3, day = ?4, parent = ?5, about = ?6, place = ?7, template = ?8,
                   stage = ?9, due = ?10, assignee = ?11, derived = ?12, hidden = ?13, uncounted = ?14, marks = ?15,
                   kin = ?16
             WHERE row = ?1";
        txn.prepare_cached(sql)?.execute(params![
            row,
            self.document,
            self.asking,
            self.day,
            self.parent,
            self.about,
            self.place,
            self.template,
            self.stage,
            self.due,
            self.assignee,
            DERIVATION,
            self.hidden,
            self.uncounted,
            self.marks,
            self.kin,
        ])?;
        tally::keep(txn, row, self.tally.as_deref())
    }
}

/// Whether a record is visible, deleted or purged, as the column `hidden` has it.
fn hidden(record: &Record) -> i64 {
    match (record.state.is_purged(), record.state.is_deleted()) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    }
}

/// What follows from the values that count.
struct Counting {
    document: String,
    standing: Standing,
    marks: Option<String>,
    kin: Option<String>,
}

/// The values that count, and what follows from them.
///
/// What was corrected, and what the acts on a row of a register set, stands in the place of what was written.
fn document(record: &Record) -> Counting {
    let kind = &*record.kind;
    let register = register(kind);
    if register.is_none() && !is_corrected(record) {
        let corrected = correction::apply(kind, &head(record));
        let marks = marks(kind, &corrected.document);
        return Counting { document: copied(record), standing: standing_of(kind, &corrected), marks, kin: None };
    }
    let corrected = correction::apply(kind, &reading::read(kind, &record.state));
    let standing = standing_of(kind, &corrected);
    let counts = match register {
        Some(register) => fold_corrected(register, &corrected).document,
        None => corrected.document,
    };
    let (marks, kin) = (marks(kind, &counts), kin(kind, &counts));
    Counting { document: Value::Object(counts).to_string(), standing, marks, kin }
}

/// What sight goes by in a document, as the column holds it.
pub(super) fn marks(kind: &str, document: &Map<String, Value>) -> Option<String> {
    let marks = sight::marks(kind, document);
    (!marks.is_empty()).then(|| serde_json::json!(marks).to_string())
}

/// What hooks read of a document, as the column holds it.
pub(super) fn kin(kind: &str, document: &Map<String, Value>) -> Option<String> {
    Some(Value::Object(register(kind)?.kin(document)?).to_string())
}

/// Whether there are corrections among the fields.
pub(super) fn is_corrected(record: &Record) -> bool {
    record.state.field_names().any(|name| name.starts_with("corrections/"))
}

/// The fields without the answers at its places, of which there are many, and which do not say where their record stands.
fn head(record: &Record) -> Map<String, Value> {
    let names = record.state.field_names();
    let names = names.filter(|name| !name.starts_with('_') && AnswerField::parse(name).is_none());
    let read =
        |name: &str| Some((name.to_owned(), reading::read_field(&record.kind, name, record.state.siblings(name))?));
    names.filter_map(read).collect()
}

/// The read values; a field with one sibling reads as what was written, so its text is copied as it is.
fn copied(record: &Record) -> String {
    let mut json = String::from("{");
    for (name, siblings) in record.state.fields().iter().filter(|(name, _)| !name.starts_with('_')) {
        let value = match siblings.values().next() {
            Some(only) if siblings.len() == 1 => only.as_str().to_owned(),
            _ => match reading::read_field(&record.kind, name, record.state.siblings(name)) {
                Some(value) => value.to_string(),
                None => continue,
            },
        };
        json += if json.len() > 1 { "," } else { "" };
        json += &Value::from(&**name).to_string();
        json += ":";
        json += &value;
    }
    json + "}"
}

fn text(record: &Record, field: &str) -> Option<String> {
    let value = reading::read_field(&record.kind, field, record.state.siblings(field))?;
    value.as_str().map(str::to_owned)
}

fn asking(record: &Record) -> i64 {
    let has_siblings = record.state.fields().values().any(|siblings| siblings.len() > 1);
    if record.state.is_deleted() || !(has_siblings || record.state.has_deletion_conflict()) {
        return 0;
    }
    let conflicts = reading::conflicts(&record.kind, &record.state);
    i64::try_from(conflicts.iter().filter(|conflict| conflict.asks).count()).unwrap_or(i64::MAX)
}
