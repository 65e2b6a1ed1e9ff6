//! The built-in templates, and files that are none.

use domain::form::Limits;
use domain::setting::{self, METHODS, SettingValue, Settings, Side};
use domain::template::{
    AnswerType, Bound, CampusKind, MethodTable, Part, PhotoRule, Template, TemplateProblem, built_in, built_in_item,
    editions, parse_template,
};
use proptest::prelude::*;
use serde_json::json;

use crate::support::{form, template};

#[test]
fn there_are_24_templates_with_255_items() {
    assert_eq!(built_in().len(), 24);
    assert_eq!(built_in().iter().map(|template| template.items.len()).sum::<usize>(), 255);
    assert_eq!(editions().len(), 31);
}

#[test]
fn codes_are_sequential() {
    for (index, template) in editions().iter().filter(|template| template.version == 1).enumerate() {
        assert_eq!(template.code, format!("T{:02}", index + 1));
        for (index, item) in template.items.iter().enumerate() {
            assert_eq!(item.code, format!("{}.{:02}", template.code, index + 1));
        }
    }
}

#[test]
fn scored_templates_sum_to_100() {
    let scored: Vec<&Template> = editions().iter().filter(|template| template.is_scored()).collect();
    assert_eq!(scored.len(), 25);
    for template in scored {
        assert_eq!(template.items.iter().filter_map(|item| item.max).sum::<u32>(), 100, "{}", template.code);
    }
}

#[test]
fn the_daily_fire_run_has_58_points() {
    let fire = editions().iter().filter(|template| template.code == "T15");
    let daily: Vec<(usize, u32)> = fire
        .map(|template| template.items_for(Part::Daily, None).collect::<Vec<_>>())
        .map(|items| (items.len(), items.iter().filter_map(|item| item.max).sum()))
        .collect();
    assert_eq!(daily, [(6, 58), (7, 58)], "the fire lane has a row of its own in the second edition");
    let parts = |part| built_in().iter().filter(move |template| template.parts().any(|own| own == part));
    assert_eq!(parts(Part::Daily).map(|template| template.code.as_str()).collect::<Vec<_>>(), ["T15", "T24"]);
    assert_eq!(parts(Part::Weekly).map(|template| template.code.as_str()).collect::<Vec<_>>(), ["T24"]);
}

#[test]
fn a_code_means_one_thing_in_every_edition() {
    for template in editions() {
        for item in &template.items {
            let newest = built_in_item(&item.code).expect("an item");
            let points = if item.answer == AnswerType::Score { newest.max } else { item.max };
            let said = domain::template::Item { max: points, ..newest.clone() };
            assert_eq!(*item, said, "{}@{}", item.code, template.version);
        }
    }
    for template in built_in() {
        let versions: Vec<u32> =
            editions().iter().filter(|edition| edition.code == template.code).map(|edition| edition.version).collect();
        assert_eq!(versions, template.versions().collect::<Vec<_>>(), "{} has all its editions", template.code);
    }
}

/// What of an edition never changes once it was shipped: what is asked, and what an answer is worth.
fn frozen_lines() -> Vec<String> {
    let line = |template: &Template, item: &domain::template::Item| {
        let answer = serde_json::to_string(&item.answer).expect("JSON");
        let [severity, due] = [format!("{:?}", item.severity), format!("{:?}", item.due)];
        let max = item.max.map_or("-".to_owned(), |max| max.to_string());
        let head = format!("{}@{} {}", template.code, template.version, item.code);
        format!("{head} | {} | {} | {answer} | {max} | {severity} | {due}", item.section, item.text)
    };
    editions().iter().flat_map(|template| template.items.iter().map(move |item| line(template, item))).collect()
}

#[test]
fn an_edition_that_was_shipped_is_never_edited() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("presets/templates/frozen.txt");
    let now = frozen_lines();
    let frozen = std::fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<&str> = frozen.lines().filter(|line| !now.iter().any(|own| own == line)).collect();
    assert!(changed.is_empty(), "old forms would read differently; write a new edition instead: {changed:#?}");
    let written = now.join("\n") + "\n";
    if std::env::var("UPDATE_FROZEN").is_ok_and(|set| set == "1") {
        std::fs::write(path, written).expect("frozen.txt is written");
    } else {
        assert_eq!(frozen, written, "freeze what is new: UPDATE_FROZEN=1 cargo test -p domain edition");
    }
}

/// The texts of the newest edition of a template.
fn texts(code: &str) -> String {
    let template = built_in().iter().find(|template| template.code == code).expect("a template");
    template.items.iter().map(|item| format!("{} {}\n", item.text, item.criterion)).collect()
}

#[test]
fn the_newest_editions_ask_what_the_rules_ask() {
    for (code, words) in [
        ("T01", "清洗、校验"),
        ("T02", "标准温度计校验"),
        ("T03", "保存条件、留样保存至"),
        ("T03", "供餐单位和送达时间"),
        ("T04", "消毒液配制时间"),
        ("T04", "每 4 小时更换"),
        ("T04", "消毒合格证明，保存至"),
        ("T06", "散装食品容器标明名称、生产日期或批号、保质期"),
        ("T15", "消防车道畅通"),
        ("T24", "使用标志在有效期内"),
    ] {
        assert!(texts(code).contains(words), "{code} does not ask for {words}");
    }
    let method = built_in_item("T04.10").expect("the method");
    assert!(method.options().contains(&"集中消毒".to_owned()));
}

#[test]
fn any_code_but_0_keeps_a_cook_from_work() {
    let code = built_in_item("T07.12").expect("the code of health");
    assert_eq!(code.options().len(), 13, "codes 0 to 12 of the usual form");
    assert!(code.is_red_line() && !code.is_failed_by("0 正常"));
    assert!(code.options()[1..].iter().all(|option| code.is_failed_by(option)));
    let sessions = built_in_item("T07.10").expect("the session").options();
    assert_eq!(sessions, ["晨检", "午检"]);
    assert!(built_in_item("T07.11").expect("the measuring").options().contains(&"未测温".to_owned()));
}

#[test]
fn every_item_that_can_fail_has_a_severity_and_a_time() {
    for item in editions().iter().flat_map(|template| &template.items) {
        assert_eq!(item.severity.is_some(), item.due.is_some(), "{}", item.code);
        if item.max.is_some() || item.answer == AnswerType::PassFail {
            assert!(item.severity.is_some(), "{}", item.code);
        }
    }
}

#[test]
fn every_bound_by_setting_prints_the_default_of_an_existing_setting() {
    let settings = Settings::default();
    let mut bound = 0;
    for item in built_in().iter().flat_map(|template| &template.items) {
        let Some(measure) = item.answer.measure() else { continue };
        for (limit, side) in [(&measure.min, Side::Min), (&measure.max, Side::Max)] {
            let Bound::Setting { key, printed } = limit else { continue };
            assert!(setting::find(key).is_some(), "{} names {key}", item.code);
            bound += 1;
            if key != METHODS {
                assert_eq!(settings.limit(key, side), *printed, "{} {key}", item.code);
            }
        }
    }
    assert_eq!(bound, 27);
}

#[test]
fn every_method_of_a_template_resolves_all_its_limits() {
    let settings = Settings::default();
    for (code, table) in [("T04", MethodTable::Tableware), ("T12", MethodTable::Towels)] {
        let asking = template(code).method_item().expect("a method item");
        assert_eq!(asking.rules.method, Some(table));
        let AnswerType::Choice(options) = &asking.answer else { panic!("{code} asks for no choice") };
        for option in options {
            assert!(settings.methods().get(table, option).is_some(), "{code} {option}");
            let form = form(code, Part::All, &settings, &[(&asking.code, json!(option))]);
            for item in template(code).items.iter().filter(|item| item.needs_method()) {
                assert!(
                    !matches!(form.limits(item), None | Some(Limits::NeedsMethod { .. })),
                    "{} {option}",
                    item.code
                );
            }
        }
    }
}

#[test]
fn limits_follow_the_method() {
    let check = |code: &str, asking: &str, method: &str, item: &str, expected: Option<(&str, Option<&str>)>| {
        let settings = Settings::default();
        let form = form(code, Part::All, &settings, &[(asking, json!(method))]);
        let found = match form.limits(built_in_item(item).expect("an item")) {
            Some(Limits::Known(range)) => Some((range.unit, range.min.map(|min| min.to_string()))),
            Some(Limits::NotApplicable) => None,
            other => panic!("{item} with {method}: {other:?}"),
        };
        let expected = expected.map(|(unit, min)| (unit.to_owned(), min.map(str::to_owned)));
        assert_eq!(found, expected, "{item} with {method}");
    };
    check("T04", "T04.02", "蒸汽", "T04.03", Some(("℃", Some("100"))));
    check("T04", "T04.02", "红外消毒柜", "T04.03", Some(("℃", Some("120"))));
    check("T04", "T04.02", "洗碗机", "T04.03", Some(("℃", None)));
    check("T04", "T04.02", "含氯浸泡", "T04.03", None);
    check("T04", "T04.02", "蒸汽", "T04.04", Some(("min", Some("10"))));
    check("T04", "T04.02", "含氯浸泡", "T04.04", Some(("min", Some("5"))));
    check("T04", "T04.02", "含氯浸泡", "T04.05", Some(("mg/L", Some("250"))));
    check("T04", "T04.02", "煮沸", "T04.05", None);
    check("T12", "T12.02", "煮沸", "T12.03", Some(("min", Some("15"))));
    check("T12", "T12.02", "含氯浸泡", "T12.04", Some(("mg/L", Some("250"))));
    check("T12", "T12.02", "蒸汽", "T12.04", Some(("℃", Some("100"))));
    check("T12", "T12.02", "日晒", "T12.03", Some(("min", None)));
}

#[test]
fn a_stricter_setting_moves_the_limit() {
    let document = json!({"sample.min_g": "200", "cold.c": {"min": 1, "max": 5}});
    let settings = Settings::from_document(document.as_object().expect("an object"));
    let limit = |code: &str, item: &str| match form(code, Part::All, &settings, &[])
        .limits(built_in_item(item).expect("an item"))
    {
        Some(Limits::Known(range)) => (range.min.map(|n| n.to_string()), range.max.map(|n| n.to_string())),
        other => panic!("{other:?}"),
    };
    assert_eq!(limit("T03", "T03.03"), (Some("200".into()), None));
    assert_eq!(limit("T01", "T01.12"), (Some("1".into()), Some("5".into())));
    assert!(matches!(settings.get("cold.c"), Some(SettingValue::Range { .. })));
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn chinese_text_uses_full_width_punctuation_and_spaces_before_latin() {
    for template in editions() {
        let texts = template.items.iter().flat_map(|item| [&item.section, &item.text, &item.criterion]);
        for text in texts.chain([&template.title, &template.frequency]) {
            assert!(!text.contains([',', ';', ':', '(', ')', '?', '!']), "{text}");
            for pair in text.chars().collect::<Vec<_>>().windows(2) {
                let touches = (is_han(pair[0]) && pair[1].is_ascii_alphanumeric())
                    || (pair[0].is_ascii_alphanumeric() && is_han(pair[1]));
                assert!(!touches, "{text}");
            }
        }
    }
}

#[test]
fn every_template_heading_and_item_speaks_both_languages() {
    let is_english = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphanumeric() || "\"≥<".contains(c)) && !text.chars().any(is_han)
    };
    for template in editions() {
        let code = &template.code;
        assert!(is_english(&template.title_en), "{code}");
        assert!(is_english(template.frequency_en.as_deref().unwrap_or_default()), "{code}");
        for section in template.sections() {
            assert!(template.sections_en.get(section).is_some_and(|section| is_english(section)), "{code} {section}");
        }
        for item in &template.items {
            let english = item.english.as_ref().unwrap_or_else(|| panic!("{} is Chinese alone", item.code));
            assert!(is_english(&english.text), "{}: {}", item.code, english.text);
            assert_eq!(english.criterion.is_empty(), item.criterion.is_empty(), "{}", item.code);
            assert!(english.criterion.is_empty() || is_english(&english.criterion), "{}", item.code);
            assert_eq!(english.options.len(), item.options().len(), "{}", item.code);
            assert!(english.options.iter().all(|option| is_english(option)), "{}", item.code);
        }
    }
}

#[test]
fn the_template_says_how_many_values_are_asked() {
    let asked: Vec<(&str, u32)> = built_in()
        .iter()
        .flat_map(|template| &template.items)
        .filter(|item| item.readings() != 1)
        .map(|item| (item.code.as_str(), item.readings()))
        .collect();
    // T06.06 counts the sorts that do not agree of 5: one number, whatever figures stand in its text.
    assert_eq!(asked, [("T01.07", 2), ("T01.12", 2), ("T06.01", 3), ("T06.02", 3)]);
}

#[test]
fn every_item_of_property_names_what_is_counted() {
    let counted =
        built_in().iter().flat_map(|template| &template.items).filter(|item| item.answer == AnswerType::Assets);
    let lines: Vec<usize> = counted.map(|item| item.rules.lines.len()).collect();
    assert_eq!(lines, [2, 6, 6, 7, 3, 5, 4, 3]);
    assert_eq!(built_in_item("T08.11").and_then(|item| item.rules.nothing.as_deref()), Some("无"));
    assert_eq!(built_in_item("T18.12").and_then(|item| item.rules.nothing.as_deref()), Some("正常"));
}

#[test]
fn some_items_are_asked_on_one_kind_of_campus_only() {
    let asks = |kind| template("T19").items_for(Part::All, Some(kind)).any(|item| item.code == "T19.09");
    assert!(asks(CampusKind::School));
    assert!(!asks(CampusKind::Kindergarten));
}

#[test]
fn photo_rules_are_read() {
    let photo = |code| built_in_item(code).expect("an item").photo;
    assert_eq!(photo("T01.05"), PhotoRule::Always);
    assert_eq!(photo("T01.02"), PhotoRule::WhenFailed);
    assert_eq!(photo("T01.01"), PhotoRule::Optional);
}

const HEAD: &str = "code | C01\nversion | 1\ntitle | 自定\ntitle_en | Own\ncampus | both\ncadence | weekly\n\
frequency | 每周\nperformers | staff\nreviewers | logi\nsubject | zone\npass | at_least 80\ncategory | other\n";

fn problem_of(line: &str) -> TemplateProblem {
    let text = format!("{HEAD}{line}\n");
    let error = parse_template("own.txt", &text).expect_err("a broken line");
    assert_eq!((error.file.as_str(), error.line), ("own.txt", 13), "{error}");
    assert!(error.to_string().starts_with("own.txt:13: "), "{error}");
    error.problem
}

#[test]
fn a_school_may_write_its_own_template() {
    let text = format!("{HEAD}C01.01 | 门 | 门关好 | PF+P! | 100 | | L2 | 3d\n");
    let template = parse_template("own.txt", &text).expect("a template");
    assert_eq!((template.items.len(), template.items[0].photo), (1, PhotoRule::WhenFailed));
}

#[test]
fn a_school_s_own_template_may_have_english_or_not() {
    let line = "C01.01 | 门 | 门关好 | CH[好/坏] | - | | - | -\n";
    let text = format!("{HEAD}frequency_en | Weekly\nsection | 门 | Doors\n{line}en | Doors shut | | good/bad\n");
    let template = parse_template("own.txt", &text).expect("a template");
    assert_eq!(template.frequency_en.as_deref(), Some("Weekly"));
    assert_eq!(template.sections_en.get("门").map(String::as_str), Some("Doors"));
    let english = template.items[0].english.as_ref().expect("English");
    assert_eq!((english.text.as_str(), english.criterion.as_str()), ("Doors shut", ""));
    assert_eq!(english.options, ["good", "bad"]);
    let plain = parse_template("own.txt", &format!("{HEAD}{line}")).expect("a template");
    assert_eq!((plain.frequency_en, plain.items[0].english.as_ref()), (None, None));
    for broken in ["en | | criterion", "en | Doors | | one", "en | Doors | | one/", "en | Doors\nen | Doors"] {
        let error = parse_template("own.txt", &format!("{HEAD}{line}{broken}\n")).expect_err(broken);
        assert!(matches!(error.problem, TemplateProblem::English(_)), "{broken}: {error}");
    }
    for broken in ["en | Doors", "section | 门 |", "section | 窗 | Windows", "section | 门 | A\nsection | 门 | B"] {
        let error = parse_template("own.txt", &format!("{HEAD}{broken}\n{line}")).expect_err(broken);
        assert!(matches!(error.problem, TemplateProblem::English(_)), "{broken}: {error}");
    }
}

#[test]
fn a_broken_item_line_names_what_is_wrong() {
    use TemplateProblem as P;
    let check = |line: &str, expected: fn(&P) -> bool| {
        let problem = problem_of(line);
        assert!(expected(&problem), "{line}: {problem:?}");
    };
    check("C01.01 | 门 | 门关好 | PF | 10 | | L2", |p| matches!(p, P::Columns(7)));
    check("C01.02 | 门 | 门关好 | PF | 10 | | L2 | 3d", |p| matches!(p, P::ItemCode { .. }));
    check("C01.01 | 门 | | PF | 10 | | L2 | 3d", |p| matches!(p, P::EmptyText("text")));
    check("C01.01 | 门 | 关 | XX | 10 | | L2 | 3d", |p| matches!(p, P::AnswerType(_)));
    check("C01.01 | 门 | 关 | XX[1] | 10 | | L2 | 3d", |p| matches!(p, P::AnswerType(_)));
    check("C01.01 | 门 | 关 | CH[甲] | 10 | | L2 | 3d", |p| matches!(p, P::Options(_)));
    check("C01.01 | 门 | 关 | CH[甲/甲] | 10 | | L2 | 3d", |p| matches!(p, P::Options(_)));
    check("C01.01 | 门 | 关 | NUM[g,1] | 10 | | L2 | 3d", |p| matches!(p, P::Limits(_)));
    check("C01.01 | 门 | 关 | NUM[g,9,1] | 10 | | L2 | 3d", |p| matches!(p, P::Limits(_)));
    check("C01.01 | 门 | 关 | NUM[g,x,] | 10 | | L2 | 3d", |p| matches!(p, P::Limits(_)));
    check("C01.01 | 门 | 关 | NUM[g,1@no.key,] | 10 | | L2 | 3d", |p| matches!(p, P::UnknownSetting(_)));
    check("C01.01 | 门 | 关 | NUM[g,@disinf.method,] | 10 | | L2 | 3d", |p| matches!(p, P::RuleTarget(_)));
    check("C01.01 | 门 | 关 | PF | 101 | | L2 | 3d", |p| matches!(p, P::Points(_)));
    check("C01.01 | 门 | 关 | SC | - | | L2 | 3d", |p| matches!(p, P::ScoreWithoutPoints));
    check("C01.01 | 门 | 关 | PF | 10 | | L5 | 3d", |p| matches!(p, P::Severity(_)));
    check("C01.01 | 门 | 关 | PF | 10 | | L2 | 3w", |p| matches!(p, P::Due(_)));
    check("C01.01 | 门 | 关 | PF | 10 | | L2 | -", |p| matches!(p, P::SeverityWithoutDue));
    check("C01.01 | 门 | 关 | PF | 10 | | L2 | 3d | dance", |p| matches!(p, P::Rule(_)));
    check("C01.01 | 门 | 关 | PF | 10 | | L2 | 3d | equals C01.02", |p| matches!(p, P::RuleTarget(_)));
    check("C01.01 | 门 | 关 | NUM[g,1,] | 10 | | L2 | 3d | ask 0", |p| matches!(p, P::Rule(_)));
    check("C01.01 | 门 | 关 | PF | 10 | | L2 | 3d | ask 2", |p| matches!(p, P::RuleTarget(_)));
    check("C01.01 | 门 | 关 | PF | 10 | | L2 | 3d | nothing 无", |p| matches!(p, P::RuleTarget(_)));
    check("C01.01 | 门 | 关 | PF | 10 | | L2 | 3d | lines 门/窗", |p| matches!(p, P::RuleTarget(_)));
    check("C01.01 | 门 | 关 | CH[甲/乙] | - | | - | - | gate 丙", |p| matches!(p, P::RuleTarget(_)));
    check("colour | red", |p| matches!(p, P::Head(_)));
    check("code | C02", |p| matches!(p, P::Head(_)));
}

#[test]
fn a_broken_head_names_what_is_wrong() {
    let item = "C01.01 | 门 | 门关好 | PF | 100 | | L2 | 3d\n";
    for name in ["code", "version", "title", "campus", "cadence", "performers", "reviewers", "pass", "category"] {
        let without: String = HEAD
            .lines()
            .filter(|line| !line.starts_with(&format!("{name} ")))
            .map(|line| format!("{line}\n"))
            .collect();
        let error = parse_template("own.txt", &(without.clone() + item)).expect_err("a missing head line");
        assert_eq!(error.problem, TemplateProblem::MissingHead(name));
        let error = parse_template("own.txt", &format!("{without}{name} | ,;?\n{item}"));
        match name {
            "title" => assert!(error.is_ok()),
            _ => assert!(
                matches!(error.expect_err(name).problem, TemplateProblem::HeadValue { name: found, .. } if found == name)
            ),
        }
    }
    assert_eq!(parse_template("own.txt", HEAD).expect_err("no items").problem, TemplateProblem::NoItems);
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(
        lines in prop::collection::vec("[|@#,\\[\\]/ +!a-zA-Z0-9.门℃-]{0,40}", 0..6),
        cut in 0usize..2000,
    ) {
        let _ = parse_template("any.txt", &lines.join("\n"));
        let _ = parse_template("any.txt", &format!("{HEAD}{}", lines.join("\n")));
        let whole = format!("{HEAD}C01.01 | 门 | 关 | TEMP[℃,70@food.core_c,] | 10 | | L4 | 0 | category food\n");
        let cut: String = whole.chars().take(cut % whole.chars().count()).collect();
        let _ = parse_template("any.txt", &cut);
    }
}
