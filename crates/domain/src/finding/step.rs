//! 整改步骤: one entry `steps/<id>` of a finding.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::correction::names;
use crate::decimal::{Decimal, decimal_from_json};
use crate::permission::Permission;
use crate::time::UtcMillis;

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepKind {
    /// 派发: gives the finding to somebody.
    Assign,
    /// 接单: that person takes it on.
    Accept,
    /// 临时措施: makes it safe for the time being.
    Stopgap,
    /// 停用: takes the thing out of service.
    TakeOutOfService,
    /// 整改完成: it is put right.
    Fix,
    /// 复查通过: somebody else looked, and it is.
    Pass,
    /// 退回: somebody else looked, and it is not.
    Return,
    /// 延期申请: asks for more time.
    RequestExtension,
    /// 延期批准: grants it.
    GrantExtension,
    /// 挂账: deferred and tracked.
    Defer,
    /// 恢复使用: the thing is used again.
    Restore,
    /// 销号: closed.
    Close,
    /// 误报作废: it was no finding.
    Void,
    /// 转派: gives it to somebody else.
    Reassign,
    /// A step of a later version; it is shown and changes nothing.
    Other(String),
}

const NAMES: [(StepKind, &str); 14] = [
    (StepKind::Assign, "派发"),
    (StepKind::Accept, "接单"),
    (StepKind::Stopgap, "临时措施"),
    (StepKind::TakeOutOfService, "停用"),
    (StepKind::Fix, "整改完成"),
    (StepKind::Pass, "复查通过"),
    (StepKind::Return, "退回"),
    (StepKind::RequestExtension, "延期申请"),
    (StepKind::GrantExtension, "延期批准"),
    (StepKind::Defer, "挂账"),
    (StepKind::Restore, "恢复使用"),
    (StepKind::Close, "销号"),
    (StepKind::Void, "误报作废"),
    (StepKind::Reassign, "转派"),
];

impl StepKind {
    /// All known steps.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(kind, _)| kind.clone())
    }

    /// The step with this stored name.
    pub fn from_name(name: &str) -> Self {
        NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map_or_else(|| Self::Other(name.to_owned()), |(kind, _)| kind.clone())
    }

    /// The stored name, which is also shown.
    pub fn name(&self) -> &str {
        match self {
            Self::Other(name) => name,
            known => NAMES.iter().find(|(kind, _)| kind == known).map_or("", |(_, name)| name),
        }
    }

    /// What a person must be allowed to do for it; none for an unknown step.
    pub fn permission(&self) -> Option<Permission> {
        Some(match self {
            Self::Assign | Self::Reassign => Permission::AssignFinding,
            Self::Accept | Self::Stopgap | Self::Fix => Permission::FixFinding,
            Self::TakeOutOfService => Permission::TakeOutOfService,
            Self::Pass | Self::Return => Permission::RecheckFinding,
            Self::RequestExtension => Permission::RequestExtension,
            Self::GrantExtension | Self::Defer => Permission::ApproveExtension,
            Self::Restore => Permission::RestoreService,
            Self::Close => Permission::CloseFinding,
            Self::Void => Permission::VoidFinding,
            Self::Other(_) => return None,
        })
    }
}

impl Serialize for StepKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// The id in the field name.
    pub id: String,
    /// What it does.
    pub step: StepKind,
    /// Who; of a step that the form took by itself, who gave the answer that it follows from.
    pub by: String,
    /// Whether the form took it by itself, by an answer: nobody is blamed for it.
    #[serde(rename = "auto")]
    pub is_auto: bool,
    /// When, by the clock of the tablet; it orders nothing that `after` orders.
    pub at: UtcMillis,
    /// The steps that its author saw.
    pub after: Vec<String>,
    /// To whom it gives the finding.
    pub assignee: Option<String>,
    /// The time it grants or asks for.
    pub due: Option<UtcMillis>,
    /// What its author says.
    pub note: Option<String>,
    /// What it cost, in yuan.
    pub cost: Option<Decimal>,
    /// The photos, as references to blobs.
    pub photos: Vec<Value>,
}

impl Step {
    /// The step in the value of `steps/<id>`; none when `step`, `by` or `at` is missing or a part has the wrong type.
    pub fn read(id: &str, value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        let text = |name: &str| match object.get(name) {
            None | Some(Value::Null) => Some(None),
            Some(value) => value.as_str().map(|text| (!text.is_empty()).then(|| text.to_owned())),
        };
        let instant = |name: &str| match object.get(name) {
            None | Some(Value::Null) => Some(None),
            Some(value) => value.as_i64().map(|at| Some(UtcMillis(at))),
        };
        let photos = match object.get("photos") {
            None | Some(Value::Null) => Vec::new(),
            Some(photos) => photos.as_array()?.clone(),
        };
        let cost = match object.get("cost") {
            None | Some(Value::Null) => None,
            Some(cost) => Some(decimal_from_json(cost).ok()?),
        };
        Some(Self {
            id: id.to_owned(),
            step: StepKind::from_name(&text("step")??),
            by: text("by")??,
            is_auto: object.get("auto") == Some(&Value::Bool(true)),
            at: instant("at")??,
            after: names(object.get("after"))?,
            assignee: text("assignee")?,
            due: instant("due")?,
            note: text("note")?,
            cost,
            photos,
        })
    }

    /// The value to save under `steps/<id>`; parts that say nothing are left out.
    pub fn to_json(&self) -> Value {
        let mut object = serde_json::Map::new();
        object.insert("step".into(), self.step.name().into());
        object.insert("by".into(), self.by.clone().into());
        object.insert("at".into(), self.at.0.into());
        object.insert("after".into(), self.after.clone().into());
        let optional = [
            ("auto", self.is_auto.then_some(Value::Bool(true))),
            ("assignee", self.assignee.clone().map(Value::from)),
            ("due", self.due.map(|due| due.0.into())),
            ("note", self.note.clone().map(Value::from)),
            ("cost", self.cost.map(|cost| cost.to_string().into())),
            ("photos", (!self.photos.is_empty()).then(|| self.photos.clone().into())),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                object.insert(name.into(), value);
            }
        }
        Value::Object(object)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_step_is_read_back_as_it_was_written() {
        let json = json!({
            "step": "派发", "by": "a", "at": 5, "after": ["x"], "assignee": "b", "due": 9, "note": "快", "cost": "12.50",
            "photos": [{"blob": "00"}],
        });
        let step = Step::read("1", &json).expect("a step");
        assert_eq!(step.to_json(), json);
        assert!(!step.is_auto);
        let by_itself = json!({"step": "误报作废", "by": "a", "at": 5, "after": [], "auto": true});
        let step = Step::read("2", &by_itself).expect("a step");
        assert!(step.is_auto);
        assert_eq!(step.to_json(), by_itself);
    }

    #[test]
    fn every_name_reads_back_and_an_unknown_one_is_kept() {
        for kind in StepKind::all() {
            assert_eq!(StepKind::from_name(kind.name()), kind);
            assert!(kind.permission().is_some());
        }
        assert_eq!(StepKind::from_name("验收").name(), "验收");
        assert_eq!(StepKind::from_name("验收").permission(), None);
    }

    #[test]
    fn an_ill_typed_step_is_none() {
        for json in [
            json!("派发"),
            json!({"step": "派发", "by": "a"}),
            json!({"step": "派发", "at": 1}),
            json!({"step": 1, "by": "a", "at": 1}),
            json!({"step": "派发", "by": "a", "at": "昨天"}),
            json!({"step": "派发", "by": "a", "at": 1, "after": "x"}),
            json!({"step": "派发", "by": "a", "at": 1, "photos": 3}),
        ] {
            assert_eq!(Step::read("1", &json), None, "{json}");
        }
    }
}
