//! A user as the system gives them.

use serde_json::{Map, Value};

use super::id::{ExternalId, UserId, UserName};
use crate::value::{Email, Personal};

/// A user as the system gives them. What a system returns need not be what it was given: some leave attributes out, change
/// an address's type or make one name of another. So nothing is concluded from an attribute that is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The system's id.
    pub id: UserId,
    /// The name of the login. `None`: left out or blank.
    pub user_name: Option<UserName>,
    /// Our id of the user, or that of whoever else provisions them. `None`: left out or blank.
    pub external_id: Option<ExternalId>,
    /// Whether the user may log in. `None`: the system does not say.
    pub active: Option<bool>,
    /// The addresses that could be read.
    pub emails: Vec<Email>,
    /// All that was returned: a PUT sends it back.
    pub(crate) resource: Personal<Map<String, Value>>,
}

impl User {
    /// Whether this is the user with that login.
    #[must_use]
    pub fn is_named(&self, name: &UserName) -> bool {
        self.user_name.as_ref().is_some_and(|own| own.is_same(name))
    }

    /// Whether the user has this id of ours.
    #[must_use]
    pub fn is_known_as(&self, id: &ExternalId) -> bool {
        self.external_id.as_ref() == Some(id)
    }

    /// Whether the user has this address, whatever its case.
    #[must_use]
    pub fn has_email(&self, email: &Email) -> bool {
        self.emails.iter().any(|own| own.folded() == email.folded())
    }
}
