//! What the HQs hold: accounts, absences (the deleted ones, too), and the history of who stood when.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::window::Window;

use super::SEED_ACCOUNT;
use super::account::Account;
use super::drafts::Checked;
use super::kinds::Kind;
use super::problems::Problem;
use super::times::{Moment, missed_days};

/// The id of the first absence.
const FIRST_ID: i32 = 50_001;

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Somebody in the HQ itself.
    Hand,
    /// A caller of the API.
    Api,
}

/// An absence, standing or deleted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Absence {
    /// The account it belongs to.
    pub account: String,
    /// Of all accounts together.
    pub id: i32,
    /// Whose absence it is.
    pub user_id: i32,
    /// The type.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// As it was written.
    pub start: Moment,
    /// As it was written; exclusive.
    pub end: Moment,
    /// The description.
    pub note: Option<String>,
    /// Whether it needs nobody's consent any more.
    pub is_approved: bool,
    /// Working days between start and end.
    pub missed_days: f64,
    /// Who entered it.
    pub entered_by: Origin,
    /// On the twin's clock.
    pub created_on: Timestamp,
    /// When it was deleted, on the twin's clock.
    pub deleted_on: Option<Timestamp>,
}

impl Absence {
    /// Whether it is not deleted.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.deleted_on.is_none()
    }

    /// Whether reads that lag so far behind show it.
    pub(super) fn is_shown(&self, now: Timestamp, lag: u32) -> bool {
        let hidden = |then: Timestamp| lag > 0 && now.duration_since(then) < SignedDuration::from_secs(lag.into());
        !hidden(self.created_on) && self.deleted_on.is_none_or(hidden)
    }

    /// As the door shows it.
    fn shown(&self) -> Value {
        let mut shown = json!(self);
        if let Some(members) = shown.as_object_mut() {
            members.insert("deleted".to_owned(), json!(!self.stands()));
        }
        shown
    }
}

/// An absence came or went.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// On the twin's clock.
    pub at: Timestamp,
    /// Which of the two.
    pub act: Act,
    /// Who did it.
    pub by: Origin,
    /// The absence's account.
    pub account: String,
    /// The absence's user.
    pub user_id: i32,
    /// The absence.
    pub absence_id: i32,
    /// Its note.
    pub note: Option<String>,
    /// All that stood for this user once it was done, oldest first.
    pub standing: Vec<Absence>,
}

/// What happened to an absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Act {
    Created,
    Deleted,
}

/// Everything; the default is the seed.
pub(super) struct Store {
    pub(super) accounts: BTreeMap<String, Account>,
    pub(super) absences: Vec<Absence>,
    pub(super) history: Vec<Event>,
    windows: BTreeMap<String, Window>,
    next_id: i32,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            accounts: [(SEED_ACCOUNT.to_owned(), Account::seed())].into(),
            absences: Vec::new(),
            history: Vec::new(),
            windows: BTreeMap::new(),
            next_id: FIRST_ID,
        }
    }
}

impl Store {
    /// As the door shows it.
    pub(super) fn shown(&self) -> Map<String, Value> {
        let users: Map<_, _> =
            self.accounts.iter().map(|(name, account)| (name.clone(), json!(account.users))).collect();
        let members = [
            ("accounts", json!(self.accounts)),
            ("users", Value::Object(users)),
            ("absences", self.absences.iter().map(Absence::shown).collect()),
            ("history", json!(self.history)),
        ];
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The account with this token. An empty token never fits: it would let in whoever sends none.
    pub(super) fn login(&self, token: &str) -> Option<(&String, &Account)> {
        self.accounts.iter().find(|(_, account)| !account.token.is_empty() && account.token == token)
    }

    /// Counts a call of this account where it has a limit.
    pub(super) fn admit(&mut self, name: &str, account: &Account, now: Timestamp) -> Result<(), Problem> {
        let Some(limit) = account.limit else { return Ok(()) };
        let window = self.windows.entry(name.to_owned()).or_default();
        window.admit(now, limit.per_minute).map_err(|wait| Problem::TooMany(limit.retry_after.then_some(wait)))
    }

    /// What stands for this user.
    pub(super) fn standing(&self, account: &str, user_id: i32) -> impl Iterator<Item = &Absence> {
        let theirs = move |known: &&Absence| known.account == account && known.user_id == user_id && known.stands();
        self.absences.iter().filter(theirs)
    }

    /// Enters an absence.
    pub(super) fn enter(&mut self, account: &str, checked: Checked, by: Origin, now: Timestamp) -> Absence {
        let Checked { kind, user_id, start, end, note, is_approved } = checked;
        let absence = Absence {
            account: account.to_owned(),
            id: self.next_id,
            user_id,
            kind,
            start,
            end,
            note,
            is_approved,
            missed_days: missed_days(start, end),
            entered_by: by,
            created_on: now,
            deleted_on: None,
        };
        self.next_id += 1;
        self.absences.push(absence.clone());
        self.remember(&absence, Act::Created, by, now);
        absence
    }

    /// Deletes an absence that stands; whether there was one.
    pub(super) fn remove(&mut self, account: &str, id: i32, by: Origin, now: Timestamp) -> bool {
        let found = self.absences.iter_mut().find(|known| known.account == account && known.id == id && known.stands());
        let Some(absence) = found else { return false };
        absence.deleted_on = Some(now);
        let absence = absence.clone();
        self.remember(&absence, Act::Deleted, by, now);
        true
    }

    fn remember(&mut self, absence: &Absence, act: Act, by: Origin, at: Timestamp) {
        let standing = self.standing(&absence.account, absence.user_id).cloned().collect();
        self.history.push(Event {
            at,
            act,
            by,
            account: absence.account.clone(),
            user_id: absence.user_id,
            absence_id: absence.id,
            note: absence.note.clone(),
            standing,
        });
    }
}
