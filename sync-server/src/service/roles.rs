//! What a device of role `tablet` brings no new write to.

/// Master data, which the office writes.
const OFFICE_KINDS: &[&str] =
    &["campus", "person", "role_grant", "setting", "template_version", "route", "checkpoint", "area"];

/// Whether only devices of role `office` may write records of this kind.
pub(super) fn is_restricted_for_tablets(kind: &str) -> bool {
    OFFICE_KINDS.contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn master_data_is_restricted_and_daily_work_is_not() {
        for kind in OFFICE_KINDS {
            assert!(is_restricted_for_tablets(kind), "{kind}");
        }
        for kind in ["pin", "inspection", "finding", "never_heard_of"] {
            assert!(!is_restricted_for_tablets(kind), "{kind}");
        }
    }
}
