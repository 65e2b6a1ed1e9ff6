//! What a listing asks for, as conditions of SQL.
//!
//! SQLite knows how many records there are and nothing of how they are spread: that a few hundred of a hundred thousand forms are
//! open, and all the others done with. So it is told, with a `+` before a column whose index would be the wrong one.

use std::collections::BTreeMap;

use causal::RecordId;
use domain::sight::Mark;
use rusqlite::types::Value;
use uuid::Uuid;

use super::column::Column;
use super::derive;
use super::listing::{ListedRecord, Listing, Order};
use super::marked::{self, Lookup};
use super::values::Values;
use super::visible::{Access, Condition, Visible};

/// When something is due, in the order of lists: what has no time comes last.
///
/// The order, and the place that a page starts from, say it by this one constant.
pub(super) const DUE: &str = "coalesce(due, 9223372036854775807)";

/// The conditions of a listing, and the values they ask for.
pub(super) struct Filter {
    clauses: Vec<String>,
    values: Values,
    /// Whether the stages are those of work that is left, of which there is little.
    is_little: bool,
    /// Whether the records are to be found by what they are, and then sorted, and not walked through in order.
    is_sorted: bool,
    order: Order,
    /// What [`Order::Text`] goes by, in SQL.
    text: String,
    lookup: Lookup,
    /// Whether every record carries its marks.
    is_marked: bool,
}

impl Filter {
    /// The conditions of a listing, its place included.
    ///
    /// Those on a column of `stale` are left out: what stands there was derived by other rules. `is_marked` where every record
    /// carries its marks.
    pub(super) fn of(listing: &Listing<'_>, stale: &[Column], is_marked: bool) -> Self {
        let is_little =
            !listing.stages.is_empty() && listing.stages.iter().all(|stage| derive::is_work_left(listing.kind, stage));
        let is_sorted = is_little || listing.template.is_some();
        let mut filter = Self { is_little, is_sorted, order: listing.order, ..Self::new(Lookup::Gathered, is_marked) };
        if let Some(by) = listing.by {
            let path = filter.value(format!("$.\"{by}\""));
            filter.text = format!("coalesce(CASE json_type(doc, {path}) WHEN 'text' THEN doc ->> {path} END, '')");
        }
        filter.is("kind", listing.kind.to_owned());
        filter.scopes(listing);
        let holds = |column| !stale.contains(&column);
        if holds(Column::Day) {
            filter.day(listing);
        }
        if let Some(parent) = listing.parent.filter(|_| holds(Column::Parent)) {
            filter.is("parent", parent.to_string());
        }
        if let Some(about) = listing.about.filter(|_| holds(Column::About)) {
            filter.is("about", about.to_owned());
        }
        if let Some(template) = listing.template.filter(|_| holds(Column::Template)) {
            filter.is("template", template.to_owned());
        }
        if let Some((name, text)) = listing.field.filter(|_| holds(Column::Document)) {
            let path = filter.value(format!("$.\"{name}\""));
            filter.is(&format!("doc ->> {path}"), text.to_owned());
        }
        if holds(Column::Stage) {
            filter.stage(listing);
        }
        if let Some(assignee) = listing.assignee.filter(|_| holds(Column::Assignee)) {
            let column = if is_little { "+assignee" } else { "assignee" };
            filter.is(column, assignee.to_owned());
        }
        if holds(Column::Due) {
            filter.due(listing);
        }
        if let Some(person) = listing.uncounted.filter(|_| holds(Column::Uncounted)) {
            let person = filter.value(format!("|{person}|"));
            filter.clauses.push(format!("uncounted IS NOT NULL AND instr(uncounted, {person}) > 0"));
        }
        if listing.is_for_hooks && is_marked {
            filter.clauses.push("kin IS NOT NULL".to_owned());
        }
        if let Some(visible) = listing.visible.filter(|visible| visible.columns().all(holds)) {
            filter.visible(listing.kind, visible);
        }
        filter
    }

    fn new(lookup: Lookup, is_marked: bool) -> Self {
        Self {
            clauses: vec!["hidden = 0".to_owned()],
            values: Values::default(),
            is_little: false,
            is_sorted: false,
            order: Order::Id,
            text: String::new(),
            lookup,
            is_marked,
        }
    }

    /// Records of any kind, as far as somebody may see them; `is_marked` where every record carries its marks.
    pub(super) fn of_any(access: &Access, is_marked: bool) -> Self {
        let mut filter = Self::new(Lookup::Each, is_marked);
        filter.access(access);
        filter
    }

    fn access(&mut self, access: &Access) {
        let Access::Kinds(kinds) = access else { return };
        // Kinds that are seen whole in the same scopes are asked for together.
        let mut whole: BTreeMap<&[Uuid], Vec<&str>> = BTreeMap::new();
        let mut ways = Vec::new();
        for (kind, seen) in kinds {
            for (scopes, visible) in seen.iter().filter(|(_, visible)| !visible.is_none()) {
                if visible.is_all() {
                    whole.entry(scopes).or_default().push(kind);
                    continue;
                }
                // The `+` keeps each way from becoming a walk of its own through all records of its kind.
                let mut clauses = vec![format!("+kind = {}", self.value(kind.clone()))];
                clauses.extend(self.in_scopes(scopes));
                clauses.extend(self.entries(kind, visible));
                ways.push(format!("({})", clauses.join(" AND ")));
            }
        }
        for (scopes, kinds) in whole {
            let kinds: Vec<String> = kinds.into_iter().map(str::to_owned).collect();
            let mut clauses = vec![self.is_one_of("+kind", &kinds)];
            clauses.extend(self.in_scopes(scopes));
            ways.push(format!("({})", clauses.join(" AND ")));
        }
        self.clauses.push(if ways.is_empty() { "FALSE".to_owned() } else { format!("({})", ways.join(" OR ")) });
    }

    fn scopes(&mut self, listing: &Listing<'_>) {
        let clause = self.in_scopes(listing.scopes);
        self.clauses.extend(clause);
    }

    /// That a record is of one of these scopes or of the whole organisation; nothing where all are meant.
    fn in_scopes(&mut self, scopes: &[Uuid]) -> Option<String> {
        let places: Vec<String> = scopes.iter().map(|scope| self.value(scope.as_bytes().to_vec())).collect();
        match &places[..] {
            [] => None,
            [one] => Some(format!("(scope = {one} OR scope IS NULL)")),
            several => Some(format!("(scope IN ({}) OR scope IS NULL)", several.join(", "))),
        }
    }

    /// What somebody may see. Only where it is one area alone is that what the records are found by.
    fn visible(&mut self, kind: &str, visible: &Visible) {
        if let [entry] = &visible.0[..]
            && let [Condition::Place(places)] = &entry[..]
            && let [place] = &places[..]
        {
            return self.is("place", place.clone());
        }
        let clause = self.entries(kind, visible);
        self.clauses.extend(clause);
    }

    /// That one of the entries holds; nothing where all is seen.
    fn entries(&mut self, kind: &str, visible: &Visible) -> Option<String> {
        if visible.is_all() {
            return None;
        }
        let entry = |filter: &mut Self, entry: &Vec<Condition>| {
            let conditions: Vec<String> = entry.iter().map(|condition| filter.condition_of(kind, condition)).collect();
            format!("({})", conditions.join(" AND "))
        };
        let entries: Vec<String> = visible.0.iter().map(|conditions| entry(self, conditions)).collect();
        Some(if entries.is_empty() { "FALSE".to_owned() } else { format!("({})", entries.join(" OR ")) })
    }

    fn condition_of(&mut self, kind: &str, condition: &Condition) -> String {
        let marked = |filter: &mut Self, word: &str, mark| {
            marked::condition(&mut filter.values, (kind, word, mark), filter.lookup, filter.is_marked)
        };
        match condition {
            Condition::Place(places) => self.of_place(kind, places),
            Condition::Author(person) => marked(self, person, Mark::Made),
            Condition::Names(person) => marked(self, person, Mark::Named),
            Condition::Sort(sort) => marked(self, sort, Mark::Sort),
            Condition::Stage(stages) => self.is_one_of("+stage", stages),
            Condition::Holds { fields, value } => self.holds(fields, value),
            Condition::Acted(person) => {
                let text = self.value(person.clone());
                marked::written(person, &text, &marked::acted(&text))
            }
            Condition::InUse => "json_type(doc, '$.active') IS NOT 'false'".to_owned(),
            Condition::Checklist(references) => self.is_one_of("+template", references),
            Condition::Since(first) => format!("+day >= {}", self.value(first.clone())),
            Condition::Scope(scope) => self.in_scopes(&[*scope]).unwrap_or_else(|| "TRUE".to_owned()),
        }
    }

    /// That a record is of one of these areas; gathered by their index where every record of its kind is looked at, since the index
    /// by which those are walked through knows no areas.
    fn of_place(&mut self, kind: &str, places: &[String]) -> String {
        if self.order != Order::Due || self.is_little {
            return self.is_one_of("+place", places);
        }
        let (kind, places) = (self.value(kind.to_owned()), self.is_one_of("place", places));
        format!("+row IN (SELECT row FROM record WHERE hidden = 0 AND kind = {kind} AND {places})")
    }

    /// That one of these fields holds a text.
    fn holds(&mut self, fields: &[String], value: &str) -> String {
        let text = self.value(value.to_owned());
        let holds: Vec<String> = fields.iter().map(|field| marked::holds(&mut self.values, field, &text)).collect();
        if holds.is_empty() { "FALSE".to_owned() } else { marked::written(value, &text, &holds.join(" OR ")) }
    }

    fn is_one_of(&mut self, column: &str, texts: &[String]) -> String {
        let places: Vec<String> = texts.iter().map(|text| self.value(text.clone())).collect();
        format!("{column} IN ({})", places.join(", "))
    }

    /// Only those of these rows: what the index finds by an expression, and what was found without it.
    pub(super) fn found_by(mut self, expression: String, rows: &[i64]) -> Self {
        let place = self.value(expression);
        let rows: Vec<String> = rows.iter().map(i64::to_string).collect();
        let indexed = "SELECT rowid FROM text WHERE rowid NOT IN (SELECT record FROM search_waiting) AND text MATCH";
        self.clauses.push(format!("(+row IN ({indexed} {place}) OR +row IN ({}))", rows.join(", ")));
        self
    }

    /// Nothing.
    pub(super) fn nothing(mut self) -> Self {
        self.clauses.push("FALSE".to_owned());
        self
    }

    fn day(&mut self, listing: &Listing<'_>) {
        if let Some(day) = listing.day {
            self.is("day", day.to_owned());
        }
        if let Some((from, to)) = listing.days {
            let (from, to) = (self.value(from.to_owned()), self.value(to.to_owned()));
            self.clauses.push(format!("day BETWEEN {from} AND {to}"));
        }
    }

    fn stage(&mut self, listing: &Listing<'_>) {
        if listing.stages.is_empty() {
            // Said so that the index by due can be taken: it holds what stands somewhere, and all that is ever due does.
            let is_few = listing.parent.is_some() || listing.assignee.is_some();
            let clause = if is_few { "+stage IS NOT NULL" } else { "stage IS NOT NULL" };
            self.clauses.extend((self.order == Order::Due).then(|| clause.to_owned()));
            return;
        }
        let places: Vec<String> = listing.stages.iter().map(|stage| self.value((*stage).to_owned())).collect();
        let column = if self.is_little || self.order == Order::Due { "stage" } else { "+stage" };
        self.clauses.push(format!("{column} IN ({})", places.join(", ")));
    }

    fn due(&mut self, listing: &Listing<'_>) {
        if let Some(due_from) = listing.due_from {
            let place = self.value(due_from);
            self.clauses.push(format!("due >= {place}"));
        }
        if let Some(due_before) = listing.due_before {
            let place = self.value(due_before);
            self.clauses.push(format!("due < {place}"));
        }
    }

    /// Only what lies beyond the place of the listing.
    pub(super) fn beyond(mut self, listing: &Listing<'_>) -> Self {
        let Some(after) = &listing.after else { return self };
        let id = self.value(after.id.0.as_bytes().to_vec());
        let clause = match listing.order {
            Order::Id => format!("id > {id}"),
            Order::NewestFirst => format!("id < {id}"),
            Order::NewestDay => match &after.day {
                Some(day) => {
                    let day = self.value(day.clone());
                    format!("(day, id) < ({day}, {id})")
                }
                None => format!("day IS NULL AND id < {id}"),
            },
            Order::Text => {
                let text = self.value(after.text.clone().unwrap_or_default());
                format!("({}, id) > ({text}, {id})", self.text)
            }
            Order::Due => {
                let due = self.value(after.due.unwrap_or(i64::MAX));
                format!("({DUE}, id) > ({due}, {id})")
            }
        };
        self.clauses.push(clause);
        self
    }

    /// Only what has no day, of a list by day whose position has one: the end of that list, where SQL knows no order.
    pub(super) fn without_day(mut self) -> Self {
        self.clauses.push("day IS NULL".to_owned());
        self
    }

    /// Only what was derived by this number or a later one; or by an earlier one alone.
    pub(super) fn derived(mut self, number: i64, is_since: bool) -> Self {
        let place = self.value(number);
        self.clauses.push(format!("+derived {} {place}", if is_since { ">=" } else { "<" }));
        self
    }

    /// `WHERE` with the conditions.
    pub(super) fn condition(&self) -> String {
        format!("WHERE {}", self.clauses.join(" AND "))
    }

    /// A `SELECT` of `columns` in the order of the listing, at most `limit` of them.
    pub(super) fn select(&self, columns: &str, limit: i64) -> String {
        let condition = self.condition();
        let order = match (self.order, self.is_sorted) {
            (Order::Id, false) => return format!("SELECT {columns} FROM record {condition} ORDER BY id LIMIT {limit}"),
            (Order::NewestFirst, false) => {
                return format!("SELECT {columns} FROM record {condition} ORDER BY id DESC LIMIT {limit}");
            }
            (Order::NewestDay, false) => {
                return format!("SELECT {columns} FROM record {condition} ORDER BY day DESC, id DESC LIMIT {limit}");
            }
            (Order::NewestDay, true) => "+day DESC, +id DESC".to_owned(),
            (Order::Id, true) => "+id".to_owned(),
            (Order::NewestFirst, true) => "+id DESC".to_owned(),
            (Order::Text, _) if !self.text.is_empty() => format!("{}, id", self.text),
            (Order::Text, _) => "+id".to_owned(),
            (Order::Due, _) => format!("{DUE}, id"),
        };
        // They are found and sorted by the index alone; documents are read of those alone that are shown.
        format!(
            "SELECT {columns} FROM record WHERE row IN
                 (SELECT row FROM record {condition} ORDER BY {order} LIMIT {limit}) ORDER BY {order}"
        )
    }

    pub(super) fn values(&self) -> impl rusqlite::Params + '_ {
        self.values.all()
    }

    fn is(&mut self, expression: &str, value: impl Into<Value>) {
        let place = self.value(value);
        self.clauses.push(format!("{expression} = {place}"));
    }

    /// A place for one more value.
    pub(super) fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.place(value)
    }
}

/// What a record is listed by.
pub(super) const COLUMNS: &str = "id, kind, scope, doc, stage, due, assignee, day, place, asking > 0";

/// The same where no more is asked for than what hooks read: the index by what a row is about holds it.
pub(super) const FOR_HOOKS: &str = "id, kind, scope, kin, stage, NULL, NULL, day, NULL, 0";

/// A row of these columns.
pub(super) fn found(row: &rusqlite::Row<'_>) -> rusqlite::Result<ListedRecord> {
    let doc: String = row.get(3)?;
    // The document is derived; one that is damaged shows as empty, and the record itself is still whole.
    let doc = serde_json::from_str(&doc).unwrap_or_default();
    Ok(ListedRecord {
        id: RecordId(row.get(0)?),
        kind: row.get(1)?,
        scope: row.get(2)?,
        doc,
        stage: row.get(4)?,
        due: row.get(5)?,
        assignee: row.get(6)?,
        day: row.get(7)?,
        place: row.get(8)?,
        is_asking: row.get(9)?,
    })
}
