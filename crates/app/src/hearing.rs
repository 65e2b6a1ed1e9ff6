//! What somebody hears of what changes: nothing of a kind of records of which they see none.
//!
//! A kind that a role shows is told of by its name, whichever record has changed: one that has just been closed, or was given to
//! somebody else, must leave the page on which it stands. Of a kind of which somebody sees no more than what they wrote, or what names
//! them, only such records are told. Ids are told where all that has changed is seen.

use std::collections::BTreeSet;

use causal::RecordId;
use replica::{Access, Listing, Visible};
use uuid::Uuid;

use crate::app::App;
use crate::background::News;
use crate::entry::campus_of;
use crate::entry::look::row_kind_of_part;
use crate::error::CommandError;
use crate::session;
use crate::sheet::{PAPER, is_for};
use crate::sight::{Viewer, access, is_before_first_pull};

/// What is heard of by who stands at the lock, too: it shows the names to choose from, and which campus it is.
const AT_THE_LOCK: [&str; 2] = ["person", "campus"];
/// Kinds by which somebody may come to see more or less than before.
const OF_RIGHTS: [&str; 5] = ["role_grant", "area", "campus", "template_version", session::NEWS];

/// What one person hears of: worked out once, and anew when somebody else works, or when their rights may have changed.
#[derive(Debug)]
pub struct Hearing {
    person: Option<String>,
    sees: Access,
    /// Whether the store does not know yet what anybody may see.
    is_early: bool,
    /// The kinds that are told of by their names.
    by_name: BTreeSet<String>,
}

impl Hearing {
    /// What the person who works hears of.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn of(app: &App) -> Result<Self, CommandError> {
        let app = app.in_hand()?;
        let person = app.by().map(|by| by.to_string());
        let mut sees = access(&app)?;
        let mut by_name = BTreeSet::new();
        if let Access::Kinds(kinds) = &mut sees {
            if person.is_none() {
                kinds.extend(AT_THE_LOCK.map(|kind| (kind.to_owned(), vec![(Vec::new(), Visible::all())])));
            }
            let me = person.as_deref().unwrap_or_default();
            let is_by_role = |visible: &Visible| visible.0.iter().any(|entry| !entry.iter().any(|it| it.asks_for(me)));
            let told = |(_, seen): &(&String, &Vec<(Vec<Uuid>, Visible)>)| seen.iter().any(|(_, it)| is_by_role(it));
            by_name.extend(kinds.iter().filter(told).map(|(kind, _)| kind.clone()));
        }
        Ok(Self { person, sees, by_name, is_early: is_before_first_pull(&app)? })
    }

    /// Works it out anew, and says whether the same person sees something else now than before.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn look_again(&mut self, app: &App) -> Result<bool, CommandError> {
        let before = std::mem::replace(self, Self::of(app)?);
        Ok(before.person == self.person && before.sees != self.sees)
    }

    /// What the person who works now hears of some news; nothing where it concerns nothing that they see.
    ///
    /// Where that cannot be found out, it is said that something has changed, and not what.
    pub fn hear(&mut self, app: &App, news: News) -> Vec<News> {
        let is_sync = matches!(news, News::Sync(_));
        let heard = match &news {
            News::Changed { kinds, ids } => self.hear_of_change(app, kinds, ids),
            // The exchange that has just ended may have been the first.
            News::Sync(_) if self.is_early => self.look_again(app).map(|is_other| is_other.then_some(News::ANYTHING)),
            News::Sync(_) => Ok(None),
        };
        let heard = heard.unwrap_or_else(|error| {
            tracing::warn!(%error, "it cannot be found out who may hear what");
            Some(News::ANYTHING)
        });
        heard.into_iter().chain(is_sync.then_some(news)).collect()
    }

    fn hear_of_change(&mut self, app: &App, kinds: &[String], ids: &[Uuid]) -> Result<Option<News>, CommandError> {
        let is_of_rights = kinds.iter().any(|kind| OF_RIGHTS.contains(&kind.as_str()));
        let is_due = self.is_early || kinds.is_empty() || is_of_rights || self.person.as_deref() != app.by().as_deref();
        if (is_due && self.look_again(app)?) || kinds.is_empty() {
            return Ok(Some(News::ANYTHING));
        }
        if self.sees == Access::All {
            return Ok(Some(News::Changed { kinds: kinds.to_vec(), ids: ids.to_vec() }));
        }
        let seen = self.seen(app, ids)?;
        let mut told = BTreeSet::new();
        for kind in kinds {
            told.extend(self.told_of(app, kind, ids, &seen)?);
        }
        let ids = if seen.len() == ids.len() { ids.to_vec() } else { Vec::new() };
        Ok((!told.is_empty()).then(|| News::Changed { kinds: told.into_iter().collect(), ids }))
    }

    /// Which of the records that have changed are seen.
    fn seen(&self, app: &App, ids: &[Uuid]) -> Result<Vec<(RecordId, String)>, CommandError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<RecordId> = ids.iter().copied().map(RecordId).collect();
        Ok(app.store().seen_among(&ids, &self.sees)?)
    }

    /// The name by which a change of a kind is told; none where nothing of it concerns the person.
    fn told_of(
        &self,
        app: &App,
        kind: &str,
        ids: &[Uuid],
        seen: &[(RecordId, String)],
    ) -> Result<Option<String>, CommandError> {
        // A part changes its row, and that somebody has a PIN now, or another role, shows in the list of people.
        let shown = match kind {
            session::NEWS => return Ok(Some(kind.to_owned())),
            PAPER => return Ok(self.hears_of_papers(app, ids)?.then(|| kind.to_owned())),
            "pin" => "person",
            "role_grant" if !self.by_name.contains(kind) && !seen.iter().any(|(_, own)| own == kind) => "person",
            part => row_kind_of_part(part).unwrap_or(part),
        };
        let is_told = self.by_name.contains(shown)
            || seen.iter().any(|(_, own)| own == shown)
            // Of many that have changed, or of a part of a row, it is not known which.
            || ((ids.is_empty() || shown != kind) && self.sees_any(app, shown)?);
        Ok(is_told.then(|| shown.to_owned()))
    }

    /// Whether there is any record of a kind that is seen.
    fn sees_any(&self, app: &App, kind: &str) -> Result<bool, CommandError> {
        let Access::Kinds(kinds) = &self.sees else { return Ok(true) };
        for (scopes, visible) in kinds.get(kind).into_iter().flatten().filter(|(_, visible)| !visible.is_none()) {
            if app.store().has(&Listing { kind, scopes, visible: Some(visible), ..Listing::default() })? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether one of the papers that have changed is one that the person gets.
    fn hears_of_papers(&self, app: &App, ids: &[Uuid]) -> Result<bool, CommandError> {
        for id in ids {
            let Some(found) = app.store().find_one(RecordId(*id))?.filter(|found| found.kind == PAPER) else {
                continue;
            };
            let viewer = Viewer::here(app, &campus_of(app, found.scope, &found.doc)?)?;
            if found.doc.get("sheet").and_then(|sheet| sheet.as_str()).is_some_and(|sheet| is_for(&viewer, sheet)) {
                return Ok(true);
            }
        }
        Ok(ids.is_empty() && self.person.is_some())
    }
}
