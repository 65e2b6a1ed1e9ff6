//! What a role may allow.

use serde::Serialize;

use crate::role::Role;
use crate::role::Role::{
    Admin, Buyer, Carer, Cook, Dorm, Duty, Fin, Fixer, Fso, Guard, Head, Keeper, Logi, Medic, Parent, Staff, Teacher,
};

macro_rules! permissions {
    ($($(#[$doc:meta])+ $name:ident: [$($role:ident),* $(,)?],)+) => {
        /// One thing that a person may or may not do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Permission {
            $($(#[$doc])+ $name,)+
        }

        impl Permission {
            /// All permissions.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its code in declarations and answers, such as `see_reports`.
            pub fn code(self) -> &'static str {
                static CODES: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
                    [$(stringify!($name)),+].into_iter().map(snake_case).collect()
                });
                // Every permission stands in the list at its own place.
                &CODES[self as usize]
            }

            /// The roles that have it.
            pub fn roles(self) -> &'static [Role] {
                match self {
                    $(Self::$name => &[$($role),*],)+
                }
            }
        }
    };
}

/// `SeeReports` as `see_reports`.
fn snake_case(name: &str) -> String {
    let mut code = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() && !code.is_empty() {
            code.push('_');
        }
        code.push(c.to_ascii_lowercase());
    }
    code
}

permissions! {
    /// Accounts, devices, backup and the sync queue.
    ManageAccounts: [Admin],
    /// Persons and the roles they have.
    ManagePeople: [Head, Logi, Admin],
    /// Campus, areas and who owns them.
    ManageAreas: [Head, Logi],
    /// Templates of the school's own.
    ManageTemplates: [Logi],
    /// Routes and checkpoints.
    ManageRoutes: [Logi],
    /// Work plans.
    ManagePlans: [Head, Logi],
    /// Duty rosters.
    ManageRosters: [Logi],
    /// Settings, never below their legal floor.
    ManageSettings: [Head, Logi],
    /// Starts and fills in a checklist.
    FillInspection: [Head, Logi, Fso, Staff, Keeper, Cook, Carer, Teacher, Medic, Guard, Duty, Dorm, Fixer],
    /// Submits a checklist.
    SubmitInspection: [Head, Logi, Fso, Staff, Keeper, Cook, Carer, Teacher, Medic, Guard, Duty, Dorm, Fixer],
    /// Checks unannounced what others have done.
    SpotCheck: [Head, Logi, Fso, Medic],
    /// Confirms the answers of a joint inspection where two differ.
    ConfirmInspection: [Head, Logi, Fso, Medic],
    /// Corrects or voids what was submitted, by a new entry.
    CorrectRecord: [Head, Logi, Fso, Staff, Keeper, Cook, Carer, Teacher, Medic, Guard, Duty, Dorm, Fixer, Fin],
    /// Walks a patrol.
    Patrol: [Head, Logi, Staff, Guard, Duty, Dorm],
    /// 查寝: counts the boarders of a dormitory.
    CountBoarders: [Duty, Dorm],
    /// Reports a finding.
    ReportFinding: [
        Head, Logi, Fso, Staff, Keeper, Buyer, Cook, Carer, Teacher, Medic, Guard, Duty, Dorm, Fixer, Fin,
    ],
    /// 派发, 转派: gives a finding to somebody.
    AssignFinding: [Head, Logi],
    /// 接单, 整改完成, 临时措施: puts a finding right.
    FixFinding: [Head, Logi, Fso, Staff, Keeper, Cook, Carer, Teacher, Medic, Guard, Duty, Dorm, Fixer],
    /// 延期申请: asks for more time.
    RequestExtension: [Logi, Fso, Staff, Keeper, Cook, Carer, Teacher, Medic, Guard, Duty, Dorm, Fixer],
    /// 延期批准, 挂账: grants more time.
    ApproveExtension: [Head, Logi],
    /// 复查通过, 退回: re-checks what somebody else put right.
    RecheckFinding: [Head, Logi, Fso, Medic],
    /// 销号: closes a finding that was put right.
    CloseFinding: [Head, Logi],
    /// 误报作废: declares that a finding was none.
    VoidFinding: [Head, Logi, Fso],
    /// 停用: takes something out of service at once.
    TakeOutOfService: [Head, Logi, Fso, Staff, Guard, Duty, Teacher, Medic],
    /// 恢复使用: lets it be used again.
    RestoreService: [Head, Logi],
    /// Menus, meals and dishes.
    ManageMeals: [Logi, Fso, Cook, Medic],
    /// Food samples: taken, labelled, disposed of.
    KeepSamples: [Fso, Cook],
    /// Disinfection.
    RecordDisinfection: [Cook, Carer, Medic, Fso],
    /// Food additives that were used.
    RecordAdditives: [Fso, Cook],
    /// Kitchen waste and who took it away.
    RecordWaste: [Fso, Cook, Staff],
    /// Work against pests.
    RecordPestControl: [Logi, Fso, Staff, Medic],
    /// Quick tests of food.
    RunQuickTests: [Fso, Cook, Keeper],
    /// How many children of a class are there.
    CountClass: [Teacher, Carer, Medic],
    /// Temperatures of fridges and dishes.
    RecordTemperature: [Cook, Keeper, Fso, Staff],
    /// 陪餐.
    AccompanyMeal: [Head, Logi, Duty, Teacher],
    /// A kitchen worker's own part of the morning check.
    CheckInForKitchen: [Cook],
    /// Decides who may work in the kitchen.
    DecideMorningCheck: [Fso, Medic],
    /// Snacks issued and left over.
    IssueSnacks: [Cook, Carer],
    /// One of the two who accept a delivery.
    AcceptDelivery: [Keeper, Fso, Cook, Logi],
    /// Goods in and out.
    MoveStock: [Keeper],
    /// Asks for goods from the store.
    RequestStock: [Staff, Cook, Carer, Teacher, Medic, Guard, Dorm, Fixer, Logi],
    /// Approves a requisition; nobody approves his own.
    ApproveRequisition: [Head, Logi],
    /// Counts the store.
    CountStock: [Keeper, Fin, Logi],
    /// Asset cards, custody and moves.
    ManageAssets: [Keeper, Logi],
    /// Damage and compensation cases.
    RecordDamage: [Keeper, Teacher, Logi],
    /// Approves the amount of a compensation.
    ApproveCompensation: [Head],
    /// Takes the money of a compensation or pays a claim.
    HandleMoney: [Fin],
    /// Asks for a purchase, with quotes and orders.
    RequestPurchase: [Buyer, Keeper, Logi],
    /// Approves a purchase.
    ApprovePurchase: [Head, Logi],
    /// Suppliers and their licences.
    ManageSuppliers: [Buyer, Keeper, Fso, Logi],
    /// Health certificates.
    ManageCertificates: [Fso, Logi, Medic],
    /// Children's arrival and pickup.
    HandOverChildren: [Teacher, Carer],
    /// Who may pick up which child.
    ManagePickup: [Teacher, Medic, Head],
    /// The morning check of children.
    CheckChildren: [Medic, Teacher, Carer],
    /// Stock of the clinic.
    ManageClinicStock: [Medic],
    /// Visitors at the gate.
    RegisterVisitors: [Guard, Duty],
    /// Pupils who leave during lessons.
    RegisterPupilExit: [Guard, Duty],
    /// Approves that a pupil leaves during lessons.
    ApprovePupilExit: [Teacher, Head],
    /// A shift: what happened, and the handover.
    KeepShift: [Guard, Duty, Dorm],
    /// 查岗: checks whether people are at their posts.
    CheckPosts: [Head, Logi, Duty],
    /// Meters themselves.
    ManageMeters: [Logi, Fixer],
    /// Meter readings.
    ReadMeters: [Staff, Fixer, Logi],
    /// Jobs on greens and beds.
    RecordGreening: [Staff],
    /// Work log.
    KeepWorkLog: [Staff, Logi, Fixer, Keeper, Guard, Dorm],
    /// Ticks off plan tasks.
    WorkOnTasks: [
        Head, Logi, Fso, Staff, Keeper, Buyer, Cook, Carer, Teacher, Medic, Guard, Duty, Dorm, Fixer, Fin,
    ],
    /// Opinions and the answers to them.
    GiveFeedback: [Head, Logi, Staff, Cook, Carer, Teacher, Medic, Parent],
    /// Answers opinions, and sees whose they are.
    AnswerFeedback: [Head, Logi],
    /// Trainings and meetings, and who was there.
    KeepTrainings: [Head, Logi, Fso, Medic],
    /// Inspectors from outside: what they said, and what was done.
    ReceiveInspectors: [Head, Logi, Fso],
    /// Lifts, boilers and pressure vessels.
    ManageEquipment: [Logi, Staff, Fixer],
    /// Things, books and keys that are lent.
    LendThings: [Logi, Keeper, Guard, Medic],
    /// Reports an incident.
    ReportIncident: [Head, Logi, Fso, Staff, Keeper, Cook, Carer, Teacher, Medic, Guard, Duty, Dorm, Fixer],
    /// Corrects, unseals and closes incidents.
    LeadIncidents: [Head, Logi],
    /// All records of the campus.
    SeeAllRecords: [Head, Logi],
    /// The forms, samples and deliveries of the kitchen, whoever wrote them.
    SeeKitchen: [Head, Logi, Fso],
    /// Reports.
    SeeReports: [Head, Logi, Fso, Medic, Fin],
    /// Amounts of money.
    SeeMoney: [Head, Logi, Fin],
    /// Names of children and their guardians.
    SeeChildren: [Head, Medic, Teacher, Carer],
    /// Who may fetch which child, at the gate and in the class.
    SeePickup: [Head, Medic, Teacher, Carer, Guard],
    /// Scans of health certificates.
    SeeCertificates: [Head, Logi, Fso],
    /// Visitors of the day and open visits.
    SeeVisitors: [Head, Logi, Guard, Duty],
    /// The audit log.
    SeeAudit: [Admin, Head],
    /// Erases what is kept about a person who has left, as far as no law wants it kept.
    ErasePeople: [Head, Logi],
}

impl Role {
    /// Whether the role allows it.
    ///
    /// # Example
    /// ```
    /// use domain::{permission::Permission, role::Role};
    /// assert!(Role::Fixer.may(Permission::FixFinding));
    /// assert!(!Role::Fixer.may(Permission::RecheckFinding));
    /// ```
    pub fn may(self, permission: Permission) -> bool {
        permission.roles().contains(&self)
    }
}

/// Whether one of the roles allows it.
pub fn may_any(roles: &[Role], permission: Permission) -> bool {
    roles.iter().any(|role| role.may(permission))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_lists_no_role_twice() {
        for permission in Permission::ALL {
            let roles = permission.roles();
            for (index, role) in roles.iter().enumerate() {
                assert!(!roles[..index].contains(role), "{permission:?} lists {role} twice");
            }
        }
    }

    #[test]
    fn a_permission_s_code_is_how_it_is_stored() {
        for permission in Permission::ALL {
            assert_eq!(serde_json::to_value(permission).expect("a value"), permission.code());
        }
        assert_eq!(Permission::SeeAllRecords.code(), "see_all_records");
    }

    #[test]
    fn the_fixer_neither_rechecks_nor_closes() {
        assert!(Role::Fixer.may(Permission::FixFinding));
        for permission in [Permission::RecheckFinding, Permission::CloseFinding, Permission::AssignFinding] {
            assert!(!Role::Fixer.may(permission), "{permission:?}");
        }
    }

    #[test]
    fn a_food_safety_officer_does_not_close_findings() {
        assert!(!Role::Fso.may(Permission::CloseFinding));
        assert!(Role::Logi.may(Permission::CloseFinding));
    }

    #[test]
    fn the_administrator_edits_no_evidence_and_reads_no_child_data() {
        for permission in [Permission::SubmitInspection, Permission::FixFinding, Permission::SeeChildren] {
            assert!(!Role::Admin.may(permission), "{permission:?}");
        }
        assert!(Role::Admin.may(Permission::ManageAccounts));
    }

    #[test]
    fn people_without_a_login_submit_one_form_at_most() {
        assert!(!Role::Monitor.may(Permission::SubmitInspection));
        assert!(Role::Parent.may(Permission::GiveFeedback));
        assert!(!Role::Parent.may(Permission::SeeReports));
    }

    #[test]
    fn every_permission_is_given_to_somebody() {
        for permission in Permission::ALL {
            assert!(Role::all().any(|role| role.may(*permission)), "{permission:?}");
        }
    }
}
