//! Helpers that several test modules share.

use causal::{Dot, ReplicaId, Stamp, Value};
use domain::form::{Entry, Form};
use domain::setting::Settings;
use domain::template::{Part, Template, TemplateRef, find};
use proptest::prelude::*;
use serde_json::Value as Json;
use uuid::Uuid;

/// The built-in template with this code.
pub fn template(code: &str) -> &'static Template {
    let reference: TemplateRef = format!("{code}@1").parse().expect("a reference");
    find(&reference).expect("a built-in template")
}

/// A form with these results.
pub fn form<'a>(code: &str, part: Part, settings: &'a Settings, answers: &[(&str, Json)]) -> Form<'a> {
    let mut form = Form::new(template(code), part, None, settings);
    for (item, result) in answers {
        form.set(item, Entry { result: result.clone(), ..Entry::default() });
    }
    form
}

/// A write that a sibling owns.
#[derive(Clone, Debug)]
pub struct Write {
    /// Its dot.
    pub dot: Dot,
    /// Its stamp.
    pub stamp: Stamp,
    /// Its value.
    pub value: Value,
}

impl Write {
    /// The sibling that this write makes.
    pub fn sibling(&self) -> causal::Sibling<'_> {
        causal::Sibling { dot: self.dot, stamp: &self.stamp, value: &self.value }
    }
}

/// The write number `counter` of replica `replica` at `at`.
pub fn write(replica: u128, counter: u64, at: u64, value: Json) -> Write {
    Write {
        dot: Dot::new(ReplicaId(Uuid::from_u128(replica)), counter),
        stamp: Stamp { at, by: None },
        value: Value::from_json(&value),
    }
}

/// Any JSON, with a taste for what results look like.
pub fn any_json() -> impl Strategy<Value = Json> {
    let word = prop::sample::select(vec![
        "pass",
        "fail",
        "na",
        "合格",
        "不合格",
        "优",
        "差",
        "07:30",
        "74.2",
        "1,234",
        "到岗",
        "",
        "异常",
        "x",
    ]);
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        (0u8..20).prop_map(Json::from),
        word.prop_map(Json::from),
    ];
    let reading = (any::<i16>(), 0u8..3, any::<bool>())
        .prop_map(|(v, of, retest)| serde_json::json!({"v": v.to_string(), "of": of.to_string(), "retest": retest}));
    let readings = prop::collection::vec(reading, 0..4).prop_map(Json::from);
    let leaf = prop_oneof![4 => leaf, 2 => readings];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let key = prop::sample::select(vec!["v", "of", "at", "by", "strokes", "retest"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map(key, inner, 0..4)
                .prop_map(|members| Json::Object(members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())),
        ]
    })
}
