//! The counts of a class from who came: what everybody else may know of a day.

use domain::child::count;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::day::date_of;
use crate::app::App;
use crate::campus::Campus;
use crate::child::{Day, Rows, children_of};
use crate::commands::entry::save_row;
use crate::document::Document;
use crate::entry::{check_here, named};
use crate::error::CommandError;
use crate::sight::Viewer;

/// Arguments of `handover.attendance`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Attendance {
    /// The class.
    class: Uuid,
    /// The day, `YYYY-MM-DD`; today when left out.
    #[serde(default)]
    date: Option<String>,
    /// How many eat; those that came when left out.
    #[serde(default)]
    diners: Option<u32>,
    /// How many are ill.
    #[serde(default)]
    sick: Option<u32>,
    /// How many are on leave.
    #[serde(default)]
    leave: Option<u32>,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

/// The counts that stand there now.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HandoverCounted")]
pub(super) struct CountedView {
    /// The row of `class_attendance`.
    id: Uuid,
    /// Children on the list.
    enrolled: u32,
    /// Those that came.
    present: u32,
    /// Those that were found other than well in the morning.
    abnormal: u32,
    /// Those with medicine.
    medicine: u32,
    /// Those that eat.
    diners: u32,
}

pub(super) fn attendance(app: &App, arguments: Attendance) -> Result<CountedView, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    // Where the children are not, nobody came, and that would be told to the kitchen.
    check_here(app, &campus, named("child_handover")?)?;
    let viewer = Viewer::here(app, &campus)?;
    let date = date_of(arguments.date.as_deref(), viewer.today)?;
    let children: Vec<Uuid> =
        children_of(app, &campus, &viewer, Some(arguments.class))?.into_iter().map(|child| child.id.0).collect();
    if children.is_empty() {
        return Err(CommandError::not_found("there is no child of this class on a list here").field("class"));
    }
    let day = Day::load(app, &campus, date)?;
    let rows: Vec<_> = children.iter().flat_map(|child| day.rows_of(*child)).cloned().collect();
    let counted = count(&children, &rows);
    let slips = Rows { app, campus: &campus }.medicine(&date.to_string())?;
    let medicine = u32::try_from(children.iter().filter(|child| slips.contains_key(child)).count()).unwrap_or(u32::MAX);
    let diners = arguments.diners.unwrap_or(counted.came);
    let numbers = [
        ("enrolled", Some(counted.enrolled)),
        ("present", Some(counted.came)),
        ("abnormal", Some(counted.noticed)),
        ("medicine", Some(medicine)),
        ("diners", Some(diners)),
        ("sick", arguments.sick),
        ("leave", arguments.leave),
    ];
    let mut set = Document::new();
    set.insert("date".to_owned(), json!(date));
    set.insert("class".to_owned(), json!(arguments.class));
    set.extend(numbers.into_iter().filter_map(|(name, number)| Some((name.to_owned(), json!(number?.to_string())))));
    let id = save_row(app, "class_attendance", set, campus.id)?;
    let (enrolled, present, abnormal) = (counted.enrolled, counted.came, counted.noticed);
    Ok(CountedView { id, enrolled, present, abnormal, medicine, diners })
}
