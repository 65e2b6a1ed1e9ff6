//! The one table of who sees the records of kinds that have no register, `presets/sight.txt`.

use std::sync::LazyLock;

use super::kinds::KindSight;
use super::parse::parse;
use crate::register::RegisterError;

static KINDS: LazyLock<Result<Vec<KindSight>, RegisterError>> =
    LazyLock::new(|| parse("sight.txt", include_str!("../../presets/sight.txt")));

impl KindSight {
    /// What is said of all kinds that have no register.
    pub fn all() -> &'static [Self] {
        // The file is compiled in, and a test parses it.
        KINDS.as_ref().expect("the compiled-in table of sight parses")
    }

    /// What is said of a kind; none for a register's, and for one that this version does not know.
    ///
    /// # Example
    /// ```
    /// use domain::sight::KindSight;
    /// assert!(KindSight::of("area").is_some_and(KindSight::is_for_anybody));
    /// assert!(KindSight::of("pin").is_some_and(|pin| pin.see.is_empty()));
    /// assert!(KindSight::of("duty_shift").is_none(), "its register says it");
    /// ```
    pub fn of(kind: &str) -> Option<&'static Self> {
        Self::all().iter().find(|known| known.kind == kind)
    }
}
