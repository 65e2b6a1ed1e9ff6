//! The envelope of a record of evidence.

use domain::time::{Shift, UtcMillis};
use serde_json::json;

use crate::app::App;
use crate::campus::Campus;
use crate::document::{Fields, field};

/// The fields every record of evidence starts with: who made it and when, and the day it counts for.
pub(crate) fn envelope(app: &App, campus: &Campus, occurred_at: UtcMillis, shift: Shift) -> Fields {
    let now = UtcMillis::from_stamp(app.now_ms());
    vec![
        field("created", json!({"by": app.by().as_deref(), "at": now})),
        field("occurred_at", json!(occurred_at)),
        field("recorded_at", json!(now)),
        field("business_date", campus.business_date(occurred_at, shift)),
    ]
}
