//! What must change in Recruit, given what it should hold for an opening and what it does. Pure and printable; empty is a
//! success.

use std::fmt;

use mapping::hibob_to_recruit::{CancelReason, MappedOpening, OpeningField};
use vendors::hibob::model::OpeningId;

use crate::desired::Desired;
use crate::link::{Digests, GroupState, OpeningState, digests};

/// The steps, in their order. `Display` names fields, never a value or an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan(pub(crate) Vec<Step>);

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Make the position, with this opening in it.
    CreatePosition,
    /// Take over the opening that was made together with the position.
    TakeOver,
    /// Make the opening.
    CreateOpening,
    /// Write these fields.
    Change(Vec<OpeningField>),
    /// Cancel the opening.
    Cancel(CancelReason),
    /// Give the opening up: it gets one at another position.
    GiveUp,
}

impl Plan {
    /// From what stands to what should.
    pub(crate) fn of(desired: &Desired, id: &OpeningId, opening: &OpeningState, group: &GroupState) -> Self {
        let first = group.first.as_ref().filter(|first| first.opening == *id && opening.target.is_none());
        let take_over = first.map(|_| Step::TakeOver);
        let sent = first.map(|first| &first.sent).or(opening.target.as_ref().map(|target| &target.sent));
        let is_open = opening.holds() || first.is_some();
        let cancel = |reason| is_open.then_some(Step::Cancel(reason));
        let steps = match desired {
            Desired::Open(mapped) if is_open => [change(mapped, sent), None],
            Desired::Open(_) if group.position.is_none() => [Some(Step::CreatePosition), None],
            Desired::Open(_) => [Some(Step::CreateOpening), None],
            Desired::Cancelled(reason) => [cancel(*reason), None],
            Desired::Elsewhere => [cancel(CancelReason::Moved), Some(Step::GiveUp)],
            Desired::AsItStands(_) | Desired::Left => [None, None],
        };
        Self(take_over.into_iter().chain(steps.into_iter().flatten()).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The fields whose last sent text is another. What recruiters have made of the others is theirs.
fn change(mapped: &MappedOpening, sent: Option<&Digests>) -> Option<Step> {
    let wanted = digests(mapped);
    let differs = |key: &String| sent.and_then(|sent| sent.get(key)) != wanted.get(key);
    let fields: Vec<OpeningField> = mapped.values().into_keys().filter(|field| differs(&field.key())).collect();
    (!fields.is_empty()).then_some(Step::Change(fields))
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing to do");
        }
        let steps: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&steps.join(", then "))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreatePosition => f.write_str("make the position with this opening"),
            Self::TakeOver => f.write_str("take over the opening that was made with the position"),
            Self::CreateOpening => f.write_str("make the opening"),
            Self::Change(fields) => {
                let names: Vec<String> = fields.iter().map(ToString::to_string).collect();
                write!(f, "write {}", names.join(", "))
            }
            Self::Cancel(reason) => write!(f, "cancel the opening: {reason}"),
            Self::GiveUp => f.write_str("give the opening up"),
        }
    }
}
