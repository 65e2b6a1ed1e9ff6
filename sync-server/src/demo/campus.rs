//! The campus, its areas, and its routes with their tags.

use domain::id::{point_id, route_id};
use domain::route::{PresetRoute, built_in};
use domain::template::CampusKind;
use serde_json::{Value, json};
use uuid::Uuid;

use super::cast::{CARER, COOK, FIXER, FSO, GUARD, LOGI, MEDIC, TEACHER};
use super::error::DemoError;
use super::ids::{Of, id};
use super::stage::Stage;

/// The day on which the campus and its people were entered, counted from today.
pub(super) const MADE: i64 = -21;
/// The first day of term, counted from today.
pub(super) const TERM_BEGAN: i64 = -70;
/// The last one.
const TERM_ENDS: i64 = 63;

pub(super) const BUILDING: u32 = 1;
pub(super) const KITCHEN: u32 = 2;
pub(super) const STORE: u32 = 4;
pub(super) const GATE: u32 = 6;
pub(super) const FENCE: u32 = 7;
pub(super) const FIRST_CLASS: u32 = 8;
pub(super) const SECOND_CLASS: u32 = 9;
pub(super) const THIRD_CLASS: u32 = 10;
pub(super) const PLAYGROUND: u32 = 13;
pub(super) const CORRIDOR: u32 = 15;

/// One area.
struct Area {
    name: &'static str,
    at_school: &'static str,
    kind: &'static str,
    owner: u32,
    is_key: bool,
}

const fn area(name: &'static str, at_school: &'static str, kind: &'static str, owner: u32, is_key: bool) -> Area {
    Area { name, at_school, kind, owner, is_key }
}

/// The areas in the order of their numbers.
const AREAS: [Area; 16] = [
    area("主楼", "教学楼", "building", FIXER, false),
    area("食堂厨房", "学生食堂厨房", "kitchen", FSO, true),
    area("备餐间", "备餐间", "room", COOK, false),
    area("食品库房", "食品库房", "store", FSO, true),
    area("餐具洗消间", "餐具洗消间", "room", COOK, false),
    area("园门与门卫室", "正门与门卫室", "gate", GUARD, true),
    area("后门与围栏", "后门与围墙", "zone", GUARD, true),
    area("大一班", "一（1）班", "class", TEACHER, false),
    area("中一班", "三（2）班", "class", TEACHER, false),
    area("小一班", "六（1）班", "class", CARER, false),
    area("大一班寝室", "图书阅览室", "room", CARER, false),
    area("中一班寝室", "科学实验室", "room", CARER, true),
    area("户外大型玩具区", "操场器械区", "outdoor", FIXER, true),
    area("操场与跑道", "田径场", "outdoor", FIXER, false),
    area("一层走廊与楼梯", "教学楼走廊与楼梯", "zone", FIXER, true),
    area("保健室", "卫生室", "room", MEDIC, true),
];

/// Makes the campus with its areas and routes, three weeks ago.
pub(super) fn set_up(stage: &mut Stage) -> Result<(), DemoError> {
    stage.at(MADE, 14, 0);
    let is_kindergarten = stage.is_kindergarten();
    let (name, kind) = if is_kindergarten { ("中心幼儿园", "kindergarten") } else { ("中心小学", "school") };
    let campus = json!({
        "id": id(Of::Campus, 1), "name": name, "kind": kind, "timezone": "Asia/Shanghai", "boarding": !is_kindergarten,
        "pupils": if is_kindergarten { 268 } else { 846 }, "catering_mode": "自营", "term_calendar": calendar(stage),
        "diners": if is_kindergarten { 261 } else { 702 },
        "meals": [{"type": "午餐", "planned": "11:30", "days": "school"}],
    });
    stage.call(LOGI, "campus.save", with_boarders(campus, is_kindergarten))?;
    for (number, area) in (1..).zip(&AREAS) {
        let parent = matches!(area.kind, "class" | "room").then(|| id(Of::Area, BUILDING));
        let area = json!({
            "id": id(Of::Area, number), "name": if is_kindergarten { area.name } else { area.at_school },
            "kind": area.kind, "parent": parent, "owner_person": id(Of::Person, area.owner), "key_area": area.is_key,
        });
        stage.call(LOGI, "area.save", area)?;
    }
    let kind = if is_kindergarten { CampusKind::Kindergarten } else { CampusKind::School };
    for (number, route) in (1..).zip(built_in().iter().filter(|route| route.campus == kind)) {
        equip_route(stage, number, route)?;
    }
    Ok(())
}

/// The pupils of a school that board go home for the weekend.
fn with_boarders(mut campus: Value, is_kindergarten: bool) -> Value {
    if !is_kindergarten {
        campus["sleeps"] = json!([{"nights": "school"}]);
    }
    campus
}

/// A term around today. The days of the script are school days whatever the day of the week: weekends that are worked.
fn calendar(stage: &Stage) -> Value {
    json!({
        "terms": [{"name": "本学期", "from": stage.day(TERM_BEGAN), "to": stage.day(TERM_ENDS)}],
        "holidays": [],
        "workdays": [stage.day(-2), stage.day(-1), stage.day(0)],
    })
}

/// Says where the points of a route lie, and gives each the tag that hangs there.
///
/// The route itself came with the campus.
fn equip_route(stage: &mut Stage, number: u32, route: &PresetRoute) -> Result<(), DemoError> {
    let id_of_route = route_id(id(Of::Campus, 1), &route.code);
    for point in &route.checkpoints {
        let checkpoint = point_id(id_of_route, point.seq);
        let area = area_of(&point.name);
        stage.call(LOGI, "checkpoint.edit", json!({"id": checkpoint, "point": {"area": area}}))?;
        let bind = json!({"checkpoint": checkpoint, "tag": tag_of(number, point.seq.into())});
        stage.call(LOGI, "tag.bind", bind)?;
    }
    let make = json!({"route": id_of_route});
    stage.call(LOGI, "tag.make", make).map(drop)
}

/// What hangs at a point of the route of this number: seven bytes, as the tags that are sold for this have.
pub(super) fn tag_of(route: u32, seq: i64) -> String {
    format!("045E{route:02X}{seq:02X}6A1180")
}

/// The area that a checkpoint lies in, by the words of its name.
fn area_of(checkpoint: &str) -> Uuid {
    const WORDS: [(&str, u32); 14] = [
        ("门卫", GATE),
        ("晨检", GATE),
        ("50米", GATE),
        ("围", FENCE),
        ("后门", FENCE),
        ("大型玩具", PLAYGROUND),
        ("器械", PLAYGROUND),
        ("操场", 14),
        ("寝室", 11),
        ("保健", 16),
        ("厨", KITCHEN),
        ("食堂", KITCHEN),
        ("库房", STORE),
        ("走廊", CORRIDOR),
    ];
    let found = WORDS.iter().find(|(word, _)| checkpoint.contains(word));
    id(Of::Area, found.map_or(BUILDING, |(_, area)| *area))
}
