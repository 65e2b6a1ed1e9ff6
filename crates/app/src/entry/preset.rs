//! What a new form begins with. A measured value begins with nothing: its declaration sees to that.

use domain::register::{Field, Preset, Register, Saving};
use domain::setting::SettingValue;
use replica::{Condition, Listing, Order, Visible};
use serde_json::Value;

use crate::app::App;
use crate::campus::Campus;
use crate::document::Document;
use crate::error::CommandError;

/// What one field begins with, as a form shows it.
pub(super) fn preset(register: &Register, field: &Field, saving: &Saving<'_>) -> Option<Value> {
    let of = field.stored().filter(|of| !of.is_measured())?;
    register.preset(field, of, field.preset.as_ref()?, saving)
}

/// The rows that a setting's list gives, each with the number behind its name where it names one: `钥匙=5`.
pub(super) fn lines(key: &str, saving: &Saving<'_>) -> Vec<(String, Option<Value>)> {
    let Some(SettingValue::List(texts)) = saving.settings.get(key) else { return Vec::new() };
    let line = |text: &String| match text.split_once('=') {
        Some((name, count)) => (name.trim().to_owned(), Some(count.trim().into())),
        None => (text.trim().to_owned(), None),
    };
    texts.iter().map(line).collect()
}

/// The latest row of a register that the person who works made here, where a field of it begins with what was written last.
pub(super) fn last_row(app: &App, campus: &Campus, register: &Register) -> Result<Option<Document>, CommandError> {
    let asks = register.fields.iter().any(|field| field.preset == Some(Preset::Last));
    let Some(me) = app.by().filter(|_| asks) else { return Ok(None) };
    let own = Visible(vec![vec![Condition::Author(me.to_string())]]);
    let scopes = super::place::scopes(campus, register);
    let listing = Listing {
        kind: &register.kind,
        scopes: &scopes,
        visible: Some(&own),
        order: Order::NewestFirst,
        limit: 1,
        ..Listing::default()
    };
    Ok(app.store().find(&listing)?.pop().map(|found| found.doc))
}
