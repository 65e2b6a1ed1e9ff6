//! The id of a paper, at which two offline tablets arrive by themselves.

use chrono::NaiveDate;
use uuid::Uuid;

/// v5(campus, `paper/<sheet>/<where>/<from>/<to>`), with nothing for what is not said.
///
/// # Example
/// ```
/// use domain::paper::paper_id;
/// use uuid::Uuid;
/// let campus = Uuid::nil();
/// assert_eq!(paper_id(campus, "supplier", None, None), Uuid::new_v5(&campus, b"paper/supplier///"));
/// ```
pub fn paper_id(campus: Uuid, sheet: &str, place: Option<&str>, days: Option<(NaiveDate, NaiveDate)>) -> Uuid {
    let (from, to) = days.map_or_else(Default::default, |(from, to)| (from.to_string(), to.to_string()));
    Uuid::new_v5(&campus, format!("paper/{sheet}/{}/{from}/{to}", place.unwrap_or_default()).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_paper_place_and_period_has_an_id_that_never_changes() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 9, day).expect("a day");
        let days = Some((day(1), day(30)));
        let campus = Uuid::nil();
        let place = "0199a1f0-0000-7000-8000-000000000001";
        let ids = [
            paper_id(campus, "waste", None, days),
            paper_id(campus, "waste", Some(place), days),
            paper_id(campus, "waste", None, Some((day(1), day(1)))),
            paper_id(campus, "waste", None, None),
            paper_id(campus, "duty_shift", None, days),
            paper_id(Uuid::from_u128(1), "waste", None, days),
        ];
        for (at, id) in ids.iter().enumerate() {
            assert!(!ids[..at].contains(id));
        }
        assert_eq!(ids[0], Uuid::new_v5(&campus, b"paper/waste//2026-09-01/2026-09-30"));
    }
}
