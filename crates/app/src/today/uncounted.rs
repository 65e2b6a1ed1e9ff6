//! 未计入: acts of the person who works that do not count, with why. They are never refused, so their author has to hear of them.

use domain::register::{Outcome, Register, Right, all, fold};
use domain::time::UtcMillis;
use replica::{ListedRecord, Listing, Order};

use crate::app::App;
use crate::dto::phrase::Phrase;
use crate::dto::today::UncountedAct;
use crate::entry::naming::Naming;
use crate::entry::{is_newer, scopes};
use crate::error::CommandError;

/// An act is told of for so long; whoever looks at its row finds it at any time.
const TOLD_MS: i64 = 7 * 86_400_000;
/// So many rows of one register are looked at.
const MOST_OF_ONE: u64 = 20;

/// The acts of the last days that do not count, the newest first; none where nobody works.
pub(crate) fn uncounted(app: &App, naming: &Naming<'_>, now: UtcMillis) -> Result<Vec<UncountedAct>, CommandError> {
    let Some(me) = naming.viewer.person.as_deref() else { return Ok(Vec::new()) };
    let mut acts = Vec::new();
    for register in all().iter().filter(|register| !register.acts.is_empty()) {
        let seen = naming.viewer.visible(register, Right::See);
        if seen.is_none() {
            continue;
        }
        let scopes = scopes(naming.campus, register);
        let listing = Listing {
            kind: &register.kind,
            scopes: &scopes,
            visible: Some(&seen),
            uncounted: Some(me),
            order: Order::NewestDay,
            limit: MOST_OF_ONE,
            ..Listing::default()
        };
        for found in app.store().find(&listing)?.iter().filter(|found| !is_newer(&found.doc)) {
            acts.extend(of_row(naming, register, found, me).filter(|act| now.0.saturating_sub(act.at) <= TOLD_MS));
        }
    }
    acts.sort_by_key(|act: &UncountedAct| std::cmp::Reverse((act.at, act.id)));
    Ok(acts)
}

fn of_row<'a>(
    naming: &'a Naming<'_>,
    register: &'a Register,
    found: &'a ListedRecord,
    me: &'a str,
) -> impl Iterator<Item = UncountedAct> + 'a {
    let folded = fold(register, &found.doc);
    let title = naming.title(register, &found.doc);
    folded.acts.into_iter().filter(move |(act, _)| act.by.as_deref() == Some(me)).filter_map(move |(act, outcome)| {
        let Outcome::NotCounted(why) = outcome else { return None };
        let declared = register.act(&act.act)?;
        Some(UncountedAct {
            id: found.id.0,
            kind: register.kind.clone(),
            register: Phrase::new(register.zh.clone(), register.en.clone()),
            title: title.clone(),
            act: Phrase::new(declared.zh.clone(), declared.en.clone()),
            at: act.at.0,
            why: why.code().to_owned(),
        })
    })
}
