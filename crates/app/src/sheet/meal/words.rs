//! Words that the papers of meals have in common.

use domain::field::{Cell, Language};
use domain::served::meal_en;
use uuid::Uuid;

use super::super::order::Order;

/// A cell of words; nothing where there are none.
pub(super) fn words(text: impl Into<String>) -> Cell {
    let text = text.into();
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

/// Texts behind each other, each once.
pub(super) fn joined(texts: impl IntoIterator<Item = String>, language: Language) -> String {
    let mut all: Vec<String> = Vec::new();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all.join(language.of("；", "; "))
}

/// What a meal is called, with its kitchen where that is not the first of the campus; nothing of what is of no meal.
pub(super) fn meal(order: &Order<'_>, sort: Option<&str>, kitchen: Option<Uuid>) -> String {
    let sort = sort.map_or("", |sort| order.language.of(sort, meal_en(sort)));
    let name = kitchen.and_then(|kitchen| order.names.name(&kitchen.to_string())).unwrap_or_default();
    told(&[&name, sort])
}

/// What it is called that something was only not heard of.
pub(super) fn unheard(is_office: bool, language: Language) -> &'static str {
    if is_office {
        language.of("未到报", "not heard of")
    } else {
        language.of("本机未见", "not seen on this device")
    }
}

/// What is missing, by the code of what the card, a ledger or the day lacks.
pub(super) fn missing(code: &str, language: Language) -> &'static str {
    let (zh, en) = match code {
        "dishes" => ("没有菜单", "no menu"),
        "delivery" => ("没有验收记录", "no delivery"),
        "decision" => ("没有验收结论", "not decided"),
        "signer" => ("待第二人签字", "waits for a further signature"),
        "check" => ("没有晨检", "not checked"),
        "box-temperature" => ("没有测到餐温度", "box not measured"),
        "core" => ("没有测中心温度", "core not measured"),
        "more-cores" => ("中心温度还差的道数", "cores still to be measured"),
        "core-failing" => ("未烧熟煮透，待复测", "not cooked through"),
        "sample" => ("没有留样", "no sample"),
        "sample-grams" => ("留样不足量", "the sample is too small"),
        "accompany" => ("没有陪餐记录", "nobody ate along"),
        "issue" => ("没有分发记录", "nothing given out"),
        "leftover" => ("没有剩余记录", "leftovers not written down"),
        "disinfect" => ("没有餐具消毒记录", "tableware not disinfected"),
        "disinfect-runs" => ("消毒没有结束", "the disinfection was not ended"),
        "dispose" => ("满时限没有销样", "not disposed of in time"),
        "row" => ("没有测温记录", "not measured"),
        "unanswered" => ("没有检查", "nobody has looked"),
        "time-unknown" => ("时长待核", "nobody can tell how long"),
        "to-mend" => ("着装整改后才能上岗", "to be put right first"),
        "supplier" => ("供货商证照到期", "the supplier's licence has ended"),
        "reject-reason" => ("拒收没有原因或照片", "rejected without a reason or a photo"),
        "cancelled-but-served" => ("已取消的餐次又供了餐", "cancelled, and served all the same"),
        "age-unproved" => ("留样时长未能证明", "nobody can prove how long it was kept"),
        "disposed-on-hold" => ("封存期间销样", "disposed of while it was sealed"),
        "no-receipt" => ("送检没有回执", "no receipt of the laboratory"),
        "waste" => ("没有废弃物记录", "no waste written down"),
        "additives" => ("添加剂用在菜单外的菜", "an additive for no dish of the day"),
        _ => ("待核", "to be looked at"),
    };
    language.of(zh, en)
}

/// Which meal, what, and how it is missing: `午餐 红烧肉 没有留样`.
pub(super) fn told(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}
