//! In which order a school names its classes.

/// What stands in the name of a class and is no number, in the order of the house.
const GROUPS: [char; 4] = ['大', '中', '小', '托'];
const NUMBERS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// What classes are ordered by: the big ones before the middle and the small ones, and Chinese numbers as they count.
///
/// # Example
/// ```
/// use domain::child::class_key;
/// let mut names = ["小一班", "中三班", "大二班", "中二班", "大一班"];
/// names.sort_by_key(|name| class_key(name));
/// assert_eq!(names, ["大一班", "大二班", "中二班", "中三班", "小一班"]);
/// ```
pub fn class_key(name: &str) -> Vec<(usize, char)> {
    let place = |all: &[char], sign: char| all.iter().position(|own| *own == sign);
    let key = |sign| match (place(&GROUPS, sign), place(&NUMBERS, sign)) {
        (Some(at), _) | (None, Some(at)) => (at, '\0'),
        (None, None) => (usize::from(u8::MAX), sign),
    };
    name.chars().map(key).collect()
}
