//! Ids that two offline tablets arrive at by themselves, so that they make one record.
//!
//! Every such id is a UUIDv5 whose namespace is the id of the record it hangs on.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

/// The id of the `setting` record of a campus: v5(campus, `setting`).
pub fn setting_id(campus: Uuid) -> Uuid {
    Uuid::new_v5(&campus, b"setting")
}

/// The id of the `pin` record of a person: v5(person, `pin`).
pub fn pin_id(person: Uuid) -> Uuid {
    Uuid::new_v5(&person, b"pin")
}

/// The id of the part of a person that says how to reach them: v5(person, `part/contact`).
pub fn contact_id(person: Uuid) -> Uuid {
    Uuid::new_v5(&person, b"part/contact")
}

/// The id of a meal: v5(campus, `meal/<YYYY-MM-DD>/<type>`), such as `meal/2026-09-01/午餐`.
pub fn meal_id(campus: Uuid, date: NaiveDate, meal_type: &str) -> Uuid {
    Uuid::new_v5(&campus, format!("meal/{}/{meal_type}", date.format("%Y-%m-%d")).as_bytes())
}

/// The id of a dish of a meal: v5(meal, the name that it was first given, in NFKC and trimmed), so two cooks make one dish.
pub fn dish_id(meal: Uuid, name: &str) -> Uuid {
    let plain: String = name.nfkc().collect();
    Uuid::new_v5(&meal, plain.trim().as_bytes())
}

/// The id of a built-in route: v5(campus, `route/<code>`), such as `route/S-DAY`.
pub fn route_id(campus: Uuid, code: &str) -> Uuid {
    Uuid::new_v5(&campus, format!("route/{code}").as_bytes())
}

/// The id of a point of a built-in route: v5(route, `point/<seq>`).
pub fn point_id(route: Uuid, seq: u32) -> Uuid {
    Uuid::new_v5(&route, format!("point/{seq}").as_bytes())
}

/// The id of a window of a built-in route, by its place among them from 1: v5(route, `window/<n>`).
pub fn window_id(route: Uuid, number: usize) -> Uuid {
    Uuid::new_v5(&route, format!("window/{number}").as_bytes())
}

/// The id of the plan that a run froze of its route: v5(route, the SHA-256 of its canonical text in hex), so equal plans are one.
pub fn route_plan_id(route: Uuid, digest: &str) -> Uuid {
    Uuid::new_v5(&route, digest.as_bytes())
}

/// The id of a tag: v5(campus, `tag/<norm>`), with the spelling that [`crate::route::norm`] gives.
pub fn tag_id(campus: Uuid, norm: &str) -> Uuid {
    Uuid::new_v5(&campus, format!("tag/{norm}").as_bytes())
}

/// What the text of the `number`th label of a point is made of: v5(checkpoint, `label/<n>`).
pub fn label_seed(checkpoint: Uuid, number: u64) -> Uuid {
    Uuid::new_v5(&checkpoint, format!("label/{number}").as_bytes())
}

/// The id of the finding of a failed answer: v5(record, item code), such as v5(inspection, `T01.07`).
///
/// # Example
/// ```
/// use domain::id::finding_id;
/// use uuid::Uuid;
/// let inspection = Uuid::parse_str("0199a1f0-0000-7000-8000-000000000001").expect("a UUID");
/// assert_eq!(finding_id(inspection, "T01.07"), finding_id(inspection, "T01.07"));
/// assert_eq!(finding_id(inspection, "T01.07").get_version_num(), 5);
/// ```
pub fn finding_id(record: Uuid, item: &str) -> Uuid {
    Uuid::new_v5(&record, item.as_bytes())
}

/// The id of the finding of a failed answer at a checkpoint: v5(run, `<checkpoint>/<item code>`).
pub fn visit_finding_id(run: Uuid, checkpoint: &str, item: &str) -> Uuid {
    Uuid::new_v5(&run, format!("{checkpoint}/{item}").as_bytes())
}

/// The id of the finding of a visit that found something and at which no item failed: v5(run, `<checkpoint>/v/<visit>`).
pub fn visit_alone_finding_id(run: Uuid, checkpoint: &str, visit: &str) -> Uuid {
    Uuid::new_v5(&run, format!("{checkpoint}/v/{visit}").as_bytes())
}

/// The id of the finding that a person makes of a gap in a window: v5(route, `gap/<day>/<window>`).
pub fn gap_finding_id(route: Uuid, day: NaiveDate, window: &str) -> Uuid {
    Uuid::new_v5(&route, format!("gap/{}/{window}", day.format("%Y-%m-%d")).as_bytes())
}

/// The id of the finding of a failed answer at a stage of a meal: v5(meal, `stages/<code>/<item code>`).
pub fn stage_finding_id(meal: Uuid, stage: &str, item: &str) -> Uuid {
    Uuid::new_v5(&meal, format!("stages/{stage}/{item}").as_bytes())
}

/// The id of the finding of a dish that is not cooked through: v5(meal, `core/<dish>`).
pub fn core_finding_id(meal: Uuid, dish: Uuid) -> Uuid {
    Uuid::new_v5(&meal, format!("core/{dish}").as_bytes())
}

/// The id of the finding of a dish that waited for too long: v5(meal, `hold/<dish>`).
pub fn hold_finding_id(meal: Uuid, dish: Uuid) -> Uuid {
    Uuid::new_v5(&meal, format!("hold/{dish}").as_bytes())
}

/// The id of the finding of a dish that was cooked though it is banned: v5(meal, `banned/<dish>`).
pub fn banned_finding_id(meal: Uuid, dish: Uuid) -> Uuid {
    Uuid::new_v5(&meal, format!("banned/{dish}").as_bytes())
}

/// The id of the finding of somebody who is not fit for the kitchen: v5(person, `unfit/<YYYY-MM-DD>`).
pub fn unfit_finding_id(person: Uuid, date: NaiveDate) -> Uuid {
    Uuid::new_v5(&person, format!("unfit/{}", date.format("%Y-%m-%d")).as_bytes())
}

/// The id of what was given to a class at a meal: v5(meal, `issue/<class>`).
pub fn issue_id(meal: Uuid, class: Uuid) -> Uuid {
    Uuid::new_v5(&meal, format!("issue/{class}").as_bytes())
}

/// The id of the menu of a week: v5(campus, `menu/<its Monday>`).
pub fn menu_id(campus: Uuid, monday: NaiveDate) -> Uuid {
    Uuid::new_v5(&campus, format!("menu/{}", monday.format("%Y-%m-%d")).as_bytes())
}

/// The id of a meal of a campus's second kitchen, or a further one: v5(campus, `meal/<YYYY-MM-DD>/<type>/<kitchen>`).
pub fn kitchen_meal_id(campus: Uuid, date: NaiveDate, meal_type: &str, kitchen: Uuid) -> Uuid {
    Uuid::new_v5(&campus, format!("meal/{}/{meal_type}/{kitchen}", date.format("%Y-%m-%d")).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_things_get_different_ids() {
        let campus = Uuid::from_u128(1);
        let date = NaiveDate::from_ymd_opt(2026, 9, 1).expect("a date");
        let ids = [
            setting_id(campus),
            pin_id(campus),
            meal_id(campus, date, "午餐"),
            meal_id(campus, date, "午点"),
            dish_id(campus, "冬瓜汤"),
            core_finding_id(campus, campus),
            hold_finding_id(campus, campus),
            banned_finding_id(campus, campus),
            unfit_finding_id(campus, date),
            issue_id(campus, campus),
            menu_id(campus, date),
            kitchen_meal_id(campus, date, "午餐", campus),
            finding_id(campus, "T01.07"),
            visit_finding_id(campus, "3", "T01.07"),
            stage_finding_id(campus, "3", "T01.07"),
            visit_alone_finding_id(campus, "3", "T01.07"),
            route_id(campus, "S-DAY"),
            point_id(campus, 1),
            window_id(campus, 1),
            route_plan_id(campus, "00"),
            tag_id(campus, "04A1"),
            label_seed(campus, 1),
        ];
        for (index, id) in ids.iter().enumerate() {
            assert!(!ids[..index].contains(id));
        }
    }

    #[test]
    fn ids_never_change() {
        let date = NaiveDate::from_ymd_opt(2026, 9, 1).expect("a date");
        assert_eq!(finding_id(Uuid::nil(), "T01.07").to_string(), "a982afec-a54b-5f6b-af50-174a0775cec9");
        assert_eq!(meal_id(Uuid::nil(), date, "午餐").to_string(), "92ec7a08-6a67-5ffc-b469-89905f160473");
        assert_eq!(setting_id(Uuid::nil()).to_string(), "b730443c-1262-52bf-b858-0802aed3a843");
    }
}
