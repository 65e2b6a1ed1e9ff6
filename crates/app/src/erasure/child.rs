//! What goes with a child: everything that names it, at once. No law wants any of it kept against its guardians.

use causal::RecordId;
use domain::register::{Register, all, part_id};
use replica::{Condition, Listing, Order, Presence, Visible};
use uuid::Uuid;

use crate::app::App;
use crate::document::text;
use crate::error::CommandError;

/// The kind of children.
pub(super) const KIND: &str = "child";
/// So many rows of one register name one child: it comes and goes on some two hundred days of a year, for three years.
const MOST_ROWS: u64 = 5_000;

/// Rows of one register, or of one of their parts, that name a child.
pub(super) struct Rows {
    /// The register.
    pub(super) register: &'static Register,
    /// The part; none for the rows themselves.
    pub(super) part: Option<&'static str>,
    /// What is here of them.
    pub(super) ids: Vec<RecordId>,
}

/// Whether a child comes here and its guardians agree that its name is kept: then it is not erased.
pub(crate) fn is_enrolled(app: &App, child: Uuid) -> Result<bool, CommandError> {
    let found = app.store().find_one(RecordId(child))?.filter(|found| found.kind == KIND);
    Ok(found.is_some_and(|found| {
        found.stage.as_deref() == Some("enrolled") && text(&found.doc, "consent") == Some("已同意")
    }))
}

/// The rows that name a child, parts before their rows.
pub(super) fn rows(app: &App, child: Uuid) -> Result<Vec<Rows>, CommandError> {
    let mut found = Vec::new();
    for register in all() {
        let of_child = register.fields.iter().filter(|field| field.stored().and_then(|of| of.refers()) == Some(KIND));
        let fields: Vec<String> = of_child.map(|field| field.name.clone()).collect();
        if fields.is_empty() {
            continue;
        }
        let names_it = Visible(vec![vec![Condition::Holds { fields, value: child.to_string() }]]);
        let listing = Listing {
            kind: &register.kind,
            visible: Some(&names_it),
            order: Order::NewestDay,
            limit: MOST_ROWS,
            ..Listing::default()
        };
        let ids: Vec<RecordId> = app.store().find(&listing)?.iter().map(|row| row.id).collect();
        for part in &register.parts {
            let mut here = Vec::new();
            for id in ids.iter().map(|row| RecordId(part_id(row.0, &part.name))) {
                if app.store().presence(id)? == Presence::Here {
                    here.push(id);
                }
            }
            found.push(Rows { register, part: Some(&part.name), ids: here });
        }
        found.push(Rows { register, part: None, ids });
    }
    found.retain(|rows| !rows.ids.is_empty());
    Ok(found)
}

/// Everything of a child that is here, what came late as well: what names it, and then itself.
pub(crate) fn whole(app: &App, child: Uuid) -> Result<Vec<RecordId>, CommandError> {
    let mut whole: Vec<RecordId> = rows(app, child)?.into_iter().flat_map(|rows| rows.ids).collect();
    let own = RecordId(child);
    whole.extend((app.store().presence(own)? == Presence::Here).then_some(own));
    Ok(whole)
}
