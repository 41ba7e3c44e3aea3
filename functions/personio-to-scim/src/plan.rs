//! What must change in the partner system, given what it should hold for a person and what it does. Pure and printable;
//! empty is a success.

use std::fmt;

use mapping::personio_to_scim::When;
use vendors::scim::model::{Attribute, AttributeChange};

use crate::goal::{Content, Goal};
use crate::link::{Account, Origin, digest};

/// The steps, in their order. `Display` names attributes, never a value or an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan(pub(crate) Vec<Step>);

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Make an account.
    Create,
    /// Take the account that was found as the person's.
    Adopt,
    /// Let the person log in: a call of its own.
    Activate,
    /// Let the person log in no longer: a call of its own, before all else.
    Deactivate,
    /// Write these attributes.
    Change(Vec<AttributeChange>),
    /// Remove the account.
    Remove,
}

impl Plan {
    /// From what stands to what should, where an account was found that is to become the person's.
    pub(crate) fn adopting(found: &Account, goal: &Goal) -> Self {
        let rest = Self::of(Some(found), goal).0;
        Self([Step::Adopt].into_iter().chain(rest).collect())
    }

    /// From what stands to what should. An account that nobody can use keeps its attributes: they are written when it
    /// is used again.
    pub(crate) fn of(account: Option<&Account>, goal: &Goal) -> Self {
        let steps = match (goal, account) {
            (Goal::AsItStands, _) | (Goal::Inactive { .. } | Goal::Nothing { .. }, None) => Vec::new(),
            (Goal::Active(_), None) => vec![Step::Create],
            (Goal::Active(content), Some(account)) => {
                let activation = (account.active != Some(true)).then_some(Step::Activate);
                let changes = changes(account, content);
                let change = (!changes.is_empty()).then_some(Step::Change(changes));
                activation.into_iter().chain(change).collect()
            }
            (Goal::Inactive { .. }, Some(account)) => {
                (account.active != Some(false)).then_some(Step::Deactivate).into_iter().collect()
            }
            (Goal::Nothing { .. }, Some(_)) => vec![Step::Remove],
        };
        Self(steps)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The attributes whose last sent value is another. What a partner returns is no evidence: many return other than they
/// were given.
fn changes(account: &Account, content: &Content) -> Vec<AttributeChange> {
    let differs = |change: &AttributeChange| account.sent.get(&change.attribute()) != Some(&digest(change));
    let is_due = |attribute: Attribute, when: When| match when {
        When::Always => true,
        // the manager of a new account is written in a second pass
        When::OnCreate => {
            attribute == Attribute::Manager
                && account.origin == Origin::Created
                && !account.sent.contains_key(&attribute)
        }
    };
    let due = content.changes.iter().filter(|mapped| is_due(mapped.change.attribute(), mapped.when));
    due.map(|mapped| &mapped.change).filter(|change| differs(change)).cloned().collect()
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing to do");
        }
        for (index, step) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", then " };
            write!(f, "{comma}{step}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create => f.write_str("create an account"),
            Self::Adopt => f.write_str("adopt the account that was found"),
            Self::Activate => f.write_str("activate"),
            Self::Deactivate => f.write_str("deactivate"),
            Self::Change(changes) => {
                let names: Vec<_> = changes.iter().map(|change| change.attribute().name()).collect();
                write!(f, "write {}", names.join(", "))
            }
            Self::Remove => f.write_str("remove the account"),
        }
    }
}

#[cfg(test)]
mod tests {
    use mapping::personio_to_scim::MappedChange;
    use vendors::scim::model::AttributeValue;

    use super::*;
    use crate::link::Digests;

    fn set(attribute: Attribute, text: &str) -> AttributeChange {
        AttributeChange::Set(AttributeValue::text(attribute, text).unwrap())
    }

    fn manager() -> AttributeChange {
        AttributeChange::Set(AttributeValue::manager(&"77".parse().unwrap()))
    }

    fn content(when: When, changes: &[AttributeChange]) -> Goal {
        let changes = changes.iter().map(|change| MappedChange { change: change.clone(), when }).collect();
        let (user_name, external_id) = ("dora@example.com".parse().unwrap(), "3003".parse().unwrap());
        Goal::Active(Box::new(Content { user_name, external_id, changes }))
    }

    fn account(active: Option<bool>, sent: &[AttributeChange]) -> Account {
        let sent: Digests = sent.iter().map(|change| (change.attribute(), digest(change))).collect();
        Account { id: "2819c223".parse().unwrap(), origin: Origin::Created, active, sent }
    }

    #[test]
    fn every_pair_of_what_stands_and_what_should_has_its_steps() {
        let lead = [set(Attribute::Title, "Lead")];
        let chief = [set(Attribute::Title, "Chief"), set(Attribute::UserName, "d@example.com")];
        let always = |changes: &[AttributeChange]| content(When::Always, changes);
        let inactive = || Goal::Inactive { known_as: None };
        let nothing = || Goal::Nothing { known_as: None };
        let (on, off) = (Some(true), Some(false));
        let table = [
            (None, always(&lead), "create an account"),
            (None, inactive(), "nothing to do"),
            (None, nothing(), "nothing to do"),
            (None, Goal::AsItStands, "nothing to do"),
            (Some(account(on, &lead)), always(&lead), "nothing to do"),
            (Some(account(on, &lead)), always(&chief), "write title, userName"),
            (Some(account(off, &lead)), always(&lead), "activate"),
            (Some(account(off, &lead)), always(&chief), "activate, then write title, userName"),
            (Some(account(None, &lead)), always(&lead), "activate"),
            (Some(account(on, &lead)), always(&[AttributeChange::Remove(Attribute::Title)]), "write title"),
            (Some(account(on, &lead)), content(When::OnCreate, &chief), "nothing to do"),
            (Some(account(on, &lead)), content(When::OnCreate, &[manager()]), "write manager"),
            (Some(account(on, &[manager()])), always(&[manager()]), "nothing to do"),
            (Some(account(on, &lead)), inactive(), "deactivate"),
            (Some(account(None, &lead)), inactive(), "deactivate"),
            (Some(account(off, &lead)), inactive(), "nothing to do"),
            (Some(account(on, &lead)), nothing(), "remove the account"),
            (Some(account(off, &lead)), nothing(), "remove the account"),
            (Some(account(on, &lead)), Goal::AsItStands, "nothing to do"),
        ];
        for (account, goal, steps) in table {
            assert_eq!(Plan::of(account.as_ref(), &goal).to_string(), steps, "{account:?} {goal:?}");
        }
    }

    #[test]
    fn what_was_found_is_adopted_first() {
        let found = |active| Account { origin: Origin::Adopted, ..account(active, &[]) };
        let lead = content(When::Always, &[set(Attribute::Title, "Lead")]);
        let steps = |active, goal: &Goal| Plan::adopting(&found(active), goal).to_string();
        assert_eq!(steps(Some(false), &lead), "adopt the account that was found, then activate, then write title");
        assert_eq!(steps(Some(true), &lead), "adopt the account that was found, then write title");
        assert_eq!(steps(Some(true), &content(When::OnCreate, &[manager()])), "adopt the account that was found");
        let leaver = Goal::Inactive { known_as: None };
        assert_eq!(steps(Some(true), &leaver), "adopt the account that was found, then deactivate");
    }
}
