//! What is kept of each person: the account that the partner system holds for them, and what was sent to it. Of values
//! no more than digests.

use std::collections::BTreeMap;

use ledger::Fingerprint;
use serde::{Deserialize, Serialize};
use vendors::scim::model::{Attribute, AttributeChange, ExternalId, UserId, UserName};

/// The kind of this flow's subjects.
pub const KIND: &str = "person";

/// The kind of a person's parts.
pub const PART: &str = "absence";

/// A link with this flow's state, whose intents are creations on their way.
pub(crate) type Object<'a> = reconcile::Object<'a, State, Sent>;

/// What the attributes were that were sent last: a digest of each.
pub type Digests = BTreeMap<Attribute, Fingerprint>;

/// A link's own part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The account.
    pub account: Option<Account>,
    /// The account that was removed: a partner may only have put it away, and somebody who comes back gets it again.
    pub former: Option<UserId>,
    /// How the partner lets accounts be changed, as far as its answers have taught.
    pub write_by: Option<WriteBy>,
    /// Personio has deleted the person, and the account is not dealt with yet.
    #[serde(default)]
    pub is_gone: bool,
}

/// An account of ours in the partner system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The partner's id.
    pub id: UserId,
    /// How it became ours.
    pub origin: Origin,
    /// Whether the person may log in, as it was last written; `None`: the partner did not say when it was adopted.
    pub active: Option<bool>,
    /// What was last sent.
    pub sent: Digests,
}

/// How an account became ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// hrsync made it.
    Created,
    /// It was there, and the connection's policy says that it is the person's.
    Adopted,
}

/// How accounts are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WriteBy {
    /// By PATCH.
    Patch,
    /// By PUT of the whole account.
    Put,
}

/// A creation on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// Our id of the user.
    pub external_id: ExternalId,
    /// A digest of the login.
    pub user_name: Fingerprint,
    /// Whether nobody had the login before: whoever has it afterwards is ours.
    pub was_looked_for: bool,
    /// What was sent.
    pub digests: Digests,
}

/// The digest of what an attribute becomes. Of one that is to have no value it is that of nothing.
#[must_use]
pub fn digest(change: &AttributeChange) -> Fingerprint {
    match change {
        AttributeChange::Set(value) => Fingerprint::of(&value.json().to_string()),
        AttributeChange::Remove(_) => Fingerprint::of(""),
    }
}

/// The digest of a login, whatever its case.
#[must_use]
pub fn digest_of_name(name: &UserName) -> Fingerprint {
    Fingerprint::of(name.lower_case().as_str())
}

impl State {
    /// Whether the partner system holds an account of the person that is ours.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.account.is_some()
    }

    /// These changes were carried out.
    pub(crate) fn has_sent<'a>(&mut self, changes: impl IntoIterator<Item = &'a AttributeChange>) {
        let Some(account) = &mut self.account else { return };
        account.sent.extend(changes.into_iter().map(|change| (change.attribute(), digest(change))));
    }

    /// The account is as it was written.
    pub(crate) fn is_active(&mut self, active: bool) {
        if let Some(account) = &mut self.account {
            account.active = Some(active);
        }
    }
}

#[cfg(test)]
mod tests {
    use vendors::scim::model::AttributeValue;

    use super::*;

    #[test]
    fn a_link_holds_ids_and_digests_of_what_was_sent() {
        let account = Account {
            id: "2819c223".parse().unwrap(),
            origin: Origin::Created,
            active: Some(true),
            sent: Digests::new(),
        };
        let mut state = State { account: Some(account), ..State::default() };
        let title = AttributeValue::text(Attribute::Title, "Lead").unwrap();
        state.has_sent(&[AttributeChange::Set(title), AttributeChange::Remove(Attribute::Department)]);
        let stored = serde_json::to_string(&state).unwrap();
        assert!(stored.contains("title") && stored.contains("department") && !stored.contains("Lead"), "{stored}");
        assert_eq!(serde_json::from_str::<State>(&stored).unwrap(), state);
    }

    #[test]
    fn a_login_has_one_digest_whatever_its_case() {
        let digest = |name: &str| digest_of_name(&name.parse().unwrap());
        assert_eq!(digest("Dora@Example.com"), digest("dora@example.com"));
        assert_ne!(digest("dora@example.com"), digest("dora@example.org"));
    }
}
