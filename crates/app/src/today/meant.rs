//! Whose work something is that several people may do: what is a person's own stands first in their Today.

use std::cell::RefCell;
use std::collections::BTreeMap;

use domain::register::{Act, Counts, Expect, Outcome, Register, fold};
use domain::role::Role;
use replica::ListedRecord;

use crate::app::App;
use crate::document::text;
use crate::entry::facts::author;
use crate::entry::naming::Naming;
use crate::sheet::areas;

/// Tells whose work something is, for one person.
pub(super) struct Meant<'a> {
    app: &'a App,
    naming: &'a Naming<'a>,
    roles: Vec<Role>,
    /// The areas of each sort that was asked for.
    sorts: RefCell<BTreeMap<String, Vec<String>>>,
}

impl<'a> Meant<'a> {
    /// For the person who works; none where nobody is named.
    pub(super) fn of_who_works(app: &'a App, naming: &'a Naming<'a>) -> Option<Self> {
        naming.viewer.person.as_ref()?;
        Some(Self { app, naming, roles: naming.viewer.sight.roles().collect(), sorts: RefCell::default() })
    }

    /// Whether rows that are expected are the person's work: that of one of their roles, and of theirs where people are named.
    pub(super) fn expects(&self, expect: &Expect, people: &[String]) -> bool {
        let is_role = expect.roles.is_empty() || expect.roles.iter().any(|role| self.roles.contains(role));
        is_role && (people.is_empty() || people.iter().any(|person| self.is_me(person)))
    }

    /// Whether what is left to do on a row is the person's work.
    ///
    /// It is that of who has to do it, then of who must do the next act, then of who made the row; else that of whom the register
    /// expects such a row of. What nobody is named for is the work of all who may do it.
    pub(super) fn waits(&self, register: &Register, found: &ListedRecord) -> bool {
        if let Some(assignee) = &found.assignee {
            return self.is_me(assignee);
        }
        let next = next_people(register, found);
        if !next.is_empty() {
            return next.iter().any(|person| self.is_me(person));
        }
        author(&found.doc).is_some_and(|author| self.is_me(author))
            || self.answered(register, found).is_none_or(|expect| self.expects(expect, &[]))
    }

    fn is_me(&self, person: &str) -> bool {
        self.naming.viewer.person.as_deref() == Some(person)
    }

    /// The line of the declaration that a row answers.
    fn answered<'r>(&self, register: &'r Register, found: &ListedRecord) -> Option<&'r Expect> {
        let place = found.place.as_deref()?;
        register.expects.iter().filter(|expect| !expect.roles.is_empty()).find(|expect| {
            expect.only.holds_by_itself(&found.doc) && expect.per.as_deref().is_some_and(|sort| self.is_of(sort, place))
        })
    }

    fn is_of(&self, sort: &str, place: &str) -> bool {
        let read = || {
            let areas = areas(self.app, self.naming.campus, sort).unwrap_or_default();
            areas.into_iter().map(|area| area.id).collect()
        };
        let mut sorts = self.sorts.borrow_mut();
        let areas = sorts.entry(sort.to_owned()).or_insert_with(read);
        areas.iter().any(|area| area == place)
    }
}

/// Who must do what is left to do on a row; nobody where anybody may do some of it.
fn next_people(register: &Register, found: &ListedRecord) -> Vec<String> {
    let Some(stage) = found.stage.as_deref() else { return Vec::new() };
    let folded = fold(register, &found.doc);
    let is_done = |act: &Act| {
        let mut applied = folded.acts.iter().filter(|(_, outcome)| *outcome == Outcome::Applied);
        act.counts == Counts::First && applied.any(|(entry, _)| entry.act == act.code)
    };
    let is_next = |act: &&Act| act.from.iter().any(|from| from == stage) && !is_done(act);
    let fields = register.acts.iter().filter(is_next).map(|act| act.by.as_deref());
    let fields: Vec<&str> = fields.collect::<Option<_>>().unwrap_or_default();
    fields.into_iter().filter_map(|field| text(&found.doc, field)).map(str::to_owned).collect()
}
