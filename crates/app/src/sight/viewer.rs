//! Who looks, and what they may see and do with the rows of registers: made once per call.

use chrono::{Days, NaiveDate};
use domain::register::{Register, Right};
use domain::role::Role;
use domain::sight::{RowRule, Rows, Sight};
use replica::{Condition, ListedRecord, Listing, Visible};

use crate::app::App;
use crate::campus::Campus;
use crate::document::{text, texts};
use crate::error::CommandError;
use crate::locking::is_locked;
use crate::people;

/// Who looks, and what they see.
pub(crate) struct Viewer {
    /// What they see.
    pub(crate) sight: Sight,
    /// Who they are; none where nobody is named.
    pub(crate) person: Option<String>,
    /// The day on the campus.
    pub(crate) today: NaiveDate,
}

impl Viewer {
    /// The person who works.
    ///
    /// Nobody who is named sees nothing on a door that serves people, and everything on the command line. A tablet that is enrolled and
    /// has not read the feed to its end yet does not know what anybody may see, so it shows them what they wrote themselves, and no more.
    pub(crate) fn here(app: &App, campus: &Campus) -> Result<Self, CommandError> {
        let person = app.by().map(|by| by.to_string());
        match &person {
            Some(person) => Self::of(app, campus, person),
            None => {
                let sight = if app.is_support() { Sight::everything() } else { Sight::nobody() };
                Ok(Self { sight, person: None, today: people::today(app, campus) })
            }
        }
    }

    /// A person who is named.
    pub(crate) fn of(app: &App, campus: &Campus, person: &str) -> Result<Self, CommandError> {
        let sight = if is_before_first_pull(app)? {
            Sight::of(person, [], [])
        } else {
            Sight::of(person, grants(app, campus, person)?, owned_areas(app, person)?)
        };
        let sight = sight.locked(is_locked(app, campus)?);
        Ok(Self { sight, person: Some(person.to_owned()), today: people::today(app, campus) })
    }

    /// Whether nothing at all is shown to them: nobody is named, or the store does not know yet who may see what.
    pub(crate) fn is_nobody(&self) -> bool {
        self.sight.person().is_none() && !self.sight.sees_everything()
    }

    /// The same as if the compartments of this device were open: who had to do with a register is told that it is locked.
    pub(crate) fn unlocked(&self) -> Self {
        Self { sight: self.sight.clone().locked(false), person: self.person.clone(), today: self.today }
    }

    /// Whether there is any row at all for which they have a right.
    pub(crate) fn has(&self, register: &Register, right: Right) -> bool {
        !matches!(self.sight.rows(register, right), Rows::None)
    }

    /// Whether they see rows whoever made them and whomever they name.
    pub(crate) fn sees_by_role(&self, register: &Register) -> bool {
        match self.sight.rows(register, Right::See) {
            Rows::None => false,
            Rows::All => true,
            Rows::Where(rules) => rules.iter().any(|rule| !rule.is_mine && !rule.is_about_me),
        }
    }

    /// Which rows they have a right for, as a list asks for them.
    pub(crate) fn visible(&self, register: &Register, right: Right) -> Visible {
        self.visible_of(self.sight.rows(register, right), &open_stages(register))
    }

    /// Rows as a list asks for them; `open` are the stages of one that is not closed.
    pub(crate) fn visible_of(&self, rows: Rows, open: &[String]) -> Visible {
        match rows {
            Rows::None => Visible::default(),
            Rows::All => Visible::all(),
            Rows::Where(rules) => Visible(rules.into_iter().map(|rule| self.conditions(rule, open)).collect()),
        }
    }

    /// Who they are; nothing for nobody, to whom no rule speaks.
    pub(crate) fn me(&self) -> String {
        self.person.clone().unwrap_or_default()
    }

    fn conditions(&self, rule: RowRule, open: &[String]) -> Vec<Condition> {
        let mut conditions = Vec::new();
        if rule.is_open {
            conditions.push(Condition::Stage(open.to_vec()));
        }
        if let Some(places) = rule.places {
            conditions.push(Condition::Place(places.into_iter().collect()));
        }
        if let Some(checklists) = rule.checklists {
            conditions.push(Condition::Checklist(checklists.into_iter().collect()));
        }
        if let Some(category) = rule.category {
            conditions.push(Condition::Sort(category.code().to_owned()));
        }
        if rule.is_mine {
            conditions.push(Condition::Author(self.me()));
        }
        if rule.is_about_me {
            conditions.push(Condition::Names(self.me()));
        }
        if let Some(days) = rule.days {
            conditions.push(Condition::Since(self.days_ago(days)));
        }
        conditions
    }

    /// The first of the last so many days, today the last of them.
    fn days_ago(&self, days: u32) -> String {
        let first = self.today.checked_sub_days(Days::new(u64::from(days.saturating_sub(1))));
        first.unwrap_or(NaiveDate::MIN).to_string()
    }
}

/// The codes of the stages at which something is left to do.
pub(crate) fn open_stages(register: &Register) -> Vec<String> {
    register.stages.iter().filter(|stage| register.is_open(&stage.code)).map(|stage| stage.code.clone()).collect()
}

/// Whether this device was enrolled and has never read the feed to its end.
pub(crate) fn is_before_first_pull(app: &App) -> Result<bool, CommandError> {
    if app.store().enrolment()?.is_none() || app.store().identity()?.reached_end {
        return Ok(false);
    }
    Ok(app.store().sync_report()?.last_success_at.is_none())
}

/// The roles that a person has on a campus today, each with its areas; every role where nobody was ever given one.
fn grants(app: &App, campus: &Campus, person: &str) -> Result<Vec<(Role, Vec<String>)>, CommandError> {
    let holds = people::hold_now(app, campus);
    if people::roles_of(app, person, campus.id, &holds)?.is_none() {
        return Ok(Role::all().map(|role| (role, Vec::new())).collect());
    }
    let mut grants = Vec::new();
    for grant in people::grants_of(app, person)?.iter().filter(|grant| people::is_on(grant, campus.id) && holds(grant))
    {
        let Some(role) = role_of(grant) else { continue };
        let mut places: Vec<String> = texts(&grant.doc, "places").map(str::to_owned).collect();
        // 代班: who stands in for somebody works where they do.
        if let Some(other) = text(&grant.doc, "substitute_for") {
            for theirs in people::grants_of(app, other)?.iter().filter(|theirs| role_of(theirs) == Some(role)) {
                places.extend(texts(&theirs.doc, "places").map(str::to_owned));
            }
        }
        grants.push((role, places));
    }
    Ok(grants)
}

fn role_of(grant: &ListedRecord) -> Option<Role> {
    text(&grant.doc, "role")?.parse().ok()
}

/// The areas that a person owns.
fn owned_areas(app: &App, person: &str) -> Result<Vec<String>, CommandError> {
    let listing = Listing { kind: "area", field: Some(("owner_person", person)), limit: 1_000, ..Listing::default() };
    Ok(app.store().find(&listing)?.into_iter().map(|area| area.id.to_string()).collect())
}
