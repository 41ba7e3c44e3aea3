//! A position as Recruit holds it: <https://developers.comeet.com/reference/positions-copy>.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::account::{Account, Visible};
use super::store::Origin;

/// A position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// `3A.901`
    pub uid: String,
    /// Whoever made it.
    pub entered_by: Origin,
    /// Whoever changed it last.
    pub changed_by: Origin,
    /// The position that it was cloned from.
    pub cloned_from: Option<String>,
    /// `name`, `status`, `department`..., as they were written.
    pub members: Map<String, Value>,
    /// On the twin's clock.
    pub created: Timestamp,
    /// On the twin's clock.
    pub updated: Timestamp,
}

impl Position {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.text("name")
    }

    /// `open`, `on hold` or `closed`.
    #[must_use]
    pub fn status(&self) -> &str {
        self.text("status")
    }

    /// A member that is text; empty where it is not.
    #[must_use]
    pub fn text(&self, member: &str) -> &str {
        self.members.get(member).and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn is(&self, member: &str) -> bool {
        self.members.get(member) == Some(&Value::Bool(true))
    }

    /// Whether the account's app can read it.
    pub(super) fn is_visible(&self, account: &Account) -> bool {
        match account.visible {
            Visible::All => true,
            Visible::NonDiscreet => !self.is("is_discreet"),
            Visible::Published => self.is("is_published"),
        }
    }

    /// As the API tells it.
    pub(super) fn told(&self, account: &Account) -> Value {
        let mut told = self.members.clone();
        let location = told.get("location").and_then(|location| location.get("uid")).and_then(Value::as_str);
        let location = location.and_then(|uid| Some((uid.to_owned(), account.locations.get(uid)?)));
        let location = location
            .map(|(uid, place)| json!({"uid": uid, "name": place.name, "country": place.country, "city": place.city}));
        let members = [
            ("uid", json!(self.uid)),
            ("location", json!(location)),
            ("is_published", json!(self.is("is_published"))),
            ("is_template", json!(self.is("is_template"))),
            ("time_created", json!(time(self.created))),
            ("time_updated", json!(time(self.updated))),
        ];
        told.extend(members.map(|(name, value)| (name.to_owned(), value)));
        Value::Object(told)
    }
}

/// `YYYY-MM-DDTHH:MM:SSZ`
pub(super) fn time(at: Timestamp) -> String {
    format!("{at:.0}")
}
