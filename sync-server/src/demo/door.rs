//! The doors of the classes and the gate: children with their families, who came this morning, and who was let in.
//!
//! All of it is invented; a class of the demo has six children.

use serde_json::{Value, json};

use super::campus::{FIRST_CLASS, GATE, MADE, SECOND_CLASS, THIRD_CLASS};
use super::cast::{CARER, GUARD, HEAD, LOGI, MEDIC, TEACHER};
use super::error::DemoError;
use super::ids::{Of, id};
use super::stage::Stage;

/// The children, each with the class, the mother and another adult who fetches it.
const CHILDREN: [(u32, &str, &str, (&str, &str)); 18] = [
    (FIRST_CLASS, "陈一诺", "吴静", ("陈建军", "父亲")),
    (FIRST_CLASS, "林子墨", "郑敏", ("林国强", "祖辈")),
    (FIRST_CLASS, "艾力亚尔·买买提", "阿依古丽·吐尔逊", ("买买提·艾山", "父亲")),
    (FIRST_CLASS, "周雨桐", "何丽", ("周海", "父亲")),
    (FIRST_CLASS, "许嘉树", "宋佳", ("许永福", "祖辈")),
    (FIRST_CLASS, "欧阳清宁", "黄芸", ("欧阳敬文", "父亲")),
    (SECOND_CLASS, "陈一鸣", "吴静", ("陈建军", "父亲")),
    (SECOND_CLASS, "高沐阳", "罗丹", ("高志远", "父亲")),
    (SECOND_CLASS, "梁可心", "谢雯", ("梁树生", "祖辈")),
    (SECOND_CLASS, "唐果", "韩梅", ("唐伟", "父亲")),
    (SECOND_CLASS, "冯小满", "曹颖", ("冯大勇", "父亲")),
    (SECOND_CLASS, "邓亦辰", "彭霞", ("邓秀英", "祖辈")),
    (THIRD_CLASS, "萧乐言", "田甜", ("萧然", "父亲")),
    (THIRD_CLASS, "程安安", "董洁", ("程有才", "祖辈")),
    (THIRD_CLASS, "袁小树", "余欢", ("袁野", "父亲")),
    (THIRD_CLASS, "许嘉禾", "宋佳", ("许永福", "祖辈")),
    (THIRD_CLASS, "蒋星辰", "潘虹", ("蒋平", "父亲")),
    (THIRD_CLASS, "蔡米粒", "杜鹃", ("蔡根", "祖辈")),
];
/// Who came in of late: how many days ago, when, who, from where, what for, the badge, and for how many minutes.
const VISITS: [(i64, u64, &str, &str, &str, &str, u64); 5] = [
    (-2, 9, "孔师傅", "县电梯维保站", "电梯月度维保", "A01", 70),
    (-2, 14, "施记者", "县融媒体中心", "采访劳动课", "A02", 55),
    (-1, 9, "卫干事", "社区卫生服务中心", "送宣传栏资料", "A01", 20),
    (-1, 15, "毛经理", "绿源蔬菜配送", "对账", "A03", 40),
    (0, 8, "齐师傅", "清泉水务", "更换滤芯", "A01", 0),
];

/// Enters the families, and plays the mornings at the doors.
pub(super) fn play(stage: &mut Stage) -> Result<(), DemoError> {
    if stage.is_kindergarten() {
        let children = families(stage)?;
        morning(stage, &children)?;
    } else {
        exits(stage)?;
    }
    gate(stage)
}

fn enter(stage: &mut Stage, by: u32, kind: &str, set: Value) -> Result<Value, DemoError> {
    Ok(stage.call(by, "entry.save", json!({"kind": kind, "set": set}))?["id"].clone())
}

/// The telephone number of the adult with this number.
fn phone(number: usize) -> String {
    format!("1380000{:04}", 2_100 + number)
}

/// The children with who may fetch them: one father must not, and a neighbour may once. Gives the children.
fn families(stage: &mut Stage) -> Result<Vec<(u32, Value)>, DemoError> {
    stage.at(MADE, 16, 0);
    let from = stage.day(MADE);
    let mut children = Vec::new();
    for (at, (class, name, mother, other)) in CHILDREN.iter().enumerate() {
        let set = json!({
            "class": id(Of::Area, *class), "number": format!("{:02}{:02}", class, at + 1), "consent": "已同意", "name_enc": name,
            "agreed_by": "母亲", "agreed_on": from,
        });
        let child = enter(stage, MEDIC, "child", set)?;
        for (adult, relation) in [(*mother, "母亲"), *other] {
            // One adult has one number, whoever's child it is.
            let first = CHILDREN.iter().position(|(_, _, mother, other)| *mother == adult || other.0 == adult);
            let number = first.unwrap_or(at) * 2 + usize::from(relation != "母亲");
            let set = json!({
                "child": child, "adult_name_enc": adult, "relation": relation, "of_age": true, "phone": phone(number),
                "valid_from": from,
            });
            enter(stage, MEDIC, "pickup_authorisation", set)?;
        }
        children.push((*class, child));
    }
    let ban = json!({
        "child": children[4].1, "adult_name_enc": "许志刚", "relation": "父亲", "of_age": true, "forbidden": true, "valid_from": from,
    });
    enter(stage, MEDIC, "pickup_authorisation", ban)?;
    let once = json!({
        "child": children[7].1, "adult_name_enc": "石邻居", "relation": "其他", "of_age": true, "one_off": true, "phone": phone(90),
        "valid_from": stage.day(0), "valid_to": stage.day(1),
    });
    enter(stage, MEDIC, "pickup_authorisation", once)?;
    Ok(children)
}

/// All but two came this morning, one of them not quite well and one with medicine; the classes are counted.
fn morning(stage: &mut Stage, children: &[(u32, Value)]) -> Result<(), DemoError> {
    stage.at(0, 7, 35);
    let by = |class: u32| if class == THIRD_CLASS { CARER } else { TEACHER };
    for (at, (class, child)) in children.iter().enumerate() {
        if at % 9 != 5 {
            let check = if at == 10 { "黄" } else { "绿" };
            stage.call(
                by(*class),
                "handover.give",
                json!({"children": [child], "direction": "arrive", "check": check}),
            )?;
        }
    }
    stage.at(0, 8, 2);
    for class in [FIRST_CLASS, SECOND_CLASS, THIRD_CLASS] {
        stage.call(by(class), "handover.attendance", json!({"class": id(Of::Area, class), "sick": 1}))?;
    }
    Ok(())
}

/// A pupil went to a doctor and came back.
fn exits(stage: &mut Stage) -> Result<(), DemoError> {
    stage.at(-1, 10, 20);
    let set = json!({
        "gate": id(Of::Area, GATE), "class": id(Of::Area, SECOND_CLASS), "name_enc": "苗苗", "slip_no": "CM-0417", "reason": "就医",
        "approver": id(Of::Person, TEACHER), "called": true, "leaves": "监护人接走", "returns": "返校",
    });
    let row = enter(stage, GUARD, "pupil_exit", set)?;
    stage.wait(95);
    stage.call(GUARD, "entry.act", json!({"id": row, "act": "back"})).map(drop)
}

/// Visitors of these days, and a van that brings goods; one visitor is still inside.
fn gate(stage: &mut Stage) -> Result<(), DemoError> {
    for (day, hour, name, org, purpose, badge, minutes) in VISITS {
        stage.at(day, hour, 6);
        let host = if minutes > 50 { HEAD } else { LOGI };
        let set = json!({
            "gate": id(Of::Area, GATE), "direction": "进校", "name": name, "org": org, "people": 1, "id_kind": "身份证",
            "id_last4": "4826", "phone": phone(95), "host": id(Of::Person, host), "confirmed": "电话确认", "purpose": purpose,
            "badge_no": badge,
        });
        let row = enter(stage, GUARD, "visitor_entry", set)?;
        if minutes > 0 {
            stage.wait(minutes);
            stage.call(GUARD, "entry.act", json!({"id": row, "act": "leave"}))?;
        }
    }
    stage.at(-1, 6, 40);
    let van = json!({
        "gate": id(Of::Area, GATE), "plate": "浙A·D0312", "sort": "送货", "people": 2, "purpose": "送蔬菜", "host": id(Of::Person, LOGI),
    });
    let row = enter(stage, GUARD, "vehicle_entry", van)?;
    stage.wait(35);
    stage.call(GUARD, "entry.act", json!({"id": row, "act": "leave"})).map(drop)
}
