//! What the store says to answers, as cases: the screens foresee the same between a tap and the store's own answer.
//!
//! The screens' tests read the file; so a rule that changes here is a test that fails there.

use std::path::Path;

use domain::decimal::parse_decimal;
use domain::text::{fold, half_width};
use serde_json::{Map, Value, json};

use crate::support::{Hand, Tablet, photo, text};

/// Set to write the file anew: `UPDATE_GOLDEN=1 cargo test -p app`.
const UPDATE: &str = "UPDATE_GOLDEN";

/// What a screen looks at when it foresees how an item will stand.
const SEEN: [&str; 21] = [
    "code",
    "type",
    "options",
    "failing",
    "explain",
    "passes_from",
    "must_agree",
    "equals",
    "is_of_rest",
    "limits",
    "limits_wait_for",
    "photo",
    "signers",
    "max",
    "severity",
    "result",
    "note",
    "photos",
    "status",
    "passed",
    "missing",
];

fn seen(item: &Value) -> Value {
    SEEN.iter().map(|name| ((*name).to_owned(), item[*name].clone())).collect::<Map<_, _>>().into()
}

/// Numbers as people type them; whether the words behind one are its unit, the store alone decides.
const NUMBERS: &[&str] = &[
    "",
    " ",
    "7",
    "74.2",
    " 74.2 ",
    "７４．２ ℃",
    "74，2",
    "74。2",
    "74,2",
    "1,234",
    "1，234",
    "1,234.5",
    "1.234,5",
    "1,234,567",
    "12,34,5",
    "0,123",
    "1.2.3",
    "1.234.567,8",
    ".5",
    "5.",
    "-18",
    "－18 ℃",
    "−18",
    "- 18",
    "+3",
    "--3",
    "1 234",
    "3 份",
    "十",
    "74.2.",
    ",5",
    "5,",
    "37.2度",
    "①",
];
/// Texts in full width, and some that are left alone.
const TEXTS: &[&str] =
    &["Ａ-１０１", "３＃楼", "（东）门", "一\u{3000}班", "ＬＥＤ", "10³ ① ½ ℃", "O’Brien", "ﾃﾞﾝｷ", "ΣΑΣ", "﹣1﹪"];

/// An answer with its note.
type Given = (Value, Option<&'static str>);
/// The item that was answered before, and its answer.
type Before = Option<(&'static str, Value)>;

/// Answers by item: the checklist, the item, what was answered before, and each answer with its note.
fn answers() -> Vec<(&'static str, &'static str, Before, Vec<Given>)> {
    let plain = |results: &[Value]| results.iter().map(|result| (result.clone(), None)).collect::<Vec<_>>();
    let reading = |v: &str| json!({"v": v});
    let of = |v: &str, of: &str| json!({"v": v, "of": of});
    let again = |v: &str, of: &str| json!({"v": v, "of": of, "retest": true});
    let stroke = json!([[[100, 100], [300, 160]]]);
    let verdicts = || {
        let mut verdicts = plain(&[json!("pass"), json!("fail"), json!("na")]);
        verdicts.extend([(json!("fail"), Some("门没关")), (json!("na"), Some("今天不供应"))]);
        verdicts
    };
    vec![
        ("T01@1", "T01.01", None, verdicts()),
        ("T01@1", "T01.02", None, verdicts()),
        ("T01@1", "T01.05", None, verdicts()),
        ("T01@1", "T01.01", Some(("T01.01", json!("pass"))), plain(&[Value::Null])),
        ("T01@1", "T01.03", None, plain(&[json!(8), json!(5), json!(4.8), json!(4), json!(0), json!("na")])),
        (
            "T01@1",
            "T01.07",
            None,
            plain(&[
                json!([reading("70")]),
                json!([reading("69.9")]),
                json!([reading("７４．２ ℃")]),
                json!([of("74.2", "红烧肉"), of("66.8", "冬瓜汤")]),
                json!([of("66.8", "冬瓜汤"), again("75", "冬瓜汤")]),
                json!([of("75", "冬瓜汤"), again("66.8", "冬瓜汤")]),
                json!([of("66.8", "冬瓜汤"), again("76", "红烧肉")]),
                json!([reading("1,234")]),
                json!([reading("很烫")]),
                json!([reading("74.2"), reading("很烫")]),
                json!("na"),
            ]),
        ),
        ("T01@1", "T01.12", None, plain(&[json!([reading("0")]), json!([reading("8")]), json!([reading("8.1")])])),
        ("T01@1", "T01.13", None, plain(&[json!([reading("-12")]), json!([reading("－11.9")])])),
        ("T02@1", "T02.03", None, plain(&[json!(6), json!(5.9)])),
        ("T04@1", "T04.02", None, plain(&[json!("蒸汽"), json!("含氯浸泡")])),
        ("T04@1", "T04.03", None, plain(&[json!([reading("100")])])),
        ("T04@1", "T04.03", Some(("T04.02", json!("蒸汽"))), plain(&[json!([reading("100")]), json!([reading("99")])])),
        ("T04@1", "T04.04", Some(("T04.02", json!("洗碗机"))), plain(&[json!([reading("1")])])),
        (
            "T05@1",
            "T05.02",
            None,
            plain(&[
                json!([{"by": "li", "strokes": stroke}]),
                json!([{"by": "li", "strokes": stroke}, {"by": "li", "strokes": stroke}]),
                json!([{"by": "li", "strokes": stroke}, {"by": "wang", "strokes": stroke}]),
            ]),
        ),
        (
            "T05@1",
            "T05.12",
            None,
            vec![
                (json!("接收"), None),
                (json!("部分拒收"), None),
                (json!("全部拒收"), Some("两箱过期")),
                (json!("全部退回"), None),
            ],
        ),
        ("T08@1", "T08.02", None, plain(&[json!("11:20"), json!("１１：２０")])),
        ("T08@1", "T08.08", None, plain(&[json!("优"), json!("中"), json!("差")])),
        ("T08@1", "T08.11", None, plain(&[json!("无"), json!("  "), json!("汤有点咸")])),
        ("T09@1", "T09.08", None, plain(&[json!("餐厨垃圾"), json!("下次供应（禁）")])),
        (
            "T11@1",
            "T11.09",
            None,
            plain(&[
                json!([of("30", "应到"), of("30", "实到")]),
                json!([of("30", "应到"), of("29", "实到")]),
                json!([reading("30")]),
            ]),
        ),
        (
            "T13@1",
            "T13.01",
            None,
            plain(&[
                json!([{"name": "课桌", "expected": 40, "found": 40, "intact": 40}]),
                json!([{"name": "课桌", "expected": 40, "found": 39, "intact": 39}]),
                json!([{"name": "课桌", "expected": 40, "found": 40, "intact": 38, "damaged": 2}]),
            ]),
        ),
    ]
}

/// One answer to an item of a new form.
fn case(
    app: &Hand,
    about: &str,
    template: &str,
    code: &str,
    before: Option<&(&str, Value)>,
    given: &(Value, Option<&str>),
) -> Value {
    let id = text(&app.call("inspection.start", json!({"template": template, "subject": about}))["id"]);
    if let Some((item, result)) = before {
        app.answer(&id, item, result.clone());
    }
    let item = app.item(&id, code);
    let (result, note) = given;
    let mut draft = json!({"result": result});
    if let Some(note) = note {
        draft["note"] = (*note).into();
    }
    let mut arguments = draft.clone();
    arguments["id"] = id.clone().into();
    arguments["item"] = code.into();
    let after = match app.tries("inspection.answer", arguments) {
        Ok(_) => {
            let item = app.item(&id, code);
            json!({"status": item["status"], "passed": item["passed"], "missing": item["missing"]})
        }
        Err(refused) => json!({ "refused": refused }),
    };
    json!({"item": seen(&item), "draft": draft, "after": after})
}

/// A form that is half filled in, with what the store counts over it.
fn form(app: &Hand) -> Value {
    let id = text(&app.call("inspection.start", json!({"template": "T01@1", "subject": "半张表"}))["id"]);
    app.answer(&id, "T01.01", json!("pass"));
    app.answer(&id, "T01.02", json!("fail"));
    app.answer(&id, "T01.05", json!("pass"));
    app.call("inspection.photo", json!({"id": id, "item": "T01.05", "photo": photo('a')}));
    app.answer(&id, "T01.06", json!("na"));
    app.answer(&id, "T01.07", json!([{"v": "65"}]));
    let form = app.call("inspection.get", json!({"id": id}));
    let sections = form["sections"].as_array().expect("sections").iter().map(|section| {
        let mut counted = section.clone();
        let items: Vec<Value> = section["items"].as_array().expect("items").iter().map(seen).collect();
        counted["items"] = items.into();
        counted
    });
    json!({"sections": sections.collect::<Vec<_>>(), "next_gap": form["next_gap"]})
}

fn cases() -> Value {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let numbers = NUMBERS.iter().map(|typed| {
        let means = parse_decimal(typed).ok().map(|number| number.normalize().to_string());
        json!({"typed": typed, "means": means})
    });
    let texts = TEXTS.iter().map(|typed| json!({"typed": typed, "narrow": half_width(typed), "folded": fold(typed)}));
    let mut answered = Vec::new();
    for (template, code, before, given) in answers() {
        for given in &given {
            // Each on a subject of its own, so that every answer begins with an empty form.
            let about = format!("第 {} 例", answered.len());
            answered.push(case(&app, &about, template, code, before.as_ref(), given));
        }
    }
    json!({
        "numbers": numbers.collect::<Vec<_>>(),
        "texts": texts.collect::<Vec<_>>(),
        "answers": answered,
        "forms": [form(&app)],
    })
}

/// One case a line, so that a difference shows which.
fn as_text(cases: &Value) -> String {
    let list = |list: &Value| {
        let lines: Vec<String> = list.as_array().expect("a list").iter().map(|case| format!("    {case}")).collect();
        lines.join(",\n")
    };
    let parts: Vec<String> = cases
        .as_object()
        .expect("an object")
        .iter()
        .map(|(name, cases)| format!("  \"{name}\": [\n{}\n  ]", list(cases)))
        .collect();
    format!("{{\n{}\n}}\n", parts.join(",\n"))
}

#[test]
fn the_cases_that_the_screens_are_held_to_are_those_of_the_store() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/cases.json");
    let cases = cases();
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&file, as_text(&cases)).expect("the file can be written");
    }
    let golden: Value = serde_json::from_slice(&std::fs::read(&file).expect("the file")).expect("JSON");
    for name in ["numbers", "texts", "answers", "forms"] {
        let (listed, known) = (&cases[name], &golden[name]);
        let changed = listed
            .as_array()
            .into_iter()
            .flatten()
            .filter(|case| !known.as_array().is_some_and(|known| known.contains(case)));
        let changed: Vec<&Value> = changed.take(3).collect();
        assert!(listed == known, "changed: {changed:#?}; look at the difference after {UPDATE}=1 cargo test -p app");
    }
}
