//! What asks for a contract: an application that stands in a stage of the connection's list, or a person.

use std::fmt;
use std::str::FromStr;

use ledger::Subject;
use vendors::teamtailor::model::ApplicationId;

use crate::connection::Origin;
use crate::link::{APPLICATION, ORDER};

/// What asks for a contract. `Display` says it to the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Order {
    /// An application.
    Application(ApplicationId),
    /// A person.
    ByHand(ByHand),
}

/// A contract that a person asks for. The order says what the contract is made from, so it can come twice and means the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ByHand {
    /// What tells it from all other orders: letters and digits.
    pub(crate) unique: String,
    /// What the contract is made from, and where.
    pub(crate) origin: Origin,
}

impl Order {
    /// The order of an application's or an order's signal; none of any other's.
    pub(crate) fn of(subject: &Subject) -> Option<Self> {
        match subject.kind.as_ref() {
            APPLICATION => subject.id.as_str().parse().ok().map(Self::Application),
            ORDER => subject.id.as_str().parse().ok().map(Self::ByHand),
            _ => None,
        }
    }

    /// Its subject, whose id is the key that the contract carries.
    pub(crate) fn subject(&self) -> Subject {
        match self {
            Self::Application(id) => Subject::new(APPLICATION, id),
            Self::ByHand(by_hand) => Subject::new(ORDER, by_hand),
        }
    }

    /// The application, where one asks.
    pub(crate) fn application(&self) -> Option<&ApplicationId> {
        match self {
            Self::Application(id) => Some(id),
            Self::ByHand(_) => None,
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Application(id) => write!(f, "application {id}"),
            Self::ByHand(by_hand) => write!(f, "the order {by_hand}"),
        }
    }
}

impl fmt::Display for ByHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { unique, origin: Origin { template, workspace } } = self;
        write!(f, "{unique}-{template}-{workspace}")
    }
}

impl FromStr for ByHand {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('-');
        let (Some(unique), Some(template), Some(workspace), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(());
        };
        let origin = Origin { template: template.parse().map_err(drop)?, workspace: workspace.parse().map_err(drop)? };
        Ok(Self { unique: unique.to_owned(), origin })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_read_as_it_was_written() {
        let origin = Origin { template: "31".parse().unwrap(), workspace: "11".parse().unwrap() };
        for order in
            [Order::Application("77".parse().unwrap()), Order::ByHand(ByHand { unique: "0f3a".to_owned(), origin })]
        {
            assert_eq!(Order::of(&order.subject()), Some(order));
        }
        assert_eq!(
            Order::ByHand(ByHand { unique: "0f3a".to_owned(), origin }).subject().to_string(),
            "order/0f3a-31-11"
        );
    }

    #[test]
    fn what_is_no_order_is_none() {
        for subject in ["order/0f3a-31", "order/0f3a-31-x", "order/0f3a-31-11-1", "contract/5"] {
            assert_eq!(Order::of(&subject.parse().unwrap()), None, "{subject}");
        }
    }
}
