//! A user as the partner holds it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::resource::Attributes;

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Somebody at the partner.
    Hand,
    /// A caller of the API.
    Api,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct User {
    /// Means nothing to anyone else.
    pub id: String,
    /// By the schemas' names; those of the extension stand under its URN.
    pub attributes: Attributes,
    /// Who entered it.
    pub entered_by: Origin,
    /// Who changed it last, or entered it.
    pub changed_by: Origin,
    /// On the twin's clock.
    pub created: Timestamp,
    /// On the twin's clock.
    pub modified: Timestamp,
    /// When it was deleted, where deleted users stay.
    pub deleted: Option<Timestamp>,
}

impl User {
    /// What the person types to get in.
    #[must_use]
    pub fn user_name(&self) -> &str {
        self.text("/userName").unwrap_or_default()
    }

    /// The caller's own id of the user.
    #[must_use]
    pub fn external_id(&self) -> Option<&str> {
        self.text("/externalId")
    }

    /// Whether the person gets in: whoever is not said to be inactive does.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.attributes.get("active") != Some(&Value::Bool(false))
    }

    /// A text by its JSON pointer in the attributes: `/name/givenName`.
    #[must_use]
    pub fn text(&self, pointer: &str) -> Option<&str> {
        let (head, rest) = pointer.strip_prefix('/')?.split_once('/').unwrap_or((pointer.strip_prefix('/')?, ""));
        let value = self.attributes.get(head)?;
        if rest.is_empty() { value.as_str() } else { value.pointer(&format!("/{rest}"))?.as_str() }
    }
}
