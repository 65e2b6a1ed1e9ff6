//! The classroom door: who comes, who leaves with whom, what alarms, and who learns of it.

use serde_json::{Value, json};

use crate::support::{Hand, START_MS, Tablet, text};

const HOUR_MS: u64 = 3_600_000;

/// A kindergarten with two classes, two families and the people at the door.
pub(crate) struct Nursery {
    pub(crate) tablet: Tablet,
    pub(crate) setup: Hand,
    pub(crate) campus: String,
    pub(crate) class: String,
    pub(crate) other_class: String,
    pub(crate) gate: String,
    pub(crate) teacher: String,
    pub(crate) other_teacher: String,
    pub(crate) head: String,
    pub(crate) guard: String,
    pub(crate) cook: String,
    pub(crate) logi: String,
    /// 王小明 of the class.
    pub(crate) ming: String,
    /// His sister, of the other class.
    pub(crate) mei: String,
    /// Their mother, on the list of each.
    pub(crate) mother: [String; 2],
}

impl Nursery {
    pub(crate) fn new() -> Self {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let campus = text(&setup.call("campus.save", json!({"name": "东园", "kind": "kindergarten"}))["id"]);
        let area = |name: &str, sort: &str| {
            text(&setup.call("area.save", json!({"name": name, "kind": sort, "scope": campus}))["id"])
        };
        let (class, other_class, gate) = (area("大一班", "class"), area("小二班", "class"), area("正门", "gate"));
        let person = |name: &str, role: &str, places: Value| {
            let id = text(&setup.call("person.save", json!({"name": name, "scope": campus}))["id"]);
            setup.call("person.grant", json!({"person": id, "role": role, "campus": campus, "places": places}));
            id
        };
        let teacher = person("林老师", "teacher", json!([class]));
        let other_teacher = person("何老师", "teacher", json!([other_class]));
        let (head, guard) = (person("王园长", "head", json!([])), person("张强", "guard", json!([])));
        let (cook, logi) = (person("赵厨", "cook", json!([])), person("孙后勤", "logi", json!([])));
        let by_head = tablet.app(Some(&head));
        let row = |kind: &str, set: Value| text(&by_head.call("entry.save", json!({"kind": kind, "set": set}))["id"]);
        let child = |name: &str, number: &str, class: &str| {
            let set = json!({
                "class": class, "number": number, "consent": "已同意", "name_enc": name, "agreed_by": "母亲",
                "agreed_on": "2026-08-28",
            });
            row("child", set)
        };
        let (ming, mei) = (child("王小明", "0107", &class), child("王小美", "0211", &other_class));
        let mother = [&ming, &mei].map(|child| {
            let set = json!({
                "child": child, "adult_name_enc": "刘芳", "relation": "母亲", "of_age": true, "phone": "13800001234",
                "valid_from": "2026-08-28",
            });
            row("pickup_authorisation", set)
        });
        Self {
            tablet,
            setup,
            campus,
            class,
            other_class,
            gate,
            teacher,
            other_teacher,
            head,
            guard,
            cook,
            logi,
            ming,
            mei,
            mother,
        }
    }

    pub(crate) fn by(&self, person: &str) -> Hand {
        self.tablet.app(Some(person))
    }

    pub(crate) fn comes(&self, teacher: &str, child: &str) {
        let arguments = json!({"children": [child], "direction": "arrive", "check": "绿"});
        self.by(teacher).call("handover.give", arguments);
    }

    fn leaves(&self, more: Value) -> Value {
        let mut arguments = json!({"direction": "leave", "verified": "认识"});
        arguments.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        arguments
    }

    fn alarms(&self, person: &str) -> Vec<Value> {
        self.by(person).call("handover.alarms", json!({}))["alarms"].as_array().expect("alarms").clone()
    }
}

fn codes(alarms: &[Value]) -> Vec<&str> {
    alarms.iter().map(|alarm| alarm["code"].as_str().expect("a code")).collect()
}

#[test]
fn a_child_comes_and_goes_and_the_day_tells_where_it_is() {
    let nursery = Nursery::new();
    let teacher = nursery.by(&nursery.teacher);
    let day = teacher.call("handover.day", json!({}));
    assert_eq!((day["children"].as_array().map(Vec::len), &day["children"][0]["state"]), (Some(1), &json!("not_seen")));
    assert_eq!(day["children"][0]["adults"][0]["stands"], "good");
    nursery.comes(&nursery.teacher, &nursery.ming);
    nursery.tablet.wait_ms(6 * HOUR_MS);
    let given =
        teacher.call("handover.give", nursery.leaves(json!({"children": [nursery.ming], "adult": nursery.mother[0]})));
    assert_eq!(given["alarms"], json!([]));
    let row = teacher.call("entry.get", json!({"id": given["rows"][0]}));
    assert_eq!((&row["fields"]["list_age"], &row["stage"]), (&json!("0"), &json!("released")));
    assert_eq!(row["fields"]["class"], nursery.class.as_str());
    let day = teacher.call("handover.day", json!({}));
    assert_eq!(day["children"][0]["state"], "gone");
    let counts = &day["classes"][0];
    assert_eq!((&counts["enrolled"], &counts["came"], &counts["here"]), (&json!(1), &json!(1), &json!(0)));
}

#[test]
fn siblings_of_two_classes_leave_in_one_call_by_the_lines_of_one_mother() {
    let nursery = Nursery::new();
    // Who hands over children of two classes is given both.
    let places = json!({"person": nursery.teacher, "role": "teacher", "campus": nursery.campus, "places": [nursery.other_class]});
    nursery.setup.call("person.grant", places);
    let teacher = nursery.by(&nursery.teacher);
    for child in [&nursery.ming, &nursery.mei] {
        nursery.comes(&nursery.teacher, child);
    }
    let adult = &teacher.call("handover.day", json!({"class": nursery.class}))["children"][0]["adults"][0];
    assert_eq!(adult["siblings"], json!([]), "the page of one class names no child of another");
    let all = teacher.call("handover.day", json!({}));
    assert_eq!(all["children"][0]["adults"][0]["siblings"], json!([nursery.mei]));
    let both = nursery.leaves(json!({"children": [nursery.ming, nursery.mei], "adult": nursery.mother[0]}));
    let given = teacher.call("handover.give", both);
    let row = |at: usize| teacher.call("entry.get", json!({"id": given["rows"][at]}))["fields"].clone();
    let (ming, mei) = (row(0), row(1));
    assert_eq!((&ming["adult"], &mei["adult"]), (&json!(nursery.mother[0]), &json!(nursery.mother[1])));
    assert_eq!(ming["together"], mei["together"]);
    assert_eq!(nursery.alarms(&nursery.head), Vec::<Value>::new());
}

#[test]
fn what_would_alarm_is_asked_about_once_and_then_kept_and_stands_until_it_is_answered() {
    let nursery = Nursery::new();
    let teacher = nursery.by(&nursery.teacher);
    nursery.comes(&nursery.teacher, &nursery.ming);
    let leave = nursery.leaves(json!({"children": [nursery.ming], "adult": nursery.mother[0]}));
    let first = teacher.call("handover.give", leave.clone());
    nursery.tablet.wait_ms(HOUR_MS);
    let asked = teacher.refused("handover.give", leave);
    assert_eq!((&asked["code"], &asked["warnings"][0]["code"]), (&json!("confirm-value"), &json!("alarm/twice")));
    let sure = json!({"children": [nursery.ming], "adult": nursery.mother[0], "sure": ["alarm/twice"]});
    let second = teacher.call("handover.give", nursery.leaves(sure));
    assert_eq!(codes(second["alarms"].as_array().expect("alarms")), ["twice"]);
    assert_eq!(codes(&nursery.alarms(&nursery.head)), ["twice"]);
    assert_eq!(codes(&nursery.alarms(&nursery.guard)), ["twice"], "and at the gate");
    assert_eq!(nursery.alarms(&nursery.other_teacher), Vec::<Value>::new(), "another class is not told its name");
    for row in [&first["rows"][0], &second["rows"][0]] {
        assert_eq!(nursery.alarms(&nursery.head).len(), 1);
        let set = json!({"outcome": "误登", "words": "点错了"});
        teacher.call("entry.act", json!({"id": row, "act": "answer", "set": set}));
    }
    assert_eq!(nursery.alarms(&nursery.head), Vec::<Value>::new());
}

#[test]
fn a_revoked_line_alarms_from_then_on_and_a_ban_by_name_as_well() {
    let nursery = Nursery::new();
    let teacher = nursery.by(&nursery.teacher);
    nursery.comes(&nursery.teacher, &nursery.ming);
    let revoke = json!({"id": nursery.mother[0], "act": "revoke", "set": {"reason": "监护权变更"}});
    nursery.by(&nursery.head).call("entry.act", revoke);
    let leave = nursery.leaves(json!({"children": [nursery.ming], "adult": nursery.mother[0]}));
    assert_eq!(teacher.refused("handover.give", leave)["warnings"][0]["code"], "alarm/revoked");
    let ban = json!({
        "child": nursery.ming, "adult_name_enc": "王强", "relation": "父亲", "of_age": true, "forbidden": true, "valid_from": "2026-09-01",
    });
    nursery.by(&nursery.head).call("entry.save", json!({"kind": "pickup_authorisation", "set": ban}));
    let called = i64::try_from(START_MS).expect("a time");
    let stranger = json!({
        "children": [nursery.ming], "other_adult": "王 强", "other_phone": "13900005678", "called_at": called,
    });
    assert_eq!(teacher.refused("handover.give", nursery.leaves(stranger))["warnings"][0]["code"], "alarm/forbidden");
}

#[test]
fn who_is_not_on_the_list_takes_a_call_first() {
    let nursery = Nursery::new();
    let teacher = nursery.by(&nursery.teacher);
    nursery.comes(&nursery.teacher, &nursery.ming);
    let stranger = |more: Value| {
        let mut all = json!({"children": [nursery.ming], "other_adult": "赵邻居", "other_phone": "13900005678"});
        all.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        nursery.leaves(all)
    };
    assert_eq!(teacher.refused("handover.give", stranger(json!({})))["warnings"][0]["code"], "alarm/unlisted");
    let sure = stranger(json!({"sure": ["alarm/unlisted"]}));
    assert_eq!(
        teacher.refused("handover.give", sure)["warnings"][0]["code"],
        "other",
        "the row itself asks for the call"
    );
    let called = json!({"called": nursery.mother[0], "called_at": i64::try_from(START_MS).expect("a time")});
    let given = teacher.call("handover.give", stranger(called));
    assert_eq!(
        (codes(given["alarms"].as_array().expect("alarms")), &given["alarms"][0]["red"]),
        (vec!["unlisted"], &json!(false))
    );
}

#[test]
fn what_cannot_be_is_told_and_changes_nothing() {
    let nursery = Nursery::new();
    let teacher = nursery.by(&nursery.teacher);
    let refusal = |arguments: Value| teacher.refusal("handover.give", arguments);
    let field = |name: &str| Some(name.to_owned());
    let arrive = |children: Value| json!({"children": children, "direction": "arrive"});
    assert_eq!(refusal(arrive(json!([]))), ("bad-arguments".into(), field("children")));
    assert_eq!(refusal(arrive(json!([nursery.ming, nursery.ming]))), ("bad-arguments".into(), field("children")));
    assert_eq!(
        refusal(arrive(json!([nursery.mei]))),
        ("not-found".into(), field("children")),
        "a child of another class"
    );
    assert_eq!(
        refusal(arrive(json!([nursery.mother[0]]))),
        ("not-found".into(), field("children")),
        "a guardian is no child"
    );
    let wrong = nursery.leaves(json!({"children": [nursery.ming], "adult": nursery.mother[1]}));
    assert_eq!(refusal(wrong), ("bad-arguments".into(), field("adult")), "a line of another child");
    nursery
        .by(&nursery.head)
        .call("entry.act", json!({"id": nursery.ming, "act": "leave", "set": {"left_on": "2026-09-01"}}));
    assert_eq!(refusal(arrive(json!([nursery.ming]))), ("not-found".into(), field("children")), "a child who left");
    for person in [&nursery.cook, &nursery.logi, &nursery.guard] {
        let hand = nursery.by(person);
        assert!(hand.tries("handover.give", arrive(json!([nursery.mei]))).is_err(), "no hand-over by {person}");
    }
    let rows = nursery.by(&nursery.head).call("entry.list", json!({"kind": "child_handover"}));
    assert_eq!(rows["rows"], json!([]));
}

#[test]
fn names_of_any_length_and_two_of_one_name_are_told_apart_by_their_numbers() {
    let nursery = Nursery::new();
    let long = "阿".repeat(39) + "·";
    for (name, number) in [(long.as_str(), "0120"), ("买买提·艾力", "0121"), ("王小明", "0122")] {
        let set = json!({
            "class": nursery.class, "number": number, "consent": "已同意", "name_enc": name, "agreed_by": "父亲", "agreed_on": "2026-08-28",
        });
        nursery.by(&nursery.head).call("entry.save", json!({"kind": "child", "set": set}));
    }
    let set = json!({"class": nursery.class, "number": "0123", "consent": "未同意", "name_enc": "不该存"});
    let kept = nursery.by(&nursery.head).tries("entry.save", json!({"kind": "child", "set": set}));
    assert!(kept.is_err(), "without consent no name is taken");
    let set = json!({"class": nursery.class, "number": "0123", "consent": "未同意"});
    nursery.by(&nursery.head).call("entry.save", json!({"kind": "child", "set": set}));
    let day = nursery.by(&nursery.teacher).call("handover.day", json!({}));
    let told: Vec<(&str, &str)> = day["children"]
        .as_array()
        .expect("children")
        .iter()
        .map(|child| (child["name"].as_str().expect("a name"), child["number"].as_str().expect("a number")))
        .collect();
    let expected =
        [("王小明", "0107"), (long.as_str(), "0120"), ("买买提·艾力", "0121"), ("王小明", "0122"), ("0123", "0123")];
    assert_eq!(told, expected);
}

#[test]
fn the_kitchen_reads_how_many_came_and_no_name() {
    let nursery = Nursery::new();
    nursery.comes(&nursery.teacher, &nursery.ming);
    let counted = nursery.by(&nursery.teacher).call("handover.attendance", json!({"class": nursery.class}));
    assert_eq!((&counted["enrolled"], &counted["present"], &counted["diners"]), (&json!(1), &json!(1), &json!(1)));
    let cook = nursery.by(&nursery.cook);
    let row = cook.call("entry.get", json!({"id": counted["id"]}));
    assert_eq!(row["fields"]["present"], 1);
    assert!(!row.to_string().contains("王小明"));
    assert_eq!(cook.call("handover.day", json!({}))["children"], json!([]));
    // What was counted again changes the row that is there.
    let again = nursery.by(&nursery.teacher).call("handover.attendance", json!({"class": nursery.class, "diners": 0}));
    assert_eq!(again["id"], counted["id"]);
    assert_eq!(cook.call("entry.get", json!({"id": counted["id"]}))["fields"]["diners"], 0);
}

#[test]
fn who_is_inside_is_told_by_class_with_visitors_and_who_is_on_duty() {
    let nursery = Nursery::new();
    nursery.comes(&nursery.teacher, &nursery.ming);
    let guard = nursery.by(&nursery.guard);
    let visit = |more: Value| {
        let mut set = json!({
            "gate": nursery.gate, "direction": "进校", "name": "陈师傅", "people": "2", "id_kind": "身份证", "host": nursery.head,
            "confirmed": "电话确认", "purpose": "修空调", "badge_no": "A1",
        });
        set.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        text(&guard.call("entry.save", json!({"kind": "visitor_entry", "set": set}))["id"])
    };
    visit(json!({}));
    let shift = guard.call("entry.save", json!({"kind": "duty_shift", "set": {"post": nursery.gate, "shift": "白班"}}));
    guard.call("entry.act", json!({"id": shift["id"], "act": "begin"}));
    let inside = guard.call("gate.inside", json!({}));
    let sums = ["children_n", "visitors_n", "staff_n"].map(|name| inside[name].as_u64().expect("a number"));
    assert_eq!(sums, [1, 2, 1]);
    assert_eq!((&inside["classes"][0]["names"], &inside["not_here"]), (&json!(["王小明"]), &json!([])));
    assert_eq!(inside["visitors"][0]["overdue"], json!(false));
    nursery.tablet.wait_ms(10 * HOUR_MS);
    assert_eq!(guard.call("gate.inside", json!({}))["visitors"][0]["overdue"], json!(true), "20:00 is over");
    // A gate that did not know of the entry writes the leaving, and the badge pairs the two.
    let out =
        json!({"gate": nursery.gate, "direction": "只登离校", "name": "陈师傅", "people": "2", "badge_no": "ａ1"});
    guard.call("entry.save", json!({"kind": "visitor_entry", "set": out}));
    let inside = guard.call("gate.inside", json!({}));
    assert_eq!((&inside["visitors"], &inside["unpaired"]), (&json!([]), &json!([])));
    assert_eq!(nursery.by(&nursery.cook).refusal("gate.inside", json!({})).0, "not-allowed");
    let logi = nursery.by(&nursery.logi).call("gate.inside", json!({}));
    assert_eq!(logi["classes"], json!([]), "logi counts children in other ways, and names none");
}

#[test]
fn somebody_at_the_door_is_found_by_pinyin_initials_and_numbers_as_far_as_their_names_are_shown() {
    let nursery = Nursery::new();
    let found = |person: &str, typed: &str| nursery.by(person).call("handover.find", json!({"typed": typed}));
    let (ming, mother) = (json!([nursery.ming]), json!([nursery.mother[0]]));
    for typed in ["wxm", "wangxiaoming", "小明", "xm", "107"] {
        assert_eq!(found(&nursery.teacher, typed), json!({"children": ming, "lines": []}), "{typed}");
    }
    for typed in ["lf", "liufang", "刘"] {
        assert_eq!(found(&nursery.teacher, typed), json!({"children": [], "lines": mother}), "{typed}");
    }
    let of_all = found(&nursery.guard, "wxm")["children"].as_array().map(Vec::len);
    assert_eq!(of_all, Some(2), "all classes pass the gate");
    for typed in ["", "  ", "zz"] {
        assert_eq!(found(&nursery.teacher, typed), json!({"children": [], "lines": []}), "{typed:?}");
    }
    for person in [&nursery.cook, &nursery.logi] {
        assert_eq!(found(person, "wxm"), json!({"children": [], "lines": []}), "who sees no child finds none");
    }
}

#[test]
fn who_and_what_is_still_inside_when_the_gate_closes_is_told_until_it_is_settled_after_midnight_too() {
    let nursery = Nursery::new();
    for child in [&nursery.ming, &nursery.mei] {
        let teacher = if child == &nursery.ming { &nursery.teacher } else { &nursery.other_teacher };
        nursery.comes(teacher, child);
    }
    let leave = nursery.leaves(json!({"children": [nursery.mei], "adult": nursery.mother[1]}));
    nursery.tablet.wait_ms(HOUR_MS);
    nursery.by(&nursery.other_teacher).call("handover.give", leave);
    let guard = nursery.by(&nursery.guard);
    let row = |kind: &str, set: Value| text(&guard.call("entry.save", json!({"kind": kind, "set": set}))["id"]);
    let visit = row(
        "visitor_entry",
        json!({
            "gate": nursery.gate, "direction": "进校", "name": "陈师傅", "people": "1", "id_kind": "身份证", "host": nursery.head,
            "confirmed": "电话确认", "purpose": "修空调",
        }),
    );
    let vehicle =
        row("vehicle_entry", json!({"gate": nursery.gate, "plate": "浙A·K2026", "sort": "送货", "purpose": "送牛奶"}));
    let exit = row(
        "pupil_exit",
        json!({
            "gate": nursery.gate, "class": nursery.class, "name_enc": "王小亮", "slip_no": "7", "reason": "就医",
            "approver": nursery.teacher, "called": true, "leaves": "监护人接走", "returns": "返校",
        }),
    );
    let told = || {
        let inside = guard.call("gate.inside", json!({}));
        let out = guard.call("entry.list", json!({"kind": "pupil_exit", "stage": "out"}))["rows"].clone();
        let overdue = [&inside["visitors"][0], &inside["vehicles"][0], &out[0]].map(|one| one["overdue"] == true);
        let stayed = inside["stayed"].as_array().expect("classes").iter();
        (overdue, stayed.map(|class| (text(&class["name"]), class["names"].clone())).collect::<Vec<_>>())
    };
    assert_eq!(told(), ([false; 3], vec![]), "before it closes nobody is late");
    let ming = vec![("大一班".to_owned(), json!(["王小明"]))];
    // 20:00 is over, then midnight.
    for hours in [10, 8] {
        nursery.tablet.wait_ms(hours * HOUR_MS);
        assert_eq!(told(), ([true; 3], ming.clone()), "{hours}");
    }
    let waiting = guard.call("today.get", json!({}))["rows"].to_string();
    for id in [&visit, &vehicle, &exit] {
        assert!(waiting.contains(id.as_str()), "Today tells of it as well: {waiting}");
    }
    // Each is settled by one act, and then nobody is told of it.
    for (id, act, set) in [
        (&visit, "leave", json!({"left_by": nursery.gate})),
        (&vehicle, "leave", json!({"left_by": nursery.gate})),
        (&exit, "back", json!({})),
    ] {
        guard.call("entry.act", json!({"id": id, "act": act, "set": set}));
    }
    let left = json!({
        "child": nursery.ming, "direction": "离园", "at": START_MS + 9 * HOUR_MS, "adult": nursery.mother[0], "verified": "认识",
    });
    let late = json!({"kind": "child_handover", "set": left, "late_reason": "忘了登记"});
    nursery.by(&nursery.teacher).call("entry.save", late);
    assert_eq!(told(), ([false; 3], vec![]));
}
