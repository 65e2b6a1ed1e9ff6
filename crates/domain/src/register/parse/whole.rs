//! What must hold of a register as a whole.

use super::super::act::SetTo;
use super::super::error::Wrong;
use super::super::shape::{PlaceRule, Register};
use crate::kind::Class;

/// Checks what no single line can tell, and freezes the fields of the key; names the field in question.
pub(super) fn check(register: &mut Register) -> Result<(), (String, Wrong)> {
    let of = |name: &str, wrong: &str, write: &str| Err((name.to_owned(), Wrong::new(wrong, write)));
    let is_written = register.fields.is_empty() || register.fields.iter().any(|field| !field.is_own);
    if register.rights.write.is_empty() && is_written {
        return of("", "nobody may write or see", "begin with: write PERMISSION ; see PERMISSION");
    }
    if register.fields.is_empty() {
        return of("", "there is no field", "write name | zh | en | TYPE | flags");
    }
    for name in &register.key {
        let Some(field) = register.fields.iter_mut().find(|field| field.name == *name) else { continue };
        field.is_frozen = true;
        if !field.needed.as_ref().is_some_and(|needed| needed.when.clauses.is_empty()) && field.from.is_none() {
            return of(name, "a part of the key may be left out", "write ! for it");
        }
    }
    let day = register.day.as_ref().map(|rule| &rule.field);
    for name in register.list.by.iter().chain(day) {
        // An order and a cut by days would tell what a mask hides.
        if register.field(name).is_some_and(|field| field.see.is_some()) {
            return of(
                name,
                "a list goes by it and not everybody sees it",
                "leave out see, or let it go by another field",
            );
        }
    }
    let mut sealed = None;
    for field in register.fields.iter().filter(|field| field.is_searchable) {
        let permission = field.see.map(|see| see.permission);
        match (sealed, permission) {
            (Some(one), Some(other)) if one != other => {
                return of(
                    &field.name,
                    "searched fields are seen by two permissions",
                    "let one permission see all of them",
                );
            }
            (None, Some(_)) => sealed = permission,
            _ => {}
        }
    }
    if !register.matches.is_empty() {
        let measured = register.fields.iter().find(|field| field.stored().is_some_and(|of| of.is_measured()));
        let is_importable =
            register.class == Class::Master || matches!(&*register.kind, "health_certificate" | "supplier_licence");
        match measured {
            Some(field) if register.class != Class::Master => {
                return of(&field.name, "what is measured is never imported", "leave out match, or the field");
            }
            _ if !is_importable => return of("", "evidence is never imported", "leave out match"),
            _ => {}
        }
    }
    if register.rights.of_all().any(|entry| entry.is_in_place) && register.place.is_none() {
        return of("", "a right asks for the place and no row has one", "write place | FIELD");
    }
    let read = [&register.rights.see, &register.rights.count, &register.rights.export];
    if read.into_iter().flatten().any(|entry| entry.is_of_others) {
        return of(
            "",
            "a right to read asks that a row is not about the person",
            "write of others behind write or correct alone",
        );
    }
    if let Some(PlaceRule::Of(name)) = &register.place
        && register.field(name).and_then(|field| field.stored()?.refers()) == Some("area")
    {
        return of(name, "the field is the place itself", "write place | FIELD");
    }
    for (field, _, by) in register.hooks() {
        if register.about != by.first().cloned() {
            return of(
                &field.name,
                "the hook goes by something that the row is not about",
                "write about | FIELD, and hook NAME by FIELD",
            );
        }
    }
    acts(register)
}

fn acts(register: &Register) -> Result<(), (String, Wrong)> {
    let of = |name: &str, wrong: &str, write: &str| Err((name.to_owned(), Wrong::new(wrong, write)));
    let asked: Vec<(&str, String)> =
        register.acts.iter().flat_map(|act| &act.asks).map(|ask| (&*ask.name, ask.of.declared())).collect();
    for (place, (name, declared)) in asked.iter().enumerate() {
        if asked[..place].iter().any(|(other, other_declared)| other == name && other_declared != declared) {
            return of("", &format!("two acts ask for {name} and mean different types"), "give one another name");
        }
        if register.field(name).is_some_and(|field| field.declared() != *declared) {
            return of(name, "an act asks for it as another type", "give one of them another name");
        }
    }
    for set in register.acts.iter().flat_map(|act| &act.sets) {
        if register.field(&set.field).is_some_and(|field| field.is_frozen) && set.to != SetTo::Now {
            return of(&set.field, "it is frozen and an act sets it", "leave one out");
        }
    }
    Ok(())
}
