//! What Recruit holds for its customers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::window::Window;

use super::account::Account;
use super::opening::Opening;
use super::position::Position;

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A caller of the API.
    Api,
    /// A recruiter.
    Hand,
    /// Recruit itself: a position's default opening.
    Recruit,
}

/// Something that happened to a position or an opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// On the twin's clock.
    pub at: Timestamp,
    /// What.
    pub act: Act,
    /// Who did it.
    pub by: Origin,
    /// To what.
    pub object: Object,
    /// Its uid.
    pub uid: String,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Act {
    Created,
    Changed,
    Deleted,
}

/// What it happened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Object {
    Position,
    Opening,
}

/// All accounts by name.
#[derive(Default)]
pub(super) struct Store(pub(super) BTreeMap<String, Books>);

impl Store {
    /// What the door shows.
    pub(super) fn shown(&self) -> Map<String, Value> {
        let each = |show: fn(&Books) -> Value| -> Value {
            Value::Object(self.0.iter().map(|(name, books)| (name.clone(), show(books))).collect())
        };
        let members = [
            ("accounts", each(|books| json!(books.account))),
            ("positions", each(|books| json!(books.positions))),
            ("openings", each(|books| json!(books.openings))),
            ("history", each(|books| json!(books.history))),
        ];
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// One account, and everything that came of it.
pub(super) struct Books {
    pub(super) account: Account,
    /// In the order in which they came.
    pub(super) positions: Vec<Position>,
    /// In the order in which they came.
    pub(super) openings: Vec<Opening>,
    pub(super) history: Vec<Event>,
    pub(super) window: Window,
    ids: u32,
}

impl Books {
    pub(super) fn open(account: Account) -> Self {
        let (positions, openings, history) = (Vec::new(), Vec::new(), Vec::new());
        Self { account, positions, openings, history, window: Window::default(), ids: 0 }
    }

    /// Never given again. The first group tells positions from openings.
    pub(super) fn next_uid(&mut self, object: Object) -> String {
        self.ids += 1;
        let group = match object {
            Object::Position => "3A",
            Object::Opening => "0F",
        };
        format!("{group}.{:X}", 0x900 + self.account.uids_from + self.ids)
    }

    pub(super) fn position(&self, uid: &str) -> Option<&Position> {
        self.positions.iter().find(|position| position.uid == uid)
    }

    pub(super) fn position_mut(&mut self, uid: &str) -> Option<&mut Position> {
        self.positions.iter_mut().find(|position| position.uid == uid)
    }

    pub(super) fn opening(&self, uid: &str) -> Option<&Opening> {
        self.openings.iter().find(|opening| opening.uid == uid)
    }

    pub(super) fn opening_mut(&mut self, uid: &str) -> Option<&mut Opening> {
        self.openings.iter_mut().find(|opening| opening.uid == uid)
    }

    pub(super) fn openings_of<'a>(&'a self, position: &'a str) -> impl Iterator<Item = &'a Opening> {
        self.openings.iter().filter(move |opening| opening.position_uid == position)
    }

    pub(super) fn remember(&mut self, object: Object, uid: &str, act: Act, by: Origin, at: Timestamp) {
        self.history.push(Event { at, act, by, object, uid: uid.to_owned() });
    }
}
