//! The pages that the program writes itself, with their values filled in.

const ICON: &str = include_str!("../icons/icon.svg");

/// Puts the values, as text, in the place of `{names}`; `{icon}` is the house's own.
pub(crate) fn fill(page: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(page.len() + ICON.len());
    let mut rest = page;
    // One pass from front to back, so that what was filled in is never filled in again.
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        filled.push_str(before);
        match name {
            "icon" => filled.push_str(ICON),
            _ => {
                filled.push_str(&escaped(values.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text)))
            }
        }
        rest = after;
    }
    filled + rest
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
