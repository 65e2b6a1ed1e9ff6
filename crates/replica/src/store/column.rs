//! What the store derives beside a state, each by rules of its own.

/// Something that is derived by rules of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Document,
    Day,
    Parent,
    About,
    Place,
    Template,
    Stage,
    Due,
    Assignee,
    Uncounted,
}

impl Column {
    pub(super) const ALL: [Self; 10] = [
        Self::Document,
        Self::Day,
        Self::Parent,
        Self::About,
        Self::Place,
        Self::Template,
        Self::Stage,
        Self::Due,
        Self::Assignee,
        Self::Uncounted,
    ];
}
