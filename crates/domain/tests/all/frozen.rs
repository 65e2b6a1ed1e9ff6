//! Declarations only grow: what a release has written down once stays as it is.
//!
//! `UPDATE_FROZEN=1 cargo test -p domain frozen` adds what is new; what is gone or different fails even then.

use std::path::PathBuf;

use domain::register::{FieldOf, Register, VOID, all};
use serde_json::{Map, Value, json};

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("presets/registers/frozen.json")
}

/// What of a register never changes: everything that records hold, and what their ids and scopes follow from.
fn facts(register: &Register) -> Value {
    let mut fields = Map::new();
    for field in register.fields.iter().filter(|field| matches!(field.of, FieldOf::Stored(_))) {
        let of = field.stored().expect("a stored field");
        let options: Vec<&str> = of.options().iter().map(|option| option.zh.as_str()).collect();
        let columns: Map<String, Value> =
            of.columns().iter().map(|column| (column.name.clone(), json!({"type": column.of.code()}))).collect();
        let mut fact = json!({"type": of.code()});
        if !options.is_empty() {
            fact["options"] = json!(options);
        }
        if !columns.is_empty() {
            fact["columns"] = Value::Object(columns);
        }
        if let Some(kind) = of.refers() {
            fact["names"] = json!(kind);
        }
        if let Some(part) = &field.part {
            fact["part"] = json!(part);
        }
        fields.insert(field.name.clone(), fact);
    }
    let asks = |act: &domain::register::Act| -> Map<String, Value> {
        act.asks.iter().map(|ask| (ask.name.clone(), json!({"type": ask.of.code()}))).collect()
    };
    let acts: Map<String, Value> =
        register.acts.iter().map(|act| (act.code.clone(), json!({"asks": asks(act)}))).collect();
    let parts: Map<String, Value> = register
        .parts
        .iter()
        .map(|part| (part.name.clone(), json!({"hold": part.hold.map(|hold| hold.code())})))
        .collect();
    let stages: Vec<&str> =
        register.stages.iter().map(|stage| stage.code.as_str()).filter(|code| *code != VOID).collect();
    json!({
        "form": register.form,
        "class": format!("{:?}", register.class).to_lowercase(),
        "hold": register.hold.map(|hold| hold.code()),
        "key": register.key,
        "parts": parts,
        "stages": stages,
        "fields": fields,
        "acts": acts,
    })
}

fn now() -> Value {
    Value::Object(all().iter().map(|register| (register.kind.clone(), facts(register))).collect())
}

/// What was frozen and is not so any more, by its place.
///
/// A list of options or stages may grow, and so may the version of a declaration; the key is what it is, and everything else as well.
fn broken(place: &str, frozen: &Value, now: Option<&Value>) -> Vec<String> {
    match (frozen, now) {
        (_, None) => vec![format!("{place} is gone")],
        (Value::Object(frozen), Some(now)) => {
            frozen.iter().flat_map(|(name, value)| broken(&format!("{place}/{name}"), value, now.get(name))).collect()
        }
        (Value::Array(frozen), Some(Value::Array(now))) if !place.ends_with("/key") => frozen
            .iter()
            .filter(|word| !now.contains(word))
            .map(|word| format!("{place} has no {word} any more"))
            .collect(),
        (frozen, Some(now)) if place.ends_with("/form") && now.as_u64() >= frozen.as_u64() => Vec::new(),
        (frozen, Some(now)) if frozen == now => Vec::new(),
        (frozen, Some(now)) => vec![format!("{place} was {frozen} and is {now}")],
    }
}

#[test]
fn declarations_only_grow() {
    let text = std::fs::read_to_string(path()).unwrap_or_else(|_| "{}".to_owned());
    let frozen: Value = serde_json::from_str(&text).expect("frozen.json is JSON");
    let broken = broken("", &frozen, Some(&now()));
    assert!(broken.is_empty(), "what records already hold has changed:\n  {}", broken.join("\n  "));
    let written = serde_json::to_string_pretty(&now()).expect("JSON") + "\n";
    if std::env::var("UPDATE_FROZEN").is_ok_and(|set| set == "1") {
        std::fs::write(path(), written).expect("frozen.json is written");
    } else {
        assert_eq!(text, written, "freeze what is new: UPDATE_FROZEN=1 cargo test -p domain frozen");
    }
}

#[test]
fn what_is_taken_away_or_changed_is_found() {
    let frozen = json!({"a": {"form": 2, "class": "evidence", "key": ["x"], "fields": {"x": {"type": "CH", "options": ["一", "二"]}}}});
    let told = |change: fn(&mut Value)| {
        let mut now = frozen.clone();
        change(&mut now);
        broken("", &frozen, Some(&now))
    };
    assert_eq!(told(|_| ()), Vec::<String>::new());
    assert_eq!(told(|now| now["a"]["fields"]["x"]["options"] = json!(["一", "二", "三"])), Vec::<String>::new());
    assert_eq!(told(|now| now["a"]["fields"]["y"] = json!({"type": "YES"})), Vec::<String>::new());
    assert_eq!(told(|now| now["a"]["form"] = json!(3)), Vec::<String>::new());
    assert_eq!(told(|now| now["a"]["form"] = json!(1)).len(), 1);
    assert_eq!(told(|now| now["a"]["key"] = json!(["x", "y"])).len(), 1);
    assert_eq!(told(|now| now["a"]["class"] = json!("master")).len(), 1);
    assert_eq!(told(|now| now["a"]["fields"]["x"]["type"] = json!("TXT")).len(), 1);
    assert_eq!(told(|now| now["a"]["fields"]["x"]["options"] = json!(["一"])).len(), 1);
    assert_eq!(told(|now| *now = json!({})), ["/a is gone"]);
}
