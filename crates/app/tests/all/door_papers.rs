//! Papers and files of children, visitors and what passes the gate, role by role: on a tablet, and in the office.

use std::io::Cursor;

use app::App;
use calamine::{Reader, Xlsx};
use domain::sight::Sight;
use serde_json::{Value, json};

use crate::field_doors::{Mark, School};

/// The registers whose rows lie in the compartments of children and of the gate.
const OF_THE_DOOR: [&str; 8] = [
    "child",
    "pickup_authorisation",
    "child_handover",
    "medicine_slip",
    "visitor_entry",
    "vehicle_entry",
    "pupil_exit",
    "goods_pass",
];

fn asked(sheet: &str, more: &Value) -> String {
    let mut asked = json!({"sheet": sheet, "from": "2026-09-01", "to": "2026-09-01"});
    asked.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    asked.to_string()
}

/// The text of a file in a format, whole where there is a purpose; or the code of the refusal.
fn file(app: &App, sheet: &str, format: &str) -> Result<String, String> {
    let wanted = asked(sheet, &json!({"as": format, "full": true, "purpose": "核对"}));
    let bytes = app.sheet_file(&wanted).map_err(|error| error.code().to_owned())?.bytes;
    if format == "csv" {
        return Ok(String::from_utf8(bytes).expect("a text"));
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let cells = book
        .worksheets()
        .into_iter()
        .flat_map(|(_, range)| range.rows().flatten().map(ToString::to_string).collect::<Vec<_>>());
    Ok(cells.collect::<Vec<_>>().join("\n"))
}

fn of_the_door(school: &School) -> impl Iterator<Item = &Mark> {
    school.marks.iter().filter(|mark| OF_THE_DOOR.contains(&mark.kind.as_str()))
}

#[test]
fn no_paper_of_the_door_holds_what_is_kept_from_who_prints_it() {
    let school = School::new();
    for (role, places, person) in &school.people {
        let sight = Sight::of(person.as_str(), [(*role, places.clone())], []);
        for hand in [school.tablet.app(Some(person)), school.tablet.office(Some(person))] {
            for sheet in OF_THE_DOOR {
                let told = hand.app().dispatch("sheet.get", &asked(sheet, &json!({}))).unwrap_or_default();
                for mark in of_the_door(&school).filter(|mark| !(mark.sees)(&sight)) {
                    assert!(!told.contains(&mark.value), "{role} {sheet} {} {}", mark.kind, mark.field);
                }
            }
        }
    }
}

#[test]
fn a_file_of_the_door_leaves_by_the_office_alone_with_what_its_reader_sees_and_no_more() {
    let school = School::new();
    let mut taken = 0;
    for (role, places, person) in &school.people {
        let sight = Sight::of(person.as_str(), [(*role, places.clone())], []);
        let (tablet, office) = (school.tablet.shared(), school.tablet.office(Some(person)));
        tablet.call("person.switch", json!({"person": person}));
        for sheet in OF_THE_DOOR {
            for format in ["csv", "xlsx"] {
                assert!(file(tablet.app(), sheet, format).is_err(), "{role} takes {sheet} out of a tablet");
                let Ok(told) = file(office.app(), sheet, format) else { continue };
                taken += 1;
                for mark in of_the_door(&school) {
                    let is_told = told.contains(&mark.value);
                    let what = format!("{role} {sheet} {format} {} {} {}", mark.kind, mark.field, mark.value);
                    assert!(!is_told || (mark.sees)(&sight), "{what}");
                }
            }
        }
    }
    // The head takes all eight, the doctor those of children, and so on: a table that finds no file proves nothing.
    assert!(taken >= 2 * (8 + 4), "{taken} files were looked at");
}
