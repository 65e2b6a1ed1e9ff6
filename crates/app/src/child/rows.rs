//! The rows about children that this device holds.

use std::collections::BTreeMap;

use causal::RecordId;
use chrono::NaiveDate;
use domain::child::{Authorisation, Handover};
use domain::register::{Right, VOID, part_id, register};
use replica::{ListedRecord, Listing};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::entry::{is_newer, scopes};
use crate::error::CommandError;
use crate::sight::Viewer;

/// A campus has no more rows of one sort, or of one day.
const MOST: u64 = 20_000;

/// The rows of a campus, whoever asks: an alarm does not depend on who looks. What of them is shown, sight decides.
pub(crate) struct Rows<'a> {
    pub(crate) app: &'a App,
    pub(crate) campus: &'a Campus,
}

impl Rows<'_> {
    /// Rows of a register, but for those that a newer version wrote.
    pub(crate) fn find(&self, listing: Listing<'_>) -> Result<Vec<ListedRecord>, CommandError> {
        let Some(register) = register(listing.kind) else { return Ok(Vec::new()) };
        let scopes = scopes(self.campus, register);
        let mut found = self.app.store().find(&Listing { scopes: &scopes, limit: MOST, ..listing })?;
        found.retain(|found| !is_newer(&found.doc));
        Ok(found)
    }

    /// The handovers from one day to another, by day and child.
    pub(crate) fn handovers(
        &self,
        days: (&str, &str),
    ) -> Result<BTreeMap<NaiveDate, BTreeMap<Uuid, Vec<Handover>>>, CommandError> {
        let listing = Listing { kind: "child_handover", days: Some(days), ..Listing::default() };
        let mut by_day: BTreeMap<NaiveDate, BTreeMap<Uuid, Vec<Handover>>> = BTreeMap::new();
        for found in self.find(listing)? {
            let day = found.day.as_deref().and_then(|day| day.parse().ok());
            if let Some((day, row)) = day.zip(self.handover(found)?) {
                by_day.entry(day).or_default().entry(row.child).or_default().push(row);
            }
        }
        Ok(by_day)
    }

    /// The handovers of one child, on a day or on all of them.
    pub(crate) fn handovers_of(&self, child: Uuid, day: Option<&str>) -> Result<Vec<Handover>, CommandError> {
        let about = child.to_string();
        let listing = Listing { kind: "child_handover", about: Some(&about), day, ..Listing::default() };
        let found = self.find(listing)?.into_iter();
        found.filter_map(|found| self.handover(found).transpose()).collect()
    }

    fn handover(&self, found: ListedRecord) -> Result<Option<Handover>, CommandError> {
        let mut document = found.doc;
        // Who is on no list stands in a part, which has a time of its own.
        if text(&document, "direction") == Some("离园") && text(&document, "adult").is_none() {
            let part = self.app.store().find_one(RecordId(part_id(found.id.0, "stranger")))?;
            let fields = part.map(|part| part.doc).unwrap_or_default();
            document.extend(fields.into_iter().filter(|(name, _)| name.starts_with("other_")));
        }
        Ok(Handover::read(found.id.0, &document))
    }

    /// The lines of the list, by child, each with its record.
    pub(crate) fn lines(&self) -> Result<BTreeMap<Uuid, Vec<(ListedRecord, Authorisation)>>, CommandError> {
        let mut lines: BTreeMap<Uuid, Vec<(ListedRecord, Authorisation)>> = BTreeMap::new();
        for found in self.find(Listing { kind: "pickup_authorisation", ..Listing::default() })? {
            if let Some(line) = Authorisation::read(found.id.0, &found.doc) {
                lines.entry(line.child).or_default().push((found, line));
            }
        }
        Ok(lines)
    }

    /// The lines about one child, each with its record.
    pub(crate) fn lines_of(&self, child: Uuid) -> Result<Vec<(ListedRecord, Authorisation)>, CommandError> {
        let about = child.to_string();
        let found = self.find(Listing { kind: "pickup_authorisation", about: Some(&about), ..Listing::default() })?;
        let line = |found: ListedRecord| Authorisation::read(found.id.0, &found.doc).map(|line| (found, line));
        Ok(found.into_iter().filter_map(line).collect())
    }

    /// How many slips of medicine wait on a day, by child.
    pub(crate) fn medicine(&self, day: &str) -> Result<BTreeMap<Uuid, u32>, CommandError> {
        let listing =
            Listing { kind: "medicine_slip", days: Some((day, day)), stages: &["open"], ..Listing::default() };
        let mut slips: BTreeMap<Uuid, u32> = BTreeMap::new();
        for found in self.find(listing)? {
            if let Some(child) = text(&found.doc, "child").and_then(|id| Uuid::parse_str(id).ok()) {
                *slips.entry(child).or_default() += 1;
            }
        }
        Ok(slips)
    }
}

/// The children on the list that somebody sees, of one class or of all.
pub(crate) fn children_of(
    app: &App,
    campus: &Campus,
    viewer: &Viewer,
    class: Option<Uuid>,
) -> Result<Vec<ListedRecord>, CommandError> {
    let Some(register) = register("child") else { return Ok(Vec::new()) };
    let visible = viewer.visible(register, Right::See);
    if visible.is_none() {
        return Ok(Vec::new());
    }
    let listing = Listing { kind: "child", visible: Some(&visible), ..Listing::default() };
    let mut found = Rows { app, campus }.find(listing)?;
    let class = class.map(|class| class.to_string());
    found.retain(|child| {
        let is_enrolled = child.stage.as_deref().is_some_and(|stage| stage != VOID && stage != "left");
        is_enrolled && class.as_deref().is_none_or(|class| child.place.as_deref() == Some(class))
    });
    Ok(found)
}
