//! What would be done if everything were brought in line now. Texts show ids, target types and dates; what a field holds
//! stands apart, and is shown only to whoever asks for it.

use jiff::civil::Date;
use vendors::value::Personal;

use crate::command::{ReadingCommand, ReadingContext, ReadingObjectCommand, Running};

/// The commands about what would be done. Neither can write to the table.
#[derive(Debug, Clone, Copy)]
pub struct PreviewCommands {
    /// Compares everything.
    pub everything: ReadingCommand<Preview>,
    /// Explains one object of the source step by step. `None`: the flow lacks it.
    pub object: Option<ReadingObjectCommand<Explanation>>,
    /// Compares what the source lists from a day on. `None`: the source cannot narrow its lists.
    pub since: Option<ReadingSinceCommand>,
}

/// A preview of what the source lists from a day on.
pub type ReadingSinceCommand = for<'a> fn(ReadingContext<'a>, Date) -> Running<'a, Preview>;

/// The whole comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// What would change, in the source's order.
    pub changes: Vec<Change>,
    /// How many objects would stay as they are. Objects without an entry, now and then, count too.
    pub unchanged: u64,
    /// How many objects have an entry although the source does not list them: a sweep looks after these.
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
    /// What the fields hold that `what` names.
    pub value: Option<Personal<String>>,
}

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It would be entered.
    Created,
    /// What is there already and was entered by others would become ours.
    Adopted,
    /// What is entered would be changed or replaced.
    Changed,
    /// What is entered would stay, and its owner could use it no longer.
    Deactivated,
    /// What is entered would be removed.
    Removed,
    /// It would wait for a person: today's budget is used up.
    Held,
    /// It stands for a person who has no counterpart in the target: what is theirs waits.
    Unmatched,
    /// Something stands in its way; what is entered would stay.
    Refused,
}

/// What is known of one object, and what follows from it, in the order in which it is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The steps.
    pub steps: Vec<ExplainedStep>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedStep {
    /// What was asked, e.g. `account at hand`.
    pub what: &'static str,
    /// What came of it.
    pub seen: String,
    /// What the field holds that `seen` names.
    pub value: Option<Personal<String>>,
}

impl Explanation {
    /// Adds a step.
    pub fn add(&mut self, what: &'static str, seen: impl Into<String>) {
        self.steps.push(ExplainedStep { what, seen: seen.into(), value: None });
    }

    /// Adds a step that names a field and what it holds.
    pub fn add_value(&mut self, what: &'static str, seen: impl Into<String>, value: impl Into<String>) {
        let value = Some(Personal::new(value.into()));
        self.steps.push(ExplainedStep { what, seen: seen.into(), value });
    }
}

impl ChangeKind {
    /// All kinds, in the order in which they are counted.
    pub const ALL: [Self; 8] = [
        Self::Created,
        Self::Adopted,
        Self::Changed,
        Self::Deactivated,
        Self::Removed,
        Self::Held,
        Self::Unmatched,
        Self::Refused,
    ];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Adopted => "adopted",
            Self::Changed => "changed",
            Self::Deactivated => "deactivated",
            Self::Removed => "removed",
            Self::Held => "held",
            Self::Unmatched => "unmatched",
            Self::Refused => "refused",
        }
    }
}
