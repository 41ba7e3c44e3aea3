//! What would be different if the present mapping were applied to everything. Shows ids, target types and dates; nothing of
//! persons.

/// The whole comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// What would change, in the source's order.
    pub changes: Vec<Change>,
    /// How many objects would stay as they are. Objects without an entry, now and then, count too.
    pub unchanged: u64,
    /// How many objects have an entry although the source does not list them. A mapping changes nothing there.
    pub unlisted: u64,
}

/// What would become of one object of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The source's id; empty where it cannot be read.
    pub object: String,
    /// What would become of it.
    pub kind: ChangeKind,
    /// From what to what, or why.
    pub what: String,
}

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It would be entered.
    Created,
    /// What is entered would be replaced.
    Changed,
    /// What is entered would be removed.
    Removed,
    /// Something stands in its way; what is entered would stay.
    Refused,
}

impl ChangeKind {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Refused => "refused",
        }
    }
}
