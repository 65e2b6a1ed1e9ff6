//! What is still owed to a form: photos on their way, and what people disagree about.

use domain::form::AnswerField;
use domain::reading::conflicts;

use super::place::Place;
use crate::app::App;
use crate::dto::digest::Digest;
use crate::dto::photo::PhotoState;
use crate::names::Names;
use crate::photo::Photos;

/// What is still owed to the form at a place.
pub(crate) fn digest(app: &App, names: &Names<'_>, place: &Place) -> Digest {
    let form = place.form();
    let asked = |name: &str, is_part: fn(&str) -> bool| {
        let field = AnswerField::parse(name).filter(|field| field.place == place.name && is_part(field.part));
        field.is_some_and(|field| form.items().any(|item| item.code == field.code))
    };
    let disagreed = conflicts(place.kind, &place.state).into_iter();
    let disagreed = disagreed.filter(|conflict| asked(&conflict.field, |part| matches!(part, "result" | "note")));
    let photos = Photos::new(app, names);
    let named = place.document.iter().filter(|(_, value)| !value.is_null());
    let named = named.filter(|(name, _)| asked(name, |part| part.starts_with("photos/")));
    let awaited = named.filter_map(|(_, value)| photos.view(value)).filter(|photo| photo.state == PhotoState::Awaited);
    Digest { photos_awaited: awaited.count(), conflicts: disagreed.count() }
}
