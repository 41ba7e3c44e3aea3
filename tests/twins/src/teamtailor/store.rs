//! What Teamtailor holds: per account its candidates, their applications, values, uploads and notes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::outbox::Outbox;
use crate::window::Window;

use super::account::Account;

/// A candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Candidate {
    pub id: u64,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
    pub linkedin_url: String,
    pub pitch: String,
    pub tags: Vec<String>,
    pub created: Timestamp,
    pub updated: Timestamp,
}

/// A candidate's application for a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Application {
    pub id: u64,
    pub candidate: u64,
    pub job: u64,
    pub stage: u64,
    pub rejected: Option<Timestamp>,
    pub moved: Timestamp,
    pub created: Timestamp,
    pub updated: Timestamp,
}

/// The value of a custom field for a candidate.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FieldValue {
    pub id: u64,
    pub candidate: u64,
    pub field: u64,
    /// As it was written; of selects the ids of options. Null where it was cleared.
    pub value: Value,
    pub updated: Timestamp,
}

/// A file of a candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Upload {
    pub id: u64,
    pub candidate: u64,
    pub file_name: String,
    #[serde(skip)]
    pub content: Vec<u8>,
    pub created: Timestamp,
}

/// A note on a candidate's card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Note {
    pub id: u64,
    pub candidate: u64,
    pub user: u64,
    pub note: String,
    pub created: Timestamp,
}

/// Bytes that were sent and wait for the upload that names them.
pub(super) struct Transient {
    pub(super) content: Vec<u8>,
    pub(super) until: Timestamp,
}

/// All accounts by name.
#[derive(Default)]
pub(super) struct Store(pub(super) BTreeMap<String, Books>);

impl Store {
    /// As the door shows it.
    pub(super) fn shown(&self) -> Map<String, Value> {
        let each = |show: fn(&Books) -> Value| -> Value {
            Value::Object(self.0.iter().map(|(name, books)| (name.clone(), show(books))).collect())
        };
        let members = [
            ("accounts", each(|books| json!(books.account))),
            ("candidates", each(|books| json!(books.candidates))),
            ("applications", each(|books| json!(books.applications))),
            ("values", each(|books| json!(books.values))),
            ("uploads", each(|books| json!(books.uploads))),
            ("notes", each(|books| json!(books.notes))),
            ("deliveries", each(|books| json!(books.outbox.sent))),
            ("waiting", each(|books| books.outbox.waiting.iter().map(|letter| json!(letter.number)).collect())),
        ];
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// What one account holds, each in the order in which it came.
pub(super) struct Books {
    pub(super) account: Account,
    pub(super) candidates: Vec<Candidate>,
    pub(super) applications: Vec<Application>,
    pub(super) values: Vec<FieldValue>,
    pub(super) uploads: Vec<Upload>,
    pub(super) notes: Vec<Note>,
    pub(super) transients: BTreeMap<String, Transient>,
    pub(super) outbox: Outbox,
    pub(super) window: Window,
    ids: u64,
}

impl Books {
    pub(super) fn open(account: Account) -> Self {
        Self {
            account,
            candidates: Vec::new(),
            applications: Vec::new(),
            values: Vec::new(),
            uploads: Vec::new(),
            notes: Vec::new(),
            transients: BTreeMap::new(),
            outbox: Outbox::default(),
            window: Window::default(),
            ids: 5_000_000,
        }
    }

    /// A new id; of whatever kind, none is given twice.
    pub(super) fn next_id(&mut self) -> u64 {
        self.ids += 1;
        u64::from(self.account.ids_from) + self.ids
    }

    pub(super) fn candidate(&self, id: u64) -> Option<&Candidate> {
        self.candidates.iter().find(|candidate| candidate.id == id)
    }

    pub(super) fn application(&self, id: u64) -> Option<&Application> {
        self.applications.iter().find(|application| application.id == id)
    }

    /// The value that a candidate has in a field.
    pub(super) fn value_of(&self, candidate: u64, field: u64) -> Option<&FieldValue> {
        self.values.iter().find(|value| value.candidate == candidate && value.field == field)
    }
}
