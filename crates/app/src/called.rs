//! What any record is called, as the person who works may know it: a row of a register by its sight, and by its kind alone where
//! it is not to be seen.

use causal::RecordId;

use crate::app::App;
use crate::entry::look::Look;
use crate::error::CommandError;
use crate::names::Names;
use crate::titles::{Title, of_kind, title};

/// What people call the record `id`; its kind where it is not here, or not to be seen.
pub(crate) fn of_record(app: &App, names: &Names<'_>, id: RecordId, kind: &str) -> Result<Title, CommandError> {
    let Some(reading) = app.store().get(id)? else { return Ok(of_kind(kind)) };
    let record = &reading.record;
    let look = Look::at(app, record)?;
    Ok(match (look.title(app, names), look.register(), look.is_seen()) {
        (Some(title), ..) => Title { zh: title.zh, en: title.en },
        (None, None, true) => title(names, &record.kind, &domain::reading::read(&record.kind, &record.state)),
        _ => of_kind(&record.kind),
    })
}
