//! Who must have a food safety director: by how many eat at a meal, and by who runs the canteen.

use crate::decimal::Decimal;
use crate::setting::Settings;
use crate::template::CampusKind;

/// Somebody who must have a food safety director.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DirectorOf {
    /// The school or kindergarten itself.
    School,
    /// The firm that runs its canteen.
    Contractor,
}

impl DirectorOf {
    /// The code in answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::Contractor => "contractor",
        }
    }
}

/// The average number of diners per meal from which a director is needed.
pub fn director_from(kind: CampusKind, settings: &Settings) -> Decimal {
    settings.number(match kind {
        CampusKind::Kindergarten => "ctrl.director_at.kindergarten",
        CampusKind::School => "ctrl.director_at.school",
    })
}

/// Who must have a food safety director where `diners` eat at a meal on average; pupils who are enrolled do not count.
///
/// A canteen that a firm runs needs two, the firm's and the school's (双总监); where meals are ordered in, nobody cooks here.
///
/// # Example
/// ```
/// use domain::{director::{DirectorOf, directors}, setting::Settings, template::CampusKind};
/// let of = |mode, diners| directors(CampusKind::School, mode, diners, &Settings::default());
/// assert_eq!(of("自营", 499), []);
/// assert_eq!(of("自营", 500), [DirectorOf::School]);
/// assert_eq!(of("委托承包", 500), [DirectorOf::School, DirectorOf::Contractor]);
/// assert_eq!(of("订餐", 2_000), []);
/// ```
pub fn directors(kind: CampusKind, catering_mode: &str, diners: u32, settings: &Settings) -> Vec<DirectorOf> {
    if Decimal::from(diners) < director_from(kind, settings) {
        return Vec::new();
    }
    match catering_mode {
        "订餐" => Vec::new(),
        "委托承包" => vec![DirectorOf::School, DirectorOf::Contractor],
        _ => vec![DirectorOf::School],
    }
}
