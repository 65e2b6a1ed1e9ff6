//! All settings with their default, floor, rule and source.

use std::sync::LazyLock;

use super::Source::{Design, Memory, Page, Statute};
use super::{Floor, METHODS, Setting, Shape, Source};
use crate::decimal::Decimal;

/// All settings, in the order of the reference.
pub fn all() -> &'static [Setting] {
    &TABLE
}

/// The setting with this key.
pub fn find(key: &str) -> Option<&'static Setting> {
    TABLE.iter().find(|setting| setting.key == key)
}

fn tenths(n: i64) -> Decimal {
    Decimal::new(n, 1).normalize()
}

/// A number whose floor is its default.
fn floor(
    key: &'static str,
    zh: &'static str,
    unit: &'static str,
    n: i64,
    rule: &'static str,
    source: Source,
) -> Setting {
    let default = Decimal::from(n);
    Setting { key, zh, unit, shape: Shape::Number { default, floor: Floor::AtLeast(default) }, rule, source }
}

/// A number whose ceiling is its default.
fn ceiling(
    key: &'static str,
    zh: &'static str,
    unit: &'static str,
    n: i64,
    rule: &'static str,
    source: Source,
) -> Setting {
    let default = Decimal::from(n);
    Setting { key, zh, unit, shape: Shape::Number { default, floor: Floor::AtMost(default) }, rule, source }
}

/// A number that no rule binds.
fn free(key: &'static str, zh: &'static str, unit: &'static str, default: Decimal) -> Setting {
    Setting {
        key,
        zh,
        unit,
        shape: Shape::Number { default, floor: Floor::Free },
        rule: "没有查到规定",
        source: Design,
    }
}

fn range(key: &'static str, zh: &'static str, min: i64, max: i64, rule: &'static str, source: Source) -> Setting {
    let shape = Shape::Range { min: Some(min.into()), max: Some(max.into()) };
    Setting { key, zh, unit: "℃", shape, rule, source }
}

/// A switch that must stay on.
fn on(key: &'static str, zh: &'static str, rule: &'static str, source: Source) -> Setting {
    Setting { key, zh, unit: "", shape: Shape::Switch { default: true, is_fixed: true }, rule, source }
}

/// A list that may grow and never shrink.
fn list(key: &'static str, zh: &'static str, default: &[&str], rule: &'static str, source: Source) -> Setting {
    let default = default.iter().map(|text| (*text).to_owned()).collect();
    Setting { key, zh, unit: "", shape: Shape::List { default, must_keep_default: true }, rule, source }
}

fn option(key: &'static str, zh: &'static str, options: &[&str], rule: &'static str, source: Source) -> Setting {
    let options = options.iter().map(|text| (*text).to_owned()).collect();
    Setting { key, zh, unit: "", shape: Shape::Option(options), rule, source }
}

static TABLE: LazyLock<Vec<Setting>> = LazyLock::new(|| {
    let mut table = food();
    table.extend(kitchen());
    table.extend(fire_and_gate());
    table.extend(kindergarten());
    table.extend(soft());
    table
});

fn food() -> Vec<Setting> {
    vec![
        floor("sample.min_g", "每份留样量", "g", 125, "每餐次每种成品留样，每个品种不少于 125 g", Page),
        floor("sample.keep_h", "留样时长", "h", 48, "专柜冷藏保存 48 小时以上", Page),
        range("sample.fridge_c", "留样柜温度", 0, 8, "专用冷藏设备，冷藏温度 0–8 ℃", Memory),
        floor("food.core_c", "热菜中心温度", "℃", 70, "烧熟煮透，中心温度不低于 70 ℃", Page),
        floor("food.hold.hot_c", "热藏温度", "℃", 60, "存放超过 2 小时须在 60 ℃ 以上热藏", Page),
        ceiling("food.hold.cold_c", "冷藏存放温度", "℃", 8, "存放超过 2 小时须在 8 ℃ 以下冷藏", Page),
        ceiling("food.hold.max_min", "出锅至食用", "min", 120, "8–60 ℃ 存放到食用不超过 2 小时", Page),
        range("cold.c", "冷藏温度", 0, 8, "冷藏 0–8 ℃", Page),
        ceiling("freeze.c", "冷冻温度", "℃", -12, "冷冻不高于 -12 ℃，推荐 -18 ℃", Page),
        floor("store.gap_cm", "离墙离地距离", "cm", 10, "离墙离地 10 cm 以上", Page),
        list(
            "food.banned",
            "禁止制售和加工",
            &["冷荤", "生食", "裱花蛋糕", "四季豆", "鲜黄花菜", "野生蘑菇", "发芽土豆", "亚硝酸盐"],
            "中小学、幼儿园食堂不得制售冷荤、生食、裱花蛋糕，不得加工四季豆、鲜黄花菜、野生蘑菇、发芽土豆",
            Page,
        ),
        option(
            "food.core_dishes",
            "每餐测中心温度",
            &["每道", "抽测 2 道"],
            "T01.07 抽测 2 道；每道都测更稳妥",
            Design,
        ),
        on("meal.accompany", "每餐陪餐", "每餐均应有学校相关负责人与学生共同用餐，做好陪餐记录", Page),
        list(
            "meal.accompany_types",
            "陪餐的餐次",
            &["早餐", "午餐", "晚餐"],
            "每餐均应有学校相关负责人与学生共同用餐；点心可加",
            Page,
        ),
        list(
            "recv.fields",
            "进货查验记录",
            &["名称", "规格", "数量", "生产日期或批号", "保质期", "进货日期", "供货者名称", "地址", "联系方式"],
            "进货查验记录九项并保存凭证",
            Statute,
        ),
        floor("recv.retain.after_expiry_m", "记录保存至保质期满后", "月", 6, "不少于产品保质期满后六个月", Statute),
        floor("recv.retain.no_expiry_m", "无保质期的记录保存", "月", 24, "没有明确保质期的不少于二年", Statute),
        floor("recv.two_person", "验收人数", "人", 2, "双人或多人联检，集体验收", Page),
    ]
}

/// Diners are counted per meal: pupils who are enrolled and eat elsewhere do not count.
const DIRECTOR: &str = "按每餐次平均用餐人数计算，不按在册人数；承包经营企业同样适用";

fn kitchen() -> Vec<Setting> {
    vec![
        Setting {
            key: METHODS,
            zh: "消毒方式与参数",
            unit: "",
            shape: Shape::Methods,
            rule: "蒸汽、煮沸 100 ℃ 10 分钟以上，红外 120 ℃ 10 分钟以上，有效氯 250 mg/L 浸泡 5 分钟以上",
            source: Page,
        },
        ceiling("disinf.solution_min", "消毒液使用时间", "min", 240, "消毒液一般每 4 小时更换一次", Page),
        option("disinf.policy", "消毒方针", &["物理消毒优先"], "鼓励物理消毒，不鼓励化学消毒", Page),
        ceiling("cert.valid_m", "健康证明有效期", "月", 12, "接触直接入口食品的人员每年健康检查", Statute),
        on("cert.kindergarten_all", "幼儿园全员体检", "幼儿园全体工作人员入职前和每年健康检查", Statute),
        Setting {
            key: "cert.remind_d",
            zh: "证件到期前提醒",
            unit: "d",
            shape: Shape::List { default: ["60", "30", "7"].map(str::to_owned).to_vec(), must_keep_default: false },
            rule: "没有查到规定",
            source: Design,
        },
        list(
            "mcheck.stop",
            "晨检离岗情形",
            &["发热", "腹泻", "皮肤伤口或感染", "咽部炎症"],
            "发热、腹泻、皮肤伤口或感染、咽部炎症应立即离岗，治愈后方可返岗",
            Page,
        ),
        on("canteen.systems", "食堂制度", "执行原料控制、餐具清洗消毒、食品留样制度并定期自查", Statute),
        Setting {
            rule: "食品生产经营许可有效期 5 年",
            source: Statute,
            ..free("licence.years", "食品经营许可有效期", "年", 5.into())
        },
        on("waste.mark", "变质超期食品标示", "变质、超期食品显著标示或单独存放，销毁并如实记录", Statute),
        // The law says 及时 and gives no hours: the two hours are what the school asks of itself, so nothing binds them.
        Setting {
            rule: "学校自定目标；立即控制并及时报告，不得隐匿、伪造、毁灭有关证据",
            ..free("incident.report_h", "事故上报目标时限", "h", 2.into())
        },
        on("ctrl.day", "日管控", "每日检查，未发现问题也要记录", Page),
        on("ctrl.week", "周排查", "每周排查", Page),
        on("ctrl.month", "月调度", "主要负责人每月至少听取一次并调度", Page),
        option(
            "ctrl.law_now",
            "适用规定",
            &["集中用餐单位落实食品安全主体责任监督管理规定"],
            "2025-04-15 起适用，校长园长负责制",
            Page,
        ),
        ceiling("ctrl.director_at.kindergarten", "幼儿园须配食品安全总监的每餐平均用餐人数", "人", 300, DIRECTOR, Page),
        ceiling("ctrl.director_at.school", "学校须配食品安全总监的每餐平均用餐人数", "人", 500, DIRECTOR, Page),
        floor("record.keep_y", "防火、食品、陪餐记录保存", "年", 3, "防火巡查记录不少于 1 年，通用表格为 3 年", Page),
        floor("survey.term", "每学期食品安全满意度测评", "次", 1, "每学期一次食品安全满意度测评", Page),
    ]
}

fn fire_and_gate() -> Vec<Setting> {
    vec![
        floor("fire.patrol_day", "每日防火巡查", "次", 1, "每日防火巡查并记录", Statute),
        list(
            "fire.patrol_items",
            "防火巡查内容",
            &["用火用电", "出口通道与指示照明", "设施器材标志", "防火门卷帘", "重点部位在岗", "消防车道", "其他"],
            "防火巡查七项，含消防车道是否畅通，巡查人及主管双签名",
            Page,
        ),
        // The floor of the opinion of 2015 is not read yet, so a school may still change it.
        Setting {
            rule: "重点场所在使用期间至少每两小时巡查一次（核对文本前学校可调整）",
            source: Page,
            ..free("fire.key_area_gap_h", "重点部位使用期间巡查间隔", "h", 2.into())
        },
        ceiling("fire.night.gap_h", "有人住宿时夜巡间隔", "h", 2, "寄宿制每日夜间巡查，至少每 2 小时一次", Page),
        floor("fire.night.rounds", "无人住宿时夜巡次数", "次", 2, "每日夜间不少于 2 次", Page),
        floor("fire.check", "每月防火检查", "次", 1, "每月至少一次防火检查", Page),
        list(
            "fire.onspot",
            "须当场改正的行为",
            &["出口上锁或堵塞", "器材遮挡或挪用", "常闭防火门开启", "脱岗", "违章关闭设施"],
            "应当场改正，情况与改正均须记录存档",
            Page,
        ),
        floor("fire.annual", "每年消防设施检测", "次", 1, "建筑消防设施每年至少一次全面检测", Statute),
        floor("fire.ext", "每月灭火器检查", "次", 1, "灭火器至少每月检查", Page),
        on("gate.h24", "门卫 24 小时值守", "门卫室 24 小时值守", Page),
        floor("patrol.per_day", "每日重点部位巡查", "次", 5, "对校内重点部位和区域每日巡查不少于 5 次", Page),
        Setting {
            key: "duty.items",
            zh: "交接班清点物品",
            unit: "",
            shape: Shape::List {
                default: ["钥匙=5", "对讲机=2", "防暴器材=6", "手电筒=2", "登记本=3"].map(str::to_owned).to_vec(),
                must_keep_default: false,
            },
            rule: "没有查到规定；写“名称=应有数量”",
            source: Design,
        },
        floor("guard.count.small", "不足 100 人的非寄宿校保安", "人", 1, "非寄宿不足 100 人不少于 1 名", Page),
        floor("guard.count.large", "1000 人以上校保安", "人", 3, "1000 人以上不少于 3 名", Page),
        ceiling("guard.count.step", "每增加多少人加 1 名保安", "人", 500, "每增加 500 人增加 1 名", Page),
        option(
            "hazard.cycle",
            "隐患排查周期",
            &["周、月、学期"],
            "每周自查，每月领导小组，每学期大排查，未销号滚存",
            Page,
        ),
    ]
}

fn at_least(key: &'static str, zh: &'static str, unit: &'static str, number: Decimal, rule: &'static str) -> Setting {
    let shape = Shape::Number { default: number, floor: Floor::AtLeast(number) };
    Setting { key, zh, unit, shape, rule, source: Page }
}

fn kindergarten() -> Vec<Setting> {
    vec![
        at_least("K.building.rail_m", "护栏高度", "m", tenths(12), "护栏不低于 1.2 m"),
        ceiling("K.building.gap_cm", "栏杆间距", "cm", 11, "栏杆间距小于 11 cm", Page),
        at_least("K.building.socket_m", "插座高度", "m", tenths(16), "插座不低于 1.6 m"),
        ceiling("K.diet.surplus_percent", "膳食费每学期盈亏", "%", 2, "儿童膳食费专款专用，每学期盈亏不超过 2%", Page),
        floor("K.water", "每日集中饮水", "次", 2, "上下午各 1–2 次集中饮水", Page),
        floor("K.uv.min", "紫外线灯照射", "min", 30, "亮灯 5–7 分钟后计时 30–60 分钟", Page),
        ceiling("K.uv.hours", "紫外线灯累计使用", "h", 1000, "累计 1000 小时更换", Page),
        on("K.cup_towel", "巾杯每日消毒", "一人一巾一杯，每日清洗消毒", Page),
        floor("K.towel_gap_cm", "毛巾间距", "cm", 10, "毛巾间距 10 cm", Page),
        on("K.child_check", "幼儿晨检", "一摸二看三问四查", Page),
        on("K.child_data", "幼儿信息须监护人同意", "处理学前儿童个人信息须监护人同意", Statute),
    ]
}

fn soft() -> Vec<Setting> {
    vec![
        free("soft.body_temp_max_c", "体温上限", "℃", tenths(372)),
        free("soft.emergency_light_min", "应急灯持续时间", "min", 30.into()),
        free("soft.leftover_percent", "点心剩余率", "%", 10.into()),
        free("soft.meal_late_min", "开餐最多晚", "min", 10.into()),
        free("soft.nap_patrol_min", "午睡巡视间隔", "min", 15.into()),
        free("soft.recv_quantity_percent", "收货数量误差", "%", 2.into()),
        free("soft.recv_price_percent", "单价偏差", "%", 5.into()),
        free("device.stale_d", "平板多久没联网就锁上幼儿、来访资料", "d", 14.into()),
        free("soft.pickup_list_h", "离线接送名单有效", "h", 4.into()),
        free("score.pass_percent", "合格线", "%", 80.into()),
        free("score.good_percent", "良好线", "%", 90.into()),
        free("score.item_fail_percent", "评分项不合格线", "%", 60.into()),
        free("escalate.head_h", "逾期多久升级到校长", "h", 24.into()),
        free("clock.skew_min", "时钟偏差提示", "min", 5.into()),
    ]
}
