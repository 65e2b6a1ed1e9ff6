//! What settings are called in English, and the rule behind each.

/// A setting in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnglishSetting {
    /// What it is.
    pub name: &'static str,
    /// The rule behind it, in short.
    pub rule: &'static str,
}

/// What a setting is called in English; its key where there is no such setting.
pub fn english(key: &'static str) -> EnglishSetting {
    let found = [FOOD, SAFETY, CARE].into_iter().flatten().find(|(known, ..)| *known == key);
    found.map_or(EnglishSetting { name: key, rule: NO_RULE }, |(_, name, rule)| EnglishSetting { name, rule })
}

const NO_RULE: &str = "No rule was found";

/// The key, the name and the rule.
type Words = (&'static str, &'static str, &'static str);

const FOOD: &[Words] = &[
    ("sample.min_g", "Amount of each food sample", "A sample of every dish of every meal, at least 125 g each"),
    ("sample.keep_h", "How long samples are kept", "Kept cold in a cupboard of their own for at least 48 hours"),
    ("sample.fridge_c", "Temperature of the sample fridge", "A fridge of its own, 0 to 8 ℃"),
    ("food.core_c", "Core temperature of hot dishes", "Cooked through: at least 70 ℃ inside"),
    ("food.hold.hot_c", "Hot holding", "Food that waits for more than 2 hours is kept at 60 ℃ or above"),
    ("food.hold.cold_c", "Cold holding", "Food that waits for more than 2 hours is kept at 8 ℃ or below"),
    ("food.hold.max_min", "From the pot to the table", "Between 8 and 60 ℃ food waits for 2 hours at most"),
    ("cold.c", "Temperature of fridges", "0 to 8 ℃"),
    ("freeze.c", "Temperature of freezers", "-12 ℃ or below, -18 ℃ is better"),
    ("store.gap_cm", "Distance from wall and floor", "At least 10 cm off the wall and the floor"),
    (
        "food.banned",
        "Food that must not be made or sold",
        "Canteens of schools and kindergartens make no cold dishes, raw food or decorated cakes, and cook no green beans, fresh day lilies, wild mushrooms or sprouted potatoes",
    ),
    (
        "food.core_dishes",
        "Dishes whose core is measured",
        "Checklist T01 asks for 2 of a meal; to measure each is safer",
    ),
    (
        "meal.accompany",
        "A leader eats with the pupils",
        "At every meal one of those who lead the school eats with the pupils and writes it down",
    ),
    (
        "meal.accompany_types",
        "Meals at which a leader eats along",
        "Every meal at which pupils eat; snacks may be added",
    ),
    (
        "recv.fields",
        "What is written down about goods received",
        "Nine facts about goods received, and their papers are kept",
    ),
    (
        "recv.retain.after_expiry_m",
        "Records are kept after the use-by date for",
        "At least six months after the use-by date",
    ),
    (
        "recv.retain.no_expiry_m",
        "Records of goods without a use-by date are kept for",
        "At least two years where there is no use-by date",
    ),
    ("recv.two_person", "People who accept a delivery", "Accepted by two people or more together"),
    (
        "disinf.method",
        "Ways of disinfection and their values",
        "Steam and boiling 100 ℃ for 10 minutes or more, infrared 120 ℃ for 10 minutes or more, available chlorine 250 mg/L for 5 minutes or more",
    ),
    ("disinf.solution_min", "How long a solution is used", "A solution is usually changed every 4 hours"),
    ("disinf.policy", "Policy of disinfection", "Heat is preferred to chemicals"),
    (
        "cert.valid_m",
        "How long a health certificate is valid",
        "Who touches food that is eaten as it is has a health check every year",
    ),
    (
        "cert.kindergarten_all",
        "Health checks of all staff of a kindergarten",
        "All who work at a kindergarten have a health check before they begin, and every year",
    ),
    ("cert.remind_d", "Reminders before a certificate ends", NO_RULE),
    (
        "mcheck.stop",
        "What keeps somebody from work after the morning check",
        "Fever, diarrhoea, wounds or infected skin, a sore throat: leave work at once, and come back when well",
    ),
    (
        "canteen.systems",
        "Systems of the canteen",
        "Control of ingredients, cleaning and disinfection of tableware and food samples, checked by the canteen itself",
    ),
    ("licence.years", "How long a food licence is valid", "A food licence is valid for 5 years"),
    (
        "waste.mark",
        "Spoiled and expired food is marked",
        "Spoiled and expired food is clearly marked or kept apart, destroyed, and written down as it was",
    ),
    (
        "incident.report_h",
        "The school's aim for telling of an incident",
        "What the school asks of itself; take it in hand at once and tell the authorities without delay; hide, forge and destroy nothing",
    ),
    ("ctrl.day", "Daily control", "Checked every day; that nothing was found is written down as well"),
    ("ctrl.week", "Weekly sweep", "Looked through every week"),
    ("ctrl.month", "Monthly review", "The head hears a report at least once a month and decides"),
    ("ctrl.law_now", "Rule in force", "In force since 2025-04-15; the head answers for it"),
    (
        "ctrl.director_at.kindergarten",
        "Diners per meal from which a kindergarten needs a food safety director",
        "By the average number of diners per meal, not by the children enrolled; a contractor's canteen likewise",
    ),
    (
        "ctrl.director_at.school",
        "Diners per meal from which a school needs a food safety director",
        "By the average number of diners per meal, not by the pupils enrolled; a contractor's canteen likewise",
    ),
    ("survey.term", "Surveys on food safety each term", "A survey of satisfaction every term"),
    (
        "record.keep_y",
        "Records of fire, food and meals with pupils are kept for",
        "At least one year for books of fire patrols; forms in use say three years",
    ),
];

const SAFETY: &[Words] = &[
    ("fire.patrol_day", "Fire patrols a day", "A fire patrol every day, written down"),
    (
        "fire.patrol_items",
        "What a fire patrol looks at",
        "Seven things, the fire lane among them; signed by who walked and by who leads",
    ),
    (
        "fire.key_area_gap_h",
        "Between patrols of key areas in use",
        "Places that matter are looked at every two hours while they are used; the school may change it until the text is read",
    ),
    (
        "fire.night.gap_h",
        "Between rounds at night where people sleep",
        "Where people sleep there is a round at least every 2 hours of the night",
    ),
    ("fire.night.rounds", "Rounds at night where nobody sleeps", "At least 2 a night"),
    ("fire.check", "Fire checks a month", "At least one a month"),
    (
        "fire.onspot",
        "What is put right on the spot",
        "Put right at once, and both what was found and what was done are written down",
    ),
    ("fire.annual", "Tests of fire equipment a year", "All fire equipment is tested at least once a year"),
    ("fire.ext", "Checks of extinguishers a month", "Extinguishers are looked at every month at least"),
    ("gate.h24", "The gate is manned day and night", "The gatehouse is manned for 24 hours"),
    ("patrol.per_day", "Patrols of key areas a day", "Key areas are walked at least 5 times a day"),
    ("duty.items", "What is counted at a handover", "No rule was found; write \"name=number due\""),
    (
        "guard.count.small",
        "Guards of a day school of fewer than 100",
        "At least 1 where fewer than 100 pupils do not board",
    ),
    ("guard.count.large", "Guards of a school of 1,000 and more", "At least 3 from 1,000 on"),
    ("guard.count.step", "One guard more for each", "One more for each 500 pupils"),
    (
        "hazard.cycle",
        "Rhythm of looking for hazards",
        "Looked for every week, by the leaders every month, thoroughly every term; what is open is carried over",
    ),
];

const CARE: &[Words] = &[
    ("K.building.rail_m", "Height of railings", "Railings are 1.2 m high or more"),
    ("K.building.gap_cm", "Gap between bars", "Less than 11 cm"),
    ("K.building.socket_m", "Height of sockets", "1.6 m or higher"),
    (
        "K.diet.surplus_percent",
        "Surplus of the meal money each term",
        "The money for meals is spent on meals, to 2 % each term",
    ),
    ("K.water", "Times a day when all drink", "Once or twice in the morning and in the afternoon"),
    ("K.uv.min", "How long a UV lamp is on", "30 to 60 minutes, counted after the first 5 to 7"),
    ("K.uv.hours", "Hours of a UV tube", "Changed after 1,000 hours"),
    (
        "K.cup_towel",
        "Cups and towels disinfected daily",
        "Each child has a cup and a towel, washed and disinfected every day",
    ),
    ("K.towel_gap_cm", "Gap between towels", "10 cm"),
    ("K.child_check", "Morning check of children", "Touch, look, ask, search"),
    ("K.child_data", "Data of children need consent", "Data of young children are used with their guardian's consent"),
    ("soft.body_temp_max_c", "Highest body temperature", NO_RULE),
    ("soft.emergency_light_min", "How long an emergency light lasts", NO_RULE),
    ("soft.leftover_percent", "Snacks left over", NO_RULE),
    ("soft.meal_late_min", "Latest start of a meal", NO_RULE),
    ("soft.nap_patrol_min", "Between looks at sleeping children", NO_RULE),
    ("soft.recv_quantity_percent", "Difference in quantity at a delivery", NO_RULE),
    ("soft.recv_price_percent", "Difference in price", NO_RULE),
    ("device.stale_d", "Days without a network after which a tablet locks children and visitors", NO_RULE),
    ("soft.pickup_list_h", "How long a list of who may fetch is good without a network", NO_RULE),
    ("score.pass_percent", "Pass mark", NO_RULE),
    ("score.good_percent", "Good mark", NO_RULE),
    ("score.item_fail_percent", "Mark below which an item fails", NO_RULE),
    ("escalate.head_h", "Overdue work goes to the head after", NO_RULE),
    ("clock.skew_min", "Difference of clocks that is shown", NO_RULE),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setting::all;

    #[test]
    fn every_setting_has_a_name_and_a_rule_in_english() {
        for setting in all() {
            let english = english(setting.key);
            assert_ne!(english.name, setting.key);
            assert!(english.name.is_ascii() || english.name.contains('℃'), "{}", setting.key);
            assert_eq!(english.rule == NO_RULE, setting.rule == "没有查到规定", "{}", setting.key);
        }
        let words = [FOOD, SAFETY, CARE].concat();
        assert_eq!(words.len(), all().len(), "words of a setting that there is not");
    }
}
