//! What looks wrong about a row: its warnings, and values beyond limits that settings give.

use serde_json::Value;

use super::act::{Level, Warn};
use super::condition::{limit_of, number};
use super::field::{Field, FieldOf};
use super::habit::Worked;
use super::shape::Register;
use super::value::Warning;
use crate::decimal::{Decimal, unit_en};
use crate::field::{Document, Limit};
use crate::setting::{Settings, Side};

/// The ends that a field is judged by: the one that counts first.
type Ends<'a> = (Vec<&'a Limit>, Vec<&'a Limit>);

impl Register {
    /// What looks wrong about a row as it counts now, under the settings of its day.
    ///
    /// Nothing here refuses a row: what happened has happened.
    ///
    /// # Example
    /// ```
    /// use domain::{register::{Level, parse}, setting::Settings};
    /// use serde_json::json;
    /// let text = "kind | reading | 读数 | Readings\nclass | evidence\nrights | write record_temperature ; see see_reports\n\
    ///             core_c | 中心温度 | Core | TEMP[℃,@food.core_c,200] | ! ; fails L4 0\n";
    /// let register = parse("reading.txt", text).expect("a register");
    /// let found = register.judge(json!({"core_c": "65"}).as_object().expect("an object"), &Settings::default());
    /// assert_eq!((found[0].code.as_str(), found[0].en.as_str()), ("limit/core_c", "Core is below 70 ℃"));
    /// assert!(matches!(found[0].level, Level::Finding(..)));
    /// ```
    pub fn judge(&self, document: &Document, settings: &Settings) -> Vec<Warning> {
        let wide = self.widened(document);
        let limits = self.fields.iter().filter_map(|field| self.beyond(field, &wide, settings));
        let warns = self.warns.iter().filter(|warn| warn.when.holds(&wide, settings)).map(|warn| self.warning(warn));
        limits.chain(warns).collect()
    }

    /// What a hook says about a row, for the field that shows it; nothing where all is well.
    pub fn hook_warning(&self, field: &Field, worked: &Worked) -> Option<Warning> {
        let (zh, en) = worked.warning.clone()?;
        let code = format!("hook/{}", field.name);
        Some(Warning { code, level: Level::Note, cause: None, zh, en, fields: vec![field.name.clone()] })
    }

    fn warning(&self, warn: &Warn) -> Warning {
        let name = |path: &str| path.split_once('.').map_or(path, |(rows, _)| rows).to_owned();
        let mut fields: Vec<String> = warn.when.fields().map(name).collect();
        fields.dedup();
        Warning {
            code: warn.code.clone(),
            level: warn.level,
            cause: warn.cause.clone(),
            zh: warn.zh.clone(),
            en: warn.en.clone(),
            fields,
        }
    }

    fn beyond(&self, field: &Field, wide: &Document, settings: &Settings) -> Option<Warning> {
        let value = wide.get(&field.name).and_then(number)?;
        let (min, max) = ends(field);
        let bound = |limits: Vec<&Limit>, side| {
            limits.into_iter().filter_map(|limit| limit_of(limit, wide, Some(settings), side)).collect::<Vec<Decimal>>()
        };
        let below = bound(min, Side::Min).into_iter().filter(|min| value < *min).max();
        let above = bound(max, Side::Max).into_iter().filter(|max| value > *max).min();
        let unit = match (&field.of, field.stored().and_then(|of| of.limits())) {
            (FieldOf::Hook { habit, .. }, _) => habit.unit(),
            (_, Some(limits)) => limits.unit.as_str(),
            (_, None) => "min",
        };
        let is_negative = matches!(field.of, FieldOf::Span(..)) && value.is_sign_negative() && !value.is_zero();
        let (zh, en) = match (is_negative, below, above) {
            (true, ..) => ("结束早于开始".to_owned(), "ends before it begins".to_owned()),
            (_, Some(min), _) => (format!("低于 {min} {unit}"), format!("is below {min} {}", unit_en(unit))),
            (_, _, Some(max)) => (format!("高于 {max} {unit}"), format!("is above {max} {}", unit_en(unit))),
            _ => return None,
        };
        let level = match field.fails {
            Some((severity, due)) if !is_negative => Level::Finding(severity, due),
            _ => Level::Note,
        };
        Some(Warning {
            code: format!("limit/{}", field.name),
            level,
            cause: None,
            zh: format!("{}{zh}", field.zh).trim_end().to_owned(),
            en: format!("{} {en}", field.en).trim_end().to_owned(),
            fields: vec![field.name.clone()],
        })
    }
}

/// The ends that a field is judged by: those of its type that are not printed, which the type itself refuses, and its own.
fn ends(field: &Field) -> Ends<'_> {
    let own = field.limit.as_ref();
    let of_type = field.stored().and_then(|of| of.limits());
    let judged = |limit: &&Limit| !matches!(limit, Limit::Fixed(_));
    let min = of_type.and_then(|limits| limits.min.as_ref()).filter(judged).into_iter();
    let max = of_type.and_then(|limits| limits.max.as_ref()).filter(judged).into_iter();
    (min.chain(own.and_then(|own| own.0.as_ref())).collect(), max.chain(own.and_then(|own| own.1.as_ref())).collect())
}

/// Whether the option stands among those that a setting's table has for this row; yes where the table says nothing.
pub(super) fn is_among(field: &Field, option: &Value, wide: &Document, settings: &Settings) -> bool {
    let Some(Limit::Table { key, by, .. }) = &field.among else { return true };
    let group = by.first().and_then(|by| wide.get(by)).and_then(Value::as_str);
    let names = group.and_then(|group| settings.names(key, group));
    names.is_none_or(|names| option.as_str().is_some_and(|option| names.iter().any(|name| name == option)))
}
