//! Reads the table of who sees what: `key | value` lines, a `kind` line beginning each.

use super::kinds::{Checklists, FieldMask, KindSight, Named, SeeRule};
use crate::register::{RegisterError, Wrong, cut, parse_entry, parse_keep, parse_permission};
use crate::severity::Category;

/// Reads the table.
///
/// # Errors
/// The first line that is not understood: where, what is wrong, and what to write. No text makes it panic.
pub fn parse(file: &str, text: &str) -> Result<Vec<KindSight>, RegisterError> {
    let mut kinds: Vec<KindSight> = Vec::new();
    let lines = cut(text).map_err(|(line, wrong)| wrong.at(file, line))?;
    for line in &lines {
        read(&mut kinds, &line.cells).map_err(|wrong| wrong.at(file, line.number))?;
    }
    match kinds.iter().find(|kind| kind.why.is_empty()) {
        Some(kind) => {
            Err(Wrong::new(format!("nobody says why {} is seen so", kind.kind), "add why | WORDS").at(file, 0))
        }
        None => Ok(kinds),
    }
}

fn read(kinds: &mut Vec<KindSight>, cells: &[&str]) -> Result<(), Wrong> {
    if let ["kind", name] = cells {
        if kinds.iter().any(|known| known.kind == *name) {
            return Err(Wrong::new(format!("{name:?} stands twice"), "join its lines"));
        }
        kinds.push(KindSight {
            kind: (*name).to_owned(),
            people: Vec::new(),
            see: Vec::new(),
            masks: Vec::new(),
            keep: None,
            why: String::new(),
        });
        return Ok(());
    }
    let kind = kinds.last_mut().ok_or_else(|| Wrong::new("no kind is named", "begin with kind | NAME"))?;
    match cells {
        ["people", names] => kind.people = names.split(',').map(|name| named(name.trim())).collect(),
        ["see", entries] => {
            kind.see = entries.split(',').map(|entry| see(entry.trim())).collect::<Result<_, _>>()?;
            if kind.people.contains(&Named::Itself) && kind.see.iter().any(|rule| rule.entry.is_about_me) {
                return Err(Wrong::new("a list cannot ask for the person itself", "use itself for masks alone"));
            }
        }
        ["mask", field, sight] => kind.masks.push(mask(field, sight)?),
        ["keep", time] => kind.keep = Some(parse_keep(time)?),
        ["why", words] => kind.why = (*words).to_owned(),
        _ => {
            return Err(Wrong::new(
                format!("{cells:?} is not understood"),
                "write kind, people, see, mask, keep or why",
            ));
        }
    }
    Ok(())
}

fn named(text: &str) -> Named {
    match text.split('/').collect::<Vec<_>>()[..] {
        ["itself"] => Named::Itself,
        [group, "*"] => Named::Key(group.to_owned()),
        [group, "*", member] => Named::Member(group.to_owned(), member.to_owned()),
        _ => Named::Field(text.to_owned()),
    }
}

fn see(text: &str) -> Result<SeeRule, Wrong> {
    if text == "anybody" {
        return Ok(SeeRule::default());
    }
    let (words, checklists) = [(" on my checklists", Checklists::Mine), (" on food checklists", Checklists::Food)]
        .into_iter()
        .find(|(words, _)| text.contains(words))
        .map_or((text.to_owned(), None), |(words, which)| (text.replacen(words, "", 1), Some(which)));
    let (words, category) = match words.strip_suffix(" on food findings") {
        Some(words) => (words.to_owned(), Some(Category::Food)),
        None => (words, None),
    };
    Ok(SeeRule { entry: parse_entry(&words)?, checklists, category })
}

fn mask(field: &str, sight: &str) -> Result<FieldMask, Wrong> {
    let write = "write PERMISSION, about me, by me else last4|surname|hidden";
    let (words, mask) = sight.split_once(" else ").ok_or_else(|| Wrong::new("no mask", write))?;
    let mask = mask.trim().parse().map_err(|()| Wrong::new(format!("{mask:?} is no mask"), write))?;
    let (field, member) = match field.split('/').collect::<Vec<_>>()[..] {
        [group, "*", member] => (group, Some(member.to_owned())),
        _ => (field, None),
    };
    let field = field.to_owned();
    let mut mask = FieldMask { field, member, permissions: Vec::new(), is_about_me: false, is_by_me: false, mask };
    for word in words.split(',').map(str::trim) {
        match word {
            "about me" => mask.is_about_me = true,
            "by me" => mask.is_by_me = true,
            _ => mask.permissions.push(parse_permission(word)?),
        }
    }
    Ok(mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        parse("t.txt", text).expect_err("it is refused").to_string()
    }

    #[test]
    fn each_mistake_is_named_with_its_line_and_what_to_write() {
        assert!(told("see | anybody\n").starts_with("t.txt:1: no kind is named"));
        assert!(told("kind | a\nwhy | x\nkind | a\n").starts_with("t.txt:3: \"a\" stands twice"));
        assert!(told("kind | a\nsee | fly\n").starts_with("t.txt:2: there is no permission \"fly\""));
        assert!(told("kind | a\nsee | see_money sometimes\n").contains("[in own area]"));
        assert!(told("kind | a\nmask | b | see_money\n").starts_with("t.txt:2: no mask"));
        assert!(told("kind | a\nmask | b | see_money, him else hidden\n").contains("no permission \"him\""));
        assert!(told("kind | a\nmask | b | see_money else half\n").contains("\"half\" is no mask"));
        assert!(told("kind | a\npeople | itself\nsee | about me\n").contains("for masks alone"));
        assert!(told("kind | a\ncolour | red\n").contains("is not understood"));
        assert!(told("kind | a\nkeep | long\n").starts_with("t.txt:2: \"long\" is no time to keep"));
        assert!(told("kind | a\nsee | anybody\n").starts_with("t.txt:0: nobody says why a"));
    }
}
