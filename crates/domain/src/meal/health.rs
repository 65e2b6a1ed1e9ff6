//! 晨检 and 午检: who of the kitchen's people must keep out of it, and until when.
//!
//! A row that found something keeps its person out on every later day, until somebody who saw that very row lets them return
//! (复岗). A further measurement lifts nothing, and nobody takes back a row about themselves.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::dish::name_key;
use crate::decimal::Decimal;

/// Whom a check is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Somebody with a record.
    Person(Uuid),
    /// A helper without one, by their name.
    Helper(String),
}

impl Who {
    /// A helper by the name that somebody typed.
    pub fn helper(name: &str) -> Self {
        Self::Helper(name_key(name))
    }
}

/// When on a day people are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Session {
    /// 晨.
    Morning,
    /// 午.
    Noon,
}

impl Session {
    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Morning => "晨",
            Self::Noon => "午",
        }
    }

    /// The session with this stored word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Morning, Self::Noon].into_iter().find(|session| session.word() == word)
    }
}

/// Whether somebody came to work (T07.01).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attendance {
    /// 到岗.
    #[default]
    Here,
    /// 请假, 休息 or 缺勤: nothing else is asked of them.
    Away,
}

impl Attendance {
    /// What a stored word says; a word that nobody knows says that they are here.
    pub fn of(word: &str) -> Self {
        if matches!(word, "请假" | "休息" | "缺勤") { Self::Away } else { Self::Here }
    }
}

/// What was decided, the strictest last (T07.09).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Decision {
    /// 上岗.
    Works,
    /// 整改后上岗.
    WorksOnceMended,
    /// 调离食品岗位.
    Removed,
    /// 就医.
    SentToDoctor,
}

impl Decision {
    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Works => "上岗",
            Self::WorksOnceMended => "整改后上岗",
            Self::Removed => "调离食品岗位",
            Self::SentToDoctor => "就医",
        }
    }

    /// The decision with this stored word.
    pub fn of(word: &str) -> Option<Self> {
        let all = [Self::Works, Self::WorksOnceMended, Self::Removed, Self::SentToDoctor];
        all.into_iter().find(|decision| decision.word() == word)
    }
}

/// One check of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MorningCheck {
    /// The record.
    pub id: Uuid,
    /// Whom it is about.
    pub who: Who,
    /// The day that its writer saw and chose.
    pub date: NaiveDate,
    /// The session.
    pub session: Session,
    /// Whether they came.
    pub attendance: Attendance,
    /// ℃; none where nobody measured it (未测温).
    pub celsius: Option<Decimal>,
    /// Whether a symptom was noticed: 发热, 腹泻, 呕吐, 伤口, 咽部炎症 or 黄疸.
    pub has_symptom: bool,
    /// Whether clothes and nails were as they are to be.
    pub is_tidy: bool,
    /// What somebody who may decide has decided; none while nobody has (待确认).
    pub decision: Option<Decision>,
    /// Whether it was made void.
    pub is_void: bool,
}

impl MorningCheck {
    /// What follows from the check, whatever was decided more leniently.
    pub fn effective(&self, max_c: Decimal) -> Decision {
        let is_ill = self.has_symptom || self.celsius.is_some_and(|celsius| celsius > max_c);
        let derived = match (is_ill, self.is_tidy) {
            (true, _) => Decision::Removed,
            (false, false) => Decision::WorksOnceMended,
            (false, true) => Decision::Works,
        };
        self.decision.map_or(derived, |decided| decided.max(derived))
    }

    /// Whether it keeps its person out of the kitchen.
    ///
    /// # Example
    /// ```
    /// use domain::meal::{Attendance, Decision, MorningCheck, Session, Who};
    /// let check = MorningCheck {
    ///     id: uuid::Uuid::nil(),
    ///     who: Who::helper("王阿姨"),
    ///     date: "2026-11-23".parse().expect("a day"),
    ///     session: Session::Morning,
    ///     attendance: Attendance::Here,
    ///     celsius: Some("37.9".parse().expect("a number")),
    ///     has_symptom: false,
    ///     is_tidy: true,
    ///     decision: Some(Decision::Works),
    ///     is_void: false,
    /// };
    /// assert!(check.is_abnormal("37.2".parse().expect("a number")), "a decision may only be stricter");
    /// ```
    pub fn is_abnormal(&self, max_c: Decimal) -> bool {
        !self.is_void && self.effective(max_c) >= Decision::Removed
    }
}

/// 复岗: somebody may work again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnToWork {
    /// The record.
    pub id: Uuid,
    /// Who may.
    pub who: Who,
    /// The checks that its approver saw, and lifts.
    pub lifts: BTreeSet<Uuid>,
    /// Who approved it.
    pub approver: Option<Uuid>,
    /// Whether it was made void.
    pub is_void: bool,
}

impl ReturnToWork {
    /// Whether it lifts a check: it stands, it is about the same person, its approver saw that row, and is somebody else.
    fn lifts(&self, check: &MorningCheck) -> bool {
        let is_own = matches!(&self.who, Who::Person(person) if self.approver == Some(*person));
        let is_approved = self.approver.is_some() && !is_own;
        !self.is_void && is_approved && self.who == check.who && self.lifts.contains(&check.id)
    }
}

/// Somebody who must keep out of the kitchen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutOfKitchen {
    /// Who.
    pub who: Who,
    /// The checks that keep them out, by their ids.
    pub because: BTreeSet<Uuid>,
    /// The first day of them.
    pub since: NaiveDate,
}

/// Everybody who must keep out on `date`: who has an abnormal check of that day, or of one before, that nobody has lifted.
///
/// `checks` are those of all days that may still count, in any order; so a fever that arrives after the return that somebody wrote
/// for an earlier one is not lifted by it.
pub fn out_of_kitchen(
    checks: &[MorningCheck],
    returns: &[ReturnToWork],
    date: NaiveDate,
    max_c: Decimal,
) -> Vec<OutOfKitchen> {
    let mut out: BTreeMap<&Who, OutOfKitchen> = BTreeMap::new();
    for check in checks.iter().filter(|check| check.date <= date && check.is_abnormal(max_c)) {
        if returns.iter().any(|back| back.lifts(check)) {
            continue;
        }
        let new = || OutOfKitchen { who: check.who.clone(), because: BTreeSet::new(), since: check.date };
        let entry = out.entry(&check.who).or_insert_with(new);
        entry.because.insert(check.id);
        entry.since = entry.since.min(check.date);
    }
    out.into_values().collect()
}

/// Whether somebody may make a check void, or correct it: of an abnormal one only who is responsible for food safety or health, and
/// never the person it is about. What is left is asked of the general rights.
pub fn may_take_back(check: &MorningCheck, max_c: Decimal, by: Uuid, is_fso_or_medic: bool) -> bool {
    !check.is_abnormal(max_c) || (is_fso_or_medic && check.who != Who::Person(by))
}

/// What is known of somebody's check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckState {
    /// 调离: they must keep out, by this check or by one before.
    Out,
    /// Nobody has checked them.
    Missing,
    /// Nothing was found, and nobody measured the temperature (未测温).
    Unmeasured,
    /// 整改后上岗: what they wear is to be put right first.
    ToMend,
    /// 待确认: nothing was found, and nobody has decided yet; work may begin.
    Unconfirmed,
    /// 上岗.
    Works,
    /// They are not here.
    Away,
}

/// What is known of each of the kitchen's people in one session of a day: those who are expected, and whoever was checked besides.
///
/// One check is due for each person and session; of several the one that is worse counts. What waits for a decision (待确认) has one
/// once any of them was decided.
pub fn check_states(
    expected: &[Who],
    date: NaiveDate,
    session: Session,
    checks: &[MorningCheck],
    returns: &[ReturnToWork],
    max_c: Decimal,
) -> Vec<(Who, CheckState)> {
    let out = out_of_kitchen(checks, returns, date, max_c);
    let of_session = |check: &&MorningCheck| check.date == date && check.session == session && !check.is_void;
    let mut people: Vec<&Who> = expected.iter().collect();
    for check in checks.iter().filter(of_session) {
        if !people.contains(&&check.who) {
            people.push(&check.who);
        }
    }
    let state = |who: &Who| {
        if out.iter().any(|out| out.who == *who) {
            return CheckState::Out;
        }
        let own = checks.iter().filter(of_session).filter(|check| check.who == *who);
        let states: Vec<CheckState> = own.map(|check| state_of(check, max_c)).collect();
        match states.iter().min() {
            None => CheckState::Missing,
            Some(CheckState::Unconfirmed) if states.contains(&CheckState::Works) => CheckState::Works,
            Some(worst) => *worst,
        }
    };
    people.into_iter().map(|who| (who.clone(), state(who))).collect()
}

/// What one check says of somebody who need not keep out.
fn state_of(check: &MorningCheck, max_c: Decimal) -> CheckState {
    if check.attendance == Attendance::Away {
        return CheckState::Away;
    }
    match (check.effective(max_c), check.celsius, check.decision) {
        (Decision::WorksOnceMended, ..) => CheckState::ToMend,
        (_, None, _) => CheckState::Unmeasured,
        (_, Some(_), None) => CheckState::Unconfirmed,
        (_, Some(_), Some(_)) => CheckState::Works,
    }
}
