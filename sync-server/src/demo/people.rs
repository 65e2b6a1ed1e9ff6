//! Who works at the demo campus.

use serde_json::json;

use super::cast::{CARER, COOK, FIXER, FSO, GUARD, HEAD, LOGI, MEDIC, SECOND_COOK, TEACHER};
use super::error::DemoError;
use super::ids::{Of, id};
use super::stage::Stage;

/// One person of the demo.
pub(super) struct Person {
    /// Counts from 1; see the cast.
    pub(super) number: u32,
    /// The name.
    pub(super) name: &'static str,
    /// The PIN. Everybody may know it: there is nothing in a demo.
    pub(super) pin: &'static str,
    /// The codes of the roles.
    pub(super) roles: &'static [&'static str],
    /// The roles at a school, where they are others.
    pub(super) at_school: Option<&'static [&'static str]>,
}

const fn person(number: u32, name: &'static str, pin: &'static str, roles: &'static [&'static str]) -> Person {
    Person { number, name, pin, roles, at_school: None }
}

/// The people with their PINs, which `cargo xtask run` prints.
pub(super) const PEOPLE: [Person; 10] = [
    person(HEAD, "王秀兰", "2301", &["head"]),
    person(LOGI, "陈志强", "2302", &["logi"]),
    person(FSO, "李敏", "2303", &["fso"]),
    person(COOK, "张桂花", "2304", &["cook"]),
    person(SECOND_COOK, "刘建国", "2305", &["cook"]),
    Person { at_school: Some(&["keeper"]), ..person(CARER, "赵丽", "2306", &["carer"]) },
    person(TEACHER, "孙悦", "2307", &["teacher"]),
    person(MEDIC, "周晴", "2308", &["medic"]),
    person(GUARD, "吴大勇", "2309", &["guard", "duty"]),
    person(FIXER, "郑海", "2310", &["fixer", "staff", "duty"]),
];

/// Adds everybody, with roles and the PIN that each has chosen; the 后勤主任 comes first, and adds the others.
pub(super) fn take_on(stage: &mut Stage) -> Result<(), DemoError> {
    let campus = id(Of::Campus, 1);
    stage.at(super::campus::MADE, 15, 0);
    let mut grants = 0;
    for one in &PEOPLE {
        let person = id(Of::Person, one.number);
        stage.call(LOGI, "person.save", json!({"id": person, "name": one.name, "scope": campus}))?;
    }
    let (first, others): (Vec<_>, Vec<_>) = PEOPLE.iter().partition(|one| one.number == LOGI);
    for one in first.into_iter().chain(others) {
        let person = id(Of::Person, one.number);
        let roles = one.at_school.filter(|_| !stage.is_kindergarten()).unwrap_or(one.roles);
        for role in roles {
            grants += 1;
            let grant = json!({
                "id": id(Of::Grant, grants), "person": person, "role": role, "campus": campus,
                "valid_from": stage.day(super::campus::TERM_BEGAN),
            });
            stage.call(LOGI, "person.grant", grant)?;
        }
        stage.call(one.number, "pin.set", json!({"person": person, "pin": one.pin}))?;
    }
    Ok(())
}
