//! A built-in route as the records of a campus: the same ids wherever it is taken over, so that two offices make one route.

use serde_json::{Value, json};
use uuid::Uuid;

use super::preset::{PresetPoint, PresetRoute};
use super::window::Window;
use crate::id::{point_id, route_id, window_id};
use crate::time::{Shift, UtcMillis};

/// A record to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRecord {
    /// Its kind.
    pub kind: &'static str,
    /// Its id.
    pub id: Uuid,
    /// Its fields.
    pub fields: Vec<(String, Value)>,
}

/// The records of a built-in route that a campus takes over at an instant: the route, then its points in walking order.
pub fn records_of(preset: &PresetRoute, campus: Uuid, since: UtcMillis) -> Vec<NewRecord> {
    let route = route_id(campus, &preset.code);
    let points = preset.checkpoints.iter().map(|point| point_record(preset, point, route, since));
    std::iter::once(route_record(preset, route, since)).chain(points).collect()
}

fn route_record(preset: &PresetRoute, id: Uuid, since: UtcMillis) -> NewRecord {
    let mut fields = vec![
        ("name".to_owned(), json!(preset.title)),
        ("name_en".to_owned(), json!(preset.title_en)),
        ("code".to_owned(), json!(preset.code)),
        ("fire".to_owned(), json!(preset.is_fire)),
        ("night".to_owned(), json!(preset.shift == Shift::Night)),
        ("since".to_owned(), json!(since)),
    ];
    for (number, window) in (1..).zip(&preset.windows) {
        let window = Window {
            id: window_id(id, number).to_string(),
            name: window.name.clone(),
            name_en: Some(window.name_en.clone()),
            from: window.from,
            to: window.to,
            days: window.days,
            since: Some(since),
            until: None,
        };
        fields.push((format!("windows/{}", window.id), window.to_json()));
    }
    NewRecord { kind: "route", id, fields }
}

fn point_record(preset: &PresetRoute, point: &PresetPoint, route: Uuid, since: UtcMillis) -> NewRecord {
    let named = |window: &&str| point.windows.iter().any(|own| own == window);
    let numbered = (1..).zip(preset.windows.iter().map(|window| window.name.as_str()));
    let windows: Vec<String> =
        numbered.filter(|(_, name)| named(name)).map(|(number, _)| window_id(route, number).to_string()).collect();
    let mut fields = vec![
        ("route".to_owned(), json!(route)),
        ("seq".to_owned(), json!(point.seq)),
        ("name".to_owned(), json!(point.name)),
        ("name_en".to_owned(), json!(point.name_en)),
        ("look_at".to_owned(), json!(point.look_at)),
        ("look_at_en".to_owned(), json!(point.look_at_en)),
        ("items".to_owned(), json!(point.items)),
        ("min_seconds".to_owned(), json!(point.min_seconds)),
        ("since".to_owned(), json!(since)),
    ];
    if !point.must.is_empty() {
        fields.push(("must".to_owned(), json!(point.must)));
    }
    if !windows.is_empty() {
        fields.push(("windows".to_owned(), json!(windows)));
    }
    NewRecord { kind: "checkpoint", id: point_id(route, point.seq), fields }
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::*;
    use crate::route::{Checkpoint, Route, built_in};

    const CAMPUS: Uuid = Uuid::from_u128(7);
    const SINCE: UtcMillis = UtcMillis(1_788_229_800_000);

    fn read(preset: &PresetRoute) -> (Route, Vec<Checkpoint>) {
        let records = records_of(preset, CAMPUS, SINCE);
        let document = |record: &NewRecord| record.fields.iter().cloned().collect::<Map<String, Value>>();
        let [route, points @ ..] = &records[..] else { panic!("a route") };
        let points = points.iter().map(|point| Checkpoint::read(&point.id.to_string(), &document(point)));
        (Route::read(&route.id.to_string(), &document(route)), points.collect())
    }

    #[test]
    fn what_is_taken_over_reads_as_it_stands_in_its_file() {
        for preset in built_in() {
            let (route, points) = read(preset);
            assert_eq!((route.is_night, route.is_fire), (preset.shift == Shift::Night, true), "{}", preset.code);
            let windows: Vec<&str> = route.live_windows().map(|window| window.name.as_str()).collect();
            let named: Vec<&str> = preset.windows.iter().map(|window| window.name.as_str()).collect();
            assert_eq!(windows, named, "in the order of the day, or of the night");
            assert_eq!(points.len(), preset.checkpoints.len());
            for window in &preset.windows {
                let own = route.windows.iter().find(|own| own.name == window.name).expect("the window");
                let walked: Vec<&str> =
                    points.iter().filter(|point| point.is_in(&own.id)).map(|point| point.name.as_str()).collect();
                let listed: Vec<&str> = preset.points_in(window).map(|point| point.name.as_str()).collect();
                assert_eq!(walked, listed, "{} {}", preset.code, window.name);
            }
        }
    }

    #[test]
    fn nothing_holds_before_it_was_taken_over() {
        let (route, points) = read(&built_in()[0]);
        let before = UtcMillis(SINCE.0 - 1);
        assert!(route.windows.iter().all(|window| window.holds_at(SINCE) && !window.holds_at(before)));
        assert!(points.iter().all(|point| point.holds_at(SINCE) && !point.holds_at(before)));
    }

    #[test]
    fn ids_of_built_in_routes_never_change() {
        let ids: Vec<String> =
            built_in().iter().map(|preset| records_of(preset, CAMPUS, SINCE)[1].id.to_string()).collect();
        let again: Vec<String> =
            built_in().iter().map(|preset| point_id(route_id(CAMPUS, &preset.code), 1).to_string()).collect();
        assert_eq!(ids, again);
    }
}
