//! Masks: what is left of a value for who may not see it.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use serde_json::Value;

/// What is left of a value for who may not see it.
///
/// A mask is a function of the value alone; what it shows never has the length of the value.
///
/// # Example
/// ```
/// use domain::field::Mask;
/// use serde_json::json;
/// assert_eq!(Mask::Last4.apply(&json!("13800001234")), "***1234");
/// assert_eq!(Mask::Surname.apply(&json!("欧阳修")), "欧阳**");
/// assert_eq!(Mask::Hidden.apply(&json!("高血压")), "***");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mask {
    /// The last four of at least eight characters, else nothing.
    Last4,
    /// The family name, or the first letter of a Latin name.
    Surname,
    /// Nothing at all.
    Hidden,
}

/// What stands for nothing.
const NOTHING: &str = "***";

/// The usual family names of two characters.
const COMPOUND: [&str; 32] = [
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙",
    "端木", "轩辕", "司空", "钟离", "闻人", "澹台", "太史", "申屠", "公羊", "仲孙", "呼延", "独孤", "南宫", "百里",
    "东郭", "西门", "拓跋", "第五",
];

impl Mask {
    const ALL: [Self; 3] = [Self::Last4, Self::Surname, Self::Hidden];

    /// The code in declarations and answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Last4 => "last4",
            Self::Surname => "surname",
            Self::Hidden => "hidden",
        }
    }

    /// What is shown of a value; of what is no text, nothing.
    pub fn apply(self, value: &Value) -> String {
        let Some(text) = value.as_str().map(str::trim) else { return NOTHING.to_owned() };
        match self {
            Self::Last4 => last4(text),
            Self::Surname => surname(text),
            Self::Hidden => NOTHING.to_owned(),
        }
    }
}

fn last4(text: &str) -> String {
    let shown: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    match shown.len() {
        8.. => NOTHING.chars().chain(shown[shown.len() - 4..].iter().copied()).collect(),
        _ => NOTHING.to_owned(),
    }
}

fn surname(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let shown: String = match characters.as_slice() {
        [] | [_] => String::new(),
        [first, second, _, ..] if COMPOUND.contains(&format!("{first}{second}").as_str()) => format!("{first}{second}"),
        [first, ..] => first.to_string(),
    };
    shown + "**"
}

impl FromStr for Mask {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|mask| mask.code() == text).ok_or(())
    }
}

impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Mask {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn masks_show_what_the_table_says_and_nothing_else() {
        let cases = [
            (Mask::Last4, "13800001234", "***1234"),
            (Mask::Last4, "12345678", "***5678"),
            (Mask::Last4, "010-6225 1234", "***1234"),
            (Mask::Last4, "1234567", "***"),
            (Mask::Last4, "1234", "***"),
            (Mask::Last4, "", "***"),
            (Mask::Last4, "----------", "***"),
            (Mask::Surname, "王小明", "王**"),
            (Mask::Surname, "王明", "王**"),
            (Mask::Surname, "王", "**"),
            (Mask::Surname, "", "**"),
            (Mask::Surname, "欧阳修", "欧阳**"),
            (Mask::Surname, "欧阳", "欧**"),
            (Mask::Surname, "买买提·艾力", "买**"),
            (Mask::Surname, "John Smith", "J**"),
            (Mask::Surname, " 李雷 ", "李**"),
            (Mask::Hidden, "绿", "***"),
            (Mask::Hidden, "", "***"),
        ];
        for (mask, value, shown) in cases {
            assert_eq!(mask.apply(&json!(value)), shown, "{mask} of {value:?}");
        }
        for mask in Mask::ALL {
            for value in
                [json!(null), json!(13_800_001_234_u64), json!(true), json!(["王小明"]), json!({"a": "王小明"})]
            {
                assert_eq!(mask.apply(&value), NOTHING, "{mask} of {value}");
            }
            assert_eq!(mask.code().parse(), Ok(mask));
        }
    }

    #[test]
    fn what_a_mask_shows_does_not_tell_how_long_the_value_is() {
        for mask in Mask::ALL {
            let lengths = |value: &str| mask.apply(&json!(value)).chars().count();
            assert_eq!(lengths("王小明小明小明小"), lengths("王小明小明小明小明小明"));
        }
        assert_eq!(Mask::Last4.apply(&json!("99991234")), Mask::Last4.apply(&json!("9999999991234")));
    }
}
