//! Who people are on a campus, and what each of them may do.
//!
//! These rights bind the screens of the app.
//! A record that breaks them is kept and shown as a breach, because what happened has happened.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A role; it is granted to a person per campus, and may be limited in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 校长/园长.
    Head,
    /// 后勤（总务）主任.
    Logi,
    /// 食品安全员/食品安全总监.
    Fso,
    /// 后勤人员.
    Staff,
    /// 保管员.
    Keeper,
    /// 采购员.
    Buyer,
    /// 厨师/炊事员.
    Cook,
    /// 保育员.
    Carer,
    /// 教师/班主任.
    Teacher,
    /// 保健医.
    Medic,
    /// 门卫/保安.
    Guard,
    /// 值班人员/带班领导.
    Duty,
    /// 宿管.
    Dorm,
    /// 维修工.
    Fixer,
    /// 财务.
    Fin,
    /// 学生财产管理员; has no login of its own.
    Monitor,
    /// 家长; one form on paper or by a one-time code.
    Parent,
    /// 系统管理员.
    Admin,
}

/// A text that is no role.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is not a role")]
pub struct UnknownRole(pub String);

struct Names {
    role: Role,
    code: &'static str,
    zh: &'static str,
    en: &'static str,
}

const fn names(role: Role, code: &'static str, zh: &'static str, en: &'static str) -> Names {
    Names { role, code, zh, en }
}

const NAMES: [Names; 18] = [
    names(Role::Head, "head", "校长/园长", "principal"),
    names(Role::Logi, "logi", "后勤（总务）主任", "logistics head"),
    names(Role::Fso, "fso", "食品安全员/总监", "food-safety officer"),
    names(Role::Staff, "staff", "后勤人员", "logistics staff"),
    names(Role::Keeper, "keeper", "保管员", "storekeeper"),
    names(Role::Buyer, "buyer", "采购员", "buyer"),
    names(Role::Cook, "cook", "厨师", "cook"),
    names(Role::Carer, "carer", "保育员", "carer"),
    names(Role::Teacher, "teacher", "教师/班主任", "teacher"),
    names(Role::Medic, "medic", "保健医", "health staff"),
    names(Role::Guard, "guard", "门卫/保安", "guard"),
    names(Role::Duty, "duty", "值班人员/带班领导", "duty staff"),
    names(Role::Dorm, "dorm", "宿管", "dorm keeper"),
    names(Role::Fixer, "fixer", "维修工", "repair worker"),
    names(Role::Fin, "fin", "财务", "finance"),
    names(Role::Monitor, "monitor", "学生财产管理员", "pupil monitor"),
    names(Role::Parent, "parent", "家长", "parent"),
    names(Role::Admin, "admin", "系统管理员", "administrator"),
];

impl Role {
    /// All roles.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|names| names.role)
    }

    fn names(self) -> &'static Names {
        // Every role stands in the table at its own place; a test counts them.
        &NAMES[self as usize]
    }

    /// The stored code.
    pub fn code(self) -> &'static str {
        self.names().code
    }

    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        self.names().zh
    }

    /// The English name.
    pub fn en(self) -> &'static str {
        self.names().en
    }

    /// Whether people of this role have a PIN of their own.
    pub fn has_login(self) -> bool {
        !matches!(self, Self::Monitor | Self::Parent)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        NAMES
            .iter()
            .find(|names| names.code == text)
            .map(|names| names.role)
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// The kinds of records to which a tablet brings no new write.
const RESTRICTED: [&str; 10] = [
    "campus",
    "person",
    "person_contact",
    "role_grant",
    "setting",
    "template_version",
    "route",
    "checkpoint",
    "area",
    "erasure",
];

/// Whether only the office writes records of this kind.
pub fn restricted_for_tablets(kind: &str) -> bool {
    RESTRICTED.contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_stands_at_its_place_and_reads_back() {
        for (index, names) in NAMES.iter().enumerate() {
            assert_eq!(names.role as usize, index);
            assert_eq!(names.code.parse(), Ok(names.role));
            assert_eq!(serde_json::to_value(names.role).expect("a value"), names.code);
        }
        assert_eq!(NAMES.len(), Role::Admin as usize + 1);
        assert!("boss".parse::<Role>().is_err());
    }

    #[test]
    fn tablets_write_no_master_data_but_pins() {
        for kind in RESTRICTED {
            assert!(restricted_for_tablets(kind));
        }
        for kind in ["pin", "inspection", "finding", "tag", "route_plan", "unheard_of"] {
            assert!(!restricted_for_tablets(kind), "{kind}");
        }
    }
}
