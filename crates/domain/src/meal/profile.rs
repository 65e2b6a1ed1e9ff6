//! The stages that a meal of each sort goes through, from `presets/meals`.

use std::sync::LazyLock;

use thiserror::Error;

/// A stage of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StageCode {
    /// 食谱.
    Menu,
    /// 验收.
    Delivery,
    /// 晨检.
    Check,
    /// 到餐验收, of a meal that is ordered in.
    Arrival,
    /// 加工与中心温度.
    Cook,
    /// 留样.
    Sample,
    /// 陪餐.
    Accompany,
    /// 分发.
    Issue,
    /// 剩余与开水.
    Leftover,
    /// 餐具消毒.
    Disinfect,
    /// 销样.
    Dispose,
}

impl StageCode {
    /// All of them, in the order of a card.
    pub const ALL: [Self; 11] = [
        Self::Menu,
        Self::Delivery,
        Self::Check,
        Self::Arrival,
        Self::Cook,
        Self::Sample,
        Self::Accompany,
        Self::Issue,
        Self::Leftover,
        Self::Disinfect,
        Self::Dispose,
    ];

    /// The code of the contract, as in `stages/<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Delivery => "delivery",
            Self::Check => "check",
            Self::Arrival => "arrival",
            Self::Cook => "cook",
            Self::Sample => "sample",
            Self::Accompany => "accompany",
            Self::Issue => "issue",
            Self::Leftover => "leftover",
            Self::Disinfect => "disinfect",
            Self::Dispose => "dispose",
        }
    }

    /// The stage with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

/// When a stage is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before service.
    Before,
    /// As the meal is served: from half an hour before on.
    At,
    /// After service.
    After,
    /// Days later.
    Kept,
}

/// A stage of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileStage {
    /// Which one.
    pub stage: StageCode,
    /// What it is called in Chinese.
    pub name: String,
    /// What it is called in English.
    pub name_en: String,
    /// When it is to be done.
    pub phase: Phase,
    /// Whether it is asked only where there are classes.
    pub is_by_class: bool,
    /// Whether a person may say that it is not needed; 留样, 中心温度 and 陪餐 never.
    pub may_waive: bool,
}

/// The stages of one sort of meals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its code, as `campus.meals` names it.
    pub code: String,
    /// What it is called in Chinese.
    pub title: String,
    /// What it is called in English.
    pub title_en: String,
    /// Its stages, in their order.
    pub stages: Vec<ProfileStage>,
}

impl Profile {
    /// A stage of it; none where it has no such stage.
    pub fn stage(&self, stage: StageCode) -> Option<&ProfileStage> {
        self.stages.iter().find(|known| known.stage == stage)
    }
}

/// Why a file of a profile says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line} of a meal profile says nothing: {text}")]
pub struct ProfileError {
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
}

static PROFILES: LazyLock<Result<Vec<Profile>, ProfileError>> = LazyLock::new(|| {
    let sources = [
        include_str!("../../presets/meals/main.txt"),
        include_str!("../../presets/meals/snack.txt"),
        include_str!("../../presets/meals/packaged.txt"),
        include_str!("../../presets/meals/ordered.txt"),
    ];
    sources.into_iter().map(parse_profile).collect()
});

/// The profiles that are compiled in: `main`, `snack`, `packaged` and `ordered`.
pub fn profiles() -> &'static [Profile] {
    // The files are compiled in, and a test parses every one of them.
    PROFILES.as_ref().expect("the compiled-in profiles parse")
}

/// The profile of a meal: the one that is named, else the usual one of that type. A campus that has its meals brought cooks none.
///
/// # Example
/// ```
/// use domain::meal::profile_of;
/// assert_eq!(profile_of(None, "午点", false).code, "snack");
/// assert_eq!(profile_of(None, "午餐", true).code, "ordered");
/// assert_eq!(profile_of(Some("packaged"), "早点", false).code, "packaged");
/// ```
pub fn profile_of(named: Option<&str>, meal_type: &str, is_ordered: bool) -> &'static Profile {
    let usual = match meal_type {
        "早点" | "午点" => "snack",
        _ if is_ordered => "ordered",
        _ => "main",
    };
    let find = |code: &str| profiles().iter().find(|profile| profile.code == code);
    named.and_then(find).or_else(|| find(usual)).unwrap_or(&profiles()[0])
}

/// Reads `code | main`, `title | ...`, `title_en | ...`, and a line `stage | name | English | phase | classes, may_waive` for each
/// stage.
///
/// # Errors
/// [`ProfileError`] about the first line that is none of these.
pub fn parse_profile(text: &str) -> Result<Profile, ProfileError> {
    let mut profile =
        Profile { code: String::new(), title: String::new(), title_en: String::new(), stages: Vec::new() };
    for (at, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        match cells[..] {
            [""] => {}
            [comment, ..] if comment.starts_with('#') => {}
            ["code", code] => code.clone_into(&mut profile.code),
            ["title", title] => title.clone_into(&mut profile.title),
            ["title_en", title] => title.clone_into(&mut profile.title_en),
            [stage, name, name_en, phase, more] => {
                let read = stage_of(stage, name, name_en, phase, more);
                profile.stages.push(read.ok_or_else(|| ProfileError { line: at + 1, text: line.to_owned() })?);
            }
            _ => return Err(ProfileError { line: at + 1, text: line.to_owned() }),
        }
    }
    Ok(profile)
}

fn stage_of(stage: &str, name: &str, name_en: &str, phase: &str, more: &str) -> Option<ProfileStage> {
    let phase = match phase {
        "before" => Phase::Before,
        "at" => Phase::At,
        "after" => Phase::After,
        "kept" => Phase::Kept,
        _ => return None,
    };
    let words: Vec<&str> = more.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    let is_known = words.iter().all(|word| matches!(*word, "classes" | "may_waive"));
    Some(ProfileStage {
        stage: StageCode::of(stage).filter(|_| is_known)?,
        name: name.to_owned(),
        name_en: name_en.to_owned(),
        phase,
        is_by_class: words.contains(&"classes"),
        may_waive: words.contains(&"may_waive"),
    })
}
