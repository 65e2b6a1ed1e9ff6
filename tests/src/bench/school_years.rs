//! The records of a school after years: nine forms for each finding, nearly all of it done with.

use causal::Value;
use replica::Save;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// Now, as these records have it: a Friday morning at school, 2026-11-27 09:30.
pub const NOW_MS: u64 = 1_795_743_000_000;
/// Forms and findings of one day.
const A_DAY: u64 = 120;
pub(super) const DAY_MS: u64 = 86_400_000;
/// Findings on which something is left to do.
const OPEN_FINDINGS: u64 = 300;
/// Forms that somebody has begun.
const OPEN_FORMS: u64 = 12;
const PEOPLE: u128 = 30;
const AREAS: u128 = 100;

/// The records of some years, oldest first.
pub struct Years {
    /// How many forms and findings there are.
    pub count: u64,
}

/// The campus that all belongs to.
pub const CAMPUS: Uuid = Uuid::from_u128(0xCA_0000);

pub(super) fn person(n: u128) -> Uuid {
    Uuid::from_u128(0xBE_0000 + n % PEOPLE)
}

pub(super) fn area(n: u128) -> Uuid {
    Uuid::from_u128(0xA4_0000 + n % AREAS)
}

pub(super) fn save(kind: &str, id: Option<Uuid>, fields: Vec<(String, Json)>) -> Save {
    Save {
        id: id.map(causal::RecordId),
        kind: kind.into(),
        scope: (!matches!(kind, "campus" | "person" | "role_grant")).then_some(CAMPUS),
        set: fields.into_iter().map(|(name, value)| (name, Value::from(value))).collect(),
        by: Some(person(1).to_string().into()),
        ..Save::default()
    }
}

fn named<const N: usize>(fields: [(&str, Json); N]) -> Vec<(String, Json)> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

impl Years {
    /// Who works: a person who may do what the screens ask for.
    pub fn worker() -> String {
        person(1).to_string()
    }

    /// A person who sees a part of most kinds.
    pub fn cook() -> String {
        person(2).to_string()
    }

    /// The campus, its people and what they may do, and its areas.
    pub fn master(&self) -> Vec<Save> {
        let name = json!("中心幼儿园");
        let campus = [("name", name), ("kind", json!("kindergarten")), ("timezone", json!("Asia/Shanghai"))];
        let mut saves = vec![save("campus", Some(CAMPUS), named(campus))];
        for n in 0..PEOPLE {
            saves.push(save("person", Some(person(n)), named([("name", json!(format!("员工{n}")))])));
            let role = ["fso", "guard", "cook", "carer"][n as usize % 4];
            let role = if n == 1 { "fso" } else { role };
            saves.push(save("role_grant", None, named([("person", json!(person(n))), ("role", json!(role))])));
        }
        let areas = (0..AREAS).map(|n| save("area", Some(area(n)), named([("name", json!(format!("{n} 号活动室")))])));
        saves.extend(areas);
        saves
    }

    /// The `n`th form or finding.
    pub fn record(&self, n: u64) -> Save {
        let back = self.count - n;
        let at = NOW_MS - back * (DAY_MS / A_DAY);
        if n % 10 == 9 { self.finding(n, at) } else { inspection(n, at, back > OPEN_FORMS) }
    }

    fn finding(&self, n: u64, at: u64) -> Save {
        let back = (self.count - n) / 10;
        let by = person(u128::from(n));
        let due = if back < OPEN_FINDINGS { NOW_MS - 10 * DAY_MS + back * DAY_MS / 15 } else { at + 3 * DAY_MS };
        let mut fields = head(at, by);
        fields.extend(named([
            ("source", json!("report")),
            ("found_at", json!(at)),
            ("found_by", json!(by)),
            ("due", json!(due)),
            ("description", json!(format!("第 {n} 处：灯管不亮，开关松动，请尽快更换"))),
            ("severity", json!(format!("L{}", n % 3 + 1))),
            ("area", json!(area(u128::from(n)))),
        ]));
        let steps = if back >= OPEN_FINDINGS { 4 } else { back % 3 };
        let ids: Vec<String> = (0..4).map(|step| Uuid::from_u128(u128::from(n) << 8 | step).to_string()).collect();
        let names = ["派发", "整改完成", "复查通过", "销号"];
        for (place, name) in names.iter().enumerate().take(steps as usize) {
            let by = person(u128::from(n) + place as u128);
            let step = json!({
                "step": name, "by": by, "at": at + place as u64 * 3_600_000, "after": ids[..place],
                "assignee": (place == 0).then(|| person(u128::from(n) + 1)),
            });
            fields.push((format!("steps/{}", ids[place]), step));
        }
        save("finding", None, fields)
    }
}

pub(super) fn head(at: u64, by: Uuid) -> Vec<(String, Json)> {
    let local = at + 8 * 3_600_000;
    let day = chrono::DateTime::from_timestamp_millis(local as i64).unwrap_or_default().format("%Y-%m-%d").to_string();
    named([
        ("created", json!({"at": at, "by": by})),
        ("occurred_at", json!(at)),
        ("recorded_at", json!(at)),
        ("business_date", json!(day)),
    ])
}

/// A form of 22 fields, or one less while nobody has submitted it.
pub fn inspection(n: u64, at: u64, is_submitted: bool) -> Save {
    let by = person(u128::from(n));
    let code = ["T01", "T10", "T18"][n as usize % 3];
    let mut fields = head(at, by);
    fields.extend(named([
        ("template", json!(format!("{code}@1"))),
        ("mode", json!("routine")),
        ("subject", json!(area(u128::from(n)))),
        ("round", json!(Uuid::from_u128(u128::from(n / 3)))),
    ]));
    fields.push((format!("people/{by}"), json!(at)));
    fields.extend((1..=10).map(|item| (format!("answers/{code}.{item:02}/result"), json!("pass"))));
    let note = if n % 10 < 8 { format!("第 {n} 次检查，未见异常") } else { format!("{n} 号通知已读") };
    fields.push((format!("answers/{code}.07/note"), json!(note)));
    fields.push((format!("answers/{code}.09/note"), json!("生熟刀、板、盆、容器分开使用并有标识，熟食加盖")));
    if is_submitted {
        fields.push((format!("submits/{by}"), json!(at + 600_000)));
    }
    save("inspection", None, fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_is_done_with_and_a_form_has_22_fields() {
        let years = Years { count: 10_000 };
        let records: Vec<Save> = (0..years.count).map(|n| years.record(n)).collect();
        let has = |save: &Save, start: &str| save.set.iter().filter(|(name, _)| name.starts_with(start)).count();
        let forms: Vec<&Save> = records.iter().filter(|save| save.kind == "inspection").collect();
        assert_eq!(forms.len(), 9_000);
        let open = forms.iter().filter(|form| has(form, "submits/") == 0).count();
        assert!((5..=12).contains(&open), "{open}");
        assert!(forms[..8_000].iter().all(|form| form.set.len() == 22));
        let closed = records.iter().filter(|save| save.kind == "finding" && has(save, "steps/") == 4).count();
        assert_eq!(closed, 700);
    }
}
