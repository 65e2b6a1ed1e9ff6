//! What was begun and will be removed within two days: a line before it is gone.

use domain::permission::Permission;

use crate::app::App;
use crate::drafts::{self, Ending};
use crate::dto::today::EndingDraft;
use crate::entry::naming::Naming;
use crate::error::CommandError;

/// How long before it is removed it is spoken of.
const AHEAD_MS: u64 = 2 * 86_400_000;

/// What the person who works has begun and will lose; for who looks after people also, without a word of it, what somebody has who
/// left.
pub(crate) fn ending(app: &App, naming: &Naming<'_>) -> Result<Vec<EndingDraft>, CommandError> {
    let Some(me) = naming.viewer.person.as_deref() else { return Ok(Vec::new()) };
    let by = app.now_ms().saturating_add(AHEAD_MS);
    let own = drafts::ending_of(app, me, by)?.into_iter().map(|Ending { key, removed_at }| EndingDraft {
        form: Some(key.form),
        record: key.record,
        person: None,
        count: 1,
        removed_at,
    });
    let mut ending: Vec<EndingDraft> = own.collect();
    if naming.viewer.sight.may(Permission::ManagePeople) {
        for (person, count, removed_at) in drafts::ending_of_who_left(app, by)? {
            let person = Some(naming.names.person(&person));
            ending.push(EndingDraft { form: None, record: None, person, count, removed_at });
        }
    }
    ending.sort_by_key(|draft| draft.removed_at);
    Ok(ending)
}
