//! The routes that are compiled in.

use std::sync::LazyLock;

use super::preset::{PresetRoute, RouteError, parse_route};

const SOURCES: [(&str, &str); 4] = [
    ("S-DAY.txt", include_str!("../../presets/routes/S-DAY.txt")),
    ("S-NIGHT.txt", include_str!("../../presets/routes/S-NIGHT.txt")),
    ("K-DAY.txt", include_str!("../../presets/routes/K-DAY.txt")),
    ("K-NIGHT.txt", include_str!("../../presets/routes/K-NIGHT.txt")),
];

static ROUTES: LazyLock<Result<Vec<PresetRoute>, RouteError>> =
    LazyLock::new(|| SOURCES.iter().map(|(file, text)| parse_route(file, text)).collect());

/// The routes that are compiled in.
pub fn built_in() -> &'static [PresetRoute] {
    // The files are compiled in, and a test below parses every one of them.
    ROUTES.as_ref().expect("the compiled-in routes parse")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::parse_time;
    use crate::route::{MOST_POINTS, MOST_WINDOWS, WindowDays, fire_items, missing_fire_items};
    use crate::time::Shift;

    #[test]
    fn the_built_in_routes_have_their_points() {
        let points: Vec<(&str, usize)> =
            built_in().iter().map(|route| (route.code.as_str(), route.checkpoints.len())).collect();
        assert_eq!(points, [("S-DAY", 21), ("S-NIGHT", 6), ("K-DAY", 16), ("K-NIGHT", 6)]);
        for route in built_in() {
            assert_eq!(route.windows.len(), if route.shift == Shift::Day { 5 } else { 4 }, "{}", route.code);
            assert!(route.windows.len() <= MOST_WINDOWS && route.checkpoints.len() <= MOST_POINTS);
            assert!(route.checkpoints.iter().all(|point| point.min_seconds >= 30 && !point.items.is_empty()));
        }
    }

    #[test]
    fn every_name_and_every_look_stands_in_english_too() {
        let is_english = |text: &str| !text.is_empty() && text.is_ascii();
        for route in built_in() {
            assert!(is_english(&route.title_en), "{}", route.code);
            assert!(route.windows.iter().all(|window| is_english(&window.name_en)), "{}", route.code);
            for point in &route.checkpoints {
                assert!(is_english(&point.name_en) && is_english(&point.look_at_en), "{} {}", route.code, point.name);
            }
        }
    }

    #[test]
    fn a_template_code_stands_for_all_its_items() {
        let greens = built_in()[0].checkpoints.iter().find(|point| point.items.contains(&"T20.01".to_owned()));
        assert_eq!(greens.map(|point| point.items.len()), Some(9), "eight of the greens, and the water beside them");
    }

    #[test]
    fn a_school_is_cleared_in_the_closing_window_alone() {
        for route in built_in() {
            let clears = route
                .windows
                .iter()
                .filter(|window| route.points_in(window).any(|point| point.items.contains(&"T18.10".to_owned())));
            let found: Vec<&str> = clears.map(|window| window.name.as_str()).collect();
            assert_eq!(found, if route.shift == Shift::Day { vec!["清校"] } else { vec![] }, "{}", route.code);
        }
    }

    #[test]
    fn a_school_is_cleared_on_school_days_and_walked_every_day() {
        for window in built_in().iter().flat_map(|route| &route.windows) {
            let days = if window.name == "清校" { WindowDays::School } else { WindowDays::Every };
            assert_eq!(window.days, days, "{}", window.name);
        }
    }

    #[test]
    fn every_built_in_route_bears_the_seven_items_of_the_daily_fire_patrol() {
        assert_eq!(fire_items().count(), 7, "用火用电, 疏散, 指示, 器材, 防火门, 在岗, 消防车道");
        for route in built_in() {
            let borne = route.checkpoints.iter().flat_map(|point| &point.items).map(String::as_str);
            assert!(route.is_fire && missing_fire_items(borne).is_empty(), "{}", route.code);
            // Whatever window it is walked in.
            for window in &route.windows {
                let walked = route.points_in(window).flat_map(|point| &point.items).map(String::as_str);
                assert!(missing_fire_items(walked).is_empty(), "{} {}", route.code, window.name);
            }
        }
    }

    #[test]
    fn boarders_are_counted_before_their_point_is_closed() {
        let must: Vec<(&str, &str)> = built_in()
            .iter()
            .flat_map(|route| route.checkpoints.iter().map(move |point| (route, point)))
            .flat_map(|(route, point)| point.must.iter().map(|code| (route.code.as_str(), code.as_str())))
            .collect();
        assert_eq!(must, [("S-NIGHT", "T11.09")]);
    }

    #[test]
    fn a_window_may_run_over_midnight_and_ends_before_its_end() {
        let night = &built_in()[1];
        let at = |text: &str| night.window_at(parse_time(text).expect("a time")).map(|window| window.name.as_str());
        assert_eq!(at("23:59"), Some("夜巡一"));
        assert_eq!(at("00:00"), Some("夜巡二"));
        assert_eq!(at("05:59"), Some("夜巡四"));
        assert_eq!(at("06:00"), None);
    }
}
