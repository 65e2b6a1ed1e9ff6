//! What a device of role `tablet` brings no new write to.

/// Whether only devices of role `office` may write records of this kind.
///
/// The list is the domain's; that its names are those of the protocol is checked here, because the protocol promises
/// them to clients of any origin.
pub(super) fn is_restricted_for_tablets(kind: &str) -> bool {
    domain::role::restricted_for_tablets(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn master_data_is_restricted_and_daily_work_is_not() {
        for kind in ["campus", "person", "role_grant", "setting", "template_version", "route", "checkpoint", "area"] {
            assert!(is_restricted_for_tablets(kind), "{kind}");
        }
        for kind in ["pin", "inspection", "finding", "never_heard_of"] {
            assert!(!is_restricted_for_tablets(kind), "{kind}");
        }
    }
}
