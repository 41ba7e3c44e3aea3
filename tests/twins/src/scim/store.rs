//! What the partners hold: each its account, its users, and the history of who came, changed and went.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::window::Window;

use super::account::{Account, Delete};
use super::attributes::ENTERPRISE;
use super::problem::Problem;
use super::resource::Attributes;
use super::user::{Origin, User};

/// Something that happened to a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// On the twin's clock.
    pub at: Timestamp,
    /// What.
    pub act: Act,
    /// Who did it.
    pub by: Origin,
    /// The user.
    pub user_id: String,
    /// Its name after that.
    pub user_name: String,
    /// Whether the person got in after that.
    pub active: bool,
}

/// What happened to a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Act {
    Created,
    Changed,
    Deleted,
}

/// All partners by the names of their accounts.
#[derive(Default)]
pub(super) struct Store(pub(super) BTreeMap<String, Partner>);

impl Store {
    /// As the door shows it.
    pub(super) fn shown(&self) -> Map<String, Value> {
        let each = |show: fn(&Partner) -> Value| -> Value {
            Value::Object(self.0.iter().map(|(name, partner)| (name.clone(), show(partner))).collect())
        };
        let members = [
            ("accounts", each(|partner| json!(partner.account))),
            ("users", each(|partner| json!(partner.users))),
            ("history", each(|partner| json!(partner.history))),
        ];
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// One partner.
#[derive(Default)]
pub(super) struct Partner {
    pub(super) account: Account,
    /// In the order in which they came.
    pub(super) users: Vec<User>,
    pub(super) history: Vec<Event>,
    pub(super) window: Window,
    ids: u64,
}

impl Partner {
    /// Without users; so many ids were given before.
    pub(super) fn open(account: Account, ids: u64) -> Self {
        Self { account, ids, ..Self::default() }
    }

    /// How many ids were given.
    pub(super) fn ids(&self) -> u64 {
        self.ids
    }

    pub(super) fn find(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// The user with this name, whatever its case.
    pub(super) fn named(&self, user_name: &str) -> Option<&User> {
        self.users.iter().find(|user| same(user.user_name(), user_name))
    }

    /// Refuses attributes that another user than `own` has, and a manager who is no user.
    pub(super) fn fits(&self, attributes: &Attributes, own: Option<&str>) -> Result<(), Problem> {
        let text = |name: &str| attributes.get(name).and_then(Value::as_str);
        let others = || self.users.iter().filter(|user| Some(user.id.as_str()) != own);
        if text("userName").is_some_and(|name| others().any(|user| same(user.user_name(), name))) {
            return Err(Problem::taken("userName"));
        }
        let external = text("externalId").filter(|_| self.account.external_id_unique);
        if external.is_some_and(|id| others().any(|user| user.external_id() == Some(id))) {
            return Err(Problem::taken("externalId"));
        }
        let manager = attributes.get(ENTERPRISE).and_then(|extension| extension.pointer("/manager/value"));
        match manager.and_then(Value::as_str) {
            Some(manager) if self.find(manager).is_none() => Err(Problem::value("manager.value is no user.")),
            _ => Ok(()),
        }
    }

    /// A new user with these attributes, which fit.
    pub(super) fn enter(&mut self, account: &str, attributes: Attributes, by: Origin, now: Timestamp) -> User {
        self.ids += 1;
        let id = opaque(account, self.ids);
        let user = User { id, attributes, entered_by: by, changed_by: by, created: now, modified: now, deleted: None };
        self.users.push(user.clone());
        self.remember(&user, Act::Created, by, now);
        user
    }

    /// Other attributes, which fit. Whoever is active again is not deleted any more.
    pub(super) fn change(&mut self, id: &str, attributes: Attributes, by: Origin, now: Timestamp) -> Option<User> {
        let user = self.users.iter_mut().find(|user| user.id == id)?;
        if user.attributes != attributes {
            (user.attributes, user.modified, user.changed_by) = (attributes, now, by);
            user.deleted = user.deleted.filter(|_| !user.is_active());
            let user = user.clone();
            self.remember(&user, Act::Changed, by, now);
        }
        self.find(id).cloned()
    }

    /// The user goes, or stays as a deleted one. `false`: there is none.
    pub(super) fn remove(&mut self, id: &str, by: Origin, now: Timestamp) -> bool {
        let Some(place) = self.users.iter().position(|user| user.id == id) else { return false };
        let mut user = self.users.remove(place);
        user.attributes.insert("active".to_owned(), Value::Bool(false));
        (user.changed_by, user.modified, user.deleted) = (by, now, Some(now));
        self.remember(&user, Act::Deleted, by, now);
        if self.account.delete == Delete::Soft {
            self.users.insert(place, user);
        }
        true
    }

    fn remember(&mut self, user: &User, act: Act, by: Origin, at: Timestamp) {
        let (user_id, user_name) = (user.id.clone(), user.user_name().to_owned());
        self.history.push(Event { at, act, by, user_id, user_name, active: user.is_active() });
    }
}

/// Whether two names differ in case at most. The short way first: there may be thousands of users.
fn same(known: &str, wanted: &str) -> bool {
    known.eq_ignore_ascii_case(wanted) || (!wanted.is_ascii() && known.to_lowercase() == wanted.to_lowercase())
}

/// An id that tells nothing; the same in every run.
fn opaque(account: &str, number: u64) -> String {
    let mut hasher = DefaultHasher::new();
    (account, number).hash(&mut hasher);
    format!("u-{:016x}", hasher.finish())
}
