//! What must change in Recruit, given what it should hold for an opening and what it does. Pure and printable; empty is a
//! success.

use std::fmt;

use mapping::hibob_to_recruit::{CancelReason, MappedOpening, OpeningField};

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
    pub(crate) fn of(desired: &Desired, opening: &OpeningState, group: &GroupState) -> Self {
        let sent = opening.target.as_ref().map(|target| &target.sent);
        let is_open = opening.holds();
        let cancel = |reason| is_open.then_some(Step::Cancel(reason));
        let steps = match desired {
            Desired::Open(mapped) if is_open => [change(mapped, sent), None],
            Desired::Open(_) if group.position.is_none() => [Some(Step::CreatePosition), None],
            Desired::Open(_) => [Some(Step::CreateOpening), None],
            Desired::Cancelled(reason) => [cancel(*reason), None],
            Desired::Elsewhere => [cancel(CancelReason::Moved), Some(Step::GiveUp)],
            Desired::AsItStands(_) | Desired::Left => [None, None],
        };
        Self(steps.into_iter().flatten().collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The fields whose last sent text is another, also where HiBob has none any more. What recruiters have made of the others
/// is theirs.
fn change(mapped: &MappedOpening, sent: Option<&Digests>) -> Option<Step> {
    let wanted = digests(mapped);
    let differs = |key: &String| sent.and_then(|sent| sent.get(key)) != wanted.get(key);
    let emptied = mapped.empty_fields.iter().map(|name| OpeningField::Custom(name.clone()));
    let all = mapped.values().into_keys().chain(emptied);
    let fields: Vec<OpeningField> = all.filter(|field| differs(&field.key())).collect();
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

#[cfg(test)]
mod tests {
    use ledger::Fingerprint;

    use super::*;
    use crate::sample::{cancelled, group, held, none, open, unknown};

    fn steps(desired: &Desired, opening: &OpeningState, group: &GroupState) -> String {
        Plan::of(desired, opening, group).to_string()
    }

    #[test]
    fn every_pair_of_what_stands_and_what_should_has_its_steps() {
        let (nothing, position) = (GroupState::default(), group());
        let as_it_stands = Desired::AsItStands(crate::desired::Because::Taken);
        let cancel = "cancel the opening: the opening was cancelled in HiBob";
        let table = [
            (unknown(), &nothing, open("O-1"), "make the position with this opening"),
            (unknown(), &position, open("O-1"), "make the opening"),
            (unknown(), &position, none(), "nothing to do"),
            (unknown(), &position, Desired::Left, "nothing to do"),
            (held(), &position, open("O-1"), "nothing to do"),
            (held(), &position, open("O-2"), "write name"),
            (held(), &position, none(), cancel),
            (held(), &position, Desired::Left, "nothing to do"),
            (cancelled(), &position, open("O-1"), "make the opening"),
            (cancelled(), &position, none(), "nothing to do"),
        ];
        for (opening, group, desired, expected) in table {
            assert_eq!(steps(&desired, &opening, group), expected, "{opening:?} {desired:?}");
            assert_eq!(steps(&as_it_stands, &opening, group), "nothing to do", "{opening:?}");
        }
    }

    #[test]
    fn an_opening_that_goes_elsewhere_is_cancelled_where_it_is_open_and_given_up() {
        let elsewhere = |opening| steps(&Desired::Elsewhere, &opening, &group());
        let cancel = "cancel the opening: the opening went to another position in HiBob, then give the opening up";
        assert_eq!(elsewhere(held()), cancel);
        assert_eq!(elsewhere(cancelled()), "give the opening up");
    }

    #[test]
    fn a_custom_field_is_emptied_where_a_text_was_sent_and_hibob_has_none_any_more() {
        let with = |name: &str, is_empty: bool| {
            let Desired::Open(mut mapped) = open("O-1") else { unreachable!() };
            if is_empty {
                mapped.empty_fields.insert(name.to_owned());
            }
            Desired::Open(mapped)
        };
        let mut opening = held();
        if let Some(target) = &mut opening.target {
            target.sent.insert("custom Site".to_owned(), Fingerprint::of("Berlin"));
        }
        assert_eq!(steps(&with("Site", true), &opening, &group()), "write \"Site\"");
        // the file maps the field no more: it is the recruiters' from now on
        assert_eq!(steps(&with("Site", false), &opening, &group()), "nothing to do");
        assert_eq!(steps(&with("Desk", true), &opening, &group()), "nothing to do", "nothing was ever sent");
    }

    #[test]
    fn a_field_that_was_never_sent_is_written() {
        let mut opening = held();
        if let Some(target) = &mut opening.target {
            target.sent.clear();
        }
        assert_eq!(steps(&open("O-1"), &opening, &group()), "write name, time_expected_hire, reason");
    }
}
