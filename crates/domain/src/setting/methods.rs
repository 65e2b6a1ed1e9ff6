//! How long, how hot and how strong each way of disinfection must be.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::template::MethodTable;

/// The lower limits of one way of disinfection; none where it has no such limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "DisinfectionMethod"))]
#[serde(deny_unknown_fields, default)]
pub struct Method {
    /// The lowest temperature in ℃; none for chemicals, sunlight, and machines that follow their manual.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub temp_c: Option<Decimal>,
    /// The shortest time in minutes.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub minutes: Option<Decimal>,
    /// The lowest concentration of available chlorine in mg/L; only for immersion.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub chlorine_mg_l: Option<Decimal>,
}

/// The ways of disinfection by what is disinfected.
///
/// Shape: `{"tableware": {"蒸汽": {"temp_c": "100", "minutes": "10"}, ...}, "towels": {...}}`; the names are the options
/// of the templates T04 and T12.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "DisinfectionMethods"))]
#[serde(deny_unknown_fields)]
pub struct Methods {
    /// 餐具.
    pub tableware: BTreeMap<String, Method>,
    /// 巾杯.
    pub towels: BTreeMap<String, Method>,
}

fn heat(temp_c: i64, minutes: i64) -> Method {
    Method { temp_c: Some(temp_c.into()), minutes: Some(minutes.into()), chlorine_mg_l: None }
}

fn chlorine(mg_l: i64, minutes: i64) -> Method {
    Method { temp_c: None, minutes: Some(minutes.into()), chlorine_mg_l: Some(mg_l.into()) }
}

fn table<const N: usize>(methods: [(&str, Method); N]) -> BTreeMap<String, Method> {
    methods.into_iter().map(|(name, method)| (name.to_owned(), method)).collect()
}

impl Default for Methods {
    /// The legal minimum: steam and boiling 100 ℃ for 10 min (towels 15 min), infrared 120 ℃ for 10 min, chlorine 250
    /// mg/L for 5 min.
    fn default() -> Self {
        Self {
            tableware: table([
                ("蒸汽", heat(100, 10)),
                ("煮沸", heat(100, 10)),
                ("红外消毒柜", heat(120, 10)),
                ("洗碗机", Method::default()),
                ("含氯浸泡", chlorine(250, 5)),
                // The firm that disinfects answers for the values; its certificate is kept.
                ("集中消毒", Method::default()),
            ]),
            towels: table([
                ("蒸汽", heat(100, 15)),
                ("煮沸", heat(100, 15)),
                ("消毒柜", heat(120, 10)),
                ("含氯浸泡", chlorine(250, 5)),
                ("日晒", Method::default()),
            ]),
        }
    }
}

impl Method {
    /// The limit with this name.
    pub fn part(&self, name: &str) -> Option<Decimal> {
        match name {
            "temp_c" => self.temp_c,
            "minutes" => self.minutes,
            "chlorine_mg_l" => self.chlorine_mg_l,
            _ => None,
        }
    }
}

impl Methods {
    /// The ways for one group of things.
    pub fn table(&self, group: &str) -> Option<&BTreeMap<String, Method>> {
        match group {
            "tableware" => Some(&self.tableware),
            "towels" => Some(&self.towels),
            _ => None,
        }
    }

    /// The method with this name.
    pub fn get(&self, table: MethodTable, name: &str) -> Option<Method> {
        match table {
            MethodTable::Tableware => self.tableware.get(name).copied(),
            MethodTable::Towels => self.towels.get(name).copied(),
        }
    }

    /// The first limit of `self` that is laxer than in `floor`: what it is, its value and its floor.
    pub(super) fn first_below(&self, floor: &Self) -> Option<(String, String, Decimal)> {
        let tables = [(&self.tableware, &floor.tableware), (&self.towels, &floor.towels)];
        tables.into_iter().find_map(|(own, legal)| {
            legal.iter().find_map(|(name, legal)| {
                let own = own.get(name).copied().unwrap_or(*legal);
                let pairs = [
                    ("temp_c", own.temp_c, legal.temp_c),
                    ("minutes", own.minutes, legal.minutes),
                    ("chlorine_mg_l", own.chlorine_mg_l, legal.chlorine_mg_l),
                ];
                pairs.into_iter().find_map(|(part, own, legal)| {
                    let legal = legal?;
                    let shown = own.map_or_else(|| "nothing".to_owned(), |own| own.to_string());
                    own.is_none_or(|own| own < legal).then(|| (format!("{name} {part}"), shown, legal))
                })
            })
        })
    }

    /// These methods, and those of `other` that are missing here.
    pub(super) fn or(mut self, other: Self) -> Self {
        for (name, method) in other.tableware {
            self.tableware.entry(name).or_insert(method);
        }
        for (name, method) in other.towels {
            self.towels.entry(name).or_insert(method);
        }
        self
    }
}
