//! What the partner system should hold for a person. A value that can be planned for and printed.

use mapping::personio_to_scim::{MappedAttributes, MappedChange, When};
use vendors::scim::model::{Attribute, AttributeChange, AttributeValue, ExternalId, UserName};

/// What the partner system should hold for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Goal {
    /// An account that the person can use, with this content.
    Active(Box<Content>),
    /// No account that the person can use; one that is there stays. `known_as`: our id of the person, where it can be
    /// made.
    Inactive {
        /// Our id of the person.
        known_as: Option<ExternalId>,
    },
    /// No account.
    Nothing {
        /// Our id of the person.
        known_as: Option<ExternalId>,
    },
    /// What it holds.
    AsItStands,
}

/// What an account should hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) user_name: UserName,
    pub(crate) external_id: ExternalId,
    /// All attributes, the manager among them where it can be named.
    pub(crate) changes: Vec<MappedChange>,
}

impl Content {
    /// The content of an account; `manager`: what becomes of that attribute, where the manager can be named.
    pub(crate) fn of(mapped: MappedAttributes, manager: Option<MappedChange>) -> Self {
        let MappedAttributes { user_name, external_id, mut changes, .. } = mapped;
        changes.extend(manager);
        Self { user_name, external_id, changes }
    }

    /// What a new account is made with beside its login. The manager comes second: some partners refuse them in a new
    /// account.
    pub(crate) fn for_creation(&self) -> Vec<AttributeValue> {
        let values = self.changes.iter().filter_map(|mapped| match &mapped.change {
            AttributeChange::Set(value) if value.attribute() != Attribute::UserName => Some(value.clone()),
            _ => None,
        });
        values.filter(|value| value.attribute() != Attribute::Manager).chain([AttributeValue::active(true)]).collect()
    }

    /// What a new account then counts as having been told.
    pub(crate) fn told_at_creation(&self) -> impl Iterator<Item = &AttributeChange> {
        let changes = self.changes.iter().map(|mapped| &mapped.change);
        changes
            .filter(|change| change.attribute() != Attribute::Manager || matches!(change, AttributeChange::Remove(_)))
    }

    /// What an account that is there is to hold.
    pub(crate) fn for_update(&self) -> Vec<AttributeChange> {
        let always = self.changes.iter().filter(|mapped| mapped.when == When::Always);
        always.map(|mapped| mapped.change.clone()).collect()
    }
}
