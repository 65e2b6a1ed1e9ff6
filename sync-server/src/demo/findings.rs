//! What is found in the three days, and how far each finding has come.

use domain::id::finding_id;
use serde_json::{Value, json};
use uuid::Uuid;

use super::campus::{CORRIDOR, FENCE, SECOND_CLASS, STORE, THIRD_CLASS};
use super::cast::{CARER, COOK, FIXER, FSO, GUARD, HEAD, LOGI, MEDIC, SECOND_COOK, TEACHER};
use super::error::DemoError;
use super::ids::{Of, id};
use super::stage::Stage;

/// 待复查: waits for somebody to look.
const LIGHT: u32 = 1;
/// 待整改, and its time is over.
const FENCE_BAR: u32 = 2;
/// 已销号.
const CUPS: u32 = 3;
/// 退回重改.
const TRAP: u32 = 4;
/// 待派发.
const SINK: u32 = 5;
/// 挂账, with more time granted by the head.
const PAINT: u32 = 6;
/// 误报作废.
const SMELL: u32 = 7;

/// What somebody reports.
struct Report {
    number: u32,
    by: u32,
    area: u32,
    category: &'static str,
    severity: &'static str,
    text: &'static str,
}

impl Report {
    fn make(&self, stage: &mut Stage) -> Result<(), DemoError> {
        let report = json!({
            "id": id(Of::Finding, self.number), "area": id(Of::Area, self.area), "category": self.category,
            "severity": self.severity, "description": self.text,
        });
        stage.call(self.by, "finding.report", report).map(drop)
    }
}

/// A person takes a step; `more` are further arguments.
fn step(stage: &mut Stage, by: u32, finding: Uuid, kind: &str, more: Value) -> Result<(), DemoError> {
    let mut step = json!({"id": finding, "step": kind});
    if let (Some(step), Value::Object(more)) = (step.as_object_mut(), more) {
        step.extend(more);
    }
    stage.call(by, "finding.step", step).map(drop)
}

fn assign(stage: &mut Stage, number: u32, to: u32) -> Result<(), DemoError> {
    step(stage, LOGI, id(Of::Finding, number), "派发", json!({"assignee": id(Of::Person, to)}))
}

fn take(stage: &mut Stage, by: u32, number: u32, kind: &str, note: &str) -> Result<(), DemoError> {
    step(stage, by, id(Of::Finding, number), kind, json!({"note": note}))
}

/// The day on which most of it is found.
pub(super) fn day_before_yesterday(stage: &mut Stage) -> Result<(), DemoError> {
    stage.at(-2, 7, 50);
    let text = "围栏一根竖杆松动，能晃开约 12 厘米";
    Report { number: FENCE_BAR, by: GUARD, area: FENCE, category: "structure", severity: "L3", text }.make(stage)?;
    stage.wait(25);
    assign(stage, FENCE_BAR, FIXER)?;

    stage.at(-2, 8, 40);
    let text = "口杯架有两格积灰，一只杯口有水垢";
    Report { number: CUPS, by: MEDIC, area: THIRD_CLASS, category: "hygiene", severity: "L2", text }.make(stage)?;
    stage.wait(10);
    assign(stage, CUPS, CARER)?;
    stage.wait(30);
    take(stage, CARER, CUPS, "接单", "午睡前处理")?;
    stage.at(-2, 12, 50);
    take(stage, CARER, CUPS, "整改完成", "全部重洗、蒸汽消毒，杯架擦净")?;
    stage.wait(60);
    take(stage, MEDIC, CUPS, "复查通过", "抽查 5 只，干净")?;

    stage.at(-2, 13, 30);
    let text = "灭蝇灯接虫盘未清理，挡鼠板缺角";
    Report { number: TRAP, by: FSO, area: STORE, category: "food", severity: "L2", text }.make(stage)?;
    stage.wait(15);
    assign(stage, TRAP, SECOND_COOK)?;

    stage.at(-2, 14, 20);
    let text = "墙面一处掉漆，约 0.5 平方米";
    Report { number: PAINT, by: TEACHER, area: CORRIDOR, category: "structure", severity: "L1", text }.make(stage)?;

    stage.at(-2, 16, 40);
    let text = "楼梯口应急灯不亮";
    Report { number: LIGHT, by: GUARD, area: CORRIDOR, category: "fire", severity: "L3", text }.make(stage)?;
    stage.wait(15);
    assign(stage, LIGHT, FIXER)
}

/// The fixer's and the cook's work.
pub(super) fn yesterday_morning(stage: &mut Stage) -> Result<(), DemoError> {
    stage.at(-1, 8, 0);
    take(stage, FIXER, LIGHT, "接单", "上午换电池")?;
    stage.at(-1, 8, 50);
    take(stage, SECOND_COOK, TRAP, "整改完成", "接虫盘已清，挡鼠板已擦洗")?;
    stage.at(-1, 9, 10);
    let done = json!({"note": "更换电池，断电试灯 35 分钟正常", "cost": "46"});
    step(stage, FIXER, id(Of::Finding, LIGHT), "整改完成", done)?;

    stage.at(-1, 9, 40);
    let text = "走廊有焦糊味，疑似线路过热";
    Report { number: SMELL, by: GUARD, area: CORRIDOR, category: "electric", severity: "L2", text }.make(stage)?;
    stage.wait(20);
    take(stage, LOGI, SMELL, "误报作废", "是厨房烤面包的气味，线路测温正常")
}

/// What came of it, and the dangerous thing that `found` names: the inspection and its item.
pub(super) fn yesterday_afternoon(stage: &mut Stage, found: (Uuid, &str)) -> Result<(), DemoError> {
    let danger = finding_id(found.0, found.1);
    stage.at(-1, 15, 30);
    step(stage, LOGI, danger, "停用", json!({"note": "已拉警戒带并挂停用牌"}))?;
    step(stage, LOGI, danger, "派发", json!({"assignee": id(Of::Person, FIXER)}))?;
    stage.wait(10);
    step(stage, FIXER, danger, "接单", json!({"note": "螺栓已订，明天到货"}))?;

    stage.at(-1, 16, 0);
    take(stage, FSO, TRAP, "退回", "挡鼠板仍缺角，须更换")?;
    stage.at(-1, 16, 20);
    take(stage, HEAD, PAINT, "挂账", "寒暑假统一粉刷")
}

/// What is new today.
pub(super) fn today(stage: &mut Stage) -> Result<(), DemoError> {
    stage.at(0, 8, 5);
    let text = "洗手池下水慢，地面有积水";
    Report { number: SINK, by: CARER, area: SECOND_CLASS, category: "water", severity: "L2", text }.make(stage)?;
    stage.wait(6);
    step(stage, COOK, id(Of::Finding, SINK), "临时措施", json!({"note": "已拖干，放了防滑牌"}))
}
