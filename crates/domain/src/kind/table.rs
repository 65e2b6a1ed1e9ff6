//! All kinds of records, after the data dictionary; those of registers follow from their declarations.

use std::sync::LazyLock;

use super::shape::Class::{Evidence, Ledger, Master, Plan};
use super::shape::{Class, FieldPattern, Kind, Rule};
use crate::register::{self, Part, Register};

/// All known kinds.
pub fn all() -> &'static [Kind] {
    &ALL
}

static ALL: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let parts = |register: &'static Register| register.parts.iter().map(move |part| declared(register, Some(part)));
    let rows = register::all().iter().map(|register| declared(register, None));
    KINDS.iter().copied().chain(rows).chain(register::all().iter().flat_map(parts)).collect()
});

/// The kind of a register's rows, or of one of their parts.
fn declared(register: &'static Register, part: Option<&'static Part>) -> Kind {
    let mut fields = Vec::new();
    for field in register.fields.iter().filter(|field| field.part.as_ref() == part.map(|part| &part.name)) {
        let Some(of) = field.stored() else { continue };
        for path in of.paths() {
            fields.push(FieldPattern {
                // Made once, for as long as the program runs.
                pattern: format!("{}{}", field.name, path.suffix).leak(),
                rule: field.rule.unwrap_or(path.rule),
                is_searchable: field.is_searchable && path.has_text,
            });
        }
    }
    let name: &'static str = part.map_or(&register.kind, |part| register.part_kind(&part.name).leak());
    Kind { name, zh: &register.zh, en: &register.en, class: register.class, asks: register.asks, fields: fields.leak() }
}

const fn text(pattern: &'static str) -> FieldPattern {
    FieldPattern { pattern, rule: Rule::Latest, is_searchable: true }
}

const fn by(rule: Rule, pattern: &'static str) -> FieldPattern {
    FieldPattern { pattern, rule, is_searchable: false }
}

const fn worst(pattern: &'static str) -> FieldPattern {
    by(Rule::Worst, pattern)
}

const fn earliest(pattern: &'static str) -> FieldPattern {
    by(Rule::Earliest, pattern)
}

const fn first(pattern: &'static str) -> FieldPattern {
    by(Rule::First, pattern)
}

const fn union(pattern: &'static str) -> FieldPattern {
    by(Rule::Union, pattern)
}

/// What holds for every known kind, after its own patterns.
///
/// Two tablets that make one record each write when it began; the earlier one is right, and nobody need be asked.
pub(super) const COMMON: &[FieldPattern] = &[
    text("note"),
    text("late_reason"),
    union("photos"),
    text("corrections/*"),
    text("void/*"),
    earliest("created"),
    earliest("occurred_at"),
    earliest("recorded_at"),
    earliest("business_date"),
    FieldPattern { pattern: "form", rule: Rule::Highest, is_searchable: false },
];

const fn kind(
    name: &'static str,
    (zh, en): (&'static str, &'static str),
    class: Class,
    fields: &'static [FieldPattern],
) -> Kind {
    let asks = !matches!(class, Class::Master);
    Kind { name, zh, en, class, asks, fields }
}

const KINDS: &[Kind] = &[
    kind("campus", ("校区", "Campus"), Master, &[text("name")]),
    kind("area", ("区域", "Area"), Master, &[text("name")]),
    kind("person", ("人员", "Person"), Master, &[text("name")]),
    kind("role_grant", ("授权", "Role grant"), Master, &[]),
    kind("pin", ("PIN", "PIN"), Master, &[]),
    kind("setting", ("设置", "Setting"), Master, &[]),
    kind("template_version", ("模板版本", "Checklist version"), Master, &[text("title")]),
    // What ended first is over, and what began first has begun.
    kind(
        "route",
        ("巡查路线", "Patrol route"),
        Master,
        &[text("name"), text("name_en"), earliest("since"), earliest("until")],
    ),
    kind(
        "checkpoint",
        ("巡查点", "Checkpoint"),
        Master,
        &[
            text("name"),
            text("name_en"),
            text("look_at"),
            text("look_at_en"),
            union("items"),
            union("must"),
            earliest("since"),
            earliest("until"),
        ],
    ),
    // Two tablets that give one tag to two points must be noticed by a person.
    Kind { asks: true, ..kind("tag", ("巡查标签", "Patrol tag"), Master, &[earliest("spellings/*")]) },
    kind("route_plan", ("路线底稿", "Copy of a route"), Evidence, &[]),
    kind(
        "inspection",
        ("检查", "Check"),
        Evidence,
        &[
            worst("answers/*/result"),
            text("answers/*/note"),
            // Two who add one photo mean the same; who takes it away does not take away what somebody else adds meanwhile.
            earliest("answers/*/photos/*"),
            earliest("people/*"),
            earliest("submits/*"),
            union("participants"),
        ],
    ),
    kind(
        "patrol_run",
        ("巡查", "Patrol"),
        Evidence,
        &[
            earliest("people/*"),
            // Who gives another reason later explains the same gap.
            first("missed/*"),
            worst("visits/*/answers/*/result"),
            text("visits/*/answers/*/note"),
            earliest("visits/*/photos/*"),
            earliest("visits/*/answers/*/photos/*"),
            text("visits/*/note"),
        ],
    ),
    kind(
        "finding",
        ("问题", "Finding"),
        Evidence,
        // Two who find the same each write when; the first of them found it.
        &[
            text("description"),
            worst("severity"),
            earliest("found_at"),
            first("found_by"),
            earliest("due"),
            text("steps/*"),
        ],
    ),
    kind(
        "meal",
        ("餐次", "Meal"),
        Plan,
        &[
            text("dishes/*/name"),
            union("dishes/*/allergens"),
            worst("stages/*/answers/*/result"),
            text("stages/*/answers/*/note"),
            earliest("stages/*/answers/*/photos/*"),
        ],
    ),
    kind("menu", ("食谱", "Menu"), Plan, &[text("title"), union("dishes")]),
    kind("child_check_in_class", ("幼儿晨检", "Morning check of a child"), Evidence, &[]),
    kind("asset", ("资产", "Asset"), Master, &[text("card_no"), text("name")]),
    kind("asset_event", ("资产事件", "Asset event"), Ledger, &[]),
    kind("damage_case", ("损坏赔偿", "Damage"), Evidence, &[union("receipt")]),
    kind("stock_item", ("物料", "Stock item"), Master, &[text("name"), text("spec")]),
    kind("stock_movement", ("出入库", "Stock movement"), Ledger, &[text("batch")]),
    kind("requisition", ("领物", "Requisition"), Plan, &[text("reason")]),
    kind("purchase", ("请购", "Purchase"), Plan, &[text("reason"), text("order_no"), text("invoice_no")]),
    kind("stocktake", ("盘点", "Stocktake"), Evidence, &[union("counters")]),
    kind("stocktake_line", ("盘点行", "Line of a stocktake"), Evidence, &[text("cause")]),
    kind("plan_task", ("工作计划", "Planned task"), Plan, &[text("title")]),
    kind("task_event", ("任务事件", "Event of a task"), Evidence, &[union("evidence")]),
    kind("setting_change", ("设置变更", "Change of a setting"), Ledger, &[]),
    kind("person_contact", ("联系方式", "Contact details"), Master, &[]),
    kind("erasure", ("删除登记", "Erasure"), Ledger, &[]),
    kind("paper", ("签字表册", "Signed paper"), Evidence, &[]),
];
