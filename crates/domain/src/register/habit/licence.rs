//! Which of several certificates counts, and for how long: the latest end that has a scan.
//!
//! It refuses nothing: who is at work is at work. It warns before the end and shows by its colour who is not to work.

use chrono::NaiveDate;
use serde_json::Value;

use super::types::{Asked, Habit, KinRow, Tone, Worked, has};
use crate::field::Language;
use crate::setting::{SettingValue, Settings};

/// The hook `licence`.
#[derive(Debug)]
pub(super) struct Licence;

/// A later one has taken its place.
const REPLACED: &str = "replaced";
/// Nobody has put its picture on file, so it does not count.
const UNSEEN: &str = "no_scan";

impl Habit for Licence {
    fn name(&self) -> &'static str {
        "licence"
    }

    fn unit(&self) -> &'static str {
        "d"
    }

    fn reads(&self) -> &'static [(&'static str, &'static str)] {
        &[("valid_to", "DATE"), ("scan", "PHOTOS")]
    }

    fn is_of_open(&self) -> bool {
        true
    }

    /// The days that are left of the one that counts, today among them as none; of any other that it was replaced, or has no scan. A
    /// row that is closed or void says nothing. Where this device does not hold the scans, it takes them to be there.
    fn work_out(&self, asked: &Asked<'_>) -> Option<Worked> {
        let own = end(asked.row).filter(|_| asked.row.is_open)?;
        let others = asked.kin.iter().copied().filter(|row| row.id != asked.row.id && row.is_open && is_seen(row));
        let later = others.filter_map(|row| Some((end(row)?, row.id.as_str()))).max();
        let is_counting = is_seen(asked.row);
        if later.is_some_and(|later| !is_counting || later > (own, asked.row.id.as_str())) {
            let is_older = later.is_some_and(|(end, _)| end >= own);
            let (word, tone) = if is_older { (REPLACED, Tone::Past) } else { (UNSEEN, Tone::Now) };
            let warning = (!is_older).then(unseen);
            return Some(Worked { value: Value::from(word), tone, warning, since: None });
        }
        if !is_counting {
            return Some(Worked { value: UNSEEN.into(), tone: Tone::Over, warning: Some(unseen()), since: None });
        }
        let left = own.signed_duration_since(asked.today).num_days();
        let (tone, warning) = tone_of_days(left, asked.settings);
        Some(Worked { value: Value::from(left.to_string()), tone, warning, since: None })
    }

    fn say(&self, value: &Value, language: Language) -> String {
        let word = value.as_str().unwrap_or_default();
        match (word, word.parse()) {
            (REPLACED, _) => language.of("已有更新的", "a later one is on file").to_owned(),
            (UNSEEN, _) => language.of("没有扫描件，不算", "no scan, so it does not count").to_owned(),
            (_, Ok(left)) => days_left(left, language),
            (_, Err(_)) => String::new(),
        }
    }
}

/// How many days are left until an end, or since when it is over, in words.
pub fn days_left(left: i64, language: Language) -> String {
    let days = left.unsigned_abs();
    match (language, left) {
        (Language::Zh, 0) => "今天到期".to_owned(),
        (Language::Zh, 1..) => format!("还有 {days} 天"),
        (Language::Zh, _) => format!("过期 {days} 天"),
        (Language::En, 0) => "ends today".to_owned(),
        (Language::En, 1) => "1 day left".to_owned(),
        (Language::En, 2..) => format!("{days} days left"),
        (Language::En, -1) => "ended 1 day ago".to_owned(),
        (Language::En, _) => format!("ended {days} days ago"),
    }
}

fn unseen() -> (String, String) {
    ("没有扫描件，不算数".to_owned(), "There is no scan, so it does not count".to_owned())
}

/// How an end looks that is so many days away, and what is said of it: 60, 30 and 7 days before unless a school says otherwise.
pub fn tone_of_days(left: i64, settings: &Settings) -> (Tone, Option<(String, String)>) {
    if left < 0 {
        return (Tone::Over, Some(("已过期".to_owned(), "It has ended".to_owned())));
    }
    let mut steps = reminders(settings);
    steps.sort_unstable();
    let tones = [Tone::Now, Tone::Near, Tone::Soon];
    match steps.iter().position(|days| left <= *days) {
        Some(step) => {
            let tone = tones.get(step).copied().unwrap_or(Tone::Soon);
            let days = steps[step];
            (tone, Some((format!("{days} 天内到期"), format!("It ends within {days} days"))))
        }
        None => (Tone::Calm, None),
    }
}

/// How many days before an end it is spoken of at the earliest.
pub fn days_ahead(settings: &Settings) -> u64 {
    reminders(settings).into_iter().filter_map(|days| u64::try_from(days).ok()).max().unwrap_or(0)
}

/// How many days before an end it is spoken of.
fn reminders(settings: &Settings) -> Vec<i64> {
    let Some(SettingValue::List(texts)) = settings.get("cert.remind_d") else { return Vec::new() };
    texts.iter().filter_map(|text| text.trim().parse().ok()).collect()
}

fn end(row: &KinRow) -> Option<NaiveDate> {
    row.document.get("valid_to")?.as_str()?.parse().ok()
}

/// Whether its scan is on file, as far as this device can know.
fn is_seen(row: &KinRow) -> bool {
    has(&row.document, "scan") || row.unknown.iter().any(|name| name == "scan")
}
